"""`Faults`: what was found off the scale in one column, and the sentence that says it."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from attrs import define, field

from servqual._arrays import AnyArray
from servqual.errors import Problem
from servqual.instruments import Scale

SHOWN = 3


@define
class Faults:
    """What was found wrong in one column while it was turned into codes."""

    count: int = 0
    first: list[tuple[int, float]] = field(factory=list)

    def add(self, rows: AnyArray, values: AnyArray) -> None:
        """Count these, and keep the first few to show."""
        self.count += len(rows)
        room = SHOWN - len(self.first)
        self.first += [(int(row), _plain(value)) for row, value in zip(rows[:room], values[:room], strict=True)]

    def problem(self, place: str, scale: Scale, who: Callable[[int], str] = "row {}".format) -> Problem:
        """Return the one sentence that says all of it; `who` says what a row, counted from 0, is called."""
        shown = ", ".join(f"{who(row)} = {_exactly(value)}" for row, value in self.first)
        more = ", …" if self.count > len(self.first) else ""
        answers = "1 answer" if self.count == 1 else f"{self.count} answers"
        kind = (
            "whole numbers" if scale.step == 1 else "real numbers" if scale.step is None else f"steps of {scale.step:g}"
        )
        rule = f"answers are {kind} in {scale.low:g}..{scale.high:g}"
        return Problem(place, f"{answers} off the scale: {shown}{more}", rule, _remedy(self.first[0][1], scale))


def _plain(value: np.generic) -> float:
    """Return a number as it prints: a float32 of 2.1 as 2.1, not as the nearest float64."""
    given = value.item()
    return given if isinstance(given, int) or given.is_integer() else float(str(value))


def _exactly(value: float) -> str:
    """Return a number as it may be searched for in the data: all digits of a whole one, a fraction in full."""
    whole = isinstance(value, int) or (value.is_integer() and abs(value) <= _EXACT)
    return str(int(value)) if whole else repr(value)


def _remedy(value: float, scale: Scale) -> str:
    if value in _NAN_CAST_TO_INTEGER:
        return "this is what NaN becomes when it is cast to an integer: keep such a column as floats"
    if not math.isfinite(value):
        return "leave blank what was not answered"
    if scale.low < value < scale.high:
        return "round such answers, or give the instrument a scale with step=None, which admits real numbers"
    return f"if {_exactly(value)} means 'no answer', pass missing=({_exactly(value)},)"


_EXACT = 2.0**63  # where whole floats are written as such: up to the ends of int64
_NAN_CAST_TO_INTEGER = {float(np.iinfo(dtype).min) for dtype in (np.int8, np.int16, np.int32, np.int64)}
