"""`FittedRows`: the rows of one regression, fitted once, for everything that checks them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

import attrs
import numpy as np
import numpy.typing as npt
from attrs import field, frozen

from servqual._arrays import Floats, Holder, Ints, floats, freeze, read_only
from servqual.errors import Problem
from servqual.statistics._arguments import ArgumentError
from servqual.statistics._labels import coded_labels
from servqual.statistics._regressors import checked_design

# what is left of a column, as a share of its length, when it follows from others but for rounding
FOLLOWS = 1e-8


def _codes(values: npt.ArrayLike) -> Ints:
    return read_only(values, np.int64)


@frozen(eq=False, getstate_setstate=False, repr=False)
class FittedRows(Holder):
    """The rows of a regression by least squares, with what is left of y.

    Attributes
    ----------
    y, x
        Shapes (n,) and (n, k), the intercept a column as others; with unit effects less the means of their units.
    names
        Of the columns.
    weights
        Shape (n,), or None for ordinary least squares.
    units
        With unit effects the unit of each row as a number from 0, shape (n,), else None.
    basis
        Orthonormal columns that span ``√w x``, shape (n, k).
    residuals
        ``√w (y − x b)``, shape (n,): of one variance where the weights are right.
    """

    y: Floats = field(converter=floats)
    x: Floats = field(converter=floats)
    names: tuple[str, ...]
    weights: Floats | None = field(converter=attrs.converters.optional(floats))
    units: Ints | None = field(converter=attrs.converters.optional(_codes))
    basis: Floats = field(converter=floats)
    residuals: Floats = field(converter=floats)

    @classmethod
    def of(
        cls,
        y: npt.ArrayLike,
        x: npt.ArrayLike,
        names: Sequence[str],
        *,
        weights: npt.ArrayLike | None = None,
        units: npt.ArrayLike | None = None,
        intercept: bool = True,
    ) -> Self:
        """Return the rows of a regression, as `ols` takes them.

        Parameters
        ----------
        y, x, names, weights, intercept
            As of `ols`.
        units
            Unit of each row, where each unit has an intercept of its own (fixed effects): the means of units, weighted
            where there are weights, are taken off y and x. Then there is no other intercept.

        Raises
        ------
        ArgumentError
            If shapes do not fit, values are missing, rows do not outnumber the coefficients, a column follows from
            others, or an intercept is asked for beside those of the units.
        """
        design = checked_design(y, x, names, weights, intercept=intercept)
        if units is None:
            return cls._of(design.y, design.x, design.names, design.weights, None)
        labels, codes = coded_labels(units, None, design.y.size)
        if intercept:
            found = "asked for beside those of the units"
            raise ArgumentError(Problem("intercept", found, "units have their own", "pass intercept=False"))
        if design.y.size <= design.x.shape[1] + labels.size:
            found = f"{design.y.size} rows for {design.x.shape[1]} coefficients and {labels.size} units"
            raise ArgumentError(Problem("x", found, "there are more rows than coefficients and units"))
        y, x = (_without_means(each, codes, design.weights) for each in (design.y, design.x))
        return cls._of(y, checked_design(y, x, names, None, intercept=False).x, design.names, design.weights, codes)

    @classmethod
    def _of(cls, y: Floats, x: Floats, names: tuple[str, ...], weights: Floats | None, units: Ints | None) -> Self:
        root = np.ones(y.size) if weights is None else np.sqrt(weights)
        turned = x * root[:, None]
        # of columns of one length, so that units of measurement do not decide how they are rounded
        basis = np.linalg.qr(turned / np.sqrt((turned**2).sum(axis=0)))[0]
        rest = y * root - basis @ (basis.T @ (y * root))
        # once more: what is left of large numbers is rounded as they are
        rest -= basis @ (basis.T @ rest)
        return cls(y, x, names, weights, units, basis, rest)

    @property
    def n(self) -> int:
        """Number of rows."""
        return int(self.y.size)

    @property
    def k(self) -> int:
        """Number of columns, the intercept among them, those of units not."""
        return int(self.x.shape[1])

    @property
    def absorbed(self) -> int:
        """Number of units that have intercepts of their own."""
        return 0 if self.units is None else int(self.units.max()) + 1

    @property
    def df(self) -> int:
        """Degrees of freedom of the residuals, ``n − k`` less the units that have intercepts of their own."""
        return self.n - self.k - self.absorbed

    @property
    def root(self) -> Floats:
        """Square roots of the weights, shape (n,); ones where there are none."""
        return np.ones(self.n) if self.weights is None else np.sqrt(self.weights)

    @property
    def fitted(self) -> Floats:
        """``x b``, shape (n,)."""
        return freeze(self.y - self.residuals / self.root)

    @property
    def leverage(self) -> Floats:
        """Pull of each row on its own fitted value, between 0 and 1, shape (n,); they add up to ``n − df``."""
        own = (self.basis**2).sum(axis=1)
        if self.units is not None:
            weights = self.root**2
            own += weights / np.bincount(self.units, weights)[self.units]
        return freeze(np.minimum(own, 1.0))

    @property
    def sigma2(self) -> float:
        """Residual variance, ``Σ w e² / df``."""
        return float(self.residuals @ self.residuals / self.df)

    @property
    def exact(self) -> bool:
        """Whether y follows from the columns, so that nothing is left but rounding."""
        whole = self.root * self.y
        return bool(self.residuals @ self.residuals <= FOLLOWS**2 * (whole @ whole))

    @property
    def constant(self) -> bool:
        """Whether a constant is among the columns, or follows from them or from the units."""
        return self.units is not None or not self.new(np.ones((self.n, 1)))

    def within(self, columns: Floats) -> Floats:
        """Return further columns, shape (n, m), as those of the regression are: less the means of units, if any."""
        return columns if self.units is None else _without_means(columns, self.units, self.weights)

    def new(self, columns: Floats) -> bool:
        """Return whether further columns, shape (n, m), follow neither from those that are here nor from each other."""
        length = np.sqrt(((columns * self.root[:, None]) ** 2).sum(axis=0))
        if not (length > 0).all():
            return False
        turned = self.within(columns) * self.root[:, None] / length
        left = turned - self.basis @ (self.basis.T @ turned)
        return int(np.linalg.matrix_rank(left, tol=FOLLOWS)) == columns.shape[1]

    def __repr__(self) -> str:
        return f"<FittedRows on {', '.join(self.names)}: n {self.n}>"


def _without_means(values: Floats, codes: Ints, weights: Floats | None) -> Floats:
    """Return values, of one or two axes, less the (weighted) means of their groups."""
    factors = np.ones(codes.size) if weights is None else weights
    total = np.bincount(codes, factors)
    table = values.reshape(codes.size, -1)
    means = np.stack([np.bincount(codes, factors * column) / total for column in table.T], axis=1)
    return np.asarray((table - means[codes]).reshape(values.shape))
