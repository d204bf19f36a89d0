"""Variance components of nested groups: units, employees in units, customers of employees."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from attrs import frozen

from servqual._arrays import AnyArray, Floats, Ints
from servqual.labels import Label
from servqual.statistics import Inapplicable, VarianceParts, variance_parts


@frozen
class Component:
    """What one source of variance contributes to a score.

    Attributes
    ----------
    source
        The grouping column, or "within" for what is left in the innermost groups.
    df, mean_square
        Of the nested analysis of variance.
    variance
        The component, in squared points; may be negative, and is NaN where it cannot be told from the next one.
    share
        Of the sum of all components, negative ones counted as 0.
    """

    source: str
    df: float
    mean_square: float
    variance: float
    share: float


@frozen(eq=False)
class ScoreVariance:
    """The variance of one score.

    Attributes
    ----------
    key, label
        The dimension, or "overall".
    components
        One for each grouping column, outermost first, and "within".
    parts
        One-way analyses of variance: by the outermost column, by the first two together, and so on.
    """

    key: str
    label: Label
    components: tuple[Component, ...]
    parts: tuple[VarianceParts | Inapplicable, ...]


@frozen(eq=False)
class Cells:
    """Sums of one score in the innermost groups.

    Attributes
    ----------
    labels
        Of each cell, outermost first.
    n, mean, squares
        Members, means, and sums of squares about the cell's own mean, shape (cells,).
    """

    labels: tuple[tuple[Any, ...], ...]
    n: Floats
    mean: Floats
    squares: Floats

    def codes(self, depth: int) -> Ints:
        """Return the group of each cell, by its outermost `depth` labels."""
        known: dict[tuple[Any, ...], int] = {}
        return np.array([known.setdefault(labels[:depth], len(known)) for labels in self.labels], dtype=np.intp)

    def parts(self, depth: int) -> VarianceParts | Inapplicable:
        """Return the one-way analysis of variance between the groups of the outermost `depth` labels."""
        codes = self.codes(depth)
        n, mean = _merged(codes, self.n, self.mean)
        apart = self.n * (self.mean - mean[codes]) ** 2
        return variance_parts(n, mean, np.bincount(codes, self.squares + apart))


def components(cells: Cells, by: Sequence[str]) -> tuple[Component, ...]:
    """Return variance components of nested groups, outermost first, then what is left within.

    Mean squares of the nested analysis of variance are set equal to their expectations,
    ``E SS_l = df_l σ² + Σ_{j ≥ l} (c_lj − c_(l−1)j) σ_j²`` with ``c_lj = Σ_g n_g² / n_parent(g)`` over the groups g of
    depth j and their parents of depth l; for one grouping column this is ``(MSB − MSW) / n₀``.

    References
    ----------
    Henderson 1953, Biometrics 9(2):226-252 (method 1); Searle, Casella & McCulloch 1992, Variance Components, Wiley,
    chapter 5.
    """
    depths, total = len(by), float(cells.n.sum())
    codes = [cells.codes(depth) for depth in range(depths + 1)]
    sizes, means = zip(*(_merged(each, cells.n, cells.mean) for each in codes), strict=True)
    within = max(total - sizes[-1].size, 0.0)
    squares = [float(cells.squares.sum()), *[0.0] * depths]
    found = [squares[0] / within if within else np.nan]
    rows = [("within", within, found[0])]
    for depth in range(depths, 0, -1):
        parents = means[depth - 1][_parent(codes, depth, depth - 1)]
        squares[depth] = float(sizes[depth] @ (means[depth] - parents) ** 2)
        df = float(sizes[depth].size - sizes[depth - 1].size)
        finer = [
            _spread(codes, sizes, depth, j) - _spread(codes, sizes, depth - 1, j) for j in range(depths, depth, -1)
        ]
        known = df * found[0] + sum(much * each for much, each in zip(finer, found[1:], strict=True))
        own = total - _spread(codes, sizes, depth - 1, depth)
        found.append((squares[depth] - known) / own if df > 0 and own > 0 else np.nan)
        rows.append((by[depth - 1], df, squares[depth] / df if df else np.nan))
    return _shared(rows, found)


def _shared(rows: list[tuple[str, float, float]], found: list[float]) -> tuple[Component, ...]:
    positive = np.maximum(np.array(found), 0.0)
    whole = positive.sum()
    shares = positive / whole if whole > 0 else np.full(len(found), np.nan)
    told = [Component(*row, much, share) for row, much, share in zip(rows, found, shares.tolist(), strict=True)]
    return (*told[:0:-1], told[0])


def _merged(codes: Ints, n: Floats, mean: Floats) -> tuple[Floats, Floats]:
    sizes: Floats = np.bincount(codes, n).astype(np.float64)
    return sizes, np.bincount(codes, n * mean) / sizes


def _parent(codes: list[Ints], depth: int, above: int) -> AnyArray:
    """Return for each group of one depth the group of a lesser depth that holds it."""
    _, first = np.unique(codes[depth], return_index=True)
    return codes[above][first]


def _spread(codes: list[Ints], sizes: Sequence[Floats], above: int, depth: int) -> float:
    """Return ``Σ n_g² / n_parent(g)`` over the groups of one depth and their parents of a lesser one."""
    return float((sizes[depth] ** 2 / sizes[above][_parent(codes, depth, above)]).sum())
