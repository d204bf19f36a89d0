"""Where high satisfaction and high loyalty begin, given or by a rule, and which type that makes of each customer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from attrs import evolve, frozen

from servqual._arrays import Bools, Floats, Ints
from servqual.errors import Problem, did_you_mean
from servqual.errors.problems import unknown_word
from servqual.instruments import Scale
from servqual.satisfaction.gathering import Problems
from servqual.satisfaction.loyalty.words import RULES
from servqual.satisfaction.reported.intake import Gathered, on_scale

Cuts = Mapping[str, float] | Sequence[float] | str
Scales = Scale | Mapping[str, Scale] | None
AXES = ("satisfaction", "loyalty")
_RULES = tuple(rule for rule in RULES if rule != "given")


@frozen
class Thresholds:
    """Where high begins on both axes, and where the extremes do; at the threshold is high.

    Attributes
    ----------
    satisfaction, loyalty
        The lowest high answer of each.
    rule
        "given", "median", "mean" or "middle".
    apostle, terrorist
        At or above both are apostles, at or below both terrorists: satisfaction and loyalty.
    scales
        Of satisfaction and of loyalty.
    """

    satisfaction: float
    loyalty: float
    rule: str
    apostle: tuple[float, float]
    terrorist: tuple[float, float]
    scales: tuple[Scale, Scale]


def both_scales(given: Scales, found: Gathered, problems: Problems) -> tuple[Scale, Scale] | None:
    """Return the scales of satisfaction and loyalty: those given, or that of the survey."""
    made: list[Scale] = []
    if isinstance(given, Mapping):
        problems += [
            Problem("scale", f"no {axis!r}", "scales are named by axis", did_you_mean(axis, list(map(str, given))))
            for axis in AXES
            if axis not in given
        ]
        made = [given[axis] for axis in AXES if axis in given]
    elif given is not None:
        made = [given, given]
    elif found.scale is not None:
        made = [found.scale, found.scale]
    else:
        remedy = "say it: scale=Scale(1, 10), or scale={'satisfaction': …, 'loyalty': …}"
        problems.append(Problem("scale", "the data do not say", "thresholds lie on the scale of the answers", remedy))
    if len(made) < len(AXES):
        return None
    for axis, scale, values in zip(AXES, made, found.values.T, strict=False):
        # scores that are means of several answers lie between the points
        problems += on_scale(axis, values, evolve(scale, step=None, anchors=()), found.places)
    return made[0], made[1]


def thresholds_of(
    cuts: Cuts, extremes: Mapping[str, Sequence[float]] | None, scales: tuple[Scale, Scale], found: Gathered,
    problems: Problems,
) -> Thresholds | None:  # fmt: skip
    """Return where high begins; what is wrong is added to the problems, and None returned."""
    before = len(problems)
    values = _by_rule(cuts, scales, found, problems) if isinstance(cuts, str) else _given(cuts, problems)
    for axis, value, scale in zip(AXES, values, scales, strict=False):
        if not scale.low < value <= scale.high:
            rule = f"it lies above the lowest answer and within the scale {scale}, so that some are low and some high"
            problems.append(Problem(f"threshold of {axis}", f"{value:g}", rule))
    ends = {"apostle": [scale.high for scale in scales], "terrorist": [scale.low for scale in scales]}
    for name, pair in (extremes or {}).items():
        if name not in ends or np.shape(pair) != (len(AXES),):
            rule = "extremes are an apostle and a terrorist, each with satisfaction and loyalty"
            problems.append(Problem("extremes", f"{name}: {pair}", rule, "extremes={'apostle': (9, 9)}"))
        else:
            ends[name] = [float(each) for each in pair]
    if len(problems) > before:
        return None
    _check_extremes(ends, values, scales, problems)
    rule = cuts if isinstance(cuts, str) else "given"
    pairs = {name: (pair[0], pair[1]) for name, pair in ends.items()}
    return Thresholds(values[0], values[1], rule, pairs["apostle"], pairs["terrorist"], scales)


def types_of(values: Floats, cuts: Thresholds) -> Ints:
    """Return the position of each customer among the four types, −1 where an answer is missing; values (rows, 2)."""
    pleased, loyal = values[:, 0] >= cuts.satisfaction, values[:, 1] >= cuts.loyalty
    codes = np.select([pleased & loyal, pleased, loyal], [0, 1, 2], 3)
    return np.where(np.isnan(values).any(axis=1), -1, codes)


def extremes_of(values: Floats, cuts: Thresholds) -> tuple[Bools, Bools]:
    """Return who are apostles, and who terrorists."""
    high, low = (values >= cuts.apostle).all(axis=1), (values <= cuts.terrorist).all(axis=1)
    return np.asarray(high), np.asarray(low)


def weighted_median(values: Floats, weights: Floats) -> float:
    """Return the median: the value below and above which lies half of the weight, the middle of two such values."""
    order = np.argsort(values, kind="stable")
    ranked, sums = values[order], np.cumsum(weights[order])
    half = sums[-1] / 2
    lower, upper = np.searchsorted(sums, half), np.searchsorted(sums, half, side="right")
    return float((ranked[lower] + ranked[min(upper, ranked.size - 1)]) / 2)


def _given(cuts: Any, problems: Problems) -> list[float]:
    if isinstance(cuts, Mapping):
        for name in cuts:
            if name not in AXES:
                rule = "thresholds are of satisfaction and of loyalty"
                problems.append(unknown_word("thresholds", name, AXES, rule))
        pair: list[Any] = [cuts.get(axis) for axis in AXES]
    else:
        pair = list(cuts) if np.ndim(cuts) == 1 else [cuts]
    if len(pair) != len(AXES) or not all(isinstance(each, int | float) for each in pair):
        rule = f"there is one of satisfaction and one of loyalty, or a rule: {', '.join(_RULES)}"
        problems.append(Problem("thresholds", f"{cuts!r}", rule, "thresholds={'satisfaction': 8, 'loyalty': 8}"))
        return []
    return [float(each) for each in pair]


def _by_rule(rule: str, scales: tuple[Scale, Scale], found: Gathered, problems: Problems) -> list[float]:
    if rule not in _RULES:
        known = f"a rule is one of {', '.join(_RULES)}"
        problems.append(unknown_word("thresholds", rule, _RULES, known))
        return []
    if rule == "middle":
        return [(scale.low + scale.high) / 2 for scale in scales]
    whole = ~np.isnan(found.values[:, :2]).any(axis=1)
    if not whole.any():
        problems.append(Problem("answers", "nobody gave both", f"the {rule} is taken over those who did"))
        return []
    weights = np.ones(int(whole.sum())) if found.people.weights is None else found.people.weights[whole]
    columns = found.values[whole, :2].T
    if rule == "mean":
        return [float(weights @ column / weights.sum()) for column in columns]
    return [weighted_median(column, weights) for column in columns]


def _check_extremes(
    ends: Mapping[str, Sequence[float]], values: Sequence[float], scales: tuple[Scale, Scale], problems: Problems
) -> None:
    for place, (axis, cut, scale) in enumerate(zip(AXES, values, scales, strict=True)):
        apostle, terrorist = ends["apostle"][place], ends["terrorist"][place]
        if not cut <= apostle <= scale.high:
            rule = f"it lies between the threshold {cut:g} and the top of the scale, {scale.high:g}"
            problems.append(Problem(f"apostle, {axis}", f"{apostle:g}", rule))
        if not scale.low <= terrorist < cut:
            rule = f"it lies between the bottom of the scale, {scale.low:g}, and below the threshold {cut:g}"
            problems.append(Problem(f"terrorist, {axis}", f"{terrorist:g}", rule))
