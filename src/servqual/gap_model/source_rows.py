"""From a survey or a frame to rows with one score per dimension."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from servqual import _frames
from servqual._arrays import Floats
from servqual.errors import GapModelError, Problem, ServqualError, did_you_mean
from servqual.gap_model.sheets import Sheets
from servqual.gap_model.source_checks import refuse
from servqual.instruments import Level, Scale
from servqual.intake import Grouping
from servqual.scoring import score
from servqual.scoring.level_score import LevelScore
from servqual.survey import Survey


def sheets_of_survey(survey: Survey, level: Level, min_answered: float) -> Sheets:
    """Return the dimension scores of all respondents at one level."""
    if not isinstance(survey, Survey):
        rule, remedy = "it is a Survey", "for a frame of records use Source.from_records"
        raise GapModelError(Problem("survey", f"a {type(survey).__name__}", rule, remedy))
    survey.level(level)
    scores = score(survey, LevelScore(level), min_answered=min_answered, dtype=np.float64)
    # where different people answered the levels, those of another level are not the same rows
    origin = survey if survey.paired else object()
    kind = None if survey.weights is None else survey.weight_kind
    return Sheets(scores.dimensions, origin, survey.weights, kind, survey.cluster, dict(survey.groups))


def sheets_of_records(
    frame: Any, columns: Mapping[str, str], scale: Scale, groups: Sequence[str], cluster: str | None
) -> Sheets:
    """Return records as rows; all that is wrong with them is told at once."""
    if isinstance(groups, str):
        raise GapModelError(Problem("groups", repr(groups), "columns are a list", f"groups=[{groups!r}]"))
    try:
        opened = _frames.opened(frame)
    except ServqualError as error:
        raise GapModelError(*error.problems) from error
    problems: list[Problem] = []
    wanted = [*columns.values(), *groups, *([] if cluster is None else [cluster])]
    absent = [name for name in dict.fromkeys(wanted) if name not in opened.columns]
    problems += [
        Problem("columns", f"no {name!r}", "the frame has no such column", did_you_mean(str(name), opened.columns))
        for name in absent
    ]
    values = [_numbers(opened, key, name, scale, problems) for key, name in columns.items() if name not in absent]
    within = None
    if cluster is not None and cluster not in absent:
        within = Grouping(cluster, *_frames.factorised(opened, cluster))
        problems += [
            Problem(f"cluster {cluster}", "rows without a label", "every row belongs to a cluster")
            for label in within.labels
            if label is None
        ]
    refuse(problems)
    held = {name: Grouping(name, *_frames.factorised(opened, name)) for name in groups}
    return Sheets(np.stack(values, axis=1) if values else np.empty((len(opened), 0)), frame, None, None, within, held)


def _numbers(frame: Any, key: str, name: str, scale: Scale, problems: list[Problem]) -> Floats:
    given = _frames.numbers(frame, name)
    place = f"column {name}" if key == name else f"column {name} (dimension {key})"
    if not _frames.is_numeric(given):
        problems.append(Problem(place, "no numbers", "records hold a number for each dimension, or nothing"))
        return np.full(len(given), np.nan)
    values = given.astype(np.float64)
    off = np.flatnonzero((values < scale.low) | (values > scale.high))
    if off.size:
        shown = ", ".join(f"row {row} = {values[row]:g}" for row in off[:3].tolist()) + (", …" if off.size > 3 else "")
        remedy = "name the scale that they are on, and use rescaled()"
        problems.append(Problem(place, f"{off.size} off the scale: {shown}", f"values lie on {scale}", remedy))
    return values
