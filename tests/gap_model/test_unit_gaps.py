"""Gaps of units: the model of each unit alone, what all units share, and what some lack."""

import json
import pickle
from typing import Any

import numpy as np
import pandas as pd
import pytest

from servqual import Label, Survey
from servqual.errors import ArgumentError, GapModelError
from servqual.gap_model.gap_words import GapName, Station
from servqual.gap_model.model import GapModel
from servqual.gap_model.source import Source
from servqual.gap_model.unit_gaps import UnitGaps
from tests.gap_model.companies import KEYS, SCALE, customers, figures, records

BRANCHES = np.array([10, 9, 2] * 12)


def branches(seed: int, **beside: Any) -> tuple[GapModel, Survey, pd.DataFrame]:
    rng = np.random.default_rng(seed)
    survey = customers(rng, 36, groups={"branch": BRANCHES}, **beside)
    frame = records(rng, 30, branch=[9, 10, 2, 9, 2] * 6)
    done = Source.from_records(frame, KEYS, scale=SCALE, groups=["branch"])
    model = GapModel(expected=survey, specified=figures((5.5, 5.5), scale=SCALE), delivered=done, perceived=survey)
    return model, survey, frame


def test_every_unit_is_the_model_of_its_own_rows() -> None:
    model, survey, frame = branches(90)
    found = model.by_unit("branch")
    assert found.units == ("2", "9", "10")
    assert found.dimensions == (*KEYS, "overall")
    assert [gap.key for gap in found.gaps] == ["gap_1_2", "gap_3", "gap_4", "gap_5"]
    for place, unit in enumerate((2, 9, 10)):
        own, rows = survey.select(branch=unit), frame[frame["branch"] == unit]
        done = Source.from_records(rows, KEYS, scale=SCALE)
        alone = GapModel(expected=own, specified=model.sources[Station.SPECIFIED], delivered=done, perceived=own).gaps()
        for gap in found.gaps:
            for key in found.dimensions:
                row = alone[gap.key, key]
                told = found.column(gap.key, key)[place], found.errors(gap.key, key)[place]
                assert told == pytest.approx((row.estimate, row.se), rel=1e-9)
    np.testing.assert_allclose(
        found.column("gap_1_2") + found.column("gap_3") + found.column("gap_4"), found.column("gap_5")
    )
    assert [note.en for note in found.notes] == ["the same for every unit: specified"]


def test_clusters_that_hold_whole_units_say_nothing_within_one() -> None:
    clustered = branches(91, cluster=BRANCHES)[0].by_unit("branch")
    plain = branches(91)[0].by_unit("branch")
    np.testing.assert_allclose(clustered.standard_errors, plain.standard_errors)
    assert "each unit lies within one cluster" in clustered.notes[-1].en
    within = branches(91, cluster=np.repeat(range(9), 4))[0].by_unit("branch")
    assert not np.allclose(within.standard_errors[:, 0], plain.standard_errors[:, 0])


def test_a_unit_of_one_record_has_a_gap_without_an_error() -> None:
    frame = records(np.random.default_rng(92), 3, branch=["a", "b", None])
    done = Source.from_records(frame, KEYS, scale=SCALE, groups=["branch"])
    found = GapModel(specified=figures((5.5, 5.5), scale=SCALE), delivered=done).by_unit("branch")
    np.testing.assert_allclose(found.column("gap_3", "tone"), frame["tone"][:2] - 5.5)
    assert np.isnan(found.errors("gap_3")).all()
    assert [note.en for note in found.notes] == [
        "the same for every unit: specified",
        "delivered: 1 rows without a unit left out",
        "errors unknown in 2 of 2 units, where a source has a single row",
    ]


def test_units_that_a_source_lacks_are_named_or_consented_to() -> None:
    rng = np.random.default_rng(93)
    survey = customers(rng, 36, groups={"branch": BRANCHES})
    frame = records(rng, 30, branch=["9", "10", "11"] * 10)
    model = GapModel(
        expected=survey, delivered=Source.from_records(frame, KEYS, scale=SCALE, groups=["branch"]), perceived=survey
    )
    with pytest.raises(GapModelError) as caught:
        model.by_unit("branch")
    remedy = "every source tells of every unit. Hint: mend the labels, or consent with incomplete_ok=True"
    assert [str(each) for each in caught.value.problems] == [
        f"expected: nothing of 1 of 4 units: 11; {remedy}",
        f"delivered: nothing of 1 of 4 units: 2; {remedy}",
        f"perceived: nothing of 1 of 4 units: 11; {remedy}",
    ]
    found = model.by_unit("branch", incomplete_ok=True)
    assert found.units == ("2", "9", "10", "11")
    assert np.isnan(found.column("gap_4")).tolist() == [True, False, False, True]
    assert np.isnan(found.column("gap_5")).tolist() == [False, False, False, True]
    assert "delivered has nothing of: 2" in [note.en for note in found.notes]


def test_a_group_that_nobody_has_is_refused() -> None:
    model = branches(94)[0]
    with pytest.raises(GapModelError, match=r"unit: no 'shop'; some source was made of rows .* Hint: there are branch"):
        model.by_unit("shop")
    with pytest.raises(GapModelError, match=r"Hint: read surveys and records with groups=\[…\]"):
        GapModel(expected=figures((5, 5)), perceived=figures((5, 5))).by_unit("branch")


def test_tables_and_frames_hold_every_number() -> None:
    found = branches(95)[0].by_unit("branch")
    assert repr(found) == "<UnitGaps: 3 units × 4 gaps × 3 dimensions>"
    assert len(found) == 3
    table = found.to_table("tone", language="zh")
    assert table.title == "各单位的差距：tone"
    assert table["branch"] == ("2", "9", "10")
    assert table["gap_5"] == tuple(found.column(GapName.SERVICE, "tone"))
    frame = found.to_frame()
    np.testing.assert_array_equal(frame["estimate"], found.values.ravel())
    picked = frame[(frame["branch"] == "9") & (frame["gap"] == "gap_3") & (frame["dimension"] == "tone")]
    assert picked["se"].tolist() == [found.errors("gap_3", "tone")[1]]
    assert json.loads(json.dumps(found.to_dict()))["unit"] == "branch"
    assert "<table>" in found._repr_html_()
    again = pickle.loads(pickle.dumps(found))  # noqa: S301 - made on this line
    assert not again.values.flags.writeable


def test_units_made_by_hand_are_checked() -> None:
    gaps = [GapName.DELIVERY.gap]
    with pytest.raises(GapModelError) as caught:
        UnitGaps(["a", "a"], gaps, ["overall"], np.zeros((2, 1)), -np.ones((2, 1, 1)))
    assert [str(each) for each in caught.value.problems] == [
        "values: shape (2, 1); (units, gaps, dimensions) are (2, 1, 1).",
        "units: 'a' twice; every unit stands once.",
        "standard_errors: -1; none is below zero.",
    ]
    found = UnitGaps(["a"], gaps, ["overall"], np.zeros((1, 1, 1)), np.ones((1, 1, 1)), labels=[Label("all", "总体")])
    with pytest.raises(ArgumentError) as refused:
        found.column("gap_1", "speed")
    assert [str(each) for each in refused.value.problems] == [
        "gap: no 'gap_1'; there are gap_3. Hint: did you mean gap_3?",
        "dimension: no 'speed'; there are overall. Hint: there are overall",
    ] or len(refused.value.problems) == 2
    assert found.to_table().title == "Gaps by unit: all"
