"""Fieller's set: the ratios that a t test does not refuse, found by bisection and counted by simulation."""

import numpy as np
import pytest
from scipy import optimize, stats

from servqual._arrays import Floats
from servqual.errors import ArgumentError
from servqual.statistics.fieller_sets import fieller_interval

CASES = [
    (2.0, 4.0, 0.25, 0.3, 0.1),
    (-1.1, -2.3, 0.2, 0.25, -0.12),
    (0.1, -3.0, 0.5, 0.4, 0.2),
    (2.0, -3.0, 0.1, 0.2, 0),
]


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("df", [7.0, np.inf])
def test_ends_are_where_the_t_test_refuses(case: tuple[float, ...], df: float) -> None:
    a, b, va, vb, c = case
    low, high = (float(end) for end in fieller_interval(a, b, (va, vb), c, df, 0.9))
    quantile = stats.t.ppf(0.95, df)

    def excess(ratio: float) -> float:
        return float(abs(a - ratio * b) / np.sqrt(va - 2 * ratio * c + ratio**2 * vb) - quantile)

    middle = a / b
    assert low == pytest.approx(optimize.brentq(excess, middle - 50, middle), rel=1e-9)
    assert high == pytest.approx(optimize.brentq(excess, middle, middle + 50), rel=1e-9)


def test_the_set_has_an_end_exactly_where_the_bottom_differs_from_zero() -> None:
    quantile = stats.t.ppf(0.975, 10)
    for below, bounded in ((1.001, True), (0.999, False)):
        found = fieller_interval(0.4, -below * quantile, (1.0, 1.0), 0.0, 10)
        assert np.isfinite(found).all() == bounded


def test_means_that_are_proportional_have_one_ratio() -> None:
    low, high = fieller_interval(1.0, 4.0, (1 / 16, 1.0), 0.25, np.inf, 0.5)
    assert (float(low), float(high)) == pytest.approx((0.25, 0.25))


def test_arrays_broadcast_and_missing_stays_missing() -> None:
    low, high = fieller_interval([1.0, np.nan], 4.0, (0.1, 0.1), 0.0, [5.0, 5.0])
    assert np.isnan([low[1], high[1]]).all()
    assert low[0] < 0.25 < high[0]


def test_it_covers_as_often_as_it_says() -> None:
    rng, covariance = np.random.default_rng(11), np.array([[0.04, 0.01], [0.01, 0.02]])
    drawn: Floats = rng.multivariate_normal([0.5, 1.0], covariance, 20_000)
    low, high = fieller_interval(drawn[:, 0], drawn[:, 1], (0.04, 0.02), 0.01, np.inf)
    bounded = ~np.isnan(low)
    assert bounded.mean() > 0.99
    assert ((low <= 0.5) & (high >= 0.5))[bounded].mean() == pytest.approx(0.95, abs=0.006)


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(ArgumentError, match="top_squared_error: "):
        fieller_interval(1.0, 2.0, (-0.1, 0.1), 0.0, 5)
    with pytest.raises(ArgumentError, match=r"confidence: 95; it lies strictly between 0 and 1\. Hint: pass 0.95"):
        fieller_interval(1.0, 2.0, (0.1, 0.1), 0.0, 5, 95)
