"""What plots of a Kano reading share: whose features they show, and how categories look."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from servqual.errors import PlotError, Problem, did_you_mean
from servqual.labels import Label, Language
from servqual.plots.canvas import COLOURS
from servqual.satisfaction.delight.results import KanoReading
from servqual.satisfaction.delight.rows import KanoFeature
from servqual.satisfaction.delight.words import Category

_BLUE, _, _GREEN, _PINK, _RED, _, _GREY = COLOURS
LOOKS: dict[Category, tuple[str, str, str]] = {
    Category.ATTRACTIVE: (_GREEN, "o", ""),
    Category.ONE_DIMENSIONAL: (_BLUE, "s", ""),
    Category.MUST_BE: (_RED, "D", ""),
    Category.INDIFFERENT: ("#BDBDBD", "v", ""),
    Category.REVERSE: (_PINK, "X", "///"),
    Category.QUESTIONABLE: (_GREY, "P", "..."),
}
"""Category → colour, marker, hatch."""


def colour_of(category: Category) -> str:
    """Return the colour of points and lines; what is pale as an area is darker here."""
    return _GREY if category is Category.INDIFFERENT else LOOKS[category][0]


def rows_of(reading: object, segment: Any, features: Sequence[str] | None = None) -> tuple[KanoFeature, ...]:
    """Return the features of everybody or of one segment, those named or all.

    Raises
    ------
    PlotError
        What is no reading; a segment or features that there are not, all at once.
    """
    if not isinstance(reading, KanoReading):
        found, remedy = f"a {type(reading).__name__}", "pass what kano(study) returns"
        raise PlotError(Problem("reading", found, "a Kano reading is drawn", remedy))
    known = list(dict.fromkeys(row.segment for row in reading.segments))
    problems = []
    if segment is not None and segment not in known:
        remedy = did_you_mean(str(segment), map(str, known)) if known else "kano(study, by=…)"
        problems.append(Problem("segment", f"no {segment!r}", "segments are those of by=", remedy))
    strays = [each for each in features or () if each not in reading.labels]
    problems += [
        Problem("features", f"no {each!r}", "the reading has no such feature", did_you_mean(str(each), reading.labels))
        for each in strays
    ]
    if problems:
        raise PlotError(*problems)
    rows = reading.features if segment is None else [row for row in reading.segments if row.segment == segment]
    return tuple(row for row in rows if features is None or row.feature in features)


def title_of(reading: KanoReading, segment: Any, what: Label, language: Language) -> str:
    """Return a title: the study, what is shown, and whose answers."""
    whom = "" if segment is None else f" ({reading.ask.by} = {segment})"
    name = reading.told["features"].title.text(language)
    return f"{name}{'：' if language is Language.CHINESE else ': '}{what.text(language)}{whom}"
