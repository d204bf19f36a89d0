"""`need_coverage`: whether reception covers the needs for information, surroundings and feeling."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np
from attrs import frozen

from servqual._arrays import Bools
from servqual.encounters.behaviours.step_reading import fulfilled
from servqual.encounters.row_readings import RowReading
from servqual.errors import EncounterError, Problem, did_you_mean
from servqual.labels import Label
from servqual.statistics import Inapplicable, wilson_interval
from servqual.statistics._arguments import check_confidence
from servqual.statistics.point_tallies import PointTally, effective_size
from servqual.statistics.reasoned import columns_of
from servqual.survey import Survey
from servqual.tables import Table
from servqual.telling import Number, Told

NEEDS = ("information", "environment", "emotion")
_ALTERNATIVES = "alternatives"
_TITLE = Label("Needs covered in reception", "接待中的需求覆盖")
_EVERY = Label("all three needs", "三种需求全部满足")
_OFFERED = Label("alternative offered where one was not", "未满足时提供替代")


@frozen(kw_only=True, repr=False)
class NeedCoverage:
    """How often one need was covered, all three, or an alternative offered.

    Attributes
    ----------
    key
        "information", "environment", "emotion", "all"; "alternatives", of receptions that left a need open.
    n, covered
        Receptions in which it was judged, and how many of them covered it in full.
    share, low, high
        Share that did, with Wilson's interval; with clusters, for the effective number of receptions.
    least
        Whether it is the need that is covered least.
    """

    key: str
    n: int
    covered: int
    share: Number
    low: Number
    high: Number
    least: bool

    def __repr__(self) -> str:
        return f"<NeedCoverage {self.key}: {self.covered} of {self.n}>"


@frozen(eq=False, repr=False, kw_only=True)
class NeedCoverages(RowReading[NeedCoverage]):
    """How often each need of a customer was covered in reception.

    Attributes
    ----------
    rows
        The three needs, all of them together, and where they were judged the alternatives; ``found["emotion"]`` picks
        one.
    told
        The same as columns, with title and notes in English and Chinese.
    """

    reading: ClassVar[str] = "need_coverage"

    @property
    def least(self) -> NeedCoverage:
        """The need that is covered least."""
        return next((row for row in self.rows if row.least), self.rows[0])

    def __repr__(self) -> str:
        every = self["all"]
        return f"<NeedCoverages: all three in {every.covered} of {every.n}, least {self.least.key}>"


def need_coverage(survey: Survey, *, confidence: float = 0.95) -> NeedCoverages:
    """Coverage of needs in reception: information, environment and emotion, each alone and all three together.

    A need is covered where all of its criteria were fulfilled in full; a criterion that was not judged leaves it open,
    unless another one failed. Where a need was not covered, the alternatives tell whether another way was offered.

    Parameters
    ----------
    survey
        Filled-in sheets of `catalogue.reception`, or of an instrument of your own with these three dimensions.
    confidence
        Of the intervals.

    Returns
    -------
    NeedCoverages
        A row for each need, for all, and for the alternatives.

    Raises
    ------
    EncounterError
        What is no survey of the three needs; weights, which have no rule here.

    References
    ----------
    Wilson 1927, Journal of the American Statistical Association 22(158):209-212; Korn & Graubard 1998, Survey
    Methodology 24(2):193-201 (effective size).

    Examples
    --------
    >>> from servqual import Instrument, Scale, Survey
    >>> desk = Instrument.define("desk", {key: [key[:3]] for key in NEEDS}, scale=Scale.yes_no(), levels=["perception"])
    >>> need_coverage(Survey.from_arrays(desk, perception=[[1, 1, 1], [1, 1, 0], [1, 0, 0]]))
    <NeedCoverages: all three in 1 of 3, least emotion>
    """
    check_confidence(confidence)
    values = fulfilled(survey)
    _refuse(survey)
    states = {key: _state(values[part]) for key, part in _parts(survey).items()}
    needs = np.stack([states[key] for key in NEEDS])
    states["all"] = np.where((needs == 0).any(axis=0), 0.0, needs.min(axis=0))
    keys = [*NEEDS, "all"]
    if _ALTERNATIVES in states:
        states[_ALTERNATIVES] = np.where(states["all"] == 0, states[_ALTERNATIVES], np.nan)
        keys.append(_ALTERNATIVES)
    found = [_row(survey, key, states[key], confidence) for key in keys]
    shares = [float(row["share"]) for row in found[: len(NEEDS)]]
    least = np.nanmin(shares) if not np.isnan(shares).all() else np.nan
    rows = tuple(NeedCoverage(**row, least=row["key"] in NEEDS and float(row["share"]) == least) for row in found)
    names = dict(
        zip(survey.instrument.dimension_keys, (each.label for each in survey.instrument.dimensions), strict=True)
    )
    names |= {"all": _EVERY, _ALTERNATIVES: _OFFERED}
    note = Label(f"{confidence:.0%} intervals (Wilson)", f"{confidence:.0%} Wilson 区间")
    table = Table(columns_of(rows, NeedCoverage, {"n", "covered"}), backend=survey.backend)
    told = Told(table, [names[key] for key in keys], _TITLE, (note,))
    return NeedCoverages(rows=rows, told=told, asked={"confidence": confidence})


def _refuse(survey: Survey) -> None:
    known = survey.instrument.dimension_keys
    problems = [
        Problem("survey", f"no {need!r}", "the three needs are dimensions", did_you_mean(need, known))
        for need in NEEDS
        if need not in known
    ]
    if survey.weights is not None:
        problems.append(Problem("survey", "weights", "receptions count alike", "read the sheets without weights"))
    if problems:
        raise EncounterError(*problems)


def _parts(survey: Survey) -> dict[str, slice]:
    every = zip(survey.instrument.dimension_keys, survey.instrument.slices, strict=True)
    return {key: part for key, part in every if key in {*NEEDS, _ALTERNATIVES}}


def _state(values: Any) -> Any:
    """Return 1 where all criteria were fulfilled, 0 where one was not, NaN where that is open, (sheets,)."""
    failed, open_ = (values < 1).any(axis=0), np.isnan(values).any(axis=0)
    return np.where(failed, 0.0, np.where(open_, np.nan, 1.0))


def _row(survey: Survey, key: str, state: Any, confidence: float) -> dict[str, Any]:
    kept: Bools = ~np.isnan(state)
    n, covered = int(kept.sum()), int((state[kept] == 1).sum())
    if not n:
        none = Inapplicable("no reception left a need open" if key == _ALTERNATIVES else "it was not judged")
        return {"key": key, "n": 0, "covered": 0, "share": none, "low": none, "high": none}
    clusters = None if survey.cluster is None else survey.cluster.codes[kept]
    tally = PointTally.of(state[kept].astype(np.int64), 2, clusters=clusters)
    size = effective_size(tally, np.array([0.0, 1.0]))
    low, high = wilson_interval(covered / n * size, size, confidence)
    return {"key": key, "n": n, "covered": covered, "share": covered / n, "low": low, "high": high}
