"""Path models of resamples: the same as fits of rows that are written out, one resample after the other."""

import numpy as np
import pytest

from servqual._arrays import AnyArray, Floats
from servqual.errors import ArgumentError
from servqual.statistics.pair_matrices import Metric, MissingRule
from servqual.statistics.pls import pls_path_model
from servqual.statistics.pls_quality import heterotrait_ratios
from servqual.statistics.pls_recipe import PathRecipe
from servqual.statistics.pls_resampling import (
    PathRows,
    bootstrap_path_models,
    jackknife_path_models,
    permuted_path_models,
)
from servqual.statistics.pls_words import InnerScheme, PathState
from servqual.statistics.resample_counts import count_tiles
from servqual.statistics.resampled_rows import Drawn
from tests.statistics.path_models import answers, plan_of

PLAN = plan_of()
RECIPE = PathRecipe(plan=PLAN)


def codes(n: int = 60, seed: int = 5) -> AnyArray:
    """Answers from 1 to 7, item-major."""
    return np.clip(np.rint(answers(n, seed).T + 4), 1, 7).astype(np.int8)


def all_counts(units: int, draws: int, seed: int) -> Floats:
    return np.concatenate([tile.copy() for tile in count_tiles(units, draws, seed)])


@pytest.mark.parametrize("metric", list(Metric))
@pytest.mark.parametrize("scheme", [InnerScheme.PATH, InnerScheme.CENTROID])
def test_a_bootstrap_is_that_of_rows_written_out(metric: Metric, scheme: InnerScheme) -> None:
    rows = codes()
    recipe = PathRecipe(plan=PLAN, metric=metric, scheme=scheme)
    found = bootstrap_path_models(PathRows.of(rows, share=60 / 59), recipe, draws=30, rng=3)
    for place, counts in enumerate(all_counts(60, 30, 3)):
        drawn = np.repeat(rows, counts.astype(int), axis=1).astype(float)
        table = np.corrcoef(drawn) if metric is Metric.CORRELATIONS else np.cov(drawn, ddof=0) * 60 / 59
        one = pls_path_model(table, PLAN, scheme=scheme)
        np.testing.assert_allclose(found.estimates.paths[place], one.paths, rtol=0, atol=1e-9)
        np.testing.assert_allclose(found.estimates.weights[place], one.weights, rtol=0, atol=1e-9)
        np.testing.assert_allclose(found.means[place], drawn.mean(axis=1), rtol=1e-12)
        np.testing.assert_allclose(found.sds[place], drawn.std(axis=1) * np.sqrt(60 / 59), rtol=1e-10)
        np.testing.assert_allclose(found.heterotrait[place], heterotrait_ratios(np.corrcoef(drawn), PLAN), rtol=1e-9)
    assert found.failures == {}
    assert repr(found) == "<PathReplicates: 30 resamples>"


@pytest.mark.parametrize("rule", [MissingRule.PAIRWISE, MissingRule.MEAN])
def test_missing_answers_follow_the_rule_in_every_resample(rule: MissingRule) -> None:
    rows = codes().astype(float)
    rows[np.random.default_rng(1).random(rows.shape) < 0.1] = np.nan
    found = bootstrap_path_models(PathRows.of(rows), PathRecipe(plan=PLAN, missing=rule), draws=12, rng=3)
    for place, counts in enumerate(all_counts(60, 12, 3)):
        drawn = np.repeat(rows, counts.astype(int), axis=1)
        if rule is MissingRule.MEAN:
            drawn = np.where(np.isnan(drawn), np.nanmean(drawn, axis=1, keepdims=True), drawn)
        table = np.array([[_both(one, other) for other in drawn] for one in drawn])
        np.testing.assert_allclose(found.estimates.paths[place], pls_path_model(table, PLAN).paths, rtol=0, atol=1e-8)


def _both(one: Floats, other: Floats) -> float:
    there = ~np.isnan(one) & ~np.isnan(other)
    return float(np.corrcoef(one[there], other[there])[0, 1])


def test_the_same_seed_gives_the_same_resamples_and_fewer_are_the_first_of_many() -> None:
    rows = PathRows.of(codes())
    many, same = (bootstrap_path_models(rows, RECIPE, draws=200, rng=seed) for seed in (1, np.random.default_rng(1)))
    few, others = (bootstrap_path_models(rows, RECIPE, draws=20, rng=seed) for seed in (1, 2))
    np.testing.assert_array_equal(many.estimates.paths, same.estimates.paths)
    np.testing.assert_allclose(many.estimates.paths[:20], few.estimates.paths, rtol=0, atol=1e-13)
    assert not np.allclose(few.estimates.paths, others.estimates.paths)


