"""`Equation`: one regression of a chain as numbers, and what its columns are."""

from __future__ import annotations

from enum import StrEnum

import numpy as np
from attrs import field, frozen

from servqual._arrays import Floats, Holder, Ints, floats, freeze
from servqual.chain.link import Link
from servqual.errors import FitError, Problem
from servqual.statistics.models import Regression


class Role(StrEnum):
    """What a column of a regression stands for."""

    INTERCEPT = "intercept"
    LINK = "link"
    CONTROL = "control"
    PERIOD = "period"


@frozen
class Term:
    """One column of a regression.

    Attributes
    ----------
    link
        The link that it belongs to; None for the intercept, controls and periods.
    part
        Its name among the coefficients.
    role
        What it stands for.
    """

    link: Link | None
    part: str
    role: Role = Role.LINK


@frozen(eq=False, getstate_setstate=False, repr=False)
class Equation(Holder):
    """The regression of one construct on what leads to it: numbers only.

    Attributes
    ----------
    target
        The construct that is explained.
    terms
        What each coefficient belongs to, k of them: the intercept (unless units have their own), links in the order of
        the chain, controls, periods.
    regression
        Coefficients, covariance, degrees of freedom, R².
    means, sds
        Of the columns over the rows used, shape (k,), before units' own means are taken off and without weights;
        divisor ``n − 1``.
    mean, sd
        Of the target over the rows used.
    """

    target: str
    terms: tuple[Term, ...]
    regression: Regression
    means: Floats = field(converter=floats)
    sds: Floats = field(converter=floats)
    mean: float
    sd: float

    def __attrs_post_init__(self) -> None:
        size = len(self.terms)
        lengths = {len(self.regression.names), self.means.size, self.sds.size}
        if lengths != {size}:
            rule = "every coefficient has its term, its mean and its standard deviation"
            raise FitError(Problem(f"equation of {self.target}", f"{size} terms for {sorted(lengths)} numbers", rule))

    @property
    def standardised(self) -> Floats:
        """Coefficients in standard deviations, ``b · sd(x) / sd(y)``, shape (k,); the intercept has none (NaN)."""
        with np.errstate(invalid="ignore", divide="ignore"):
            found = self.regression.coefficients * np.where(self.sds > 0, self.sds, np.nan) / self.sd
        return freeze(np.asarray(found))

    def places(self, link: Link) -> Ints:
        """Return the positions of a link's coefficients."""
        return np.array([place for place, term in enumerate(self.terms) if term.link == link], dtype=np.int64)

    def __repr__(self) -> str:
        return f"<Equation of {self.target} {self.regression!r:.200}>"
