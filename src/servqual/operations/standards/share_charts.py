"""`p_chart`: does the share that keeps a standard move by more than chance from period to period."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from attrs import frozen

from servqual._arrays import Bools, Floats
from servqual._frames import GroupLabel
from servqual.errors import ArgumentError, Problem, StandardsError, did_you_mean
from servqual.labels import Label
from servqual.operations.given_columns import ALL
from servqual.operations.standards.conformance_results import Conformance, ConformityShare
from servqual.operations.standards.share_points import ShareChart, SharePoint
from servqual.operations.wanted import wanted
from servqual.statistics.chart_baselines import Baseline, baseline_of
from servqual.statistics.reasoned import Case, Reasoned, columns_of
from servqual.statistics.run_rules import USUAL, ControlRule, Points, rules_of, signals
from servqual.statistics.time_steps import order_problem
from servqual.tables import Table
from servqual.telling import Told, chosen

# Of the mean range of two values, in standard deviations.
_D2 = 2.0 / math.sqrt(math.pi)
# So many cases of either kind are expected in a period, or the normal limits are rough; so many periods settle them.
_ROUGH, _SETTLED = 5.0, 20
NO_CASES = "no cases"
ALIKE = "all cases of the baseline are alike"
FEW = "fewer than two periods with cases in the baseline"
_REASONS = {NO_CASES: "没有个案", ALIKE: "基准期内所有个案都相同", FEW: "基准期内有个案的时期不足两个"}


def p_chart(
    conformance: Conformance,
    unit: GroupLabel = ALL,
    *,
    baseline: Baseline = None,
    centre: float | None = None,
    spread: str = "within",
    sigmas: float = 3.0,
    rules: Iterable[ControlRule | str] = USUAL,
) -> ShareChart:
    """Control chart of shares (p-chart): is what a period shows of a standard more than the chance of its cases.

    ``p̄ ± k √(p̄ (1 − p̄) / n_i)`` with ``p̄ = Σ n_i p_i / Σ n_i`` over the baseline. The share drawn is that of cases
    which *keep* the standard, so that below the centre is worse. Limits are not drawn beyond 0 and 1.

    Parameters
    ----------
    conformance
        By period, as of `conformance` or `conformance_from_counts`.
    unit
        One of its units; by default all together.
    baseline
        The periods that limits are made of: the first so many, or a list of them; by default all.
    centre
        The centre line, where it is a given share; by default ``p̄``.
    spread
        "within" periods, the binomial chance of single cases; or "between" them (Laney's p′-chart): limits times
        ``mean |z_i − z_{i−1}| / 1.128``, for so many cases that every period differs by more than chance.
    sigmas
        How far limits lie, ``k``.
    rules
        Which rules signal, as named in `ControlRule`; each adds to the false alarms.

    Returns
    -------
    ShareChart
        A point for each period, with its limits and the rules that signal there.

    Raises
    ------
    StandardsError
        No periods, periods without an order in time, a unit that there is not, a centre that is no share; conformance
        that was made with clusters, which limits within periods know nothing of.
    ArgumentError
        Unknown rules, spreads and periods of the baseline; limits at no distance.

    References
    ----------
    Shewhart 1931, Economic Control of Quality of Manufactured Product, Van Nostrand; Montgomery 2013, Introduction to
    Statistical Quality Control, 7th ed., Wiley, section 7.3; Laney 2002, Quality Engineering 14(4):531-537; Nelson
    1984, Journal of Quality Technology 16(4):237-239 (rules).

    Examples
    --------
    >>> from servqual.operations import Standard, conformance_from_counts
    >>> phone = Standard(key="phone", kind="count", high=3, unit="rings")
    >>> found = conformance_from_counts(phone, [90, 92, 89, 91, 70], 5 * [100], period=[1, 2, 3, 4, 5])
    >>> p_chart(found, baseline=4)[5]
    <SharePoint 5: 0.700 in 0.817 to 0.993; signal (beyond the limits)>
    """
    for problem in wanted("conformance", conformance, Conformance, "conformance(standard, cases, period=…)"):
        raise StandardsError(problem)
    chosen("spread", spread, ("within", "between"))
    if conformance.asked.get("clustered"):
        rule, remedy = "limits are made of single cases", 'make it without, and chart it with spread="between"'
        raise StandardsError(Problem("conformance", "made with clusters", rule, remedy))
    rows = _rows(conformance, unit)
    names = rules_of(rules)
    _check(rows, centre, sigmas)
    held = baseline_of(baseline, [row.period for row in rows])
    lines = _Lines.of(rows, held, centre, spread)
    points = tuple(_points(rows, lines, held, sigmas, names))
    columns = columns_of(points, SharePoint, {"n"})
    columns["rules"] = [", ".join(point.rules) or None for point in points]
    standard = conformance.standard
    title = Label(f"p-chart of {standard.label.en}", f"{standard.label.text('zh')} p 控制图")
    if unit != ALL:
        title = Label(f"{title.en}: {unit}", f"{title.zh}：{unit}")
    labels = [Label(str(point.period)) for point in points]
    told = Told(
        Table(columns, backend=conformance.told.table.backend), labels, title, list(_notes(lines, held, sigmas, names))
    )
    asked = {"spread": spread, "sigmas": sigmas, "rules": [str(name) for name in names], "target": standard.target}
    return ShareChart(points, told, asked=asked, target=standard.target)


def _rows(conformance: Conformance, unit: GroupLabel) -> tuple[ConformityShare, ...]:
    rows = tuple(row for row in conformance.rows if row.unit == unit and row.period != ALL)
    rows = tuple(row for row in rows if row.period != "no period")
    if rows:
        wrong = order_problem("period", [row.period for row in rows])
        if wrong is not None:
            raise StandardsError(wrong)
        return rows
    if not conformance.periods:
        remedy = "conformance(standard, cases, period=…)"
        raise StandardsError(Problem("conformance", "no periods", "a chart shows a course over periods", remedy))
    known = [str(row.unit) for row in conformance.units]
    raise StandardsError(
        Problem("unit", f"no {unit!r}", "it is all, or one of the units", did_you_mean(str(unit), known))
    )


def _check(rows: Sequence[ConformityShare], centre: float | None, sigmas: float) -> None:
    if not sigmas > 0:
        raise ArgumentError(Problem("sigmas", f"{sigmas!r}", "limits lie above zero sigmas away", "sigmas=3"))
    if centre is not None and not 0 < centre < 1:
        rule = "the centre line is a share, strictly between 0 and 1"
        raise StandardsError(Problem("centre", f"{centre:g} for {len(rows)} periods", rule))


@frozen(eq=False)
class _Lines:
    """The centre line and sigma of each period, (periods,); NaN, and why, where there is none."""

    share: Floats
    worth: Floats
    centre: float
    sigma: Floats
    factor: float
    given: bool
    reason: str

    @classmethod
    def of(cls, rows: Sequence[ConformityShare], held: Bools, centre: float | None, spread: str) -> _Lines:
        share = np.array([float(row.share) for row in rows])
        worth = np.array([float(row.effective_n) for row in rows])
        kept = held & ~np.isnan(share)
        line = centre
        if line is None:
            line = float((worth * share)[kept].sum() / worth[kept].sum()) if kept.any() else math.nan
        with np.errstate(divide="ignore", invalid="ignore"):
            sigma = np.sqrt(line * (1 - line) / worth)
            z = ((share - line) / sigma)[kept]
        reason = NO_CASES if math.isnan(line) else ALIKE if not 0 < line < 1 else ""
        factor = 1.0
        if spread == "between" and not reason:
            factor = float(np.abs(np.diff(z)).mean()) / _D2 if z.size > 1 else math.nan
            reason = FEW if z.size < 2 else ALIKE if factor == 0 else ""
        return cls(share, worth, line, factor * sigma, factor, centre is not None, reason)


def _points(
    rows: Sequence[ConformityShare], lines: _Lines, held: Bools, sigmas: float, names: Sequence[ControlRule]
) -> Iterator[SharePoint]:
    nobody: Case = (np.isnan(lines.share), NO_CASES)
    loose: Case = (lines.reason != "", lines.reason)
    centre, wide = np.full(lines.share.shape, lines.centre), sigmas * lines.sigma
    with np.errstate(divide="ignore", invalid="ignore"):
        z = Reasoned.of((lines.share - centre) / lines.sigma, nobody, loose)
    columns = {
        "share": Reasoned.of(lines.share, nobody),
        "centre": Reasoned.of(centre, (np.isnan(centre), NO_CASES)),
        "low": Reasoned.of(np.maximum(centre - wide, 0.0), nobody, loose),
        "high": Reasoned.of(np.minimum(centre + wide, 1.0), nobody, loose),
        "z": z,
    }
    seen = Points(lines.share, np.sign(lines.share - centre), z.values, sigmas)
    found = {name: signals(seen, name) for name in names}
    for place, row in enumerate(rows):
        yield SharePoint(
            period=row.period, baseline=bool(held[place]), n=row.n,
            rules=tuple(name for name, where in found.items() if where[place]),
            **{name: column.at(place) for name, column in columns.items()},
        )  # fmt: skip


def _notes(lines: _Lines, held: Bools, sigmas: float, names: Sequence[ControlRule]) -> Iterator[Label]:
    yield Label(
        "shares of cases that keep the standard: below the centre line is worse", "达标个案的比例：低于中心线为较差"
    )
    line = Label("given", "给定值") if lines.given else Label("share in the baseline", "基准期比例")
    yield Label(
        f"centre line: {line.en}; limits: {sigmas:g} sigma of a period's share; baseline: {int(held.sum())} periods",
        f"中心线：{line.zh}；控制限：各期比例的 {sigmas:g} 倍标准差；基准期：{int(held.sum())} 期",
    )
    rules = [name.label for name in names]
    yield Label(
        f"rules: {', '.join(each.en for each in rules) or 'none'}",
        f"规则：{'、'.join(each.text('zh') for each in rules) or '无'}",
    )
    if lines.reason:
        yield Label(f"no limits: {lines.reason}", f"没有控制限：{_REASONS[lines.reason]}")
    else:
        yield from _cautions(lines, int(held.sum()))


def _cautions(lines: _Lines, periods: int) -> Iterator[Label]:
    """Yield what is to be known of limits that there are."""
    if lines.factor != 1:
        yield Label(
            f"limits times {lines.factor:.2f}, from the scatter between neighbouring periods (Laney)",
            f"控制限乘以 {lines.factor:.2f}，依据相邻时期间的离散程度（Laney）",
        )
    least = float(np.nanmin(lines.worth)) * min(lines.centre, 1 - lines.centre)
    if least < _ROUGH:
        yield Label(
            f"rough limits: only {least:.1f} cases of one kind are expected in the smallest period, {_ROUGH:g} or more "
            "make the normal limits good",
            f"控制限较粗略：最小一期中某类个案的期望数仅 {least:.1f}，不少于 {_ROUGH:g} 时正态近似才可靠",
        )
    if periods < _SETTLED:
        yield Label(
            f"provisional: {periods} periods in the baseline, {_SETTLED} or more give limits that stay",
            f"暂定：基准期为 {periods} 期，{_SETTLED} 期以上控制限才趋于稳定",
        )
