"""What each way says of items, from a result of ours or from a plain mapping."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from attrs import evolve, frozen

from servqual.errors import Problem
from servqual.errors.problems import unknown_word
from servqual.satisfaction.answer_columns import is_finite
from servqual.satisfaction.delight.words import Category
from servqual.satisfaction.driving.results import Drivers
from servqual.satisfaction.gathering import Problems
from servqual.satisfaction.priorities.penalty_contrasts import class_of
from servqual.satisfaction.priorities.penalty_results import PenaltyReward
from servqual.satisfaction.priorities.penalty_words import ImpactClass
from servqual.satisfaction.priorities.quadrant_results import ImportancePerformance
from servqual.statistics import Inapplicable

_LETTERS = tuple(each.letter for each in Category)
_KEYS = ("item", "feature", "key", "driver")


@frozen
class Impact:
    """Class, asymmetry, range and share of resamples of one item, as far as they are known."""

    impact_class: ImpactClass | None
    asymmetry: float | None = None
    impact: float | None = None
    share: float | None = None


def categories(given: Any, problems: Problems) -> dict[str, Category]:
    """Return Kano categories of items: from a mapping to words or letters, or from rows that have a category."""
    found = {}
    for item, value in _pairs("kano", given, ("category", "mode"), problems).items():
        if value is None:
            continue
        word = str(value).strip()
        known = word if word in _LETTERS else word.casefold().replace("-", "_").replace(" ", "_")
        if known in _LETTERS or known in set(Category):
            found[item] = Category(known)
        else:
            rule = f"a Kano category is one of {', '.join(Category)}, or a letter {', '.join(_LETTERS)}"
            problems.append(evolve(unknown_word(f"kano {item}", known, Category, rule), found=repr(value)))
    return found


def impacts(given: Any, problems: Problems) -> dict[str, Impact]:
    """Return impacts of items: of penalty–reward contrasts, or a mapping to classes or to asymmetries."""
    if isinstance(given, PenaltyReward):
        return {
            row.item: Impact(row.impact_class, _real(row.asymmetry), _real(row.riocs), _real(row.class_share))
            for row in given
        }
    found = {}
    for item, value in _pairs("impact", given, ("impact_class",), problems).items():
        if is_finite(value):
            if not -1 <= value <= 1:
                rule = "an asymmetry lies between −1 and 1"
                problems.append(Problem(f"impact {item}", f"{value:g}", rule))
                continue
            found[item] = Impact(class_of(float(value)), float(value))
        elif value in set(ImpactClass):
            found[item] = Impact(ImpactClass(str(value)))
        elif value is not None:
            rule = f"a class of impact is one of {', '.join(ImpactClass)}, or an asymmetry"
            problems.append(unknown_word(f"impact {item}", value, ImpactClass, rule))
    return found


def numbers(place: str, given: Any, problems: Problems) -> dict[str, float]:
    """Return a number of importance of each item: of drivers, of a map of importance, or from a mapping."""
    if isinstance(given, Drivers):
        return {row.driver: row.share for row in given}
    if isinstance(given, ImportancePerformance):
        known = {row.item: _real(row.importance) for row in given}
        return {item: value for item, value in known.items() if value is not None}
    found = {}
    for item, value in _pairs(place, given, ("importance",), problems).items():
        if is_finite(value):
            found[item] = float(value)
        elif value is not None:
            problems.append(Problem(f"{place} {item}", repr(value), "importance is a number"))
    return found


def _pairs(place: str, given: Any, values: Sequence[str], problems: Problems) -> dict[str, Any]:
    """Return item → value of a mapping, or of rows that have both as attributes."""
    if given is None:
        return {}
    if isinstance(given, Mapping):
        return {str(item): each for item, each in given.items()}
    rows = list(given) if isinstance(given, Iterable) and not isinstance(given, str) else []
    found = {}
    for row in rows:
        item = next((getattr(row, key) for key in _KEYS if hasattr(row, key)), None)
        value = next((each for each in values if hasattr(row, each)), None)
        if item is not None and value is not None:
            found[str(item)] = getattr(row, value)
    if not found:
        rule = f"a mapping item → {values[0]}, or a result whose rows have both"
        problems.append(Problem(place, f"a {type(given).__name__}", rule))
    return found


def _real(value: float | Inapplicable) -> float | None:
    return None if isinstance(value, Inapplicable) else float(value)
