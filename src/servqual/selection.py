"""Which respondents are meant: positions, a mask, or the labels of groups; and what a survey does not hold."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from servqual._arrays import Ints
from servqual.errors import SHOWN, GroupError, LevelError, Problem, SurveyError, did_you_mean


def positions(rows: npt.ArrayLike | None, size: int) -> Ints:
    """Return the positions that positions or a boolean mask name among `size` respondents; everybody for None.

    Raises
    ------
    SurveyError
        A mask of another length, or positions that are not whole numbers within the survey.
    """
    if rows is None:
        return np.arange(size)
    given = np.asarray(rows)
    if given.dtype.kind == "b":
        if given.shape != (size,):
            rule = f"a mask says yes or no for each of {size} respondents"
            raise SurveyError(Problem("select", f"a mask of shape {given.shape}", rule))
        return np.flatnonzero(given)
    rule = f"positions are whole numbers from {-size} to {size - 1}"
    if given.ndim != 1 or given.dtype.kind not in "iu":
        raise SurveyError(Problem("select", f"{given.dtype} of shape {given.shape}", rule))
    outside = given[(given < -size) | (given >= size)]
    if len(outside):
        raise SurveyError(Problem("select", f"position {outside[0]}", rule))
    return given


def codes_of(name: str, labels: Sequence[Any], wanted: Any) -> list[int]:
    """Return the codes of the labels that are wanted in a grouping column: one, or several in a list, tuple or set.

    Raises
    ------
    SurveyError
        Every label that nobody has, with those that there are.
    """
    several = isinstance(wanted, list | tuple | set | frozenset | np.ndarray)
    each_wanted = list(wanted) if several else [wanted]
    problems = [_unknown(name, labels, label) for label in each_wanted if label not in labels]
    if problems:
        raise SurveyError(*problems)
    return [code for code, label in enumerate(labels) if label in each_wanted]


def _unknown(name: str, labels: Sequence[Any], wanted: Any) -> Problem:
    shown = ", ".join(str(label) for label in labels[:SHOWN]) + (", …" if len(labels) > SHOWN else "")
    same = [label for label in labels if str(label) == str(wanted)]
    remedy = f"write {name}={same[0]!r}" if same else f"known are {shown}"
    return Problem("select", f"{name}={wanted!r}", "a label that some respondent has", remedy)


def no_level(level: str, held: Collection[str]) -> LevelError:
    """Return the refusal of a level that was not answered; `held` are those that were."""
    known = ", ".join(held)
    remedy = f"read it with {level!s}='…', or use a model that needs only {known}"
    return LevelError(Problem("survey", f"no {level!s} answers", f"it holds {known}", remedy))


def no_group(name: str, groups: Collection[str]) -> GroupError:
    """Return the refusal of a column that was not read as groups."""
    near = did_you_mean(name, groups)
    remedy = near if near.endswith("?") else f"{near}; read it with groups=[{name!r}]"
    return GroupError(Problem("groups", f"no {name!r}", "only columns read as groups can be grouped by", remedy))


def check_somebody(kept: Ints, groups: Mapping[str, Any]) -> None:
    """Raise where nobody is left."""
    if not len(kept):
        among = " and ".join(f"{name}={wanted!r}" for name, wanted in groups.items())
        found = f"nobody is left with {among}" if among else "nobody is left"
        raise SurveyError(Problem("select", found, "a survey has at least one respondent"))
