"""Studies that were published as counts: what can be had from them, and what cannot."""

import csv
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from servqual import Difference, Instrument, PerformanceOnly, Scale, Summary, Survey, summarize
from servqual.errors import JointAnswersError, LevelError, SurveyError

# Published counts of a hotel study: answers 1 to 5 of 278 guests, and the mean and standard deviation (divided by
# n - 1) that were printed beside them, to three decimals.
HOTEL: dict[str, tuple[tuple[int, ...], float, float]] = {
    "T1": ((2, 22, 60, 149, 45), 3.766, 0.841),
    "T6": ((5, 25, 85, 128, 35), 3.586, 0.886),
    "T12": ((5, 18, 175, 56, 24), 3.273, 0.782),
    "REL1": ((8, 23, 42, 146, 59), 3.809, 0.959),
    "REL3": ((5, 24, 59, 118, 72), 3.820, 0.974),
    "RES4": ((5, 33, 67, 125, 48), 3.640, 0.961),
}
PRECISION = 0.0005 + 1e-12


def hotel(keys: Any) -> Instrument:
    return Instrument.define("hotel", {"all": list(keys)}, scale=Scale.likert(5), levels=["perception"])


COPIED = Summary.from_counts(hotel(HOTEL), perception=[counts for counts, _, _ in HOTEL.values()])


def test_means_and_deviations_are_those_that_were_printed() -> None:
    table = COPIED.answers_table()
    assert table["item"] == tuple(HOTEL)
    assert table["n"] == tuple(sum(counts) for counts, _, _ in HOTEL.values())
    assert table["missing"] == (0,) * 6
    np.testing.assert_allclose(np.array(table["mean"], float), [mean for _, mean, _ in HOTEL.values()], atol=PRECISION)
    np.testing.assert_allclose(np.array(table["sd"], float), [sd for _, _, sd in HOTEL.values()], atol=PRECISION)


