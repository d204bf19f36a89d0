"""The rows of a comparison: tests of all groups, and of pairs, with p adjusted and a verdict."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Any

import numpy as np

from servqual.quality.bilingual import Row
from servqual.quality.families import adjusted_within
from servqual.quality.group_estimates import Groups
from servqual.quality.group_notes import Ask
from servqual.quality.group_results import GroupTest, GroupVerdict, PairTest
from servqual.quality.group_statistics import omnibus, pair
from servqual.statistics import Inapplicable, adjusted


def rows_of_all(groups: Groups, rows: Sequence[Row], ask: Ask) -> tuple[GroupTest, ...]:
    """Return one test of all groups for each score."""
    first = groups.n.shape[1] - len(rows)
    columns = {name: column.since(first) for name, column in omnibus(groups).items()}
    columns["p_adjusted"] = adjusted_within(columns["p"], rows, ask.adjust)
    made = []
    for place, row in enumerate(rows):
        numbers: dict[str, Any] = {name: column.at(place) for name, column in columns.items()}
        verdict = _verdict(numbers["p_adjusted"], ask.level, GroupVerdict.DIFFER)
        ends = _ends(groups, first + place)
        made.append(GroupTest(about=row.about, key=row.key, **ends, **numbers, verdict=verdict))
    return tuple(made)


def _ends(groups: Groups, place: int) -> dict[str, Any]:
    """Return how many groups have a mean, and which have the lowest and the highest."""
    means = groups.mean[:, place]
    there = np.flatnonzero(~np.isnan(means))
    low, high = (groups.labels[there[at(means[there])]] if there.size else None for at in (np.argmin, np.argmax))
    return {"groups": int(there.size), "lowest": low, "highest": high}


def rows_of_pairs(groups: Groups, rows: Sequence[Row], ask: Ask) -> tuple[PairTest, ...]:
    """Return the tests of pairs of groups, score by score."""
    first = groups.n.shape[1] - len(rows)
    every = range(len(groups.labels))
    places = [(one, other) for other, one in combinations(every, 2) if not ask.successive or one == other + 1]
    columns = [pair(groups, one, other, ask.confidence) for one, other in places]
    made = []
    for place, row in enumerate(rows, start=first):
        p = adjusted([float(each["p"].values[place]) for each in columns], ask.adjust)
        for (one, other), each, adjusted_p in zip(places, columns, p.tolist(), strict=True):
            numbers = {name: column.at(place) for name, column in each.items()}
            numbers["p_adjusted"] = numbers["p"] if isinstance(numbers["p"], Inapplicable) else adjusted_p
            way = GroupVerdict.LOWER if float(numbers["difference"]) < 0 else GroupVerdict.HIGHER
            verdict = _verdict(numbers["p_adjusted"], ask.level, way)
            names = {"group": groups.labels[one], "versus": groups.labels[other]}
            made.append(PairTest(about=row.about, key=row.key, **names, **numbers, verdict=verdict))
    return tuple(made)


def _verdict(p: float | Inapplicable, level: float, found: GroupVerdict) -> GroupVerdict:
    if isinstance(p, Inapplicable):
        return GroupVerdict.UNTESTED
    return found if p <= level else GroupVerdict.OPEN
