"""Whatever answers come from, and whatever is read beside them, they are the same answers."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from servqual import Summary, Survey
from servqual.engines import plain_rows
from servqual.engines.places import Place
from servqual.engines.sources import batches
from servqual.engines.streaming import summarize_batches
from servqual.errors import ArgumentError, SurveyError
from tests.engines.routes import CASES, frame, in_memory, same_sums, skipped_without
from tests.scoring.hall import HALL

arrow = skipped_without("pyarrow", "reading of files in batches")
parquet = pytest.importorskip("pyarrow.parquet")
ANSWERS = frame()
MODELS, OPTIONS = CASES["several models in groups"]
WHOLE = in_memory(ANSWERS, MODELS, OPTIONS)


def table() -> Any:
    return arrow.Table.from_pandas(ANSWERS, preserve_index=False)


def in_pieces(size: int) -> list[pd.DataFrame]:
    return [ANSWERS.iloc[start : start + size] for start in range(0, len(ANSWERS), size)]


def single_file(folder: Path) -> str:
    parquet.write_table(table(), folder / "answers.parquet", row_group_size=70)
    return str(folder / "answers.parquet")


def several_files(folder: Path) -> Path:
    for number, part in enumerate(in_pieces(130)):
        part.to_parquet(folder / f"part-{number:02d}.parquet", row_group_size=50)
    (folder / "_SUCCESS").touch()
    (folder / ".part-00.parquet.crc").touch()
    return folder


def arrow_file(folder: Path) -> Path:
    with arrow.ipc.new_file(folder / "answers.arrow", table().schema) as writer:
        writer.write_table(table(), max_chunksize=90)
    return folder / "answers.arrow"


def text_file(folder: Path) -> Path:
    ANSWERS.to_csv(folder / "answers.csv", index=False, sep=";")
    return folder / "answers.csv"


def lazy_frame(folder: Path) -> Any:
    return skipped_without("polars", "reading of lazy frames").scan_parquet(single_file(folder))


def relation(folder: Path) -> Any:
    return skipped_without("duckdb", "reading of relations").connect().read_parquet(single_file(folder))


def dataset(folder: Path) -> Any:
    return pytest.importorskip("pyarrow.dataset").dataset(several_files(folder))


SOURCES: dict[str, Callable[[Path], Any]] = {
    "a file": single_file,
    "a folder": several_files,
    "a pattern": lambda folder: f"{several_files(folder)}/part-*.parquet",
    "a list of files": lambda folder: sorted(several_files(folder).glob("part-*.parquet")),
    "an Arrow file": arrow_file,
    "a text file": text_file,
    "a table": lambda _: table(),
    "record batches": lambda _: (batch for batch in table().to_batches(max_chunksize=55)),
    "a record batch": lambda _: table().combine_chunks().to_batches()[0],
    "a reader": lambda _: table().to_reader(max_chunksize=55),
    "a dataset": dataset,
    "a scanner": lambda folder: dataset(folder).scanner(),
    "a pandas frame": lambda _: ANSWERS,
    "a polars frame": lambda folder: lazy_frame(folder).collect(),
    "a lazy frame": lazy_frame,
    "a relation": relation,
    "surveys": lambda _: (Survey.from_frame(part, HALL, groups=["branch", "wave"]) for part in in_pieces(200)),
}


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("batch_rows", [64, 262_144])
def test_every_source_gives_the_same(source: str, batch_rows: int, tmp_path: Path) -> None:
    found = summarize_batches(SOURCES[source](tmp_path), HALL, *MODELS, batch_rows=batch_rows, **OPTIONS)
    same_sums(found, WHOLE)


def test_names_of_folders_are_columns(tmp_path: Path) -> None:
    for (branch, wave), part in ANSWERS.groupby(["branch", "wave"], dropna=False):
        name = branch if isinstance(branch, str) else "__HIVE_DEFAULT_PARTITION__"
        folder = tmp_path / f"branch={name}" / f"wave={wave}"
        folder.mkdir(parents=True)
        part.drop(columns=["branch", "wave"]).to_parquet(folder / "0.parquet")
    same_sums(summarize_batches(tmp_path, HALL, *MODELS, **OPTIONS), WHOLE)


def test_only_the_columns_that_are_needed_are_read(tmp_path: Path) -> None:
    wide = ANSWERS.assign(**{f"other{number}": number for number in range(50)})
    wide.to_parquet(tmp_path / "wide.parquet")
    (batch,) = batches(tmp_path / "wide.parquet", ["wave", "id"])
    assert batch.rows.schema.names == ["wave", "id"]
    read: list[list[str]] = []

    class Spy(plain_rows.Summing):
        def summary(self, frame: Any) -> Summary | None:
            read.append(frame.schema.names)
            return super().summary(frame)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("servqual.engines.streaming.Summing", Spy)
        summarize_batches(tmp_path / "wide.parquet", HALL, by="branch", weights="w")
    expected = {f"{level}_{key}" for level in ("perception", "expectation") for key in HALL.item_keys}
    assert [set(names) for names in read] == [expected | {"branch", "w"}]


def test_small_row_groups_are_read_together_and_huge_ones_in_pieces(tmp_path: Path) -> None:
    parquet.write_table(table(), tmp_path / "small.parquet", row_group_size=40)
    assert [batch.place.rows for batch in batches(tmp_path / "small.parquet", batch_rows=100)] == [100, 20] * 5
    parquet.write_table(table(), tmp_path / "huge.parquet", row_group_size=600)
    places = [batch.place for batch in batches(tmp_path / "huge.parquet", batch_rows=100)]
    assert places == [Place(n, str(tmp_path / "huge.parquet"), 0, 100 * n, 100) for n in range(6)]


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (7, "a int; batches come from files, folders, tables"),
        ({"P1": [1]}, "a dict; batches come from"),
        (iter([]), "no rows; a survey has at least one respondent"),
        ([ANSWERS.iloc[:0]], "no rows; a survey has at least one respondent"),
    ],
)
def test_what_is_no_source_is_refused(source: Any, message: str) -> None:
    with pytest.raises(SurveyError, match=message):
        summarize_batches(source, HALL)


@pytest.mark.parametrize(("library", "name"), [("dask.dataframe", "dask_summary"), ("pyspark.sql", "spark_summary")])
def test_collections_of_clusters_are_sent_to_their_engines(library: str, name: str) -> None:
    collection = type("DataFrame", (), {"__module__": library, "__iter__": lambda _: iter([])})()
    with pytest.raises(SurveyError, match=rf"engines\.{name}"):
        summarize_batches(collection, HALL)


def test_a_batch_has_a_row_at_least() -> None:
    with pytest.raises(ArgumentError, match="batch_rows: 0; a batch has at least one row"):
        summarize_batches(ANSWERS, HALL, batch_rows=0)
