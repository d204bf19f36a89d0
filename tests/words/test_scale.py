"""Scales: what they refuse, what lies on them, and the ones that have names."""

import math

import numpy as np
import pytest

from servqual.errors import ScaleError
from servqual.instruments import Anchor, Scale
from servqual.labels import Label


@pytest.mark.parametrize(("low", "high"), [(7, 1), (1, 1), (math.nan, 7), (1, math.nan), (-math.inf, 7), (1, math.inf)])
def test_ends_are_finite_and_in_order(low: float, high: float) -> None:
    with pytest.raises(ScaleError, match="low and high are finite and low lies below high"):
        Scale(low, high)


@pytest.mark.parametrize("step", [0, -1, 0.7, 7, 1e12, math.nan, math.inf, -math.inf])
def test_a_step_divides_the_range(step: float) -> None:
    with pytest.raises(ScaleError, match=r"the step is positive and divides the range\. Hint: step=None"):
        Scale(1, 7, step)


def test_an_anchor_is_a_point() -> None:
    with pytest.raises(ScaleError, match=r"anchors: 2\.5; an anchor is a point of the scale 1\.\.7"):
        Scale(1, 7, anchors=[Anchor(2.5, Label("half"))])


def test_all_problems_are_told_at_once() -> None:
    with pytest.raises(ScaleError) as caught:
        Scale(1, 7, 4, anchors=[Anchor(9, Label("too much")), Anchor(0, Label("too little"))])
    assert [problem.place for problem in caught.value.problems if not isinstance(problem, str)] == [
        "scale",
        "anchors",
        "anchors",
    ]


@pytest.mark.parametrize("points", [1, 0, -3])
def test_a_likert_scale_has_two_points_at_least(points: int) -> None:
    with pytest.raises(ScaleError, match="at least two points"):
        Scale.likert(points)


@pytest.mark.parametrize("step", [None, 1])
def test_ends_are_numbers(step: float | None) -> None:
    with pytest.raises(ScaleError, match="'one'; ends, steps and anchors of a scale are numbers"):
        Scale("one", 7, step)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("scale", "low", "high", "step"),
    [
        (Scale.likert(5), 1, 5, 1),
        (Scale.likert(2), 1, 2, 1),
        (Scale.zero_to_ten(), 0, 10, 1),
        (Scale.percent(), 0, 100, None),
        (Scale.encounter(), -3, 3, 1),
        (Scale.yes_no(), 0, 1, 1),
    ],
)
def test_scales_with_names(scale: Scale, low: float, high: float, step: float | None) -> None:
    assert scale == Scale(low, high, step)
    assert scale.span == high - low
    assert scale.midpoint == (low + high) / 2


def test_likert_ends_have_words_in_both_languages() -> None:
    low, high = Scale.likert(7).anchors
    assert (low.value, low.label) == (1, Label("strongly disagree", "非常不同意"))
    assert (high.value, high.label) == (7, Label("strongly agree", "非常同意"))


def test_likert_ends_may_be_named_otherwise() -> None:
    low, high = Scale.likert(5, "never", Label("strongly agree", "完全同意")).anchors
    assert (low.label, high.label) == (Label("never"), Label("strongly agree", "完全同意"))


def test_yes_and_no_have_words() -> None:
    assert [anchor.label.zh for anchor in Scale.yes_no().anchors] == ["否", "是"]


@pytest.mark.parametrize(
    ("scale", "points"),
    [
        (Scale.encounter(), (-3, -2, -1, 0, 1, 2, 3)),
        (Scale(0, 1, 0.25), (0, 0.25, 0.5, 0.75, 1)),
        (Scale(1, 7, 3), (1, 4, 7)),
    ],
)
def test_points(scale: Scale, points: tuple[float, ...]) -> None:
    assert scale.points == points


def test_a_real_valued_scale_has_no_points_to_list() -> None:
    with pytest.raises(ScaleError, match=r"0\.\.100 \(real-valued\): no step; only a scale with steps has points"):
        _ = Scale.percent().points


@pytest.mark.parametrize(
    ("scale", "whole"),
    [(Scale(0, 10), True), (Scale(0, 10, 2), True), (Scale(0, 1, 0.5), False), (Scale(0.5, 2.5), False)],
)
def test_whole_scales(scale: Scale, whole: bool) -> None:  # noqa: FBT001 - a parameter of the table above
    assert scale.is_whole is whole
    assert not Scale.percent().is_whole


def test_what_a_scale_contains() -> None:
    inside = Scale.likert(5).contains([0, 1, 2.5, 5, 6, math.nan, math.inf])
    assert inside.tolist() == [False, True, False, True, False, False, False]
    assert Scale.percent().contains([0, 99.9, 100, 100.1, math.nan]).tolist() == [True, True, True, False, False]
    assert bool(Scale(0, 1, 0.1).contains(0.3))


def test_values_keep_their_shape() -> None:
    values = np.array([[1.0, 2.0], [np.nan, 5.0]])
    assert Scale.likert(5).contains(values).shape == (2, 2)
    np.testing.assert_array_equal(Scale.likert(5).reverse(values), [[5, 4], [np.nan, 1]])
    np.testing.assert_array_equal(Scale.likert(5).rescale(values, Scale.percent()), [[0, 25], [np.nan, 100]])
    np.testing.assert_array_equal(values, [[1, 2], [np.nan, 5]])


@pytest.mark.parametrize(
    ("scale", "text"),
    [(Scale.likert(7), "1..7"), (Scale(0, 1, 0.5), "0..1 (step 0.5)"), (Scale(0, 10, 2), "0..10 (step 2)")],
)
def test_a_scale_in_one_word(scale: Scale, text: str) -> None:
    assert str(scale) == text


def test_words_at_points_play_no_part_in_equality() -> None:
    assert Scale.likert(7) == Scale(1, 7)
    assert len({Scale.likert(7), Scale(1, 7), Scale(1, 7, None)}) == 2
