"""``report`` on a folder or a pattern says what it says of all answers in one file."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from servqual.__main__ import main

COLUMNS = ["--perception", "P{n:02d}", "--expectation", "E{n:02d}", "--by", "branch"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three files of answers in a folder, and all of them in one file beside it."""
    rng = np.random.default_rng(0)
    inside = tmp_path / "answers"
    inside.mkdir()
    parts = []
    for number in range(3):
        part = pd.DataFrame({f"{letter}{n:02d}": rng.integers(1, 8, 200) for letter in "PE" for n in range(1, 23)})
        parts.append(part.mask(rng.random(part.shape) < 0.02).assign(branch=rng.choice(["north", "south"], 200)))
        parts[-1].to_parquet(inside / f"part-{number}.parquet")
    pd.concat(parts).to_parquet(tmp_path / "whole.parquet")
    return inside


@pytest.mark.parametrize("form", ["text", "json", "csv"])
def test_folders_and_patterns_say_what_one_file_says(
    folder: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    told = []
    for file in (folder.parent / "whole.parquet", folder, folder / "part-*.parquet"):
        assert main(["report", str(file), *COLUMNS, "--format", form]) == 0
        told.append(capsys.readouterr().out)
    assert told[1] == told[2]
    if form == "text":
        assert told[0] == told[1]
    assert len(told[0].splitlines()) == len(told[1].splitlines())


@pytest.mark.parametrize(
    ("extra", "message"),
    [
        (["--html", "page.html"], "--html: page.html; the files of a folder or a pattern are summed batch by batch"),
        (["--where", "branch=north"], "--where: ['branch=north']"),
    ],
)
def test_what_needs_all_answers_at_once_is_refused(
    folder: Path, capsys: pytest.CaptureFixture[str], extra: list[str], message: str
) -> None:
    assert main(["report", str(folder), *COLUMNS, *extra]) == 2
    assert message in capsys.readouterr().err


def test_a_batch_that_fails_is_named_in_the_language_of_the_command(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = pd.read_parquet(folder / "part-1.parquet")
    whole.loc[7, "P03"] = 9
    whole.to_parquet(folder / "part-1.parquet")
    assert main(["report", str(folder), *COLUMNS]) == 2
    said = capsys.readouterr().err
    assert f"{folder}/part-1.parquet, row group 0, rows 0..199: column P03" in said
    assert "--missing 9" in said
    assert "set_aside_ok" not in said
    assert main(["report", str(folder), *COLUMNS, "--missing", "9"]) == 0
