"""The study behind the page "Coverage of the intervals": the script runs, and the page quotes what it gives."""

import math
import re
import runpy
from typing import Any

import pytest

from tests.conftest import REPOSITORY

STUDIES = REPOSITORY / "docs" / "studies"
RUNS = 150
SECTIONS = {"The mean gap": 3, "Alpha": 3, "Shares": 2, "Respondents in branches": 3}
"""Section of the page → how many columns tell which row it is."""


@pytest.fixture(scope="module")
def study() -> dict[str, Any]:
    return runpy.run_path(str(STUDIES / "coverage.py"))


def quoted(section: str) -> list[list[str]]:
    """The last table of a section of the page: its head, and its rows."""
    page = (STUDIES / "coverage.md").read_text(encoding="utf-8")
    text = re.split(r"^## ", page.partition(f"## {section}\n")[2], flags=re.MULTILINE)[0]
    lines = [line.strip("| ").split(" | ") for line in text.split("\n") if line.startswith("|")]
    start = max(number for number, line in enumerate(lines) if line[0] == "---") - 1
    return [lines[start], *lines[start + 2 :]]


def told(table: Any) -> list[list[str]]:
    """The same of a table of the script."""
    lines = [line.strip("| ").split(" | ") for line in table.to_markdown().split("\n") if line.startswith("|")]
    return [lines[0], *lines[2:]]


def test_exact_coverage_is_quoted_to_the_digit(study: dict[str, Any]) -> None:
    assert quoted("Shares") == told(study["shares_exactly"]())


@pytest.mark.parametrize(
    ("section", "function"),
    [("The mean gap", "gap_means"), ("Alpha", "alphas"), ("Respondents in branches", "clustered")],
)
def test_a_few_samples_agree_with_the_page(study: dict[str, Any], section: str, function: str) -> None:
    names = SECTIONS[section]
    (head, *rows), (found_head, *found) = quoted(section), told(study[function](RUNS, seed=5))
    assert found_head == head
    assert [row[:names] for row in found] == [row[:names] for row in rows]
    for one, other in zip(rows, found, strict=True):
        for mine, theirs in zip(one[names:], other[names:], strict=True):
            share = float(mine)
            error = math.sqrt(max(share * (1 - share), 0.003) / RUNS)
            assert float(theirs) == pytest.approx(share, abs=5 * error + 0.001), (one, other)


def test_the_same_seed_gives_the_same_figures(study: dict[str, Any]) -> None:
    assert told(study["clustered"](20)) == told(study["clustered"](20))
