"""Every reason that a reading can give is there in Chinese, and every translation is of a reason that is given."""

import re

import numpy as np
import pytest

from servqual import Instrument, Label, Scale, Survey, compare_groups, gap_tests, reliability, validity
from servqual.quality.reason_words import PARTS, REASONS
from servqual.quality.reasons import reason_label, why
from servqual.statistics import Inapplicable
from tests.quality.reason_literals import SAMPLE, reachable, reasons_in

GIVEN = {reason: name for name in reachable() for reason in sorted(reasons_in(name))}
CHINESE = re.compile("[\u4e00-\u9fff]")


def test_reasons_are_found_in_all_manners_of_giving_them() -> None:
    """One of each: plain, in a case, with names, in a constant, as an option, of a rank test, from statistics."""
    assert {
        "the difference does not vary",
        "a group that does not vary",
        "groups without variation: 7, 7",
        "fewer than two clusters",
        "fewer than two answers",
        "no difference other than 0",
        f"at least {SAMPLE} items are needed, and there {SAMPLE}",
    } <= set(GIVEN)
    assert "servqual.statistics.intraclass" not in reachable()


@pytest.mark.parametrize("reason", sorted(GIVEN))
def test_every_reason_is_there_in_chinese(reason: str) -> None:
    label = reason_label(reason)
    assert label.en == reason
    assert CHINESE.search(label.zh), f"{GIVEN[reason]}: put it into servqual/quality/reason_words.py"
    assert "{" not in label.zh


@pytest.mark.parametrize("reason", REASONS)
def test_every_translation_is_of_a_reason_that_is_given(reason: str) -> None:
    pattern = re.compile(re.escape(reason).replace(r"\{\}", ".+") + "(: .*)?")
    assert any(map(pattern.fullmatch, GIVEN))
    braces = reason.count("{}")
    assert {int(place) for place in re.findall(r"\{(\d)\}", REASONS[reason])} <= set(range(braces))


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("no answers", "没有回答"),
        ("groups of one answer: north, 7", "只有一个回答的组：north, 7"),
        ("at least 3 items are needed, and there are 2", "至少需要3个题项，而这里有2个"),
        ("at least 2 items are needed, and there is one", "至少需要2个题项，而这里只有1个"),
        ("at least 2 groups are needed, and there are none", "至少需要2组，而这里一个也没有"),
        ("4 respondents are too few for a test of 6 items", "4名受访者不足以检验6个题项"),
        ("4 respondents are too few for 6 items", "4名受访者相对于6个题项太少"),
        ("there is no variance of: criterion, standard", "没有变异：效标、标准"),
        (
            "at least 8 respondents with a criterion and answers are needed, not 3",
            "至少需要8名既有效标又有回答的受访者，现有3名",
        ),
        ("no variation: all answers compared are equal", "没有变异：所比较的回答全部相同"),
        ("parallel analysis finds 9 factors, which is too many (2 problems)", "平行分析得出9个因子，过多"),
    ],
)
def test_what_differs_from_case_to_case_is_carried_over(english: str, chinese: str) -> None:
    assert reason_label(english) == Label(english, chinese)


def test_a_reason_of_somebody_elses_stays_in_english() -> None:
    assert reason_label("my own: reason") == Label("my own: reason")
    assert reason_label("my own: reason").text("zh") == "my own: reason"


def test_names_of_what_is_to_blame_stand_behind() -> None:
    found = why(Inapplicable("some loadings are missing", [1, 0, 9]), ["a", "b"])
    assert found == Label("some loadings are missing (b, a)", "缺少部分载荷（b, a）")
    assert why(Inapplicable("no answers"), ["a"]) == Label("no answers", "没有回答")


def test_parts_are_words_that_reasons_can_hold() -> None:
    assert all(CHINESE.search(chinese) for chinese in PARTS.values())


DESK = Instrument.define(
    "desk",
    {"speed": ["a", "b"], "care": ["c"]},
    scale=Scale.likert(7),
)


def test_notes_of_readings_give_reasons_in_the_language_of_the_table() -> None:
    rng = np.random.default_rng(3)
    seen = rng.integers(1, 8, (20, 3))
    survey = Survey.from_arrays(
        DESK, perception=seen, expectation=np.full((20, 3), 6), groups={"branch": [*"ab" * 9, "c", None]}
    )
    tables = {
        "没有care（实际感知到的）、care（期望的）": reliability(survey).to_table("zh"),
        "care无AVE：至少需要2个题项，而这里只有1个": validity(survey).to_table("zh"),
        "不适用，drm：两个水平之一没有变异": gap_tests(survey).to_table("scores", language="zh"),
        "p_adjusted：只有一个回答的组：c": compare_groups(survey, "branch").to_table(rows="scores", language="zh"),
    }
    for wanted, table in tables.items():
        told = "\n".join(table.notes)
        assert wanted in told, told
        assert not re.search("[a-z]{3,} [a-z]{3,}", told.replace("gap_models", ""))
