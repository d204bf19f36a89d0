"""`PairSums`: how often each pair of answers was given, by segment and feature; all readings follow from it."""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import frozen

from servqual._arrays import AnyArray, Bools, Floats, Ints
from servqual.errors import KanoError, Problem
from servqual.intake import Grouping
from servqual.satisfaction.delight.study import KanoStudy
from servqual.satisfaction.gathering import Problems
from servqual.statistics import WeightKind

PAIRS = 25


@frozen(eq=False)
class Segment:
    """Some respondents: their label, None for everybody, and a mask of them, None where there are only counts."""

    label: Any
    rows: Bools | None


@frozen(eq=False)
class PairSums:
    """Counts by segment, feature and cell; everybody is the first segment.

    Attributes
    ----------
    segments
        Whom the counts are of.
    n
        Respondents, frequencies by their sum, shape (segments, features, cells).
    weight, square
        ``Σw`` and ``Σw²``; both are `n` but for sampling weights.
    missing
        Respondents without a whole pair, (segments, features).
    kind
        What weights mean; None where all count alike.
    """

    segments: tuple[Segment, ...]
    n: Floats
    weight: Floats
    square: Floats
    missing: Floats
    kind: WeightKind | None

    def by_category(self, codes: Ints, many: int) -> PairSums:
        """Return the counts of categories, of which each cell has one."""
        table = np.zeros((len(codes), many))
        table[np.arange(len(codes)), codes] = 1.0
        n, weight, square = (each @ table for each in (self.n, self.weight, self.square))
        return PairSums(self.segments, n, weight, square, self.missing, self.kind)

    @property
    def worth(self) -> Floats:
        """How many respondents of equal weight the answers are worth (Kish), (segments, features)."""
        return effective(self.weight, self.square)

    @property
    def shares(self) -> Floats:
        """Share of each cell, NaN where there are no answers."""
        with np.errstate(invalid="ignore"):
            return np.asarray(self.weight / self.weight.sum(axis=-1, keepdims=True))


def effective(weight: Floats, square: Floats) -> Floats:
    """Return Kish's effective size over the last axis, ``(Σw)² / Σw²``; 0 without answers."""
    total, squares = weight.sum(axis=-1), square.sum(axis=-1)
    with np.errstate(invalid="ignore"):
        return np.where(squares > 0, total * (total / squares), 0.0)


def segments_of(study: KanoStudy, by: str | None, problems: Problems) -> tuple[tuple[Segment, ...], int]:
    """Return everybody and the segments of a column, and how many respondents have no label there.

    Segments of one respondent, and columns of one segment, are added to the problems.
    """
    if study.pairs is None:
        if by is not None:
            rule = "segments are made of respondents"
            problems.append(Problem("by", f"{by!r}, in a study of counts", rule, "make a study of each segment"))
        return (Segment(None, None),), 0
    counted = np.ones(len(study), np.bool_) if study.weights is None else study.weights > 0
    everybody = Segment(None, counted)
    if by is None:
        return (everybody,), 0
    try:
        grouping = study.grouping(by)
    except KanoError as error:
        problems += error.problems
        return (everybody,), 0
    named = [
        Segment(label, counted & (grouping.codes == code))
        for code, label in enumerate(grouping.labels)
        if label is not None
    ]
    problems += _too_small(by, named, study)
    return (everybody, *named), _unnamed(grouping, counted)


def _too_small(by: str, segments: list[Segment], study: KanoStudy) -> list[Problem]:
    sizes = {each.label: _size(study, each) for each in segments}
    problems = []
    if len(sizes) < 2:
        found = f"{len(sizes)} segment" if sizes else "nobody in a segment"
        problems.append(Problem(f"by {by}", found, "segments are two or more"))
    for label, size in sizes.items():
        if size < 2:
            found = "1 respondent" if size else "nobody with a weight"
            remedy = f"join it with another, or leave it out: study.select({by}=[…])"
            problems.append(Problem(f"segment {label} of {by}", found, "a segment has two or more", remedy))
    return problems


def _size(study: KanoStudy, segment: Segment) -> float:
    if segment.rows is None:
        return 0.0
    if study.weight_kind is WeightKind.FREQUENCY and study.weights is not None:
        return float(study.weights[segment.rows].sum())
    return float(segment.rows.sum())


def _unnamed(grouping: Grouping, counted: Bools) -> int:
    if None not in grouping.labels:
        return 0
    return int((counted & (grouping.codes == grouping.labels.index(None))).sum())


def sums_of(study: KanoStudy, segments: tuple[Segment, ...]) -> PairSums:
    """Return the counts of a study: of 25 pairs of answers, or of 6 categories where it holds those."""
    kind = None if study.weights is None else study.weight_kind
    if study.pairs is None:
        table = np.asarray(study.counts, dtype=np.float64)[None]
        return PairSums(segments, table, table, table, np.zeros(table.shape[:2]), None)
    parts = [_of_segment(study.pairs[:, each.rows], _at(study.weights, each.rows), kind) for each in segments]
    n, weight, square = (np.stack([part[place] for part in parts]) for place in range(3))
    return PairSums(segments, n[..., :PAIRS], weight[..., :PAIRS], square[..., :PAIRS], n[..., PAIRS], kind)


def _at(weights: Floats | None, rows: Bools | None) -> Floats | None:
    return None if weights is None else weights[rows]


def _of_segment(pairs: AnyArray, weights: Floats | None, kind: WeightKind | None) -> tuple[Floats, Floats, Floats]:
    """Return n, Σw and Σw² of each feature and pair, (features, 26); pairs that are not whole come last."""
    codes = np.where(pairs < 0, PAIRS, pairs).astype(np.intp)
    counts = _tallied(codes, None if kind is not WeightKind.FREQUENCY else weights)
    if weights is None or kind is not WeightKind.SAMPLING:
        return counts, counts, counts
    return counts, _tallied(codes, weights), _tallied(codes, weights**2)


def _tallied(codes: Ints, weights: Floats | None) -> Floats:
    found = [np.bincount(each, weights, PAIRS + 1) for each in codes]
    return np.array(found, dtype=np.float64).reshape(len(codes), PAIRS + 1)
