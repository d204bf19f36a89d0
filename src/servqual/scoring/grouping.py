"""Respondents by group, for one grouping column or several."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol, Self, TypeVar

import numpy as np

from servqual._arrays import Ints
from servqual.errors import GroupError, Problem, did_you_mean
from servqual.intake import Grouping

Labels = tuple[Any, ...]


class Adds(Protocol):
    """Sums: two of them make one."""

    def __add__(self, other: Self, /) -> Self:
        """Return the sums of both."""
        ...


Held = TypeVar("Held", bound=Adds)


def _remedy(name: str, groups: Collection[str]) -> str:
    near = did_you_mean(name, groups)
    return near if near.endswith("?") else f"{near}; read the survey with groups=[{name!r}]"


def regrouped(groups: Mapping[Labels, Held], by: Sequence[str], names: Sequence[str]) -> dict[Labels, Held]:
    """Return sums told apart by some columns only, in the order of labels: numbers, then texts, then what has no name.

    Parameters
    ----------
    groups
        Labels, one for each of the columns `by`, and the sums of that group.
    by
        The columns that groups are told apart by.
    names
        Those of them to keep; without any, all groups are added up under ``()``.

    Examples
    --------
    >>> counts = {("south", 2): 5, ("north", 1): 3, ("south", 1): 4}
    >>> regrouped(counts, ["branch", "wave"], ["branch"]), regrouped(counts, ["branch", "wave"], [])
    ({('north',): 3, ('south',): 9}, {(): 12})
    """
    places = [by.index(name) for name in names]
    merged: dict[Labels, Held] = {}
    for labels, sums in groups.items():
        key = tuple(labels[place] for place in places)
        merged[key] = merged[key] + sums if key in merged else sums
    return {key: merged[key] for key in sorted(merged, key=_order)}


def _order(labels: Labels) -> list[tuple[bool, bool, Any]]:
    return [(label is None, isinstance(label, str), 0 if label is None else label) for label in labels]


def group_columns(names: Iterable[str], taken: Collection[str]) -> list[str]:
    """Return what groups are called in a table: their own names, or ``group_…`` where a column has that name."""
    return [f"group_{name}" if name in taken else name for name in names]


def combined(groups: Mapping[str, Grouping], by: tuple[str, ...], rows: int) -> Iterator[tuple[Labels, Ints | None]]:
    """Return each combination of groups that occurs, with the positions of its respondents; None stands for everybody.

    Raises
    ------
    GroupError
        A column that was not read as a grouping.
    """
    unknown = [name for name in by if name not in groups]
    if unknown:
        remedies = [_remedy(name, groups) for name in unknown]
        rule = "tables go by columns that the survey was read with"
        pairs = zip(unknown, remedies, strict=True)
        raise GroupError(*(Problem("groups", f"no {name!r}", rule, remedy) for name, remedy in pairs))
    if not by:
        yield (), None
        return
    sizes = [len(groups[name].labels) for name in by]
    codes = np.ravel_multi_index([groups[name].codes for name in by], sizes) if rows else np.empty(0, np.int64)
    # few groups are put in order by counting, many by comparing
    few = math.prod(sizes) <= np.iinfo(np.uint16).max
    order = np.argsort(codes.astype(np.uint16) if few else codes, kind="stable")
    present, starts = np.unique(codes[order], return_index=True)
    for code, positions in zip(present, np.split(order, starts[1:]), strict=True):
        places = np.unravel_index(code, sizes)
        yield tuple(groups[name].labels[place] for name, place in zip(by, places, strict=True)), positions
