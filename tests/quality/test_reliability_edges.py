"""Reliability that does not exist, and answers that leave little of it."""

import numpy as np
import pytest

from servqual import Instrument, Scale, Summary, Survey
from servqual.errors import JointAnswersError
from servqual.quality import ScaleReliability, reliability
from tests.quality.test_reliability import of_arrays, pair, reason
from tests.scoring.hall import study


def test_levels_of_different_people_have_no_gap() -> None:
    whole_survey = pair(50)
    seen, held = (whole_survey.select(rows) for rows in (range(20), range(20, 50)))
    found = reliability(Survey.unpaired(perception=seen, expectation=held))
    assert [scale.aspect.key for scale in found] == ["perception", "expectation"] * 2
    assert found.of("speed").n == 20
    assert found.of("care", "expectation").alpha == pytest.approx(reliability(held).of("care", "expectation").alpha)


def test_one_item_has_no_reliability_and_says_why() -> None:
    found = reliability(study(30).survey())
    alone: ScaleReliability = found.of("room")
    for name in ("alpha", "feldt", "bonett", "omega_ml", "omega_minres", "odd_even", "halves", "item_total"):
        assert "items are needed, and there is one" in reason(getattr(alone, name)), name
    notes = "\n".join(found.to_table().notes)
    assert "of room (perception)" in notes
    assert found.to_table()["alpha"][-1] is None
    assert reason(found.of("room", "gap").difference.reliability)  # type: ignore[union-attr]


def test_items_that_do_not_vary_are_named() -> None:
    answers = [[4, 1, 2], [4, 3, 3], [4, 5, 6]]
    found = reliability(of_arrays(answers))
    assert reason(found.of("all").alpha).startswith("these items do not vary")
    assert "(i0)" in "\n".join(found.to_table().notes)


def test_fewer_respondents_than_items() -> None:
    scale = reliability(of_arrays([[1, 2, 3, 2], [4, 4, 6, 5], [2, 3, 3, 4]])).of("all")
    assert isinstance(scale.alpha, float)
    assert "singular" in reason(scale.omega_ml)


def test_perfect_correlation_leaves_no_difference() -> None:
    answers = np.array([[1, 1], [3, 3], [6, 6]])
    scale = reliability(of_arrays(answers, np.clip(answers + 1, 1, 7))).of("all", "gap")
    assert reliability(of_arrays(answers)).of("all").alpha == 1
    assert reason(scale.difference.reliability) == "the difference does not vary"  # type: ignore[union-attr]
    assert reason(scale.alpha).startswith("these items do not vary")


@pytest.mark.parametrize("together", [0.0, 0.7])
def test_johns_is_too_low_where_errors_go_together_across_levels_and_alpha_of_the_gap_is_not(together: float) -> None:
    rng = np.random.default_rng(8)
    true = rng.multivariate_normal([0, 0], [[1, 0.5], [0.5, 1]], 20_000)
    shared, own = rng.normal(size=(20_000, 4)), rng.normal(size=(2, 20_000, 4))
    errors = np.sqrt(together) * shared + np.sqrt(1 - together) * own
    scale = Scale(-9, 9, step=None)
    four = Instrument.define("four", {"all": ["a", "b", "c", "d"]}, scale=scale)
    seen, held = true[:, [0]] + errors[0], true[:, [1]] + errors[1]
    gap = reliability(Survey.from_arrays(four, perception=seen, expectation=held)).of("all", "gap")
    truth = np.corrcoef((seen - held).mean(axis=1), true[:, 0] - true[:, 1])[0, 1] ** 2
    assert gap.difference is not None
    assert gap.alpha == pytest.approx(truth, abs=0.015)
    if together:
        assert float(gap.difference.reliability) < truth - 0.1
    else:
        assert float(gap.difference.reliability) == pytest.approx(truth, abs=0.015)


def test_an_item_that_nobody_answered() -> None:
    scale = reliability(of_arrays([[1.0, 2.0, np.nan], [3.0, 3.0, np.nan], [5.0, 4.0, np.nan]])).of("all")
    assert scale.n == 0
    assert "too few answers" in reason(scale.alpha)


def test_counts_alone_have_none() -> None:
    counts = np.ones((2, 5), int)
    hotel = Instrument.define("hotel", {"all": ["a", "b"]}, scale=Scale.likert(5), levels=["perception"])
    with pytest.raises(JointAnswersError, match=r"no reliability.*side by side.*level by level"):
        reliability(Summary.from_counts(hotel, perception=counts))


def test_pairs_that_contradict_each_other_are_told() -> None:
    nan = np.nan
    answers = [[1, 1, nan], [7, 7, nan], [2, nan, 2], [6, nan, 6], [nan, 1, 7], [nan, 7, 1], [nan, 3, 5]]
    found = reliability(of_arrays(answers))
    assert found.of("all").least_eigenvalue < -0.5
    assert any("not positive semidefinite" in note for note in found.to_table().notes)
    assert "not positive definite" in reason(found.of("all").omega_ml)
