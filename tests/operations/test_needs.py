"""The ladder of needs: rungs reached with all rungs below, and where customers are stuck."""

import pickle

import numpy as np
import pytest
from hypothesis import given, strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import binomtest

from servqual._arrays import Floats
from servqual.catalogue.needs import airline_needs
from servqual.errors import BarrierError
from servqual.operations.offering.need_reading import climb_needs
from servqual.operations.rung_counting import climbed, reproducibility
from servqual.survey import Survey

RUNGS = ["safe", "on_time", "wishes", "status"]
tables = arrays(np.float64, st.tuples(st.integers(1, 40), st.just(4)), elements=st.sampled_from([2, 5, 6, np.nan]))


def columns(values: Floats) -> dict[str, Floats]:
    return dict(zip(RUNGS, values.T, strict=True))


def steps(row: list[float]) -> int:
    """How many rungs one customer has climbed, one after the other; −1 where nobody knows."""
    for place, value in enumerate(row):
        if np.isnan(value):
            return -1
        if value < 5:
            return place
    return len(row)


@given(tables)
def test_a_customer_stands_below_the_first_rung_that_fails(table: Floats) -> None:
    found = climb_needs(columns(table), RUNGS, satisfied=5)
    assert found.customers.tolist() == [steps(row) for row in table.tolist()]


@given(tables)
def test_those_standing_and_those_stuck_are_those_who_came(table: Floats) -> None:
    found = climb_needs(columns(table), RUNGS, satisfied=5)
    placed = int((found.customers >= 0).sum())
    if not placed:
        assert str(found["safe"].standing) == "nobody could be placed"
        assert found.reached is None
        return
    came = 1.0
    for row in found:
        assert float(row.standing) + float(row.stuck) == pytest.approx(came)
        came = float(row.standing)
    assert sum(row.n for row in found) + round(came * placed) == placed
    assert found.mean_reached == pytest.approx(found.customers[found.customers >= 0].mean())


@given(tables)
def test_a_higher_mark_lets_nobody_climb_higher(table: Floats) -> None:
    low, high = (climb_needs(columns(table), RUNGS, satisfied=mark).customers for mark in (5, 6))
    both = (low >= 0) & (high >= 0)
    assert (high[both] <= low[both]).all()


def test_numbers_of_few_customers() -> None:
    table = np.array([[7, 6, 3, 6], [7, 2, 7, 2], [6, 6, 6, 6], [7, 3, 5, np.nan], [np.nan, 6, 6, 6]])
    found = climb_needs(columns(table), RUNGS, satisfied=5)
    assert found.customers.tolist() == [2, 1, 4, 1, -1]
    row = found["on_time"]
    wilson = binomtest(2, 4).proportion_ci(method="wilson")
    assert (row.stuck, row.stuck_low, row.stuck_high) == pytest.approx((0.5, wilson.low, wilson.high))
    assert float(row.satisfied) == pytest.approx(3 / 5)
    assert float(row.of_reached) == pytest.approx(0.5)
    assert (found.stuck_at, found.reached) == ("on_time", "safe")
    assert "left open by missing answers: 1" in found.told.notes[-1].en


def test_the_population_reaches_what_the_lower_end_says() -> None:
    table = np.full((100, 4), 6.0)
    table[:45, 1] = 1
    found = climb_needs(columns(table), RUNGS, satisfied=5)
    assert found.reached == "safe"
    assert climb_needs(columns(table), RUNGS, satisfied=5, majority=0.4).reached == "status"
    assert climb_needs(columns(table), RUNGS, satisfied=5, majority=0.98).reached is None
    assert climb_needs(columns(np.full((3, 4), 7.0)), RUNGS, satisfied=5).stuck_at is None


