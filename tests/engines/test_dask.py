"""Dask: the same summary as in memory, whatever the partitions, and whoever dies on the way."""

import os
import signal
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
import pandas as pd
import pytest
from attrs import evolve

from servqual import Difference, PerformanceOnly, Survey, score, summarize
from servqual.engines import on_dask
from servqual.engines.on_dask import dask_scores, dask_summary
from servqual.engines.partial_summary import PartialSummary
from servqual.engines.partials import Work
from servqual.engines.recipes import Recipe
from servqual.errors import ArgumentError, BatchError, MissingExtraError, SurveyError
from tests.engines.routes import CASES, frame, in_memory, same_sums, skipped_without
from tests.scoring.hall import HALL

dask = skipped_without("dask", "summaries and scores of Dask collections")
dataframe = skipped_without("dask.dataframe", "summaries and scores of Dask collections")
bag = skipped_without("dask.bag", "summaries of bags")
distributed = skipped_without("distributed", "summaries on a cluster of two workers")

# one process of the tests starts the session for all of them
pytestmark = pytest.mark.xdist_group("dask")

ANSWERS = frame()


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """Two workers, each a process of its own."""
    local = distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0", memory_limit=0
    )
    with local as held, distributed.Client(held) as client:
        yield client


def written(folder: Path, parts: int) -> list[str]:
    """The study in so many files of Parquet."""
    edges = np.linspace(0, len(ANSWERS), parts + 1).astype(int)
    paths = [str(folder / f"part{place}.parquet") for place in range(parts)]
    for place, path in enumerate(paths):
        ANSWERS.iloc[edges[place] : edges[place + 1]].to_parquet(path)
    return paths


@pytest.mark.parametrize("case", CASES)
def test_two_workers_find_what_one_process_finds(cluster: Any, case: str) -> None:
    assert len(cluster.scheduler_info()["workers"]) == 2
    models, options = CASES[case]
    found = dask_summary(dataframe.from_pandas(ANSWERS, npartitions=9), HALL, *models, fan_in=3, **options)
    same_sums(found, in_memory(ANSWERS, models, options))


def test_paths_are_read_by_the_workers(cluster: Any, tmp_path: Path) -> None:
    paths = written(tmp_path, 5)
    models, options = CASES["several models in groups"]
    expected = in_memory(ANSWERS, models, options)
    same_sums(dask_summary(bag.from_sequence(paths, npartitions=3), HALL, *models, **options), expected)
    same_sums(dask_summary([dask.delayed(path) for path in paths], HALL, *models, **options), expected)
    same_sums(dask_summary(dask.delayed(str(tmp_path)), HALL, *models, **options), expected)
    assert cluster.status == "running"


@pytest.mark.parametrize("sizes", [[1] * 40, [40], [0, 13, 0, 27], [39, 1]])
def test_any_partitions_give_the_same(sizes: list[int]) -> None:
    edges = np.cumsum([0, *sizes])
    answers = ANSWERS.iloc[:40]
    pieces = [dask.delayed(answers.iloc[a:b]) for a, b in pairwise(edges)]
    models, options = CASES["several models in groups"]
    same_sums(dask_summary(pieces, HALL, *models, **options), in_memory(answers, models, options))


def test_frames_in_a_bag_and_other_libraries() -> None:
    polars = pytest.importorskip("polars", reason="polars is not installed: frames of it in a bag are not tested")
    halves = [ANSWERS.iloc[:250], polars.from_pandas(ANSWERS.iloc[250:])]
    expected = in_memory(ANSWERS, (Difference(),), {})
    same_sums(dask_summary(bag.from_sequence(halves, npartitions=1), HALL, Difference()), expected)


