"""Fits made of chosen numbers, and the linear algebra that their changes are checked against."""

from collections.abc import Mapping

import numpy as np
from attrs import evolve

from servqual._arrays import Floats
from servqual.chain.equations import Equation, Role, Term
from servqual.chain.fitted import Fit
from servqual.chain.forms import Linear
from servqual.chain.graph import Chain
from servqual.chain.recipes import Recipe
from servqual.chain.row_accounts import RowAccount
from servqual.statistics.models import Covariance, Regression
from servqual.statistics.paths import lagged_total_effects

Slopes = Mapping[str, float]


def straight(chain: Chain) -> Chain:
    return evolve(chain, links=[evolve(link, form=Linear()) for link in chain.links])


def made_fit(
    chain: Chain,
    seed: int = 0,
    *,
    means: Mapping[str, float] | None = None,
    scales: Mapping[str, tuple[float, float]] | None = None,
    spread: float = 0.1,
    slopes: Slopes | None = None,
    df: float = 40.0,
) -> Fit:
    """A fit with coefficients drawn at random, or of given slopes, and covariances of the size of `spread` squared."""
    rng = np.random.default_rng(seed)
    levels = np.array([(means or {}).get(name, rng.uniform(2, 5)) for name in chain.constructs])
    placed = dict(zip(chain.constructs, levels, strict=True))
    settled = evolve(chain, links=[evolve(each, form=each.form.resolved(placed[each.source])) for each in chain.links])
    return Fit(
        chain=settled,
        recipe=Recipe(),
        equations=tuple(
            _equation(settled, target, rng, spread=spread, slopes=slopes, df=df) for target in settled.endogenous
        ),
        constructs=settled.constructs,
        means=levels,
        sds=rng.uniform(0.5, 1.5, levels.size),
        n_units=50,
        n_periods=1,
        rows=RowAccount(50, 50),
        scales=tuple((scales or {}).items()),
    )


def _equation(
    chain: Chain, target: str, rng: np.random.Generator, *, spread: float, slopes: Slopes | None, df: float
) -> Equation:
    terms = [Term(None, "intercept", Role.INTERCEPT)]
    terms += [
        Term(link, f"{part}{link.lag}") for link in chain.parents(target) for part in link.form.parts(link.source)
    ]
    k = len(terms)
    values = rng.normal(0, 0.5, k)
    if slopes is not None:
        values = np.array([0.0, *(slopes[str(term.link)] for term in terms[1:])])
    root = rng.normal(0, spread, (k, k))
    names = tuple(term.part for term in terms)
    fitted = Regression(names, values, root @ root.T, df, df, 0.5, 0.5, 50, 1.0, Covariance.NONROBUST)
    return Equation(target, tuple(terms), fitted, np.ones(k), np.ones(k), 0.0, 1.0)


def total_matrix(fit: Fit, horizon: int) -> Floats:
    """Total effects up to a period by path algebra: row = target, column = source; 1 on the diagonal."""
    size = len(fit.constructs)
    matrices = np.zeros((fit.chain.max_lag + 1, size, size))
    for link, slope in zip(fit.chain.links, fit.slopes(), strict=True):
        matrices[link.lag, fit.constructs.index(link.target), fit.constructs.index(link.source)] = slope
    return np.eye(size) + lagged_total_effects(matrices, horizon).sum(axis=0)
