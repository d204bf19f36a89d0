"""What else the command line can be told, and that its remedies speak its own language."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from servqual import __main__ as command
from servqual.errors import ArgumentError
from servqual.instruments import Instrument, Scale
from servqual.reports import brief
from servqual.scoring import Difference, Weighted, score
from servqual.survey import Survey

DIMENSIONS = {"speed": {"wait": "the wait is short", "serve": "service is quick"}, "screen": {"clear": "it is clear"}}
SHORT = Instrument.define("short", DIMENSIONS, scale=Scale.likert(7))
PERCEIVED = np.array([[5, 6, 4], [7, 3, 2], [4, 4, 4], [6, 7, 1]])
EXPECTED = np.array([[6, 6, 6], [7, 7, 7], [5, 6, 7], [6, 6, 6]])
POINTS = np.array([[70.0, 30], [50, 50], [20, 80], [90, 10]])
Run = Callable[..., tuple[int, str, str]]


def answers() -> pd.DataFrame:
    columns: dict[str, Any] = {"visit": [1, 1, 2, 3], "keep": [1, 1, 1, 0], "half": [0.5, 1, 1, 1]}
    for letter, matrix in (("P", PERCEIVED), ("E", EXPECTED)):
        columns |= {f"{letter}{key}": matrix[:, place] for place, key in enumerate(SHORT.item_keys)}
    return pd.DataFrame(columns | {"Wspeed": POINTS[:, 0], "Wscreen": POINTS[:, 1]})


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a report on the answers, some of them changed, and return its exit code and what it printed."""
    instrument = tmp_path / "short.json"
    instrument.write_text(SHORT.to_json(), encoding="utf-8")

    def running(
        *more: str, patterns: bool = True, frame: pd.DataFrame | None = None, **file: Any
    ) -> tuple[int, str, str]:
        path = tmp_path / file.get("name", "answers.csv")
        given = answers() if frame is None else frame
        if path.suffix == ".xlsx":
            with pd.ExcelWriter(path) as book:
                pd.DataFrame({"Pwait": [1]}).to_excel(book, sheet_name="first", index=False)
                given.to_excel(book, sheet_name="second", index=False)
        else:
            given.to_csv(path, index=False, encoding=file.get("encoding", "utf-8"))
        named = ["--perception", "P{key}", "--expectation", "E{key}"] if patterns else []
        code = command.main(["report", str(path), "--instrument", str(instrument), *named, *more])
        streams = capsys.readouterr()
        return code, streams.out, streams.err

    return running


def survey(**sides: Any) -> Survey:
    return Survey.from_arrays(SHORT, perception=PERCEIVED, expectation=EXPECTED, **sides)


def test_importance_weighs_the_scores(run: Run) -> None:
    code, out, _ = run("--importance", "W{dimension}", "--format", "json")
    assert code == 0
    record = json.loads(out)
    wanted = score(survey(importance=POINTS), Weighted(Difference()), dtype=np.float64).table()
    assert record["title"] == "short: Weighted(Difference)"
    assert record["scores"]["columns"]["mean"][:3] == pytest.approx(wanted["mean"], rel=1e-12)


def test_points_that_do_not_add_up_name_the_option_that_consents(run: Run) -> None:
    frame = answers().assign(Wspeed=[60, 50, 20, 90])
    code, _, err = run("--importance", "W{dimension}", frame=frame)
    assert code == 2
    assert (
        "row 0 = 90; each row adds up to 100. Hint: mend the rows, or consent to multiplying them with --renorm" in err
    )
    assert run("--importance", "W{dimension}", "--renormalise", frame=frame)[0] == 0
    assert (
        "renormalise: True; it consents to rescaling importance. Hint: pass --importance too" in run("--renormalise")[2]
    )


def test_clusters_make_errors_robust(run: Run) -> None:
    code, out, _ = run("--cluster", "visit", "--format", "json")
    assert code == 0
    record = json.loads(out)
    wanted = score(survey(cluster=[1, 1, 2, 3]), Difference(), dtype=np.float64).table()
    assert record["scores"]["columns"]["se"][:3] == pytest.approx(wanted["se"], rel=1e-9)
    assert any(note.startswith("errors: cluster-robust") for note in record["scores"]["notes"])


@pytest.mark.parametrize("sheet", ["second", "1"])
def test_a_sheet_is_named_or_counted(run: Run, sheet: str) -> None:
    code, out, _ = run("--sheet", sheet, name="answers.xlsx")
    assert code == 0
    assert "respondents: 4" in out
    assert "Hint: did you mean second?" in run("--sheet", "secnd", name="answers.xlsx")[2]
    assert "only workbooks have sheets" in run("--sheet", "second")[2]


