"""Labels of groups and keys of respondents are of one kind in all batches, or the batch that differs is named."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from servqual import Difference, Survey, summarize
from servqual.engines.one_kind import NUMBERS, TEXTS, key_kind, one_kind
from servqual.engines.partials import Partial, Work
from servqual.engines.recipes import Recipe
from servqual.engines.streaming import summarize_batches
from servqual.errors import BatchError, SurveyError
from tests.engines.desk_files import DESK, answers, write

ROWS = 40
KEYED: dict[str, Any] = {"key": "name", "replicates": 4}


def files(folder: Path, column: str, *labels: Any, text: bool = False) -> Path:
    """A folder of one file for each column of labels."""
    for number, each in enumerate(labels):
        frame = answers(number, ROWS).assign(**{column: each})
        if text:
            frame.to_csv(folder / f"part-{number}.csv", index=False)
        else:
            write(folder / f"part-{number}.parquet", frame)
    return folder


@pytest.mark.parametrize("text", [False, True])
def test_a_branch_is_a_number_in_one_file_and_a_text_in_the_next(tmp_path: Path, *, text: bool) -> None:
    # readers of text take a column for numbers until a file has a word in it
    folder = files(tmp_path, "branch", np.arange(ROWS) % 3, ["2"] * (ROWS - 1) + ["head office"], text=text)
    with pytest.raises(BatchError) as caught:
        summarize_batches(folder, DESK, Difference(), by="branch")
    (problem,) = caught.value.problems
    assert "part-1" in str(problem)
    assert "groups branch: '2', and 2 in other batches; a group has one label in all batches" in str(problem)
    assert (caught.value.done, len(caught.value.summary)) == (ROWS, ROWS)
    partial = summarize_batches(folder, DESK, Difference(), by="branch", set_aside_ok=True)
    assert (len(partial), len(partial.set_aside), len(partial.groups)) == (ROWS, 1, 3)


def test_numbers_and_words_that_cannot_be_taken_for_each_other_are_welcome(tmp_path: Path) -> None:
    folder = files(tmp_path, "branch", [1] * ROWS, ["head office"] * ROWS, [1.0] * ROWS)
    found = summarize_batches(folder, DESK, Difference(), by="branch")
    assert {labels: sums.rows for labels, sums in found.groups.items()} == {(1,): 2 * ROWS, ("head office",): ROWS}


def test_keys_are_numbers_in_one_file_and_texts_in_the_next(tmp_path: Path) -> None:
    folder = files(tmp_path, "name", np.arange(ROWS), [f"a{each}" for each in range(ROWS)], text=True)
    with pytest.raises(
        BatchError, match=r"part-1\.csv.*key: texts, and whole numbers in other batches; keys are whole"
    ):
        summarize_batches(folder, DESK, Difference(), **KEYED)


def test_workers_that_saw_different_kinds_do_not_add_up(tmp_path: Path) -> None:
    for column, options in (("branch", {"by": "branch"}), ("name", KEYED)):
        (tmp_path / column).mkdir()
        folder = files(tmp_path / column, column, np.arange(ROWS), list(map(str, range(ROWS))))
        said: dict[str, Any] = {"by": None, **options}
        work = Work(Recipe.of(DESK, (Difference(),), said.pop("by"), said))
        one, other = (work.of_source(folder / f"part-{number}.parquet") for number in (0, 1))
        for first, second in ((one, other), (other, one)):
            with pytest.raises(SurveyError, match="in other batches"):
                _ = Partial.from_bytes(first.to_bytes(), work.recipe) + second
        assert (one + Partial()).rows == (Partial() + one).rows == ROWS


def test_one_survey_may_have_labels_of_both_kinds() -> None:
    frame = answers(0, 4).assign(branch=pd.Series([1, "1", 2, "x"], dtype=object))
    assert len(summarize(Survey.from_frame(frame, DESK, groups=["branch"]), Difference(), by="branch").groups) == 4
    found = summarize_batches(iter([frame, frame]), DESK, Difference(), by="branch")
    assert {sums.rows for sums in found.groups.values()} == {2}


def test_kinds_of_keys() -> None:
    frame = pd.DataFrame({"a": [1, 2], "b": ["x", "y"], "c": [1.0, 2.0]})
    assert [key_kind(frame, name) for name in ("a", "b", "c", "d", None)] == [NUMBERS, TEXTS, NUMBERS, "", ""]
    assert [one_kind("", TEXTS), one_kind(TEXTS, ""), one_kind(TEXTS, TEXTS), one_kind("", "")] == [TEXTS] * 3 + [""]
