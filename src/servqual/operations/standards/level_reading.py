"""`service_levels`: from conformance and the zone of tolerance to the level of a service."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from servqual._arrays import Floats
from servqual._frames import GroupLabel
from servqual.errors import Problem, ServqualError, StandardsError
from servqual.labels import Label
from servqual.operations.given_columns import ALL, refuse_unequal
from servqual.operations.standards.conformance_results import Conformance, ConformityShare
from servqual.operations.standards.level_results import ServiceLevels, UnitLevel
from servqual.operations.standards.words import ServiceLevel
from servqual.operations.wanted import wanted
from servqual.scoring import Adequacy, Superiority, score
from servqual.statistics import Inapplicable, student_interval
from servqual.statistics._arguments import check_confidence
from servqual.statistics.moments import Moments
from servqual.statistics.reasoned import columns_of
from servqual.survey import Survey
from servqual.tables import Table
from servqual.telling import Number, Told

NO_ZONE = "no respondent has a zone of tolerance"
NO_ROOM = "adequate and desired level are the same on average"
NO_SHARE = "no case tells whether a standard is kept"
_ORDER = tuple(ServiceLevel)


def service_levels(
    found: Conformance | Iterable[Conformance],
    survey: Survey,
    *,
    by: str | None = None,
    good_from: float = 0.5,
    confidence: float = 0.95,
) -> ServiceLevels:
    """Level of a service: below standard, qualified (accepted), good (content) or excellent (beyond what is desired).

    A service is *below standard* where a standard misses its target or ``MSA < 0``; else *qualified*, *good* from the
    position `good_from` in the zone of tolerance on, and *excellent* where ``MSS > 0``. The position is
    ``MSA / (MSA − MSS)``, a ratio of means.

    Parameters
    ----------
    found
        Conformance to one standard or several, by unit where there is `by`.
    survey
        Perceptions with adequate and desired levels; every respondent counts alike.
    by
        The column of units in the survey, whose labels are those of the units of the conformance.
    good_from
        Where in the zone "good" begins, above 0 and at most 1.
    confidence
        Of the intervals behind `lowest` and `highest`; those of conformance are as they were made.

    Returns
    -------
    ServiceLevels
        A row for each unit, or one for all.

    Raises
    ------
    StandardsError
        All at once: no conformance, units that only one side has, a survey with weights, clusters or without a zone,
        `good_from` outside its range.

    References
    ----------
    Zeithaml, Berry & Parasuraman 1993, Journal of the Academy of Marketing Science 21(1):1-12 (zone of tolerance);
    Student 1908, Biometrika 6(1):1-25.

    Examples
    --------
    >>> from servqual import Instrument, Scale
    >>> from servqual.operations import Standard, conformance_from_counts
    >>> kept = conformance_from_counts(Standard(key="wait", kind="time", high=5, target=0.8), 90, 100)
    >>> levels = ["adequate", "desired", "perception"]
    >>> desk = Instrument.define("desk", {"speed": ["wait"]}, scale=Scale.likert(7), levels=levels)
    >>> said = {"adequate": [[3], [4], [3]], "desired": [[6], [7], [6]], "perception": [[5], [6], [6]]}
    >>> service_levels(kept, Survey.from_arrays(desk, **said))["all"]
    <UnitLevel of all: good; qualified to excellent>
    """
    check_confidence(confidence)
    results = (found,) if isinstance(found, Conformance) else tuple(found)
    problems: list[Problem | str] = list(wanted("survey", survey, Survey, "Survey.from_frame(…)"))
    for each in results:
        problems += wanted("found", each, Conformance, "conformance(standard, …)")
    if problems:
        raise StandardsError(*problems)
    if not results:
        problems.append(Problem("found", "none", "there is conformance to a standard", "conformance(standard, …)"))
    if not 0 < good_from <= 1:
        problems.append(Problem("good_from", f"{good_from:g}", "a position above 0 (adequate), at most 1 (desired)"))
    zones = _attempt(problems, survey, by, good_from, confidence)
    shares = {label: [_share(each, label) for each in results] for label in zones}
    problems += _unmatched(results, zones, by)
    if problems:
        raise StandardsError(*problems)
    rows = tuple(_row(label, [each for each in shares[label] if each is not None], zones[label]) for label in zones)
    columns = columns_of(rows, UnitLevel, {"n"})
    title = Label("Levels of service", "服务水平")
    names = [Label("all", "全体") if row.unit == ALL else Label(str(row.unit)) for row in rows]
    told = Told(Table(columns, backend=survey.backend), names, title, _notes(results, good_from, confidence))
    return ServiceLevels(rows, told, asked={"good_from": good_from, "confidence": confidence})


class _Zone(NamedTuple):
    """Means of MSA, of what "good" asks, and of MSS, with both ends of their intervals, each (3,)."""

    n: int
    mean: Floats
    low: Floats
    high: Floats


def _attempt(
    problems: list[Problem | str], survey: Survey, by: str | None, good_from: float, confidence: float
) -> dict[GroupLabel, _Zone]:
    try:
        refuse_unequal(survey)
        return _zones(survey, by, good_from, confidence)
    except ServqualError as error:
        problems += error.problems
        return {}


def _zones(survey: Survey, by: str | None, good_from: float, confidence: float) -> dict[GroupLabel, _Zone]:
    adequacy, superiority = (
        np.asarray(score(survey, model, dtype=np.float64).overall) for model in (Adequacy(), Superiority())
    )
    # from the position on: (1 − g) MSA + g MSS ≥ 0
    values = np.column_stack([adequacy, (1 - good_from) * adequacy + good_from * superiority, superiority])
    if by is None:
        return {ALL: _zone(values, confidence)}
    grouping = survey.grouping(by)
    named = {label: code for code, label in enumerate(grouping.labels) if label is not None}
    return {label: _zone(values[grouping.codes == code], confidence) for label, code in named.items()}


def _zone(values: Floats, confidence: float) -> _Zone:
    there = values[~np.isnan(values).any(axis=1)]
    moments = Moments.of(there)
    low, high = student_interval(moments.mean, moments.standard_error, moments.degrees_of_freedom, confidence)
    return _Zone(len(there), moments.mean, low, high)


def _share(found: Conformance, label: GroupLabel) -> ConformityShare | None:
    return next((row for row in found.rows if (row.unit, row.period) == (label, ALL)), None)


def _unmatched(results: Sequence[Conformance], zones: Mapping[GroupLabel, _Zone], by: str | None) -> Iterator[Problem]:
    if by is None or not zones:
        return
    for each in results:
        units = {row.unit for row in each.units} - {"no unit"}
        absent, more = set(zones) - units, units - set(zones)
        remedy = "conformance(standard, cases, unit=…)" if not units else ""
        for place, names in ((f"conformance to {each.standard.key}", absent), ("survey", more)):
            if names:
                shown = ", ".join(sorted(map(repr, names))[:5])
                yield Problem(place, f"no unit {shown}", "both sides have the same units", remedy)


def _row(label: GroupLabel, shares: Sequence[ConformityShare], zone: _Zone) -> UnitLevel:
    ends = [
        [float(share.margin) for share in shares],
        [float(share.low) - share.target for share in shares],
        [float(share.high) - share.target for share in shares],
    ]
    margins = [min(each) if each and not np.isnan(each).any() else np.nan for each in ends]
    level, lowest, highest = (
        _level(margin, at) for margin, at in zip(margins, (zone.mean, zone.low, zone.high), strict=True)
    )
    adequacy, _, superiority = zone.mean.tolist()
    none: Number = Inapplicable(NO_ZONE)
    width = adequacy - superiority
    position: Number = Inapplicable(NO_ROOM) if abs(width) < 1e-12 else adequacy / width
    return UnitLevel(
        unit=label, margin=Inapplicable(NO_SHARE) if np.isnan(margins[0]) else margins[0], n=zone.n,
        adequacy=adequacy if zone.n else none, superiority=superiority if zone.n else none,
        position=position if zone.n else none, level=level, lowest=lowest, highest=highest,
        sure=lowest is not None and lowest is highest,
    )  # fmt: skip


def _level(margin: float, at: Floats) -> ServiceLevel | None:
    adequacy, good, superiority = at.tolist()
    if np.isnan([margin, adequacy, superiority]).any():
        return None
    if margin < 0 or adequacy < 0:
        return ServiceLevel.BELOW_STANDARD
    return _ORDER[1 + (good >= 0) + (good >= 0 and superiority > 0)]


def _notes(results: Sequence[Conformance], good_from: float, confidence: float) -> list[Label]:
    keys = ", ".join(each.standard.key for each in results)
    return [
        Label(f"standards: {keys}; margin: the least share − target", f"标准：{keys}；margin 为最小的（达标率−目标）"),
        Label(
            f"good from position {good_from:g} of the zone of tolerance on, excellent above the desired level",
            f"容忍区域内位置达到 {good_from:g} 起为良好，超过理想水平为优秀",
        ),
        Label(
            f"lowest and highest: the levels at the ends of the {confidence:.0%} intervals",
            f"lowest 与 highest：{confidence:.0%} 区间两端对应的水平",
        ),
    ]
