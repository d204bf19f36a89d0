"""Batches that would be no survey by themselves: nobody answered some level, or all weights are zero.

Nothing is wrong with them, others will have answered and have weights. What is missing is lent to such a batch at the
door, which checks everything else, and taken back behind it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

import numpy as np
from attrs import evolve, frozen

from servqual import _frames
from servqual.columns import ColumnMap, asked_levels
from servqual.errors import Problem, SurveyError
from servqual.instruments import Instrument, Level
from servqual.scoring import Summary
from servqual.survey import Survey

_SILENT = "all answers missing"
_NO_WEIGHT = "some row has a weight"


@frozen
class Lent:
    """What a batch lacks that only a whole must have: answers to some levels, weights above zero."""

    levels: tuple[Level, ...]
    weights: bool

    @classmethod
    def of(cls, error: SurveyError) -> Self:
        """Return what is lacking, or raise the error again where anything else is wrong."""
        problems = [each for each in error.problems if isinstance(each, Problem)]
        silent = tuple(Level(each.place) for each in problems if each.found == _SILENT)
        weightless = sum(each.rule == _NO_WEIGHT for each in problems)
        if len(silent) + weightless < len(error.problems):
            raise error
        return cls(silent, bool(weightless))

    def back(self, survey: Survey) -> Survey:
        """Return the survey without what was lent to it."""
        answers = dict(survey.answers)
        for level in self.levels:
            given = answers[level]
            codes = np.full_like(given.codes, given.book.missing if given.book.is_integer else np.nan)
            answers[level] = evolve(given, codes=codes, has_missing=np.ones(len(codes), np.bool_))
        weights = np.zeros(len(survey)) if self.weights else survey.weights
        return evolve(survey, answers=answers, weights=weights)


def survey_of_frame(
    frame: Any, instrument: Instrument, options: Mapping[str, Any], levels: Mapping[str, Any]
) -> Survey:
    """Return the survey in a frame that is a part of a whole.

    `options` are all that `Survey.from_frame` takes; `levels`, those of them that say where levels stand.

    Raises
    ------
    SurveyError
        As `Survey.from_frame` does, but for levels without answers and weights that are all zero.
    """
    try:
        return Survey.from_frame(frame, instrument, **options)
    except SurveyError as error:
        lent = Lent.of(error)
    import narwhals as nw

    opened = _frames.opened(frame)
    finder = ColumnMap(list(opened.columns), [])
    asked = asked_levels(instrument, levels, finder.problems)
    point = _point(instrument, options.get("missing", ()))
    filled = {finder.resolve(str(each), asked[each], instrument.item_keys)[0]: point for each in lent.levels}
    if lent.weights:
        filled[options["weights"]] = 1.0
    whole = opened.with_columns(**{name: nw.lit(value) for name, value in filled.items()}).to_native()
    return lent.back(Survey.from_frame(whole, instrument, **options))


def survey_of_arrays(instrument: Instrument, arrays: Mapping[str, Any]) -> Survey:
    """Return the survey in matrices that are a part of a whole; as `survey_of_frame`."""
    try:
        return Survey.from_arrays(instrument, **arrays)
    except SurveyError as error:
        lent = Lent.of(error)
    point = _point(instrument, arrays.get("missing", ()))
    filled = {str(level): np.array(arrays[level], np.float64) for level in lent.levels}
    for matrix in filled.values():
        matrix[:, 0] = point
    if lent.weights:
        filled["weights"] = np.ones(len(np.asarray(arrays["weights"])))
    return lent.back(Survey.from_arrays(instrument, **{**arrays, **filled}))


def refuse_lacking(summary: Summary) -> None:
    """Raise where a whole lacks what only its parts may: answers to every level, a weight above zero.

    Raises
    ------
    SurveyError
        Each level that nobody answered, in the words of a survey; weights that are all zero.
    """
    sums, items, problems = summary.total, len(summary.instrument), []
    rule, remedy = "a level that was asked has at least one answer", "leave the level out"
    for place, level in enumerate(summary.levels):
        own = slice(place * items, (place + 1) * items)
        products = None if sums.products is None else sums.products.n[own, own]
        n = sums.tallies[level].n if level in sums.tallies else products
        if n is not None and not n.any():
            problems.append(Problem(str(level), _SILENT, rule, remedy))
    if summary.weight_kind is not None and len(problems) == len(summary.levels):
        problems = [Problem("weights", "all are zero", _NO_WEIGHT, "leave the weights out to count every row once")]
    if problems:
        raise SurveyError(*problems)


def _point(instrument: Instrument, missing: Any) -> float:
    """Return a point of the scale that does not stand for "no answer"."""
    scale = instrument.scale
    stand_for_nothing = {missing} if isinstance(missing, int | float) else set(missing)
    points = scale.points if scale.step else (scale.low, scale.midpoint, scale.high)
    return next(point for point in points if point not in stand_for_nothing)
