"""`Recipe`: how answers become a summary or scores, the same on every worker and for every batch."""

from __future__ import annotations

import inspect
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Self

from attrs import evolve, field, frozen

from servqual import _frames
from servqual.columns import check_is_instrument
from servqual.engines.column_choice import options_of_surveys
from servqual.engines.lone_batches import survey_of_arrays, survey_of_frame
from servqual.engines.sources import as_frame
from servqual.errors import Problem, SurveyError
from servqual.instruments import Instrument
from servqual.scoring import ScoringModel, Summary, summarize
from servqual.scoring.drawing import Drawing
from servqual.scoring.merging import refuse_unlike
from servqual.scoring.protocol import check_is_model
from servqual.scoring.rules import Rules
from servqual.survey import Survey

By = str | Sequence[str] | None
# What holds of answers in matrices as it does of answers in columns, and what it needs beside them.
_OF_ALL = {"missing": None, "already_reversed": None, "inverted_ok": None, "weight_kind": "weights",
           "renormalise": "importance"}  # fmt: skip


def _names(by: By) -> tuple[str, ...]:
    return (by,) if isinstance(by, str) else tuple(by or ())


def _drawing(sums: Mapping[str, Any]) -> Drawing:
    return Drawing(sums.get("replicates", 0), sums.get("seed", 0))


@frozen(eq=False)
class Recipe:
    """What was asked, by which models it is scored, how sums are formed, and where answers stand in a frame.

    Attributes
    ----------
    instrument, models
        What was asked and how it is scored.
    by
        Columns that sums are told apart by; they are read as groups without being named twice.
    sums
        Options of `summarize`.
    columns
        Options of `Survey.from_frame`.
    """

    instrument: Instrument
    models: tuple[ScoringModel, ...]
    by: tuple[str, ...] = field(default=(), converter=_names)
    sums: Mapping[str, Any] = field(factory=dict)
    columns: Mapping[str, Any] = field(factory=dict)

    @classmethod
    def of(cls, instrument: Instrument, models: Sequence[ScoringModel], by: By, options: Mapping[str, Any]) -> Self:
        """Return the recipe that options of `summarize` and of `Survey.from_frame` make, told apart by their names.

        Raises
        ------
        SurveyError, ModelError, ArgumentError
            What is no instrument, no model, or no share of items.
        """
        check_is_instrument(instrument)
        for model in models:
            check_is_model(model)
        sums = {name: value for name, value in options.items() if name in _options_of_summarize()}
        Rules(sums.get("min_answered", 0.5))
        _drawing(sums)
        columns = {name: value for name, value in options.items() if name not in sums}
        names = _names(by)
        columns["groups"] = tuple(dict.fromkeys((*_names(columns.get("groups")), *names)))
        return cls(instrument, tuple(models), names, sums, columns)

    @property
    def levels(self) -> dict[str, Any]:
        """What was said of the columns of levels."""
        return {name: where for name, where in self.columns.items() if name not in options_of_surveys()}

    def survey(self, frame: Any) -> Survey:
        """Return the survey in a frame, or in a record batch of pyarrow; a level may be without answers in it."""
        return survey_of_frame(as_frame(frame), self.instrument, self.columns, self.levels)

    def survey_of_arrays(self, arrays: Mapping[str, Any]) -> Survey:
        """Return the survey in matrices, one per level, with what stands beside them; see `Survey.from_arrays`."""
        said = {
            name: self.columns[name]
            for name, beside in _OF_ALL.items()
            if name in self.columns and (beside is None or beside in arrays)
        }
        return survey_of_arrays(self.instrument, {**said, **arrays})

    def summary_in(self, batch: Any) -> Summary | None:
        """Return the summary of a batch: a frame, a survey, matrices by level, or sums; None where it has no rows.

        Raises
        ------
        SurveyError, MergeError
            Answers that do not make a survey of the instrument; sums that were not made by this recipe.
        """
        if isinstance(batch, Summary):
            refuse_unlike(self._made_like(batch), batch)
            return batch
        if isinstance(batch, Survey):
            return self.summary_of(batch)
        if isinstance(batch, Mapping):
            return self.summary_of(self.survey_of_arrays(batch))
        return self.summary(batch)

    def _made_like(self, batch: Summary) -> Summary:
        """Return what the batch would be, had it been made by this recipe."""
        rules = Rules(self.sums.get("min_answered", 0.5), overall_items=True)
        drawing = _drawing(self.sums)
        return evolve(batch, instrument=self.instrument, models=self.models, by=self.by, rules=rules, drawing=drawing)

    def summary(self, frame: Any) -> Summary | None:
        """Return the summary of a frame; None where it has no rows."""
        return None if is_empty(frame) else self.summary_of(self.survey(frame))

    def summary_of(self, survey: Survey) -> Summary:
        """Return the summary of a survey of the same instrument.

        Raises
        ------
        SurveyError
            A survey of another instrument.
        """
        if survey.instrument != self.instrument:
            rule = f"batches are answers to {self.instrument!r}"
            raise SurveyError(Problem("survey", repr(survey.instrument), rule, "read it with the same instrument"))
        return summarize(survey, *self.models, by=self.by, **self.sums)


def is_empty(frame: Any) -> bool:
    """Return whether a frame has no rows."""
    return not len(_frames.opened(as_frame(frame)))


@cache
def _options_of_summarize() -> frozenset[str]:
    return frozenset(inspect.signature(summarize).parameters) - {"survey", "models", "by"}
