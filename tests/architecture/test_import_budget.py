"""`import servqual` and first words load no heavy guest."""

import subprocess
import sys

import pytest

HEAVY = (
    "dask",
    "duckdb",
    "hypothesis",
    "matplotlib",
    "pandas",
    "polars",
    "pyarrow",
    "pyspark",
    "pytest",
    "scipy.stats",
    "statsmodels",
)


def loaded_after(code: str) -> list[str]:
    """Which heavy modules a fresh interpreter holds after the code."""
    ask = f"import sys; print(*[name for name in {HEAVY!r} if name in sys.modules])"
    run = subprocess.run([sys.executable, "-c", f"{code}\n{ask}"], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return run.stdout.split()


@pytest.mark.parametrize(
    "code",
    [
        "import servqual",
        "import servqual; dir(servqual)",
        "import servqual; servqual.Scale.likert(7)",
        "from servqual import Instrument, Level, Label",
    ],
)
def test_no_heavy_guest_comes_along(code: str) -> None:
    assert loaded_after(code) == []


def test_the_budget_can_be_exceeded() -> None:
    assert "scipy.stats" in loaded_after("import scipy.stats")
