"""`Suppression`: the cells of a table by group that are not shown, lest few people stand behind a number."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from attrs import evolve, field, frozen

from servqual._arrays import Bools, Floats, Holder, Ints, floats, truths
from servqual.errors import ArgumentError, Problem
from servqual.labels import Label
from servqual.tables import Table
from servqual.telling import Told

MARK = "suppressed"


@frozen(eq=False, getstate_setstate=False)
class Suppression(Holder):
    """Which cells a table by group does not show, under the rule that so many respondents stand behind each number.

    A number of fewer respondents is suppressed. The mean of all suppressed groups together can still be had from the
    total and the groups that are shown; where it is of too few respondents, as that of a single small group is, the
    smallest group that is shown is suppressed as well, until there are enough.

    Attributes
    ----------
    least
        How many respondents there are at least behind a number that is shown.
    few
        Where there are fewer, shape (groups, rows of a group).
    hidden
        Where nothing is shown, shape (groups, rows of a group).

    Notes
    -----
    The rule protects one table and its total. Tables that tell the same respondents apart in several ways, by branch
    and by month, can be held against each other: show one of them.

    References
    ----------
    Willenborg & de Waal 2001, Elements of Statistical Disclosure Control, Springer, chapter 4 (secondary suppression).

    Examples
    --------
    >>> Suppression.of([[40.0], [3.0], [12.0]], 10).hidden.ravel()
    array([False,  True,  True])
    """

    least: int
    few: Bools = field(converter=truths)
    hidden: Bools = field(converter=truths)

    @classmethod
    def of(cls, n: npt.ArrayLike, least: int, *, people: npt.ArrayLike | None = None) -> Self:
        """Return what is suppressed where `n` respondents stand behind the numbers of each group and row.

        Parameters
        ----------
        n
            Respondents, shape (groups, rows of a group).
        least
            How many there are at least behind a number that is shown.
        people
            Respondents of each group, shape (groups,): the smallest group is the one of the fewest. By default the most
            that stand behind any of its numbers.
        """
        counts = np.nan_to_num(floats(n))
        sizes = counts.max(axis=1, initial=0.0) if people is None else floats(people)
        few = counts < least
        smallest = np.argsort(sizes, kind="stable")
        hidden = [_closed(few[:, row], counts[:, [row]], least, smallest) for row in range(counts.shape[1])]
        return cls(least, few, np.array(hidden, np.bool_).reshape(few.shape[::-1]).T)

    def columns(self, columns: Mapping[str, Sequence[Any]], kept: Collection[str]) -> dict[str, list[Any]]:
        """Return the columns of a table with nothing where it is suppressed, and a column that says where that is.

        Parameters
        ----------
        columns
            Name → cells, group by group.
        kept
            Columns that name groups and rows: they stay.
        """
        hidden = self.hidden.ravel().tolist()
        shown = {
            name: list(cells)
            if name in kept
            else [None if gone else cell for cell, gone in zip(cells, hidden, strict=True)]
            for name, cells in columns.items()
        }
        return {**shown, mark_beside(kept): hidden}

    def told(self, told: Told, kept: Collection[str]) -> Told:
        """Return what a reading told, with nothing where it is suppressed, and a note that says so."""
        table = Table(self.columns(told.table.columns, kept), backend=told.table.backend)
        return evolve(told, table=table, notes=(*told.notes, self.note))

    @property
    def note(self) -> Label:
        """What a table says of it: how many groups, and under which rule."""
        few, hidden = truths(self.few.any(axis=1)), truths(self.hidden.any(axis=1))
        return note_of(few.size, int(few.sum()), int((hidden & ~few).sum()), self.least)


def mark_beside(names: Collection[str]) -> str:
    """Return what the column is called that says where numbers are suppressed, beside columns of these names."""
    return f"{MARK}_" if MARK in names else MARK


def suppressed_rows(table: Table, by: Collection[str], rows: Iterable[int]) -> str:
    """Return how many of some rows of a table are suppressed, for the line that a result prints; empty where none."""
    marks = table.columns.get(mark_beside(by), ())
    gone = sum(bool(marks[row]) for row in rows) if marks else 0
    return f"; {gone} suppressed" if gone else ""


def note_of(groups: int, few: int, more: int, least: int) -> Label:
    """Return the note of a table by group: `few` groups of fewer than `least` respondents, and `more` beside them."""
    if not few:
        return Label(
            f"no group is suppressed: at least {least} respondents stand behind each number",
            f"没有隐去任何组：每个数值至少来自{least}名受访者",
        )
    if groups == 1:
        return Label(
            f"numbers that fewer than {least} respondents stand behind are suppressed",
            f"已隐去受访者不足{least}人的数值",
        )
    beside = f", and in {more} more, so that the total does not give these away" if more else ""
    further = f"；另隐去{more}组，以免由总体推算" if more else ""
    return Label(
        f"suppressed in {few} of {groups} groups: numbers that fewer than {least} respondents stand behind{beside}",
        f"在{groups}组中的{few}组隐去了受访者不足{least}人的数值{further}",
    )


def check_min_group(min_group: object) -> None:
    """Raise an `ArgumentError` for a smallest group that is no number of people; None asks for no suppression."""
    if min_group is None:
        return
    if not isinstance(min_group, int | np.integer) or isinstance(min_group, bool) or min_group < 1:
        rule = "it is the number of respondents that a shown group has at least, 1 or more"
        raise ArgumentError(Problem("min_group", repr(min_group), rule, "min_group=10 is a usual choice"))


def hidden_groups(n: npt.ArrayLike, least: int) -> Bools:
    """Return which groups are not shown at all, shape (groups,), for too few respondents behind any of their numbers.

    Parameters
    ----------
    n
        Respondents, shape (groups, rows of a group).
    least
        How many there are at least behind a number that is shown.
    """
    counts = np.nan_to_num(floats(n))
    smallest = np.argsort(counts.max(axis=1, initial=0.0), kind="stable")
    return _closed(truths((counts < least).any(axis=1)), counts, least, smallest)


def _closed(few: Bools, n: Floats, least: int, smallest: Ints) -> Bools:
    """Return the groups that are not shown for the sake of all columns, those beside the small ones included."""
    hidden = few.copy()
    for group in smallest[~few[smallest] & few.any()]:
        behind = n[hidden].sum(axis=0)
        if ((behind >= least) | (behind == 0)).all():
            break
        hidden[group] = True
    return hidden
