"""Which answers are low and which are high: the cut points of penalty–reward contrasts, always named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from attrs import frozen

from servqual._arrays import Bools, Floats
from servqual.errors import Problem, did_you_mean
from servqual.errors.problems import unknown_word
from servqual.instruments import Scale
from servqual.labels import Label
from servqual.satisfaction.answer_columns import AnswerColumns, is_finite
from servqual.satisfaction.gathering import Problems

RULES = {
    "ends": Label("the ends of the scale", "量表两端"),
    "quartiles": Label("the quartiles of each item", "各题项的四分位数"),
    "sd": Label("one standard deviation about the mean of each item", "各题项均值上下一个标准差"),
}
GIVEN = Label("cut points that were given", "给定的分界点")


@frozen(eq=False)
class LowHigh:
    """The cut points of each item: low at the first or below, high at the second or above; shape (items,) each."""

    low: Floats
    high: Floats
    rule: Label

    def is_low(self, values: Floats) -> Bools:
        """Return which answers, shape (rows, items), are low."""
        return np.asarray(values <= self.low)

    def is_high(self, values: Floats) -> Bools:
        """Return which answers, shape (rows, items), are high."""
        return np.asarray(values >= self.high)


def cut_points(cuts: Any, columns: AnswerColumns, items: Sequence[str], problems: Problems) -> LowHigh | None:
    """Return the cut points of items; what is wrong is added to the problems, and None returned.

    Parameters
    ----------
    cuts
        Two numbers for all items, a mapping item → two numbers, or a rule: "ends", "quartiles" or "sd".
    columns
        Answers of those who take part, with the scale where it is known.
    items
        Which columns are items.
    """
    before = len(problems)
    if isinstance(cuts, str):
        pairs, rule = _by_rule(cuts, columns, items, problems), RULES.get(cuts, GIVEN)
    else:
        pairs, rule = _given(cuts, items, problems), GIVEN
    if pairs is None or len(problems) > before:
        return None
    for item, (low, high) in zip(items, pairs.tolist(), strict=True):
        if not low < high:
            found = f"low at {low:g}, high at {high:g}"
            remedy = "name cut points for it: cuts={item: (low, high)}"
            problems.append(Problem(f"cuts of {item}", found, "low lies below high", remedy))
    return LowHigh(pairs[:, 0], pairs[:, 1], rule)


def _by_rule(cuts: str, columns: AnswerColumns, items: Sequence[str], problems: Problems) -> Floats | None:
    if cuts not in RULES:
        rule = f"cut points are two numbers, a mapping item → two numbers, or one of {', '.join(RULES)}"
        problems.append(unknown_word("cuts", cuts, RULES, rule))
        return None
    values, weights = columns.columns(items), columns.people.weights
    if cuts == "ends":
        return _ends(columns.scale, len(items), problems)
    if cuts == "sd":
        mean = np.average(values, axis=0, weights=weights)
        sd = np.sqrt(np.average((values - mean) ** 2, axis=0, weights=weights))
        return np.stack([mean - sd, mean + sd], axis=1)
    return np.stack([_quartiles(column, weights) for column in values.T])


def _ends(scale: Scale | None, items: int, problems: Problems) -> Floats | None:
    if scale is None:
        remedy = "scale=Scale.likert(7), or cuts=(2, 6)"
        problems.append(Problem("cuts", "'ends', and no scale is known", "a scale has ends", remedy))
        return None
    return np.tile([scale.low, scale.high], (items, 1))


def _quartiles(values: Floats, weights: Floats | None) -> list[float]:
    """Return the least answers at which a quarter, and three quarters, of the respondents are reached."""
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(np.ones(values.size) if weights is None else weights[order])
    places = np.searchsorted(reached, np.array([0.25, 0.75]) * reached[-1] - 1e-9)
    return values[order][places].tolist()


def _given(cuts: Any, items: Sequence[str], problems: Problems) -> Floats | None:
    if isinstance(cuts, Mapping):
        for item in cuts:
            if item not in items:
                rule = "cut points are those of items"
                problems.append(Problem("cuts", f"no {item!r}", rule, did_you_mean(str(item), items)))
        lacking = [item for item in items if item not in cuts]
        if lacking:
            found = ", ".join(lacking[:4]) + (", …" if len(lacking) > 4 else "")
            problems.append(Problem("cuts", f"none for {found}", "every item has cut points"))
            return None
        pairs = [_pair(f"cuts of {item}", cuts[item], problems) for item in items]
    else:
        one = _pair("cuts", cuts, problems)
        pairs = [one] * len(items)
    return None if any(pair is None for pair in pairs) else np.array(pairs, dtype=np.float64)


def _pair(place: str, given: Any, problems: Problems) -> tuple[float, float] | None:
    good = isinstance(given, tuple | list) and len(given) == 2
    if not good or not all(map(is_finite, given)):
        rule = "two numbers: low at the first or below, high at the second or above"
        problems.append(Problem(place, f"{given!r:.40}", rule, "cuts=(2, 6)"))
        return None
    return float(given[0]), float(given[1])
