"""What is said of a construct that was aggregated: `Evidence`, `NullEvidence`, and the scatter within each unit."""

from __future__ import annotations

from attrs import field, frozen

from servqual._arrays import Floats, Holder, floats
from servqual.statistics import Inapplicable

Number = float | Inapplicable

# A rule of thumb for rwg, awg and ICC(2).
CUSTOMARY = 0.70


@frozen(kw_only=True, repr=False)
class Evidence:
    """What speaks for and against means of units as measures of one construct; what does not exist says why.

    Units are here the rows of the unit table: with periods, each unit in each period.

    Attributes
    ----------
    construct, items
        Which construct, and of how many items it is the mean.
    units, respondents
        Units with a mean, and the people behind all of them.
    mean_n, min_n, max_n, harmonic_n
        People per unit: mean, least, most, and harmonic mean.
    icc1, icc1_low, icc1_high
        ICC(1) at the mean group size, with its interval.
    icc2, icc2_low, icc2_high
        ICC(2) at the mean group size, ``(MSB − MSW) / MSB``, with its interval.
    icc1_harmonic, icc2_harmonic
        Both with harmonic group sizes: n₀ for ICC(1), the harmonic mean for ICC(2); see `GroupSize`.
    ms_between, ms_within, f, df_between, df_within, p
        The analysis of variance between units.
    options
        Options of the scale, where answers are in whole steps.
    null, null_variance
        The null that rwg was asked against, and its variance.
    rwg_mean, rwg_median, rwg_share
        Agreement rwg, of several items rwg(j): mean and median over units, and the share of units at .70 or above.
    rwg_zero
        Units in which answers scatter more than under the null, so that rwg was set to 0.
    rwg_skew_mean, rwg_skew_median, rwg_skew_share
        The same under a null of slight skew.
    r_star_mean, r_star_median
        Lindell's r*wg(j), which may be negative.
    awg_mean, awg_median, awg_share
        Agreement awg: mean and median over units, share of units at .70 or above.
    awg_out
        Units of two people or more with an item whose awg is not there or not interpretable: its mean lies at or too
        near an end of the scale.
    ad_mean, ad_median
        Average deviation of answers from the item's mean in the unit, and from its median; means over units.
    ad_limit, ad_share
        A sixth of the options, and the share of units whose deviation about the mean is at most that.
    unanswered
        Answers to items missing among the people who count.
    partial
        People left out because they answered too few of the items.
    small_units
        Units whose mean was set missing because fewer people than `min_respondents` stand behind it.
    """

    construct: str
    items: int
    units: int
    respondents: int
    mean_n: Number
    min_n: Number
    max_n: Number
    harmonic_n: Number
    icc1: Number
    icc1_low: Number
    icc1_high: Number
    icc2: Number
    icc2_low: Number
    icc2_high: Number
    icc1_harmonic: Number
    icc2_harmonic: Number
    ms_between: Number
    ms_within: Number
    f: Number
    df_between: Number
    df_within: Number
    p: Number
    options: Number
    null: str
    null_variance: Number
    rwg_mean: Number
    rwg_median: Number
    rwg_share: Number
    rwg_zero: Number
    rwg_skew_mean: Number
    rwg_skew_median: Number
    rwg_skew_share: Number
    r_star_mean: Number
    r_star_median: Number
    awg_mean: Number
    awg_median: Number
    awg_share: Number
    awg_out: Number
    ad_mean: Number
    ad_median: Number
    ad_limit: Number
    ad_share: Number
    unanswered: int
    partial: int
    small_units: int

    def __repr__(self) -> str:
        head = f"<Evidence of {self.construct}: {self.units} units, {self.respondents} respondents"
        if isinstance(self.icc1, Inapplicable):
            return f"{head}; no ICC, {self.icc1}>"
        return f"{head}; ICC(1) {self.icc1:.3f}, ICC(2) {float(self.icc2):.3f}>"


@frozen(kw_only=True)
class NullEvidence:
    """Agreement on one construct under one null of no agreement.

    Attributes
    ----------
    construct, null
        Which construct, under which null.
    variance, source
        Its variance, and where that comes from: "formula" or "tabled".
    mean, median, share
        Mean and median of rwg or rwg(j) over units, and the share of units at .70 or above.
    zero
        Units set to 0.
    """

    construct: str
    null: str
    variance: Number
    source: str
    mean: Number
    median: Number
    share: Number
    zero: Number


@frozen(eq=False, getstate_setstate=False, kw_only=True)
class UnitScatter(Holder):
    """One construct in each row of the unit table; all arrays of shape (rows,), NaN where there is no number.

    Attributes
    ----------
    n, mean, sd
        People who count, their mean (weighted where there are weights) and standard deviation (divisor ``n − 1``).
    rwg, r_star, awg, ad, ad_median
        Agreement of these people; see `Evidence`.
    """

    n: Floats = field(converter=floats)
    mean: Floats = field(converter=floats)
    sd: Floats = field(converter=floats)
    rwg: Floats = field(converter=floats)
    r_star: Floats = field(converter=floats)
    awg: Floats = field(converter=floats)
    ad: Floats = field(converter=floats)
    ad_median: Floats = field(converter=floats)
