"""Shrunken regressions: dense algebra, calibration under the prior, laws of scale, refusals."""

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from scipy import stats

from servqual._arrays import Floats
from servqual.errors import ArgumentError
from servqual.statistics.shrinkage import shrunken


def rows(seed: int, n: int = 9, k: int = 4) -> tuple[Floats, Floats]:
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n, k)) * rng.uniform(0.5, 3.0, k)
    return 0.8 * x[:, 0] + rng.normal(size=n), x


def dense(y: Floats, x: Floats, parts: int = 99) -> tuple[Floats, Floats, float]:
    """Posterior means, variances and share by inverses and determinants of whole matrices, share by share.

    Rows are turned into contrasts that the intercept does not enter.
    """
    n, k = x.shape
    contrasts = np.linalg.svd(np.ones((1, n)))[2][1:]
    z = contrasts @ (x / x.std(axis=0, ddof=1))
    target = contrasts @ y
    shares = (np.arange(parts) + 0.5) / parts
    logs, means, variances = [], [], []
    for share in shares:
        ratio = share / (1 - share) / k
        whole = np.eye(n - 1) + ratio * z @ z.T
        inverse = np.linalg.inv(whole)
        rest = float(target @ inverse @ target)
        logs.append(-0.5 * np.linalg.slogdet(whole)[1] - (n - 1) / 2 * np.log(rest))
        means.append(ratio * z.T @ inverse @ target)
        spread = np.diag(np.eye(k) - ratio * z.T @ inverse @ z) * ratio * rest / (n - 1)
        variances.append(spread * (n - 1) / (n - 3))
    likely = np.exp(np.array(logs) - max(logs))
    likely /= likely.sum()
    centre = likely @ np.array(means)
    total = likely @ np.array(variances) + likely @ (np.array(means) - centre) ** 2
    spread = x.std(axis=0, ddof=1)
    return centre / spread, np.sqrt(total) / spread, float(likely @ shares)


@pytest.mark.parametrize(("n", "k"), [(9, 4), (6, 8), (25, 3)])
def test_dense_matrices_give_the_same(n: int, k: int) -> None:
    y, x = rows(n, n, k)
    found = shrunken(y, x)
    coefficients, errors, share = dense(y, x)
    np.testing.assert_allclose(found.coefficients, coefficients, rtol=1e-8)
    np.testing.assert_allclose(found.standard_errors, errors, rtol=1e-8)
    assert found.share == pytest.approx(share, rel=1e-8)


def test_intervals_are_quantiles_of_the_mixture() -> None:
    found = shrunken(*rows(3))
    for ends, level in zip(found.interval(0.9), (0.05, 0.95), strict=True):
        below = found.weights @ stats.t.cdf((ends - found.centres) / found.spreads, found.n - 1)
        np.testing.assert_allclose(below, level, atol=1e-9)


def test_intervals_hold_what_was_drawn_as_often_as_they_say() -> None:
    # drawn from the prior itself, whatever the rows, intervals of 80 % hold 80 % of the coefficients
    rng, held = np.random.default_rng(20), []
    for _ in range(150):
        x = rng.normal(size=(8, 3))
        spread = x.std(axis=0, ddof=1)
        share = rng.uniform()
        b = rng.normal(size=3) * np.sqrt(share / (1 - share) / 3)
        low, high = shrunken((x - x.mean(axis=0)) / spread @ b + rng.normal(size=8), x).interval(0.8)
        held.append((low <= b / spread) & (b / spread <= high))
    # 450 coefficients in 150 samples; four standard errors, were those of a sample one and the same
    assert abs(np.mean(held) - 0.8) < 4 * np.sqrt(0.16 / 150)


def test_many_rows_are_hardly_shrunken() -> None:
    rng = np.random.default_rng(7)
    x = rng.normal(size=(4000, 2))
    y = x @ [1.0, -2.0] + rng.normal(size=4000)
    plain = np.linalg.lstsq(np.column_stack([np.ones(4000), x]), y, rcond=None)[0][1:]
    np.testing.assert_allclose(shrunken(y, x).coefficients, plain, atol=2e-3)


def test_twins_share_what_they_explain() -> None:
    y, x = rows(4, 8, 1)
    found = shrunken(y, np.column_stack([x, x]))
    np.testing.assert_allclose(found.coefficients[0], found.coefficients[1])


@settings(max_examples=25)
@given(st.integers(0, 10**6), st.floats(0.1, 10), st.floats(0.1, 10), st.floats(-50, 50))
def test_units_of_measurement_change_nothing_else(seed: int, up: float, across: float, shift: float) -> None:
    y, x = rows(seed)
    first, second = shrunken(y, x), shrunken(up * y + shift, across * x - shift)
    np.testing.assert_allclose(second.coefficients, first.coefficients * up / across, rtol=1e-5, atol=1e-9)
    assert second.share == pytest.approx(first.share, rel=1e-5)
    for moved, still in zip(second.interval(), first.interval(), strict=True):
        np.testing.assert_allclose(moved, still * up / across, rtol=1e-5, atol=1e-8)


def test_three_rows_have_intervals_and_no_variance() -> None:
    found = shrunken([1.0, 2.0, 2.5], [[1.0], [2.0], [4.0]])
    assert np.isinf(found.standard_errors).all()
    low, high = found.interval()
    assert np.isfinite([low, high]).all()
    assert repr(found).startswith("<Shrunken: 1 coefficients from 3 rows, share 0.")


@pytest.mark.parametrize(
    ("y", "x", "said"),
    [
        ([1, 2, 3], [[1], [2]], "shapes: y of shape"),
        ([1, 2, 3], np.empty((3, 0)), "k is 1 or more"),
        ([1, 2], [[1], [2]], "2 rows; a regression that is shrunken has three rows or more"),
        ([1, 2, np.nan], [[1], [2], [3]], "some are missing or infinite"),
        ([1, 1, 1], [[1], [2], [3]], "y is constant"),
        ([1, 2, 3], [[1], [1], [1]], "a column is constant"),
    ],
)
def test_what_cannot_be_shrunken(y: list[float], x: list[list[float]], said: str) -> None:
    with pytest.raises(ArgumentError, match=said):
        shrunken(y, x)


def test_a_confidence_lies_between_0_and_1() -> None:
    with pytest.raises(ArgumentError, match="confidence"):
        shrunken(*rows(1)).interval(1.0)
