"""The checks of one equation: collinearity, spread, form, normality, influence, serial correlation, size."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from attrs import evolve, frozen

from servqual._arrays import Floats
from servqual.chain.check_kinds import CheckKind
from servqual.chain.check_words import ALL_ALONE, GAPS, IN_PIECES, NO_CLUSTERS, ONE_ROW
from servqual.chain.checked_rows import CheckedRows
from servqual.chain.diagnosed import ALL, Result, RuleOfThumb
from servqual.chain.equations import Term
from servqual.statistics import Inapplicable
from servqual.statistics.models import (
    breusch_pagan,
    condition_number,
    group_influence,
    influence,
    normality,
    panel_serial_test,
    reset_test,
    serial_test,
    square_test,
    variance_inflation,
    white_test,
)
from servqual.statistics.models.kinds import Covariance, Estimator

LARGEST_VIF, LARGEST_CONDITION, FEWEST_UNITS, FEWEST_CLUSTERS = 10.0, 30.0, 10.0, 40.0
# Units named of one check
NAMED = 5


@frozen(eq=False)
class Found:
    """What a check found, before p-values are adjusted."""

    kind: CheckKind
    target: str
    result: Result
    about: str | None = None
    units: tuple[str, ...] = ()
    numbers: tuple[tuple[str, float], ...] = ()


def equation_checks(checked: CheckedRows, level: float) -> Iterator[Found]:
    """Yield all checks of one equation; rows that lie apart at the level are named."""
    target, fitted, groups = checked.rows.target, checked.fitted, checked.groups
    yield from _collinearity(checked)
    predictors = checked.predictors
    for kind, test in ((CheckKind.BREUSCH_PAGAN, breusch_pagan), (CheckKind.WHITE, white_test)):
        yield Found(kind, target, test(fitted, columns=predictors, groups=groups).at())
    yield Found(CheckKind.RESET, target, reset_test(fitted, **checked.errors).at())
    yield from _squares(checked)
    shape = normality(fitted, groups=checked.groups_beyond_levels)
    numbers = (("skewness", float(shape.skewness[0])), ("kurtosis", float(shape.kurtosis[0])))
    yield Found(CheckKind.JARQUE_BERA, target, shape.at(0), numbers=numbers)
    yield Found(CheckKind.OMNIBUS, target, shape.at(1))
    yield _outlying(checked, level)
    yield _influential(checked)
    yield Found(CheckKind.SERIAL_CORRELATION, target, _serial(checked))
    yield from _sizes(checked)


def _collinearity(checked: CheckedRows) -> Iterator[Found]:
    target, places = checked.rows.target, checked.predictors
    factors = variance_inflation(checked.fitted)[places]
    worst = int(np.nanargmax(factors))
    value, about = float(factors[worst]), checked.rows.names[places[worst]]
    yield Found(CheckKind.VIF, target, RuleOfThumb(value, LARGEST_VIF, value > LARGEST_VIF), about)
    value = condition_number(checked.fitted, centred=True)
    yield Found(CheckKind.CONDITION_NUMBER, target, RuleOfThumb(value, LARGEST_CONDITION, value > LARGEST_CONDITION))


def _squares(checked: CheckedRows) -> Iterator[Found]:
    rows = checked.rows
    pieces = [place for place in checked.predictors if _in_pieces(rows.terms[place], rows.terms)]
    straight = [place for place in checked.predictors if place not in pieces]
    tests = square_test(checked.fitted, columns=straight, **checked.errors)
    for position, place in enumerate(straight):
        yield Found(CheckKind.ADDED_SQUARE, rows.target, tests.at(position), rows.names[place])
    for place in pieces:
        yield Found(CheckKind.ADDED_SQUARE, rows.target, Inapplicable(IN_PIECES), rows.names[place])


def _in_pieces(term: Term, terms: tuple[Term, ...]) -> bool:
    return term.link is not None and sum(each.link == term.link for each in terms) > 1


def _outlying(checked: CheckedRows, level: float) -> Found:
    """Return the row that lies farthest from the line of the others, and those that do so significantly."""
    test = influence(checked.fitted).outliers()
    kind, target = CheckKind.OUTLYING_ROW, checked.rows.target
    if np.isnan(test.p).all():
        return Found(kind, target, test.at(0))
    order = np.argsort(np.where(np.isnan(test.statistic), 0.0, -np.abs(test.statistic)), kind="stable")
    named = tuple(checked.label(row) for row in order[:NAMED].tolist() if test.p[row] < level)
    return Found(kind, target, test.at(int(order[0])), checked.label(int(order[0])), named)


def _influential(checked: CheckedRows) -> Found:
    """Return the unit without which the coefficients move most."""
    kind, target = CheckKind.INFLUENTIAL_UNIT, checked.rows.target
    name, distances, limit = _distances(checked)
    if np.isnan(distances).all():
        return Found(kind, target, Inapplicable(ALL_ALONE))
    order = np.argsort(np.where(np.isnan(distances), np.inf, -distances), kind="stable").tolist()
    first = float(distances[order[0]])
    named = tuple(name(each) for each in order[:NAMED] if distances[each] > limit)
    return Found(kind, target, RuleOfThumb(first, limit, first > limit), name(order[0]), named)


def _distances(checked: CheckedRows) -> tuple[Callable[[int], str], Floats, float]:
    """Return names, Cook's distances and the median of F: of units in a panel, else of rows."""
    if checked.panel:
        found = group_influence(checked.fitted, checked.rows.unit)
        units = found.labels.tolist()
        return (lambda place: str(checked.units.unit_names[units[place]])), found.beside, found.middle
    each = influence(checked.fitted)
    return checked.label, each.cook, each.middle


