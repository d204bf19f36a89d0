"""`designs`: the rows and columns of every equation of a chain, built from a table of units."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from attrs import evolve, field, frozen

from servqual._arrays import Bools, Floats, Ints
from servqual.chain.choosing_rows import choose_rows
from servqual.chain.column_checks import form_problems, weight_problems
from servqual.chain.equations import Role, Term
from servqual.chain.graph import Chain
from servqual.chain.link import Link
from servqual.chain.recipes import FixedEffect, Recipe
from servqual.chain.row_accounts import RowAccount
from servqual.chain.units import UnitTable
from servqual.errors import FitError, Problem


@frozen(eq=False, kw_only=True)
class EquationRows:
    """What one regression takes: n rows and k columns, complete.

    Attributes
    ----------
    target, terms
        What is explained, and what each column is: the intercept first (a column of ones) unless units have their own,
        then links, controls, periods.
    x, y, weights
        Shapes (n, k), (n,), (n,) or None; with unit effects, units' own (weighted) means are taken off already.
    unit, period
        Position of each row's unit, and its position in time, as in the table of units, shape (n,).
    cluster
        Cluster of each row as a number; None where errors are not clustered.
    reliability
        Shape (k,); 1 where a column is not corrected.
    means, sds, mean, sd
        Of columns and target as they were measured, before any means were taken off; divisor ``n − 1``.
    absorbed
        Intercepts of units that were taken out: they cost degrees of freedom beside the k columns.
    """

    target: str
    terms: tuple[Term, ...]
    x: Floats
    y: Floats
    weights: Floats | None
    unit: Ints
    period: Ints
    cluster: Ints | None
    reliability: Floats
    means: Floats
    sds: Floats
    mean: float
    sd: float
    absorbed: int = 0

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the columns."""
        return tuple(term.part for term in self.terms)

    @property
    def intercept(self) -> bool:
        """Whether the first column is one of ones."""
        return self.terms[0].role is Role.INTERCEPT

    @property
    def corrected(self) -> bool:
        """Whether some column is corrected for its unreliability."""
        return bool((self.reliability < 1).any())

    def picked(self, rows: Bools | Ints, **changed: Any) -> EquationRows:
        """Return some of the rows, some perhaps several times; what is named is changed besides."""
        parts = {"x": self.x, "y": self.y, "weights": self.weights, "unit": self.unit, "period": self.period}
        parts["cluster"] = self.cluster
        return evolve(self, **{name: None if part is None else part[rows] for name, part in parts.items()} | changed)


@frozen(eq=False, kw_only=True)
class Prepared:
    """A chain with its rows: what `fit` starts from.

    Attributes
    ----------
    chain
        With the places of all forms as numbers.
    rows
        Target → positions of its rows in the table of units.
    account
        Of all rows.
    means, sds
        Of the constructs, shape (constructs,).
    equations
        In causal order.
    """

    chain: Chain
    rows: dict[str, Ints]
    account: RowAccount
    means: Floats
    sds: Floats
    equations: tuple[EquationRows, ...] = field(default=())


def designs(chain: Chain, units: UnitTable, recipe: Recipe) -> tuple[tuple[EquationRows, ...], RowAccount]:
    """Return the rows of every equation, targets in causal order, and the account of the rows.

    Parameters
    ----------
    chain, recipe
        As of the fit; a form whose places are numbers already keeps them.
    units
        The table of units.

    Raises
    ------
    FitError
        Weights that are not above zero, no complete row, values that a form cannot take; a recipe without rows.
    """
    if recipe.from_correlations:
        rule = "a fit from correlations has no rows to build again"
        raise FitError(Problem("recipe", "from correlations", rule, "fit(chain, units)"))
    prepared = prepare(chain, units, recipe)
    return prepared.equations, prepared.account


