"""Tests of square tables, intervals of net scores and of several shares, against other programs."""

import numpy as np
import pytest
from hypothesis import given, strategies as st
from hypothesis.extra.numpy import arrays
from statsmodels.stats.contingency_tables import SquareTable
from statsmodels.stats.proportion import multinomial_proportions_confint

from servqual._arrays import Ints
from servqual.errors import ArgumentError
from servqual.statistics.dirichlet import dirichlet_interval
from servqual.statistics.net_scores import adjusted_net_interval, goodman_interval
from servqual.statistics.square_tables import bowker_test, stuart_maxwell_test

TABLES = st.integers(2, 5).flatmap(lambda k: arrays(np.int64, (k, k), elements=st.integers(1, 40)))


@given(TABLES)
def test_both_tests_are_those_of_statsmodels(table: Ints) -> None:
    peer = SquareTable(table, shift_zeros=False)
    bowker, maxwell = peer.symmetry(), peer.homogeneity()
    ours, margins = bowker_test(table), stuart_maxwell_test(table)
    assert (float(ours.statistic), float(ours.p)) == pytest.approx((bowker.statistic, bowker.pvalue))
    assert float(margins.statistic) == pytest.approx(maxwell.statistic, abs=1e-8)
    assert float(margins.df) == maxwell.df


def test_bowkers_test_is_that_of_r() -> None:
    # R 4.2, mcnemar.test(matrix(c(20,10,5,3,30,15,0,5,40), 3, byrow = TRUE)): 13.769 on 3, p 0.003237
    found = bowker_test([[20, 10, 5], [3, 30, 15], [0, 5, 40]])
    assert float(found.statistic) == pytest.approx(13.769, abs=5e-4)
    assert float(found.p) == pytest.approx(0.003237, abs=5e-7)


@given(st.integers(0, 50), st.integers(1, 50))
def test_with_two_classes_both_are_mcnemars(there: int, back: int) -> None:
    table = [[5, there], [back, 9]]
    for test in (bowker_test, stuart_maxwell_test):
        assert float(test(table).statistic) == pytest.approx((there - back) ** 2 / (there + back))


def test_tables_that_are_none_are_refused_and_stillness_is_said() -> None:
    with pytest.raises(ArgumentError, match="it is square"):
        bowker_test([[1, 2, 3], [1, 2, 3]])
    with pytest.raises(ArgumentError, match="counts are zero or more"):
        stuart_maxwell_test([[1, -2], [1, 2]])
    assert str(bowker_test(np.eye(3)).reason) == "nobody moved between two classes"


@given(arrays(np.int64, 4, elements=st.integers(1, 60)))
def test_goodmans_intervals_are_those_of_statsmodels(counts: Ints) -> None:
    low, high = goodman_interval(counts)
    np.testing.assert_allclose(np.column_stack([low, high]), multinomial_proportions_confint(counts, method="goodman"))


def test_the_adjusted_interval_covers_as_it_says() -> None:
    rng, truth = np.random.default_rng(2), np.array([0.1, 0.2, 0.7])
    inside = 0
    for counts in rng.multinomial(40, truth, 2000):
        low, high = adjusted_net_interval(counts / 40, 40)
        inside += low <= 0.6 <= high
    assert 0.935 <= inside / 2000 <= 0.975


def test_dirichlet_of_two_is_jeffreys() -> None:
    # Brown, Cai & DasGupta 2001 (Statistical Science), Jeffreys' interval of 5 of 10 by the quantiles of Beta(5.5, 5.5)
    low, high = dirichlet_interval([5, 5])
    assert (low[0], high[0]) == pytest.approx((0.2235, 0.7765), abs=5e-4)
    assert low[0] == pytest.approx(1 - high[1])
