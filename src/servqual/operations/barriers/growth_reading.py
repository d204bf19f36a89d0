"""`level_growth`: the present level against the expected one, period by period, and how fast they meet."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from attrs import frozen

from servqual._arrays import Floats, Ints
from servqual.errors import BarrierError, Problem, ServqualError
from servqual.labels import Label
from servqual.operations.answer_source import NamedAnswers, Problems, coded_labels, named_answers
from servqual.operations.barriers.growth_results import LevelGrowth, Number, PeriodLevel
from servqual.statistics import Inapplicable, one_sample_t, ratio_estimate, student_interval
from servqual.statistics._arguments import check_confidence
from servqual.statistics.reasoned import Reasoned, columns_of
from servqual.tables import Table
from servqual.telling import Told

_FEW = "fewer than two employees have both levels"
_NOBODY = "nobody has both levels"
_NO_PAIRS = "fewer than two employees have two neighbouring periods"
_NO_SHORTFALL = "on the mean the level is not clearly below the expected one, so that there is no shortfall to close"
_GROWS = "the shortfall does not shrink"
_AT_ONCE = "one period closes all of it"


def level_growth(
    source: Any,
    *,
    employee: str = "employee",
    period: str = "period",
    present: str = "present",
    expected: str = "expected",
    confidence: float = 0.95,
) -> LevelGrowth:
    """Growth of the level of performance over time towards the expected one, as a steady share of what is missing.

    With the shortfall ``s = present − expected``, each period leaves the share ``φ = Σ s_next / Σ s_before`` of it,
    over all steps between neighbouring periods within employees; ``closed = 1 − φ`` and ``half-life = ln ½ / ln φ``.
    As a ratio of sums φ is not blurred by errors in single levels; its error is linearised, with employees as clusters.

    Parameters
    ----------
    source
        A frame or a mapping, one row for each employee and period.
    employee, period, present, expected
        Names of columns; periods are whole numbers, and steps are taken from one to the next only.
    confidence
        Of all intervals.

    Returns
    -------
    LevelGrowth
        Levels by period, the share closed in each, the half-life, and a forecast; without a shortfall that is told
        from zero there is no such share.

    Raises
    ------
    BarrierError
        All problems at once: columns that are not there, periods that are not whole, an employee twice in a period.

    References
    ----------
    Mazur & Hastie 1978, Psychological Bulletin 85(6):1256-1274 (learning that closes a share of what is missing);
    Cochran 1977, Sampling Techniques, 3rd ed., Wiley, section 6.4 (ratio).

    Examples
    --------
    >>> rows = {"employee": list("aabbcc"), "period": [1, 2] * 3, "present": [2.0, 6, 0, 5, 1, 5.5]}
    >>> growth = level_growth(rows | {"expected": [10.0] * 6})
    >>> growth.closed, round(growth.half_life, 3), growth.shortfall_after(1)
    (0.5, 1.0, -2.25)
    """
    problems: Problems = []
    try:
        check_confidence(confidence)
    except ServqualError as error:
        problems.extend(error.problems)
    answers = named_answers(source, [period, present, expected], problems)
    people = coded_labels(source, employee, problems)
    if answers is not None and people is not None:
        problems += _period_problems(answers.column(period), people, employee)
    if problems or answers is None or people is None:
        raise BarrierError(*dict.fromkeys(problems))
    return _Course.of(answers, people[0], (period, present, expected), confidence).result(answers.backend)


def _period_problems(periods: Floats, people: tuple[Ints, tuple[Any, ...]], employee: str) -> Problems:
    odd = ~np.isfinite(periods) | (periods != np.rint(periods))
    if odd.any():
        found = f"{int(odd.sum())} missing or not whole"
        return [Problem("period", found, "periods are whole numbers", "number months or quarters one after the other")]
    codes, labels = people
    pairs, counts = np.unique(np.column_stack([codes, periods]), axis=0, return_counts=True)
    if (counts > 1).any():
        who, when = pairs[int(np.argmax(counts > 1))].tolist()
        found = f"{labels[int(who)]} has {int(counts.max())} rows in period {when:g}"
        return [Problem(employee, found, "an employee has one row in a period")]
    return []


@frozen(eq=False)
class _Course:
    """Rows with both levels, in the order of employee and period."""

    people: Ints
    periods: Floats
    present: Floats
    expected: Floats
    confidence: float

    @classmethod
    def of(cls, answers: NamedAnswers, people: Ints, names: tuple[str, str, str], confidence: float) -> _Course:
        period, present, expected = (answers.column(name) for name in names)
        whole = np.flatnonzero(~np.isnan(present) & ~np.isnan(expected))
        order = whole[np.lexsort((period[whole], people[whole]))]
        return cls(people[order], period[order], present[order], expected[order], confidence)

    @property
    def shortfall(self) -> Floats:
        return self.present - self.expected

    def result(self, backend: str) -> LevelGrowth:
        step = (np.diff(self.people) == 0) & (np.diff(self.periods) == 1)
        before, after = -self.shortfall[:-1][step], -self.shortfall[1:][step]
        who = self.people[:-1][step]
        closed, half = self._closed(before, after, who)
        rows = tuple(self._row(period) for period in np.unique(self.periods).tolist())
        notes = [
            Label("shortfall: present minus expected level", "差额：实际水平减期望水平"),
            _rate_note(closed, int(step.sum()), self.confidence),
        ]
        table = Table(columns_of(rows, PeriodLevel, {"n"}), backend=backend)
        title = Label("Growth of the level of performance", "绩效水平的增长")
        told = Told(table, [Label(row.period) for row in rows], title, notes)
        return LevelGrowth(
            rows=rows, told=told, closed=closed[0], closed_low=closed[1], closed_high=closed[2], half_life=half,
            pairs=int(step.sum()), employees=int(np.unique(who).size), asked={"confidence": self.confidence},
        )  # fmt: skip

    def _closed(self, before: Floats, after: Floats, who: Ints) -> tuple[tuple[Number, Number, Number], Number]:
        if np.unique(who).size < 2:
            none = Inapplicable(_NO_PAIRS)
            return (none, none, none), none
        if not student_interval(*ratio_estimate(before, np.ones(before.size), clusters=who), self.confidence)[0] > 0:
            none = Inapplicable(_NO_SHORTFALL)
            return (none, none, none), none
        left, se, df = ratio_estimate(after, before, clusters=who)
        low, high = student_interval(left, se, df, self.confidence)
        half: Number = math.log(0.5) / math.log(left) if 0 < left < 1 else Inapplicable(_GROWS)
        if left <= 0:
            half = Inapplicable(_AT_ONCE)
        return (1 - left, 1 - high, 1 - low), half

    def _row(self, period: float) -> PeriodLevel:
        there = self.periods == period
        gap = self.shortfall[there]
        n = gap.size
        sd = float(gap.std(ddof=1)) if n > 1 else float("nan")
        test = one_sample_t(gap.mean(), sd, n)
        low, high = student_interval(test.estimate, test.se, test.df, self.confidence)
        few = (n < 2, _FEW)
        return PeriodLevel(
            period=f"{period:g}",
            n=float(n),
            expected=float(self.expected[there].mean()),
            present=float(self.present[there].mean()),
            shortfall=float(gap.mean()),
            low=Reasoned.of(low, few).at(0),
            high=Reasoned.of(high, few).at(0),
        )


def _rate_note(closed: tuple[Number, Number, Number], pairs: int, confidence: float) -> Label:
    if isinstance(closed[0], Inapplicable):
        return Label(f"no rate: {closed[0]}", "没有速率：数据不足，或平均水平并不明显低于要求")
    low, high = float(closed[1]), float(closed[2])
    return Label(
        f"each period closes {closed[0]:.1%} of the shortfall ({low:.1%} to {high:.1%}, {confidence:.0%}), "
        f"from {pairs} steps within employees",
        f"每期弥合差额的 {closed[0]:.1%}（{confidence:.0%} 区间 {low:.1%} 至 {high:.1%}），来自 {pairs} 次员工内变化",
    )
