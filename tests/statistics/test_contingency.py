"""Pearson's test of homogeneity: by another library, by counting out, and at its edges."""

import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given, strategies as st
from scipy.stats import chi2_contingency

from servqual.errors import ArgumentError
from servqual.statistics.contingency import homogeneity_test, is_rough, simulated_homogeneity

SPARSE = np.array([[8, 0, 1], [2, 5, 2]])

tables = st.lists(st.lists(st.integers(0, 20), min_size=3, max_size=3), min_size=2, max_size=4).map(np.array)


@given(tables)
def test_it_is_the_test_of_another_library(table: np.ndarray) -> None:
    held = table[table.sum(axis=1) > 0][:, table.sum(axis=0) > 0]
    found = homogeneity_test(table)
    if min(held.shape, default=0) < 2 or not held.size:
        assert str(found.reason)
        assert math.isnan(float(found.p))
        return
    test = chi2_contingency(held, correction=False)
    assert [float(found.statistic), float(found.df), float(found.p)] == pytest.approx(
        [test.statistic, test.dof, test.pvalue], abs=1e-12
    )
    assert float(found.least_expected) == pytest.approx(test.expected_freq.min())
    assert float(found.small_cells) == pytest.approx((test.expected_freq < 5).mean())
    assert 0 <= float(found.cramers_v) <= 1 + 1e-12


def test_it_agrees_with_r() -> None:
    # R 4.2.2: chisq.test(matrix(c(30, 20, 10, 20, 10, 10), 2))
    found = homogeneity_test([[30, 10, 10], [20, 20, 10]])
    assert float(found.statistic) == pytest.approx(5.3333, abs=5e-5)
    assert float(found.p) == pytest.approx(0.06948, abs=5e-6)


def test_many_tables_are_tested_at_once() -> None:
    rng = np.random.default_rng(1)
    stack = rng.integers(0, 9, (5, 3, 4))
    found = homogeneity_test(stack)
    for place, table in enumerate(stack):
        one = homogeneity_test(table)
        for name in ("statistic", "p", "cramers_v", "least_expected", "small_cells"):
            assert getattr(found, name)[place] == pytest.approx(float(getattr(one, name)))


def test_what_does_not_exist_says_why() -> None:
    assert str(homogeneity_test([[1, 2], [0, 0]]).reason) == "fewer than two groups with answers"
    assert str(homogeneity_test([[1, 0], [2, 0]]).reason) == "all answers fall into one category"
    assert math.isnan(simulated_homogeneity([[1, 2], [0, 0]], rng=1))
    assert math.isnan(simulated_homogeneity([[1, 0], [2, 0]], rng=1))


def test_small_expected_counts_are_rough_by_cochrans_rule() -> None:
    assert is_rough(0.9, 0.0)
    assert is_rough(1.0, 0.21)
    assert not is_rough(1.0, 0.2)


def exact(table: np.ndarray) -> float:
    """The p of all tables with these margins that are as unlike as this one, counted out (2 × 3)."""
    columns, size = table.sum(axis=0), int(table[0].sum())
    expected = table.sum(axis=1, keepdims=True) * columns / table.sum()
    seen = ((table - expected) ** 2 / expected).sum()
    p = 0.0
    for first in product(*(range(each + 1) for each in columns)):
        if sum(first) == size:
            drawn = np.array([first, columns - first])
            ways = math.prod(math.comb(n, k) for n, k in zip(columns.tolist(), first, strict=True))
            unlike = ((drawn - expected) ** 2 / expected).sum() >= seen * (1 - 1e-9)
            p += unlike * ways / math.comb(int(columns.sum()), size)
    return p


@pytest.mark.parametrize("table", [SPARSE, np.array([[3, 1, 0], [1, 2, 4]]), np.array([[1, 1, 1], [9, 2, 1]])])
def test_simulated_p_is_near_the_p_that_is_counted_out(table: np.ndarray) -> None:
    p = exact(table)
    found = simulated_homogeneity(table, draws=40_000, rng=3)
    assert found == pytest.approx(p, abs=4 * math.sqrt(p * (1 - p) / 40_000))


def test_simulated_p_agrees_with_r() -> None:
    # R 4.2.2: chisq.test(matrix(c(8, 2, 0, 5, 1, 2), 2), simulate.p.value = TRUE, B = 200000) gave 0.005855
    assert exact(SPARSE) == pytest.approx(0.005855, abs=7e-4)


def test_margins_are_kept_and_seeds_repeat() -> None:
    table = np.array([[4, 0, 3, 2], [1, 5, 0, 2], [0, 0, 2, 6]])
    assert simulated_homogeneity(table, draws=500, rng=8) == simulated_homogeneity(table, draws=500, rng=8)
    padded = np.pad(table, ((0, 1), (1, 0)))
    assert simulated_homogeneity(padded, draws=500, rng=8) == simulated_homogeneity(table, draws=500, rng=8)
    alike = np.array([[5, 5], [5, 5]])
    assert simulated_homogeneity(alike, draws=99, rng=1) == 1


def test_what_are_no_counts_is_refused() -> None:
    with pytest.raises(ArgumentError, match="counts: -1; it is finite and zero or more"):
        homogeneity_test([[1, -1], [2, 3]])
    with pytest.raises(ArgumentError, match="groups are the last axis but one"):
        homogeneity_test([1, 2])
    with pytest.raises(ArgumentError, match=r"some not whole.*sampling weights have no such counts"):
        simulated_homogeneity([[1.5, 1.0], [2.0, 3.0]], rng=1)
    with pytest.raises(ArgumentError, match="groups are rows, categories are columns"):
        simulated_homogeneity([1, 2], rng=1)
    with pytest.raises(ArgumentError, match="rng: None"):
        simulated_homogeneity([[1, 1], [2, 3]], rng=None)
