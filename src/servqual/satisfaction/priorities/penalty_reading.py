"""`penalty_reward`: what annoys where it is bad, and what pleases where it is good, told apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy.typing as npt
from attrs import evolve

from servqual.errors import Problem
from servqual.instruments import Scale
from servqual.labels import Label
from servqual.satisfaction.answer_columns import Beside, open_source, read_columns, refuse
from servqual.satisfaction.drawing import Rng
from servqual.satisfaction.driving.asking import name_problems
from servqual.satisfaction.driving.checks import row_problems
from servqual.satisfaction.gathering import Problems
from servqual.satisfaction.priorities.item_asking import asked_drawing
from servqual.satisfaction.priorities.item_gathering import OUTCOME, off_scale
from servqual.satisfaction.priorities.penalty_contrasts import Contrasts, Design
from servqual.satisfaction.priorities.penalty_cuts import cut_points
from servqual.satisfaction.priorities.penalty_results import PenaltyReward
from servqual.satisfaction.priorities.penalty_telling import Impacts, told_impacts
from servqual.statistics import WeightKind

Cuts = tuple[float, float] | Mapping[str, tuple[float, float]] | str


def penalty_reward(
    source: Any,
    outcome: str | npt.ArrayLike,
    items: Sequence[str],
    *,
    cuts: Cuts,
    scale: Scale | None = None,
    weights: str | npt.ArrayLike | None = None,
    weight_kind: WeightKind | str = WeightKind.SAMPLING,
    cluster: str | npt.ArrayLike | None = None,
    labels: Mapping[str, Label | str] | None = None,
    draws: int | None = None,
    rng: Rng = None,
    confidence: float = 0.95,
    progress: bool = False,
) -> PenaltyReward:
    """Penalty–reward contrast analysis (PRCA) and impact–asymmetry analysis: basic, performance and excitement factors.

    ``y = b₀ + Σ (p_j L_j + r_j H_j) + e``, with ``L_j = 1`` where item j was answered low and ``H_j = 1`` where high;
    answers between are what both are compared with. The penalty ``p_j`` is expected at zero or below, the reward
    ``r_j`` at zero or above. Range of impact ``RIOCS = r + |p|``, asymmetry ``IA = (r − |p|) / RIOCS``, −1 to 1.

    Parameters
    ----------
    source
        A data frame, a mapping name → values, an array (rows, items), or a `Survey`.
    outcome, items
        As of `drivers`: overall satisfaction, and the items that are rated.
    cuts
        Which answers are low and high: two numbers, as ``(2, 6)`` for at most 2 and at least 6; a mapping item → two
        numbers; or a rule: "ends" (of the scale), "quartiles" (of the answers to each item) or "sd" (one standard
        deviation about their mean).
    scale
        Of the items, for "ends"; a survey has its own.
    weights, weight_kind, cluster, labels, draws, rng, confidence, progress
        As of `drivers`.

    Returns
    -------
    PenaltyReward
        With intervals, classes and the share of resamples in each class.

    Raises
    ------
    DriverError
        All problems at once, as of `drivers`; also cut points that are not in order, or lacking for an item.

    Notes
    -----
    A number that nobody's answers tell is inapplicable: the penalty where nobody answered low. Cut points of a rule are
    those of the answers themselves in all resamples.

    References
    ----------
    Brandt 1987, in Surprenant (ed), Add Value to Your Service, American Marketing Association, 61-65; Mikulić &
    Prebežac 2008, Managing Service Quality 18(6):559-576; Anderson & Mittal 2000, Journal of Service Research
    3(2):107-120.

    Examples
    --------
    >>> import numpy as np
    >>> rng = np.random.default_rng(1)
    >>> wait, gift = rng.integers(1, 6, (2, 900))
    >>> y = 1.0 * (gift >= 4) - 1.0 * (wait <= 2) + rng.normal(size=900)
    >>> found = penalty_reward({"y": y, "wait": wait, "gift": gift}, "y", ["wait", "gift"], cuts=(2, 4), rng=1)
    >>> str(found["wait"].factor), str(found["gift"].factor)
    ('basic', 'excitement')
    """
    problems: Problems = []
    many = asked_drawing(draws, rng, confidence, problems)
    named = outcome if isinstance(outcome, str) else OUTCOME
    problems += name_problems(named, list(items), (), what="items")
    opened = open_source(source, items)
    wanted = dict.fromkeys(items) | {named: None if isinstance(outcome, str) else outcome}
    columns = read_columns(opened, wanted, Beside(weights, weight_kind, cluster, labels), problems)
    refuse(problems if columns is None else [])
    assert columns is not None  # noqa: S101 - what is missing was refused
    if opened.survey is None:
        columns = evolve(columns, scale=scale)
    whole = evolve(columns.complete(), rows=columns.rows)
    problems += off_scale("items", tuple(items), whole.columns(items), whole.scale)
    problems += row_problems(whole, 2 * len(items), columns.rows, "contrasts")
    low_high = cut_points(cuts, whole, tuple(items), problems) if len(whole.values) and items else None
    refuse(problems)
    assert low_high is not None  # noqa: S101 - as above
    design = Design.of(whole, tuple(items), low_high)
    refuse(_without_contrasts(design))
    point = design.point(whole)
    drawn = design.drawn(whole, many, rng, progress=progress) if many else point.taken(0)
    refuse(_unsolved(point))
    return told_impacts(Impacts(whole, tuple(items), low_high, design, point, drawn, many, confidence))


def _without_contrasts(design: Design) -> Problems:
    if design.table.shape[1] > 1:
        return []
    rule = "of some item, some answers are low or high, and some are not"
    return [Problem("cuts", "no item has answers on both sides of a cut", rule, "choose other cut points")]


def _unsolved(point: Contrasts) -> Problems:
    if len(point.penalty):
        return []
    rule = "low and high answers of items can be told apart"
    remedy = "take fewer items, leave out one that goes with others, or choose other cut points"
    return [Problem("cuts", "contrasts that follow from others", rule, remedy)]
