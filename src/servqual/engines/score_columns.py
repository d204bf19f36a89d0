"""Scores beside columns that are kept, batch by batch, the same on every worker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Self

import numpy as np
from attrs import frozen

from servqual._arrays import Floats
from servqual._frames.door import FILES_EXTRA, needed
from servqual.engines.column_choice import Wanted
from servqual.engines.partials import check_columns
from servqual.engines.places import Batch, Place
from servqual.engines.plain_rows import PlainReader
from servqual.engines.recipes import Recipe
from servqual.engines.streaming import survey_in
from servqual.errors import Problem, SurveyError, did_you_mean
from servqual.instruments import Instrument
from servqual.scoring import ScoringModel, score
from servqual.scoring.rules import Rules


@frozen(eq=False)
class ScoreWork:
    """How answers become scores, which columns stand before them, and the options of `score`."""

    recipe: Recipe
    keep: tuple[str, ...]
    rules: Mapping[str, Any]

    @classmethod
    def of(
        cls,
        instrument: Instrument,
        model: ScoringModel,
        keep: Sequence[str] | str,
        rules: Mapping[str, Any],
        columns: Mapping[str, Any],
    ) -> Self:
        """Return what workers are told.

        Raises
        ------
        SurveyError
            A column to be kept that bears the name of a score.
        """
        names = (keep,) if isinstance(keep, str) else tuple(keep)
        recipe = Recipe.of(instrument, (model,), None, columns)
        work = cls(recipe, names, rules)
        taken = [name for name in names if name in work.names]
        if taken:
            rule = "a score has this name"
            raise SurveyError(*(Problem("keep", repr(name), rule, "rename the column") for name in taken))
        return work

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the scores."""
        return Rules(self.rules["min_answered"], self.rules["overall_items"]).columns(self.recipe.instrument)

    def needed(self, present: Sequence[str]) -> list[str]:
        """Return the columns to be read, or say what is not there.

        Raises
        ------
        SurveyError
            Columns that are not there.
        """
        absent = [name for name in self.keep if name not in present]
        if absent:
            rule = "what is kept is a column of the data"
            raise SurveyError(*(Problem("keep", f"no {each!r}", rule, did_you_mean(each, present)) for each in absent))
        names = Wanted(self.recipe.instrument, self.recipe.columns, self.keep).choose(present)
        if names is None:
            check_columns(self.recipe, present)
        return list(present) if names is None else names

    def of_frame(self, frame: Any) -> Any:
        """Return the kept columns of a pandas frame with the scores behind them, on the same index."""
        values = self.values(frame)
        return frame[list(self.keep)].assign(**dict(zip(self.names, values.T, strict=True)))

    def of_batch(self, batch: Any) -> Any:
        """Return a record batch of the kept columns and the scores; a missing score is null."""
        arrow = needed("pyarrow", FILES_EXTRA)
        values = self.values(batch)
        kept = [batch.column(name) for name in self.keep]
        scores = [arrow.array(np.ascontiguousarray(each), from_pandas=True) for each in values.T]
        return arrow.RecordBatch.from_arrays([*kept, *scores], names=[*self.keep, *self.names])

    def values(self, rows: Any) -> Floats:
        """Return scores, (rows, scores); of a frame without rows as well."""
        survey = survey_in(Batch(Place(0), rows), PlainReader(self.recipe))
        if survey is None:
            return np.empty((0, len(self.names)), self.rules["dtype"])
        return score(survey, self.recipe.models[0], **self.rules).values
