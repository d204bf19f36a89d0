"""Which respondents are meant: positions, a mask, or the labels of groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from servqual._arrays import Ints
from servqual.errors import SHOWN, Problem, SurveyError


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


def check_somebody(kept: Ints, groups: Mapping[str, Any]) -> None:
    """Raise where nobody is left."""
    if not len(kept):
        among = " and ".join(f"{name}={wanted!r}" for name, wanted in groups.items())
        found = f"nobody is left with {among}" if among else "nobody is left"
        raise SurveyError(Problem("select", found, "a survey has at least one respondent"))
