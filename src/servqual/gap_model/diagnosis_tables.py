"""The columns of a diagnosis: gaps with their first causes, and the remedies of causes that were found."""

from __future__ import annotations

from collections.abc import Sequence

from servqual.gap_model.cause_words import Cause
from servqual.gap_model.diagnosed_gap import DiagnosedGap
from servqual.gap_model.gap_rows import Number
from servqual.gap_model.influence_results import Influence
from servqual.labels import Language
from servqual.statistics.inapplicable import Inapplicable
from servqual.tables import Cell


def gap_columns(gaps: Sequence[DiagnosedGap], tongue: Language | None, *, named: bool) -> dict[str, list[Cell]]:
    """Return one row per gap; findings as words of a language, or as their keys."""
    firsts = [row.found[0] if row.found else None for row in gaps]
    columns: dict[str, list[Cell]] = {
        "rank": [None if isinstance(row.rank, Inapplicable) else round(row.rank) for row in gaps],
        "gap": [row.gap.key for row in gaps],
    }
    if named and tongue is not None:
        columns["label"] = [row.gap.label.text(tongue) for row in gaps]
    for name in ("estimate", "low", "high", "p_adjusted"):
        columns[name] = [_cell(getattr(row.estimate, name)) for row in gaps]
    said = [row.estimate.finding for row in gaps]
    columns["finding"] = [str(each) if tongue is None else each.label.text(tongue) for each in said]
    columns["p_largest"] = [_cell(row.p_largest) for row in gaps]
    columns["worst"] = [None if row.worst is None else row.worst.dimension for row in gaps]
    columns["cause"] = [_named(each, tongue if named else None) for each in firsts]
    for name in ("strength", "low", "high", "p_adjusted"):
        key = "strength" if name == "strength" else f"cause_{name.removesuffix('_adjusted')}"
        columns[key] = [None if each is None else _cell(getattr(each[0], name)) for each in firsts]
    return columns


def _named(found: tuple[Influence, Cause] | None, tongue: Language | None) -> Cell:
    if found is None:
        return None
    return found[1].key if tongue is None else found[1].label.text(tongue)


def remedy_columns(gaps: Sequence[DiagnosedGap], tongue: Language, *, named: bool) -> dict[str, list[Cell]]:
    """Return one row per remedy of the causes that were found."""
    every = [(row, cause, remedy) for row in gaps for _, cause in row.found for remedy in cause.remedies]
    return {
        "gap": [row.gap.label.text(tongue) if named else row.gap.key for row, _, _ in every],
        "cause": [cause.label.text(tongue) if named else cause.key for _, cause, _ in every],
        "remedy": [remedy.text(tongue) for _, _, remedy in every],
    }


def _cell(value: Number) -> Cell:
    return None if isinstance(value, Inapplicable) else value
