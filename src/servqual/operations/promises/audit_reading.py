"""`audit_promises` and `answer_promises`: how far the tactics are in use, and which one to begin with."""

from __future__ import annotations

import math

import numpy as np

from servqual._arrays import Floats
from servqual.errors import Problem, ServqualError, StandardsError
from servqual.labels import Label
from servqual.operations.answer_source import NamedAnswers, Problems, named_answers
from servqual.operations.promises.audit_results import AuditScore, PromiseAnswer, PromiseAnswers, PromiseAudit
from servqual.operations.promises.promise_results import PromiseGap, PromiseGaps
from servqual.operations.promises.promise_words import ANSWERS_TITLE, AUDIT_TITLE, PromiseFamily
from servqual.statistics import student_interval
from servqual.statistics._arguments import check_confidence
from servqual.statistics.reasoned import Reasoned, columns_of
from servqual.survey import Survey
from servqual.tables import Table
from servqual.telling import Told

_NOBODY = "nobody answered"
_FEW = "fewer than two respondents answered"


def audit_promises(survey: Survey, *, confidence: float = 0.95) -> PromiseAudit:
    """Audit of promise management: how far each of four families and sixteen tactics is in use.

    Means of tactics, and of families as the mean of at least half of their tactics per respondent, with Student's
    intervals; weights and clusters are those of the survey. ``index = 100 (mean − low) / (high − low)`` of the scale.

    Parameters
    ----------
    survey
        Of `catalogue.promise_audit`, or of an instrument of your own whose dimensions are the four families.
    confidence
        Of the intervals.

    Returns
    -------
    PromiseAudit
        Families, then tactics, with the weakest of each marked.

    Raises
    ------
    StandardsError
        What is no survey of the four families.

    References
    ----------
    Zeithaml, Berry & Parasuraman 1988, Journal of Marketing 52(2):35-48; Student 1908, Biometrika 6(1):1-25.

    Examples
    --------
    >>> from servqual import Survey, catalogue
    >>> survey = Survey.from_arrays(catalogue.promise_audit(), perception=[[4] * 4 + [3] * 4 + [5] * 7 + [1]] * 3)
    >>> audit_promises(survey)
    <PromiseAudit, index: promises 75, expectations 50, education 100, internal 75>
    """
    problems: Problems = []
    try:
        check_confidence(confidence)
    except ServqualError as error:
        problems.extend(error.problems)
    families = [str(each) for each in PromiseFamily]
    if not isinstance(survey, Survey):
        problems.append(Problem("survey", f"{survey!r:.40}", "the audit is a survey", "see catalogue.promise_audit"))
    elif absent := [each for each in families if each not in survey.instrument.dimension_keys]:
        rule = "the audit has the four families as dimensions"
        problems.append(Problem("survey", f"no {', '.join(absent)}", rule, "see catalogue.promise_audit"))
    if problems:
        raise StandardsError(*problems)
    tactics = {
        item.key: PromiseFamily(each.key)
        for each in survey.instrument.dimensions
        if each.key in families
        for item in each.items
    }
    answers = named_answers(survey, [*families, *tactics], problems)
    if answers is None:
        raise StandardsError(*problems)
    return _audited(answers, tactics, confidence)


def _audited(answers: NamedAnswers, tactics: dict[str, PromiseFamily], confidence: float) -> PromiseAudit:
    n, columns = _estimates(answers, confidence)
    means = columns["mean"].values.tolist()
    owners = [*PromiseFamily, *tactics.values()]
    groups = [*("" for _ in PromiseFamily), *map(str, tactics.values())]
    rows = tuple(
        AuditScore(
            about="tactic" if groups[place] else "family",
            key=key,
            family=owners[place],
            n=float(n[place]),
            weakest=_is_weakest(place, means, groups),
            **{name: column.at(place) for name, column in columns.items()},
        )
        for place, key in enumerate(answers.names)
    )
    note = Label(
        f"{confidence:.0%} intervals, Student t; index 0 to 100 of the scale {answers.scale}",
        f"{confidence:.0%} 区间，学生 t；指数为量表 {answers.scale} 上的 0–100",
    )
    table = Table(columns_of(rows, AuditScore, {"n"}), backend=answers.backend)
    told = Told(table, answers.labels, AUDIT_TITLE, (note,))
    return PromiseAudit(rows=rows, told=told, asked={"confidence": confidence})


