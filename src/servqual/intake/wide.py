"""A data frame with one row per respondent and one column per answer."""

from __future__ import annotations

import warnings
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import attrs
import numpy as np
from attrs import define, field, frozen

from servqual import _frames
from servqual._arrays import AnyArray
from servqual.columns import ColumnMap, Columns, asked_levels
from servqual.errors import ColumnPositionWarning, Problem
from servqual.instruments import Instrument, Level
from servqual.intake.cell_faults import Cell
from servqual.intake.coded import Grouping, Intake, no_answers, no_numbers, numbers_of, words_by_level
from servqual.intake.sides import (
    SurveyParts,
    check_idle,
    check_some_answers,
    checked_cluster,
    checked_importance,
    checked_keys,
    checked_weights,
    refuse,
)
from servqual.ratings import Importance, Over
from servqual.statistics.weights import WeightKind


def _names(given: Sequence[str]) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(given)


@frozen(kw_only=True)
class Options:
    """What may be said about a file or frame besides where its answers stand; see `Survey.from_frame`.

    `part` says that it is a part of a whole, in which others may have answered a level and have a weight.
    """

    groups: Sequence[str] = field(default=(), converter=_names)
    cluster: str | None = None
    weights: str | None = None
    weight_kind: WeightKind = field(default=WeightKind.SAMPLING, converter=WeightKind)
    importance: Columns | None = None
    renormalise: bool = False
    missing: Collection[float] = field(default=(), converter=no_answers)
    words: Mapping[Any, Any] | None = None
    already_reversed: bool = False
    key: str | None = None
    part: bool = False


_OPTIONS = tuple(name for name in attrs.fields_dict(Options) if name != "part")


def read_wide(
    frame: Any, instrument: Instrument, levels: Mapping[str, Columns | None], options: Options
) -> SurveyParts:
    """Return the parts of the survey that a wide frame holds, or raise everything that is wrong with it at once."""
    return _Wide(_frames.opened(frame), instrument, options).parts(levels, _frames.backend_of(frame))


@define
class _Wide:
    frame: Any
    instrument: Instrument
    options: Options
    columns: Sequence[str] = field(init=False)

    @columns.default
    def _of_frame(self) -> Sequence[str]:
        return list(self.frame.columns)

    def parts(self, levels: Mapping[str, Columns | None], backend: str) -> SurveyParts:
        problems: list[Problem] = []
        check_idle(self.options, problems)
        asked = asked_levels(self.instrument, levels, problems, (*_OPTIONS, "inverted_ok"))
        finder = ColumnMap(self.columns, problems)
        names = {level: finder.resolve(str(level), where, self.instrument.item_keys) for level, where in asked.items()}
        finder.check_used_once({str(level): found for level, found in names.items()})
        answers = self._answers(names, asked, problems)
        check_some_answers(answers, problems, part=self.options.part)
        parts = SurveyParts(
            answers,
            self._weights(problems),
            self.options.weight_kind,
            {name: grouping for name in self.options.groups if (grouping := self._grouping("groups", name, problems))},
            self._cluster(problems),
            self._importance(finder, problems),
            backend,
            self._key(problems),
        )
        refuse(problems)
        for each in finder.overlooked:
            warnings.warn(ColumnPositionWarning(str(each)), stacklevel=4)
        return parts

    def _answers(
        self, names: Mapping[Level, list[str]], asked: Mapping[Level, Columns], problems: list[Problem]
    ) -> Any:
        options = self.options
        words = words_by_level(options.words, asked, problems)
        intake = Intake(self.instrument, options.missing, words, options.already_reversed, problems=problems)
        cells = {
            level: [
                self._cell(intake, level, item, name)
                for item, name in zip(self.instrument.item_keys, found, strict=True)
            ]
            for level, found in names.items()
            if found
        }
        answers = intake.coded(cells)
        return answers if len(answers) == len(names) else {}

    def _cell(self, intake: Intake, level: Level, item: str, name: str) -> tuple[Cell, AnyArray | None]:
        cell = Cell(level, item, name)
        if name not in self.columns:
            return cell, None
        return cell, intake.numeric(cell, _frames.numbers(self.frame, name))

    def _weights(self, problems: list[Problem]) -> Any:
        name = self.options.weights
        if name is None or not self._is_there("weights", name, problems):
            return None
        values = _frames.numbers(self.frame, name)
        place, part = f"weights column {name}", self.options.part
        return checked_weights(values, self.options.weight_kind, problems, place, part=part)

    def _cluster(self, problems: list[Problem]) -> Grouping | None:
        name = self.options.cluster
        return None if name is None else checked_cluster(self._grouping("cluster", name, problems), problems)

    def _grouping(self, what: str, name: str, problems: list[Problem]) -> Grouping | None:
        if not self._is_there(what, name, problems):
            return None
        return Grouping(name, *_frames.factorised(self.frame, name))

    def _is_there(self, what: str, name: str, problems: list[Problem]) -> bool:
        before = len(problems)
        finder = ColumnMap(self.columns, problems)
        finder.check_present(what, [name], "what is named is a column of the data")
        return len(problems) == before

    def _key(self, problems: list[Problem]) -> Any:
        name = self.options.key
        if name is None or not self._is_there("key", name, problems):
            return None
        return checked_keys(_frames.numbers(self.frame, name), problems, f"key column {name}")

    def _importance(self, finder: ColumnMap, problems: list[Problem]) -> Importance | None:
        where = self.options.importance
        if where is None:
            return None
        keys, kind = self._weighed(where)
        before = len(problems)
        names = finder.resolve("importance", where, keys, kind)
        if len(problems) > before:
            return None
        columns = {name: _frames.numbers(self.frame, name) for name in names}
        texts = {name: column for name, column in columns.items() if numbers_of(column) is None}
        problems += [
            no_numbers(f"importance column {name}", column, "points and ratings") for name, column in texts.items()
        ]
        if texts:
            return None
        values = np.column_stack([column.astype(np.float64) for column in columns.values()])
        options = self.options
        return checked_importance(
            self.instrument, values, problems, missing=options.missing, renormalise=options.renormalise,
            over=Over.DIMENSIONS if kind == "dimension" else Over.ITEMS,
            names=[f"column {name}" for name in names],
        )  # fmt: skip

    def _weighed(self, where: Columns) -> tuple[Sequence[str], str]:
        """Return the keys that importance is given for: dimensions where the columns say so, items otherwise."""
        dimensions, items = self.instrument.dimension_keys, self.instrument.item_keys
        if isinstance(where, str):
            by_dimension = "{dimension" in where
        elif isinstance(where, Mapping):
            by_dimension = bool(set(where) & set(dimensions))
        else:
            by_dimension = len(where) == len(dimensions)
        return (dimensions, "dimension") if by_dimension else (items, "key")
