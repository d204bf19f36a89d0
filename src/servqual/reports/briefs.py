"""`Brief`: what a survey says at first sight, as text, CSV or JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from typing import Any

from attrs import evolve, frozen

from servqual.errors import ArgumentError, Problem, SurveyError
from servqual.instruments import Instrument, Level
from servqual.labels import Label, Language
from servqual.scoring import (
    Adequacy,
    Difference,
    Disconfirmation,
    PerformanceOnly,
    ScoringModel,
    Summary,
    Superiority,
    summarize,
)
from servqual.scoring.engine import check_is_survey
from servqual.scoring.suppression import MARK, check_min_group
from servqual.survey import Survey
from servqual.tables import Table

WORST = 5

_WORDS = {
    "respondents": Label("respondents", "受访者"),
    "answers missing": Label("answers missing", "缺失的回答"),
    "scores": Label("Scores", "得分"),
    "items": Label("Lowest items", "得分最低的题项"),
    "by": Label("By", "分组"),
    "note": Label("Note", "说明"),
}


@frozen(eq=False, repr=False)
class Brief:
    """A survey at first sight: who answered, what is missing, scores with intervals, the lowest items, scores by group.

    Attributes
    ----------
    title, notes
        The instrument and model, and what a reader must know.
    respondents
        How many there are.
    missing
        Level → how many answers are missing of how many.
    scores, items, groups
        Tables of dimensions and overall scores; of the lowest items; and of scores by group, None where not asked.
    language
        Of the text.
    """

    title: str
    notes: tuple[str, ...]
    respondents: int
    missing: dict[str, tuple[int, int]]
    scores: Table
    items: Table
    groups: Table | None = None
    language: Language = Language.ENGLISH

    def __repr__(self) -> str:
        return f"<Brief of {self.title}: {self.respondents} respondents>"

    def __str__(self) -> str:
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        colon, before, after = ("：", "（", "）") if self.language is Language.CHINESE else (": ", " (", ")")
        yield self.title
        for note in self.notes:
            yield f"{self._word('note')}{colon}{note}"
        yield f"{self._word('respondents')}{colon}{self.respondents}"
        for level, (absent, asked) in self.missing.items():
            what = f"{self._word('answers missing')}{before}{Level(level).label.text(self.language)}{after}"
            yield f"{what}{colon}{absent} / {asked}{before}{absent / asked:.1%}{after}"
        for heading, table in self._tables():
            yield f"\n{heading}"
            yield str(table)

    def _tables(self) -> Iterator[tuple[str, Table]]:
        yield self._word("scores"), self._shown(self.scores)
        yield self._word("items"), self.items
        if self.groups is not None:
            between = "：" if self.language is Language.CHINESE else " "
            yield f"{self._word('by')}{between}{next(iter(self.groups.columns))}", self._shown(self.groups)

    def _shown(self, scores: Table) -> Table:
        """Return scores as they are printed: in English the keys are words enough."""
        if self.language is not Language.ENGLISH:
            return scores
        return evolve(scores, columns={name: cells for name, cells in scores.columns.items() if name != "label"})

    def _word(self, key: str) -> str:
        return _WORDS[key].text(self.language)

    def to_dict(self) -> dict[str, Any]:
        """Return a JSON-safe dictionary."""
        missing = {level: {"missing": absent, "asked": asked} for level, (absent, asked) in self.missing.items()}
        return {
            "title": self.title,
            "notes": list(self.notes),
            "respondents": self.respondents,
            "missing": missing,
            "scores": self.scores.to_dict(),
            "items": self.items.to_dict(),
            "groups": None if self.groups is None else self.groups.to_dict(),
        }

    def to_json(self) -> str:
        """Return the brief as JSON text."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=2, allow_nan=False)

    def to_csv(self) -> str:
        """Return all tables as one tidy CSV: what a row is about, its group, its key and label, and its numbers."""
        marked = self.groups is not None and MARK in self.groups.columns
        numbers = ("n", "missing", "mean", "sd", "se", "low", "high", *([MARK] if marked else []))
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(["about", "group", "key", "label", *numbers])
        for about, key, table in (("score", "score", self.scores), ("item", "item", self.items)):
            writer.writerows(_rows(about, None, key, table, numbers))
        if self.groups is not None:
            group = next(iter(self.groups.columns))
            writer.writerows(_rows("score", group, "score", self.groups, numbers))
        return text.getvalue()