def test_reproducibility_is_that_of_a_small_scalogram() -> None:
    # of three rungs: 1-1-0 fits; 1-0-1 predicted as 1-1-0 has two errors; 0-0-0 and 1-1-1 fit
    table = np.array([[1, 1, 0], [1, 0, 1], [0, 0, 0], [1, 1, 1], [1, np.nan, 1]])
    assert reproducibility(climbed(table, np.full(3, 0.5))) == pytest.approx(1 - 2 / 12)
    assert np.isnan(reproducibility(climbed(np.full((2, 3), np.nan), np.full(3, 0.5))))


def test_a_doubtful_order_is_told() -> None:
    rng = np.random.default_rng(1)
    found = climb_needs(columns(rng.integers(1, 8, (200, 4)).astype(float)), RUNGS, satisfied=5)
    assert found.order_holds < 0.9
    assert any("doubtful" in note.en for note in found.told.notes)
    ordered = climb_needs(columns(np.sort(rng.integers(1, 8, (200, 4)).astype(float))[:, ::-1]), RUNGS, satisfied=5)
    assert ordered.order_holds == 1
    assert not any("doubtful" in note.en for note in ordered.told.notes)


def test_a_weighted_survey_counts_as_repeated() -> None:
    rng = np.random.default_rng(2)
    sheets, times = rng.integers(1, 8, (50, 12)), rng.integers(0, 4, 50)
    weighted = Survey.from_arrays(
        airline_needs(), perception=sheets, weights=times.astype(float), weight_kind="frequency"
    )
    repeated = Survey.from_arrays(airline_needs(), perception=np.repeat(sheets, times, axis=0))
    one, other = (climb_needs(each, satisfied=4).to_dict() for each in (weighted, repeated))
    for name, values in other["columns"].items():
        assert one["columns"][name] == (values if name == "rung" else pytest.approx(values))
    assert one["mean_reached"] == pytest.approx(other["mean_reached"])


def test_faces() -> None:
    found = climb_needs(columns(np.array([[7, 6, 3, 6], [7, 2, 7, 2.0]])), RUNGS, satisfied={**dict.fromkeys(RUNGS, 5)})
    assert "需要阶梯" in str(found.to_table("zh"))
    assert repr(found) == "<NeedsLadder of 2 customers: reached None, most stuck at on_time>"
    assert "standing 1.000" in repr(found["safe"])
    again = pickle.loads(pickle.dumps(found))  # noqa: S301 - our own bytes
    assert not again.customers.flags.writeable
    assert again.to_dict() == found.to_dict()
    assert found.to_dict()["stuck_at"] == "on_time"
    survey = Survey.from_arrays(airline_needs(), perception=np.full((3, 12), 4))
    assert "安全到达" in str(climb_needs(survey, satisfied=4).to_table("zh"))


@pytest.mark.parametrize(
    ("rungs", "options", "said"),
    [
        (None, {"satisfied": 5}, "two rungs or more, the most basic first"),
        (["safe"], {"satisfied": 5}, "two rungs or more"),
        ("safe", {"satisfied": 5}, "two rungs or more"),
        (["safe", "safe"], {"satisfied": 5}, "'safe' twice"),
        (["safe", "statut"], {"satisfied": 5}, "did you mean status"),
        (RUNGS, {"satisfied": {"saef": 5}}, "marks are of rungs"),
        (RUNGS, {"satisfied": {"safe": 5}}, "none for on_time, wishes, status"),
        (RUNGS, {"satisfied": None}, "a mark is a number"),
        (RUNGS, {"satisfied": 5, "majority": 1}, "a share from 0 and below 1"),
        (RUNGS, {"satisfied": 5, "confidence": 0}, "strictly between 0 and 1"),
    ],
)
def test_bad_input(rungs: object, options: dict[str, object], said: str) -> None:
    with pytest.raises(BarrierError, match=said):
        climb_needs(columns(np.full((2, 4), 5.0)), rungs, **options)  # type: ignore[arg-type]


def test_a_mark_beyond_the_scale() -> None:
    survey = Survey.from_arrays(airline_needs(), perception=np.full((3, 12), 4))
    with pytest.raises(BarrierError, match="a mark lies on the scale"):
        climb_needs(survey, satisfied=8)
