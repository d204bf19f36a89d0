"""From frames, arrays and surveys to `IndexRows`; what is wrong with them is gathered, all of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from attrs import frozen

from servqual._arrays import AnyArray, Floats
from servqual.errors import Problem, StructuralError, did_you_mean
from servqual.instruments import Level, Scale
from servqual.satisfaction.gathering import Problems, attempt
from servqual.satisfaction.indices.answers import Columns, frame_columns, indicator_columns
from servqual.satisfaction.indices.rows import Groups, IndexRows
from servqual.satisfaction.indices.structural import StructuralModel
from servqual.satisfaction.opened_sources import Opened, opened_source
from servqual.statistics import WeightKind, check_weights
from servqual.survey import Survey

Scales = Scale | Mapping[str, Scale] | None
GroupColumns = str | Sequence[str] | Mapping[str, Any] | None


@frozen(eq=False)
class Beside:
    """What is passed beside a source: columns by name, or arrays with a value for each respondent."""

    weights: Any = None
    weight_kind: WeightKind | str = WeightKind.SAMPLING
    groups: GroupColumns = None
    cluster: Any = None
    scale: Scales = None

    @property
    def only_scales(self) -> bool:
        """Whether there are no columns beside those of the model."""
        weighted = self.weights is not None or self.weight_kind is not WeightKind.SAMPLING
        return not weighted and self.groups is None and self.cluster is None


def read_rows(
    model: StructuralModel, source: Any, beside: Beside, problems: Problems, *, everybody: bool = False
) -> IndexRows | None:
    """Return the answers to a model's indicators; what is wrong is added to the problems, and None returned.

    Respondents of weight zero, and those who were not asked, are left out unless `everybody` is wanted.
    """
    before = len(problems)
    plain = frame_columns(model.indicators, source, problems) if beside.only_scales else None
    if plain is not None:
        return _plain_rows(model, *plain, beside, problems)
    found = attempt(problems, opened_source, source, model.indicators)
    if found is None:
        return None
    columns = indicator_columns(model, found, source, problems)
    ends = _ends(model, found.survey, beside.scale, problems)
    weights, kind = _weights(found, beside, problems)
    groups = _groups(found, beside.groups, problems)
    cluster = _cluster(found, beside.cluster, problems)
    if columns is not None and ends is not None and found.survey is None:
        problems += columns.off_scale(model.indicators, ends)
    if columns is None or len(problems) > before:
        return None
    rows = IndexRows(
        columns.numbers, columns.offset, weights, kind, groups, None if cluster is None else cluster.codes,
        ends, found.rows, found.backend,
    )  # fmt: skip
    if everybody:
        return rows
    rows = rows if found.survey is None or found.survey.paired else rows.taken(found.survey.asked(Level.PERCEPTION))
    return rows if rows.weights is None else rows.taken(rows.weights > 0)


def _plain_rows(
    model: StructuralModel, columns: Columns | None, backend: str, beside: Beside, problems: Problems
) -> IndexRows | None:
    """Return the rows of a frame of plain numbers, which has nothing beside them."""
    ends = _ends(model, None, beside.scale, problems)
    before = len(problems)
    if columns is not None and ends is not None:
        problems += columns.off_scale(model.indicators, ends)
    if columns is None or len(problems) > before:
        return None
    size = columns.numbers.shape[1]
    return IndexRows(columns.numbers, 0.0, None, None, {}, None, ends, size, backend)


def refuse(problems: Problems) -> None:
    """Raise where there are problems, each once."""
    if problems:
        raise StructuralError(*dict.fromkeys(problems))


def _ends(model: StructuralModel, survey: Survey | None, given: Scales, problems: Problems) -> Floats | None:
    """Return lowest and highest answers, shape (2, p); None where no scale is known."""
    if survey is not None:
        if given is not None:
            rule = "a survey is answered on the scale of its instrument"
            problems.append(Problem("scale", "given beside a survey", rule, "leave it out"))
        return np.repeat([[survey.instrument.scale.low], [survey.instrument.scale.high]],
                         len(model.indicators), axis=1)  # fmt: skip
    if given is None:
        return None
    scales = given if isinstance(given, Mapping) else dict.fromkeys(model.indicators, given)
    before = len(problems)
    for name, scale in scales.items():
        if name not in model.indicators:
            rule = "scales are those of indicators of the model"
            problems.append(Problem("scale", repr(name), rule, did_you_mean(str(name), model.indicators)))
        elif not isinstance(scale, Scale):
            problems.append(Problem("scale", repr(scale), "a scale is a Scale", "for example Scale(1, 10)"))
    absent = [name for name in model.indicators if name not in scales]
    if absent:
        rule = "each indicator has a scale, or none is given"
        problems.append(Problem("scale", f"none for {', '.join(absent[:5])}", rule, "name the scale of each"))
    if len(problems) > before:
        return None
    return np.array([[scales[name].low, scales[name].high] for name in model.indicators]).T


def _weights(source: Opened, beside: Beside, problems: Problems) -> tuple[Floats | None, WeightKind | None]:
    if source.survey is not None:
        if beside.weights is not None:
            rule = "a survey has its own weights"
            problems.append(Problem("weights", "given beside a survey", rule, "read the survey with weights=…"))
        return source.weights, source.kind
    kind = attempt(problems, WeightKind, beside.weight_kind)
    if beside.weights is None:
        if kind is WeightKind.FREQUENCY:
            problems.append(Problem("weight_kind", str(kind), "it says what weights mean", "pass weights= too"))
        return None, None
    values = _column(source, "weights", beside.weights, problems)
    if values is None or kind is None:
        return None, None
    checked = attempt(problems, check_weights, values, kind)
    return checked, None if checked is None else kind


def _column(source: Opened, role: str, given: Any, problems: Problems) -> AnyArray | None:
    """Return a column by its name, or values as they are, one for each respondent."""
    if isinstance(given, str):
        if given not in source.names:
            rule = f"the {source.what} has no such column"
            problems.append(Problem(role, f"no {given!r}", rule, did_you_mean(given, source.names)))
            return None
        return source.read(given)
    values = np.asarray(given)
    if values.shape != (source.rows,):
        rule = f"it has one value for each of {source.rows} respondents"
        problems.append(Problem(role, f"an array of shape {values.shape}", rule))
        return None
    return values


def _groups(source: Opened, given: GroupColumns, problems: Problems) -> dict[str, Groups]:
    if given is None:
        return {}
    wanted = (
        given if isinstance(given, Mapping) else {name: name for name in ([given] if isinstance(given, str) else given)}
    )
    found = {name: _coded(source, "groups", name, values, problems) for name, values in wanted.items()}
    return {name: each for name, each in found.items() if each is not None}


def _cluster(source: Opened, given: Any, problems: Problems) -> Groups | None:
    if source.survey is not None:
        if given is not None:
            rule = "a survey has its own clusters"
            problems.append(Problem("cluster", "given beside a survey", rule, "read the survey with cluster=…"))
        return None if source.clusters is None else Groups("cluster", *source.clusters)
    if given is None:
        return None
    found = _coded(source, "cluster", "cluster", given, problems)
    if found is not None and None in found.labels:
        count = int((found.codes == found.labels.index(None)).sum())
        rule, remedy = "everybody belongs to a cluster", "give each a cluster of its own, or leave them out"
        problems.append(Problem("cluster", f"{count} respondents without a label", rule, remedy))
    return found


def _coded(source: Opened, role: str, name: str, given: Any, problems: Problems) -> Groups | None:
    if isinstance(given, str):
        known = [*source.survey.groups] if isinstance(source.survey, Survey) else source.names
        if given not in known:
            rule = (
                "it is a column that the survey was read with as groups"
                if source.survey
                else "the data has no such column"
            )
            problems.append(Problem(role, f"no {given!r}", rule, did_you_mean(given, known)))
            return None
        coded = attempt(problems, source.coded, given)
    else:
        values = _column(source, role, given, problems)
        coded = None if values is None else attempt(problems, opened_source({name: values}).coded, name)
    return None if coded is None else Groups(name, np.asarray(coded[0]), tuple(coded[1]))
