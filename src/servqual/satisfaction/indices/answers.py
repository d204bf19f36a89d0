"""The answers to a model's indicators as one matrix, item-major: codes of a survey as they lie, numbers of frames."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from attrs import frozen

from servqual._arrays import AnyArray, Floats
from servqual._frames import opened
from servqual.errors import Problem, SurveyError, did_you_mean
from servqual.instruments import Level
from servqual.satisfaction.gathering import Problems
from servqual.satisfaction.indices.structural import StructuralModel
from servqual.satisfaction.opened_sources import Opened, is_numbers
from servqual.survey import Survey

_NO_ANSWER = "make codes for 'no answer' missing first"
# indicators that are told one by one
_FEW = 3


@frozen(eq=False)
class Columns:
    """Numbers, shape (p, rows), and what is added to each to make it an answer."""

    numbers: AnyArray
    offset: float = 0.0

    def off_scale(self, names: Sequence[str], ends: Floats) -> Iterator[Problem]:
        """Yield the indicators with answers beyond the ends of their scales; those of a survey were checked before."""
        for name, values, (low, high) in zip(names, self.numbers, ends.T.tolist(), strict=True):
            wrong = np.flatnonzero((values < low) | (values > high))
            if wrong.size:
                shown = ", ".join(f"row {row} = {values[row]:g}" for row in wrong[:3].tolist())
                found = f"{wrong.size} off the scale: {shown}{', …' if wrong.size > 3 else ''}"
                yield Problem(f"indicator {name}", found, f"answers lie in {low:g}..{high:g}", _NO_ANSWER)


def indicator_columns(model: StructuralModel, source: Opened, given: Any, problems: Problems) -> Columns | None:
    """Return the answers in the order of the model's indicators; what is wrong is added to the problems.

    `given` is what was opened; an array of numbers is taken as it is.
    """
    absent = [name for name in model.indicators if name not in source.names]
    problems += _absent_problems(model, absent, source)
    if source.survey is not None and Level.PERCEPTION not in source.survey.levels:
        rule = "indicators are what was perceived"
        problems.append(Problem("survey", "no perception answers", rule, "read it with perception='…'"))
        return None
    if absent:
        return None
    if source.survey is not None and set(model.indicators) <= set(source.survey.instrument.item_keys):
        return _codes(model, source.survey)
    return _numbers(model, source, given, problems)


def _absent_problems(model: StructuralModel, absent: Sequence[str], source: Opened) -> Problems:
    """Return that indicators are not there: one by one where they are few, together where columns have other names."""
    rule = f"the {source.what} has no such column" if source.survey is None else "the instrument has no such item"
    if len(absent) <= _FEW:
        return [Problem(f"indicator {name}", "not found", rule, did_you_mean(name, source.names)) for name in absent]
    found = f"{len(absent)} of {len(model.indicators)} not found, {', '.join(absent[:_FEW])}, …"
    remedy = f"name yours in the model, as ecsi({{'image': ['IMAG1', …], …}}); {did_you_mean('', source.names)}"
    return [Problem("indicators", found, rule, remedy)]


def _codes(model: StructuralModel, survey: Survey) -> Columns:
    """Return the codes of a survey, as they lie in memory where the order of items is the same."""
    answers = survey.level(Level.PERCEPTION)
    places = [survey.instrument.item_keys.index(name) for name in model.indicators]
    first = places[0]
    together = places == list(range(first, first + len(places)))
    return Columns(
        answers.codes[first : first + len(places)] if together else answers.codes[places], answers.book.offset
    )


def frame_columns(names: Sequence[str], given: Any, problems: Problems) -> tuple[Columns | None, str] | None:
    """Return columns of plain numbers of a frame, with its library; None where it is no frame, or they are not there.

    It is the quick way for the usual case; whatever else there is to say of a source, the slow way says.
    """
    if isinstance(given, Survey | Mapping | Sequence | np.ndarray):
        return None
    try:
        frame = opened(given)
    except SurveyError:
        return None
    if not set(names).issubset(frame.columns):
        return None
    values = frame.select(list(names)).to_numpy()
    if not is_numbers(values):
        return None
    return _finite(names, values.T, problems), str(frame.implementation.value)


def _numbers(model: StructuralModel, source: Opened, given: Any, problems: Problems) -> Columns | None:
    if isinstance(given, np.ndarray) and is_numbers(given):
        return _finite(model.indicators, given.T, problems)
    before, table = len(problems), np.empty((len(model.indicators), source.rows))
    for row, name in zip(table, model.indicators, strict=True):
        values = source.read(name)
        if is_numbers(values):
            row[...] = values
        else:
            problems.append(_no_numbers(name, values.tolist()))
    return _finite(model.indicators, table, problems) if len(problems) == before else None


def _finite(names: Sequence[str], given: AnyArray, problems: Problems) -> Columns | None:
    """Return columns, item-major, whole numbers in as few bytes as hold them, unless something in them is infinite."""
    if given.dtype.kind in "iub":
        return Columns(_narrow(given))
    table = np.ascontiguousarray(given, dtype=np.float64)
    # a sum is finite unless something in it is not
    doubtful = np.flatnonzero(~np.isfinite(table.sum(axis=1))).tolist()
    infinite = [item for item in doubtful if np.isinf(table[item]).any()]
    for item in infinite:
        place, remedy = f"indicator {names[item]}", "write NaN where there is none"
        found = f"{int(np.isinf(table[item]).sum())} infinite"
        problems.append(Problem(place, found, "answers are finite", remedy))
    return None if infinite else Columns(table)


def _narrow(given: AnyArray) -> AnyArray:
    """Return whole numbers in one byte or two, whose least stands for missing; wider ones as real numbers."""
    low, high = int(given.min(initial=0)), int(given.max(initial=0))
    for kind in (np.int8, np.int16):
        if np.iinfo(kind).min < low and high <= np.iinfo(kind).max:
            return np.ascontiguousarray(given, dtype=kind)
    return np.ascontiguousarray(given, dtype=np.float64)


def _no_numbers(name: str, values: list[Any]) -> Problem:
    texts = [repr(each)[:30] for each in dict.fromkeys(values) if not isinstance(each, int | float)]
    found = f"no numbers but {', '.join(texts[:3])}{', …' if len(texts) > 3 else ''}"
    return Problem(f"indicator {name}", found, "answers are numbers", "code words as numbers first")
