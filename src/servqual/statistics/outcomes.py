"""What a test says: `TestResult`, and what tests of means and of ranks say besides."""

from __future__ import annotations

from typing import Any, ClassVar, Self

import attrs
import numpy as np
from attrs import evolve, field, frozen

from servqual._arrays import AnyArray, Bools, Floats, Holder, floats, freeze, texts, truths
from servqual.errors import Problem
from servqual.statistics._arguments import ArgumentError, check_confidence
from servqual.statistics.inapplicable import Inapplicable
from servqual.statistics.intervals import student_interval


@frozen(eq=False, kw_only=True, getstate_setstate=False)
class TestResult(Holder):
    """Outcome of a test, for one comparison or for many at once: all arrays have the shape of what was compared.

    Numbers give arrays of shape (). Where a test does not exist its statistic and p are NaN and the reason says why;
    `at` picks one comparison and hands out an `Inapplicable` there.

    Attributes
    ----------
    statistic
        Value of the test statistic.
    df
        Its degrees of freedom; infinite where it is normal, NaN where its distribution is counted out exactly.
    p
        Two-sided p-value, between 0 and 1, unless the method says otherwise.
    null
        The hypothesis tested, in words.
    method
        The test by name, with its variant.
    reason
        Why there is no result; empty text where there is one.
    df_error
        Degrees of freedom of the denominator, for F statistics.
    """

    # pytest would take the name for a class of tests
    __test__: ClassVar[bool] = False

    statistic: Floats = field(converter=floats)
    df: Floats = field(converter=floats)
    p: Floats = field(converter=floats)
    null: str
    method: str
    reason: AnyArray = field(converter=texts)
    df_error: Floats | None = field(default=None, converter=attrs.converters.optional(floats))

    def __attrs_post_init__(self) -> None:
        """Check that all arrays have one shape."""
        shapes = {name: array.shape for name, array in self._arrays().items()}
        if len(set(shapes.values())) > 1:
            found = ", ".join(f"{name} {shape}" for name, shape in shapes.items())
            raise ArgumentError(Problem("shapes", found, "all arrays of a result have one shape"))

    def at(self, *place: int) -> Self | Inapplicable:
        """One comparison: a result of shape (), or an `Inapplicable` where there is none.

        Parameters
        ----------
        place
            Position in the arrays, one number for each axis; none for a result of shape ().
        """
        if why := str(self.reason[place]):
            return Inapplicable(why)
        return evolve(self, **{name: array[place] for name, array in self._arrays().items()})

    def _arrays(self) -> dict[str, AnyArray]:
        values: dict[str, Any] = {each.name: getattr(self, each.name) for each in attrs.fields(type(self))}
        return {name: value for name, value in values.items() if isinstance(value, np.ndarray)}

    def __repr__(self) -> str:
        said = f"p {float(self.p):.3g}" if not self.p.ndim else f"{self.p.size} comparisons"
        if not self.p.ndim and str(self.reason):
            said = f"not applicable: {self.reason}"
        return f"<{type(self).__name__} by {self.method}: {said}; null: {self.null}>"


@frozen(eq=False, kw_only=True, getstate_setstate=False, repr=False)
class MeanTest(TestResult):
    """Outcome of a t test, with what it tested, so that the interval belongs to the test.

    Attributes
    ----------
    estimate
        The mean, difference or coefficient, in the units of the answers.
    se
        Its standard error.
    """

    estimate: Floats = field(converter=floats)
    se: Floats = field(converter=floats)

    def interval(self, confidence: float = 0.95) -> tuple[Floats, Floats]:
        """Confidence interval of the estimate by Student's t on ``df``: low and high; NaN where there is no test.

        Raises
        ------
        ArgumentError
            If the confidence does not lie between 0 and 1.
        """
        check_confidence(confidence)
        se = np.where(self.reason == "", self.se, np.nan)
        low, high = student_interval(self.estimate, se, self.df, confidence)
        return freeze(np.asarray(low)), freeze(np.asarray(high))


@frozen(eq=False, kw_only=True, getstate_setstate=False, repr=False)
class RankTest(TestResult):
    """Outcome of a test by ranks, with its effect size.

    Attributes
    ----------
    z
        The statistic standardised, its mean and variance under the null taken off, corrected as the method says.
    n
        Answers that were ranked.
    effect
        Rank-biserial correlation, between −1 and 1: what ranks speak for, less what speaks against. Above zero where
        differences are positive, or the first sample is higher.
    exact
        Whether p was counted out exactly rather than taken from the normal distribution.

    References
    ----------
    Kerby 2014, Comprehensive Psychology 3, article 11.IT.3.1 (rank-biserial correlation by simple differences).
    """

    z: Floats = field(converter=floats)
    n: Floats = field(converter=floats)
    effect: Floats = field(converter=floats)
    exact: Bools = field(converter=truths)
