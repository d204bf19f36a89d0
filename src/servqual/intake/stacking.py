"""Surveys of different people, stacked into one: each level from its own sample."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

import numpy as np

from servqual._arrays import Floats
from servqual.answers import LevelAnswers
from servqual.errors import Problem, SurveyError
from servqual.instruments import Instrument, Level
from servqual.intake.coded import Grouping
from servqual.intake.sides import SurveyParts
from servqual.statistics.weights import WeightKind


class Sample(Protocol):
    """What stacking needs of a survey."""

    @property
    def instrument(self) -> Instrument: ...
    @property
    def answers(self) -> Mapping[Level, LevelAnswers]: ...
    @property
    def weights(self) -> Floats | None: ...
    @property
    def weight_kind(self) -> WeightKind: ...
    @property
    def groups(self) -> Mapping[str, Grouping]: ...
    @property
    def cluster(self) -> Grouping | None: ...
    @property
    def backend(self) -> str: ...
    def __len__(self) -> int: ...


def stacked(surveys: Mapping[str, Sample]) -> SurveyParts:
    """Return the parts of one survey whose levels come from different surveys, each named for the level it gives."""
    _refuse_unlike(surveys)
    first = next(iter(surveys.values()))
    sizes = [len(survey) for survey in surveys.values()]
    answers = {
        Level(level): _spread(survey.answers[Level(level)], sum(sizes[:place]), sum(sizes))
        for place, (level, survey) in enumerate(surveys.items())
    }
    every = list(surveys.values())
    weights = None if first.weights is None else np.concatenate([each.weights for each in every])  # type: ignore[misc]
    shared = [name for name in first.groups if all(name in each.groups for each in every)]
    groups = {name: _joined(name, [each.groups[name] for each in every]) for name in shared}
    clusters = [each.cluster for each in every if each.cluster is not None]
    cluster = _joined(clusters[0].name, clusters) if len(clusters) == len(every) else None
    return SurveyParts(answers, weights, first.weight_kind, groups, cluster, None, first.backend)


def _refuse_unlike(surveys: Mapping[str, Sample]) -> None:
    first = next(iter(surveys.values()))
    problems = []
    for level, survey in surveys.items():
        if survey.instrument.items != first.instrument.items or survey.instrument.scale != first.instrument.scale:
            problems.append(Problem(level, f"items of {survey.instrument.name!r}", "all surveys ask the same items on one scale"))
        kinds = {None if each.weights is None else each.weight_kind for each in (survey, first)}
        if len(kinds) > 1:
            problems.append(Problem(level, "other weights", "either all surveys have weights of one kind, or none has"))
        if level not in set(Level) or Level(level) not in survey.answers:
            held = ", ".join(survey.answers)
            problems.append(Problem(level, f"a survey of {held}", "each survey gives the level that it is named for"))
    if problems:
        raise SurveyError(*problems)


def _spread(given: LevelAnswers, before: int, rows: int) -> LevelAnswers:
    codes = np.full((len(given.codes), rows), given.book.missing, given.codes.dtype)
    codes[:, before : before + len(given)] = given.codes
    return LevelAnswers(codes, np.ones(len(codes), np.bool_), given.book)


def _joined(name: str, groupings: list[Grouping]) -> Grouping:
    labels: dict[Any, int] = {}
    codes = []
    for grouping in groupings:
        places = [labels.setdefault(label, len(labels)) for label in grouping.labels]
        codes.append(np.asarray(places, np.int32)[grouping.codes])
    return Grouping(name, np.concatenate(codes), list(labels))
