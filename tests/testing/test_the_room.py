"""The room loads nothing before it is entered, and says what to install."""

import subprocess
import sys


def said_by(code: str) -> str:
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    return run.stdout + run.stderr.strip().rpartition("\n")[2]


def test_hypothesis_is_asked_for_by_name() -> None:
    said = said_by("import sys; sys.modules['hypothesis'] = None; import servqual.testing")
    assert said.startswith("servqual.errors.faults.MissingExtraError: hypothesis: not installed")
    assert "pip install 'servqual[testing]'" in said


def test_pytest_is_not_needed_for_verdicts() -> None:
    code = (
        "import sys; sys.modules['pytest'] = None; import servqual as sq; "
        "print(sq.testing.check_scoring_model(sq.PerformanceOnly(), examples=1).passed)"
    )
    assert said_by(code).strip() == "True"
