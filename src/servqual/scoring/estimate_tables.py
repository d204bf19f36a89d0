"""The table of estimates of scores: which columns it shows, and what its notes say."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol, Self

import numpy as np
from attrs import field, frozen

from servqual._arrays import AnyArray
from servqual.instruments import Instrument
from servqual.labels import Label, Language
from servqual.scoring.estimates import Part
from servqual.scoring.grouping import Labels, group_columns
from servqual.scoring.protocol import name_of
from servqual.scoring.rules import Rules
from servqual.scoring.suppression import MARK, Suppression, check_min_group
from servqual.scoring.weighted import Weighted
from servqual.statistics.weights import WeightKind
from servqual.tables import Table

OVERALL = {
    "overall": Label("overall (mean of dimensions)", "总体（各维度均值）"),
    "overall_items": Label("overall (mean of items)", "总体（各题项均值）"),
}


@frozen
class Source:
    """What a table says of where its numbers come from."""

    instrument: Instrument
    model: Any
    rules: Rules
    weight_kind: WeightKind | None
    backend: str


@frozen
class Shown:
    """Which columns of the sums a table shows, under which heading."""

    heading: str
    keys: tuple[str, ...]
    labels: tuple[Label, ...]
    columns: slice

    @classmethod
    def scores(cls, source: Source) -> Self:
        """Dimensions and overall scores: the last columns."""
        keys = source.rules.columns(source.instrument)
        known = {dimension.key: dimension.label for dimension in source.instrument.dimensions} | OVERALL
        return cls("score", keys, tuple(known[key] for key in keys), slice(-len(keys), None))

    @classmethod
    def items(cls, source: Source) -> Self:
        """Items: the first columns, where sums of them were kept."""
        items = source.instrument.items
        return cls("item", source.instrument.item_keys, tuple(item.label for item in items), slice(0, len(items)))


@frozen
class View:
    """How a table is to be read: grouping columns, confidence of intervals, language, the smallest group shown."""

    by: tuple[str, ...] = ()
    confidence: float = 0.95
    language: Language | None = None
    min_group: int | None = field(default=None)

    @min_group.validator
    def _number_of_people(self, _: object, min_group: int | None) -> None:
        check_min_group(min_group)


_NUMBERS = ("n", "missing", "mean", "sd", "se", "low", "high")


class Ends(Protocol):
    """Ends of intervals that stand in the place of Student's."""

    def instead(self, labels: Labels, numbers: Mapping[str, AnyArray], /) -> Mapping[str, AnyArray]:
        """Return the estimates of a group with these ends."""
        ...

    def note(self, share: str, *, whole_clusters: bool) -> Label:
        """Return what a reader must know of them."""
        ...


def estimate_table(
    source: Source, shown: Shown, parts: Mapping[Labels, Part], view: View, ends: Ends | None = None
) -> Table:
    """Return the table of estimates, one row per group and score or item; intervals are Student's without `ends`."""
    names = group_columns(view.by, (shown.heading, "label", *_NUMBERS, *([MARK] if view.min_group else [])))
    columns: dict[str, list[Any]] = {name: [] for name in (*names, shown.heading)}
    for labels, part in parts.items():
        for name, label in zip(names, labels, strict=True):
            columns[name] += [label] * len(shown.keys)
        columns[shown.heading] += shown.keys
        if view.language is not None:
            columns.setdefault("label", []).extend(label.text(view.language) for label in shown.labels)
        estimates: Mapping[str, AnyArray] = part.estimates(shown.columns, view.confidence)
        for name, values in (estimates if ends is None else ends.instead(labels, estimates)).items():
            columns.setdefault(name, []).extend(_cells(name, values))
    colon = "：" if view.language is Language.CHINESE else ": "
    title = f"{source.instrument.label.text(view.language or Language.ENGLISH)}{colon}{name_of(source.model)}"
    labels_of_notes = list(_notes(source, shown, parts, view.confidence, ends))
    if view.min_group is not None:
        suppression = _suppression(parts.values(), shown.columns, view.min_group)
        columns = suppression.columns(columns, {*names, shown.heading, "label"})
        labels_of_notes.append(suppression.note)
    notes = [note.text(view.language or Language.ENGLISH) for note in labels_of_notes]
    return Table(columns, title, notes, _digits(columns["se"]), source.backend)


