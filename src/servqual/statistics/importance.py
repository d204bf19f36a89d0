"""How much of an outcome each of several related predictors explains, from one matrix or a stack of them."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from servqual._arrays import Floats, freeze
from servqual.errors import Problem
from servqual.errors.problems import unknown_word
from servqual.labels import Label
from servqual.statistics._arguments import ArgumentError
from servqual.statistics.closed_shares import CLOSED
from servqual.statistics.coalition_shares import exact_shares, players_of
from servqual.statistics.ordering_shares import SampledShares, sampled_shares
from servqual.statistics.relations import Groups, Relations, relations_of

# players up to which all subsets are formed: a million of them
MOST = 20


class ImportanceMethod(StrEnum):
    """How the variance that predictors explain together is divided among them.

    LMG
        The mean, over all orderings, of what each adds to R² when it comes in: the Shapley value, also called general
        dominance. Zero or more, and sums to R².
    RELATIVE_WEIGHTS
        Johnson's weights, which go by way of the nearest uncorrelated predictors: Genizi's decomposition. Zero or more,
        sums to R²; near LMG, and equal to it for two predictors.
    FIRST
        What each explains alone, its squared correlation. Does not sum to R².
    LAST
        What each adds to all others, its usefulness. Does not sum to R².
    PRATT
        Standardised coefficient times correlation. Sums to R², and may be below zero, where it means nothing.
    BETASQ
        The squared standardised coefficient. Does not sum to R².
    CAR
        The squared correlation with the nearest uncorrelated predictor. Sums to R².

    References
    ----------
    Lindeman, Merenda & Gold 1980, Introduction to Bivariate and Multivariate Analysis, Scott Foresman (LMG); Budescu
    1993, Psychological Bulletin 114(3):542-551 (general dominance); Johnson 2000, Multivariate Behavioral Research
    35(1):1-19; Genizi 1993, Statistica Sinica 3(2):407-420; Darlington 1968, Psychological Bulletin 69(3):161-182
    (usefulness); Pratt 1987, in Pukkila & Puntanen (eds), Proceedings of the Second Tampere Conference in Statistics,
    245-260; Zuber & Strimmer 2011, Statistical Applications in Genetics and Molecular Biology 10(1):34 (CAR).
    """

    LMG = "lmg"
    RELATIVE_WEIGHTS = "relative_weights"
    FIRST = "first"
    LAST = "last"
    PRATT = "pratt"
    BETASQ = "betasq"
    CAR = "car"

    @property
    def label(self) -> Label:
        """The name in English and Chinese."""
        return _LABELS[self]

    @property
    def sums(self) -> bool:
        """Whether the shares sum to R²."""
        return self in _SUMMING

    @classmethod
    def _missing_(cls, value: object) -> ImportanceMethod:
        raise ArgumentError(unknown_word("method", value, cls))


_SUMMING = {
    ImportanceMethod.LMG,
    ImportanceMethod.RELATIVE_WEIGHTS,
    ImportanceMethod.PRATT,
    ImportanceMethod.CAR,
}
_LABELS = {
    ImportanceMethod.LMG: Label("LMG (Shapley)", "LMG（沙普利值）"),
    ImportanceMethod.RELATIVE_WEIGHTS: Label("Johnson's relative weights", "约翰逊相对权重"),
    ImportanceMethod.FIRST: Label("alone (first)", "单独解释（first）"),
    ImportanceMethod.LAST: Label("added to all others (last)", "最后加入（last）"),
    ImportanceMethod.PRATT: Label("Pratt", "普拉特指标"),
    ImportanceMethod.BETASQ: Label("squared standardised coefficient", "标准化系数平方"),
    ImportanceMethod.CAR: Label("CAR scores", "CAR得分"),
}


def variance_shares(
    matrix: npt.ArrayLike,
    method: ImportanceMethod | str = ImportanceMethod.LMG,
    *,
    groups: Groups = (),
    controls: Sequence[int] = (),
) -> Floats:
    """Shares of the variance of an outcome that predictors explain: LMG (Shapley), relative weights, dominance, Pratt.

    Parameters
    ----------
    matrix
        Covariances or correlations, shape (…, q, q), the outcome last: a stack, such as that of resamples, is computed
        in one go. Survey weights come in by the matrix.
    method
        See `ImportanceMethod`.
    groups
        Positions of predictors that come in together, for LMG: predictors then have their Owen values, which sum to the
        Shapley values of their groups. Those not named are groups of one.
    controls
        Positions of columns that are in every model: their part of R² comes first, and the rest is divided.

    Returns
    -------
    Floats
        Shape (…, predictors), in the order of the columns without controls and outcome. NaN where a predictor follows
        from others, or does not vary.

    Raises
    ------
    ArgumentError
        If the matrices are not square and symmetric, with a predictor or more; positions that there are not, or twice;
        groups with another method than LMG; more than twenty predictors or groups with LMG: use
        `sampled_variance_shares`.

    References
    ----------
    Grömping 2006, Journal of Statistical Software 17(1):1-27; Owen 1977, in Henn & Moeschlin (eds), Mathematical
    Economics and Game Theory, Springer, 76-88. Of each method, see `ImportanceMethod`.

    Examples
    --------
    >>> matrix = [[1.0, 0.5, 0.6], [0.5, 1.0, 0.4], [0.6, 0.4, 1.0]]
    >>> variance_shares(matrix).round(4), variance_shares(matrix, "last").round(4)
    (array([0.2867, 0.0867]), array([0.2133, 0.0133]))
    """
    chosen, relations = ImportanceMethod(method), relations_of(matrix, controls, groups)
    _refuse(chosen, relations)
    if chosen is ImportanceMethod.LMG:
        return relations.shaped(exact_shares(relations.stack, relations.groups))
    return relations.shaped(CLOSED[chosen](relations.stack))


def sampled_variance_shares(
    matrix: npt.ArrayLike,
    *,
    orderings: int = 1000,
    rng: int | np.random.Generator | None,
    groups: Groups = (),
    controls: Sequence[int] = (),
) -> SampledShares:
    """LMG (Shapley) shares from some orderings drawn at random, each beside its reverse: for more than 20 predictors.

    Parameters
    ----------
    matrix, groups, controls
        As of `variance_shares`.
    orderings
        How many, an even number: half of them are drawn.
    rng
        A seed or a generator.

    Returns
    -------
    SampledShares
        Shares, shape (…, predictors), that sum to R², and the standard error that comes of the sampling of orderings,
        which falls with the root of their number. All matrices of a stack have the same orderings.

    Raises
    ------
    ArgumentError
        As of `variance_shares`; also without a seed, or if orderings are not an even number, four or more.

    References
    ----------
    Castro, Gómez & Tejada 2009, Computers & Operations Research 36(5):1726-1730; Mitchell, Cooper, Frank & Holmes 2022,
    Journal of Machine Learning Research 23(43):1-46 (an ordering and its reverse).

    Examples
    --------
    >>> matrix = [[1.0, 0.5, 0.6], [0.5, 1.0, 0.4], [0.6, 0.4, 1.0]]
    >>> sampled_variance_shares(matrix, orderings=4, rng=1).shares.round(4)
    array([0.2867, 0.0867])
    """
    relations = relations_of(matrix, controls, groups)
    drawn = sampled_shares(relations.stack, relations.groups, orderings, rng)
    return SampledShares(relations.shaped(drawn.shares), relations.shaped(drawn.errors), drawn.orderings)


def explained_variance(matrix: npt.ArrayLike, *, controls: Sequence[int] = ()) -> Floats:
    """R²: the share of the variance of an outcome that all predictors explain together, beyond controls.

    Parameters
    ----------
    matrix, controls
        As of `variance_shares`.

    Returns
    -------
    Floats
        Shape (…), of the whole variance, 0 to 1; NaN where a predictor follows from others.

    Raises
    ------
    ArgumentError
        As of `variance_shares`.

    Examples
    --------
    >>> explained_variance([[1.0, 0.5, 0.6], [0.5, 1.0, 0.4], [0.6, 0.4, 1.0]]).round(4)
    np.float64(0.3733)
    """
    relations = relations_of(matrix, controls, ())
    shares = relations.shaped(CLOSED[ImportanceMethod.PRATT](relations.stack))
    return freeze(np.asarray(shares.sum(axis=-1)))


def _refuse(method: ImportanceMethod, relations: Relations) -> None:
    problems, players = [], len(players_of(relations.groups, relations.predictors))
    if method is not ImportanceMethod.LMG and relations.groups:
        problems.append(Problem("groups", f"given, with {method}", "groups come in together with LMG only"))
    if method is ImportanceMethod.LMG and players > MOST:
        rule = f"all subsets are formed of {MOST} predictors or groups at most"
        remedy = 'sampled_variance_shares(…), method="relative_weights", or groups of predictors'
        problems.append(Problem("matrix", f"{players} predictors", rule, remedy))
    if problems:
        raise ArgumentError(*problems)
