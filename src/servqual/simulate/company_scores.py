"""True scores of branches over quarters: they follow the chain, and what the chain does not explain is drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from servqual._arrays import Floats
from servqual.chain.graph import Chain


def reach_of(chain: Chain) -> int:
    """Return the greatest sum of lags along any path."""
    reach = dict.fromkeys(chain.constructs, 0)
    for target in chain.constructs:
        reach[target] = max((reach[link.source] + link.lag for link in chain.parents(target)), default=0)
    return max(reach.values())


def loadings(
    chain: Chain, coefficients: Sequence[float], persistence: float
) -> tuple[dict[str, Floats], dict[str, float]]:
    """Return how each construct depends on what is drawn, and the variance that the chain leaves of it.

    Loadings have the shape (1 + reach, constructs) + …: row 0 on lasting effects, row 1 + h on the shocks of ``h``
    quarters ago; all that is drawn has variance 1, and so has each construct.
    """
    slopes = dict(zip(chain.links, coefficients, strict=True))
    names = chain.constructs
    found: dict[str, Floats] = {}
    left: dict[str, float] = {}
    for place, name in enumerate(names):
        total = np.zeros((2 + reach_of(chain), len(names)))
        for link in chain.parents(name):
            source = found[link.source]
            total[0] += slopes[link] * source[0]
            total[1 + link.lag :] += slopes[link] * source[1 : source.shape[0] - link.lag]
        left[name] = 1 - float((total**2).sum())
        own = max(left[name], 0.0) ** 0.5
        total[0, place], total[1, place] = persistence**0.5 * own, (1 - persistence) ** 0.5 * own
        found[name] = total
    return found, left


def true_scores(
    chain: Chain,
    coefficients: Sequence[float],
    residuals: Mapping[str, float],
    *,
    persistence: float,
    shape: tuple[int, int],
    rng: np.random.Generator,
) -> dict[str, Floats]:
    """Return standardised true scores, construct → (branches, quarters).

    Each is ``Σ β x(t − lag) + s (√p a + √(1 − p) b(t))``, with ``s`` the residual, ``a`` of the branch and ``b`` of the
    branch and quarter.
    """
    branches, quarters = shape
    before = reach_of(chain)
    slopes = dict(zip(chain.links, coefficients, strict=True))
    lasting = rng.standard_normal((len(chain.constructs), branches, 1))
    shocks = rng.standard_normal((len(chain.constructs), branches, before + quarters))
    found: dict[str, Floats] = {}
    for place, name in enumerate(chain.constructs):
        drawn = persistence**0.5 * lasting[place] + (1 - persistence) ** 0.5 * shocks[place]
        values = residuals[name] * drawn
        for link in chain.parents(name):
            source = found[link.source]
            values[:, link.lag :] += slopes[link] * source[:, : source.shape[1] - link.lag]
        found[name] = values
    return {name: values[:, before:] for name, values in found.items()}