def test_any_number_of_items_is_shown(run: Run) -> None:
    _, out, _ = run("--items", "1", "--format", "csv")
    assert [row["key"] for row in csv.DictReader(io.StringIO(out)) if row["about"] == "item"] == ["clear"]
    _, out, _ = run("--items", "99", "--format", "json")
    assert len(json.loads(out)["items"]["columns"]["item"]) == 3
    code, _, err = run("--items", "0")
    assert (code, err) == (2, "servqual: items: 0; at least one item is shown.\n")
    code, _, err = run("--items", "3", "--html", "page.html")
    assert (code, err.split(";")[0]) == (2, "servqual: --items: 3")
    with pytest.raises(ArgumentError, match="items: -1; at least one item is shown"):
        brief(survey(), items=-1)


@pytest.mark.parametrize("level", ["minimum", "ideal", "usual"])
def test_every_level_has_an_option(run: Run, level: str) -> None:
    code, out, _ = run("--perception", "P{key}", f"--{level}", "E{key}", patterns=False)
    assert code == 0
    assert f"short: Difference({level})" in out


@pytest.mark.parametrize(("language", "label"), [("en", "service is quick"), ("zh", "service is quick")])
def test_csv_has_labels(run: Run, language: str, label: str) -> None:
    _, out, _ = run("--format", "csv", "--language", language, "--by", "visit")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert list(rows[0]) == ["about", "group", "key", "label", "n", "missing", "mean", "sd", "se", "low", "high"]
    labels = {row["key"]: row["label"] for row in rows}
    assert labels["serve"] == label
    assert labels["overall"] == {"en": "overall (mean of dimensions)", "zh": "总体（各维度均值）"}[language]
    assert all(row["label"] for row in rows)


def test_labels_are_not_printed_twice_in_english_text(run: Run) -> None:
    _, out, _ = run("--by", "visit")
    heads = [line.split() for line in out.splitlines() if line.startswith(("score", "item", "visit"))]
    assert [line[:2] for line in heads] == [["score", "n"], ["item", "label"], ["visit", "score"]]


@pytest.mark.parametrize(
    ("change", "more", "hint"),
    [
        ({"Pwait": [99, 6, 5, 4]}, [], "if 99 means 'no answer', pass --missing 9"),
        ({"Pwait": [99, 6, 5, 4]}, ["--where", "keep=1"], "among the 3 rows that --where kept."),
        ({"Pwait": ["often", "x", "y", "z"]}, [], "Hint: make numbers of them, or read them in Python"),
        (
            {},
            ["--weights", "half", "--weight-kind", "frequency"],
            "say --weight-kind sampling if they are sampling weig",
        ),
        ({}, ["--weight-kind", "frequency"], "it says what weights mean. Hint: pass --weights too"),
        ({"Wspeed": [-1, 50, 50, 50]}, ["--importance", "W{dimension}"], "or name its code in --missing"),
        ({}, ["--confidence", "95"], "pass 0.95"),
    ],
)
def test_remedies_name_options(run: Run, change: dict[str, Any], more: list[str], hint: str) -> None:
    code, out, err = run(*more, frame=answers().assign(**change))
    assert (code, out) == (2, "")
    assert hint in err
    assert "=(" not in err


def test_several_codes_are_several_options(run: Run) -> None:
    frame = answers().assign(Pwait=[99, 1, 1, 1], Pserve=[98, 1, 1, 1], Pclear=[1, 98, 1, 1])
    assert command._spoken("pass missing=(98, 99)") == "pass --missing 98 --missing 99"
    assert run("--missing", "98", "--missing", "99", frame=frame)[0] == 0


def test_encodings_and_patterns_are_options_too(run: Run) -> None:
    frame = answers().rename(columns={"visit": "分店"})
    _, _, err = run(frame=frame, encoding="gbk")
    assert "pass the one that reads words: --encoding gbk or gb18030 reads '分店,keep" in err
    assert "; --encoding cp1252 or latin-1 reads '" in err
    assert run("--encoding", "gbk", frame=frame, encoding="gbk")[0] == 0
    _, _, err = run(patterns=False)
    assert "Hint: try --perception 'P{key}'" in err
    assert "Hint: try --expectation 'E{key}'" in err


def test_warnings_are_told_in_options_and_change_nothing_else(run: Run) -> None:
    frame = pd.DataFrame({f"P{place + 1}": column for place, column in enumerate(PERCEIVED.T)}).assign(P4=1)
    code, out, err = run("--perception", "P{n}", patterns=False, frame=frame)
    assert code == 0
    assert "short: PerformanceOnly" in out
    assert err.startswith("servqual: perception: pattern 'P{n}' stops before P4; ")
    assert err.endswith("if the positions are right, take this for no more than a warning\n")


