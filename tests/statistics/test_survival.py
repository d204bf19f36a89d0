"""Times that are partly only known to be longer: against scipy, R's survfit, and counting where nothing is censored."""

import pickle
from typing import Any

import numpy as np
import pytest
from hypothesis import given, strategies as st
from scipy import stats

from servqual._arrays import Bools, Floats
from servqual.statistics import ArgumentError
from servqual.statistics.survival import ProductLimit, lasting_shares

PAIRS = st.lists(st.tuples(st.integers(0, 12), st.booleans()), min_size=1, max_size=40)


def drawn(seed: int, size: int = 80) -> tuple[Floats, Bools]:
    rng = np.random.default_rng(seed)
    ends, leaves = np.round(rng.exponential(5, size), 1), np.round(rng.exponential(8, size), 1)
    return np.minimum(ends, leaves), np.asarray(ends <= leaves)


@pytest.mark.filterwarnings("ignore:The confidence interval is undefined")
def test_curve_and_band_are_those_of_scipy() -> None:
    times, observed = drawn(1)
    found = ProductLimit.of(times, observed)
    theirs = stats.ecdf(stats.CensoredData.right_censored(times, ~observed)).sf
    assert found.survival == pytest.approx(theirs.evaluate(found.times), abs=1e-14)
    band: Any = theirs.confidence_interval(method="log-log")
    low, high = found.band()
    assert low == pytest.approx(band.low.evaluate(found.times), abs=1e-12, nan_ok=True)
    assert high == pytest.approx(band.high.evaluate(found.times), abs=1e-12, nan_ok=True)


def test_quantiles_are_those_of_survfit() -> None:
    # R 4.2, survival: quantile(survfit(Surv(1:10, rep(1, 10)) ~ 1, conf.type = "log-log"), c(.25, .5, .9))
    found = ProductLimit.of(range(1, 11))
    assert found.quantile(0.25) == (3.0, 1.0, 6.0)
    assert found.quantile(0.5) == (5.5, 1.0, 8.0)
    assert found.quantile(0.9) == pytest.approx((9.5, 7.0, np.nan), nan_ok=True)
    # quantile(survfit(Surv(c(6, 6, 6, 7, 10, 13, 16, 22, 23, 6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35),
    #   rep(1:0, c(9, 12))) ~ 1, conf.type = "log-log"), c(.25, .5)): the times of Freireich et al. 1963
    times = [6, 6, 6, 7, 10, 13, 16, 22, 23, 6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
    freireich = ProductLimit.of(times, [True] * 9 + [False] * 12)
    assert freireich.survival == pytest.approx([0.8571, 0.8067, 0.7529, 0.6902, 0.6275, 0.5378, 0.4482], abs=5e-5)
    assert freireich.quantile(0.5) == pytest.approx((23.0, 13.0, np.nan), nan_ok=True)
    assert freireich.quantile(0.25) == pytest.approx((13.0, 6.0, 22.0))


@given(PAIRS.filter(bool))
def test_without_censoring_it_is_the_share_that_lasts(pairs: list[tuple[int, bool]]) -> None:
    times = np.array([time for time, _ in pairs], float)
    found = ProductLimit.of(times)
    assert found.survival == pytest.approx([(times > each).mean() for each in found.times], abs=1e-12)
    assert found.variance == pytest.approx(found.survival * (1 - found.survival) / times.size, abs=1e-12)
    assert found.quantile(0.5)[0] == pytest.approx(np.median(times))


@given(PAIRS, st.integers(1, 3), st.integers(0, 12))
def test_many_groups_at_once_are_each_alone(pairs: list[tuple[int, bool]], count: int, limit: int) -> None:
    times, observed = np.array([each[0] for each in pairs], float), np.array([each[1] for each in pairs])
    groups = np.arange(times.size) % count
    found = lasting_shares(times, observed, groups, count, float(limit))
    for group in range(count):
        mine = groups == group
        if not mine.any():
            assert not found.known[group]
            continue
        alone = ProductLimit.of(times[mine], observed[mine])
        reached = alone.times <= limit
        share = alone.survival[reached][-1] if reached.any() else 1.0
        assert found.survival[group] == pytest.approx(share, abs=1e-12)
        assert found.variance[group] == pytest.approx(alone.variance[reached][-1] if reached.any() else 0.0, abs=1e-12)
        nobody_left = share < 1e-9
        assert found.known[group] == (nobody_left or bool((times[mine] + ~observed[mine] > limit).any()))


def test_nothing_is_lost_in_a_pickle() -> None:
    found = ProductLimit.of([1, 2, 3], [True, False, True])
    again = pickle.loads(pickle.dumps(found))  # noqa: S301 - what this test has just made
    assert again.survival.tolist() == found.survival.tolist()
    assert not again.survival.flags.writeable
    assert repr(again) == "<ProductLimit of 3 times: 2 events, 1 censored>"


def test_what_is_no_time_is_refused() -> None:
    with pytest.raises(ArgumentError, match="times: -1; it is finite and zero or more"):
        ProductLimit.of([-1.0, 2.0])
    with pytest.raises(ArgumentError, match=r"times: 1 missing.*\n.*observed: an array of int64"):
        ProductLimit.of([np.nan, 2.0], [1, 0])
    with pytest.raises(ArgumentError, match="there is a time for each, one or more"):
        ProductLimit.of([])
    with pytest.raises(ArgumentError, match="share: 1; it lies strictly between 0 and 1"):
        ProductLimit.of([1.0]).quantile(1.0)
