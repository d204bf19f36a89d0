"""Diagnoses: what comes first, how sure it is, what is said, and what is refused."""

import json

import numpy as np
import pandas as pd
import pytest

from servqual import Label
from servqual.errors import ArgumentError, GapModelError
from servqual.gap_model.antecedent_scores import Antecedents
from servqual.gap_model.diagnosing import diagnose
from servqual.gap_model.gap_rows import GapFinding
from servqual.gap_model.model import GapModel
from servqual.gap_model.source import Source
from servqual.gap_model.unit_gaps import UnitGaps
from servqual.statistics.inapplicable import Inapplicable
from tests.gap_model.companies import SCALE, chain, customers, figures, records
from tests.gap_model.units import drawn

PLANTED = {("gap_3", "role_conflict"): -1.0}
# Expected, understood, specified, delivered, perceived; speed and tone.
LEVELS = np.array([[6.2, 6.2], [6.0, 6.1], [5.9, 6.0], [4.6, 5.2], [4.2, 4.8]])
ERRORS = np.full((5, 2), 0.05)


def model(levels: object = LEVELS, errors: object = ERRORS) -> GapModel:
    return chain(np.asarray(levels, np.float64), np.asarray(errors, np.float64), 50)


def test_gaps_are_ranked_by_size_among_those_that_were_shown() -> None:
    found = diagnose(model())
    assert [(row.gap.key, row.rank) for row in found][:4] == [("gap_3", 1), ("gap_4", 2), ("gap_1", 3), ("gap_2", 4)]
    assert found.gaps[4].gap.key == "gap_5"
    assert isinstance(found["gap_5"].rank, Inapplicable)
    assert [row.gap.key for row in found.shortfalls] == ["gap_3", "gap_4"]
    gaps = model().gaps()
    for row in found:
        assert row.estimate == gaps[row.gap.key]


def test_a_larger_gap_that_is_not_shown_comes_after_a_smaller_one_that_is() -> None:
    errors = ERRORS.copy()
    errors[:2] = 0.001, 1.5
    found = diagnose(model(LEVELS - [[0], [0.8], [0.9], [0.0], [0.0]], errors))
    order = [row.gap.key for row in found][:4]
    shown = [row.estimate.finding is GapFinding.SHORTFALL for row in found.gaps[:4]]
    sizes = [float(row.estimate.estimate) for row in found.gaps[:4]]
    assert shown == sorted(shown, reverse=True)
    assert min(sizes) == sizes[order.index("gap_1")]
    assert order[0] != "gap_1"


def test_the_first_is_the_largest_where_it_differs_from_all_others() -> None:
    company = model()
    first = diagnose(company).first
    assert first is not None
    p = {gap: float(company.difference("gap_3", gap).p) for gap in ("gap_1", "gap_2", "gap_4")}
    assert first.p_largest == pytest.approx(max(p.values()))
    assert first.rival is not None
    assert first.rival.key == max(p, key=lambda gap: p[gap])
    assert first.largest
    close = diagnose(model(LEVELS - [[0], [0], [0], [0], [0.55]])).first
    assert close is not None
    assert not close.largest
    assert "is not shown" in diagnose(model(LEVELS - [[0], [0], [0], [0], [0.55]])).bottom_line()


def test_the_deepest_dimension_is_named() -> None:
    first = diagnose(model()).first
    assert first is not None
    assert first.worst is not None
    assert first.worst.dimension == "0"
    assert first.worst.estimate == pytest.approx(-1.3)
    alike = diagnose(model(np.tile(LEVELS[:, :1], 2))).first
    assert alike is not None
    assert alike.worst is None
    assert diagnose(model(), dimension="1")["gap_3"].worst is None
    assert diagnose(model(), dimension="1")["gap_3"].estimate.estimate == pytest.approx(-0.8)


def test_without_antecedents_it_says_so() -> None:
    found = diagnose(model())
    assert found.influences is None
    assert "No antecedents were measured" in found.bottom_line()
    assert "catalogue.employee_antecedents()" in found.bottom_line()
    assert "未测量差距的成因" in found.bottom_line("zh")
    assert "no antecedents were measured" in str(found.to_table())
    assert len(found.to_table("causes")) == len(found.to_table("remedies")) == 0
    assert repr(found) == "<Diagnosis: start with gap_3>"
    upper = diagnose(model(LEVELS[[0, 2, 2, 2, 2]])).bottom_line()
    assert "catalogue.manager_antecedents()" in upper


