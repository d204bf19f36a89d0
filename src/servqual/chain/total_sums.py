"""`PairSums`: total effects between all constructs as arithmetic on the slopes of links."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from attrs import frozen

from servqual._arrays import Floats
from servqual.chain.fitted import Fit
from servqual.chain.ordering import cycles
from servqual.errors import ChainError, Problem
from servqual.statistics.paths import lagged_total_effects, total_effects as acyclic_total_effects

NO_END = "a chain that feeds back over time has paths without end"


@frozen(eq=False)
class PairSums:
    """The links of a chain among its constructs, and the pairs between which a path leads.

    Estimates come as an array of shape (links, …) in the order of the chain; where totals are `standardised`, the
    standard deviations of all constructs follow.

    Attributes
    ----------
    size
        Number of constructs.
    places
        Lag, target and source of each link.
    horizon
        The periods that paths may take; None where all paths end.
    standardised
        Whether totals are in standard deviations.
    """

    size: int
    places: tuple[tuple[int, int, int], ...]
    horizon: int | None
    standardised: bool = False

    @classmethod
    def of(cls, fit: Fit, horizon: int | None, *, standardised: bool) -> PairSums:
        """Return the links of a fit.

        Raises
        ------
        ChainError
            A horizon that is none, or none where later periods feed back.
        """
        _check_horizon(horizon)
        ring = next(cycles(fit.chain.links), None)
        if ring is not None and horizon is None:
            remedy = "pass horizon=, the periods that a path may take"
            raise ChainError(Problem("total effects", f"{' -> '.join(ring)} with lags", NO_END, remedy))
        at = fit.constructs.index
        places = tuple((link.lag, at(link.target), at(link.source)) for link in fit.chain.links)
        return cls(len(fit.constructs), places, horizon, standardised)

    def counts(self) -> Floats:
        """Return the number of paths between each two constructs, shape (targets, sources)."""
        return self._totals(np.ones(len(self.places)))

    def direct(self, slopes: Floats) -> Floats:
        """Return direct effects, those of all lags within the horizon together, shape (targets, sources)."""
        table = self._by_lag(slopes)
        return np.asarray(table[: None if self.horizon is None else self.horizon + 1].sum(axis=0))

    def totals(self, estimates: Floats) -> Floats:
        """Return total effects, shape (…, targets, sources), of estimates of shape (estimates, …)."""
        found = self._totals(estimates[: len(self.places)])
        if not self.standardised:
            return found
        sds = np.moveaxis(estimates[len(self.places) :], 0, -1)
        return np.asarray(found * sds[..., None, :] / sds[..., :, None])

    def gradient(self, estimates: Floats) -> Floats:
        """Return the derivatives of the totals by the slopes, shape (targets, sources, estimates).

        Those by standard deviations, which count as known where gradients serve, are left at zero.
        """
        slopes = estimates[: len(self.places)]
        found = np.zeros((self.size, self.size, estimates.size))
        arrived = self._arrived(slopes)
        for link, (lag, target, source) in enumerate(self.places):
            for late, after in enumerate(arrived):
                # what arrives at the source in time, goes over the link and on from its target
                before = arrived[: max(len(arrived) - late - (0 if self.horizon is None else lag), 0)].sum(axis=0)
                found[:, :, link] += np.outer(after[:, target], before[source])
        if self.standardised:
            sds = estimates[len(self.places) :]
            found[:, :, : len(self.places)] *= (sds[None, :] / sds[:, None])[:, :, None]
        return found

    def _totals(self, slopes: Floats) -> Floats:
        table = self._by_lag(slopes)
        if self.horizon is None:
            return acyclic_total_effects(table.sum(axis=-3))
        return np.asarray(lagged_total_effects(table, self.horizon).sum(axis=-3))

    def _arrived(self, slopes: Floats) -> Floats:
        """Return what arrives by period, the change itself included; in one period where there is no horizon."""
        table = self._by_lag(slopes)
        if self.horizon is None:
            return (np.eye(self.size) + acyclic_total_effects(table.sum(axis=0)))[None]
        found = lagged_total_effects(table, self.horizon).copy()
        found[0] += np.eye(self.size)
        return found

    def _by_lag(self, slopes: Floats) -> Floats:
        """Return slopes as matrices, shape (…, lags + 1, targets, sources)."""
        longest = max(lag for lag, _, _ in self.places)
        table = np.zeros((*slopes.shape[1:], longest + 1, self.size, self.size))
        for slope, (lag, target, source) in zip(slopes, self.places, strict=True):
            table[..., lag, target, source] = slope
        return table


def _check_horizon(horizon: object) -> None:
    if horizon is not None and (isinstance(horizon, bool) or not isinstance(horizon, int) or horizon < 0):
        rule = "a horizon is a whole number of periods, zero or more"
        raise ChainError(Problem("horizon", repr(horizon), rule))


def pairs_of(counts: Floats) -> Sequence[tuple[int, int]]:
    """Return target and source of every pair with a path, source by source."""
    return [(target, source) for source, target in np.argwhere(counts.T > 0).tolist()]
