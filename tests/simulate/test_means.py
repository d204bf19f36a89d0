"""Means of answers are those asked for: exactly by theory, and within what chance allows in samples."""

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from scipy import stats

from servqual._arrays import Floats
from servqual.instruments import Scale
from servqual.simulate import survey
from servqual.simulate.targets import latent_floor_means, latent_means
from servqual.simulate.wishes import Groups, Means
from servqual.survey import Survey
from tests.ratings.strategies import scales
from tests.simulate.samples import FOUR, dimension_means, kiosk, numbers, off_by

N = 200_000
SCALES = [
    Scale.yes_no(),
    Scale.likert(5),
    Scale.likert(7),
    Scale.zero_to_ten(),
    Scale.encounter(),
    Scale.percent(),
    Scale(0, 1, step=0.25),
    Scale(0, 500),
]


def mean_by_categories(latent: Floats, sd: float, scale: Scale) -> Floats:
    """The mean of rounded or held normal numbers, from textbook formulas."""
    if scale.step is None:
        low, high = (scale.low - latent) / sd, (scale.high - latent) / sd
        normal = stats.norm
        ends = scale.low * normal.cdf(low) + scale.high * normal.sf(high)
        inside = latent * (normal.cdf(high) - normal.cdf(low)) - sd * (normal.pdf(high) - normal.pdf(low))
        return np.asarray(ends + inside)
    points = np.asarray(scale.points)
    edges = np.concatenate([[-np.inf], (points[1:] + points[:-1]) / 2, [np.inf]])
    shares = np.diff(stats.norm.cdf((edges - latent[:, None]) / sd), axis=1)
    return np.asarray(shares @ points)


@pytest.mark.parametrize("scale", SCALES, ids=str)
@pytest.mark.parametrize("relative_sd", [0.03, 0.2, 1.0])
def test_the_number_behind_gives_the_mean_exactly(scale: Scale, relative_sd: float) -> None:
    targets = np.linspace(scale.low, scale.high, 9)
    sd = relative_sd * scale.span
    found = mean_by_categories(latent_means(targets, sd, scale), sd, scale)
    np.testing.assert_allclose(found, targets, rtol=0, atol=1e-11 * scale.span)


@pytest.mark.parametrize("scale", SCALES, ids=str)
def test_sample_means_are_within_four_standard_errors(scale: Scale) -> None:
    perceived = {"speed": scale.low + 0.35 * scale.span, "screen": scale.low + 0.9 * scale.span}
    expected = scale.low + 0.75 * scale.span
    sample = survey(kiosk(scale), N, means={"perception": perceived, "expectation": expected}, rng=20)
    assert off_by(dimension_means(sample, "perception"), list(perceived.values())) < FOUR
    assert off_by(dimension_means(sample, "expectation"), [expected, expected]) < FOUR


def test_each_item_of_a_dimension_has_its_mean() -> None:
    sample = survey(kiosk(Scale.likert(7)), N, means={"perception": {"speed": 5.9, "screen": 2.2}}, rng=4)
    assert off_by(numbers(sample, "perception"), [5.9, 5.9, 5.9, 2.2, 2.2]) < FOUR


def test_means_at_the_ends_are_kept() -> None:
    sample = survey(kiosk(Scale.likert(5)), 1000, means={"perception": 5, "expectation": {"speed": 1}}, rng=1)
    assert np.all(numbers(sample, "perception") == 5)
    assert np.all(numbers(sample, "expectation")[:3] == 1)


def test_groups_shift_mean_perceptions_exactly_and_columns_add_up() -> None:
    groups: Groups = {"branch": {"north": 0.3, "south": {"screen": -0.9}}, "visit": {"first": 0.0, "later": 0.25}}
    means: Means = {"perception": {"speed": 5.0, "screen": 6.2}, "expectation": 6.0}
    sample = survey(kiosk(Scale.likert(7)), N, means=means, groups=groups, rng=3)
    cells = {
        ("north", "first"): (5.3, 6.5),
        ("north", "later"): (5.55, 6.75),
        ("south", "first"): (5.0, 5.3),
        ("south", "later"): (5.25, 5.55),
    }
    for (branch, visit), truth in cells.items():
        cell = sample.select(branch=branch, visit=visit)
        assert abs(len(cell) - N / 4) < FOUR * np.sqrt(N * 3 / 16)
        assert off_by(dimension_means(cell, "perception"), truth) < FOUR
        assert off_by(dimension_means(cell, "expectation"), [6.0, 6.0]) < FOUR


@pytest.mark.parametrize("scale", [Scale.likert(9), Scale.percent()], ids=str)
@pytest.mark.parametrize("correlation", [-0.6, 0.3, 0.95])
def test_zones_are_never_crossed_and_keep_their_means(scale: Scale, correlation: float) -> None:
    low, high = scale.low + 0.62 * scale.span, scale.low + 0.7 * scale.span
    zones = kiosk(scale, "adequate", "desired", "perception")
    levels = np.array([[1, correlation, 0.1], [correlation, 1, 0.1], [0.1, 0.1, 1]])
    sample = survey(zones, N, means={"adequate": low, "desired": high}, level_correlation=levels, rng=8)
    adequate, desired = numbers(sample, "adequate"), numbers(sample, "desired")
    assert np.all(adequate <= desired)
    assert off_by(adequate, [low] * 5) < FOUR
    assert off_by(desired, [high] * 5) < FOUR
    assert len(sample.zone.adequate.values) == N


def test_a_zone_without_width_is_possible() -> None:
    zones = kiosk(Scale.likert(9), "adequate", "desired")
    sample = survey(zones, 1000, means={"adequate": 6.5, "desired": 6.5}, rng=1)
    np.testing.assert_array_equal(numbers(sample, "adequate"), numbers(sample, "desired"))


def test_lowered_answers_have_their_mean_by_summation() -> None:
    scale, sd, other_sd, correlation = Scale.likert(5), 1.1, 0.8, 0.4
    ceiling = np.array([4.0])
    latent = latent_floor_means(np.array([3.2]), ceiling, (sd, other_sd), correlation, scale)
    edges = np.array([-50.0, 1.5, 2.5, 3.5, 4.5, 50.0])
    pair = stats.multivariate_normal([0, 0], [[1, correlation], [correlation, 1]])
    own, other = (edges - latent) / sd, (edges - ceiling) / other_sd
    below = np.array([[pair.cdf([h, k]) for k in other] for h in own])
    shares = np.diff(np.diff(below, axis=0), axis=1)
    lower = np.minimum.outer(np.arange(1, 6), np.arange(1, 6))
    assert float((shares * lower).sum()) == pytest.approx(3.2, abs=1e-4)


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_every_answer_is_on_the_scale(data: st.DataObject) -> None:
    scale = data.draw(scales())
    mean = scale.low + data.draw(st.floats(0, 1)) * scale.span
    missing = data.draw(st.sampled_from([0.0, 0.2]))
    sample = survey(kiosk(scale), 50, means={"perception": min(mean, scale.high)}, missing=missing, rng=1)
    read = Survey.from_arrays(
        sample.instrument, perception=sample.perception.values, expectation=sample.expectation().values
    )
    for level in sample.levels:
        np.testing.assert_array_equal(read.level(level).codes, sample.level(level).codes)
        np.testing.assert_array_equal(read.level(level).has_missing, sample.level(level).has_missing)
