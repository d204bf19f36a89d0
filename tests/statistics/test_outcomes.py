import copy
import pickle

import numpy as np
import pytest

from servqual.statistics import ArgumentError, Inapplicable, MeanTest, RankTest, TestResult, paired_t, signed_rank


def three() -> MeanTest:
    return paired_t([1.0, 1.0, 1.0], [1.0, 0.0, 1.0], [10, 10, 1])


def test_one_comparison_is_picked_or_says_why_there_is_none() -> None:
    result = three()
    first = result.at(0)
    assert isinstance(first, MeanTest)
    assert first.p.shape == ()
    assert float(first.p) == result.p[0]
    assert first.null == "the mean difference is 0"
    assert result.at(1) == Inapplicable("no variation: all answers compared are equal")
    assert result.at(2) == Inapplicable("fewer than two pairs")


def test_where_there_is_no_test_there_are_no_numbers() -> None:
    result = three()
    np.testing.assert_array_equal(np.isnan(result.p), [False, True, True])
    np.testing.assert_array_equal(np.isnan(result.statistic), [False, True, True])
    for end in result.interval():
        np.testing.assert_array_equal(np.isnan(end), [False, True, True])


def test_a_result_of_no_axes_is_picked_without_a_place() -> None:
    result = paired_t(1.0, 1.0, 10)
    picked = result.at()
    assert isinstance(picked, MeanTest)
    assert float(picked.p) == float(result.p)
    assert isinstance(paired_t(1.0, 1.0, 1).at(), Inapplicable)


def test_the_line_shown_says_what_was_tested() -> None:
    assert repr(paired_t(1.0, 1.0, 10)) == "<MeanTest by paired t: p 0.0115; null: the mean difference is 0>"
    assert repr(three()) == "<MeanTest by paired t: 3 comparisons; null: the mean difference is 0>"
    none = "<MeanTest by paired t: not applicable: fewer than two pairs; null: the mean difference is 0>"
    assert repr(paired_t(1.0, 1.0, 1)) == none


@pytest.mark.parametrize("result", [three(), signed_rank(np.array([[1.0, 2.0], [-1.0, 0.0], [3.0, 0.0]]))])
def test_results_are_read_only_and_survive_pickle_and_copy(result: MeanTest | RankTest) -> None:
    for other in (pickle.loads(pickle.dumps(result)), copy.deepcopy(result)):  # noqa: S301 - our own pickle
        np.testing.assert_array_equal(other.p, result.p)
        np.testing.assert_array_equal(other.reason, result.reason)
        assert other.null == result.null
        for array in (other.p, other.statistic, other.reason, other.df):
            assert not array.flags.writeable
    assert not result.p.flags.writeable


def test_all_arrays_have_one_shape() -> None:
    with pytest.raises(ArgumentError, match="all arrays of a result have one shape"):
        TestResult(statistic=[1.0], df=[1.0, 2.0], p=[0.5], null="none", method="none", reason=[""])


def test_confidence_is_checked() -> None:
    with pytest.raises(ArgumentError, match="it lies strictly between 0 and 1"):
        three().interval(95)
