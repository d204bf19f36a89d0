"""Means of units against each unit by itself, and what a chain makes of them."""

import json
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from servqual import Difference, PerformanceOnly, Summary, Survey, Weighted, score, summarize
from servqual.chain import UnitTable
from servqual.errors import ArgumentError, GroupError, ModelError
from servqual.quality.unit_reading import unit_means
from tests.scoring.hall import HALL, SCORES, one_by_one, repeated, sampled, study

STUDY = study(300, seed=3)
GAPS = one_by_one(STUDY.gaps)
NAMED = np.array([each is not None for each in STUDY.branch])


def survey(*sides: str) -> Survey:
    return STUDY.survey("branch", "wave", *sides)


def test_each_unit_has_the_mean_and_the_error_of_its_respondents() -> None:
    table = unit_means(survey(), ["branch", "wave"]).told.table
    assert len(table) == 4 * len(SCORES)
    for row in range(len(table)):
        members = (STUDY.branch == table["branch"][row]) & (STUDY.wave == table["wave"][row])
        values = GAPS[members, SCORES.index(str(table["key"][row]))]
        given = values[~np.isnan(values)]
        assert table["respondents"][row] == members.sum()
        assert table["n"][row] == given.size
        wanted = (given.mean(), given.std(ddof=1), stats.sem(given))
        assert [table[name][row] for name in ("mean", "sd", "se")] == pytest.approx(wanted, rel=1e-12)


@pytest.mark.parametrize(("side", "by_hand"), [("weights", sampled), ("frequencies", repeated)])
def test_weights_count_as_in_tables_of_scores(side: str, by_hand: Any) -> None:
    found = unit_means(survey(side), "branch")
    weights = getattr(STUDY, side)
    for branch in ("north", "south"):
        row = found.told.table["branch"].index(branch) + SCORES.index("overall")
        wanted = by_hand(GAPS[branch == STUDY.branch, 3], weights[branch == STUDY.branch])
        table = found.told.table
        assert [table[name][row] for name in ("n", "mean", "se")] == pytest.approx(
            [wanted[place] for place in (0, 2, 4)]
        )
    assert any("weights" in note or "frequencies" in note for note in found.to_table().notes)


def test_a_summary_gives_the_same_also_in_batches() -> None:
    whole = survey()
    batches = [
        summarize(whole.select(np.arange(300) % 3 == part), Difference(), by=["branch", "wave"]) for part in range(3)
    ]
    merged = Summary.from_json(sum(batches[1:], batches[0]).to_json())
    one, other = unit_means(merged, ["branch", "wave"], items=True), unit_means(whole, ["branch", "wave"], items=True)
    pd.testing.assert_frame_equal(one.to_frame(), other.to_frame(), rtol=1e-10)
    pd.testing.assert_frame_equal(one.to_frame("units"), other.to_frame("units"), rtol=1e-10)


@pytest.mark.parametrize("backend", ["pandas", "polars", "pyarrow"])
def test_a_chain_takes_them(backend: str) -> None:
    found = unit_means(survey(), ["branch", "wave"], model=PerformanceOnly(), items=True)
    units = UnitTable.from_frame(found.to_frame("units", backend), unit="branch", period="wave", scales=found.scales)
    assert units.names == ("respondents", *HALL.item_keys, *SCORES)
    assert dict(units.scales)["overall"] == (1.0, 7.0)
    wanted = score(survey(), PerformanceOnly(), dtype=np.float64).table(["branch", "wave"])
    picked = [
        row for row, branch in enumerate(wanted["branch"]) if branch == "south" and wanted["score"][row] == "care"
    ]
    got = units.values[2:, units.names.index("care")]
    assert got == pytest.approx([wanted["mean"][row] for row in picked])
    people = [((STUDY.branch == "south") & (STUDY.wave == wave)).sum() for wave in (1, 2)]
    assert units.values[2:, 0].tolist() == people


def test_respondents_without_a_unit_are_left_out_and_counted() -> None:
    found = unit_means(survey(), "branch")
    assert len(found) == 2
    assert f"left out, without a unit: {(~NAMED).sum()} respondents" in found.to_table().notes
    assert f"未纳入，无所属单位：{(~NAMED).sum()} 名受访者" in found.to_table(language="zh").notes


