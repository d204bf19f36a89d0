"""`Standard`: what customers ask, made measurable."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Self

import numpy as np
from attrs import field, frozen

from servqual._arrays import Bools, Floats
from servqual.errors import Problem, StandardsError, did_you_mean
from servqual.instruments import Scale
from servqual.labels import Label, as_label
from servqual.operations.given_columns import rows_of
from servqual.operations.standards.words import StandardKind
from servqual.operations.wanted import is_number

_ONE_SIDED = (StandardKind.TIME, StandardKind.COUNT)


def _kind(value: Any) -> StandardKind:
    if value not in set(StandardKind):
        rule, remedy = "standards are of time, count, amount or scale", did_you_mean(str(value), list(StandardKind))
        raise StandardsError(Problem("kind", repr(value), rule, remedy))
    return StandardKind(value)


def _names(value: str | Iterable[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _label_or_none(value: Label | str | None) -> Label | None:
    return None if value is None else as_label(value)


@frozen(kw_only=True)
class Standard:
    """A standard that customers define: limits of one measure, and the share of cases that is to keep them.

    "Answer the phone fast" becomes "within three rings, nine times of ten". Hard standards are timed or counted, soft
    ones are what customers say on a scale; a case conforms where ``low ≤ value ≤ high``, both limits included.

    Parameters
    ----------
    key
        Its short name: the column of its values, where no other is named.
    kind
        "time", "count", "amount" or "scale".
    low, high
        Limits, one or both, in `unit`.
    target
        The share of cases that is to keep the limits, above 0 and at most 1.
    unit
        Of values and limits, in words.
    scale
        Of a soft standard, the scale of its answers.
    dimensions
        Keys of the dimensions of service quality that it serves.
    requirement
        What customers asked, in their words.
    label
        What it is called; by default its key.

    Raises
    ------
    StandardsError
        All at once: no limit, limits the wrong way round or below zero where nothing is, a target that is no share, a
        soft standard without its scale or off it.

    References
    ----------
    Zeithaml, Bitner & Gremler 2018, Services Marketing, 7th ed., McGraw-Hill, chapter 9 (hard and soft standards).

    Examples
    --------
    >>> Standard(key="phone", kind="count", high=3, target=0.9, unit="rings", dimensions="responsiveness")
    <Standard phone: at most 3 rings in 90% of cases>
    """

    key: str
    kind: StandardKind = field(converter=_kind)
    low: float | None = None
    high: float | None = None
    target: float = 0.95
    unit: Label | None = field(default=None, converter=_label_or_none)
    scale: Scale | None = None
    dimensions: tuple[str, ...] = field(default=(), converter=_names)
    requirement: Label | None = field(default=None, converter=_label_or_none)
    label: Label = field(default=None, converter=_label_or_none)

    def __attrs_post_init__(self) -> None:
        problems = [*self._of_names(), *self._of_limits(), *self._of_scale()]
        if problems:
            raise StandardsError(*problems)
        if self.label is None:
            object.__setattr__(self, "label", Label(self.key))

    @classmethod
    def soft(cls, key: str, scale: Scale, *, low: float, **given: Any) -> Self:
        """Return a soft standard: answers at or above a point of a scale."""
        return cls(key=key, kind=StandardKind.SCALE, low=low, scale=scale, **given)

    @property
    def hard(self) -> bool:
        """Whether it is timed or counted rather than perceived."""
        return self.kind.hard

    def __repr__(self) -> str:
        return f"<Standard {self.key}: {self.limits.en} in {100 * self.target:.4g}% of cases>"

    @property
    def limits(self) -> Label:
        """The limits in words, with their unit."""
        unit = "" if self.unit is None else f" {self.unit.en}"
        unit_zh = "" if self.unit is None else f" {self.unit.text('zh')}"
        if self.low is None:
            return Label(f"at most {self.high:g}{unit}", f"至多 {self.high:g}{unit_zh}")
        if self.high is None:
            return Label(f"at least {self.low:g}{unit}", f"至少 {self.low:g}{unit_zh}")
        return Label(f"{self.low:g} to {self.high:g}{unit}", f"{self.low:g} 至 {self.high:g}{unit_zh}")

    def conforms(self, values: Floats) -> Bools:
        """Return which values keep the limits; a missing one does not."""
        kept = ~np.isnan(values)
        if self.low is not None:
            kept &= values >= self.low
        if self.high is not None:
            kept &= values <= self.high
        return np.asarray(kept)

    def check_values(self, place: str, values: Floats) -> Iterator[Problem]:
        """Yield what is wrong with values: times and counts below zero, broken counts, answers off the scale."""
        known = ~np.isnan(values)
        if self.kind in _ONE_SIDED and (bad := known & (values < 0)).any():
            noun = "a time" if self.kind is StandardKind.TIME else "a count"
            yield Problem(place, f"{int(bad.sum())} below zero: {rows_of(bad)}", f"{noun} is zero or more")
        if self.kind is StandardKind.COUNT and (bad := known & (np.rint(values) != values)).any():
            remedy = "kind='amount' for what is measured"
            yield Problem(place, f"{int(bad.sum())} not whole: {rows_of(bad)}", "counts are whole numbers", remedy)
        if self.scale is not None and (bad := known & ~self.scale.contains(values)).any():
            found = f"{int(bad.sum())} off the scale: {values[bad][0]:g} in {rows_of(bad)}"
            yield Problem(place, found, f"answers are on the scale {self.scale}")

    def _of_names(self) -> Iterator[Problem]:
        if not _is_name(self.key):
            yield Problem("key", repr(self.key), "a standard has a short name")
        if not (is_number(self.target) and 0 < self.target <= 1):
            remedy = f"pass {self.target / 100:g}" if is_number(self.target) and 1 < self.target <= 100 else ""
            yield Problem("target", f"{self.target!r}", "it is a share above 0 and at most 1", remedy)
        twice = [name for name in dict.fromkeys(self.dimensions) if self.dimensions.count(name) > 1]
        for name in twice:
            yield Problem("dimensions", f"{name!r} twice", "each is named once")

    def _of_limits(self) -> Iterator[Problem]:
        given = {name: value for name, value in (("low", self.low), ("high", self.high)) if value is not None}
        for name, value in given.items():
            if not is_number(value):
                yield Problem(name, repr(value), "a limit is a finite number, None where there is none")
            elif self.kind in _ONE_SIDED and value < 0:
                yield Problem(name, f"{value:g}", f"a {self.kind} is zero or more")
        if not given:
            yield Problem("limits", "none", "a standard has a limit, low=, high= or both")
        if len(given) == 2 and all(map(is_number, given.values())) and given["low"] > given["high"]:
            found = f"low {self.low:g}, high {self.high:g}"
            yield Problem("limits", found, "the low limit is not above the high one", "they may be the wrong way round")

    def _of_scale(self) -> Iterator[Problem]:
        if self.hard and self.scale is not None:
            yield Problem("scale", str(self.scale), f"a standard of {self.kind} has none", "kind='scale'")
        if not self.hard and self.scale is None:
            yield Problem("scale", "none", "a soft standard names the scale of its answers", "scale=Scale.likert(7)")
        for name, value in (("low", self.low), ("high", self.high)):
            if self.scale is not None and _is_off(value, self.scale):
                yield Problem(name, f"{value:g}", f"the limit lies on the scale {self.scale}")


def _is_name(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_off(value: Any, scale: Scale) -> bool:
    return is_number(value) and not scale.low <= value <= scale.high
