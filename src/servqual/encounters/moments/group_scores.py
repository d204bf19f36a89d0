"""`encounter_scores`: how encounters go by step, kind of moment or employee, and over all."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np
from attrs import frozen

from servqual._arrays import Bools, Floats, Ints
from servqual.encounters.moments.journeys import Journeys
from servqual.encounters.moments.moment_words import Moment
from servqual.encounters.moments.whole_journeys import check_journeys
from servqual.encounters.row_readings import RowReading
from servqual.errors import EncounterError
from servqual.errors.problems import unknown_word
from servqual.intake import Grouping
from servqual.labels import Label
from servqual.scoring.estimates import term_of
from servqual.statistics import Inapplicable, WeightKind, student_interval, wilson_interval
from servqual.statistics._arguments import check_confidence
from servqual.statistics.point_tallies import PointTally, effective_size
from servqual.statistics.reasoned import columns_of
from servqual.tables import Table
from servqual.telling import Number, Told

MARKS = ("step", "moment", "employee")
_POINTS = np.arange(-3.0, 4.0)
_FEW = Inapplicable("fewer than two customers, so that nothing tells how far they differ")
_TITLES = {
    "step": Label("Encounters by step", "各步骤的服务接触"),
    "moment": Label("Encounters by kind of moment", "各类关键时刻的服务接触"),
    "employee": Label("Encounters by employee", "各员工的服务接触"),
}
_ALL = Label("all", "全部")


@frozen(kw_only=True, repr=False)
class EncounterScore:
    """Encounters at one step, of one kind, with one employee, or all.

    Attributes
    ----------
    key
        Which; "all" for all together.
    n, customers
        Encounters, and customers who had them.
    total
        Sum of their scores.
    mean, low, high
        Mean score, −3 to 3, with an interval that takes the encounters of a customer as alike.
    negative_share, negative_low, negative_high
        Share of scores below zero, with Wilson's interval for as many independent encounters as these are worth.
    worst
        The lowest score.
    lowest
        Whether the mean is the lowest of its kind.
    """

    key: str
    n: int
    customers: int
    total: float
    mean: float
    low: Number
    high: Number
    negative_share: float
    negative_low: Number
    negative_high: Number
    worst: float
    lowest: bool

    def __repr__(self) -> str:
        return f"<EncounterScore {self.key}: {self.mean:.3f}, {self.negative_share:.0%} of {self.n} negative>"


@frozen(eq=False, repr=False, kw_only=True)
class EncounterScores(RowReading[EncounterScore]):
    """How encounters go, all together and one row for each step, kind of moment or employee.

    Attributes
    ----------
    rows
        All first; steps in the order in which journeys pass them, kinds of moment in the order of `Moment`, employees
        in that of their names; ``found["pay"]`` picks one.
    told
        The same as columns, with title and notes in English and Chinese.
    """

    reading: ClassVar[str] = "encounter_scores"

    @property
    def lowest(self) -> EncounterScore:
        """The row with the lowest mean."""
        return min(self.rows[1:], key=lambda row: row.mean)

    def __repr__(self) -> str:
        return f"<{self.told.title.en}: {len(self) - 1}, lowest {self.lowest.key} with {self.lowest.mean:.3f}>"


def encounter_scores(journeys: Journeys, by: str = "step", *, confidence: float = 0.95) -> EncounterScores:
    """How encounters go by step, kind of moment or employee: total, mean, negative share and the worst.

    Encounters of one customer are alike: intervals of means are cluster-robust, Student's t on customers less one; the
    negative share has Wilson's interval for ``p (1 − p) / se²`` encounters, ``se`` its cluster-robust error.

    Parameters
    ----------
    journeys
        Read with that column.
    by
        "step", "moment" or "employee".
    confidence
        Of the intervals.

    Returns
    -------
    EncounterScores
        All together, and a row for each.

    Raises
    ------
    EncounterError
        A column that was not read, an unknown `by`, what are no journeys.

    References
    ----------
    Cameron & Miller 2015, Journal of Human Resources 50(2):317-372; Wilson 1927, Journal of the American Statistical
    Association 22(158):209-212; Korn & Graubard 1998, Survey Methodology 24(2):193-201 (effective size).

    Examples
    --------
    >>> log = {"customer": ["a", "a", "b", "b"], "score": [1, -3, 2, -1], "step": ["ask", "pay", "ask", "pay"]}
    >>> found = encounter_scores(Journeys.from_frame(log, step="step"))
    >>> found.lowest
    <EncounterScore pay: -2.000, 100% of 2 negative>
    """
    check_journeys(journeys)
    check_confidence(confidence)
    if by not in MARKS:
        raise EncounterError(unknown_word("by", by, MARKS))
    mark = journeys.mark(by)
    order = label_order(journeys, mark)
    every = np.ones(journeys.score.size, np.bool_)
    found = [_row(journeys, "all", every, confidence)]
    found += [_row(journeys, str(mark.labels[code]), np.asarray(mark.codes == code), confidence) for code in order]
    least = min(row["mean"] for row in found[1:])
    rows = tuple(
        EncounterScore(**row, lowest=row["key"] != "all" and row["mean"] == least and len(order) > 1) for row in found
    )
    labels = [_ALL, *(journeys.label(by, mark.labels[code]) for code in order)]
    note = Label(
        f"{confidence:.0%} intervals; encounters of one customer are taken as alike",
        f"{confidence:.0%} 区间；同一顾客的各次接触视为相关",
    )
    table = Table(columns_of(rows, EncounterScore, {"n", "customers"}), backend=journeys.backend)
    told = Told(table, labels, _TITLES[by], (note,))
    return EncounterScores(rows=rows, told=told, asked={"by": by, "confidence": confidence})


def mean_places(journeys: Journeys, mark: Grouping) -> Floats:
    """Return at which encounter of a journey each step stands on average, shape (labels,)."""
    place = np.arange(journeys.score.size) - np.repeat(journeys.start[:-1], journeys.sizes)
    size = len(mark.labels)
    counts = np.maximum(np.bincount(mark.codes, minlength=size), 1)
    return np.asarray(np.bincount(mark.codes, place, size) / counts)


def label_order(journeys: Journeys, mark: Grouping) -> list[int]:
    """Return steps as journeys pass them, kinds of moment as in `Moment`, employees by name: positions of labels."""
    if mark.name == "step":
        return np.argsort(mean_places(journeys, mark), kind="stable").tolist()
    if mark.name == "moment":
        return sorted(range(len(mark.labels)), key=lambda place: list(Moment).index(mark.labels[place]))
    return list(range(len(mark.labels)))


def _row(journeys: Journeys, key: str, kept: Bools, confidence: float) -> dict[str, Any]:
    score = journeys.score[kept]
    people: Ints = journeys.customer.codes[journeys.of[kept]]
    known, codes = np.unique(people, return_inverse=True)
    negative = float((score < 0).mean())
    row = {
        "key": key, "n": int(score.size), "customers": int(known.size), "total": float(score.sum()),
        "mean": float(score.mean()), "negative_share": negative, "worst": float(score.min()),
    }  # fmt: skip
    if known.size < 2:
        return row | dict.fromkeys(("low", "high", "negative_low", "negative_high"), _FEW)
    cluster = Grouping("customer", codes.astype(np.int32), known.tolist())
    mean, _, squared, freedom = term_of(score[:, None], None, WeightKind.SAMPLING, cluster, 0.0).at(slice(None))
    low, high = student_interval(float(mean[0]), float(np.sqrt(squared[0])), float(freedom[0]), confidence)
    tally = PointTally.of((score + 3).astype(np.int64), _POINTS.size, clusters=codes)
    size = effective_size(tally, (_POINTS < 0).astype(np.float64))
    ends = wilson_interval(negative * size, size, confidence)
    return row | {"low": low, "high": high, "negative_low": ends[0], "negative_high": ends[1]}
