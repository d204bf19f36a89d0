"""Causes as words: which there are, of which gap, which way, and what answers them."""

import pickle

import pytest

from servqual.catalogue.antecedents import employee_antecedents, manager_antecedents
from servqual.errors import ArgumentError, GapModelError
from servqual.gap_model.cause_data import known_causes
from servqual.gap_model.cause_words import Cause
from servqual.gap_model.gap_words import GapName
from servqual.gap_model.influence_words import Direction, InfluenceMethod, InfluenceVerdict
from servqual.labels import Label

KNOWN = {cause.key: cause for cause in known_causes()}
# The sixteen antecedents of 1988 by gap, under the names that they have here.
OF_1988 = {
    "gap_1": {"market_research", "upward_communication", "management_levels"},
    "gap_2": {"management_commitment", "goal_setting", "task_standardization", "feasibility"},
    "gap_3": {
        "teamwork", "employee_job_fit", "technology_job_fit", "perceived_control", "supervisory_control",
        "role_conflict", "role_ambiguity",
    },
    "gap_4": {"horizontal_communication", "overpromising"},
}  # fmt: skip


def test_the_antecedents_of_1988_are_there_with_their_gaps() -> None:
    for gap, keys in OF_1988.items():
        assert keys <= {key for key, cause in KNOWN.items() if cause.gap == gap}
    assert len(KNOWN) == 21


def test_four_causes_make_a_shortfall_larger() -> None:
    lowering = {key for key, cause in KNOWN.items() if cause.direction is Direction.LOWERS}
    assert lowering == {"management_levels", "role_conflict", "role_ambiguity", "overpromising"}


def test_managers_are_asked_of_gaps_1_and_2_and_employees_of_3_and_4() -> None:
    sheets = {manager_antecedents(): ("gap_1", "gap_2"), employee_antecedents(): ("gap_3", "gap_4")}
    for sheet, gaps in sheets.items():
        assert {KNOWN[key].gap for key in sheet.dimension_keys} == set(gaps)
        assert [KNOWN[each.key].label for each in sheet.dimensions] == [each.label for each in sheet.dimensions]
        own = [KNOWN[key].gap for key in sheet.dimension_keys]
        assert own == sorted(own)
    asked = [key for sheet in sheets for key in sheet.dimension_keys]
    assert sorted(asked) == sorted(KNOWN)


def test_every_cause_has_two_remedies_of_its_own_in_both_languages() -> None:
    remedies = [remedy for cause in KNOWN.values() for remedy in cause.remedies]
    assert {len(cause.remedies) for cause in KNOWN.values()} == {2}
    for language in ("en", "zh"):
        texts = [remedy.text(language) for remedy in remedies]
        assert len(set(texts)) == len(texts)
    assert all(remedy.zh and remedy.zh != remedy.en for remedy in remedies)


def test_a_cause_is_a_word() -> None:
    cause = Cause("queueing", "gap_3", "lowers", remedies="open a second counter")
    assert cause.label == Label("queueing")
    assert cause.remedies == (Label("open a second counter"),)
    assert (cause.gap, cause.direction) == (GapName.DELIVERY, Direction.LOWERS)
    assert hash(pickle.loads(pickle.dumps(cause))) == hash(cause)  # noqa: S301 - our own bytes


def test_what_is_no_cause() -> None:
    with pytest.raises(GapModelError, match="cause rumours: of gap_5; causes belong to gap_1, gap_2, gap_3 or gap_4"):
        Cause("rumours", "gap_5", "lowers")
    with pytest.raises(GapModelError, match="named by a text that is not empty"):
        Cause(" ", "gap_3", "lowers")
    with pytest.raises(ArgumentError, match="a gap is one of"):
        Cause("rumours", "gap_9", "lowers")
    with pytest.raises(
        ArgumentError, match=r"direction: 'lower'; it is one of raises, lowers\. Hint: did you mean lowers"
    ):
        Cause("rumours", "gap_3", "lower")


@pytest.mark.parametrize("words", [Direction, InfluenceVerdict, InfluenceMethod])
def test_words_speak_both_languages(words: type[Direction | InfluenceVerdict | InfluenceMethod]) -> None:
    assert all(each.label.en and each.label.zh != each.label.en for each in words)
