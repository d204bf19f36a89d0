"""Dask: a collection of answers to one summary by a tree of sums, or to a lazy collection of scores."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from servqual._frames.door import needed
from servqual.engines.partials import Hand, Partial, Work, joined
from servqual.engines.places import Batch, Place
from servqual.engines.recipes import By, Recipe
from servqual.engines.score_columns import ScoreWork
from servqual.errors import ArgumentError, Problem, SurveyError
from servqual.instruments import Instrument
from servqual.scoring import ScoringModel, Summary

EXTRA = "pip install 'servqual[dask]'"
# So many parts are added up in one task.
FAN_IN = 8


def dask_summary(
    collection: Any,
    instrument: Instrument,
    *models: ScoringModel,
    by: By = None,
    products: bool = True,
    set_aside_ok: bool = False,
    fan_in: int = FAN_IN,
    **options: Any,
) -> Summary:
    """Return the summary of a Dask collection: each partition is summed where it lies, and sums meet in a tree.

    It runs on the scheduler or cluster that is active. A summary is some 100 kB whatever its partition had, so that
    little travels and nobody's answers do. Tasks have no effects: what a lost worker had is formed again and counted
    once. The result is that of one process: counts exactly, means and variances within rounding.

    Parameters
    ----------
    collection
        A Dask DataFrame; a bag of paths or frames; delayed frames or paths, several or one. Paths are read where the
        task runs, batch by batch, which is the quickest: ``dask.bag.from_sequence(paths)``.
    instrument, models, by, products, set_aside_ok, options
        As in `summarize_batches`.
    fan_in
        So many sums are added up in one task, 2 at least.

    Raises
    ------
    BatchError
        A partition that cannot be read or does not make a survey, without consent.
    SurveyError
        What is no Dask collection, columns that are not there, no rows at all.
    ArgumentError
        A tree that adds up fewer than two.
    MissingExtraError
        When Dask is not installed.

    Examples
    --------
    >>> import pandas
    >>> from dask import delayed
    >>> from servqual import Difference, Scale
    >>> desk = Instrument.define("desk", {"speed": ["wait"]}, scale=Scale.likert(7))
    >>> parts = [pandas.DataFrame({"P1": [5, wait], "E1": [6, 6]}) for wait in (3, 4, 5)]
    >>> lazy = [delayed(part) for part in parts]
    >>> whole = dask_summary(lazy, desk, Difference(), perception="P{n}", expectation="E{n}")
    >>> len(whole), whole.table()["mean"][0]
    (6, -1.5)
    """
    dask = needed("dask", EXTRA)
    if fan_in < 2:
        raise ArgumentError(Problem("fan_in", str(fan_in), "sums are added up two at a time at least", "fan_in=8"))
    work = Work(Recipe.of(instrument, models, by, options), products, set_aside_ok)
    told = dask.delayed(work, traverse=False)
    sums, plus = dask.delayed(_part), dask.delayed(_joined)
    parts = [sums(told, piece, number) for number, piece in enumerate(_pieces(collection, work))]
    while len(parts) > 1:
        parts = [plus(parts[start : start + fan_in]) for start in range(0, len(parts), fan_in)]
    whole: Partial = parts[0].compute() if parts else Partial()
    return whole.result(set_aside_ok=set_aside_ok)


def _pieces(collection: Any, work: Work) -> list[Any]:
    """Return the partitions, each as a delayed value."""
    kind = _kind(collection)
    if kind == "DataFrame":
        columns = [str(name) for name in collection.columns]
        return list(collection[work.needed(columns)].to_delayed())
    if kind == "Bag":
        return list(collection.to_delayed())
    if kind == "Delayed":
        return [collection]
    listed = list(collection) if isinstance(collection, Iterable) and not isinstance(collection, str | bytes) else []
    if not listed or any(_kind(each) != "Delayed" for each in listed):
        rule = "it is a Dask DataFrame, a bag of paths or frames, or delayed ones"
        remedy = "dask.bag.from_sequence(paths), or engines.summarize_batches(…) in this process"
        raise SurveyError(Problem("collection", f"a {type(collection).__name__}", rule, remedy))
    return listed


def _kind(value: object) -> str:
    """Return what a collection of Dask is called, empty for all else; its classes are found without importing them."""
    for each in type(value).__mro__:
        if each.__module__.partition(".")[0] == "dask" and each.__name__ in {"DataFrame", "Bag", "Delayed"}:
            return each.__name__
    return ""


def _part(work: Work, piece: Any, number: int) -> Partial:
    """Return what a partition gives: a frame, a path, or a list of either."""
    if isinstance(piece, list | tuple):
        return joined(_part(work, each, number) for each in piece)
    if hasattr(piece, "columns"):
        return Hand(work).part(Batch(Place(number, rows=len(piece)), piece))
    return work.of_source(piece)


def _joined(parts: Sequence[Partial]) -> Partial:
    return joined(parts)


def dask_scores(
    collection: Any,
    instrument: Instrument,
    model: ScoringModel,
    *,
    keep: Sequence[str] = (),
    min_answered: float = 0.5,
    overall_items: bool = False,
    dtype: npt.DTypeLike = np.float32,
    **columns: Any,
) -> Any:
    """Return everybody's scores as a lazy Dask DataFrame: nothing is read before it is computed or written.

    Rows, index and partitions are those of the collection; a score that is missing is NaN.

    Parameters
    ----------
    collection
        A Dask DataFrame.
    instrument, model, min_answered, overall_items, dtype
        As in `score`.
    keep
        Columns of the collection that stand before the scores: a respondent's key, groups.
    **columns
        What `Survey.from_frame` takes: column patterns of the levels, `missing` and so on.

    Returns
    -------
    dask.dataframe.DataFrame
        The columns kept, then those of ``Scores.columns``.

    Raises
    ------
    SurveyError
        What is no Dask DataFrame; columns that are not there, or that bear the name of a score.
    MissingExtraError
        When Dask is not installed.
    """
    make_meta = needed("dask.dataframe.dispatch", EXTRA).make_meta
    if _kind(collection) != "DataFrame":
        rule, remedy = "scores are made of a Dask DataFrame", "dask.dataframe.from_delayed(frames)"
        raise SurveyError(Problem("collection", f"a {type(collection).__name__}", rule, remedy))
    rules = {"min_answered": min_answered, "overall_items": overall_items, "dtype": np.dtype(dtype)}
    work = ScoreWork.of(instrument, model, keep, rules, columns)
    chosen = collection[work.needed([str(name) for name in collection.columns])]
    return chosen.map_partitions(work.of_frame, meta=work.of_frame(make_meta(chosen)))
