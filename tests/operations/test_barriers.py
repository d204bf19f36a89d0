"""Barriers of performance: the first condition that fails, and how many it binds."""

import pickle

import numpy as np
import pytest
from hypothesis import given, strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import binomtest, t as student

from servqual._arrays import Floats
from servqual.catalogue.barriers import performance_barriers
from servqual.errors import ArgumentError, BarrierError
from servqual.operations.barriers.barrier_reading import binding_barriers
from servqual.operations.barriers.barrier_words import Barrier
from servqual.statistics import Inapplicable
from servqual.survey import Survey

NAMES = ("knows_what", "knows_how", "duty", "authority", "incentive")
SIX = {
    "knows_what": [6, 6, 2, np.nan, 6, 7],
    "knows_how": [6, 3, 7, 2, 7, 7],
    "duty": [5, 5, 5, 5, 5, 5],
    "authority": [6, 6, 6, 6, 6, 6],
    "incentive": [6, 6, 6, 6, 6, 6],
}
LEVELS = [9, 5, 4, 3, 4, 5]


def columns(values: Floats) -> dict[str, Floats]:
    return dict(zip(NAMES, values.T, strict=True))


def binding(row: list[float], mark: float, gap: float) -> str:
    """What binds one employee, asked one condition after the other."""
    if np.isnan(gap):
        return ""
    if gap >= 0:
        return "none"
    for name, value in zip(NAMES, row, strict=True):
        if np.isnan(value):
            return ""
        if value < mark:
            return name
    return "unexplained"


answers = arrays(np.float64, st.tuples(st.integers(1, 30), st.just(6)), elements=st.sampled_from([1, 3, 4, 6, np.nan]))


@given(answers)
def test_the_first_condition_that_fails_binds(table: Floats) -> None:
    found = binding_barriers(columns(table[:, :5]), required=4, present=table[:, 5], expected=4)
    assert found.employees.tolist() == [binding(row[:5], 4, row[5] - 4) for row in table.tolist()]


@given(answers)
def test_shares_are_of_everybody_judged_and_parts_of_what_is_lost(table: Floats) -> None:
    found = binding_barriers(columns(table[:, :5]), required=4, present=table[:, 5], expected=4)
    judged = int((found.employees != "").sum())
    assert sum(row.n for row in found) == judged
    if judged:
        assert sum(float(row.share) for row in found) == pytest.approx(1)
    else:
        assert str(found["duty"].share) == "nobody could be judged"
    if any(row.n for row in found.rows[:6]):
        assert sum(float(row.part) for row in found) == pytest.approx(1)


def test_numbers_of_a_small_team() -> None:
    found = binding_barriers(SIX, required=4, present=LEVELS, expected=8)
    assert found.employees.tolist() == ["none", "knows_how", "knows_what", "", "unexplained", "unexplained"]
    row = found["knows_how"]
    wilson = binomtest(1, 5).proportion_ci(method="wilson")
    assert (row.share, row.low, row.high) == pytest.approx((0.2, wilson.low, wilson.high))
    assert (row.reached, row.of_reached) == pytest.approx((3, 1 / 3))
    assert float(row.part) == pytest.approx(3 / 14)
    assert found["unexplained"].reached == 2.0
    last = found["unexplained"]
    reach = student.ppf(0.975, 1) * 0.5
    expected = (-3.5, -3.5 - reach, -3.5 + reach)
    assert (last.shortfall, last.shortfall_low, last.shortfall_high) == pytest.approx(expected)
    assert float(found["knows_how"].mean) == pytest.approx(32 / 6)


def test_what_does_not_exist_says_why() -> None:
    found = binding_barriers(SIX, required=4, present=LEVELS, expected=8)
    assert str(found["duty"].shortfall) == "nobody is bound by it"
    assert str(found["knows_how"].shortfall_low) == "fewer than two employees are bound by it"
    assert str(found["none"].mean) == "it is not a condition that was asked"
    without = binding_barriers(SIX, required=4)
    assert str(without["duty"].part) == "levels were not given"
    assert without.employees.tolist() == ["none", "knows_how", "knows_what", "", "none", "none"]


def test_the_lead_is_sure_only_where_its_interval_says_so() -> None:
    rows = np.full((100, 5), 6.0)
    rows[:60, 3] = 1
    rows[60:70, 0] = 1
    found = binding_barriers(columns(rows), required=4)
    assert found.lead is Barrier.AUTHORITY
    assert found.lead_low > 0.3
    assert "binds anybody" not in found.told.notes[1].en
    assert "at least" in found.told.notes[1].en
    rows[:, 0] = np.where(np.arange(100) < 48, 1, 6)
    rows[:48, 3] = 6
    rows[48:100, 3] = 1
    assert "not certain" in binding_barriers(columns(rows), required=4).told.notes[1].en


def test_nobody_is_bound() -> None:
    found = binding_barriers(columns(np.full((4, 5), 7.0)), required=4)
    assert found.lead is None
    assert found.first is None
    assert "nobody is bound" in repr(found)
    assert found.to_dict()["lead"] is None
    assert found.to_dict()["lead_low"] is None


def test_the_population_as_one_employee() -> None:
    rows = np.array([[6, 6, 6, 3, 2], [6, 5, 6, 3, 2.0]])
    assert binding_barriers(columns(rows), required=4).first is Barrier.AUTHORITY
    marks = dict.fromkeys(NAMES, 4.0) | {"knows_how": 5.8}
    assert binding_barriers(columns(rows), required=marks).first is Barrier.KNOWS_HOW


