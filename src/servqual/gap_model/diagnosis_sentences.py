"""The sentences of a diagnosis, put together from its numbers, in English and Chinese."""

from __future__ import annotations

from servqual.gap_model.cause_words import Cause
from servqual.gap_model.diagnosed_gap import DiagnosedGap
from servqual.gap_model.gap_rows import Number
from servqual.gap_model.gap_words import GapName
from servqual.gap_model.influence_estimates import CONSTANT, FEW, LEAST, NOT_MEASURED, STILL
from servqual.gap_model.influence_results import Influence
from servqual.gap_model.influence_words import InfluenceMethod, InfluenceVerdict
from servqual.labels import Label, Language
from servqual.statistics.inapplicable import Inapplicable

_NOTHING = Label(
    "No gap of the chain was shown to fall short: there is nothing to start with.",
    "没有哪个差距得到证实，暂无须优先改进之处。",
)
_NOT_MEASURED = Label(
    "No antecedents were measured, so that its causes are not known. They are asked for by {sheet}.",
    "未测量差距的成因，原因不明；可用{sheet}来测量。",
)
_NOT_ITS_OWN = Label("None of the causes that were measured is one of its own.", "所测的成因都不属于这一差距。")
_NONE_FOUND = Label(
    "None of its {n} causes was found to go with it across {units} units, which is no proof that none does.",
    "在{units}个单位中，它的{n}个成因均未得到证实，但这不等于没有成因。",
)
_NOT_FOUND = Label(
    "Its one cause that was measured, {cause}, was not found to go with it across {units} units, which is no proof "
    "that it does not.",
    "在{units}个单位中，所测的唯一成因“{cause}”未得到证实，但这不等于没有成因。",
)
_AGAINST = Label(
    "None of its {n} causes was found to work as it should across {units} units; {cause} goes with it the other way, "
    "which calls for a second look at how it was measured.",
    "在{units}个单位中，它的{n}个成因均未按应有的方向得到证实；“{cause}”的方向相反，应复核其测量。",
)
_UNTESTED = Label("Its causes could not be tested: {why}.", "其成因无法检验（{why}）。")
_REASONS = {
    CONSTANT: "各单位得分相同",
    NOT_MEASURED: "未测量",
    FEW: f"完整的单位不足{LEAST}个",
    STILL: "各单位的差距相同",
}
_FEW = Label(
    "Units are few: another cause that goes along with it may be the true one.",
    "单位数量少：真正的成因也可能是与其相伴的另一个。",
)


def opening(tongue: Language) -> str:
    """Return what is said where no gap falls short."""
    return _NOTHING.text(tongue)


def first_words(row: DiagnosedGap, confidence: float, tongue: Language, *, measured: bool) -> str:
    """Return what is said of the gap to start with."""
    size = _size(row, confidence, tongue)
    parts = [Label(f"Start with {row.gap.label.en}: {size}.", f"先从“{row.gap.label.text('zh')}”着手：{size}。")]
    parts += [*_rival(row, tongue), *_worst(row)]
    return _sentences([*parts, *_causes(row, confidence, tongue, measured=measured)], tongue)


def further_words(row: DiagnosedGap, confidence: float, tongue: Language) -> str:
    """Return what is said of a further gap that falls short."""
    size = _size(row, confidence, tongue)
    head = Label(f"Then {row.gap.label.en}: {size}.", f"其次是“{row.gap.label.text('zh')}”：{size}。")
    causes = [_cause(row, pair, confidence, tongue) for pair in row.found[:1]]
    return _sentences([head, *causes, *_remedies(row)], tongue)


def _sentences(parts: list[Label], tongue: Language) -> str:
    return ("" if tongue is Language.CHINESE else " ").join(part.text(tongue) for part in parts)


def _size(row: DiagnosedGap, confidence: float, tongue: Language) -> str:
    """Return a gap with its interval and p, as far as there are any."""
    found = row.estimate
    points = number(found.estimate)
    unit = Label(f"{points} points", f"{points}分").text(tongue)
    if isinstance(found.low, Inapplicable) or isinstance(found.p_adjusted, Inapplicable):
        return unit
    ends, p = interval(found.low, found.high, confidence, tongue), p_value(found.p_adjusted)
    return Label(f"{unit} ({ends}, {p})", f"{unit}（{ends}，{p}）").text(tongue)


