"""`asymmetric_causes`: what goes with high satisfaction, and what with dissatisfaction, by two regressions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from attrs import evolve, frozen

from servqual._arrays import Floats
from servqual.errors import Problem
from servqual.labels import Label
from servqual.satisfaction.answer_columns import AnswerColumns, Beside, is_finite, open_source, read_columns, refuse
from servqual.satisfaction.driving import words as driver_words
from servqual.satisfaction.driving.asking import name_problems
from servqual.satisfaction.driving.checks import row_problems
from servqual.satisfaction.gathering import Problems, attempt
from servqual.satisfaction.priorities.cause_results import Cause, Causes, CauseVerdict
from servqual.satisfaction.priorities.item_gathering import OUTCOME
from servqual.statistics import Adjustment, WeightKind, adjusted, student_interval
from servqual.statistics._arguments import check_confidence
from servqual.statistics.models.binary import logit
from servqual.statistics.models.logits import LogitFit
from servqual.statistics.reasoned import columns_of
from servqual.tables import Table
from servqual.telling import Told

_EFFECTS = (
    "driver", "lifts_effect", "lifts_effect_low", "lifts_effect_high", "rank_lifts", "spares_effect",
    "spares_effect_low", "spares_effect_high", "rank_spares",
)  # fmt: skip
_SAME = "every driver lifts as much as it spares"


def asymmetric_causes(
    source: Any,
    outcome: str | npt.ArrayLike,
    drivers: Sequence[str],
    *,
    high: float,
    low: float,
    weights: str | npt.ArrayLike | None = None,
    weight_kind: WeightKind | str = WeightKind.SAMPLING,
    cluster: str | npt.ArrayLike | None = None,
    labels: Mapping[str, Label | str] | None = None,
    confidence: float = 0.95,
) -> Causes:
    """Causes of high satisfaction and of dissatisfaction, analysed apart: they need not be the same.

    Two logistic regressions on the same drivers, ``y ≥ high`` and ``y ≤ low``. Where one scale of satisfaction lies
    behind both, what lifts people into the first keeps them as much from the second (proportional odds); the joint
    robust covariance of the two tests that, driver by driver and for all of them.

    Parameters
    ----------
    source, outcome, drivers
        As of `drivers`.
    high, low
        Cut points of the outcome, in its own units; low lies below high.
    weights, weight_kind, cluster, labels
        As of `drivers`.
    confidence
        Of all intervals.

    Returns
    -------
    Causes
        Drivers in their order.

    Raises
    ------
    DriverError
        All problems at once, as of `drivers`; also cut points that are not in order, or that nobody reaches, and
        drivers that tell an outcome without error.

    Notes
    -----
    "Causes" is the word of practice: these are associations given the other drivers.

    References
    ----------
    Mittal, Ross & Baldasare 1998, Journal of Marketing 62(1):33-47; Brant 1990, Biometrics 46(4):1171-1178 (the test);
    Cox 1958, Journal of the Royal Statistical Society B 20(2):215-242.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> wait, gift = rng.normal(size=(2, 2000))
    >>> y = 3 + np.minimum(wait, 0) + np.maximum(gift, 0) + rng.normal(size=2000) / 2
    >>> found = asymmetric_causes({"y": y, "wait": wait, "gift": gift}, "y", ["wait", "gift"], high=4, low=2)
    >>> found["wait"].difference < 0 < found["gift"].difference
    True
    """
    problems: Problems = []
    attempt(problems, check_confidence, confidence)
    named = outcome if isinstance(outcome, str) else OUTCOME
    problems += [*name_problems(named, list(drivers)), *_cut_problems(low, high)]
    opened = open_source(source, drivers)
    wanted = dict.fromkeys(drivers) | {named: None if isinstance(outcome, str) else outcome}
    columns = read_columns(opened, wanted, Beside(weights, weight_kind, cluster, labels), problems)
    refuse(problems)
    assert columns is not None  # noqa: S101 - what is missing was refused
    whole = evolve(columns.complete(), rows=columns.rows)
    refuse([*row_problems(whole, len(drivers), columns.rows), *_reach_problems(whole, low, high)])
    sides = np.stack([whole.values[:, -1] >= high, whole.values[:, -1] <= low], axis=1)
    people = whole.people
    given = {"weights": people.weights, "kind": people.kind, "groups": people.clusters}
    fit = attempt(problems, logit, sides, whole.values[:, :-1], tuple(drivers), **given)
    refuse([_worded(each) for each in problems])
    assert fit is not None  # noqa: S101 - as above
    return _Both(whole, fit, high, low, confidence).told()


def _cut_problems(low: float, high: float) -> Problems:
    if not (is_finite(low) and is_finite(high)):
        return [Problem("low, high", f"{low!r}, {high!r}", "cut points are numbers")]
    return [] if low < high else [Problem("low, high", f"{low:g}, {high:g}", "low lies below high")]


def _reach_problems(columns: AnswerColumns, low: float, high: float) -> Problems:
    if not len(columns.values):
        return []
    y, problems = columns.values[:, -1], list[Problem | str]()
    for place, side in (("high", y >= high), ("low", y <= low)):
        if side.all() or not side.any():
            found = f"{'all' if side.any() else 'none'} of {y.size} respondents lie there"
            rule = f"some, and not all, answers lie {'at it or above' if place == 'high' else 'at it or below'}"
            problems.append(Problem(place, found, rule, f"answers run from {y.min():g} to {y.max():g}"))
    return problems


def _worded(problem: Problem | str) -> Problem | str:
    """Return what a regression refuses in words of satisfaction."""
    if isinstance(problem, str) or problem.place != "y":
        return problem
    side = "dissatisfaction" if "outcome 1" in problem.found else "high satisfaction"
    return evolve(problem, place=side, found="told by the drivers without error")


@frozen(eq=False)
class _Both:
    columns: AnswerColumns
    fit: LogitFit
    high: float
    low: float
    confidence: float

    @property
    def k(self) -> int:
        """How many coefficients a regression has."""
        return self.fit.coefficients.shape[1]

    def told(self) -> Causes:
        fit, rows = self.fit, self._rows()
        table = Table(columns_of(rows, Cause, {"rank_lifts", "rank_spares"}), backend=self.columns.backend)
        outcome, labels = self.columns.labels[-1], self.columns.labels[:-1]
        title = Label(
            f"High satisfaction and dissatisfaction apart: {outcome.en}",
            f"高满意与不满的原因分析：{outcome.text('zh')}",
        )
        effects = Table({name: table[name] for name in _EFFECTS}, backend=self.columns.backend)
        notes = tuple(self._notes())
        return Causes(
            outcome=self.columns.names[-1],
            rows=rows,
            views={"causes": Told(table, labels, title, notes), "effects": Told(effects, labels, title, notes)},
            high=float(self.high),
            low=float(self.low),
            share_high=float(fit.shares[0]),
            share_low=float(fit.shares[1]),
            pseudo_r2=(float(fit.pseudo_r2[0]), float(fit.pseudo_r2[1])),
            mirrored=fit.wald(self._sums(), null=_SAME),
            n=self.columns.respondents,
            confidence=self.confidence,
        )

    def _sums(self) -> Floats:
        """Return the combinations ``b_high + b_low`` of each driver, zero where it lifts as much as it spares."""
        slopes = np.eye(self.k)[1:]
        return np.concatenate([slopes, slopes], axis=1)

    def _rows(self) -> tuple[Cause, ...]:
        fit, tests = self.fit, self.fit.tests()
        differences = fit.combined(self._sums())
        low, high = student_interval(differences.estimate, differences.se, fit.df, self.confidence)
        columns: dict[str, Any] = {
            "difference": differences.estimate, "difference_low": low, "difference_high": high, "p": differences.p,
            "p_holm": adjusted(differences.p, Adjustment.HOLM),
        }  # fmt: skip
        sd = self._spread()
        for place, (name, sign) in enumerate((("lifts", 1.0), ("spares", -1.0))):
            slopes = sign * fit.coefficients[place, 1:], fit.standard_errors[place, 1:]
            effects = sign * fit.effects[place], fit.effect_errors[place]
            columns |= self._ends(name, *slopes) | self._ends(f"{name}_effect", *effects)
            columns[f"{name}_p"] = tests.p[place, 1:]
            columns[f"rank_{name}"] = np.argsort(np.argsort(-effects[0] * sd, kind="stable")) + 1
        plain = {name: np.asarray(values).tolist() for name, values in columns.items()}
        rows = [{name: values[place] for name, values in plain.items()} for place in range(self.k - 1)]
        names = self.columns.names
        return tuple(
            Cause(driver=names[place], verdict=_verdict(row), **row) for place, row in enumerate(rows)
        )  # fmt: skip

    def _ends(self, name: str, estimate: Floats, error: Floats) -> dict[str, Floats]:
        low, high = student_interval(estimate, error, self.fit.df, self.confidence)
        return {name: estimate, f"{name}_low": low, f"{name}_high": high}

    def _spread(self) -> Floats:
        values, weights = self.columns.values[:, :-1], self.columns.people.weights
        mean = np.average(values, axis=0, weights=weights)
        return np.asarray(np.sqrt(np.average((values - mean) ** 2, axis=0, weights=weights)))

    def _notes(self) -> Iterator[Label]:
        fit, people = self.fit, self.columns.people
        yield Label(
            f"high: outcome at {self.high:g} or above ({fit.shares[0]:.1%}); "
            f"dissatisfied: at {self.low:g} or below ({fit.shares[1]:.1%})",
            f"高满意：结果不低于 {self.high:g}（{fit.shares[0]:.1%}）；"
            f"不满：不高于 {self.low:g}（{fit.shares[1]:.1%}）",
        )
        kind = None if people.kind is None else str(people.kind)
        yield driver_words.size_note(self.columns.respondents, self.columns.rows, kind)
        errors = "cluster-robust" if people.clusters is not None else "robust"
        fehler = "聚类稳健" if people.clusters is not None else "稳健"
        yield Label(
            f"lifts: slope of the logit of high; spares: minus that of dissatisfied; "
            f"{self.confidence:.0%} intervals, {errors} errors",
            f"lifts：高满意 logit 的斜率；spares：不满 logit 斜率取负；{self.confidence:.0%} 区间，{fehler}误差",
        )
        test = fit.wald(self._sums(), null=_SAME)
        p = float(test.p)
        yield Label(
            f"difference: lifts − spares, zero where one scale lies behind both; all drivers together p {p:.3g}",
            f"difference：lifts − spares，若两者出自同一尺度则为零；全部因素合计 p {p:.3g}",
        )
        yield driver_words.ASSOCIATION


def _verdict(row: Mapping[str, float]) -> CauseVerdict:
    if row["lifts_high"] < 0 or row["spares_high"] < 0:
        return CauseVerdict.AGAINST
    lifts, spares = row["lifts_low"] > 0, row["spares_low"] > 0
    if lifts:
        return CauseVerdict.BOTH if spares else CauseVerdict.LIFTS
    return CauseVerdict.SPARES if spares else CauseVerdict.NEITHER
