"""`Reasoned`: a column of numbers that says of each one that does not exist why it does not."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from enum import StrEnum
from typing import Any, Self

import attrs
import numpy as np
import numpy.typing as npt
from attrs import field, frozen

from servqual._arrays import AnyArray, Bools, Floats, Holder, floats, texts
from servqual.statistics.inapplicable import Inapplicable
from servqual.tables import Cell

Case = tuple[Bools | bool, str]
UNKNOWN = "it does not exist for these answers"


@frozen(eq=False, getstate_setstate=False, repr=False)
class Reasoned(Holder):
    """Numbers, NaN where there is none, and beside each the reason, empty where there is one; both of shape (m,)."""

    values: Floats = field(converter=floats)
    reason: AnyArray = field(converter=texts)

    @classmethod
    def of(cls, values: npt.ArrayLike, *cases: Case) -> Self:
        """Return numbers with the first reason that holds where there is none; cases blot out what they hold of."""
        given = np.atleast_1d(np.asarray(values, dtype=np.float64))
        every = [*cases, (np.isnan(given), UNKNOWN)]
        holds = [np.broadcast_to(np.asarray(each), given.shape) for each, _ in every]
        reason = np.select(holds, [np.full(given.shape, why) for _, why in every], np.full(given.shape, ""))
        return cls(np.where(reason == "", given, np.nan), reason)

    @classmethod
    def none(cls, why: str, size: int) -> Self:
        """Return a column without a number, for one reason."""
        return cls(np.full(size, np.nan), np.full(size, why))

    @classmethod
    def stacked(cls, parts: Sequence[Self]) -> Self:
        """Return several columns as one, end to end."""
        values, reasons = ([getattr(each, name) for each in parts] for name in ("values", "reason"))
        return cls(np.concatenate(values), np.concatenate(reasons))

    def since(self, row: int) -> Self:
        """Return the column without the rows before this one."""
        return type(self)(self.values[row:], self.reason[row:])

    def at(self, row: int) -> float | Inapplicable:
        """Return one number, or why there is none."""
        why = str(self.reason[row])
        return Inapplicable(why) if why else float(self.values[row])


def inapplicable(row: Any) -> dict[str, str]:
    """Return number → why it does not exist, of the numbers of a row (an attrs value) that do not."""
    found = ((each.name, getattr(row, each.name)) for each in attrs.fields(type(row)))
    return {name: value.reason for name, value in found if isinstance(value, Inapplicable)}


def columns_of(rows: Sequence[Any], kind: type, whole: Collection[str] = ()) -> dict[str, list[Cell]]:
    """Return rows (attrs values of one kind) as columns of cells: None for what does not exist, counts as integers."""
    names = [each.name for each in attrs.fields(kind)]
    return {name: [_cell(getattr(row, name), whole=name in whole) for row in rows] for name in names}


def _cell(value: Any, *, whole: bool) -> Cell:
    if isinstance(value, Inapplicable) or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, StrEnum):
        return str(value)
    return round(value) if whole else value
