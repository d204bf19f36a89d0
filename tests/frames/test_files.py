"""Tables in files: text, Excel, Parquet, and everything that can be wrong with a file."""

import sys
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pandas as pd
import pyarrow as pa
import pytest
from pyarrow import parquet

from servqual._frames import backend_of, factorised, numbers, opened, read_table
from servqual.errors import FileFormatError, MissingExtraError, ServqualError, SurveyError, SurveyFileError

CHINESE = "性别,分店,感知1\n男,北京,7\n女,上海,\n女,北京,5\n"


def written(folder: Path, name: str, content: str | bytes, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def refused(path: Path, **options: Any) -> str:
    with pytest.raises(FileFormatError) as caught:
        read_table(path, **options)
    assert isinstance(caught.value, ValueError)
    return str(caught.value)


@pytest.mark.parametrize(
    ("name", "separator"),
    [("a.csv", ","), ("a.csv", ";"), ("a.CSV", "\t"), ("a.txt", "\t"), ("a.txt", ","), ("a.tsv", "\t")],
)
def test_text_is_read_whatever_separates_its_columns(tmp_path: Path, name: str, separator: str) -> None:
    lines = ["id|P01|share|branch", '1|7|0.5|"north, east; far"', "2||0.25|NA", "3|5||None"]
    frame, notes = read_table(written(tmp_path, name, "\n".join(lines).replace("|", separator)))
    table = opened(frame)
    assert table.columns == ["id", "P01", "share", "branch"]
    assert numbers(table, "id").dtype == np.int64
    np.testing.assert_array_equal(numbers(table, "P01"), [7, np.nan, 5])
    np.testing.assert_array_equal(numbers(table, "share"), [0.5, 0.25, np.nan])
    assert numbers(table, "branch").tolist() == ["north, east; far", None, "None"]
    assert (dict(notes.missing), dict(notes.value_labels)) == ({}, {})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_chinese_text_is_read_in_its_encoding(tmp_path: Path, encoding: str) -> None:
    path = written(tmp_path, "问卷.csv", CHINESE, encoding)
    frame, _ = read_table(path, encoding=encoding)
    table = opened(frame)
    assert table.columns == ["性别", "分店", "感知1"]
    assert factorised(table, "分店")[1] == ("上海", "北京")
    np.testing.assert_array_equal(numbers(table, "感知1"), [7, np.nan, 5])


def test_the_mark_at_the_start_of_a_spreadsheet_export_is_no_part_of_a_name(tmp_path: Path) -> None:
    frame, _ = read_table(written(tmp_path, "a.csv", "id,P01\n1,7\n", "utf-8-sig"), encoding="utf-8")
    assert opened(frame).columns == ["id", "P01"]


def test_a_wrong_encoding_is_answered_with_what_others_would_read(tmp_path: Path) -> None:
    message = refused(written(tmp_path, "a.csv", CHINESE, "gbk"))
    assert "byte 0xd0 at position 0 is not utf-8;" in message
    assert "Hint: pass the one that reads words: encoding='gbk' or 'gb18030' reads '性别,分店,感知1" in message
    assert "; encoding='cp1252' or 'latin-1' reads 'ÐÔ" in message


def test_a_wrong_byte_far_into_the_file_is_found(tmp_path: Path) -> None:
    text = "id,branch\n" + "1,north\n" * 20_000 + "2,中央\n"
    message = refused(written(tmp_path, "a.csv", text, "gbk"))
    assert f"at position {len(text) - 3} is not utf-8" in message
    assert "encoding='gbk' or 'gb18030' reads '" in message
    assert "1,north 2,中央'" in message


def test_other_encodings_are_recognised(tmp_path: Path) -> None:
    assert "encoding='utf-16' reads '性别" in refused(written(tmp_path, "a.csv", CHINESE, "utf-16"))
    assert "encoding='utf-8-sig' reads '性别" in refused(
        written(tmp_path, "b.csv", CHINESE + "女,西安,3\n"), encoding="ascii"
    )
    assert "not utf-16 text" in refused(written(tmp_path, "c.csv", "id\n12\n"), encoding="utf-16")
    assert "'utf9'; the name of an encoding" in refused(written(tmp_path, "d.csv", "id\n1\n"), encoding="utf9")


@pytest.mark.parametrize("content", ["", "\n\n", "\ufeff", "id,P01\n"])
def test_a_file_without_answers_is_refused(tmp_path: Path, content: str) -> None:
    assert str(tmp_path) in refused(written(tmp_path, "a.csv", content))


def test_rows_longer_than_the_header_are_refused(tmp_path: Path) -> None:
    assert "3 fields; the header names 2 columns" in refused(written(tmp_path, "a.csv", "id,P01\n1,7,5\n"))
    assert "Expected 2 fields in line 3, saw 3" in refused(written(tmp_path, "b.csv", "id,P01\n1,7\n2,7,5\n"))


def test_columns_that_share_a_name_are_not_renamed_in_silence(tmp_path: Path) -> None:
    with pytest.raises(SurveyError, match="column P01: 2 columns of this name"):
        read_table(written(tmp_path, "a.csv", "P01,P02,P01,,\n1,2,3,,\n"))
    book = openpyxl.Workbook()
    for row in (["P01", "P02", "P01"], [1, 2, 3]):
        book.worksheets[0].append(row)
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(SurveyError, match="column P01: 2 columns of this name"):
        read_table(tmp_path / "a.xlsx")


def test_a_sheet_is_read_by_name_or_position(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with pd.ExcelWriter(path) as book:
        pd.DataFrame({"id": [0]}).to_excel(book, sheet_name="说明", index=False)
        answers = pd.DataFrame({"分店": ["北京", None], 1: [7, 5], "P02": [6.5, None], "note": ["None", "NA"]})
        answers.to_excel(book, sheet_name="问卷", index=False)
    for sheet in ("问卷", 1):
        frame, _ = read_table(path, sheet=sheet)
        assert backend_of(frame) == "pandas"
        assert list(frame) == ["分店", "1", "P02", "note"]
        assert numbers(opened(frame), "1").tolist() == [7, 5]
        assert numbers(opened(frame), "note").tolist() == ["None", None]
    assert opened(read_table(path)[0]).columns == ["id"]
    assert "did you mean 问卷?" in refused(path, sheet="问 卷")
    assert "no sheet 2" in refused(path, sheet=2)


def test_a_parquet_file_becomes_a_pyarrow_table(tmp_path: Path) -> None:
    parquet.write_table(
        pa.table({"P01": pa.array([7, None], pa.int8()), "分店": ["北京", "上海"]}), tmp_path / "a.parquet"
    )
    frame, _ = read_table(tmp_path / "a.parquet")
    assert backend_of(frame) == "pyarrow"
    np.testing.assert_array_equal(numbers(opened(frame), "P01"), [7, np.nan])


@pytest.mark.parametrize("suffix", [".xlsx", ".parquet", ".sav", ".zsav", ".por"])
@pytest.mark.parametrize("content", [b"hello", b"PK\x03\x04hello"])
def test_a_damaged_file_is_refused(tmp_path: Path, suffix: str, content: bytes) -> None:
    message = refused(written(tmp_path, f"a{suffix}", content))
    assert f"a {suffix} file that can be read" in message
    assert f"Hint: is it really {suffix}? Open it where it comes from" in message


@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".xlsx", ".parquet", ".sav", ".zsav", ".por"])
def test_an_empty_file_is_called_so(tmp_path: Path, suffix: str) -> None:
    message = refused(written(tmp_path, f"a{suffix}", b""))
    assert f"a{suffix}: the file is empty; it has a line of column names, and one for each respondent" in message