def _suppression(parts: Iterable[Part], columns: slice, least: int) -> Suppression:
    """Return what a table of these columns suppresses; where different people answered, the fewer of them count."""
    n, people = [], []
    for part in parts:
        n.append(np.min([term.n[columns] for term in part.terms], axis=0))
        people.append(min(term.respondents for term in part.terms))
    return Suppression.of(np.array(n), least, people=people)


def _digits(errors: Sequence[float | None]) -> int:
    """Return how many decimals show the smallest standard error; three at least, six at most."""
    smallest = min((error for error in errors if error), default=1.0)
    return min(max(3, math.ceil(-math.log10(smallest)) + 1), 6)


def _cells(name: str, values: AnyArray) -> list[Any]:
    if name in {"n", "missing"}:
        return [None if np.isnan(value) else round(value) for value in values.tolist()]
    return [None if np.isnan(value) else value for value in values.tolist()]


_ERRORS = Label(
    "errors: cluster-robust, G/(G−1) corrected, G−1 degrees of freedom (G clusters with an answer)",
    "标准误：聚类稳健，经G/(G−1)校正，自由度为G−1（G为有回答的聚类数）",
)
_ONE_CLUSTER = Label(
    "where there is one cluster only, nothing tells how clusters differ: no error and no interval",
    "只有一个聚类之处，无从得知聚类之间的差异：没有标准误与区间",
)
_UNPAIRED = Label(
    "levels from different people: unpaired errors, Welch degrees of freedom; n counts all of them",
    "各层次来自不同的人：误差按独立样本计，自由度用韦尔奇法；n为全部人数",
)


def _notes(
    source: Source, shown: Shown, parts: Mapping[Labels, Part], confidence: float, ends: Ends | None
) -> Iterator[Label]:
    """Yield what a reader must know of intervals, weights and errors."""
    share, needed, of_scores = f"{confidence:.0%}", f"{source.rules.min_answered:.0%}", shown.heading == "score"
    needs = f"; a dimension needs {needed} of its items, the overall score every dimension" if of_scores else ""
    chinese = f"；维度得分需回答其{needed}的题项，总体得分需所有维度" if of_scores else ""
    some = next(iter(parts.values()))
    clustered = some.terms[0].clusters is not None
    told = Label(f"interval: {share}, Student t", f"置信区间：{share}，t分布")
    if ends is not None:
        told = ends.note(share, whole_clusters=clustered)
    yield Label(f"{told.en}{needs}", f"{told.zh}{chinese}")
    if isinstance(source.model, Weighted):
        yield _importance(source.model)
    if source.weight_kind is not None:
        yield _weights(source.weight_kind, parts)
    if clustered:
        yield _ERRORS
        held = (term.clusters for part in parts.values() for term in part.terms)
        if any(clusters is not None and (clusters.count[shown.columns] == 1).any() for clusters in held):
            yield _ONE_CLUSTER
    if not some.paired:
        yield _UNPAIRED


def _importance(model: Weighted) -> Label:
    if model.points is None:
        return Label("importance: each respondent's own", "重要性：各受访者自己的")
    points = ", ".join(f"{each:g}" for each in model.points)
    return Label(f"importance: {points} for all", f"重要性：{points}，人人相同")


def _weights(kind: WeightKind, parts: Mapping[Labels, Part]) -> Label:
    if kind is not WeightKind.SAMPLING:
        return Label("weights: frequency", "权重：频数")
    if len(parts) > 1:
        return Label("weights: sampling", "权重：抽样")
    worth = [f"{term.moments.effective_n[-1]:.0f}" for part in parts.values() for term in part.terms]
    return Label(
        f"weights: sampling; Kish effective n of the overall score {' and '.join(worth)}",
        f"权重：抽样；总体得分的Kish有效样本量{'与'.join(worth)}",
    )
