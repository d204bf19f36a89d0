"""`guarantee`: the share of customers that a promise would fail, its price, and the strictest one that is safe."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from servqual._arrays import Floats
from servqual.errors import Problem, ServqualError, StandardsError
from servqual.labels import Label
from servqual.operations.answer_source import Problems, named_answers
from servqual.operations.promises.guarantee_results import Guarantee, GuaranteedLevel, Number
from servqual.operations.promises.promise_words import GUARANTEE_TITLE
from servqual.operations.wanted import is_number
from servqual.statistics import Inapplicable, wilson_interval
from servqual.statistics._arguments import check_confidence
from servqual.statistics.reasoned import columns_of
from servqual.tables import Table
from servqual.telling import Told

_NO_PAYOUT = Inapplicable("no payout was given")
_NO_TARGET = Inapplicable("no target was given")
_NONE_SAFE = Inapplicable("no promise is so safe with so few deliveries")


def guarantee(
    delivered: npt.ArrayLike,
    promises: float | Sequence[float],
    *,
    lower_is_better: bool,
    payout: float | None = None,
    claimed: float = 1.0,
    target: float | None = None,
    confidence: float = 0.95,
) -> Guarantee:
    """A guarantee priced: the share of customers that each promise would fail, given what is delivered today.

    A delivery fails where it is worse than the promise; one that just meets it does not. The cost per customer is
    ``payout · claimed · share``. The strictest safe promise is the strictest delivered level at which the upper end of
    Wilson's interval of the share does not exceed the target.

    Parameters
    ----------
    delivered
        What customers got, such as minutes, shape (deliveries,); NaN is left out and counted. Deliveries are taken as
        independent, and as those of days to come.
    promises
        One level or several, in the same units.
    lower_is_better
        Whether less is better, as in waiting.
    payout
        What is paid when the promise fails, zero or more.
    claimed
        Share of the failed who claim it, 0 to 1.
    target
        Share of customers that may be failed, strictly between 0 and 1.
    confidence
        Of the intervals.

    Returns
    -------
    Guarantee
        One row for each promise.

    Raises
    ------
    StandardsError
        All problems at once: no deliveries, promises that are no numbers, a negative payout, shares outside 0 to 1.

    References
    ----------
    Hart 1988, Harvard Business Review 66(4):54-62 (unconditional guarantees); Wilson 1927, Journal of the American
    Statistical Association 22(158):209-212.

    Examples
    --------
    >>> found = guarantee([4, 6, 7, 9, 5, 8, 3, 12, 6, 5], [8, 10], lower_is_better=True, payout=20)
    >>> found, found[10].cost
    (<Guarantee: 8 fails 20.0%, 10 fails 10.0%>, 2.0)
    """
    problems: Problems = []
    try:
        check_confidence(confidence)
    except ServqualError as error:
        problems.extend(error.problems)
    answers = named_answers({"delivered": delivered}, ["delivered"], problems)
    levels = _levels(promises, problems)
    problems += _range_problems(payout, claimed, target)
    values = np.zeros(0) if answers is None else answers.values[:, 0]
    there = values[~np.isnan(values)]
    if answers is not None and not there.size:
        problems.append(Problem("delivered", "no numbers", "a promise is held against what is delivered"))
    if problems:
        raise StandardsError(*dict.fromkeys(problems))
    price = None if payout is None else payout * claimed
    rows = tuple(_row(each, there, price, lower=lower_is_better, confidence=confidence) for each in levels)
    safe = _NO_TARGET if target is None else _strictest(there, target, lower=lower_is_better, confidence=confidence)
    missing = int(values.size - there.size)
    asked = {"lower_is_better": lower_is_better, "payout": payout, "claimed": claimed, "target": target}
    notes = _notes(there.size, missing, safe, target, confidence)
    return Guarantee(
        rows=rows, told=_told(rows, notes), strictest=safe, missing=missing, asked=asked | {"confidence": confidence}
    )


def _told(rows: tuple[GuaranteedLevel, ...], notes: tuple[Label, ...]) -> Told:
    table = Table(columns_of(rows, GuaranteedLevel, {"n", "fails"}))
    return Told(table, [Label(f"{row.promise:g}") for row in rows], GUARANTEE_TITLE, notes)


def _levels(promises: Any, problems: Problems) -> list[float]:
    try:
        given = np.atleast_1d(np.asarray(promises, np.float64))
    except (TypeError, ValueError):
        problems.append(Problem("promises", f"{promises!r:.40}", "promises are numbers"))
        return []
    if given.ndim > 1 or not given.size or not np.isfinite(given).all():
        problems.append(Problem("promises", f"{promises!r:.40}", "promises are one finite number or more"))
    return given.ravel().tolist()


def _range_problems(payout: Any, claimed: Any, target: Any) -> Problems:
    problems: Problems = []
    if payout is not None and not (is_number(payout) and payout >= 0):
        problems.append(Problem("payout", repr(payout), "a payout is zero or more"))
    if not (is_number(claimed) and 0 <= claimed <= 1):
        problems.append(Problem("claimed", repr(claimed), "it is the share of the failed who claim, 0 to 1"))
    if payout is None and claimed != 1.0:
        problems.append(Problem("claimed", "given without a payout", "claims are of a payout", "pass payout="))
    if target is not None and not (is_number(target) and 0 < target < 1):
        problems.append(Problem("target", repr(target), "it is a share strictly between 0 and 1"))
    return problems


def _row(promise: float, values: Floats, price: float | None, *, lower: bool, confidence: float) -> GuaranteedLevel:
    fails = int((values > promise).sum() if lower else (values < promise).sum())
    n = int(values.size)
    low, high = wilson_interval(float(fails), float(n), confidence)
    costs: list[Number] = [_NO_PAYOUT] * 3 if price is None else [price * each for each in (fails / n, low, high)]
    return GuaranteedLevel(
        promise=promise, n=n, fails=fails, share=fails / n, low=low, high=high, cost=costs[0], cost_low=costs[1],
        cost_high=costs[2],
    )  # fmt: skip


def _strictest(values: Floats, target: float, *, lower: bool, confidence: float) -> Number:
    """Return the strictest delivered level whose share of failures has an interval that ends at or below the target."""
    signed = np.sort(values if lower else -values)
    n = float(signed.size)
    levels = np.unique(signed)
    fails = n - np.searchsorted(signed, levels, side="right")
    safe = levels[np.asarray(wilson_interval(fails, np.full(fails.size, n), confidence)[1]) <= target]
    if not safe.size:
        return _NONE_SAFE
    return float(safe[0]) if lower else -float(safe[0])


def _notes(n: int, missing: int, safe: Number, target: float | None, confidence: float) -> tuple[Label, ...]:
    notes = [
        Label(
            f"share of {n} deliveries that would have failed; {confidence:.0%} intervals by Wilson",
            f"{n} 次服务中未能兑现的比例；{confidence:.0%} Wilson 区间",
        )
    ]
    if missing:
        notes.append(Label(f"left out, without a number: {missing}", f"缺少数值而未计入：{missing}"))
    if target is not None and isinstance(safe, Inapplicable):
        notes.append(
            Label(f"strictest promise for {target:.1%}: {safe}", f"{target:.1%} 的目标：服务次数太少，无法保证")
        )
    elif target is not None:
        notes.append(
            Label(
                f"strictest promise whose interval of failures ends at or below {target:.1%}: {safe:g}",
                f"未兑现比例的区间上限不超过 {target:.1%} 的最严承诺：{safe:g}",
            )
        )
    return tuple(notes)
