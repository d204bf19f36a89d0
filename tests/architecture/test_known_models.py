"""Every scoring model of the library can be read back from what was saved, without being named."""

import json

import pytest
from attrs import has

from servqual import Difference, EvaluatedPerformance, Level, NormedQuality, PerformanceOnly, Weighted, quality, scoring
from servqual.quality import LevelScore, ZoneMeasure, ZoneScore, gap_models, tolerance_models, zone_models
from servqual.scoring import ScoringModel
from servqual.scoring.model_records import KNOWN, model_from_record, model_to_record

REMEDY = "put the class into KNOWN in servqual/scoring/model_records.py"


def models(*rooms: object) -> list[type]:
    """The classes among the public names of rooms that score."""
    named = {getattr(room, name) for room in rooms for name in getattr(room, "__all__", ())} - {ScoringModel}
    classes = [each for each in named if isinstance(each, type)]
    return [each for each in classes if all(hasattr(each, part) for part in ("item_scores", "bounds", "reads"))]


def test_there_are_models() -> None:
    assert {Difference, Weighted, LevelScore, ZoneScore} <= set(models(scoring, quality))


def test_all_are_known() -> None:
    unknown = sorted(model.__name__ for model in models(scoring, quality) if model not in KNOWN)
    assert not unknown, f"{unknown}: {REMEDY}"


def test_what_is_known_has_names_of_its_own_and_fields_that_can_be_listed() -> None:
    assert len({model.__name__ for model in KNOWN}) == len(KNOWN)
    assert all(has(model) for model in KNOWN)


@pytest.mark.parametrize(
    "model",
    [
        *gap_models("desired"),
        *tolerance_models("minimum", "ideal"),
        *zone_models(),
        LevelScore("perception"),
        Weighted(Difference(Level.IDEAL), points=(1, 2)),
        EvaluatedPerformance(ideal=6),
        NormedQuality(norm="desired"),
        *(model() for model in KNOWN if model not in {Weighted, LevelScore, ZoneScore}),
        Weighted(PerformanceOnly()),
        *map(ZoneScore, ZoneMeasure),
    ],
    ids=repr,
)
def test_a_model_comes_back_as_it_was(model: ScoringModel) -> None:
    assert model_from_record(json.loads(json.dumps(model_to_record(model)))) == model
