"""Arrays of respondents × items."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import attrs
import numpy as np
import numpy.typing as npt
from attrs import field, frozen

from servqual._arrays import AnyArray
from servqual.columns import asked_levels
from servqual.errors import Problem
from servqual.instruments import Instrument, Level
from servqual.intake.cell_faults import Cell
from servqual.intake.coded import Intake, no_answers
from servqual.intake.sides import (
    SurveyParts,
    array_of,
    check_idle,
    check_lengths,
    check_some_answers,
    checked_cluster,
    checked_importance,
    checked_keys,
    checked_weights,
    grouping_of,
    refuse,
)
from servqual.ratings import Importance
from servqual.statistics.weights import WeightKind


@frozen(kw_only=True, eq=False)
class Beside:
    """What may come beside matrices of answers; see `Survey.from_arrays`.

    `part` says that they are a part of a whole, in which others may have answered a level and have a weight.
    """

    weights: npt.ArrayLike | None = None
    weight_kind: WeightKind = field(default=WeightKind.SAMPLING, converter=WeightKind)
    groups: Mapping[str, npt.ArrayLike] | None = None
    cluster: npt.ArrayLike | None = None
    importance: npt.ArrayLike | Importance | None = None
    renormalise: bool = False
    missing: Collection[float] = field(default=(), converter=no_answers)
    already_reversed: bool = False
    key: npt.ArrayLike | None = None
    part: bool = False


_OPTIONS = tuple(name for name in attrs.fields_dict(Beside) if name != "part")


def read_matrices(instrument: Instrument, levels: Mapping[str, npt.ArrayLike | None], beside: Beside) -> SurveyParts:
    """Return the parts of the survey that matrices hold, or raise everything that is wrong with them at once."""
    problems: list[Problem] = []
    check_idle(beside, problems)
    answered = {level: given for level, given in levels.items() if given is not None}
    if not answered:
        rule = "a survey holds the answers to at least one level"
        refuse([Problem("answers", "none", rule, "from_arrays(instrument, perception=…)")])
    asked = asked_levels(instrument, dict.fromkeys(answered, ""), problems, (*_OPTIONS, "inverted_ok"))
    arrays = {level: array_of(level, answered[level], problems) for level in asked}
    matrices = {level: given for level, given in arrays.items() if given is not None}
    for level, given in matrices.items():
        if given.ndim != 2 or given.shape[1] != len(instrument):
            rule = f"answers are a matrix (respondents, {len(instrument)} items)"
            problems.append(Problem(str(level), f"shape {given.shape}", rule, "transpose it if items are rows"))
    sides = {name: array_of(name, given, problems) for name, given in _sides(beside).items()}
    lengths = {str(level): len(given) for level, given in matrices.items()}
    lengths |= {name: len(given) for name, given in sides.items() if given is not None}
    check_lengths(lengths, problems)
    refuse(problems)
    parts = _parts(instrument, matrices, beside, problems)
    refuse(problems)
    return parts


def _sides(beside: Beside) -> dict[str, npt.ArrayLike]:
    given = {"weights": beside.weights, "cluster": beside.cluster, "importance": _weights_of(beside.importance)}
    given["key"] = beside.key
    groups = {f"groups {name!r}": labels for name, labels in (beside.groups or {}).items()}
    return {name: values for name, values in given.items() if values is not None} | groups


def _weights_of(importance: npt.ArrayLike | Importance | None) -> npt.ArrayLike | None:
    return importance.values if isinstance(importance, Importance) else importance


def _parts(
    instrument: Instrument, matrices: Mapping[Level, AnyArray], beside: Beside, problems: list[Problem]
) -> SurveyParts:
    intake = Intake(instrument, beside.missing, {}, beside.already_reversed, problems=problems)
    cells = {}
    for level, given in matrices.items():
        items = [Cell(level, key) for key in instrument.item_keys]
        cells[level] = [(cell, intake.numeric(cell, column)) for cell, column in zip(items, given.T, strict=True)]
    answers = intake.coded(cells)
    check_some_answers(answers, problems, part=beside.part)
    weights = importance = None
    if beside.weights is not None:
        weights = checked_weights(np.asarray(beside.weights), beside.weight_kind, problems, part=beside.part)
    if beside.importance is not None:
        values = np.asarray(_weights_of(beside.importance))
        over = beside.importance.over if isinstance(beside.importance, Importance) else None
        importance = checked_importance(
            instrument, values, problems, missing=beside.missing, renormalise=beside.renormalise, over=over
        )
    groups = {name: grouping_of(name, labels) for name, labels in (beside.groups or {}).items()}
    cluster = None if beside.cluster is None else checked_cluster(grouping_of("cluster", beside.cluster), problems)
    key = None if beside.key is None else checked_keys(beside.key, problems)
    return SurveyParts(answers, weights, beside.weight_kind, groups, cluster, importance, key=key)
