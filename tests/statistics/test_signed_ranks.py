import math

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from hypothesis.extra import numpy as hnp
from scipy import stats

from servqual._arrays import Floats
from servqual.statistics import ArgumentError, RankMethod, Tallies, signed_rank, signed_rank_from_counts
from tests.statistics.sleep import DIFFERENCES, R

POINTS = np.arange(-6.0, 7.0)
COUNTS = hnp.arrays(np.int64, st.tuples(st.integers(1, 3), st.just(13)), elements=st.integers(0, 6))
NORMAL = {RankMethod.NORMAL: False, RankMethod.NORMAL_CORRECTED: True}


@pytest.mark.parametrize(
    ("method", "name"),
    [(RankMethod.NORMAL, "wilcoxon_p_normal_nocc"), (RankMethod.NORMAL_CORRECTED, "wilcoxon_p_normal_cc")],
)
def test_students_own_differences_are_tested_as_by_r(method: RankMethod, name: str) -> None:
    result = signed_rank(DIFFERENCES, method)
    np.testing.assert_allclose([result.statistic, result.p], [R["wilcoxon_V"], R[name]], rtol=1e-9)
    assert (float(result.n), bool(result.exact), float(result.df)) == (9, False, math.inf)
    assert float(result.effect) == 1


@settings(deadline=None)
@given(COUNTS, st.sampled_from(list(NORMAL)))
def test_the_normal_approximation_is_that_of_scipy(counts: Floats, method: RankMethod) -> None:
    result = signed_rank_from_counts(POINTS, counts, method)
    for row, each in enumerate(counts):
        differences = np.repeat(POINTS, each)
        if not differences.any():
            assert str(result.reason[row]) == "no difference other than 0"
            continue
        expected = stats.wilcoxon(differences, correction=NORMAL[method], method="approx")
        assert float(result.p[row]) == pytest.approx(expected.pvalue, rel=1e-9)
        assert float(result.p[row]) == pytest.approx(2 * stats.norm.sf(abs(result.z[row])), rel=1e-12)


@settings(deadline=None)
@given(COUNTS, st.sampled_from(list(RankMethod)))
def test_counts_and_repeated_answers_say_the_same(counts: Floats, method: RankMethod) -> None:
    rows = int(counts.sum(axis=1).max())
    answers = np.full((rows, len(counts)), np.nan)
    for column, each in enumerate(counts):
        answers[: each.sum(), column] = np.repeat(POINTS, each)
    first, second = signed_rank(answers, method), signed_rank_from_counts(POINTS, counts, method)
    for name in ("statistic", "p", "z", "n", "effect", "exact", "reason", "df"):
        np.testing.assert_array_equal(getattr(first, name), getattr(second, name))


@settings(deadline=None)
@given(hnp.arrays(np.float64, st.integers(1, 25), elements=st.integers(-200, 200).map(float), unique=True))
def test_without_ties_the_distribution_is_exact(differences: Floats) -> None:
    if np.unique(np.abs(differences)).size < differences.size or not differences.all():
        return
    result = signed_rank(differences)
    assert float(result.p) == pytest.approx(stats.wilcoxon(differences, method="exact").pvalue, rel=1e-12)
    assert bool(result.exact)
    assert math.isnan(float(result.df))


@settings(deadline=None)
@given(COUNTS)
def test_turned_differences_turn_the_result(counts: Floats) -> None:
    one, other = signed_rank_from_counts(POINTS, counts), signed_rank_from_counts(POINTS, counts[:, ::-1])
    np.testing.assert_allclose(other.p, one.p, rtol=1e-12)
    np.testing.assert_allclose(other.effect, -one.effect, atol=1e-12)
    np.testing.assert_allclose(other.z, -one.z, atol=1e-12)


