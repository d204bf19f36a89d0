"""`choose_rows`: the rows that take part in each equation, decided once, and why others do not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from servqual._arrays import Bools, Ints
from servqual.chain.graph import Chain
from servqual.chain.recipes import Recipe, RowRule
from servqual.chain.row_accounts import Dropped, RowAccount
from servqual.chain.units import UnitTable
from servqual.errors import FitError, Problem
from servqual.labels import Label
from servqual.statistics.time_steps import rows_before

# Why a row lacks something → where it does, shape (rows,)
Reasons = dict[Label, Bools]


def choose_rows(chain: Chain, units: UnitTable, recipe: Recipe) -> tuple[dict[str, Ints], RowAccount]:
    """Return target → positions of its rows, and the account of all rows.

    Raises
    ------
    FitError
        If no row is left, with what is missing how often.
    """
    reasons = {target: _reasons(chain, units, recipe, target) for target in chain.endogenous}
    common = recipe.rows is RowRule.COMMON
    if common:
        every = {label: lacking for each in reasons.values() for label, lacking in each.items()}
        reasons = {"": every}
    complete = {target: ~np.logical_or.reduce(list(each.values())) for target, each in reasons.items()}
    _refuse_nothing(reasons, complete)
    chosen: dict[str, Ints] = {
        target: np.flatnonzero(complete["" if common else target]) for target in chain.endogenous
    }
    dropped = [each for target, found in reasons.items() for each in _dropped(target, found)]
    used = int(np.logical_or.reduce(list(complete.values())).sum())
    equations = tuple((target, int(rows.size)) for target, rows in chosen.items())
    return chosen, RowAccount(len(units.unit), used, tuple(dropped), equations)


def _reasons(chain: Chain, units: UnitTable, recipe: Recipe, target: str) -> Reasons:
    links = chain.parents(target)
    needed = [target, *(link.source for link in links if not link.lag), *recipe.controls_of(target)]
    needed += [recipe.weights] if recipe.weights is not None else []
    found: Reasons = {_missing(name): np.isnan(units.column(name)) for name in dict.fromkeys(needed)}
    for lag in sorted({link.lag for link in links if link.lag}):
        nowhere = rows_before(units.unit, units.period, units.period_steps, lag) < 0
        found[_no_row(lag)] = nowhere
        for link in links:
            if link.lag == lag:
                found[_missing_then(link.source, lag)] = np.isnan(units.lagged(link.source, lag)) & ~nowhere
    if recipe.cluster is not None:
        found[_missing(recipe.cluster)] = units.codes(recipe.cluster) < 0
    return found


def _missing(name: str) -> Label:
    return Label(f"{name} is missing", f"{name} 缺失")


def _no_row(lag: int) -> Label:
    return Label(f"no row {periods(lag)} earlier", f"没有前 {lag} 期的行")


def _missing_then(name: str, lag: int) -> Label:
    return Label(f"{name} is missing {periods(lag)} earlier", f"{name} 前 {lag} 期缺失")


def periods(count: int) -> str:
    """Return a number of periods in words."""
    return f"{count} period{'s' if count > 1 else ''}"


def _dropped(target: str, reasons: Reasons) -> Iterable[Dropped]:
    times = np.sum(list(reasons.values()), axis=0)
    found = [
        Dropped(target, label, int(lacking.sum()), int((lacking & (times == 1)).sum()))
        for label, lacking in reasons.items()
        if lacking.any()
    ]
    return sorted(found, key=lambda each: -each.rows)


def _refuse_nothing(reasons: Mapping[str, Reasons], complete: Mapping[str, Bools]) -> None:
    problems = []
    for target, found in reasons.items():
        if not complete[target].any():
            given = complete[target].size
            said = ", ".join(f"{each.reason} in {each.rows}" for each in _dropped(target, found))
            place = f"rows for {target}" if target else "rows"
            remedy = "leave out the column that is to blame, or take rows='per_link'"
            problems.append(Problem(place, f"none of {given} is complete: {said}", "rows are complete", remedy))
    if problems:
        raise FitError(*problems)
