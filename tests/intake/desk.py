"""A small study, its codes written down by hand, and the frames it may come in."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import polars as pl
import pyarrow as pa

from servqual import Instrument, Level, Scale, Survey

DESK = Instrument.define(
    "desk", {"speed": ["wait", "queue"], "care": ["tone"]}, scale=Scale.likert(7), reverse=["queue"]
)
KEYS = ("wait", "queue", "tone")
Answers = Sequence[Sequence[int | None]]

PERCEIVED: Answers = [[5, 1, 7], [6, None, 4], [2, 7, 3], [None, 3, 1]]
EXPECTED: Answers = [[7, 2, 7], [6, 1, 7], [7, 1, None], [5, 4, 6]]
# items by respondents: -128 is missing, and queue is turned: 8 - answer
PERCEIVED_CODES = [[5, 6, 2, -128], [7, -128, 1, 5], [7, 4, 3, 1]]
EXPECTED_CODES = [[7, 6, 7, 5], [6, 7, 7, 4], [7, 7, -128, 6]]
BRANCH: Any = ["south", "north", None, "south"]


def frame_of(columns: Mapping[str, Sequence[Any]], backend: str = "pandas") -> Any:
    """A frame of one of the three libraries; None is missing."""
    cells = {name: list(values) for name, values in columns.items()}
    if backend == "pandas":
        return pd.DataFrame(cells)
    return pl.DataFrame(cells) if backend == "polars" else pa.table(cells)


def columns_of(answers: Answers, names: Sequence[str]) -> dict[str, list[Any]]:
    return {name: [row[place] for row in answers] for place, name in enumerate(names)}


def desk_columns(
    perceived: Sequence[str] = (), expected: Sequence[str] = (), **others: Sequence[Any]
) -> dict[str, Any]:
    """Columns of the study, under its default names unless others are given, and any other columns beside them."""
    names = perceived or [f"perception_{key}" for key in KEYS], expected or [f"expectation_{key}" for key in KEYS]
    return {**others, **columns_of(PERCEIVED, names[0]), **columns_of(EXPECTED, names[1])}


def long_columns(answers: Mapping[str, Answers], respondents: Sequence[Any]) -> dict[str, list[Any]]:
    """One row for each answer that was given, the last respondent first."""
    rows = [
        (respondents[person], KEYS[item], level, value)
        for level, matrix in answers.items()
        for person, row in reversed(list(enumerate(matrix)))
        for item, value in enumerate(row)
        if value is not None
    ]
    return dict(zip(("respondent", "item", "level", "value"), map(list, zip(*rows, strict=True)), strict=True))


def codes(survey: Survey, level: Level = Level.PERCEPTION) -> Any:
    return survey.answers[level].codes.tolist()


def numbers(answers: Answers) -> npt.NDArray[np.float64]:
    """The answers as a matrix, missing as NaN."""
    return np.array([[np.nan if value is None else value for value in row] for row in answers])


def is_the_study(survey: Survey) -> bool:
    return codes(survey) == PERCEIVED_CODES and codes(survey, Level.EXPECTATION) == EXPECTED_CODES
