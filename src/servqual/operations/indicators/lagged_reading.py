"""`operating_correlations`: do sales, new customers or new products go with service scores, at once or later."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from attrs import frozen

from servqual._arrays import Floats, Ints
from servqual.errors import Problem, StandardsError, SurveyError
from servqual.labels import Label
from servqual.operations.given_columns import Coded, GivenColumns, rows_of
from servqual.operations.indicators.correlation_results import OperatingCorrelation, OperatingCorrelations
from servqual.statistics import Inapplicable, adjusted
from servqual.statistics._arguments import check_confidence
from servqual.statistics.correlation_tests import CorrelationTest, correlation_test
from servqual.statistics.reasoned import columns_of
from servqual.statistics.time_steps import order_problem, rows_before, steps_of
from servqual.tables import Table
from servqual.telling import Number, Told

NO_PAIRS = "no score has an indicator so many periods later"


def operating_correlations(
    source: Any,
    scores: str | Sequence[str],
    indicators: str | Sequence[str],
    *,
    unit: Any = None,
    period: Any = None,
    lags: Sequence[int] = (0,),
    confidence: float = 0.95,
) -> OperatingCorrelations:
    """Correlation of operating indicators (sales, new customers, new products) with service scores, with lags.

    An indicator in period ``t`` is paired with the score in ``t − lag``. Where units have several periods, ``r`` is
    that of deviations from each unit's means, so that large branches do not look like good ones.

    Parameters
    ----------
    source
        A frame of pandas, polars or pyarrow, or a mapping name → values; a row for each unit, period, or unit in a
        period.
    scores, indicators
        Names of columns, one or several on each side.
    unit, period
        Columns, by name or as arrays. Periods have an order in time: numbers, dates, or texts such as 2026Q1.
    lags
        How many periods the score is earlier; 0 is the same period. Others need `period`.
    confidence
        Of the intervals.

    Returns
    -------
    OperatingCorrelations
        A row for each score, indicator and lag; p-values also adjusted over the table (Holm).

    Raises
    ------
    StandardsError
        All at once: columns that there are not or are no numbers, the same column on both sides, two rows of one unit
        and period, lags below zero or without periods, periods without an order.
    ArgumentError
        A confidence that does not lie between 0 and 1.

    Notes
    -----
    A correlation is no cause. Periods count as independent: where both sides drift over time, intervals are too narrow.

    References
    ----------
    Fisher 1921, Metron 1:3-32; Bland & Altman 1995, BMJ 310(6977):446; Bakdash & Marusich 2017, Frontiers in Psychology
    8:456; Holm 1979, Scandinavian Journal of Statistics 6(2):65-70.

    Examples
    --------
    >>> rows = {"quarter": [1, 2, 3, 4, 5, 6], "score": [4.0, 5, 4, 6, 5, 6], "sales": [10.0, 11, 13, 11, 15, 13.5]}
    >>> operating_correlations(rows, ["score"], ["sales"], period="quarter", lags=(0, 1))["score", "sales", 1]
    <OperatingCorrelation score → sales, lag 1: 0.992 (0.874 to 0.999)>
    """
    check_confidence(confidence)
    sides = [(each,) if isinstance(each, str) else tuple(each) for each in (scores, indicators)]
    panel = _panel(source, sides[0], sides[1], (unit, period), tuple(lags))
    names = [(score, each, lag) for score in panel.scores for each in panel.indicators for lag in lags]
    tests = [panel.test(*name, confidence) for name in names]
    every = adjusted([test.p for test in tests])
    rows = tuple(_row(name, test, float(p)) for name, test, p in zip(names, tests, every, strict=True))
    table = Table(columns_of(rows, OperatingCorrelation, {"pairs", "units", "df"}), backend=panel.backend)
    title = Label("Operating indicators and service scores", "经营指标与服务评分")
    told = Told(table, [Label(row.score) for row in rows], title, list(_notes(panel, confidence)))
    return OperatingCorrelations(rows, told, asked={"confidence": confidence, "within": panel.within})


@frozen(eq=False)
class _Panel:
    """Rows sorted by unit and period; `within` says whether units have several periods."""

    scores: dict[str, Floats]
    indicators: dict[str, Floats]
    unit: Ints
    period: Ints
    steps: Ints
    within: bool
    backend: str

    def test(self, score: str, indicator: str, lag: int, confidence: float) -> CorrelationTest:
        before = np.arange(self.unit.size) if lag == 0 else rows_before(self.unit, self.period, self.steps, lag)
        there = np.flatnonzero(before >= 0)
        x, y = self.scores[score][before[there]], self.indicators[indicator][there]
        groups = self.unit[there] if self.within else None
        return correlation_test(x, y, groups, confidence)


def _panel(
    source: Any, scores: tuple[str, ...], indicators: tuple[str, ...], keys: tuple[Any, Any], lags: tuple[int, ...]
) -> _Panel:
    try:
        given = GivenColumns.of(source, "source")
    except SurveyError as error:
        raise StandardsError(*error.problems) from None
    given.problems.extend(_of_names(scores, indicators, lags, timed=keys[1] is not None))
    columns = {name: given.numbers(f"column {name}", name) for name in dict.fromkeys((*scores, *indicators))}
    unit, period = (
        None if key is None else given.labels(place, key) for place, key in zip(("unit", "period"), keys, strict=True)
    )
    given.problems.extend(_of_rows(unit, period, given.rows))
    if given.problems:
        raise StandardsError(*given.problems)
    home = np.zeros(given.rows, np.int64) if unit is None else unit.codes.astype(np.int64)
    steps = np.zeros(1, np.int64) if period is None else steps_of(period.labels)
    time = np.zeros(given.rows, np.int64) if period is None else steps[period.codes]
    order = np.lexsort((time, home))
    found = {name: values[order] for name, values in columns.items() if values is not None}
    within = unit is not None and len(unit.labels) > 1 and np.unique(home).size < given.rows
    return _Panel(
        {name: found[name] for name in scores}, {name: found[name] for name in indicators}, home[order], time[order],
        steps, within, given.backend,
    )  # fmt: skip


def _of_names(
    scores: tuple[str, ...], indicators: tuple[str, ...], lags: tuple[int, ...], *, timed: bool
) -> Iterator[Problem]:
    for place, names in (("scores", scores), ("indicators", indicators), ("lags", lags)):
        if not names or len(set(names)) < len(names):
            found = "none" if not names else f"{len(names) - len(set(names))} named twice"
            yield Problem(place, found, "there is one at least, and each is named once")
    for name in sorted(set(scores) & set(indicators)):
        yield Problem("indicators", f"{name!r} is a score as well", "a column is on one side")
    for lag in lags:
        if not _is_lag(lag):
            yield Problem("lags", repr(lag), "a lag is a whole number of periods, zero or more")
        elif lag and not timed:
            yield Problem("lags", f"{lag} without periods", "earlier periods need an order in time", "period=…")


def _is_lag(value: Any) -> bool:
    return not isinstance(value, bool) and isinstance(value, int | np.integer) and int(value) >= 0


def _of_rows(unit: Coded | None, period: Coded | None, rows: int) -> Iterator[Problem]:
    for place, coded in (("unit", unit), ("period", period)):
        if coded is not None and None in coded.labels:
            absent = np.asarray(coded.codes == len(coded.labels) - 1)
            yield Problem(place, f"{int(absent.sum())} rows without one: {rows_of(absent)}", "every row has one")
    wrong = None if period is None else order_problem("period", [each for each in period.labels if each is not None])
    if wrong is not None:
        yield wrong
    if period is None:
        return
    home = np.zeros(rows, np.int64) if unit is None else unit.codes.astype(np.int64)
    key = home * len(period.labels) + period.codes
    _, place, counts = np.unique(key, return_inverse=True, return_counts=True)
    twice = counts[place] > 1
    if twice.any():
        rule = "a unit has one row in a period"
        yield Problem("rows", f"{int(twice.sum())} share unit and period: {rows_of(twice)}", rule, "pass unit=…")


def _row(name: tuple[str, str, int], test: CorrelationTest, p_adjusted: float) -> OperatingCorrelation:
    why = NO_PAIRS if not test.n else test.reason

    def number(value: float) -> Number:
        return Inapplicable(why) if np.isnan(value) else value

    score, indicator, lag = name
    return OperatingCorrelation(
        score=score, indicator=indicator, lag=int(lag), pairs=test.n, units=test.groups, r=number(test.r),
        low=number(test.low), high=number(test.high), df=test.df if test.df > 0 else Inapplicable(why),
        p=number(test.p), p_adjusted=number(p_adjusted),
    )  # fmt: skip


def _notes(panel: _Panel, confidence: float) -> Iterator[Label]:
    if panel.within:
        yield Label(
            "correlations within units: of deviations from each unit's means", "单位内相关：各单位均值离差之间的相关"
        )
    yield Label(
        f"{confidence:.0%} intervals by Fisher's z; p_adjusted by Holm over the table",
        f"{confidence:.0%} 区间用 Fisher z 变换；p_adjusted 为全表 Holm 校正",
    )
    yield Label(
        "a correlation is no cause; where both sides drift over time, intervals are too narrow",
        "相关不等于因果；若双方均随时间漂移，区间会偏窄",
    )
