"""`Scale`: the bounded, ordered answers that a question admits."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import overload

import numpy as np
from attrs import converters, field, frozen

from servqual._arrays import Bools, Floats
from servqual.errors import Problem, ScaleError
from servqual.labels import Label, as_label


def _real(value: float) -> float:
    try:
        return float(value)
    except (TypeError, ValueError) as error:
        rule = "ends, steps and anchors of a scale are numbers"
        raise ScaleError(Problem("scale", repr(value), rule)) from error


@frozen
class Anchor:
    """What one point of a scale says in words."""

    value: float = field(converter=_real)
    label: Label = field(converter=as_label)


def _anchors_of(anchors: Iterable[Anchor]) -> tuple[Anchor, ...]:
    return tuple(anchors)


@frozen
class Scale:
    """Bounded, ordered answers: from `low` to `high` in steps, or anything between them where `step` is None.

    Parameters
    ----------
    low, high
        The ends of the scale, both admitted.
    step
        Distance of neighbouring answers; None for real-valued answers.
    anchors
        What single points say in words; they play no part in whether two scales are equal.

    Raises
    ------
    ScaleError
        Ends that are not finite or not in order, or a step that does not divide the range.

    Examples
    --------
    >>> Scale.likert(7).reverse(2.0)
    6.0
    >>> Scale.likert(5).rescale(4.0, Scale.percent())
    75.0
    """

    low: float = field(converter=_real)
    high: float = field(converter=_real)
    step: float | None = field(default=1.0, converter=converters.optional(_real))
    anchors: tuple[Anchor, ...] = field(default=(), eq=False, converter=_anchors_of)

    def __attrs_post_init__(self) -> None:
        problems = [*self._order_problems(), *self._anchor_problems()]
        if problems:
            raise ScaleError(*problems)

    def _order_problems(self) -> list[Problem]:
        place, found = "scale", f"low {self.low:g}, high {self.high:g}, step {self.step}"
        if not (math.isfinite(self.low) and math.isfinite(self.high) and self.low < self.high):
            return [Problem(place, found, "low and high are finite and low lies below high")]
        if self.step is None:
            return []
        steps = self.span / self.step if self.step > 0 else 0.0
        if round(steps) < 1 or not math.isclose(steps, round(steps), abs_tol=1e-9):
            return [
                Problem(place, found, "the step is positive and divides the range", "step=None admits real numbers")
            ]
        return []

    def _anchor_problems(self) -> list[Problem]:
        off = [anchor.value for anchor in self.anchors if not bool(self.contains(anchor.value))]
        return [Problem("anchors", f"{value:g}", f"an anchor is a point of the scale {self}") for value in off]

    @classmethod
    def likert(cls, points: int, low: Label | str = "strongly disagree", high: Label | str = "strongly agree") -> Scale:
        """Return the agreement scale 1..points, the ends in words."""
        if points < 2:
            raise ScaleError(Problem("points", str(points), "a scale has at least two points"))
        first, last = (each if isinstance(each, Label) else _STRONGLY.get(each, Label(each)) for each in (low, high))
        return cls(1, points, anchors=(Anchor(1, first), Anchor(points, last)))

    @classmethod
    def zero_to_ten(cls) -> Scale:
        """Return the scale 0..10."""
        return cls(0, 10)

    @classmethod
    def percent(cls) -> Scale:
        """Return the real-valued scale 0..100."""
        return cls(0, 100, step=None)

    @classmethod
    def encounter(cls) -> Scale:
        """Return the scale −3..+3 of the encounter card; 0 is neutral."""
        return cls(-3, 3)

    @classmethod
    def yes_no(cls) -> Scale:
        """Return the scale 0/1 of checklists."""
        return cls(0, 1, anchors=(Anchor(0.0, Label("no", "否")), Anchor(1.0, Label("yes", "是"))))

    @property
    def span(self) -> float:
        """Distance from low to high: the largest gap there can be."""
        return self.high - self.low

    @property
    def midpoint(self) -> float:
        """The middle of the scale, which need not be one of its points."""
        return (self.low + self.high) / 2

    @property
    def is_whole(self) -> bool:
        """Whether every answer is a whole number."""
        return self.step is not None and self.step.is_integer() and self.low.is_integer()

    @property
    def points(self) -> tuple[float, ...]:
        """The answers in order; a real-valued scale has none to list.

        Raises
        ------
        ScaleError
            When the scale is real-valued.
        """
        if self.step is None:
            raise ScaleError(Problem(str(self), "no step", "only a scale with steps has points to list"))
        return tuple(self.low + self.step * number for number in range(round(self.span / self.step) + 1))

    def __str__(self) -> str:
        kind = "real-valued" if self.step is None else f"step {self.step:g}"
        return f"{self.low:g}..{self.high:g}" + ("" if self.step == 1 else f" ({kind})")

    def contains(self, values: object) -> Bools:
        """Return, for each value, whether it is an answer on this scale; missing (NaN) is not."""
        numbers = np.asarray(values, dtype=float)
        inside = (numbers >= self.low) & (numbers <= self.high)
        if self.step is not None:
            steps = (numbers - self.low) / self.step
            inside = inside & np.isclose(steps, np.round(steps), rtol=0, atol=1e-9)
        return np.asarray(inside)

    @overload
    def reverse(self, values: float) -> float: ...
    @overload
    def reverse(self, values: Floats) -> Floats: ...
    def reverse(self, values: float | Floats) -> float | Floats:
        """Return the values turned end for end: low + high − value."""
        return self.low + self.high - values

    @overload
    def rescale(self, values: float, to: Scale) -> float: ...
    @overload
    def rescale(self, values: Floats, to: Scale) -> Floats: ...
    def rescale(self, values: float | Floats, to: Scale) -> float | Floats:
        """Return the values carried over to another scale, the ends to the ends, in a straight line."""
        return to.low + (values - self.low) * to.span / self.span


_STRONGLY = {
    "strongly disagree": Label("strongly disagree", "非常不同意"),
    "strongly agree": Label("strongly agree", "非常同意"),
}
