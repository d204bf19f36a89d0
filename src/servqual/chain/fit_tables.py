"""A fit as tables: its coefficients with intervals, and what each equation explains."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
from attrs import evolve

from servqual.chain.equations import Equation, Role, Term
from servqual.chain.fit_notes import notes_of
from servqual.labels import Label, Language
from servqual.statistics.models import Estimator
from servqual.tables import Table
from servqual.telling import Told, cells

if TYPE_CHECKING:
    from servqual.chain.fitted import Fit

SHOWN = ("coefficient", "se", "low", "high", "t", "df", "p", "standardised")
COLUMNS = ("target", "source", "lag", "part", "role", *SHOWN)
INTERCEPT = Label("intercept", "截距")


def told_coefficients(fit: Fit, confidence: float) -> Told:
    """Return one row for each coefficient of every equation."""
    columns: dict[str, list[Any]] = {name: [] for name in COLUMNS}
    for equation in fit.equations:
        for name, values in _of_equation(equation, confidence).items():
            columns[name] += values
    labels = [_label(fit, equation.target, term) for equation in fit.equations for term in equation.terms]
    title = Label(f"Coefficients of the chain, {confidence:.0%} intervals", f"链条系数，{confidence:.0%} 置信区间")
    return Told(columns, labels, title, notes_of(fit))


def shown_rows(fit: Fit) -> list[int]:
    """Return the rows of links and controls."""
    roles = [term.role for equation in fit.equations for term in equation.terms]
    return [row for row, role in enumerate(roles) if role in {Role.LINK, Role.CONTROL}]


def shown_columns(whole: Table, rows: list[int]) -> list[str]:
    """Return the columns that tell something: lags where there are some, parts where sources have several."""
    shown = whole.rows(rows)
    held = ["target", "source"]
    held += ["lag"] if any(shown["lag"]) else []
    plain = zip(shown["part"], shown["source"], shown["lag"], strict=True)
    held += ["part"] if any(part not in {source, f"{source} [lag {lag}]"} for part, source, lag in plain) else []
    return [*held, *SHOWN]


def labelled(fit: Fit, table: Table, language: Language) -> Table:
    """Return a table of coefficients in which labels of constructs stand for their names; controls keep theirs."""
    words = {name: fit.chain.label(name).text(language) for name in fit.constructs}
    shown = {name: tuple(words.get(str(cell), cell) for cell in table[name]) for name in ("target", "source")}
    return evolve(table, columns={**table.columns, **shown})


def told_equations(fit: Fit) -> Told:
    """Return one row for each equation."""
    found = [equation.regression for equation in fit.equations]
    columns: dict[str, list[Any]] = {
        "target": [equation.target for equation in fit.equations],
        "predictors": [sum(term.role in {Role.LINK, Role.CONTROL} for term in each.terms) for each in fit.equations],
        "n": [each.n for each in found],
        "groups": [each.groups for each in found],
        "df": cells([each.df_resid for each in found]),
        "r2": cells([each.r2 for each in found]),
        "adjusted_r2": cells([each.adjusted_r2 for each in found]),
        "residual_sd": cells(np.sqrt([each.sigma2 for each in found])),
    }
    if fit.recipe.estimator is Estimator.MIXED:
        columns["unit_sd"] = cells(np.sqrt([each.group_variance or 0.0 for each in found]))
    if not any(columns["groups"]):
        del columns["groups"]
    labels = [fit.chain.label(equation.target) for equation in fit.equations]
    return Told(columns, labels, Label("What each equation explains", "各方程的解释力"), notes_of(fit))


def _of_equation(equation: Equation, confidence: float) -> dict[str, list[Any]]:
    tests = equation.regression.tests()
    low, high = tests.interval(confidence)
    terms = equation.terms
    return {
        "target": [equation.target] * len(terms),
        "source": [_source(term) for term in terms],
        "lag": [term.link.lag if term.link else None for term in terms],
        "part": [term.part for term in terms],
        "role": [str(term.role) for term in terms],
        "coefficient": cells(equation.regression.coefficients),
        "se": cells(equation.regression.standard_errors),
        "low": cells(low),
        "high": cells(high),
        "t": cells(tests.statistic),
        "df": cells(np.where(np.isinf(tests.df), np.nan, tests.df)),
        "p": cells(tests.p),
        "standardised": cells(equation.standardised),
    }


def _source(term: Term) -> str | None:
    if term.link is not None:
        return term.link.source
    return term.part if term.role is Role.CONTROL else None


def _label(fit: Fit, target: str, term: Term) -> Label:
    """Return a coefficient's name: from where to where."""
    if term.link is None:
        return Label(term.part, INTERCEPT.zh if term.role is Role.INTERCEPT else "")
    source, end, lag = fit.chain.label(term.link.source), fit.chain.label(target), term.link.lag
    english, chinese = (f" ({lag} later)", f"（滞后 {lag} 期）") if lag else ("", "")
    return Label(f"{source.en} → {end.en}{english}", f"{source.text('zh')} → {end.text('zh')}{chinese}")


def sentence(fit: Fit) -> Iterator[str]:
    """Return the parts of the one line that stands for a fit."""
    said = ", ".join(f"{each.target} R² {each.regression.r2:.2f}" for each in fit.equations[:3])
    more = f", … {len(fit.equations) - 3} more" if len(fit.equations) > 3 else ""
    yield (
        f"{len(fit.equations)} equations on {fit.rows.used} rows"
        if len(fit.equations) > 1
        else (f"1 equation on {fit.rows.used} rows")
    )
    if fit.recipe.from_correlations:
        yield "from correlations"
    elif fit.rows.used > fit.n_units:
        yield f"{fit.n_units} units"
    yield f"{said}{more}"
    yield f"{fit.recipe.estimator}, {fit.recipe.covariance} covariance"
