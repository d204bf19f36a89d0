"""Answers, scales and layouts drawn by Hypothesis, and their codes found one by one."""

import math
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from hypothesis import strategies as st

from servqual.instruments import Scale

Array = npt.NDArray[Any]
Matrix = npt.NDArray[Any]


class Ruler(NamedTuple):
    """A scale with what is known of it without asking it: all of its points (none where real), and how it is stored."""

    scale: Scale
    points: tuple[float, ...] | None
    stored: type
    offset: int

    def holds(self, value: float) -> bool:
        if self.points is None:
            return self.scale.low <= value <= self.scale.high
        return value in self.points


RULERS = {
    "likert 5": Ruler(Scale.likert(5), (1, 2, 3, 4, 5), np.int8, 0),
    "likert 7": Ruler(Scale.likert(7), (1, 2, 3, 4, 5, 6, 7), np.int8, 0),
    "likert 9": Ruler(Scale.likert(9), (1, 2, 3, 4, 5, 6, 7, 8, 9), np.int8, 0),
    "-3..3": Ruler(Scale.encounter(), (-3, -2, -1, 0, 1, 2, 3), np.int8, -3),
    "0..10": Ruler(Scale.zero_to_ten(), tuple(range(11)), np.int8, 0),
    "0/1": Ruler(Scale.yes_no(), (0, 1), np.int8, 0),
    "tens": Ruler(Scale(0, 100, step=10), tuple(range(0, 101, 10)), np.int8, 0),
    "-50..50 in fives": Ruler(Scale(-50, 50, step=5), tuple(range(-50, 51, 5)), np.int8, -50),
    "0..127": Ruler(Scale(0, 127), tuple(range(128)), np.int8, 0),
    "0..128": Ruler(Scale(0, 128), tuple(range(129)), np.int16, 0),
    "0..200": Ruler(Scale(0, 200), tuple(range(201)), np.int16, 0),
    "-1500..1500": Ruler(Scale(-1500, 1500), tuple(range(-1500, 1501)), np.int16, -1500),
    "-200..200": Ruler(Scale(-200, 200), tuple(range(-200, 201)), np.int16, -200),
    "percent": Ruler(Scale.percent(), None, np.float64, 0),
    "halves": Ruler(Scale(0, 3, step=0.5), (0, 0.5, 1, 1.5, 2, 2.5, 3), np.float64, 0),
    "0..40000": Ruler(Scale(0, 40_000), tuple(range(40_001)), np.float64, 0),
}
TYPES = (
    np.int8, np.int16, np.int32, np.int64, np.uint8, np.uint16, np.uint64, np.float16, np.float32, np.float64, np.bool_,
)  # fmt: skip
STRANGE = (
    -9,
    9,
    99,
    127,
    -128,
    128,
    255,
    256,
    2**31,
    -(2**31),
    -(2**63),
    2.5,
    0.25,
    1e30,
    math.inf,
    -math.inf,
    math.nan,
)


def separate(matrix: Matrix) -> list[Array]:
    return [column.copy() for column in matrix.T]


def rows_first(matrix: Matrix) -> list[Array]:
    return list(np.ascontiguousarray(matrix).T)


def columns_first(matrix: Matrix) -> list[Array]:
    return list(np.asfortranarray(matrix).T)


def permuted(matrix: Matrix) -> list[Array]:
    order = np.random.default_rng(matrix.shape[1]).permutation(matrix.shape[1])
    shelf = np.empty_like(matrix)
    shelf[:, order] = matrix
    return [shelf[:, place] for place in order]


def every_second_row(matrix: Matrix) -> list[Array]:
    return list(np.repeat(matrix, 2, axis=0)[::2].T)


def every_second_column(matrix: Matrix) -> list[Array]:
    return list(np.asfortranarray(np.repeat(matrix, 2, axis=1))[:, ::2].T)


def backwards(matrix: Matrix) -> list[Array]:
    return list(matrix[::-1].copy()[::-1].T)


