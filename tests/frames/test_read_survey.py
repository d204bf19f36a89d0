"""From a file to a survey in one step."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyreadstat
import pytest
from pyarrow import parquet

import servqual as sq
from servqual.errors import FileFormatError, SurveyError, SurveyFileError

BRANCHES: list[str | None] = ["北京", "上海", "北京", None]
PERCEIVED: list[list[int | None]] = [[7, 6], [5, None], [6, 6], [99, 4]]
EXPECTED: list[list[int | None]] = [[7, 7], [6, 7], [None, 5], [7, 99]]


@pytest.fixture
def short() -> sq.Instrument:
    return sq.Instrument.define("short", {"speed": ["wait", "service"]}, scale=sq.Scale.likert(7))


def answers() -> pd.DataFrame:
    columns: dict[str, list[Any]] = {"分店": BRANCHES, "screened": [1, 1, 0, 1]}
    columns |= {f"P{n + 1:02d}": [row[n] for row in PERCEIVED] for n in range(2)}
    columns |= {f"E{n + 1:02d}": [row[n] for row in EXPECTED] for n in range(2)}
    return pd.DataFrame(columns)


PATTERNS: dict[str, Any] = {"perception": "P{n:02d}", "expectation": "E{n:02d}"}


def save(folder: Path, suffix: str) -> Path:
    path = folder / f"answers{suffix}"
    if suffix == ".csv":
        answers().to_csv(path, index=False, encoding="gbk")
    elif suffix == ".xlsx":
        answers().to_excel(path, index=False)
    elif suffix == ".parquet":
        parquet.write_table(pa.Table.from_pandas(answers()), path)
    else:
        ranges: dict[str, Any] = {column: [99] for column in ("P01", "P02", "E01", "E02")}
        pyreadstat.write_sav(answers(), path, missing_ranges=ranges)
    return path


def rows(matrix: list[list[int | None]]) -> np.ndarray[Any, Any]:
    return np.array([[np.nan if value in {None, 99} else value for value in row] for row in matrix], float)


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".parquet", ".sav"])
def test_every_type_of_file_gives_the_same_survey(tmp_path: Path, short: sq.Instrument, suffix: str) -> None:
    options: dict[str, Any] = {"encoding": "gbk"} if suffix == ".csv" else {}
    if suffix != ".sav":
        options["missing"] = (99,)
    survey = sq.read_survey(save(tmp_path, suffix), short, groups=["分店"], **PATTERNS, **options)
    np.testing.assert_array_equal(survey.perception.values, rows(PERCEIVED))
    np.testing.assert_array_equal(survey.expectation().values, rows(EXPECTED))
    grouping = survey.grouping("分店")
    assert [grouping.labels[code] for code in grouping.codes] == BRANCHES
    assert survey.backend == ("pyarrow" if suffix == ".parquet" else "pandas")


def test_only_rows_asked_for_are_read(tmp_path: Path, short: sq.Instrument) -> None:
    path = save(tmp_path, ".parquet")
    survey = sq.read_survey(str(path), short, where={"screened": "1", "分店": "北京"}, **PATTERNS)
    np.testing.assert_array_equal(survey.perception.values, [[7, 6]])
    with pytest.raises(SurveyError, match="the column holds '上海', '北京', None"):
        sq.read_survey(path, short, where={"分店": "广州"}, **PATTERNS)


def test_words_of_an_spss_file_name_groups_and_answers_keep_their_codes(tmp_path: Path, short: sq.Instrument) -> None:
    frame = answers().drop(columns="分店").assign(sex=[1, 2, 9, 2])
    agreement = {float(point): f"point {point}" for point in range(1, 8)}
    labels: dict[str, dict[int | float, str]] = {"sex": {1: "男", 2: "女", 9: "-"}, "P01": dict(agreement)}
    ranges: dict[str, Any] = {"sex": [9], "P01": [99], "E02": [{"lo": 90, "hi": 99}]}
    path = tmp_path / "answers.sav"
    pyreadstat.write_sav(frame, path, variable_value_labels=labels, missing_ranges=ranges)
    for groups in (["sex"], "sex"):
        survey = sq.read_survey(path, short, groups=groups, **PATTERNS)
        assert survey.grouping("sex").labels == ("女", "男", None)
        np.testing.assert_array_equal(survey.perception.values, rows(PERCEIVED))
    for condition in ("女", 2, "2"):
        assert len(sq.read_survey(path, short, where={"sex": condition}, **PATTERNS)) == 2


def test_what_is_wrong_is_said_in_the_words_of_each_door(tmp_path: Path, short: sq.Instrument) -> None:
    path = save(tmp_path, ".csv")
    with pytest.raises(SurveyFileError, match=r"did you mean answers\.csv"):
        sq.read_survey(tmp_path / "answer.csv", short)
    with pytest.raises(FileFormatError, match="encoding='gbk' or 'gb18030' reads '分店"):
        sq.read_survey(path, short, **PATTERNS)
    with pytest.raises(SurveyError, match="99"):
        sq.read_survey(path, short, encoding="gbk", **PATTERNS)
    with pytest.raises(SurveyError, match=r"columns: no 'screend'.*did you mean screened"):
        sq.read_survey(path, short, encoding="gbk", where={"screend": 1}, **PATTERNS)


def test_rows_are_counted_among_those_that_were_kept(tmp_path: Path, short: sq.Instrument) -> None:
    path = save(tmp_path, ".csv")
    options: dict[str, Any] = {"encoding": "gbk", **PATTERNS}
    with pytest.raises(SurveyError) as caught:
        sq.read_survey(path, short, where={"screened": 1}, **options)
    first, *_, last = str(caught.value).splitlines()
    assert "P01 (perception of item wait): 1 answer off the scale: row 2 = 99" in str(caught.value)
    assert first == "2 problems"
    assert last == "Rows are counted from 0 among the 3 rows that where= kept."
    with pytest.raises(SurveyError) as caught:
        sq.read_survey(path, short, where={"screened": 1}, perception="P{n:02d}", encoding="gbk")
    assert str(caught.value).endswith("missing=(99,)\nRows are counted from 0 among the 3 rows that where= kept.")
    with pytest.raises(SurveyError) as caught:
        sq.read_survey(path, short, **options)
    assert "where=" not in str(caught.value)
    with pytest.raises(SurveyError) as caught:
        sq.read_survey(path, short, where={"screened": 1}, perception="Q{n}", encoding="gbk")
    assert "where=" not in str(caught.value)


def test_a_real_study_is_read(shared: Path) -> None:
    keys = [f"{number:02d}" for number in range(1, 25)]
    kiosk = sq.Instrument.define("kiosk", {"all": keys}, scale=sq.Scale.likert(7))
    options: dict[str, Any] = {"perception": "P{key}", "expectation": "E{key}", "groups": ["sex", "age"]}
    path = shared / "data" / "servqual_kiosk_kr.csv"
    survey = sq.read_survey(path, kiosk, **options)
    assert len(survey) == 211
    assert np.isnan(survey.perception.values).all(axis=1).sum() == 4
    assert set(survey.grouping("sex").labels) == {"female", "male"}
    assert len(sq.read_survey(path, kiosk, where={"kept_by_authors": "1"}, **options)) == 194
