"""Which respondents are meant: positions, or a mask."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from servqual._arrays import Ints
from servqual.errors import Problem, SurveyError


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
