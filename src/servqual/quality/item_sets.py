"""`ItemSets`: two kinds of items, outcome and process or important and unimportant, and their zones side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from attrs import field, frozen

from servqual._arrays import Bools, Floats
from servqual.errors import LevelError, Problem, did_you_mean
from servqual.instruments import Instrument, Level
from servqual.scoring.estimates import Term, term_of
from servqual.statistics import ArgumentError
from servqual.survey import Survey

BLOCK = 65_536
# Where sums of the first kind, of the second and of their difference begin: adequate, desired, width each.
FIRST, SECOND, GAP = 0, 3, 6
_HALF = 0.5
_ROUNDING = 1e-12


@frozen(eq=False)
class ItemSets:
    """Two kinds of items: which items of which respondent belong to each.

    Attributes
    ----------
    names
        Of the first kind and of the second, which is the reference.
    members
        Items of each, (items, 1) where all respondents share them; None where they follow each one's importance.
    """

    names: tuple[str, str]
    members: tuple[Bools, Bools] | None = field(default=None)

    def compared(self, survey: Survey, ends: tuple[Level, Level]) -> Term:
        """Return sums over respondents: adequate, desired and width of both kinds, and first minus second."""
        levels = [survey.level(level) for level in ends]
        terms = []
        for start in range(0, len(survey), BLOCK):
            stop = min(start + BLOCK, len(survey))
            low, high = (level.numbers(start, stop) for level in levels)
            values = _side_by_side(low, high, self._of(survey, start, stop))
            weights = None if survey.weights is None else survey.weights[start:stop]
            cluster = None if survey.cluster is None else survey.cluster.take(np.arange(start, stop))
            terms.append(term_of(values, weights, survey.weight_kind, cluster, 0.0))
        return sum(terms[1:], terms[0])

    def _of(self, survey: Survey, start: int, stop: int) -> tuple[Bools, Bools]:
        if self.members is not None or survey.importance is None:
            return self.members or (np.zeros((0, 1), np.bool_),) * 2
        rows = survey.importance.values[start:stop]
        with np.errstate(invalid="ignore"):
            apart = rows - rows.mean(axis=1, keepdims=True)
            # equal points are neither, whatever rounding made of their mean
            kinds = (apart > _ROUNDING * rows, apart < -_ROUNDING * rows)
        return tuple(_by_item(kind, survey.instrument).T for kind in kinds)  # type: ignore[return-value]


def _by_item(kind: Bools, instrument: Instrument) -> Bools:
    if kind.shape[1] == len(instrument):
        return kind
    return np.repeat(kind, [len(each) for each in instrument.dimensions], axis=1)


def _side_by_side(low: Floats, high: Floats, members: tuple[Bools, Bools]) -> Floats:
    """Return (rows, 9): adequate, desired, width of the first kind, of the second, and their differences."""
    answered = ~np.isnan(low + high)
    values = np.full((9, low.shape[1]), np.nan)
    for part, member in zip((FIRST, SECOND), members, strict=True):
        taken = member & answered
        count, asked = taken.sum(axis=0), np.broadcast_to(member.sum(axis=0), low.shape[1:])
        enough = (count > 0) & (count >= _HALF * asked)
        for place, level in enumerate((low, high)):
            np.divide(level.sum(axis=0, where=taken), count, out=values[part + place], where=enough)
        values[part + 2] = values[part + 1] - values[part]
    values[GAP:] = values[FIRST:SECOND] - values[SECOND:GAP]
    values[:, np.isnan(values[GAP])] = np.nan
    return values.T


def sets_of(survey: Survey, between: Mapping[str, Sequence[str]] | str) -> ItemSets:
    """Return the two kinds that were named, or those of each respondent's importance.

    Raises
    ------
    ArgumentError
        Sets that are not two, share an item, are empty, or name what the instrument lacks.
    LevelError
        Importance that was not asked.
    """
    if isinstance(between, str):
        if between != "importance":
            rule = "kinds of items are 'importance', or two names with the dimensions or items of each"
            raise ArgumentError(Problem("between", repr(between), rule, "between={'outcome': […], 'process': […]}"))
        if survey.importance is None:
            rule, remedy = "items are told apart by what each respondent finds important", "read it with importance='…'"
            raise LevelError(Problem("survey", "no importance", rule, remedy))
        return ItemSets(("important", "unimportant"))
    problems = list(_wrong(survey.instrument, between))
    if problems:
        raise ArgumentError(*problems)
    (first, these), (second, those) = between.items()
    members = tuple(
        np.isin(survey.instrument.item_keys, _items(survey.instrument, kind))[:, None] for kind in (these, those)
    )
    return ItemSets((first, second), (members[0], members[1]))


def _wrong(instrument: Instrument, between: Mapping[str, Sequence[str]]) -> Iterator[Problem]:
    if len(between) != 2:
        yield Problem("between", f"{len(between)} kinds of items", "two kinds are compared")
    known = (*instrument.dimension_keys, *instrument.item_keys)
    for name, keys in between.items():
        if isinstance(keys, str) or not keys:
            yield Problem(
                f"between {name!r}", repr(keys), "a kind is a list of dimensions or items", f"write [{keys!r}]"
            )
            continue
        for key in (key for key in keys if key not in known):
            rule = "a kind names dimensions or items of the instrument"
            yield Problem(f"between {name!r}", f"no {key!r}", rule, did_you_mean(key, known))
    listed = [_items(instrument, keys) for keys in between.values() if not isinstance(keys, str)]
    shared = sorted(set(listed[0]) & set(listed[1])) if len(listed) == 2 else []
    if shared:
        yield Problem("between", f"{', '.join(shared)} in both", "an item is of one kind")


def _items(instrument: Instrument, keys: Sequence[str]) -> list[str]:
    """Return the keys of the items that dimensions and items name."""
    homes = {each.key: [item.key for item in each.items] for each in instrument.dimensions}
    return [item for key in keys for item in homes.get(key, [key])]
