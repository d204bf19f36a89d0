"""A Kano study in two surveys of one instrument."""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import frozen

from servqual._arrays import Floats
from servqual.errors import Problem
from servqual.intake import Grouping
from servqual.ratings import Over
from servqual.satisfaction.delight.coding import Coding, KanoCoding, check_kano
from servqual.satisfaction.delight.columns import HALVES
from servqual.satisfaction.delight.intake import KanoParts, coded_pairs
from servqual.satisfaction.gathering import Problems
from servqual.statistics import WeightKind
from servqual.survey import Survey


def given_surveys(functional: Survey, dysfunctional: Survey, coding: Coding) -> KanoParts:
    """Return the parts of a study that two surveys of one instrument hold.

    Raises
    ------
    KanoError
        Everything that is wrong with them, at once.
    """
    problems: Problems = []
    both = dict(zip(HALVES, (functional, dysfunctional), strict=True))
    code = KanoCoding.of(coding, {}, (), problems)
    for half, survey in both.items():
        problems += _unfit(half, survey)
    if not problems:
        problems += _unlike(functional, dysfunctional)
    check_kano(problems)
    names = functional.instrument.item_keys
    columns = {
        half: [
            (f"{half} answer to {name}", each)
            for name, each in zip(names, survey.level(survey.levels[0]).numbers(), strict=True)
        ]
        for half, survey in both.items()
    }
    pairs = coded_pairs(columns, code, problems)
    sides = _Sides.of(functional, dysfunctional, problems)
    check_kano(problems)
    return KanoParts(
        functional.instrument, pairs, sides.weights, sides.weight_kind, sides.groups, sides.importance,
        functional.backend,
    )  # fmt: skip


def _unfit(half: str, survey: object) -> list[Problem]:
    if not isinstance(survey, Survey):
        return [
            Problem(half, f"a {type(survey).__name__}", "it is a Survey", "from_frame or from_arrays take the rest")
        ]
    problems = []
    if len(survey.levels) != 1:
        found = f"levels {', '.join(survey.levels)}"
        problems.append(Problem(half, found, "a survey of one half has one level", "kano_instrument makes such ones"))
    turned = [item.key for item in survey.instrument.items if item.reverse]
    if turned:
        found = f"reversed items {', '.join(turned[:4])}{', …' if len(turned) > 4 else ''}"
        problems.append(Problem(half, found, "Kano answers are not turned end for end", "define it without reverse="))
    if survey.cluster is not None:
        rule = "respondents of a Kano study count as independent of each other"
        problems.append(Problem(half, f"cluster {survey.cluster.name!r}", rule, "read the survey without cluster="))
    return problems


def _unlike(one: Survey, other: Survey) -> list[Problem]:
    problems = []
    if one.instrument.item_keys != other.instrument.item_keys:
        odd = sorted(set(one.instrument.item_keys) ^ set(other.instrument.item_keys))
        found = f"items that only one has: {', '.join(odd[:4])}" if odd else "items in different orders"
        problems.append(Problem("instruments", found, "both surveys ask the same features in the same order"))
    if len(one) != len(other):
        found = f"{len(one)} functional, {len(other)} dysfunctional"
        problems.append(Problem("respondents", found, "the same people answered both, in the same order"))
    return problems


@frozen(eq=False)
class _Sides:
    """What may stand in either survey."""

    weights: Floats | None
    weight_kind: WeightKind
    groups: dict[str, Grouping]
    importance: Floats | None

    @classmethod
    def of(cls, one: Survey, other: Survey, problems: Problems) -> _Sides:
        """Return the sides of both surveys together; contradictions are added to the problems."""
        groups = {**other.groups, **one.groups}
        for name in set(one.groups) & set(other.groups):
            first, second = (
                [each.groups[name].labels[code] for code in each.groups[name].codes.tolist()] for each in (one, other)
            )
            _agree(f"groups {name!r}", first == second, problems)
        weighted = [each for each in (one, other) if each.weights is not None]
        kinds = {each.weight_kind for each in weighted}
        if len(weighted) == 2:
            alike = len(kinds) == 1 and np.array_equal(np.asarray(one.weights), np.asarray(other.weights))
            _agree("weights", alike, problems)
        weights = weighted[0].weights if weighted else None
        kind = weighted[0].weight_kind if weighted else WeightKind.SAMPLING
        return cls(weights, kind, groups, _stated(one, other, problems))


def _stated(one: Survey, other: Survey, problems: Problems) -> Floats | None:
    found: list[Floats] = []
    for half, survey in zip(HALVES, (one, other), strict=True):
        if survey.importance is None:
            continue
        if survey.importance.over is not Over.ITEMS:
            rule = "importance is stated of each feature"
            problems.append(Problem(half, "importance over dimensions", rule, "read it with {key}, or leave it out"))
            continue
        found.append(survey.importance.values)
    if len(found) == 2:
        _agree("importance", np.array_equal(found[0], found[1], equal_nan=True), problems)
    return np.ascontiguousarray(found[0].T) if found else None


def _agree(place: str, alike: Any, problems: Problems) -> None:
    if not alike:
        rule = "where both surveys have them, they are the same"
        problems.append(Problem(place, "different in both surveys", rule, "read them with one of the surveys only"))
