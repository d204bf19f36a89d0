"""What the critic looks for in differences of perception and expectation."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from servqual.instruments import Level
from servqual.labels import Label
from servqual.quality.criterion_reading import Explained
from servqual.quality.critic_case import Case
from servqual.quality.findings import Evidence, Finding, FindingKind, Severity, Unchecked, found
from servqual.quality.moment_regression import FTest
from servqual.quality.reasons import reason_label
from servqual.statistics import Inapplicable

Verdict = Finding | Unchecked | None
_NO_GAP = Label("perceptions and a standard of the same people are not at hand", "没有同一批人的感知与标准")
_STILL_GAP = Label("the mean gap does not vary", "差距均值没有变异")
_NOTHING_EXPLAINED = Label("perception and expectation explain nothing of the criterion", "感知与期望都不能解释该效标")
_NO_CRITERION = Label("no criterion was given: criterion=…", "未给出效标：criterion=…")


def unreliable_difference(case: Case) -> Verdict:
    """Gaps whose reliability by Johns lies below its threshold and below that of perceptions alone."""
    kind, limits = FindingKind.UNRELIABLE_DIFFERENCE, case.thresholds
    gaps = [scale for scale in case.reliability or () if scale.difference is not None]
    if not gaps:
        return Unchecked(kind, _NO_GAP)
    several = len({scale.aspect for scale in gaps}) > 1
    rows = []
    for scale in gaps:
        parts = scale.difference
        if parts is not None and float(parts.reliability) < min(limits.difference, float(parts.perception)):
            name = _within(case.dimension(scale.dimension), scale.aspect.label if several else None)
            rows.append((float(parts.reliability), float(parts.perception), parts.correlation, name, scale))
    if not rows:
        return None
    rows.sort(key=lambda row: row[0])
    evidence = tuple(Evidence(measure, row[place], row[3]) for place, measure in enumerate(_JOHNS) for row in rows)  # type: ignore[arg-type]
    worst, perception, _, _, scale = rows[0]
    severity = Severity.SERIOUS if worst < limits.difference_serious else Severity.WARNING
    numbers = {
        "aspect": scale.aspect.label, "worst": case.dimension(scale.dimension), "difference": worst,
        "perception": perception,
    }  # fmt: skip
    return found(kind, severity, evidence, numbers, excess=(1 - worst) / max(1 - limits.difference, 1e-9))


_JOHNS = (
    Label("reliability of the gap (Johns)", "差距信度（Johns）"),
    Label("alpha of perception", "感知alpha"),
    Label("correlation of the two", "二者相关"),
)


def _within(name: Label, aspect: Label | None) -> Label:
    """Return a name, with the aspect that it is read in where there are several."""
    return name if aspect is None else Label(f"{name.en} ({aspect.en})", f"{name.text('zh')}（{aspect.text('zh')}）")


def expectation_ceiling(case: Case) -> Verdict:
    """Standards that many answer with the highest point."""
    kind, limits = FindingKind.EXPECTATION_CEILING, case.thresholds
    standards = [level for level in case.summary.levels if level.is_expectation]
    if not standards:
        return Unchecked(kind, Label("no standard was asked", "未询问任何标准"))
    if not set(standards) <= set(case.summary.total.tallies):
        return Unchecked(kind, Label("answers on a real-valued scale are not counted", "连续量表的回答没有频数"))
    rows = [
        (share, label, level)
        for level in standards
        for share, label in _at_the_top(case, level)
        if share >= limits.ceiling
    ]
    if not rows:
        return None
    rows.sort(key=lambda row: -row[0])
    measure, several = Label("share on the highest point", "最高点所占比例"), len(standards) > 1
    evidence = tuple(
        Evidence(measure, share, _within(label, level.label if several else None), ".0%")
        for share, label, level in rows
    )
    share, label, level = rows[0]
    severity = Severity.SERIOUS if share >= limits.ceiling_serious else Severity.WARNING
    numbers = {"share": share, "worst": label, "standard": level.label}
    return found(kind, severity, evidence, numbers, excess=share / limits.ceiling)


def _at_the_top(case: Case, level: Level) -> Iterator[tuple[float, Label]]:
    """Yield the share of each dimension's answers that are on the highest point."""
    counts = np.asarray(case.summary.tallies(level).counts, dtype=np.float64)
    for dimension, part in zip(case.instrument.dimensions, case.instrument.slices, strict=True):
        if given := counts[part].sum():
            yield float(counts[part, -1].sum() / given), dimension.label


def perception_explains_more(case: Case) -> Verdict:
    """A criterion that correlates more with perception than with the gap."""
    kind, read, limits = FindingKind.PERCEPTION_EXPLAINS_MORE, _explained(case), case.thresholds
    if not isinstance(read, Explained):
        return Unchecked(kind, read)
    lost = read.r_perception**2 - read.r_gap**2
    if not lost > 0:
        return Unchecked(kind, _STILL_GAP) if math.isnan(lost) else None
    refused = isinstance(read.constraint, FTest) and read.constraint.p_value < limits.significance
    severity = Severity.NOTE
    if refused and lost >= limits.added_r2:
        severity = Severity.SERIOUS if lost >= limits.lost_r2 else Severity.WARNING
    numbers = {"perception": read.r_perception, "gap": read.r_gap, "n": read.n, "lost": lost}
    told = {"standard": read.standard.label, **numbers}
    return found(kind, severity, _correlations(read), told, excess=1 + lost / limits.added_r2)