def _rows(about: str, group: str | None, key: str, table: Table, numbers: Sequence[str]) -> Iterator[list[Any]]:
    groups = table[group] if group else [None] * len(table)
    shown = (table[name] if name in table.columns else [False] * len(table) for name in numbers)
    cells = zip(groups, table[key], table["label"], *shown, strict=True)
    return ([about, "" if label is None else label, *rest] for label, *rest in cells)


def brief(
    survey: Survey | Summary,
    model: ScoringModel | None = None,
    *,
    by: str | None = None,
    min_group: int | None = None,
    confidence: float = 0.95,
    language: Language | str = Language.ENGLISH,
    notes: Sequence[str] = (),
    items: int = WORST,
) -> Brief:
    """Return a survey at first sight.

    Parameters
    ----------
    survey
        The answers, or a summary of them that was made with the model and the grouping column.
    model
        How they are scored; by default the gap to the expectation that was asked (the desired level before the
        adequate), the perceptions alone where none was.
    by
        A grouping column.
    min_group
        In scores by group, numbers that fewer respondents stand behind are not shown, nor is the smallest other group
        where the total would give them away; a column ``suppressed`` and a note say so.
    confidence
        Of all intervals.
    language
        Of the text.
    notes
        What a reader must know.
    items
        How many of the lowest items are shown.

    Raises
    ------
    ArgumentError
        A number of items below 1; several grouping columns; a `min_group` below 1, or without a grouping column.
    ModelError, LevelError, GroupError
        What is no survey; a model or a grouping column that it does not have answers for.
    """
    if not isinstance(survey, Summary):
        check_is_survey(survey)
    check_one_column(by, min_group)
    if items < 1:
        raise ArgumentError(Problem("items", str(items), "at least one item is shown"))
    chosen = model if model is not None else usual_model(survey)
    summary = survey if isinstance(survey, Summary) else summarize(survey, chosen, by=by)
    tongue = Language(language)
    scores = summary.table(chosen, confidence=confidence, language=tongue)
    groups = None
    if by is not None:
        told = summary.table(chosen, by, confidence=confidence, language=tongue, min_group=min_group)
        # of its notes the first ones are those of the scores above
        groups = evolve(_untitled(told), notes=told.notes[-1:] if min_group else ())
    return Brief(
        scores.title, tuple(notes), len(survey), _missing(survey), evolve(scores, title=""),
        _untitled(_lowest(summary.item_table(chosen, confidence=confidence, language=tongue), items)), groups, tongue,
    )  # fmt: skip


def check_one_column(by: object, min_group: int | None = None) -> None:
    """Raise an `ArgumentError` for several grouping columns, of which a report tells one, and a smallest of none."""
    check_min_group(min_group)
    if by is None and min_group is not None:
        rule = "it is the smallest group that is shown, and there are no groups"
        raise ArgumentError(Problem("min_group", str(min_group), rule, "name their column: by='branch'"))
    if by is not None and not isinstance(by, str):
        rule = "a report tells the groups of one column"
        raise ArgumentError(Problem("by", repr(by), rule, "name one of them, as a text"))


def usual_model(survey: Survey | Summary | Instrument) -> ScoringModel:
    """Return the model that the levels answered, or asked, suggest; weights are used only where they are asked for."""
    models: dict[Level, ScoringModel] = {
        Level.EXPECTATION: Difference(),
        Level.DESIRED: Superiority(),
        Level.ADEQUATE: Adequacy(),
    }
    if Level.PERCEPTION not in survey.levels:
        if Level.DISCONFIRMATION in survey.levels:
            return Disconfirmation()
        held = ", ".join(survey.levels)
        remedy = "read it with perception='…'"
        raise SurveyError(Problem("survey", f"it holds {held}", "a report needs perceptions", remedy))
    standards = [level for level in models if level in survey.levels]
    others = [level for level in survey.levels if level.is_expectation and level not in models]
    if standards:
        return models[standards[0]]
    return Difference(others[0]) if others else PerformanceOnly()


def _missing(survey: Survey | Summary) -> dict[str, tuple[int, int]]:
    items, counts = len(survey.instrument), {}
    if isinstance(survey, Summary):
        asked = len(survey) * items
        return {str(level): (asked - int(survey.tallies(level).n.sum()), asked) for level in survey.levels}
    for level, given in survey.answers.items():
        asked = int(survey.asked(level).sum()) * items
        counts[str(level)] = asked - (given.codes.size - int(given.missing_counts().sum())), asked
    return counts


def _lowest(table: Table, count: int) -> Table:
    return table.sorted_by("mean").rows(range(min(count, len(table))))


def _untitled(table: Table) -> Table:
    return evolve(table, title="", notes=())
