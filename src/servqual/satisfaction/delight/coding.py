"""`KanoCoding`: what stands in the data for each of the five answers, and how columns become answers."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from difflib import get_close_matches
from numbers import Real
from typing import Any

import numpy as np
import numpy.typing as npt
from attrs import frozen

from servqual._arrays import AnyArray, Bools, Ints
from servqual.errors import KanoError, Problem, ServqualError
from servqual.intake.coded import is_blank
from servqual.satisfaction.delight.words import KanoAnswer
from servqual.satisfaction.gathering import Problems

Coding = Sequence[Any] | Mapping[Any, KanoAnswer | str]

_ANSWERS = tuple(KanoAnswer)
ABSENT = -1
_STRANGE = -2
_SHOWN = 3


@frozen
class KanoCoding:
    """What stands in the data for each answer.

    Attributes
    ----------
    numbers, words
        What counts as an answer, with the position of the answer among the five.
    missing
        What means "no answer", besides blanks.
    """

    numbers: tuple[tuple[float, int], ...]
    words: tuple[tuple[str, int], ...]
    missing: tuple[float | str, ...] = ()

    @classmethod
    def of(
        cls, coding: Coding, words: Mapping[str, KanoAnswer | str] | None, missing: Any, problems: Problems
    ) -> KanoCoding:
        """Return a coding; what is wrong with it is added to the problems."""
        values = _by_value(coding, problems)
        own = {} if words is None else _by_word(words, problems)
        none = _no_answers(missing)
        own |= {key.strip(): place for key, place in values.items() if isinstance(key, str)}
        usual = {word: place for word, place in _usual_words().items() if word not in none}
        texts = {**usual, **own}
        numbers = {float(key): place for key, place in values.items() if not isinstance(key, str)}
        both = [each for each in none if each in numbers or each in texts]
        if both:
            rule = "it means an answer or none, not both"
            shown = ", ".join(repr(_plain(each)) for each in both)
            problems.append(Problem("missing", shown, rule, "leave it out of one of the two"))
        return cls(tuple(numbers.items()), tuple(texts.items()), none)

    def __str__(self) -> str:
        shown = [*((f"{number:g}", place) for number, place in self.numbers), *self.words]
        first = {place: text for text, place in reversed(shown)}
        return ", ".join(f"{first[place]} {each}" for place, each in enumerate(_ANSWERS) if place in first)

    def positions(self, values: AnyArray) -> npt.NDArray[np.int8]:
        """Return the position of each answer, 0 to 4; −1 for none, −2 for what is outside the coding."""
        if values.dtype.kind in "biuf":
            return self._of_numbers(values)
        distinct, where = _distinct(values)
        return np.array([self._position(each) for each in distinct], np.int8)[where]

    def _of_numbers(self, values: AnyArray) -> npt.NDArray[np.int8]:
        found = np.full(len(values), _STRANGE, np.int8)
        if values.dtype.kind == "f":
            found[np.isnan(values)] = ABSENT
        for number, place in self.numbers:
            found[values == number] = place
        for each in self.missing:
            if not isinstance(each, str):
                found[values == each] = ABSENT
        return found

    def _position(self, value: Any) -> int:
        if is_blank(value):
            return ABSENT
        if isinstance(value, str):
            text = value.strip()
            if text in self.missing or value in self.missing:
                return ABSENT
            return dict(self.words).get(text, self._of_number(_as_number(text)))
        return self._of_number(float(value) if isinstance(value, Real | Decimal) else math.nan)

    def _of_number(self, number: float) -> int:
        return ABSENT if number in self.missing else dict(self.numbers).get(number, _STRANGE)


def strange(positions: Ints) -> Bools:
    """Return which answers are outside the coding."""
    return positions == _STRANGE


def outside(place: str, values: AnyArray, wrong: Bools, coding: KanoCoding, *, more: str = "") -> Problem:
    """Return what is wrong with a column that holds answers outside the coding: how many, and the first rows."""
    rows = np.flatnonzero(wrong)
    shown = ", ".join(f"row {row} = {_plain(values[row])!r}" for row in rows[:_SHOWN].tolist())
    count = f"{rows.size} answer{'s' if rows.size > 1 else ''} outside the coding"
    found = f"{count}: {shown}{', …' if rows.size > _SHOWN else ''}{more}"
    first = _plain(values[rows[0]])
    remedy = f"if {first!r} means 'no answer', pass missing=({first!r},)"
    if isinstance(first, str):
        known = [str(answer) for answer in KanoAnswer]
        near = next(iter(get_close_matches(first.lower().replace(" ", "_"), known, 1)), known[0])
        remedy = f"pass words={{{first!r}: {near!r}, …}}, or missing=({first!r},) if it means 'no answer'"
    return Problem(place, found, f"answers are {coding}", remedy)


def _by_value(coding: Coding, problems: Problems) -> dict[Any, int]:
    if isinstance(coding, Mapping):
        found = {value: _place("coding", answer, problems) for value, answer in coding.items()}
        texts = [value for value in found if isinstance(value, str) or not isinstance(value, Real)]
        if any(not isinstance(value, str) for value in texts):
            problems.append(Problem("coding", repr(dict(coding))[:60], "answers are coded as numbers or texts"))
        return {value: place for value, place in found.items() if isinstance(value, str | Real)}
    given = [] if isinstance(coding, str) or not isinstance(coding, Iterable) else list(coding)
    if len(given) != len(_ANSWERS) or not all(isinstance(each, str | Real) for each in given):
        rule = "there is one number or text for each answer: like, must be, neutral, live with, dislike"
        problems.append(Problem("coding", repr(coding)[:60], rule, "coding=(1, 2, 3, 4, 5), or a mapping"))
        return {}
    if len(set(given)) < len(given):
        problems.append(Problem("coding", repr(coding)[:60], "no two answers are coded alike"))
    return {value: place for place, value in enumerate(given)}


def _by_word(words: Mapping[str, KanoAnswer | str], problems: Problems) -> dict[str, int]:
    return {str(word).strip(): _place("words", answer, problems) for word, answer in words.items()}


def _place(what: str, answer: KanoAnswer | str, problems: Problems) -> int:
    try:
        return _ANSWERS.index(KanoAnswer(answer))
    except ServqualError as error:
        each = error.problems[0]
        problems.append(each if isinstance(each, str) else Problem(what, each.found, each.rule, each.remedy))
        return ABSENT


def _usual_words() -> dict[str, int]:
    """Return the names of the five answers, and their labels in both languages."""
    names = [(str(each), each.label.en, each.label.zh) for each in _ANSWERS]
    return {name: place for place, each in enumerate(names) for name in each}


def _no_answers(missing: float | str | Collection[float | str]) -> tuple[float | str, ...]:
    given = (missing,) if isinstance(missing, str | int | float) else tuple(missing)
    return tuple(each if isinstance(each, str) else float(each) for each in given)


def _as_number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan


def _plain(value: Any) -> Any:
    plain = value.item() if isinstance(value, np.generic) else value
    return int(plain) if isinstance(plain, float) and plain.is_integer() else plain


def _distinct(values: AnyArray) -> tuple[list[Any], Ints]:
    seen: dict[Any, int] = {}
    plain = (None if is_blank(value) else value for value in values)
    where = np.fromiter((seen.setdefault(value, len(seen)) for value in plain), np.int64, len(values))
    return list(seen), where


def check_kano(problems: Problems) -> None:
    """Raise where there are problems, each once."""
    if problems:
        raise KanoError(*dict.fromkeys(problems))