def test_a_file_of_blank_lines_is_empty(tmp_path: Path) -> None:
    assert "the file is empty" in refused(written(tmp_path, "a.csv", b"\n\n"))


def test_the_position_of_a_sheet_may_be_given_in_digits(tmp_path: Path) -> None:
    with pd.ExcelWriter(tmp_path / "a.xlsx") as book:
        pd.DataFrame({"P01": [1]}).to_excel(book, sheet_name="one", index=False)
        pd.DataFrame({"P01": [2, 3]}).to_excel(book, sheet_name="0", index=False)
    assert len(read_table(tmp_path / "a.xlsx", sheet="1")[0]) == 2
    assert len(read_table(tmp_path / "a.xlsx", sheet="0")[0]) == 2
    assert "no sheet 2" in refused(tmp_path / "a.xlsx", sheet="2")


def test_a_file_that_is_not_there_is_named_with_its_neighbours(tmp_path: Path) -> None:
    written(tmp_path, "kiosk_2019.csv", "id\n1\n")
    with pytest.raises(SurveyFileError, match=r"no such file.*did you mean kiosk_2019\.csv") as caught:
        read_table(tmp_path / "kiosk_2018.csv")
    assert isinstance(caught.value, FileNotFoundError)
    assert isinstance(caught.value, ServqualError)
    with pytest.raises(SurveyFileError, match="there is no folder"):
        read_table(tmp_path / "nowhere" / "a.csv")
    with pytest.raises(SurveyFileError):
        read_table(tmp_path)


@pytest.mark.parametrize("name", ["a.docx", "a", "a.csv.gz"])
def test_an_unknown_type_is_refused_with_the_known_ones(tmp_path: Path, name: str) -> None:
    message = refused(written(tmp_path, name, b"x"))
    assert repr(Path(name).suffix) in message
    assert ".csv, .tsv, .txt, .parquet, .xlsx, .xls, .sav, .zsav, .por" in message


def test_options_that_a_type_has_not_are_refused_together(tmp_path: Path) -> None:
    message = refused(written(tmp_path, "a.parquet", b""), encoding="gbk", sheet="x")
    assert "sheet: 'x'; only workbooks have sheets" in message
    assert "encoding: 'gbk'; a .parquet file says itself" in message
    assert "sheet: 1" in refused(written(tmp_path, "a.csv", "id\n1\n"), sheet=1)


@pytest.mark.parametrize(
    ("suffix", "package", "remedy"),
    [
        (".parquet", "pyarrow.parquet", r"servqual\[files\]"),
        (".xlsx", "openpyxl", r"servqual\[files\]"),
        (".sav", "pyreadstat", r"servqual\[files\]"),
        (".xls", "xlrd", "pip install xlrd"),
    ],
)
def test_a_reader_that_is_not_installed_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str, package: str, remedy: str
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingExtraError, match=f"{package}: not installed.*{remedy}"):
        read_table(written(tmp_path, f"a{suffix}", b""))
