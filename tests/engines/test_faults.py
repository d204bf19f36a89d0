"""Batches that fail are named by file, row group, column and rule; nothing is lost, nothing counted twice."""

import pickle
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from servqual import Difference, Instrument, Scale, Survey
from servqual.engines.faults import SetAside
from servqual.engines.places import Place
from servqual.engines.sources import batches
from servqual.engines.streaming import summarize_batches, surveys
from servqual.errors import BatchError, FileFormatError, SurveyError, SurveyFileError
from tests.engines.desk_files import (
    DESK,
    GROUP,
    NAMES,
    ROWS,
    answers,
    arrow,
    damage,
    three_files,
    truncate,
    whole,
    write,
)
from tests.engines.routes import same_sums


def stopped(source: Any, **options: Any) -> BatchError:
    with pytest.raises(BatchError) as caught:
        summarize_batches(source, DESK, Difference(), **options)
    return caught.value


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three files of answers."""
    return three_files(tmp_path)


def test_a_truncated_file_is_named_and_what_came_before_is_at_hand(folder: Path) -> None:
    truncate(folder / "part-1.parquet")
    error = stopped(folder)
    assert f"{folder}/part-1.parquet: " in str(error)
    assert "Parquet magic bytes not found" in str(error)
    assert "a .parquet file that can be read" in str(error)
    assert "3000 rows were summarised before: error.summary." in error.remark
    assert "set_aside_ok=True" in error.remark
    assert error.done == ROWS
    same_sums(error.summary, whole(answers(0)))


def test_a_truncated_file_is_set_aside_on_consent(folder: Path) -> None:
    truncate(folder / "part-1.parquet")
    found = summarize_batches(folder, DESK, Difference(), set_aside_ok=True)
    same_sums(found, whole(answers(0), answers(2)))
    (left,) = found.set_aside
    assert left.place.file == str(folder / "part-1.parquet")
    assert left.rows is None
    assert "Parquet magic bytes not found" in left.reason
    assert found.table().notes[-1] == "1 batch was set aside, with rows uncounted: see set_aside"


def test_an_empty_file_is_named(folder: Path) -> None:
    (folder / "part-0.parquet").write_bytes(b"")
    error = stopped(folder)
    assert f"{folder}/part-0.parquet: the file is empty" in str(error)
    assert (error.summary, error.done) == (None, 0)


@pytest.mark.parametrize("batch_rows", [100, 500, 900, 262_144])
def test_a_damaged_row_group_is_named_with_its_column(folder: Path, batch_rows: int) -> None:
    damage(folder / "part-1.parquet", group=3, column=4)
    error = stopped(folder, batch_rows=batch_rows)
    place = f"{folder}/part-1.parquet, row group 3, rows 1500..1999: column {NAMES[4]}: "
    assert str(error.problems[0]).startswith(place)
    assert "every row can be read" in str(error)
    assert error.done == ROWS + 1500
    same_sums(error.summary, whole(answers(0), answers(1).iloc[:1500]))


@pytest.mark.parametrize("batch_rows", [100, 500, 900, 262_144])
def test_only_the_damaged_row_group_is_set_aside(folder: Path, batch_rows: int) -> None:
    damage(folder / "part-1.parquet", group=3, column=0)
    damage(folder / "part-2.parquet", group=5, column=1)
    found = summarize_batches(folder, DESK, Difference(), set_aside_ok=True, batch_rows=batch_rows)
    same_sums(found, whole(answers(0), answers(1).drop(index=range(1500, 2000)), answers(2).iloc[:2500]))
    assert [(each.place.row_group, each.place.first, each.rows) for each in found.set_aside] == [
        (3, 1500, 500),
        (5, 2500, 500),
    ]
    assert len(found) + sum(each.rows or 0 for each in found.set_aside) == 3 * ROWS
    numbers = [each.place.number for each in found.set_aside]
    assert sorted(set(numbers)) == numbers


def test_a_row_group_read_in_pieces_is_left_from_the_damage_on(tmp_path: Path) -> None:
    path = write(tmp_path / "huge.parquet", answers(), group=ROWS)
    damage(path, group=0, column=2)
    error = stopped(path, batch_rows=100)
    assert f"{path}, row group 0, rows 0..2999: column {NAMES[2]}" in str(error)
    with pytest.raises(BatchError, match="all 1 batches set aside"):
        summarize_batches(path, DESK, batch_rows=100, set_aside_ok=True)


def test_a_column_that_goes_missing_midway_is_named(folder: Path) -> None:
    write(folder / "part-2.parquet", answers(2).rename(columns={"perception_tone": "perception_tune"}))
    error = stopped(folder)
    assert f"{folder}/part-2.parquet, row groups 0..5, rows 0..2999: perception" in str(error)
    assert "no column 'perception_tone'" in str(error)
    assert "did you mean perception_tune" in str(error)
    assert error.done == 2 * ROWS
    same_sums(error.summary, whole(answers(0), answers(1)))


def test_a_column_that_becomes_text_midway_is_named(folder: Path) -> None:
    write(folder / "part-1.parquet", answers(1).astype({"expectation_wait": str}).replace("3", "three"))
    error = stopped(folder, batch_rows=GROUP)
    assert "part-1.parquet, row group 0, rows 0..499: column expectation_wait" in str(error)
    assert "answers are numbers" in str(error)
    assert "Rows are counted" not in error.remark
    for batch_rows, left in ((GROUP, [500] * 6), (ROWS, [ROWS])):
        found = summarize_batches(folder, DESK, Difference(), set_aside_ok=True, batch_rows=batch_rows)
        same_sums(found, whole(answers(0), answers(2)))
        assert [each.rows for each in found.set_aside] == left


def test_answers_off_the_scale_are_named_by_file_row_group_row_and_column(folder: Path) -> None:
    wrong = answers(1)
    wrong.loc[1207, "perception_queue"] = 9
    write(folder / "part-1.parquet", wrong)
    error = stopped(folder, batch_rows=GROUP)
    assert f"{folder}/part-1.parquet, row group 2, rows 1000..1499: column perception_queue" in str(error)
    assert "1 answer off the scale: row 207 = 9" in str(error)
    assert "Rows are counted from 0 in the batch." in error.remark
    assert error.done == ROWS + 1000
    assert len(summarize_batches(folder, DESK, missing=9)) == 3 * ROWS
    found = summarize_batches(folder, DESK, Difference(), set_aside_ok=True, batch_rows=GROUP)
    same_sums(found, whole(answers(0), answers(1).drop(index=range(1000, 1500)), answers(2)))


def test_a_text_file_is_left_from_the_damage_on(tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    answers(rows=50).to_csv(path, index=False)
    path.write_text(path.read_text(encoding="utf-8") + "1,2,three,4,5,6\n", encoding="utf-8")
    error = stopped([path])
    assert str(path) in str(error)
    assert "invalid value 'three'" in str(error)


def test_a_source_that_fails_by_itself_leaves_what_came_before() -> None:
    def source() -> Iterator[pd.DataFrame]:
        yield answers(0)
        yield answers(1)
        raise RuntimeError("the connection is gone")

    for consent in (False, True):
        error = stopped(source(), set_aside_ok=consent)
        assert str(error).startswith("batch 2, from row 6000 on: the connection is gone; every batch can be read.")
        assert error.done == 2 * ROWS
        same_sums(error.summary, whole(answers(0), answers(1)))
        assert isinstance(error.__cause__, RuntimeError)


def test_batches_of_another_kind_are_refused_where_they_come() -> None:
    other = Instrument.define("other", {"speed": ["wait"]}, scale=Scale.likert(5))
    source = [answers(0), Survey.from_arrays(other, perception=[[3]], expectation=[[4]])]
    error = stopped(source)
    assert "batch 1" in str(error)
    assert error.done == ROWS


def test_where_all_batches_fail_it_is_not_the_batches() -> None:
    with pytest.raises(BatchError, match="all 2 batches set aside; some batch makes a survey") as caught:
        summarize_batches([answers(0), answers(1)], DESK, set_aside_ok=True, perception="P{n}")
    assert "no column" in str(caught.value)


def test_surveys_stop_at_the_batch_that_fails(folder: Path) -> None:
    damage(folder / "part-0.parquet", group=1, column=0)
    found = surveys(folder, DESK, batch_rows=GROUP)
    assert len(next(found)) == 500
    with pytest.raises(BatchError, match="row group 1") as caught:
        next(found)
    assert caught.value.done == 500
    with pytest.raises(BatchError, match="row group 1"):
        list(batches(folder, batch_rows=GROUP))


@pytest.mark.parametrize(
    ("name", "content", "kind", "message"),
    [
        ("nothing", None, SurveyFileError, "no files; it names files of answers"),
        ("report.pdf", b"%PDF", FileFormatError, "files of type .pdf; files that are read in batches are .parquet"),
        ("notes.csv", b"a,b\n1,2\n", FileFormatError, "files of Parquet and text; all files are of one type"),
    ],
)
def test_folders_that_are_not_answers_are_refused(
    tmp_path: Path, name: str, content: bytes | None, kind: type[Exception], message: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
        write(tmp_path / "answers.parquet", answers(rows=5))
    with pytest.raises(kind, match=message):
        summarize_batches(tmp_path, DESK)


def test_files_that_are_not_there_are_refused(folder: Path) -> None:
    with pytest.raises(SurveyFileError, match=r"did you mean part-1\.parquet"):
        summarize_batches(folder / "part1.parquet", DESK)
    with pytest.raises(SurveyFileError, match="there is no folder"):
        summarize_batches(folder / "more" / "part.parquet", DESK)
    with pytest.raises(SurveyFileError, match="no files"):
        summarize_batches(folder / "share-*.parquet", DESK)
    (folder / "answers.sav").touch()
    with pytest.raises(FileFormatError, match="sum the summaries of surveys from read_survey"):
        summarize_batches(folder / "answers.sav", DESK)


def test_an_error_travels_with_what_it_carries(folder: Path) -> None:
    truncate(folder / "part-1.parquet")
    error = stopped(folder)
    carried = pickle.loads(pickle.dumps(error))  # noqa: S301 - made on this line
    assert (str(carried), carried.done, len(carried.summary)) == (str(error), ROWS, ROWS)


def test_places_and_notes_are_plain_values() -> None:
    left = SetAside(Place(3, "a.parquet", 2, 100, 50), "why")
    assert SetAside.from_dict(left.to_dict()) == left
    assert str(left.place) == "a.parquet, row group 2, rows 100..149"
    assert str(Place(4)) == "batch 4"
    with pytest.raises(SurveyError, match="no column 'P1'"):
        list(batches(arrow.table({"P2": [1]}), ["P1"]))


def test_a_source_that_fails_cannot_be_set_aside() -> None:
    def rows() -> Iterator[Any]:
        yield answers(0)
        raise ConnectionError("the line went dead")

    with pytest.raises(BatchError, match="batch 1, from row 3000 on: the line went dead") as caught:
        summarize_batches(rows(), DESK, Difference(), set_aside_ok=True)
    assert caught.value.remark == "3000 rows were summarised before: error.summary."


def test_a_lazy_frame_that_cannot_be_read_is_told_as_a_batch(tmp_path: Path) -> None:
    polars = pytest.importorskip("polars")
    assert "batch 0: No such file" in str(stopped(polars.scan_parquet(tmp_path / "none.parquet")))
