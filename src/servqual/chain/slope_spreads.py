"""The slopes of links with their covariance, or with draws of them, from the numbers of a fit alone."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from servqual._arrays import Floats
from servqual.chain.fitted import Direction, Fit
from servqual.chain.link import Link
from servqual.statistics.propagation import CovarianceSpread, DrawnSpread


def slopes_of(fit: Fit, links: Sequence[Link], direction: Direction) -> Floats:
    """Return the slope of each link at the mean of its source, shape (links,)."""
    pairs = [fit.gradient(link, direction=direction) for link in links]
    return np.array([vector @ fit.equations[place].regression.coefficients for place, vector in pairs])


def covariance_of(fit: Fit, links: Sequence[Link], direction: Direction) -> Floats:
    """Return the covariance of slopes, shape (links, links): those of one equation covary, those of two do not."""
    pairs = [fit.gradient(link, direction=direction) for link in links]
    found = np.zeros((len(links), len(links)))
    for i, (equation, one) in enumerate(pairs):
        for j, (other_equation, other) in enumerate(pairs):
            if equation == other_equation:
                found[i, j] = one @ fit.equations[equation].regression.covariance @ other
    return found


def degrees_of(fit: Fit, links: Sequence[Link]) -> Floats:
    """Return the degrees of freedom of each link's t test, shape (links,)."""
    return np.array([fit.equation(link.target).regression.df_test for link in links])


def delta_spread(fit: Fit, links: Sequence[Link], direction: Direction, sds: Floats) -> CovarianceSpread:
    """Return slopes with their covariance, then standard deviations that count as known."""
    covariance = np.zeros((len(links) + sds.size, len(links) + sds.size))
    covariance[: len(links), : len(links)] = covariance_of(fit, links, direction)
    return CovarianceSpread(np.append(slopes_of(fit, links, direction), sds), covariance)


def monte_carlo_spread(
    fit: Fit,
    links: Sequence[Link],
    direction: Direction,
    sds: Floats,
    *,
    draws: int,
    rng: int | np.random.Generator | None,
) -> DrawnSpread:
    """Return slopes with draws from the normal distributions of their estimates, equation by equation."""
    centre = np.append(slopes_of(fit, links, direction), sds)
    normal = np.random.default_rng(rng).standard_normal((draws, len(links)))
    drawn = np.repeat(centre[:, None], draws, axis=1)
    drawn[: len(links)] += _root(covariance_of(fit, links, direction)) @ normal.T
    return DrawnSpread(centre, drawn)


def _root(covariance: Floats) -> Floats:
    """Return a matrix R with ``R R' = covariance``; with few clusters a covariance may be singular."""
    try:
        return np.linalg.cholesky(covariance)
    except np.linalg.LinAlgError:
        roots, vectors = np.linalg.eigh(covariance)
        return np.asarray(vectors * np.sqrt(np.maximum(roots, 0.0)))