def test_only_the_columns_needed_are_read() -> None:
    collection = dataframe.from_pandas(ANSWERS.assign(notes="long text"), npartitions=4)
    seen: list[list[str]] = []

    def look(part: pd.DataFrame) -> pd.DataFrame:
        seen.append(list(part.columns))
        return part

    watched = collection.map_partitions(look, meta=collection)
    with dask.config.set(scheduler="synchronous"):
        expected = dask_summary(watched, HALL, Difference(), by="branch")
    same_sums(expected, in_memory(ANSWERS, (Difference(),), {"by": "branch"}))
    chosen = on_dask._pieces(collection, _work(by="branch"))
    with dask.config.set(scheduler="synchronous"):
        assert len(chosen[0].compute().columns) == 2 * len(HALL) + 1


def _work(**options: Any) -> Any:
    return Work(Recipe.of(HALL, (Difference(),), options.pop("by", None), options))


def logged(part: pd.DataFrame, folder: str, place: int, killer: int) -> pd.DataFrame:
    """A partition that notes that it was made; one of them kills its worker, the first time."""
    (Path(folder) / f"{place}.{uuid4().hex}").touch()
    struck = Path(folder) / "struck"
    if place == killer and not struck.exists():
        struck.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return part


def test_a_worker_killed_during_the_reduction_is_replaced_and_nothing_counts_twice(
    cluster: Any, tmp_path: Path
) -> None:
    answers, parts = ANSWERS.iloc[:240], 24
    make = dask.delayed(logged, pure=False)
    pieces = [make(answers.iloc[10 * place : 10 * place + 10], str(tmp_path), place, 17) for place in range(parts)]
    models, options = CASES["several models in groups"]
    found = dask_summary(pieces, HALL, *models, fan_in=2, **options)
    assert cluster.status == "running"
    made = [int(path.name.split(".")[0]) for path in tmp_path.iterdir() if path.name != "struck"]
    assert (tmp_path / "struck").exists()
    assert made.count(17) >= 2
    assert set(made) == set(range(parts))
    same_sums(found, in_memory(answers, models, options))


def test_a_partition_that_fails_names_itself_and_its_column() -> None:
    wrong = ANSWERS.copy()
    wrong.loc[450, "perception_care1"] = 99
    collection = dataframe.from_pandas(wrong, npartitions=4)
    with pytest.raises(BatchError, match=r"batch 3, rows 0\.\.149: column perception_care1 .*row 0 = 99"):
        dask_summary(collection, HALL, Difference())
    found = dask_summary(collection, HALL, Difference(), set_aside_ok=True)
    assert isinstance(found, PartialSummary)
    assert [(each.place.number, each.rows) for each in found.set_aside] == [(3, 150)]
    rest = in_memory(ANSWERS.iloc[:450], (Difference(),), {})
    assert len(found) == 450
    np.testing.assert_allclose(found.products.covariance(), rest.products.covariance(), rtol=1e-10)
    with pytest.raises(BatchError, match="all 1 batches set aside"):
        dask_summary([dask.delayed(wrong)], HALL, Difference(), set_aside_ok=True)


def test_errors_come_back_from_other_processes(cluster: Any) -> None:
    collection = dataframe.from_pandas(ANSWERS.assign(perception_care1=8), npartitions=2)
    with pytest.raises(BatchError, match=r"150 answers off the scale|300 answers off the scale") as refused:
        dask_summary(collection, HALL, Difference())
    assert refused.value.remark.startswith("Rows are counted from 0 in the batch")
    assert cluster.status == "running"


def test_scores_are_a_lazy_collection_of_the_same_scores() -> None:
    lazy = dask_scores(dataframe.from_pandas(ANSWERS, npartitions=7), HALL, Difference(), keep=["id", "branch"])
    expected = score(Survey.from_frame(ANSWERS, HALL), Difference())
    assert list(lazy.columns) == ["id", "branch", *expected.columns]
    assert {str(lazy.dtypes[name]) for name in expected.columns} == {"float32"}
    assert lazy.npartitions == 7
    made = lazy.compute()
    np.testing.assert_array_equal(made[list(expected.columns)].to_numpy(), expected.values)
    assert made["id"].tolist() == made.index.tolist() == list(range(600))
    wide = dask_scores(
        dataframe.from_pandas(ANSWERS, npartitions=2), HALL, Difference(), overall_items=True, dtype="float64",
        min_answered=1.0,
    )  # fmt: skip
    whole = score(
        Survey.from_frame(ANSWERS, HALL), Difference(), overall_items=True, dtype=np.float64, min_answered=1.0
    )
    np.testing.assert_array_equal(wide.compute().to_numpy(), whole.values)


