"""`moment_effects`: which moments go with customers kept and lost, or with satisfaction, over many journeys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from attrs import frozen

from servqual._arrays import Bools, Floats, Ints
from servqual.encounters.moments.effect_results import TITLES, MomentEffect, MomentEffects, OutcomeKind
from servqual.encounters.moments.group_scores import label_order
from servqual.encounters.moments.journeys import Journeys
from servqual.encounters.moments.whole_journeys import check_journeys
from servqual.errors import EncounterError, Problem, ServqualError
from servqual.errors.problems import unknown_word
from servqual.labels import Label
from servqual.statistics import Inapplicable, student_interval
from servqual.statistics._arguments import check_confidence
from servqual.statistics.models import Covariance, ols
from servqual.statistics.multiplicity import adjusted
from servqual.statistics.penalised_logistic import penalised_logit
from servqual.statistics.reasoned import columns_of
from servqual.tables import Table
from servqual.telling import Told

_SAME = Inapplicable("its part is the same in all journeys")
_NO_ODDS = Inapplicable("the outcome is a level")
_BY = ("step", "moment")


def moment_effects(journeys: Journeys, by: str = "step", *, confidence: float = 0.95) -> MomentEffects:
    """Relation of moments of truth to the outcome of journeys, with the contribution of each: customers kept or lost.

    The total of a journey is the sum of its parts, ``x_j`` points at step ``j``. Kept and lost: ``logit P(kept) = a + Σ
    b_j x_j`` by Firth's penalised likelihood with profile intervals, which hold in small samples and where a moment
    separates the lost from the kept. A level such as satisfaction: least squares, with HC3 errors, or clustered by
    customer where customers have several journeys. The contribution of a moment is ``b_j cov(x_j, y) / var(y)``:
    between kept and lost, ``b_j`` times the difference of their mean parts.

    Parameters
    ----------
    journeys
        Read with an outcome: 0 and 1, or a number; and with the column of steps or of moments.
    by
        "step" or "moment".
    confidence
        Of the intervals.

    Returns
    -------
    MomentEffects
        A row for each step or kind of moment.

    Raises
    ------
    EncounterError
        No outcome or no such column; too few journeys, or all with one outcome; parts that follow from each other.

    Notes
    -----
    These are associations. Who is about to leave may judge the last moments worse, and a good start makes all later
    moments look better.

    References
    ----------
    Firth 1993, Biometrika 80(1):27-38; Heinze & Schemper 2002, Statistics in Medicine 21(16):2409-2419; MacKinnon &
    White 1985, Journal of Econometrics 29(3):305-325 (HC3); Pratt 1987, Proceedings of the Second International
    Conference in Statistics, Tampere, 245-260 (contribution).

    Examples
    --------
    >>> steps = ["ask", "pay"] * 8
    >>> score = [1, 3, 0, 2, 2, 2, 1, 1, 2, -1, 1, -2, 0, -3, 1, 1]
    >>> log = {"customer": [*"aabbccddeeffgghh"], "score": score, "step": steps, "kept": [1] * 8 + [0] * 8}
    >>> moment_effects(Journeys.from_frame(log, step="step", outcome="kept"))
    <MomentEffects: 4 of 8 kept; pay contributes most>
    """
    check_journeys(journeys)
    check_confidence(confidence)
    asked = _Asked.of(journeys, by)
    kind = OutcomeKind.KEPT if np.isin(asked.y, (0.0, 1.0)).all() else OutcomeKind.LEVEL
    varies = asked.parts.std(axis=0) > 0
    found = _fitted(asked, varies, kind, confidence)
    rows = _rows(asked, varies, kind, found)
    table = Table(columns_of(rows, MomentEffect, {"n"}), backend=journeys.backend)
    labels = [journeys.label(by, each) for each in asked.keys]
    notes = _notes(asked, kind, confidence)
    kept = int(asked.y.sum()) if kind is OutcomeKind.KEPT else None
    return MomentEffects(
        rows=rows, told=Told(table, labels, TITLES[kind], notes), kind=kind, n=asked.y.size, kept=kept,
        asked={"by": by, "confidence": confidence},
    )  # fmt: skip


@frozen(eq=False)
class _Asked:
    """Journeys with an outcome: parts (journeys, moments), how many have each moment, outcomes, whose they are."""

    keys: Sequence[Any]
    parts: Floats
    have: Ints
    y: Floats
    customer: Ints
    without: int

    @classmethod
    def of(cls, journeys: Journeys, by: str) -> _Asked:
        if by not in _BY:
            raise EncounterError(unknown_word("by", by, _BY))
        mark = journeys.mark(by)
        if journeys.outcome is None:
            rule, remedy = "journeys have an outcome", "read them with outcome="
            raise EncounterError(Problem("journeys", "no outcome", rule, remedy))
        size, order = len(mark.labels), label_order(journeys, mark)
        places, cells = journeys.of * size + mark.codes, len(journeys) * size
        parts: Floats = np.bincount(places, journeys.score, cells).astype(np.float64).reshape(-1, size)[:, order]
        times = np.bincount(places, minlength=cells).reshape(-1, size)[:, order]
        known = ~np.isnan(journeys.outcome)
        return cls(
            [mark.labels[code] for code in order], parts[known], (times[known] > 0).sum(axis=0),
            journeys.outcome[known], journeys.customer.codes[known], int((~known).sum()),
        )  # fmt: skip

    @property
    def repeated(self) -> bool:
        """Whether customers have several journeys."""
        return np.unique(self.customer).size < self.y.size


@frozen(eq=False)
class _Found:
    """Effects of the moments that vary, each of shape (moments,)."""

    effect: Floats
    low: Floats
    high: Floats
    p: Floats


def _fitted(asked: _Asked, varies: Bools, kind: OutcomeKind, confidence: float) -> _Found:
    _refuse_few(asked, varies)
    names, parts = [str(each) for each, kept in zip(asked.keys, varies, strict=True) if kept], asked.parts[:, varies]
    try:
        if kind is OutcomeKind.KEPT:
            logit = penalised_logit(asked.y, parts, names, confidence=confidence)
            return _Found(logit.coefficients[1:], logit.low[1:], logit.high[1:], logit.p[1:])
        groups = asked.customer if asked.repeated else None
        errors = Covariance.HC3 if groups is None else Covariance.CLUSTER
        fit = ols(asked.y, parts, names, covariance=errors, groups=groups)
    except ServqualError as error:
        rule, remedy = "the part of no moment follows from the others", "leave out a moment, or bring more journeys"
        raise EncounterError(Problem("journeys", str(error), rule, remedy)) from error
    low, high = student_interval(fit.coefficients, fit.standard_errors, fit.df_test, confidence)
    return _Found(*(np.asarray(each)[1:] for each in (fit.coefficients, low, high, fit.tests().p)))


def _refuse_few(asked: _Asked, varies: Bools) -> None:
    n, moments = asked.y.size, int(varies.sum())
    remedy = "one journey is told by journey_ledger, which claims nothing about causes"
    problems = []
    if n < moments + 2:
        found = f"{n} with an outcome for {moments} moments that vary"
        problems.append(Problem("journeys", found, "there are two more journeys than moments at least", remedy))
    if n and asked.y.min() == asked.y.max():
        rule = "journeys end in different ways"
        problems.append(Problem("outcome", f"{asked.y[0]:g} in all {n} journeys", rule))
    if not moments and n > 1:
        problems.append(Problem("journeys", "no moment varies", "the part of some moment differs between journeys"))
    if problems:
        raise EncounterError(*problems)


def _rows(asked: _Asked, varies: Bools, kind: OutcomeKind, found: _Found) -> tuple[MomentEffect, ...]:
    apart = asked.y - asked.y.mean()
    slope = apart @ asked.parts[:, varies] / (apart @ apart)
    p_adjusted = adjusted(found.p)
    fitted = iter(range(slope.size))
    rows = []
    for key, n, part, kept in zip(asked.keys, asked.have, asked.parts.mean(axis=0), varies, strict=True):
        numbers: dict[str, Any] = dict.fromkeys(_NUMBERS, _SAME)
        if kept:
            place = next(fitted)
            numbers = _numbers(found, place, float(slope[place]), kind) | {"p_adjusted": float(p_adjusted[place])}
        rows.append(MomentEffect(key=str(key), n=int(n), part=float(part), **numbers))
    return tuple(rows)


def _numbers(found: _Found, place: int, slope: float, kind: OutcomeKind) -> dict[str, Any]:
    effect, low, high, p = (float(each[place]) for each in (found.effect, found.low, found.high, found.p))
    ends = sorted((low * slope, high * slope))
    odds = float(np.exp(effect)) if kind is OutcomeKind.KEPT else _NO_ODDS
    shares = {"contribution": effect * slope, "contribution_low": ends[0], "contribution_high": ends[1]}
    return {"effect": effect, "low": low, "high": high, "odds_ratio": odds, "p": p, **shares}


_NUMBERS = (
    "effect", "low", "high", "odds_ratio", "p", "p_adjusted", "contribution", "contribution_low", "contribution_high",
)  # fmt: skip


def _notes(asked: _Asked, kind: OutcomeKind, confidence: float) -> list[Label]:
    without = asked.without
    told = (
        (True, _said(asked, kind, confidence)),
        (True, Label("associations, not yet effects; p adjusted by Holm", "仅为关联，未必是因果；p 值按 Holm 法校正")),
        (without > 0, Label(f"{without} journeys without an outcome are left out", f"略去 {without} 个结果未知的历程")),
        (asked.repeated and kind is OutcomeKind.KEPT, _TOO_NARROW),
    )
    return [note for holds, note in told if holds]


_TOO_NARROW = Label(
    "customers have several journeys, which the intervals take as independent: they are too narrow",
    "部分顾客有多个历程，区间按相互独立计算，因而偏窄",
)


def _said(asked: _Asked, kind: OutcomeKind, confidence: float) -> Label:
    n, kept = asked.y.size, int(asked.y.sum())
    if kind is OutcomeKind.KEPT:
        return Label(
            f"{n} journeys, {kept} kept; log odds for one point of the card, Firth's penalised likelihood, profile "
            f"intervals at {confidence:.0%}",
            f"{n} 个历程，留存 {kept} 个；每一分的对数优势，Firth 惩罚似然，{confidence:.0%} 剖面区间",
        )
    return Label(
        f"{n} journeys; points of the outcome for one point of the card, least squares, {confidence:.0%} intervals",
        f"{n} 个历程；每一分对应的结果分数，最小二乘，{confidence:.0%} 区间",
    )
