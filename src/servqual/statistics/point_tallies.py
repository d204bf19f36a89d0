"""`PointTally`: how many stand at each of a few points, weighted and in clusters, and means of scores over them."""

from __future__ import annotations

from typing import Self

import numpy as np
from attrs import field, frozen
from attrs.converters import optional

from servqual._arrays import Floats, Holder, Ints, floats
from servqual.statistics.resample_counts import check_draws, count_tiles
from servqual.statistics.weights import WeightKind


@frozen(eq=False, getstate_setstate=False, repr=False)
class PointTally(Holder):
    """How many respondents stand at each point, such as the answers 0 to 10.

    Attributes
    ----------
    n, weight, squares
        Respondents at each point, the sum of their weights and of the squares of these, shape (points,). All three are
        the same without weights, and with frequencies.
    units
        Sum of weights at each point of every unit that is drawn whole, shape (units, points): of each cluster, or of
        each respondent where weights are sampling weights; None where respondents are drawn one by one, all alike.
    clustered
        Whether units are clusters.
    """

    n: Floats = field(converter=floats)
    weight: Floats = field(converter=floats)
    squares: Floats = field(converter=floats)
    units: Floats | None = field(default=None, converter=optional(floats))
    clustered: bool = False

    @classmethod
    def of_counts(cls, counts: Floats) -> Self:
        """Return the tally of plain counts, shape (points,)."""
        return cls(counts, counts, counts)

    @classmethod
    def of(
        cls,
        codes: Ints,
        points: int,
        weights: Floats | None = None,
        kind: WeightKind | None = None,
        clusters: Ints | None = None,
    ) -> Self:
        """Return the tally of respondents, by the position of the point at which each stands.

        Parameters
        ----------
        codes
            Shape (respondents,), from 0 to ``points − 1``.
        points
            How many points there are.
        weights, kind, clusters
            Of each respondent, shape (respondents,); clusters as positions.
        """
        heavy = np.ones(codes.size) if weights is None else weights
        n, weight = (np.bincount(codes, each, points) for each in (np.ones(codes.size), heavy))
        sampled = weights is not None and kind is not WeightKind.FREQUENCY
        squares = np.bincount(codes, heavy**2, points) if sampled else weight
        counted = n if sampled else weight
        if clusters is None and not sampled:
            return cls(counted, weight, squares)
        places = np.arange(codes.size) if clusters is None else np.unique(clusters, return_inverse=True)[1]
        size = int(places.max(initial=-1)) + 1
        units = np.bincount(places * points + codes, heavy, size * points).reshape(size, points)
        return cls(counted, weight, squares, units, clusters is not None)

    @property
    def size(self) -> float:
        """How many respondents there are."""
        return float(self.n.sum())

    @property
    def shares(self) -> Floats:
        """Weighted share of each point, shape (points,); NaN where nobody is there."""
        with np.errstate(invalid="ignore"):
            return np.asarray(self.weight / self.weight.sum())

    @property
    def freedom(self) -> float:
        """Degrees of freedom of a mean: clusters less one, or respondents less one."""
        return (float(len(self.units)) if self.clustered and self.units is not None else self.size) - 1


def score_mean(tally: PointTally, scores: Floats, *, corrected: bool = False) -> tuple[float, float]:
    """Weighted mean of the scores of points, and its standard error, linearised.

    ``m = Σ w s / Σ w`` and ``se² = Σ w² (s − m)² / (Σ w)²``; of clusters, ``G / (G − 1) Σ (Σ_cluster w (s − m))²``
    takes the place of the sum.

    Parameters
    ----------
    tally
        Who stands where.
    scores
        What each point counts, shape (points,).
    corrected
        Whether the variance has the divisor ``n − 1`` instead of n, that is ``se²`` is multiplied by ``n / (n − 1)``;
        clusters always have ``G / (G − 1)``.

    Returns
    -------
    mean, se
        NaN where nobody is there; the error also where there is one unit only to learn it from.

    References
    ----------
    Lumley 2010, Complex Surveys: A Guide to Analysis Using R, Wiley, chapter 2.

    Examples
    --------
    >>> tally = PointTally.of_counts(np.array([80.0, 120.0, 200.0]))
    >>> mean, se = score_mean(tally, np.array([-1.0, 0.0, 1.0]))
    >>> round(mean, 3), round(se, 5)
    (0.3, 0.03905)
    """
    total = tally.weight.sum()
    if not total > 0:
        return float("nan"), float("nan")
    mean = float(tally.weight @ scores / total)
    apart = scores - mean
    if tally.clustered and tally.units is not None:
        groups = len(tally.units)
        factor = groups / (groups - 1) if groups > 1 else float("nan")
        return mean, float(np.sqrt(factor * ((tally.units @ apart) ** 2).sum()) / total)
    factor = 1.0 if not corrected else tally.size / (tally.size - 1) if tally.size > 1 else float("nan")
    return mean, float(np.sqrt(factor * (tally.squares @ apart**2)) / total)


def effective_size(tally: PointTally, scores: Floats) -> float:
    """How many equally weighted, independent respondents would tell as much about a mean of scores.

    Kish's ``(Σ w)² / Σ w²`` without clusters; with them, the variance of one respondent over that of the mean.

    References
    ----------
    Kish 1965, Survey Sampling, Wiley, section 8.2; Korn & Graubard 1998, Survey Methodology 24(2):193-201.
    """
    total, squares = tally.weight.sum(), tally.squares.sum()
    kish = float(total**2 / squares) if squares > 0 else float("nan")
    if not tally.clustered:
        return kish
    mean, se = score_mean(tally, scores)
    spread = float(tally.shares @ (scores - mean) ** 2)
    return spread / se**2 if spread > 0 and se > 0 else kish


def resampled_means(tally: PointTally, scores: Floats, draws: int, rng: int | np.random.Generator | None) -> Floats:
    """Means of the scores of points in resamples of respondents, or of whole clusters, shape (draws,).

    Where respondents count alike their counts at the points are drawn at once, from the multinomial distribution.

    Raises
    ------
    ArgumentError
        If there are no draws or no seed.

    References
    ----------
    Efron 1979, Annals of Statistics 7(1):1-26.
    """
    check_draws(draws, rng)
    if tally.units is None:
        generator = np.random.default_rng(rng)
        counts = generator.multinomial(round(tally.size), tally.shares, draws)
        return np.asarray(counts @ scores / tally.size)
    sums = np.column_stack([tally.units @ scores, tally.units.sum(axis=1)])
    drawn = [times @ sums for times in count_tiles(len(sums), draws, rng)]
    table = np.concatenate(drawn)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(table[:, 0] / table[:, 1])
