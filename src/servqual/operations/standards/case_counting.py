"""Cases by unit and period, counted at once: how many keep a standard, and how many cases that is worth."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple, Self

import numpy as np
from attrs import frozen

from servqual._arrays import Bools, Floats, Ints
from servqual._frames import GroupLabel
from servqual.operations.given_columns import ALL, Coded
from servqual.operations.standards.standard import Standard
from servqual.statistics import student_interval
from servqual.statistics.survival import lasting_shares

# the labels of a unit and of a period; codes of rows, with what they stand for
Pair = tuple[GroupLabel, GroupLabel]
Grouping = tuple[Ints, list[Pair]]


@frozen(eq=False)
class Given:
    """Cases as arrays, each (cases,): values, whether a wait has ended, and positions of clusters; None without."""

    values: Floats
    observed: Bools | None = None
    cluster: Ints | None = None
    confidence: float = 0.95


class Sums(NamedTuple):
    """Counts, shares and variances of some groups of cases, each (groups,)."""

    n: Ints
    missing: Ints
    open_cases: Ints
    conforming: Ints
    share: Floats
    variance: Floats
    worth: Floats
    known: Bools


@frozen(eq=False)
class Cases:
    """Labels of rows, and their sums, in the order that they are told."""

    labels: tuple[Pair, ...]
    sums: Sums

    @classmethod
    def of(cls, standard: Standard, given: Given, unit: Coded | None, period: Coded | None) -> Self:
        """Return the sums of cases: all, by unit, by period, and by both."""
        return cls._stacked(
            _groupings(unit, period, given.values.size),
            lambda codes, count: _of_cases(standard, given, codes, count),
        )

    @classmethod
    def counted(cls, kept: Floats, n: Floats, unit: Coded | None, period: Coded | None) -> Self:
        """Return the sums of counts, of which each has labels of its own."""
        return cls._stacked(
            _groupings(unit, period, n.size),
            lambda codes, count: _of_counts(
                np.bincount(codes, kept, count), np.bincount(codes, n, count), np.zeros(count, np.int64)
            ),
        )

    @classmethod
    def _stacked(cls, groupings: Iterator[Grouping], make: Callable[[Ints, int], Sums]) -> Self:
        labels: list[Pair] = []
        parts: list[Sums] = []
        for codes, names in groupings:
            parts.append(make(codes, len(names)))
            labels += names
        return cls(tuple(labels), Sums(*(np.concatenate(each) for each in zip(*parts, strict=True))))


def _groupings(unit: Coded | None, period: Coded | None, rows: int) -> Iterator[Grouping]:
    """Yield codes of rows with the labels of groups: all, units, periods, and units in periods that there are."""
    yield np.zeros(rows, np.int64), [(ALL, ALL)]
    if unit is not None:
        yield unit.codes.astype(np.int64), [(_named(label, "no unit"), ALL) for label in unit.labels]
    if period is not None:
        yield period.codes.astype(np.int64), [(ALL, _named(label, "no period")) for label in period.labels]
    if unit is not None and period is not None:
        keys = unit.codes.astype(np.int64) * len(period.labels) + period.codes
        found, codes = np.unique(keys, return_inverse=True)
        pairs = (divmod(key, len(period.labels)) for key in found.tolist())
        yield (
            codes,
            [(_named(unit.labels[one], "no unit"), _named(period.labels[other], "no period")) for one, other in pairs],
        )


def _named(label: GroupLabel, none: str) -> GroupLabel:
    return none if label is None else label


def _of_cases(standard: Standard, given: Given, codes: Ints, count: int) -> Sums:
    there = ~np.isnan(given.values)
    missing = np.bincount(codes[~there], minlength=count)
    inside, home = given.values[there], codes[there]
    kept = standard.conforms(inside)
    if given.observed is not None and not given.observed[there].all():
        return _of_waits(standard, inside, given.observed[there], home, missing)
    sums = _of_counts(np.bincount(home[kept], minlength=count), np.bincount(home, minlength=count), missing)
    return sums if given.cluster is None else _clustered(sums, kept, home, given.cluster[there], given.confidence)


def _clustered(sums: Sums, kept: Bools, home: Ints, cluster: Ints, confidence: float) -> Sums:
    """Return the sums with the variance between clusters, and the number of independent cases that this is worth.

    ``Var p = G / (G − 1) Σ_g (Σ_i (y_i − p))² / n²`` over the ``G`` clusters of a group; ``n* = p (1 − p) n / (n − 1) /
    Var p · (z / t)²``, at most ``n``; where all cases are alike, ``G``.
    """
    width = int(cluster.max(initial=0)) + 1
    found, codes = np.unique(home * width + cluster, return_inverse=True)
    groups = found // width
    count, share = sums.n.size, sums.share
    residuals = np.bincount(codes, kept - share[home], found.size)
    clusters = np.bincount(groups, minlength=count).astype(np.float64)
    several = np.where(clusters > 1, clusters, np.nan)
    normal, student = (np.asarray(student_interval(0.0, 1.0, df, confidence)[1]) for df in (np.inf, several - 1))
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = several / (several - 1) * np.bincount(groups, residuals**2, count) / sums.n**2
        worth = share * (1 - share) * sums.n / (sums.n - 1) / variance * (normal / student) ** 2
    alike = (share == 0) | (share == 1)
    worth = np.where(alike, several, np.where(variance == 0, sums.n, worth))
    return sums._replace(variance=variance, worth=np.minimum(worth, sums.n))


def _of_counts(kept: Floats | Ints, n: Floats | Ints, missing: Ints) -> Sums:
    with np.errstate(divide="ignore", invalid="ignore"):
        share = kept / n
        variance = share * (1 - share) / n
    none = np.zeros(n.shape, np.int64)
    return Sums(
        np.rint(n).astype(np.int64), missing, none, np.rint(kept).astype(np.int64), share, variance, n * 1.0, n > 0
    )


def _of_waits(standard: Standard, waits: Floats, ended: Bools, home: Ints, missing: Ints) -> Sums:
    """Return the sums where some waits are open: by Kaplan and Meier, on the number of cases that they are worth."""
    count, limit = missing.size, float(standard.high or 0.0)
    lasting = lasting_shares(waits, ended, home, count, limit)
    share, n = 1 - lasting.survival, np.bincount(home, minlength=count)
    unknown = ~ended & (waits < limit)
    open_cases = np.bincount(home[unknown], minlength=count)
    kept = np.bincount(home[ended & (waits <= limit)], minlength=count)
    with np.errstate(divide="ignore", invalid="ignore"):
        worth = np.where(lasting.variance > 0, share * (1 - share) / lasting.variance, n - open_cases)
    return Sums(n, missing, open_cases, kept, share, lasting.variance, np.minimum(worth, n), lasting.known)
