"""What diagnostics say besides their checks, in English and Chinese, and their columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from servqual.chain.check_kinds import CheckVerdict
from servqual.chain.check_words import WORDS
from servqual.chain.checked_rows import CheckedRows
from servqual.chain.diagnosed import Check, RuleOfThumb
from servqual.chain.fitted import Fit
from servqual.chain.recipes import UNIT
from servqual.labels import Label
from servqual.statistics import Inapplicable, TestResult
from servqual.statistics.models import Estimator
from servqual.telling import Told, cells

TITLE = Label("What speaks against the fit", "对拟合结果的诊断")
EVERY = Label("all equations", "全部方程")
NO_PROOF = Label(
    "Nothing found is no proof that there is nothing: few units find little.", "未发现不等于不存在：单位少则检验力低。"
)
LEAST_SQUARES = Label(
    "The rows are checked as least squares leave them, not as the estimator of the fit does.",
    "检验的是最小二乘残差，而非拟合所用估计量的残差。",
)
NOT_CORRECTED = Label("The rows are checked without the correction for unreliability.", "检验未作测量误差校正。")


def told_of(fit: Fit, checks: Sequence[Check], ready: Sequence[CheckedRows], level: float) -> Told:
    """Return the columns of diagnostics with title and notes."""
    tests = [each.result if isinstance(each.result, TestResult) else None for each in checks]
    rules = [each.result if isinstance(each.result, RuleOfThumb) else None for each in checks]
    nowhere = float("nan")
    errors = [nowhere if test is None or test.df_error is None else float(test.df_error) for test in tests]
    columns: dict[str, list[Any]] = {
        "verdict": [str(each.verdict) for each in checks],
        "check": [str(each.kind) for each in checks],
        "family": [str(each.kind.family) for each in checks],
        "target": [each.target for each in checks],
        "about": [each.about for each in checks],
        "statistic": cells([each.statistic for each in checks]),
        "df": cells([nowhere if test is None else float(test.df) for test in tests]),
        "df_error": cells(errors),
        "p": cells([each.p for each in checks]),
        "p_adjusted": cells([each.p_adjusted for each in checks]),
        "limit": cells([nowhere if rule is None else rule.limit for rule in rules]),
        "units": ["; ".join(each.units) or None for each in checks],
        "null": [each.null.en for each in checks],
        "method": [None if test is None else test.method for test in tests],
        "reason": [each.result.reason if isinstance(each.result, Inapplicable) else None for each in checks],
    }
    labels = [fit.chain.label(each.target) if each.target in fit.constructs else EVERY for each in checks]
    return Told(columns, labels, TITLE, tuple(_notes(fit, checks, ready, level)))


def _notes(fit: Fit, checks: Sequence[Check], ready: Sequence[CheckedRows], level: float) -> Iterator[Label]:
    yield Label(
        f"Found is what has p below {level:g}, adjusted by Holm for the tests of the same question over all equations.",
        f"同一问题的全部检验按霍尔姆法校正，p 小于 {level:g} 者视为发现。",
    )
    if any(each.groups is not None for each in ready):
        alike = fit.recipe.cluster or UNIT
        yield Label(f"Tests take errors within each {alike} as alike.", f"各项检验允许同一 {alike} 内的误差相关。")
    if fit.recipe.estimator in {Estimator.ROBUST, Estimator.MIXED}:
        yield LEAST_SQUARES
    if fit.recipe.corrects:
        yield NOT_CORRECTED
    yield NO_PROOF
    yield from _remedies(checks)


def _remedies(checks: Sequence[Check]) -> Iterator[Label]:
    """Yield what mends what was found, once for each kind, with the units that it points to."""
    found = [each for each in checks if each.verdict in {CheckVerdict.PROBLEM, CheckVerdict.CAUTION}]
    for kind in dict.fromkeys(each.kind for each in found):
        words = WORDS[kind]
        units = list(dict.fromkeys(unit for each in found if each.kind is kind for unit in each.units))
        english, chinese = (f" ({', '.join(units)})", f"（{'、'.join(units)}）") if units else ("", "")
        yield Label(
            f"{words.name.en}{english}: {words.remedy.en}. {words.reference}.",
            f"{words.name.zh}{chinese}：{words.remedy.zh}。{words.reference}。",
        )
