"""Where the two axes of importance and performance are cut."""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import frozen

from servqual._arrays import Floats
from servqual.errors import Problem
from servqual.errors.problems import unknown_word
from servqual.instruments import Scale
from servqual.labels import Label
from servqual.satisfaction.answer_columns import is_finite
from servqual.satisfaction.gathering import Problems
from servqual.satisfaction.priorities.quadrant_words import GIVEN, QuadrantCut

_AXES = ("performance", "importance")


@frozen
class AxisCut:
    """The cut of one axis: by a rule that follows the items, or at a number."""

    rule: QuadrantCut | None
    number: float | None

    @property
    def label(self) -> Label:
        """The rule in English and Chinese."""
        return GIVEN if self.rule is None else self.rule.label

    def at(self, values: Floats) -> Floats:
        """Return where the axis is cut in each draw, shape (draws, 1), of values (draws, items)."""
        if self.number is not None:
            return np.full((len(values), 1), self.number)
        if self.rule is QuadrantCut.MEAN:
            return np.asarray(values.mean(axis=1, keepdims=True))
        return np.asarray(np.median(values, axis=1, keepdims=True))


def axis_cuts(cut: Any, scales: tuple[Scale | None, Scale | None], problems: Problems) -> tuple[AxisCut, ...]:
    """Return the cuts of performance and importance, from one rule for both or a pair; problems are added.

    Parameters
    ----------
    cut
        "scale", "mean", "median" or a number; or two of these.
    scales
        Of performance and importance; None where there is none.
    """
    pair = cut if isinstance(cut, tuple | list) else (cut, cut)
    if len(pair) != 2:
        rule, remedy = "a cut is one rule, or a pair: of performance and of importance", 'cut=("scale", "mean")'
        problems.append(Problem("cut", f"{len(pair)} rules", rule, remedy))
        return ()
    return tuple(_axis(axis, each, scale, problems) for axis, each, scale in zip(_AXES, pair, scales, strict=True))


def _axis(axis: str, cut: Any, scale: Scale | None, problems: Problems) -> AxisCut:
    place = f"cut of {axis}"
    if is_finite(cut):
        if scale is not None and not scale.low <= cut <= scale.high:
            rule = f"a cut lies on the scale {scale.low:g}..{scale.high:g}"
            problems.append(Problem(place, f"{cut:g}", rule))
        return AxisCut(None, float(cut))
    if cut not in set(QuadrantCut):
        rule = f"it is one of {', '.join(QuadrantCut)}, or a number"
        problems.append(unknown_word(place, cut, QuadrantCut, rule))
        return AxisCut(QuadrantCut.MEAN, None)
    rule_of = QuadrantCut(cut)
    if rule_of is not QuadrantCut.SCALE:
        return AxisCut(rule_of, None)
    if scale is None:
        remedy = 'pass the scale, or another rule, as cut=("scale", "mean")'
        problems.append(Problem(place, "'scale', and none is known", "a scale has a middle", remedy))
        return AxisCut(rule_of, 0.0)
    return AxisCut(rule_of, scale.midpoint)
