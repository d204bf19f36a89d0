"""`capability`: does the spread of a process fit between the limits of a standard."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from attrs import frozen

from servqual._arrays import Floats, Ints
from servqual._frames import GroupLabel
from servqual.errors import Problem, StandardsError
from servqual.labels import Label
from servqual.operations.given_columns import Coded, GivenColumns
from servqual.operations.standards.capability_results import Capability, ProcessCapability
from servqual.operations.standards.conforming import check_standard, opened_cases
from servqual.operations.standards.standard import Standard
from servqual.statistics import wilson_interval
from servqual.statistics._arguments import check_confidence
from servqual.statistics.capability_figures import Indices, capability_indices
from servqual.statistics.reasoned import Case, Reasoned, columns_of
from servqual.tables import Table
from servqual.telling import Told

# So many cases tell whether they are normal; the 99th percentile of χ² on 2.
_ENOUGH, _BEYOND = 20, 9.21
NO_CASES = "no case has a value"
FEW = "fewer than two cases"
STILL = "the values do not vary"
ONE_LIMIT = "the standard has one limit"
NO_SUBGROUPS = "no subgroups were named"
FEW_IN_SUBGROUPS = "no subgroup with two cases that differ"


def capability(
    standard: Standard,
    source: Any,
    values: str | None = None,
    *,
    unit: Any = None,
    subgroup: Any = None,
    confidence: float = 0.95,
) -> Capability:
    """Process capability: indices Pp and Ppk, with subgroups also Cp and Cpk, and the shares within the limits.

    ``Pp = (high − low) / 6 s``, ``Ppk = min(high − x̄, x̄ − low) / 3 s``; with one limit, only that side counts. 1.33
    is a usual demand. They assume a normal distribution, which waiting times seldom have: compare `expected`, the share
    that a normal distribution would have within the limits, with `observed`.

    Parameters
    ----------
    standard
        Timed, counted or measured; what customers say on a scale has no such indices.
    source, values, unit
        As of `conformance`.
    subgroup
        A column, or a label for each case, of what was done under like conditions (a shift, an hour): the spread within
        them makes Cp and Cpk.
    confidence
        Of intervals.

    Returns
    -------
    Capability
        All cases first, then each unit.

    Raises
    ------
    StandardsError
        As of `conformance`; a soft standard.
    ArgumentError
        A confidence that does not lie between 0 and 1.

    References
    ----------
    Kane 1986, Journal of Quality Technology 18(1):41-52; Bissell 1990, Applied Statistics 39(3):331-340 (interval of
    Ppk); Jarque & Bera 1980, Economics Letters 6(3):255-259 (the note on the shape); Montgomery 2013, Introduction to
    Statistical Quality Control, 7th ed., Wiley, section 8.3.

    Examples
    --------
    >>> from servqual.operations import Standard
    >>> coffee = Standard(key="coffee", kind="amount", low=60, high=72, unit="°C")
    >>> capability(coffee, [65, 67, 66, 64, 68, 66, 65, 67, 66, 66]).overall
    <ProcessCapability of all: Ppk 1.732 (0.906 to 2.558), n 10>
    """
    check_standard(standard)
    check_confidence(confidence)
    if not standard.hard:
        found = f"{standard.key} is soft"
        rule = "capability is that of a measured process"
        raise StandardsError(Problem("standard", found, rule, "conformance(…) tells how often it is kept"))
    given = opened_cases(source, standard.key)
    column = standard.key if values is None else values
    numbers = given.numbers(f"values {column}", column)
    if numbers is not None:
        given.problems.extend(standard.check_values(f"values {column}", numbers))
    coded = [
        None if unit is None else given.parts("unit", unit),
        None if subgroup is None else given.labels("subgroup", subgroup),
    ]
    if given.problems or numbers is None:
        raise StandardsError(*given.problems)
    return _told(standard, given, numbers, coded, confidence)


def _told(
    standard: Standard, given: GivenColumns, numbers: Floats, coded: list[Coded | None], confidence: float
) -> Capability:
    unit, subgroup = coded
    parts = [_rows(_Asked(standard, numbers, np.zeros(numbers.size, np.int64), ("all",), subgroup, confidence))]
    if unit is not None:
        labels = tuple("no unit" if each is None else each for each in unit.labels)
        parts.append(_rows(_Asked(standard, numbers, unit.codes.astype(np.int64), labels, subgroup, confidence)))
    rows = tuple(row for part in parts for row in part)
    table = Table(columns_of(rows, ProcessCapability, {"n", "missing"}), backend=given.backend)
    title = Label(f"Capability of {standard.label.en}", f"过程能力：{standard.label.text('zh')}")
    names = [Label("all", "全体") if row.unit == "all" else Label(str(row.unit)) for row in rows]
    told = Told(table, names, title, list(_notes(standard, rows[0], confidence)))
    return Capability(rows, told, asked={"confidence": confidence}, standard=standard)


@frozen(eq=False)
class _Asked:
    standard: Standard
    values: Floats
    codes: Ints
    labels: tuple[GroupLabel, ...]
    subgroup: Coded | None
    confidence: float


def _rows(asked: _Asked) -> Iterator[ProcessCapability]:
    count, there = len(asked.labels), ~np.isnan(asked.values)
    values, home = asked.values[there], asked.codes[there]
    subgroups = None if asked.subgroup is None else asked.subgroup.codes[there].astype(np.int64)
    limits = asked.standard.low, asked.standard.high
    found = capability_indices(values, home, count, limits, subgroups, confidence=asked.confidence)
    kept = np.bincount(home[asked.standard.conforms(values)], minlength=count)
    columns = _columns(asked, found, kept)
    missing = np.bincount(asked.codes[~there], minlength=count)
    for row, label in enumerate(asked.labels):
        numbers = {name: column.at(row) for name, column in columns.items()}
        yield ProcessCapability(unit=label, n=int(found.n[row]), missing=int(missing[row]), **numbers)


def _columns(asked: _Asked, found: Indices, kept: Ints) -> dict[str, Reasoned]:
    nobody: Case = (found.n == 0, NO_CASES)
    spread: tuple[Case, ...] = (nobody, (found.n < 2, FEW), (found.sd == 0, STILL))
    sides: Case = (asked.standard.low is None or asked.standard.high is None, ONE_LIMIT)
    within: tuple[Case, ...] = (
        nobody,
        (asked.subgroup is None, NO_SUBGROUPS),
        (~(found.sd_within > 0), FEW_IN_SUBGROUPS),
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        share = kept / found.n
    low, high = (np.asarray(each) for each in wilson_interval(kept, found.n, asked.confidence))
    cases: dict[str, tuple[Case, ...]] = {"mean": (nobody,), "sd": (nobody, (found.n < 2, FEW)), "sd_within": within}
    cases |= dict.fromkeys(("pp", "pp_low", "pp_high"), (*spread, sides)) | {"cp": (*within, sides), "cpk": within}
    cases |= dict.fromkeys(("ppk", "ppk_low", "ppk_high", "expected", "skewness", "kurtosis"), spread)
    made = {name: Reasoned.of(getattr(found, name), *why) for name, why in cases.items()}
    observed = {"observed": share, "observed_low": low, "observed_high": high}
    return made | {name: Reasoned.of(column, nobody) for name, column in observed.items()}


def _notes(standard: Standard, whole: ProcessCapability, confidence: float) -> Iterator[Label]:
    yield Label(f"limits: {standard.limits.en}", f"界限：{standard.limits.text('zh')}")
    yield Label(
        f"{confidence:.0%} intervals; indices assume a normal distribution",
        f"{confidence:.0%} 区间；能力指数假定正态分布",
    )
    skewness, kurtosis = float(whole.skewness), float(whole.kurtosis)
    # the statistic of Jarque and Bera, which 1 % of large normal samples exceed
    if whole.n >= _ENOUGH and whole.n / 6 * (skewness**2 + kurtosis**2 / 4) > _BEYOND:
        yield Label(
            f"not normal (skewness {skewness:.2f}): {float(whole.expected):.1%} within the limits would be expected, "
            f"{float(whole.observed):.1%} are; trust the shares observed, not the indices",
            f"非正态（偏度 {skewness:.2f}）：按正态应有 {float(whole.expected):.1%} 在界限内，实际为 "
            f"{float(whole.observed):.1%}；应以观察比例为准，而非能力指数",
        )