def test_small_units_are_suppressed_in_every_face() -> None:
    sizes = [
        ((STUDY.branch == branch) & (STUDY.wave == wave)).sum() for branch in ("north", "south") for wave in (1, 2)
    ]
    least = int(min(sizes)) + 1
    gone = np.argsort(sizes)[:2]
    complete = STUDY._replace(perceived=np.full((300, 8), 3.0), expected=np.full((300, 8), 4.0))
    found = unit_means(complete.survey("branch", "wave"), ["branch", "wave"], min_group=least)
    long, wide = found.to_frame(), found.to_frame("units")
    assert np.flatnonzero(wide["respondents"].isna()).tolist() == sorted(gone.tolist())
    assert wide.loc[gone, list(SCORES)].isna().all(axis=None)
    assert long["suppressed"].to_numpy().reshape(4, -1).all(axis=1).nonzero()[0].tolist() == sorted(gone.tolist())
    assert "suppressed" in found.to_table().columns
    assert any(note.startswith("suppressed in 1 of 4 groups") for note in found.to_table("units").notes)
    assert UnitTable.from_frame(wide, unit="branch", period="wave", scales=found.scales).values.shape == (4, 5)


def test_faces() -> None:
    found = unit_means(survey(), "branch")
    assert repr(found) == "<UnitMeans by branch: 2 units; Difference>"
    assert list(found.to_table(language="zh").columns) == ["branch", "key", "label", "n", "mean", "sd", "se"]
    assert found.to_table(language="zh")["label"][:4] == ("快", "好", "大", "总体")
    told = json.loads(json.dumps(found.to_dict()))
    assert (told["reading"], told["by"], told["model"], told["bounds"]) == (
        "unit_means",
        ["branch"],
        "Difference",
        [-6, 6],
    )
    assert found.scales == dict.fromkeys(SCORES, (-6.0, 6.0))


def test_columns_do_not_take_each_other_s_names() -> None:
    answers = STUDY.perceived
    odd = Survey.from_arrays(HALL, perception=answers, groups={"speed": STUDY.wave})
    found = unit_means(odd, "speed")
    assert list(found.to_frame("units").columns) == ["speed", "respondents", "speed_", "care", "room", "overall"]
    assert list(found.scales) == ["speed_", "care", "room", "overall"]


def test_of_different_people_gaps_have_unpaired_errors() -> None:
    half = np.arange(300) % 2 == 0
    whole = survey()
    both = Survey.unpaired(perception=whole.select(half), expectation=whole.select(~half))
    found = unit_means(both, "branch")
    wanted = summarize(both, Difference(), by="branch").table(by="branch")
    rows = [
        row for row, each in enumerate(wanted["score"]) if each != "overall_items" and wanted["branch"][row] is not None
    ]
    assert found.told.table["se"] == tuple(wanted["se"][row] for row in rows)
    assert set(found.told.table["sd"]) == {None}
    assert "levels from different people: n counts all of them" in found.to_table().notes


def test_clusters_are_said() -> None:
    notes = unit_means(survey("visit"), "branch").to_table().notes
    assert "errors: cluster-robust, where a unit has two clusters or more" in notes


def test_refusals() -> None:
    whole = survey()
    with pytest.raises(ArgumentError, match=r"by: no column; units are named by a column\. Hint: by='branch'"):
        unit_means(whole, [])
    with pytest.raises(ArgumentError, match="source: a Scores; a reading takes a Survey or a Summary"):
        unit_means(score(whole, Difference()), "branch")  # type: ignore[arg-type]
    with pytest.raises(ArgumentError, match="min_group: 0"):
        unit_means(whole, "branch", min_group=0)
    with pytest.raises(GroupError, match="no 'brnch'"):
        unit_means(whole, "brnch")
    with pytest.raises(GroupError, match=r"by: no 'wave'; a summary can be told apart by the columns it was made with"):
        unit_means(summarize(whole, Difference(), by="branch"), "wave")
    with pytest.raises(ModelError, match=r"it lacks 1 of the 1 models of the unit_means; it was made with Difference"):
        unit_means(summarize(whole, Difference(), by="branch"), "branch", model=PerformanceOnly())
    with pytest.raises(ArgumentError, match=r"rows: 'items'; means of items are formed on request\. Hint: items=True"):
        unit_means(whole, "branch").to_table("units", "items")
    nobody = Survey.from_arrays(HALL, perception=STUDY.perceived, groups={"branch": np.full(300, None)})
    with pytest.raises(GroupError, match="by: nobody has a branch; a mean is of somebody"):
        unit_means(nobody, "branch")


def test_the_model_is_the_only_one_of_a_summary() -> None:
    whole = survey()
    only = unit_means(summarize(whole, PerformanceOnly(), by="branch"), "branch")
    assert only.model == PerformanceOnly()
    assert unit_means(whole, "branch").model == Difference()
    assert unit_means(whole, "branch", model=Weighted(Difference(), points=(50, 30, 20))).bounds == (-6.0, 6.0)
