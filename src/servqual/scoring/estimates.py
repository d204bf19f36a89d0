"""From sums to what is told of a score: n, mean, spread, error, interval, and the table of them."""

from __future__ import annotations

from typing import Self

import numpy as np
from attrs import evolve, frozen

from servqual._arrays import AnyArray, Floats
from servqual.errors import MergeError, Problem
from servqual.intake import Grouping
from servqual.scoring.cluster_names import cluster_names, joined
from servqual.scoring.origins import moved, moved_clusters, origin_near, settled, shared_origin
from servqual.statistics.clusters import ClusterSums, cluster_standard_error
from servqual.statistics.intervals import student_interval, welch_degrees_of_freedom
from servqual.statistics.moments import Moments
from servqual.statistics.weights import WeightKind


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
