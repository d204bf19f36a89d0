"""A user's own model, not linear, through the engine, beside the same formula written over whole arrays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
from attrs import frozen

import servqual as sq
from benchmarks.rounds import interleaved
from benchmarks.rows import OURS, Goal, Row, compared, size
from benchmarks.studies import ITEMS, PARTS, Study

WHOLE, FROM_CODES, DOUBLE = "whole arrays, float32", "whole arrays, float32, from codes", "whole arrays, float64"
GOALS = {WHOLE: Goal(most=2)}

Floats = npt.NDArray[np.floating[Any]]


@frozen
class LogRatio:
    """How many times as good as expected, in doublings: log2(P / E)."""

    @property
    def reads(self) -> frozenset[sq.Level]:
        return frozenset({sq.Level.PERCEPTION, sq.Level.EXPECTATION})

    def item_scores(self, answers: Any, /) -> Floats:
        scores: Floats = np.log2(answers[sq.Level.PERCEPTION] / answers[sq.Level.EXPECTATION])
        return scores

    def bounds(self, scale: sq.Scale, /) -> tuple[float, float]:
        widest = float(np.log2(scale.high / scale.low))
        return -widest, widest


def whole_arrays(perceptions: Floats, expectations: Floats) -> list[Floats]:
    """Return dimension and overall scores of matrices (respondents, items), all at once."""
    scores = np.log2(perceptions / expectations)
    dimensions = [scores[:, part].mean(axis=1) for part in PARTS]
    return [*dimensions, np.mean(dimensions, axis=0)]


def rows(respondents: int, rounds: int) -> list[Row]:
    """Return what was measured with complete answers, then with missing ones."""
    return [row for missing in (False, True) for row in _case(respondents, rounds, missing=missing)]


def _case(respondents: int, rounds: int, *, missing: bool) -> list[Row]:
    study = Study.of(respondents, missing=missing)
    survey = study.survey
    out = np.empty((respondents, len(PARTS) + 1), np.float32, order="F")
    contenders: dict[str, Callable[[], Any]] = {
        OURS: lambda: sq.score(survey, LogRatio(), min_answered=1, out=out),
        WHOLE: ready(study, np.float32),
        FROM_CODES: lambda: whole_arrays(*(_floats(study, part, np.float32) for part in _levels())),
        DOUBLE: ready(study, np.float64),
    }
    contenders[OURS]()
    np.testing.assert_allclose(out, np.column_stack(contenders[WHOLE]()), rtol=0, atol=1e-5)
    answers = "with NaN" if missing else "complete"
    return compared(
        f"user's model, {size(respondents)}, {answers}", interleaved(contenders, rounds), GOALS, bounds=[WHOLE]
    )


def ready(study: Study, dtype: type[np.floating[Any]]) -> Callable[[], list[Floats]]:
    """Return the formula over matrices that were floats before the clock started."""
    perceptions, expectations = (_floats(study, part, dtype) for part in _levels())
    return lambda: whole_arrays(perceptions, expectations)


def _levels() -> tuple[slice, slice]:
    return slice(0, ITEMS), slice(ITEMS, 2 * ITEMS)


def _floats(study: Study, part: slice, dtype: type[np.floating[Any]]) -> Floats:
    values = study.answers[part].astype(dtype)
    if study.gaps is not None:
        np.copyto(values, np.nan, where=study.gaps[part])
    return values.T
