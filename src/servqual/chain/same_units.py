"""Units that are said to be those of a fit must give its coefficients."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from servqual._arrays import Floats
from servqual.chain.designs import EquationRows
from servqual.chain.fitted import Fit
from servqual.errors import FitError, Problem
from servqual.statistics.models import Estimator

# By so much of its size and standard error may a coefficient that is estimated again differ from that of the fit;
# robust and mixed regressions end their search a little short of the optimum, each time elsewhere.
_SAME = 1e-6
_SAME_SEARCHED = 1e-3

SEARCHED = (Estimator.ROBUST, Estimator.MIXED)
REMEDY = "pass the table of units that the fit was made of"
RULE = "resamples are drawn from the units that were fitted"


def refuse_others(fit: Fit, equations: Sequence[EquationRows], found: Sequence[Floats]) -> None:
    """Refuse units that do not give the coefficients of the fit.

    Parameters
    ----------
    fit
        What was estimated.
    equations, found
        Rows of some of its equations, made of the units, and the coefficients estimated from them.

    Raises
    ------
    FitError
        For each equation that differs, its rows, or the coefficient that differs most.
    """
    each = [_difference(fit, rows, coefficients) for rows, coefficients in zip(equations, found, strict=True)]
    problems = [problem for problem in each if problem is not None]
    if problems:
        raise FitError(*problems)


def refuse_other_rows(fit: Fit, equations: Sequence[EquationRows]) -> None:
    """Refuse units that give other rows or columns than the fit had, before anything is estimated.

    Raises
    ------
    FitError
        For each equation that differs.
    """
    problems = []
    for rows in equations:
        mine = fit.equation(rows.target)
        if rows.terms != mine.terms or rows.y.size != mine.regression.n:
            said = f"{rows.y.size} rows and {len(rows.terms)} columns"
            theirs = f"{mine.regression.n} and {len(mine.terms)} in the fit"
            problems.append(Problem(_place(rows), f"{said}, {theirs}", RULE, REMEDY))
    if problems:
        raise FitError(*problems)


def _difference(fit: Fit, rows: EquationRows, found: Floats) -> Problem | None:
    mine = fit.equation(rows.target).regression
    tolerance = _SAME_SEARCHED if fit.recipe.estimator in SEARCHED else _SAME
    off = np.abs(found - mine.coefficients) - tolerance * (np.abs(mine.coefficients) + mine.standard_errors)
    if (off <= 0).all():
        return None
    worst = int(np.argmax(np.where(np.isnan(off), np.inf, off)))
    said = f"coefficient of {rows.terms[worst].part} {found[worst]:.6g}, {mine.coefficients[worst]:.6g} in the fit"
    return Problem(_place(rows), said, RULE, REMEDY)


def _place(rows: EquationRows) -> str:
    return f"units, equation of {rows.target}"
