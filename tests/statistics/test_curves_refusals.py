"""What no curve is fitted on."""

from typing import Any

import numpy as np
import pytest

from servqual.errors import ArgumentError, Problem
from servqual.statistics.curve_rows import curve_rows
from servqual.statistics.logistic import logistic_curve
from servqual.statistics.monotone import MonotoneCurve, monotone_curve
from servqual.statistics.piecewise import piecewise_curve

X = [1, 2, 3, 4, 5]
Y = [0.1, 0.3, 0.2, 0.4, 0.9]


@pytest.mark.parametrize(
    ("x", "y", "options", "message"),
    [
        (["a"], [1], {}, "x: an array of <U1, shape \\(1,\\); it is an array of numbers of one axis"),
        ([[1, 2]], [1, 2], {}, "x: an array of int64, shape \\(1, 2\\); it is an array of numbers of one axis"),
        ([1, np.nan], [1, 2], {}, "x: missing or infinite values in 1 rows, first in row 1; values are finite"),
        ([1, 2, 3], [1, np.inf, np.nan], {}, "y: missing or infinite values in 2 rows, first in row 1"),
        ([1, 2, 3], [1, 2], {}, "rows: 3 of x, 2 of y; every row has one of each"),
        ([1, 2], [1, 2], {"weights": [1]}, "rows: 2 of x, 2 of y, 1 of weights; every row has one of each"),
        ([1, 2], [1, 2], {"weights": [1, -1]}, "weights: -1; weights are above zero"),
        ([2, 2, 2], [1, 2, 3], {}, "x: 1 value in 3 rows; a curve needs two values of x or more"),
        ([1, 2], [1, 2], {"groups": [1]}, "labels: shape \\(1,\\) for 2 rows"),
        ([1, 2], [1, 2], {"groups": [1, 1]}, "groups: 1 group; rows within groups need two groups or more"),
    ],
)
def test_rows_that_make_no_curve(x: Any, y: Any, options: dict[str, Any], message: str) -> None:
    with pytest.raises(ArgumentError, match=message):
        curve_rows(x, y, **options)


def test_all_that_is_wrong_with_rows_is_said_at_once() -> None:
    with pytest.raises(ArgumentError) as caught:
        curve_rows(["a"], [np.nan], [[1]])
    places = [each.place for each in caught.value.problems if isinstance(each, Problem)]
    assert places == ["x", "y", "weights"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"draws": 5}, "rng: None; what is drawn at random has a seed. Hint: pass a seed, as rng=1"),
        ({"rng": 1}, "rng: given, without draws; only resamples use it. Hint: pass draws=2000"),
        ({"groups": [1, 1, 2, 2, 3]}, "groups: given, without draws; only resamples use it"),
        ({"draws": -1, "rng": 1}, "draws: -1; it is a whole number, 2 or more"),
        ({"draws": 2.5, "rng": 1}, "draws: 2.5; it is a whole number, 2 or more"),
        ({"draws": 5, "rng": "x"}, "rng: 'x'; it is a seed, a whole number of 0 or more"),
    ],
)
def test_resamples_have_a_seed_and_a_seed_has_resamples(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ArgumentError, match=message):
        monotone_curve(X, Y, **options)


def test_intervals_of_a_monotone_curve_need_resamples() -> None:
    curve = monotone_curve(X, Y)
    message = "draws: the curve was fitted without resamples; intervals need resamples. Hint: pass draws=2000, rng=1"
    with pytest.raises(ArgumentError, match=message):
        curve.interval(3)
    with pytest.raises(ArgumentError, match=message):
        curve.draws_at(3, 10, 1)
    with pytest.raises(ArgumentError, match=r"confidence: 95; it lies strictly between 0 and 1. Hint: pass 0.95"):
        curve.interval(3, 95)
    with pytest.raises(ArgumentError, match="confidence: 2;"):
        curve.steepness(3, 2)
    with pytest.raises(ArgumentError, match="top: 1; the top begins inside the range of x, 1 to 5"):
        curve.steepness(1)


def test_a_holder_has_shapes_that_fit() -> None:
    with pytest.raises(ArgumentError, match="every corner has a value, every point of the grid replicates"):
        MonotoneCurve([1, 2], [1], 2, 0.5, True, [1], [[1]])  # noqa: FBT003


@pytest.mark.parametrize(
    ("knots", "message"),
    [
        ([], "knots: none; a piecewise curve has a knot or more"),
        ([1], "knots: 1; knots lie inside the range of x, 1 to 5"),
        ({"best": 7}, "knots: best at 7; knots lie inside the range of x"),
        ([3, 3], "knots: 3, 3; every knot has a name and a place of its own"),
        ({"a": 3, "b": 3.0}, "knots: a, b; every knot has a name and a place of its own"),
        ([4.2, 4.5], "knots: 4.2, 4.5 with 5 values of x; each segment has values of x of its own"),
        ([float("nan")], "knots: nan; knots lie inside the range of x"),
    ],
)
def test_knots_that_make_no_segments(knots: Any, message: str) -> None:
    with pytest.raises(ArgumentError, match=message):
        piecewise_curve(X, Y, knots=knots)


def test_rows_outnumber_the_slopes() -> None:
    with pytest.raises(ArgumentError, match="3 rows for 3 coefficients"):
        piecewise_curve([1, 2, 3], [1, 2, 4], knots=[2])
    with pytest.raises(ArgumentError, match="y: 2 in all rows; a regression explains what varies"):
        piecewise_curve(X, [2] * 5, knots=[2])
    with pytest.raises(ArgumentError, match="top: 9; the top begins inside the range of x"):
        piecewise_curve(X, Y, knots=[3]).steepness(9)


def test_draws_of_a_curve_have_a_number_and_a_seed() -> None:
    for curve in (piecewise_curve(X, Y, knots=[3]), logistic_curve(X, Y), monotone_curve(X, Y, draws=9, rng=1)):
        with pytest.raises(ArgumentError, match="draws: 0; it is a whole number, 1 or more"):
            curve.draws_at(3, 0, 1)
        with pytest.raises(ArgumentError, match="rng: None; what is drawn at random has a seed"):
            curve.draws_at(3, 5, None)  # type: ignore[arg-type]
