"""What comes with the answers: weights, importance, groups and clusters, checked where they enter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from attrs import evolve, field, frozen

from servqual._arrays import AnyArray, Floats, Ints
from servqual.answers import LevelAnswers
from servqual.errors import Problem, ServqualError, SurveyError
from servqual.instruments import Instrument, Level
from servqual.intake.coded import Grouping
from servqual.ratings import Importance
from servqual.statistics.weights import WeightKind, check_weights


@frozen(eq=False)
class SurveyParts:
    """Everything a survey is made of, as it comes out of the intake."""

    answers: Mapping[Level, LevelAnswers]
    weights: Floats | None = None
    weight_kind: WeightKind = WeightKind.SAMPLING
    groups: Mapping[str, Grouping] = field(factory=dict)
    cluster: Grouping | None = None
    importance: Importance | None = None
    backend: str = "pandas"

    @property
    def rows(self) -> int:
        """How many respondents there are."""
        return len(next(iter(self.answers.values())))

    def take(self, rows: Ints) -> SurveyParts:
        """Return the parts of these respondents (positions)."""
        return evolve(
            self,
            answers={level: given.take(rows) for level, given in self.answers.items()},
            weights=None if self.weights is None else self.weights[rows],
            groups={name: grouping.take(rows) for name, grouping in self.groups.items()},
            cluster=None if self.cluster is None else self.cluster.take(rows),
            importance=None
            if self.importance is None
            else evolve(self.importance, values=self.importance.values[rows]),
        )


def checked_weights(values: npt.ArrayLike, kind: WeightKind, problems: list[Problem]) -> Floats | None:
    """Return weights that are valid for their kind; what is wrong with them is added to `problems`."""
    try:
        return check_weights(values, kind)
    except ServqualError as error:
        problems += _named("weights", error)
        return None


def checked_importance(
    instrument: Instrument, values: Floats, problems: list[Problem], *, renormalise: bool
) -> Importance | None:
    """Return importance over dimensions (100 points each) or items; what is wrong with it is added to `problems`."""
    dimensions, items = len(instrument.dimensions), len(instrument)
    if values.ndim != 2 or values.shape[1] not in {dimensions, items}:
        rule = f"importance has one column per dimension ({dimensions}) or per item ({items})"
        problems.append(Problem("importance", f"shape {values.shape}", rule))
        return None
    try:
        if values.shape[1] == dimensions:
            return Importance.points(values, renormalise=renormalise)
        return Importance.ratings(values)
    except ServqualError as error:
        problems += _named("importance", error)
        return None


def grouping_of(name: str, labels: npt.ArrayLike) -> Grouping:
    """Return the grouping that a sequence of labels makes; None, NaN and NaT are one group without a name."""
    given = np.asarray(labels)
    seen: dict[Any, int] = {}
    codes = np.fromiter((seen.setdefault(_plain(each), len(seen)) for each in given.tolist()), np.int32, len(given))
    order = sorted(seen, key=lambda label: (label is None, isinstance(label, str), label if label is not None else 0))
    rank = np.empty(len(order), np.int32)
    rank[[seen[label] for label in order]] = np.arange(len(order))
    return Grouping(name, rank[codes], order)


def _plain(label: Any) -> Any:
    return None if label is None or label != label else label  # noqa: PLR0124 - NaN is what differs from itself


def _named(place: str, error: ServqualError) -> list[Problem]:
    return [each if isinstance(each, Problem) else Problem(place, str(each), "see there") for each in error.problems]


def check_lengths(lengths: Mapping[str, int], problems: list[Problem]) -> None:
    """Add a problem where the parts of one survey do not have the same number of respondents."""
    if len(set(lengths.values())) > 1:
        found = ", ".join(f"{name} {length}" for name, length in lengths.items())
        problems.append(Problem("lengths", found, "every part of a survey has one row per respondent"))


def check_some_answers(answers: Mapping[Level, LevelAnswers], problems: list[Problem]) -> None:
    """Add a problem where there is nobody, or a level to which nobody gave any answer."""
    for level, given in answers.items():
        if len(given) == 0:
            problems.append(Problem(str(level), "no respondents", "a survey has at least one respondent"))
        elif given.has_missing.all() and given.missing_counts().sum() == given.codes.size:
            rule = "a level that was asked has at least one answer"
            problems.append(Problem(str(level), "all answers missing", rule, "leave the level out"))


def refuse(problems: Sequence[Problem]) -> None:
    """Raise all problems together, where there are any."""
    if problems:
        raise SurveyError(*problems)


def matrix(values: npt.ArrayLike) -> AnyArray:
    """Return respondents × items as an array; lists with None become floats with NaN."""
    given = np.asarray(values)
    return np.asarray(given, np.float64) if given.dtype.kind == "O" else given
