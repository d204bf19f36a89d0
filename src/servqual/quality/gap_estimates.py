"""Mean gaps with their errors, t tests and effect sizes, from the sums of a summary."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from attrs import evolve, frozen

from servqual._arrays import Bools, Floats, freeze
from servqual.quality.spreads import spread_of
from servqual.scoring.estimates import Part, Term
from servqual.statistics import (
    MeanTest,
    WeightKind,
    dav,
    design_effect,
    drm,
    ds,
    ds_interval,
    dz,
    dz_interval,
    equivalence_test,
    hedges_factor,
    mean_difference_test,
    t_test,
)
from servqual.statistics.comparison import CONSTANT
from servqual.statistics.reasoned import Case, Reasoned

FEW_PAIRS = "fewer than two pairs"
FEW_ANSWERS = "fewer than two answers"
FEW_IN_SAMPLE = "fewer than two answers in a sample"
FEW_CLUSTERS = "fewer than two clusters"
CLUSTERS_ALIKE = "all clusters have the same mean"
NO_SPREAD = "the differences do not vary"
STILL_SIDE = "one of the two levels does not vary"
SAME_PEOPLE = "the same people answered both levels"
OTHER_PEOPLE = "different people answered the two levels"
ONE_LEVEL = "the score is no plain difference of two levels"
NO_SIDES = "the summary was made without the two levels, with one model of gap_models() instead of all"
NESTED = "it needs independent respondents, and these are alike within clusters"
SAMPLED = "it has no form for sampling weights"
NO_CLUSTERS = "respondents are not in clusters"
NO_MARGIN = "no margin was given"
# A correlation that lies so near to 1 is 1.
_ROUNDING = 1e-12

Columns = dict[str, Reasoned]


@frozen(eq=False)
class Sums:
    """The sums that gaps are told from: of the gap, and of its two sides, or why these are not there.

    Attributes
    ----------
    gap
        Of the gap; two terms, of either level, where different people answered.
    sides
        Of both levels over the same answers, the minuend first.
    no_sides
        The reason where there are none.
    """

    gap: Part
    sides: tuple[Part, Part] | None
    no_sides: str = ""

    @property
    def method(self) -> str:
        """How the test of the mean gap is called."""
        if self.gap.terms[0].clusters is not None:
            return "cluster-robust t"
        if not self.gap.paired:
            return "Welch's t"
        return "one-sample t" if self.no_sides == ONE_LEVEL else "paired t"

    @property
    def independent(self) -> str:
        """Why respondents do not count as independent and alike; empty where they do."""
        first = self.gap.terms[0]
        if first.clusters is not None:
            return NESTED
        return SAMPLED if first.moments.kind is WeightKind.SAMPLING else ""


class _Found(NamedTuple):
    """Means, standard deviations and errors of all rows, and how the test of them is called."""

    mean: Floats
    se: Floats
    freedom: Floats
    naive: Floats
    few: Bools
    still: Bools
    method: str
    short: str


def estimates(sums: Sums, confidence: float, margin: float | tuple[float, float] | None) -> Columns:
    """Return columns of all estimates and tests, one row per item, dimension and the overall score."""
    paired = sums.gap.paired
    found = _of_pairs(sums) if paired else _of_samples(sums)
    test = _test(found)
    sides = _paired_effects(sums, found, confidence) if paired else _unpaired_effects(sums, found, confidence)
    clustered = sums.gap.terms[0].clusters is not None
    spread = design_effect(found.se, found.naive) if clustered else np.full(len(found.se), np.nan)
    others: list[Case] = [(not clustered, NO_CLUSTERS), *_cases(test)]
    return {
        **_tested(test, confidence),
        **sides,
        "design_effect": Reasoned.of(spread, *others),
        **_equivalence(test, confidence, margin),
    }


def _of_pairs(sums: Sums) -> _Found:
    term = sums.gap.terms[0]
    mean, _, squared, freedom = term.at(slice(0, -1))
    sd, few = spread_of(term), term.n[:-1] < 2
    naive = term.moments.standard_error[:-1]
    error = np.where(sd == 0, 0.0, np.sqrt(squared))
    # clusters of equal means leave rounding error, far below any error that answers have
    error = np.where(error < 1e-9 * sd, 0.0, error)
    return _Found(mean, error, freedom, naive, few, sd == 0, sums.method, _short(sums))


def _short(sums: Sums) -> str:
    return FEW_ANSWERS if sums.no_sides == ONE_LEVEL else FEW_PAIRS


def _of_samples(sums: Sums) -> _Found:
    first, second = _samples(sums.gap)
    clusters = None
    if first.clusters is not None and second.clusters is not None:
        clusters = first.clusters, second.clusters
    test = mean_difference_test(first.moments, second.moments, clusters)
    naive = mean_difference_test(first.moments, second.moments).se[:-1]
    still = (spread_of(first) == 0) & (spread_of(second) == 0)
    few = (first.n[:-1] < 2) | (second.n[:-1] < 2)
    error = np.where(still, 0.0, test.se[:-1])
    return _Found(test.estimate[:-1], error, test.df[:-1], naive, few, still, sums.method, FEW_IN_SAMPLE)


def _samples(gap: Part) -> tuple[Term, Term]:
    """Return the sums of what is compared and of what it is held against."""
    first, second = sorted(gap.terms, key=lambda term: -term.coefficient)
    return first, second


def _test(found: _Found) -> MeanTest:
    words = "the mean gap is {against:g}"
    test = t_test(found.mean, found.se, found.freedom, null=words, method=found.method, few=FEW_CLUSTERS)
    cases = [found.few, found.still, (found.se == 0) & ~found.still]
    reason = np.select(cases, [found.short, CONSTANT, CLUSTERS_ALIKE], test.reason)
    there = reason == ""
    return evolve(
        test, reason=reason, statistic=np.where(there, test.statistic, np.nan), p=np.where(there, test.p, np.nan)
    )


def _cases(test: MeanTest) -> list[Case]:
    return [(np.asarray(test.reason == why), why) for why in np.unique(test.reason).tolist() if why]


def _tested(test: MeanTest, confidence: float) -> Columns:
    low, high = test.interval(confidence)
    cases = _cases(test)
    columns = {"se": test.se, "low": low, "high": high, "t": test.statistic, "df": test.df, "p": test.p}
    return {
        "difference": Reasoned.of(test.estimate, (np.isnan(test.estimate), "no answers")),
        **{name: Reasoned.of(values, *cases) for name, values in columns.items()},
    }


def _equivalence(test: MeanTest, confidence: float, margin: float | tuple[float, float] | None) -> Columns:
    if margin is None:
        return {"equivalence_p": Reasoned.none(NO_MARGIN, len(test.p))}
    result = equivalence_test(test, margin, level=round(1 - confidence, 12))
    return {"equivalence_p": Reasoned.of(result.p, *_cases(test))}


def _paired_effects(sums: Sums, found: _Found, confidence: float) -> Columns:
    term, size = sums.gap.terms[0], len(found.mean)
    spread = spread_of(term)
    cases = [(found.few, found.short), (found.still, NO_SPREAD)]
    effect = dz(found.mean, spread)
    ends = dz_interval(effect, term.n[:-1], confidence)
    loose = (sums.independent != "", sums.independent)
    columns = {
        "n": Reasoned.of(term.n[:-1]),
        "n_standard": Reasoned.of(term.n[:-1]) if sums.no_sides != ONE_LEVEL else Reasoned.none(ONE_LEVEL, size),
        "dz": Reasoned.of(effect, *cases),
        "dz_low": Reasoned.of(ends[0], loose, *cases),
        "dz_high": Reasoned.of(ends[1], loose, *cases),
    }
    unpaired = ("ds", "ds_low", "ds_high", "g")
    return columns | _by_sides(sums, found, spread) | {name: Reasoned.none(SAME_PEOPLE, size) for name in unpaired}


def _by_sides(sums: Sums, found: _Found, spread: Floats) -> Columns:
    names = ("perceived", "standard", "dav", "drm")
    if sums.sides is None:
        return {name: Reasoned.none(sums.no_sides, len(found.mean)) for name in names}
    first, second = (part.terms[0] for part in sums.sides)
    sd1, sd2 = spread_of(first), spread_of(second)
    with np.errstate(divide="ignore", invalid="ignore"):
        r = np.clip((sd1**2 + sd2**2 - spread**2) / (2 * sd1 * sd2), -1, 1)
    # the root of what rounding leaves of 1 − r would be no rounding error any more
    r = np.where(1 - np.abs(r) < _ROUNDING, np.sign(r), r)
    few = (found.few, found.short)
    return {
        "perceived": Reasoned.of(first.moments.mean[:-1], (first.n[:-1] == 0, "no answers")),
        "standard": Reasoned.of(second.moments.mean[:-1], (second.n[:-1] == 0, "no answers")),
        "dav": Reasoned.of(dav(found.mean, sd1, sd2), few, ((sd1 == 0) & (sd2 == 0), STILL_SIDE)),
        "drm": Reasoned.of(drm(found.mean, sd1, sd2, r), few, (found.still, NO_SPREAD), (np.isnan(r), STILL_SIDE)),
    }


def _unpaired_effects(sums: Sums, found: _Found, confidence: float) -> Columns:
    first, second = _samples(sums.gap)
    n1, n2 = first.n[:-1], second.n[:-1]
    means, spreads = zip(*((term.moments.mean[:-1], spread_of(term)) for term in (first, second)), strict=True)
    cases = [(found.few, found.short), (found.still, NO_SPREAD)]
    effect = ds(means[0], spreads[0] ** 2, n1, means[1], spreads[1] ** 2, n2)
    ends = ds_interval(effect, n1, n2, confidence)
    loose = (sums.independent != "", sums.independent)
    freedom = np.where(n1 + n2 > 3, n1 + n2 - 2, np.nan)
    paired = ("dz", "dz_low", "dz_high", "dav", "drm")
    return {
        "n": Reasoned.of(n1),
        "n_standard": Reasoned.of(n2),
        "perceived": Reasoned.of(means[0], (n1 == 0, "no answers")),
        "standard": Reasoned.of(means[1], (n2 == 0, "no answers")),
        "ds": Reasoned.of(effect, *cases),
        "ds_low": Reasoned.of(ends[0], loose, *cases),
        "ds_high": Reasoned.of(ends[1], loose, *cases),
        "g": Reasoned.of(freeze(effect * hedges_factor(freedom)), *cases),
        **{name: Reasoned.none(OTHER_PEOPLE, len(n1)) for name in paired},
    }