def test_scores_of_a_partition_without_rows() -> None:
    collection = dataframe.from_pandas(ANSWERS, npartitions=4)
    some = collection[collection["id"] < 150]
    assert len(dask_scores(some, HALL, Difference(), keep="id").compute()) == 150


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"perception": "P{key}"}, "perception: no columns 'Pspeed1', .*Hint: try perception="),
        ({"by": "town"}, "groups: no column 'town'"),
        ({"weights": "wt"}, "weights: no column 'wt'"),
        ({"expectatoin": "E{n}"}, "levels: 'expectatoin'.*Hint: did you mean expectation"),
    ],
)
def test_columns_that_are_not_there_are_refused_before_anything_is_read(given: Any, message: str) -> None:
    def never(_: pd.DataFrame) -> pd.DataFrame:
        raise AssertionError

    collection = dataframe.from_pandas(ANSWERS, npartitions=2)
    collection = collection.map_partitions(never, meta=collection)
    with pytest.raises(SurveyError, match=message):
        dask_summary(collection, HALL, Difference(), **given)
    if "by" not in given:
        with pytest.raises(SurveyError, match=message):
            dask_scores(collection, HALL, Difference(), **given)


def test_what_is_kept_is_there_and_is_no_score() -> None:
    collection = dataframe.from_pandas(ANSWERS.assign(speed=1), npartitions=2)
    with pytest.raises(SurveyError, match=r"keep: 'speed'; a score has this name\. Hint: rename the column"):
        dask_scores(collection, HALL, Difference(), keep=["id", "speed"])
    with pytest.raises(SurveyError, match=r"keep: no 'idd'; what is kept is a column of the data\. Hint: did you mean"):
        dask_scores(collection, HALL, Difference(), keep=["idd"])


@pytest.mark.parametrize("given", [ANSWERS, "answers.parquet", [ANSWERS], 5, []])
def test_what_is_no_collection(given: Any) -> None:
    with pytest.raises(SurveyError, match=f"collection: a {type(given).__name__}; it is a Dask DataFrame, a bag"):
        dask_summary(given, HALL, Difference())
    with pytest.raises(SurveyError, match=f"collection: a {type(given).__name__}; scores are made of a Dask DataFrame"):
        dask_scores(given, HALL, Difference())


def test_a_collection_without_rows() -> None:
    with pytest.raises(SurveyError, match="source: no rows; a survey has at least one respondent"):
        dask_summary([dask.delayed(ANSWERS.iloc[:0])], HALL, Difference())


def test_a_tree_needs_two_branches() -> None:
    with pytest.raises(ArgumentError, match="fan_in: 1; sums are added up two at a time at least"):
        dask_summary([dask.delayed(ANSWERS)], HALL, Difference(), fan_in=1)


def test_without_dask_the_message_says_how_it_comes_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "dask", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'servqual\[dask\]'"):
        dask_summary([], HALL, Difference())


def test_cross_products_can_be_left_out() -> None:
    found = dask_summary(dataframe.from_pandas(ANSWERS, npartitions=3), HALL, *CASES["clusters"][0], products=False)
    expected = summarize(Survey.from_frame(ANSWERS, HALL), Difference(), PerformanceOnly())
    bare = {labels: evolve(sums, products=None) for labels, sums in expected.groups.items()}
    same_sums(found, evolve(expected, groups=bare))
