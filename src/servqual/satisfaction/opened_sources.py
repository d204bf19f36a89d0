"""Where answers come from: frames, arrays by name and surveys, each as columns that can be asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from attrs import field, frozen

from servqual._arrays import AnyArray, Floats, Ints
from servqual._frames import backend_of, factorised, has_truths, is_numeric, numbers, opened, truths_in
from servqual._frames.labels import as_labels, ranked
from servqual.errors import Problem, SurveyError
from servqual.instruments import Level, Scale
from servqual.labels import Label
from servqual.scoring import Summary
from servqual.scoring.rules import Rules
from servqual.statistics import WeightKind
from servqual.survey import Survey

NEEDED = 0.5
_OVERALL = "overall"


@frozen(eq=False)
class Opened:
    """Columns that can be read by name, and what comes with them.

    Attributes
    ----------
    rows
        Respondents.
    names
        What can be read.
    read
        Name → values (rows,): numbers, NaN where there is none, or Python values.
    coded
        Name → the position of each row's label among the sorted ones, and the labels; None is a missing one.
    truths
        Name → whether truth values are in the column; a survey has none.
    labels
        What names are called, where that is known.
    weights, kind, clusters
        What a survey brings along; clusters as positions of labels.
    scale
        Of the answers, where that is known.
    survey
        The survey itself, where it is one.
    """

    rows: int
    names: tuple[str, ...]
    read: Callable[[str], AnyArray]
    coded: Callable[[str], tuple[Ints, tuple[Any, ...]]]
    truths: Callable[[str], bool] = field(default=lambda _: False)
    labels: Mapping[str, Label] = field(factory=dict)
    weights: Floats | None = None
    kind: WeightKind | None = None
    clusters: tuple[Ints, tuple[Any, ...]] | None = None
    scale: Scale | None = None
    backend: str = "pandas"
    survey: Survey | None = None

    @property
    def what(self) -> str:
        """What it is called in messages."""
        return "survey" if self.survey is not None else "data"


def opened_source(source: Any, names: Sequence[str] = ()) -> Opened:
    """Return what a source holds: a `Survey`, a mapping name → values, an array (rows, columns), or a frame.

    Parameters
    ----------
    source
        Where answers come from.
    names
        What the columns of an array are called.

    Raises
    ------
    SurveyError
        What is none of these, or columns of unequal length; a summary, which holds nobody's answers.
    """
    if isinstance(source, Summary):
        rule = "it reads answers respondent by respondent, which sums do not hold"
        remedy = "pass the survey, or a frame; nps_from_counts and csat_from_counts take counts of summary.tallies()"
        raise SurveyError(Problem("source", "a Summary", rule, remedy))
    if isinstance(source, Survey):
        return _of_survey(source)
    if isinstance(source, Mapping):
        return _of_columns({str(name): values for name, values in source.items()})
    if isinstance(source, np.ndarray | list | tuple):
        return _of_columns(_named(np.asarray(source), names))
    frame = opened(source)
    return Opened(
        len(frame),
        tuple(frame.columns),
        lambda name: numbers(frame, name),
        lambda name: factorised(frame, name),
        lambda name: has_truths(frame, name),
        backend=backend_of(source),
    )


def _named(table: AnyArray, names: Sequence[str]) -> dict[str, AnyArray]:
    if table.ndim != 2 or table.shape[1] != len(names):
        found = f"an array of shape {table.shape} for {len(names)} names"
        rule = "an array has a row for each respondent and a column for each name"
        raise SurveyError(Problem("source", found, rule, "name its columns in their order"))
    return dict(zip(names, table.T, strict=True))


def _values(values: Any) -> AnyArray:
    """Return a column as an array; numbers beside None as real numbers."""
    given = np.asarray(values)
    if given.dtype != object:
        return given
    plain = [np.nan if each is None else each for each in given.ravel().tolist()]
    alike = all(isinstance(each, int | float) for each in plain)
    return np.array(plain, np.float64).reshape(given.shape) if alike else given


def _of_columns(given: Mapping[str, Any]) -> Opened:
    columns = {name: _values(values) for name, values in given.items()}
    shapes = {name: values.shape for name, values in columns.items()}
    if not columns or len(set(shapes.values())) > 1 or any(len(shape) != 1 for shape in shapes.values()):
        found = ", ".join(f"{name} {shape}" for name, shape in list(shapes.items())[:5]) or "no columns"
        raise SurveyError(Problem("source", found, "columns are arrays of one axis and one length"))

    def coded(name: str) -> tuple[Ints, tuple[Any, ...]]:
        codes, known = ranked(as_labels(name, columns[name].tolist()))
        return codes, (*known, None) if codes.size and codes.max() == len(known) else known

    rows = next(iter(shapes.values()))[0]
    return Opened(rows, tuple(columns), lambda name: columns[name], coded, lambda name: truths_in(given[name]))


def _of_survey(survey: Survey) -> Opened:
    instrument, cluster = survey.instrument, survey.cluster
    labels = {each.key: each.label for each in instrument.items}
    labels |= {each.key: each.label for each in instrument.dimensions}
    labels[_OVERALL] = Label("overall", "总体")
    groups = [name for name, each in survey.groups.items() if not any(isinstance(label, str) for label in each.labels)]
    names = (*instrument.dimension_keys, *instrument.item_keys, _OVERALL, *groups)
    return Opened(
        len(survey),
        tuple(dict.fromkeys(names)),
        lambda name: _of_level(survey, name),
        lambda name: (survey.grouping(name).codes, survey.grouping(name).labels),
        labels=labels,
        weights=survey.weights,
        kind=None if survey.weights is None else survey.weight_kind,
        clusters=None if cluster is None else (cluster.codes, cluster.labels),
        scale=instrument.scale,
        backend=survey.backend,
        survey=survey,
    )


def _of_level(survey: Survey, name: str) -> Floats:
    """Return the perceptions of an item, of a dimension (mean of at least half of its items) or overall; or a group."""
    instrument = survey.instrument
    if name in instrument.dimension_keys:
        return dimension_means(survey, Level.PERCEPTION)[instrument.dimension_keys.index(name)]
    if name in instrument.item_keys:
        return survey.level(Level.PERCEPTION).numbers()[instrument.item_keys.index(name)]
    if name == _OVERALL:
        return np.asarray(dimension_means(survey, Level.PERCEPTION).mean(axis=0))
    grouping = survey.grouping(name)
    return np.array([np.nan if each is None else float(each) for each in grouping.labels])[grouping.codes]


def dimension_means(survey: Survey, level: Level) -> Floats:
    """Return the mean answer of each respondent to each dimension, (dimensions, respondents).

    NaN where fewer than half of the items of a dimension were answered.
    """
    answers = survey.level(level).numbers()
    means = []
    for items, least in zip(survey.instrument.slices, Rules(NEEDED).needed(survey.instrument), strict=True):
        given = ~np.isnan(answers[items])
        count = given.sum(axis=0)
        total = np.where(given, answers[items], 0.0).sum(axis=0)
        means.append(np.where(count >= least, total / np.maximum(count, 1), np.nan))
    return np.stack(means)


def is_numbers(values: AnyArray) -> bool:
    """Return whether a column holds numbers."""
    return is_numeric(values) or values.dtype.kind == "b"
