"""In which language and with which fonts a plot can speak."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable
from typing import Any, Protocol, TypeVar
from unicodedata import east_asian_width

from attrs import frozen

from servqual._frames.door import needed
from servqual.errors import MissingFontWarning
from servqual.labels import Label, Language

EXTRA = "pip install 'servqual[plots]'"

CHINESE = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Microsoft YaHei",
    "PingFang SC",
    "Hiragino Sans GB",
    "Heiti SC",
    "Heiti TC",
    "STHeiti",
    "SimHei",
    "SimSun",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Droid Sans Fallback",
    "Arial Unicode MS",
    "Noto Sans CJK JP",
)
# Comes with matplotlib and has a placeholder for every character; named outright, it draws without a warning for each.
LAST_RESORT = "Last Resort High-Efficiency"
_CHARACTER = "质"
_BOLD = 600


class Worded(Protocol):
    """What a plot is about to write."""

    @property
    def texts(self) -> Iterable[str]:
        """Every text that may be Chinese."""
        ...


Words = TypeVar("Words", bound=Worded)


@frozen
class Voice:
    """The language and the font families in which a plot speaks."""

    language: Language
    fonts: list[str]

    @property
    def heading(self) -> str:
        """The weight of headings: bold where the font that was found for Chinese has bold letters."""
        from matplotlib.font_manager import fontManager, weight_dict

        weights: dict[Any, int] = weight_dict
        of_last: list[Any] = [font.weight for font in fontManager.ttflist if font.name == self.fonts[-1]]
        heavy = [weight for weight in of_last if weights.get(weight, weight) >= _BOLD]
        return "normal" if self.fonts[-1] == LAST_RESORT or (of_last and not heavy) else "bold"

    def say(self, label: Label) -> str:
        """Return a label in this language."""
        return label.text(self.language)


def voiced(language: Language | str, make: Callable[[Language], Words]) -> tuple[Words, Voice]:
    """Return what is to be written, made in the language that can be drawn, and the voice to write it with.

    To be called by the function that the reader calls, so that a warning points at the reader's line.

    Raises
    ------
    MissingExtraError
        When matplotlib is not installed.

    Warns
    -----
    MissingFontWarning
        As `spoken`.
    """
    tongue = Language(language)
    made = make(tongue)
    needed("matplotlib", EXTRA)
    drawn, fonts = spoken(tongue, made.texts)
    return (made if drawn is tongue else make(drawn)), Voice(drawn, fonts)


def spoken(language: Language, texts: Iterable[str]) -> tuple[Language, list[str]]:
    """Return the language that can be drawn, and the font families to draw it with, the reader's own first.

    Warns
    -----
    MissingFontWarning
        Where a text is Chinese and no font with Chinese characters is found: labels then fall back to English.
    """
    from matplotlib import rcParams

    own = list(rcParams["font.family"])
    if not any(map(is_chinese, texts)) or is_drawn_by(own):
        return language, own
    font = chinese_font()
    if font is not None:
        return language, [*own, font]
    message = (
        "no font with Chinese characters was found: labels are in English, and Chinese names of groups are drawn as "
        "placeholders. Hint: install Noto Sans CJK SC, or register a font file with "
        "matplotlib.font_manager.fontManager.addfont; a font that was installed just now is found once the list of "
        "fonts in the folder matplotlib.get_cachedir() is deleted"
    )
    warnings.warn(message, MissingFontWarning, stacklevel=4)
    return Language.ENGLISH, [*own, LAST_RESORT]


def is_chinese(text: str) -> bool:
    """Return whether a text has characters as wide as Chinese ones."""
    return any(east_asian_width(character) in "WF" for character in text)


def is_drawn_by(families: list[str]) -> bool:
    """Return whether the font that matplotlib takes for these families has Chinese characters."""
    from matplotlib.font_manager import FontProperties, findfont, get_font

    return bool(get_font(findfont(FontProperties(family=families))).get_char_index(ord(_CHARACTER)))


def chinese_font() -> str | None:
    """Return the first of the known fonts with Chinese characters that is installed."""
    from matplotlib.font_manager import fontManager

    installed = {font.name for font in fontManager.ttflist}
    return next((name for name in CHINESE if name in installed), None)
