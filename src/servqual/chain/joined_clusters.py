"""Columns of clusters of several tables of units, made one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from attrs import frozen

from servqual._arrays import Ints
from servqual._frames import GroupLabel
from servqual._frames.labels import ranked
from servqual.chain.matching import Matched
from servqual.chain.unit_checks import FEW, first_of
from servqual.chain.unit_rows import ClusterColumn, UnitRows
from servqual.errors import Problem

Named = Sequence[tuple[str, UnitRows]]


@frozen(eq=False)
class JoinedCluster:
    """A column of clusters of the joined table, and how many rows took the one label of their unit."""

    column: ClusterColumn
    filled: int


@frozen(eq=False)
class _Said:
    """What each table says of one column of clusters: positions among all labels, shape (tables, rows), or −1."""

    sources: Sequence[str]
    labels: tuple[GroupLabel, ...]
    codes: Ints


def joined_clusters(named: Named, match: Matched) -> tuple[list[JoinedCluster], list[Problem]]:
    """Return all columns of clusters, and where two tables contradict each other about one.

    A row without a label takes that of its unit, where all rows of the unit that have any have the same.
    """
    joined, problems = [], []
    for name in dict.fromkeys(name for _, table in named for name in table.cluster_names):
        said = _said(name, named, match)
        codes = said.codes.max(axis=0)
        apart = np.flatnonzero(((said.codes >= 0) & (said.codes != codes)).any(axis=0))
        if apart.size:
            shown = first_of((_apart(said, match, row) for row in apart[:FEW].tolist()), apart.size)
            found = f"{apart.size} rows in which tables differ: {shown}"
            remedy = "correct them, or rename the column in one of the tables"
            problems.append(Problem(f"clusters {name}", found, "a row belongs to one cluster", remedy))
        filled = _filled(codes, match.unit)
        joined.append(JoinedCluster(ClusterColumn(name, filled, said.labels), int((filled != codes).sum())))
    return joined, problems


def _said(name: str, named: Named, match: Matched) -> _Said:
    having = [place for place, (_, table) in enumerate(named) if name in table.cluster_names]
    each = [named[place][1].labels(name) for place in having]
    ranks, known = ranked([label for labels in each for label in labels])
    split = np.split(ranks, np.cumsum([len(labels) for labels in each])[:-1])
    codes = np.full((len(having), len(match.unit)), -1, np.int64)
    for row, (place, places) in enumerate(zip(having, split, strict=True)):
        part = match.parts[place]
        # The additional place at the end is where the code −1 leads
        codes[row, part.at] = np.append(places, -1)[named[place][1].codes(name)[part.rows]]
    return _Said([named[place][0] for place in having], known, codes)


def _filled(codes: Ints, unit: Ints) -> Ints:
    """Return the codes with the missing ones taken from other rows of the unit, where these have one label only."""
    units = int(unit.max()) + 1
    lowest, highest = np.full(units, np.iinfo(np.int64).max), np.full(units, -1)
    there = codes >= 0
    np.minimum.at(lowest, unit[there], codes[there])
    np.maximum.at(highest, unit[there], codes[there])
    only = np.where(lowest == highest, highest, -1)
    return np.where(there, codes, only[unit])


def _apart(said: _Said, match: Matched, row: int) -> str:
    pairs = zip(said.sources, said.codes[:, row].tolist(), strict=True)
    words = [f"{said.labels[code]!r} in {source}" for source, code in pairs if code >= 0]
    return f"{match.label(row)} ({', '.join(words)})"
