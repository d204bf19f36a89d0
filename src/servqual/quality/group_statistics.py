"""Tests of whether groups differ: of all at once, and of one against another."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from servqual._arrays import Bools, Floats
from servqual.quality.cluster_scatter import hotelling
from servqual.quality.gap_estimates import CLUSTERS_ALIKE, NO_CLUSTERS, OTHER_PEOPLE, Columns
from servqual.quality.group_estimates import NO_ANSWERS, ONE_ANSWER, ONE_CLUSTER, STILL, Groups
from servqual.statistics import (
    MeanTest,
    anova_from_sums,
    design_effect,
    ds,
    ds_interval,
    eta_squared,
    hedges_factor,
    omega_squared,
    t_test,
)
from servqual.statistics.comparison import difference_t
from servqual.statistics.reasoned import Case, Reasoned
from servqual.statistics.weights import variance_base

FEW_GROUPS = "fewer than two groups with answers"
NO_WITHIN = "no variation within groups"
# An error below this share of another that ignores clusters is what rounding leaves of none.
_ROUNDING = 1e-9
FEW_CLUSTERS = "too few clusters for so many groups"


def omnibus(groups: Groups) -> Columns:
    """Return columns of the test that all groups have one mean, and of the shares of variance between groups.

    Without clusters it is Welch's F, each group weighing ``1 / se²`` with the degrees of freedom of its own error, so
    that weights count; with clusters it is Hotelling's, in which a cluster may be in several groups. Groups without
    answers take no part.
    """
    every = range(len(groups.labels))
    answered = groups.few > 0
    cases = [(answered.sum(axis=0) < 2, FEW_GROUPS), *_blocking(groups, every)]
    if groups.scatter is None:
        size = np.where(answered, np.where(groups.few > 1, groups.df + 1, 1.0), 0.0)
        cases += groups.still(every)
        test = anova_from_sums(size, groups.mean, groups.se**2 * np.where(size > 1, size, np.nan))
        numbers = {"f": test.statistic, "df": test.df, "df_error": np.asarray(test.df_error), "p": test.p}
    else:
        numbers = _of_clusters(groups, answered)
        cases.append((np.isnan(numbers["f"]), FEW_CLUSTERS))
    columns = {name: Reasoned.of(values, *cases) for name, values in numbers.items()}
    return {"n": Reasoned.of(groups.n.sum(axis=0)), **columns, **_shares(groups)}


def _blocking(groups: Groups, places: Sequence[int]) -> list[Case]:
    """Return the groups that spoil a test of all; those without answers do not, they take no part."""
    spoilers = (ONE_ANSWER, ONE_CLUSTER)
    return [(holds, why) for holds, why in groups.obstacles(places) if why.startswith(spoilers)]


def _of_clusters(groups: Groups, answered: Bools) -> dict[str, Floats]:
    found: list[tuple[float, ...]] = []
    for row, there in enumerate(answered.T):
        places = np.flatnonzero(there)
        if groups.scatter is None or len(places) < 2:
            found.append((np.nan,) * 4)
            continue
        products = groups.scatter.products[np.ix_(places, places)][..., row]
        found.append(tuple(hotelling(groups.mean[places, row], products, int(groups.scatter.total[row]))))
    return dict(zip(("f", "df", "df_error", "p"), np.array(found).T, strict=True))


def _shares(groups: Groups) -> Columns:
    """Return eta squared and omega squared, of weighted sums of squares scaled to the respondents there are."""
    names = ("eta_squared", "omega_squared")
    if not groups.parts[0].paired:
        return {name: Reasoned.none(OTHER_PEOPLE, groups.n.shape[1]) for name in names}
    between, within = _squares(groups)
    present = (groups.n > 0).sum(axis=0)
    freedom, rest = present - 1.0, groups.n.sum(axis=0) - present
    usable = (present > 1) & (rest > 0) & (within > 0)
    freedom, rest, within = (np.where(usable, each, np.nan) for each in (freedom, rest, within))
    f = (between / freedom) / (within / rest)
    cases = [(present < 2, FEW_GROUPS), (~usable, NO_WITHIN)]
    numbers = zip(names, (eta_squared(f, freedom, rest), omega_squared(f, freedom, rest)), strict=True)
    return {name: Reasoned.of(values, *cases) for name, values in numbers}


def _squares(groups: Groups) -> tuple[Floats, Floats]:
    """Return weighted sums of squares between and within groups, as if weights were 1 on average."""
    moments = [part.terms[0].moments for part in groups.parts]
    weight = np.stack([each.weight[:-1] for each in moments])
    bases = np.stack([variance_base(each.kind, each.n, each.weight)[:-1] for each in moments])
    means = np.where(weight > 0, groups.mean, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        scale = groups.n.sum(axis=0) / weight.sum(axis=0)
        grand = (weight * means).sum(axis=0) / weight.sum(axis=0)
    within = np.where(groups.n > 1, groups.sd**2 * bases, 0.0).sum(axis=0)
    return (weight * (means - grand) ** 2).sum(axis=0) * scale, within * scale


def pair(groups: Groups, one: int, other: int, confidence: float) -> Columns:
    """Return columns of the test of one group's mean against another's, one minus other, one row per score."""
    silent = {place: [(groups.few[place] == 0, f"{NO_ANSWERS}: {groups.labels[place]}")] for place in (one, other)}
    test, cases = _tested(groups, one, other)
    low, high = test.interval(confidence)
    numbers = {"se": test.se, "low": low, "high": high, "t": test.statistic, "df": test.df, "p": test.p}
    return {
        "n_group": Reasoned.of(groups.n[one]),
        "n_versus": Reasoned.of(groups.n[other]),
        "mean_group": Reasoned.of(groups.mean[one], *silent[one]),
        "mean_versus": Reasoned.of(groups.mean[other], *silent[other]),
        "difference": Reasoned.of(test.estimate, *silent[other], *silent[one]),
        **{name: Reasoned.of(values, *cases) for name, values in numbers.items()},
        **_standardised(groups, one, other, confidence),
        "design_effect": _growth(groups, one, other, test, cases),
    }


def _tested(groups: Groups, one: int, other: int) -> tuple[MeanTest, list[Case]]:
    """Return the t test, and why it is not there where it is not."""
    apart, cases = groups.mean[one] - groups.mean[other], groups.obstacles((other, one))
    still = (groups.sd[one] == 0) & (groups.sd[other] == 0) if groups.scatter else _no_errors(groups, one, other)
    names = f"{STILL}: {groups.labels[other]}, {groups.labels[one]}"
    if groups.scatter is None:
        errors, freedoms = (np.stack([each[one], each[other]]) for each in (groups.se, groups.df))
        return difference_t(apart, errors, freedoms), [*cases, (still, names)]
    variance, freedom = (each[:-1] for each in groups.scatter.variance(one, other))
    error = np.sqrt(variance)
    alike = error < _ROUNDING * np.fmax(groups.naive[one], groups.naive[other])
    error = np.where(still | alike, 0.0, error)
    test = t_test(apart, error, freedom, null="the difference of the means is {against:g}", method="cluster-robust t")
    return test, [*cases, (still, names), (alike, CLUSTERS_ALIKE)]


def _no_errors(groups: Groups, one: int, other: int) -> Bools:
    return np.asarray((groups.se[one] == 0) & (groups.se[other] == 0))


def _standardised(groups: Groups, one: int, other: int, confidence: float) -> Columns:
    """Return Hedges' g with its interval."""
    names = ("g", "g_low", "g_high")
    if not groups.parts[0].paired:
        return {name: Reasoned.none(OTHER_PEOPLE, groups.n.shape[1]) for name in names}
    (n1, n2), (sd1, sd2) = (groups.n[[one, other]], groups.sd[[one, other]])
    effect = ds(groups.mean[one], sd1**2, n1, groups.mean[other], sd2**2, n2)
    low, high = ds_interval(effect, n1, n2, confidence)
    factor = hedges_factor(np.where(n1 + n2 > 3, n1 + n2 - 2, np.nan))
    few = [case for case in groups.obstacles((other, one)) if not case[1].startswith(ONE_CLUSTER)]
    still = ((sd1 == 0) & (sd2 == 0), f"{STILL}: {groups.labels[other]}, {groups.labels[one]}")
    loose = (groups.independent != "", groups.independent)
    return {
        "g": Reasoned.of(effect * factor, *few, still),
        "g_low": Reasoned.of(low * factor, loose, *few, still),
        "g_high": Reasoned.of(high * factor, loose, *few, still),
    }


def _growth(groups: Groups, one: int, other: int, test: MeanTest, cases: list[Case]) -> Reasoned:
    """Return by how much clusters make the variance of the difference grow."""
    if groups.scatter is None:
        return Reasoned.none(NO_CLUSTERS, len(test.se))
    naive = np.hypot(groups.naive[one], groups.naive[other])
    return Reasoned.of(design_effect(test.se, naive), *cases)
