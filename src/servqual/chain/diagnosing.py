"""`diagnostics`: what speaks against a fitted chain, worst first."""

from __future__ import annotations

import math
from collections.abc import Sequence
from numbers import Real

import numpy as np

from servqual.chain.check_kinds import CAREFUL, CheckFamily, CheckKind, CheckVerdict
from servqual.chain.checked_rows import CheckedRows
from servqual.chain.designs import EquationRows, designs
from servqual.chain.diagnosed import Check, Diagnostics, RuleOfThumb
from servqual.chain.diagnostic_notes import told_of
from servqual.chain.equation_checks import Found, equation_checks, once
from servqual.chain.fitted import Fit
from servqual.chain.link_checks import link_checks
from servqual.chain.recipes import UNIT, Recipe
from servqual.chain.units import UnitTable
from servqual.errors import FitError, Problem
from servqual.statistics import Inapplicable, TestResult, adjusted
from servqual.statistics.models import Covariance, Estimator

REMEDY = "pass the table of units that the fit was made of"


def diagnostics(fit: Fit, units: UnitTable, *, level: float = 0.05) -> Diagnostics:
    """What speaks against a fitted chain: checks of every equation and every link, worst first.

    Of each equation: collinearity (variance inflation, condition number), heteroscedasticity (Breusch-Pagan, White),
    functional form (RESET, the added square of each predictor), residual normality (Jarque-Bera, omnibus), rows and
    units that it hangs on, serial correlation, units a coefficient and clusters. Of each link: whether both ends were
    measured on the same people, and, where there are periods, whether the source follows the target's past, its own
    past being equal (cross-lagged comparison).

    Tests are of the rows by least squares. In panels, and where errors are clustered, they take errors within units or
    clusters as alike; where a clustered test adds up products within clusters it is Hotelling's.

    Parameters
    ----------
    fit
        A fitted chain.
    units
        The table of units that it was fitted on.
    level
        A test has found something where its p, adjusted by Holm for all tests of the same family over all equations,
        lies below it.

    Returns
    -------
    Diagnostics
        A `Check` each: a test with its null in words, a number beside a rule of thumb, or the reason why there is none.

    Raises
    ------
    FitError
        If the fit was made of correlations, or of other units; if the level does not lie between 0 and 1.

    Notes
    -----
    Limits of rules of thumb: variance inflation 10, condition number 30 (of centred columns), ten units a coefficient,
    forty clusters, the median of F for Cook's distance. A cross-lagged comparison mixes what lasts between units with
    what changes within them; with fixed effects of units and few periods it is biased.

    References
    ----------
    Belsley, Kuh & Welsch 1980, Regression Diagnostics, Wiley; Holm 1979, Scandinavian Journal of Statistics 6(2):65-70;
    each check names its own.

    Examples
    --------
    >>> from servqual.chain.fitting import fit
    >>> from servqual.chain.graph import Chain
    >>> x = np.linspace(1, 5, 60)
    >>> units = UnitTable.from_arrays(range(60), {"service": x, "loyalty": x**3 + np.tile([1.0, -1.0, 0.5], 20)})
    >>> diagnostics(fit(Chain.parse("service -> loyalty"), units), units)
    <Diagnostics: 3 problems, 8 with nothing found, 4 not applicable; first reset of loyalty>
    """
    _refuse(fit, units, level)
    equations, _ = designs(fit.chain, units, fit.recipe)
    _refuse_other_units(fit, equations)
    ready = [CheckedRows.of(rows, units, fit.recipe) for rows in equations]
    found = [each for checked in ready for each in equation_checks(checked, level)]
    found = once(found)
    found += link_checks(fit, units)
    p = _adjusted(found)
    checks = [_check(each, value, fit, level) for each, value in zip(found, p, strict=True)]
    ordered = tuple(sorted(checks, key=_badness))
    return Diagnostics(checks=ordered, told=told_of(fit, ordered, ready, level), level=level)


