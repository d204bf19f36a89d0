"""The answers of one level, kept as codes, and `Answers`: the block of numbers that a scoring model sees."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from attrs import field, frozen

from servqual._arrays import AnyArray, Bools, Floats, Holder, freeze
from servqual.coding import CodeBook
from servqual.errors import Problem, UndeclaredLevelError
from servqual.instruments import Level, Scale
from servqual.ratings import Over
from servqual.tables import Table


@frozen(eq=False, getstate_setstate=False)
class LevelAnswers(Holder):
    """The answers to one level of every item, item-major: codes (items, respondents) and which items have gaps.

    Attributes
    ----------
    codes
        One row per item; what a code means is said by `book`.
    has_missing
        For each item, whether any answer is missing; learnt when the codes were made.
    """

    codes: AnyArray = field(converter=freeze)
    has_missing: Bools = field(converter=freeze)
    book: CodeBook

    def __len__(self) -> int:
        return int(self.codes.shape[1])

    def numbers(self, start: int = 0, stop: int | None = None, out: Floats | None = None) -> Floats:
        """Return answers as floats, item-major (items, rows), missing as NaN; into `out` where it is given."""
        codes = self.codes[:, start:stop]
        result = np.empty(codes.shape) if out is None else out
        np.copyto(result, codes)
        if self.book.offset:
            result += np.asarray(self.book.offset, result.dtype)
        if self.book.is_integer and self.has_missing.any():
            _write_missing(result, codes == self.book.missing)
        return result

    def missing_counts(self) -> AnyArray:
        """Return how many answers are missing, per item."""
        counts = np.zeros(len(self.codes), np.int64)
        for item in np.flatnonzero(self.has_missing):
            row = self.codes[item]
            absent = row == self.book.missing if self.book.is_integer else np.isnan(row)
            counts[item] = np.count_nonzero(absent)
        return counts

    def has_answers(self) -> bool:
        """Return whether anybody answered anything; the first answers are found at once."""
        few = 4096
        blocks = (self.codes[:, start : start + few] for start in range(0, len(self), few))
        missing = self.book.missing
        return any(bool((codes != missing if self.book.is_integer else ~np.isnan(codes)).any()) for codes in blocks)

    def answered(self) -> Bools:
        """Return which respondents answered at least one item."""
        given = self.codes != self.book.missing if self.book.is_integer else ~np.isnan(self.codes)
        return np.asarray(given.any(axis=0))

    def take(self, rows: AnyArray) -> LevelAnswers:
        """Return the answers of these respondents (positions)."""
        codes = np.take(self.codes, rows, axis=1)
        gappy = np.zeros(len(codes), np.bool_)
        for item in np.flatnonzero(self.has_missing):
            absent = codes[item] == self.book.missing if self.book.is_integer else np.isnan(codes[item])
            gappy[item] = absent.any()
        return LevelAnswers(codes, gappy, self.book)


def answered_table(
    answers: Mapping[Level, LevelAnswers], asked: Mapping[Level, int], items: Sequence[str], title: str, backend: str
) -> Table:
    """Return how many of those asked answered and how many did not, per level and item."""
    answered = [len(given) - count for given in answers.values() for count in given.missing_counts().tolist()]
    sizes = [asked[level] for level in answers for _ in items]
    columns = {
        "level": [str(level) for level in answers for _ in items],
        "item": [key for _ in answers for key in items],
        "answered": answered,
        "missing": [size - n for size, n in zip(sizes, answered, strict=True)],
    }
    return Table(columns, title=title, backend=backend)


def _write_missing(numbers: Floats, absent: Bools) -> None:
    """Write NaN where answers are absent: all bits set is a NaN, and bits are written faster than by mask."""
    whole = np.dtype(f"i{numbers.dtype.itemsize}")
    bits = np.empty(numbers.shape, whole)
    np.copyto(bits, np.negative(absent.view(np.int8)))
    np.bitwise_or(numbers.view(whole), bits, out=numbers.view(whole))


@frozen(eq=False)
class Answers(Mapping[Level, Floats]):
    """What a scoring model sees of some respondents: per level a float matrix (rows, items), missing as NaN.

    Only the levels that the model says it reads are there.

    Parameters
    ----------
    levels
        Level → answers (rows, items), to be read and not written.
    scale
        The scale of all of them.
    slices
        Where each dimension's items stand.
    importance
        Weights of the same respondents, (rows, dimensions) or (rows, items) as `over` says; None where not asked.
    size
        How many respondents there are, where no level is there to tell.

    Examples
    --------
    >>> block = Answers({Level.PERCEPTION: np.array([[5.0, 6.0]])}, Scale.likert(7))
    >>> block[Level.PERCEPTION].shape, block.rows
    ((1, 2), 1)
    """

    levels: Mapping[Level, Floats]
    scale: Scale
    slices: tuple[slice, ...] = ()
    importance: Floats | None = None
    over: Over | None = None
    size: int | None = None

    def __getitem__(self, level: Level) -> Floats:
        try:
            return self.levels[level]
        except KeyError:
            declared = ", ".join(self.levels)
            rule = f"the model declares that it reads {declared}"
            raise UndeclaredLevelError(
                Problem("answers", f"no {level!s}", rule, f"add {level!s} to its `reads`")
            ) from None

    def __iter__(self) -> Iterator[Level]:
        return iter(self.levels)

    def __len__(self) -> int:
        return len(self.levels)

    @property
    def rows(self) -> int:
        """How many respondents are in the block."""
        return len(next(iter(self.levels.values()), ())) if self.size is None else self.size
