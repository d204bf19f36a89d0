"""Forms: their columns, their slopes, the names of their coefficients."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, strategies as st

from servqual.chain.form_reading import as_form
from servqual.chain.forms import Form, Linear, Log, Piecewise, asymmetric
from servqual.errors import ChainError
from tests.chain.drawing import NUMBERS, forms, knots

VALUES = st.lists(st.floats(0.5, 60) | st.floats(-60, -0.5), min_size=1, max_size=12)


def test_a_straight_line_is_the_source_itself() -> None:
    np.testing.assert_array_equal(Linear().columns([1.0, math.nan, 3.0]), [[1.0], [math.nan], [3.0]])


def test_the_columns_of_a_form_are_not_the_callers_array() -> None:
    given_array = np.array([1.0, 2.0])
    Linear().columns(given_array)[0, 0] = 9.0
    assert given_array.tolist() == [1.0, 2.0]


def test_a_logarithm_is_missing_where_there_is_none() -> None:
    found = Log().columns([math.e, 0.0, -1.0, math.nan]).ravel()
    np.testing.assert_allclose(found, [1.0, math.nan, math.nan, math.nan])
    assert Log().admits([1.0, 0.0, -2.0, math.nan]).tolist() == [True, False, False, True]
    assert Linear().admits([0.0, -1.0]).all()
    assert math.isnan(Log().derivative(0.0)[0])


def test_segments_by_hand() -> None:
    form = Piecewise((2.0, 4.0))
    found = form.columns([1.0, 3.0, 7.0])
    np.testing.assert_array_equal(found, [[1, 0, 0], [2, 1, 0], [2, 2, 3]])


def test_a_missing_value_stays_missing_in_every_column() -> None:
    for form in (Linear(), Log(), Piecewise((1.0, 2.0))):
        assert np.isnan(form.columns([math.nan])).all()
        assert np.isnan(form.derivative(math.nan)).all()


@given(knots(), VALUES, st.floats(-3, 3))
def test_equal_slopes_are_a_straight_line(found: tuple[float, ...], x: list[float], slope: float) -> None:
    form = Piecewise(found).resolved(0.25)
    columns = form.columns(x)
    assert columns.shape == (len(x), len(form.knots) + 1)
    np.testing.assert_allclose(columns @ np.full(columns.shape[1], slope), slope * np.array(x), atol=1e-9)


@given(knots(), NUMBERS)
def test_pieces_meet_at_their_knots(found: tuple[float, ...], mean: float) -> None:
    form = Piecewise(found).resolved(mean)
    for knot in form.knots:
        left, at, right = form.columns([np.nextafter(knot, -100), knot, np.nextafter(knot, 100)])
        np.testing.assert_allclose(left, at, atol=1e-10)
        np.testing.assert_allclose(right, at, atol=1e-10)


@given(forms(), st.floats(0.5, 50))
def test_slopes_are_what_finite_differences_say(form: Form, at: float) -> None:
    placed, step = form.resolved(2.0), 1e-6
    below, here, above = placed.columns([at - step, at, at + step])
    knots = placed.knots if isinstance(placed, Piecewise) else ()
    if all(not 0 < abs(knot - at) <= step for knot in knots):
        np.testing.assert_allclose(placed.derivative(at), (above - here) / step, rtol=1e-5, atol=1e-6)
        np.testing.assert_allclose(placed.derivative(at, direction="loss"), (here - below) / step, rtol=1e-5, atol=1e-6)


def test_at_a_knot_a_gain_goes_right_and_a_loss_left() -> None:
    form = Piecewise((3.0,))
    assert form.derivative(3.0).tolist() == [0.0, 1.0]
    assert form.derivative(3.0, direction="loss").tolist() == [1.0, 0.0]
    assert form.derivative(2.9).tolist() == form.derivative(2.9, direction="loss").tolist() == [1.0, 0.0]


@given(forms())
def test_there_is_a_name_for_each_column(form: Form) -> None:
    placed = form.resolved(1.0)
    names = placed.parts("x")
    assert len(names) == placed.columns([1.0]).shape[1] == placed.derivative(1.0).size
    assert len(set(names)) == len(names)


def test_names_of_coefficients() -> None:
    assert Piecewise((3.25, 4.5)).parts("x") == ("x below 3.25", "x 3.25 to 4.5", "x above 4.5")
    assert asymmetric().parts("x") == ("x below mean", "x above mean")
    assert Piecewise((3.123456, 3.123457)).parts("x")[1] == "x 3.123456 to 3.123457"
    assert Piecewise((2 / 3,)).parts("x")[0] == "x below 0.6667"


@given(forms())
def test_a_form_is_read_as_it_is_written(form: Form) -> None:
    assert as_form(str(form)) == form
    assert hash(as_form(str(form))) == hash(form)


def test_forms_as_text() -> None:
    assert as_form(" LOG ") == Log()
    assert as_form("asymmetric 3.2") == asymmetric(3.2) == Piecewise((3.2,))
    assert as_form("asymmetric") == as_form("piecewise") == asymmetric()
    assert str(Piecewise((1 / 3, 2.0))) == "piecewise 0.3333333333333333 2"


def test_only_a_form_without_a_knot_takes_the_mean() -> None:
    assert asymmetric().resolved(2.5) == Piecewise((2.5,))
    assert asymmetric(1.0).resolved(2.5) == asymmetric(1.0)
    assert Linear().resolved(2.5) == Linear()


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Piecewise((1.0, math.inf)), r"knots: inf; a knot is a finite number"),
        (lambda: Piecewise(("low",)), r"knots: 'low'; a knot is a finite number"),  # type: ignore[arg-type]
        (lambda: Piecewise((True,)), r"knots: True; a knot"),
        (lambda: Piecewise((3.0, 2.0)), r"knots: 2 after 3; knots ascend.* sort them"),
        (lambda: Piecewise((3.0, 3.0)), r"knots: 3 after 3; knots ascend.* name each knot once"),
        (lambda: asymmetric().columns([1.0]), r"form asymmetric: no knot yet.*resolved\(mean\)"),
        (lambda: asymmetric().derivative(1.0), r"form asymmetric: no knot yet"),
        (lambda: Linear().derivative(1.0, direction="up"), r"direction: 'up'; a change is a gain or a loss"),  # type: ignore[arg-type]
        (lambda: Linear().columns([[1.0]]), r"x: shape \(1, 1\)"),
        (lambda: as_form("lgo"), r"form: 'lgo'; a form is linear, log, asymmetric or piecewise.*did you mean log"),
        (lambda: as_form(""), r"form: ''; a form is linear"),
        (lambda: as_form("log 2"), r"form log: 2; it takes no numbers"),
        (lambda: as_form("piecewise 2 x"), r"form piecewise: 'x'; knots are numbers.*piecewise 3.2"),
        (lambda: as_form(2), r"form: 2; a form is linear.*Piecewise\(knots\)"),  # type: ignore[arg-type]
    ],
)
def test_what_no_form_can_be_is_refused(make: Any, message: str) -> None:
    with pytest.raises(ChainError, match=message):
        make()


def test_all_wrong_knots_are_named_at_once() -> None:
    with pytest.raises(ChainError) as caught:
        Piecewise((math.nan, 2.0, math.inf))
    assert len(caught.value.problems) == 2
