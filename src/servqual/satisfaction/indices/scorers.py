"""`Scorer`: from answers to scores and indices, respondent by respondent."""

from __future__ import annotations

from typing import Self

import numpy as np
from attrs import frozen

from servqual._arrays import Bools, Floats, Ints
from servqual.satisfaction.indices.results import IndexFit
from servqual.statistics.pair_matrices import MissingRule
from servqual.statistics.pls_plan import layout_of


@frozen(eq=False)
class Scorer:
    """The weights of a fit, laid out for products with answers.

    Attributes
    ----------
    means, low
        Of the indicators, shape (p,): what scores, and indices, are counted from.
    weights, reach
        Unstandardised weights, and those times the length of the scale, shape (p, m): one column for each construct.
    membership
        1 where an indicator belongs to a construct, shape (p, m).
    missing, least
        The rule for missing answers, and the share of a construct's indicators that must be answered.
    """

    means: Floats
    low: Floats
    weights: Floats
    reach: Floats
    membership: Floats
    missing: MissingRule
    least: float

    @classmethod
    def of(cls, fit: IndexFit, least: float) -> Self:
        """Return the scorer of a fit; without scales, what it says of indices means nothing."""
        membership = layout_of(fit.model.plan).membership
        low, high = (np.zeros_like(fit.means), np.ones_like(fit.means)) if fit.ends is None else fit.ends
        weights = fit.numbers.raw[:, None] * membership
        reach = weights * (high - low)[:, None]
        return cls(fit.means, low, weights, reach, membership, fit.recipe.missing, least)

    def scored(self, values: Floats) -> Floats:
        """Return scores and indices, shape (2, rows, m), of answers (rows, p) with NaN for missing."""
        absent = np.isnan(values)
        gaps = np.flatnonzero(absent.any(axis=1))
        filled = values
        if gaps.size:
            # by the mean rule what is missing adds the mean; else nothing, and those that are there are scaled up
            stand = self.means if self.missing is MissingRule.MEAN else np.nan
            filled = np.where(absent, stand, values)
        with np.errstate(divide="ignore", invalid="ignore"):
            total = self.reach.sum(axis=0)
            scores = np.nan_to_num(filled - self.means) @ self.weights
            points = np.nan_to_num(filled - self.low) @ self.weights
            indices = 100 * points / np.where(total > 0, total, np.nan)
        found = np.stack([scores, indices])
        if gaps.size:
            self._mend(found, points, gaps, ~absent[gaps])
        return found

    def _mend(self, found: Floats, points: Floats, gaps: Ints, answered: Bools) -> None:
        """Put right what was found of respondents with missing answers."""
        if self.missing is not MissingRule.MEAN:
            there = answered.astype(np.float64)
            complete = there @ self.membership == self.membership.sum(axis=0)
            with np.errstate(divide="ignore", invalid="ignore"):
                share = there @ self.weights / self.weights.sum(axis=0)
                share = np.where(complete, 1.0, np.where(share > 0, share, np.nan))
                reach = there @ self.reach
                found[0, gaps] /= share
                mended = 100 * points[gaps] / np.where(reach > 0, reach, np.nan)
            found[1, gaps] = np.where(complete, found[1, gaps], mended)
        known = self._known(answered)
        found[:, gaps] = np.where(known, found[:, gaps], np.nan)

    def _known(self, answered: Bools) -> Bools:
        """Return which scores respondents with missing answers have, shape (rows, m)."""
        if self.missing is MissingRule.LISTWISE:
            return np.zeros((len(answered), self.membership.shape[1]), np.bool_)
        if self.missing is MissingRule.MEAN:
            anything = answered.max(axis=1, keepdims=True)
            return np.repeat(anything, self.membership.shape[1], axis=1)
        # with room for the rounding of a share
        needed = self.least * self.membership.sum(axis=0) - 1e-9
        return np.asarray(answered.astype(np.float64) @ self.membership >= needed)