def _estimates(answers: NamedAnswers, confidence: float) -> tuple[Floats, dict[str, Reasoned]]:
    n, mean, se, df = answers.means(answers.values)
    low, high = student_interval(mean, se, df, confidence)
    nobody, few = (n < 1, _NOBODY), (n < 2, _FEW)
    scale = answers.scale
    assert scale is not None  # noqa: S101 - a survey has one
    return n, {
        "mean": Reasoned.of(mean, nobody),
        "low": Reasoned.of(low, nobody, few),
        "high": Reasoned.of(high, nobody, few),
        "index": Reasoned.of(100 * (mean - scale.low) / scale.span, nobody),
    }


def _is_weakest(place: int, means: list[float], groups: list[str]) -> bool:
    mine = [mean for mean, group in zip(means, groups, strict=True) if group == groups[place] and not math.isnan(mean)]
    return bool(mine) and means[place] == min(mine)


def answer_promises(gaps: PromiseGaps, audit: PromiseAudit) -> PromiseAnswers:
    """What answers the promise gaps: for each attribute with a clear shortfall its family of tactics, deepest first.

    The family answers the largest clear step from what is expected to what is perceived (`promise_gaps`); the audit
    says how far it is in use, and which of its tactics is used least. Attributes are in the order of their gap in
    standard deviations.

    Parameters
    ----------
    gaps
        What `promise_gaps` returned.
    audit
        What `audit_promises` returned.

    Returns
    -------
    PromiseAnswers
        Empty where no step is clearly short.

    Raises
    ------
    StandardsError
        Results of another kind.

    Examples
    --------
    >>> from servqual import Survey, catalogue
    >>> survey = Survey.from_arrays(catalogue.promise_audit(), perception=[[4, 4, 1, 4] + [3] * 12] * 3)
    >>> from servqual.operations import promise_gaps
    >>> gaps = promise_gaps({"wait": 10}, {"wait": [12.0, 14, 11, 15]}, lower_is_better=["wait"])
    >>> answer_promises(gaps, audit_promises(survey))["wait"]
    <PromiseAnswer wait: promises, begin with promises_3>
    """
    wanted = (("gaps", gaps, PromiseGaps, "promise_gaps"), ("audit", audit, PromiseAudit, "audit_promises"))
    problems = [
        Problem(place, f"{each!r:.40}", f"it is what {maker} returned")
        for place, each, kind, maker in wanted
        if not isinstance(each, kind)
    ]
    if problems:
        raise StandardsError(*problems)
    depth = [-np.inf if math.isnan(float(row.standardised)) else float(row.standardised) for row in gaps]
    order = [gaps.rows[place] for place in np.argsort(depth, kind="stable").tolist()]
    rows = tuple(_answer(row, row.family, audit) for row in order if row.family is not None)
    said = dict(zip(audit.told.table["key"], audit.told.labels, strict=True))
    named = {row.attribute: label for row, label in zip(gaps, gaps.told.labels, strict=True)}
    labels = [named[row.attribute] for row in rows]
    tactics = tuple(said[row.tactic] for row in rows)
    notes = [_first_note(rows[0], labels[0], tactics[0])] if rows else [_NONE]
    told = Told(Table(columns_of(rows, PromiseAnswer)), labels, ANSWERS_TITLE, notes)
    return PromiseAnswers(rows=rows, told=told, tactics=tactics)


def _answer(row: PromiseGap, family: PromiseFamily, audit: PromiseAudit) -> PromiseAnswer:
    tactic = audit.weakest_tactic(family)
    return PromiseAnswer(
        attribute=row.attribute,
        verdict=row.verdict,
        standardised=row.standardised,
        family=family,
        family_index=audit[family].index,
        tactic=tactic.key,
        tactic_index=tactic.index,
    )


_NONE = Label("no step from expected to perceived is clearly short", "从期望到感知，没有明确不足的一步")


def _first_note(row: PromiseAnswer, name: Label, tactic: Label) -> Label:
    return Label(
        f"begin with {name.en}: {row.family.label.en}; least used there: {tactic.en}",
        f"先处理 {name.text('zh')}：{row.family.label.zh}；其中用得最少的是：{tactic.zh}",
    )
