"""Second implementations, row by row in exact fractions: slow, and with nothing in common with what they check."""

import math
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from servqual._arrays import AnyArray, Floats
from servqual.statistics import WeightKind

Answer = tuple[float, float]


def answered(column: Iterable[float], weights: AnyArray | None) -> list[Answer]:
    """Answers with their weights; a row of weight zero is no row."""
    values = [float(x) for x in column]
    factors = [1.0] * len(values) if weights is None else [float(w) for w in weights]
    return [(x, w) for x, w in zip(values, factors, strict=True) if not math.isnan(x) and w > 0]


def repeated(answers: Sequence[Answer]) -> list[float]:
    return [x for x, w in answers for _ in range(int(w))]


def mean(answers: Sequence[Answer]) -> float:
    total = sum(Fraction(w) for _, w in answers)
    return float(sum(Fraction(x) * Fraction(w) for x, w in answers) / total) if total else math.nan


def variance(answers: Sequence[Answer], kind: WeightKind | None) -> float:
    return covariance([(x, x, w) for x, w in answers], kind)


def covariance(pairs: Sequence[tuple[float, float, float]], kind: WeightKind | None) -> float:
    total, n = sum((Fraction(w) for *_, w in pairs), Fraction(0)), len(pairs)
    count = n if kind is WeightKind.SAMPLING else total
    if count <= 1:
        return math.nan
    centre = [sum(Fraction(each[side]) * Fraction(each[2]) for each in pairs) / total for side in (0, 1)]
    around = sum(Fraction(w) * (Fraction(x) - centre[0]) * (Fraction(y) - centre[1]) for x, y, w in pairs)
    return float(around / total * n / (n - 1) if kind is WeightKind.SAMPLING else around / (total - 1))


def correlation(pairs: Sequence[tuple[float, float, float]], kind: WeightKind | None) -> float:
    spread = [covariance([(each[side], each[side], each[2]) for each in pairs], kind) for side in (0, 1)]
    product = spread[0] * spread[1]
    return covariance(pairs, kind) / math.sqrt(product) if product > 0 else math.nan


def linearised_error(answers: Sequence[Answer]) -> float:
    n, total = len(answers), math.fsum(w for _, w in answers)
    if n <= 1:
        return math.nan
    centre = mean(answers)
    return math.sqrt(n / (n - 1) * math.fsum((w * (x - centre)) ** 2 for x, w in answers)) / total


def cluster_error(column: Sequence[float], labels: Sequence[object], weights: AnyArray | None) -> float:
    factors = [1.0] * len(column) if weights is None else [float(w) for w in weights]
    rows = [
        (float(x), g, w) for x, g, w in zip(column, labels, factors, strict=True) if not math.isnan(float(x)) and w > 0
    ]
    groups = {g for _, g, _ in rows}
    if len(groups) <= 1:
        return math.nan
    centre = mean([(x, w) for x, _, w in rows])
    totals = [math.fsum(w * (x - centre) for x, g, w in rows if g == group) for group in groups]
    between = math.fsum(total**2 for total in totals) * len(groups) / (len(groups) - 1)
    return math.sqrt(between) / math.fsum(w for *_, w in rows)


def quantile(answers: Sequence[Answer], q: Fraction) -> float:
    total, reached = sum(Fraction(w) for _, w in answers), Fraction(0)
    for x, w in sorted(answers):
        reached += Fraction(w)
        if reached >= q * total:
            return x
    return math.nan


class PairSums(NamedTuple):
    n: Floats
    weight: Floats
    sum1: Floats
    square: Floats
    sum2: Floats


def pair_sums(columns: AnyArray, weights: AnyArray | None, origin: AnyArray) -> PairSums:
    """Sums over pairs of columns, in which NaN is missing, by four loops."""
    m, rows = columns.shape
    sums = PairSums(*np.zeros((5, m, m)))
    for i in range(m):
        for j in range(m):
            for row in range(rows):
                x, y = columns[i, row] - origin[i], columns[j, row] - origin[j]
                w = 1.0 if weights is None else weights[row]
                if not math.isnan(x + y) and w > 0:
                    for table, term in zip(sums, (1.0, w, w * x, w * x * x, w * x * y), strict=True):
                        table[i, j] += term
    return sums


def pairs(columns: AnyArray, weights: AnyArray | None, i: int, j: int) -> list[tuple[float, float, float]]:
    factors = np.ones(columns.shape[1]) if weights is None else weights
    rows = zip(columns[i].tolist(), columns[j].tolist(), factors.tolist(), strict=True)
    return [(x, y, w) for x, y, w in rows if not math.isnan(x + y) and w > 0]
