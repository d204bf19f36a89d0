"""Where the periods of a control chart come from: a tracker, summaries by period, or a summary made by a column."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import frozen

from servqual.engines.tracking import Tracker
from servqual.errors import ArgumentError, GroupError, Problem
from servqual.instruments import Instrument
from servqual.quality.door import summary_of, sums_by
from servqual.quality.gap_sides import usual_model
from servqual.scoring import ScoringModel, Summary
from servqual.scoring.estimates import Part
from servqual.scoring.merging import refuse_unlike

Source = Tracker | Summary | Mapping[Any, Summary]


@frozen(eq=False)
class Course:
    """The sums of one model in every period, in order; `nameless` counts respondents without a period."""

    instrument: Instrument
    model: ScoringModel
    parts: Mapping[Any, Part]
    nameless: int
    backend: str

    @classmethod
    def of(cls, source: Source, by: str | None, model: ScoringModel | None) -> Self:
        """Return the course of a source.

        Raises
        ------
        ArgumentError
            Something else than a source; a summary without `by`, or another source with it; no periods.
        MergeError
            Summaries that were not made alike.
        GroupError, ModelError
            A summary made without the column, or without the model.
        """
        if isinstance(source, Summary):
            return cls._of_groups(source, by, model)
        periods = _periods(source, by)
        first = next(iter(periods.values()))
        for other in periods.values():
            refuse_unlike(first, other)
        chosen = _model(first, model)
        place = first.models.index(chosen)
        parts = {period: summary.total.parts[place] for period, summary in periods.items()}
        return cls(first.instrument, chosen, parts, 0, first.backend)

    @classmethod
    def _of_groups(cls, source: Summary, by: str | None, model: ScoringModel | None) -> Self:
        if by is None:
            held = ", ".join(source.by) or "no column"
            remedy = f"by={source.by[0]!r}" if source.by else "summarize(survey, model, by='month')"
            raise ArgumentError(
                Problem("by", "not named", f"a summary is charted by one of its columns, {held}", remedy)
            )
        chosen = _model(source, model)
        groups = {labels[0]: sums for labels, sums in sums_by(source, by).items()}
        nameless = groups.pop(None).rows if None in groups else 0
        if not groups:
            raise GroupError(Problem("by", f"no {by} has a name", "a chart has a period at least"))
        place = source.models.index(chosen)
        parts = {period: sums.parts[place] for period, sums in groups.items()}
        return cls(source.instrument, chosen, parts, nameless, source.backend)


def _model(summary: Summary, model: ScoringModel | None) -> ScoringModel:
    chosen = usual_model(summary) if model is None else model
    summary_of(summary, [chosen], what="control_chart")
    return chosen


def _periods(source: object, by: str | None) -> Mapping[Any, Summary]:
    if by is not None:
        rule = "only a Summary is told apart by a column; these are periods already"
        raise ArgumentError(Problem("by", repr(by), rule, "leave by= out"))
    periods = source.periods if isinstance(source, Tracker) else source
    rule = "a chart is made of a Tracker, of period → Summary, or of a Summary with by="
    if not isinstance(periods, Mapping):
        remedy = '{"2026-01": summarize(survey, model), …}'
        raise ArgumentError(Problem("source", f"a {type(source).__name__}", rule, remedy))
    if not periods:
        raise ArgumentError(Problem("source", "no periods", "a chart has a period at least"))
    strangers = {period: held for period, held in periods.items() if not isinstance(held, Summary)}
    if strangers:
        raise ArgumentError(
            *(Problem(f"period {period!r}", f"a {type(held).__name__}", rule) for period, held in strangers.items())
        )
    return periods
