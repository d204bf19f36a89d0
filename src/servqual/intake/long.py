"""A data frame with one row per answer: respondent, item, level, value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from numbers import Real
from typing import Any

import numpy as np
from attrs import define, frozen

from servqual import _frames
from servqual._arrays import AnyArray, Ints
from servqual.columns import ColumnMap, asked_levels
from servqual.errors import Problem, did_you_mean
from servqual.instruments import Instrument, Level
from servqual.intake.cell_faults import Cell
from servqual.intake.coded import Grouping, Intake, words_by_level
from servqual.intake.sides import (
    SurveyParts,
    check_idle,
    check_some_answers,
    checked_cluster,
    checked_weights,
    refuse,
)
from servqual.intake.wide import Options
from servqual.statistics.key_numbers import Keys, respondent_keys


@frozen(kw_only=True)
class LongColumns:
    """Which columns of a long frame say who answered, which item, at which level, and what."""

    respondent: str = "respondent"
    item: str = "item"
    level: str | Level = "level"
    value: str = "value"
    levels: Mapping[Any, Level | str] | None = None

    def names(self) -> list[str]:
        """Return the columns that must be there."""
        level = [] if isinstance(self.level, Level) else [self.level]
        return [self.respondent, self.item, *level, self.value]


def read_long(frame: Any, instrument: Instrument, where: LongColumns, options: Options) -> SurveyParts:
    """Return the parts of the survey that a long frame holds, or raise everything that is wrong with it at once."""
    opened = _frames.opened(frame)
    problems: list[Problem] = []
    check_idle(options, problems)
    sides = [*options.groups, *(name for name in (options.cluster, options.weights) if name)]
    wanted = [*where.names(), *sides]
    if not isinstance(where.level, Level) and where.level not in opened.columns:
        wanted.remove(where.level)
        problems.append(_no_level_column(where.level))
    ColumnMap(opened.columns, problems).check_present("long form", wanted, "what is named is a column")
    refuse(problems)
    if not len(opened):
        refuse([Problem("frame", "no rows", "a survey has at least one respondent")])
    return _Long(opened, instrument, where, options, problems).parts(_frames.backend_of(frame))


def _no_level_column(name: str) -> Problem:
    level = Level(name) if name in set(Level) else Level.PERCEPTION
    remedy = f"name the column that says the level; if all answers are of one, pass level=Level.{level.name}"
    return Problem("long form", f"no column {name!r}", "what is named is a column", remedy)


def _meant(label: Any, known: Mapping[str, int]) -> str:
    """Return which known text a label stands for: a number the text that reads as it, a text the nearest ones."""
    if isinstance(label, Real):
        same = [text for text in known if text.isdigit() and int(text) == label]
        if same:
            return f"keys are texts: write {same[0]!r}"
    return did_you_mean(str(label), known)


def _keys(people: Sequence[Any]) -> Keys | None:
    """Return the keys that labels of respondents make; None where they are neither all whole numbers nor all texts."""
    return respondent_keys(np.array(people, object)) if set(map(type, people)) in ({int}, {str}) else None


@frozen(eq=False)
class _Cells:
    """Where each row of the long form belongs: its respondent, its item, its level."""

    people: Sequence[Any]
    levels: Sequence[Level]
    who: Ints
    items: Ints
    level_of: Ints

    @property
    def size(self) -> int:
        return len(self.people)

    def named(self, person: int) -> str:
        return f"respondent {self.people[person]!r}"


@define
class _Long:
    frame: Any
    instrument: Instrument
    where: LongColumns
    options: Options
    problems: list[Problem]

    def parts(self, backend: str) -> SurveyParts:
        cells = self._cells()
        refuse(self.problems)
        self._check_given_once(cells)
        refuse(self.problems)
        words = words_by_level(self.options.words, cells.levels, self.problems)
        reversed_ = self.options.already_reversed
        intake = Intake(self.instrument, self.options.missing, words, reversed_, cells.named, self.problems)
        answers = intake.coded(self._columns(intake, cells))
        check_some_answers(answers, self.problems)
        groups = {name: self._per_person(name, cells) for name in self.options.groups}
        name = self.options.cluster
        cluster = None if name is None else checked_cluster(self._per_person(name, cells), self.problems)
        weights = self._weights(cells)
        refuse(self.problems)
        key = _keys(cells.people)
        return SurveyParts(answers, weights, self.options.weight_kind, groups, cluster, None, backend, key)

    def _cells(self) -> _Cells:
        who, people = _frames.factorised(self.frame, self.where.respondent)
        if None in people:
            rule = "every row says whose answer it is"
            self.problems.append(Problem(f"column {self.where.respondent}", "missing respondents", rule))
        items = self._positions(self.where.item, {key: place for place, key in enumerate(self.instrument.item_keys)})
        levels, level_of = self._levels()
        return _Cells(people, levels, who, items, level_of)

    def _levels(self) -> tuple[list[Level], Ints]:
        if isinstance(self.where.level, Level):
            asked_levels(self.instrument, {self.where.level: ""}, self.problems)
            return [self.where.level], np.zeros(len(self.frame), np.int64)
        named = dict(self.where.levels or {str(level): level for level in self.instrument.levels})
        asked = list(asked_levels(self.instrument, dict.fromkeys(named.values(), ""), self.problems))
        places = {label: asked.index(Level(each)) if each in asked else -1 for label, each in named.items()}
        return asked, self._positions(self.where.level, places)

    def _positions(self, column: str, known: Mapping[Any, int]) -> Ints:
        """Return where each row belongs, by a map of labels; unknown labels become problems."""
        codes, labels = _frames.factorised(self.frame, column)
        texts = {str(label): place for label, place in known.items()}
        unknown = [label for label in labels if str(label) not in texts]
        for label in unknown[:5]:
            rule = "every row of the long form names what the instrument asks"
            self.problems.append(Problem(f"column {column}", repr(label), rule, _meant(label, texts)))
        return np.array([texts.get(str(label), -1) for label in labels], np.int64)[codes]

    def _check_given_once(self, cells: _Cells) -> None:
        flat = (cells.level_of * len(self.instrument) + cells.items) * cells.size + cells.who
        _, first, times = np.unique(flat, return_index=True, return_counts=True)
        for row in first[times > 1][:3].tolist():
            item = self.instrument.item_keys[cells.items[row]]
            place = f"{cells.named(cells.who[row])}, item {item}"
            rule = "one respondent gives one answer to an item at a level"
            self.problems.append(Problem(place, "more than one answer", rule, "keep one of the rows"))

    def _columns(self, intake: Intake, cells: _Cells) -> dict[Level, list[tuple[Cell, AnyArray | None]]]:
        given = _frames.numbers(self.frame, self.where.value)
        columns: dict[Level, list[tuple[Cell, AnyArray | None]]] = {}
        for number, level in enumerate(cells.levels):
            if not (cells.level_of == number).any():
                continue
            rows = np.flatnonzero(cells.level_of == number)
            values = intake.numeric(Cell(level, "", self.where.value), given[rows])
            items = [Cell(level, key) for key in self.instrument.item_keys]
            if values is None:
                columns[level] = [(cell, None) for cell in items]
                continue
            wide = np.full((len(items), cells.size), np.nan)
            wide[cells.items[rows], cells.who[rows]] = values
            columns[level] = list(zip(items, wide, strict=True))
        return columns

    def _per_person(self, name: str, cells: _Cells) -> Grouping:
        codes, labels = _frames.factorised(self.frame, name)
        return Grouping(name, self._one_value(name, codes, cells).astype(np.int32), labels)

    def _weights(self, cells: _Cells) -> Any:
        if self.options.weights is None:
            return None
        given = self._one_value(self.options.weights, _frames.numbers(self.frame, self.options.weights), cells)
        place = f"weights column {self.options.weights}"
        return checked_weights(given, self.options.weight_kind, self.problems, place)

    def _one_value(self, name: str, values: AnyArray, cells: _Cells) -> AnyArray:
        first = np.empty(cells.size, values.dtype)
        first[cells.who[::-1]] = values[::-1]
        again = first[cells.who]
        unequal = (values != again) & ~((values != values) & (again != again))  # noqa: PLR0124 - NaN and NaN are alike
        if unequal.any():
            row = int(np.flatnonzero(unequal)[0])
            found = f"row {row} differs from the first row of {cells.named(cells.who[row])}"
            self.problems.append(Problem(f"column {name}", found, "all rows of one respondent have the same value"))
        return first
