"""Instruments of encounters: the card, and checklists of behaviour, plain and graded."""

from collections.abc import Callable

import pytest

from servqual.catalogue.behaviours import conversation, four_steps, listening, service_behaviours
from servqual.catalogue.difficult_moments import complaint_handling, coping, doubts, refusing
from servqual.catalogue.encounter_points import encounter_card
from servqual.catalogue.receiving import reception
from servqual.instruments import Instrument, Scale, questionnaire

CHECKLISTS = [
    four_steps, conversation, listening, service_behaviours, reception, complaint_handling, refusing, doubts, coping,
]  # fmt: skip


def test_the_card_says_what_each_point_means() -> None:
    card = encounter_card()
    assert card.scale == Scale.encounter()
    assert [anchor.value for anchor in card.scale.anchors] == [-3, -2, -1, 0, 1, 2, 3]
    assert len({anchor.label.zh for anchor in card.scale.anchors}) == 7


@pytest.mark.parametrize("made", CHECKLISTS, ids=lambda each: each.__name__)
def test_checklists_are_plain_or_graded(made: Callable[..., Instrument]) -> None:
    plain, graded = made(), made(graded=True)
    assert (str(plain.scale), str(graded.scale)) == ("0..1", "0..2")
    assert plain.item_keys == graded.item_keys
    assert [item.reverse for item in plain.items] == [item.reverse for item in graded.items]
    for language in ("en", "zh"):
        for item in plain.items:
            assert item.label.text(language) in questionnaire(plain, language)


def test_only_mistakes_and_forbidden_phrases_count_against() -> None:
    against = {made().name: [item.key for item in made().items if item.reverse] for made in CHECKLISTS}
    keys = [f"{step}_{place}" for step in ("mistakes", "forbidden_phrases") for place in range(1, 6)]
    assert against.pop("complaint-handling") == keys
    assert not any(against.values())


def test_the_four_steps_and_the_seven_letters() -> None:
    assert four_steps().dimension_keys == ("explore", "offer", "act", "confirm")
    assert "".join(key[0] for key in service_behaviours().dimension_keys) == "service"