def test_the_whole_study_is_reproduced(shared: Path) -> None:
    with (shared / "oracles" / "likert_hotel_counts_seen.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    counts = [[int(row[f"n{point}"]) for point in range(1, 6)] for row in rows]
    table = Summary.from_counts(hotel(row["item"] for row in rows), perception=counts).answers_table()
    for name in ("mean", "sd"):
        printed = [float(row[f"{name}_published"]) for row in rows]
        np.testing.assert_allclose(np.array(table[name], float), printed, rtol=0, atol=PRECISION)
    copied = {
        row["item"]: (count, float(row["mean_published"]), float(row["sd_published"]))
        for row, count in zip(rows, counts, strict=True)
    }
    assert {key: (list(facts), mean, sd) for key, (facts, mean, sd) in HOTEL.items()} == {
        key: copied[key] for key in HOTEL
    }


def test_counts_give_the_tables_of_the_answers_that_they_count() -> None:
    answers = np.array([np.repeat(range(1, 6), HOTEL[key][0]) for key in ("T1", "T12", "REL1")]).T
    survey = Survey.from_arrays(hotel(["T1", "T12", "REL1"]), perception=answers)
    counted = Summary.from_counts(survey.instrument, perception=[HOTEL[key][0] for key in ("T1", "T12", "REL1")])
    one, other = counted.answers_table(), summarize(survey).answers_table()
    assert [one[name] for name in ("item", "n", "missing")] == [other[name] for name in ("item", "n", "missing")]
    np.testing.assert_allclose(
        np.array([one["mean"], one["sd"]], float), np.array([other["mean"], other["sd"]], float), rtol=1e-14
    )
    assert counted.tallies().quantile(0.5).tolist() == [4, 3, 4]


def test_what_was_not_answered_may_be_told() -> None:
    told = Summary.from_counts(hotel("ab"), {"perception": [3, 0]}, perception=[[1, 2, 3, 4, 5], [5, 4, 3, 2, 7]])
    table = told.answers_table()
    assert (table["n"], table["missing"]) == ((15, 21), (3, 0))
    assert len(told) == 21


def test_counts_merge() -> None:
    both = COPIED + COPIED
    assert both.answers_table()["n"] == tuple(2 * sum(counts) for counts, _, _ in HOTEL.values())
    assert both.answers_table()["mean"] == COPIED.answers_table()["mean"]
    assert len(both) == 2 * len(COPIED)


def test_several_levels_may_be_counted() -> None:
    both = Instrument.define("both", {"all": ["a"]}, scale=Scale.likert(5))
    summary = Summary.from_counts(both, perception=[[0, 0, 0, 5, 5]], expectation=[[0, 0, 0, 0, 9]], backend="polars")
    table = summary.answers_table()
    assert (table["level"], table["mean"], table["n"]) == (("perception", "expectation"), (4.5, 5), (10, 9))
    assert type(table.to_frame()).__module__.startswith("polars")


@pytest.mark.parametrize(
    ("ask", "what"),
    [
        (lambda summary: summary.table(), "no spread of dimension scores"),
        (lambda summary: summary.table(PerformanceOnly()), "no spread of dimension scores"),
        (lambda summary: summary.item_table(), "no scores of items"),
        (lambda summary: summary.item_table(Difference()), "no scores of items"),
        (lambda summary: summary.products, "no cross-products"),
    ],
)
def test_what_needs_the_answers_of_one_person_says_so(ask: Any, what: str) -> None:
    with pytest.raises(ValueError, match=what) as caught:
        ask(COPIED)
    assert isinstance(caught.value, JointAnswersError)
    assert "it needs the answers of one person side by side, which this summary does not hold" in str(caught.value)
    assert "answers_table()" in str(caught.value)


def test_levels_that_were_not_counted() -> None:
    with pytest.raises(LevelError, match=r"summary: no expectation answers; it holds perception\. Hint: read that"):
        COPIED.tallies("expectation")


def test_counts_that_cannot_be_are_refused_all_at_once() -> None:
    with pytest.raises(SurveyError) as caught:
        Summary.from_counts(
            hotel("ab"),
            {"perceptions": [1]},
            perception=np.ones((2, 4)),
            expectation=np.ones((2, 5)),
            percepton=np.ones((2, 5)),
        )
    text = str(caught.value)
    assert text.startswith("4 problems\n")
    assert "counts of perception: shape (2, 4); one row per item (2), one column per scale point (5)" in text
    assert "instrument hotel: counts of expectation; it asks perception" in text
    assert "levels: 'percepton'; not a level" in text
    assert "missing: 'perceptions'; it goes with the counts of a level. Hint: did you mean percept" in text


@pytest.mark.parametrize("counts", [[[1, 2, 3, 4, -1]], [[1, 2, 3, 4, 0.5]], [[1, 2, 3, 4, float("nan")]], [["a"] * 5]])
def test_counts_are_whole_numbers(counts: Any) -> None:
    with pytest.raises(
        ValueError, match="counts of perception: negative or broken numbers; counts are whole numbers, 0 or more"
    ):
        Summary.from_counts(hotel("a"), perception=counts)


@pytest.mark.parametrize("missing", [[1, 2], [-1], 3, [0.5]])
def test_numbers_of_missing_answers_are_whole(missing: Any) -> None:
    with pytest.raises(SurveyError, match=r"missing of perception: .*one whole number, 0 or more, per item"):
        Summary.from_counts(hotel("a"), {"perception": missing}, perception=[[1, 2, 3, 4, 5]])


def test_at_least_one_level_is_counted() -> None:
    with pytest.raises(SurveyError, match="counts: none; name at least one level"):
        Summary.from_counts(hotel("a"))
    with pytest.raises(LevelError, match="it reads expectation"):
        summarize(Survey.from_arrays(hotel("a"), perception=[[1]]), Difference())
