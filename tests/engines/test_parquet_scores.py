"""Scores on disk are those of `score`, in a file that is whole or not there."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import numpy as np
import pandas as pd
import pytest

from servqual import Difference, PerformanceOnly, Survey, Weighted, score
from servqual.engines.parquet_scores import score_to_parquet
from servqual.errors import BatchError, OutputError, SurveyError
from tests.engines.desk_files import DESK, answers
from tests.engines.routes import frame, skipped_without
from tests.scoring.hall import HALL

arrow = skipped_without("pyarrow", "writing of scores")
parquet = pytest.importorskip("pyarrow.parquet")
ANSWERS = frame()


def in_pieces(size: int) -> Iterator[pd.DataFrame]:
    return (ANSWERS.iloc[start : start + size] for start in range(0, len(ANSWERS), size))


def matrix(path: Path, names: list[str]) -> Any:
    return parquet.read_table(path).to_pandas()[names].to_numpy(np.float64)


def files(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("options", [{}, {"min_answered": 1.0, "overall_items": True}])
def test_scores_on_disk_are_those_in_memory(tmp_path: Path, dtype: Any, options: dict[str, Any]) -> None:
    out = tmp_path / "scores.parquet"
    written = score_to_parquet(in_pieces(70), Difference(), out, instrument=HALL, dtype=dtype, **options)
    expected = score(Survey.from_frame(ANSWERS, HALL), Difference(), dtype=dtype, **options)
    assert written.columns == expected.columns
    assert (written.path, written.rows, written.set_aside) == (out, 600, ())
    np.testing.assert_array_equal(matrix(out, list(expected.columns)), expected.values.astype(float))
    read = parquet.read_table(out)
    assert {str(kind) for kind in read.schema.types} == {"float" if dtype == "float32" else "double"}
    assert read["overall"].null_count == np.isnan(expected.overall).sum() > 0
    assert files(tmp_path) == ["scores.parquet"]


def polars_frame() -> Any:
    return skipped_without("polars", "scores of polars frames").from_pandas(ANSWERS)


@pytest.mark.parametrize(
    "source",
    [lambda: ANSWERS, polars_frame, lambda: polars_frame().lazy(), lambda: arrow.Table.from_pandas(ANSWERS)],
    ids=["pandas", "polars", "lazy", "arrow"],
)
def test_columns_that_are_kept_stand_before_the_scores(tmp_path: Path, source: Any) -> None:
    out = tmp_path / "scores.parquet"
    written = score_to_parquet(source(), PerformanceOnly(), out, instrument=HALL, keep=["id", "branch"], batch_rows=99)
    read = parquet.read_table(out).to_pandas()
    assert tuple(read.columns) == written.columns == ("id", "branch", "speed", "care", "room", "overall")
    assert read["id"].tolist() == list(range(600))
    assert read["branch"].where(read["branch"].notna(), None).tolist() == ANSWERS["branch"].tolist()


def test_files_come_in_and_the_file_says_what_it_holds(tmp_path: Path) -> None:
    for number, part in enumerate(in_pieces(200)):
        part.to_parquet(tmp_path / f"part-{number}.parquet")
    out = tmp_path / "scores.parquet"
    model = Weighted(Difference(), points=(20, 30, 50))
    written = score_to_parquet(str(tmp_path / "part-*.parquet"), model, out, instrument=HALL, keep="wave")
    assert repr(written) == f"<ScoresFile {out}: 600 respondents × 5 columns>"
    told = json.loads(parquet.read_schema(out).metadata[b"servqual"])
    assert (told["instrument"], told["min_answered"], told["overall_items"]) == ("hall", 0.5, False)
    assert "Weighted" in json.dumps(told["model"])


def test_a_file_is_not_overwritten_without_consent(tmp_path: Path) -> None:
    out = tmp_path / "scores.parquet"
    out.write_text("precious", encoding="utf-8")
    with pytest.raises(OutputError, match=r"scores\.parquet: there already; a file is not overwritten.*overwrite=True"):
        score_to_parquet(ANSWERS, Difference(), out, instrument=HALL)
    assert out.read_text(encoding="utf-8") == "precious"
    assert score_to_parquet(ANSWERS, Difference(), out, instrument=HALL, overwrite=True).rows == 600
    assert parquet.read_metadata(out).num_rows == 600


def test_a_file_that_appears_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    out = tmp_path / "scores.parquet"

    def source() -> Iterator[pd.DataFrame]:
        yield ANSWERS
        out.write_text("quicker", encoding="utf-8")

    with pytest.raises(OutputError, match="there already"):
        score_to_parquet(source(), Difference(), out, instrument=HALL)
    assert out.read_text(encoding="utf-8") == "quicker"
    assert files(tmp_path) == ["scores.parquet"]


def test_places_that_cannot_be_written_to_are_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"no folder .*absent"):
        score_to_parquet(ANSWERS, Difference(), tmp_path / "absent" / "scores.parquet", instrument=HALL)
    with pytest.raises(OutputError, match="a folder; what is written is a file"):
        score_to_parquet(ANSWERS, Difference(), tmp_path, instrument=HALL)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"keep": "speed"}, "keep: 'speed'; a score has this name"),
        ({"keep": "brunch"}, "no 'brunch'; what is kept is a column of the data. Hint: did you mean branch"),
    ],
)
def test_columns_that_cannot_be_kept_are_refused(tmp_path: Path, options: dict[str, Any], message: str) -> None:
    with pytest.raises((SurveyError, BatchError), match=message):
        score_to_parquet(ANSWERS, Difference(), tmp_path / "scores.parquet", instrument=HALL, **options)
    assert files(tmp_path) == []


def test_surveys_and_empty_sources_are_refused(tmp_path: Path) -> None:
    out = tmp_path / "scores.parquet"
    with pytest.raises(BatchError, match="scores stand beside columns of a frame"):
        score_to_parquet([Survey.from_frame(ANSWERS, HALL)], Difference(), out, instrument=HALL)
    with pytest.raises(SurveyError, match="no rows"):
        score_to_parquet([ANSWERS.iloc[:0]], Difference(), out, instrument=HALL)
    assert files(tmp_path) == []


def desk(rows: int, seed: int = 0) -> pd.DataFrame:
    return answers(seed, rows).assign(id=range(rows))


def test_a_batch_that_fails_leaves_no_file_and_what_was_there(tmp_path: Path) -> None:
    out = tmp_path / "scores.parquet"
    batches = [desk(50), desk(50).assign(perception_wait=8), desk(50, seed=1)]
    with pytest.raises(BatchError, match=r"batch 1, rows 50\.\.99: column perception_wait") as caught:
        score_to_parquet(batches, Difference(), out, instrument=DESK)
    assert caught.value.done == 50
    assert files(tmp_path) == []
    out.write_text("yesterday", encoding="utf-8")
    with pytest.raises(BatchError):
        score_to_parquet(batches, Difference(), out, instrument=DESK, overwrite=True)
    assert out.read_text(encoding="utf-8") == "yesterday"
    assert files(tmp_path) == ["scores.parquet"]


def test_batches_that_fail_are_set_aside_on_consent(tmp_path: Path) -> None:
    out = tmp_path / "scores.parquet"
    strange = desk(50).assign(id=["a"] * 50)
    batches = [desk(50), desk(50).assign(perception_wait=8), strange, desk(50, seed=1)]
    written = score_to_parquet(batches, Difference(), out, instrument=DESK, keep="id", set_aside_ok=True)
    assert written.rows == parquet.read_metadata(out).num_rows == 100
    assert [(each.place.number, each.rows) for each in written.set_aside] == [(1, 50), (2, 50)]
    assert "off the scale" in written.set_aside[0].reason
    assert repr(written).endswith("; 2 batches set aside>")
    assert written.set_aside_table()["rows"] == (50, 50)
    both = Survey.from_frame(pd.concat([desk(50), desk(50, seed=1)]), DESK)
    np.testing.assert_array_equal(matrix(out, ["overall"])[:, 0], score(both, Difference()).overall.astype(float))


SLOW = """
import sys, time
import numpy as np, pandas as pd
from servqual import Difference, Instrument, Scale
from servqual.engines.parquet_scores import score_to_parquet
desk = Instrument.define("desk", {"speed": ["wait", "queue"], "care": ["tone"]}, scale=Scale.likert(7))
names = [f"{level}_{key}" for level in ("perception", "expectation") for key in desk.item_keys]
def source():
    for number in range(10_000):
        yield pd.DataFrame({name: np.full(20_000, 1 + number % 7, np.int8) for name in names})
        if number == 5:
            print("under way", flush=True)
