"""The rows of the equations that an effect needs, and the units or clusters that are resampled whole."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from attrs import frozen

from servqual._arrays import Floats, Ints
from servqual.chain.designs import EquationRows, Prepared, prepare
from servqual.chain.fitted import Direction, Fit
from servqual.chain.link import Link
from servqual.chain.recipes import UNIT
from servqual.chain.same_units import refuse_other_rows
from servqual.chain.units import UnitTable
from servqual.errors import FitError, Problem
from servqual.labels import Label
from servqual.statistics.regression_rows import RegressionRows

UNITS = Label("units", "单位")


@frozen(eq=False)
class Measured:
    """A construct over the rows that its standard deviation is taken of, with the cluster of each row."""

    construct: str
    values: Floats
    cluster: Ints


@frozen(eq=False)
class ResampledRows:
    """All that is resampled.

    Attributes
    ----------
    equations
        Rows of the equations needed, in the order of the fit.
    clusters
        For each equation the position of the resampled unit or cluster of each row.
    vectors
        For each link: the position of its equation among `equations`, and the vector that makes its slope of the
        coefficients.
    measured
        Constructs whose standard deviations are wanted too.
    size
        How many units or clusters there are.
    what
        What they are called.
    """

    equations: tuple[EquationRows, ...]
    clusters: tuple[Ints, ...]
    vectors: tuple[tuple[int, Floats], ...]
    measured: tuple[Measured, ...]
    size: int
    what: Label

    def regressions(self) -> list[RegressionRows]:
        """Return the equations, then the constructs measured, as rows of regressions."""
        found = [
            RegressionRows(each.x, each.y, cluster, each.intercept, each.weights, each.reliability)
            for each, cluster in zip(self.equations, self.clusters, strict=True)
        ]
        return found + [RegressionRows(np.ones((m.values.size, 1)), m.values, m.cluster) for m in self.measured]

    @property
    def needed(self) -> list[list[int]]:
        """The positions of the coefficients of each equation that slopes are made of."""
        found: list[set[int]] = [set() for _ in self.equations]
        for equation, vector in self.vectors:
            found[equation] |= set(np.flatnonzero(vector).tolist())
        return [sorted(each) for each in found]


def resampled_rows(
    fit: Fit,
    links: Sequence[Link],
    units: UnitTable,
    *,
    direction: Direction,
    cluster: str | None,
    measured: Sequence[str] = (),
) -> ResampledRows:
    """Return the rows that a fit was made of, as far as some links need them.

    Raises
    ------
    FitError
        Units that are not those of the fit, a unit in two clusters or in none, fewer than two clusters.
    """
    if fit.recipe.from_correlations:
        rule = "a fit from correlations has no rows to resample"
        raise FitError(Problem("units", "given", rule, "method='delta' or 'monte_carlo', without units"))
    prepared = prepare(fit.chain, units, fit.recipe)
    wanted = [each.target for each in fit.equations if any(link.target == each.target for link in links)]
    equations = tuple(rows for rows in prepared.equations if rows.target in wanted)
    refuse_other_rows(fit, equations)
    of_unit, what = _clusters(fit, units, equations, cluster)
    spreads = [_measured(prepared, units, each) for each in measured]
    used = np.unique(np.concatenate([of_unit[rows.unit] for rows in equations]))
    _refuse_few(used, what)
    places = [fit.gradient(link, direction=direction) for link in links]
    return ResampledRows(
        equations,
        tuple(np.searchsorted(used, of_unit[rows.unit]) for rows in equations),
        tuple((wanted.index(fit.equations[place].target), vector) for place, vector in places),
        tuple(Measured(name, values, np.searchsorted(used, of_unit[unit])) for name, values, unit in spreads),
        size=used.size,
        what=what,
    )


def _clusters(fit: Fit, units: UnitTable, equations: Sequence[EquationRows], cluster: str | None) -> tuple[Ints, Label]:
    """Return the cluster of each unit by its position, and what clusters are called."""
    name = (fit.recipe.cluster or UNIT) if cluster is None else cluster
    codes = units.codes(name)
    if codes is units.unit:
        return np.arange(units.n_units), UNITS
    rows = np.isin(units.unit, np.concatenate([each.unit for each in equations]))
    pairs = np.unique(np.column_stack([units.unit[rows], codes[rows]]), axis=0)
    unit, times = np.unique(pairs[:, 0], return_counts=True)
    problems = []
    if (pairs[:, 1] < 0).any():
        first = units.unit_names[pairs[pairs[:, 1] < 0][0, 0]]
        problems.append(Problem(f"cluster {name}", f"missing for {first}", "every unit has its cluster"))
    if (times > 1).any():
        found = f"{units.unit_names[unit[times > 1][0]]} is in {int(times.max())} of them"
        rule = "a unit moves as a whole, so it is in one cluster"
        problems.append(Problem(f"cluster {name}", found, rule, "cluster='unit'"))
    if problems:
        raise FitError(*problems)
    of_unit = np.full(units.n_units, -1)
    of_unit[pairs[:, 0]] = pairs[:, 1]
    return of_unit, Label(f"clusters ({name})", f"聚类（{name}）")


def _measured(prepared: Prepared, units: UnitTable, name: str) -> tuple[str, Floats, Ints]:
    """Return a construct and the units of its rows: those of its equation, else of the first that it enters."""
    chain, rows = prepared.chain, prepared.rows
    if name in rows:
        return name, units.column(name)[rows[name]], units.unit[rows[name]]
    link = min(chain.children(name), key=lambda each: (each.lag, chain.endogenous.index(each.target)))
    return name, units.lagged(name, link.lag)[rows[link.target]], units.unit[rows[link.target]]


def _refuse_few(used: Ints, what: Label) -> None:
    if used.size < 2:
        rule = "resampling needs two or more"
        raise FitError(Problem("units", f"{used.size} of {what}", rule, "resample units, or leave units= out"))
