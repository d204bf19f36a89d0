"""Answers to codes: range, whole numbers, missing answers and reversal, checked and turned in one blocked pass."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Sequence
from itertools import pairwise

import numpy as np
from attrs import define, field, frozen
from numpy.lib.stride_tricks import as_strided

from servqual._arrays import AnyArray, Bools
from servqual.errors import Problem
from servqual.instruments import Scale

# A block of 44 columns of float64 then stays in a second-level cache of 2 MiB.
BLOCK = 2048
SHOWN = 3


@frozen
class CodeBook:
    """How answers on one scale are stored: answer = code + offset, and a code of its own for what is missing.

    Whole-number scales are kept as int8 where their codes fit, as int16 where those do, all others as float64 with NaN.
    """

    scale: Scale
    offset: int
    dtype: np.dtype[np.generic]

    @classmethod
    def of(cls, scale: Scale) -> CodeBook:
        """Return the narrowest code book for a scale."""
        offset = int(min(scale.low, 0)) if scale.is_whole else 0
        if scale.is_whole:
            for dtype in (np.int8, np.int16):
                if scale.high - offset <= np.iinfo(dtype).max:
                    return cls(scale, offset, np.dtype(dtype))
        return cls(scale, 0, np.dtype(np.float64))

    @property
    def is_integer(self) -> bool:
        """Whether codes are integers, so that sums of them are exact."""
        return self.dtype.kind == "i"

    @property
    def missing(self) -> float | int:
        """The code of a missing answer."""
        return int(np.iinfo(self.dtype).min) if self.is_integer else float("nan")  # type: ignore[type-var]

    @property
    def low(self) -> int:
        """The code of the lowest answer."""
        return round(self.scale.low - self.offset)

    @property
    def high(self) -> int:
        """The code of the highest answer."""
        return round(self.scale.high - self.offset)


@define
class Faults:
    """What was found wrong in one column while it was turned into codes."""

    count: int = 0
    first: list[tuple[int, float]] = field(factory=list)

    def add(self, rows: AnyArray, values: AnyArray) -> None:
        """Count these, and keep the first few to show."""
        self.count += len(rows)
        room = SHOWN - len(self.first)
        self.first += [(int(row), _plain(value)) for row, value in zip(rows[:room], values[:room], strict=True)]

    def problem(self, place: str, scale: Scale, who: Callable[[int], str] = "row {}".format) -> Problem:
        """Return the one sentence that says all of it; `who` says what a row, counted from 0, is called."""
        shown = ", ".join(f"{who(row)} = {_exactly(value)}" for row, value in self.first)
        more = ", …" if self.count > len(self.first) else ""
        answers = "1 answer" if self.count == 1 else f"{self.count} answers"
        kind = (
            "whole numbers" if scale.step == 1 else "real numbers" if scale.step is None else f"steps of {scale.step:g}"
        )
        rule = f"answers are {kind} in {scale.low:g}..{scale.high:g}"
        return Problem(place, f"{answers} off the scale: {shown}{more}", rule, _remedy(self.first[0][1], scale))


def _plain(value: np.generic) -> float:
    """Return a number as it prints: a float32 of 2.1 as 2.1, not as the nearest float64."""
    given = value.item()
    return given if isinstance(given, int) or given.is_integer() else float(str(value))


def _exactly(value: float) -> str:
    """Return a number as it may be searched for in the data: all digits of a whole one, a fraction in full."""
    whole = isinstance(value, int) or (value.is_integer() and abs(value) <= _EXACT)
    return str(int(value)) if whole else repr(value)


def _remedy(value: float, scale: Scale) -> str:
    if value in _NAN_CAST_TO_INTEGER:
        return "this is what NaN becomes when it is cast to an integer: keep such a column as floats"
    if not math.isfinite(value):
        return "leave blank what was not answered"
    if scale.low < value < scale.high:
        return "round such answers, or give the instrument a scale with step=None, which admits real numbers"
    return f"if {_exactly(value)} means 'no answer', pass missing=({_exactly(value)},)"


_EXACT = 2.0**63  # where whole floats are written as such: up to the ends of int64
_NAN_CAST_TO_INTEGER = {float(np.iinfo(dtype).min) for dtype in (np.int8, np.int16, np.int32, np.int64)}


@frozen
class Encoded:
    """Codes of one level, item-major, with what was learnt on the way."""

    codes: AnyArray
    has_missing: Bools
    faults: dict[int, Faults]


def encode(
    columns: Sequence[AnyArray], scale: Scale, *, missing: Collection[float] = (), reverse: Bools | None = None
) -> Encoded:
    """Return the codes of answer columns (one array per item), without writing to any of them.

    Parameters
    ----------
    columns
        One numeric array per item, all of one length; views with any stride are welcome.
    scale
        The scale on which every answer must lie.
    missing
        Values that mean "no answer", besides NaN.
    reverse
        Which items are turned end for end on entry.
    """
    panel = _Panel.of(columns)
    work = _Workbench(CodeBook.of(scale), panel, tuple(missing), reverse)
    codes = np.empty((len(columns), panel.rows), work.book.dtype)
    for start in range(0, panel.rows, BLOCK):
        stop = min(start + BLOCK, panel.rows)
        block = work.encoded_block(panel.block(start, stop), start)
        for item, row in zip(panel.order, block, strict=True):
            codes[item, start:stop] = row
    return Encoded(codes, work.has_missing, work.faults)


@frozen(eq=False)
class _Panel:
    """The columns as one matrix (items × rows) in the order of memory, without a copy where they lie in one block."""

    columns: Sequence[AnyArray]
    order: tuple[int, ...]
    matrix: AnyArray | None
    dtype: np.dtype[np.generic]

    @classmethod
    def of(cls, columns: Sequence[AnyArray]) -> _Panel:
        places = [column.__array_interface__["data"][0] for column in columns]
        order = sorted(range(len(columns)), key=places.__getitem__)
        dtype = np.dtype(np.int8) if all(column.dtype.kind == "b" for column in columns) else np.result_type(*columns)
        return cls(columns, tuple(order), _one_block([columns[item] for item in order]), dtype)

    @property
    def rows(self) -> int:
        return len(self.columns[0])

    @property
    def by_row(self) -> bool:
        """Whether the answers of one respondent lie next to each other in memory."""
        return self.matrix is not None and self.matrix.strides[0] < self.matrix.strides[1]

    def block(self, start: int, stop: int) -> AnyArray:
        if self.matrix is not None:
            return self.matrix[:, start:stop]
        gathered = np.empty((len(self.columns), stop - start), self.dtype)
        for row, item in zip(gathered, self.order, strict=True):
            row[:] = self.columns[item][start:stop]
        return gathered


def _one_block(columns: Sequence[AnyArray]) -> AnyArray | None:
    """Return equally spaced views of one block of memory as one matrix; None where they are not that."""
    first = columns[0]
    if any(each.dtype != first.dtype or each.strides != first.strides for each in columns) or first.dtype.kind == "b":
        return None
    places = [each.__array_interface__["data"][0] for each in columns]
    steps = {later - earlier for earlier, later in pairwise(places)} or {first.itemsize}
    if len(steps) > 1:
        return None
    matrix = as_strided(first, (len(columns), len(first)), (steps.pop(), first.strides[0]), writeable=False)
    return np.asarray(matrix)


class _Workbench:
    """The scratch space of one encoding, laid out as the answers are, and the steps that one block goes through."""

    def __init__(self, book: CodeBook, panel: _Panel, missing: tuple[float, ...], reverse: Bools | None) -> None:
        self.book, self.missing, self.order = book, missing, panel.order
        turned = np.zeros(len(panel.order), np.bool_) if reverse is None else reverse
        self.turned = [place for place, item in enumerate(panel.order) if turned[item]]
        # what has no sign, or too few bits, cannot be shifted by the offset in its own type
        self.wide = np.promote_types(panel.dtype, book.dtype) if book.offset else panel.dtype
        self.codes, self.back = (_scratch(panel, dtype) for dtype in (book.dtype, self.wide))
        self.has_missing = np.zeros(len(panel.order), np.bool_)
        self.faults: dict[int, Faults] = {}

    def encoded_block(self, given: AnyArray, start: int) -> AnyArray:
        codes = self.codes[:, : given.shape[1]]
        shift = self.book.offset
        with np.errstate(invalid="ignore"):
            np.copyto(codes, np.subtract(given, shift, dtype=self.wide) if shift else given, casting="unsafe")
        unlike = self._unlike(given, codes)
        absent = self._absent(given, unlike)
        if absent is not None:
            self.has_missing[list(self.order)] |= absent.any(axis=1)
            self._fill(codes, absent, self.book.low)
            unlike = None if unlike is None else unlike & ~absent
        wrong = _either(unlike, _off(codes, self.book))
        if wrong is not None:
            self._note(wrong, given, start)
        for item in self.turned:
            np.subtract(self._sum_of_ends(), codes[item], out=codes[item])
        if absent is not None:
            self._fill(codes, absent, self.book.missing)
        return codes

    def _sum_of_ends(self) -> float | int:
        book = self.book
        return book.low + book.high if book.is_integer else book.scale.low + book.scale.high

    def _unlike(self, given: AnyArray, codes: AnyArray) -> Bools | None:
        """Return where the code does not give the answer back: missing, fractional or far off the scale."""
        if not self.book.is_integer:
            unlike = np.isnan(codes)
        elif given.dtype.kind in "iu" and 0 <= np.bitwise_or.reduce(given, axis=None) <= np.iinfo(codes.dtype).max:
            return None
        else:
            back = self.back[:, : codes.shape[1]]
            np.copyto(back, codes, casting="unsafe")
            if self.book.offset:
                back += np.asarray(self.book.offset, back.dtype)
            unlike = back != given
        return unlike if unlike.any() else None

    def _absent(self, given: AnyArray, unlike: Bools | None) -> Bools | None:
        absent = None
        if unlike is not None and given.dtype.kind == "f":
            absent = np.isnan(given)
        for value in self.missing:
            absent = _either(absent, given == value)
        return absent if absent is not None and absent.any() else None

    def _note(self, wrong: Bools, given: AnyArray, start: int) -> None:
        for place in np.flatnonzero(wrong.any(axis=1)).tolist():
            rows = np.flatnonzero(wrong[place])
            self.faults.setdefault(self.order[place], Faults()).add(rows + start, given[place, rows])

    def _fill(self, codes: AnyArray, absent: Bools, code: float) -> None:
        """Write one code wherever an answer is absent; for integers by bits, several times as fast as by mask."""
        if not self.book.is_integer:
            codes[absent] = code if np.isnan(code) else self.book.scale.low
            return
        bit = absent.view(np.int8).astype(codes.dtype, copy=False)
        codes &= bit - codes.dtype.type(1)
        codes |= bit * codes.dtype.type(code)


def _scratch(panel: _Panel, dtype: np.dtype[np.generic]) -> AnyArray:
    items = len(panel.order)
    return np.empty((BLOCK, items), dtype).T if panel.by_row else np.empty((items, BLOCK), dtype)


def _either(one: Bools | None, other: Bools | None) -> Bools | None:
    """Return where either holds; None stands for nowhere."""
    if one is None or other is None:
        return other if one is None else one
    return one | other


def _off(codes: AnyArray, book: CodeBook) -> Bools | None:
    """Return which codes lie off the scale or between its steps; None where none does."""
    scale = book.scale
    if not book.is_integer:
        off = ~scale.contains(codes)
        return off if off.any() else None
    unsigned = np.dtype(f"u{codes.dtype.itemsize}").type
    distance = codes.view(unsigned) - unsigned(book.low)
    span = book.high - book.low
    if scale.step == 1:
        return None if distance.max(initial=0) <= span else distance > span
    off = (distance > span) | (distance % unsigned(scale.step) != 0)
    return off if off.any() else None
