"""How many factors correlations hold: the scree, and parallel analysis."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from attrs import field, frozen

from servqual._arrays import Floats, Holder, floats
from servqual.errors import Problem
from servqual.statistics._arguments import ArgumentError
from servqual.statistics._matrices import correlation_of, respondents_of, unfit
from servqual.statistics.inapplicable import Inapplicable

_BATCH = 256


@frozen(eq=False, getstate_setstate=False)
class Scree(Holder):
    """Eigenvalues of a correlation matrix, from the greatest down, as a scree plot shows them.

    Attributes
    ----------
    eigenvalues
        Shape (p,); they sum to p.
    shares
        Of the whole variance, shape (p,).
    cumulative
        Their running sums, shape (p,).
    above_one
        How many exceed 1: Kaiser's rule, which finds too many factors. `parallel_analysis` is better.
    """

    eigenvalues: Floats = field(converter=floats)
    shares: Floats = field(converter=floats)
    cumulative: Floats = field(converter=floats)
    above_one: int


def scree(correlation: npt.ArrayLike) -> Scree | Inapplicable:
    """Scree of a correlation matrix: its eigenvalues, their shares of the variance, and how many exceed 1.

    Parameters
    ----------
    correlation
        Shape (p, p), symmetric, ones on the diagonal.

    Returns
    -------
    Scree or Inapplicable
        Inapplicable for one item, and where an item does not vary or lacks answers.

    Raises
    ------
    ArgumentError
        If the matrix does not hold correlations.

    References
    ----------
    Cattell 1966, Multivariate Behavioral Research 1(2):245-276; Kaiser 1960, Educational and Psychological Measurement
    20(1):141-151.

    Examples
    --------
    >>> scree([[1.0, 0.5], [0.5, 1.0]]).eigenvalues
    array([1.5, 0.5])
    """
    table = correlation_of(correlation)
    if (reason := unfit(table)) is not None:
        return reason
    roots = np.linalg.eigvalsh(table)[::-1]
    shares = roots / len(table)
    return Scree(roots, shares, shares.cumsum(), int((roots > 1 + 1e-12).sum()))


@frozen(eq=False, getstate_setstate=False)
class ParallelAnalysis(Holder):
    """Eigenvalues beside those of respondents who answer at random.

    Attributes
    ----------
    factors
        How many observed eigenvalues, from the greatest down to the first that fails, exceed their threshold.
    eigenvalues
        Observed, shape (p,).
    random_mean
        Mean eigenvalues of uncorrelated items, shape (p,).
    thresholds
        Their quantile, shape (p,).
    quantile, draws
        Which quantile, of how many random samples.
    """

    factors: int
    eigenvalues: Floats = field(converter=floats)
    random_mean: Floats = field(converter=floats)
    thresholds: Floats = field(converter=floats)
    quantile: float
    draws: int


def parallel_analysis(
    correlation: npt.ArrayLike,
    n: float,
    *,
    rng: int | np.random.Generator,
    draws: int = 500,
    quantile: float = 0.95,
) -> ParallelAnalysis | Inapplicable:
    """Horn's parallel analysis: factors whose eigenvalue exceeds what uncorrelated normal items of this n would give.

    Full correlation matrices (components) are compared. Random ones are drawn from the Wishart distribution, by
    Bartlett's decomposition, which costs the same for any number of respondents.

    Parameters
    ----------
    correlation
        Shape (p, p), symmetric, ones on the diagonal.
    n
        Respondents, more than items; an effective number where they have weights.
    rng
        Seed or generator.
    draws
        Random samples, at least 1.
    quantile
        Of the random eigenvalues that an observed one must exceed, between 0 and 1.

    Returns
    -------
    ParallelAnalysis or Inapplicable
        Inapplicable as `scree` is, and for no more respondents than items.

    Raises
    ------
    ArgumentError
        If the matrix does not hold correlations, there are no draws, or the quantile is not between 0 and 1.

    References
    ----------
    Horn 1965, Psychometrika 30(2):179-185; Glorfeld 1995, Educational and Psychological Measurement 55(3):377-393 (the
    quantile); Bartlett 1933, Proceedings of the Royal Society of Edinburgh 53:260-283 (the decomposition).

    Examples
    --------
    >>> parallel_analysis([[1.0, 0.5], [0.5, 1.0]], 100, rng=1).factors
    1
    """
    if draws < 1 or not 0 < quantile < 1:
        rule = "there is at least one draw, and the quantile lies between 0 and 1"
        raise ArgumentError(Problem("draws, quantile", f"{draws}, {quantile:g}", rule))
    respondents = respondents_of(n)
    observed = scree(correlation)
    if isinstance(observed, Inapplicable):
        return observed
    p = observed.eigenvalues.size
    if respondents <= p:
        return Inapplicable(f"{respondents:g} respondents are too few for {p} items")
    drawn = _random_roots(p, respondents, draws, np.random.default_rng(rng))
    thresholds = np.quantile(drawn, quantile, axis=0)
    exceeds = observed.eigenvalues > thresholds
    factors = p if exceeds.all() else int(exceeds.argmin())
    return ParallelAnalysis(factors, observed.eigenvalues, drawn.mean(axis=0), thresholds, quantile, draws)


def _random_roots(p: int, n: float, draws: int, rng: np.random.Generator) -> Floats:
    """Return eigenvalues of correlations of uncorrelated normal items, falling, shape (draws, p)."""
    below = np.tril_indices(p, -1)
    found = np.empty((draws, p))
    for start in range(0, draws, _BATCH):
        size = min(_BATCH, draws - start)
        roots = np.zeros((size, p, p))
        roots[:, range(p), range(p)] = np.sqrt(rng.chisquare(n - 1 - np.arange(p), (size, p)))
        roots[:, below[0], below[1]] = rng.standard_normal((size, below[0].size))
        # rows of unit length make the product a correlation matrix
        roots /= np.sqrt((roots * roots).sum(axis=2, keepdims=True))
        found[start : start + size] = np.linalg.eigvalsh(roots @ roots.swapaxes(1, 2))[:, ::-1]
    return found
