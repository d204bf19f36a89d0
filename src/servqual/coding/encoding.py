"""Answers to codes: range, whole numbers, missing answers and reversal, checked and turned in one blocked pass."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

import numpy as np
from attrs import frozen
from numpy.lib.stride_tricks import as_strided

from servqual._arrays import AnyArray, Bools
from servqual.coding.books import CodeBook
from servqual.coding.faults import Faults
from servqual.instruments import Scale

# So many answers as float64, and as much scratch space, stay in a second-level cache of 2 MiB.
BLOCK = 49_152


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
    given = [column.view(np.int8) if column.dtype.kind == "b" else column for column in columns]
    turned = np.zeros(len(given), np.bool_) if reverse is None else reverse
    work = _Workbench(CodeBook.of(scale), (len(given), len(given[0])), missing, turned)
    with np.errstate(invalid="ignore", over="ignore"):
        for slab in _slabs(given):
            work.encode(slab)
    return Encoded(work.codes, work.has_missing, work.faults)


@frozen(eq=False)
class _Slab:
    """One column, or columns whose answers lie side by side row after row, as a matrix (items, rows) without a copy."""

    items: list[int]
    matrix: AnyArray

    @classmethod
    def of(cls, items: list[int], columns: Sequence[AnyArray]) -> _Slab:
        first, last = columns[items[0]], columns[items[-1]]
        step = (_place(last) - _place(first)) // max(len(items) - 1, 1)
        return cls(items, as_strided(first, (len(items), len(first)), (step, *first.strides), writeable=False))


def _slabs(columns: Sequence[AnyArray]) -> Iterator[_Slab]:
    run: list[int] = []
    for item in sorted(range(len(columns)), key=lambda item: _place(columns[item])):
        if run and not _side_by_side([columns[each] for each in (*run, item)]):
            yield _Slab.of(run, columns)
            run = []
        run.append(item)
    yield _Slab.of(run, columns)


def _side_by_side(columns: Sequence[AnyArray]) -> bool:
    """Return whether columns are evenly spaced parts of the same rows of one matrix."""
    first, last = columns[0], columns[-1]
    if first.dtype != last.dtype or first.strides != last.strides:
        return False
    places = [_place(column) for column in columns]
    steps = {later - earlier for earlier, later in pairwise(places)}
    return len(steps) == 1 and places[-1] + last.itemsize - places[0] <= abs(first.strides[0])


def _place(column: AnyArray) -> int:
    return int(column.__array_interface__["data"][0])


class _Workbench:
    """The codes of one survey in the making, and the steps that a block of answers goes through."""

    def __init__(self, book: CodeBook, shape: tuple[int, int], missing: Collection[float], turned: Bools) -> None:
        self.book, self.turned, self.missing = book, turned, [_number(value) for value in missing]
        self.low, self.high = _number(book.scale.low), _number(book.scale.high)
        self.sum_of_ends = self.low + self.high - 2 * book.offset
        self.codes = np.empty(shape, book.dtype)
        self.has_missing = np.zeros(shape[0], np.bool_)
        self.faults: dict[int, Faults] = {}
        self.rooms: dict[np.dtype[np.generic], AnyArray] = {}

    def encode(self, slab: _Slab) -> None:
        """Write the codes of one slab, block by block."""
        items, rows = slab.items, max(BLOCK // len(slab.items), 1)
        for start in range(0, self.codes.shape[1], rows):
            given = slab.matrix[:, start : start + rows]
            part = slice(start, start + given.shape[1])
            if len(items) == 1:
                self._encode_block(given, self.codes[items[0] : items[0] + 1, part], items, start)
            else:
                codes = self._room(given, self.book.dtype)
                self._encode_block(given, codes, items, start)
                self.codes[items, part] = codes

    def _encode_block(self, given: AnyArray, codes: AnyArray, items: list[int], start: int) -> None:
        well, absent = self._glance(given)
        if not well:
            given, absent = self._examine(given, absent, items, start)
        self._cast(given, codes)
        for item, row in zip(items, codes, strict=True):
            if self.turned[item]:
                np.subtract(self.sum_of_ends, row, out=row)
        if absent is not None:
            self.has_missing[items] |= absent.any(axis=1)
            _fill(codes, absent, self.book.missing)

    def _glance(self, given: AnyArray) -> tuple[bool, Bools | None]:
        """Return whether every answer clearly lies on the scale or is missing, and where it is missing, if anywhere."""
        smaller, larger = (np.fmin, np.fmax) if given.dtype.kind == "f" else (np.minimum, np.maximum)
        # The first look also fetches the block from memory, which nothing does as fast as a reduction.
        highest, lowest = larger.reduce(given, axis=None), smaller.reduce(given, axis=None)
        absent = self._listed(given)
        if not (self.low <= lowest and highest <= self.high):
            off = (given < self.low) | (given > self.high)
            if absent is None or (off > absent).any():
                return False, absent
        unlike = self._unlike(given)
        if unlike is not None and unlike.any():
            absent = np.isnan(given) if absent is None else absent | np.isnan(given)
            return not (unlike > absent).any(), absent
        return True, absent

    def _listed(self, given: AnyArray) -> Bools | None:
        """Return where one of the values stands that mean "no answer"; None for nowhere."""
        absent = None
        for value in self.missing:
            found = given == value
            if found.any():
                absent = found if absent is None else absent | found
        return absent

    def _unlike(self, given: AnyArray) -> Bools | None:
        """Return what is NaN or clearly lies between the steps of the scale; None where neither can be."""
        scale = self.book.scale
        if scale.step is None:
            return np.isnan(given)
        ones = self.book.is_integer and scale.step == 1
        if ones and given.dtype.kind != "f":
            return None
        steps = given if ones else (given - scale.low) / scale.step
        return np.rint(steps, out=self._room(steps, steps.dtype)) != steps

    def _examine(self, given: AnyArray, absent: Bools | None, items: list[int], start: int) -> tuple[AnyArray, Bools]:
        """Note what is off the scale, put the lowest answer there, and return answers and where they are missing."""
        absent = np.isnan(given) if absent is None else absent | np.isnan(given)
        wrong = ~(self.book.scale.contains(given) | absent)
        for place in np.flatnonzero(wrong.any(axis=1)).tolist():
            rows = np.flatnonzero(wrong[place])
            self.faults.setdefault(items[place], Faults()).add(rows + start, given[place, rows])
        answers = np.where(wrong | absent, np.asarray(self.low), given)
        return np.rint(answers) if self.book.is_integer else answers, absent

    def _cast(self, given: AnyArray, codes: AnyArray) -> None:
        offset = self.book.offset
        if offset and given.dtype.kind == "f":
            # float16 has no room for wide codes
            wide = np.promote_types(given.dtype, codes.dtype)
            given = np.subtract(given, offset, out=self._room(given, wide), dtype=wide)
        np.copyto(codes, given, casting="unsafe")
        if offset and given.dtype.kind != "f":
            # integers wrap around, here and in the cast, and come out right
            codes -= np.array(offset).astype(codes.dtype)

    def _room(self, like: AnyArray, dtype: np.dtype[np.generic]) -> AnyArray:
        """Return scratch space laid out as a block of answers is."""
        if dtype not in self.rooms:
            self.rooms[dtype] = np.empty(max(BLOCK, len(self.codes)), dtype)
        return self.rooms[dtype][: like.size].reshape(like.shape[::-1]).T


def _number(value: float) -> float:
    """Return whole numbers as int: arrays of integers are compared with those several times as fast."""
    return int(value) if float(value).is_integer() else value


def _fill(codes: AnyArray, absent: Bools, code: float) -> None:
    """Write the code of a missing answer wherever one is absent; for integers far quicker than by mask."""
    if codes.dtype.kind == "f":
        codes[absent] = code
        return
    # one more than the greatest integer is the least, which is the code
    most = absent.view(np.int8) + np.array(np.iinfo(codes.dtype).max, codes.dtype)
    np.minimum(codes, most, out=codes)
