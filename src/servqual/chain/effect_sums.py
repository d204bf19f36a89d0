"""`PathSums`: sums and differences of the effects of paths, with their uncertainty."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from attrs import field, frozen

from servqual._arrays import Floats, Holder, floats
from servqual.chain.effect_paths import Ways
from servqual.chain.effect_values import Effect, Number, ShareMediated
from servqual.chain.effect_words import (
    BEYOND_ONE,
    NEAR_ZERO,
    NEGATIVE_SHARE,
    NO_GOODMAN,
    NO_PATH,
    NO_TOTAL,
    NOT_TWO,
    EffectKind,
)
from servqual.statistics import Inapplicable
from servqual.statistics.products import ProductVariance, product_variance
from servqual.statistics.propagation import Propagated, Spread


@frozen(eq=False, getstate_setstate=False, repr=False, kw_only=True)
class PathSums(Holder):
    """The paths between two constructs, the slopes of their links, and how these would vary.

    Attributes
    ----------
    ways
        The paths.
    spread
        Slopes of the links; then, where `standardised`, the standard deviations of source and target.
    slopes, errors, df, p
        Of each link in the fit: slope, standard error, degrees of freedom and p-value of its t test, shape (links,).
    confidence, standardised
        As asked.
    """

    ways: Ways
    spread: Spread
    slopes: Floats = field(converter=floats)
    errors: Floats = field(converter=floats)
    df: Floats = field(converter=floats)
    p: Floats = field(converter=floats)
    confidence: float
    standardised: bool

    def paths(self, estimates: Floats) -> Floats:
        """Return the effect of each path, shape (paths, …), of estimates as `spread` has them."""
        many = len(self.ways.links)
        found = self.ways.effects(estimates[:many])
        return found * (estimates[many] / estimates[many + 1]) if self.standardised else found

    def gradient(self) -> Floats:
        """Return the derivatives of the effects of paths by the estimates, shape (paths, estimates)."""
        centre, many = self.spread.estimates, len(self.ways.links)
        found = self.ways.gradient(centre[:many])
        if not self.standardised:
            return found
        effects, source, target = self.paths(centre), centre[many], centre[many + 1]
        return np.column_stack([found * source / target, effects / source, -effects / target])

    def of(self, kinds: Sequence[EffectKind], keys: Sequence[str], weights: Floats) -> tuple[Effect, ...]:
        """Return sums over paths as effects, one for each row of weights, shape (rows, paths)."""
        found = self.spread.of(
            lambda estimates: weights @ self.paths(estimates),
            weights @ self.gradient(),
            self.confidence,
            np.array([self._df(row) for row in weights]),
        )
        pairs = zip(kinds, keys, strict=True)
        return tuple(self._effect(kind, key, weights[row], found, row) for row, (kind, key) in enumerate(pairs))

    def _df(self, weights: Floats) -> float:
        """Return degrees of freedom: those of its regression for a single link, else infinite."""
        path = self._single(weights)
        return float(self.df[self._places(path)[0]]) if path is not None and self.ways.direct[path] else np.inf

    def _effect(self, kind: EffectKind, key: str, weights: Floats, found: Propagated, row: int) -> Effect:
        path = self._single(weights)
        lags = {lag for lag, weight in zip(self.ways.lags, weights, strict=True) if weight}
        numbers: dict[str, Number] = {
            name: getattr(found, name).at(row) for name in ("estimate", "se", "low", "high", "p")
        }
        joint: Number = Inapplicable(NO_PATH) if path is None else float(self.p[list(self._places(path))].max())
        lag = lags.pop() if len(lags) == 1 else None
        return Effect(kind=kind, key=key, lag=lag, **numbers, joint_p=joint, **self._normal_errors(path))

    def _normal_errors(self, path: int | None) -> dict[str, Number]:
        """Return the standard errors of a product of two links by normal theory."""
        names = {f"{each.value}_se": each for each in ProductVariance}
        if path is None or len(self.ways.paths[path]) != 2 or len({link.target for link in self.ways.paths[path]}) < 2:
            return dict.fromkeys(names, Inapplicable(NOT_TWO))
        places = list(self._places(path))
        (a, b), (error_a, error_b) = self.slopes[places].tolist(), self.errors[places].tolist()
        many, centre = len(self.ways.links), self.spread.estimates
        scale = float(centre[many] / centre[many + 1]) if self.standardised else 1.0
        squares = {name: product_variance(a, error_a, b, error_b, kind) for name, kind in names.items()}
        return {
            name: math.sqrt(each) * scale if each > 0 else Inapplicable(NO_GOODMAN) for name, each in squares.items()
        }

    def _single(self, weights: Floats) -> int | None:
        """Return the only path of a sum, None where there are several."""
        held = np.flatnonzero(weights)
        return int(held[0]) if held.size == 1 else None

    def _places(self, path: int) -> tuple[int, ...]:
        return tuple(self.ways.links.index(link) for link in self.ways.paths[path])

    def share(self, whole: Effect) -> ShareMediated | Inapplicable:
        """Return the share of the total effect, given as a whole, that is indirect."""
        direct = np.array(self.ways.direct)
        if direct.all():
            return Inapplicable("no path goes by way of another construct")
        weights = np.array([~direct, np.ones(direct.size)], dtype=np.float64)
        (indirect, total), slope = weights @ self.paths(self.spread.estimates), weights @ self.gradient()
        if total == 0:
            return Inapplicable(NO_TOTAL)
        gradient = (slope[0] * total - indirect * slope[1]) / total**2
        with np.errstate(divide="ignore", invalid="ignore"):
            found = self.spread.of(lambda each: _ratio(weights @ self.paths(each)), gradient[None], self.confidence)
        said = [
            (indirect * total < 0, NEGATIVE_SHARE),
            (indirect * total > total**2, BEYOND_ONE),
            (not float(whole.low) * float(whole.high) > 0, NEAR_ZERO),
        ]
        numbers = {name: getattr(found, name).at(0) for name in ("estimate", "low", "high")}
        return ShareMediated(**numbers, warnings=tuple(label for holds, label in said if holds))


def _ratio(pair: Floats) -> Floats:
    return np.asarray((pair[0] / pair[1])[None])
