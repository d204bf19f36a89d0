"""The short-board list: ranked by weight times gap, against every kind of standard."""

import json
from typing import Any

import numpy as np
import pytest

from servqual.errors import DriverError
from servqual.instruments import Scale
from servqual.labels import Label
from servqual.satisfaction.priorities.short_board_reading import short_board
from servqual.satisfaction.priorities.short_board_results import ShortBoard
from servqual.statistics import Inapplicable
from servqual.statistics.importance import variance_shares
from servqual.statistics.resample_counts import count_tiles
from tests.satisfaction.driver_data import NAMES, answers, survey

SEVEN = Scale.likert(7)
ROWS = {
    "wait": [2, 3, 2, 3], "tone": [6, 7, 6, 5], "form": [3, 2, 2, 3],
    "i_wait": [7, 6, 7, 7], "i_tone": [6, 6, 7, 6], "i_form": [1, 2, 2, 1],
    "e_wait": [5, 5, 6, np.nan], "e_tone": [6, 6, 6, 6], "e_form": [7, 7, 7, 7],
}  # fmt: skip


def board(**change: Any) -> ShortBoard:
    asked: dict[str, Any] = {"source": ROWS, "items": ["wait", "tone", "form"], "stated": "i_{key}", "scale": SEVEN}
    return short_board(**(asked | {"rng": 1, "draws": 40} | change))


def test_the_list_is_weight_times_gap() -> None:
    found = board()
    said = np.array([6.75, 6.25, 1.5])
    weights, gaps = said / said.sum(), np.array([2.5, 6.0, 2.5]) - 7
    weighted = weights * gaps
    for place, item in enumerate(("wait", "tone", "form")):
        row = found[item]
        numbers = (row.weight, row.gap, row.weighted, row.standard)
        np.testing.assert_allclose([float(each) for each in numbers], [weights[place], gaps[place], weighted[place], 7])
        assert row.part == pytest.approx(weighted[place] / weighted.sum())
    assert [row.item for row in found] == ["wait", "form", "tone"]
    assert [row.rank for row in found] == [1, 2, 3]


@pytest.mark.parametrize(
    ("against", "gaps", "name"),
    [
        (6, [-3.5, 0.0, -3.5], "6"),
        ("mean", [2.5 - 11 / 3, 6 - 11 / 3, 2.5 - 11 / 3], "the mean of the items"),
        ("e_{key}", [7 / 3 - 16 / 3, 0.0, 2.5 - 7], "what was asked for each item"),
        (["e_wait", "e_tone", "e_form"], [7 / 3 - 16 / 3, 0.0, 2.5 - 7], "what was asked for each item"),
    ],
)
def test_every_standard_serves(against: Any, gaps: list[float], name: str) -> None:
    found = board(against=against)
    np.testing.assert_allclose([float(found[item].gap) for item in ("wait", "tone", "form")], gaps, atol=1e-12)
    assert found.rule.en == f"weight × (performance − {name})"


def test_what_was_asked_is_held_against_the_same_people() -> None:
    found = board(against="e_{key}")
    # the fourth did not say what to expect of the wait
    assert found["wait"].n == 3
    assert found["wait"].performance == pytest.approx(7 / 3)
    assert found["tone"].part == 0.0


def test_a_survey_has_its_expectations() -> None:
    given = survey(importance=np.tile([20.0, 50.0, 30.0], (200, 1)))
    found = short_board(given, against="expectation", draws=40, rng=1)
    seen, wanted = given.perception.values, given.expectation().values
    gap = seen[:, 2:4].mean() - wanted[:, 2:4].mean()
    assert found["care"].gap == pytest.approx(gap)
    assert found["care"].weighted == pytest.approx(0.5 * gap)
    assert found.rule.en == "weight × (performance − expected)"
    items = short_board(given, ["wait", "done"], against="expectation", stated=np.ones((200, 2)), draws=0)
    assert items["done"].gap == pytest.approx((seen[:, 4] - wanted[:, 4]).mean())


