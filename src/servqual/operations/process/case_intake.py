"""Ratings of hand-overs, case by case: which columns they are in, and which cases take part."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from attrs import frozen

from servqual._arrays import Floats
from servqual.errors import Problem, ProcessError, ServqualError, did_you_mean
from servqual.operations.given_columns import GivenColumns
from servqual.operations.process.path_sums import PathRows
from servqual.operations.process.service_process import ServiceProcess
from servqual.operations.wanted import is_number

Expected = str | float | Mapping[str, float]


@frozen(eq=False)
class Cases:
    """Ratings by case: received and expected (n, hand-overs), outcome (n,) or None; and how many there were."""

    received: Floats
    expected: Floats
    outcome: Floats | None
    rows: int
    backend: str

    @property
    def gaps(self) -> Floats:
        """Received minus expected, (n, hand-overs)."""
        return self.received - self.expected


def rated_cases(process: ServiceProcess, source: Any, expected: Expected, received: str, outcome: str | None) -> Cases:
    """Return the ratings of cases that take part, or refuse them."""
    problems: list[Problem | str] = []
    if not isinstance(process, ServiceProcess):
        rule = "it is a ServiceProcess"
        raise ProcessError(Problem("process", f"a {type(process).__name__}", rule, "ServiceProcess.define(…)"))
    try:
        given = GivenColumns.of(source, "ratings")
    except ServqualError as error:
        raise ProcessError(*error.problems) from error
    ratings = [_column(given, received, each.source, each.target, problems) for each in process.hand_overs]
    wanted = _expected(process, given, expected, problems)
    last = None if outcome is None else given.numbers("outcome", outcome)
    problems += given.problems
    if problems:
        raise ProcessError(*problems)
    had, hoped = (np.column_stack([each for each in columns if each is not None]) for columns in (ratings, wanted))
    keep = np.ones(len(had), np.bool_)
    if last is not None:
        keep = ~(np.isnan(had).any(axis=1) | np.isnan(hoped).any(axis=1) | np.isnan(last))
    cases = Cases(had[keep], hoped[keep], None if last is None else last[keep], len(had), given.backend)
    problems += _case_faults(process, cases)
    if problems:
        raise ProcessError(*problems)
    return cases


def _column(
    given: GivenColumns, pattern: str, source: str, target: str, problems: list[Problem | str]
) -> Floats | None:
    name = pattern.replace("{source}", source).replace("{target}", target)
    if name not in given.names:
        rule = f"the receiving step {target!r} rates what it gets"
        remedy = did_you_mean(name, given.names)
        problems.append(Problem(f"hand-over {source} -> {target}", f"no column {name!r}", rule, remedy))
        return None
    return given.numbers(name, name)


def _expected(
    process: ServiceProcess,
    given: GivenColumns,
    expected: Expected,
    problems: list[Problem | str],
) -> list[Floats | None]:
    if isinstance(expected, str):
        return [_column(given, expected, each.source, each.target, problems) for each in process.hand_overs]
    keys = [each.key for each in process.hand_overs]
    known = dict(expected) if isinstance(expected, Mapping) else dict.fromkeys(keys, expected)
    strays = [key for key in known if key not in keys]
    rule = "no hand-over of this process"
    problems += [Problem("expected", repr(key), rule, did_you_mean(str(key), keys)) for key in strays]
    for key in keys:
        if not is_number(known.get(key)):
            rule = "each hand-over has an expectation, a finite number"
            problems.append(Problem("expected", f"{known.get(key)!r} for {key!r}", rule))
            known[key] = np.nan
    return [np.full(given.rows, known[key], np.float64) for key in keys]


def _case_faults(process: ServiceProcess, cases: Cases) -> list[Problem]:
    """Return why cases cannot be tested or carried."""
    if cases.outcome is not None:
        least = PathRows.of(process).most + 3
        if len(cases.outcome) < least:
            rule = f"regressions of this process need {least} or more"
            return [Problem("source", f"{len(cases.outcome)} cases with every rating of {cases.rows}", rule)]
        still = np.ptp(cases.received, axis=0) == 0
        rule = "what does not vary across cases cannot be carried to the outcome"
        return [
            Problem(f"hand-over {each}", "the same rating in all cases", rule, "leave outcome away for gaps alone")
            for each, same in zip(process.hand_overs, still.tolist(), strict=True)
            if same
        ]
    count = (~np.isnan(cases.gaps)).sum(axis=0)
    return [
        Problem(f"hand-over {each}", f"{number or 'no'} case with rating and expectation", "two or more are needed")
        for each, number in zip(process.hand_overs, count.tolist(), strict=True)
        if number < 2
    ]
