"""From sums to shifts: differences of means between groups of people or within the same people, with effect sizes."""

from __future__ import annotations

import numpy as np

from servqual._arrays import Floats
from servqual.quality.item_sets import FIRST, GAP, SECOND
from servqual.scoring.estimates import Term
from servqual.statistics.effect_intervals import dav_interval, ds_interval
from servqual.statistics.effect_sizes import AverageSpread, dav, ds, hedges_factor
from servqual.statistics.outcomes import MeanTest
from servqual.statistics.sum_tests import mean_difference_test, mean_test

Columns = dict[str, Floats]


def shift_between(group: Term, reference: Term, confidence: float) -> Columns:
    """Return the difference of each mean between different people, group minus reference: Welch's t and Hedges' g.

    With clusters the test is cluster-robust. The interval of g is that of d through the noncentral t distribution, with
    the respondents that each mean is worth, ``s² / e²``, in the place of their numbers; both ends times Hedges' factor.
    """
    clusters = None
    if group.clusters is not None and reference.clusters is not None:
        clusters = (group.clusters, reference.clusters)
    test = mean_difference_test(group.moments, reference.moments, clusters)
    sides = (group, reference)
    means, variances = zip(*((side.moments.mean, side.moments.variance) for side in sides), strict=True)
    d = ds(means[0], variances[0], group.n, means[1], variances[1], reference.n)
    low, high = ds_interval(d, _worth(group), _worth(reference), confidence)
    people = group.n + reference.n
    factor = hedges_factor(np.where(people > 2, people - 2, np.nan))
    counts = {"n_group": group.n, "n_reference": reference.n}
    spreads = {"sd_group": np.sqrt(variances[0]), "sd_reference": np.sqrt(variances[1])}
    told = {**counts, "mean_group": means[0], "mean_reference": means[1], **spreads, **_tested(test, confidence)}
    told |= {"effect": d * factor, "effect_low": low * factor, "effect_high": high * factor}
    return {name: np.asarray(values[:-1], dtype=np.float64) for name, values in told.items()}


def shift_within(term: Term, measure: int, confidence: float) -> Columns:
    """Return the difference between two kinds of items in the same people: paired t, and d_av with Hedges' factor."""
    test = mean_test(term.moments, term.clusters)
    mean, variance = term.moments.mean, term.moments.variance
    one, other, gap = (slice(part + measure, part + measure + 1) for part in (FIRST, SECOND, GAP))
    first, second = np.sqrt(variance[one]), np.sqrt(variance[other])
    with np.errstate(divide="ignore", invalid="ignore"):
        together = np.clip((variance[one] + variance[other] - variance[gap]) / (2 * first * second), -1, 1)
    effect = dav(mean[gap], first, second, AverageSpread.ROOT_MEAN_VARIANCE)
    low, high = dav_interval(mean[gap], first, second, together, _worth(term)[gap], confidence=confidence)
    n = term.n[gap]
    factor = hedges_factor(np.where(n > 1, n - 1, np.nan))
    told = {"n_group": n, "n_reference": n, "mean_group": mean[one], "mean_reference": mean[other]}
    told |= {"sd_group": first, "sd_reference": second}
    told |= {name: values[gap] for name, values in _tested(test, confidence).items()}
    return told | {"effect": effect * factor, "effect_low": low * factor, "effect_high": high * factor}


def _tested(test: MeanTest, confidence: float) -> Columns:
    low, high = test.interval(confidence)
    # an interval has no need of a test: where nothing varies it is the difference itself
    low, high = (np.where(test.se == 0, test.estimate, end) for end in (low, high))
    told = {"difference": test.estimate, "se": test.se, "df": test.df, "t": test.statistic, "p": test.p}
    return told | {"low": low, "high": high}


def _worth(term: Term) -> Floats:
    """Return how many independent respondents each mean is worth: ``s² / e²``, their number where nothing varies.

    It is not known where there is no error, as of one cluster.
    """
    _, variance, squared, _ = term.at(slice(None))
    with np.errstate(divide="ignore", invalid="ignore"):
        worth = variance / squared
    return np.where(squared == 0, term.n, np.minimum(worth, term.n))