def _rival(row: DiagnosedGap, tongue: Language) -> list[Label]:
    if row.rival is None or isinstance(row.p_largest, Inapplicable):
        return []
    p, label = p_value(row.p_largest), row.rival.label.text(tongue)
    if row.largest:
        return [
            Label(f"It is the largest of the chain (next {label}, {p}).", f"它是各环节中最大的（其次为{label}，{p}）。")
        ]
    return [Label(f"That it is larger than {label} is not shown ({p}).", f"它是否大于“{label}”，尚不能断定（{p}）。")]


def _worst(row: DiagnosedGap) -> list[Label]:
    if row.worst is None or row.label is None:
        return []
    size = number(row.worst.estimate)
    return [Label(f"It is deepest in {row.label.en} ({size}).", f"其中以“{row.label.text('zh')}”最为突出（{size}）。")]


def _causes(row: DiagnosedGap, confidence: float, tongue: Language, *, measured: bool) -> list[Label]:
    if not measured:
        sheets = _sheets(row)
        english, chinese = " and ".join(sheets), "和".join(sheets)
        return [Label(_NOT_MEASURED.en.format(sheet=english), _NOT_MEASURED.zh.format(sheet=chinese))]
    if not row.causes:
        return [_NOT_ITS_OWN]
    if row.found:
        few = [_FEW] if row.found[0][0].method is InfluenceMethod.SHRUNKEN else []
        return [_cause(row, row.found[0], confidence, tongue), *few, *_remedies(row)]
    why = row.causes[0].p
    if isinstance(why, Inapplicable):
        return [Label(_UNTESTED.en.format(why=why.reason), _UNTESTED.zh.format(why=_REASONS[why.reason]))]
    tested = [cause for each, cause in zip(row.causes, row.words, strict=True) if not isinstance(each.p, Inapplicable)]
    against = row.causes[0].verdict is InfluenceVerdict.AGAINST
    frame = _AGAINST if against else _NOT_FOUND if len(tested) == 1 else _NONE_FOUND
    first, counts = tested[0].label, {"n": len(tested), "units": row.units}
    return [Label(frame.en.format(cause=first.en, **counts), frame.zh.format(cause=first.text("zh"), **counts))]


def _cause(row: DiagnosedGap, pair: tuple[Influence, Cause], confidence: float, tongue: Language) -> Label:
    found, cause = pair
    strength = number(found.strength)
    ends, p = interval(found.low, found.high, confidence, tongue), p_value(found.p_adjusted)
    return Label(
        f"Its first cause is {cause.label.en}: one standard deviation more across {row.units} units goes with "
        f"{strength} points of the gap ({ends}, {p}).",
        f"首要成因是“{cause.label.text('zh')}”：在{row.units}个单位中，每高一个标准差，差距变化{strength}分（{ends}，{p}）。",
    )


def _remedies(row: DiagnosedGap) -> list[Label]:
    if not row.found or not row.found[0][1].remedies:
        return []
    remedies = row.found[0][1].remedies
    english, chinese = ("; ".join(each.en for each in remedies), "；".join(each.text("zh") for each in remedies))
    return [Label(f"What answers it: {english}.", f"对策：{chinese}。")]


def _sheets(row: DiagnosedGap) -> list[str]:
    upper = {GapName.KNOWLEDGE, GapName.STANDARDS}
    names = {"manager_antecedents" if part in upper else "employee_antecedents" for part in row.gap.parts}
    return [f"catalogue.{name}()" for name in sorted(names, reverse=True)]


def number(value: Number) -> str:
    """Return a number of points with two decimals and its sign."""
    return f"{float(value):+.2f}".replace("-", "−")


def interval(low: Number, high: Number, confidence: float, tongue: Language) -> str:
    """Return an interval in words."""
    least, most = number(low), number(high)
    return Label(f"{confidence:.0%} {least} to {most}", f"{confidence:.0%}区间 {least} 至 {most}").text(tongue)


def p_value(p: Number) -> str:
    """Return a p-value in words."""
    return "p < 0.001" if float(p) < 0.001 else f"p {float(p):.3f}"
