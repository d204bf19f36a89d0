"""The command line: what it prints, what it refuses, and that the library says the same."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import numpy as np
import pytest

from servqual import __main__ as command
from servqual.instruments import Instrument, Level, Scale
from servqual.reports import brief
from servqual.scoring import Difference, Weighted, score
from servqual.survey import Survey

DIMENSIONS = {"speed": {"wait": "the wait is short", "serve": "service is quick"}, "screen": {"clear": "it is clear"}}
SHORT = Instrument.define("short", DIMENSIONS, scale=Scale.likert(7))
PERCEIVED = np.array([[5, 6, 4], [7, 3, 2], [4, 4, 4], [6, 7, 1]])
EXPECTED = np.array([[6, 6, 6], [7, 7, 7], [5, 6, 7], [6, 6, 6]])


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    rows = ["branch,keep,Pwait,Pserve,Pclear,Ewait,Eserve,Eclear"]
    for branch, keep, p, e in zip("nsns", "1110", PERCEIVED, EXPECTED, strict=True):
        rows.append(",".join([branch, keep, *map(str, p), *map(str, e)]))
    answers, instrument = tmp_path / "answers.csv", tmp_path / "short.json"
    answers.write_text("\n".join(rows), encoding="utf-8")
    instrument.write_text(SHORT.to_json(), encoding="utf-8")
    return str(answers), str(instrument)


def arguments(files: tuple[str, str], *more: str) -> list[str]:
    answers, instrument = files
    patterns = ["--perception", "P{key}", "--expectation", "E{key}"]
    return ["report", answers, "--instrument", instrument, *patterns, *more]


def test_text_names_instrument_respondents_missing_and_gaps(
    files: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(arguments(files, "--by", "branch")) == 0
    text = capsys.readouterr().out
    gaps = PERCEIVED - EXPECTED
    for expected in ("short: Difference", "respondents: 4", "answers missing (perceived): 0 / 12 (0.0%)", "By branch"):
        assert expected in text
    line = next(line for line in text.splitlines() if line.startswith("screen"))
    assert f"{gaps[:, 2].mean():.3f}" in line


def test_json_and_csv_hold_the_numbers_of_the_library(
    files: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    survey = Survey.from_arrays(SHORT, perception=PERCEIVED, expectation=EXPECTED)
    table = score(survey, Difference(), dtype=np.float64, overall_items=True).table()
    assert command.main(arguments(files, "--format", "json")) == 0
    record = json.loads(capsys.readouterr().out)
    assert record["respondents"] == 4
    assert record["scores"]["columns"]["mean"] == pytest.approx(table["mean"], rel=1e-12)
    assert record["scores"]["columns"]["low"] == pytest.approx(table["low"], rel=1e-9)
    assert command.main(arguments(files, "--format", "csv", "--by", "branch")) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    means = {row["key"]: float(row["mean"]) for row in rows if row["about"] == "score" and not row["group"]}
    assert means["overall"] == pytest.approx(table["mean"][2], rel=1e-12)
    assert {row["group"] for row in rows} == {"", "n", "s"}
    assert {row["key"] for row in rows if row["about"] == "item"} == {"wait", "serve", "clear"}


def test_where_keeps_rows(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(arguments(files, "--where", "keep=1")) == 0
    assert "respondents: 3" in capsys.readouterr().out


def test_without_a_file_it_says_that_answers_are_simulated(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["report"]) == 0
    text = capsys.readouterr().out
    assert "simulated" in text
    assert "reliability" in text


def test_chinese(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(arguments(files, "--language", "zh")) == 0
    text = capsys.readouterr().out
    assert text.splitlines()[:4] == [
        "short：Difference",
        "受访者：4",
        "缺失的回答（实际感知到的）：0 / 12（0.0%）",
        "缺失的回答（期望的）：0 / 12（0.0%）",
    ]
    assert command.main(arguments(files, "--language", "zh", "--by", "branch")) == 0
    assert "\n分组：branch\n" in capsys.readouterr().out
    assert command.main(["report", "--language", "zh"]) == 0
    assert "说明：以下回答为模拟数据，未给出文件" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--by", "shop"], "no column 'shop'"),
        (["--where", "keep"], "a condition is COLUMN=VALUE"),
        (["--where", "keep=7"], "keep"),
        (["--weights", "w"], "no column 'w'"),
        (["--desired", "D{key}"], "no column 'Dwait'"),
        (["--encoding", "utf-16"], "utf-16"),
        (["--instrument", "servqal"], "servqual"),
        (["--instrument", "nowhere.json"], "no such file"),
    ],
)
def test_bad_input_ends_with_code_two_and_one_message(
    files: tuple[str, str], capsys: pytest.CaptureFixture[str], more: list[str], said: str
) -> None:
    assert command.main(arguments(files, *more)) == 2
    streams = capsys.readouterr()
    assert not streams.out
    assert streams.err.startswith("servqual: ")
    assert said in streams.err


def test_a_column_is_named_once_in_conditions(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(arguments(files, "--where", "keep=1", "--where", "keep=0")) == 2
    assert "--where: keep = 1 and 0; a column has one value in a row" in capsys.readouterr().err


@pytest.mark.parametrize("option", [("--encoding", "gbk"), ("--weight-kind", "frequency")])
def test_what_says_how_a_file_is_read_needs_one(option: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["report", *option]) == 2
    assert f"{option[0]}; they say how a file is read" in capsys.readouterr().err


def test_options_of_files_need_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["report", "--perception", "P{key}", "--missing", "9"]) == 2
    assert "--perception, --missing" in capsys.readouterr().err


def test_unknown_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["report", str(tmp_path / "none.csv")]) == 2
    assert "none.csv" in capsys.readouterr().err


def test_the_model_follows_from_what_was_asked() -> None:
    asked = SHORT.asking("perception", "desired", "adequate")
    desired = np.full_like(EXPECTED, 7)
    survey = Survey.from_arrays(asked, perception=PERCEIVED, desired=desired, adequate=np.ones_like(desired))
    assert "Superiority" in str(brief(survey))
    perceived = Survey.from_arrays(SHORT.asking(Level.PERCEPTION), perception=PERCEIVED)
    assert "PerformanceOnly" in str(brief(perceived))
    weighted = Survey.from_arrays(SHORT, perception=PERCEIVED, expectation=EXPECTED, importance=np.full((4, 2), 50.0))
    assert "short: Difference" in str(brief(weighted))
    assert "Weighted(Difference)" in str(brief(weighted, Weighted(Difference())))


def test_kiosk_study(shared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The figures of the study's own final six factors, to its two printed decimals."""
    with (shared / "data" / "servqual_kiosk_kr_items.csv").open(encoding="utf-8") as file:
        items = [row for row in csv.DictReader(file) if row["dimension6"]]
    dimensions: dict[str, dict[str, str]] = {}
    for row in items:
        dimensions.setdefault(row["dimension6"], {})[f"{int(row['item']):02d}"] = row["gloss"]
    path = tmp_path / "kiosk.json"
    path.write_text(Instrument.define("kiosk", dimensions, scale=Scale.likert(7)).to_json(), encoding="utf-8")
    data = str(shared / "data" / "servqual_kiosk_kr.csv")
    assert command.main([*arguments((data, str(path))), "--where", "kept_by_authors=1", "--format", "json"]) == 0
    record = json.loads(capsys.readouterr().out)
    columns = record["scores"]["columns"]
    means = {key: round(value, 2) for key, value in zip(columns["score"], columns["mean"], strict=True)}
    published = {"tangible": 0.00, "usefulness": -0.67, "economy": -1.28, "control": -1.46, "convenience": -1.56}
    assert {key: means[key] for key in published} == published
    assert means["security"] == -1.81
    assert record["respondents"] == 194
