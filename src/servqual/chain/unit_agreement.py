"""Agreement on the items of one construct, unit by unit, and what it comes to over units."""

from __future__ import annotations

import numpy as np
from attrs import frozen

from servqual._arrays import Bools, Floats
from servqual.chain.evidence import CUSTOMARY, NullEvidence, Number
from servqual.chain.people import Scale
from servqual.statistics import Inapplicable
from servqual.statistics.agreement import r_star_wg_j, rwg, rwg_j
from servqual.statistics.agreement_nulls import Null, NullVariance, continuous_null_variance, null_variance
from servqual.statistics.scaled_agreement import awg_j
from servqual.statistics.within_groups import WithinGroups

NO_SCALE = Inapplicable("without a scale nothing is known of answers that do not agree")
NO_STEPS = Inapplicable("answers are not in whole steps, for which the null is tabled")
NO_TABLE = "the null is tabled for 5 and 7 options, not for {}"
NO_UNITS = Inapplicable("no unit has two answers to each item")


@frozen(eq=False)
class UnitAgreement:
    """Agreement on the items of one construct in each cell; cells that do not count have nothing."""

    within: WithinGroups
    variance: Floats
    ad: Floats
    ad_median: Floats
    awg: Floats
    out: Bools
    scale: Scale | None
    options: int | None

    @classmethod
    def of(cls, within: WithinGroups, kept: Bools, scale: Scale | None, options: int | None) -> UnitAgreement:
        """Return agreement in the cells that count."""
        variance = np.where(kept[:, None], within.variance, np.nan)
        ad, ad_median = (
            np.where(kept, each.mean(axis=1), np.nan) for each in (within.deviation, within.deviation_median)
        )
        values, out = np.full(kept.shape, np.nan), np.zeros(kept.shape, np.bool_)
        if scale is not None:
            low, high = scale
            # a mean of equal answers at an end may lie beside it by rounding
            found = awg_j(np.clip(within.mean, low, high), variance, within.n, low=low, high=high)
            values, out = found.values, ~np.isnan(variance).any(axis=1) & ~found.interpretable
        return cls(within, variance, ad, ad_median, values, out, scale, options)

    def null(self, null: Null) -> NullVariance | Inapplicable:
        """Return the variance under a null, or why there is none."""
        if self.scale is None:
            return NO_SCALE
        if self.options is None:
            return continuous_null_variance(*self.scale) if null is Null.UNIFORM else NO_STEPS
        if null is not Null.UNIFORM and self.options not in {5, 7}:
            return Inapplicable(NO_TABLE.format(self.options))
        return null_variance(null, self.options)

    def rwg(self, null: Null) -> tuple[Floats, Bools] | Inapplicable:
        """Return rwg or rwg(j) in each cell and where it was set to 0."""
        expected = self.null(null)
        if isinstance(expected, Inapplicable):
            return expected
        single = self.variance.shape[1] == 1
        found = rwg(self.variance[:, 0], expected) if single else rwg_j(self.variance, expected)
        return found.values, found.truncated

    def r_star(self, null: Null) -> Floats | Inapplicable:
        """Return r*wg(j) in each cell."""
        expected = self.null(null)
        return expected if isinstance(expected, Inapplicable) else r_star_wg_j(self.variance, expected)

    def under(self, construct: str, null: Null) -> NullEvidence:
        """Return agreement under one null, over all cells."""
        expected, found = self.null(null), self.rwg(null)
        source = "" if isinstance(expected, Inapplicable) else expected.source
        mean, median, share = over_units(found)
        return NullEvidence(
            construct=construct, null=str(null), variance=value_of(expected), source=source, mean=mean, median=median,
            share=share, zero=found if isinstance(found, Inapplicable) else float(found[1].sum()),
        )  # fmt: skip


def options_of(items: Floats, scale: Scale | None) -> int | None:
    """Return how many options a scale has, where its ends and all answers are whole numbers."""
    if scale is None or not (scale[0].is_integer() and scale[1].is_integer()):
        return None
    with np.errstate(invalid="ignore"):
        return None if (np.rint(items) != items).any(where=~np.isnan(items)) else round(scale[1] - scale[0]) + 1


def value_of(null: NullVariance | Inapplicable) -> Number:
    """Return the variance under a null, or why there is none."""
    return null if isinstance(null, Inapplicable) else null.value


def over_units(
    found: tuple[Floats, Bools] | Floats | Inapplicable, none: Inapplicable = NO_UNITS
) -> tuple[Number, Number, Number]:
    """Return mean, median, and share at .70 or above, of the cells that have a number."""
    if isinstance(found, Inapplicable):
        return found, found, found
    values = found[0] if isinstance(found, tuple) else found
    there = values[~np.isnan(values)]
    if not there.size:
        return none, none, none
    return float(there.mean()), float(np.median(there)), float((there >= CUSTOMARY - 1e-12).mean())
