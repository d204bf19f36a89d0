"""Spark: a frame of answers to one summary, or to a frame of scores, through Arrow on the executors."""

from __future__ import annotations

import math
import warnings
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from servqual._frames.door import needed
from servqual.engines.partials import Work
from servqual.engines.recipes import By, Recipe
from servqual.engines.score_columns import ScoreWork
from servqual.engines.spark_tasks import TOLD, ScoresOfPartition, SumOfFiles, SumOfPartition, SumOfSums, added
from servqual.errors import Problem, SurveyError, did_you_mean
from servqual.instruments import Instrument
from servqual.scoring import ScoringModel, Summary

EXTRA = "pip install 'servqual[spark]'"
# So many sums are added up in one task, and by the driver.
FAN_IN = 32


def spark_summary(
    frame: Any,
    instrument: Instrument,
    *models: ScoringModel,
    by: By = None,
    products: bool = True,
    set_aside_ok: bool = False,
    paths: str | None = None,
    **options: Any,
) -> Summary:
    """Return the summary of a Spark frame: each partition is summed by its executor, sums are added up by few.

    Rows go to Python as Arrow (``mapInArrow``), only the columns needed, and come back as one sum for each partition.
    A task that is run again, for a lost executor or by speculation, gives its one row and is counted once. The
    executors need this package. The result is that of one process: counts exactly, means and variances within rounding.

    Parameters
    ----------
    frame
        A frame of Spark SQL: one row per respondent, or per file.
    instrument, models, by, products, set_aside_ok, options
        As in `summarize_batches`.
    paths
        The column of a frame of files, whose paths executors read by themselves. Rows of Parquet then do not pass
        through Java, which takes most of the time otherwise.

    Raises
    ------
    BatchError
        A partition that does not make a survey, without consent; all that fail are told together.
    SurveyError
        What is no frame of Spark, columns that are not there, no rows at all.
    MissingExtraError
        When Spark is not installed.
    """
    check_is_spark(frame)
    work = Work(Recipe.of(instrument, models, by, options), products, set_aside_ok)
    told = _of_rows(frame, work) if paths is None else _of_files(frame, work, paths)
    count = _partitions(frame)
    while count > FAN_IN:
        count = math.ceil(count / FAN_IN)
        told = _mapped(told.repartition(count, "place"), SumOfSums(work), TOLD)
    return added(told.collect(), work).result(set_aside_ok=set_aside_ok)


def _of_rows(frame: Any, work: Work) -> Any:
    names = work.needed(frame.columns)
    return _mapped(_chosen(frame, names), SumOfPartition(work, tuple(names)), TOLD)


def _of_files(frame: Any, work: Work, paths: str) -> Any:
    if paths not in frame.columns:
        rule = "it names the column of paths"
        raise SurveyError(Problem("paths", f"no column {paths!r}", rule, did_you_mean(str(paths), frame.columns)))
    return _mapped(_chosen(frame, [paths]), SumOfFiles(work), TOLD)


def spark_scores(
    frame: Any,
    instrument: Instrument,
    model: ScoringModel,
    *,
    keep: Sequence[str] = (),
    min_answered: float = 0.5,
    overall_items: bool = False,
    dtype: npt.DTypeLike = np.float32,
    **columns: Any,
) -> Any:
    """Return everybody's scores as a Spark frame: nothing is read before an action asks for it.

    A score that is missing is null.

    Parameters
    ----------
    frame
        A frame of Spark SQL.
    instrument, model, min_answered, overall_items, dtype
        As in `score`.
    keep
        Columns of the frame that stand before the scores: a respondent's key, groups.
    **columns
        What `Survey.from_frame` takes: column patterns of the levels, `missing` and so on.

    Returns
    -------
    pyspark.sql.DataFrame
        The columns kept, then those of ``Scores.columns``.

    Raises
    ------
    SurveyError
        What is no frame of Spark; columns that are not there, or that bear the name of a score.
    MissingExtraError
        When Spark is not installed.
    """
    check_is_spark(frame)
    rules = {"min_answered": min_answered, "overall_items": overall_items, "dtype": np.dtype(dtype)}
    work = ScoreWork.of(instrument, model, keep, rules, columns)
    names = work.needed(frame.columns)
    return _mapped(_chosen(frame, names), ScoresOfPartition(work, tuple(names)), _schema(frame, work))


def check_is_spark(frame: object) -> None:
    """Raise where something is no frame of Spark.

    Raises
    ------
    SurveyError, MissingExtraError
        What is none; when Spark is not installed.
    """
    needed("pyspark", EXTRA)
    if not hasattr(frame, "mapInArrow"):
        rule, remedy = "it is a frame of Spark SQL", "spark.read.parquet(path)"
        raise SurveyError(Problem("frame", f"a {type(frame).__name__}", rule, remedy))


def _mapped(frame: Any, work: Any, schema: Any) -> Any:
    with warnings.catch_warnings():
        # pyspark warns of pandas 3 whenever a function is made; rows go through Arrow here, and pandas is not asked
        warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
        return frame.mapInArrow(work, schema)


def _chosen(frame: Any, names: Sequence[str]) -> Any:
    """Return columns of a frame under names without dots, which mapInArrow would take for parts of a column."""
    column = needed("pyspark.sql.functions", EXTRA).col
    quoted = ("`{}`".format(name.replace("`", "``")) for name in names)
    return frame.select(*(column(name).alias(f"c{place}") for place, name in enumerate(quoted)))


def _partitions(frame: Any) -> int:
    """Return how many partitions there are; one where the session does not say, as over Spark Connect."""
    try:
        return int(frame.rdd.getNumPartitions())
    except (AttributeError, NotImplementedError):
        return 1


def _schema(frame: Any, work: ScoreWork) -> Any:
    types = needed("pyspark.sql.types", EXTRA)
    number = types.DoubleType() if work.rules["dtype"] == np.float64 else types.FloatType()
    kept = [field for name in work.keep for field in frame.schema.fields if field.name == name]
    return types.StructType([*kept, *(types.StructField(name, number) for name in work.names)])
