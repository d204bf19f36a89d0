"""`critical_incidents`: which kinds of incident satisfy and which do not, from counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import numpy as np
from attrs import frozen

from servqual._arrays import Floats
from servqual.encounters.moments.group_scores import label_order
from servqual.encounters.moments.journeys import Journeys
from servqual.encounters.row_readings import RowReading
from servqual.errors import EncounterError, Problem, ServqualError
from servqual.labels import Label
from servqual.statistics import TestResult, wilson_interval
from servqual.statistics._arguments import check_confidence
from servqual.statistics._numbers import whole
from servqual.statistics.comparison import t_test
from servqual.statistics.contingency import HomogeneityTest, homogeneity_test, is_rough
from servqual.statistics.multiplicity import adjusted
from servqual.statistics.reasoned import Reasoned, columns_of
from servqual.tables import Table
from servqual.telling import Number, Told

_TITLE = Label("Critical incidents", "关键事件")
_ALONE = "there is no other group, or no other outcome, to compare with"
_NONE = "no incidents"


@frozen(kw_only=True, repr=False)
class IncidentGroup:
    """One group of incidents.

    Attributes
    ----------
    key, n, share
        Which, how many incidents, and their share of all.
    satisfactory, dissatisfactory
        How many of them were the one and the other.
    dissatisfactory_share, low, high
        Share of its incidents that were dissatisfactory, with Wilson's interval.
    residual
        Adjusted residual of the dissatisfactory ones: by how many standard errors they are more than their share of
        all incidents would make them; below zero where they are fewer.
    p, p_adjusted
        Of that residual, two-sided, and Holm's over the groups.
    """

    key: str
    n: int
    share: Number
    satisfactory: int
    dissatisfactory: int
    dissatisfactory_share: Number
    low: Number
    high: Number
    residual: Number
    p: Number
    p_adjusted: Number

    def __repr__(self) -> str:
        return f"<IncidentGroup {self.key}: {self.dissatisfactory} of {self.n} dissatisfactory>"


@frozen(eq=False, repr=False, kw_only=True)
class CriticalIncidents(RowReading[IncidentGroup]):
    """Groups of incidents by whether they satisfied.

    Attributes
    ----------
    rows
        One `IncidentGroup` each, in the order given; ``found["recovery"]`` picks one.
    told
        The same as columns, with title and notes in English and Chinese.
    test
        Pearson's test that all groups have the same share of dissatisfactory incidents.
    """

    reading: ClassVar[str] = "critical_incidents"

    test: HomogeneityTest

    def __repr__(self) -> str:
        total = sum(row.n for row in self.rows)
        chi, p = float(self.test.statistic), float(self.test.p)
        return f"<CriticalIncidents: {total} in {len(self)} groups, χ² {chi:.2f}, p {p:.3g}>"

    def to_dict(self) -> dict[str, Any]:
        """Return all numbers as a JSON-safe dictionary, with the test."""
        found = {name: _plain(self.test, name) for name in ("statistic", "df", "p", "cramers_v", "least_expected")}
        return {**RowReading.to_dict(self), "test": found}


def _plain(test: TestResult, name: str) -> float | None:
    value = float(getattr(test, name))
    return None if np.isnan(value) else value


def critical_incidents(
    source: Mapping[str, Sequence[int]] | Journeys, *, confidence: float = 0.95
) -> CriticalIncidents:
    """Critical incidents: groups of them by satisfactory and dissatisfactory, with tests (CIT).

    Pearson's χ² asks whether all groups have the same share of dissatisfactory incidents. The adjusted residual of a
    group is ``(o − e) / √(e (1 − r) (1 − c))`` with ``o`` its dissatisfactory incidents, ``e = N r c``, ``r`` its share
    of all incidents and ``c`` the share of dissatisfactory ones.

    Parameters
    ----------
    source
        Group → how many were satisfactory, how many dissatisfactory; or journeys that were read with ``moment=``, whose
        encounters above and below zero are counted by kind of moment.
    confidence
        Of the intervals.

    Returns
    -------
    CriticalIncidents
        A row for each group, and the test.

    Raises
    ------
    EncounterError
        Counts that are no pairs of whole numbers, zero or more; no incident at all; journeys without moments.

    References
    ----------
    Flanagan 1954, Psychological Bulletin 51(4):327-358; Bitner, Booms & Tetreault 1990, Journal of Marketing
    54(1):71-84; Haberman 1973, Biometrics 29(1):205-220 (adjusted residuals).

    Examples
    --------
    >>> critical_incidents({"recovery": (8, 15), "adaptability": (11, 5), "spontaneity": (15, 14)})
    <CriticalIncidents: 68 in 3 groups, χ² 4.41, p 0.11>
    """
    check_confidence(confidence)
    keys, labels, counts, notes = _counts(source)
    test = homogeneity_test(counts)
    rows = _rows(keys, counts, confidence)
    notes = [*_notes(test, confidence), *notes]
    backend = source.backend if isinstance(source, Journeys) else "pandas"
    table = Table(columns_of(rows, IncidentGroup, {"n", "satisfactory", "dissatisfactory"}), backend=backend)
    told = Told(table, labels, _TITLE, notes)
    return CriticalIncidents(rows=rows, told=told, test=test, asked={"confidence": confidence})


def _counts(source: Any) -> tuple[list[str], list[Label], Floats, list[Label]]:
    """Return keys, their labels, counts (groups, 2), and what must be said of them."""
    if isinstance(source, Journeys):
        return _of_journeys(source)
    if not isinstance(source, Mapping) or not source:
        rule = "it is a mapping group → (satisfactory, dissatisfactory), or Journeys"
        raise EncounterError(Problem("source", f"{source!r:.40}", rule))
    problems: list[Problem | str] = []
    rows = [_pair(key, pair, problems) for key, pair in source.items()]
    if problems:
        raise EncounterError(*problems)
    keys = [str(key) for key in source]
    return keys, [Label(key) for key in keys], _some(np.stack(rows)), []


def _pair(key: Any, pair: Any, problems: list[Problem | str]) -> Floats:
    try:
        row = whole(f"group {key!r}", np.asarray(pair))
    except ServqualError as error:
        problems += error.problems
        return np.zeros(2)
    if row.shape != (2,) or np.isnan(row).any():
        rule = "a group has two counts: satisfactory, dissatisfactory"
        problems.append(Problem(f"group {key!r}", f"{pair!r:.40}", rule))
    return row


def _of_journeys(source: Journeys) -> tuple[list[str], list[Label], Floats, list[Label]]:
    mark = source.mark("moment")
    order, neutral = label_order(source, mark), int((source.score == 0).sum())
    sides = (source.score > 0, source.score < 0)
    table = np.stack([np.bincount(mark.codes[side], minlength=len(mark.labels)) for side in sides], axis=1)
    note = Label(
        f"{neutral} neutral encounters are left out; encounters of one customer count as independent",
        f"略去 {neutral} 次中性接触；同一顾客的各次接触视为独立",
    )
    keys = [str(mark.labels[code]) for code in order]
    return keys, [source.label("moment", key) for key in keys], _some(table[order].astype(np.float64)), [note]


def _some(counts: Floats) -> Floats:
    if not counts.sum():
        raise EncounterError(Problem("source", "no incident", "there is one satisfactory or dissatisfactory at least"))
    return counts


def _rows(keys: Sequence[str], counts: Floats, confidence: float) -> tuple[IncidentGroup, ...]:
    n, total = counts.sum(axis=1), counts.sum()
    columns = _columns(counts, confidence)
    return tuple(
        IncidentGroup(
            key=key,
            n=int(n[place]),
            share=float(n[place] / total),
            satisfactory=int(counts[place, 0]),
            dissatisfactory=int(counts[place, 1]),
            **{name: each.at(place) for name, each in columns.items()},
        )
        for place, key in enumerate(keys)
    )


def _columns(counts: Floats, confidence: float) -> dict[str, Reasoned]:
    n, total = counts.sum(axis=1), counts.sum()
    share, bad = n / total, counts[:, 1].sum() / total
    expected = n * bad
    with np.errstate(invalid="ignore", divide="ignore"):
        residual = (counts[:, 1] - expected) / np.sqrt(expected * (1 - share) * (1 - bad))
        of_group = counts[:, 1] / n
    residual = np.where(np.isfinite(residual), residual, np.nan)
    p = np.where(np.isnan(residual), np.nan, t_test(np.nan_to_num(residual), 1.0, np.inf).p)
    low, high = wilson_interval(counts[:, 1], n, confidence)
    none, alone = (n == 0, _NONE), (np.isnan(residual), _ALONE)
    return {
        "dissatisfactory_share": Reasoned.of(of_group, none),
        "low": Reasoned.of(low, none),
        "high": Reasoned.of(high, none),
        "residual": Reasoned.of(residual, none, alone),
        "p": Reasoned.of(p, none, alone),
        "p_adjusted": Reasoned.of(adjusted(p), none, alone),
    }


def _notes(test: HomogeneityTest, confidence: float) -> list[Label]:
    chi, df, p, v = (float(each) for each in (test.statistic, test.df, test.p, test.cramers_v))
    if np.isnan(chi):
        return [Label("one group or one outcome only: nothing to compare", "只有一组或一种结果：无从比较")]
    notes = [
        Label(
            f"χ² {chi:.2f} on {df:.0f} degrees of freedom, p {p:.3g}, Cramér's V {v:.3f}; {confidence:.0%} intervals "
            "(Wilson)",
            f"χ² {chi:.2f}，自由度 {df:.0f}，p {p:.3g}，Cramér V {v:.3f}；{confidence:.0%} Wilson 区间",
        )
    ]
    if is_rough(float(test.least_expected), float(test.small_cells)):
        notes.append(Label("expected counts are small: p is rough", "期望频数过小：p 值仅供参考"))
    return notes
