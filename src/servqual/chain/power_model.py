"""The population that standardised path coefficients describe, and samples of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from attrs import frozen

from servqual._arrays import Floats, Ints
from servqual.chain.graph import Chain
from servqual.chain.link import Link
from servqual.errors import ChainError, Problem, did_you_mean
from servqual.statistics.paths import lagged_total_effects

# effects of feedback are followed until less than this is left of them
_DIED_OUT = 1e-5
_LONGEST = 1024


@frozen(eq=False)
class PowerModel:
    """A chain whose constructs have mean 0 and variance 1.

    Attributes
    ----------
    constructs
        In causal order.
    matrices
        Standardised coefficients by lag, shape (lags + 1, constructs, constructs): row = target, column = source.
    mixing
        What makes the constructs' own parts of independent numbers, shape (constructs, constructs): the correlations of
        exogenous constructs, and the residual standard deviations of the others.
    settling
        Periods until what came before is forgotten.
    """

    constructs: tuple[str, ...]
    matrices: Floats
    mixing: Floats
    settling: int

    def draw(self, own: Floats) -> Floats:
        """Return constructs made of independent normal numbers, of the same shape (…, periods, constructs).

        The first `settling` periods are there to be forgotten.
        """
        parts = own @ self.mixing.T
        size = len(self.constructs)
        at_once = np.linalg.inv(np.eye(size) - self.matrices[0])
        if len(self.matrices) == 1:
            return np.asarray(parts @ at_once.T)
        found = np.zeros(parts.shape)
        for period in range(parts.shape[-2]):
            total = parts[..., period, :].copy()
            for lag in range(1, min(len(self.matrices) - 1, period) + 1):
                total += found[..., period - lag, :] @ self.matrices[lag].T
            found[..., period, :] = total @ at_once.T
        return found


def power_model(
    chain: Chain, effects: Mapping[Link, float], correlations: Mapping[tuple[str, str], float], lasting: float
) -> PowerModel:
    """Return the population in which each link has its standardised effect.

    Parameters
    ----------
    chain
        The chain.
    effects
        Link → effect in standard deviations.
    correlations
        Pairs of exogenous constructs → correlation; 0 where none is given.
    lasting
        Share of a construct's own variance that stays over periods.

    Raises
    ------
    ChainError
        If the effects leave a construct no variance of its own, if feedback does not die out, or if the correlations
        cannot be.
    """
    constructs = chain.constructs
    size = len(constructs)
    matrices = np.zeros((chain.max_lag + 1, size, size))
    for link, effect in effects.items():
        matrices[link.lag, constructs.index(link.target), constructs.index(link.source)] = effect
    responses = _responses(matrices)
    outside = np.array([constructs.index(name) for name in chain.exogenous], dtype=np.int64)
    inside = np.array([constructs.index(name) for name in chain.endogenous], dtype=np.int64)
    mixing = np.zeros((size, size))
    mixing[np.ix_(outside, outside)] = _root(chain, correlations)
    own = _own_variances(responses, mixing, inside, lasting)
    lost = [
        Problem(
            f"effects on {constructs[place]}",
            f"explain {1 - variance:.3g} of its variance",
            "what the causes of a construct explain is less than all of it",
            "make the effects smaller",
        )
        for place, variance in zip(inside.tolist(), own.tolist(), strict=True)
        if not variance > 0
    ]
    if lost:
        raise ChainError(*lost)
    mixing[inside, inside] = np.sqrt(own)
    return PowerModel(constructs, matrices, mixing, len(responses) - 1)


def _responses(matrices: Floats) -> Floats:
    """Return what a change in one period brings in this and each later one, shape (periods, constructs, constructs).

    Feedback that does not die out is refused.
    """
    lags, size = len(matrices) - 1, matrices.shape[-1]
    horizon = lags * size
    while True:
        found = lagged_total_effects(matrices, horizon).copy()
        found[0] += np.eye(size)
        quiet = np.abs(found).max(axis=(1, 2)) < _DIED_OUT
        if not lags or quiet[-lags:].all():
            loud = np.flatnonzero(~quiet)
            return np.asarray(found[: int(loud.max()) + 1])
        if horizon > _LONGEST:
            rule = "what feeds back dies out"
            raise ChainError(Problem("effects", "feedback that grows or stays", rule, "make the effects smaller"))
        horizon *= 4


def _own_variances(responses: Floats, mixing: Floats, inside: Ints, lasting: float) -> Floats:
    """Return the variances of endogenous constructs' own parts that make all variances 1.

    A construct's variance is ``(1 − s) Σ Ψ_h Ω Ψ_h' + s (Σ Ψ_h) Ω (Σ Ψ_h)'``, linear in the variances Ω.
    """
    total = responses.sum(axis=0)
    given = responses @ mixing
    explained = (1 - lasting) * (given**2).sum(axis=(0, 2)) + lasting * ((total @ mixing) ** 2).sum(axis=1)
    shares = (1 - lasting) * (responses**2).sum(axis=0) + lasting * total**2
    return np.asarray(np.linalg.solve(shares[np.ix_(inside, inside)], 1 - explained[inside]))


def _root(chain: Chain, correlations: Mapping[tuple[str, str], float]) -> Floats:
    """Return the Cholesky root of the correlations of exogenous constructs."""
    names = chain.exogenous
    problems = list(_correlation_faults(chain, correlations))
    table = np.eye(len(names))
    if not problems:
        for (one, other), value in correlations.items():
            table[names.index(one), names.index(other)] = table[names.index(other), names.index(one)] = value
        if not names or np.linalg.eigvalsh(table)[0] > 1e-10:
            return np.linalg.cholesky(table)
        problems = [Problem("correlations", "not positive definite", "no constructs correlate like this")]
    raise ChainError(*problems)


def _correlation_faults(chain: Chain, correlations: Mapping[Any, float]) -> Iterator[Problem]:
    seen = set()
    for pair, value in correlations.items():
        place = f"correlation of {' and '.join(map(str, pair))}"
        for name in pair:
            if name not in chain.exogenous:
                rule = "correlations are those of constructs that nothing leads to"
                yield Problem(place, f"{name!r}", rule, did_you_mean(str(name), chain.exogenous))
        if len(pair) != 2 or len(set(pair)) != 2:
            yield Problem(place, f"{len(set(pair))} constructs", "a correlation is one of two constructs")
        if frozenset(pair) in seen:
            yield Problem(place, "given twice", "a pair has one correlation")
        seen.add(frozenset(pair))
        if not -1 < value < 1:
            yield Problem(place, f"{value:g}", "it lies between −1 and 1")
