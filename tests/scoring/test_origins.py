"""Sums that begin near the data: equal scores have no variance, and scores that hardly vary keep theirs."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from servqual import Instrument, PerformanceOnly, Scale, Summary, Survey, WeightKind, summarize
from servqual.intake import Grouping
from servqual.scoring.estimates import term_of
from servqual.scoring.origins import joined_products, moved, moved_clusters, origin_near, settled, shared_origin
from servqual.statistics import ClusterSums, CrossProducts, Moments
from servqual.statistics.clusters import cluster_standard_error

SUMS = ("weight", "sum1", "sum2", "wsum1", "wsum2")
MIDDLE = 4.0
whole = st.integers(-50, 50)


def exact_variance(values: Any, weights: Any) -> float:
    """The variance of numbers as they are stored, in fractions."""
    x = [Fraction(value) for value in values.tolist()]
    w = [Fraction(weight) for weight in weights.tolist()]
    mean = sum(a * b for a, b in zip(w, x, strict=True)) / sum(w)
    return float(sum(a * (b - mean) ** 2 for a, b in zip(w, x, strict=True)) / (sum(w) - 1))


class TestWhereSumsBegin:
    def test_it_is_a_score_from_the_midst_of_those_that_count(self) -> None:
        values = np.array([[9.0, 1.0], [1.0, np.nan], [2.0, 3.0], [7.0, 2.0]])
        assert origin_near(values, None, MIDDLE).tolist() == [2.0, 2.0]
        assert origin_near(values, np.array([1.0, 0.0, 0.0, 1.0]), MIDDLE).tolist() == [7.0, 1.0]

    def test_a_score_that_comes_late_is_found(self) -> None:
        values = np.full((400, 2), np.nan)
        values[300:, 0] = 5.5
        assert origin_near(values, None, MIDDLE).tolist() == [5.5, MIDDLE]
        assert origin_near(values, np.zeros(400), MIDDLE).tolist() == [MIDDLE, MIDDLE]

    def test_nobody_has_a_score(self) -> None:
        assert origin_near(np.empty((0, 3)), None, MIDDLE).tolist() == [MIDDLE] * 3

    def test_a_later_block_begins_where_the_one_before_does(self) -> None:
        first = term_of(np.array([[2.0], [2.0]]), None, WeightKind.SAMPLING, None, MIDDLE)
        later = term_of(np.array([[7.0], [7.0]]), None, WeightKind.SAMPLING, None, MIDDLE, before=first)
        assert (first + later).moments.origin.tolist() == later.moments.origin.tolist() == [2.0]

    def test_unless_that_one_had_no_score(self) -> None:
        nothing = term_of(np.array([[np.nan]]), None, WeightKind.SAMPLING, None, MIDDLE)
        later = term_of(np.array([[7.0], [7.0]]), None, WeightKind.SAMPLING, None, MIDDLE, before=nothing)
        assert (nothing + later).moments.origin.tolist() == [7.0]


class TestAnotherOrigin:
    @settings(max_examples=50)
    @given(st.lists(st.tuples(whole, st.integers(0, 4), st.integers(0, 2)), min_size=1, max_size=12), whole, whole)
    def test_sums_are_those_about_it(self, rows: list[tuple[int, int, int]], one: int, other: int) -> None:
        values, weights, codes = (np.array(column) for column in zip(*rows, strict=True))
        table, kind, names = values[:, None].astype(float), WeightKind.SAMPLING, ["a", "b", "c"]
        found = moved(Moments.of(table, weights, kind, one), np.array([float(other)]))
        wanted = Moments.of(table, weights, kind, other)
        for name in SUMS:
            assert getattr(found, name).tolist() == getattr(wanted, name).tolist()
        sums = [ClusterSums.of(table, codes, weights, kind, origin, names=names) for origin in (one, other)]
        assert moved_clusters(sums[0], np.array([float(other)])).sum1.tolist() == sums[1].sum1.tolist()

    @settings(max_examples=50)
    @given(st.lists(whole, min_size=1, max_size=6), st.lists(whole, min_size=1, max_size=6))
    def test_either_way_round_parts_share_one(self, one: list[int], other: list[int]) -> None:
        parts = [Moments.of(np.array([values]).T, origin=values[0]) for values in (one, other)]
        assert shared_origin(*parts) == shared_origin(*parts[::-1])
        assert shared_origin(*parts)[0] in {one[0], other[0]}

    @settings(max_examples=50)
    @given(st.lists(st.tuples(whole, whole, st.integers(0, 4)), min_size=1, max_size=9), st.tuples(whole, whole))
    def test_cross_products_join_about_either_origin(
        self, rows: list[tuple[int, int, int]], beginning: tuple[int, int]
    ) -> None:
        table, kind = np.array(rows, dtype=float), WeightKind.SAMPLING
        columns, weights = np.where(table[:, :2] == 3, np.nan, table[:, :2]).T, table[:, 2]
        parts = [CrossProducts.of(columns, weights, kind, origin) for origin in (np.array(beginning), 0.0)]
        joined = joined_products(parts[0], parts[1])
        wanted = CrossProducts.of(np.tile(columns, 2), np.tile(weights, 2), kind, joined.origin)
        for name in ("n", "weight", "sum1", "square", "sum2"):
            assert getattr(joined, name).tolist() == getattr(wanted, name).tolist()
        assert joined.origin.tolist() == joined_products(parts[1], parts[0]).origin.tolist()


class TestEqualScores:
    """Four thirds are no binary fraction; about the middle of a scale their sums leave a variance that is not there."""

    THIRDS = np.full((7, 1), 4 / 3)
    FREQUENCIES = np.array([2.0, 1, 4, 2, 3, 1, 1])

    def test_about_the_middle_of_the_scale_rounding_varies(self) -> None:
        assert Moments.of(self.THIRDS, self.FREQUENCIES, WeightKind.FREQUENCY, MIDDLE).variance[0] > 0

    @pytest.mark.parametrize("kind", list(WeightKind))
    def test_they_have_no_variance_and_no_error(self, kind: WeightKind) -> None:
        cluster = Grouping("branch", np.arange(7) % 3, ("a", "b", "c"))
        for branch in (None, cluster):
            term = term_of(self.THIRDS, self.FREQUENCIES, kind, branch, MIDDLE)
            for each in (term, term + term):
                mean, variance, squared, _ = each.at(slice(None))
                assert (mean[0], variance[0], squared[0]) == (4 / 3, 0.0, 0.0)

    def test_nor_where_they_were_summed_in_another_order(self) -> None:
        scores = np.array([[0.1 + 0.2 + 0.3], [0.3 + 0.2 + 0.1], [0.6]])
        assert len(set(scores[:, 0].tolist())) > 1
        codes = Grouping("branch", np.array([0, 1, 0]), ("a", "b"))
        parts = [
            term_of(scores[[row]], None, WeightKind.SAMPLING, codes.take(np.array([row])), 0.0) for row in range(3)
        ]
        for term in (term_of(scores, None, WeightKind.SAMPLING, codes, 0.0), parts[0] + parts[1] + parts[2]):
            assert term.moments.variance[0] == 0
            assert term.clusters is not None
            assert cluster_standard_error(term.moments, term.clusters)[0] == 0

    def test_what_is_more_than_rounding_stays(self) -> None:
        moments = Moments.of(np.array([[3.0], [3.0 + 1e-9]]), origin=3.0)
        assert settled(moments, None) == (moments, None)

    def test_a_table_says_so(self) -> None:
        desk = Instrument.define("desk", {"speed": ["a", "b", "c"]}, scale=Scale.likert(7), levels=["perception"])
        orders = [[1, 1, 2], [1, 2, 1], [2, 1, 1]] * 5
        summary = summarize(Survey.from_arrays(desk, perception=orders), PerformanceOnly())
        for each in (summary, summary + summary, Summary.from_json(summary.to_json())):
            assert (each.table()["sd"], each.table()["se"]) == ((0.0,) * 3, (0.0,) * 3)


@settings(max_examples=60)
@given(
    st.floats(1, 60),
    st.sampled_from([1e-3, 1e-5, 1e-8]),
    st.lists(st.tuples(st.integers(0, 99), st.integers(1, 4)), min_size=2, max_size=20),
)
def test_scores_that_hardly_vary_keep_their_variance(level: float, grain: float, rows: list[tuple[int, int]]) -> None:
    values = np.array([level + grain * step for step, _ in rows])
    weights = np.array([weight for _, weight in rows], dtype=float)
    wanted = exact_variance(values, weights)
    term = term_of(values[:, None], weights, WeightKind.FREQUENCY, None, MIDDLE)
    repeated = term_of(np.repeat(values, weights.astype(int))[:, None], None, WeightKind.SAMPLING, None, MIDDLE)
    halves = [
        term_of(values[part, None], weights[part], WeightKind.FREQUENCY, None, MIDDLE)
        for part in (slice(None, None, 2), slice(1, None, 2))
    ]
    for each in (term, repeated, halves[0] + halves[1], halves[1] + halves[0]):
        np.testing.assert_allclose(each.moments.variance[0], wanted, rtol=1e-12, atol=0)
