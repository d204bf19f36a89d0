"""Labels and keys of one kind in all batches: a number here and a text there would make two of one branch or person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from servqual import _frames
from servqual.errors import Problem, SurveyError
from servqual.scoring import Summary

NUMBERS, TEXTS = "whole numbers", "texts"
_REMEDY = "write the column alike in all files, or say its type to the library that reads them"


def key_kind(frame: Any, name: str | None) -> str:
    """Return what the keys in a frame are, whole numbers or texts; empty without a key, or where that is not said."""
    if name is None or not hasattr(frame, "columns"):
        return ""
    given = _frames.opened(frame)
    if name not in given.columns:
        return ""
    kind = given.schema[name]
    return NUMBERS if kind.is_numeric() else TEXTS if str(kind) == "String" else ""


def one_kind(one: str, other: str) -> str:
    """Return what keys are in two parts.

    Raises
    ------
    SurveyError
        Whole numbers in one part and texts in the other.
    """
    if one and other and one != other:
        rule = "keys are whole numbers or texts, the same for all"
        raise SurveyError(Problem("key", f"{other}, and {one} in other batches", rule, _REMEDY))
    return one or other


def refuse_twofold(one: Summary, other: Summary) -> None:
    """Raise where a group is labelled by a number in one summary and by the same number as a text in the other.

    Raises
    ------
    SurveyError
        Each column in which that is so.
    """
    problems = []
    for place, name in enumerate(one.by):
        first, second = _labels(one, place), _labels(other, place)
        twofold = [label for text, label in second.items() if text in first and type(first[text]) is not type(label)]
        if twofold:
            found = f"{twofold[0]!r}, and {first[str(twofold[0])]!r} in other batches"
            problems.append(Problem(f"groups {name}", found, "a group has one label in all batches", _REMEDY))
    if problems:
        raise SurveyError(*problems)


def _labels(summary: Summary, place: int) -> Mapping[str, Any]:
    """Return the labels of one column by how they read; those that are neither text nor whole number, left out."""
    found = (labels[place] for labels in summary.groups)
    return {str(label): label for label in found if type(label) in {int, str}}
