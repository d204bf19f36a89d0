"""What is said of aggregated answers: counts, reasons, thresholds, in both languages."""

import json

import numpy as np
import pandas as pd
import pytest

from servqual.chain.aggregating import aggregate
from servqual.chain.aggregation import Aggregation
from servqual.errors import ArgumentError, UnitError
from servqual.statistics import Inapplicable

FRAME = pd.DataFrame(
    {
        "branch": ["a", "a", "a", "b", "b", "b", "c", None],
        "year": [1, 1, 1, 1, 1, None, 1, 1],
        "q1": [1, 2, np.nan, 4, 5, 3, 3, 3],
        "q2": [2, 2, 5, np.nan, 5, 3, 3, 3],
        "q3": [1, 3, np.nan, 4, 4, 3, 2, 3],
    }
)
ITEMS = {"employee_satisfaction": ["q1", "q2", "q3"]}


def found(**options: object) -> Aggregation:
    return aggregate(FRAME, by="branch", period="year", constructs=ITEMS, **{"scale": (1, 5), **options})  # type: ignore[arg-type]


def test_everybody_left_out_is_counted() -> None:
    result = found()
    assert (result.people.given, result.people.used) == (8, 5)
    row = result["employee_satisfaction"]
    assert (row.partial, row.unanswered, row.small_units) == (1, 1, 0)
    for note in (
        "Left out, no branch: 1 of 8 rows.",
        "Left out, no year: 1 of 8 rows.",
        "People who answered less than 50% of the items do not count: employee_satisfaction 1.",
        (
            "Answers missing among those who count, each item taking the people who answered it: "
            "employee_satisfaction 1."
        ),
    ):
        assert note in result.to_table().notes
    for note in ("未纳入，缺少 branch：8 行中的 1 行。", "回答题项不足 50% 的受访者不计入：employee_satisfaction 1。"):
        assert note in result.to_table(language="zh").notes


def test_small_units_are_set_missing_and_counted() -> None:
    result = found(min_respondents=2)
    assert np.isnan(result.units.column("employee_satisfaction")).tolist() == [False, False, True]
    assert result.units.column("employees_n").tolist() == [2, 2, 1]
    row = result["employee_satisfaction"]
    assert (row.units, row.respondents, row.small_units, row.min_n) == (2, 4, 1, 2)
    note = "Units with fewer than 2 respondents, their means set missing: employee_satisfaction 1."
    assert note in result.to_table().notes
    assert found()["employee_satisfaction"].units == 3


def test_more_may_be_asked_of_a_person() -> None:
    everything = found(min_answered=1.0)["employee_satisfaction"]
    assert (everything.respondents, everything.partial, everything.unanswered) == (4, 2, 0)
    little = found(min_answered=0.1)["employee_satisfaction"]
    assert (little.respondents, little.partial, little.unanswered) == (6, 0, 3)


def test_thresholds_are_told_and_not_imposed() -> None:
    result = found()
    assert any(
        note.startswith("Rules of thumb, told and not imposed: rwg and awg .70")
        for note in result.to_table(every=True).notes
    )
    brief = " ".join(result.to_table().notes)
    assert "Rules of thumb, told and not imposed: ICC(2) .70 or more and an F test" in brief
    assert "Rule of thumb, told and not imposed: rwg .70 or more" in brief
    assert any("经验界限" in note for note in result.to_table("nulls", "zh").notes)


def test_without_a_scale_agreement_is_inapplicable_and_says_why() -> None:
    result = found(scale=None)
    row = result["employee_satisfaction"]
    assert row.rwg_mean == row.awg_mean == Inapplicable("without a scale nothing is known of answers that do not agree")
    whole, chinese = result.to_table(every=True), result.to_table(language="zh", every=True)
    assert "rwg_mean" not in whole.columns
    assert "ad_mean" in whole.columns
    assert any(
        note.startswith("Not applicable, rwg_mean")
        and note.endswith("without a scale nothing is known of answers that do not agree.")
        for note in whole.notes
    )
    assert any(note.startswith("不适用，rwg_mean") for note in chinese.notes)
    brief = result.to_table()
    assert list(brief.columns) == [
        "construct", "items", "units", "respondents", "mean_n", "icc1", "icc2_harmonic", "f", "p",
    ]  # fmt: skip
    assert [note for note in brief.notes if "rwg" in note] == [
        "Not applicable, rwg_median, rwg_share: without a scale nothing is known of answers that do not agree."
    ]
    assert all(cell is None for cell in result.by_unit()["rwg"])
    assert result.to_dict()["evidence"]["inapplicable"][0]["rwg_share"] == row.rwg_share.reason  # type: ignore[union-attr]


