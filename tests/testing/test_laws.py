"""Each law catches the model that was made to break it, and leaves the rest of that model alone."""

from typing import Any

import pytest
from attrs import frozen

from servqual import Difference, Scale
from servqual.testing import LAWS, Outcome, check_scoring_model
from tests.testing import planted

SCALES = (Scale.likert(7), Scale.encounter())
SCORES = [law.name for law in LAWS if law.on_answers and law.name != "weights_fit_and_are_not_negative"]
NOT_LINEAR = [name for name in SCORES if name != "coefficients_give_the_scores"]

CAUGHT: list[tuple[type[Any], str, list[str]]] = [
    (planted.ReadsAList, "it_reads_a_set_of_levels", []),
    (planted.Wordless, "docstring_says_what_zero_means", []),
    (planted.SaysNothing, "docstring_says_what_zero_means", []),
    (planted.Unequal, "equal_parameters_make_equal_models", []),
    (planted.Unhashable, "equal_parameters_make_equal_models", []),
    (planted.HoldsALambda, "copies_score_alike", []),
    (planted.OneNumber, "scores_have_the_shape_of_the_answers", NOT_LINEAR),
    (planted.Narrow, "scores_have_the_shape_of_the_answers", []),
    (planted.Objects, "scores_have_the_shape_of_the_answers", NOT_LINEAR),
    (planted.WritesItsInput, "answers_are_left_untouched", []),
    (planted.ThrowsDice, "same_answers_get_the_same_scores", NOT_LINEAR),
    (planted.FillsGaps, "missing_exactly_where_an_answer_is", []),
    (planted.LosesAnswers, "missing_exactly_where_an_answer_is", []),
    (planted.LeaksOthers, "nobody_depends_on_the_others", []),
    (planted.CountsRespondents, "order_of_respondents_is_irrelevant", ["nobody_depends_on_the_others"]),
    (planted.CountsItems, "order_of_items_is_irrelevant", []),
    (planted.OutOfBounds, "scores_lie_within_bounds", []),
    (planted.CrossedBounds, "scores_lie_within_bounds", []),
    (planted.Unbounded, "scores_lie_within_bounds", NOT_LINEAR),
    (planted.ReadsInSecret, "undeclared_levels_change_nothing", NOT_LINEAR),
    (planted.PeeksIfItCan, "undeclared_levels_change_nothing", []),
    (planted.Backwards, "better_perceptions_do_not_lower_scores", []),
    (planted.WrongSigns, "coefficients_give_the_scores", []),
    (planted.HalfSigns, "coefficients_give_the_scores", []),
    (planted.OneSign, "coefficients_give_the_scores", []),
    (planted.NegativeWeights, "weights_fit_and_are_not_negative", []),
    (planted.CrookedWeights, "weights_fit_and_are_not_negative", []),
]


@pytest.mark.parametrize(("model", "law", "others"), CAUGHT, ids=[each[0].__name__ for each in CAUGHT])
def test_a_law_catches_who_breaks_it(model: type[Any], law: str, others: list[str]) -> None:
    verdicts = check_scoring_model(model(), scales=SCALES, examples=8)
    assert law in {each.law for each in verdicts.failed}, verdicts
    assert {each.law for each in verdicts.failed} <= {law, *others}, verdicts


def test_every_law_is_broken_by_somebody() -> None:
    assert {law for _, law, _ in CAUGHT} == {law.name for law in LAWS}


KEEPERS = [planted.Gap(), planted.Plain(), planted.LogRatio(), planted.LogRatio(base=10)]


@pytest.mark.parametrize("model", KEEPERS, ids=repr)
def test_who_breaks_none_passes(model: Any) -> None:
    verdicts = check_scoring_model(model, examples=8)
    assert verdicts.passed, verdicts


def test_laws_can_be_asked_one_by_one() -> None:
    for law in LAWS:
        if not law.on_answers:
            law(Difference())


def test_every_law_is_stated_in_a_sentence() -> None:
    assert all(law.statement and "\n" not in law.statement for law in LAWS)


EVIDENCE = {
    planted.FillsGaps: "score[0, 0] is 0, although an answer is missing there; "
    "on 1..7, items per dimension 1, expectation [1], perception [–]",
    planted.Backwards: "item 0 of row 0 scores 0 at perception 1 and -1 at 2; "
    "on 1..7, items per dimension 1, expectation [1], perception [1]",
    planted.Narrow: "item scores of float64 answers are float32; "
    "on 1..7, items per dimension 1, expectation [1], perception [1]",
}


@pytest.mark.parametrize("model", EVIDENCE)
def test_the_evidence_is_the_smallest_block_that_shows_it(model: type[Any]) -> None:
    (verdict,) = check_scoring_model(model(), scales=SCALES, examples=20).failed
    assert verdict.outcome is Outcome.FAILED
    assert verdict.evidence == EVIDENCE[model]


def test_a_class_inside_a_function_is_told_where_to_live() -> None:
    @frozen
    class Local(planted.Gap):
        """The gap; zero means "as expected"."""

    (verdict,) = check_scoring_model(Local(), scales=SCALES, examples=4).failed
    assert verdict.law == "copies_score_alike"
    assert "Local" in verdict.evidence
    assert "; define the class at module level; on 1..7, " in verdict.evidence


def test_what_cannot_be_pickled_for_another_reason_is_told_as_it_is() -> None:
    (verdict,) = check_scoring_model(planted.HoldsALambda(), scales=SCALES, examples=4).failed
    assert verdict.evidence.startswith("PicklingError: ")
    assert "module level" not in verdict.evidence
