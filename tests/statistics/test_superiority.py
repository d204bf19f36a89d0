import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from hypothesis.extra import numpy as hnp
from scipy import stats

from servqual._arrays import Ints
from servqual.statistics import (
    ArgumentError,
    probability_superiority,
    probability_superiority_unpaired,
    rank_sum_from_counts,
    superiority_interval,
    superiority_interval_unpaired,
)

POINTS = np.arange(1.0, 8.0)
COUNTS = hnp.arrays(np.int64, 7, elements=st.integers(0, 20)).filter(np.any)


@settings(deadline=None)
@given(hnp.arrays(np.int64, 13, elements=st.integers(0, 20)).filter(np.any))
def test_the_paired_one_is_a_share_of_persons(counts: Ints) -> None:
    differences = np.repeat(np.arange(-6.0, 7.0), counts)
    expected = np.mean(differences > 0) + np.mean(differences == 0) / 2
    assert float(probability_superiority(np.arange(-6.0, 7.0), counts)) == pytest.approx(expected)


@settings(deadline=None)
@given(COUNTS, COUNTS)
def test_the_unpaired_one_is_a_share_of_pairs(first: Ints, second: Ints) -> None:
    x, y = np.repeat(POINTS, first), np.repeat(POINTS, second)
    expected = np.mean(x[:, None] > y) + np.mean(x[:, None] == y) / 2
    found = float(probability_superiority_unpaired(POINTS, first, second))
    assert found == pytest.approx(expected)
    ranks = rank_sum_from_counts(POINTS, first, second)
    if str(ranks.reason) == "":
        assert 2 * found - 1 == pytest.approx(float(ranks.effect), abs=1e-12)


def test_the_paired_interval_of_a_published_example() -> None:
    # R package statpsych, example of ci.prop.ps (Bonett & Price): 26 above, 4 below, of 48: 0.2548067 to 0.6251933
    low, high = superiority_interval([-1, 0, 1], [4, 18, 26])
    np.testing.assert_allclose([2 * low - 1, 2 * high - 1], [0.2548067, 0.6251933], atol=5e-8)


@settings(deadline=None)
@given(COUNTS, COUNTS, st.floats(0.5, 0.999))
def test_the_ends_of_the_unpaired_interval_are_just_plausible(first: Ints, second: Ints, confidence: float) -> None:
    area, n1, n2 = float(probability_superiority_unpaired(POINTS, first, second)), first.sum(), second.sum()
    low, high = (float(x) for x in superiority_interval_unpaired(POINTS, first, second, confidence))
    assert 0 <= low <= area * (1 + 1e-12)
    assert area * (1 - 1e-12) <= high <= 1
    z = stats.norm.isf((1 - confidence) / 2)
    for end in (low, high):
        if 1e-9 < end < 1 - 1e-9:
            # Hanley and McNeil's variance, by its two probabilities, with one half size for both samples
            both = end / (2 - end) - end**2 + 2 * end**2 / (1 + end) - end**2
            variance = (end * (1 - end) + ((n1 + n2) / 2 - 1) * both) / (n1 * n2)
            assert abs(area - end) == pytest.approx(z * np.sqrt(variance), rel=1e-6, abs=1e-9)


@settings(deadline=None)
@given(COUNTS, COUNTS)
def test_samples_in_the_other_order_mirror_the_result(first: Ints, second: Ints) -> None:
    low, high = superiority_interval_unpaired(POINTS, first, second)
    turned = superiority_interval_unpaired(POINTS, second, first)
    np.testing.assert_allclose([1 - turned[1], 1 - turned[0]], [low, high], atol=1e-12)
    paired = superiority_interval(POINTS - 4, first)
    mirrored = superiority_interval(POINTS - 4, first[::-1])
    np.testing.assert_allclose([1 - mirrored[1], 1 - mirrored[0]], paired, atol=1e-12)


def test_separate_samples_have_an_interval_of_some_width() -> None:
    low, high = superiority_interval_unpaired([1, 2], [0, 20], [20, 0])
    assert (0.8 < float(low) < 0.95, float(high)) == (True, 1.0)
    low, high = superiority_interval([-1, 0, 1], [0, 0, 10])
    assert (0.6 < float(low) < 0.9, float(high)) == (True, 1.0)


def test_intervals_hold_about_what_they_promise_on_skewed_scales() -> None:
    rng = np.random.default_rng(5)
    shares = np.array([[1, 1, 2, 4, 12, 35, 45], [1, 3, 8, 14, 30, 30, 14]]) / 100
    truth = float(probability_superiority_unpaired(POINTS, shares[0], shares[1]))
    first, second = (rng.multinomial(60, each, 3000) for each in shares)
    low, high = superiority_interval_unpaired(POINTS, first, second)
    assert 0.935 < np.mean((low <= truth) & (truth <= high)) < 0.985
    low, high = superiority_interval(np.arange(-1.0, 2.0), rng.multinomial(60, [0.5, 0.3, 0.2], 3000))
    assert 0.935 < np.mean((low <= 0.35) & (high >= 0.35)) < 0.97


def test_sampling_weights_need_their_effective_number() -> None:
    weights = np.array([2.5, 1.5, 6.0])
    assert float(probability_superiority([-1, 0, 1], weights)) == pytest.approx(0.675)
    with pytest.raises(ArgumentError, match=r"counts: some not whole; .*Hint: for sums of sampling weights pass"):
        superiority_interval([-1, 0, 1], weights)
    whole = superiority_interval([-1, 0, 1], [5, 3, 12])
    np.testing.assert_allclose(superiority_interval([-1, 0, 1], weights, n=20), whole)
    unpaired = superiority_interval_unpaired([1, 2, 3], [5, 3, 12], [4, 4, 4])
    np.testing.assert_allclose(superiority_interval_unpaired([1, 2, 3], weights, [1, 1, 1], n=(20, 12)), unpaired)


def test_without_answers_there_is_nothing_to_say() -> None:
    nothing, some = [[0, 0, 0], [1, 2, 3]], [[1, 2, 3], [1, 2, 3]]
    np.testing.assert_array_equal(np.isnan(probability_superiority([-1, 0, 1], nothing)), [True, False])
    for found in (superiority_interval([-1, 0, 1], nothing), superiority_interval_unpaired([1, 2, 3], nothing, some)):
        np.testing.assert_array_equal(np.isnan(found), [[True, False]] * 2)


def test_arguments_are_checked() -> None:
    with pytest.raises(ArgumentError, match="the last axis has a count for each of 2 values"):
        probability_superiority([0, 1], [1, 2, 3])
    with pytest.raises(ArgumentError, match="counts: -1"):
        probability_superiority([0, 1], [-1, 2])
    with pytest.raises(ArgumentError, match="increasing"):
        probability_superiority([1, 0], [1, 2])
    with pytest.raises(ArgumentError, match="both samples have counts of the same shape"):
        probability_superiority_unpaired([0, 1], [1, 2], [[1, 2]])
    with pytest.raises(ArgumentError, match="n: 0; it is finite and above zero"):
        superiority_interval([0, 1], [1, 2], n=0)
    with pytest.raises(ArgumentError, match="it lies strictly between 0 and 1"):
        superiority_interval_unpaired([0, 1], [1, 2], [1, 2], 95)


def test_without_points_there_is_no_probability() -> None:
    assert np.isnan(probability_superiority([], []))
    assert np.isnan(probability_superiority_unpaired([], [], []))
