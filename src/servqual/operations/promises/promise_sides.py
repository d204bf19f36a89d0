"""What is promised, expected, told, delivered and perceived, attribute by attribute, and differences between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from attrs import frozen

from servqual._arrays import Floats
from servqual._frames import opened
from servqual.errors import Problem, ServqualError, did_you_mean
from servqual.instruments import Level
from servqual.labels import Label
from servqual.operations.answer_source import NamedAnswers, Problems, named_answers
from servqual.statistics import MeanTest, t_test, welch_degrees_of_freedom
from servqual.survey import Survey

FIXED = "both are fixed numbers"


@frozen(eq=False)
class Side:
    """One attribute on one side: a fixed number, or the values of people.

    Attributes
    ----------
    mean
        Of the values, or the number.
    values
        Shape (rows,), and whose they are; None where the number is fixed.
    """

    mean: float
    values: Floats | None = None
    people: NamedAnswers | None = None

    @property
    def n(self) -> float:
        """How many values there are."""
        return 0.0 if self.values is None or self.people is None else float(self._moments()[0])

    @property
    def sd(self) -> float:
        """Standard deviation of the values; NaN of a number."""
        if self.values is None or self.people is None:
            return float("nan")
        return self.people.spread(self.values)

    def label(self, name: str) -> Label:
        """Return what the attribute of this name is called."""
        if self.people is None:
            return Label(name.replace("_", " "))
        return self.people.labels[self.people.names.index(name)]

    def _moments(self) -> tuple[float, float, float, float]:
        assert self.people is not None  # noqa: S101 - asked only where there are values
        assert self.values is not None  # noqa: S101
        n, mean, se, df = self.people.means(self.values[:, None])
        return float(n[0]), float(mean[0]), float(se[0]), float(df[0])

    def less(self, other: Side, sign: int, *, paired: bool) -> MeanTest:
        """Return the test of this side less the other, times the sign: within people where the sides are paired."""
        if self.values is None and other.values is None:
            return t_test(sign * (self.mean - other.mean), np.nan, np.nan, few=FIXED)
        if self.values is not None and other.values is not None and paired:
            return _tested(self.people or other.people, sign * (self.values - other.values))
        if other.values is None:
            assert self.values is not None  # noqa: S101 - one of them has values
            return _tested(self.people, sign * (self.values - other.mean))
        if self.values is None:
            return _tested(other.people, sign * (self.mean - other.values))
        parts = [side._moments() for side in (self, other)]  # noqa: SLF001 - of the same class
        squares = np.array([part[2] ** 2 for part in parts])
        df = welch_degrees_of_freedom(squares, np.array([part[3] for part in parts]))
        return t_test(sign * (parts[0][1] - parts[1][1]), float(np.sqrt(squares.sum())), df)


def _tested(people: NamedAnswers | None, values: Floats) -> MeanTest:
    assert people is not None  # noqa: S101 - values are those of people
    _, mean, se, df = people.means(values[:, None])
    return t_test(mean[0], se[0], df[0])


def attributes_of(source: Any, problems: Problems) -> tuple[str, ...]:
    """Return the attributes that a promise is about: keys, columns, or dimensions of a survey."""
    if isinstance(source, tuple):
        source = source[0]
    if isinstance(source, Survey):
        return source.instrument.dimension_keys
    if isinstance(source, Mapping):
        return tuple(map(str, source))
    try:
        return tuple(opened(source).columns)
    except ServqualError as error:
        problems.extend(error.problems)
        return ()


def read_sides(
    place: str, source: Any, names: Sequence[str], level: Level, problems: Problems
) -> dict[str, Side] | None:
    """Return the attributes of one side; None with problems told.

    Parameters
    ----------
    place
        What the side is called.
    source
        A mapping attribute → number or array, a frame, a survey, or a survey with the level to read.
    names
        The attributes that are wanted.
    level
        Which level of a survey, where none comes with it.
    """
    before = len(problems)
    if isinstance(source, tuple):
        source, level = source[0], Level(source[1])
    if isinstance(source, Mapping):
        return _of_mapping(place, {str(name): each for name, each in source.items()}, names, problems)
    found: Problems = []
    answers = named_answers(source, names, found, level)
    problems += [_at(place, each) for each in found]
    if len(problems) > before or answers is None:
        return None
    return _told(place, {name: _side(answers.column(name), answers) for name in names}, problems)


def _of_mapping(
    place: str, source: Mapping[str, Any], names: Sequence[str], problems: Problems
) -> dict[str, Side] | None:
    before, sides = len(problems), {}
    for name in names:
        if name not in source:
            rule = "a promise needs what is delivered" if place == "delivered" else "each attribute has every side"
            found = f"no data for {name!r}"
            problems.append(Problem(place, found, rule, did_you_mean(name, source)))
            continue
        given = source[name]
        if isinstance(given, int | float | np.number) and not isinstance(given, bool):
            sides[name] = Side(float(given))
            continue
        found_problems: Problems = []
        answers = named_answers({name: given}, [name], found_problems)
        problems += [_at(place, each) for each in found_problems]
        if answers is not None:
            sides[name] = _side(answers.column(name), answers)
    return None if len(problems) > before else _told(place, sides, problems)


def _side(values: Floats, people: NamedAnswers) -> Side:
    return Side(float(people.means(values[:, None])[1][0]), values, people)


def _told(place: str, sides: dict[str, Side], problems: Problems) -> dict[str, Side] | None:
    """Return sides that are all numbers; what is empty is told."""
    empty = [name for name, side in sides.items() if not np.isfinite(side.mean)]
    problems += [Problem(f"{place} {name}", "no number", "each side has a number, or values") for name in empty]
    return None if empty else sides


def _at(place: str, problem: Problem | str) -> Problem | str:
    if isinstance(problem, str):
        return problem
    return Problem(f"{place} {problem.place}", problem.found, problem.rule, problem.remedy)
