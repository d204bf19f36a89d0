"""A Kano study in a data frame."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from attrs import frozen

from servqual import _frames
from servqual.columns import Columns
from servqual.errors import KanoError, Problem, SurveyError
from servqual.satisfaction.delight.coding import Coding, KanoCoding, check_kano
from servqual.satisfaction.delight.columns import HALVES, Features, PairedColumns, paired_columns
from servqual.satisfaction.delight.intake import (
    KanoParts,
    coded_pairs,
    in_words,
    read_groups,
    read_importance,
    read_weights,
)
from servqual.satisfaction.delight.words import KanoAnswer
from servqual.satisfaction.gathering import Problems
from servqual.statistics import WeightKind


@frozen(eq=False)
class FrameAsk:
    """What is said of a frame; see `KanoStudy.from_frame`. `columns` are those of both halves."""

    features: Features | None
    columns: Mapping[str, Columns]
    coding: Coding
    words: Mapping[str, KanoAnswer | str] | None
    missing: float | str | Collection[float | str]
    groups: Sequence[str] | str
    weights: str | None
    weight_kind: WeightKind | str
    importance: Columns | None


def framed(frame: Any, ask: FrameAsk) -> tuple[KanoParts, tuple[Problem, ...]]:
    """Return the parts of a study that a frame holds, and patterns that stop before the columns do.

    Raises
    ------
    KanoError
        Everything that is wrong with it, at once.
    """
    try:
        known = _frames.opened(frame)
    except SurveyError as error:
        raise KanoError(*map(in_words, error.problems)) from error
    problems: Problems = []
    coding = KanoCoding.of(ask.coding, ask.words, ask.missing, problems)
    paired = paired_columns(known.columns, ask.features, ask.columns, problems)
    groups = read_groups(known, ask.groups, problems)
    weights = read_weights(known, ask.weights, ask.weight_kind, problems)
    if paired is None:
        raise KanoError(*dict.fromkeys(problems))
    importance = read_importance(known, ask.importance, paired.instrument, coding.missing, problems)
    pairs = coded_pairs(_columns(known, paired), coding, problems)
    check_kano(problems)
    kind = WeightKind(ask.weight_kind)
    parts = KanoParts(paired.instrument, pairs, weights, kind, groups, importance, _frames.backend_of(frame))
    return parts, paired.overlooked


def _columns(frame: Any, paired: PairedColumns) -> dict[str, list[tuple[str, Any]]]:
    return {
        half: [(f"column {name}", _frames.numbers(frame, name)) for name in getattr(paired, half)] for half in HALVES
    }
