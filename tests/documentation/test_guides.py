"""The guide pages: every cell of code runs, in order, and says what the page promises."""

import contextlib
import functools
import io
import re
import warnings
from pathlib import Path
from typing import Any

import matplotlib as mpl
import pytest
from matplotlib import pyplot as plt

from tests.conftest import REPOSITORY

GUIDES = REPOSITORY / "docs" / "guides"
PAGES = sorted(page.stem for page in GUIDES.glob("*.md") if page.stem != "index")
CELL = re.compile(r"^```\{code-cell\} ipython3\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@functools.cache
def run(page: Path) -> str:
    """Run the cells of a page one after another, and return what they print."""
    said, names = io.StringIO(), dict[str, Any]({"__name__": "guide"})
    before = mpl.get_backend()
    plt.switch_backend("Agg")
    with warnings.catch_warnings(), contextlib.redirect_stdout(said):
        warnings.simplefilter("error")
        for number, cell in enumerate(CELL.findall(page.read_text(encoding="utf-8")), start=1):
            exec(compile(cell, f"{page.name}, cell {number}", "exec"), names)  # noqa: S102 - our own pages
    plt.close("all")
    plt.switch_backend(before)
    return said.getvalue()


@pytest.mark.parametrize("page", PAGES)
def test_every_cell_of_a_guide_runs(page: str) -> None:
    assert CELL.findall((GUIDES / f"{page}.md").read_text(encoding="utf-8"))
    run(GUIDES / f"{page}.md")


def test_every_guide_is_in_the_table_of_contents() -> None:
    index = (GUIDES / "index.md").read_text(encoding="utf-8")
    toctree = re.search(r"```\{toctree\}\n(.*?)```", index, re.DOTALL)
    assert toctree
    assert sorted(line for line in toctree[1].split("\n") if line and not line.startswith(":")) == PAGES


def number(text: str, label: str) -> float:
    """The first number after a label."""
    found = re.search(rf"{re.escape(label)}\s*(-?\d+\.\d+)", text)
    assert found, label
    return float(found[1])


def test_the_pitfalls_show_wrong_numbers_that_are_wrong_and_right_ones_that_are_right() -> None:
    said = run(GUIDES / "pitfalls.md")
    truth = number(said, "truth, squared correlation with the true gap:")
    assert number(said, "right, of the gap by Johns' formula:") == pytest.approx(truth, abs=0.02)
    assert number(said, "wrong, alpha of all eight answers:") > truth + 0.15
    assert number(said, "empty cells as zero (wrong):") < number(said, "gaps of those who answered both:")
    unpaired, paired = (float(p) for p in re.findall(r"p = (0\.\d{4})", said)[:2])
    assert paired < 0.05 < unpaired

    sizes = re.search(r"^size +(.+)$", said, re.MULTILINE)
    assert sizes
    assert {float(size) for size in sizes[1].split()} == {4.0}  # the smallest branches hold both ends of the ranking
