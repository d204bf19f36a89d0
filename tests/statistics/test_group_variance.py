import math

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from scipy import stats

from servqual._arrays import Floats
from servqual.statistics import ArgumentError, Inapplicable, Moments, VarianceParts, variance_parts

# agreement of 48 raters in six groups, each rater's mean of four items on five points; made for this oracle and read by
# R's multilevel 2.7: m <- aov(mean ~ as.factor(group)); ICC1(m); ICC2(m)
# fmt: off
GROUPS = (
    (3, 3.75, 3.75, 2.75, 4.25, 3.5, 3.5, 4.5),
    (3.25, 3, 3.5, 3, 2, 2.5, 2.5, 2.75),
    (4.5, 4.75, 3.75, 4, 3.5, 3.75, 3.75, 4.25),
    (2, 1.5, 3, 3, 3.25, 3, 3.75, 2.25),
    (3.5, 4, 4.25, 3.75, 4, 3.75),
    (1.75, 2.75, 2, 2.25, 2.5, 2, 2.75, 2.25, 2.75, 2.5),
)
# fmt: on


def parts(found: VarianceParts | Inapplicable) -> VarianceParts:
    assert isinstance(found, VarianceParts), found
    return found


def sums(groups: tuple[tuple[float, ...], ...]) -> tuple[Floats, Floats, Floats]:
    arrays = [np.array(group, dtype=np.float64) for group in groups]
    squares = [((each - each.mean()) ** 2).sum() for each in arrays]
    return (
        np.array([each.size for each in arrays], float),
        np.array([each.mean() for each in arrays]),
        np.array(squares),
    )


def test_correlations_are_those_of_multilevel() -> None:
    found = parts(variance_parts(*sums(GROUPS)))
    assert found.ms_between == pytest.approx(3.98953125, abs=1e-11)
    assert found.ms_within == pytest.approx(0.251711309524, abs=1e-11)
    assert found.f == pytest.approx(15.8496305055, abs=1e-9)
    assert found.p_value == pytest.approx(9.2663275889e-09, rel=1e-9)
    assert found.icc1 == pytest.approx(0.649884929295, abs=1e-11)
    assert found.icc2 == pytest.approx(0.93690704653, abs=1e-11)
    assert (found.groups, found.n, found.mean_size) == (6, 48, 8)
    assert found.adjusted_size == pytest.approx((48 - (4 * 64 + 36 + 100) / 48) / 5)


@settings(max_examples=50)
@given(st.integers(0, 10_000), st.integers(2, 6), st.booleans())
def test_the_test_is_that_of_scipy(seed: int, groups: int, equal: bool) -> None:  # noqa: FBT001
    rng = np.random.default_rng(seed)
    data = tuple(tuple(rng.normal(rng.normal(), 1, 5 if equal else int(rng.integers(2, 9)))) for _ in range(groups))
    found = parts(variance_parts(*sums(data)))
    peer = stats.f_oneway(*data)
    assert (found.f, found.p_value) == pytest.approx((peer.statistic, peer.pvalue), rel=1e-7)
    assert found.adjusted_size <= found.mean_size + 1e-12
    assert float(found.icc2) == pytest.approx(
        found.mean_size * found.icc1 / (1 + (found.mean_size - 1) * found.icc1), rel=1e-6, abs=1e-9
    )
    total = found.variance_between + found.variance_within
    assert found.icc1_adjusted == pytest.approx(found.variance_between / total, rel=1e-7, abs=1e-9)
    if equal:
        assert found.icc1 == pytest.approx(found.icc1_adjusted)
        assert found.design_effect == pytest.approx(1 + 4 * found.icc1)
        assert found.effective_n == pytest.approx(5 * groups / found.design_effect)


def test_the_sums_of_one_pass_serve() -> None:
    moments = [Moments.of(np.array(group)[:, None]) for group in GROUPS]
    n, mean, variance = (np.array([getattr(each, name)[0] for each in moments]) for name in ("n", "mean", "variance"))
    assert parts(variance_parts(n, mean, variance * (n - 1))).icc1 == pytest.approx(0.649884929295, abs=1e-11)


def test_correlations_may_be_negative() -> None:
    found = parts(variance_parts([3, 3], [2.0, 2.1], [4.0, 4.0]))
    assert -0.5 <= found.icc1 < 0
    assert float(found.icc2) < 0
    assert found.variance_between < 0
    assert found.design_effect < 1


def test_equal_means_and_no_spread_within() -> None:
    same = parts(variance_parts([3, 3], [2.0, 2.0], [4.0, 4.0]))
    assert str(same.icc2) == "all groups have the same mean"
    assert (same.f, same.p_value) == (0, 1)
    assert same.icc1 == pytest.approx(-0.5)
    assert same.effective_n == math.inf
    apart = parts(variance_parts([3, 3], [2.0, 3.0], [0.0, 0.0]))
    assert (apart.f, apart.p_value, apart.icc1, apart.icc2) == (math.inf, 0, 1, 1)


def test_groups_of_one_and_of_none() -> None:
    found = parts(variance_parts([3, 1, 0], [2.0, 3.0, np.nan], [4.0, np.nan, np.nan]))
    assert (found.groups, found.n, found.df_within) == (2, 4, 2)
    assert "no group has two members" in str(variance_parts([1, 1], [2.0, 3.0], [0.0, 0.0]))
    assert "there is one" in str(variance_parts([5, 0], [2.0, 3.0], [1.0, 0.0]))
    assert "there are none" in str(variance_parts([], [], []))
    assert "nothing varies" in str(variance_parts([3, 3], [2.0, 2.0], [0.0, 0.0]))


@pytest.mark.parametrize(
    ("n", "mean", "squares", "rule"),
    [
        ([2, 2], [1.0], [1.0, 1.0], r"shapes \(2,\), \(1,\), \(2,\)"),
        ([[2, 2]], [[1.0, 1.0]], [[1.0, 1.0]], "one number of each for each group"),
        ([2, -2], [1.0, 2.0], [1.0, 1.0], "group sizes are zero or more"),
        ([2, 2], [1.0, np.nan], [1.0, 1.0], "every group with members has a mean"),
        ([2, 2], [1.0, 2.0], [1.0, -1.0], "sums of squares are zero or more"),
    ],
)
def test_arguments_are_checked(n: list[float], mean: list[float], squares: list[float], rule: str) -> None:
    with pytest.raises(ArgumentError, match=rule):
        variance_parts(n, mean, squares)