def _serial(checked: CheckedRows) -> Result:
    rows = checked.rows
    if checked.series:
        whole = bool((np.diff(rows.period) == 1).all())
        return serial_test(checked.fitted).at() if whole else Inapplicable(GAPS)
    if not checked.panel:
        return Inapplicable(ONE_ROW)
    return panel_serial_test(checked.fitted, rows.unit, rows.period, own_levels=checked.own_levels).at()


def _sizes(checked: CheckedRows) -> Iterator[Found]:
    rows, target = checked.rows, checked.rows.target
    counted = rows.y.size if checked.series else checked.n_units
    value = counted / len(checked.predictors)
    yield Found(CheckKind.FEW_UNITS, target, RuleOfThumb(value, FEWEST_UNITS, value < FEWEST_UNITS))
    clusters = checked.groups
    if rows.cluster is None and not _counts_units(checked):
        yield Found(CheckKind.FEW_CLUSTERS, target, Inapplicable(NO_CLUSTERS))
        return
    number = float(np.unique(clusters).size) if clusters is not None else float(checked.n_units)
    yield Found(CheckKind.FEW_CLUSTERS, target, RuleOfThumb(number, FEWEST_CLUSTERS, number < FEWEST_CLUSTERS))


def once(found: Sequence[Found]) -> list[Found]:
    """Return the findings with that of clusters once, as of all equations, where they all have the same."""
    clusters = [each for each in found if each.kind is CheckKind.FEW_CLUSTERS]
    targets = {each.target for each in clusters}
    if len(clusters) < 2 or len({each.result for each in clusters}) > 1 or ALL in targets:
        return list(found)
    others = [each for each in found if each.kind is not CheckKind.FEW_CLUSTERS]
    return [*others, evolve(clusters[0], target=ALL)]


def _counts_units(checked: CheckedRows) -> bool:
    """Return whether standard errors rest on the number of units of a panel."""
    recipe = checked.recipe
    return checked.panel and (recipe.covariance is Covariance.HAC or recipe.estimator is Estimator.MIXED)
