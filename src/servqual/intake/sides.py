"""What comes with the answers: weights, importance, groups and clusters, checked where they enter."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence, Sized
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
from attrs import evolve, field, frozen

from servqual._arrays import AnyArray, Floats, Ints
from servqual._frames.labels import as_labels, ranked
from servqual.answers import LevelAnswers
from servqual.errors import Problem, ServqualError, SurveyError
from servqual.instruments import Instrument, Level
from servqual.intake.coded import Grouping, is_blank, no_numbers, numbers_of
from servqual.ratings import Importance, Over
from servqual.statistics.key_numbers import Keys, respondent_keys
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
    key: Keys | None = None

    @property
    def rows(self) -> int:
        """How many respondents there are."""
        return len(next(iter(self.answers.values())))

    def lengths(self) -> dict[str, int]:
        """Return how many respondents each part has, by the name that messages give it."""
        sides: dict[str, Sized | None] = {"weights": self.weights, "cluster": self.cluster}
        sides |= {f"groups {name!r}": grouping for name, grouping in self.groups.items()}
        sides["importance"] = None if self.importance is None else self.importance.values
        sides["key"] = self.key
        answers = {str(level): len(given) for level, given in self.answers.items()}
        return answers | {name: len(side) for name, side in sides.items() if side is not None}

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
            key=None if self.key is None else self.key[rows],
        )


def checked_weights(
    values: AnyArray, kind: WeightKind, problems: list[Problem], place: str = "weights", *, part: bool = False
) -> Floats | None:
    """Return weights that are valid for their kind; what is wrong with them is added to `problems`.

    In a `part` of a whole all may be zero.
    """
    numbers = numbers_of(values)
    if numbers is None:
        problems.append(no_numbers(place, values, "weights"))
        return None
    if part and not numbers.any():
        return numbers.astype(np.float64)
    try:
        return check_weights(numbers, kind)
    except ServqualError as error:
        problems += [evolve(each, place=place) for each in _named(place, error)]
        return None


def checked_importance(
    instrument: Instrument,
    values: AnyArray,
    problems: list[Problem],
    *,
    missing: Collection[float] = (),
    renormalise: bool,
    over: Over | None = None,
    names: Sequence[str] = (),
) -> Importance | None:
    """Return importance over dimensions (100 points each) or items; what is wrong with it is added to `problems`.

    The number of columns tells which of the two it is, unless `over` says so; `names` are what messages call them.
    """
    dimensions, items = len(instrument.dimensions), len(instrument)
    widths = {Over.DIMENSIONS: {dimensions}, Over.ITEMS: {items}, None: {dimensions, items}}[over]
    if values.ndim != 2 or values.shape[1] not in widths:
        rule = f"importance has one column per dimension ({dimensions}) or per item ({items})"
        problems.append(Problem("importance", f"shape {values.shape}", rule))
        return None
    numbers = numbers_of(values)
    if numbers is None:
        problems.append(no_numbers("importance", values, "points and ratings"))
        return None
    numbers = np.where(np.isin(numbers, list(missing)), np.nan, numbers) if missing else numbers
    points = over is not Over.ITEMS and values.shape[1] == dimensions
    keys = instrument.dimension_keys if points else instrument.item_keys
    wrong = list(_not_weights(numbers, names or [f"{'dimension' if points else 'item'} {key}" for key in keys]))
    if wrong:
        problems += wrong
        return None
    try:
        return Importance.points(numbers, renormalise=renormalise) if points else Importance.ratings(numbers)
    except ServqualError as error:
        told = _named("importance", error)
        problems += [evolve(each, found=re.sub(r"\[(\d+)\] =", r"row \1 =", each.found)) for each in told]
        return None


def _not_weights(values: Floats, names: Sequence[str]) -> Iterator[Problem]:
    for wrong, what, rule in ((values < 0, "below 0", "weights are 0 or more"),
                              (values == np.inf, "infinite", "weights are finite")):  # fmt: skip
        if wrong.any():
            places = np.argwhere(wrong).tolist()
            shown = ", ".join(f"row {row} of {names[column]} = {values[row, column]:g}" for row, column in places[:3])
            found = f"{len(places)} of {wrong.size} {what}: {shown}{', …' if len(places) > 3 else ''}"
            remedy = "leave blank what was not answered, or name its code in missing="
            yield Problem("importance", found, rule, remedy)


def grouping_of(name: str, labels: npt.ArrayLike) -> Grouping:
    """Return the grouping that a sequence of labels makes; None, NaN and NaT are one group without a name.

    Labels are what a column of a data frame would give: whole floats are integers, dates are ISO text.

    Raises
    ------
    SurveyError
        Labels that cannot name groups, or a table of them.
    """
    values, where = _distinct(name, labels)
    ranks, known = ranked(as_labels(name, values))
    codes = ranks[where]
    return Grouping(name, codes, (*known, None) if len(known) in codes else known)


def _distinct(name: str, labels: npt.ArrayLike) -> tuple[list[Any], Ints]:
    # of a list of texts with a NaN among them numpy would make nothing but texts
    given = labels if isinstance(labels, np.ndarray) else np.asarray(labels, dtype=object)
    if given.ndim != 1:
        raise SurveyError(Problem(f"groups {name!r}", f"shape {given.shape}", "there is one label for each respondent"))
    if given.dtype.kind in "biufU":
        distinct, where = np.unique(given, return_inverse=True)
        return distinct.tolist(), where
    each = given.astype("datetime64[us]").astype(object) if given.dtype.kind == "M" else given
    seen: dict[Any, int] = {}
    plain = (None if is_blank(label) else label for label in each)
    where = np.fromiter((seen.setdefault(label, len(seen)) for label in plain), np.int64, len(given))
    return list(seen), where


def _named(place: str, error: ServqualError) -> list[Problem]:
    return [each if isinstance(each, Problem) else Problem(place, str(each), "see there") for each in error.problems]


class Said(Protocol):
    """What was said of weights and importance, by whichever way the answers come in."""

    @property
    def weights(self) -> object:
        """The weights, or where they stand; None for none."""
        ...

    @property
    def weight_kind(self) -> WeightKind:
        """What they mean."""
        ...

    @property
    def importance(self) -> object:
        """The importance, or where it stands; None for none."""
        ...

    @property
    def renormalise(self) -> bool:
        """Whether it may be rescaled."""
        ...


def check_idle(said: Said, problems: list[Problem]) -> None:
    """Add a problem for what was said of weights or importance that are not there: nothing is ignored in silence."""
    if said.weights is None and said.weight_kind is not WeightKind.SAMPLING:
        problems.append(Problem("weight_kind", str(said.weight_kind), "it says what weights mean", "pass weights= too"))
    if said.importance is None and said.renormalise:
        rule = "it consents to rescaling importance"
        problems.append(Problem("renormalise", "True", rule, "pass importance= too"))


def checked_cluster(cluster: Grouping | None, problems: list[Problem]) -> Grouping | None:
    """Return the clusters; respondents who belong to none are added to `problems`."""
    if cluster is not None and None in cluster.labels:
        homeless = int((cluster.codes == cluster.labels.index(None)).sum())
        found = f"{homeless} respondents without a label" if homeless > 1 else "1 respondent without a label"
        remedy = "give each a cluster of its own, or leave them out"
        problems.append(Problem(f"cluster {cluster.name}", found, "everybody belongs to a cluster", remedy))
    return cluster


def checked_keys(values: npt.ArrayLike, problems: list[Problem], place: str = "key") -> Keys | None:
    """Return the numbers that keys of respondents make; what is wrong with them is added to `problems`."""
    try:
        return respondent_keys(values)
    except ServqualError as error:
        problems += [evolve(each, place=place) for each in _named(place, error)]
        return None


def check_lengths(lengths: Mapping[str, int], problems: list[Problem]) -> None:
    """Add a problem where the parts of one survey do not have the same number of respondents."""
    if len(set(lengths.values())) > 1:
        found = ", ".join(f"{name} {length}" for name, length in lengths.items())
        problems.append(Problem("lengths", found, "every part of a survey has one row per respondent"))


def check_some_answers(answers: Mapping[Level, LevelAnswers], problems: list[Problem], *, part: bool = False) -> None:
    """Add a problem where there is nobody, or, but in a `part` of a whole, a level to which nobody gave any answer."""
    for level, given in answers.items():
        if len(given) == 0:
            problems.append(Problem(str(level), "no respondents", "a survey has at least one respondent"))
        elif not part and given.has_missing.all() and not given.has_answers():
            rule = "a level that was asked has at least one answer"
            problems.append(Problem(str(level), "all answers missing", rule, "leave the level out"))


def refuse(problems: Sequence[Problem]) -> None:
    """Raise all problems together, where there are any."""
    if problems:
        raise SurveyError(*problems)


def array_of(place: str, values: npt.ArrayLike, problems: list[Problem]) -> AnyArray | None:
    """Return an array with a row for each respondent; None, and a problem, where there are no such rows."""
    try:
        given = np.asarray(values)
    except ValueError:
        found = "rows of different lengths"
    else:
        if given.ndim:
            return given
        found = f"{values!r:.40}"
    problems.append(Problem(place, found, "every part of a survey has one row per respondent"))
    return None
