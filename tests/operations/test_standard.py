"""What a standard may be, and what keeps it."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

from servqual.errors import StandardsError
from servqual.instruments import Scale
from servqual.labels import Label
from servqual.operations.standards.standard import Standard
from servqual.operations.standards.words import ServiceLevel, ServiceStage, StandardKind, StandardVerdict

PHONE = Standard(key="phone", kind="count", high=3, target=0.9, unit=Label("rings", "声"))


def test_limits_are_told_in_both_languages() -> None:
    warm = Standard(key="warm", kind=StandardKind.AMOUNT, low=60, high=72, unit=Label("°C"))
    assert (PHONE.limits.en, PHONE.limits.zh) == ("at most 3 rings", "至多 3 声")
    assert (warm.limits.en, warm.limits.zh) == ("60 to 72 °C", "60 至 72 °C")
    assert Standard.soft("care", Scale.likert(7), low=6).limits.en == "at least 6"
    assert repr(PHONE) == "<Standard phone: at most 3 rings in 90% of cases>"
    assert PHONE.label == Label("phone")
    assert hash(PHONE) == hash(Standard(key="phone", kind=StandardKind.COUNT, high=3, target=0.9, unit=PHONE.unit))


@given(st.lists(st.floats(-5, 5) | st.just(np.nan), max_size=20), st.floats(-3, 0), st.floats(0, 3))
def test_both_limits_belong_to_what_is_kept(values: list[float], low: float, high: float) -> None:
    standard = Standard(key="x", kind=StandardKind.AMOUNT, low=low, high=high)
    assert standard.conforms(np.array(values)).tolist() == [low <= each <= high for each in values]
    assert standard.conforms(np.array([low, high])).all()


def test_soft_and_hard() -> None:
    assert PHONE.hard
    assert not Standard.soft("care", Scale.likert(7), low=6).hard


@pytest.mark.parametrize("words", [StandardKind, StandardVerdict, ServiceLevel, ServiceStage])
def test_every_word_has_both_languages(words: type) -> None:
    assert all(each.label.en and each.label.zh for each in words)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            {"high": 5, "low": 9},
            "low 9, high 5; the low limit is not above the high one. Hint: they may be the wrong way",
        ),
        ({}, "limits: none; a standard has a limit"),
        ({"high": -1}, "high: -1; a time is zero or more"),
        ({"high": "5"}, "high: '5'; a limit is a finite number"),
        ({"high": 5, "target": 95}, "target: 95; it is a share above 0 and at most 1. Hint: pass 0.95"),
        ({"high": 5, "target": 0}, "target: 0; it is a share"),
        ({"high": 5, "key": " "}, "key: ' '; a standard has a short name"),
        ({"high": 5, "dimensions": ["a", "a"]}, "dimensions: 'a' twice"),
        ({"high": 5, "scale": Scale.likert(5)}, "a standard of time has none. Hint: kind='scale'"),
        ({"low": 5, "kind": "scale"}, "scale: none; a soft standard names the scale"),
        ({"low": 9, "kind": "scale", "scale": Scale.likert(7)}, "low: 9; the limit lies on the scale 1..7"),
        ({"high": 5, "kind": "tme"}, "kind: 'tme'.*did you mean time"),
    ],
)
def test_what_cannot_be_a_standard(given: dict[str, object], said: str) -> None:
    with pytest.raises(StandardsError, match=said):
        Standard(**{"key": "wait", "kind": "time", **given})  # type: ignore[arg-type]


def test_all_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(StandardsError) as caught:
        Standard(key="", kind=StandardKind.TIME, low=-2, high=-3, target=2)
    assert len(caught.value.problems) == 5
