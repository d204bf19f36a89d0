"""`Material`: what the sections of a page are made from, and how each of them speaks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy.typing as npt
from attrs import field, frozen

from servqual.errors import JointAnswersError, Problem, ServqualError
from servqual.labels import Label, Language
from servqual.plots import inline
from servqual.quality import Critique, critique
from servqual.reports import elements
from servqual.reports.briefs import Brief, brief, check_one_column, usual_model
from servqual.reports.refusals import because
from servqual.reports.words import HEADINGS, say
from servqual.scoring import ScoringModel, Summary, summarize
from servqual.scoring.engine import check_is_survey
from servqual.survey import Survey
from servqual.tables import Table


@frozen(eq=False)
class Section:
    """A part of a page.

    Attributes
    ----------
    key, heading, body
        Which it is; what it is called; the rest as markup.
    readings
        The numbers behind it, JSON-safe.
    absent
        Why there is nothing in it, in one sentence; empty where there is something.
    """

    key: str
    heading: str
    body: str
    readings: Mapping[str, Any] = field(factory=dict)
    absent: str = ""


@frozen(eq=False)
class Material:
    """A survey, what was asked of it, and the readings that several sections need."""

    survey: Survey
    model: ScoringModel
    by: str | None
    min_group: int | None
    language: Language
    confidence: float
    draws: bool
    summary: Summary
    brief: Brief
    critique: Critique

    def say(self, key: str, **numbers: object) -> str:
        """Return a sentence in the language of the page."""
        return say(key, self.language, **numbers)

    def text(self, label: Label) -> str:
        """Return a label in the language of the page."""
        return label.text(self.language)

    def scores(self, by: str | None = None) -> Table:
        """Return the table of scores, of everybody or of each group."""
        least = None if by is None else self.min_group
        return self.summary.table(self.model, by, confidence=self.confidence, language=self.language, min_group=least)

    def refused(self, key: str, error: ServqualError) -> str:
        """Return a sentence that says why a reading or a picture does not exist."""
        return self.say(key, reason=because(error, self.language))

    def section(self, key: str, *parts: str, **readings: Any) -> Section:
        """Return a section made of these parts, with the numbers behind them."""
        return Section(key, HEADINGS[key].text(self.language), "\n".join(part for part in parts if part), readings)

    def absent(self, key: str, why: str, **numbers: object) -> Section:
        """Return a section that says why there is nothing in it."""
        return self.silent(key, self.say(why, **numbers))

    def silent(self, key: str, sentence: str) -> Section:
        """Return a section of one sentence."""
        return Section(key, HEADINGS[key].text(self.language), elements.paragraph(sentence, "absent"), absent=sentence)

    def picture(self, what: str, draw: inline.Drawing, height: float) -> str:
        """Return a picture; where there can be none, a line that says why; nothing where none are drawn."""
        if not self.draws:
            return ""
        try:
            title, alt = (self.say(f"{what} {part}", by=self.by) for part in ("title", "picture"))
            return elements.figure(inline.drawn(draw, height), title, alt)
        except ServqualError as error:
            return elements.paragraph(self.refused("no picture", error), "quiet")


def gathered(
    survey: Survey,
    *,
    by: str | None,
    min_group: int | None,
    model: ScoringModel | None,
    criterion: npt.ArrayLike | str | None,
    language: Language,
    confidence: float,
) -> Material:
    """Return what the sections are made from; what was asked wrongly is refused here."""
    if isinstance(survey, Summary):
        rule = "a page looks at the answers of single respondents, which a summary does not hold"
        raise JointAnswersError(Problem("survey", "a Summary", rule, "brief(summary), or one reading after the other"))
    check_is_survey(survey)
    check_one_column(by, min_group)
    chosen = usual_model(survey) if model is None else model
    first = brief(survey, chosen, confidence=confidence, language=language)
    summary = summarize(survey, chosen, by=by)
    found = critique(survey, criterion=criterion, language=language)
    return Material(survey, chosen, by, min_group, language, confidence, inline.can_draw(), summary, first, found)
