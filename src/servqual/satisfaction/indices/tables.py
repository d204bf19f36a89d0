"""The tables of an index: paths, effects, indices, importance and performance."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from servqual.labels import Label, Language
from servqual.satisfaction.indices.notes import index_notes, notes_of, target_notes
from servqual.satisfaction.indices.numbers import all_effects, mean_indices
from servqual.statistics.paths import Route, specific_effects
from servqual.statistics.pls_quality import path_effect_sizes, path_inflation
from servqual.tables import Cell, Table
from servqual.telling import Told, cells

if TYPE_CHECKING:
    from servqual.satisfaction.indices.results import IndexFit
    from servqual.satisfaction.indices.structural import StructuralModel


def viewed(told: Told, language: Language | str | None, named: str) -> Table:
    """Return all columns; a language adds the names of rows after the column `named`."""
    return told.view(list(told.table.columns), None, language, named=named)


def sentence(fit: IndexFit) -> str:
    """Return the words that stand for a fit."""
    driven = [(name, r2) for name, r2 in zip(fit.model.names, fit.estimates.r2.tolist(), strict=True) if r2 == r2]  # noqa: PLR0124 - NaN
    said = ", ".join(f"{name} R² {r2:.2f}" for name, r2 in driven[:3])
    more = f", … {len(driven) - 3} more" if len(driven) > 3 else ""
    recipe = fit.recipe
    return f"{fit.rows.used} respondents; {said}{more}; {recipe.scheme} scheme on {recipe.metric}"


def arrow(model: StructuralModel, *names: str) -> Label:
    """Return a path or a route in words."""
    labels = [model.label(name) for name in names]
    return Label(" → ".join(each.en for each in labels), " → ".join(each.text("zh") for each in labels))


def told_paths(fit: IndexFit) -> Told:
    """Return one row for each path."""
    model, estimates = fit.model, fit.estimates
    places = [(model.names.index(target), model.names.index(source)) for source, target in model.paths]
    rows, columns = np.array(places).T
    sizes, inflation, total = path_effect_sizes(estimates), path_inflation(estimates), all_effects(estimates)
    table: dict[str, list[Cell]] = {
        "source": [source for source, _ in model.paths],
        "target": [target for _, target in model.paths],
        "path": cells(estimates.paths[rows, columns]),
        "f2": cells(sizes[rows, columns]),
        "vif": cells(inflation[rows, columns]),
        "total_effect": cells(total[rows, columns]),
    }
    labels = [arrow(model, *path) for path in model.paths]
    return Told(
        Table(table, backend=fit.backend),
        labels,
        Label("Paths of the index model", "指数模型的路径系数"),
        notes_of(fit),
    )


def told_effects(fit: IndexFit) -> Told:
    """Return one row for each pair of constructs that a route joins."""
    model, direct = fit.model, fit.estimates.paths
    total, ratios = all_effects(fit.estimates), fit.numbers.ratios
    # column by column: what each construct does
    pairs = [(row, column) for column, row in np.argwhere(total.T != 0).tolist()]
    table: dict[str, list[Cell]] = {
        "source": [model.names[column] for _, column in pairs],
        "target": [model.names[row] for row, _ in pairs],
        "direct": cells([direct[at] for at in pairs]),
        "indirect": cells([total[at] - direct[at] for at in pairs]),
        "total": cells([total[at] for at in pairs]),
        "unstandardised": cells([total[at] * ratios[at] for at in pairs]),
    }
    labels = [arrow(model, model.names[column], model.names[row]) for row, column in pairs]
    title = Label("Direct, indirect and total effects", "直接效应、间接效应与总效应")
    return Told(Table(table, backend=fit.backend), labels, title, [*notes_of(fit), *target_notes(fit)])


def told_routes(fit: IndexFit, source: int, target: int) -> Told:
    """Return one row for each route between two constructs, the shortest first."""
    found: list[Route] = sorted(
        specific_effects(fit.estimates.paths, source, target), key=lambda route: (route.links, route.positions)
    )
    names = [[fit.model.names[place] for place in route.positions] for route in found]
    table: dict[str, list[Cell]] = {
        "route": [" -> ".join(each) for each in names],
        "links": [route.links for route in found],
        "effect": cells([float(route.effect) for route in found]),
    }
    ends = arrow(fit.model, fit.model.names[source], fit.model.names[target])
    title = Label(f"Specific effects, {ends.en}", f"特定效应：{ends.text('zh')}")
    return Told(Table(table, backend=fit.backend), [arrow(fit.model, *each) for each in names], title, notes_of(fit))


def told_indices(fit: IndexFit) -> Told:
    """Return the index of each construct, of all and of each group."""
    names, numbers = fit.model.names, fit.numbers
    parts: list[tuple[str | None, Any, float, list[float]]] = [(None, None, fit.rows.n, numbers.indices.tolist())]
    if fit.ends is not None:
        for each in fit.groups:
            found = mean_indices(numbers.raw, each.means, fit.ends, fit.estimates)
            parts.append((each.name, each.label, each.n, found.tolist()))
    rows = [(group, label, n, name, value) for group, label, n, values in parts
            for name, value in zip(names, values, strict=True)]  # fmt: skip
    table: dict[str, list[Any]] = {"by": [row[0] for row in rows], "group": [row[1] for row in rows]}
    table = table if fit.groups else {}
    table |= {
        "construct": [row[3] for row in rows],
        "n": cells([row[2] for row in rows], whole=True),
        "index": cells([row[4] for row in rows]),
    }
    labels = [fit.model.label(row[3]) for row in rows]
    title = Label("Indices from 0 to 100", "0–100 指数")
    return Told(Table(table, backend=fit.backend), labels, title, [*notes_of(fit), *index_notes(fit)])


def told_priorities(fit: IndexFit, target: int, *, indicators: bool) -> Told:
    """Return importance and performance of each construct (or indicator) from which a route leads to the target."""
    effects = (all_effects(fit.estimates) * fit.numbers.ratios)[target]
    kinds = _of_indicators(fit, effects) if indicators else _of_constructs(fit, effects)
    rows = [row for row in kinds if row[1] != 0]
    named = "indicator" if indicators else "construct"
    table: dict[str, list[Cell]] = {
        named: [row[0] for row in rows],
        "importance": cells([row[1] for row in rows]),
        "performance": cells([row[2] for row in rows]),
    }
    aim = fit.model.label(fit.model.names[target])
    title = Label(f"Importance for {aim.en}, and performance", f"对{aim.text('zh')}的重要性与绩效")
    labels = [fit.model.label(row[0]) for row in rows]
    notes = [*notes_of(fit), *index_notes(fit), *target_notes(fit)]
    return Told(Table(table, backend=fit.backend), labels, title, notes)


def _of_constructs(fit: IndexFit, effects: Any) -> Iterator[tuple[str, float, float]]:
    yield from zip(fit.model.names, effects.tolist(), fit.numbers.indices.tolist(), strict=True)


def _of_indicators(fit: IndexFit, effects: Any) -> Iterator[tuple[str, float, float]]:
    """Yield indicators: as important as their construct, by their share of its index; performance is their own mean."""
    owner = np.repeat(np.arange(len(fit.model.constructs)), [len(each.indicators) for each in fit.model.constructs])
    importance = effects[owner] * fit.numbers.shares
    if fit.ends is None:
        performance = np.full(len(importance), np.nan)
    else:
        performance = 100 * (fit.means - fit.ends[0]) / (fit.ends[1] - fit.ends[0])
    yield from zip(fit.model.indicators, importance.tolist(), performance.tolist(), strict=True)
