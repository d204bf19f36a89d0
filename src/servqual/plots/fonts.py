"""In which language and with which fonts a plot can speak."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from unicodedata import east_asian_width

from servqual.errors import MissingFontWarning
from servqual.labels import Language

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
        "matplotlib.font_manager.fontManager.addfont"
    )
    warnings.warn(message, MissingFontWarning, stacklevel=3)
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
