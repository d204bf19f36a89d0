"""Which columns of a wide source a survey needs, so that no others are read."""

from __future__ import annotations

import inspect
import warnings
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from attrs import define, field

from servqual.columns import ColumnMap, asked_levels
from servqual.errors import ColumnPositionWarning
from servqual.instruments import Instrument
from servqual.survey import Survey

_NAMED = ("groups", "cluster", "weights", "key")


@cache
def options_of_surveys() -> frozenset[str]:
    """Return the options of `Survey.from_frame` that are not levels."""
    parameters = inspect.signature(Survey.from_frame).parameters.values()
    return frozenset(each.name for each in parameters if each.kind is each.KEYWORD_ONLY)


@define(eq=False)
class Wanted:
    """The columns that a survey of an instrument needs.

    Attributes
    ----------
    instrument
        What was asked; None where all columns are wanted.
    columns
        Options of `Survey.from_frame`.
    further
        Other columns that are carried along.
    """

    instrument: Instrument | None = None
    columns: Mapping[str, Any] = field(factory=dict)
    further: Sequence[str] = ()
    _warned: bool = field(default=False, init=False)

    @property
    def levels(self) -> dict[str, Any]:
        """What was said of the columns of levels."""
        return {name: where for name, where in self.columns.items() if name not in options_of_surveys()}

    def choose(self, present: Sequence[str]) -> list[str] | None:
        """Return the columns to be read; None for all.

        Where something named is not there all are read: the message then names those that are.
        """
        if self.instrument is None:
            return None
        finder = ColumnMap(list(present), [])
        found = [*self._answers(finder), *self._importance(finder)]
        found += [name for option in _NAMED for name in _names(self.columns.get(option))]
        found += self.further
        if finder.problems or not set(found) <= set(present):
            return None
        for each in finder.overlooked if not self._warned else ():
            warnings.warn(ColumnPositionWarning(str(each)), stacklevel=2)
        self._warned = True
        return list(dict.fromkeys(found))

    def numeric(self, present: Sequence[str]) -> list[str]:
        """Return the columns that hold numbers, for files that do not say so: answers, unless they are in words."""
        if self.instrument is None:
            return []
        finder = ColumnMap(list(present), [])
        found = [] if self.columns.get("words") else self._answers(finder)
        return [*found, *self._importance(finder), *_names(self.columns.get("weights"))]

    def worded(self, present: Sequence[str]) -> list[str]:
        """Return the columns that hold words, for files that do not say so."""
        if self.instrument is None or not self.columns.get("words"):
            return []
        return self._answers(ColumnMap(list(present), []))

    def _answers(self, finder: ColumnMap) -> list[str]:
        if self.instrument is None:
            return []
        asked = asked_levels(self.instrument, self.levels, finder.problems)
        keys = self.instrument.item_keys
        return [name for level, where in asked.items() for name in finder.resolve(str(level), where, keys)]

    def _importance(self, finder: ColumnMap) -> list[str]:
        where = self.columns.get("importance")
        if where is None or self.instrument is None:
            return []
        if not isinstance(where, str):
            return list(where.values() if isinstance(where, Mapping) else where)
        by_dimension = "{dimension" in where
        keys = self.instrument.dimension_keys if by_dimension else self.instrument.item_keys
        return finder.resolve("importance", where, keys, "dimension" if by_dimension else "key")


def _names(given: str | Sequence[str] | None) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(given or ())
