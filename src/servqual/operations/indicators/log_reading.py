"""`service_indicators`: proactivity, frequency, reaction time and response to demand, from an event log."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from attrs import frozen

from servqual._arrays import Bools, Floats, Ints
from servqual._frames import GroupLabel
from servqual.errors import Problem, StandardsError
from servqual.labels import Label
from servqual.operations.indicators.event_logs import EventLog, LogColumns, read_log
from servqual.operations.indicators.indicator_results import IndicatorEstimate, ServiceIndicators
from servqual.operations.indicators.words import ContactKind, Indicator
from servqual.statistics import Inapplicable, wilson_interval
from servqual.statistics._arguments import check_confidence
from servqual.statistics.exact_intervals import poisson_interval
from servqual.statistics.reasoned import columns_of
from servqual.statistics.survival import ProductLimit, lasting_shares
from servqual.tables import Table
from servqual.telling import Number, Told

NO_ROWS = "the log has no such rows"
NO_CUSTOMERS = "no column of customers was named"
NOT_REACHED = "too few were answered to say"
NOT_WATCHED = "no row was watched as long as the limit"


def service_indicators(
    source: Any,
    *,
    kind: Any = "kind",
    opened: Any = "opened",
    answered: Any = "answered",
    unit: Any = None,
    customer: Any = None,
    kinds: Mapping[Any, ContactKind | str] | None = None,
    within: float | None = None,
    quantiles: Sequence[float] = (0.5, 0.9),
    per: float = 1.0,
    since: Any = None,
    until: Any = None,
    times_in: str = "hours",
    confidence: float = 0.95,
) -> ServiceIndicators:
    """Service-level indicators of an event log: proactivity, frequency, reaction time, response to demand.

    *Proactivity* ``k / n``: contacts that the provider began among those and demands. *Frequency* ``k / (c T)``: these
    contacts for each of the ``c`` customers whom the log names, in the time ``T``. *Reaction* and *response* times are
    quantiles by Kaplan and Meier: what has no answer by the end of the log has waited at least until then, and is not
    left out; no quantile lies beyond the last answer.

    Parameters
    ----------
    source
        A frame of pandas, polars or pyarrow, or a mapping name → values; a row for each contact or event.
    kind, opened, answered, unit, customer
        Columns, by name or as arrays: what a row is, when it began, when it was answered (missing: not yet), and of
        which unit and customer. Times are dates or numbers.
    kinds
        Your words → "proactive", "event" or "demand".
    within
        A limit of time: adds the shares reacted to and answered within it.
    quantiles
        Which quantiles of times are told.
    per
        The length of time that the frequency is told for, in `times_in`: 24 for a day in hours.
    since, until
        Beginning and end of the log; by default its first and its last time. Answers after the end count as not yet.
    times_in
        "seconds", "minutes", "hours", "days" or "weeks": what dates are turned into, and numbers are taken to be in.
    confidence
        Of Wilson's intervals of shares, Garwood's of frequencies, Brookmeyer and Crowley's of times.

    Returns
    -------
    ServiceIndicators
        All together first, then each unit.

    Raises
    ------
    StandardsError
        All at once: columns that there are not, kinds that are none of the three, answers before what they answer,
        rows outside the span, limits and quantiles that cannot be.
    ArgumentError
        A confidence that does not lie between 0 and 1.

    Notes
    -----
    Rows are taken as independent; waits of one incident with many rows tell less than so many.

    References
    ----------
    Kaplan & Meier 1958, Journal of the American Statistical Association 53(282):457-481; Brookmeyer & Crowley 1982,
    Biometrics 38(1):29-41; Garwood 1936, Biometrika 28(3/4):437-442; Wilson 1927, Journal of the American Statistical
    Association 22(158):209-212.

    Examples
    --------
    >>> log = {"kind": ["proactive", "demand", "demand", "demand"], "opened": [0, 1, 2, 3], "answered": [0, 3, None, 4]}
    >>> found = service_indicators(log, until=10)
    >>> found["proactivity"], found["response_time"]
    (<IndicatorEstimate proactivity of all: 0.250 (0.046 to 0.699)>,
     <IndicatorEstimate response_time q0.5 of all: 2.000 (1.000 to not reached)>)
    """
    check_confidence(confidence)
    _check(within, quantiles, per)
    log = read_log(source, LogColumns(kind, opened, answered, unit, customer, kinds, times_in, since, until))
    asked = _Asked(within, tuple(quantiles), per, confidence)
    rows = tuple(
        IndicatorEstimate(unit=label, **row) for label, held in _parts(log) for row in _of_part(log, held, asked)
    )
    columns = columns_of(rows, IndicatorEstimate, {"n", "unanswered"})
    table = Table(columns, backend=log.backend)
    title = Label("Indicators of the service", "服务水平指标")
    told = Told(table, [row.indicator.label for row in rows], title, _notes(log, asked, times_in, ended=until is None))
    options = {"within": within, "per": per, "times_in": times_in, "confidence": confidence}
    return ServiceIndicators(rows, told, asked=options)


@frozen
class _Asked:
    within: float | None
    quantiles: tuple[float, ...]
    per: float
    confidence: float


def _check(within: float | None, quantiles: Sequence[float], per: float) -> None:
    problems = []
    if within is not None and not (np.isfinite(within) and within > 0):
        problems.append(Problem("within", f"{within:g}", "a limit of time is above zero"))
    problems += [
        Problem("quantiles", f"{each:g}", "a quantile lies strictly between 0 and 1", "0.9 for the 90th percentile")
        for each in quantiles
        if not 0 < each < 1
    ]
    if not (np.isfinite(per) and per > 0):
        problems.append(Problem("per", f"{per:g}", "a length of time is above zero"))
    if problems:
        raise StandardsError(*problems)


def _parts(log: EventLog) -> Iterator[tuple[GroupLabel, Ints]]:
    """Yield labels with their rows: all, then each unit, found in one sort."""
    yield "all", np.arange(log.kind.size)
    order = np.argsort(log.unit, kind="stable")
    starts = np.searchsorted(log.unit[order], np.arange(len(log.units) + 1))
    for place, label in enumerate(log.units):
        yield "no unit" if label is None else label, order[starts[place] : starts[place + 1]]


def _of_part(log: EventLog, held: Ints, asked: _Asked) -> Iterator[dict[str, Any]]:
    proactive, event, demand = (log.of(kind, held) for kind in ContactKind)
    contacts = int(proactive.sum() + demand.sum())
    yield _share(Indicator.PROACTIVITY, int(proactive.sum()), contacts, 0, asked)
    yield _frequency(log, held, held[(proactive | demand) & (log.customer[held] >= 0)], asked)
    for which, time, inside in (
        (event, Indicator.REACTION_TIME, Indicator.REACTED_WITHIN),
        (demand, Indicator.RESPONSE_TIME, Indicator.RESPONDED_WITHIN),
    ):
        waits, seen = log.waited[held[which]], log.answered[held[which]]
        yield from _times(time, waits, seen, asked)
        if which is demand:
            yield _share(Indicator.RESPONDED, int(seen.sum()), seen.size, int((~seen).sum()), asked)
        if asked.within is not None:
            yield _inside(inside, waits, seen, asked, asked.within)


def _made(
    indicator: Indicator, n: int, unanswered: int, numbers: tuple[Number, Number, Number], quantile: float | None = None
) -> dict[str, Any]:
    estimate, low, high = numbers
    return {
        "indicator": indicator, "quantile": quantile, "n": n, "unanswered": unanswered, "estimate": estimate,
        "low": low, "high": high,
    }  # fmt: skip


def _none(why: str) -> tuple[Number, Number, Number]:
    return Inapplicable(why), Inapplicable(why), Inapplicable(why)


def _share(indicator: Indicator, hits: float, n: float, unanswered: int, asked: _Asked) -> dict[str, Any]:
    if not n:
        return _made(indicator, 0, unanswered, _none(NO_ROWS))
    return _made(indicator, round(n), unanswered, (hits / n, *wilson_interval(hits, n, asked.confidence)))


def _frequency(log: EventLog, held: Ints, rows: Ints, asked: _Asked) -> dict[str, Any]:
    """Return contacts by the customers whom the log names, in whatever row."""
    if not log.customers_named:
        return _made(Indicator.FREQUENCY, rows.size, 0, _none(NO_CUSTOMERS))
    if not rows.size:
        return _made(Indicator.FREQUENCY, 0, 0, _none(NO_ROWS))
    named = np.unique(log.customer[held])
    exposure = int((named >= 0).sum()) * (log.until - log.since) / asked.per
    ends = poisson_interval(rows.size, exposure, asked.confidence)
    return _made(Indicator.FREQUENCY, rows.size, 0, (rows.size / exposure, *ends))


def _times(indicator: Indicator, waits: Floats, seen: Bools, asked: _Asked) -> Iterator[dict[str, Any]]:
    curve = ProductLimit.of(waits, seen) if waits.size else None
    # where the curve runs level at a share beyond the last answer, nobody knows for how long
    last = float(waits[seen].max(initial=0.0))
    for quantile in asked.quantiles:
        numbers = _none(NO_ROWS)
        if curve is not None:
            found = curve.quantile(quantile, asked.confidence)
            estimate, low, high = (each if each <= last else Inapplicable(NOT_REACHED) for each in found)
            numbers = estimate, low, high
        yield _made(indicator, waits.size, int((~seen).sum()), numbers, quantile)


def _inside(indicator: Indicator, waits: Floats, seen: Bools, asked: _Asked, limit: float) -> dict[str, Any]:
    """Return the share answered within a limit, by Kaplan and Meier, with Wilson's interval on what rows are worth."""
    unanswered = int((~seen).sum())
    if not waits.size:
        return _made(indicator, 0, 0, _none(NO_ROWS))
    share = lasting_shares(waits, seen, np.zeros(waits.size, np.int64), 1, limit)
    if not share.known[0]:
        return _made(indicator, waits.size, unanswered, _none(NOT_WATCHED))
    inside, variance = 1 - float(share.survival[0]), float(share.variance[0])
    known = waits.size - int((~seen & (waits < limit)).sum())
    worth = min(inside * (1 - inside) / variance if variance > 0 else known, waits.size)
    ends = wilson_interval(min(max(inside, 0.0), 1.0) * worth, worth, asked.confidence)
    return _made(indicator, waits.size, unanswered, (inside, *ends))


def _notes(log: EventLog, asked: _Asked, times_in: str, *, ended: bool) -> list[Label]:
    units = {"seconds": "秒", "minutes": "分钟", "hours": "小时", "days": "天", "weeks": "周"}[times_in]
    span = f"{log.until - log.since:.6g}"
    notes = [
        Label(
            f"times in {times_in}, over {span} {times_in}; frequency for each customer in {asked.per:g} {times_in}",
            f"时间单位：{units}，共 {span} {units}；频率为每位客户每 {asked.per:g} {units}的联系次数",
        ),
        Label(
            f"{asked.confidence:.0%} intervals: Wilson for shares, Garwood for frequencies, Brookmeyer–Crowley for "
            "times; what has no answer yet counts as longer",
            f"{asked.confidence:.0%} 区间：比例用 Wilson，频率用 Garwood，时间用 Brookmeyer–Crowley；"
            "尚无答复者按“更久”计",
        ),
    ]
    if asked.within is not None:
        notes.append(Label(f"limit: {asked.within:g} {times_in}", f"时限：{asked.within:g} {units}"))
    if ended:
        notes.append(Label("the log ends with its last time", "日志以其最后时刻为终点"))
    return notes
