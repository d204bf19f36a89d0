"""The import contracts are kept, and each of them can be broken."""

import os
import subprocess
import sys
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest

from tests.conftest import REPOSITORY

LINT = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True, no_logo=True))"


def lint(folder: Path) -> tuple[bool, str]:
    """Check the contracts on the package `servqual` in the folder; return whether they hold, and the report."""
    run = subprocess.run(
        [sys.executable, "-c", LINT],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    return run.returncode == 0, run.stdout + run.stderr


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of the package beside a copy of its contracts, to be tampered with."""
    copytree(REPOSITORY / "src" / "servqual", tmp_path / "servqual", ignore=ignore_patterns("__pycache__"))
    (tmp_path / "pyproject.toml").write_bytes((REPOSITORY / "pyproject.toml").read_bytes())
    return tmp_path


def test_the_contracts_are_kept(house: Path) -> None:
    kept, report = lint(house)
    assert kept, report
    assert "0 broken" in report


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("labels.py", "from servqual.survey import Survey", "Imports run downwards only"),
        ("labels.py", "def late():\n    from servqual import scoring", "Imports run downwards only"),
        ("zones.py", "from servqual import catalogue", "Imports run downwards only"),
        ("errors/problems.py", "from servqual import Scale", "Imports run downwards only"),
        ("homeless.py", "ROOMS = 0", "Imports run downwards only"),
        ("scoring/planted.py", "def late():\n    import statsmodels.api", "statsmodels enters by"),
        ("tables.py", "import pandas as pd", "pandas enters by"),
        ("reports/planted.py", "from matplotlib import pyplot", "matplotlib enters by"),
        ("simulate/planted.py", "import hypothesis", "hypothesis enters by"),
        ("scoring/planted.py", "from scipy import stats", "scipy stays below"),
        ("survey.py", "import dask.dataframe", "dask and pyspark enter by"),
        ("reports/planted.py", "import pyspark", "dask and pyspark enter by"),
    ],
)
def test_a_planted_violation_is_found(house: Path, module: str, line: str, contract: str) -> None:
    with (house / "servqual" / module).open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")
    kept, report = lint(house)
    assert not kept
    broken = [row for row in report.splitlines() if " BROKEN" in row]
    assert [row for row in broken if contract in row], report


@pytest.mark.parametrize("wing", ["chain", "quality"])
def test_a_planned_room_has_its_floor(house: Path, wing: str) -> None:
    (house / "servqual" / f"{wing}.py").write_text("from servqual import statistics\n", encoding="utf-8")
    kept, report = lint(house)
    assert kept, report


def test_wings_do_not_see_each_other(house: Path) -> None:
    (house / "servqual" / "chain.py").write_text("from servqual import quality\n", encoding="utf-8")
    (house / "servqual" / "quality.py").write_text("", encoding="utf-8")
    kept, report = lint(house)
    assert not kept
    assert "servqual.chain is not allowed to import servqual.quality" in report
