"""`margin_multiple`: how many margins a customer is worth, in closed form."""

from __future__ import annotations

from enum import StrEnum

import numpy as np
import numpy.typing as npt

from servqual._arrays import Bools, Floats, freeze
from servqual.errors import Problem, WorthError
from servqual.errors.problems import unknown_word


class FirstMargin(StrEnum):
    """When the first margin comes: at the end of the first period, if the customer stayed; or at once."""

    END = "end"
    START = "start"


def margin_multiple(
    retention: npt.ArrayLike,
    discount: npt.ArrayLike,
    growth: npt.ArrayLike = 0.0,
    *,
    first: FirstMargin | str = FirstMargin.END,
) -> Floats:
    """Margins that a customer is worth over his whole life, at constant retention, discount and growth.

    With the first margin at the end of the first period ``r / (1 + i − r (1 + g))``, with the first at once
    ``(1 + i) / (1 + i − r (1 + g))``: the sums of ``r^t (1 + g)^(t−1) / (1 + i)^t`` over t from 1, and of
    ``r^t (1 + g)^t / (1 + i)^t`` over t from 0.

    Parameters
    ----------
    retention
        Share of customers kept from one period to the next, 0 to 1.
    discount
        Rate of discount a period, above −1.
    growth
        Rate at which the margin grows a period, −1 or above. Without growth the two forms differ by exactly one.
    first
        When the first margin comes: "end" or "start".

    Returns
    -------
    Floats
        Of the shape that all make together.

    Raises
    ------
    WorthError
        Rates outside their ranges, or ``r (1 + g)`` not below ``1 + i``: then the sum has no end.

    References
    ----------
    Gupta & Lehmann 2003, Journal of Interactive Marketing 17(1):9-24.

    Examples
    --------
    >>> margin_multiple(0.9, [0.10, 0.12, 0.14, 0.16]).round(2)
    array([4.5 , 4.09, 3.75, 3.46])
    """
    when = checked_first(first)
    r, i, g = np.broadcast_arrays(*(np.asarray(each, np.float64) for each in (retention, discount, growth)))
    problems = rate_problems(r, i, g)
    endless = ~(r * (1 + g) < 1 + i)
    if not problems and endless.any():
        found = f"{r[endless].flat[0]:g} at growth {g[endless].flat[0]:g} and discount {i[endless].flat[0]:g}"
        remedy = "name a number of periods instead, or a lower growth"
        problems.append(Problem("retention", found, "retention x (1 + growth) lies below 1 + discount", remedy))
    if problems:
        raise WorthError(*problems)
    return freeze(np.asarray((r if when is FirstMargin.END else 1 + i) / (1 + i - r * (1 + g))))


def checked_first(first: FirstMargin | str) -> FirstMargin:
    """Return when the first margin comes, or say what is known."""
    known = [str(each) for each in FirstMargin]
    if first not in known:
        raise WorthError(unknown_word("first", first, known, "the first margin comes at the end or the start"))
    return FirstMargin(first)


def rate_problems(retention: Floats, discount: npt.ArrayLike, growth: npt.ArrayLike = 0.0) -> list[Problem]:
    """Return what is wrong with rates of retention, discount and growth."""
    i, g = np.asarray(discount, np.float64), np.asarray(growth, np.float64)
    percent = "shares, not percent: pass 0.8 for 80 %"
    found = [
        _told("retention", retention, ~((retention >= 0) & (retention <= 1)), "retention is a share, 0 to 1", percent),
        _told("discount", i, ~((i > -1) & np.isfinite(i)), "a rate of discount is above -1", ""),
        _told("growth", g, ~((g >= -1) & np.isfinite(g)), "a rate of growth is -1 or above", ""),
    ]
    return [each for each in found if each is not None]


def _told(name: str, values: Floats, wrong: Bools, rule: str, remedy: str) -> Problem | None:
    if not wrong.any():
        return None
    outside = values[wrong]
    found = f"{outside.flat[0]:g}" + (f", {outside.size} in all" if outside.size > 1 else "")
    return Problem(name, found, rule, remedy if outside.flat[0] > 1 else "")