def test_a_survey_brings_its_weights() -> None:
    rng = np.random.default_rng(7)
    sheets = rng.integers(1, 8, (40, 15))
    times = rng.integers(0, 4, 40)
    weighted = Survey.from_arrays(
        performance_barriers(), perception=sheets, weights=times.astype(float), weight_kind="frequency"
    )
    repeated = Survey.from_arrays(performance_barriers(), perception=np.repeat(sheets, times, axis=0))
    one, other = (binding_barriers(each, required=4).to_dict()["columns"] for each in (weighted, repeated))
    for name, values in other.items():
        assert one[name] == pytest.approx(values) if name != "barrier" else one[name] == values


def test_clusters_widen_the_mean() -> None:
    rng = np.random.default_rng(1)
    sheets = np.clip(np.repeat(rng.integers(2, 7, 10), 8)[:, None] + rng.integers(-1, 2, (80, 15)), 1, 7)
    branch = np.repeat(np.arange(10), 8)
    plain, clustered = (
        binding_barriers(Survey.from_arrays(performance_barriers(), perception=sheets, cluster=each), required=4)
        for each in (None, branch)
    )
    widths = [float(each["duty"].mean_high) - float(each["duty"].mean_low) for each in (plain, clustered)]
    assert widths[1] > 1.5 * widths[0]


def test_levels_may_be_columns() -> None:
    data = SIX | {"now": LEVELS, "goal": [8] * 6}
    one = binding_barriers(data, required=4, present="now", expected="goal")
    assert one.employees.tolist() == binding_barriers(SIX, required=4, present=LEVELS, expected=8).employees.tolist()


def test_faces() -> None:
    found = binding_barriers(SIX, required=4, present=LEVELS, expected=8)
    assert len(found) == 7
    assert "绩效障碍" in str(found.to_table("zh"))
    assert "不知道做什么" in str(found.to_table("zh"))
    assert "<table>" in found._repr_html_()
    assert len(found.to_frame()) == 7
    told = found.to_dict()
    assert told["reading"] == "binding_barriers"
    assert told["required"]["duty"] == 4
    assert repr(found) == "<BindingBarriers of 6 employees: most by knows_what, 20.0%>"
    again = pickle.loads(pickle.dumps(found))  # noqa: S301 - our own bytes
    assert not again.employees.flags.writeable
    assert again.to_dict() == told
    with pytest.raises(ArgumentError, match="did you mean duty"):
        found["dutty"]
    assert "0.000" in repr(found["duty"])
    assert all(each.label.zh and each.remedy.zh for each in Barrier)


@pytest.mark.parametrize(
    ("source", "options", "said"),
    [
        ({"knows_what": [1]}, {"required": 4}, "no column 'knows_how'"),
        (SIX, {"required": {"dutty": 4}}, "marks are of conditions"),
        (SIX, {"required": {"duty": 4}}, "none for knows_what, knows_how, authority, incentive"),
        (SIX, {"required": "4"}, "a mark is a number"),
        (SIX, {"required": 4, "present": LEVELS}, "present without expected"),
        (SIX, {"required": 4, "expected": 3}, "expected without present"),
        (SIX, {"required": 4, "present": [1, 2], "expected": 3}, "each of 6 employees has a level"),
        (SIX, {"required": 4, "present": 2, "expected": 3}, "each of 6 employees has a level"),
        (SIX, {"required": 4, "present": "noww", "expected": 3}, "no column 'noww'"),
        (SIX, {"required": 4, "present": ["a"] * 6, "expected": 3}, "levels are numbers"),
        (SIX, {"required": 4, "present": [np.inf] * 6, "expected": 3}, "levels are finite"),
        (SIX, {"required": 4, "confidence": 2}, "strictly between 0 and 1"),
        (SIX | {"duty": list("abcdef")}, {"required": 4}, "it is a column of numbers"),
        (SIX | {"duty": [1, 2]}, {"required": 4}, "of one length"),
    ],
)
def test_bad_input(source: dict[str, object], options: dict[str, object], said: str) -> None:
    with pytest.raises(BarrierError, match=said):
        binding_barriers(source, **options)  # type: ignore[arg-type]


def test_bad_surveys() -> None:
    survey = Survey.from_arrays(performance_barriers(), perception=np.full((3, 15), 4))
    with pytest.raises(BarrierError, match="a mark lies on the scale"):
        binding_barriers(survey, required=9)
    with pytest.raises(BarrierError, match="holds no levels of performance"):
        binding_barriers(survey, required=4, present="level", expected=3)


def test_all_problems_at_once() -> None:
    with pytest.raises(BarrierError) as caught:
        binding_barriers({"knows_what": [1]}, required={"dutty": 3}, present=[3])
    assert len(caught.value.problems) == 6


def test_a_share_that_nobody_has_is_inapplicable() -> None:
    found = binding_barriers(columns(np.full((2, 5), np.nan)), required=4)
    assert isinstance(found["duty"].share, Inapplicable)
    assert "nobody could be judged" in repr(found["duty"])


def test_nobody_judged_is_not_nobody_bound() -> None:
    names = ("knows_what", "knows_how", "duty", "authority", "incentive")
    for answer, said in ((np.nan, "nobody could be judged"), (6.0, "nobody is bound")):
        found = binding_barriers(dict.fromkeys(names, np.full(3, answer)), required=4)
        assert repr(found) == f"<BindingBarriers of 3 employees: {said}>"
