"""`unit_means`: mean scores of branches, teams or months, with their errors, ready for a chain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from attrs import evolve

from servqual.errors import ArgumentError, GroupError, Problem
from servqual.labels import Label
from servqual.quality.bilingual import Row, score_rows
from servqual.quality.door import check_is_source, summary_of, sums_by
from servqual.quality.gap_sides import usual_model
from servqual.quality.gap_words import FREQUENCIES, rule_note
from servqual.quality.unit_results import UnitMeans
from servqual.scoring import ScoringModel, Summary, summarize
from servqual.scoring.estimates import Part
from servqual.scoring.grouping import Labels
from servqual.scoring.protocol import name_of
from servqual.scoring.suppression import Suppression, check_min_group
from servqual.statistics.weights import WeightKind
from servqual.survey import Survey
from servqual.tables import Table
from servqual.telling import Told, cells

_NUMBERS = ("n", "mean", "sd", "se")


def unit_means(
    source: Survey | Summary,
    by: str | Sequence[str],
    *,
    model: ScoringModel | None = None,
    items: bool = False,
    min_group: int | None = None,
) -> UnitMeans:
    """Mean scores of units (branches, teams, periods), with respondents and standard errors: what a chain begins with.

    The mean of a unit is that of its respondents' scores, its error ``s / √n``, with weights and clusters as in
    ``Scores.table``. Respondents without a unit are left out, and a note says how many.

    Parameters
    ----------
    source
        Answers; or a summary made with the model and by these columns.
    by
        The column of units, or several, such as ``["branch", "quarter"]``.
    model
        How respondents are scored; by default the gap to the usual standard, or perceptions where none was asked; of a
        summary, its only model.
    items
        Whether means of items are formed as well.
    min_group
        Means that fewer respondents stand behind are not told, nor is the smallest other unit where the total would
        give them away; a column ``suppressed`` and a note say so.

    Returns
    -------
    UnitMeans
        ``UnitTable.from_frame(found.to_frame("units"), unit="branch", scales=found.scales)`` takes it on; the column
        ``respondents`` can weigh the units there.

    Raises
    ------
    ArgumentError
        No column; a smallest group of less than one respondent.
    GroupError, ModelError
        Columns or models that the source does not have; nobody who has a unit.
    LevelError, JointAnswersError
        As `summarize` raises for the model; counts, which belong to nobody.

    Examples
    --------
    >>> from servqual import PerformanceOnly, simulate
    >>> found = unit_means(simulate.example(), "branch", model=PerformanceOnly())
    >>> list(found.to_frame("units").columns)[:3], found.scales["overall"]
    (['branch', 'respondents', 'tangibles'], (1.0, 7.0))
    """
    check_is_source(source)
    check_min_group(min_group)
    names = (by,) if isinstance(by, str) else tuple(by)
    if not names:
        raise ArgumentError(Problem("by", "no column", "units are named by a column", "by='branch'"))
    chosen = _model(source) if model is None else model
    summary = _summary(source, chosen, names)
    place = summary.models.index(chosen)
    groups = {labels: sums.parts[place] for labels, sums in sums_by(summary, names).items()}
    units = {labels: part for labels, part in groups.items() if None not in labels}
    if not units:
        raise GroupError(Problem("by", f"nobody has a {' and a '.join(names)}", "a mean is of somebody"))
    rows = score_rows(summary.instrument)[0 if items else len(summary.instrument) :]
    left_out = sum(part.terms[0].respondents for labels, part in groups.items() if None in labels)
    table = evolve(_table(names, units, rows), backend=summary.backend)
    labels = tuple(row.label for _ in units for row in rows)
    told = Told(table, labels, _title(summary, chosen, names), _notes(summary, units, left_out))
    if min_group is not None:
        n = [np.min([term.n[-1 - len(rows) : -1] for term in part.terms], axis=0) for part in units.values()]
        told = Suppression.of(n, min_group).told(told, {*names, "about", "key"})
    bounds = chosen.bounds(summary.instrument.scale)
    return UnitMeans(told, names, chosen, bounds if np.isfinite(bounds).all() else None)


def _model(source: Survey | Summary) -> ScoringModel:
    held = source.models if isinstance(source, Summary) else ()
    return held[0] if len(held) == 1 else usual_model(source)


def _summary(source: Survey | Summary, model: ScoringModel, by: tuple[str, ...]) -> Summary:
    if isinstance(source, Survey):
        return summarize(source, model, by=by, products=False)
    return summary_of(source, [model], by, what="unit_means")


def _table(by: tuple[str, ...], units: Mapping[Labels, Part], rows: Sequence[Row]) -> Table:
    names = (*by, "about", "key", "respondents")
    columns: dict[str, list[Any]] = {name: [] for name in names}
    shown = slice(-1 - len(rows), -1)
    for labels, part in units.items():
        told = {name: [label] * len(rows) for name, label in zip(by, labels, strict=True)}
        told |= {"about": [row.about for row in rows], "key": [row.key for row in rows]}
        told |= {"respondents": [sum(term.respondents for term in part.terms)] * len(rows)}
        found = part.estimates(shown, 0.95)
        told |= {name: cells(found[name], whole=name == "n") for name in _NUMBERS}
        for name, values in told.items():
            columns.setdefault(name, []).extend(values)
    return Table(columns)


def _title(summary: Summary, model: ScoringModel, by: tuple[str, ...]) -> Label:
    label, named = summary.instrument.label, name_of(model)
    return Label(f"{label.en} by {', '.join(by)}: {named}", f"{label.text('zh')}，按{'、'.join(by)}分组：{named}")


def _notes(summary: Summary, units: Mapping[Labels, Part], left_out: int) -> Iterator[Label]:
    yield rule_note(summary.rules.min_answered)
    some = next(iter(units.values()))
    if summary.weight_kind is WeightKind.SAMPLING:
        yield Label(
            "sampling weights: weighted means, linearised errors; n counts respondents",
            "抽样权重：加权均值，线性化标准误；n为人数",
        )
    if summary.weight_kind is WeightKind.FREQUENCY:
        yield FREQUENCIES
    if some.terms[0].clusters is not None:
        yield Label(
            "errors: cluster-robust, where a unit has two clusters or more", "标准误：聚类稳健，单位须有两个以上聚类"
        )
    if not some.paired:
        yield Label("levels from different people: n counts all of them", "两个水平来自不同的人：n 为全部人数")
    if left_out:
        yield Label(f"left out, without a unit: {left_out} respondents", f"未纳入，无所属单位：{left_out} 名受访者")
