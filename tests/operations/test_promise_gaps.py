"""Promises against deliveries: gaps, verdicts, steps and the family that answers."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import binomtest, ttest_1samp, ttest_ind, ttest_rel

from servqual._arrays import Floats
from servqual.errors import StandardsError
from servqual.instruments import Instrument, Scale
from servqual.labels import Label
from servqual.operations.promises.promise_reading import promise_gaps
from servqual.operations.promises.promise_words import ANSWERS, SIDES, PromiseFamily, PromiseVerdict
from servqual.statistics import Inapplicable
from servqual.survey import Survey

RNG = np.random.default_rng(11)
WAIT = RNG.gamma(9, 1.5, 80)
TOLD = RNG.normal(10, 2, 80)
OTHERS = RNG.normal(9, 2, 50)


def test_a_fixed_promise_is_a_test_of_one_sample() -> None:
    row = promise_gaps({"wait": 10}, {"wait": WAIT}, lower_is_better=["wait"])["wait"]
    test = ttest_1samp(10 - WAIT, 0)
    ends = test.confidence_interval(0.95)
    expected = (test.pvalue, ends.low, ends.high, 10 - WAIT.mean())
    assert (row.p, row.low, row.high, row.gap) == pytest.approx(expected)
    failed = binomtest(int((WAIT > 10).sum()), 80).proportion_ci(method="wilson")
    assert (row.failed, row.failed_low, row.failed_high) == pytest.approx(((WAIT > 10).mean(), failed.low, failed.high))
    assert (row.sd, row.n) == pytest.approx((WAIT.std(ddof=1), 80))
    assert float(row.standardised) == pytest.approx(float(row.gap) / WAIT.std(ddof=1))


def test_the_same_customers_are_paired_and_others_are_not() -> None:
    paired = promise_gaps({"wait": TOLD}, {"wait": WAIT}, paired=True)["wait"]
    assert float(paired.p) == pytest.approx(ttest_rel(WAIT, TOLD).pvalue)
    assert float(paired.failed) == pytest.approx((WAIT < TOLD).mean())
    apart = promise_gaps({"wait": OTHERS}, {"wait": WAIT})["wait"]
    assert float(apart.p) == pytest.approx(ttest_ind(WAIT, OTHERS, equal_var=False).pvalue)
    assert "different people" in str(apart.failed)


def test_a_fixed_delivery_against_promises_that_vary() -> None:
    row = promise_gaps({"wait": TOLD}, {"wait": 12.0})["wait"]
    assert float(row.p) == pytest.approx(ttest_1samp(12 - TOLD, 0).pvalue)
    assert str(row.failed) == "what is delivered is one number"
    assert str(row.standardised) == "what is delivered is one number"


def test_two_fixed_numbers_are_not_tested() -> None:
    row = promise_gaps({"wait": 10}, {"wait": 12}, lower_is_better=["wait"])["wait"]
    assert row.verdict is PromiseVerdict.UNTESTED
    assert row.gap == -2
    assert str(row.p) == "both are fixed numbers"
    assert row.family is PromiseFamily.PROMISES


values = arrays(np.float64, 6, elements=st.floats(1, 20).map(lambda x: round(x, 2)), unique=True)


@given(values, values, values, values)
def test_steps_add_up_to_perceived_less_expected(one: Floats, two: Floats, three: Floats, four: Floats) -> None:
    sides = {"expected": {"x": one}, "briefed": {"x": two}, "perceived": {"x": four}}
    gaps = promise_gaps({"x": 7}, {"x": three}, **sides)  # type: ignore[arg-type]
    assert [step.late for step in gaps.steps] == list(SIDES[1:])
    assert [step.family for step in gaps.steps] == [ANSWERS[side] for side in SIDES[1:]]
    total = sum(float(step.difference) for step in gaps.steps)
    assert total == pytest.approx(four.mean() - one.mean(), abs=1e-9)


@given(values, st.floats(2, 18))
def test_less_is_better_is_the_other_side_of_the_mirror(delivered: Floats, promise: float) -> None:
    one = promise_gaps({"x": promise}, {"x": delivered}, lower_is_better=["x"])["x"]
    other = promise_gaps({"x": -promise}, {"x": -delivered})["x"]
    for name in ("gap", "low", "high", "p", "standardised", "failed"):
        assert float(getattr(one, name)) == pytest.approx(float(getattr(other, name)), abs=1e-9), name
    assert one.verdict is other.verdict


@pytest.mark.parametrize(
    ("sides", "family"),
    [
        ({"expected": 14.0}, PromiseFamily.EXPECTATIONS),
        ({"expected": 10.5, "briefed": 6.0}, PromiseFamily.INTERNAL),
        ({"expected": 10.5, "briefed": 10.0}, PromiseFamily.PROMISES),
        ({"perceived": 3.0}, PromiseFamily.EDUCATION),
    ],
)
def test_the_deepest_step_names_the_family(sides: dict[str, float], family: PromiseFamily) -> None:
    delivered = {"x": [8.5, 9.0, 8.0, 8.7, 8.3]}
    given = {side: {"x": mean + np.array([0.1, -0.1, 0.2, -0.2, 0.0])} for side, mean in sides.items()}
    assert promise_gaps({"x": 10}, delivered, **given)["x"].family is family  # type: ignore[arg-type]


def test_verdicts_and_the_largest() -> None:
    rng = np.random.default_rng(3)
    delivered = {"a": rng.normal(8, 1, 50), "b": rng.normal(10, 1, 50), "c": rng.normal(12, 1, 50)}
    delivered["d"] = rng.normal(5, 20, 50) * 0 + rng.normal(9, 0.5, 50)
    gaps = promise_gaps(dict.fromkeys("abcd", 10), delivered)
    assert [str(row.verdict) for row in gaps] == ["overpromised", "open", "underpromised", "overpromised"]
    assert gaps.largest is not None
    assert gaps.largest.attribute == min(gaps, key=lambda row: float(row.standardised)).attribute
    assert gaps["b"].family is None
    assert promise_gaps({"b": 10}, delivered).largest is None


def test_p_is_adjusted_over_the_attributes() -> None:
    gaps = promise_gaps({"a": 10, "b": 9}, {"a": WAIT, "b": WAIT})
    first, second = sorted((float(row.p), float(row.p_holm)) for row in gaps)
    assert first[1] == pytest.approx(2 * first[0])
    assert second[1] == pytest.approx(max(second[0], first[1]))


HALL = Instrument.define(
    "hall",
    {"speed": ["queue", "service"], "care": ["smile", "help"]},
    scale=Scale.likert(7),
    labels={"speed": Label("speed", "速度"), "care": Label("care", "关怀")},
)


def test_sides_of_one_survey_are_paired() -> None:
    rng = np.random.default_rng(5)
    perceived, expected = (rng.integers(low, 8, (60, 4)).astype(float) for low in (2, 4))
    survey = Survey.from_arrays(HALL, perception=perceived, expectation=expected)
    gaps = promise_gaps({"speed": 6.0, "care": 5.0}, survey, expected=survey)
    speed = perceived[:, :2].mean(axis=1)
    assert float(gaps["speed"].p) == pytest.approx(ttest_1samp(speed, 6).pvalue)
    assert float(gaps["speed"].expected) == pytest.approx(expected[:, :2].mean())
    assert "速度" in str(gaps.to_table("zh"))
    both = promise_gaps((survey, "expectation"), survey)["care"]
    paired = ttest_rel(perceived[:, 2:].mean(axis=1), expected[:, 2:].mean(axis=1))
    assert float(both.p) == pytest.approx(paired.pvalue)


def test_a_weighted_survey_counts_as_repeated() -> None:
    rng = np.random.default_rng(6)
    sheets, times = rng.integers(1, 8, (40, 4)), rng.integers(1, 4, 40)
    weighted = Survey.from_arrays(HALL, perception=sheets, weights=times.astype(float), weight_kind="frequency")
    repeated = Survey.from_arrays(HALL, perception=np.repeat(sheets, times, axis=0))
    one, other = (promise_gaps({"speed": 5.0}, each)["speed"] for each in (weighted, repeated))
    for name in ("n", "gap", "low", "high", "sd", "failed", "failed_low"):
        assert float(getattr(one, name)) == pytest.approx(float(getattr(other, name))), name


def test_frames() -> None:
    frame = pd.DataFrame({"wait": WAIT, "told": TOLD})
    gaps = promise_gaps(frame[["wait"]], {"wait": WAIT - 1})
    assert gaps["wait"].promised == pytest.approx(WAIT.mean())
    chosen = promise_gaps({"wait": 10, "other": 3}, frame, attributes=["wait"])
    assert [row.attribute for row in chosen] == ["wait"]


def test_one_delivery_has_no_error() -> None:
    row = promise_gaps({"x": 3}, {"x": [5.0]})["x"]
    assert row.verdict is PromiseVerdict.UNTESTED
    assert isinstance(row.sd, Inapplicable)
    assert "fewer than two" in str(row.p)


def test_faces() -> None:
    gaps = promise_gaps({"wait": 10, "care": 5}, {"wait": WAIT, "care": [6.0, 7.0]}, lower_is_better=["wait"])
    chinese = str(gaps.to_table("zh"))
    assert "承诺过度" in chinese
    assert "以低为好" in chinese
    assert "overpromised" in repr(gaps)
    assert "(" in repr(gaps["wait"])
    assert "提供的" in str(gaps.steps_table("zh"))
    told = gaps.to_dict()
    assert told["columns"]["expected"] == [None, None]
    assert told["inapplicable"][0]["expected"] == "it was not given"
    assert told["steps"]["late"] == ["delivered", "delivered"]
    assert len(gaps.to_frame()) == 2


@pytest.mark.parametrize(
    ("promised", "delivered", "options", "said"),
    [
        ({"x": 1}, {"y": [1.0]}, {}, "no data for 'x'; a promise needs what is delivered"),
        ({"x": 1}, {"x": [1.0, 2.0]}, {"expected": {}}, "expected: no data for 'x'; each attribute has every side"),
        ({"x": 1}, {"x": [np.nan]}, {}, "delivered x: no number"),
        ({"x": float("nan")}, {"x": [1.0]}, {}, "promised x: no number"),
        ({"x": 1}, None, {}, "delivered: none; a promise needs what is delivered"),
        ({"x": 1}, {"x": ["a"]}, {}, "it is a column of numbers"),
        ({"x": 1}, {"x": [1.0]}, {"lower_is_better": ["xx"]}, "lower_is_better: no 'xx'"),
        ({"x": 1}, {"x": [1.0]}, {"lower_is_better": "x"}, "attributes are a list"),
        ({"x": [1.0, 2.0]}, {"x": [1.0]}, {"paired": True}, "have as many rows"),
        ({}, {"x": [1.0]}, {}, "one attribute or more"),
        (3, {"x": [1.0]}, {}, "a frame is a DataFrame"),
        ({"x": 1}, {"x": [1.0]}, {"confidence": 1}, "strictly between 0 and 1"),
    ],
)
def test_bad_input(promised: object, delivered: object, options: dict[str, object], said: str) -> None:
    with pytest.raises(StandardsError, match=said):
        promise_gaps(promised, delivered, **options)  # type: ignore[arg-type]


def test_pairs_over_two_surveys_are_refused() -> None:
    one, other = (Survey.from_arrays(HALL, perception=np.full((3, 4), mark)) for mark in (3, 4))
    with pytest.raises(StandardsError, match="the same customers are in one survey"):
        promise_gaps(one, other, paired=True)
    with pytest.raises(StandardsError, match="no 'sped'"):
        promise_gaps({"sped": 3}, one)
