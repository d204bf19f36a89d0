"""What answers would scatter like if nobody agreed: null distributions and their variances."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from numbers import Integral
from types import MappingProxyType

from attrs import frozen

from servqual.errors import Problem
from servqual.errors.problems import unknown_word
from servqual.labels import Label
from servqual.statistics._arguments import ArgumentError
from servqual.statistics._numbers import FINITE, single


class Null(StrEnum):
    """How answers are distributed under the null of no agreement.

    UNIFORM
        Every option alike: ``(A² − 1) / 12`` for ``A`` options.
    SLIGHT_SKEW, MODERATE_SKEW, HEAVY_SKEW
        A leaning to one end, as leniency makes it; the stronger it is, the less of an agreement remains.
    TRIANGULAR, NORMAL
        A leaning to the middle.
    """

    UNIFORM = "uniform"
    SLIGHT_SKEW = "slight_skew"
    MODERATE_SKEW = "moderate_skew"
    HEAVY_SKEW = "heavy_skew"
    TRIANGULAR = "triangular"
    NORMAL = "normal"

    @classmethod
    def _missing_(cls, value: object) -> Null:
        raise ArgumentError(unknown_word("null", value, cls))

    @property
    def label(self) -> Label:
        """Its name in both languages."""
        return _LABELS[self]


_LABELS: Mapping[Null, Label] = MappingProxyType(
    {
        Null.UNIFORM: Label("uniform", "均匀分布"),
        Null.SLIGHT_SKEW: Label("slight skew", "轻度偏态"),
        Null.MODERATE_SKEW: Label("moderate skew", "中度偏态"),
        Null.HEAVY_SKEW: Label("heavy skew", "重度偏态"),
        Null.TRIANGULAR: Label("triangular", "三角分布"),
        Null.NORMAL: Label("normal", "正态分布"),
    }
)

# Options → null → variance.
_TABLED: Mapping[int, Mapping[Null, float]] = MappingProxyType(
    {
        5: MappingProxyType(
            {
                Null.SLIGHT_SKEW: 1.34,
                Null.MODERATE_SKEW: 0.90,
                Null.HEAVY_SKEW: 0.44,
                Null.TRIANGULAR: 1.32,
                Null.NORMAL: 1.04,
            }
        ),
        7: MappingProxyType(
            {
                Null.SLIGHT_SKEW: 2.90,
                Null.MODERATE_SKEW: 2.14,
                Null.HEAVY_SKEW: 1.39,
                Null.TRIANGULAR: 2.10,
                Null.NORMAL: 1.40,
            }
        ),
    }
)

FORMULA, TABLED = "formula", "tabled"


@frozen
class NullVariance:
    """The variance of answers under a null; as a number it is that variance.

    Attributes
    ----------
    null
        Which null.
    value
        The variance, above zero.
    source
        "formula", or "tabled": a number from the literature, in two decimals and without a formula behind it.
    """

    null: Null
    value: float
    source: str = FORMULA

    def __float__(self) -> float:
        return self.value


def null_variance(null: Null | str, options: int) -> NullVariance:
    """Variance of answers to an item under a null of no agreement, for ``A`` options a whole step apart.

    Parameters
    ----------
    null
        "uniform" for any number of options, ``(A² − 1) / 12``; "slight_skew", "moderate_skew", "heavy_skew",
        "triangular" and "normal" for five and seven.
    options
        How many answers there are to choose from, two or more.

    Raises
    ------
    ArgumentError
        A null that is not known, or is not tabled for so many options.

    Notes
    -----
    The variances of five options are those of the proportions 5, 15, 20, 35, 25 % (slight skew), 0, 10, 15, 40, 35 %
    (moderate), 0, 0, 10, 40, 50 % (heavy), 11, 22, 34, 22, 11 % (triangular) and 7, 24, 38, 24, 7 % (normal). Those of
    seven options are handed down as numbers, and told as "tabled" like the others.

    References
    ----------
    James, Demaree & Wolf 1984, Journal of Applied Psychology 69(1):85-98; LeBreton & Senter 2008, Organizational
    Research Methods 11(4):815-852.

    Examples
    --------
    >>> null_variance("uniform", 5).value, null_variance("slight_skew", 7)
    (2.0, NullVariance(null=<Null.SLIGHT_SKEW: 'slight_skew'>, value=2.9, source='tabled'))
    """
    chosen = Null(null)
    if not isinstance(options, Integral) or isinstance(options, bool) or options < 2:
        raise ArgumentError(Problem("options", repr(options), "it is a whole number of two or more"))
    if chosen is Null.UNIFORM:
        return NullVariance(chosen, (options**2 - 1) / 12)
    if options not in _TABLED:
        listed = " and ".join(map(str, _TABLED))
        rule = f"the null {chosen} is tabled for {listed} options"
        raise ArgumentError(Problem("options", str(options), rule, "use the uniform null"))
    return NullVariance(chosen, _TABLED[options][chosen], TABLED)


def continuous_null_variance(low: float, high: float) -> NullVariance:
    """Variance of answers spread evenly between two ends without steps, ``(high − low)² / 12``.

    Parameters
    ----------
    low, high
        Ends of the scale, finite, in this order.

    Raises
    ------
    ArgumentError
        Ends that are no numbers, or not in this order.

    Examples
    --------
    >>> continuous_null_variance(1, 7).value
    3.0
    """
    first, last = single(low=(low, FINITE), high=(high, FINITE))
    if not first < last:
        raise ArgumentError(Problem("high", f"{last:g}", f"it lies above low, {first:g}"))
    return NullVariance(Null.UNIFORM, (last - first) ** 2 / 12)
