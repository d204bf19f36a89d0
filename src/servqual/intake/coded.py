"""From columns to codes: what every way in shares, gathering all problems before anything is refused."""

from __future__ import annotations

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
    """

    instrument: Instrument
    missing: Collection[float] = ()
    words: Mapping[Level, Words] = field(factory=dict)
    already_reversed: bool = False
    who: Callable[[int], str] = "row {}".format
    problems: list[Problem] = field(factory=list)

    def numeric(self, level: Level, place: str, values: AnyArray) -> AnyArray | None:
        """Return a column as numbers: worded answers by their map, all else as it is; None when that cannot be."""
        numbers = numbers_of(values)
        if numbers is not None:
            return numbers
        words = self.words.get(level)
        if words is None:
            self.problems.append(no_numbers(place, values, "answers"))
            return None
        return self._from_words(place, values, words)

    def _from_words(self, place: str, values: AnyArray, words: Words) -> AnyArray | None:
        distinct, where = _distinct(values)
        unknown = [word for word in distinct if word is not None and word not in words]
        if unknown:
            found = ", ".join(repr(word) for word in unknown[:5]) + (", …" if len(unknown) > 5 else "")
            known = ", ".join(repr(word) for word in words)
            rule = f"every worded answer is in the map of words ({known})"
            self.problems.append(
                Problem(place, found, rule, "add it to words=, or blank it out if it means 'no answer'")
            )
            return None
        counts_as = np.array([words.get(word, np.nan) if word is not None else np.nan for word in distinct], np.float64)
        return counts_as[where]

    def coded(self, columns: Mapping[Level, Sequence[tuple[str, AnyArray | None]]]) -> dict[Level, LevelAnswers]:
        """Return the codes of all levels; each level gives a place in words and a column for every item."""
        flat = [(level, item, place, column) for level, cells in columns.items()
                for item, (place, column) in enumerate(cells) if column is not None]  # fmt: skip
        if not flat:
            return {}
        scale = self.instrument.scale
        turned = np.array([self.instrument.items[item].reverse and not self.already_reversed for _, item, _, _ in flat])
        encoded = encode([column for *_, column in flat], scale, missing=self.missing, reverse=turned)
        for index, faults in sorted(encoded.faults.items()):
            self.problems.append(faults.problem(flat[index][2], scale, self.who))
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
    remedy = f"in a data frame say what answers in words count as, words={{{text}: …}}; else make numbers of them"
    remedy = remedy if what == "answers" else "name a column that holds numbers"
    return Problem(place, f"text such as {text}", f"{what} are numbers", remedy)


def is_blank(value: Any) -> bool:
    """Return whether a value stands for no answer: None, NaN, and what data frames write instead."""
    return value is None or type(value).__name__ in {"NAType", "NaTType"} or value != value  # noqa: PLR0124 - NaN


def _distinct(values: AnyArray) -> tuple[list[Any], Ints]:
    seen: dict[Any, int] = {}
    where = np.fromiter((seen.setdefault(value, len(seen)) for value in values), np.int64, len(values))
    return list(seen), where


def place_of(level: Level, item: str, column: str | None = None) -> str:
    """Return how messages name a column: by its name in the data, and by what it answers."""
    answer = f"{level} of item {item}"
    return f"column {column} ({answer})" if column else answer
