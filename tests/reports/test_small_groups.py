"""Pages, briefs and the command do not tell of groups of few people, and say so."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from servqual import Difference, brief, report, simulate, summarize
from servqual.__main__ import main
from servqual.errors import ArgumentError

EXAMPLE = simulate.example()
# branches of the example: Harbour 148, Market 128, Station 124
SUPPRESSED = (
    "suppressed in 1 of 3 groups: numbers that fewer than 126 respondents stand behind, and in 1 more, so that the "
    "total does not give these away"
)


@pytest.mark.parametrize("source", [EXAMPLE, summarize(EXAMPLE, Difference(), by="branch")], ids=["survey", "summary"])
def test_a_brief_suppresses_small_groups_and_says_so(source: Any) -> None:
    made = brief(source, Difference(), by="branch", min_group=126)
    assert made.groups is not None
    shown = {
        branch for branch, mean in zip(made.groups["branch"], made.groups["mean"], strict=True) if mean is not None
    }
    assert shown == {"Harbour"}
    assert made.groups.notes == (SUPPRESSED,)
    assert str(made).endswith(SUPPRESSED)
    assert None not in made.scores["mean"]
    assert made.to_dict()["groups"]["notes"] == [SUPPRESSED]
    lines = [line.split(",") for line in made.to_csv().splitlines()]
    assert lines[0][-1] == "suppressed"
    assert {line[-1] for line in lines[1:] if line[1] in {"Market", "Station"}} == {"True"}
    assert {line[-1] for line in lines[1:] if line[1] not in {"Market", "Station"}} == {"False"}


def test_without_it_a_brief_is_as_before() -> None:
    made = brief(EXAMPLE, by="branch")
    assert made.groups is not None
    assert made.groups.notes == ()
    assert made.to_csv().splitlines()[0].endswith("low,high")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", (SUPPRESSED, "Groups are not compared: fewer than two of branch are large enough to be shown.")),
        ("zh", ("在3组中的1组隐去了受访者不足126人的数值", "没有分组比较：branch中人数足以显示的组不到两个。")),
    ],
)
@pytest.mark.filterwarnings("ignore::servqual.errors.MissingFontWarning")
def test_a_page_suppresses_small_groups_and_says_so(language: str, words: tuple[str, str]) -> None:
    page = report(EXAMPLE, by="branch", min_group=126, language=language)
    section = page.html[page.html.index('id="groups"') :]
    assert all(word in section for word in words)
    row = re.search(r"<tr>(?:(?!</tr>).)*Market.*?</tr>", section, re.DOTALL)
    assert row is not None
    assert not re.search(r"\d", re.sub("<[^>]*>", "", row[0]))
    readings = next(each.readings for each in page.sections if each.key == "groups")
    assert readings["scores"]["columns"]["suppressed"].count(True) == 14


def test_a_page_compares_the_groups_that_are_large_enough() -> None:
    sizes = report(EXAMPLE, by="branch", min_group=124).html
    assert "no group is left out: each has at least 124 respondents" in sizes
    assert "no group is suppressed: at least 124 respondents stand behind each number" in sizes


@pytest.mark.parametrize("make", [brief, report])
def test_a_smallest_group_needs_groups(make: Any) -> None:
    with pytest.raises(ArgumentError) as caught:
        make(EXAMPLE, min_group=10)
    assert str(caught.value) == (
        "min_group: 10; it is the smallest group that is shown, and there are no groups. Hint: name their column: "
        "by='branch'"
    )
    with pytest.raises(ArgumentError, match="min_group: 0; it is the number of respondents that a shown group has"):
        make(EXAMPLE, by="branch", min_group=0)


def test_the_command_takes_it(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["report", "--by", "branch", "--min-group", "126", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["groups"]["columns"]["suppressed"].count(True) == 14
    page = tmp_path / "page.html"
    assert main(["report", "--by", "branch", "--min-group", "126", "--html", str(page)]) == 0
    assert SUPPRESSED in page.read_text(encoding="utf-8")


def test_the_command_says_in_its_own_words_what_is_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "--min-group", "126"]) == 2
    assert capsys.readouterr().err == (
        "servqual: --min-group: 126; it is the smallest group that is shown, and there are no groups. Hint: name their "
        "column: --by branch\n"
    )
    assert main(["report", "--by", "branch", "--min-group", "0"]) == 2
    assert capsys.readouterr().err.endswith("Hint: --min-group 10 is a usual choice\n")
