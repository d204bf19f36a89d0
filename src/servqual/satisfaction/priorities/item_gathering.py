"""Items with what is known of each: how it is rated, how much it is said to matter, what it is held against."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from attrs import frozen

from servqual._arrays import Floats
from servqual.columns import ColumnMap
from servqual.errors import ColumnPositionWarning, Problem, did_you_mean
from servqual.instruments import Level, Scale
from servqual.labels import Label, as_label
from servqual.ratings import Over
from servqual.satisfaction.answer_columns import AnswerColumns, Beside, read_columns
from servqual.satisfaction.gathering import Problems
from servqual.satisfaction.opened_sources import Opened, dimension_means
from servqual.survey import Survey

PERFORMANCE, IMPORTANCE, STANDARD, OUTCOME = "performance", "importance", "standard", "outcome"


@frozen(eq=False)
class ItemColumns:
    """Items and their columns.

    Attributes
    ----------
    items, labels
        Keys and names.
    roles
        Role → the names of its columns, in the order of the items; the outcome has one.
    columns
        All of them, of respondents who count.
    """

    items: tuple[str, ...]
    labels: tuple[Label, ...]
    roles: Mapping[str, tuple[str, ...]]
    columns: AnswerColumns

    def of(self, role: str) -> Floats:
        """Return the answers of one role, shape (rows, items)."""
        return self.columns.columns(self.roles[role])


def items_of(source: Opened, items: Sequence[str] | None, performance: Any, problems: Problems) -> tuple[str, ...]:
    """Return the keys of items: those named, else those of a survey, else the columns of performance."""
    if items is not None and not isinstance(items, str):
        return tuple(str(item) for item in items)
    if isinstance(items, str):
        problems.append(Problem("items", repr(items), "items are a list of names", f"items=[{items!r}]"))
        return ()
    if source.survey is not None:
        given = source.survey.importance
        over_dimensions = given is not None and given.over is Over.DIMENSIONS
        instrument = source.survey.instrument
        return instrument.dimension_keys if over_dimensions else instrument.item_keys
    if isinstance(performance, list | tuple) and all(isinstance(each, str) for each in performance):
        return tuple(performance)
    if isinstance(performance, Mapping):
        return tuple(performance)
    problems.append(Problem("items", "not named", "items are named", "items=[…], or performance=[…]"))
    return ()


def gathered(
    source: Opened, items: Sequence[str], roles: Mapping[str, Any], beside: Beside, problems: Problems
) -> ItemColumns | None:
    """Return the columns of items; what is wrong is added to the problems, and None returned.

    Parameters
    ----------
    source
        What is opened.
    items
        Keys.
    roles
        Role → where its columns are: a pattern with ``{key}`` or ``{n}``, names, a mapping item → name, an array (rows,
        items); None for columns that are called like the items. The outcome has one column: its name, or numbers.
    beside
        Weights, clusters, and labels of items.
    """
    before = len(problems)
    wanted: dict[str, Any] = {}
    named: dict[str, tuple[str, ...]] = {}
    for role, where in roles.items():
        if role == OUTCOME:
            found: dict[str, Any] = {where: None} if isinstance(where, str) else {OUTCOME: where}
        else:
            found = _columns(source, role, where, items, problems)
        _refuse_twice(role, found, wanted, problems)
        named[role] = tuple(found)
        wanted |= found
    labels = _labels(source, items, beside, problems)
    columns = read_columns(source, wanted, Beside(beside.weights, beside.weight_kind, beside.cluster), problems)
    if columns is None or len(problems) > before:
        return None
    return ItemColumns(tuple(items), labels, named, columns)


def _columns(source: Opened, role: str, where: Any, items: Sequence[str], problems: Problems) -> dict[str, Any]:
    """Return column name → None, or → values where values were given."""
    if where is None:
        return dict.fromkeys(items)
    if not isinstance(where, str | Mapping) and np.ndim(where) == 2:
        table = np.asarray(where)
        if table.shape != (source.rows, len(items)):
            rule = f"it has a row for each of {source.rows} respondents and a column for each of {len(items)} items"
            problems.append(Problem(role, f"an array of shape {table.shape}", rule))
            return {}
        return {f"{role} of {item}": column for item, column in zip(items, table.T, strict=True)}
    found = ColumnMap(source.names, [])
    names = found.resolve(role, where, list(items))
    problems += found.problems
    for each in found.overlooked:
        warnings.warn(ColumnPositionWarning(str(each)), stacklevel=5)
    # what is not there was told already
    return dict.fromkeys(name for name in names if name in source.names)


def _refuse_twice(role: str, found: Mapping[str, Any], wanted: Mapping[str, Any], problems: Problems) -> None:
    for name in found:
        if name in wanted:
            rule = "a column is read for one purpose"
            problems.append(Problem(role, f"column {name!r}, read already", rule))


def _labels(source: Opened, items: Sequence[str], beside: Beside, problems: Problems) -> tuple[Label, ...]:
    given = beside.labels or {}
    for name in given:
        if name not in items:
            problems.append(Problem("labels", f"no {name!r}", "labels are those of items", did_you_mean(name, items)))
    known = {**source.labels, **given}
    return tuple(as_label(known.get(item, item)) for item in items)


def stated_importance(survey: Survey, items: Sequence[str], problems: Problems) -> Floats | None:
    """Return the importance that respondents stated of items or dimensions, (respondents, items).

    Of a dimension whose items were rated it is the mean of their ratings.
    """
    given, instrument = survey.importance, survey.instrument
    if given is None:
        rule, remedy = "stated importance was asked", "read the survey with importance=…, or derive it"
        problems.append(Problem("importance", "the survey has none", rule, remedy))
        return None
    columns = []
    for item in items:
        if item in instrument.dimension_keys:
            place = instrument.dimension_keys.index(item)
            values = given.values[..., instrument.slices[place]].mean(axis=-1) if given.over is Over.ITEMS else None
            columns.append(given.values[..., place] if values is None else values)
        elif item in instrument.item_keys and given.over is Over.ITEMS:
            columns.append(given.values[..., instrument.item_keys.index(item)])
        else:
            rule = f"importance was asked over {given.over}"
            problems.append(Problem("importance", f"none of {item!r}", rule, "name what it was asked over"))
    if len(columns) < len(items):
        return None
    return np.broadcast_to(np.stack(columns, axis=-1), (len(survey), len(items)))


def stated_level(survey: Survey, level: Level, items: Sequence[str]) -> Floats:
    """Return the answers at one level to items or dimensions, (respondents, items).

    Raises
    ------
    LevelError
        A level that the survey does not hold.
    """
    instrument, answers = survey.instrument, survey.level(level).numbers()
    means = dimension_means(survey, level)
    columns = [
        means[instrument.dimension_keys.index(item)]
        if item in instrument.dimension_keys
        else answers[instrument.item_keys.index(item)]
        for item in items
        if item in (*instrument.dimension_keys, *instrument.item_keys)
    ]
    return np.stack(columns, axis=1) if columns else np.empty((len(survey), 0))


def off_scale(place: str, names: Sequence[str], answers: Floats, scale: Scale | None) -> Problems:
    """Return what is wrong with answers beyond the ends of the scale; means within them are admitted."""
    beyond = np.zeros(answers.shape, np.bool_) if scale is None else (answers < scale.low) | (answers > scale.high)
    if scale is None or not beyond.any():
        return []
    item = int(beyond.any(axis=0).argmax())
    items, first = int(beyond.any(axis=0).sum()), answers[beyond[:, item], item][0]
    found = f"{int(beyond.sum())} answers of {items} items outside, first {names[item]} = {first:g}"
    return [Problem(place, found, f"answers lie in {scale.low:g}..{scale.high:g}", "pass the scale that was used")]