def test_intervals_and_ranks_are_counted_over_resamples() -> None:
    rows = answers(70)
    frame = {name: rows[name] for name in NAMES} | {f"i_{name}": rows[name][::-1] for name in NAMES}
    found = short_board(frame, NAMES, stated="i_{key}", scale=SEVEN, draws=50, rng=3)
    drawn = []
    for tile in count_tiles(70, 50, 3):
        for counts in tile:
            mean = {name: np.average(column, weights=counts) for name, column in frame.items()}
            said = np.array([mean[f"i_{name}"] for name in NAMES])
            drawn.append(said / said.sum() * (np.array([mean[name] for name in NAMES]) - 7))
    table = np.array(drawn)
    for place, name in enumerate(NAMES):
        row = found[name]
        ends = np.quantile(table[:, place], [0.025, 0.975])
        np.testing.assert_allclose([float(row.weighted_low), float(row.weighted_high)], ends)
        assert row.first == pytest.approx((table.argmin(axis=1) == place).mean())
        ranks = (table < table[:, [place]]).sum(axis=1) + 1
        low, high = np.quantile(ranks, [0.025, 0.975])
        assert (row.rank_low, row.rank_high) == (np.floor(low), np.ceil(high))


def test_weights_may_be_derived() -> None:
    rows = answers(150)
    found = short_board(rows, NAMES, importance="derived", outcome="satisfied", scale=SEVEN, draws=20, rng=1)
    shares = variance_shares(np.cov(np.stack([rows[name] for name in (*NAMES, "satisfied")])))
    np.testing.assert_allclose([float(found[name].weight) for name in NAMES], shares / shares.sum())
    assert "weight: each item's part of derived importance, LMG (Shapley)" in found.to_table().notes


def test_where_nothing_falls_short_there_are_no_parts() -> None:
    found = board(against=1, draws=0)
    assert all(isinstance(row.part, Inapplicable) for row in found)
    assert str(found["wait"].part) == "no item falls short"
    assert str(found["wait"].first) == "nothing was drawn: it needs a seed, as rng=1"


def test_items_without_answers_come_last_without_a_rank() -> None:
    found = board(source={**ROWS, "tone": [np.nan] * 4}, draws=0)
    assert [row.item for row in found][-1] == "tone"
    assert found["tone"].rank is None
    assert repr(found["tone"]) == "<Stave tone: not ranked, a mean is missing>"
    # a mean that is missing in every resample leaves no resample, and that is told
    none = board(source={**ROWS, "tone": [np.nan] * 4})
    assert none.failures == 40
    assert str(none["wait"].gap_low) == "fewer than two resamples have a solution"


def test_results_are_plain_values_in_both_languages() -> None:
    found = board(labels={"wait": Label("short wait", "等候时间短")})
    record = json.loads(json.dumps(found.to_dict(), allow_nan=False))
    assert (record["reading"], record["columns"]["item"][0]) == ("short_board", "wait")
    assert repr(found).startswith(
        "<ShortBoard of 3 items by weight × (performance − the top of the scale): wait, first in "
    )
    chinese = found.to_table(language="zh")
    assert (chinese.title, chinese["label"][0]) == ("短板清单", "等候时间短")
    assert chinese.notes[0] == "按 权重 ×（表现 − 量表最高分） 排序；负值为不足"
    assert len(found.to_frame()) == len(found) == 3
    assert found._repr_html_().startswith("<div")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"against": "tpo"}, "against: 'tpo'; a standard is top, mean, a number, a level of a survey, or columns.*top"),
        ({"against": True}, "against: True"),
        ({"against": 9}, r"against: 9; a standard lies on the scale 1\.\.7"),
        ({"against": "expectation"}, "against: 'expectation'"),
        ({"against": "x_{key}"}, "standard: no columns 'x_wait'|standard: no column"),
        ({"scale": None}, r"against: 'top', and no scale is known; the top is that of a scale"),
        ({"stated": None}, "stated: none"),
        ({"rng": None}, "rng: None"),
    ],
)
def test_what_is_wrong_is_told(change: dict[str, Any], told: str) -> None:
    with pytest.raises(DriverError, match=told):
        board(**change)


def test_what_is_not_there_is_answered_with_what_is() -> None:
    with pytest.raises(DriverError, match=r"item: no 'waits'; it is not on the list\. Hint: did you mean wait"):
        board()["waits"]
    with pytest.raises(DriverError, match="no desired answers"):
        short_board(survey(), against="desired", importance="derived", outcome="overall", draws=0)
