"""Covariances of samples of normal respondents: their mean, their spread, and what is refused."""

import numpy as np
import pytest

from servqual.errors import ArgumentError
from servqual.statistics.wishart_draws import drawn_covariances

SIGMA = np.array([[2.0, 0.6, -0.3], [0.6, 1.0, 0.2], [-0.3, 0.2, 0.5]])


def test_mean_and_variance_are_those_of_wishart() -> None:
    n = 40
    drawn = drawn_covariances(SIGMA, n, draws=40_000, rng=1)
    np.testing.assert_allclose(drawn.mean(axis=0), SIGMA, atol=0.01)
    variance = (SIGMA**2 + np.outer(SIGMA.diagonal(), SIGMA.diagonal())) / (n - 1)
    np.testing.assert_allclose(drawn.var(axis=0), variance, rtol=0.05)
    assert (np.linalg.eigvalsh(drawn) > 0).all()
    np.testing.assert_array_equal(drawn, drawn_covariances(SIGMA, n, draws=40_000, rng=1))


def test_an_effective_number_may_be_a_fraction() -> None:
    assert drawn_covariances(SIGMA, 12.5, draws=3, rng=1).shape == (3, 3, 3)


@pytest.mark.parametrize(
    ("covariance", "n", "told"),
    [
        (SIGMA, 3, "n: 3 for 3 columns; there are more respondents than columns"),
        (np.ones((2, 2)), 50, "no Cholesky factor; the matrix is positive definite"),
        ([[1.0, np.nan], [np.nan, 1.0]], 50, "no Cholesky factor"),
        ([[1.0, 0.5], [0.4, 1.0]], 50, "not symmetric"),
    ],
)
def test_what_cannot_be_drawn_is_refused(covariance: object, n: float, told: str) -> None:
    with pytest.raises(ArgumentError, match=told):
        drawn_covariances(covariance, n, draws=10, rng=1)  # type: ignore[arg-type]


def test_draws_have_a_seed() -> None:
    with pytest.raises(ArgumentError, match="rng: None"):
        drawn_covariances(SIGMA, 40, draws=10, rng=None)
