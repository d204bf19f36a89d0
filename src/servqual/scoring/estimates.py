"""From sums to what is told of a score: n, mean, spread, error, interval, and the table of them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Self

import numpy as np
from attrs import evolve, frozen

from servqual._arrays import AnyArray, Floats
from servqual.errors import MergeError, Problem
from servqual.instruments import Instrument
from servqual.intake import Grouping
from servqual.labels import Label, Language
from servqual.scoring.cluster_names import cluster_names, joined
from servqual.scoring.grouping import Labels, group_columns
from servqual.scoring.origins import moved, moved_clusters, origin_near, settled, shared_origin
from servqual.scoring.protocol import name_of
from servqual.scoring.rules import Rules
from servqual.scoring.weighted import Weighted
from servqual.statistics.clusters import ClusterSums, cluster_standard_error
from servqual.statistics.intervals import student_interval, welch_degrees_of_freedom
from servqual.statistics.moments import Moments
from servqual.statistics.weights import WeightKind
from servqual.tables import Table

OVERALL = {
    "overall": Label("overall (mean of dimensions)", "总体（各维度均值）"),
    "overall_items": Label("overall (mean of items)", "总体（各题项均值）"),
}


@frozen(eq=False)
class Term:
    """Sums of some scores, with the coefficient they have in what is estimated: 1 but for unpaired surveys.

    `respondents` counts those with and without a score: frequencies by their sum, else everybody who has a weight.
    """

    coefficient: int
    moments: Moments
    clusters: ClusterSums | None
    respondents: int

    def __add__(self, other: Self) -> Self:
        if self.coefficient != other.coefficient:
            raise MergeError(Problem("coefficient", "another one", "parts are summarised in one way"))
        if (self.clusters is None) != (other.clusters is None):
            rule, remedy = "either all parts have clusters, or none has", "read both surveys with cluster=, or neither"
            raise MergeError(Problem("clusters", "on one side only", rule, remedy))
        origin = shared_origin(self.moments, other.moments)
        clusters = None
        if self.clusters is not None and other.clusters is not None:
            clusters = joined(*(moved_clusters(each, origin) for each in (self.clusters, other.clusters)))
        moments, clusters = settled(moved(self.moments, origin) + moved(other.moments, origin), clusters)
        return evolve(self, moments=moments, clusters=clusters, respondents=self.respondents + other.respondents)

    @property
    def n(self) -> Floats:
        """Respondents with a score; a frequency counts as so many of them."""
        return self.moments.weight if self.moments.kind is WeightKind.FREQUENCY else self.moments.n

    def at(self, columns: slice) -> tuple[Floats, Floats, Floats, Floats]:
        """Return mean, variance, squared error of the mean and degrees of freedom of some columns."""
        error, freedom = self.moments.standard_error, self.moments.degrees_of_freedom
        if self.clusters is not None:
            error, freedom = cluster_standard_error(self.moments, self.clusters), self.clusters.degrees_of_freedom
        return self.moments.mean[columns], self.moments.variance[columns], error[columns] ** 2, freedom[columns]


@frozen(eq=False)
class Part:
    """All terms of one model in one group: one where people are paired, one per level where they are not."""

    terms: tuple[Term, ...]

    def __add__(self, other: Self) -> Self:
        if len(self.terms) != len(other.terms):
            raise MergeError(Problem("summary", "other terms", "parts are summarised in one way"))
        return type(self)(tuple(a + b for a, b in zip(self.terms, other.terms, strict=True)))

    @property
    def paired(self) -> bool:
        """Whether scores are of single respondents, so that they have a spread."""
        return len(self.terms) == 1

    def estimates(self, columns: slice, confidence: float) -> dict[str, AnyArray]:
        """Return arrays n, missing, mean, sd, se, low and high of some columns."""
        n = sum(term.n[columns] for term in self.terms)
        of_terms = [term.at(columns) for term in self.terms]
        mean = sum(term.coefficient * part[0] for term, part in zip(self.terms, of_terms, strict=True))
        if self.paired:
            _, variance, squared, freedom = of_terms[0]
            missing = self.terms[0].respondents - np.asarray(n)
        else:
            squares = np.array([t.coefficient**2 * part[2] for t, part in zip(self.terms, of_terms, strict=True)])
            squared, variance = squares.sum(axis=0), np.full_like(squares[0], np.nan)
            freedom = np.asarray(welch_degrees_of_freedom(squares, np.array([part[3] for part in of_terms])))
            missing = np.full_like(squares[0], np.nan)
        error = np.sqrt(squared)
        low, high = student_interval(np.asarray(mean), error, np.asarray(freedom), confidence)
        return {
            "n": np.asarray(n), "missing": missing, "mean": np.asarray(mean), "sd": np.sqrt(variance), "se": error,
            "low": np.asarray(low), "high": np.asarray(high),
        }  # fmt: skip


def term_of(
    values: Floats,
    weights: Floats | None,
    kind: WeightKind,
    cluster: Grouping | None,
    middle: float,
    *,
    before: Term | None = None,
) -> Term:
    """Return the sums of scores (respondents, scores), with sums per cluster where there are clusters.

    They begin near the data, see `origins`, or where those of the block `before` do; at the `middle` of the scale where
    there are no scores.
    """
    of_weights = None if weights is None else kind
    known = before is not None and (before.moments.weight > 0).all()
    origin = before.moments.origin if before is not None and known else origin_near(values, weights, middle)
    # few columns make long blocks: the calls of numpy would cost more than the sums
    block = max(4096, 98_304 // values.shape[1])
    moments = Moments.of(values, weights, of_weights, origin, block=block)
    clusters = None
    if cluster is not None:
        clusters = ClusterSums.of(values, cluster.codes, weights, of_weights, origin, names=cluster_names(cluster))
    return Term(1, *settled(moments, clusters), _respondents(len(values), weights, kind))


def _respondents(rows: int, weights: Floats | None, kind: WeightKind) -> int:
    if weights is None:
        return rows
    return round(float(weights.sum())) if kind is WeightKind.FREQUENCY else int(np.count_nonzero(weights))


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
    """How a table is to be read: the grouping columns, the confidence of intervals, the language of labels."""

    by: tuple[str, ...] = ()
    confidence: float = 0.95
    language: Language | None = None


_NUMBERS = ("n", "missing", "mean", "sd", "se", "low", "high")


def estimate_table(source: Source, shown: Shown, parts: Mapping[Labels, Part], view: View) -> Table:
    """Return the table of estimates, one row per group and score or item."""
    names = group_columns(view.by, (shown.heading, "label", *_NUMBERS))
    columns: dict[str, list[Any]] = {name: [] for name in (*names, shown.heading)}
    for labels, part in parts.items():
        for name, label in zip(names, labels, strict=True):
            columns[name] += [label] * len(shown.keys)
        columns[shown.heading] += shown.keys
        if view.language is not None:
            columns.setdefault("label", []).extend(label.text(view.language) for label in shown.labels)
        for name, values in part.estimates(shown.columns, view.confidence).items():
            columns.setdefault(name, []).extend(_cells(name, values))
    colon = "：" if view.language is Language.CHINESE else ": "
    title = f"{source.instrument.label.text(view.language or Language.ENGLISH)}{colon}{name_of(source.model)}"
    notes = [note.text(view.language or Language.ENGLISH) for note in _notes(source, shown, parts, view.confidence)]
    return Table(columns, title, notes, _digits(columns["se"]), source.backend)


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


def _notes(source: Source, shown: Shown, parts: Mapping[Labels, Part], confidence: float) -> Iterator[Label]:
    """Yield what a reader must know of intervals, weights and errors."""
    share, needed, of_scores = f"{confidence:.0%}", f"{source.rules.min_answered:.0%}", shown.heading == "score"
    needs = f"; a dimension needs {needed} of its items, the overall score every dimension" if of_scores else ""
    chinese = f"；维度得分需回答其{needed}的题项，总体得分需所有维度" if of_scores else ""
    yield Label(f"interval: {share}, Student t{needs}", f"置信区间：{share}，t分布{chinese}")
    some = next(iter(parts.values()))
    if isinstance(source.model, Weighted):
        yield _importance(source.model)
    if source.weight_kind is not None:
        yield _weights(source.weight_kind, parts)
    if some.terms[0].clusters is not None:
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
        return Label("weights: frequency", "权数：频数")
    if len(parts) > 1:
        return Label("weights: sampling", "权数：抽样")
    worth = [f"{term.moments.effective_n[-1]:.0f}" for part in parts.values() for term in part.terms]
    return Label(
        f"weights: sampling; Kish effective n of the overall score {' and '.join(worth)}",
        f"权数：抽样；总体得分的Kish有效样本量{'与'.join(worth)}",
    )
