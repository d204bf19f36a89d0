"""`step_scores`: filled-in checklists of many encounters, step by step and criterion by criterion."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

import numpy as np
from attrs import frozen

from servqual._arrays import Floats
from servqual.encounters.row_readings import RowReading
from servqual.errors import EncounterError, Problem
from servqual.instruments import Level
from servqual.labels import Label
from servqual.scoring.estimates import term_of
from servqual.statistics import Inapplicable, WeightKind, student_interval
from servqual.statistics._arguments import check_confidence
from servqual.statistics.reasoned import Reasoned, columns_of
from servqual.survey import Survey
from servqual.tables import Table
from servqual.telling import Number, Told

# the share of a step's criteria that must be judged
_NEEDED = 0.5
_NOBODY = "it was judged in no encounter"
_FEW = "it was judged in fewer than two encounters"


@frozen(kw_only=True, repr=False)
class StepScore:
    """One step of a checklist, or one criterion.

    Attributes
    ----------
    about, key, step
        "step" or "criterion", which, and of which step.
    n
        Sheets in which it was judged.
    score, low, high
        How far it was fulfilled, 0 to 1 of the scale, what must not happen turned round; with Student's interval.
    lost
        What is missing from 1, summed over the criteria of the step and averaged over sheets: what the step loses.
    weakest
        Whether it is the weakest step, or the weakest criterion of its step.
    """

    about: str
    key: str
    step: str
    n: int
    score: Number
    low: Number
    high: Number
    lost: Number
    weakest: bool

    def __repr__(self) -> str:
        return f"<StepScore {self.key}: {float(self.score):.3f}>"


@frozen(eq=False, repr=False, kw_only=True)
class StepScores(RowReading[StepScore]):
    """How far each step of a checklist was fulfilled, and each of its criteria.

    Attributes
    ----------
    rows
        Steps, then criteria; ``found["act"]`` and ``found["act_2"]`` pick one.
    told
        The same as columns, with title and notes in English and Chinese.
    lead, lead_low, lead_high
        By how much the weakest step lies below the next one within the same sheets, above zero, with Student's
        interval; the pair was chosen after the fact.
    """

    reading: ClassVar[str] = "step_scores"

    lead: Number
    lead_low: Number
    lead_high: Number

    @property
    def steps(self) -> tuple[StepScore, ...]:
        """The steps alone."""
        return tuple(row for row in self.rows if row.about == "step")

    @property
    def weakest(self) -> StepScore:
        """The step that is fulfilled least."""
        return next((row for row in self.steps if row.weakest), self.steps[0])

    def __repr__(self) -> str:
        return (
            f"<StepScores of {len(self.steps)} steps: weakest {self.weakest.key} with {float(self.weakest.score):.3f}>"
        )


def step_scores(survey: Survey, *, confidence: float = 0.95) -> StepScores:
    """Audit of behaviour: how far each step of a checklist is fulfilled over many encounters, and which is weakest.

    A criterion scores ``(answer − low) / (high − low)``, turned round where it must not happen; a step the mean of at
    least half of its criteria. Intervals are Student's over sheets; over clusters where the survey has some, such as
    encounters that several raters judged, or employees.

    Parameters
    ----------
    survey
        Filled-in sheets of a checklist, such as `catalogue.four_steps`; one row a sheet.
    confidence
        Of the intervals.

    Returns
    -------
    StepScores
        Steps, then criteria, with the weakest marked, and its distance from the next.

    Raises
    ------
    EncounterError
        What is no survey with perceptions.

    References
    ----------
    Student 1908, Biometrika 6(1):1-25; Cameron & Miller 2015, Journal of Human Resources 50(2):317-372.

    Examples
    --------
    >>> from servqual import Survey
    >>> from servqual.catalogue.difficult_moments import doubts
    >>> step_scores(Survey.from_arrays(doubts(), perception=[[1, 1, 0, 1, 0, 0], [1, 1, 1, 0, 1, 0]]))
    <StepScores of 2 steps: weakest misunderstandings with 0.333>
    """
    check_confidence(confidence)
    values = fulfilled(survey)
    steps = survey.instrument.dimensions
    table = np.concatenate([step_means(survey, values), values])
    n, columns = _estimates(survey, table, confidence)
    criteria = [each.key for each in steps for _ in each.items]
    owners = [*(each.key for each in steps), *criteria]
    keys = [*survey.instrument.dimension_keys, *survey.instrument.item_keys]
    counts = [*(len(each) for each in steps), *(1 for _ in criteria)]
    weakest = _weakest(columns["score"].values, [*("" for _ in steps), *criteria])
    rows = tuple(
        StepScore(
            about="step" if place < len(steps) else "criterion", key=key, step=owners[place], n=int(n[place]),
            **{name: each.at(place) for name, each in columns.items()},
            lost=_lost(columns["score"].at(place), counts[place]), weakest=weakest[place],
        )
        for place, key in enumerate(keys)
    )  # fmt: skip
    labels = [*(each.label for each in steps), *(item.label for item in survey.instrument.items)]
    lead = _lead(survey, table[: len(steps)], confidence)
    told = Told(Table(columns_of(rows, StepScore, {"n"}), backend=survey.backend), labels, _TITLE, _notes(confidence))
    return StepScores(
        rows=rows, told=told, lead=lead[0], lead_low=lead[1], lead_high=lead[2], asked={"confidence": confidence}
    )


_TITLE = Label("Steps of the encounter", "服务步骤得分")


def fulfilled(survey: Any) -> Floats:
    """Return how far each criterion was fulfilled, 0 to 1, shape (criteria, sheets); NaN where it was not judged."""
    if not isinstance(survey, Survey) or Level.PERCEPTION not in survey.levels:
        rule, remedy = "it is a survey of a checklist", "Survey.from_frame(sheets, catalogue.four_steps(), …) makes one"
        raise EncounterError(Problem("survey", f"{survey!r:.60}", rule, remedy))
    scale = survey.instrument.scale
    return np.asarray((survey.level(Level.PERCEPTION).numbers() - scale.low) / scale.span)


def step_means(survey: Survey, values: Floats) -> Floats:
    """Return the mean of at least half of the criteria of each step, shape (steps, sheets)."""
    found = []
    for part in survey.instrument.slices:
        given = ~np.isnan(values[part])
        count = given.sum(axis=0)
        total = np.where(given, values[part], 0.0).sum(axis=0)
        enough = count >= np.maximum(_NEEDED * len(given), 1)
        found.append(np.where(enough, total / np.maximum(count, 1), np.nan))
    return np.stack(found)


def _estimates(survey: Survey, table: Floats, confidence: float) -> tuple[Floats, dict[str, Reasoned]]:
    kind = WeightKind.SAMPLING if survey.weights is None else survey.weight_kind
    term = term_of(table.T, survey.weights, kind, survey.cluster, 0.5)
    mean, _, squared, freedom = term.at(slice(None))
    low, high = student_interval(mean, np.sqrt(squared), freedom, confidence)
    nobody, few = (term.n < 1, _NOBODY), (~(freedom >= 1), _FEW)
    return term.n, {
        "score": Reasoned.of(mean, nobody),
        "low": Reasoned.of(low, nobody, few),
        "high": Reasoned.of(high, nobody, few),
    }


def _lost(score: Number, criteria: int) -> Number:
    return score if isinstance(score, Inapplicable) else criteria * (1 - score)


def _weakest(scores: Floats, groups: Sequence[str]) -> list[bool]:
    marked = []
    for place, group in enumerate(groups):
        mine = scores[[each == group for each in groups]]
        least = np.nanmin(mine) if not np.isnan(mine).all() else np.nan
        marked.append(bool(scores[place] == least) and mine.size > 1)
    return marked


def _lead(survey: Survey, steps: Floats, confidence: float) -> tuple[Number, Number, Number]:
    """Return by how much the weakest step lies below the next within sheets that judged both."""
    judged = [place for place, each in enumerate(steps) if not np.isnan(each).all()]
    if len(judged) < 2:
        none = Inapplicable("there are no two steps to compare")
        return none, none, none
    means = _estimates(survey, steps[judged], confidence)[1]["score"].values
    least, then = (judged[place] for place in np.argsort(means, kind="stable")[:2])
    apart = (steps[then] - steps[least])[None]
    if np.isnan(apart).all():
        none = Inapplicable("no sheet judged both of the weakest steps")
        return none, none, none
    columns: Any = _estimates(survey, apart, confidence)[1]
    return columns["score"].at(0), columns["low"].at(0), columns["high"].at(0)


def _notes(confidence: float) -> tuple[Label, ...]:
    return (
        Label(
            f"0 to 1 of what could be fulfilled, what must not happen turned round; {confidence:.0%} intervals, "
            "Student t",
            f"得分为应做到的比例（0–1），禁止事项已反向；{confidence:.0%} 区间，学生 t",
        ),
    )
