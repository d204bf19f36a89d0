"""Which rows of several tables of units are the same unit in the same period."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from attrs import frozen

from servqual._arrays import Bools, Ints
from servqual._frames import GroupLabel
from servqual._frames.labels import ranked
from servqual.chain.unit_rows import UnitRows


@frozen(eq=False)
class Part:
    """Where the rows of one table go: row ``rows[i]`` of it is row ``at[i]`` of the joined table."""

    rows: Ints
    at: Ints


@frozen(eq=False)
class Matched:
    """The rows of the joined table, sorted by unit and period, and where each table's rows go.

    Attributes
    ----------
    units, periods
        All labels, sorted.
    unit, period
        Position of each row's labels among them; all periods 0 where no table has any.
    parts
        One for each table.
    """

    units: tuple[GroupLabel, ...]
    periods: tuple[GroupLabel, ...]
    unit: Ints
    period: Ints
    parts: tuple[Part, ...]

    def label(self, row: int) -> str:
        """Return what names a row: its unit, and its period where there are periods."""
        unit = str(self.units[self.unit[row]])
        return f"{unit} in {self.periods[self.period[row]]}" if self.periods else unit


def matched(tables: Sequence[UnitRows]) -> Matched:
    """Return the rows that any table has; a table without periods has a row in every period of its units.

    A unit that only tables without periods have has a row in every period that there is.
    """
    units, unit = _together([table.unit_names for table in tables])
    periods, period = _together([table.period_names for table in tables])
    width = max(len(periods), 1)
    owner = [codes[table.unit] for codes, table in zip(unit, tables, strict=True)]
    keys = [
        each * width + codes[np.searchsorted(table.period_steps, table.period)] if table.period_names else None
        for each, codes, table in zip(owner, period, tables, strict=True)
    ]
    timed = np.unique(np.concatenate([np.zeros(0, np.int64), *(each for each in keys if each is not None)]))
    without = np.setdiff1d(np.arange(len(units)), timed // width)
    every = np.sort(np.append(timed, (without[:, None] * width + np.arange(width)).ravel()))
    parts = [_part(every, key, each, width) for key, each in zip(keys, owner, strict=True)]
    return Matched(units, periods, every // width, every % width, tuple(parts))


def _together(names: Sequence[tuple[GroupLabel, ...]]) -> tuple[tuple[GroupLabel, ...], list[Ints]]:
    """Return all labels, sorted, and the position of each table's labels among them."""
    codes, known = ranked([label for labels in names for label in labels])
    return known, np.split(codes.astype(np.int64), np.cumsum([len(labels) for labels in names])[:-1])


def _part(every: Ints, keys: Ints | None, owner: Ints, width: int) -> Part:
    if keys is not None:
        return Part(np.arange(keys.size), np.searchsorted(every, keys))
    # Rows are sorted by unit, and without periods there is one for each
    row = np.searchsorted(owner, every // width).clip(max=owner.size - 1)
    at = np.flatnonzero(owner[row] == every // width)
    return Part(row[at], at)


def holders(match: Matched) -> Bools:
    """Return which tables have each row of the joined table, shape (tables, rows)."""
    held = np.zeros((len(match.parts), len(match.unit)), np.bool_)
    for table, part in enumerate(match.parts):
        held[table, part.at] = True
    return held
