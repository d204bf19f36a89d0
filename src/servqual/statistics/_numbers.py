"""Numbers that a formula takes: of one shape, within their ranges, and all that is wrong told at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from servqual._arrays import AnyArray, Bools, Floats, freeze
from servqual.errors import Problem
from servqual.statistics._arguments import ArgumentError


class Range(NamedTuple):
    """Which numbers an argument may be, and the rule in words."""

    holds: Callable[[Floats], Bools]
    rule: str


FINITE = Range(np.isfinite, "it is finite")
NOT_NEGATIVE = Range(lambda x: np.isfinite(x) & (x >= 0), "it is finite and zero or more")
POSITIVE = Range(lambda x: np.isfinite(x) & (x > 0), "it is finite and above zero")
FREEDOM = Range(lambda x: x >= 0, "it is zero or more")
SHARE = Range(lambda x: (x >= 0) & (x <= 1), "it lies between 0 and 1")
INSIDE = Range(lambda x: (x > 0) & (x < 1), "it lies strictly between 0 and 1")
CORRELATION = Range(lambda x: np.abs(x) <= 1, "it lies between −1 and 1")
AT_LEAST_ONE = Range(lambda x: np.isfinite(x) & (x >= 1), "it is finite and one or more")

Asked = tuple[npt.ArrayLike, Range]


def arrays(**asked: Asked) -> list[Floats]:
    """Return the arguments as float64 arrays of one shape, in the order given; NaN is a missing number.

    Raises
    ------
    ArgumentError
        If some are no numbers, outside their range, or of shapes that do not broadcast together.
    """
    problems: list[Problem] = []
    found = [_in_range(place, values, within, problems) for place, (values, within) in asked.items()]
    if not problems:
        try:
            return [np.array(each) for each in np.broadcast_arrays(*found)]
        except ValueError:
            shapes = ", ".join(f"{place} {each.shape}" for place, each in zip(asked, found, strict=True))
            problems.append(Problem("shapes", shapes, "shapes broadcast together"))
    raise ArgumentError(*problems)


def single(**asked: tuple[float, Range]) -> list[float]:
    """Return the arguments as floats, in the order given.

    Raises
    ------
    ArgumentError
        If some are no single numbers, NaN, or outside their range.
    """
    problems: list[Problem] = []
    found = [_in_range(place, value, within, problems) for place, (value, within) in asked.items()]
    for (place, (_, within)), each in zip(asked.items(), found, strict=True):
        if each.ndim:
            problems.append(Problem(place, f"an array of shape {each.shape}", "it is one number"))
        elif np.isnan(each) and not any(problem.place == place for problem in problems):
            problems.append(Problem(place, "NaN", within.rule))
    if problems:
        raise ArgumentError(*problems)
    return [float(each) for each in found]


def whole(place: str, values: npt.ArrayLike, remedy: str = "") -> Floats:
    """Return counts as float64, in which they do not overflow when cubed; refuse what is no whole number.

    Raises
    ------
    ArgumentError
        If some are no numbers, negative, missing or not whole.
    """
    problems: list[Problem] = []
    counts = _in_range(place, values, NOT_NEGATIVE, problems)
    if not problems and not (np.rint(counts) == counts).all():
        problems.append(Problem(place, "some not whole", "counts are whole numbers", remedy))
    if problems:
        raise ArgumentError(*problems)
    return counts


def reasons(*cases: tuple[AnyArray, str]) -> AnyArray:
    """Return why there is no result, cell by cell: the first case that holds, and nothing where none does."""
    return freeze(np.select([holds for holds, _ in cases], [why for _, why in cases], default=""))


def _in_range(place: str, values: npt.ArrayLike, within: Range, problems: list[Problem]) -> Floats:
    """Return the values as float64, and add to the problems what is wrong with them."""
    given = np.asarray(values)
    if given.dtype.kind not in "biuf":
        problems.append(Problem(place, f"an array of {given.dtype}", "it is a number, or an array of numbers"))
        return np.zeros(())
    result = np.asarray(given, dtype=np.float64)
    bad = ~(within.holds(result) | np.isnan(result))
    if bad.any():
        first = f"{result[bad].flat[0]:g}" if result.ndim else f"{float(result):g}"
        others = f", and {int(bad.sum()) - 1} more" if bad.sum() > 1 else ""
        problems.append(Problem(place, f"{first}{others}", within.rule))
    return result
