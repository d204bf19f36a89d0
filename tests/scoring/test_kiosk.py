"""A real study of self-service kiosks: the mean gaps that its authors' data give, by every way in and through.

The 194 screened respondents of hanakim120/kiosk-servqual-research (MIT), six factors; gaps to two decimals, computed
from the raw answers.
"""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.compute as arrow_compute
import pyarrow.csv as arrow_csv
import pytest

from servqual import Difference, Instrument, Scale, Summary, Survey, Table, score, summarize

GAPS = {
    "tangible": 0.00,
    "usefulness": -0.67,
    "economy": -1.28,
    "control": -1.46,
    "convenience": -1.56,
    "security": -1.81,
}
PATTERNS: Any = {"perception": "P{key}", "expectation": "E{key}"}


@pytest.fixture(scope="module")
def path(shared: Path) -> Path:
    return shared / "data" / "servqual_kiosk_kr.csv"


@pytest.fixture(scope="module")
def kiosk(shared: Path) -> Instrument:
    """The items that the authors kept, under two-digit keys, in their six factors."""
    dimensions: dict[str, list[str]] = {}
    with (shared / "data" / "servqual_kiosk_kr_items.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["dimension6"]:
                dimensions.setdefault(row["dimension6"], []).append(f"{int(row['item']):02d}")
    return Instrument.define("kiosk", dimensions, scale=Scale.likert(7))


def of_pandas(path: Path) -> Any:
    frame = pd.read_csv(path)
    return frame[frame["kept_by_authors"] == 1]


def of_polars(path: Path) -> Any:
    return pl.read_csv(path).filter(pl.col("kept_by_authors") == 1)


def of_pyarrow(path: Path) -> Any:
    table = arrow_csv.read_csv(path)
    return table.filter(arrow_compute.equal(table["kept_by_authors"], 1))


READERS: dict[str, Callable[[Path], Any]] = {"pandas": of_pandas, "polars": of_polars, "pyarrow": of_pyarrow}


def long_form(frame: pd.DataFrame, kiosk: Instrument) -> pd.DataFrame:
    names = [f"{letter}{key}" for letter in "PE" for key in kiosk.item_keys]
    long = frame.melt(id_vars="id", value_vars=names)
    return long.assign(side=long["variable"].str[0], item=long["variable"].str[1:]).dropna()


def check_gaps(table: Table) -> None:
    found = dict(zip(table["score"], table["mean"], strict=True))
    for dimension, gap in GAPS.items():
        assert found[dimension] == pytest.approx(gap, abs=0.005 + 1e-9), dimension
    assert set(table["n"]) == {194}


@pytest.mark.parametrize("reader", READERS)
def test_gaps_are_those_of_the_study(path: Path, kiosk: Instrument, reader: str) -> None:
    survey = Survey.from_frame(READERS[reader](path), kiosk, **PATTERNS)
    assert (len(survey), survey.backend) == (194, reader)
    check_gaps(score(survey, Difference()).table())


def test_the_long_form_gives_the_same(path: Path, kiosk: Instrument) -> None:
    long = long_form(of_pandas(path), kiosk)
    for frame in (long, pl.DataFrame(long.to_dict("list")), pa.table(long.to_dict("list"))):
        survey = Survey.from_long(
            frame, kiosk, respondent="id", level="side", levels={"P": "perception", "E": "expectation"}
        )
        check_gaps(score(survey, Difference()).table())


def test_three_parts_merged_give_the_same(path: Path, kiosk: Instrument) -> None:
    frame = of_pandas(path).sample(frac=1, random_state=7)
    parts = [frame.iloc[:50], frame.iloc[50:51], frame.iloc[51:]]
    summaries = [summarize(Survey.from_frame(part, kiosk, **PATTERNS), Difference()) for part in parts]
    merged = sum(Summary.from_json(each.to_json()) for each in summaries)
    assert isinstance(merged, Summary)
    check_gaps(merged.table())


def test_all_ways_give_the_same_numbers(path: Path, kiosk: Instrument) -> None:
    surveys = [Survey.from_frame(read(path), kiosk, **PATTERNS) for read in READERS.values()]
    levels = {"P": "perception", "E": "expectation"}
    long = long_form(of_pandas(path), kiosk)
    surveys.append(Survey.from_long(long, kiosk, respondent="id", level="side", levels=levels))
    first = score(surveys[0], Difference(), dtype=np.float64)
    for survey in surveys[1:]:
        assert score(survey, Difference(), dtype=np.float64).values.tobytes() == first.values.tobytes()
    parts = [summarize(surveys[0].select(range(start, 194, 3)), Difference()) for start in range(3)]
    merged, whole = (parts[2] + parts[0] + parts[1]).table(), first.table()
    for name in ("mean", "sd", "se", "low", "high"):
        np.testing.assert_allclose(
            np.array(merged[name][:7], float), np.array(whole[name], float), rtol=1e-10, atol=1e-12
        )


def test_people_who_answered_nothing_are_counted_as_missing(path: Path, kiosk: Instrument) -> None:
    table = score(Survey.from_frame(pd.read_csv(path), kiosk, **PATTERNS), Difference()).table()
    assert set(table["n"]) == {207}
    assert set(table["missing"]) == {4}
