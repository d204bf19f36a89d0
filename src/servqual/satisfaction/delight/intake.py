"""From columns, arrays and surveys to pairs of answers; what is wrong with them is gathered, all of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from attrs import evolve, field, frozen

from servqual import _frames
from servqual._arrays import AnyArray, Floats
from servqual.columns import ColumnMap, Columns
from servqual.errors import Problem
from servqual.instruments import Instrument
from servqual.intake import Grouping
from servqual.intake.coded import no_numbers, numbers_of
from servqual.intake.sides import checked_weights, grouping_of
from servqual.satisfaction.delight.coding import KanoCoding, outside, strange
from servqual.satisfaction.delight.columns import HALVES
from servqual.satisfaction.gathering import Problems, attempt
from servqual.statistics import WeightKind

if TYPE_CHECKING:
    import narwhals as nw

# So many columns with answers outside the coding are told one by one; more of them have one cause.
_SINGLY = 3
# Codes of pairs that are not whole: which of the two answers is missing.
NO_FUNCTIONAL, NO_DYSFUNCTIONAL, NO_ANSWER = -1, -2, -3
_ANSWERS = 5


@frozen(eq=False)
class KanoParts:
    """What a study is made of, as it comes out of the intake; arrays are (features, respondents)."""

    instrument: Instrument
    pairs: npt.NDArray[np.int8]
    weights: Floats | None = None
    weight_kind: WeightKind = WeightKind.SAMPLING
    groups: Mapping[str, Grouping] = field(factory=dict)
    importance: Floats | None = None
    backend: str = "pandas"


def coded_pairs(
    columns: Mapping[str, Sequence[tuple[str, AnyArray]]], coding: KanoCoding, problems: Problems
) -> npt.NDArray[np.int8]:
    """Return the pair of answers of each feature and respondent: ``5 f + d``, or which answer is missing.

    Parameters
    ----------
    columns
        "functional" and "dysfunctional" → for each feature, what messages call its column, and the column.
    coding
        What stands for which answer.
    problems
        To which answers outside the coding are added.
    """
    halves = {half: [coding.positions(values) for _, values in given] for half, given in columns.items()}
    for half, positions in halves.items():
        problems += _outside(half, columns[half], positions, coding)
    first, second = (np.stack(halves[half]) for half in HALVES)
    pairs = first * np.int8(_ANSWERS) + second
    pairs[(first < 0) & (second >= 0)] = NO_FUNCTIONAL
    pairs[(first >= 0) & (second < 0)] = NO_DYSFUNCTIONAL
    pairs[(first < 0) & (second < 0)] = NO_ANSWER
    if not problems and not (pairs >= 0).any():
        problems.append(Problem("answers", "no pair is whole", "somebody gave both answers to some feature"))
    return pairs


def _outside(
    half: str, columns: Sequence[tuple[str, AnyArray]], positions: Sequence[AnyArray], coding: KanoCoding
) -> list[Problem]:
    wrong = [(*each, strange(found)) for each, found in zip(columns, positions, strict=True) if strange(found).any()]
    if len(wrong) <= _SINGLY:
        return [outside(place, values, rows, coding) for place, values, rows in wrong]
    place, values, rows = wrong[0]
    count = sum(int(each.sum()) for *_, each in wrong)
    more = f" of {place}; {count} in all"
    return [outside(f"{len(wrong)} {half} columns", values, rows, coding, more=more)]


def read_groups(
    frame: nw.DataFrame[Any], names: Sequence[str] | str, problems: list[Problem | str]
) -> dict[str, Grouping]:
    """Return the groups in some columns of a frame."""
    wanted = (names,) if isinstance(names, str) else tuple(names)
    _check_present(frame, "groups", wanted, problems)
    found = {name: attempt(problems, _frames.factorised, frame, name) for name in wanted if name in set(frame.columns)}
    return {name: Grouping(name, *each) for name, each in found.items() if each is not None}


def read_weights(
    frame: nw.DataFrame[Any], name: str | None, kind: WeightKind | str, problems: Problems
) -> Floats | None:
    """Return the weights in a column of a frame, where one is named."""
    if name is None:
        return weights_of(None, kind, problems)
    if not _check_present(frame, "weights", (name,), problems):
        return None
    return weights_of(_frames.numbers(frame, name), kind, problems, f"weights column {name}")


def weights_of(
    values: npt.ArrayLike | None, kind: WeightKind | str, problems: Problems, place: str = "weights"
) -> Floats | None:
    """Return weights that are valid for their kind; a kind without weights is a problem."""
    known = attempt(problems, WeightKind, kind)
    if values is None:
        if known is WeightKind.FREQUENCY:
            problems.append(Problem("weight_kind", str(known), "it says what weights mean", "pass weights= too"))
        return None
    wrong: list[Problem] = []
    found = None if known is None else checked_weights(np.asarray(values), known, wrong, place)
    problems += wrong
    return found


def read_importance(
    frame: nw.DataFrame[Any],
    columns: Columns | None,
    instrument: Instrument,
    missing: Sequence[float | str],
    problems: Problems,
) -> Floats | None:
    """Return what importance people stated of each feature, (features, respondents), where columns are named."""
    if columns is None:
        return None
    wrong: list[Problem] = []
    finder = ColumnMap(frame.columns, wrong)
    names = finder.resolve("importance", columns, instrument.item_keys)
    problems += wrong
    if wrong or not names:
        return None
    given = [(f"importance column {name}", _frames.numbers(frame, name)) for name in names]
    return importance_of(given, missing, problems)


def importance_of(
    columns: Sequence[tuple[str, AnyArray]], missing: Sequence[float | str], problems: Problems
) -> Floats | None:
    """Return ratings of importance as numbers, NaN where there is none."""
    before, found = len(problems), []
    for place, values in columns:
        numbers = numbers_of(values)
        if numbers is None:
            problems.append(no_numbers(place, values, "ratings of importance"))
            continue
        real = numbers.astype(np.float64)
        real[np.isin(real, [each for each in missing if not isinstance(each, str)])] = np.nan
        if np.isinf(real).any():
            problems.append(Problem(place, f"{int(np.isinf(real).sum())} infinite", "ratings are finite"))
        found.append(real)
    return None if len(problems) > before else np.stack(found)


def given_groups(groups: Mapping[str, npt.ArrayLike] | None, rows: int, problems: Problems) -> dict[str, Grouping]:
    """Return the groups that labels make, one for each respondent."""
    found = {name: attempt(problems, grouping_of, name, labels) for name, labels in (groups or {}).items()}
    made = {name: each for name, each in found.items() if each is not None}
    for name, each in made.items():
        check_rows(f"groups {name!r}", len(each), rows, problems)
    return made


def check_rows(place: str, length: int, rows: int, problems: Problems) -> None:
    """Add a problem where something does not have one row per respondent."""
    if length != rows:
        found = f"{length} rows for {rows} respondents"
        problems.append(Problem(place, found, "every part of a study has one row per respondent"))


def _check_present(frame: nw.DataFrame[Any], place: str, names: Sequence[str], problems: Problems) -> bool:
    wrong: list[Problem] = []
    ColumnMap(frame.columns, wrong).check_present(place, names, "what is named is a column of the data")
    problems += wrong
    return not wrong


def in_words(problem: Problem | str) -> Problem | str:
    """Return a problem of a survey's frame in words of a study."""
    if isinstance(problem, str):
        return problem
    rule = problem.rule.replace("a survey is made of answers", "a study is made of answers")
    return evolve(problem, rule=rule, remedy=problem.remedy.replace("Survey.from_arrays", "KanoStudy.from_arrays"))
