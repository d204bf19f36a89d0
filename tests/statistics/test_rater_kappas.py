"""Agreement of raters against published tables, the engine and sums by hand."""

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from servqual._arrays import Floats
from servqual.errors import ArgumentError
from servqual.statistics import Inapplicable
from servqual.statistics.rater_kappas import (
    Metric,
    cohen_kappa,
    fleiss_kappa,
    krippendorff_alpha,
    resampled_alphas,
)

GAP = float("nan")
# Krippendorff 2011, "Computing Krippendorff's alpha-reliability": 4 observers, 12 units
KRIPPENDORFF = np.array([
    [1, 2, 3, 3, 2, 1, 4, 1, 2, GAP, GAP, GAP],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, GAP, 3],
    [GAP, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, GAP],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, GAP],
]).T  # fmt: skip
# Fleiss' table as in its encyclopedia entry: 10 subjects, 14 raters, 5 categories
FLEISS = [
    [0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1],
    [7, 7, 0, 0, 0], [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7],
]  # fmt: skip


@pytest.mark.parametrize(("metric", "alpha"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)])
def test_alpha_as_printed_by_krippendorff(metric: str, alpha: float) -> None:
    assert krippendorff_alpha(KRIPPENDORFF, metric) == pytest.approx(alpha, abs=5e-4)


def test_alpha_by_hand() -> None:
    # coincidences: 1-1 from two units 2 each, 0-0 2, 0-1 one each way; n = 8, n_1 = 5, n_0 = 3
    seen, chance = 2 / 8, 2 * 5 * 3 / (8 * 7)
    assert krippendorff_alpha([[1, 1], [0, 0], [0, 1], [1, 1]]) == pytest.approx(1 - seen / chance)


def test_fleiss_as_printed() -> None:
    ratings = np.array([np.repeat(np.arange(5.0), row) for row in FLEISS])
    assert fleiss_kappa(ratings) == pytest.approx(0.210, abs=5e-4)


def test_cohen_by_hand() -> None:
    # 20 both yes, 5 and 10 apart, 15 both no: 0.7 seen, 0.5 by chance
    first = np.repeat([1, 1, 0, 0], [20, 5, 10, 15])
    second = np.repeat([1, 0, 1, 0], [20, 5, 10, 15])
    assert cohen_kappa(first, second) == pytest.approx(0.4)


def test_alpha_of_two_complete_raters_is_scotts_pi_for_small_samples() -> None:
    rng = np.random.default_rng(4)
    ratings = rng.integers(0, 3, (40, 2)).astype(float)
    shares = np.bincount(ratings.astype(int).ravel(), minlength=3) / 80
    pi = 1 - (1 - (ratings[:, 0] == ratings[:, 1]).mean()) / (1 - (shares**2).sum())
    assert krippendorff_alpha(ratings) == pytest.approx(1 - (1 - pi) * (1 - 1 / 80))


@settings(max_examples=30)
@given(st.integers(0, 10_000))
def test_neither_units_nor_raters_have_an_order(seed: int) -> None:
    rng = np.random.default_rng(seed)
    ratings = rng.integers(0, 3, (8, 3)).astype(float)
    ratings[rng.random(ratings.shape) < 0.2] = np.nan
    turned = rng.permutation(rng.permutation(ratings), axis=1)
    for metric in Metric:
        one, other = krippendorff_alpha(ratings, metric), krippendorff_alpha(turned, metric)
        np.testing.assert_allclose(float(one), float(other), atol=1e-12)


def test_perfect_agreement_is_one_and_one_value_has_none() -> None:
    same: Floats = np.array([[1.0, 1.0], [0.0, 0.0], [1.0, 1.0]])
    assert (cohen_kappa(*same.T), fleiss_kappa(same), krippendorff_alpha(same)) == (1.0, 1.0, 1.0)
    constant = np.ones((4, 2))
    for found in (cohen_kappa(*constant.T), fleiss_kappa(constant), krippendorff_alpha(constant)):
        assert isinstance(found, Inapplicable)
        assert "all ratings are the same" in found.reason
    alone = np.array([[1.0, GAP], [GAP, 0.0]])
    for found in (cohen_kappa(*alone.T), fleiss_kappa(alone), krippendorff_alpha(alone)):
        assert isinstance(found, Inapplicable)
        assert "nothing was rated twice" in found.reason
    uneven = fleiss_kappa(np.array([[1.0, 1.0, 0.0], [0.0, GAP, 1.0]]))
    assert isinstance(uneven, Inapplicable)
    assert "equally often" in uneven.reason


def test_resampled_clusters_are_resampled_rows() -> None:
    plain = resampled_alphas(KRIPPENDORFF, "interval", 200, 1)
    each = resampled_alphas(KRIPPENDORFF, "interval", 200, 1, clusters=np.arange(12))
    np.testing.assert_allclose(plain, each)
    assert np.nanstd(resampled_alphas(KRIPPENDORFF, "interval", 200, 1, clusters=np.arange(12) // 6)) > 0
    # the mean of resamples lies near the estimate
    assert np.nanmedian(plain) == pytest.approx(0.849, abs=0.05)


def test_refusals() -> None:
    with pytest.raises(ArgumentError, match="one rating for each unit"):
        cohen_kappa([1, 0], [1, 0, 1])
    with pytest.raises(ArgumentError, match="ratings are numbers"):
        krippendorff_alpha([["a", "b"]])
    with pytest.raises(ArgumentError, match="finite"):
        krippendorff_alpha([[1, np.inf]])
    with pytest.raises(ArgumentError, match="ordinal"):
        krippendorff_alpha([[1, 1]], "ordnal")
