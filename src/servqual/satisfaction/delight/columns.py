"""Which columns hold the pair of answers to each feature."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from attrs import frozen

from servqual.columns import ColumnMap, Columns
from servqual.errors import Problem, ServqualError
from servqual.instruments import Instrument, Item
from servqual.labels import Label
from servqual.satisfaction.delight.words import kano_instrument
from servqual.satisfaction.gathering import Problems

Features = Instrument | Sequence[str | Item] | Mapping[str, Label | str]
HALVES = ("functional", "dysfunctional")
_SHOWN = 4


@frozen
class PairedColumns:
    """The features, and the columns of both answers to each, in their order.

    Patterns by ``{n}`` that stop before the numbered columns of the data do are `overlooked`.
    """

    instrument: Instrument
    functional: tuple[str, ...]
    dysfunctional: tuple[str, ...]
    overlooked: tuple[Problem, ...] = ()


def paired_columns(
    present: Sequence[str], features: Features | None, asked: Mapping[str, Columns], problems: Problems
) -> PairedColumns | None:
    """Return the pairs of columns among those present; what is wrong is added to the problems, and None returned.

    Parameters
    ----------
    present
        The columns there are.
    features
        What was asked; without it, all features that a pattern with ``{key}`` finds.
    asked
        "functional" and "dysfunctional" → the columns of these answers.
    """
    before = len(problems)
    given = _found(present, asked, problems) if features is None else features
    instrument = None if given is None else instrument_of(given, problems)
    if instrument is None:
        return None
    wrong: list[Problem] = []
    finder = ColumnMap(present, wrong)
    found = {half: tuple(finder.resolve(half, asked[half], instrument.item_keys)) for half in HALVES}
    finder.check_used_once(found)
    problems += wrong
    if len(problems) > before:
        return None
    return PairedColumns(instrument, found[HALVES[0]], found[HALVES[1]], tuple(finder.overlooked))


def instrument_of(features: Features, problems: Problems) -> Instrument | None:
    """Return the instrument of some features; what is wrong with them is added to the problems, and None returned."""
    if isinstance(features, Instrument):
        return features
    if not isinstance(features, str | Mapping):
        keys = [each.key if isinstance(each, Item) else each for each in features]
        twice = [key for key, times in Counter(keys).items() if times > 1]
        if twice:
            rule = "each feature is named once"
            problems += [Problem(f"feature {key}", "named more than once", rule) for key in twice]
            return None
    try:
        return kano_instrument(features)
    except ServqualError as error:
        problems += error.problems
        return None


def _found(present: Sequence[str], asked: Mapping[str, Columns], problems: Problems) -> list[str] | None:
    """Return the keys of the features that the columns show, in the order of the columns."""
    keys: dict[str, list[str]] = {}
    for half in HALVES:
        pattern = asked[half]
        if not isinstance(pattern, str) or pattern.count("{key}") != 1 or "{n" in pattern:
            rule = "features are found by a pattern with {key}, else they are named"
            problems.append(Problem(half, repr(pattern)[:60], rule, "pass features=[…]"))
            return None
        before, after = map(re.escape, pattern.split("{key}"))
        matches = (re.fullmatch(f"{before}(.+){after}", name) for name in present)
        keys[half] = [match[1] for match in matches if match]
    return _in_pairs(keys, asked, problems)


def _in_pairs(keys: Mapping[str, list[str]], asked: Mapping[str, Any], problems: Problems) -> list[str] | None:
    functional, dysfunctional = (keys[half] for half in HALVES)
    if not functional and not dysfunctional:
        found = f"no column like {asked[HALVES[0]]!r} or {asked[HALVES[1]]!r}"
        problems.append(Problem("columns", found, "each feature has two", 'functional="kano{key}_f", …'))
        return None
    for half, other, there in ((*HALVES, set(dysfunctional)), (*HALVES[::-1], set(functional))):
        alone = [key for key in keys[half] if key not in there]
        if alone:
            shown = ", ".join(asked[half].format(key=key) for key in alone[:_SHOWN])
            found = f"{len(alone)} without a pair: {shown}{', …' if len(alone) > _SHOWN else ''}"
            rule = f"to each {half} answer belongs a {other} one, as {asked[other].format(key=alone[0])!r}"
            problems.append(Problem(f"{half} columns", found, rule, "name the features that have both: features=[…]"))
    return None if set(functional) ^ set(dysfunctional) else functional
