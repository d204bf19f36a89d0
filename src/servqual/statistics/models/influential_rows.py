"""Which rows, or groups of rows, a regression hangs on."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from attrs import field, frozen

from servqual._arrays import AnyArray, Floats, Holder, Ints, floats, read_only
from servqual.errors import Problem
from servqual.statistics._arguments import ArgumentError
from servqual.statistics._labels import coded_labels
from servqual.statistics.models.rows import FOLLOWS, FittedRows
from servqual.statistics.outcomes import TestResult

ALONE = "the row alone decides a coefficient"
NOTHING = "nothing is left of y, or no degrees of freedom without the row"


@frozen(eq=False, getstate_setstate=False, repr=False)
class Influence(Holder):
    """What each row of a regression does to it, all of shape (n,).

    Attributes
    ----------
    leverage
        Pull of the row on its own fitted value, 0 to 1.
    studentised
        Its residual in standard errors estimated without it; Student's t on ``df − 1`` where errors are normal.
    cook
        Cook's distance: how far the coefficients move without it, ``r² h / (1 − h) / k``, in squared standard errors of
        all of them together.
    dffits
        How far its own fitted value moves without it, in standard errors.
    df
        Degrees of freedom of the residuals of the regression.
    k
        Number of its coefficients, those of units among them.

    References
    ----------
    Cook 1977, Technometrics 19(1):15-18; Belsley, Kuh & Welsch 1980, Regression Diagnostics, Wiley, chapter 2.
    """

    leverage: Floats = field(converter=floats)
    studentised: Floats = field(converter=floats)
    cook: Floats = field(converter=floats)
    dffits: Floats = field(converter=floats)
    df: int
    k: int

    @property
    def middle(self) -> float:
        """Cook's distance that moves the coefficients to the edge of their 50 % region: the median of F on k and df."""
        return middle_of_f(self.k, self.df)

    def outliers(self) -> TestResult:
        """Test of each row, shape (n,): whether it lies on the line of the others.

        Student's t on ``df − 1`` of the studentised residual, two-sided, p times the number of rows (Bonferroni).

        References
        ----------
        Cook & Weisberg 1982, Residuals and Influence in Regression, Chapman & Hall, section 2.2.2 (mean shift).
        """
        from scipy.special import stdtr

        none = np.isnan(self.studentised)
        df = np.full(none.shape, float(self.df - 1))
        p = np.minimum(2 * stdtr(df, -np.abs(self.studentised)) * (~none).sum(), 1.0)
        return TestResult(
            statistic=self.studentised,
            df=df,
            p=p,
            null="the row lies on the line of the others but for a normal error",
            method="t test of studentised residuals, Bonferroni",
            reason=np.select([none & (1 - self.leverage <= FOLLOWS), none], [ALONE, NOTHING], ""),
        )

    def __repr__(self) -> str:
        said = "none" if np.isnan(self.cook).all() else f"{np.nanmax(self.cook):.3g} (row {np.nanargmax(self.cook)})"
        return f"<Influence of {self.cook.size} rows: largest Cook's distance {said}>"


def middle_of_f(df: float, df_error: float) -> float:
    """Return the median of the F distribution."""
    from scipy.special import fdtri

    return float(fdtri(df, df_error, 0.5))


def _labels(values: npt.ArrayLike) -> AnyArray:
    return read_only(values)


@frozen(eq=False, getstate_setstate=False, repr=False)
class GroupInfluence(Holder):
    """What each group of rows does to a regression.

    Attributes
    ----------
    labels
        Of the groups, sorted, shape (G,).
    change
        Coefficients without the group less those with it, shape (G, k), in units of y per unit of the column.
    cook
        Cook's distance ``d′ (x′ w x) d / (k s²)`` of the change ``d``, shape (G,): in squared standard errors of all
        coefficients, as they are where all errors are independent.
    beside
        ``d′ V⁻¹ d / k``, shape (G,): the same in the covariance of the coefficients that the other groups show, by the
        jackknife. It serves where errors are alike within groups; the median of F on ``k`` and ``G − 1`` is the edge
        of the 50 % region of the coefficients.
    """

    labels: AnyArray = field(converter=_labels)
    change: Floats = field(converter=floats)
    cook: Floats = field(converter=floats)
    beside: Floats = field(converter=floats)

    @property
    def middle(self) -> float:
        """Distance ``beside`` that moves the coefficients to the edge of their 50 % region."""
        return middle_of_f(self.change.shape[1], self.labels.size - 1)

    def __repr__(self) -> str:
        none = np.isnan(self.cook).all()
        said = "none" if none else f"{np.nanmax(self.cook):.3g} ({self.labels[np.nanargmax(self.cook)]})"
        return f"<GroupInfluence of {self.labels.size} groups: largest Cook's distance {said}>"


