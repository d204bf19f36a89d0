"""Word of mouth over periods: against a loop, its steady state, and one more satisfied customer."""

import numpy as np
import pytest
from attrs import evolve
from hypothesis import assume, given, strategies as st

from servqual.errors import WorthError
from servqual.statistics import Inapplicable
from servqual.value.word_of_mouth import WordOfMouth

share = st.floats(0, 1)
TALK = WordOfMouth(satisfied=0.8, retention_satisfied=0.9, retention_dissatisfied=0.5, won=0.01, lost=0.01, inflow=100)


def made(s: float, rs: float, rd: float, won: float, lost: float) -> WordOfMouth:
    """Talk that takes no more customers than there are."""
    kept = max(rd, 15 * lost)
    return WordOfMouth(satisfied=s, retention_satisfied=rs, retention_dissatisfied=kept, won=won, lost=lost, inflow=70)


@given(st.builds(made, share, share, share, st.floats(0, 0.05), st.floats(0, 0.05)), st.floats(0, 1e4))
def test_against_a_loop(talk: WordOfMouth, start: float) -> None:
    now, s = start, talk.satisfied
    told = talk.project(start, 12)
    for period in range(12):
        happy, unhappy = now * s, now * (1 - s)
        assert told.customers[period] == pytest.approx(now, rel=1e-9, abs=1e-9)
        stay = happy * talk.retention_satisfied + unhappy * talk.retention_dissatisfied
        now = stay + happy * 6 * talk.won - unhappy * 15 * talk.lost + 70
    moves = told.moves
    change = moves["won"] - moves["left"] - moves["lost"] + moves["inflow"]
    np.testing.assert_allclose(np.diff(told.customers), change[:-1], rtol=1e-9, atol=1e-7)


@given(share, share, share)
def test_the_steady_state_stays(s: float, rs: float, rd: float) -> None:
    talk = evolve(TALK, satisfied=s, retention_satisfied=rs, retention_dissatisfied=max(rd, 0.15))
    assume(talk.factor < 0.99)
    end = talk.steady_state
    assert isinstance(end, float)
    np.testing.assert_allclose(talk.project(end, 5).customers, end, rtol=1e-9)
    assert talk.project(0, 3000).customers[-1] == pytest.approx(end, rel=1e-6)


def test_one_more_satisfied_customer() -> None:
    """By the course itself: one customer of the first period moved from dissatisfied to satisfied."""
    n = 1000.0
    more = TALK.project(n, 2000).customers.copy()
    s = (0.8 * n + 1) / n
    now = n
    total = 0.0
    for period in range(1, 2001):
        now = evolve(TALK, satisfied=s if period == 1 else 0.8).factor * now + TALK.inflow
        total += now - more[period]
    assert TALK.one_more_satisfied == pytest.approx(total, rel=1e-6)


def test_growth_has_no_steady_state() -> None:
    talk = evolve(TALK, won=0.2)
    assert isinstance(talk.steady_state, Inapplicable)
    assert isinstance(talk.one_more_satisfied, Inapplicable)
    assert "no steady state" in repr(talk)
    assert talk.project(10, 3).to_dict()["steady_state"] is None
    assert "不存在稳态" in str(talk.project(10, 3).to_table("zh"))
    assert "steady state 617" in str(TALK.project(10, 3).to_table())


def test_what_is_wrong() -> None:
    with pytest.raises(WorthError) as error:
        WordOfMouth(satisfied=80, retention_satisfied=-0.1, retention_dissatisfied=0.5, won=0.1, lost=0.1, inflow=-3)
    for part in ("satisfied: 80", "pass 0.8", "retention_satisfied", "inflow"):
        assert part in str(error.value)
    with pytest.raises(WorthError, match="more customers than there are"):
        WordOfMouth(satisfied=0.1, retention_satisfied=0.9, retention_dissatisfied=0.1, won=0, lost=0.5)
    with pytest.raises(WorthError) as error:
        TALK.project(-1, 0)
    assert "customers" in str(error.value)
    assert "periods" in str(error.value)
    with pytest.raises(WorthError, match=r"periods: 1\.5; it is a whole number"):
        TALK.project(10, 1.5)  # type: ignore[arg-type]


def test_losing_just_whom_one_keeps_makes_nothing() -> None:
    """0.0463104 of 15 people told are as many as stay: no customer is made, and none too few by rounding."""
    talk = made(0.1, 0.0, 0.0, 0.0, 0.0463104)
    assert talk.factor == 0
    assert made(0.0, 0.3, 0.0, 0.0, 0.0463104).factor == 0
