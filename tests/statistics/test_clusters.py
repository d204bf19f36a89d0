import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from statsmodels.regression.linear_model import OLS, WLS

from servqual._arrays import AnyArray
from servqual.errors import MergeError, WeightError
from servqual.statistics import ArgumentError, ClusterSums, Moments, WeightKind, cluster_standard_error
from tests.statistics import naive
from tests.statistics.strategies import Block, blocks

SAMPLING, FREQUENCY = WeightKind.SAMPLING, WeightKind.FREQUENCY


def both(block: Block, origin: float = 4.0) -> tuple[Moments, ClusterSums]:
    values = block.columns.T
    clusters = ClusterSums.of(values, block.clusters, block.weights, block.kind, origin)
    return Moments.of(values, block.weights, block.kind, origin), clusters


def branches(seed: int = 0) -> tuple[AnyArray, AnyArray, AnyArray]:
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, 12, 300)
    values = rng.normal(5, 1, (300, 2)) + rng.normal(0, 1, (12, 2))[labels]
    return values, labels, rng.uniform(0.5, 3, 300)


@given(blocks())
def test_the_error_is_that_of_the_formula_row_by_row(block: Block) -> None:
    moments, clusters = both(block)
    error = cluster_standard_error(moments, clusters)
    for column, values in enumerate(block.columns):
        expected = naive.cluster_error(values.tolist(), block.clusters.tolist(), block.weights)
        np.testing.assert_allclose(error[column], expected, rtol=1e-9, atol=1e-12)


def test_the_error_is_that_of_a_regression_on_a_constant() -> None:
    values, labels, _ = branches()
    error = cluster_standard_error(Moments.of(values), ClusterSums.of(values, labels))
    for column in range(2):
        fit = OLS(values[:, column], np.ones(300)).fit(cov_type="cluster", cov_kwds={"groups": labels})
        assert error[column] == pytest.approx(fit.bse[0], rel=1e-10)


def test_under_sampling_weights_it_is_that_of_a_weighted_regression() -> None:
    values, labels, weights = branches(1)
    moments = Moments.of(values, weights, SAMPLING)
    error = cluster_standard_error(moments, ClusterSums.of(values, labels, weights, SAMPLING))
    for column in range(2):
        model = WLS(values[:, column], np.ones(300), weights=weights)
        fit = model.fit(cov_type="cluster", cov_kwds={"groups": labels})
        assert error[column] == pytest.approx(fit.bse[0], rel=1e-10)


@pytest.mark.parametrize("kind", [None, SAMPLING])
def test_clusters_of_one_give_the_ordinary_error(kind: WeightKind | None) -> None:
    values, _, weights = branches(2)
    factors = None if kind is None else weights
    moments = Moments.of(values, factors, kind)
    clusters = ClusterSums.of(values, np.arange(300), factors, kind)
    np.testing.assert_allclose(cluster_standard_error(moments, clusters), moments.standard_error, rtol=1e-10)
    np.testing.assert_array_equal(clusters.degrees_of_freedom, moments.degrees_of_freedom)


@given(blocks(kinds=(FREQUENCY,)))
def test_frequencies_are_repeated_rows(block: Block) -> None:
    assert block.weights is not None
    rows = np.repeat(np.arange(block.codes.shape[1]), block.weights.astype(int))
    plain = block.part(rows)._replace(weights=None, kind=None)
    np.testing.assert_allclose(
        cluster_standard_error(*both(block)), cluster_standard_error(*both(plain)), rtol=1e-12, atol=1e-12
    )


@settings(max_examples=30)
@given(blocks(), st.integers(1, 13))
def test_whole_numbers_do_not_know_the_size_of_a_block(block: Block, size: int) -> None:
    values = block.columns.T
    parts = ClusterSums.of(values, block.clusters, block.weights, block.kind, 4.0, block=size)
    assert parts.to_dict() == both(block)[1].to_dict()


def test_clusters_are_counted_where_the_variable_was_answered() -> None:
    values = [[1.0, np.nan], [2.0, np.nan], [3.0, 4.0]]
    clusters = ClusterSums.of(values, ["a", "b", "b"], [1.0, 0.5, 2.0], SAMPLING)
    assert clusters.count.tolist() == [2, 1]
    np.testing.assert_array_equal(clusters.degrees_of_freedom, [1, np.nan])
    error = cluster_standard_error(Moments.of(values, [1.0, 0.5, 2.0], SAMPLING), clusters)
    assert np.isfinite(error[0])
    assert np.isnan(error[1])


def test_a_cluster_without_weight_is_none() -> None:
    clusters = ClusterSums.of([[1.0], [2.0]], [1, 2], [1.0, 0.0], SAMPLING)
    assert clusters.count.tolist() == [1]


