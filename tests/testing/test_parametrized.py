"""`parametrize_with_checks` makes one test of each model and law, and hides none."""

import subprocess
import sys
from typing import Any

import pytest

from servqual import Difference, EvaluatedPerformance, Scale
from servqual.errors import ModelError
from servqual.testing import LAWS, LawBroken, UnknownLawError, parametrize_with_checks
from tests.conftest import REPOSITORY
from tests.testing import planted


def made_for(*models: Any, **options: Any) -> dict[str, Any]:
    quick: dict[str, Any] = {"scales": [Scale.likert(7)], "examples": 5} | options
    mark = parametrize_with_checks(models, **quick).mark
    assert mark.args[0] == ("model", "law")
    return {parameters.id: parameters for parameters in mark.args[1]}


def test_there_is_a_test_for_each_law_and_one_for_their_number() -> None:
    tests = made_for(Difference(), EvaluatedPerformance(), EvaluatedPerformance(ideal=5))
    assert len(tests) == 3 * (len(LAWS) + 1)
    assert "Difference-scores_lie_within_bounds" in tests
    assert "EvaluatedPerformance#2-scores_lie_within_bounds" in tests
    assert "Difference-weights_fit_and_are_not_negative (not applicable: it has no weights)" in tests
    assert "EvaluatedPerformance-count: 16 laws run, 3 of them not applicable" in tests


def test_each_test_runs_its_law() -> None:
    for name, test in made_for(planted.OutOfBounds()).items():
        model, law = test.values
        if name == "OutOfBounds-scores_lie_within_bounds":
            with pytest.raises(LawBroken, match=r"outside -6\.\.6; on 1\.\.7"):
                law(model)
        else:
            law(model)


def test_what_is_wrong_is_told_while_tests_are_collected() -> None:
    with pytest.raises(ModelError, match="pass an instance"):
        made_for(Difference)
    with pytest.raises(UnknownLawError, match="no such law"):
        made_for(Difference(), expected_failures=lambda _: {"gravity": "it is heavy"})


FILE = """
from servqual import Scale
from servqual.testing import parametrize_with_checks
from tests.testing.planted import LogRatio, Narrow, OutOfBounds

NARROW = {"scores_have_the_shape_of_the_answers": "float32 is enough here"}
SEVEN = [Scale.likert(7)]


@parametrize_with_checks([LogRatio()], examples=2)
def test_mine(model, law):
    law(model)


@parametrize_with_checks([Narrow()], expected_failures=lambda _: NARROW, scales=SEVEN, examples=2)
def test_narrow(model, law):
    law(model)


@parametrize_with_checks([LogRatio()], expected_failures=lambda _: NARROW, scales=SEVEN, examples=2)
def test_strict(model, law):
    law(model)


@parametrize_with_checks([OutOfBounds()], scales=SEVEN, examples=8)
def test_broken(model, law):
    law(model)
"""


def test_pytest_tells_of_every_law(tmp_path: Any) -> None:
    file = tmp_path / "test_mine.py"
    file.write_text(FILE, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-rA", "-p", "no:cacheprovider", f"--rootdir={tmp_path}", file]
    run = subprocess.run(command, capture_output=True, text=True, check=False, cwd=REPOSITORY)
    told = run.stdout.splitlines()
    assert told[-1].startswith("2 failed, 65 passed, 1 xfailed"), run.stdout + run.stderr
    summary = "\n".join(line for line in told if line.startswith(("FAILED", "XFAIL")))
    assert "test_narrow[Narrow-scores_have_the_shape_of_the_answers (expected failure)] - float32 is enough" in summary
    assert "test_strict[LogRatio-scores_have_the_shape_of_the_answers (expected failure)]" in summary
    assert "test_broken[OutOfBounds-scores_lie_within_bounds]" in summary