class TestPages:
    """What only a page has a place for."""

    @staticmethod
    def many(**sides: Any) -> pd.DataFrame:
        rng = np.random.default_rng(5)
        seen, held = rng.integers(1, 8, (60, 3)), rng.integers(4, 8, (60, 3))
        columns = {f"P{key}": seen[:, place] for place, key in enumerate(SHORT.item_keys)}
        columns |= {f"E{key}": held[:, place] for place, key in enumerate(SHORT.item_keys)}
        rating = np.clip(np.rint(seen.mean(axis=1) + rng.normal(0, 0.7, 60)), 1, 7).astype(int)
        return pd.DataFrame(columns | {"overall": rating, "branch": np.arange(60) % 3} | sides)

    def page(self, run: Run, path: Path, *more: str, frame: pd.DataFrame | None = None) -> str:
        code, out, err = run("--html", str(path), *more, frame=self.many() if frame is None else frame)
        assert (code, out.strip()) == (0, str(path)), err
        return path.read_text(encoding="utf-8")

    def test_a_title_of_ones_own(self, run: Run, tmp_path: Path) -> None:
        text = self.page(run, tmp_path / "page.html", "--title", "Desks <north> & south")
        assert "<title>Desks &lt;north&gt; &amp; south</title>" in text
        assert "<h1>Desks &lt;north&gt; &amp; south</h1>" in text

    def test_simulated_answers_are_called_so_under_any_title(self, tmp_path: Path) -> None:
        for language, colon, words in (("en", ": ", "these answers are simulated"), ("zh", "：", "以下回答为模拟数据")):
            path = tmp_path / f"{language}.html"
            assert command.main(["report", "--html", str(path), "--title", "Mine", "--language", language]) == 0
            assert f"<title>Mine{colon}{words}" in path.read_text(encoding="utf-8")

    def test_the_critic_is_asked_about_a_criterion(self, run: Run, tmp_path: Path) -> None:
        frame = self.many()
        text = self.page(run, tmp_path / "page.html", "--criterion", "overall", "--by", "branch", frame=frame)
        seen = frame[[f"P{key}" for key in SHORT.item_keys]].mean(axis=1)
        held = frame[[f"E{key}" for key in SHORT.item_keys]].mean(axis=1)
        for name, mean in (("perceived", seen), ("expected", held), ("gap", seen - held)):
            r = f"{np.corrcoef(mean, frame['overall'])[0, 1]:.2f}".replace("-", "−")
            assert f'<th scope="row">{name}</th><td class="number">{r}</td><td class="number">60</td>' in text
        assert "no criterion was given" not in text
        assert "groups of overall" not in text
        assert "no criterion was given" in self.page(run, tmp_path / "page.html")

    def test_its_codes_for_no_answer_are_no_ratings(self, run: Run, tmp_path: Path) -> None:
        frame = self.many()
        coded = frame.assign(overall=frame["overall"].where(frame.index % 4 > 0, 99))
        blank = frame.assign(overall=frame["overall"].where(frame.index % 4 > 0))
        pages = [
            self.page(run, tmp_path / "page.html", "--criterion", "overall", *more, frame=each)
            for each, more in ((coded, ("--missing", "99")), (blank, ()), (coded, ()))
        ]
        assert pages[0] == pages[1] != pages[2]

    def test_a_column_may_be_both(self, run: Run, tmp_path: Path) -> None:
        text = self.page(run, tmp_path / "page.html", "--criterion", "branch", "--by", "branch")
        assert "no criterion was given" not in text

    @pytest.mark.parametrize(
        ("more", "said"),
        [
            (("--title", "Mine"), "--title: Mine; only a page has a place for it. Hint: add --html page.html"),
            (("--criterion", "overall"), "--criterion: overall; only a page has a place for it. Hint: add --html page"),
            (("--html", "page.html", "--criterion", "overal"), "--criterion: no column 'overal'; what is named is a c"),
            (("--by", "brnch"), "servqual: --by: no column 'brnch'; what is named is a column of the data. Hint: did"),
            (("--html", "page.html", "--criterion", "word"), "label 'bad'; a criterion has a number for each respond"),
        ],
    )
    def test_what_cannot_be(self, run: Run, more: tuple[str, ...], said: str) -> None:
        code, out, err = run(*more, frame=self.many(word=["good", "bad"] * 30))
        assert (code, out) == (2, "")
        assert said in err

    def test_both_at_once_are_told_together(self, run: Run) -> None:
        _, _, err = run("--title", "Mine", "--criterion", "overall", frame=self.many())
        assert err.startswith("servqual: 2 problems")

    def test_a_criterion_is_a_column_of_a_file(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert command.main(["report", "--html", str(tmp_path / "page.html"), "--criterion", "overall"]) == 2
        assert "--criterion; they say how a file is read" in capsys.readouterr().err

    def test_help_names_both(self, capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit):
            command.main(["report", "--help"])
        told = " ".join(capsys.readouterr().out.split())
        assert "--criterion COLUMN an overall rating, for the critic of the page" in told
        assert "--title TITLE of the page; the name of the instrument unless said" in told
