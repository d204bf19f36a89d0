"""Every request that cannot be met is refused with all that is wrong with it."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from servqual.instruments import Instrument, Scale
from servqual.simulate import SimulationError, survey
from tests.simulate.samples import kiosk

SEVEN = kiosk(Scale.likert(7))
ZONES = kiosk(Scale.likert(9), "adequate", "desired", "perception")


def problems(n: Any = 10, instrument: Instrument = SEVEN, **options: Any) -> list[str]:
    with pytest.raises(SimulationError) as caught:
        survey(instrument, n, **options)
    return [str(problem).removesuffix(".") for problem in caught.value.problems]


def test_everything_is_said_at_once() -> None:
    found = problems(
        n=0,
        means={"perception": {"speed": 8, "screens": 3}, "desired": 4},
        sd={"perception": 0},
        correlation=1.2,
        item_correlation=-0.1,
        missing=1,
        icc=0.1,
        weight_cv=-1,
        rng="seed",
    )
    assert found == [
        "n: 0; the number of respondents is a whole number above 0",
        "rng: 'seed'; it is a seed, a whole number of 0 or more, or a numpy Generator",
        "means: 'desired'; the instrument asks no such level. Hint: known are perception, expectation",
        "means perception: 'screens'; the instrument has no such dimension. Hint: did you mean screen?",
        "means perception speed: 8; means lie on the scale 1..7",
        "sd perception: 0; a standard deviation is above 0",
        "correlation: 1.2; a correlation lies in −1..1",
        "icc: 0.1 without clusters; respondents are alike within clusters. Hint: pass clusters=",
        "item_correlation: -0.1; it lies in 0..1",
        "missing: 1; the share of missing answers is 0 or more and below 1",
        "weight_cv: -1; it is 0 or more",
    ]


REFUSED: Mapping[str, tuple[dict[str, Any], str]] = {
    "half a respondent": ({"n": 2.5}, "n: 2.5; the number of respondents is a whole number above 0"),
    "a truth value": ({"n": True}, "n: True; the number of respondents is a whole number above 0"),
    "no number": ({"means": {"perception": "high"}}, "means perception: 'high'; means lie on the scale 1..7"),
    "not a number": ({"means": {"perception": float("nan")}}, "means perception: nan; means lie on the scale 1..7"),
    "an infinite spread": ({"sd": float("inf")}, "sd: inf; a standard deviation is above 0"),
    "missing in words": ({"missing": "few"}, "missing: 'few'; the share of missing answers is 0 or more and below 1"),
    "missing at no level": (
        {"missing": {"ideal": 0.1}},
        "missing: 'ideal'; the instrument asks no such level. Hint: known are perception, expectation",
    ),
    "an unlikely number": ({"correlation": "strong"}, "correlation: 'strong'; correlations are numbers"),
    "a missing correlation": ({"correlation": float("nan")}, "correlation: nan; a correlation lies in −1..1"),
    "another shape": (
        {"correlation": np.eye(3)},
        "correlation: shape (3, 3); correlations are one number, or a matrix (2, 2) in the order speed, screen",
    ),
    "not symmetric": (
        {"correlation": [[1, 0.2], [0.3, 1]]},
        "correlation: another kind of matrix; a correlation matrix is symmetric, with 1 in its diagonal",
    ),
    "no clusters": ({"clusters": 0}, "clusters: 0; the number of clusters is a whole number above 0"),
    "half a cluster": ({"clusters": 1.5}, "clusters: 1.5; the number of clusters is a whole number above 0"),
    "too alike": ({"clusters": 3, "icc": 1.5}, "icc: 1.5; it lies in 0..1"),
    "styles as numbers": ({"styles": 0.1}, "styles: 0.1; styles are Styles. Hint: for example Styles(extreme=0.1)"),
    "importance in words": (
        {"importance": "yes"},
        "importance: 'yes'; it is True, False or a mapping dimension → mean points",
    ),
    "points that do not add up": (
        {"importance": {"speed": 50, "screen": 40}},
        "importance: means adding up to 90; 100 points are shared out",
    ),
    "points of one dimension": (
        {"importance": {"speed": 100}},
        "importance: 'screen'; every dimension needs its mean points. Hint: known are speed",
    ),
    "one label": (
        {"groups": {"branch": "north"}},
        "groups branch: 'north'; groups are a list of labels or a mapping label → shift. Hint: write ['north']",
    ),
    "no labels": ({"groups": {"branch": []}}, "groups branch: no groups; a grouping has at least one group"),
    "a strange label": (
        {"groups": {"branch": [None, "a"]}},
        "groups branch: None; a label is a text or a finite number",
    ),
    "a strange shift": (
        {"groups": {"branch": {"north": "up"}}},
        "groups branch north: 'up'; a shift is a finite number",
    ),
    "a shift of nothing": (
        {"groups": {"branch": {"north": {"spead": 1}}}},
        "groups branch north: 'spead'; the instrument has no such dimension. Hint: did you mean speed?",
    ),
    "shifted off the scale": (
        {"means": {"perception": 6.5}, "groups": {"branch": {"a": {"screen": 0.4}, "b": 0}, "day": {"x": 0.3, "y": 0}}},
        "groups branch a, day x: mean perception of screen at 7.2; shifted means lie on the scale 1..7",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_one_problem_is_one_sentence(case: str) -> None:
    options, message = REFUSED[case]
    assert problems(**options) == [message]


def test_a_matrix_of_nothing_is_refused() -> None:
    three = Instrument.define("three", {"a": ["x"], "b": ["y"], "c": ["z"]}, scale=Scale.likert(5))
    (message,) = problems(instrument=three, correlation=-0.7)
    assert message == (
        "correlation: a smallest eigenvalue of -0.4; nothing is correlated like that: the matrix has to be positive "
        "semi-definite. Hint: move the correlations towards 0"
    )
    (message,) = problems(instrument=ZONES, level_correlation=-0.9)
    assert message.startswith("level_correlation: a smallest eigenvalue of -0.8")


def test_mean_zones_are_not_crossed_either() -> None:
    (message,) = problems(instrument=ZONES, means={"adequate": {"speed": 7}, "desired": 6.5})
    assert message == (
        "means speed: adequate 7, desired 6.5; no adequate level lies above the desired one, so that its mean does not "
        "either"
    )


def test_shifts_need_a_perception() -> None:
    expected = kiosk(Scale.likert(7), "expectation")
    (message,) = problems(instrument=expected, groups={"branch": {"north": 1}})
    assert message == "groups: shifts; they move perception; the instrument asks expectation"
    assert len(survey(expected, 5, groups={"branch": ["north"]}, rng=1)) == 5


def test_an_instrument_is_needed() -> None:
    with pytest.raises(SimulationError, match="instrument: 'servqual'; answers are given to an Instrument"):
        survey("servqual", 10)  # type: ignore[arg-type]


def test_it_is_a_value_error() -> None:
    with pytest.raises(ValueError, match="n: -3"):
        survey(SEVEN, -3)
