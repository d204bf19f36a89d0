"""Names that people read, in English and Chinese."""

from __future__ import annotations

from enum import StrEnum

from attrs import field, frozen

from servqual.errors import LabelError, Problem
from servqual.errors.problems import unknown_word

__all__ = ["Label", "LabelError", "Language", "as_label", "chosen"]


class Language(StrEnum):
    """The languages in which labels, questionnaires and reports exist."""

    ENGLISH = "en"
    CHINESE = "zh"

    @classmethod
    def _missing_(cls, value: object) -> Language:
        rule = "labels exist in English (en) and Chinese (zh)"
        raise LabelError(unknown_word("language", value, cls, rule))


@frozen
class Label:
    """A name in English and Chinese; where the Chinese is not given, the English serves for both.

    Raises
    ------
    LabelError
        A name that is not a text, or an empty English one.

    Examples
    --------
    >>> reliability = Label("reliability", "可靠性")
    >>> reliability.zh
    '可靠性'
    >>> str(reliability)
    'reliability'
    """

    en: str = field()
    zh: str = field(default="")

    @en.validator
    def _named(self, _: object, name: object) -> None:
        if not isinstance(name, str) or not name.strip():
            raise LabelError(Problem("label", repr(name), "the English name is a text that is not empty"))

    @zh.validator
    def _text(self, _: object, name: object) -> None:
        if not isinstance(name, str):
            raise LabelError(Problem("label", repr(name), "the Chinese name is a text, empty where there is none"))

    def __str__(self) -> str:
        return self.en

    def text(self, language: Language | str = Language.ENGLISH) -> str:
        """Return the label in one language, in English where it has no other."""
        return self.zh or self.en if Language(language) is Language.CHINESE else self.en


def as_label(value: Label | str) -> Label:
    """Return a label made of a plain English string, or the label itself."""
    return value if isinstance(value, Label) else Label(value)


def chosen(language: Language | str | None) -> Language | None:
    """Return the language that was named, or None where none was."""
    return None if language is None else Language(language)
