"""What the critic looks for in the dimensions of an instrument."""

from __future__ import annotations

import numpy as np

from servqual.instruments import Level
from servqual.labels import Label
from servqual.quality.aspects import Aspect
from servqual.quality.construct_reading import ratios
from servqual.quality.critic_case import Case
from servqual.quality.findings import Evidence, Finding, FindingKind, Severity, Unchecked, found

Verdict = Finding | Unchecked | None
NO_MOMENTS = Label(
    "the summary holds counts, and not the answers of one person side by side", "汇总只有频数，没有逐人的回答"
)


def weak_dimension(case: Case) -> Verdict:
    """Dimensions whose alpha at a level lies below its threshold."""
    kind, limits = FindingKind.WEAK_DIMENSION, case.thresholds
    if case.reliability is None:
        return Unchecked(kind, NO_MOMENTS)
    weak = [
        (float(scale.alpha), scale)
        for scale in case.reliability
        if scale.aspect.standard is None and float(scale.alpha) < limits.alpha
    ]
    if not weak:
        return None
    weak.sort(key=lambda pair: pair[0])
    evidence = tuple(
        Evidence(
            Label(f"alpha, {scale.aspect.label.en}", f"alpha（{scale.aspect.label.text('zh')}）"),
            alpha,
            case.dimension(scale.dimension),
        )
        for alpha, scale in weak
    )
    alpha, worst = weak[0]
    severity = Severity.SERIOUS if alpha < limits.alpha_serious else Severity.WARNING
    numbers = {"worst": case.dimension(worst.dimension), "aspect": worst.aspect.label, "alpha": alpha}
    numbers |= {"threshold": limits.alpha}
    return found(kind, severity, evidence, numbers, excess=(1 - alpha) / max(1 - limits.alpha, 1e-9))


def one_item_dimension(case: Case) -> Verdict:
    """Dimensions that rest on a single item."""
    alone = [dimension.label for dimension in case.instrument.dimensions if len(dimension) == 1]
    if not alone:
        return None
    names = Label(", ".join(each.en for each in alone), "、".join(each.text("zh") for each in alone))
    evidence = tuple(Evidence(Label("items", "题项数"), 1, label, ".0f") for label in alone)
    return found(FindingKind.ONE_ITEM_DIMENSION, Severity.WARNING, evidence, {"names": names}, excess=1.0)


def dimensions_not_separate(case: Case) -> Verdict:
    """Pairs of dimensions whose HTMT at the first level lies above its threshold."""
    kind, limits = FindingKind.DIMENSIONS_NOT_SEPARATE, case.thresholds
    if case.joint is None:
        return Unchecked(kind, NO_MOMENTS)
    if len(case.instrument.dimensions) < 2:
        return Unchecked(kind, Label("there is one dimension", "只有一个维度"))
    level = Level.PERCEPTION if Level.PERCEPTION in case.summary.levels else case.summary.levels[0]
    table = ratios(case.joint.of(Aspect.answers(level)), case.instrument.slices)
    if np.isnan(table[np.triu_indices(len(table), 1)]).all():
        return Unchecked(
            kind, Label("no two dimensions have several items that correlate", "没有两个维度拥有多个相关的题项")
        )
    pairs = [
        (float(table[a, b]), a, b)
        for a in range(len(table))
        for b in range(a + 1, len(table))
        if table[a, b] > limits.htmt
    ]
    if not pairs:
        return None
    pairs.sort(key=lambda pair: -pair[0])
    evidence = tuple(Evidence(Label("HTMT", "HTMT"), much, _pair(case, a, b)) for much, a, b in pairs)
    severity = Severity.SERIOUS if pairs[0][0] > limits.htmt_serious else Severity.WARNING
    numbers = {"worst": _pair(case, *pairs[0][1:], joint=True), "htmt": pairs[0][0]}
    return found(kind, severity, evidence, numbers, excess=pairs[0][0] / limits.htmt)


def _pair(case: Case, a: int, b: int, *, joint: bool = False) -> Label:
    one, other = (case.instrument.dimensions[place].label for place in (a, b))
    between = (" and ", "与") if joint else ("–", "–")
    return Label(f"{one.en}{between[0]}{other.en}", f"{one.text('zh')}{between[1]}{other.text('zh')}")
