"""`Perception`, `Expectation`, `Gap`: what was experienced, what it is held against, and the difference."""

from __future__ import annotations

from collections.abc import Iterator
from numbers import Real
from typing import ClassVar, Never, Self, overload

import numpy as np
from attrs import evolve, field, frozen

from servqual._arrays import Bools, Floats, Holder, Ints
from servqual.errors import Problem, RatingError, ScaleMismatchError
from servqual.instruments import Level, Scale
from servqual.ratings.checks import (
    as_level,
    as_numbers,
    check_meeting,
    landed,
    listed,
    no_scale,
    no_standard,
    off_scale,
)

Axis = int | tuple[int, ...]


@frozen(eq=False, repr=False, getstate_setstate=False)
class _Rating(Holder):
    """What perceptions, expectations and gaps share: values on a scale, and their mean."""

    values: Floats = field(converter=as_numbers)
    scale: Scale

    __array_ufunc__: ClassVar[None] = None  # numpy then leaves `array - rating` to the rating, which can explain

    def __attrs_post_init__(self) -> None:
        problems = list(no_scale(self.scale)) or list(self._problems())
        if problems:
            raise RatingError(*problems)

    def _problems(self) -> Iterator[Problem]:
        return off_scale(type(self).__name__.lower(), self.values, self.scale)

    def _about(self) -> str:
        return ""

    def __repr__(self) -> str:
        shown = self.values.shape if self.values.ndim else f"{float(self.values):g}"
        return f"<{type(self).__name__}: {shown} on {self.scale}{self._about()}>"

    def __float__(self) -> float:
        if self.values.ndim:
            found = f"an array of shape {self.values.shape}"
            raise RatingError(Problem("float", found, "only a single rating is one number", "take .mean() or .values"))
        return float(self.values)

    @overload
    def mean(self, axis: None = None) -> float: ...
    @overload
    def mean(self, axis: Axis) -> Floats: ...
    def mean(self, axis: Axis | None = None) -> float | Floats:
        """Mean over the values that are there (NaN where there is none); `answered` says how many these are."""
        counts = np.asarray(self.answered(axis))
        total = np.nansum(self.values, axis=axis)
        means = np.divide(total, counts, out=np.full(counts.shape, np.nan), where=counts > 0)
        return float(means) if axis is None else means

    @overload
    def answered(self, axis: None = None) -> int: ...
    @overload
    def answered(self, axis: Axis) -> Ints: ...
    def answered(self, axis: Axis | None = None) -> int | Ints:
        """How many values are not missing: the number that `mean` rests on."""
        counts = np.asarray(np.count_nonzero(~np.isnan(self.values), axis=axis))
        return int(counts) if axis is None else counts

    def rescaled(self, to: Scale) -> Self:
        """Return the same ratings carried over to another scale in a straight line, its ends to the other's ends.

        Raises
        ------
        RatingError
            A value that would fall between two points of the other scale; a real-valued scale takes it.
        """
        return evolve(self, values=landed(self.scale.rescale(self.values, to), to), scale=to)

    def reversed(self) -> Self:
        """Return the ratings turned end for end, low + high − value, as for items worded against the service."""
        return evolve(self, values=landed(self.scale.reverse(self.values), self.scale))

    # `Never` lets a type checker refuse what runs into an explanation.
    def __sub__(self, other: Never) -> Gap:
        _refuse(self, other)
        return NotImplemented

    def __rsub__(self, other: Never) -> Gap:
        _refuse(other, self)
        return NotImplemented


@frozen(eq=False, repr=False, getstate_setstate=False)
class Perception(_Rating):
    """What was experienced: one number or an array of any shape, with its scale.

    Parameters
    ----------
    values
        Answers, missing = NaN; kept as a read-only float array of the same shape (of no dimension for one number).
    scale
        The scale of the answers.

    Raises
    ------
    RatingError
        Values off the scale: how many, the first positions (counted from 0) and values.

    Examples
    --------
    >>> scale = Scale.likert(7)
    >>> Perception(5, scale) - Expectation(6, scale, Level.DESIRED)
    <Gap: -1 on 1..7 against desired>
    >>> (Perception([5, 7], scale) - Expectation(6, scale)).values
    array([-1.,  1.])
    """

    def __sub__(self, other: Expectation) -> Gap:
        """Perception minus expectation, a `Gap` against the level of the expectation; shapes broadcast as in numpy."""
        if not isinstance(other, Expectation):
            _refuse(self, other)
            return NotImplemented
        check_meeting("perception - expectation", (self.values, self.scale), (other.values, other.scale))
        return Gap(self.values - other.values, self.scale, other.level)


