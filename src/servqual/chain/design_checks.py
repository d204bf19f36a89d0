"""What keeps an equation from being estimated on its rows: too few of them, columns that do not vary, one cluster."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from servqual._arrays import Floats, Ints
from servqual.chain.correcting import overcorrected
from servqual.chain.designs import EquationRows
from servqual.chain.equations import Role, Term
from servqual.errors import Problem

# What is left of a column after units' means are taken off counts as nothing below this share of its size
NOTHING = 1e-10


def design_problems(equations: Iterable[EquationRows]) -> list[Problem]:
    """Return everything that keeps the equations from being estimated, a problem that several share only once."""
    found = [problem for rows in equations for problem in (*_few(rows), *_constant(rows), *_clusters(rows))]
    return list(dict.fromkeys(found))


def rank_problems(equations: Iterable[EquationRows]) -> list[Problem]:
    """Return columns that follow from others, and corrections that leave no moments to estimate from."""
    found = [problem for rows in equations for problem in (list(_dependent(rows)) or overcorrected(rows))]
    return list(dict.fromkeys(found))


def distinct(codes: Ints) -> int:
    """Return how many different codes there are, all zero or above."""
    # Counting is faster, but periods may lie as far apart as seconds of many years
    counted = codes.max() < 4 * codes.size
    return int(np.count_nonzero(np.bincount(codes)) if counted else np.unique(codes).size)


def predictors(terms: Sequence[Term]) -> int:
    """Return the number of columns that belong to links and controls."""
    return sum(term.role in {Role.LINK, Role.CONTROL} for term in terms)


def _few(rows: EquationRows) -> Iterator[Problem]:
    n, k = rows.x.shape
    if n <= k + rows.absorbed:
        taken = f" and {rows.absorbed} intercepts of units" if rows.absorbed else ""
        rule = "an equation has more rows than coefficients"
        remedy = "add units, draw fewer links to it, or leave out controls"
        yield Problem(f"equation of {rows.target}", f"{n} rows for {k} coefficients{taken}", rule, remedy)


def _constant(rows: EquationRows) -> Iterator[Problem]:
    columns = [(rows.target, rows.y, rows.mean, rows.sd)]
    columns += [
        (_place(term), values, mean, sd)
        for term, values, mean, sd in zip(rows.terms, rows.x.T, rows.means.tolist(), rows.sds.tolist(), strict=True)
        if term.role is not Role.INTERCEPT
    ]
    for place, values, mean, sd in columns:
        if not np.ptp(values) > NOTHING * (abs(mean) + sd):
            inside = " within units" if rows.absorbed and sd > 0 else ""
            remedy = "leave it out" + (", or the effects of units, which take it up" if inside else "")
            found = f"it does not vary{inside} over the {rows.y.size} rows used"
            yield Problem(place, found, f"what an equation is made of varies{inside}", remedy)


def _place(term: Term) -> str:
    names = {Role.LINK: "", Role.CONTROL: "control ", Role.PERIOD: "", Role.INTERCEPT: ""}
    return f"{names[term.role]}{term.part}"


def _clusters(rows: EquationRows) -> Iterator[Problem]:
    if rows.cluster is None:
        return
    clusters, needed = distinct(rows.cluster), predictors(rows.terms)
    if clusters < 2:
        remedy = "covariance='HAC' for one unit over time, else 'HC3', which takes rows as independent"
        yield Problem("cluster", f"{clusters} cluster over the rows used", "clustered errors need two or more", remedy)
    elif clusters <= needed:
        rule = "clustered errors need more clusters than predictors"
        found = f"{clusters} clusters for {needed} predictors"
        yield Problem(f"equation of {rows.target}", found, rule, "take finer clusters, or draw fewer links to it")
    if rows.absorbed and np.unique(np.column_stack([rows.unit, rows.cluster]), axis=0).shape[0] > rows.absorbed:
        rule = "with unit effects, a cluster holds whole units"
        yield Problem(
            "cluster", "some units are in several clusters", rule, "cluster by unit, or by what units belong to"
        )


def _dependent(rows: EquationRows) -> Iterator[Problem]:
    """Return the columns that follow from those before them."""
    if not _deficient(rows.x):
        return
    held: list[Floats] = []
    for term, column in zip(rows.terms, rows.x.T, strict=True):
        held.append(column)
        if _deficient(np.column_stack(held)):
            held.pop()
            rule = "no column of an equation follows from the others"
            remedy = "leave out one of those that are sums of each other"
            yield Problem(f"equation of {rows.target}", f"{term.part} follows from the columns before it", rule, remedy)


def _deficient(table: Floats) -> bool:
    """Return whether some column follows from others, whatever their units of measurement."""
    size = np.sqrt((table**2).sum(axis=0))
    return int(np.linalg.matrix_rank(table / np.where(size > 0, size, 1.0))) < table.shape[1]