@pytest.mark.parametrize("names", [["south", "east", "north"], [30, 10, 20]])
def test_positions_and_names_give_the_same_as_labels(names: list[str] | list[int]) -> None:
    values, positions = np.arange(5.0)[:, None], [0, 2, 2, 1, 0]
    by_position = ClusterSums.of(values, positions, names=names)
    by_label = ClusterSums.of(values, [names[each] for each in positions])
    assert by_position.to_dict() == by_label.to_dict()
    assert by_label.labels.tolist() == sorted(names)


def test_a_name_without_rows_is_kept_and_not_counted() -> None:
    clusters = ClusterSums.of([[1.0]], [0], names=["a", "b"])
    assert clusters.labels.tolist() == ["a", "b"]
    assert clusters.count.tolist() == [1]


@pytest.mark.parametrize("labels", [np.array(["x", "yy"], dtype=object), ["x", "yy"], np.array(["x", "yy"])])
def test_texts_come_in_several_forms(labels: object) -> None:
    assert ClusterSums.of([[1.0], [2.0]], labels).labels.tolist() == ["x", "yy"]  # type: ignore[arg-type]


@pytest.mark.parametrize("labels", [np.array([2, 1], dtype=object), np.array([2, 1], dtype=np.uint8)])
def test_integers_come_in_several_forms(labels: AnyArray) -> None:
    clusters = ClusterSums.of([[1.0], [2.0]], labels)
    assert clusters.labels.dtype == np.int64
    assert clusters.sum1.tolist() == [[2.0], [1.0]]


@pytest.mark.parametrize(
    "labels",
    [
        [1.5, 2.0],
        np.array(["a", None], dtype=object),
        np.array([1, "a"], dtype=object),
        [True, False],
        np.array([1, True], dtype=object),
    ],
)
def test_labels_that_are_no_labels_are_refused(labels: object) -> None:
    with pytest.raises(ArgumentError, match=r"clusters are named by integers or by texts.*every row has one"):
        ClusterSums.of([[1.0], [2.0]], labels)  # type: ignore[arg-type]


def test_arguments_are_checked() -> None:
    values = [[1.0], [2.0]]
    with pytest.raises(ArgumentError, match=r"shape \(3,\) for 2 rows; every row has one label"):
        ClusterSums.of(values, [1, 2, 3])
    with pytest.raises(ArgumentError) as caught:
        ClusterSums.of(values, [0, 3], names=["a", "a"])
    assert [str(each).split(":")[0] for each in caught.value.problems] == ["names", "labels"]
    with pytest.raises(ArgumentError, match="positions are 0 to 1"):
        ClusterSums.of(values, ["a", "b"], names=["a", "b"])
    with pytest.raises(WeightError, match="2 weights for 3 rows"):
        ClusterSums.of([[1.0]] * 3, [1, 2, 3], [1.0, 2.0], SAMPLING)
    with pytest.raises(ArgumentError, match="every label stands once, in order"):
        ClusterSums([2, 1], [0.0], [[1.0], [1.0]], [[1.0], [1.0]])
    with pytest.raises(ArgumentError, match=r"shape \(1, 1\); the shape is \(cluster, variable\)"):
        ClusterSums([1, 2], [0.0], [[1.0]], [[1.0], [1.0]])


def test_texts_and_integers_do_not_merge_but_nothing_merges_with_both() -> None:
    numbered, named = ClusterSums.of([[1.0]], [1]), ClusterSums.of([[1.0]], ["1"])
    with pytest.raises(MergeError, match="clusters are named by integers, or by texts, in all parts"):
        numbered + named
    for some in (numbered, named):
        assert (ClusterSums.zero(1) + some).to_dict() == some.to_dict()


def test_moments_of_other_answers_are_refused() -> None:
    values, labels, weights = branches(3)
    clusters = ClusterSums.of(values, labels)
    with pytest.raises(ArgumentError) as caught:
        cluster_standard_error(Moments.of(values[:9], weights[:9], SAMPLING, 3.0), clusters)
    assert [str(each).split(":")[0] for each in caught.value.problems] == ["kind", "rows", "origin"]
    gappy = values.copy()
    gappy[0, 0] = np.nan
    with pytest.raises(ArgumentError, match="other sums of weights"):
        cluster_standard_error(Moments.of(gappy), clusters)


def test_no_clusters_give_no_error_and_no_warning() -> None:
    assert np.isnan(cluster_standard_error(Moments.zero(2), ClusterSums.zero(2))).all()
    assert repr(ClusterSums.zero(2)) == "<ClusterSums of 0 clusters, 2 variables, 0 rows>"
