"""Response styles: how many there are, and what they do to the answers as they are ticked."""

import numpy as np
import pytest

from servqual._arrays import Bools, Floats
from servqual.catalogue import servqual
from servqual.instruments import Scale
from servqual.simulate import SimulationError, Styles, survey
from servqual.survey import Survey
from tests.simulate.samples import FOUR, dimension_means, kiosk, numbers, off_by

N = 40_000
LOW = {"perception": 3.0, "expectation": 3.0}


def ticked(sample: Survey, level: str) -> Floats:
    """Answers as ticked, (items, respondents)."""
    answers = numbers(sample, level)
    reverse = np.array([item.reverse for item in sample.instrument.items])
    return np.where(reverse[:, None], sample.instrument.scale.reverse(answers), answers)


def share_is(found: Bools, share: float) -> bool:
    return bool(abs(found.mean() - share) < FOUR * np.sqrt(share * (1 - share) / found.size))


def test_shares_of_styles_are_those_asked_for() -> None:
    styles = Styles(acquiescent=0.1, extreme=0.05, midpoint=0.08, straightlining=0.12)
    sample = survey(servqual(edition=1988), N, means=LOW, styles=styles, rng=1)
    answers = ticked(sample, "perception")
    midpoint = (answers == 4).all(axis=0)
    straight = (answers == answers[0]).all(axis=0) & ~midpoint
    extreme = np.isin(answers, (1, 7)).all(axis=0) & ~straight
    acquiescent = (answers >= 4).all(axis=0) & ~midpoint & ~straight & ~extreme
    # straightliners whose one answer is 4 look like midpoint responders; together they can be counted
    assert share_is(midpoint | straight, 0.2)
    assert share_is(extreme, 0.05)
    assert share_is(acquiescent, 0.1)


def test_a_style_is_kept_at_every_level_and_means_are_those_of_the_others() -> None:
    means = {"perception": 4.1, "expectation": 4.9}
    sample = survey(servqual(), N, means=means, item_correlation=0.3, styles=Styles(extreme=0.3), rng=2)
    perceived, expected = (np.isin(ticked(sample, level), (1, 7)).all(axis=0) for level in sample.levels)
    np.testing.assert_array_equal(perceived, expected)
    plain = sample.select(~np.asarray(perceived))
    assert off_by(dimension_means(plain, "perception"), [4.1] * 5) < FOUR
    assert off_by(dimension_means(plain, "expectation"), [4.9] * 5) < FOUR


def test_straightlining_shows_as_contradiction_where_items_are_turned() -> None:
    sample = survey(kiosk(Scale.likert(7), reverse=("steps",)), 500, styles=Styles(straightlining=1), rng=3)
    answers = numbers(sample, "perception")
    np.testing.assert_array_equal(answers[1], 8 - answers[0])
    np.testing.assert_array_equal(answers[2], answers[0])


def test_the_acquiescent_agree_to_both_wordings() -> None:
    sample = survey(kiosk(Scale.likert(7), reverse=("steps",)), 500, styles=Styles(acquiescent=1), rng=3)
    answers = numbers(sample, "perception")
    assert np.all(answers[0] >= 4)
    assert np.all(answers[1] <= 4)


@pytest.mark.parametrize(
    ("scale", "answers"),
    [(Scale.likert(6), {3, 4}), (Scale.likert(7), {4}), (Scale.percent(), {50}), (Scale(0, 1, step=0.5), {0.5})],
    ids=str,
)
def test_the_midpoint_is_a_point_of_the_scale(scale: Scale, answers: set[float]) -> None:
    sample = survey(kiosk(scale), 500, styles=Styles(midpoint=1), rng=3)
    assert set(np.unique(numbers(sample, "perception"))) == answers


def test_zones_stay_uncrossed_under_every_style() -> None:
    styles = Styles(acquiescent=0.25, extreme=0.25, midpoint=0.25, straightlining=0.25)
    zones = kiosk(Scale.likert(9), "adequate", "desired", reverse=("steps", "clean"))
    sample = survey(zones, 5000, styles=styles, rng=3)
    assert np.all(numbers(sample, "adequate") <= numbers(sample, "desired"))


def test_a_word_of_styles_is_hashable_and_knows_the_rest() -> None:
    assert len({Styles(extreme=0.1), Styles(extreme=0.1)}) == 1
    assert Styles(acquiescent=0.7, extreme=0.2, midpoint=0.1).plain == 0


def test_shares_that_cannot_be_are_refused_together() -> None:
    with pytest.raises(SimulationError) as caught:
        Styles(extreme=1.5, midpoint=-0.1, straightlining="many")  # type: ignore[arg-type]
    assert [str(problem).removesuffix(".") for problem in caught.value.problems] == [
        "styles extreme: 1.5; it lies in 0..1",
        "styles midpoint: -0.1; it lies in 0..1",
        "styles straightlining: 'many'; it lies in 0..1",
    ]
    with pytest.raises(SimulationError, match=r"shares adding up to 1\.2; a respondent has one style"):
        Styles(extreme=0.6, midpoint=0.6)