def _refuse(fit: Fit, units: UnitTable, level: float) -> None:
    problems = []
    if not isinstance(fit, Fit):
        problems.append(Problem("fit", f"a {type(fit).__name__}", "it is a Fit", "fit(chain, units)"))
    elif fit.recipe.from_correlations:
        rule = "diagnostics look at rows, and a matrix of correlations has none"
        problems.append(Problem("fit", "made of correlations", rule))
    if not isinstance(units, UnitTable):
        problems.append(Problem("units", f"a {type(units).__name__}", "they are a UnitTable", REMEDY))
    if not isinstance(level, Real) or not 0 < level < 1:
        problems.append(Problem("level", repr(level), "it lies strictly between 0 and 1"))
    if problems:
        raise FitError(*problems)


def _refuse_other_units(fit: Fit, equations: Sequence[EquationRows]) -> None:
    problems = []
    for rows in equations:
        mine = fit.equation(rows.target)
        found = (rows.y.size, rows.mean, rows.sd, *rows.means, *rows.sds)
        held = (mine.regression.n, mine.mean, mine.sd, *mine.means, *mine.sds)
        if len(found) != len(held) or not np.allclose(found, held, rtol=1e-9, atol=1e-12):
            said = f"{rows.y.size} rows with mean {rows.mean:.6g}, {mine.regression.n} with {mine.mean:.6g} in the fit"
            rule = "diagnostics look at the rows that were fitted"
            problems.append(Problem(f"units, equation of {rows.target}", said, rule, REMEDY))
    if problems:
        raise FitError(*problems)


def _adjusted(found: Sequence[Found]) -> list[float]:
    """Return p-values adjusted within families; NaN where there is no test."""
    p = np.array([float(each.result.p) if isinstance(each.result, TestResult) else math.nan for each in found])
    families = np.array([list(CheckFamily).index(each.kind.family) for each in found])
    for family in np.unique(families):
        p[families == family] = adjusted(p[families == family])
    return p.tolist()


def _check(found: Found, p: float, fit: Fit, level: float) -> Check:
    return Check(
        kind=found.kind,
        target=found.target,
        about=found.about,
        result=found.result,
        p_adjusted=p,
        verdict=_verdict(found, p, fit, level),
        units=found.units,
        numbers=found.numbers,
    )


def _verdict(found: Found, p: float, fit: Fit, level: float) -> CheckVerdict:
    if isinstance(found.result, Inapplicable):
        return CheckVerdict.UNTOLD
    there = found.result.broken if isinstance(found.result, RuleOfThumb) else p < level
    if not there:
        return CheckVerdict.CLEAR
    if _allowed(found, fit):
        return CheckVerdict.ALLOWED
    return CheckVerdict.CAUTION if found.kind in CAREFUL else CheckVerdict.PROBLEM


def _allowed(found: Found, fit: Fit) -> bool:
    """Return whether estimator and covariance of the fit hold in spite of what was found."""
    recipe = fit.recipe
    if found.kind.family is CheckFamily.SPREAD:
        return recipe.covariance is not Covariance.NONROBUST
    if found.kind is CheckKind.SERIAL_CORRELATION:
        return _allows_serial(recipe) and not _follows_itself(fit, found.target)
    return recipe.estimator is Estimator.ROBUST and found.kind.family in {CheckFamily.NORMALITY, CheckFamily.INFLUENCE}


def _allows_serial(recipe: Recipe) -> bool:
    return recipe.covariance is Covariance.HAC or recipe.cluster == UNIT


def _follows_itself(fit: Fit, target: str) -> bool:
    """Return whether an equation has its own past among its columns, which errors in series then bias."""
    return any(link.source == target for link in fit.chain.parents(target))


def _badness(check: Check) -> tuple[int, float, float]:
    """Return what checks are ordered by: verdict, then adjusted p, then how far a number lies beyond its limit."""
    beyond = 0.0
    if isinstance(check.result, RuleOfThumb) and check.result.limit > 0 and check.result.value > 0:
        beyond = -abs(math.log(check.result.value / check.result.limit))
    p = 1.0 if math.isnan(check.p_adjusted) else check.p_adjusted
    return check.verdict.rank, p, beyond
