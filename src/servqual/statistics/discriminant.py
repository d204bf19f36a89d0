"""Whether constructs differ from one another: average variance extracted, Fornell and Larcker's criterion, HTMT."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from attrs import field, frozen

from servqual._arrays import Bools, Floats, Holder, floats, freeze
from servqual.errors import Problem
from servqual.statistics._arguments import ArgumentError
from servqual.statistics._matrices import blocks_of, correlation_of
from servqual.statistics.composite import improper_loadings, loadings_of
from servqual.statistics.inapplicable import Inapplicable


def average_variance_extracted(loadings: npt.ArrayLike) -> float | Inapplicable:
    """Average variance extracted (AVE): the mean squared standardised loading, what a construct explains of its items.

    Parameters
    ----------
    loadings
        Standardised loadings of one construct's items, shape (k,).

    Returns
    -------
    float or Inapplicable
        Between 0 and 1; .5 or more is asked for. Inapplicable for one item, of which the construct explains all by
        definition, and where a loading is missing or exceeds 1.

    Raises
    ------
    ArgumentError
        If the loadings are not one axis of finite numbers.

    References
    ----------
    Fornell & Larcker 1981, Journal of Marketing Research 18(1):39-50.

    Examples
    --------
    >>> round(average_variance_extracted([0.8, 0.6]), 12)
    0.5
    """
    given = loadings_of(loadings)
    if given.size < 2:
        return Inapplicable("at least 2 items are needed, and there is one")
    return improper_loadings(given) or float((given**2).mean())


@frozen(eq=False, getstate_setstate=False)
class FornellLarcker(Holder):
    """Fornell and Larcker's criterion for each construct.

    Attributes
    ----------
    table
        ``√AVE`` on the diagonal and correlations of constructs elsewhere, shape (constructs, constructs).
    margins
        ``√AVE`` less the greatest absolute correlation with another construct, shape (constructs,): above 0 the
        construct shares more with its own items than with any other construct. NaN where something is missing.
    """

    table: Floats = field(converter=floats)
    margins: Floats = field(converter=floats)

    @property
    def holds(self) -> Bools:
        """Whether each margin is above 0, shape (constructs,); False where it is NaN."""
        return freeze(self.margins > 0)


def fornell_larcker(
    average_variances: npt.ArrayLike | Sequence[float | Inapplicable], construct_correlations: npt.ArrayLike
) -> FornellLarcker | Inapplicable:
    """Fornell and Larcker's criterion of discriminant validity: ``√AVE_i > |r_ij|`` for every other construct j.

    Parameters
    ----------
    average_variances
        AVE of each construct, between 0 and 1, shape (constructs,); NaN, or an `Inapplicable`, where there is none.
    construct_correlations
        Shape (constructs, constructs), symmetric, ones on the diagonal.

    Returns
    -------
    FornellLarcker or Inapplicable
        Inapplicable for one construct, which cannot be told from another.

    Raises
    ------
    ArgumentError
        If the matrix does not hold correlations, or a variance lies outside 0 to 1 or is not one for each construct.

    References
    ----------
    Fornell & Larcker 1981, Journal of Marketing Research 18(1):39-50.

    Examples
    --------
    >>> found = fornell_larcker([0.64, 0.25], [[1.0, 0.6], [0.6, 1.0]])
    >>> found.margins.round(12), found.holds
    (array([ 0.2, -0.1]), array([ True, False]))
    """
    among = correlation_of(construct_correlations, "construct_correlations")
    variances = np.array([float(each) for each in np.asarray(average_variances, dtype=object).reshape(-1)])
    if variances.size != len(among) or np.any((variances < 0) | (variances > 1)):
        rule = f"one number between 0 and 1 for each of {len(among)} constructs"
        raise ArgumentError(Problem("average_variances", np.array2string(variances, threshold=6), rule))
    if len(among) < 2:
        return Inapplicable("one construct has no other to differ from")
    others = np.where(np.eye(len(among), dtype=np.bool_), -1.0, np.abs(among))
    table = among.copy()
    np.fill_diagonal(table, np.sqrt(variances))
    return FornellLarcker(table, np.sqrt(variances) - others.max(axis=1))


def htmt(correlation: npt.ArrayLike, blocks: Sequence[Sequence[int]], *, single_items_perfect: bool = False) -> Floats:
    """Heterotrait–monotrait ratio of correlations (HTMT): how nearly two constructs correlate once freed of error.

    ``mean |r| between blocks / √(mean |r| within one · mean |r| within the other)``, means over pairs of unlike items.
    Absolute values are taken, so that items of unlike sign do not cancel; the first paper took none.

    Parameters
    ----------
    correlation
        Of all items, shape (items, items), symmetric, ones on the diagonal.
    blocks
        Positions, from 0, of each construct's items; items in no block are not looked at.
    single_items_perfect
        Whether a block of one item is taken to measure without error (its mean within is 1). It has no pairs, so that
        otherwise its ratios are NaN.

    Returns
    -------
    array
        Shape (blocks, blocks), symmetric, not negative, NaN on the diagonal, where a correlation is missing, and where
        the items of a block do not correlate at all. Above .85 or .90 two constructs hardly differ.

    Raises
    ------
    ArgumentError
        If the matrix does not hold correlations, or the blocks are empty, overlap or leave the matrix.

    References
    ----------
    Henseler, Ringle & Sarstedt 2015, Journal of the Academy of Marketing Science 43(1):115-135.

    Examples
    --------
    >>> import numpy as np
    >>> table = np.array([[1, 0.5, 0.4, 0.4], [0.5, 1, 0.4, 0.4], [0.4, 0.4, 1, 0.5], [0.4, 0.4, 0.5, 1]])
    >>> htmt(table, [[0, 1], [2, 3]])[0, 1].round(12)
    np.float64(0.8)
    """
    table = np.abs(correlation_of(correlation))
    parts = blocks_of(blocks, len(table), every=False)
    means = np.array([[table[np.ix_(one, other)].mean() for other in parts] for one in parts])
    sizes = np.array([part.size for part in parts])
    # a block's mean with itself holds its diagonal of ones, which are taken out
    with np.errstate(divide="ignore", invalid="ignore"):
        within = (means.diagonal() * sizes - 1) / (sizes - 1)
    within = np.where(sizes == 1, 1.0 if single_items_perfect else np.nan, within)
    within = np.where(within > 1e-12, within, np.nan)
    ratios = means / np.sqrt(np.outer(within, within))
    np.fill_diagonal(ratios, np.nan)
    return freeze(ratios)
