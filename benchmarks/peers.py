"""The same scores by other libraries: dimension means of P − E over the items answered, and the mean of the dimensions.

Every peer is fed in its own best form (one-byte integers, its own nulls) before the clock starts, and may use as many
threads as it likes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import reduce
from importlib.util import find_spec
from operator import add
from typing import TYPE_CHECKING, Any

import numpy as np
from attrs import frozen

from benchmarks.studies import EXPECTATIONS, ITEMS, NAMES, PARTS, PERCEPTIONS, Matrix, Study

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

PAIRS = tuple(zip(PERCEPTIONS, EXPECTATIONS, strict=True))
DIMENSIONS = tuple(f"d{place}" for place in range(len(PARTS)))


@frozen
class Peer:
    """A way to the scores: what is timed, and how its result is read as a matrix (respondents, dimensions + 1)."""

    name: str
    run: Callable[[], Any]
    matrix: Callable[[Any], Matrix]


def peers(study: Study) -> Iterator[Peer]:
    """Yield the peers that are installed."""
    if find_spec("pandas"):
        yield from pandas_peers(study)
    if find_spec("polars"):
        yield from polars_peers(study)
    if find_spec("duckdb") and find_spec("pyarrow"):
        yield duckdb_peer(study)


def pandas_peers(study: Study) -> Iterator[Peer]:
    """Integer frames, nullable ones where answers are missing; scores as a frame, and as bare columns."""
    import pandas as pd

    if study.gaps is None:
        perceptions = pd.DataFrame(study.answers[:ITEMS].T, columns=PERCEPTIONS)
        expectations = pd.DataFrame(study.answers[ITEMS:].T, columns=PERCEPTIONS)
    else:
        columns = [pd.arrays.IntegerArray(codes, gaps) for codes, gaps in zip(study.answers, study.gaps, strict=True)]
        perceptions = pd.DataFrame(dict(zip(PERCEPTIONS, columns[:ITEMS], strict=True)), copy=False)
        expectations = pd.DataFrame(dict(zip(PERCEPTIONS, columns[ITEMS:], strict=True)), copy=False)

    yield Peer("pandas", lambda: pandas_frame(perceptions, expectations), pandas_matrix)
    yield Peer("pandas, bare columns", lambda: pandas_columns(perceptions, expectations), column_matrix)


def pandas_frame(perceptions: pd.DataFrame, expectations: pd.DataFrame) -> pd.DataFrame:
    """Return dimension scores and the overall score in a frame, as a user of pandas would write it."""
    import pandas as pd

    gaps = perceptions - expectations
    scores = pd.DataFrame({key: gaps.iloc[:, part].mean(axis=1) for key, part in zip(DIMENSIONS, PARTS, strict=True)})
    scores["overall"] = scores.mean(axis=1, skipna=False)
    return scores


def pandas_matrix(scores: pd.DataFrame) -> Matrix:
    """Return a frame of scores as a matrix."""
    return scores.to_numpy(np.float64, na_value=np.nan)


def pandas_columns(perceptions: pd.DataFrame, expectations: pd.DataFrame) -> list[pd.Series[float]]:
    """Return the same scores by the least that pandas has to do: no frame is built of them."""
    gaps = perceptions - expectations
    scores = [gaps.iloc[:, part].mean(axis=1) for part in PARTS]
    return [*scores, reduce(add, scores) / len(scores)]


def column_matrix(scores: list[pd.Series[float]]) -> Matrix:
    """Return columns of scores as a matrix."""
    return np.column_stack([each.to_numpy(np.float64, na_value=np.nan) for each in scores])


def polars_peers(study: Study) -> Iterator[Peer]:
    """The row-wise mean that polars offers, and sums written out by hand, which it adds in one byte."""
    import polars as pl

    columns = study.answers if study.gaps is None else map(_with_nulls, study.answers, study.gaps)
    frame = pl.DataFrame(dict(zip(NAMES, columns, strict=True)), schema=dict.fromkeys(NAMES, pl.Int8))
    for name, mean in (("polars", _mean_horizontal), ("polars, sums by hand", _mean_by_hand)):
        dimensions = [
            mean([pl.col(p) - pl.col(e) for p, e in PAIRS[part]], gaps=study.gaps is not None).alias(key)
            for key, part in zip(DIMENSIONS, PARTS, strict=True)
        ]
        yield Peer(name, _polars_run(frame, dimensions), lambda scores: scores.to_numpy().astype(np.float64))


def _polars_run(frame: pl.DataFrame, dimensions: list[pl.Expr]) -> Callable[[], Any]:
    import polars as pl

    overall = (reduce(add, map(pl.col, DIMENSIONS)) / len(DIMENSIONS)).alias("overall")
    return lambda: frame.lazy().select(dimensions).with_columns(overall).collect()


def _with_nulls(codes: Any, gaps: Any) -> Any:
    import pyarrow as pa

    return pa.array(codes, mask=gaps)


def _mean_horizontal(differences: list[pl.Expr], *, gaps: bool) -> pl.Expr:  # noqa: ARG001 - nulls are left out anyway
    import polars as pl

    return pl.mean_horizontal(differences)


def _mean_by_hand(differences: list[pl.Expr], *, gaps: bool) -> pl.Expr:
    import polars as pl

    if not gaps:
        return reduce(add, differences).cast(pl.Float32) / len(differences)
    answered = reduce(add, [each.is_not_null().cast(pl.Int8) for each in differences])
    total = reduce(add, [each.fill_null(0) for each in differences])
    return pl.when(answered > 0).then(total.cast(pl.Float32) / answered)


def duckdb_peer(study: Study) -> Peer:
    """A table of its own, in memory, and one query."""
    import duckdb
    import pyarrow as pa

    gaps = [None] * len(NAMES) if study.gaps is None else list(study.gaps)
    columns = {name: pa.array(codes, mask=gap) for name, codes, gap in zip(NAMES, study.answers, gaps, strict=True)}
    connection = duckdb.connect()
    connection.register("given", pa.table(columns))
    connection.execute("CREATE TABLE answers AS SELECT * FROM given")
    connection.unregister("given")
    query = duckdb_query("answers", gaps=study.gaps is not None)
    return Peer("duckdb", lambda: connection.sql(query).to_arrow_table(), arrow_matrix)


def arrow_matrix(scores: Any) -> Matrix:
    """Return the columns of an Arrow table as one matrix, nulls as NaN."""
    return np.column_stack([column.to_numpy().astype(np.float64) for column in scores.columns])


def duckdb_query(table: str, *, gaps: bool) -> str:
    """Return the query for dimension scores and the overall score."""
    dimensions = ", ".join(
        f"{_duckdb_mean(PAIRS[part], gaps=gaps)} AS {key}" for key, part in zip(DIMENSIONS, PARTS, strict=True)
    )
    overall = f"({' + '.join(DIMENSIONS)}) / {len(DIMENSIONS)}"
    return f"SELECT *, {overall} AS overall FROM (SELECT {dimensions} FROM {table})"  # noqa: S608 - our own names


def _duckdb_mean(pairs: tuple[tuple[str, str], ...], *, gaps: bool) -> str:
    if not gaps:
        return f"({' + '.join(f'({p} - {e})' for p, e in pairs)})::FLOAT / {len(pairs)}"
    total = " + ".join(f"coalesce({p} - {e}, 0)" for p, e in pairs)
    answered = " + ".join(f"(({p} - {e}) IS NOT NULL)::TINYINT" for p, e in pairs)
    return f"({total})::FLOAT / nullif({answered}, 0)"
