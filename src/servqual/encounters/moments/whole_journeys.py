"""`JourneyScores`: what is told of each journey as a whole, in one pass over all."""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import field, frozen

from servqual._arrays import Floats, Holder, Ints, floats, read_only
from servqual.encounters.moments.journeys import Journeys
from servqual.errors import EncounterError, Problem
from servqual.intake import Grouping
from servqual.labels import Label, Language
from servqual.tables import Table
from servqual.telling import cells

_TITLE = Label("Journeys", "服务历程")
# encounters up to which seven times their number is a short integer
_WIDE = 2**28
_NOTES = (
    Label(
        "the peak is the encounter furthest from neutral, the bad one where two are as far; peak_end is the mean of "
        "peak and last encounter; the trend is the slope over the encounters, points each",
        "峰值为偏离中性最远的接触，同样远时取负面者；peak_end 为峰值与末次接触的均值；趋势为各次接触的斜率（每次分数）",
    ),
)


def _ints(values: Any) -> Ints:
    return read_only(values, np.int64)


@frozen(eq=False, getstate_setstate=False, repr=False, kw_only=True)
class JourneyScores(Holder):
    """Scores of whole journeys, all of shape (journeys,), on the encounter card.

    Attributes
    ----------
    customer, journey
        Whose each journey is, and which.
    n, total, mean
        Encounters, and the sum and mean of their scores.
    negative_share
        Share of encounters below zero.
    worst, worst_at
        The lowest score, and at which encounter, from 1, it came first.
    peak, peak_at
        The score furthest from zero, the negative one where two are as far; and at which encounter it came first.
    end, peak_end
        The last score; mean of peak and end.
    trend
        Least-squares slope of scores over encounters, points for each; NaN of a single encounter.
    """

    customer: Grouping
    journey: Grouping
    n: Ints = field(converter=_ints)
    total: Floats = field(converter=floats)
    mean: Floats = field(converter=floats)
    negative_share: Floats = field(converter=floats)
    worst: Floats = field(converter=floats)
    worst_at: Ints = field(converter=_ints)
    peak: Floats = field(converter=floats)
    peak_at: Ints = field(converter=_ints)
    end: Floats = field(converter=floats)
    peak_end: Floats = field(converter=floats)
    trend: Floats = field(converter=floats)
    backend: str = "pandas"

    def __len__(self) -> int:
        return self.n.size

    def __repr__(self) -> str:
        told = f"mean {self.mean.mean():.3f}, peak and end {self.peak_end.mean():.3f}"
        return f"<JourneyScores: {len(self)} journeys, {told}; {self.negative_share.mean():.0%} negative>"

    def to_table(self, language: Language | str | None = None) -> Table:
        """Return one row a journey."""
        tongue = Language.ENGLISH if language is None else Language(language)
        columns: dict[str, Any] = {
            each.name: [each.labels[code] for code in each.codes.tolist()] for each in (self.customer, self.journey)
        }
        for name in ("n", "total", "mean", "negative_share", "worst", "worst_at", "peak", "peak_at"):
            columns[name] = cells(getattr(self, name), whole=name in {"n", "worst_at", "peak_at"})
        columns |= {name: cells(getattr(self, name)) for name in ("end", "peak_end", "trend")}
        notes = [note.text(tongue) for note in _NOTES]
        return Table(columns, title=_TITLE.text(tongue), notes=notes, backend=self.backend)

    def _repr_html_(self) -> str:
        return self.to_table()._repr_html_()

    def to_frame(self, backend: str | None = None) -> Any:
        """Return one row a journey, nothing rounded."""
        return self.to_table().to_frame(backend)

    def to_dict(self) -> dict[str, Any]:
        """Return one row a journey as a JSON-safe dictionary."""
        return {"reading": "journey_scores", **self.to_table().to_dict()}


def journey_scores(journeys: Journeys) -> JourneyScores:
    """Scores of whole journeys: total, mean, negative share, worst moment, peak and end, trend.

    With scores ``s_1 … s_n`` of a journey: ``peak_end = (s_peak + s_n) / 2``, and
    ``trend = Σ (i − (n + 1) / 2) s_i / (n (n² − 1) / 12)``.

    Parameters
    ----------
    journeys
        Of any number of customers; the scores of a journey do not depend on the others.

    Returns
    -------
    JourneyScores
        Arrays of shape (journeys,).

    Raises
    ------
    EncounterError
        What are no journeys.

    References
    ----------
    Fredrickson & Kahneman 1993, Journal of Personality and Social Psychology 65(1):45-55 (peak and end).

    Examples
    --------
    >>> log = {"customer": ["a", "a", "a", "b"], "score": [1, -3, 2, 1]}
    >>> found = journey_scores(Journeys.from_frame(log))
    >>> found.total, found.worst_at, found.peak_end, found.trend
    (array([0., 1.]), array([2, 1]), array([-0.5,  1. ]), array([0.5, nan]))
    """
    check_journeys(journeys)
    score, start, n = journeys.score, journeys.start[:-1], journeys.sizes
    # half as wide where it serves: what is moved through memory decides how long this takes
    kind: type[np.integer[Any]] = np.int32 if score.size < _WIDE else np.int64
    place: Ints = np.arange(score.size).astype(kind) - np.repeat(start.astype(kind), n)
    total = np.add.reduceat(score, start)
    whole: Ints = score.astype(kind)
    worst_at = _first(-whole, place, journeys)
    # of two as far from neutral the negative one weighs more
    peak_at = _first(2 * np.abs(whole) + (whole < 0), place, journeys)
    worst, peak, end = score[start + worst_at], score[start + peak_at], score[start + n - 1]
    slope = np.add.reduceat(place * score, start) - (n - 1) / 2 * total
    with np.errstate(invalid="ignore", divide="ignore"):
        trend = slope / (n * (n.astype(np.float64) ** 2 - 1) / 12)
    negative = np.add.reduceat((score < 0).astype(np.float64), start) / n
    return JourneyScores(
        customer=journeys.customer, journey=journeys.journey, n=n, total=total, mean=total / n, negative_share=negative,
        worst=worst, worst_at=worst_at + 1, peak=peak, peak_at=peak_at + 1, end=end, peak_end=(peak + end) / 2,
        trend=trend, backend=journeys.backend,
    )  # fmt: skip


def check_journeys(journeys: object, place: str = "journeys") -> None:
    """Refuse what are no journeys."""
    if not isinstance(journeys, Journeys):
        found, remedy = f"a {type(journeys).__name__}", "Journeys.from_frame makes them"
        raise EncounterError(Problem(place, found, "they are Journeys", remedy))


def _first(values: Ints, place: Ints, journeys: Journeys) -> Ints:
    """Return where in each journey its largest value comes first, from 0."""
    # value and place in one number, so that one pass finds both
    many = values.dtype.type(journeys.sizes.max())
    largest = np.maximum.reduceat(values * many - place, journeys.start[:-1])
    return np.asarray(-largest % many)
