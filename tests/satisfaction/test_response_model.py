"""Responses after service: moves, forecasts, ends and the steady state."""

import pickle

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, strategies as st
from hypothesis.extra.numpy import arrays

from servqual._arrays import Ints
from servqual.errors import LoyaltyError
from servqual.satisfaction.loyalty.responding import (
    response_model,
    response_model_from_counts,
    response_model_from_probabilities,
)
from servqual.satisfaction.loyalty.response_steady import SteadyState
from servqual.satisfaction.loyalty.response_words import RESPONSES
from servqual.statistics import Inapplicable, wilson_interval

THREE = ("accept", "complaint", "give_up")
COUNTS = arrays(np.int64, (3, 3), elements=st.integers(1, 50))
ENDING = [[60, 30, 10], [20, 50, 30], [0, 0, 5]]


def test_the_eight_responses_have_two_languages() -> None:
    chinese = ["放弃", "接受", "再次体验", "投诉", "批评", "建议", "肯定", "表扬"]
    assert [label.zh for label in RESPONSES.values()] == chinese


def test_sequences_are_counted_move_by_move() -> None:
    seen: list[list[str | None]] = [
        ["accept", "complaint", "give_up"],
        ["accept", None, "accept"],
        ["complaint", "accept", "accept"],
    ]
    model = response_model(seen, states=THREE, absorbing=["give_up"])
    assert model.counts is not None
    assert model.counts.tolist() == [[1, 1, 0], [1, 0, 1], [0, 0, 0]]
    assert (model.absorbing, model.closed) == (("give_up",), (("give_up",),))
    rows = [(r, p, seen[r][p]) for r in range(3) for p in range(3)]
    frame = pd.DataFrame(rows, columns=["who", "month", "did"]).sample(frac=1, random_state=1)
    long = response_model(frame, columns=("who", "month", "did"), states=THREE, absorbing=["give_up"])
    assert long.counts is not None
    assert long.counts.tolist() == model.counts.tolist()


@given(COUNTS)
def test_rows_are_shares_with_wilsons_intervals(counts: Ints) -> None:
    model = response_model_from_counts(counts, THREE)
    np.testing.assert_allclose(model.probabilities.sum(axis=1), 1)
    frame = model.to_frame()
    low, high = wilson_interval(counts.ravel(), np.repeat(counts.sum(axis=1), 3))
    np.testing.assert_allclose(frame["low"], low)
    np.testing.assert_allclose(frame["high"], high)


@given(COUNTS, st.integers(1, 5), st.integers(1, 5))
def test_chapman_and_kolmogorov(counts: Ints, first: int, second: int) -> None:
    model = response_model_from_counts(counts, THREE)
    whole = model.forecast("accept", first + second)
    middle = model.forecast("accept", first)
    onwards = model.forecast({state: float(middle[state][-1]) for state in THREE}, second)  # type: ignore[arg-type]
    for state in THREE:
        assert whole[state][-1] == pytest.approx(onwards[state][-1])


@given(COUNTS)
def test_the_steady_state_stays_and_is_where_forecasts_go(counts: Ints) -> None:
    model = response_model_from_counts(counts, THREE)
    steady = model.steady_state()
    assert isinstance(steady, SteadyState)
    np.testing.assert_allclose(steady.shares @ model.probabilities, steady.shares, atol=1e-12)
    last = model.forecast("complaint", 2000)
    np.testing.assert_allclose([last[state][-1] for state in THREE], steady.shares, atol=1e-6)  # type: ignore[arg-type]


def test_ends_and_times_are_those_of_many_walks() -> None:
    probabilities: list[list[float]] = [[0.5, 0.3, 0.1, 0.1], [0.2, 0.4, 0.3, 0.1], [0, 0, 1, 0], [0, 0, 0, 1]]
    model = response_model_from_probabilities(probabilities, ["accept", "complaint", "give_up", "praise"])
    ends = model.endings()
    rng, steps, places = np.random.default_rng(4), 0, np.zeros(40_000, int)
    cumulative = np.cumsum(probabilities, axis=1)
    while (places < 2).any():
        walking = places < 2
        steps += int(walking.sum())
        drawn = rng.random(walking.sum())
        places[walking] = (drawn[:, None] > cumulative[places[walking]]).sum(axis=1)
    assert steps / 40_000 == pytest.approx(ends.periods[0], rel=0.02)
    assert (places == 2).mean() == pytest.approx(ends.probabilities[0, 0], abs=0.01)
    assert np.isnan(ends.low).all()
    np.testing.assert_allclose(ends.probabilities.sum(axis=1), 1)


def test_intervals_by_delta_agree_with_resamples() -> None:
    model = response_model_from_counts(np.array(ENDING) * 20, THREE)
    delta, drawn = model.endings(), model.endings(draws=4000, rng=1)
    width = delta.periods_high - delta.periods_low
    np.testing.assert_allclose(drawn.periods_high - drawn.periods_low, width, rtol=0.06)
    assert (drawn.method, drawn.failed) == ("bootstrap", 0)
    again = model.endings(draws=4000, rng=1)
    np.testing.assert_array_equal(again.periods_low, drawn.periods_low)