def test_a_planted_cause_is_the_one_to_start_with() -> None:
    gaps, causes = drawn(5, 40, PLANTED)
    found = diagnose(model(), causes, units=gaps)
    assert repr(found) == "<Diagnosis: start with gap_3, role_conflict>"
    first = found.first
    assert first is not None
    row, cause = first.found[0]
    assert (row.key, cause.key, first.units) == ("role_conflict", "role_conflict", 40)
    line = found.bottom_line()
    assert line.startswith("Start with gap 3, delivery: −1.05 points (95% ")
    assert f"goes with {float(row.strength):+.2f}".replace("-", "−") in line
    assert "across 40 units" in line
    assert all(remedy.en in line and remedy.zh in found.bottom_line("zh") for remedy in cause.remedies)
    assert found.text().splitlines()[1].startswith("Then gap 4, communication: −0.40 points")
    assert "其次是" in found.text("zh")
    assert found.to_table("remedies")["cause"] == ("role_conflict", "role_conflict")
    assert found.to_table("remedies", language="zh")["cause"] == ("角色冲突", "角色冲突")
    table = found.to_table(language="zh")
    assert (table["cause"][0], table["finding"][0], table["rank"][4]) == ("角色冲突", "不足", None)
    assert repr(first).endswith("; first cause role_conflict>")


def test_causes_are_compared_over_the_units_of_the_model() -> None:
    rng = np.random.default_rng(3)
    n, branches = 24, [f"b{place}" for place in range(24)]
    conflict = rng.normal(4, 1, n)
    frame = records(rng, 20 * n, branch=np.repeat(branches, 20))
    frame[["speed", "tone"]] -= 0.6 * np.repeat(conflict, 20)[:, None] - 1.8
    asked = customers(rng, 10 * n, groups={"branch": branches * 10})
    company = GapModel(
        expected=asked,
        specified=figures((5.9, 5.9), scale=SCALE),
        delivered=Source.from_records(frame, ("speed", "tone"), scale=SCALE, groups=["branch"]),
        perceived=asked,
    )
    scores = pd.DataFrame({"branch": branches, "role_conflict": conflict, "teamwork": rng.normal(4, 1, n)})
    causes = Antecedents.from_frame(scores, unit="branch")
    found = diagnose(company, causes)
    assert repr(found) == "<Diagnosis: start with gap_3, role_conflict>"
    same = diagnose(company, causes, units=company.by_unit("branch"))
    assert found.to_dict() == same.to_dict()
    assert "the same for every unit: specified" in str(found.to_table())


def test_a_company_without_gaps_gets_no_diagnosis() -> None:
    gaps, causes = drawn(5, 40, PLANTED)
    found = diagnose(model(np.full((5, 2), 5.0)), causes, units=gaps)
    assert found.first is None
    assert (
        found.bottom_line()
        == found.text()
        == "No gap of the chain was shown to fall short: there is nothing to start with."
    )
    assert "没有哪个差距得到证实" in found.bottom_line("zh")
    assert repr(found) == "<Diagnosis: no gap shown to fall short>"
    assert len(found.to_table("remedies")) == 0


def test_few_companies_without_gaps_are_given_one() -> None:
    rng, named = np.random.default_rng(8), 0
    for _ in range(150):
        named += diagnose(model(5 + rng.normal(0, ERRORS)), confidence=0.8).first is not None
    # the worst case between dimensions makes intervals wide; of as many at most a fifth, and three standard errors
    assert named <= 150 * 0.2 + 3 * np.sqrt(150 * 0.16)


@pytest.mark.parametrize(
    ("causes", "units", "said"),
    [
        (["role_conflict", "teamwork"], 30, "None of its 2 causes was found to go with it across 30 units"),
        (["market_research"], 30, "None of the causes that were measured is one of its own"),
        (
            ["role_conflict"],
            30,
            "Its one cause that was measured, role conflict, was not found to go with it across 30",
        ),
        (["role_conflict"], 4, "Its causes could not be tested: fewer than 5 complete rows"),
    ],
)
def test_what_is_said_where_no_cause_is_found(causes: list[str], units: int, said: str) -> None:
    gaps, scores = drawn(18, units, causes=causes)
    found = diagnose(model(), scores, units=gaps)
    assert said in found.bottom_line()
    chinese = found.bottom_line("zh")
    assert chinese.endswith("。")
    assert "（95%区间 −1." in chinese
    assert not {"(", ",", "fewer"} & {*chinese, *chinese.split()}


