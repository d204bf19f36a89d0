"""A summary goes into a table of pyarrow, and through files, and comes back bit for bit."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from servqual import Difference, PerformanceOnly, Scale, Summary, Survey, summarize
from servqual.errors import RecordError
from tests.scoring.hall import HALL, study
from tests.scoring.test_summary_records import MADE, Ratio

arrow = pytest.importorskip("pyarrow", reason="pyarrow is not installed: summaries as tables of it are not tested")
feather = pytest.importorskip("pyarrow.feather", reason="pyarrow is not installed")
parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
STUDY = study(40, seed=61)
NAMED = np.where(np.array(STUDY.branch) == "north", "7", np.array([f"visit {each}" for each in STUDY.visit]))


def drawn(**options: Any) -> Summary:
    survey = Survey.from_arrays(
        HALL, perception=STUDY.perceived, expectation=STUDY.expected, key=np.arange(40),
        groups={"branch": STUDY.branch, "wave": STUDY.wave}, **options,
    )  # fmt: skip
    return summarize(survey, Difference(), PerformanceOnly(), by=["branch", "wave"], replicates=6, seed=2**64 - 1)


ALL = {
    **MADE, "replicates": drawn(), "weighted": drawn(weights=STUDY.weights),
    "clusters of any name": drawn(cluster=[int(each) if each == "7" else each for each in NAMED]),
    "real": summarize(
        Survey.from_arrays(HALL.define("slow", {"wait": ["minutes"]}, scale=Scale(0, 60, None),
                                       levels=["perception"]), perception=[[1.5], [np.pi]]), PerformanceOnly(),
    ),
    "nobody": Summary.empty(HALL, Difference(), by="branch"),
}  # fmt: skip


@pytest.mark.parametrize("summary", ALL.values(), ids=ALL)
def test_it_comes_back_bit_for_bit(summary: Summary, tmp_path: Path) -> None:
    table = summary.to_arrow()
    assert table.num_rows == len(summary.groups)
    parquet.write_table(table, tmp_path / "sums.parquet")
    feather.write_feather(table, tmp_path / "sums.feather")
    for again in (table, parquet.read_table(tmp_path / "sums.parquet"), feather.read_table(tmp_path / "sums.feather")):
        read = Summary.from_arrow(again)
        assert read.to_dict() == summary.to_dict()
        assert repr(read) == repr(summary)
        if summary.groups:
            assert len(read + summary) == 2 * len(summary)


def test_columns_are_named_by_the_way_to_their_sum() -> None:
    table = ALL["replicates"].to_arrow()
    assert {"labels", "rows", "tallies/perception/counts", "parts/1/0/moments/sum1", "replicates/sum1"} <= set(
        table.column_names
    )
    assert json.loads(table["labels"][0].as_py()) == list(next(iter(ALL["replicates"].groups)))
    assert sum(table["rows"].to_pylist()) == 40


def test_models_of_ones_own_are_named_when_they_are_read() -> None:
    table = summarize(STUDY.survey(), Ratio(power=2)).to_arrow()
    assert Summary.from_arrow(table, models=[Ratio]).models == (Ratio(power=2),)
    with pytest.raises(RecordError, match=r"model: 'Ratio'; .* Hint: pass models=\(Ratio,\)"):
        Summary.from_arrow(table)


TABLE = drawn().to_arrow()
HEAD = json.loads(TABLE.schema.metadata[b"servqual.summary"])


def with_head(**changes: Any) -> Any:
    return TABLE.replace_schema_metadata({b"servqual.summary": json.dumps({**HEAD, **changes}).encode()})


def shorter(name: str) -> Any:
    """The table with one number less in each list of a column."""
    values = arrow.array([each[:-1] for each in TABLE[name].to_pylist()])
    return TABLE.set_column(TABLE.column_names.index(name), name, values)


@pytest.mark.parametrize(
    ("table", "text"),
    [
        ("sums.parquet", r"table: a str; .* Hint: pyarrow.parquet.read_table\(path\)"),
        (TABLE.replace_schema_metadata(None), "table: no summary in its metadata; .* Hint: keep the metadata"),
        (with_head(schema=99), r"\$.schema: 99; this version reads schema 2"),
        (with_head(seed=1), f"6 replicates from seed {2**64 - 1}; the summary has 6 replicates from seed 1"),
        (with_head(replicates=0, seed=0), f"6 replicates from seed {2**64 - 1}; the summary has no replicates"),
        (with_head(by=["branch"]), "2 labels and 2 sums; a group has a label for each grouping column"),
        (TABLE.drop_columns(["rows"]), r"\$: no rows; the record has this key"),
        (TABLE.drop_columns(["parts/0/0/moments/sum2"]), "parts/0/0/moments: no sum2"),
        (TABLE.append_column("notes", TABLE["labels"]), r"\$: 'notes'; unknown keys are refused"),
        (TABLE.append_column("products/extra", TABLE["rows"]), "products: 'extra'; unknown keys are refused"),
        (shorter("products/sum1"), r"sum1: shape \(16, 16\)|sum1: shape"),
        (shorter("replicates/weight"), "shape"),
    ],
)
def test_what_is_no_such_table_is_refused(table: Any, text: str) -> None:
    with pytest.raises(RecordError, match=text):
        Summary.from_arrow(table)
