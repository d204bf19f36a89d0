"""Samples of different people, stacked into one survey: each level from its own sample."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from servqual._frames.labels import ranked
from servqual.answers import LevelAnswers
from servqual.errors import Problem, SurveyError
from servqual.instruments import Instrument, Level
from servqual.intake.coded import Grouping
from servqual.intake.sides import SurveyParts

Sample = tuple[Instrument, SurveyParts]


def stacked(samples: Mapping[str, Sample]) -> Sample:
    """Return the instrument and parts of one survey whose levels come from different samples, named for their levels.

    Raises
    ------
    SurveyError
        Samples of other items or with other weights, or without the level that they are named for; all at once.
    """
    if not samples:
        raise SurveyError(Problem("unpaired", "no surveys", "each level has its own", "perception=…, expectation=…"))
    problems = list(_differences(samples))
    if problems:
        raise SurveyError(*problems)
    instrument, first = next(iter(samples.values()))
    parts = [each for _, each in samples.values()]
    sizes = [each.rows for each in parts]
    answers = {
        Level(level): _spread(part.answers[Level(level)], sum(sizes[:place]), sum(sizes))
        for place, (level, (_, part)) in enumerate(samples.items())
    }
    weights = [each.weights for each in parts if each.weights is not None]
    shared = [name for name in first.groups if all(name in each.groups for each in parts)]
    groups = {name: _joined(name, [each.groups[name] for each in parts]) for name in shared}
    clusters = [each.cluster for each in parts if each.cluster is not None]
    cluster = _joined(clusters[0].name, clusters) if len(clusters) == len(parts) else None
    joint = np.concatenate(weights) if weights else None
    keys = [each.key for each in parts if each.key is not None]
    key = np.concatenate(keys) if len(keys) == len(parts) else None
    return instrument, SurveyParts(answers, joint, first.weight_kind, groups, cluster, None, first.backend, key)


def _differences(samples: Mapping[str, Sample]) -> Iterator[Problem]:
    model, first = next(iter(samples.values()))
    for level, (instrument, parts) in samples.items():
        if (instrument.dimensions, instrument.scale) != (model.dimensions, model.scale):
            yield Problem(level, f"items of {instrument.name!r}", "all surveys ask the same items on one scale")
        kinds = {None if each.weights is None else each.weight_kind for each in (parts, first)}
        if len(kinds) > 1:
            yield Problem(level, "other weights", "either all surveys have weights of one kind, or none has")
        if (parts.cluster is None) != (first.cluster is None):
            yield Problem(level, "clusters on one side only", "either all surveys have clusters, or none has")
        if parts.importance is not None:
            yield Problem(
                level, "importance", "one level alone cannot be weighted by it", "read it without importance="
            )
        if level not in set(Level) or Level(level) not in parts.answers:
            held = ", ".join(parts.answers)
            yield Problem(level, f"a survey of {held}", "each survey gives the level that it is named for")


def _spread(given: LevelAnswers, before: int, rows: int) -> LevelAnswers:
    codes = np.full((len(given.codes), rows), given.book.missing, given.codes.dtype)
    codes[:, before : before + len(given)] = given.codes
    return LevelAnswers(codes, np.ones(len(codes), np.bool_), given.book)


def _joined(name: str, groupings: Sequence[Grouping]) -> Grouping:
    labels: dict[Any, int] = {}
    codes = []
    for grouping in groupings:
        places = [labels.setdefault(label, len(labels)) for label in grouping.labels]
        codes.append(np.asarray(places, np.int32)[grouping.codes])
    ranks, known = ranked(list(labels))
    joint = ranks[np.concatenate(codes)]
    return Grouping(name, joint, (*known, None) if None in labels else known)
