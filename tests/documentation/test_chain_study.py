"""The study behind the page "A chain found again": the script runs, and the page quotes what it gives."""

import re
import runpy
from typing import Any

import pytest

from tests.conftest import REPOSITORY

STUDIES = REPOSITORY / "docs" / "studies"
COMPANIES = 12


@pytest.fixture(scope="module")
def tables() -> dict[str, Any]:
    tables: dict[str, Any] = runpy.run_path(str(STUDIES / "chain_recovery.py"))["recovery"](COMPANIES, seed=5)
    return tables


def quoted(section: str) -> dict[str, list[float]]:
    """Link → truth, ratio, error and coverage, as a section of the page has them."""
    page = (STUDIES / "chain_recovery.md").read_text(encoding="utf-8")
    text = re.split(r"^## ", page.partition(f"## {section}\n")[2], flags=re.MULTILINE)[0]
    lines = [line.strip("| ").split(" | ") for line in text.split("\n") if line.startswith("|")]
    return {name: [float(each) for each in rest] for name, *rest in lines[2:]}


@pytest.mark.parametrize("section", ["Uncorrected", "Corrected"])
def test_a_few_companies_agree_with_the_page(tables: dict[str, Any], section: str) -> None:
    page, found = quoted(section), tables[section.lower()]
    assert list(page) == list(found["link"])
    rows = zip(found["truth"], found["ratio"], found["error"], strict=True)
    for (truth, ratio, error), (true, expected, known, _) in zip(rows, page.values(), strict=True):
        assert truth == pytest.approx(true, abs=0.0006)
        assert ratio == pytest.approx(expected, abs=5 * max(error, known * (500 / COMPANIES) ** 0.5))


def test_the_correction_undoes_the_attenuation(tables: dict[str, Any]) -> None:
    whole = {kind: table["ratio"][-1] for kind, table in tables.items()}
    assert whole["uncorrected"] < 0.5 < whole["corrected"]