def prepare(chain: Chain, units: UnitTable, recipe: Recipe) -> Prepared:
    """Return the chain with its forms resolved, its rows, their account, and the columns of every equation."""
    problems = weight_problems(units, recipe)
    if problems:
        raise FitError(*problems)
    rows, account = choose_rows(chain, units, recipe)
    problems = form_problems(chain, units, rows)
    if problems:
        raise FitError(*problems)
    values = [_values_of(chain, units, rows, name) for name in chain.constructs]
    means = np.array([each.mean() for each in values])
    sds = np.array([_sd(each) for each in values])
    settled = _resolved(chain, dict(zip(chain.constructs, means.tolist(), strict=True)))
    equations = tuple(_equation(settled, units, recipe, target, rows[target]) for target in settled.endogenous)
    return Prepared(chain=settled, rows=rows, account=account, means=means, sds=sds, equations=equations)


def _values_of(chain: Chain, units: UnitTable, rows: Mapping[str, Ints], construct: str) -> Floats:
    """Return a construct over the rows of its equation, else of the first that it enters, at the shortest lag."""
    if construct in rows:
        return units.column(construct)[rows[construct]]
    link = min(chain.children(construct), key=lambda each: (each.lag, chain.endogenous.index(each.target)))
    return units.lagged(construct, link.lag)[rows[link.target]]


def _resolved(chain: Chain, means: Mapping[str, float]) -> Chain:
    return evolve(chain, links=[evolve(each, form=each.form.resolved(means[each.source])) for each in chain.links])


def _sd(values: Floats) -> float:
    return float(values.std(ddof=1)) if values.size > 1 else 0.0


def _equation(chain: Chain, units: UnitTable, recipe: Recipe, target: str, rows: Ints) -> EquationRows:
    parts = [_link_columns(units, link, rows) for link in chain.parents(target)]
    parts += [({Term(None, name, Role.CONTROL): units.column(name)[rows]}) for name in recipe.controls_of(target)]
    if FixedEffect.PERIOD in recipe.effects:
        parts.append(_period_columns(units, rows))
    columns = {term: values for part in parts for term, values in part.items()}
    if FixedEffect.UNIT not in recipe.effects:
        columns = {Term(None, "intercept", Role.INTERCEPT): np.ones(rows.size)} | columns
    x, y = np.column_stack(list(columns.values())), units.column(target)[rows]
    found = EquationRows(
        target=target,
        terms=tuple(columns),
        x=x,
        y=y,
        weights=None if recipe.weights is None else units.column(recipe.weights)[rows],
        unit=units.unit[rows],
        period=units.period[rows],
        cluster=None if recipe.cluster is None else units.codes(recipe.cluster)[rows],
        reliability=np.array([_reliability(recipe, term) for term in columns]),
        means=x.mean(axis=0),
        sds=np.array([_sd(column) for column in x.T]),
        mean=float(y.mean()),
        sd=_sd(y),
    )
    return within_units(found) if FixedEffect.UNIT in recipe.effects else found


def _link_columns(units: UnitTable, link: Link, rows: Ints) -> dict[Term, Floats]:
    columns = link.form.columns(units.lagged(link.source, link.lag)[rows])
    suffix = f" [lag {link.lag}]" if link.lag else ""
    names = [f"{part}{suffix}" for part in link.form.parts(link.source)]
    return {Term(link, name): column for name, column in zip(names, columns.T, strict=True)}


def _period_columns(units: UnitTable, rows: Ints) -> dict[Term, Floats]:
    """Return a column of zeros and ones for each period that takes part, but the first."""
    period = units.period[rows]
    names = dict(zip(units.period_steps.tolist(), units.period_names, strict=True))
    steps = np.unique(period).tolist()[1:]
    return {Term(None, f"period {names[step]}", Role.PERIOD): (period == step).astype(float) for step in steps}


def _reliability(recipe: Recipe, term: Term) -> float:
    if term.link is not None:
        return recipe.reliability_of(term.link.source)
    return recipe.reliability_of(term.part) if term.role is Role.CONTROL else 1.0


def within_units(rows: EquationRows) -> EquationRows:
    """Return rows from which each unit's own mean is taken off, weighted where rows are."""
    _, codes = np.unique(rows.unit, return_inverse=True)
    weights = np.ones(codes.size) if rows.weights is None else rows.weights
    total = np.bincount(codes, weights)
    table = np.column_stack([rows.y, rows.x])
    means = np.column_stack([np.bincount(codes, weights * column) / total for column in table.T])
    left = table - means[codes]
    return evolve(rows, y=left[:, 0], x=left[:, 1:], absorbed=total.size)
