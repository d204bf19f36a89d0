"""Importance: points that add up, ratings that need not, and the shares of both."""

import re

import numpy as np
import pytest
from hypothesis import given, strategies as st
from hypothesis.extra.numpy import arrays

from servqual._arrays import Floats
from servqual.errors import RatingError
from servqual.instruments import Scale
from servqual.ratings import Importance, Over

NAN = float("nan")


def problems(caught: pytest.ExceptionInfo[RatingError]) -> list[str]:
    return [str(problem) for problem in caught.value.problems]


def test_points_are_over_dimensions_and_ratings_over_items() -> None:
    points, ratings = Importance.points([32, 22, 19, 16, 11]), Importance.ratings([[5, 6, 7]])
    assert (points.over, ratings.over) == (Over.DIMENSIONS, Over.ITEMS)
    assert repr(points) == "<Importance: (5,) over dimensions>"
    np.testing.assert_allclose(points.shares, [0.32, 0.22, 0.19, 0.16, 0.11])
    assert Importance([1, 2], "items").over is Over.ITEMS
    assert [each.label.zh for each in Over] == ["维度", "题项"]


def test_rows_that_do_not_add_up_are_named() -> None:
    with pytest.raises(RatingError) as caught:
        Importance.points([[50.0, 40.0], [20.0, 80.0], [0.0, 0.0], [NAN, 10.0], [60.0, 50.0]])
    empty, wrong = problems(caught)
    assert empty == (
        "importance: 1 of 5 rows all 0: [2] = 0; points are shared out in full. "
        "Hint: write NaN where nothing was answered"
    )
    assert wrong == (
        "importance: 2 of 5 rows not adding up to 100: [0] = 90, [4] = 110; each row adds up to 100. "
        "Hint: mend the rows, or consent to multiplying them with renormalise=True"
    )


def test_one_row_is_a_row() -> None:
    with pytest.raises(RatingError, match=re.escape("1 of 1 rows not adding up to 100: [0] = 90")):
        Importance.points([50, 40])


def test_consent_multiplies_complete_rows() -> None:
    points = Importance.points([[50.0, 40.0], [20.0, 80.0], [NAN, 10.0]], renormalise=True)
    np.testing.assert_allclose(points.values, [[500 / 9, 400 / 9], [20.0, 80.0], [NAN, 10.0]])


def test_consent_cannot_share_out_nothing() -> None:
    with pytest.raises(RatingError, match=re.escape("1 of 2 rows all 0: [1] = 0")):
        Importance.points([[50, 40], [0, 0]], renormalise=True)


def test_a_millionth_is_rounding() -> None:
    Importance.points([100 / 3 + 1e-5, 100 / 3, 100 / 3])
    with pytest.raises(RatingError, match="not adding up"):
        Importance.points([100 / 3 + 1e-3, 100 / 3, 100 / 3])


def test_all_problems_at_once() -> None:
    with pytest.raises(RatingError) as caught:
        Importance.points([50, -40, np.inf], total=0)
    assert problems(caught) == [
        "importance: 1 of 3 below 0: [1] = -40; weights are 0 or more. Hint: write NaN where there is no answer",
        "importance: 1 of 3 infinite: [2] = inf; weights are finite.",
        "total: 0; the total of a row is positive and finite.",
    ]


def test_another_total() -> None:
    assert Importance.points([0.25, 0.75], total=1).shares.tolist() == [0.25, 0.75]


def test_ratings_are_held_against_a_scale_where_one_is_given() -> None:
    assert Importance.ratings([3, 9]).values.tolist() == [3, 9]
    with pytest.raises(RatingError, match=re.escape("importance: 1 of 2 outside 1..7: [1] = 9")):
        Importance.ratings([3, 9], Scale.likert(7))
    with pytest.raises(RatingError, match="a rating has the Scale of its answers"):
        Importance.ratings([3, 9], 7)  # type: ignore[arg-type]


def test_one_number_is_spread_over_nothing() -> None:
    with pytest.raises(RatingError, match=re.escape("one number, 3; importance is spread along the last axis")):
        Importance.ratings(3)


def test_over_must_be_known() -> None:
    with pytest.raises(RatingError, match=r"over: 'rows'; .* Hint: Over\.DIMENSIONS or Over\.ITEMS"):
        Importance([1, 2], "rows")


def test_no_shares_where_an_answer_is_missing_or_all_are_0() -> None:
    shares = Importance.ratings([[1.0, 3.0], [NAN, 3.0], [0.0, 0.0]]).shares
    np.testing.assert_array_equal(shares, [[0.25, 0.75], [NAN, NAN], [NAN, NAN]])


@given(arrays(float, (3, 4), elements=st.integers(0, 1000).map(float)), st.sampled_from([1.0, 100.0, 7.5]))
def test_shares_add_up_and_do_not_depend_on_the_total(values: Floats, total: float) -> None:
    values[:, 0] += 1
    points = Importance.points(values, total, renormalise=True)
    np.testing.assert_allclose(points.values.sum(axis=-1), total)
    np.testing.assert_allclose(points.shares.sum(axis=-1), 1)
    np.testing.assert_allclose(points.shares, Importance.ratings(values).shares)
    assert not points.values.flags.writeable
