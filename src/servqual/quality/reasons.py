"""Why a statistic is not there, with the names of what is to blame, in both languages."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from servqual.labels import Label
from servqual.quality.reason_words import PARTS, REASONS
from servqual.statistics import Inapplicable

UNKNOWN_WORTH = Inapplicable(
    "sampling weights were summarised without a model, so that their effective number of respondents is not known"
)


def why(reason: Inapplicable, names: Sequence[str]) -> Label:
    """Return a reason with the names that its positions stand for."""
    named = ", ".join(names[place] for place in reason.positions if place < len(names))
    told = reason_label(reason.reason)
    return Label(f"{told.en} ({named})", f"{told.text('zh')}（{named}）") if named else told


def reason_label(reason: str) -> Label:
    """Return a reason in both languages; the names behind its colon stay as they are.

    In English alone where it is none of the library's.
    """
    words, colon, names = reason.partition(": ")
    if colon and reason not in REASONS and words in REASONS:
        return Label(reason, f"{REASONS[words]}：{names}")
    return Label(reason, filled(reason, REASONS))


def filled(text: str, phrases: Mapping[str, str]) -> str:
    """Return the Chinese of the first phrase that a text follows; empty where there is none.

    Braces of an English phrase hold anything, and numbered ones of the Chinese what was found there.
    """
    if text in phrases:
        return phrases[text]
    for phrase, words in phrases.items():
        pattern = re.escape(phrase).replace(r"\{\}", "(.+)")
        if "{}" in phrase and (found := re.fullmatch(pattern, text)):
            return words.format(*map(_part, found.groups()))
    return ""


def _part(given: str) -> str:
    """Return what stands in the braces of a reason: a number as it is, words in Chinese."""
    if counted := re.fullmatch(r"are ([\d.]+)", given):
        return f"有{counted[1]}个"
    return "、".join(PARTS.get(each, each) for each in given.split(", "))