score_to_parquet(source(), Difference(), sys.argv[1], instrument=desk, overwrite=True)
"""


def test_a_kill_leaves_no_half_file(tmp_path: Path) -> None:
    out = tmp_path / "scores.parquet"
    out.write_text("yesterday", encoding="utf-8")
    run = subprocess.Popen([sys.executable, "-c", SLOW, str(out)], stdout=subprocess.PIPE, text=True)
    try:
        assert run.stdout is not None
        assert run.stdout.readline() == "under way\n"
        until = monotonic() + 60
        while monotonic() < until and not any(each.stat().st_size > 1000 for each in tmp_path.glob(".*.part")):
            sleep(0.01)
    finally:
        os.kill(run.pid, signal.SIGKILL)
        run.communicate()
    assert out.read_text(encoding="utf-8") == "yesterday"
    (left,) = (name for name in files(tmp_path) if name != "scores.parquet")
    assert left.startswith(".scores.parquet.")
    assert left.endswith(".part")
    assert score_to_parquet(desk(10), Difference(), out, instrument=DESK, overwrite=True).rows == 10


FULL = """
import resource, sys
from servqual.errors import OutputError
resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
try:
    exec(sys.stdin.read())
except OutputError as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="sizes of files are limited by resource limits")
def test_a_full_disk_is_reported_and_leaves_nothing(tmp_path: Path) -> None:
    out = tmp_path / "scores.parquet"
    out.write_text("yesterday", encoding="utf-8")
    code = SLOW.replace(
        "np.full(20_000, 1 + number % 7, np.int8)", "np.random.default_rng(number).integers(1, 8, 20_000)"
    )
    run = subprocess.run(
        [sys.executable, "-c", FULL, str(out)], input=code, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    assert f"{out}: " in run.stdout
    assert "the file can be written to its end" in run.stdout
    assert "nothing was left behind" in run.stdout
    assert out.read_text(encoding="utf-8") == "yesterday"
    assert files(tmp_path) == ["scores.parquet"]


@pytest.mark.parametrize("when", ["write_batch", "close"])
def test_a_writer_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, when: str) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(parquet.ParquetWriter, when, fail)
    with pytest.raises(OutputError, match="No space left on device"):
        score_to_parquet(desk(20), Difference(), tmp_path / "scores.parquet", instrument=DESK)
    assert files(tmp_path) == []
