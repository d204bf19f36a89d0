"""Scores by step and employee, the ledger of one journey, and the case of the lost contract."""

import numpy as np
import pytest

from servqual.encounters.moments.group_scores import encounter_scores
from servqual.encounters.moments.journeys import Journeys
from servqual.encounters.moments.ledgers import MomentMark, journey_ledger
from servqual.encounters.moments.moment_words import Moment
from servqual.encounters.moments.vendor_case import lost_contract
from servqual.errors import EncounterError
from servqual.statistics import Inapplicable, student_interval, wilson_interval


def _log(n: int = 30, seed: int = 3) -> dict[str, list[object]]:
    rng = np.random.default_rng(seed)
    steps = ["pay", "ask", "leave"]
    return {
        "customer": [f"c{place // 3:02d}" for place in range(3 * n)],
        "score": rng.integers(-3, 4, 3 * n).tolist(),
        "step": steps * n,
        "moment": rng.choice([str(each) for each in Moment], 3 * n).tolist(),
        "who": rng.choice(["Wu", "Li"], 3 * n).tolist(),
    }


def test_one_encounter_a_customer_is_a_plain_sample() -> None:
    log = _log()
    found = encounter_scores(Journeys.from_frame(log, step="step"))
    assert [row.key for row in found] == ["all", "pay", "ask", "leave"]
    for place, key in enumerate(["pay", "ask", "leave"]):
        score = np.array(log["score"], dtype=float)[place::3]
        row = found[key]
        assert (row.n, row.customers, row.total, row.worst) == (30, 30, score.sum(), score.min())
        ends = student_interval(score.mean(), score.std(ddof=1) / np.sqrt(30), 29)
        np.testing.assert_allclose([float(row.low), float(row.high)], ends)
        np.testing.assert_allclose(row.mean, score.mean())
    # in one encounter for each customer, clusters are single rows: n / (n − 1) widens the share's interval a little
    share = found["ask"].negative_share
    size = 30 * 29 / 30
    np.testing.assert_allclose(
        [float(found["ask"].negative_low), float(found["ask"].negative_high)],
        wilson_interval(share * size, size),
    )
    assert found.lowest.mean == min(row.mean for row in found.rows[1:])
    assert sum(row.lowest for row in found) == 1


def test_repeating_a_customers_encounters_tells_nothing_new() -> None:
    log = _log()
    twice = {name: [each for value in column for each in (value, value)] for name, column in log.items()}
    one, other = (encounter_scores(Journeys.from_frame(each, step="step")) for each in (log, twice))
    for row in one:
        ends = [(float(each.low), float(each.high)) for each in (row, other[row.key])]
        np.testing.assert_allclose(ends[1], ends[0])
        assert other[row.key].total == 2 * row.total


def test_moments_stand_in_their_order_and_speak_chinese() -> None:
    found = encounter_scores(Journeys.from_frame(_log(), moment="moment"), "moment")
    assert [row.key for row in found] == ["all", *(str(each) for each in Moment)]
    assert found.to_table("zh")["label"][2] == "补救"
    by_employee = encounter_scores(Journeys.from_frame(_log(), employee="who"), "employee")
    assert [row.key for row in by_employee] == ["all", "Li", "Wu"]
    assert "lowest" in repr(by_employee)
    assert by_employee.to_dict()["reading"] == "encounter_scores"


def test_one_customer_has_no_interval() -> None:
    found = encounter_scores(Journeys.from_frame({"customer": ["a"], "score": [1], "step": ["x"]}, step="step"))
    assert isinstance(found["x"].low, Inapplicable)
    assert "fewer than two customers" in found["x"].low.reason
    with pytest.raises(EncounterError, match="step, moment, employee"):
        encounter_scores(lost_contract().journey, "steps")
    with pytest.raises(EncounterError, match="none of the rows"):
        found["y"]


def test_the_lost_contract() -> None:
    case = lost_contract()
    assert case.worth == 45e6
    assert [row.key for row in case] == [
        "assistant", "colleague", "account_manager", "vice_president", "competitor", "help_line",
    ]  # fmt: skip
    ledger = case.ledger()
    assert [row.running for row in ledger] == np.cumsum([-1, -1, -2, -3, -2, -3]).tolist()
    assert (ledger.worst.key, ledger.peak.key) == ("vice_president", "vice_president")
    assert ledger["vice_president"].mark is MomentMark.WORST_AND_PEAK
    assert ledger["help_line"].shortfall == -6
    assert ledger.ideal_scores is not None
    assert ledger.ideal_scores.total[0] == 11
    assert "which moment made the customer stay or leave cannot be learnt" in ledger.to_table().notes[1]
    assert ledger.to_table("zh")["mark"][3] == "最差且为峰值"
    assert case.to_table("zh")["label"][5] == "服务热线"
    assert all(row.happened.zh and row.better.zh and row.name.zh for row in case)


def test_worst_and_peak_apart() -> None:
    ledger = journey_ledger(Journeys.from_frame({"customer": ["a"] * 4, "score": [1, 3, -2, 0]}))
    assert [row.mark for row in ledger] == [None, MomentMark.PEAK, MomentMark.WORST, None]
    assert [row.key for row in ledger] == ["1", "2", "3", "4"]
    assert isinstance(ledger["1"].ideal, Inapplicable)
    fine = journey_ledger(Journeys.from_frame({"customer": ["a"] * 2, "score": [1, 2]}))
    assert [row.mark for row in fine] == [None, MomentMark.PEAK]


def test_a_ledger_is_of_one_journey() -> None:
    two = Journeys.from_frame({"customer": ["a", "b"], "score": [1, 2]})
    with pytest.raises(EncounterError, match="a ledger tells one journey"):
        journey_ledger(two)
    with pytest.raises(EncounterError, match="it is one journey of 1 encounters"):
        journey_ledger(two, "a", ideal=lost_contract().ideal)
    with pytest.raises(EncounterError, match="2 of nobody; a journey is a customer's"):
        journey_ledger(two, journey=2)
    with pytest.raises(EncounterError, match="ideal: a list; they are Journeys"):
        journey_ledger(two, "a", ideal=[3])  # type: ignore[arg-type]
    log = {"customer": ["a"] * 2, "score": [1, 2], "step": ["call", "pay"]}
    turned = Journeys.from_frame(log | {"step": ["pay", "call"]}, step="step")
    with pytest.raises(EncounterError, match="'pay' as encounter 1, where the journey has 'call'; it passes the same"):
        journey_ledger(Journeys.from_frame(log, step="step"), ideal=turned)
    assert journey_ledger(Journeys.from_frame(log), ideal=turned).rows[1].shortfall == 0
