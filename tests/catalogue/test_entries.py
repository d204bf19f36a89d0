"""What holds of every instrument of the catalogue."""

import json
import pickle
import re

import pytest

from servqual.instruments import Instrument, Level, lint, questionnaire, template
from servqual.labels import Label, Language
from tests.catalogue.entries import everything

every = pytest.mark.parametrize("instrument", everything(), ids=lambda each: each.name)
CHINESE = re.compile(r"[\u4e00-\u9fff]")

# What a careful colleague would ask about these, with the reason why they are made so.
# Checklists of service training: they come from practice, and no paper is their source.
PRACTICE = {"four-steps", "conversation", "service-behaviours", "reception", "complaint-handling", "doubts", "refusing"}
EXPLAINED = {
    "ecsi": ["dimension complaints"],  # the index has one question about complaints
    "nps": ["dimension recommendation"],  # single questions have one item
    "csat": ["dimension satisfaction"],
    "ces": ["dimension ease"],
    "encounter-card": ["dimension encounter"],  # one score for each contact
    "complaint-handling": ["dimension mistakes", "dimension forbidden_phrases"],  # what must not happen
    "servqual-1988": ["dimension responsiveness", "dimension empathy"],  # the edition words these two negatively
    "servperf-1988": ["dimension responsiveness", "dimension empathy"],
}


def labels(instrument: Instrument) -> list[Label]:
    dimensions = [dimension.label for dimension in instrument.dimensions]
    items = [item.label for item in instrument.items]
    return [instrument.label, *dimensions, *items, *(anchor.label for anchor in instrument.scale.anchors)]


@every
def test_every_label_speaks_both_languages(instrument: Instrument) -> None:
    for label in labels(instrument):
        assert label.en.strip() == label.en
        assert CHINESE.search(label.zh), label
        assert not CHINESE.search(label.en), label


@every
@pytest.mark.parametrize("language", list(Language))
def test_no_two_items_say_the_same(instrument: Instrument, language: Language) -> None:
    texts = [item.label.text(language) for item in instrument.items]
    assert len(set(texts)) == len(texts)


@every
def test_both_ends_of_the_scale_have_words(instrument: Instrument) -> None:
    scale = instrument.scale
    values = [anchor.value for anchor in scale.anchors]
    assert (values[0], values[-1]) == (scale.low, scale.high)


@every
def test_keys_are_dimension_and_position(instrument: Instrument) -> None:
    for dimension in instrument.dimensions:
        expected = [f"{dimension.key}_{number}" for number in range(1, len(dimension) + 1)]
        assert [item.key for item in dimension.items] == expected


@every
def test_json_gives_an_equal_instrument(instrument: Instrument) -> None:
    again = Instrument.from_json(instrument.to_json())
    assert again == instrument
    assert again.scale.anchors == instrument.scale.anchors
    assert json.loads(instrument.to_json()) == instrument.to_dict()


@every
def test_an_instrument_is_a_word(instrument: Instrument) -> None:
    assert hash(pickle.loads(pickle.dumps(instrument))) == hash(instrument)  # noqa: S301 - our own bytes


@every
def test_lint_finds_only_what_is_explained(instrument: Instrument) -> None:
    assert [problem.place for problem in lint(instrument)] == EXPLAINED.get(instrument.name, [])


@every
def test_the_source_is_cited(instrument: Instrument) -> None:
    if instrument.name in PRACTICE:
        assert "training" in instrument.citation.casefold() + instrument.status.casefold()
    else:
        assert re.search(r"\b(19|20)\d\d, .+ (\d+\(\d+\):\d+-\d+|Ballinger|University of Chicago)", instrument.citation)


@every
def test_the_status_tells_verified_from_recalled(instrument: Instrument) -> None:
    assert "verified" in instrument.status.casefold()
    assert "Recalled" in instrument.status
    assert "our own" in instrument.status


@every
@pytest.mark.parametrize("language", list(Language))
def test_it_prints_as_a_questionnaire(instrument: Instrument, language: Language) -> None:
    text = questionnaire(instrument, language)
    assert all(text.count(item.label.text(language)) >= len(instrument.levels) for item in instrument.items)


@every
def test_its_template_has_one_column_per_level_and_item(instrument: Instrument) -> None:
    assert len(template(instrument).split(",")) == len(instrument) * len(instrument.levels)


@every
def test_perception_is_always_asked(instrument: Instrument) -> None:
    assert Level.PERCEPTION in instrument.levels
