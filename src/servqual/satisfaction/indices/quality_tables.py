"""Tables of how well an index is measured: constructs, indicators, cross-loadings, pairs of constructs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from servqual._arrays import Floats
from servqual.labels import Label
from servqual.satisfaction.indices.notes import index_notes, notes_of, quality_notes
from servqual.statistics import standardised_alpha
from servqual.statistics.pls_quality import (
    adjusted_r2,
    communality,
    composite_reliabilities,
    consistent_reliabilities,
    heterotrait_ratios,
    indicator_inflation,
    redundancy,
)
from servqual.statistics.pls_words import OuterMode
from servqual.tables import Cell, Table
from servqual.telling import Told, cells

if TYPE_CHECKING:
    from servqual.satisfaction.indices.results import IndexFit


def told_constructs(fit: IndexFit) -> Told:
    """Return one row for each construct."""
    found, numbers, model = fit.estimates, fit.numbers, fit.model
    table: dict[str, list[Cell]] = {
        "construct": list(model.names),
        "mode": [str(each.mode) for each in model.constructs],
        "indicators": [len(each.indicators) for each in model.constructs],
        "r2": cells(found.r2),
        "adjusted_r2": cells(adjusted_r2(found, fit.rows.n)),
        "communality": cells(communality(found)),
        "redundancy": cells(redundancy(found)),
        "alpha": cells(_alphas(fit)),
        "rho_a": cells(consistent_reliabilities(fit.matrix, found)),
        "rho_c": cells(composite_reliabilities(found)),
        "index": cells(numbers.indices),
        "index_sd": cells(numbers.spreads if fit.ends is not None else np.full(len(model.names), np.nan)),
    }
    labels = [model.label(name) for name in model.names]
    title = Label("Constructs of the index model", "指数模型的构念")
    notes = [*notes_of(fit), *quality_notes(fit), *index_notes(fit)]
    return Told(Table(table, backend=fit.backend), labels, title, notes)


def _alphas(fit: IndexFit) -> Floats:
    """Return standardised alphas; NaN for a single indicator, and for mode B, whose indicators need not agree."""
    table, found = fit.correlations, []
    for construct, block in zip(fit.model.constructs, fit.model.plan.blocks, strict=True):
        part = table[np.ix_(block, block)]
        fits = construct.mode is OuterMode.A and len(block) > 1
        found.append(float(standardised_alpha(part)) if fits else np.nan)
    return np.array(found)


def told_indicators(fit: IndexFit) -> Told:
    """Return one row for each indicator."""
    model = fit.model
    table: dict[str, list[Cell]] = {
        "construct": [each.name for each in model.constructs for _ in each.indicators],
        "indicator": list(model.indicators),
        "weight": cells(fit.estimates.weights),
        "loading": cells(fit.estimates.loadings),
        "share": cells(fit.numbers.shares),
        "mean": cells(fit.means),
        "sd": cells(fit.sds),
        "vif": cells(indicator_inflation(fit.matrix, model.plan)),
        "missing": list(fit.rows.missing),
    }
    labels = [model.label(name) for name in model.indicators]
    title = Label("Indicators of the index model", "指数模型的指标")
    return Told(Table(table, backend=fit.backend), labels, title, [*notes_of(fit), *index_notes(fit)])


def told_cross_loadings(fit: IndexFit) -> Told:
    """Return one row for each indicator, one column for each construct."""
    model = fit.model
    table: dict[str, list[Cell]] = {
        "construct": [each.name for each in model.constructs for _ in each.indicators],
        "indicator": list(model.indicators),
    }
    table |= {name: cells(column) for name, column in zip(model.names, fit.estimates.cross_loadings.T, strict=True)}
    labels = [model.label(name) for name in model.indicators]
    title = Label("Correlations of indicators with constructs", "指标与构念的相关")
    return Told(Table(table, backend=fit.backend), labels, title, notes_of(fit))


def told_pairs(fit: IndexFit) -> Told:
    """Return one row for each pair of constructs."""
    model = fit.model
    ratios, shared = heterotrait_ratios(fit.correlations, model.plan), fit.estimates.correlations
    roots = np.sqrt(communality(fit.estimates))
    one, other = np.triu_indices(len(model.names), 1)
    margins = np.minimum(roots[one], roots[other]) - np.abs(shared[one, other])
    table: dict[str, list[Cell]] = {
        "construct": [model.names[place] for place in one.tolist()],
        "other": [model.names[place] for place in other.tolist()],
        "correlation": cells(shared[one, other]),
        "htmt": cells(ratios[one, other]),
        "fornell_larcker_margin": cells(margins),
    }
    labels = [_both(fit, *pair) for pair in zip(one.tolist(), other.tolist(), strict=True)]
    title = Label("Whether constructs differ", "构念之间的区分效度")
    return Told(Table(table, backend=fit.backend), labels, title, [*notes_of(fit), *quality_notes(fit)])


def _both(fit: IndexFit, one: int, other: int) -> Label:
    first, second = (fit.model.label(fit.model.names[place]) for place in (one, other))
    return Label(f"{first.en}, {second.en}", f"{first.text('zh')}、{second.text('zh')}")
