"""`CheckedRows`: the rows of one equation, prepared for all checks of them."""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import frozen

from servqual._arrays import Ints
from servqual.chain.designs import EquationRows
from servqual.chain.equations import Role
from servqual.chain.recipes import UNIT, FixedEffect, Recipe
from servqual.chain.units import UnitTable
from servqual.statistics.models import Covariance, Estimator, FittedRows


@frozen(eq=False)
class CheckedRows:
    """The rows of one equation, fitted by least squares, and which of them have errors alike.

    Attributes
    ----------
    rows
        Of the equation.
    fitted
        The same, fitted.
    recipe
        Of the fit.
    units
        The table that the rows are of.
    groups
        Group of each row within which errors may be alike: clusters, or the units of a panel; None where rows are taken
        as independent.
    """

    rows: EquationRows
    fitted: FittedRows
    recipe: Recipe
    units: UnitTable
    groups: Ints | None

    @classmethod
    def of(cls, rows: EquationRows, units: UnitTable, recipe: Recipe) -> CheckedRows:
        """Return the rows of an equation of a fit, ready to be checked."""
        # two columns may bear one name, as a construct and a control of the same name do
        names = tuple(f"{place} {name}" for place, name in enumerate(rows.names))
        own = rows.unit if rows.absorbed else None
        fitted = FittedRows.of(rows.y, rows.x, names, weights=rows.weights, units=own, intercept=False)
        return cls(rows, fitted, recipe, units, rows.cluster if rows.cluster is not None else _units_of_panel(rows))

    @property
    def n_units(self) -> int:
        """Number of units that have a row."""
        return int(np.unique(self.rows.unit).size)

    @property
    def panel(self) -> bool:
        """Whether there are several units, and some have several rows."""
        return _units_of_panel(self.rows) is not None

    @property
    def series(self) -> bool:
        """Whether all rows are of one unit."""
        return self.n_units == 1

    @property
    def own_levels(self) -> bool:
        """Whether units have levels of their own: intercepts, fixed or random."""
        return FixedEffect.UNIT in self.recipe.effects or self.recipe.estimator is Estimator.MIXED

    @property
    def groups_beyond_levels(self) -> Ints | None:
        """Groups within which errors may be alike when units' own levels are taken out already."""
        return None if self.rows.absorbed and self.recipe.cluster in {None, UNIT} else self.groups

    @property
    def errors(self) -> dict[str, Any]:
        """How the errors are taken by tests of added columns: options of `ols`."""
        if self.groups is not None:
            return {"covariance": Covariance.CLUSTER, "groups": self.groups}
        if self.recipe.covariance is Covariance.HAC:
            return {"covariance": Covariance.HAC, "times": self.rows.period, "lags": self.recipe.lags}
        return {"covariance": self.recipe.covariance}

    @property
    def predictors(self) -> list[int]:
        """Positions of the columns of links and controls."""
        return [place for place, term in enumerate(self.rows.terms) if term.role in {Role.LINK, Role.CONTROL}]

    def label(self, row: int) -> str:
        """Return what names a row: the unit, and the period where there are any."""
        here = (self.units.unit == self.rows.unit[row]) & (self.units.period == self.rows.period[row])
        return next(iter(self.units.row_labels(np.flatnonzero(here))))


def _units_of_panel(rows: EquationRows) -> Ints | None:
    several = np.unique(rows.unit).size
    return rows.unit if 1 < several < rows.y.size else None
