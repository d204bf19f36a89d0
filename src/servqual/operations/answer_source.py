"""Answers by name, from a survey, a frame or arrays, with the weights and clusters that a survey brings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from attrs import frozen

from servqual._arrays import Bools, Floats, Ints
from servqual.errors import Problem, ServqualError, did_you_mean
from servqual.instruments import Level, Scale
from servqual.intake import Grouping
from servqual.labels import Label
from servqual.operations.given_columns import Coded, GivenColumns
from servqual.scoring.estimates import term_of
from servqual.scoring.rules import Rules
from servqual.statistics import WeightKind, wilson_interval
from servqual.statistics.point_tallies import PointTally, effective_size
from servqual.survey import Survey

Problems = list[Problem | str]
# the share of a dimension's items that must be answered
_NEEDED = 0.5


@frozen(eq=False)
class NamedAnswers:
    """Columns of answers of people who count.

    Attributes
    ----------
    names, labels
        What the columns are called.
    values
        Shape (rows, columns), NaN where there is no answer.
    weights, kind, cluster
        Of each row, where a survey brings them.
    scale
        Of the answers, where it is known.
    """

    names: tuple[str, ...]
    labels: tuple[Label, ...]
    values: Floats
    weights: Floats | None = None
    kind: WeightKind | None = None
    cluster: Grouping | None = None
    scale: Scale | None = None
    backend: str = "pandas"

    def column(self, name: str) -> Floats:
        """Return one column, shape (rows,)."""
        return self.values[:, self.names.index(name)]

    def means(self, values: Floats) -> tuple[Floats, Floats, Floats, Floats]:
        """Return n, mean, standard error and degrees of freedom of columns (rows, columns) of these people."""
        kind = WeightKind.SAMPLING if self.kind is None else self.kind
        term = term_of(values, self.weights, kind, self.cluster, 0.0)
        mean, _, squared, freedom = term.at(slice(None))
        return term.n, mean, np.sqrt(squared), freedom

    def spread(self, values: Floats) -> float:
        """Return the standard deviation of one column (rows,) of these people."""
        kind = WeightKind.SAMPLING if self.kind is None else self.kind
        return float(np.sqrt(term_of(values[:, None], self.weights, kind, None, 0.0).at(slice(None))[1][0]))

    def tally(self, codes: Ints, points: int, kept: Bools) -> PointTally:
        """Return how many of the people kept stand at each point; who weighs nothing does not count."""
        kept = kept if self.weights is None else np.asarray(kept & (self.weights > 0))
        weights = None if self.weights is None else self.weights[kept]
        clusters = None if self.cluster is None else self.cluster.codes[kept]
        return PointTally.of(codes[kept], points, weights, self.kind, clusters)

    def share(self, members: Bools, kept: Bools, confidence: float) -> tuple[float, float, float]:
        """Return the share of members among those kept, with Wilson's interval; NaN where nobody is kept."""
        tally = self.tally(members.astype(np.int64), 2, kept)
        if not tally.size:
            return float("nan"), float("nan"), float("nan")
        share = min(float(tally.shares[1]), 1.0)
        size = effective_size(tally, np.array([0.0, 1.0]))
        return share, *wilson_interval(share * size, size, confidence)


def named_answers(
    source: Any, names: Sequence[str], problems: Problems, level: Level = Level.PERCEPTION
) -> NamedAnswers | None:
    """Return columns of a survey (items, dimensions), a mapping name → numbers, or a frame; None with problems told.

    Parameters
    ----------
    source
        Where the answers are.
    names
        Which columns, in order.
    problems
        What is wrong is added to them.
    level
        Which level of a survey.
    """
    try:
        if isinstance(source, Survey):
            return _of_survey(source, names, level, problems)
        given = GivenColumns.of(source, names[0])
    except ServqualError as error:
        problems.extend(error.problems)
        return None
    columns = [given.numbers(name, name) for name in names]
    problems += given.problems
    if given.problems:
        return None
    labels = tuple(Label(name.replace("_", " ")) for name in names)
    values = np.column_stack([each for each in columns if each is not None])
    return NamedAnswers(tuple(names), labels, values, backend=given.backend)


def coded_labels(source: Any, name: str, problems: Problems) -> Coded | None:
    """Return which label each row of a mapping or a frame has, as positions among the sorted labels."""
    try:
        given = GivenColumns.of(source, name)
    except ServqualError as error:
        problems.extend(error.problems)
        return None
    found = given.labels(name, name)
    problems += given.problems
    if found is None:
        return None
    if found.labels and found.labels[-1] is None:
        without = int((found.codes == len(found.labels) - 1).sum())
        problems.append(Problem(name, f"{without} rows without one", "every row has one", "leave those rows out first"))
        return None
    return found


def _of_survey(survey: Survey, names: Sequence[str], level: Level, problems: Problems) -> NamedAnswers | None:
    instrument, answers = survey.instrument, survey.level(level).numbers()
    known = (*instrument.dimension_keys, *instrument.item_keys)
    if strays := [name for name in names if name not in known]:
        rule = "the survey has no such item or dimension"
        problems += [Problem("columns", f"no {name!r}", rule, did_you_mean(name, known)) for name in strays]
        return None
    needed = Rules(_NEEDED).needed(instrument)
    columns, labels = [], []
    for name in names:
        if name in instrument.dimension_keys:
            place = instrument.dimension_keys.index(name)
            columns.append(_dimension(answers[instrument.slices[place]], needed[place]))
            labels.append(instrument.dimensions[place].label)
        else:
            place = instrument.item_keys.index(name)
            columns.append(np.asarray(answers[place], np.float64))
            labels.append(instrument.items[place].label)
    kind = None if survey.weights is None else survey.weight_kind
    values = np.column_stack(columns)
    made = (survey.weights, kind, survey.cluster, instrument.scale, survey.backend)
    return NamedAnswers(tuple(names), tuple(labels), values, *made)


def _dimension(answers: Floats, least: int) -> Floats:
    given = ~np.isnan(answers)
    count = given.sum(axis=0)
    total = np.where(given, answers, 0.0).sum(axis=0)
    return np.where(count >= least, total / np.maximum(count, 1), np.nan)
