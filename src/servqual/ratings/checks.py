"""The door of the ratings: numbers from whatever was passed, and what is wrong with them, with its places."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from servqual._arrays import AnyArray, Bools, Floats, Holder, freeze
from servqual.errors import Problem, RatingError, ScaleMismatchError, did_you_mean
from servqual.instruments import Level, Scale

_SHOWN = 5
_RULE = "ratings are one number or an array of numbers, missing = NaN"
_REMEDY = "turn texts into numbers first; of a rating pass its .values"


def as_numbers(values: npt.ArrayLike) -> Floats:
    """Return a read-only copy as floats, which nobody else can write to; what is masked becomes NaN."""
    try:
        given = np.asarray(values)
        if _numeric(given):
            numbers = np.array(given, dtype=np.float64)
            if isinstance(values, np.ma.MaskedArray):
                numbers[np.ma.getmaskarray(values)] = np.nan
            return freeze(numbers)
    except (TypeError, ValueError) as error:
        raise RatingError(Problem("values", f"no array of numbers ({error})", _RULE, _REMEDY)) from error
    raise RatingError(Problem("values", f"{values!r:.60}", _RULE, _REMEDY))


def _numeric(given: AnyArray) -> bool:
    if given.dtype.kind == "O":  # numpy would read the text "5" as a number, and a rating as its bare value
        return not any(isinstance(each, str | bytes | Holder) for each in given.flat)
    return given.dtype.kind in "biuf"


def as_level(level: Level | str) -> Level:
    """Return the level of that name."""
    try:
        return Level(level)
    except ValueError:
        hint = did_you_mean(str(level), Level)
        raise RatingError(Problem("level", repr(level), "a rating names one of the known levels", hint)) from None


def no_scale(scale: object) -> Iterator[Problem]:
    """What is wrong where something else stands in the place of a scale."""
    if not isinstance(scale, Scale):
        hint = "for instance Scale.likert(7)"
        yield Problem("scale", f"{scale!r:.60}", "a rating has the Scale of its answers", hint)


def no_standard(place: str, level: Level) -> Iterator[Problem]:
    """What is wrong with a level that no perception can be held against."""
    if not level.is_expectation:
        hint = f"one of {', '.join(each for each in Level if each.is_expectation)}"
        yield Problem(place, repr(level.value), "perceptions are held against the level of a standard", hint)


def off_scale(place: str, values: Floats, scale: Scale) -> Iterator[Problem]:
    """What is wrong with values that are no answers on the scale."""
    wrong = np.asarray(~(scale.contains(values) | np.isnan(values)))
    if not wrong.any():
        return
    outside = wrong & ((values < scale.low) | (values > scale.high))
    between = wrong & ~outside
    if outside.any():
        hint = "write NaN where there is no answer, or name the scale that was used"
        yield Problem(place, listed(values, outside, f"outside {scale}"), "answers lie on their scale", hint)
    if between.any():
        found = listed(values, between, f"between the points of {scale}")
        hint = f"means and other real numbers lie on Scale({scale.low:g}, {scale.high:g}, step=None)"
        yield Problem(place, found, "answers are points of their scale", hint)


def landed(values: Floats, scale: Scale) -> Floats:
    """Return the values with what floating-point arithmetic moved off the scale put back on it; nothing else moves."""
    if scale.step is not None:
        points = scale.low + np.round((values - scale.low) / scale.step) * scale.step
        values = np.where(np.isclose(points, values, rtol=0, atol=1e-9 * scale.step), points, values)
    return np.clip(values, scale.low, scale.high)


def check_meeting(place: str, one: tuple[Floats, Scale], other: tuple[Floats, Scale]) -> None:
    """Refuse ratings on different scales, and shapes that numpy cannot broadcast."""
    (values, scale), (others, other_scale) = one, other
    if scale != other_scale:
        rule = "ratings meet on one scale (same low, high and step)"
        hint = "carry both to one scale with .rescaled(to); a real-valued one such as Scale.percent() takes any answer"
        raise ScaleMismatchError(Problem(place, f"scales {scale} and {other_scale}", rule, hint))
    try:
        np.broadcast_shapes(values.shape, others.shape)
    except ValueError:
        rule = "shapes are equal, or broadcast as in numpy"
        hint = "one standard per item goes with perceptions of shape (respondents, items)"
        raise RatingError(Problem(place, f"shapes {values.shape} and {others.shape}", rule, hint)) from None


def first_positions(wrong: Bools) -> tuple[tuple[int, ...], ...]:
    """Return the first few positions, counted from 0, at which something is wrong."""
    found = np.flatnonzero(wrong)[:_SHOWN]
    return tuple(tuple(int(each) for each in np.unravel_index(place, wrong.shape)) for place in found)


def listed(values: Floats, wrong: Bools, what: str) -> str:
    """Return in words how many values are wrong, and where and what the first of them are."""
    if wrong.ndim == 0:
        return f"{float(values):.12g} {what}"
    shown = ", ".join(f"{list(place)} = {values[place]:.12g}" for place in first_positions(wrong))
    count = int(np.count_nonzero(wrong))
    return f"{count} of {wrong.size} {what}: {shown}{', …' if count > _SHOWN else ''}"
