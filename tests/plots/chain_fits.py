"""Fits of chains whose every number is chosen, to be drawn."""

from collections.abc import Mapping, Sequence

import numpy as np

from servqual.chain.equations import Equation, Role, Term
from servqual.chain.fitted import Fit
from servqual.chain.graph import Chain
from servqual.chain.recipes import Recipe
from servqual.chain.row_accounts import RowAccount
from servqual.statistics.models import Covariance, Regression

Slopes = Mapping[tuple[str, str], Sequence[float]]


def made(
    chain: Chain, slopes: Slopes, *, se: float = 0.1, df: float = 60.0, sds: Mapping[str, float] | None = None
) -> Fit:
    """A fit with these slopes, one for each column of a link; all have the same standard error, and means are 3."""
    spread = dict.fromkeys(chain.constructs, 1.0) | dict(sds or {})
    equations = [_equation(chain, target, slopes, se, df, spread[target]) for target in chain.endogenous]
    size = len(chain.constructs)
    return Fit(
        chain=chain,
        recipe=Recipe(),
        equations=tuple(equations),
        constructs=chain.constructs,
        means=np.full(size, 3.0),
        sds=np.array([spread[name] for name in chain.constructs]),
        n_units=64,
        n_periods=1,
        rows=RowAccount(64, 64),
    )


def _equation(chain: Chain, target: str, slopes: Slopes, se: float, df: float, sd: float) -> Equation:  # noqa: PLR0917
    terms, numbers = [Term(None, "intercept", Role.INTERCEPT)], [0.0]
    for link in chain.parents(target):
        found = slopes.get(link.ends, (0.3,) * len(link.form.parts(link.source)))
        for part, slope in zip(link.form.parts(link.source), found, strict=True):
            terms.append(Term(link, f"{part} lag {link.lag}" if link.lag else part))
            numbers.append(slope)
    size = len(terms)
    regression = Regression(
        names=tuple(term.part for term in terms), coefficients=np.array(numbers), covariance=np.eye(size) * se**2,
        df_resid=df, df_test=df, r2=0.42, adjusted_r2=0.4, n=64, sigma2=1.0, estimator=Covariance.NONROBUST,
    )  # fmt: skip
    return Equation(target, tuple(terms), regression, np.full(size, 3.0), np.ones(size), 3.0, sd)
