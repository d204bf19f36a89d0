"""`JointMeans`: means of the same rows, and how their errors go together."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from attrs import field, frozen

from servqual._arrays import Bools, Floats, Holder, Ints, floats
from servqual.errors import Problem
from servqual.statistics._arguments import ArgumentError, table_of
from servqual.statistics.weights import WeightKind, row_weights


@frozen(eq=False, getstate_setstate=False, repr=False)
class JointMeans(Holder):
    """Means of several variables over the same rows, with the covariance of the means.

    Attributes
    ----------
    mean
        Shape (m,); NaN without answers.
    covariance
        Of the means, shape (m, m); its diagonal holds squared standard errors. NaN for fewer than two answers.
    n
        How many answers each mean is made of, shape (m,); frequencies count as so many rows.
    df
        Degrees of freedom of each error, shape (m,): answers less one, with clusters those less one; NaN below one.
    """

    mean: Floats = field(converter=floats)
    covariance: Floats = field(converter=floats)
    n: Floats = field(converter=floats)
    df: Floats = field(converter=floats)

    def __repr__(self) -> str:
        return f"<JointMeans of {self.mean.size} variables>"


def joint_means(
    values: npt.ArrayLike,
    weights: npt.ArrayLike | None = None,
    kind: WeightKind | None = None,
    clusters: npt.ArrayLike | None = None,
) -> JointMeans:
    """Weighted means of variables that were answered by the same people, with the covariance of the means.

    A mean is ``m_j = Σ w x_j / W_j``, ``W_j = Σ w`` over the rows that have ``x_j``. With what each row adds to it,
    ``z_ij = w_i (x_ij − m_j) / W_j`` and nothing where ``x_ij`` is missing, the covariance of two means is
    ``c_j c_k Σ_i z_ij z_ik`` with ``c² = n / (n − 1)``: linearised, so that two means of which each has answers that
    the other lacks covary by the people they share. Without weights and missing answers it is the covariance of the
    variables over ``n``. Frequencies count as so many rows; with clusters, sums of ``z`` over each of ``G`` clusters
    take the place of rows and ``c² = G / (G − 1)``.

    Parameters
    ----------
    values
        Shape (rows, m); NaN is missing.
    weights, kind
        Of the rows, shape (rows,), and what they mean.
    clusters
        Codes or labels of the clusters, shape (rows,).

    Returns
    -------
    JointMeans
        Standard errors are those of `Moments` and `cluster_standard_error`.

    Raises
    ------
    ArgumentError, WeightError
        Shapes that do not fit, or weights that are not valid.

    References
    ----------
    Särndal, Swensson & Wretman 1992, Model Assisted Survey Sampling, Springer, section 5.5; Lumley 2010, Complex
    Surveys, Wiley, chapter 2; Liang & Zeger 1986, Biometrika 73(1):13-22.

    Examples
    --------
    >>> both = joint_means([[1.0, 2.0], [2.0, 4.0], [3.0, 9.0]])
    >>> both.mean.tolist(), both.covariance.round(3).tolist()
    ([2.0, 5.0], [[0.333, 1.167], [1.167, 4.333]])
    """
    table = table_of(values, "values", "(rows, m)").astype(np.float64)
    checked = row_weights(weights, kind, len(table))
    codes = _codes(clusters, len(table))
    heavy = np.ones(len(table)) if checked is None else checked
    there = ~np.isnan(table) & (heavy > 0)[:, None]
    load = np.where(there, heavy[:, None], 0.0)
    total = load.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.where(there, load * table, 0.0).sum(axis=0) / total
        apart = np.where(there, table - mean, 0.0)
        added = (np.sqrt(load) if kind is WeightKind.FREQUENCY and codes is None else load) * apart / total
    n = total if kind is WeightKind.FREQUENCY else there.sum(axis=0).astype(np.float64)
    added, count = (added, n) if codes is None else _by_cluster(added, there, codes)
    df = np.where(count > 1, count - 1, np.nan)
    scaled = added * np.sqrt(count / df)
    return JointMeans(mean, scaled.T @ scaled, n, df)


def _codes(clusters: npt.ArrayLike | None, rows: int) -> Ints | None:
    if clusters is None:
        return None
    codes: Ints = np.unique(np.asarray(clusters), return_inverse=True)[1]
    if codes.shape != (rows,):
        raise ArgumentError(Problem("clusters", f"shape {codes.shape}", f"there is one for each of {rows} rows"))
    return codes


def _by_cluster(added: Floats, there: Bools, codes: Ints) -> tuple[Floats, Floats]:
    """Return sums by cluster, shape (clusters, m), and how many clusters have an answer, shape (m,)."""
    size = int(codes.max(initial=-1)) + 1
    sums: Floats = np.stack([np.bincount(codes, column, size) for column in added.T], axis=1)
    held = np.stack([np.bincount(codes[column], minlength=size) > 0 for column in there.T], axis=1)
    return sums, held.sum(axis=0).astype(np.float64)