def test_automatic_is_what_r_does() -> None:
    untied = np.arange(1.0, 50.0) * np.resize([1, -1, 1], 49)
    assert bool(signed_rank(untied).exact)
    assert not signed_rank(np.append(untied, 50.0)).exact
    assert not signed_rank(np.append(untied, 0.0)).exact
    assert not signed_rank(np.append(untied[:-1], 1.0)).exact


def test_a_small_exact_test_is_counted_by_hand() -> None:
    # of 32 patterns of signs 2 reach a rank sum of 14, and 2 are as far below the mean
    small = signed_rank([1.1, 2.2, -0.3, 4.4, 5.5])
    assert (float(small.statistic), float(small.p)) == (14.0, 0.125)


def test_ten_million_answers_cost_no_more_than_ten() -> None:
    counts = np.array([1, 3, 8, 20, 50, 120, 300, 110, 60, 25, 10, 4, 2]) * 14_025
    result = signed_rank_from_counts(POINTS, counts)
    assert float(result.n) == counts.sum() - counts[6] > 5_000_000
    # z grows with the root of the counts, but for the correction
    small = signed_rank_from_counts(POINTS, counts // 14_025, RankMethod.NORMAL)
    assert float(result.z) == pytest.approx(float(small.z) * math.sqrt(14_025), rel=1e-2)
    assert float(result.effect) == pytest.approx(float(small.effect), rel=1e-2)


def test_tallies_that_merge_are_a_distribution() -> None:
    rng = np.random.default_rng(1)
    gaps = rng.integers(-6, 7, (2, 60)).astype(np.int8)
    parts = [Tallies.of(gaps[:, :20], POINTS), Tallies.of(gaps[:, 20:], POINTS)]
    whole = parts[0] + parts[1]
    result = signed_rank_from_counts(whole.points, whole.counts)
    np.testing.assert_array_equal(result.p, signed_rank(gaps.T.astype(np.float64)).p)


def test_an_exact_test_with_ties_says_that_there_is_none() -> None:
    result = signed_rank(np.array([[1.0, 1.0], [1.0, 2.0], [-2.0, -3.0]]), RankMethod.EXACT)
    assert result.reason.tolist() == ["ties, with which there is no exact distribution", ""]
    many = signed_rank(np.arange(1.0, 502.0), RankMethod.EXACT)
    assert str(many.reason) == "more than 500 answers, too many for the exact distribution"


def test_shapes() -> None:
    assert signed_rank([1.0, 2.0]).p.shape == ()
    assert signed_rank(np.ones((4, 3))).p.shape == (3,)
    assert signed_rank(np.ones((4, 0))).p.shape == (0,)
    assert str(signed_rank(np.zeros(0)).reason) == "no difference other than 0"
    assert str(signed_rank([math.nan, 0.0]).reason) == "no difference other than 0"
    assert signed_rank_from_counts(POINTS, np.ones((2, 3, 13))).p.shape == (2, 3)


def test_arguments_are_checked() -> None:
    with pytest.raises(ArgumentError, match="values are given in one row, each once, increasing"):
        signed_rank_from_counts([0, 1, 1], [1, 2, 3])
    with pytest.raises(ArgumentError, match=r"shape \(2,\); the last axis has a count for each of 3 values"):
        signed_rank_from_counts([-1, 0, 1], [1, 2])
    with pytest.raises(
        ArgumentError, match=r"counts are whole numbers\. Hint: ranks have no rule for sampling weights"
    ):
        signed_rank_from_counts([-1, 0, 1], [1.5, 2, 3])
    with pytest.raises(ArgumentError, match="counts: -1"):
        signed_rank_from_counts([-1, 0, 1], [-1, 2, 3])
    with pytest.raises(ArgumentError, match="method: 'best'; it is one of auto, exact, normal"):
        signed_rank([1.0, 2.0], "best")  # type: ignore[arg-type]
    with pytest.raises(ArgumentError, match="differences"):
        signed_rank(np.zeros((2, 2, 2)))