def influence(rows: FittedRows) -> Influence:
    """Influence of each row on a regression: leverage, studentised residual, Cook's distance, DFFITS.

    Returns
    -------
    Influence
        NaN for a row that alone decides a coefficient (leverage 1), and everywhere where nothing is left of y, or no
        degrees of freedom are left without a row.

    References
    ----------
    Belsley, Kuh & Welsch 1980, Regression Diagnostics, Wiley, chapter 2.

    Examples
    --------
    >>> influence(FittedRows.of([1.0, 2.1, 2.9, 4.2, 9.0], [[1], [2], [3], [4], [5]], ["visits"])).cook.round(2)
    array([0.57, 0.  , 0.07, 0.32, 2.23])
    """
    h, e, df = rows.leverage, rows.residuals, rows.df
    k = rows.k + rows.absorbed
    with np.errstate(invalid="ignore", divide="ignore"):
        free = np.where((1 - h > FOLLOWS) & (not rows.exact) & (df > 1), 1 - h, np.nan)
        inner = e / np.sqrt(rows.sigma2 * free)
        without = np.maximum(rows.sigma2 * df - e**2 / free, 0.0) / (df - 1 if df > 1 else np.nan)
        outer = e / np.sqrt(without * free)
    return Influence(h, outer, inner**2 * h / free / k, outer * np.sqrt(h / free), df, k)


def group_influence(rows: FittedRows, groups: npt.ArrayLike) -> GroupInfluence:
    """Influence of groups of rows on a regression: how its coefficients move when all rows of a group are left out.

    Parameters
    ----------
    rows
        Of the regression.
    groups
        Group of each row.

    Returns
    -------
    GroupInfluence
        In the order of the sorted groups; NaN where nothing is left of y, or where a coefficient does not exist without
        the group.

    Raises
    ------
    ArgumentError
        If groups do not fit, or units with intercepts of their own are split over several groups.

    References
    ----------
    Cook & Weisberg 1982, Residuals and Influence in Regression, Chapman & Hall, section 3.6 (several cases at once).
    """
    labels, codes = coded_labels(groups, None, rows.n)
    if rows.units is not None and np.unique(np.stack([rows.units, codes]), axis=1).shape[1] > rows.absorbed:
        rule = "all rows of a unit with an intercept of its own belong to one group"
        raise ArgumentError(Problem("groups", "units in several groups", rule))
    moved = np.full((labels.size, rows.k), np.nan)
    if not rows.exact:
        # what is left of the information of the regression where a group is gone
        others = np.eye(rows.k) - _products(rows.basis, rows.basis, codes)
        there = np.linalg.eigvalsh(others)[:, 0] > FOLLOWS
        pulled = _products(rows.basis, rows.residuals[:, None], codes)[there]
        moved[there] = -np.linalg.solve(others[there], pulled)[:, :, 0]
    turned = rows.x * rows.root[:, None]
    length = np.sqrt((turned**2).sum(axis=0))
    change = np.linalg.lstsq(turned / length, rows.basis)[0] @ moved.T / length[:, None]
    with np.errstate(invalid="ignore", divide="ignore"):
        cook = (moved**2).sum(axis=1) / (rows.k * rows.sigma2)
    return GroupInfluence(labels, change.T, cook, _beside_others(moved))


def _products(one: Floats, other: Floats, codes: Ints) -> Floats:
    """Return ``one′ other`` of the rows of each group, shape (G, columns of one, columns of other)."""
    sums = [[np.bincount(codes, a * b) for b in other.T] for a in one.T]
    return np.asarray(sums, dtype=np.float64).transpose(2, 0, 1)


def _beside_others(moved: Floats) -> Floats:
    """Return ``d′ V⁻¹ d / k`` of each row of changes, V the covariance by the jackknife over the other groups."""
    count, k = moved.shape
    found = np.full(count, np.nan)
    there = np.flatnonzero(~np.isnan(moved).any(axis=1))
    if there.size <= k + 1:
        return found
    changes = moved[there]
    others = (changes.T @ changes - changes[:, :, None] * changes[:, None, :]) * (count - 1) / count
    sound = np.linalg.cond(others) < 1 / FOLLOWS
    changes = changes[sound]
    solved = np.linalg.solve(others[sound], changes[:, :, None])[:, :, 0]
    found[there[sound]] = (changes * solved).sum(axis=1) / k
    return found
