"""`Population`: everything that a sample is drawn from, checked and solved for beforehand."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
from attrs import frozen

from servqual._arrays import Bools, Floats
from servqual.coding import CodeBook
from servqual.instruments import Instrument, Level
from servqual.simulate.cells import Cells, cells_of, shifted
from servqual.simulate.correlations import correlation_matrix
from servqual.simulate.levels import mean_answers, per_level
from servqual.simulate.normals import factor_of
from servqual.simulate.refusals import SHARE, Findings, Rule
from servqual.simulate.styles import Styles
from servqual.simulate.targets import latent_floor_means, latent_means
from servqual.simulate.wishes import Wishes

_USUAL_SD = 0.2
_POSITIVE = Rule("a standard deviation is above 0", lambda value: value > 0)
_NOT_ALL = Rule("the share of missing answers is 0 or more and below 1", lambda value: 0 <= value < 1)
_COUNT = Rule("the number of clusters is a whole number above 0", lambda value: value >= 1 and value.is_integer())
_NOT_NEGATIVE = Rule("it is 0 or more", lambda value: value >= 0)


@frozen(kw_only=True, eq=False)
class Population:
    """Whom a sample is drawn from. What lies behind an answer is a position: how many steps it is from the low end.

    Attributes
    ----------
    latent
        Per level the mean positions, (cells of groups or 1, dimensions).
    spread
        Standard deviation of positions, per level.
    level_factor, dimension_factor
        Triangular factors of the correlations.
    common, between
        Squares of the loadings of a position on its dimension (the correlation of two items) and on its cluster (the
        intraclass correlation).
    points
        Mean importance of each dimension in 100 points; None where it is not asked.
    """

    instrument: Instrument
    latent: tuple[Floats, ...]
    spread: Floats
    level_factor: Floats
    dimension_factor: Floats
    common: float
    clusters: int
    between: float
    cells: Cells
    styles: Styles
    missing: Floats
    points: Floats | None
    weight_cv: float

    @property
    def book(self) -> CodeBook:
        """How answers are stored."""
        return CodeBook.of(self.instrument.scale)

    @property
    def dtype(self) -> type[np.float32 | np.float64]:
        """What positions are drawn in: float32 serves where they end as whole steps."""
        return np.float32 if self.book.is_integer else np.float64

    @property
    def top(self) -> float:
        """The position of the high end."""
        scale = self.instrument.scale
        return scale.span if scale.step is None else float(round(scale.span / scale.step))

    @property
    def reverse(self) -> Bools:
        """Which items are worded against the service."""
        return np.array([item.reverse for item in self.instrument.items])


def population(instrument: Instrument, wishes: Wishes, findings: Findings) -> Population:
    """Return the population that is wished for, or raise everything that is wrong with it."""
    means = mean_answers(instrument, wishes.means or {}, findings)
    cells = cells_of(instrument, wishes.groups or {}, findings)
    answers = _answers(instrument, means, cells, findings)
    spread = _spread(instrument, wishes, findings)
    of_levels = correlation_matrix("level_correlation", wishes.level_correlation, instrument.levels, findings)
    of_dimensions = correlation_matrix("correlation", wishes.correlation, instrument.dimension_keys, findings)
    clusters, between = _clusters(wishes, findings)
    checked = {
        "common": findings.number("item_correlation", wishes.item_correlation, SHARE),
        "missing": _missing(instrument, wishes, findings),
        "points": _points(instrument, wishes.importance, findings),
        "weight_cv": findings.number("weight_cv", wishes.weight_cv, _NOT_NEGATIVE),
        "styles": _styles(wishes.styles, findings),
    }
    findings.refuse()
    step = instrument.scale.step or 1.0
    return Population(
        instrument=instrument, latent=_latent(instrument, answers, spread, of_levels), spread=spread / step,
        level_factor=factor_of(of_levels), dimension_factor=factor_of(of_dimensions),
        clusters=clusters, between=between, cells=cells, **checked,  # type: ignore[arg-type]
    )  # fmt: skip


def _answers(instrument: Instrument, means: Floats, cells: Cells, findings: Findings) -> list[Floats]:
    """Return the mean answers of each level, (cells or 1, dimensions)."""
    rows = zip(instrument.levels, means, strict=True)
    return [
        shifted(instrument, row, cells, findings) if level is Level.PERCEPTION else row[None, :] for level, row in rows
    ]


def _spread(instrument: Instrument, wishes: Wishes, findings: Findings) -> Floats:
    usual = _USUAL_SD * instrument.scale.span
    given = usual if wishes.sd is None else wishes.sd
    return per_level("sd", given, _POSITIVE, instrument, findings, usual=usual)


def _missing(instrument: Instrument, wishes: Wishes, findings: Findings) -> Floats:
    return per_level("missing", wishes.missing, _NOT_ALL, instrument, findings, usual=0.0)


def _clusters(wishes: Wishes, findings: Findings) -> tuple[int, float]:
    between = findings.number("icc", wishes.icc, SHARE)
    if wishes.clusters is None:
        if between > 0:
            found, rule = f"{between:g} without clusters", "respondents are alike within clusters"
            findings.add("icc", found, rule, "pass clusters=")
        return 0, 0.0
    count = findings.number("clusters", wishes.clusters, _COUNT)
    return (0 if math.isnan(count) else round(count)), between


def _points(instrument: Instrument, importance: object, findings: Findings) -> Floats | None:
    keys = instrument.dimension_keys
    if not isinstance(importance, Mapping):
        if not isinstance(importance, bool):
            findings.add("importance", repr(importance), "it is True, False or a mapping dimension → mean points")
        return np.full(len(keys), 100 / len(keys)) if importance else None
    before = len(findings.problems)
    findings.known("importance", importance, keys, "the instrument has no such dimension")
    findings.known("importance", keys, importance, "every dimension needs its mean points")
    points = [findings.number(f"importance {key}", each, _NOT_NEGATIVE) for key, each in importance.items()]
    if len(findings.problems) == before and not math.isclose(sum(points), 100):
        findings.add("importance", f"means adding up to {sum(points):g}", "100 points are shared out")
    return np.array([importance.get(key, math.nan) for key in keys], np.float64)


def _styles(styles: object, findings: Findings) -> Styles:
    if styles is None or isinstance(styles, Styles):
        return styles or Styles()
    findings.add("styles", repr(styles), "styles are Styles", "for example Styles(extreme=0.1)")
    return Styles()


def _latent(instrument: Instrument, answers: list[Floats], spread: Floats, of_levels: Floats) -> tuple[Floats, ...]:
    """Return the mean positions whose answers have these means; see `Population.latent`."""
    scale = instrument.scale
    found = [latent_means(wanted, float(sd), scale) for wanted, sd in zip(answers, spread, strict=True)]
    if {Level.ADEQUATE, Level.DESIRED} <= set(instrument.levels):
        low, high = (instrument.levels.index(level) for level in (Level.ADEQUATE, Level.DESIRED))
        deviations = float(spread[low]), float(spread[high])
        correlation = float(of_levels[low, high])
        found[low] = latent_floor_means(answers[low][0], found[high][0], deviations, correlation, scale)[None, :]
    return tuple((each - scale.low) / (scale.step or 1.0) for each in found)