@frozen(eq=False, repr=False, getstate_setstate=False)
class Expectation(_Rating):
    """A standard that perceptions are held against: one number or an array, with its scale and its level.

    Parameters
    ----------
    values, scale
        As for `Perception`.
    level
        What exactly was asked for: desired, adequate, ideal, predicted …; see `Level`.

    Raises
    ------
    RatingError
        Values off the scale, or a level that is no standard (perception, disconfirmation).

    References
    ----------
    Zeithaml, Berry & Parasuraman 1993, Journal of the Academy of Marketing Science 21(1):1-12.

    Examples
    --------
    >>> Expectation([6, 7], Scale.likert(7), Level.DESIRED)
    <Expectation: (2,) on 1..7, desired>
    """

    level: Level = field(default=Level.EXPECTATION, converter=as_level)

    def _problems(self) -> Iterator[Problem]:
        yield from super()._problems()
        yield from no_standard("level", self.level)

    def _about(self) -> str:
        return f", {self.level}"


@frozen(eq=False, repr=False, getstate_setstate=False)
class Gap(_Rating):
    """Perception minus standard, P − E: negative is a shortfall, 0 is as expected, in [−span, +span] of the scale.

    Parameters
    ----------
    values
        Differences in scale points, missing = NaN; missing where either rating is.
    scale
        The scale of both ratings.
    against
        The level of the standard.

    Raises
    ------
    RatingError
        A gap larger than the scale allows, or a level that is no standard.

    References
    ----------
    Parasuraman, Zeithaml & Berry 1988, Journal of Retailing 64(1):12-40.

    Examples
    --------
    >>> gap = Perception([5, 7, float("nan")], Scale.likert(7)) - Expectation(6, Scale.likert(7))
    >>> gap.shortfall.tolist(), gap.mean(), gap.answered()
    ([True, False, False], 0.0, 2)
    """

    against: Level = field(converter=as_level)

    def _problems(self) -> Iterator[Problem]:
        span = self.scale.span
        wrong = np.abs(self.values) > span
        if wrong.any():
            found = listed(self.values, wrong, f"outside {-span:g}..{span:g}")
            yield Problem("gap", found, f"a gap on {self.scale} is at most its span", "name the scale of the ratings")
        yield from no_standard("against", self.against)

    def _about(self) -> str:
        return f" against {self.against}"

    @property
    def shortfall(self) -> Bools:
        """Where the perception falls short of the standard; a missing gap is no shortfall."""
        return np.asarray(self.values < 0)

    def rescaled(self, to: Scale) -> Self:
        """Return the gap of the rescaled ratings: multiplied by the ratio of the spans, the sign unchanged."""
        values = np.clip(self.values * to.span / self.scale.span, -to.span, to.span)
        return evolve(self, values=values, scale=to)

    def reversed(self) -> Self:
        """Return the gap of the reversed ratings: the same number with the other sign."""
        return evolve(self, values=0.0 - self.values)


# What stands for ratings without saying on which scale.
PLAIN = (Real, np.ndarray, np.generic, list, tuple)
_SIGN = "a gap is perception minus standard, so that negative is a shortfall"
_REFUSALS: dict[tuple[type, type], tuple[str, str, str]] = {
    (Expectation, Perception): ("the wrong way round", _SIGN, "write perception - expectation"),
    (Perception, Perception): (
        "no standard",
        _SIGN,
        "if one of them is the standard, make it an Expectation with its level; any other difference is one of .values",
    ),
    (Expectation, Expectation): (
        "two standards",
        _SIGN,
        "their distance is ToleranceZone(adequate, desired).width, or a difference of .values",
    ),
    (Gap, Gap): (
        "two gaps",
        "the difference of two gaps is not a gap",
        "subtract their .values; the distance of two standards is ToleranceZone(adequate, desired).width",
    ),
}


def _refuse(left: object, right: object) -> None:
    """Explain why two operands make no gap; what is neither a rating nor a number may answer for itself."""
    if not all(isinstance(each, (_Rating, *PLAIN)) for each in (left, right)):
        return
    names = [type(each).__name__ for each in (left, right)]
    if isinstance(left, PLAIN) or isinstance(right, PLAIN):
        hint = "make both ratings: Perception(values, scale) - Expectation(values, scale, level=Level.DESIRED)"
        found, rule = "a plain number", "a number alone has neither a scale nor a level"
    else:
        default = ("a gap among the operands", _SIGN, "any other difference is one of .values")
        found, rule, hint = _REFUSALS.get((type(left), type(right)), default)
    raise ScaleMismatchError(Problem(" - ".join(names), found, rule, hint))