def test_the_error_of_a_steady_state_of_two_is_known() -> None:
    # of two states π₁ = b / (a + b): the errors of a and b by hand
    model = response_model_from_counts([[90, 10], [30, 70]], ["accept", "complaint"])
    steady = model.steady_state()
    assert isinstance(steady, SteadyState)
    a, b = 0.1, 0.3
    error = np.sqrt((b / 0.16) ** 2 * a * (1 - a) / 100 + (a / 0.16) ** 2 * b * (1 - b) / 100)
    assert steady.shares[0] == pytest.approx(0.75)
    assert (steady.high[0] - steady.low[0]) / 2 == pytest.approx(1.959964 * error, rel=1e-6)


def test_without_a_steady_state_the_reason_is_said() -> None:
    assert "reducible" in str(response_model_from_counts(ENDING, THREE).steady_state())
    swing = response_model_from_probabilities([[0, 1], [1, 0]], ["accept", "complaint"])
    assert "steps of 2" in str(swing.steady_state())
    unseen = response_model_from_counts([[1, 1], [0, 0]], ["accept", "complaint"]).steady_state()
    assert isinstance(unseen, Inapplicable)
    assert "complaint: nobody was seen" in str(unseen)


def test_what_has_no_end_is_refused() -> None:
    with pytest.raises(LoyaltyError, match=r"every state is left; .* see steady_state\(\)"):
        response_model_from_counts(np.ones((3, 3), int), THREE).endings()
    with pytest.raises(LoyaltyError, match=r"no way out of accept, complaint; every state leads to one"):
        response_model_from_probabilities(np.array([[0.5, 0.5, 0], [0.5, 0.5, 0], [0, 0, 1]]), THREE).endings()
    with pytest.raises(LoyaltyError, match=r"give_up; nobody was seen leaving .*absorbing=\['give_up'\]"):
        response_model_from_counts([[1, 1, 1], [1, 1, 1], [0, 0, 0]], THREE).endings()
    with pytest.raises(LoyaltyError, match="rng: given; probabilities were given without counts"):
        response_model_from_probabilities(np.eye(3), THREE).endings(draws=10, rng=1)


def test_states_moves_and_shares_that_do_not_fit_are_refused() -> None:
    with pytest.raises(LoyaltyError, match=r"'acept' 2 times, first in row 0; .*did you mean accept"):
        response_model([["acept", "accept"], ["acept", "accept"]])
    with pytest.raises(LoyaltyError, match=r"row 1: sums to 0\.9; each row sums to one"):
        response_model_from_probabilities([[0.5, 0.5], [0.5, 0.4]], ["a", "b"])
    with pytest.raises(LoyaltyError, match=r"shape .* there are 8 states"):
        response_model_from_probabilities([[0.5, 0.5], [0.5, 0.5]])
    with pytest.raises(LoyaltyError, match="absorbing: 50 moves out of complaint"):
        response_model_from_counts(ENDING, THREE, absorbing=["complaint"])
    with pytest.raises(LoyaltyError, match="absorbing: 'gone'"):
        response_model_from_counts(ENDING, THREE, absorbing=["gone"])
    with pytest.raises(LoyaltyError, match="some negative"):
        response_model_from_counts([[1, -1], [0, 1]], ["a", "b"])
    with pytest.raises(LoyaltyError, match="each state is named once"):
        response_model_from_counts(ENDING, ["a", "a", "b"])
    with pytest.raises(LoyaltyError, match="moves: none"):
        response_model([["accept", None]])
    with pytest.raises(LoyaltyError, match=r"start: 'acept'.*did you mean accept"):
        response_model_from_counts(ENDING, THREE).forecast("acept", 3)
    frame = pd.DataFrame({"who": [1, 1], "month": [1, 1], "did": ["accept", "praise"]})
    with pytest.raises(LoyaltyError, match="1 pairs of respondent and period have several rows"):
        response_model(frame, columns=("who", "month", "did"))


def test_a_model_survives_a_pickle_and_speaks_chinese() -> None:
    model = response_model_from_counts(ENDING, THREE, interval="dirichlet")
    again = pickle.loads(pickle.dumps(model))  # noqa: S301 - made on this line
    assert again.to_dict() == model.to_dict()
    assert not again.probabilities.flags.writeable
    assert model.to_table("zh")["label"][0] == "接受"
    few = response_model([["accept", "praise", "accept"], ["complaint", "give_up", None]])
    assert len(few.to_table()) == 3 * 4
    assert len(few.to_frame()) == 8 * 8
    assert sum(few.to_table()["n"]) == few.to_frame()["n"].sum() == 3  # type: ignore[arg-type]
    assert model.endings().to_table("zh")["label"] == ("接受", "投诉")
    assert model.forecast("accept", 2, "zh").title == "反应的预测"
