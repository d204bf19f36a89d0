"""Answers to single questions as they come in: from frames, arrays and surveys, with weights, clusters and groups."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from attrs import evolve, field, frozen

from servqual._arrays import Bools, Floats, Ints
from servqual.errors import LoyaltyError, Problem
from servqual.instruments import Scale
from servqual.satisfaction.answer_columns import Beside, read_columns
from servqual.satisfaction.gathering import Problems, attempt
from servqual.satisfaction.opened_sources import Opened, opened_source
from servqual.statistics import WeightKind
from servqual.statistics.point_tallies import PointTally
from servqual.statistics.resampled_sums import Respondents
from servqual.survey import Survey

ANSWERS = "answers"
ALL, NO_GROUP = "all", "no group"
_GROUP, _ROW = " group", " row"
# rows and values named in a message
_SHOWN = 3


@frozen(eq=False)
class Asked:
    """What is said of a source, besides what is read of it.

    Attributes
    ----------
    by
        A column of groups, or a label for each respondent.
    weights, weight_kind, cluster
        By the name of a column, or one for each respondent.
    missing
        Numbers that mean "no answer", besides blanks.
    """

    by: Any = None
    weights: Any = None
    weight_kind: WeightKind | str = WeightKind.SAMPLING
    cluster: Any = None
    missing: Collection[float] = field(default=())


@frozen(eq=False)
class Gathered:
    """Columns of numbers, NaN where there is none, shape (rows, columns), with everything beside them.

    `groups` are names and masks of rows; the first is everybody. `places` are the rows' positions in the source, where
    those of weight zero are rows too. `truths` are the columns with truth values.
    """

    values: Floats
    people: Respondents
    groups: tuple[tuple[str, Bools], ...]
    scale: Scale | None
    backend: str
    places: Ints
    truths: frozenset[str] = frozenset()

    def absent(self, rows: Bools) -> float:
        """Return how many some rows are; frequencies by their sum."""
        weights = self.people.weights
        return float(
            rows.sum() if weights is None or self.people.kind is not WeightKind.FREQUENCY else weights[rows].sum()
        )

    def tally(self, codes: Ints, points: int, rows: Bools) -> PointTally:
        """Return how many of some rows stand at each point; a code below 0 is nowhere."""
        kept = rows & (codes >= 0)
        weights, clusters = self.people.weights, self.people.clusters
        return PointTally.of(
            codes[kept],
            points,
            None if weights is None else weights[kept],
            self.people.kind,
            None if clusters is None else clusters[kept],
        )


def gathered(source: Any, names: Sequence[str], asked: Asked, problems: Problems) -> Gathered | None:
    """Return columns of a source; what is wrong with them is added to the problems, and None returned.

    Parameters
    ----------
    source
        A `Survey`, a mapping name → values, a frame; or an array of one axis or one column of a frame, which is the
        column "answers".
    names
        What is read.
    asked
        What comes beside.
    problems
        To which what is wrong is added.
    """
    given = source
    if _is_column(source):
        given = source.to_frame(ANSWERS) if _is_series(source) else {ANSWERS: source}
    opened = attempt(problems, opened_source, given)
    if opened is None:
        return None
    coded = _groups(opened, asked.by, problems)
    wanted: dict[str, Any] = dict.fromkeys(names)
    if coded is not None:
        wanted[_GROUP] = coded[0].astype(np.float64)
    wanted[_ROW] = np.arange(opened.rows, dtype=np.float64)
    beside = Beside(asked.weights, asked.weight_kind, asked.cluster)
    read = read_columns(opened, wanted, beside, problems)
    if read is None or (coded is None and asked.by is not None):
        return None
    values = read.values[:, : len(names)]
    values = np.where(np.isin(values, [float(each) for each in asked.missing]), np.nan, values)
    groups = [(ALL, np.ones(len(values), np.bool_))]
    if coded is not None:
        codes, labels = read.values[:, -2], coded[1]
        shown = [NO_GROUP if label is None else str(label) for label in labels]
        groups += [(name, codes == place) for place, name in enumerate(shown) if (codes == place).any()]
    truths = frozenset(name for name in names if opened.truths(name))
    places = read.values[:, -1].astype(np.int64)
    return Gathered(values, read.people, tuple(groups), read.scale, read.backend, places, truths)


def only_item(source: Any, item: str | None) -> str:
    """Return which column is asked for: the one named, the only item of a survey, or the array itself.

    Raises
    ------
    LoyaltyError
        Where several could be meant, and where an array has no names.
    """
    if _is_column(source):
        if item is not None:
            raise LoyaltyError(Problem("item", repr(item), "an array of answers has no names", "leave item= out"))
        return ANSWERS
    if item is not None:
        return item
    if isinstance(source, Survey) and len(source.instrument) == 1:
        return source.instrument.item_keys[0]
    known = source.instrument.item_keys if isinstance(source, Survey) else ()
    found = f"the survey has {len(known)} items" if known else "the data have columns"
    raise LoyaltyError(Problem("item", "not named", f"{found}: one of them is read", "name it: item='…'"))


def _is_column(source: Any) -> bool:
    if isinstance(source, np.ndarray | list | tuple):
        return np.ndim(np.asarray(source, dtype=object)) == 1
    return _is_series(source)


def _is_series(source: Any) -> bool:
    """Return whether something is one column of a frame of pandas or polars."""
    return hasattr(source, "to_frame") and len(getattr(source, "shape", ())) == 1


def _groups(opened: Opened, by: Any, problems: Problems) -> tuple[Ints, tuple[Any, ...]] | None:
    if by is None:
        return None
    if isinstance(by, str):
        return attempt(problems, opened.coded, by)
    found = attempt(problems, opened_source, {"by": by})
    if found is None:
        return None
    if found.rows != opened.rows:
        problems.append(Problem("by", f"{found.rows} labels", f"each of {opened.rows} respondents has one"))
        return None
    return attempt(problems, found.coded, "by")


def on_scale(place: str, values: Floats, scale: Scale, places: Ints, remedy: str = "") -> Problems:
    """Return what is wrong with answers that are not on their scale: how many, the first rows and values.

    `places` are the positions of the rows in the source.
    """
    off = ~(scale.contains(values) | np.isnan(values))
    if not off.any():
        return []
    rows = np.flatnonzero(off)
    shown = ", ".join(f"row {places[row]} = {values[row]:g}" for row in rows[:_SHOWN].tolist())
    what = f"{rows.size} answer{'s' if rows.size > 1 else ''}"
    found = f"{what} outside {scale}: {shown}{', …' if rows.size > _SHOWN else ''}"
    return [Problem(place, found, f"answers lie on the scale {scale}", remedy)]


def answers_on(found: Gathered, name: str, scale: Scale, remedy: str = "") -> Problems:
    """Return what is wrong with the answers to the only item: truth values, or what is not on the scale."""
    place = f"item {name}"
    if name in found.truths and (scale.low, scale.high, scale.step) != (0, 1, 1):
        hint = "pass the answers themselves, as numbers"
        return [Problem(place, "truth values", f"answers are numbers on the scale {scale}", hint)]
    return on_scale(place, found.values[:, 0], scale, found.places, remedy)


def scale_of(given: Scale | None, found: Gathered, place: str, problems: Problems) -> Scale | None:
    """Return the scale of the answers: the one given, or that of the survey; both must be the same."""
    if given is None and found.scale is None:
        remedy = "say it: scale=Scale.likert(5), scale=Scale(1, 10)"
        problems.append(Problem(place, "the data do not say", "answers are held against their scale", remedy))
    elif given is not None and found.scale is not None and given != found.scale:
        problems.append(Problem(place, f"{given}", f"the survey's answers are on {found.scale}", "leave scale= out"))
        return None
    return found.scale if given is None else given


def coded_points(values: Floats, points: npt.ArrayLike) -> Ints:
    """Return the position of each value among some sorted points, −1 for NaN and what is between them."""
    known = np.asarray(points, np.float64)
    places = np.clip(np.searchsorted(known, values), 0, known.size - 1)
    close = np.isclose(known[places], values, rtol=0, atol=1e-9)
    lower = np.clip(places - 1, 0, None)
    places = np.where(~close & np.isclose(known[lower], values, rtol=0, atol=1e-9), lower, places)
    return np.where(np.isclose(known[places], values, rtol=0, atol=1e-9), places, -1)


def refuse(problems: Problems) -> None:
    """Raise where there are problems, each once; what was said in words of a survey is said of the data."""
    if problems:
        raise LoyaltyError(*dict.fromkeys(map(_in_words, problems)))


def _in_words(problem: Problem | str) -> Problem | str:
    if isinstance(problem, str):
        return problem
    return evolve(problem, rule=problem.rule.replace("a survey is made of answers", "answers are"))
