"""Respondents by group, for one grouping column or several."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

import numpy as np

from servqual._arrays import Ints
from servqual.errors import GroupError, Problem, did_you_mean
from servqual.intake import Grouping

Labels = tuple[Any, ...]


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
        remedies = (
            did_you_mean(name, groups) if groups else f"read the survey with groups=[{name!r}]" for name in unknown
        )
        rule = "tables go by columns that the survey was read with"
        pairs = zip(unknown, remedies, strict=True)
        raise GroupError(*(Problem("groups", f"no {name!r}", rule, remedy) for name, remedy in pairs))
    if not by:
        yield (), None
        return
    sizes = [len(groups[name].labels) for name in by]
    codes = np.ravel_multi_index([groups[name].codes for name in by], sizes) if rows else np.empty(0, np.int64)
    order = np.argsort(codes, kind="stable")
    present, starts = np.unique(codes[order], return_index=True)
    for code, positions in zip(present, np.split(order, starts[1:]), strict=True):
        places = np.unravel_index(code, sizes)
        yield tuple(groups[name].labels[place] for name, place in zip(by, places, strict=True)), positions