def test_nulls_that_are_not_tabled_say_so() -> None:
    nine = found(scale=(0, 8))
    skewed = nine["employee_satisfaction"].rwg_skew_mean
    assert skewed == Inapplicable("the null is tabled for 5 and 7 options, not for 9")
    assert any("没有 9 个选项的" in note for note in nine.to_table(language="zh", every=True).notes)
    assert {row.null: row.source for row in nine.nulls} == {
        "uniform": "formula", "slight_skew": "", "moderate_skew": "", "heavy_skew": "", "triangular": "", "normal": "",
    }  # fmt: skip
    half = aggregate(FRAME.assign(q1=FRAME["q1"] / 2), by="branch", constructs=["q1"], scale=(0, 5))
    assert half["q1"].null_variance == pytest.approx(25 / 12)
    note = "Answers without whole steps (q1): the variance of the uniform null is (high − low)² / 12."
    assert note in half.to_table().notes


def test_the_table_shows_little_at_first_and_speaks_of_that_alone() -> None:
    result = found()
    brief, whole = result.to_table(), result.to_table(every=True)
    assert list(brief.columns) == [
        "construct", "items", "units", "respondents", "mean_n", "icc1", "icc2_harmonic", "f", "p", "rwg_median",
        "rwg_share",
    ]  # fmt: skip
    assert set(brief.columns) < set(whole.columns) < set(result.to_frame().columns)
    assert all(brief[name] == whole[name] for name in brief.columns)
    assert brief["icc2_harmonic"] == tuple(result.reliability().values())
    said = " ".join(brief.notes)
    assert "icc2_harmonic: ICC(2) at the harmonic mean of group sizes, which is what reliability() returns" in said
    assert "rwg_median, rwg_share: median over units, and share of units at .70 or above" in said
    assert brief.notes[-1] == "Intervals and other indices: to_table(every=True); all numbers: to_frame()."
    assert not [word for word in ("awg", "ad_mean", "r_star", "skew", "interval") if word in said]
    for english, chinese in zip(brief.notes, result.to_table(language="zh").notes, strict=True):
        assert english != chinese
    one = aggregate(FRAME.drop_duplicates("branch"), by="branch", constructs=ITEMS)
    assert "icc1" not in one.to_table().columns
    assert not any(note.startswith("icc1") for note in one.to_table().notes)


def test_another_null_can_be_asked() -> None:
    skewed, uniform = found(null="slight_skew")["employee_satisfaction"], found()["employee_satisfaction"]
    assert (skewed.null_variance, uniform.null_variance) == (1.34, 2.0)
    assert skewed.rwg_mean == uniform.rwg_skew_mean
    nulls = {row.null: row for row in found().nulls}
    assert nulls["slight_skew"].mean == uniform.rwg_skew_mean
    assert nulls["uniform"].mean == uniform.rwg_mean
    assert nulls["heavy_skew"].zero == 1


def test_one_unit_has_no_correlation() -> None:
    one = aggregate(FRAME[FRAME["branch"] == "a"], by="branch", constructs=ITEMS)
    row = one["employee_satisfaction"]
    assert row.icc1 == row.p == row.icc2_harmonic == Inapplicable("at least 2 groups are needed, and there is one")
    assert any("至少需要两个组" in note for note in one.to_table(language="zh").notes)
    assert "no ICC, at least 2 groups" in repr(row)


def test_nobody_answered() -> None:
    none = aggregate(FRAME.assign(q1=np.nan), by="branch", constructs=["q1", "q2"], scale=(1, 5))
    row = none["q1"]
    assert (row.units, row.respondents) == (0, 0)
    assert row.mean_n == Inapplicable("no unit has a mean")
    assert np.isnan(none.units.column("q1")).all()
    assert none.people.used == 6


def test_tables_speak_two_languages() -> None:
    result = found()
    assert result.to_table().title == "Evidence for means of employees by branch, year"
    chinese = result.to_table(language="zh")
    assert (chinese.title, chinese["label"]) == ("按 branch, year 聚合的依据（employees）", ("员工满意",))
    assert result.to_table(language="en")["label"] == ("employee satisfaction",)
    assert result.to_table("nulls").title == "Agreement of employees by branch, year, under each null"
    assert result.by_unit().title == "Agreement within units"
    assert result.by_unit("zh").title == "单位内一致性"
    assert "<table>" in result._repr_html_()
    with pytest.raises(ArgumentError, match="what: 'units'; it is one of evidence, nulls"):
        result.to_table("units")


def test_it_has_a_short_face_and_a_safe_dictionary() -> None:
    result = found()
    assert repr(result) == "<Aggregation of 5 employees: 3 rows of 3 units; 1 construct>"
    assert repr(result["employee_satisfaction"]).startswith(
        "<Evidence of employee_satisfaction: 3 units, 5 respondents; ICC(1)"
    )
    assert len(result) == 1
    record = result.to_dict()
    assert json.loads(json.dumps(record)) == record
    assert result.to_frame()["p"].tolist() == [result["employee_satisfaction"].p]
    with pytest.raises(
        UnitError, match=r"construct: no 'employee_satisfactoin'; it was not aggregated. Hint: did you mean"
    ):
        result["employee_satisfactoin"]
