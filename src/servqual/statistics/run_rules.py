"""Rules by which a control chart signals: one point beyond its limits, and runs that chance hardly makes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum

import numpy as np
from attrs import frozen

from servqual._arrays import Bools, Floats
from servqual.errors import ArgumentError, Problem, did_you_mean
from servqual.labels import Label


class ControlRule(StrEnum):
    """What counts as a signal; the sigma is that of the mean of a period, sides are those of the centre line.

    BEYOND
        One point beyond the limits (Shewhart; Nelson's test 1).
    NINE_ON_ONE_SIDE
        Nine in a row on one side (Nelson 2; Western Electric takes eight).
    SIX_IN_ONE_DIRECTION
        Six in a row, each above the one before, or each below it (Nelson 3).
    FOURTEEN_ALTERNATING
        Fourteen in a row, up and down in turn (Nelson 4).
    TWO_OF_THREE
        Two of three in a row beyond two sigma on one side (Nelson 5).
    FOUR_OF_FIVE
        Four of five in a row beyond one sigma on one side (Nelson 6).
    FIFTEEN_WITHIN
        Fifteen in a row within one sigma of the centre line (Nelson 7): limits that are too wide.
    EIGHT_OUTSIDE
        Eight in a row beyond one sigma, some on either side (Nelson 8).
    SMOOTHED
        The exponentially weighted mean beyond its own limits (Roberts).

    References
    ----------
    Shewhart 1931, Economic Control of Quality of Manufactured Product, Van Nostrand; Nelson 1984, Journal of Quality
    Technology 16(4):237-239; Western Electric 1956, Statistical Quality Control Handbook; Roberts 1959, Technometrics
    1(3):239-250.
    """

    BEYOND = "beyond"
    NINE_ON_ONE_SIDE = "nine_on_one_side"
    SIX_IN_ONE_DIRECTION = "six_in_one_direction"
    FOURTEEN_ALTERNATING = "fourteen_alternating"
    TWO_OF_THREE = "two_of_three"
    FOUR_OF_FIVE = "four_of_five"
    FIFTEEN_WITHIN = "fifteen_within"
    EIGHT_OUTSIDE = "eight_outside"
    SMOOTHED = "smoothed"

    @property
    def label(self) -> Label:
        """The rule in English and Chinese."""
        return _LABELS[self]


_LABELS = {
    ControlRule.BEYOND: Label("beyond the limits", "超出控制限"),
    ControlRule.NINE_ON_ONE_SIDE: Label("nine in a row on one side", "连续九点在中心线同侧"),
    ControlRule.SIX_IN_ONE_DIRECTION: Label("six in a row in one direction", "连续六点递增或递减"),
    ControlRule.FOURTEEN_ALTERNATING: Label("fourteen in a row up and down in turn", "连续十四点上下交替"),
    ControlRule.TWO_OF_THREE: Label("two of three beyond two sigma", "连续三点中两点超出两倍标准差"),
    ControlRule.FOUR_OF_FIVE: Label("four of five beyond one sigma", "连续五点中四点超出一倍标准差"),
    ControlRule.FIFTEEN_WITHIN: Label("fifteen in a row within one sigma", "连续十五点在一倍标准差以内"),
    ControlRule.EIGHT_OUTSIDE: Label("eight in a row beyond one sigma on both sides", "连续八点在两侧超出一倍标准差"),
    ControlRule.SMOOTHED: Label("smoothed mean beyond its limits", "平滑均值超出其控制限"),
}
# What a smoothed mean signals needs no naming: it is asked for with the smoothing itself.
NAMED = tuple(rule for rule in ControlRule if rule is not ControlRule.SMOOTHED)
USUAL = (ControlRule.BEYOND, ControlRule.NINE_ON_ONE_SIDE)


@frozen(eq=False)
class Points:
    """Points of a chart as rules see them, each of shape (periods,): NaN where there is none, which ends a run.

    Attributes
    ----------
    value
        Means.
    side
        Below zero, zero or above, as the mean is below, on or above the centre line.
    z
        Distance from the centre line in sigmas of the mean.
    sigmas
        How far the limits lie.
    """

    value: Floats
    side: Floats
    z: Floats
    sigmas: float = 3.0


def rules_of(given: Iterable[ControlRule | str]) -> tuple[ControlRule, ...]:
    """Return rules by name, each once.

    Raises
    ------
    ArgumentError
        Names that no rule has.
    """
    names = [given] if isinstance(given, str) else list(given)
    unknown = [str(name) for name in names if name not in NAMED]
    rule = "rules are named as in ControlRule"
    if unknown:
        raise ArgumentError(*(Problem("rules", repr(name), rule, _meant(name)) for name in unknown))
    return tuple(dict.fromkeys(ControlRule(name) for name in names))


def _meant(name: str) -> str:
    return "pass ewma=0.2" if name == ControlRule.SMOOTHED else did_you_mean(name, NAMED)


def signals(points: Points, rule: ControlRule) -> Bools:
    """Return at which points a rule signals: those that complete what it looks for, shape (periods,)."""
    return _SEEN[rule](points)


def _on_one_side(points: Points) -> Bools:
    return _run(points.side > 0, 9) | _run(points.side < 0, 9)


def _in_one_direction(points: Points) -> Bools:
    step = _steps(points.value)
    return _run(step > 0, 5) | _run(step < 0, 5)


def _alternating(points: Points) -> Bools:
    step = _steps(points.value)
    turned = np.zeros(step.shape, np.bool_)
    turned[1:] = step[1:] * step[:-1] < 0
    return _run(turned, 12)


def _outside(points: Points) -> Bools:
    """Return where eight are far from the centre line, though not all of them on one side."""
    z = points.z
    return _run(np.abs(z) > 1, 8) & ~_run(z > 1, 8) & ~_run(z < -1, 8)


_SEEN: Mapping[ControlRule, Callable[[Points], Bools]] = {
    ControlRule.BEYOND: lambda points: np.abs(points.z) > points.sigmas,
    ControlRule.NINE_ON_ONE_SIDE: _on_one_side,
    ControlRule.SIX_IN_ONE_DIRECTION: _in_one_direction,
    ControlRule.FOURTEEN_ALTERNATING: _alternating,
    ControlRule.TWO_OF_THREE: lambda points: _most(points.z > 2, 2, 3) | _most(points.z < -2, 2, 3),
    ControlRule.FOUR_OF_FIVE: lambda points: _most(points.z > 1, 4, 5) | _most(points.z < -1, 4, 5),
    ControlRule.FIFTEEN_WITHIN: lambda points: _run(np.abs(points.z) < 1, 15),
    ControlRule.EIGHT_OUTSIDE: _outside,
}


def _steps(values: Floats) -> Floats:
    """Return by how much each point lies above the one before, NaN at the first."""
    steps = np.full(values.shape, np.nan)
    steps[1:] = np.diff(values)
    return steps


def _run(holds: Bools, length: int) -> Bools:
    """Return where something has held at so many points in a row, up to and with this one."""
    return _most(holds, length, length)


def _most(holds: Bools, least: int, window: int) -> Bools:
    """Return where something holds, and has held at so many of the last points of a window."""
    total = np.concatenate([np.zeros(window, np.int64), np.cumsum(holds)])
    return holds & (total[window:] - total[: len(holds)] >= least)
