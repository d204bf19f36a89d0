"""What the critic looks for in who answered: careless answers, clusters, small groups, missing answers."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import islice
from typing import Any

import numpy as np

from servqual._arrays import Floats
from servqual.instruments import Level
from servqual.labels import Label
from servqual.quality.answer_checks import data_quality
from servqual.quality.critic_case import Case
from servqual.quality.dimension_checks import NO_MOMENTS
from servqual.quality.findings import Evidence, Finding, FindingKind, Severity, Unchecked, found
from servqual.quality.grouping_sums import GroupSizes
from servqual.quality.reasons import reason_label
from servqual.statistics import CrossProducts, VarianceParts, WeightKind, adjusted, student_interval, welch_t

Verdict = Finding | Unchecked | None
# Small groups that are listed as evidence.
_MOST = 50


def careless_answers(case: Case) -> Verdict:
    """Respondents who give one answer throughout a level."""
    kind, limits = FindingKind.CARELESS_ANSWERS, case.thresholds
    if case.survey is None:
        return Unchecked(kind, Label("a summary holds no respondents", "汇总不含逐人的回答"))
    if not case.survey.paired:
        return Unchecked(kind, Label("levels come from different people", "各水平来自不同的人"))
    counts, n = data_quality(case.survey).flags.counts, len(case.survey)
    shares = {level: counts[f"straight_{level}"] / n for level in case.survey.levels}
    many = {level: share for level, share in shares.items() if share >= limits.careless}
    if not many:
        return None
    worst = max(many, key=lambda level: many[level])
    measure = Label("respondents with one answer throughout", "通篇同一答案的受访者")
    evidence = tuple(Evidence(measure, share, level.label, ".1%") for level, share in shares.items())
    severity = Severity.SERIOUS if many[worst] >= limits.careless_serious else Severity.WARNING
    numbers = {"share": many[worst], "level": worst.label}
    return found(kind, severity, evidence, numbers, excess=many[worst] / limits.careless)


def clustered_answers(case: Case) -> Verdict:
    """Columns of many groups, or clusters, within which mean perceptions are alike."""
    kind, limits = FindingKind.CLUSTERED_ANSWERS, case.thresholds
    if not case.groups:
        return Unchecked(kind, Label("no column of groups and no cluster", "没有分组列与聚类"))
    looked = [(each, each.parts) for each in case.groups if isinstance(each.parts, VarianceParts)]
    if not looked:
        reason = reason_label(str(case.groups[0].parts))
        return Unchecked(kind, Label(f"no variance between groups: {reason.en}", f"无组间方差：{reason.text('zh')}"))
    alike = [
        (each, parts)
        for each, parts in looked
        if each.is_cluster or (len(each.labels) >= limits.units and not each.identifies)
        if parts.design_effect >= limits.design_effect and parts.p_value < limits.significance
    ]
    alike.sort(key=lambda pair: (pair[0].is_cluster, -pair[1].design_effect))
    return _clustered(case, alike) if alike else None


def _clustered(case: Case, alike: list[tuple[GroupSizes, VarianceParts]]) -> Finding:
    limits, (worst, parts) = case.thresholds, alike[0]
    severity = Severity.SERIOUS if parts.design_effect >= limits.design_effect_serious else Severity.WARNING
    measure = Label("design effect", "设计效应")
    evidence = tuple(Evidence(measure, of.design_effect, Label(each.column)) for each, of in alike)
    numbers: dict[str, Any] = {
        "column": worst.column, "icc": parts.icc1, "groups": parts.groups, "size": parts.mean_size, "n": parts.n,
        "worth": parts.effective_n,
    }  # fmt: skip
    return found(
        FindingKind.CLUSTERED_ANSWERS,
        Severity.NOTE if worst.is_cluster else severity,
        evidence,
        numbers,
        excess=parts.design_effect / limits.design_effect,
        variant="declared" if worst.is_cluster else "",
    )


def small_groups(case: Case) -> Verdict:
    """Groups, or all respondents together, of whom there are fewer than a mean should rest on."""
    limits, rows = case.thresholds, len(case.summary)
    if rows < limits.group_size:
        return _everybody(case, rows)
    columns = [each for each in case.groups if not (each.is_cluster or each.identifies) and each.sizes.size]
    small = [each for each in columns if each.sizes.min() < limits.group_size]
    if not small:
        return None
    small.sort(key=lambda each: int(each.sizes.min()))
    worst = small[0]
    least, few = int(worst.sizes.min()), int((worst.sizes < limits.group_size).sum())
    numbers: dict[str, Any] = {
        "column": worst.column, "few": few, "groups": len(worst.labels), "threshold": limits.group_size, "least": least,
        "margin": _margin(case, least),
    }  # fmt: skip
    evidence = tuple(islice((each for of in small for each in _small(of, limits.group_size)), _MOST))
    severity = Severity.SERIOUS if least < limits.group_size_serious else Severity.WARNING
    return found(FindingKind.SMALL_GROUPS, severity, evidence, numbers, excess=limits.group_size / max(least, 1))


def _everybody(case: Case, rows: int) -> Finding:
    limits = case.thresholds
    evidence = (Evidence(Label("respondents", "受访者"), rows, None, ",.0f"),)
    severity = Severity.SERIOUS if rows < limits.group_size_serious else Severity.WARNING
    numbers = {"least": rows, "margin": _margin(case, rows)}
    excess = limits.group_size / max(rows, 1)
    return found(FindingKind.SMALL_GROUPS, severity, evidence, numbers, excess=excess, variant="everybody")


def _small(of: GroupSizes, least: int) -> Iterator[Evidence]:
    measure = Label(f"respondents, {of.column}", f"受访者（{of.column}）")
    for place in np.argsort(of.sizes, kind="stable").tolist():
        if of.sizes[place] < least:
            yield Evidence(measure, int(of.sizes[place]), Label(str(of.labels[place]) or "–"), ",.0f")


def _margin(case: Case, n: int) -> Label:
    """Return half the width of a 95 % interval of the overall mean of so many respondents, in words."""
    if case.joint is None or n < 2:
        return Label("without an interval", "没有区间")
    table = case.joint.of(case.joint.aspects[0]).covariance
    sd = math.sqrt(max(float(np.nan_to_num(table).mean()), 0.0))
    margin = float(student_interval(0.0, sd / math.sqrt(n), n - 1, 0.95)[1])
    return Label(f"to ±{margin:.2f} points only", f"只精确到±{margin:.2f}分")


def missing_not_at_random(case: Case) -> Verdict:
    """Items that are left out by people who answer other items differently."""
    kind, limits = FindingKind.MISSING_NOT_AT_RANDOM, case.thresholds
    products = case.summary.total.products
    if products is None:
        return Unchecked(kind, NO_MOMENTS)
    if products.complete:
        return None
    p, shift, absent = _shifts(products)
    share = absent.max(axis=0) / np.maximum(products.n.diagonal(), 1)
    clear = (p < limits.significance) & (np.abs(shift) >= limits.missing_shift) & (share[None, :] >= limits.missing)
    if not clear.any():
        return None
    size = np.where(clear, np.abs(shift), 0.0)
    order = [place for place in np.argsort(-size.max(axis=0), kind="stable").tolist() if clear[:, place].any()]
    evidence = tuple(_shift_of(case, int(size[:, item].argmax()), item, shift) for item in order)
    worst = order[0]
    other = int(size[:, worst].argmax())
    numbers = {
        "item": _item(case, worst), "other": _item(case, other), "share": float(share[worst]),
        "shift": float(shift[other, worst]),
    }  # fmt: skip
    return found(kind, Severity.WARNING, evidence, numbers, excess=float(size.max()) / limits.missing_shift)


def _shifts(products: CrossProducts) -> tuple[Floats, Floats, Floats]:
    """Return, for item i by whether j was answered: Holm's p, shift in standard deviations, who left j out."""
    count = products.weight if products.kind is WeightKind.FREQUENCY else products.n
    told = [_moments(count, products.weight, products.sum1, products.square)]
    absent = [each.diagonal()[:, None] - each for each in (count, products.weight, products.sum1, products.square)]
    told.append(_moments(*absent))
    (mean1, var1, n1), (mean2, var2, n2) = told
    test = welch_t(mean2, var2, n2, mean1, var1, n1)
    sd = np.sqrt(var1.diagonal())
    with np.errstate(divide="ignore", invalid="ignore"):
        shift = (mean2 - mean1) / np.where(sd > 0, sd, np.nan)[:, None]
    return adjusted(test.p), np.nan_to_num(shift), absent[0]


def _moments(n: Floats, weight: Floats, first: Floats, square: Floats) -> tuple[Floats, Floats, Floats]:
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = first / weight
        variance = np.maximum(square / weight - mean**2, 0.0) * n / (n - 1)
    enough = n > 1
    return np.where(enough, mean, np.nan), np.where(enough, variance, np.nan), np.maximum(n, 0.0)


def _shift_of(case: Case, other: int, item: int, shift: Floats) -> Evidence:
    one, left = _item(case, other), _item(case, item)
    about = Label(f"{one.en} without {left.en}", f"未答{left.text('zh')}者的{one.text('zh')}")
    return Evidence(Label("shift in standard deviations", "相差的标准差"), float(shift[other, item]), about, "+.2f")


def _item(case: Case, column: int) -> Label:
    """Return the name of an item at a level, by its column among all."""
    level: Level = case.summary.levels[column // len(case.instrument)]
    label = case.instrument.items[column % len(case.instrument)].label
    return Label(f"{label.en} ({level.label.en})", f"{label.text('zh')}（{level.label.text('zh')}）")
