import math

import numpy as np
import pytest
from hypothesis import given, strategies as st
from hypothesis.extra import numpy as hnp

from servqual import statistics
from servqual.errors import WeightError
from servqual.statistics import WeightKind, check_weights, kish_effective_size
from servqual.statistics.weights import row_weights, variance_base

SAMPLING, FREQUENCY = WeightKind.SAMPLING, WeightKind.FREQUENCY
POSITIVE = hnp.arrays(np.float64, st.integers(1, 20), elements=st.floats(0.01, 100))


def test_kish_by_hand() -> None:
    # (4 + 1 + 1)² / (16 + 1 + 1)
    assert kish_effective_size([4, 1, 1]) == 2.0


@given(POSITIVE)
def test_kish_lies_between_one_and_the_rows_and_is_the_rows_for_equal_weights(weights: np.ndarray) -> None:
    size = kish_effective_size(weights)
    assert 1 - 1e-12 <= size <= weights.size * (1 + 1e-12)
    assert kish_effective_size(np.full(weights.size, weights[0])) == pytest.approx(weights.size)


@given(POSITIVE, st.sampled_from([1e-200, 1e-3, 7.0, 1e200]))
def test_kish_does_not_depend_on_the_unit(weights: np.ndarray, unit: float) -> None:
    assert kish_effective_size(weights * unit) == pytest.approx(kish_effective_size(weights), rel=1e-12)


@pytest.mark.parametrize("weights", [[], [0.0, 0.0]])
def test_kish_of_no_weight_is_missing(weights: list[float]) -> None:
    assert math.isnan(kish_effective_size(weights))


def test_valid_weights_come_back_read_only_and_unshared() -> None:
    mine = np.array([1.0, 0.0, 2.5])
    checked = check_weights(mine, SAMPLING)
    assert checked.tolist() == [1.0, 0.0, 2.5]
    assert not checked.flags.writeable
    assert mine.flags.writeable
    assert not np.shares_memory(mine, checked)


def test_all_problems_are_named_at_once() -> None:
    with pytest.raises(WeightError) as caught:
        check_weights([1.5, -1, np.nan, np.inf, -2, -3, -4, 2], FREQUENCY)
    assert [str(problem).split(";")[0] for problem in caught.value.problems] == [
        "weights: 1 missing, first in row 2",
        "weights: 1 infinite, first in row 3",
        "weights: 4 negative, first in rows 1, 4, 5, …",
        "weights: 1 not whole, first in row 0",
    ]
    assert "Hint: call them WeightKind.SAMPLING if they are sampling weights" in str(caught.value)


def test_fractions_are_sampling_weights() -> None:
    assert check_weights([0.5, 1.5], SAMPLING).tolist() == [0.5, 1.5]
    with pytest.raises(WeightError, match="2 not whole, first in rows 0, 1; a frequency counts respondents"):
        check_weights([0.5, 1.5], FREQUENCY)


def test_all_zero_is_a_problem_of_a_whole_but_not_of_a_part() -> None:
    with pytest.raises(WeightError, match="all 2 are zero; some row has a weight"):
        check_weights([0, 0], SAMPLING)
    assert check_weights([0, 0], SAMPLING, part=True).tolist() == [0, 0]
    assert check_weights([], SAMPLING).size == 0


@pytest.mark.parametrize("weights", [["a", "b"], [[1.0, 2.0]], 3.0])
def test_what_is_not_a_number_for_each_row_is_refused(weights: object) -> None:
    with pytest.raises(WeightError, match="weights are numbers, one for each row"):
        check_weights(weights, SAMPLING)  # type: ignore[arg-type]


def test_a_kind_is_not_a_text() -> None:
    with pytest.raises(WeightError, match=r"kind: 'sampling'; .* Hint: pass WeightKind.SAMPLING"):
        check_weights([1.0], "sampling")  # type: ignore[arg-type]


def test_weights_and_their_kind_come_together_and_for_every_row() -> None:
    assert row_weights(None, None, 3) is None
    with pytest.raises(WeightError, match="kind sampling, but no weights"):
        row_weights(None, SAMPLING, 3)
    with pytest.raises(WeightError, match="weights without their kind"):
        row_weights([1, 1, 1], None, 3)
    with pytest.raises(WeightError, match="2 weights for 3 rows"):
        row_weights([1, 1], SAMPLING, 3)


def test_variance_bases_are_missing_below_two_respondents() -> None:
    n, weight = [0.0, 1.0, 2.0], [0.0, 1.0, 5.0]
    np.testing.assert_array_equal(variance_base(None, n, n), [np.nan, np.nan, 1.0])
    np.testing.assert_array_equal(variance_base(FREQUENCY, n, weight), [np.nan, np.nan, 4.0])
    np.testing.assert_array_equal(variance_base(SAMPLING, n, weight), [np.nan, np.nan, 2.5])


def test_the_map_names_what_there_is() -> None:
    assert all(hasattr(statistics, name) for name in dir(statistics))
