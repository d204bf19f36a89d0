"""`answer_quantiles`: which points of the scale the answers to each item lie about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from attrs import frozen

from servqual.errors import ArgumentError, JointAnswersError, Problem
from servqual.labels import Label, Language
from servqual.quality.door import By, check_groups, check_is_source, sums_by
from servqual.quality.gap_words import FREQUENCIES
from servqual.scoring import Summary, summarize
from servqual.scoring.group_sums import GroupSums
from servqual.scoring.grouping import Labels
from servqual.scoring.suppression import Suppression, check_min_group
from servqual.statistics import Tallies
from servqual.statistics.weights import WeightKind
from servqual.survey import Survey
from servqual.tables import Table
from servqual.telling import Told, cells

QUARTERS = (0.25, 0.5, 0.75)


@frozen(eq=False, repr=False)
class AnswerQuantiles:
    """Quantiles of the answers to each item, per level and group: points of the scale that somebody chose.

    Attributes
    ----------
    told
        All numbers, with their words: one row per group, level and item.
    by
        The grouping columns.
    shares
        The quantiles that were asked for, between 0 and 1; ``q25`` in a table is that of 0.25.
    """

    told: Told
    by: tuple[str, ...]
    shares: tuple[float, ...]

    def __repr__(self) -> str:
        names = ", ".join(map(column_of, self.shares))
        return f"<AnswerQuantiles of {self.told.title.en!r}: {names}; {len(self.told.table)} rows>"

    def to_table(self, language: Language | str | None = None) -> Table:
        """Return a row per group, level and item; a language adds the names of items, and says the rest in it."""
        columns = [name for name in self.told.table.columns if name != "about"]
        return self.told.view(columns, None, language)

    def to_frame(self, backend: str | None = None) -> Any:
        """Return all numbers, one row per group, level and item."""
        return self.told.table.to_frame(backend)

    def to_dict(self) -> dict[str, Any]:
        """Return all numbers as a JSON-safe dictionary."""
        asked = {"by": list(self.by), "shares": list(self.shares)}
        return {"reading": "answer_quantiles", **asked, **self.told.whole().to_dict()}


def answer_quantiles(
    source: Survey | Summary,
    shares: Sequence[float] = QUARTERS,
    *,
    by: By = None,
    min_group: int | None = None,
) -> AnswerQuantiles:
    """Quantiles of the answers to each item (median, quartiles), from the counts per scale point.

    The quantile of a share ``q`` is the least point of the scale at or below which at least that share of the answers
    lies: always a point that somebody chose, nothing is interpolated. Weights count.

    Parameters
    ----------
    source
        Answers, or any summary of them, one made from published counts included.
    shares
        Between 0 and 1; by default the quartiles.
    by
        Grouping columns.
    min_group
        Numbers that fewer answers stand behind are not told, nor is the smallest other group where the total would give
        them away; a column ``suppressed`` and a note say so.

    Raises
    ------
    ArgumentError
        Shares that do not lie between 0 and 1, are none or twice; a `min_group` below 1.
    GroupError
        A grouping column that the source does not have.
    JointAnswersError
        A real-valued scale, whose answers are not counted.

    References
    ----------
    Hyndman & Fan 1996, The American Statistician 50(4):361-365 (definition 1).

    Examples
    --------
    >>> from servqual import Instrument, Scale
    >>> desk = Instrument.define("desk", {"speed": ["wait"]}, scale=Scale.likert(7))
    >>> answer_quantiles(Survey.from_arrays(desk, perception=[[1], [2], [6], [7]])).to_table()["q50"]
    (2.0,)
    """
    check_is_source(source)
    check_min_group(min_group)
    wanted = _checked(shares)
    summary = source if isinstance(source, Summary) else summarize(source, by=by, products=False)
    names = check_groups(summary, by)
    _refuse_uncounted(summary)
    groups = sums_by(summary, names)
    told = _told(summary, names, groups, wanted)
    if min_group is not None:
        n = [np.concatenate([_n(sums.tallies[level]) for level in summary.levels]) for sums in groups.values()]
        told = Suppression.of(n, min_group).told(told, {*names, "about", "level", "key"})
    return AnswerQuantiles(told, names, wanted)


def column_of(share: float) -> str:
    """Return what a quantile is called in a table: ``q25``, or ``q2_5`` for the share 0.025."""
    return f"q{100 * share:g}".replace(".", "_")


def _checked(shares: Sequence[float]) -> tuple[float, ...]:
    given = np.atleast_1d(np.asarray(shares, dtype=np.float64))
    if given.ndim != 1 or not given.size or not ((given >= 0) & (given <= 1)).all():
        rule = "quantiles are asked for by shares between 0 and 1"
        raise ArgumentError(Problem("shares", f"{shares!r}", rule, "(0.25, 0.5, 0.75)"))
    if len(set(map(column_of, given.tolist()))) < given.size:
        raise ArgumentError(Problem("shares", f"{shares!r}", "each share is named once"))
    return tuple(given.tolist())


def _refuse_uncounted(summary: Summary) -> None:
    uncounted = [level for level in summary.levels if level not in summary.total.tallies]
    if uncounted:
        rule = "answers on a real-valued scale are not counted point by point, and quantiles need them one by one"
        remedy = "np.nanquantile(survey.level('perception').numbers(), …, axis=1)"
        raise JointAnswersError(Problem("source", f"no quantiles of {', '.join(uncounted)}", rule, remedy))


def _n(counts: Tallies) -> Any:
    return np.asarray(counts.weight if counts.kind is WeightKind.FREQUENCY else counts.n)


def _told(summary: Summary, by: tuple[str, ...], groups: Mapping[Labels, GroupSums], shares: tuple[float, ...]) -> Told:
    items = summary.instrument.items
    columns: dict[str, list[Any]] = {name: [] for name in (*by, "about", "level", "key", "n")}
    for labels, sums in groups.items():
        for level in summary.levels:
            counts = sums.tallies[level]
            told = {name: [group] * len(items) for name, group in zip(by, labels, strict=True)}
            told |= {"about": ["item"] * len(items), "level": [str(level)] * len(items)}
            told |= {"key": list(summary.instrument.item_keys), "n": cells(_n(counts), whole=True)}
            found = zip(shares, counts.quantile(shares), strict=True)
            told |= {column_of(share): cells(values) for share, values in found}
            for name, values in told.items():
                columns.setdefault(name, []).extend(values)
    labels_of_rows = [item.label for _ in groups for _ in summary.levels for item in items]
    label = summary.instrument.label
    title = Label(f"{label.en}: quantiles of answers", f"{label.text('zh')}：回答的分位数")
    return Told(Table(columns, backend=summary.backend), labels_of_rows, title, _notes(summary))


def _notes(summary: Summary) -> Iterator[Label]:
    yield Label(
        "quantile: the least point at or below which at least that share of the answers lies",
        "分位数：至少该比例的回答不高于它的最小刻度点",
    )
    if summary.weight_kind is WeightKind.SAMPLING:
        yield Label("sampling weights: quantiles are weighted, n counts respondents", "抽样权重：分位数加权，n为人数")
    if summary.weight_kind is WeightKind.FREQUENCY:
        yield FREQUENCIES
