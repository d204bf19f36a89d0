"""Words of PLS path modelling: how weights are found, how neighbours count, which way a score points."""

from __future__ import annotations

from enum import IntEnum, StrEnum

from servqual.errors import Problem
from servqual.errors.problems import unknown_word
from servqual.labels import Label
from servqual.statistics._arguments import ArgumentError


class OuterMode(StrEnum):
    """How the weights of a construct's indicators follow from its neighbours.

    A
        Covariances of the indicators with the inner estimate: indicators reflect the construct (correlation weights).
    B
        Regression weights of the inner estimate on the indicators: indicators form the construct.

    References
    ----------
    Wold 1982, in Jöreskog & Wold (eds), Systems under Indirect Observation II, North-Holland, 1-54.
    """

    A = "A"
    B = "B"

    @classmethod
    def _missing_(cls, value: object) -> OuterMode:
        raise ArgumentError(Problem("mode", repr(value), "weights are found by mode 'A' or 'B'"))


class InnerScheme(StrEnum):
    """How much each neighbour counts in the inner estimate of a construct.

    CENTROID
        The sign of its correlation.
    FACTORIAL
        Its correlation.
    PATH
        A predecessor by its regression weight, a successor by its correlation.

    References
    ----------
    Lohmöller 1989, Latent Variable Path Modeling with Partial Least Squares, Physica, section 2.3.
    """

    CENTROID = "centroid"
    FACTORIAL = "factorial"
    PATH = "path"

    @classmethod
    def _missing_(cls, value: object) -> InnerScheme:
        raise ArgumentError(unknown_word("scheme", value, cls))


class SignRule(StrEnum):
    """Which of its two directions a construct is given: scores and their negatives fit alike.

    WEIGHTS
        That in which its weights, on indicators of unit variance, add up to more than zero.
    LOADINGS
        That in which the correlations with its own indicators add up to more than zero.
    NONE
        That in which the iteration, begun with equal weights, ends.
    """

    WEIGHTS = "weights"
    LOADINGS = "loadings"
    NONE = "none"

    @classmethod
    def _missing_(cls, value: object) -> SignRule:
        raise ArgumentError(unknown_word("sign", value, cls))


class PathState(IntEnum):
    """How the estimation of one matrix ended.

    FITTED
        The weights came to rest.
    NO_VARIANCE
        An indicator does not vary, or a pair of indicators has too few answers.
    SINGULAR
        The indicators of a construct of mode B, or the predecessors of a construct, determine each other; or a score
        has no variance.
    UNSETTLED
        The weights still changed after the last iteration.
    """

    FITTED = 0
    NO_VARIANCE = 1
    SINGULAR = 2
    UNSETTLED = 3

    @property
    def label(self) -> Label:
        """What it means, in English and Chinese."""
        return _STATES[self]


_STATES = {
    PathState.FITTED: Label("fitted", "已收敛"),
    PathState.NO_VARIANCE: Label("an indicator does not vary", "某个指标没有变异"),
    PathState.SINGULAR: Label("indicators or predecessors determine each other", "指标或前因变量完全共线"),
    PathState.UNSETTLED: Label("the weights did not come to rest", "权重未收敛"),
}