def _correlations(read: Explained) -> tuple[Evidence, ...]:
    r, share = Label("correlation with the criterion", "与效标的相关"), Label("variance explained", "解释的方差")
    seen, gap = Label("mean perception", "感知均值"), Label("mean gap", "差距均值")
    return (
        Evidence(r, read.r_perception, seen),
        Evidence(r, read.r_gap, gap),
        Evidence(r, read.r_standard, _held(read.standard)),
        Evidence(share, read.r_perception**2, seen, ".1%"),
        Evidence(share, read.r_gap**2, gap, ".1%"),
        Evidence(share, read.r2_both, Label("perception and expectation", "感知与期望"), ".1%"),
        Evidence(Label("respondents", "受访者"), read.n, None, ",.0f"),
    )


def expectation_adds_nothing(case: Case) -> Verdict:
    """A standard that explains hardly anything of a criterion beyond perception."""
    kind, read, limits = FindingKind.EXPECTATION_ADDS_NOTHING, _explained(case), case.thresholds
    if not isinstance(read, Explained):
        return Unchecked(kind, read)
    test = read.added
    if isinstance(test, Inapplicable):
        return Unchecked(kind, reason_label(test.reason))
    clear = read.unique_standard >= limits.added_r2
    if clear and test.p_value < limits.significance:
        return None
    share = Label("variance explained", "解释的方差")
    evidence = (
        Evidence(share, read.unique_perception, Label("by perception only", "仅由感知"), ".1%"),
        Evidence(share, read.unique_standard, Label("by expectation only", "仅由期望"), ".1%"),
        Evidence(share, read.shared, Label("by either", "二者皆可"), ".1%"),
        Evidence(share, read.r2_both, Label("by both", "二者合计"), ".1%"),
    )
    numbers = {"added": read.unique_standard, "alone": read.r_perception**2, "standard": read.standard.label}
    excess = limits.added_r2 / max(read.unique_standard, limits.added_r2 / 100)
    severity = Severity.NOTE if clear else Severity.WARNING
    return found(kind, severity, evidence, numbers | _told(test), excess=max(excess, 1.0))


def difference_imposed(case: Case) -> Verdict:
    """A criterion for which the slopes of perception and standard are not equal and opposite, or which is curved."""
    kind, read = FindingKind.DIFFERENCE_IMPOSED, _explained(case)
    if not isinstance(read, Explained):
        return Unchecked(kind, read)
    if isinstance(read.constraint, Inapplicable):
        return Unchecked(kind, reason_label(read.constraint.reason))
    refused = {
        "": (read.constraint, read.r2_both - read.r_gap**2),
        "curved": (read.curvature, read.r2_surface - read.r2_both),
    }
    for variant, (test, gained) in refused.items():
        clear = isinstance(test, FTest) and test.p_value < case.thresholds.significance
        if isinstance(test, FTest) and clear and gained >= case.thresholds.added_r2:
            slopes = {"first": read.slope_perception, "second": read.slope_standard}
            told = {"standard": read.standard.label, **slopes, **_told(test)}
            excess = gained / case.thresholds.added_r2
            return found(kind, Severity.WARNING, _surface(read), told, excess=excess, variant=variant)
    return None


def _surface(read: Explained) -> tuple[Evidence, ...]:
    slope, p = Label("slope together with the other", "并列时的斜率"), Label("p", "p")
    named = {
        Label("of equal and opposite slopes", "斜率相等且相反"): read.constraint,
        Label("of no curvature (P², PE, E²)", "无弯曲（P²、PE、E²）"): read.curvature,
        Label("of the difference against the surface", "差值对响应面"): read.difference,
    }
    return (
        Evidence(slope, read.slope_perception, Label("perception", "感知")),
        Evidence(slope, read.slope_standard, _held(read.standard)),
        *(Evidence(p, each.p_value, name, ".2g") for name, each in named.items() if isinstance(each, FTest)),
    )


def _explained(case: Case) -> Explained | Label:
    """Return what is explained of the criterion, or why it is not known or not worth telling."""
    if case.explained is None:
        return _NO_CRITERION
    if isinstance(case.explained, Inapplicable):
        return reason_label(case.explained.reason)
    return _NOTHING_EXPLAINED if case.explained.r2_both < case.thresholds.added_r2 else case.explained


def _held(standard: Level) -> Label:
    return Label(f"what is {standard.label.en}", f"“{standard.label.text('zh')}”")


def _told(test: FTest) -> dict[str, str]:
    return {"test": f"F({test.df:.0f}, {test.df_error:.0f}) = {test.f:.2f}, p = {test.p_value:.2g}"}