def test_the_number_of_resamples_at_once_is_of_no_consequence(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = PathRows.of(codes())
    one = bootstrap_path_models(rows, RECIPE, draws=50, rng=1)
    monkeypatch.setattr("servqual.statistics.resampled_rows._WORTH", 7)
    monkeypatch.setattr("servqual.statistics.resample_counts._TILE", 300)
    other = bootstrap_path_models(rows, RECIPE, draws=50, rng=1)
    np.testing.assert_allclose(one.estimates.paths, other.estimates.paths, rtol=0, atol=1e-13)


def test_frequencies_are_resampled_as_the_rows_that_they_stand_for() -> None:
    rows, many = codes(), np.random.default_rng(4).integers(1, 4, 60)
    told = bootstrap_path_models(PathRows.of(rows, weights=many.astype(float), frequency=True), RECIPE, draws=15, rng=1)
    repeated = bootstrap_path_models(PathRows.of(np.repeat(rows, many, axis=1)), RECIPE, draws=15, rng=1)
    np.testing.assert_allclose(told.estimates.paths, repeated.estimates.paths, rtol=0, atol=1e-12)
    left = jackknife_path_models(PathRows.of(rows, weights=many.astype(float), frequency=True), RECIPE)
    each = jackknife_path_models(PathRows.of(np.repeat(rows, many, axis=1)), RECIPE)
    np.testing.assert_allclose(np.repeat(left.estimates.paths, many, axis=0), each.estimates.paths, rtol=0, atol=1e-10)


def test_sampling_weights_go_with_their_rows() -> None:
    rows, weights = codes(), np.random.default_rng(4).uniform(0.5, 2, 60)
    found = bootstrap_path_models(PathRows.of(rows, weights=weights), RECIPE, draws=10, rng=3)
    for place, counts in enumerate(all_counts(60, 10, 3)):
        table = np.cov(rows.astype(float), aweights=weights * counts)
        sd = np.sqrt(np.diag(table))
        one = pls_path_model(table / np.outer(sd, sd), PLAN)
        np.testing.assert_allclose(found.estimates.paths[place], one.paths, rtol=0, atol=1e-9)


def test_clusters_are_drawn_whole() -> None:
    rows, cluster = codes(), np.arange(60) % 12
    found = bootstrap_path_models(PathRows.of(rows, cluster=cluster), RECIPE, draws=10, rng=3)
    for place, counts in enumerate(all_counts(12, 10, 3)):
        drawn = np.repeat(rows, counts.astype(int)[cluster], axis=1)
        one = pls_path_model(np.corrcoef(drawn.astype(float)), PLAN)
        np.testing.assert_allclose(found.estimates.paths[place], one.paths, rtol=0, atol=1e-9)
    left = jackknife_path_models(PathRows.of(rows, cluster=cluster), RECIPE)
    for place in range(12):
        one = pls_path_model(np.corrcoef(rows[:, cluster != place].astype(float)), PLAN)
        np.testing.assert_allclose(left.estimates.paths[place], one.paths, rtol=0, atol=1e-9)


def test_the_jackknife_leaves_out_each_row() -> None:
    rows = codes()
    found = jackknife_path_models(PathRows.of(rows), RECIPE)
    assert found.estimates.state.size == 60
    for place in (0, 31, 59):
        one = pls_path_model(np.corrcoef(np.delete(rows, place, axis=1).astype(float)), PLAN)
        np.testing.assert_allclose(found.estimates.paths[place], one.paths, rtol=0, atol=1e-9)


def test_resamples_without_an_estimate_are_counted_by_their_cause() -> None:
    rows = codes(30)
    # one respondent alone differs in the second item, and is not always drawn
    rows[1], rows[1, 0] = 4, 5
    found = bootstrap_path_models(PathRows.of(rows), RECIPE, draws=200, rng=1)
    without = int((all_counts(30, 200, 1)[:, 0] == 0).sum())
    assert found.failures == {PathState.NO_VARIANCE: without}
    assert without > 50
    assert int(found.estimates.fitted.sum()) == 200 - without
    assert repr(found) == f"<PathReplicates: 200 resamples, {without} without an estimate>"
    hasty = bootstrap_path_models(PathRows.of(codes()), PathRecipe(plan=PLAN, max_iterations=1), draws=20, rng=1)
    assert hasty.failures == {PathState.UNSETTLED: 20}


def test_permuted_groups_are_fits_of_shuffled_rows() -> None:
    rows, group = codes(), np.array([0] * 25 + [1] * 35)
    one, two = permuted_path_models(PathRows.of(rows), RECIPE, group, draws=8, rng=2)
    generator = np.random.default_rng(2)
    for place in range(8):
        labels = generator.permutation(group)
        for code, found in enumerate((one, two)):
            table = np.corrcoef(rows[:, labels == code].astype(float))
            expected = pls_path_model(table, PLAN).paths
            np.testing.assert_allclose(found.estimates.paths[place], expected, rtol=0, atol=1e-9)


def test_whole_clusters_change_their_group() -> None:
    cluster = np.arange(60) // 5
    group = (cluster % 3 == 0).astype(np.intp)
    drawn = Drawn.of(60, cluster)
    (labels,) = drawn.shuffled(group, 6, 1)
    assert labels.shape == (6, 12)
    assert (labels.sum(axis=1) == 4).all()
    by_row = drawn.by_row(labels.astype(float))
    assert all(len(set(row[cluster == each].tolist())) == 1 for row in by_row for each in range(12))
    frequencies = Drawn.of(3, None, np.array([2.0, 1.0, 3.0]))
    assert frequencies.by_unit(np.array([0, 1, 0])).tolist() == [0, 0, 1, 0, 0, 0]
    assert frequencies.by_row(np.array([[1.0, 0, 2, 1, 1, 1]])).tolist() == [[1, 2, 3]]


def test_resampling_without_a_seed_or_without_draws_is_refused() -> None:
    rows = PathRows.of(codes())
    with pytest.raises(ArgumentError, match="rng: None; what is drawn at random has a seed"):
        bootstrap_path_models(rows, RECIPE, draws=10, rng=None)
    with pytest.raises(ArgumentError, match="draws: 0; it is a whole number, 1 or more"):
        permuted_path_models(rows, RECIPE, np.arange(60) % 2, draws=0, rng=1)


def test_progress_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("tqdm")
    bootstrap_path_models(PathRows.of(codes()), RECIPE, draws=20, rng=1, progress=True)
    permuted_path_models(PathRows.of(codes()), RECIPE, np.arange(60) % 2, draws=5, rng=1, progress=True)
    told = capsys.readouterr().err
    assert "resamples: 100%" in told
    assert "permutations: 100%" in told
