"""Laws of scales."""

import pytest
from hypothesis import given, strategies as st

from servqual.instruments import Scale
from tests.words.generated import real_scales, scales, whole_scales

shares = st.floats(0, 1)


@given(whole_scales())
def test_points_run_from_end_to_end_and_lie_on_the_scale(scale: Scale) -> None:
    points = scale.points
    assert (points[0], points[-1]) == (scale.low, scale.high)
    assert scale.contains(points).all()
    assert list(points) == sorted(set(points))


@given(whole_scales())
def test_nothing_between_or_outside_the_points_lies_on_the_scale(scale: Scale) -> None:
    step = scale.step or 0
    assert not scale.contains([point + step / 2 for point in scale.points]).any()
    assert not scale.contains([scale.low - step, scale.high + step]).any()


@given(whole_scales())
def test_reversal_of_answers_is_an_involution(scale: Scale) -> None:
    turned = [scale.reverse(point) for point in scale.points]
    assert tuple(reversed(turned)) == scale.points
    assert [scale.reverse(value) for value in turned] == list(scale.points)


@given(real_scales(), shares)
def test_reversal_of_numbers_is_an_involution(scale: Scale, share: float) -> None:
    value = scale.low + share * scale.span
    assert scale.reverse(scale.reverse(value)) == pytest.approx(value, abs=1e-9)


@given(whole_scales(), whole_scales())
def test_rescaling_whole_scales_takes_end_to_end_exactly(one: Scale, other: Scale) -> None:
    assert one.rescale(one.low, other) == other.low
    assert one.rescale(one.high, other) == other.high


@given(scales, scales, shares)
def test_rescaling_there_and_back_changes_nothing(one: Scale, other: Scale, share: float) -> None:
    value = one.low + share * one.span
    assert other.rescale(one.rescale(value, other), one) == pytest.approx(value, abs=1e-6)


@given(scales, scales)
def test_rescaling_takes_ends_and_middle_to_ends_and_middle(one: Scale, other: Scale) -> None:
    for mine, theirs in ((one.low, other.low), (one.midpoint, other.midpoint), (one.high, other.high)):
        assert one.rescale(mine, other) == pytest.approx(theirs, abs=1e-9)


@given(scales, scales, shares)
def test_reversing_and_rescaling_commute(one: Scale, other: Scale, share: float) -> None:
    value = one.low + share * one.span
    assert one.rescale(one.reverse(value), other) == pytest.approx(other.reverse(one.rescale(value, other)), abs=1e-6)


@given(scales)
def test_rescaling_to_itself_changes_nothing(scale: Scale) -> None:
    assert scale.rescale(scale.midpoint, scale) == pytest.approx(scale.midpoint, abs=1e-9)