def unevenly_spaced(matrix: Matrix) -> list[Array]:
    wide = np.repeat(matrix, 3, axis=1)
    return [wide[:, 3 * item + item % 2] for item in range(matrix.shape[1])]


def one_of_another_type(matrix: Matrix) -> list[Array]:
    return [*separate(matrix[:, :-1]), matrix[:, -1].astype(np.float64)]


LAYOUTS: tuple[Callable[[Matrix], list[Array]], ...] = (
    separate, rows_first, columns_first, permuted, every_second_row, every_second_column, backwards, unevenly_spaced,
    one_of_another_type,
)  # fmt: skip


class Panel(NamedTuple):
    """Columns of answers, and how they are to be read."""

    ruler: Ruler
    columns: list[Array]
    missing: tuple[float, ...]
    reverse: npt.NDArray[np.bool_]


class Found(NamedTuple):
    """What one column holds, looked at one answer at a time."""

    answers: list[float]
    faults: int
    first: list[tuple[int, float]]


def found_one_by_one(column: Array, panel: Panel, item: int) -> Found:
    """Return answers (turned where the item is; NaN for missing and for what is wrong), and what is wrong."""
    scale, answers = panel.ruler.scale, []
    wrong: list[tuple[int, float]] = []
    for row, given in enumerate(column.tolist()):
        value = math.nan
        if not math.isnan(given) and not any(given == each for each in panel.missing):
            if panel.ruler.holds(given):
                value = scale.low + scale.high - given if panel.reverse[item] else float(given)
            else:
                wrong.append((row, given))
        answers.append(value)
    return Found(answers, len(wrong), wrong[:3])


def answers_of(codes: Array, ruler: Ruler) -> npt.NDArray[np.float64]:
    """Return the answers that codes stand for: the lowest integer of the type is missing, NaN is among real ones."""
    if codes.dtype.kind == "f":
        return codes.astype(np.float64)
    return np.where(codes == np.iinfo(codes.dtype).min, np.nan, codes.astype(np.float64) + ruler.offset)


def fits(value: float, kind: type[Any]) -> bool:
    """Return whether a number is one of a type, exactly."""
    if kind is np.bool_:
        return value in (0, 1)
    if np.dtype(kind).kind == "f":
        return not math.isfinite(value) or (abs(value) <= float(np.finfo(kind).max) and float(kind(value)) == value)
    return math.isfinite(value) and float(value).is_integer() and np.iinfo(kind).min <= value <= np.iinfo(kind).max


def values(ruler: Ruler, kind: type[Any]) -> Sequence[float]:
    """Return answers on and off a scale that a type can hold."""
    on = ruler.points or (0, 0.5, 12.25, 50, 99.75, 100)
    ends = (0, 1, *on[:4], *on[-4:])
    return [value for value in (*ends, ruler.scale.low - 1, ruler.scale.high + 1, *STRANGE) if fits(value, kind)]


@st.composite
def panels(draw: st.DrawFn) -> Panel:
    ruler, kind = RULERS[draw(st.sampled_from(sorted(RULERS)))], draw(st.sampled_from(TYPES))
    shape = draw(st.integers(1, 14)), draw(st.integers(1, 4))
    pool = values(ruler, kind)
    cells = draw(st.lists(st.sampled_from(pool), min_size=shape[0] * shape[1], max_size=shape[0] * shape[1]))
    matrix: Matrix = np.array(cells, kind).reshape(shape)
    columns = draw(st.sampled_from(LAYOUTS))(matrix)
    on = tuple(ruler.points or (50.0,))
    missing = draw(st.lists(st.sampled_from((9.0, 99.0, -9.0, 2.5, 255.0, float(on[0]), float(on[-1]))), max_size=3))
    reverse = np.array(draw(st.lists(st.booleans(), min_size=shape[1], max_size=shape[1])))
    return Panel(ruler, columns, tuple(missing), reverse)
