"""Spark: the same summary as in memory, from a local session of two tasks at a time."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from attrs import frozen

from servqual import Difference, Level, Scale, Survey, score
from servqual.engines import on_spark, spark_tasks
from servqual.engines.on_spark import spark_scores, spark_summary
from servqual.engines.partial_summary import PartialSummary
from servqual.errors import BatchError, MissingExtraError, SurveyError
from tests.conftest import REPOSITORY
from tests.engines.routes import CASES, frame, in_memory, same_sums, skipped_without
from tests.scoring.hall import HALL

arrow = skipped_without("pyarrow", "summaries of Spark frames")
skipped_without("pyspark", "summaries and scores of Spark frames")

# one process of the tests starts the session for all of them
pytestmark = pytest.mark.xdist_group("spark")

ANSWERS = frame()


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    """A session of two tasks at a time, where there is Java."""
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        pytest.skip("there is no Java (openjdk-17-jre-headless): summaries and scores of Spark frames are not tested")
    from pyspark.sql import SparkSession

    settings = {
        "spark.ui.enabled": "false", "spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1",
        "spark.sql.shuffle.partitions": "2", "spark.pyspark.python": sys.executable,
        "spark.executorEnv.PYTHONPATH": str(REPOSITORY), "spark.log.level": "OFF",
        "spark.ui.showConsoleProgress": "false",
    }  # fmt: skip
    builder = SparkSession.builder.master("local[2, 3]").appName("servqual tests")
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    yield session
    session.stop()


def given(spark: Any, answers: pd.DataFrame, partitions: int = 5) -> Any:
    """The answers as a frame of Spark, in so many partitions and in their order."""
    table = arrow.Table.from_pandas(answers, preserve_index=False)
    return spark.createDataFrame(table).coalesce(1).repartitionByRange(partitions, "id")


@pytest.mark.parametrize("case", CASES)
def test_two_tasks_find_what_one_process_finds(spark: Any, case: str) -> None:
    models, options = CASES[case]
    found = spark_summary(given(spark, ANSWERS), HALL, *models, **options)
    same_sums(found, in_memory(ANSWERS, models, options))


def test_small_batches_and_a_tree_of_sums_change_nothing(spark: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    models, options = CASES["several models in groups"]
    monkeypatch.setattr(on_spark, "FAN_IN", 3)
    spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", 7)
    try:
        found = spark_summary(given(spark, ANSWERS, 12), HALL, *models, **options)
    finally:
        spark.conf.unset("spark.sql.execution.arrow.maxRecordsPerBatch")
    same_sums(found, in_memory(ANSWERS, models, options))


def test_parquet_is_read_by_the_executors(spark: Any, tmp_path: Path) -> None:
    for place in range(3):
        ANSWERS.iloc[200 * place : 200 * place + 200].to_parquet(tmp_path / f"part{place}.parquet")
    models, options = CASES["clusters"]
    found = spark_summary(spark.read.parquet(str(tmp_path)), HALL, *models, **options)
    same_sums(found, in_memory(ANSWERS, models, options))


def test_files_are_read_by_the_executors_themselves(spark: Any, tmp_path: Path) -> None:
    for place in range(3):
        ANSWERS.iloc[200 * place : 200 * place + 200].to_parquet(tmp_path / f"part{place}.parquet")
    models, options = CASES["several models in groups"]
    files = spark.createDataFrame([(str(path),) for path in sorted(tmp_path.iterdir())], "path string").repartition(2)
    found = spark_summary(files, HALL, *models, paths="path", **options)
    same_sums(found, in_memory(ANSWERS, models, options))
    with pytest.raises(SurveyError, match=r"paths: no column 'pth'; .*Hint: did you mean path"):
        spark_summary(files, HALL, *models, paths="pth", **options)
    absent = spark.createDataFrame([("nowhere.parquet",)], "path string")
    with pytest.raises(BatchError, match=r"nowhere\.parquet"):
        spark_summary(absent, HALL, *models, paths="path", **options)
    (tmp_path / "part1.parquet").write_bytes(b"PAR1 no more")
    with pytest.raises(BatchError, match=r"part1\.parquet"):
        spark_summary(files, HALL, *models, paths="path", **options)
    rest = spark_summary(files, HALL, *models, paths="path", set_aside_ok=True, **options)
    assert len(rest) == 400
    assert isinstance(rest, PartialSummary)
    assert [Path(str(each.place.file)).name for each in rest.set_aside] == ["part1.parquet"]


def test_a_partition_without_rows_counts_for_nothing(spark: Any) -> None:
    some = given(spark, ANSWERS).where("id < 100")
    same_sums(spark_summary(some, HALL, Difference()), in_memory(ANSWERS.iloc[:100], (Difference(),), {}))
    with pytest.raises(SurveyError, match="source: no rows; a survey has at least one respondent"):
        spark_summary(given(spark, ANSWERS).where("id < 0"), HALL, Difference())


def test_names_with_dots_are_names(spark: Any) -> None:
    answers = ANSWERS.rename(columns={f"perception_{key}": f"p.{key}" for key in HALL.item_keys})
    found = spark_summary(
        given(spark, answers), HALL, Difference(), perception="p.{key}", expectation="expectation_{key}"
    )
    same_sums(found, in_memory(ANSWERS, (Difference(),), {}))


@frozen
class Dies:
    """A model whose first use, wherever it is, ends the process."""

    struck: str

    @property
    def reads(self) -> frozenset[Level]:
        return frozenset({Level.PERCEPTION})

    def item_scores(self, answers: Any, /) -> Any:
        if not Path(self.struck).exists():
            Path(self.struck).touch()
            os._exit(1)
        return 1.0 * answers[Level.PERCEPTION]

    def bounds(self, scale: Scale, /) -> tuple[float, float]:
        return scale.low, scale.high


def test_a_task_that_dies_is_run_again_and_counted_once(spark: Any, tmp_path: Path) -> None:
    model = Dies(str(tmp_path / "struck"))
    found = spark_summary(given(spark, ANSWERS, 4), HALL, model, by="branch")
    assert (tmp_path / "struck").exists()
    same_sums(found, in_memory(ANSWERS, (model,), {"by": "branch"}))


def test_all_partitions_that_fail_are_told_together(spark: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = ANSWERS.copy()
    wrong.loc[[10, 450], "perception_care1"] = 99
    with pytest.raises(BatchError) as refused:
        spark_summary(given(spark, wrong, 4), HALL, Difference())
    assert len(refused.value.problems) == 2
    assert "column perception_care1 (perception of item care1): 1 answer off the scale: row 10 = 99" in str(
        refused.value
    )
    assert refused.value.remark == "Such batches are left out and counted with set_aside_ok=True."
    monkeypatch.setattr(spark_tasks, "_SHOWN", 1)
    with pytest.raises(BatchError, match="1 more problems are not shown"):
        spark_summary(given(spark, wrong, 4), HALL, Difference())
    monkeypatch.setattr(on_spark, "FAN_IN", 2)
    with pytest.raises(BatchError, match="perception_care1"):
        spark_summary(given(spark, wrong, 4), HALL, Difference())


def test_partitions_can_be_set_aside(spark: Any) -> None:
    wrong = ANSWERS.copy()
    wrong.loc[450, "perception_care1"] = 99
    found = spark_summary(given(spark, wrong, 4), HALL, Difference(), set_aside_ok=True)
    assert isinstance(found, PartialSummary)
    (aside,) = found.set_aside
    assert "1 answer off the scale" in aside.reason
    assert len(found) + (aside.rows or 0) == 600
    with pytest.raises(BatchError, match="all 4 batches set aside"):
        spark_summary(given(spark, ANSWERS.assign(perception_care1=99), 4), HALL, Difference(), set_aside_ok=True)


def test_scores_are_a_lazy_frame_of_the_same_scores(spark: Any) -> None:
    lazy = spark_scores(given(spark, ANSWERS), HALL, Difference(), keep=["id", "branch"])
    expected = score(Survey.from_frame(ANSWERS, HALL), Difference())
    assert lazy.columns == ["id", "branch", *expected.columns]
    assert [field.dataType.simpleString() for field in lazy.schema.fields[2:]] == ["float"] * 4
    rows = sorted(lazy.collect(), key=lambda row: row["id"])
    made = np.array([[row[name] for name in expected.columns] for row in rows], np.float32)
    np.testing.assert_array_equal(made, expected.values)
    assert [row["branch"] for row in rows] == [None if pd.isna(each) else each for each in ANSWERS["branch"]]
    assert lazy.where("speed is null").count() == int(np.isnan(expected.dimensions[:, 0]).sum())


def test_scores_in_double_precision_with_the_mean_of_items(spark: Any) -> None:
    options: dict[str, Any] = {"overall_items": True, "dtype": "float64", "min_answered": 1.0}
    lazy = spark_scores(given(spark, ANSWERS), HALL, Difference(), keep="id", **options)
    expected = score(Survey.from_frame(ANSWERS, HALL), Difference(), **options)
    assert {field.dataType.simpleString() for field in lazy.schema.fields[1:]} == {"double"}
    rows = sorted(lazy.collect(), key=lambda row: row["id"])
    made = np.array([[row[name] for name in expected.columns] for row in rows], np.float64)
    np.testing.assert_array_equal(made, expected.values)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"perception": "P{key}"}, "perception: no columns 'Pspeed1', .*Hint: try perception="),
        ({"weights": "wt"}, "weights: no column 'wt'"),
        ({"keep": ["idd"]}, "keep: no 'idd'"),
        ({"keep": ["speed"]}, "keep: 'speed'; a score has this name"),
    ],
)
def test_columns_that_are_not_there_are_refused_at_once(spark: Any, options: Any, message: str) -> None:
    asked = given(spark, ANSWERS.assign(speed=1))
    with pytest.raises(SurveyError, match=message):
        spark_scores(asked, HALL, Difference(), **options)
    if "keep" not in options:
        with pytest.raises(SurveyError, match=message):
            spark_summary(asked, HALL, Difference(), **options)


def test_what_is_no_frame_of_spark() -> None:
    for call in (spark_summary, spark_scores):
        with pytest.raises(SurveyError, match=r"frame: a DataFrame; it is a frame of Spark SQL\. Hint: spark.read"):
            call(ANSWERS, HALL, Difference())


def test_without_spark_the_message_says_how_it_comes_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'servqual\[spark\]'"):
        spark_summary(ANSWERS, HALL, Difference())


def test_batches_are_gathered_without_losing_a_row() -> None:
    table = arrow.table({"x": range(1000)})
    for size in (1, 99, 100, 350, 5000):
        made = list(spark_tasks.gathered(table.to_batches(max_chunksize=100), size))
        assert [x for batch in made for x in batch.column("x").to_pylist()] == list(range(1000))
        assert all(batch.num_rows >= min(size, 1000) for batch in made[:-1])
    assert list(spark_tasks.gathered([], 10)) == []
