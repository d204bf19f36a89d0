"""From what a caller names to items that can be weighed: what readings of items share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy.typing as npt
from attrs import frozen

from servqual.errors import Problem, did_you_mean
from servqual.instruments import Level, Scale
from servqual.satisfaction.answer_columns import Beside, open_source, refuse
from servqual.satisfaction.drawing import Rng, draws_asked
from servqual.satisfaction.driving.asking import USUAL_ORDERINGS, seeds
from servqual.satisfaction.driving.checks import weighing_problems
from servqual.satisfaction.gathering import Problems, attempt
from servqual.satisfaction.opened_sources import Opened
from servqual.satisfaction.priorities.item_evidence import Weighing
from servqual.satisfaction.priorities.item_gathering import (
    IMPORTANCE,
    OUTCOME,
    PERFORMANCE,
    STANDARD,
    gathered,
    items_of,
    off_scale,
    stated_importance,
    stated_level,
)
from servqual.statistics._arguments import check_confidence
from servqual.statistics.importance import MOST, ImportanceMethod
from servqual.statistics.resample_counts import check_draws

_WAYS = ("stated", "derived")


@frozen(eq=False)
class ItemAsk:
    """What was named: where answers are, and how items are weighed."""

    items: Sequence[str] | None
    performance: Any
    importance: str
    stated: Any
    standard: Any
    outcome: str | npt.ArrayLike | None
    method: ImportanceMethod | str
    scale: Scale | None
    importance_scale: Scale | None
    rng: Rng = None


@frozen(eq=False)
class ItemAsked:
    """Items that can be weighed, their scales, and the problems found so far."""

    weighing: Weighing | None
    scale: Scale | None
    importance_scale: Scale | None
    method: ImportanceMethod | None


def weighable(source: Any, ask: ItemAsk, beside: Beside, problems: Problems) -> ItemAsked:
    """Return items that can be weighed; what is wrong is added to the problems."""
    names = ask.items if ask.items is not None and not isinstance(ask.items, str) else ()
    opened = open_source(source, names)
    items = items_of(opened, ask.items, ask.performance, problems)
    method = _method(ask, problems)
    scale = _scale(opened, ask, problems)
    scales = scale, _importance_scale(opened, ask, scale) if method is None else None
    roles = _roles(opened, items, ask, method, problems)
    found = gathered(opened, items, roles, beside, problems) if items and roles is not None else None
    if found is None:
        return ItemAsked(None, *scales, method)
    for role, each in ((PERFORMANCE, scales[0]), (IMPORTANCE, scales[1]), (STANDARD, scales[0])):
        if role in found.roles:
            problems += off_scale(role, found.items, found.of(role), each)
    sampled = method is ImportanceMethod.LMG and len(found.items) > MOST
    if method is not None:
        if sampled:
            _check_sampling(found.items, ask.rng, problems)
        problems += (
            []
            if OUTCOME not in found.roles
            else weighing_problems(found.columns, (*found.roles[PERFORMANCE], *found.roles[OUTCOME]))
        )
    seed = seeds(ask.rng)[0] if sampled and not problems else None
    return ItemAsked(Weighing(found, method, seed), *scales, method)


def asked_drawing(draws: int | None, rng: Rng, confidence: float, problems: Problems) -> int:
    """Return how many resamples are drawn; what is wrong with options of resampling is added to the problems."""
    attempt(problems, check_confidence, confidence)
    return attempt(problems, draws_asked, draws, rng) or 0


def settled(found: ItemAsked, problems: Problems) -> Weighing:
    """Raise where there are problems, else return the items."""
    refuse(problems)
    assert found.weighing is not None  # noqa: S101 - what is missing was refused
    return found.weighing


def _method(ask: ItemAsk, problems: Problems) -> ImportanceMethod | None:
    """Return how importance is derived; None where it is stated."""
    if ask.importance not in _WAYS:
        rule, hint = "importance is stated or derived", did_you_mean(str(ask.importance), _WAYS)
        problems.append(Problem("importance", repr(ask.importance), rule, hint))
        return None
    if ask.importance == "stated":
        if ask.outcome is not None:
            rule = "an outcome is what importance is derived from"
            problems.append(Problem("outcome", "given, with stated importance", rule, 'importance="derived"'))
        return None
    if ask.stated is not None:
        rule = "columns of importance are for stated importance"
        problems.append(Problem("stated", "given, with derived importance", rule, 'importance="stated"'))
    if ask.outcome is None:
        rule, remedy = "importance is derived from an outcome", "name a column of overall satisfaction: outcome=…"
        problems.append(Problem("outcome", "none", rule, remedy))
    return attempt(problems, ImportanceMethod, ask.method) or ImportanceMethod.LMG


def _check_sampling(items: Sequence[str], rng: Rng, problems: Problems) -> None:
    """Add what is wrong with drawing orderings of many items."""
    if rng is not None:
        attempt(problems, check_draws, USUAL_ORDERINGS, rng)
        return
    rule = f"lmg forms all subsets of {MOST} items at most; of more it draws orderings, which takes a seed"
    problems.append(Problem("method", f"lmg, with {len(items)} items", rule, 'rng=1, or method="relative_weights"'))


def _scale(source: Opened, ask: ItemAsk, problems: Problems) -> Scale | None:
    for place, given in (("scale", ask.scale), ("importance_scale", ask.importance_scale)):
        if given is not None and not isinstance(given, Scale):
            problems.append(Problem(place, repr(given), "it is a Scale", "Scale.likert(7)"))
    if source.survey is not None and ask.scale is not None and ask.scale != source.scale:
        rule = "a survey has its own scale"
        problems.append(Problem("scale", f"{ask.scale}, beside a survey", rule))
    return source.scale if source.survey is not None else ask.scale if isinstance(ask.scale, Scale) else None


def _importance_scale(source: Opened, ask: ItemAsk, scale: Scale | None) -> Scale | None:
    given = ask.importance_scale if isinstance(ask.importance_scale, Scale) else None
    return given if given is not None or source.survey is not None else scale


def _roles(
    source: Opened, items: Sequence[str], ask: ItemAsk, method: ImportanceMethod | None, problems: Problems
) -> dict[str, Any] | None:
    """Return where the columns of each role are."""
    survey, before = source.survey, len(problems)
    roles: dict[str, Any] = {PERFORMANCE: ask.performance}
    if survey is not None and ask.performance is not None:
        rule = "a survey's performance is its perceptions"
        problems.append(Problem("performance", "given beside a survey", rule, "name items=[…]"))
    if ask.standard is not None:
        level = ask.standard if isinstance(ask.standard, str) and ask.standard in set(Level) else None
        roles[STANDARD] = ask.standard
        if survey is not None and level is not None:
            roles[STANDARD] = attempt(problems, stated_level, survey, Level(level), items)
    if method is not None:
        roles |= {} if ask.outcome is None else {OUTCOME: ask.outcome}
    elif survey is not None and ask.stated is None:
        roles[IMPORTANCE] = stated_importance(survey, items, problems)
    elif ask.stated is None:
        rule, remedy = "stated importance has columns", 'stated="imp_{key}", or importance="derived" with outcome=…'
        problems.append(Problem("stated", "none", rule, remedy))
    else:
        roles[IMPORTANCE] = ask.stated
    return roles if len(problems) == before else None
