"""An event log as arrays, checked where it enters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import numpy as np
from attrs import field, frozen

from servqual._arrays import AnyArray, Bools, Floats, Holder, Ints, floats, read_only, truths
from servqual._frames import GroupLabel
from servqual.errors import Problem, StandardsError, SurveyError, did_you_mean
from servqual.errors.problems import unknown_word
from servqual.operations.given_columns import Coded, GivenColumns, rows_of
from servqual.operations.given_times import TimeKind, Times, time_of
from servqual.operations.indicators.words import ContactKind

STEPS = {
    "seconds": timedelta(seconds=1),
    "minutes": timedelta(minutes=1),
    "hours": timedelta(hours=1),
    "days": timedelta(days=1),
    "weeks": timedelta(weeks=1),
}


@frozen
class LogColumns:
    """What stands in which column, or the columns themselves; see `service_indicators`."""

    kind: Any
    opened: Any
    answered: Any
    unit: Any
    customer: Any
    kinds: Mapping[Any, ContactKind | str] | None
    times_in: str
    since: Any
    until: Any


@frozen(eq=False, getstate_setstate=False, repr=False)
class EventLog(Holder):
    """Rows of a log: what they are, when they began and were answered.

    Attributes
    ----------
    kind
        Position of each row's kind in `ContactKind`, shape (rows,).
    opened, waited
        When each began, and how long it waited, until the answer or until the end of the log, shape (rows,).
    answered
        Whether it was answered by then, shape (rows,).
    unit, customer
        Positions of labels, shape (rows,); −1 where there are none.
    units
        Labels of units.
    since, until
        Beginning and end of the log.
    customers_named
        Whether customers are known.
    """

    kind: Ints = field(converter=read_only)
    opened: Floats = field(converter=floats)
    waited: Floats = field(converter=floats)
    answered: Bools = field(converter=truths)
    unit: Ints = field(converter=read_only)
    customer: Ints = field(converter=read_only)
    units: tuple[GroupLabel, ...]
    since: float
    until: float
    customers_named: bool
    backend: str

    def of(self, kind: ContactKind, rows: Ints) -> Bools:
        """Return which of some rows are of a kind."""
        return np.asarray(self.kind[rows] == list(ContactKind).index(kind))


def read_log(source: Any, asked: LogColumns) -> EventLog:
    """Return the log that a source holds.

    Raises
    ------
    StandardsError
        All at once; see `service_indicators`.
    """
    given = _opened(source, asked.times_in)
    step = STEPS[asked.times_in]
    kind = given.labels("kind", asked.kind)
    times = [given.times(place, each, step) for place, each in (("opened", asked.opened), ("answered", asked.answered))]
    unit = None if asked.unit is None else given.parts("unit", asked.unit)
    customer = None if asked.customer is None else given.labels("customer", asked.customer)
    codes = None if kind is None else _kinds(kind, asked.kinds, given.problems)
    if not given.rows:
        given.problems.append(Problem("source", "no rows", "a log has a row for each contact or event"))
    if given.problems or codes is None or times[0] is None or times[1] is None:
        raise StandardsError(*given.problems)
    opened, answered = times[0].values, times[1].values
    span = _span(asked, times[0], times[1], step, given.problems)
    if not given.problems:
        _check_times(opened, answered, span, given.problems)
    if given.problems:
        raise StandardsError(*given.problems)
    seen = ~np.isnan(answered) & (answered <= span[1])
    named = () if unit is None else unit.labels
    return EventLog(
        codes, opened, np.where(seen, answered, span[1]) - opened, seen,
        _positions(unit, opened.size), _known(customer, opened.size), named, *span, customer is not None,
        given.backend,
    )  # fmt: skip


def _opened(source: Any, times_in: str) -> GivenColumns:
    if times_in not in STEPS:
        rule = f"times are in {', '.join(STEPS)}"
        raise StandardsError(unknown_word("times_in", times_in, STEPS, rule))
    try:
        return GivenColumns.of(source, "opened")
    except SurveyError as error:
        raise StandardsError(*error.problems) from None


def _positions(coded: Coded | None, rows: int) -> AnyArray:
    return np.full(rows, -1) if coded is None else coded.codes.astype(np.int64)


def _known(coded: Coded | None, rows: int) -> AnyArray:
    """Return positions of labels, −1 also where a row has none."""
    codes = _positions(coded, rows)
    last = -1 if coded is None or coded.labels[-1:] != (None,) else len(coded.labels) - 1
    return np.where(codes == last, -1, codes)


def _kinds(
    coded: Coded, kinds: Mapping[Any, ContactKind | str] | None, problems: list[Problem | str]
) -> AnyArray | None:
    """Return the position of each row's kind."""
    known = dict(zip(map(str, ContactKind), ContactKind, strict=True)) if kinds is None else dict(kinds)
    unknown = [label for label in coded.labels if label not in known]
    for label in unknown:
        found = "rows without a kind" if label is None else f"the kind {label!r}"
        remedy = did_you_mean(str(label), map(str, known)) + "; or kinds={'call': 'demand', …}"
        problems.append(Problem("kind", found, "each row is proactive, event or demand", remedy))
    for name in known.values():
        if name not in set(ContactKind):
            rule = "kinds are proactive, event and demand"
            problems.append(Problem("kinds", repr(name), rule, did_you_mean(str(name), list(ContactKind))))
    if problems:
        return None
    order: Sequence[ContactKind] = list(ContactKind)
    return np.array([order.index(ContactKind(known[label])) for label in coded.labels], np.int64)[coded.codes]


def _span(
    asked: LogColumns, opened: Times, answered: Times, step: timedelta, problems: list[Problem | str]
) -> tuple[float, float]:
    """Return beginning and end of the log: as given, else the first and the last time in it."""
    values = np.concatenate([opened.values, answered.values])
    values = values[~np.isnan(values)]
    ends = [float(values.min(initial=np.inf)), float(values.max(initial=-np.inf))]
    kinds: dict[str, TimeKind | None] = {"opened": opened.kind, "answered": answered.kind}
    for place, (name, value) in enumerate((("since", asked.since), ("until", asked.until))):
        given = None if value is None else time_of(value, step)
        if given is not None and given.kind is not None:
            ends[place], kinds[name] = float(given.values[0]), given.kind
        elif value is not None:
            problems.append(Problem(name, repr(value), "it is a time like those of the log"))
    known = {name: kind for name, kind in kinds.items() if kind is not None}
    if len(set(known.values())) > 1:
        found = ", ".join(f"{name} {kind}" for name, kind in known.items())
        problems.append(Problem("times", found, "all times of a log are of one kind"))
    if not problems and not ends[0] < ends[1]:
        problems.append(Problem("span", f"from {ends[0]:g} to {ends[1]:g}", "a log ends after it began"))
    return ends[0], ends[1]


def _check_times(opened: Floats, answered: Floats, span: tuple[float, float], problems: list[Problem | str]) -> None:
    absent = np.isnan(opened)
    if absent.any():
        problems.append(Problem("opened", f"{int(absent.sum())} missing: {rows_of(absent)}", "every row began"))
    with np.errstate(invalid="ignore"):
        early, late = answered < opened, (opened > span[1]) | (opened < span[0])
    if early.any():
        found = f"{int(early.sum())} before they began: {rows_of(early)}"
        problems.append(Problem("answered", found, "an answer comes after what it answers: no time is below zero"))
    if late.any():
        found = f"{int(late.sum())} outside the span of the log: {rows_of(late)}"
        problems.append(Problem("opened", found, "rows lie between since= and until="))
