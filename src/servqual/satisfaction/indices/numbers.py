"""The arithmetic of an index from 0 to 100: unstandardised weights, means, spreads and effects."""

from __future__ import annotations

import numpy as np
from attrs import frozen

from servqual._arrays import Floats
from servqual.statistics.pair_matrices import Metric
from servqual.statistics.paths import total_effects
from servqual.statistics.pls_estimates import PathEstimates
from servqual.statistics.pls_plan import layout_of


@frozen(eq=False)
class IndexNumbers:
    """What estimates say in units of the answers; of one matrix or of a stack, whose shape is ``…``.

    Attributes
    ----------
    raw
        Unstandardised weights, those of the answers as they were asked, shape (…, p).
    shares
        How much each indicator counts in the index of its construct, shape (…, p); they sum to 1 in each construct.
        NaN where the weights of a construct do not add up to more than 0: then there is no index.
    indices
        0 to 100 if no weight is negative, shape (…, m); NaN without scales.
    spreads
        Standard deviations of indices over respondents, shape (…, m); without scales, of weighted mean answers.
    """

    raw: Floats
    shares: Floats
    indices: Floats
    spreads: Floats

    @property
    def ratios(self) -> Floats:
        """What a standardised effect of column j on row i is multiplied by to be in points, shape (…, m, m)."""
        return np.asarray(self.spreads[..., :, None] / self.spreads[..., None, :])


def index_numbers(
    estimates: PathEstimates, metric: Metric, means: Floats, sds: Floats, ends: Floats | None
) -> IndexNumbers:
    """Return weights, indices and spreads in units of the answers.

    Parameters
    ----------
    estimates
        Of one matrix or a stack.
    metric
        Of the matrix.
    means, sds
        Of the indicators, shape (…, p).
    ends
        Lowest and highest answer of each, shape (2, p); None where they are not known.
    """
    layout = layout_of(estimates.plan)
    raw = estimates.weights / sds if metric is Metric.CORRELATIONS else estimates.weights
    span = np.ones(raw.shape[-1]) if ends is None else ends[1] - ends[0]
    total = (raw * span) @ layout.membership
    with np.errstate(divide="ignore", invalid="ignore"):
        total = np.where(total > 0, total, np.nan)
        shares = raw * span / total[..., layout.owner]
        spreads = (1.0 if ends is None else 100.0) / total
    if ends is None:
        return IndexNumbers(raw, shares, np.full(total.shape, np.nan), spreads)
    return IndexNumbers(raw, shares, mean_indices(raw, means, ends, estimates), spreads)


def mean_indices(raw: Floats, means: Floats, ends: Floats, estimates: PathEstimates) -> Floats:
    """Return indices of respondents with these means of indicators, shape (…, m), from unstandardised weights.

    NaN where a mean is missing, or where weights do not add up to more than 0; that of one construct leaves the others.
    """
    membership = layout_of(estimates.plan).membership
    points, total = raw * (means - ends[0]), (raw * (ends[1] - ends[0])) @ membership
    lacking = np.isnan(points)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = 100 * (np.where(lacking, 0.0, points) @ membership) / total
        return np.where((lacking @ membership > 0) | ~(total > 0), np.nan, found)


def all_effects(estimates: PathEstimates) -> Floats:
    """Return total effects, shape (…, m, m): of column j on row i, in standard deviations; 0 where no route leads."""
    return total_effects(np.nan_to_num(estimates.paths))
