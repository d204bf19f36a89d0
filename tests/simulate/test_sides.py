"""What comes beside the answers: missing ones, groups, weights and importance."""

import numpy as np
import pytest

from servqual.instruments import Scale
from servqual.ratings import Over
from servqual.simulate import survey
from servqual.statistics import kish_effective_size
from tests.simulate.samples import FOUR, PERCENT, dimension_means, kiosk, numbers, off_by

N = 100_000
FIVE = kiosk(Scale.likert(5))


@pytest.mark.parametrize("scale", [Scale.likert(5), PERCENT], ids=str)
def test_missing_answers_are_a_binomial_share_of_each_level(scale: Scale) -> None:
    sample = survey(kiosk(scale), N, missing={"perception": 0.03}, rng=1)
    counts = sample.level(sample.instrument.levels[0]).missing_counts()
    assert np.all(np.abs(counts - 0.03 * N) < FOUR * np.sqrt(N * 0.03 * 0.97))
    assert not sample.level(sample.instrument.levels[1]).has_missing.any()


def test_missing_answers_are_independent_and_leave_the_means_alone() -> None:
    sample = survey(FIVE, N, means={"perception": 3.7}, missing=0.2, rng=2)
    absent = np.isnan(numbers(sample, "perception"))
    pairs = np.corrcoef(absent)[np.triu_indices(5, 1)]
    assert np.all(np.abs(pairs) < FOUR / np.sqrt(N))
    for item in numbers(sample, "perception"):
        assert off_by(item[~np.isnan(item)][None, :], [3.7]) < FOUR


def test_one_share_serves_all_levels() -> None:
    sample = survey(FIVE, 1000, missing=0.1, rng=3)
    assert all(sample.level(level).has_missing.all() for level in sample.levels)


def test_labels_stand_in_the_order_of_surveys_and_those_nobody_has_are_left_out() -> None:
    sample = survey(FIVE, 5000, groups={"branch": ["b", 2, "a", 1.5]}, rng=1)
    assert sample.grouping("branch").labels == (1.5, 2, "a", "b")
    alone = survey(FIVE, 1, groups={"branch": ["a", "b", "c"]}, rng=1).grouping("branch")
    assert len(alone.labels) == 1
    assert alone.codes.tolist() == [0]


def test_weights_have_mean_one_and_the_spread_asked_for() -> None:
    sample = survey(FIVE, N, weight_cv=0.5, rng=4)
    assert sample.weights is not None
    assert abs(sample.weights.mean() - 1) < FOUR * 0.5 / np.sqrt(N)
    assert kish_effective_size(sample.weights) == pytest.approx(N / 1.25, rel=0.01)
    assert survey(FIVE, 10, rng=4).weights is None


def test_importance_is_whole_points_with_means_that_are_known() -> None:
    sample = survey(FIVE, N, importance={"screen": 30, "speed": 70}, rng=5)
    assert sample.importance is not None
    points = sample.importance.values
    assert sample.importance.over is Over.DIMENSIONS
    assert np.all(points.sum(axis=1) == 100)
    assert np.all(points == np.round(points))
    assert off_by(points.T, [70, 30]) < FOUR
    assert 8 < points[:, 0].std() < 14


def test_importance_without_means_is_even() -> None:
    even = survey(FIVE, N, importance=True, rng=5).importance
    assert even is not None
    assert off_by(even.values.T, [50, 50]) < FOUR
    assert survey(FIVE, 10, rng=5).importance is None


def test_answers_do_not_depend_on_groups_that_shift_nothing() -> None:
    sample = survey(FIVE, N, means={"perception": 3.9}, groups={"branch": ["north", "south"]}, rng=6)
    for branch in ("north", "south"):
        assert off_by(dimension_means(sample.select(branch=branch), "perception"), [3.9, 3.9]) < FOUR
