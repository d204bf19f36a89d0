"""From a data frame to the table of scores (check, code, score, table), beside arithmetic that checks nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

import servqual as sq
from benchmarks.peers import duckdb_query, pandas_columns, pandas_frame, pandas_matrix, polars_peers
from benchmarks.rounds import interleaved
from benchmarks.rows import OURS, Goal, Row, compared
from benchmarks.scoring import ONE_ITEM
from benchmarks.studies import ITEMS, NAMES, PERCEPTIONS, Study, instrument

if TYPE_CHECKING:
    import pandas as pd

PANDAS, BARE = "pandas, arithmetic alone", "pandas, bare columns"
GOALS = {PANDAS: Goal(1.5)}
NAN = " with NaN"
KINDS = ("int64", "float64", "float64" + NAN)
LAYOUTS: dict[str, Literal["C", "F"]] = {"row after row": "C", "column after column": "F"}


def rows(respondents: int, rounds: int) -> list[Row]:
    """Return what was measured for frames of pandas, then of polars and Arrow."""
    found: list[Row] = []
    if find_spec("pandas"):
        for kind in KINDS:
            for layout in LAYOUTS:
                found += _pandas_case(respondents, rounds, kind, layout)
    for missing in (False, True):
        for case, ours, others in _other_cases(Study.of(respondents, missing=missing)):
            found += compared(case, interleaved({OURS: ours, **others}, rounds), {})
    return found


def table_of(frame: Any) -> sq.Table:
    """Return the table of gap scores of a frame: the whole way."""
    survey = sq.Survey.from_frame(frame, instrument(), perception="P{n:02d}", expectation="E{n:02d}")
    return sq.score(survey, sq.Difference(), min_answered=ONE_ITEM).table()


def _pandas_case(respondents: int, rounds: int, kind: str, layout: str) -> list[Row]:
    frame = frame_of(Study.of(respondents, missing=kind.endswith(NAN)), kind.removesuffix(NAN), LAYOUTS[layout])
    contenders: dict[str, Callable[[], Any]] = {
        OURS: lambda: table_of(frame),
        PANDAS: lambda: pandas_frame(*_halves(frame)),
        BARE: lambda: pandas_columns(*_halves(frame)),
    }
    ours, theirs = table_of(frame).columns["mean"], np.nanmean(pandas_matrix(contenders[PANDAS]()), axis=0)
    np.testing.assert_allclose(np.array(ours, np.float64), theirs, rtol=0, atol=1e-5)
    return compared(f"frame of pandas, {kind}, {layout}", interleaved(contenders, rounds), GOALS)


def frame_of(study: Study, kind: str, order: Literal["C", "F"]) -> pd.DataFrame:
    """Return answers as a frame of one type that lies in memory in one of the two ways."""
    import pandas as pd

    values = np.array(study.answers.T, dtype=kind, order=order)
    if study.gaps is not None:
        np.copyto(values, np.nan, where=study.gaps.T)
    return pd.DataFrame(values, columns=NAMES, copy=False)


def _halves(frame: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return perceptions and expectations under the same names, without a copy."""
    return frame.iloc[:, :ITEMS], frame.iloc[:, ITEMS:].set_axis(PERCEPTIONS, axis=1)


Other = tuple[str, Callable[[], object], dict[str, Callable[[], object]]]


def _other_cases(study: Study) -> Iterator[Other]:
    answers = "complete" if study.gaps is None else "with nulls"
    if not find_spec("pyarrow"):
        return
    arrow = arrow_table(study)
    if find_spec("polars"):
        import polars as pl

        frame = pl.DataFrame(arrow)
        others = {peer.name: peer.run for peer in polars_peers(study)}
        yield f"frame of polars, int8, {answers}", lambda: table_of(frame), others
    if find_spec("duckdb"):
        import duckdb

        connection = duckdb.connect()
        connection.register("answers", arrow)
        query = duckdb_query("answers", gaps=study.gaps is not None)
        others = {"duckdb over Arrow": lambda: connection.sql(query).to_arrow_table()}
        yield f"table of Arrow, int8, {answers}", lambda: table_of(arrow), others


def arrow_table(study: Study) -> Any:
    """Return answers as an Arrow table of one-byte integers, nulls where they are missing."""
    import pyarrow as pa

    gaps = [None] * len(NAMES) if study.gaps is None else list(study.gaps)
    return pa.table(
        {name: pa.array(codes, mask=gap) for name, codes, gap in zip(NAMES, study.answers, gaps, strict=True)}
    )
