"""`Population`: everything that a sample is drawn from, checked and solved for beforehand."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
from attrs import frozen

from servqual._arrays import Bools, Floats
from servqual.coding import CodeBook
from servqual.instruments import Instrument, Level
from servqual.simulate import targets
from servqual.simulate.normals import factor_of
from servqual.simulate.refusals import Findings, SimulationError
from servqual.simulate.styles import Styles
from servqual.simulate.wishes import (
    GroupPlan,
    Groups,
    Means,
    PerLevel,
    correlation_matrix,
    group_plan,
    mean_answers,
    per_level,
    shifted,
)


@frozen(kw_only=True, eq=False)
class Population:
    """Whom a sample is drawn from; numbers behind answers are positions, counted in steps from the low end.

    Attributes
    ----------
    latent
        Per level the mean positions, (cells of groups or 1, items).
    spread
        Standard deviation of positions, per level.
    level_factor, dimension_factor
        Lower triangular factors of the correlations.
    common
        Loading of an item on its dimension; the square is the correlation of two items.
    between
        Loading of a position on its cluster; the square is the intraclass correlation.
    points
        Mean importance of each dimension in 100 points; None where it is not asked.
    """

    instrument: Instrument
    book: CodeBook
    latent: tuple[Floats, ...]
    spread: Floats
    level_factor: Floats
    dimension_factor: Floats
    common: float
    between: float
    clusters: int
    groups: GroupPlan
    styles: Styles
    missing: Floats
    points: Floats | None
    weight_cv: float

    @property
    def dtype(self) -> type[np.float32 | np.float64]:
        """What positions are drawn in: float32 serves where they end as whole steps."""
        return np.float32 if self.book.is_integer else np.float64

    @property
    def unit(self) -> float:
        """The length of a position: the step, or 1 on a real-valued scale."""
        return self.instrument.scale.step or 1.0

    @property
    def top(self) -> float:
        """The position of the high end."""
        span = self.instrument.scale.span / self.unit
        return span if self.instrument.scale.step is None else float(round(span))

    @property
    def reverse(self) -> Bools:
        """Which items are worded against the service."""
        return np.array([item.reverse for item in self.instrument.items])


def population(
    instrument: Instrument, *, means: Means | None, sd: PerLevel | None, correlation: npt.ArrayLike,
    level_correlation: npt.ArrayLike, item_correlation: float, groups: Groups | None, clusters: int | None, icc: float,
    styles: Styles | None, missing: PerLevel, importance: bool | Mapping[str, float], weight_cv: float,
    findings: Findings,
) -> Population:  # fmt: skip
    """Return the population that is asked for, or raise everything that is wrong with it; see `survey`."""
    mean = mean_answers(instrument, means or {}, findings)
    plan = group_plan(instrument, groups or {}, findings)
    spread = _spread(instrument, sd, findings)
    between_levels = correlation_matrix("level_correlation", level_correlation, instrument.levels, findings)
    between = correlation_matrix("correlation", correlation, instrument.dimension_keys, findings)
    absent = per_level("missing", missing, 0.0, lambda share: 0 <= share < 1, "a share lies in 0..1, below 1", instrument, findings)
    common = findings.number("item_correlation", item_correlation, _is_share, "it lies in 0..1")
    count, shared = _clusters(clusters, icc, findings)
    points = _points(instrument, importance, findings)
    varied = findings.number("weight_cv", weight_cv, lambda cv: cv >= 0, "a coefficient of variation is 0 or more")
    if styles is not None and not _is_styles(styles):
        findings.add("styles", repr(styles), "styles are Styles", "for example Styles(extreme=0.1)")
    answers = _answers(instrument, mean, plan, findings)
    findings.refuse()
    return Population(
        instrument=instrument, book=CodeBook.of(instrument.scale), latent=_latent(instrument, answers, spread, between_levels),
        spread=spread / (instrument.scale.step or 1.0), level_factor=factor_of(between_levels),
        dimension_factor=factor_of(between), common=math.sqrt(common), between=math.sqrt(shared), clusters=count, groups=plan,
        styles=styles or Styles(), missing=absent, points=points, weight_cv=varied,
    )  # fmt: skip
