"""Columns as they are given: of a frame, of a mapping of arrays, or as an array each; checked where they enter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, NamedTuple, Self

import numpy as np
from attrs import field, frozen

from servqual._arrays import AnyArray, Bools, Floats, Ints
from servqual._frames import GroupLabel, backend_of, factorised, is_numeric, numbers, opened
from servqual._frames.moments import timestamps
from servqual._frames.named import coded
from servqual.errors import Problem, SurveyError, did_you_mean
from servqual.instruments import Level
from servqual.operations.given_times import MICROSECOND, TimeKind, Times, times_of
from servqual.survey import Survey

# Microseconds since 1970, and whether they are told with a time zone.
Dated = tuple[Floats, bool]
# What results call all cases together.
ALL = "all"
# The rows that a message names.
_SHOWN = 3


class Coded(NamedTuple):
    """The position of each row's label among the sorted ones, and these; a missing label is None and comes last."""

    codes: Ints
    labels: tuple[GroupLabel, ...]


def _no_dates(name: str) -> Dated | None:  # noqa: ARG001 - arrays are looked at value by value
    return None


@frozen(eq=False)
class GivenColumns:
    """Columns that can be read by name, and arrays beside them; what is wrong gathers in `problems`.

    Attributes
    ----------
    rows
        How many there are.
    names
        What can be read.
    backend
        The data-frame library that they came from.
    problems
        Everything found wrong so far.
    """

    rows: int
    names: tuple[str, ...]
    backend: str
    _read: Callable[[str], AnyArray]
    _coded: Callable[[str], Coded]
    _dated: Callable[[str], Dated | None] = _no_dates
    problems: list[Problem | str] = field(factory=list)

    @classmethod
    def of(cls, source: Any, only: str) -> Self:
        """Return the columns of a frame or of a mapping name → values; an array of one axis is the column `only`.

        Of a `Survey`, the columns are the perceptions of items, and groups.

        Raises
        ------
        SurveyError
            What is none of these, columns of unequal length, a survey whose weights or clusters would be passed over.
        """
        if isinstance(source, Mapping):
            return cls._of_arrays({str(name): _array(values) for name, values in source.items()})
        if isinstance(source, np.ndarray | list | tuple | range):
            return cls._of_arrays({only: _array(source)})
        if isinstance(source, Survey):
            return cls._of_survey(source)
        frame = opened(source)
        return cls(
            len(frame), tuple(frame.columns), backend_of(source), lambda name: numbers(frame, name),
            lambda name: Coded(*factorised(frame, name)),
            lambda name: timestamps(frame, name),
        )  # fmt: skip

    @classmethod
    def _of_survey(cls, survey: Survey) -> Self:
        refuse_unequal(survey)
        keys, answers = survey.instrument.item_keys, survey.level(Level.PERCEPTION)

        def grouped(name: str) -> Coded:
            grouping = survey.grouping(name)
            return Coded(grouping.codes, grouping.labels)

        names = (*keys, *survey.groups)
        return cls(len(survey), names, survey.backend, lambda name: answers.numbers()[keys.index(name)], grouped)

    @classmethod
    def _of_arrays(cls, columns: Mapping[str, AnyArray]) -> Self:
        shapes = {values.shape for values in columns.values()}
        if len(shapes) != 1 or len(next(iter(shapes))) != 1:
            found = ", ".join(f"{name} {values.shape}" for name, values in list(columns.items())[:5]) or "no columns"
            raise SurveyError(Problem("source", found, "columns are arrays of one axis and of one length"))
        rows = len(next(iter(columns.values())))
        return cls(rows, tuple(columns), "pandas", columns.__getitem__, lambda name: Coded(*coded(name, columns[name])))

    def numbers(self, place: str, given: Any) -> Floats | None:
        """Return a column of numbers, NaN where there is none; None, and a problem, where it is not one."""
        values = self._values(place, given)
        if values is None:
            return None
        if not is_numeric(values) and values.dtype.kind != "b":
            found = f"no numbers but {next((each for each in values.tolist() if each is not None), None)!r}"
            self.problems.append(Problem(place, found, "it is a column of numbers", "code words as numbers first"))
            return None
        result = values.astype(np.float64)
        if np.isinf(result).any():
            found = f"{int(np.isinf(result).sum())} infinite: {rows_of(np.isinf(result))}"
            self.problems.append(Problem(place, found, "numbers are finite", "write NaN where there is none"))
            return None
        return result

    def truths(self, place: str, given: Any) -> Bools | None:
        """Return a column of truth values, 0 and 1 among them; None, and a problem, where it is not one."""
        before, values = len(self.problems), self._values(place, given)
        if values is None:
            return None
        if values.dtype.kind == "b":
            return np.asarray(values)
        if not is_numeric(values) or not np.isin(values, (0, 1)).all():
            found = "values besides true and false, or missing ones"
            self.problems.append(Problem(place, found, "each row is true or false (1 or 0)"))
        return None if len(self.problems) > before else values.astype(np.bool_)

    def labels(self, place: str, given: Any) -> Coded | None:
        """Return a column of labels; None, and a problem, where it is not one."""
        try:
            if isinstance(given, str):
                return self._coded(given) if self._knows(place, given) else None
            values = _array(given)
            return Coded(*coded(place, values)) if self._fits(place, values) else None
        except SurveyError as error:
            self.problems.extend(error.problems)
            return None

    def parts(self, place: str, given: Any) -> Coded | None:
        """Return a column of labels that rows of a result bear, beside that of all together."""
        coded = self.labels(place, given)
        if coded is not None and ALL in coded.labels:
            rule = "what holds for all together is called so"
            self.problems.append(Problem(place, f"a {place} {ALL!r}", rule, "rename it"))
        return coded

    def times(self, place: str, given: Any, step: timedelta) -> Times | None:
        """Return a column of times, dates in steps since 1970; None, and a problem, where it is not one."""
        if isinstance(given, str) and given in self.names and (dated := self._dated(given)) is not None:
            micros, zoned = dated
            kind = TimeKind.ZONED if zoned else TimeKind.DATES
            return Times(micros * (MICROSECOND / step), None if np.isnan(micros).all() else kind)
        values = self._values(place, given)
        if values is None:
            return None
        found = times_of(values, step)
        if found is None or np.isinf(found.values).any():
            rule = "times are finite numbers, or dates all with a time zone or all without"
            self.problems.append(Problem(place, "neither numbers nor dates of one kind", rule, "read them as dates"))
            return None
        return found

    def _values(self, place: str, given: Any) -> AnyArray | None:
        if isinstance(given, str):
            return self._read(given) if self._knows(place, given) else None
        values = _array(given)
        return values if self._fits(place, values) else None

    def _knows(self, place: str, name: str) -> bool:
        if name not in self.names:
            remedy = did_you_mean(name, self.names)
            self.problems.append(Problem(place, f"no column {name!r}", "the data have no such column", remedy))
        return name in self.names

    def _fits(self, place: str, values: AnyArray) -> bool:
        if values.shape != (self.rows,):
            rule = f"there is one for each of {self.rows} rows"
            self.problems.append(Problem(place, f"an array of shape {values.shape}", rule))
        return values.shape == (self.rows,)


def refuse_unequal(survey: Survey) -> None:
    """Raise where respondents of a survey do not count alike, or are not independent of each other.

    Raises
    ------
    SurveyError
        Weights, clusters.
    """
    problems = []
    if survey.weights is not None:
        problems.append(Problem("survey", "it has weights", "here every respondent counts alike", "read it without"))
    if survey.cluster is not None:
        rule = "here respondents count as independent of each other"
        problems.append(Problem("survey", "it has clusters", rule, "read it without"))
    if problems:
        raise SurveyError(*problems)


def rows_of(found: Bools) -> str:
    """Return the first rows of which something holds, in words; rows count from 0."""
    places = np.flatnonzero(found)
    more = ", …" if places.size > _SHOWN else ""
    return f"row{'s' if places.size > 1 else ''} {', '.join(map(str, places[:_SHOWN].tolist()))}{more}"


def _array(values: Any) -> AnyArray:
    """Return a column as an array; numbers beside None as real numbers."""
    given = np.asarray(values)
    if given.dtype != object:
        return given
    plain = [np.nan if each is None else each for each in given.ravel().tolist()]
    alike = all(isinstance(each, int | float) for each in plain)
    return np.array(plain, np.float64).reshape(given.shape) if alike else given
