"""`service_stage`: none, basic, reactive, proactive or personalised, read off measured shares."""

from __future__ import annotations

from collections.abc import Mapping
from numbers import Real
from types import MappingProxyType
from typing import Any

import numpy as np

from servqual.errors import Problem, StandardsError, did_you_mean
from servqual.labels import Label
from servqual.operations.standards.conformance_results import Conformance
from servqual.operations.standards.stage_results import StageReading, StageShare
from servqual.operations.standards.words import ServiceStage
from servqual.operations.wanted import wanted
from servqual.statistics import Inapplicable, wilson_interval
from servqual.statistics._arguments import check_confidence
from servqual.statistics.reasoned import columns_of
from servqual.tables import Table
from servqual.telling import Number, Told

UNMEASURED = "it was not measured"
_ASKED = MappingProxyType({"reactive": 0.9, "proactive": 0.3, "personalised": 0.3})


def service_stage(
    basic: Conformance,
    *,
    reactive: Any = None,
    proactive: Any = None,
    personalised: Any = None,
    thresholds: Mapping[str, float] | None = None,
    confidence: float = 0.95,
) -> StageReading:
    """Stage of a service: none, basic, reactive, proactive or personalised, from the shares that were measured.

    A stage is reached where it and all stages before it are passed. *Basic*: the share that keeps the standard reaches
    its target; *reactive*: the share of demands that are answered, or answered in time; *proactive*: the share of
    contacts that the provider began; *personalised*: the share of those made for the one customer.

    Parameters
    ----------
    basic
        Conformance to the standard that makes the service what it is.
    reactive, proactive, personalised
        ``(so many, of how many)``; or what has a `share` (or an `estimate`), a `low` and a `high`, such as a row of
        `service_indicators` or of a `Conformance`. What is not given was not measured, and ends the climb.
    thresholds
        From which share on "reactive" (0.9), "proactive" (0.3) and "personalised" (0.3) are passed: conventions of this
        function, to be set for the trade.
    confidence
        Of Wilson's intervals of counts.

    Returns
    -------
    StageReading
        A row for each stage; `stage` by the shares, `sure_stage` and `possible_stage` by the ends of intervals.

    Raises
    ------
    StandardsError
        All at once: counts that make no share, thresholds that are none or of no such stage.
    ArgumentError
        A confidence that does not lie between 0 and 1.

    References
    ----------
    Wilson 1927, Journal of the American Statistical Association 22(158):209-212 (intervals of counts).

    Examples
    --------
    >>> from servqual.operations import Standard, conformance
    >>> kept = conformance(Standard(key="wait", kind="time", high=5, target=0.8), [1, 2, 3, 4, 2, 3, 1, 2, 4, 9])
    >>> service_stage(kept, reactive=(960, 1000), proactive=(80, 1000))
    <StageReading: reactive service; surely none, possibly reactive>
    """
    check_confidence(confidence)
    asked: dict[str, Any] = {**_ASKED, **(thresholds or {})}
    problems = [*wanted("basic", basic, Conformance, "conformance(standard, …)"), *_of_thresholds(asked)]
    given = {"reactive": reactive, "proactive": proactive, "personalised": personalised}
    shares = {name: _share(name, each, confidence, problems) for name, each in given.items()}
    if problems:
        raise StandardsError(*problems)
    whole = basic.overall
    first = (whole.share, whole.low, whole.high)
    rows = (
        _row(ServiceStage.BASIC, first, basic.standard.target),
        *(_row(ServiceStage(name), share, asked[name]) for name, share in shares.items()),
    )
    names = [row.stage.label for row in rows]
    table = Table(columns_of(rows, StageShare), backend=basic.told.table.backend)
    title = Label("Stage of the service", "服务所处阶段")
    note = Label(
        f"basic service: {basic.standard.label.en}, {basic.standard.limits.en}; a stage counts where all before it are "
        "passed",
        f"基本服务：{basic.standard.label.text('zh')}，{basic.standard.limits.text('zh')}；此前各阶段均通过方可计入",
    )
    return StageReading(rows, Told(table, names, title, [note]), asked={"confidence": confidence})


def _of_thresholds(asked: Mapping[str, Any]) -> list[Problem]:
    problems = [
        Problem("thresholds", f"no stage {name!r}", "stages above basic have one", did_you_mean(name, _ASKED))
        for name in asked
        if name not in _ASKED
    ]
    problems += [
        Problem(f"threshold of {name}", f"{value!r}", "it is a share above 0 and at most 1")
        for name, value in asked.items()
        if not (isinstance(value, Real) and 0 < float(value) <= 1)
    ]
    return problems


_Ends = tuple[Number, Number, Number]


def _share(name: str, given: Any, confidence: float, problems: list[Problem]) -> _Ends:
    if given is None:
        none = Inapplicable(UNMEASURED)
        return none, none, none
    if hasattr(given, "low") and hasattr(given, "high"):
        middle = given.share if hasattr(given, "share") else given.estimate
        numbers = [float(each) for each in (middle, given.low, given.high)]
        if np.isnan(numbers[0]) or all(0 <= each <= 1 for each in numbers):
            return middle, given.low, given.high
    elif _is_count(given):
        low, high = wilson_interval(float(given[0]), float(given[1]), confidence)
        return float(given[0] / given[1]), low, high
    rule, remedy = "it is (so many, of how many), or a share with its interval", f"{name}=(270, 900)"
    problems.append(Problem(name, f"{given!r:.60}", rule, remedy))
    none = Inapplicable(UNMEASURED)
    return none, none, none


def _is_count(given: Any) -> bool:
    return (
        isinstance(given, tuple | list)
        and len(given) == 2
        and all(isinstance(each, Real) and not isinstance(each, bool) for each in given)
        and 0 <= given[0] <= given[1]
        and given[1] > 0
    )


def _row(stage: ServiceStage, share: _Ends, threshold: float) -> StageShare:
    middle, low, high = share
    numbers = [None if np.isnan(float(each)) else float(each) >= threshold for each in (middle, low, high)]
    return StageShare(
        stage=stage, share=middle, low=low, high=high, threshold=threshold, passed=numbers[0], surely=numbers[1],
        possibly=numbers[2],
    )  # fmt: skip