def test_a_cause_that_works_the_other_way_is_said_so() -> None:
    gaps, scores = drawn(5, 40, {("gap_3", "role_conflict"): 1.0})
    found = diagnose(model(), scores, units=gaps)
    line = found.bottom_line()
    assert "was found to work as it should across 40 units; role conflict goes with it the other way" in line
    assert "“角色冲突”的方向相反" in found.bottom_line("zh")
    assert found.first is not None
    assert found.first.found == ()
    assert len(found.to_table("remedies")) == 0


def test_reasons_have_chinese_words() -> None:
    gaps, scores = drawn(18, 12, causes=["role_conflict"])
    still = Antecedents(scores.units, scores.causes, np.full_like(scores.values, 4.0), "branch")
    nowhere = Antecedents(scores.units, scores.causes, np.full_like(scores.values, np.nan), "branch")
    flat = UnitGaps(gaps.units, gaps.gaps, gaps.dimensions, np.full_like(gaps.values, -1.0), gaps.standard_errors)
    for asked, units, english, chinese in (
        (still, gaps, "it is the same everywhere", "各单位得分相同"),
        (nowhere, gaps, "it was not measured", "未测量"),
        (scores, flat, "what is explained is the same everywhere", "各单位的差距相同"),
    ):
        found = diagnose(model(), asked, units=units)
        assert f"Its causes could not be tested: {english}." in found.bottom_line()
        assert f"其成因无法检验（{chinese}）。" in found.bottom_line("zh")


def test_few_units_are_warned_of() -> None:
    gaps, scores = drawn(4, 12, {("gap_3", "role_conflict"): -3.0})
    line = diagnose(model(), scores, units=gaps).bottom_line()
    assert "role conflict" in line
    assert "Units are few" in line


def test_figures_without_errors_are_taken_as_they_are() -> None:
    found = diagnose(model(LEVELS, np.zeros((5, 2))))
    assert found.first is not None
    assert isinstance(found.first.p_largest, Inapplicable)
    assert found.bottom_line().startswith("Start with gap 3, delivery: −1.05 points. It is deepest in")


def test_one_gap_alone_has_no_rival() -> None:
    pair = {name: figures(mean, 0.05, n=40) for name, mean in (("expected", (6, 6)), ("perceived", (5, 4)))}
    found = diagnose(GapModel(**pair))
    assert [(row.gap.key, row.rank) for row in found] == [("gap_5", 1)]
    assert str(found.gaps[0].p_largest) == "there is no other gap in the chain"


def test_faces() -> None:
    gaps, causes = drawn(5, 40, PLANTED)
    found = diagnose(model(), causes, units=gaps)
    assert len(found) == 5
    told = json.loads(json.dumps(found.to_dict()))
    assert told["gaps"]["gap"][:2] == ["gap_3", "gap_4"]
    assert told["gaps"]["finding"][0] == "shortfall"
    assert told["text"]["zh"] == found.text("zh")
    assert told["influences"]["reading"] == "gap_causes"
    assert list(found.to_frame()["gap"]) == [row.gap.key for row in found]
    assert "<table>" in found._repr_html_()
    assert found.to_table("causes").columns == found.influences.to_table().columns if found.influences else False
    assert all(isinstance(note, Label) for note in found.notes)
    with pytest.raises(ArgumentError, match="view"):
        found.to_table("dimensions")
    with pytest.raises(ArgumentError, match="no 'gap_9'"):
        found["gap_9"]


def test_refusals() -> None:
    gaps, causes = drawn(1, 10)
    with pytest.raises(GapModelError, match="a UnitGaps; what is diagnosed is a GapModel"):
        diagnose(gaps)  # type: ignore[arg-type]
    with pytest.raises(GapModelError, match=r"a DataFrame; scores of causes by unit are Antecedents.*from_frame"):
        diagnose(model(), causes.to_frame())
    with pytest.raises(GapModelError, match="a GapModel; gaps by unit are UnitGaps"):
        diagnose(model(), causes, units=model())  # type: ignore[arg-type]
    with pytest.raises(GapModelError, match="units: given without antecedents"):
        diagnose(model(), units=gaps)
    with pytest.raises(ArgumentError, match="no 'speeed'"):
        diagnose(model(), dimension="speeed")
    with pytest.raises(GapModelError):
        diagnose(model(), causes)
    with pytest.raises(ArgumentError, match="confidence"):
        diagnose(model(), confidence=2.0)
