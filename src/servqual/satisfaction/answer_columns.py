"""Columns of answers with their weights and clusters, checked where they enter: what readings of drivers share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from attrs import evolve, frozen

from servqual._arrays import AnyArray, Floats, Ints
from servqual.errors import DriverError, Problem, did_you_mean
from servqual.instruments import Scale
from servqual.labels import Label, as_label
from servqual.satisfaction.gathering import Problems, attempt
from servqual.satisfaction.opened_sources import Opened, is_numbers, opened_source
from servqual.statistics import WeightKind, check_weights
from servqual.statistics.resampled_sums import Respondents

# columns that are not there, told one by one
_MANY = 4


@frozen(eq=False)
class Beside:
    """What was passed beside the columns: weights and clusters, by the name of a column or as arrays, and labels."""

    weights: Any = None
    weight_kind: WeightKind | str = WeightKind.SAMPLING
    cluster: Any = None
    labels: Mapping[str, Label | str] | None = None


@frozen(eq=False)
class AnswerColumns:
    """Some columns of respondents who count.

    Attributes
    ----------
    names, labels
        What the columns are called.
    values
        Shape (rows, columns), NaN where there is no answer.
    people
        What respondents count, and who are drawn together.
    scale
        Of the answers, where that is known.
    rows
        Respondents in the source, those of weight zero as well.
    """

    names: tuple[str, ...]
    labels: tuple[Label, ...]
    values: Floats
    people: Respondents
    scale: Scale | None
    backend: str
    rows: int

    def complete(self) -> AnswerColumns:
        """Return the respondents who answered all of the columns."""
        return self.taken(np.asarray(~np.isnan(self.values).any(axis=1)))

    def taken(self, kept: AnyArray) -> AnswerColumns:
        """Return some of the respondents, by a mask."""
        people = self.people
        weights = None if people.weights is None else people.weights[kept]
        clusters = None if people.clusters is None else np.unique(people.clusters[kept], return_inverse=True)[1]
        there = Respondents(int(kept.sum()), weights, people.kind, clusters)
        return evolve(self, values=self.values[kept], people=there)

    def columns(self, names: Iterable[str]) -> Floats:
        """Return some columns, shape (rows, names)."""
        return self.values[:, [self.names.index(name) for name in names]]

    @property
    def respondents(self) -> float:
        """How many respondents there are; frequencies by their sum."""
        weights = self.people.weights
        return (
            float(weights.sum())
            if self.people.kind is WeightKind.FREQUENCY and weights is not None
            else len(self.values)
        )


def refuse(problems: Problems) -> None:
    """Raise where there are problems, each once."""
    if problems:
        raise DriverError(*dict.fromkeys(problems))


def is_finite(value: object) -> bool:
    """Return whether something is one finite number; truth values are none."""
    return isinstance(value, int | float | np.number) and not isinstance(value, bool) and bool(np.isfinite(value))


def open_source(source: Any, names: Sequence[str] = ()) -> Opened:
    """Return what a source holds, by `opened_source`.

    Raises
    ------
    DriverError
        What is no source.
    """
    problems: Problems = []
    found = attempt(problems, opened_source, source, names)
    if found is None:
        raise DriverError(*problems)
    return found


def read_columns(source: Opened, wanted: Mapping[str, Any], beside: Beside, problems: Problems) -> AnswerColumns | None:
    """Return columns by name, with weights and clusters; what is wrong is added to the problems, and None returned.

    Parameters
    ----------
    source
        What is opened.
    wanted
        Name → None for a column of that name, or the values themselves, (rows,).
    beside
        Weights, clusters and labels.
    """
    before = len(problems)
    problems += _absent(source, [name for name, values in wanted.items() if values is None])
    columns = [
        _there(source, name, problems) if values is None else _given(source, name, values, problems)
        for name, values in wanted.items()
    ]
    weights, kind = _weights(source, beside, problems)
    clusters = _clusters(source, beside, problems)
    labels = _labels(source, list(wanted), beside.labels, problems)
    if len(problems) > before:
        return None
    table = np.column_stack([each for each in columns if each is not None])
    people = Respondents(source.rows, weights, kind, clusters)
    made = AnswerColumns(tuple(wanted), labels, table, people, source.scale, source.backend, source.rows)
    return made if weights is None else made.taken(weights > 0)


def _absent(source: Opened, names: Sequence[str]) -> Problems:
    """Return one problem for each name that no column has, or one for many."""
    absent = [name for name in names if name not in source.names]
    rule = f"the {source.what} has no such column"
    if len(absent) > _MANY:
        found = f"no {', '.join(map(repr, absent[:_MANY]))}, … ({len(absent)} in all)"
        return [Problem("columns", found, rule, did_you_mean(str(absent[0]), source.names))]
    return [Problem("columns", f"no {name!r}", rule, did_you_mean(str(name), source.names)) for name in absent]


def _there(source: Opened, name: str, problems: Problems) -> Floats | None:
    """Return a column of the source; what is not there was told already."""
    if name not in source.names:
        return None
    values = attempt(problems, source.read, name)
    return None if values is None else _numbers(name, values, problems)


def _given(source: Opened, name: str, values: Any, problems: Problems) -> Floats | None:
    array = np.asarray(values)
    if array.shape != (source.rows,):
        rule = f"it has one number for each of {source.rows} respondents"
        problems.append(Problem(name, f"an array of shape {array.shape}", rule))
        return None
    return _numbers(name, array, problems)


def _numbers(name: str, values: AnyArray, problems: Problems) -> Floats | None:
    if not is_numbers(values):
        texts = [repr(each)[:30] for each in dict.fromkeys(values.tolist()) if not isinstance(each, int | float)]
        found = f"no numbers but {', '.join(texts[:3])}{', …' if len(texts) > 3 else ''}"
        problems.append(Problem(f"column {name}", found, "answers are numbers", "code words as numbers first"))
        return None
    numbers = values.astype(np.float64)
    if np.isinf(numbers).any():
        found = f"{int(np.isinf(numbers).sum())} infinite"
        problems.append(Problem(f"column {name}", found, "answers are finite", "write NaN where there is none"))
        return None
    return numbers


def _weights(source: Opened, beside: Beside, problems: Problems) -> tuple[Floats | None, WeightKind | None]:
    if source.survey is not None:
        if beside.weights is not None:
            rule = "a survey has its own weights"
            problems.append(Problem("weights", "given beside a survey", rule, "read the survey with weights=…"))
        return source.weights, source.kind
    if beside.weights is None:
        return None, None
    kind = attempt(problems, WeightKind, beside.weight_kind)
    values = beside.weights
    if isinstance(values, str):
        problems += _absent(source, [values])
        found = _there(source, values, problems)
    else:
        found = _given(source, "weights", values, problems)
    if kind is None or found is None:
        return None, None
    return attempt(problems, check_weights, found, kind), kind


def _clusters(source: Opened, beside: Beside, problems: Problems) -> Ints | None:
    if source.survey is not None:
        if beside.cluster is not None:
            rule = "a survey has its own clusters"
            problems.append(Problem("cluster", "given beside a survey", rule, "read the survey with cluster=…"))
        return None if source.clusters is None else _without_gaps(*source.clusters, problems)
    if beside.cluster is None:
        return None
    if isinstance(beside.cluster, str) and beside.cluster not in source.names:
        remedy = did_you_mean(beside.cluster, source.names)
        problems.append(Problem("cluster", f"no {beside.cluster!r}", "the data has no such column", remedy))
        return None
    opened = (
        source if isinstance(beside.cluster, str) else attempt(problems, opened_source, {"cluster": beside.cluster})
    )
    if opened is None:
        return None
    if opened.rows != source.rows:
        rule = f"each of {source.rows} respondents has one"
        problems.append(Problem("cluster", f"{opened.rows} labels", rule))
        return None
    found = attempt(problems, opened.coded, beside.cluster if isinstance(beside.cluster, str) else "cluster")
    return None if found is None else _without_gaps(*found, problems)


def _without_gaps(codes: Ints, labels: tuple[Any, ...], problems: Problems) -> Ints | None:
    if labels and labels[-1] is None:
        absent = int((codes == len(labels) - 1).sum())
        rule = "every respondent belongs to a cluster"
        problems.append(Problem("cluster", f"{absent} respondents without one", rule, "leave them out first"))
        return None
    if len(labels) < 2:
        problems.append(Problem("cluster", f"{len(labels)} cluster", "clusters that are drawn are two or more"))
        return None
    return np.unique(codes, return_inverse=True)[1]


def _labels(
    source: Opened, names: list[str], given: Mapping[str, Label | str] | None, problems: Problems
) -> tuple[Label, ...]:
    known = {**source.labels, **(given or {})}
    for name in given or {}:
        if name not in names:
            rule = "labels are those of columns that are read"
            problems.append(Problem("labels", f"no {name!r}", rule, did_you_mean(name, names)))
    return tuple(as_label(known.get(name, name)) for name in names)
