"""From columns to codes: what every way in shares, gathering all problems before anything is refused."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from numbers import Real
from typing import Any

import numpy as np
from attrs import define, field, frozen

from servqual._arrays import AnyArray, Holder, Ints, freeze
from servqual.answers import LevelAnswers
from servqual.coding import CodeBook, encode
from servqual.errors import Problem, did_you_mean
from servqual.instruments import Instrument, Level
from servqual.intake.cell_faults import Cell, off_scale, told

Words = Mapping[str, float]


def _as_tuple(labels: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(labels)


@frozen(eq=False, getstate_setstate=False)
class Grouping(Holder):
    """Which group each respondent is in: codes (respondents,) into `labels`; a missing group has the label None."""

    name: str
    codes: Ints = field(converter=freeze)
    labels: tuple[Any, ...] = field(converter=_as_tuple)

    def __len__(self) -> int:
        return len(self.codes)

    def take(self, rows: AnyArray) -> Grouping:
        """Return the grouping of these respondents, with the groups that are left."""
        kept, codes = np.unique(self.codes[rows], return_inverse=True)
        return Grouping(self.name, codes.astype(np.int32), [self.labels[code] for code in kept])


@define
class Intake:
    """The answers of one survey on their way in: columns by level and item, then codes; problems as they are found.

    Attributes
    ----------
    instrument
        What was asked.
    missing
        Numbers that mean "no answer".
    words
        Per level, what worded answers count as.
    who
        What a row, counted from 0, is called in messages.
    problems
        Everything found wrong so far.
    unread
        Columns that hold something else than numbers, with what is wrong there; told when all columns were seen.
    """

    instrument: Instrument
    missing: Collection[float] = ()
    words: Mapping[Level, Words] = field(factory=dict)
    already_reversed: bool = False
    who: Callable[[int], str] = "row {}".format
    problems: list[Problem] = field(factory=list)
    unread: list[tuple[Cell, Problem]] = field(factory=list)

    def numeric(self, cell: Cell, values: AnyArray) -> AnyArray | None:
        """Return a column as numbers: worded answers by their map, all else as it is; None when that cannot be."""
        numbers = numbers_of(values)
        if numbers is not None:
            return numbers
        words = self.words.get(cell.level)
        if words is None:
            self.unread.append((cell, no_numbers(str(cell), values, "answers")))
            return None
        return self._from_words(cell, values, words)

    def _from_words(self, cell: Cell, values: AnyArray, words: Words) -> AnyArray | None:
        distinct, where = _distinct(values)
        counts_as = [words[word] if word in words else _as_answer(word) for word in distinct]
        unknown = [word for word, number in zip(distinct, counts_as, strict=True) if number is None]
        if unknown:
            found = ", ".join(repr(word) for word in unknown[:5]) + (", …" if len(unknown) > 5 else "")
            known = ", ".join(repr(word) for word in words)
            rule = f"every worded answer is in the map of words ({known})"
            remedy = "add it to words=, or blank it out if it means 'no answer'"
            self.unread.append((cell, Problem(str(cell), found, rule, remedy)))
            return None
        return np.array(counts_as, np.float64)[where]

    def coded(self, columns: Mapping[Level, Sequence[tuple[Cell, AnyArray | None]]]) -> dict[Level, LevelAnswers]:
        """Return the codes of all levels; each level gives a place in words and a column for every item."""
        self.problems += told(self.unread)
        flat = [(level, item, cell, column) for level, cells in columns.items()
                for item, (cell, column) in enumerate(cells) if column is not None]  # fmt: skip
        if not flat:
            return {}
        scale = self.instrument.scale
        turned = np.array([self.instrument.items[item].reverse and not self.already_reversed for _, item, _, _ in flat])
        encoded = encode([column for *_, column in flat], scale, missing=self.missing, reverse=turned)
        faults = {flat[index][2]: found for index, found in sorted(encoded.faults.items())}
        self.problems += off_scale(faults, scale, self.who)
        size = len(self.instrument)
        if len(flat) != size * len(columns):
            return {}
        book = CodeBook.of(scale)
        parts = {level: slice(number * size, (number + 1) * size) for number, level in enumerate(columns)}
        return {
            level: LevelAnswers(encoded.codes[part], encoded.has_missing[part], book) for level, part in parts.items()
        }


def no_answers(missing: float | Collection[float]) -> tuple[float, ...]:
    """Return the numbers that mean "no answer", of which one may be given alone."""
    return (float(missing),) if isinstance(missing, Real) else tuple(missing)  # type: ignore[arg-type]


def words_by_level(
    words: Mapping[Any, Any] | None, levels: Collection[Level], problems: list[Problem]
) -> dict[Level, Words]:
    """Return a map of words for each level, from one map for all or from a map per level; strays become problems."""
    nested = {key: value for key, value in (words or {}).items() if isinstance(value, Mapping)}
    if not nested:
        return dict.fromkeys(levels, words) if words else {}
    for key in words or {}:
        if key not in levels or key not in nested:
            rule = "words are one map for all levels, or a map for each level that is read"
            problems.append(Problem("words", repr(str(key)), rule, did_you_mean(str(key), levels)))
    return {level: nested[level] for level in levels if level in nested}


def numbers_of(values: AnyArray) -> AnyArray | None:
    """Return numbers as they are, and objects that are nothing but numbers and blanks as floats; None for all else."""
    if values.dtype.kind in "biuf":
        return values
    plain = [np.nan if is_blank(value) else value for value in values.flat]
    if not all(isinstance(value, Real | Decimal | np.bool_) for value in plain):
        return None
    return np.array(plain, np.float64).reshape(values.shape)


def no_numbers(place: str, values: AnyArray, what: str) -> Problem:
    """Return what is wrong with a column that holds something else than numbers."""
    others = (value for value in values.flat if not is_blank(value) and not isinstance(value, Real))
    example = next(others, "blanks")
    if not isinstance(example, str):
        found = f"{type(example).__name__} {example}"
        return Problem(place, found, f"{what} are numbers", "name a column that holds numbers")
    text = repr(str(example))
    if _DECIMAL_COMMA.fullmatch(example):
        remedy = f"write {example.strip().replace(',', '.')}: in pandas, read_csv(…, decimal=',')"
        return Problem(place, f"a decimal comma as in {text}", f"{what} are numbers with a decimal point", remedy)
    remedy = f"in a data frame say what answers in words count as, words={{{text}: …}}; else make numbers of them"
    remedy = remedy if what == "answers" else "name a column that holds numbers"
    return Problem(place, f"text such as {text}", f"{what} are numbers", remedy)


_DECIMAL_COMMA = re.compile(r"\s*[-+]?\d+,\d+\s*")


def _as_answer(value: Any) -> float | None:
    """Return what stands among worded answers without being a word: a number, also in digits, or a blank as NaN."""
    if value is None or isinstance(value, Real):
        return math.nan if value is None else float(value)
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    return number if math.isfinite(number) else None


def is_blank(value: Any) -> bool:
    """Return whether a value stands for no answer: None, NaN, and what data frames write instead."""
    return value is None or type(value).__name__ in {"NAType", "NaTType"} or value != value  # noqa: PLR0124 - NaN


def _distinct(values: AnyArray) -> tuple[list[Any], Ints]:
    seen: dict[Any, int] = {}
    where = np.fromiter((seen.setdefault(value, len(seen)) for value in values), np.int64, len(values))
    return list(seen), where
