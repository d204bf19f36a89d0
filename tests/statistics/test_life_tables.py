"""Observed failure rates: against scipy's Poisson tails, and what adds up."""

import numpy as np
import pytest
from scipy import stats

from servqual.statistics import ArgumentError
from servqual.statistics.life_tables import life_table


def test_failures_over_time_lived() -> None:
    table = life_table([1, 2, 4], [1, 0, 1], [0, 2, 4])
    assert table.failures.tolist() == [1, 1]
    assert table.exposure.tolist() == [5, 2]
    assert table.rate.tolist() == [0.2, 0.5]
    assert repr(table) == "<LifeTable: 2 stretches, 2 failures>"


def test_intervals_are_exact_and_none_is_where_nobody_lived() -> None:
    table = life_table([1, 1, 1, 3], [1, 1, 0, 1], [0, 2, 4, 9], confidence=0.9)
    assert table.low[0] == pytest.approx(stats.chi2.ppf(0.05, 4) / 2 / table.exposure[0])
    assert table.high[0] == pytest.approx(stats.chi2.ppf(0.95, 6) / 2 / table.exposure[0])
    assert np.isnan(table.rate[2])
    assert np.isnan(table.high[2])


def test_edges_that_do_not_rise_are_refused() -> None:
    with pytest.raises(ArgumentError, match=r"edges: \[0. 4. 2.\]; edges are two or more, and increase"):
        life_table([1, 2], [1, 1], [0, 4, 2])
    with pytest.raises(ArgumentError, match="times: -1"):
        life_table([-1, 2], [1, 1], [0, 4])
