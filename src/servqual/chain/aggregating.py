"""`aggregate`: from the answers of people to means of units, with the evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from servqual.chain.aggregation import Aggregation, PeopleCount
from servqual.chain.aggregation_notes import brief_notes, construct_label, notes_of, null_notes, title_of
from servqual.chain.evidence import Evidence, NullEvidence
from servqual.chain.evidence_reading import Measured, measured
from servqual.chain.given_rows import Given
from servqual.chain.people import People, Wanted, cluster_labels, people_of
from servqual.chain.people_checks import (
    Problems,
    answer_problems,
    cluster_problems,
    constructs_of,
    option_problems,
    scales_of,
)
from servqual.chain.unit_reading import from_library
from servqual.chain.units import UnitTable
from servqual.errors import Problem, UnitError
from servqual.statistics.reasoned import columns_of
from servqual.tables import Table
from servqual.telling import Told

_WHOLE = {"min_n", "max_n", "options", "df_between", "df_within", "rwg_zero", "awg_out", "zero"}
# How `from_library` is to name what was asked here
_ARGUMENTS = {"unit": "by", "columns": "constructs"}


def aggregate(
    frame: Any,
    *,
    by: str,
    period: str | None = None,
    constructs: Mapping[str, Sequence[str]] | Sequence[str],
    scale: tuple[float, float] | Mapping[str, tuple[float, float]] | None = None,
    clusters: Sequence[str] | str = (),
    weights: str | None = None,
    min_answered: float = 0.5,
    min_respondents: int = 1,
    source: str = "employees",
    null: str = "uniform",
    confidence: float = 0.95,
) -> Aggregation:
    """Means of units from the answers of their people, and the evidence that these may be taken together.

    A person's score is the mean of the items answered, a unit's the mean of its people. Whether such means measure
    something of the unit is told by the analysis of variance between units (F, ICC(1), ICC(2)) and by how far people of
    a unit agree (rwg, rwg(j), r*wg(j), awg, average deviations). Rules of thumb are told; nothing is left out for them.

    Parameters
    ----------
    frame
        A DataFrame of pandas or polars or a Table of pyarrow, one row per person (and period).
    by, period
        The columns of units, such as branches, and of periods. People without either are left out and counted.
    constructs
        Construct → the columns of its items; or a list of columns that are constructs themselves. High is more of the
        construct in all items: those worded in reverse are turned before.
    scale
        Lowest and highest answer, for all constructs or construct → ends. Where answers are whole numbers, the options
        are a step apart. Without a scale, rwg and awg are inapplicable.
    clusters
        Columns to which units belong, such as a region.
    weights
        Column of sampling weights, zero or more: means of units are weighted, the evidence counts people alike.
    min_answered
        Share of the items that a person must answer, above 0 and at most 1; at least one item always.
    min_respondents
        People that a unit needs; means of smaller ones are set missing and counted. Five or more also keep single
        persons from being read out of the means.
    source
        Who was asked, such as "employees" or "customers": names the column of counts, and says which constructs were
        measured on the same people.
    null
        The null of rwg: "uniform", "slight_skew", "moderate_skew", "heavy_skew", "triangular" or "normal"; agreement
        under all of them is in ``to_table("nulls")``.
    confidence
        Of the intervals of ICC(1) and ICC(2).

    Returns
    -------
    Aggregation
        With the unit table (``units``), evidence per construct, and agreement unit by unit (``by_unit()``).

    Raises
    ------
    UnitError
        Everything that is wrong, together: columns that there are not or that hold no numbers, answers off the scale
        (how many, and the first), weights that are none, a unit in two clusters, options out of range.

    Notes
    -----
    With periods, the groups of all statistics are units in periods, which are the rows of the unit table: ICC(2) is
    then the reliability of one such row.

    References
    ----------
    James, Demaree & Wolf 1984, Journal of Applied Psychology 69(1):85-98; Lindell, Brandt & Whitney 1999, Applied
    Psychological Measurement 23(2):127-135; Burke, Finkelstein & Dusig 1999, Organizational Research Methods
    2(1):49-68; Bliese 2000, in Klein & Kozlowski (eds.), Multilevel Theory, Research, and Methods in Organizations,
    Jossey-Bass, 349-381; Burke & Dunlap 2002, Organizational Research Methods 5(2):159-172; Brown & Hauenstein 2005,
    Organizational Research Methods 8(2):165-184; LeBreton & Senter 2008, Organizational Research Methods
    11(4):815-852.

    Examples
    --------
    >>> import pandas as pd
    >>> staff = pd.DataFrame({"branch": ["a", "a", "b", "b"], "q1": [4, 5, 2, 3], "q2": [4, 4, 2, 2]})
    >>> found = aggregate(staff, by="branch", constructs={"satisfaction": ["q1", "q2"]}, scale=(1, 5))
    >>> found.units.column("satisfaction").tolist(), round(found["satisfaction"].icc2, 4)
    ([4.25, 2.25], 0.9688)
    """
    problems: Problems = []
    items = constructs_of(constructs, problems)
    wanted = Wanted(
        by=by, period=period, constructs=items, scales=scales_of(scale, list(items), problems),
        clusters=(clusters,) if isinstance(clusters, str) else tuple(clusters), weights=weights,
        min_answered=min_answered, min_respondents=min_respondents, source=source, null=null, confidence=confidence,
    )  # fmt: skip
    given, people = _read(frame, wanted, problems)
    found = [measured(construct, given.columns, people, wanted) for construct in items]
    return _told(found, people, _units(found, given, people, wanted), wanted)


def _read(frame: Any, wanted: Wanted, problems: Problems) -> tuple[Given, People]:
    """Return what the frame holds and the people who count, or raise everything that is wrong."""
    given = from_library(
        frame, wanted.by, wanted.period, wanted.items, wanted.clusters, weights=wanted.weights, words=_ARGUMENTS
    )
    problems += [*option_problems(wanted), *given.problems, *answer_problems(given, wanted)]
    unread = given.unit is None or (wanted.period is not None and given.period is None)
    if problems or unread:
        raise UnitError(*problems)
    people = people_of(given, wanted)
    if not people.cells:
        rule = "somebody has a unit, a period where there are periods, and a weight above zero where there are weights"
        raise UnitError(Problem("rows", f"none of {people.given} counts", rule))
    problems += cluster_problems(given, people)
    if problems:
        raise UnitError(*problems)
    return given, people


def _units(found: list[Measured], given: Given, people: People, wanted: Wanted) -> UnitTable:
    anybody = np.logical_or.reduce([each.scored for each in found])
    n = np.bincount(people.cell[anybody], minlength=people.cells)
    columns = {each.evidence.construct: each.scatter.mean for each in found}
    return UnitTable.from_arrays(
        people.unit,
        {**columns, f"{wanted.source}_n": n},
        period=people.period,
        clusters={name: cluster_labels(people, *each)[0] for name, each in given.clusters.items()},
        scales=wanted.scales,
        respondents=dict.fromkeys(columns, wanted.source),
        unit_column=wanted.by,
        period_column=wanted.period or "period",
        backend=given.backend,
    )


def _told(found: list[Measured], people: People, units: UnitTable, wanted: Wanted) -> Aggregation:
    used = int(np.logical_or.reduce([each.scored for each in found]).sum())
    count = PeopleCount(people.given, used, people.without_unit, people.without_period, people.without_weight)
    rows = tuple(each.evidence for each in found)
    nulls = tuple(null for each in found for null in each.nulls)
    told = {
        "evidence": Told(
            Table(columns_of(rows, Evidence, _WHOLE), backend=units.backend),
            [construct_label(row.construct) for row in rows],
            title_of(wanted, "evidence"),
            notes_of(rows, count, wanted),
        ),
        "nulls": Told(
            Table(columns_of(nulls, NullEvidence, _WHOLE), backend=units.backend),
            [construct_label(row.construct) for row in nulls],
            title_of(wanted, "nulls"),
            null_notes(nulls, count, wanted),
        ),
    }
    scatter, brief = tuple(each.scatter for each in found), brief_notes(rows, count, wanted)
    return Aggregation(units, rows, nulls, scatter, told, brief, count, wanted.source)
