"""Rows of a frame: which group each belongs to, and which of them are kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from servqual._arrays import Bools
from servqual._frames.columns import column_of, no_column
from servqual._frames.labels import GroupLabel, as_labels, distinct, ranked
from servqual.errors import Problem, SurveyError

if TYPE_CHECKING:
    import narwhals as nw


def factorised(frame: nw.DataFrame[Any], name: str) -> tuple[npt.NDArray[np.int32], tuple[GroupLabel, ...]]:
    """Return, for one column, each row's position among the sorted labels, and the labels.

    Labels are plain Python values: numbers before text, dates as ISO text, whole floats as int if all are whole, so
    that the same file gives the same labels in every library. Missing rows have the label None, which comes last.

    Raises
    ------
    SurveyError
        There is no such column, or its values cannot name groups (lists, structures).
    """
    positions, values = distinct(column_of(frame, name))
    ranks, labels = ranked(as_labels(name, values))
    last = len(labels)
    # The additional place at the end is where the position −1 of missing rows leads.
    codes = np.append(ranks, np.int32(last))[positions]
    return codes, (*labels, None) if codes.size and codes.max() == last else labels


def kept(frame: nw.DataFrame[Any], where: Mapping[str, object]) -> nw.DataFrame[Any]:
    """Return the rows in which every column named has the value given; None asks for missing.

    A text is compared with numbers as a number, with truth values as true or false, with dates as ISO text.

    Raises
    ------
    SurveyError
        Columns that there are not, values that no row has, or no row that has all of them together.
    """
    found = [_rows_with(frame, name, value) for name, value in where.items()]
    problems = [each for each in found if isinstance(each, Problem)]
    if problems:
        raise SurveyError(*problems)
    if not found:
        return frame
    rows = np.flatnonzero(np.logical_and.reduce([each for each in found if not isinstance(each, Problem)]))
    if not rows.size:
        place = " and ".join(f"{name} = {value!r}" for name, value in where.items())
        raise SurveyError(Problem("where", f"no row with {place}", "some row has all these values together"))
    return frame[rows]


def _rows_with(frame: nw.DataFrame[Any], name: str, value: object) -> Bools | Problem:
    if name not in frame.columns:
        return no_column(frame, name)
    codes, labels = factorised(frame, name)
    wanted = as_labels(name, [value])[0]
    matches = [place for place, label in enumerate(labels) if _same(label, wanted)]
    if matches:
        return np.isin(codes, matches)
    shown = ", ".join(repr(label) for label in labels[:8]) + (", …" if len(labels) > 8 else "")
    return Problem(f"where {name}", repr(value), "a value that some row has", f"the column holds {shown}")


def _same(label: GroupLabel, wanted: GroupLabel) -> bool:
    if label is None or wanted is None:
        return label is wanted
    if isinstance(label, str):
        return label == str(wanted)
    if not isinstance(wanted, str):
        return label == wanted
    try:
        return float(wanted) == label
    except ValueError:
        return str(label).casefold() == wanted.casefold()
