"""How long respondents took: numbers from an array, a column of a frame, or a column that the survey was read with."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from servqual._arrays import Floats
from servqual.errors import Problem, SurveyError
from servqual.survey import Survey


def seconds_of(survey: Survey, time: npt.ArrayLike | str) -> Floats:
    """Return the time that each respondent took in seconds, NaN where it is not known; spans of time are turned.

    Raises
    ------
    GroupError
        The name of a column that the survey was not read with.
    SurveyError
        What is not one number of zero or more for each respondent; times that are all missing.
    """
    given = _labels(survey, time) if isinstance(time, str) else time
    try:
        values = _numbers(given)
    except (TypeError, ValueError):
        rule, remedy = "time is the number of seconds", "turn clock times into seconds before"
        raise SurveyError(Problem("time", f"a {type(given).__name__} of no numbers", rule, remedy)) from None
    if values.shape != (len(survey),):
        raise SurveyError(Problem("time", f"shape {values.shape}", f"one number for each of {len(survey)} respondents"))
    wrong = np.flatnonzero((values < 0) | np.isinf(values))
    if len(wrong):
        found = f"{len(wrong)} negative or infinite, first {values[wrong[0]]:g} in row {wrong[0]}"
        raise SurveyError(Problem("time", found, "time is zero or more", "leave blank what is not known"))
    if np.isnan(values).all():
        raise SurveyError(Problem("time", "all missing", "some times are known", "leave time= out"))
    return values


def _numbers(given: npt.ArrayLike) -> Floats:
    found = np.asarray(given)
    if found.dtype.kind == "m":
        return found / np.timedelta64(1, "s")
    if found.dtype.kind == "M":
        raise TypeError
    return np.asarray(given, dtype=np.float64)


def _labels(survey: Survey, name: str) -> list[Any]:
    grouping = survey.grouping(name)
    labels = np.array(grouping.labels, dtype=object)
    return list(labels[grouping.codes])
