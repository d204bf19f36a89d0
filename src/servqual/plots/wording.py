"""Long texts on little room: how wide a text is, and where it breaks into lines."""

from __future__ import annotations

import re
from unicodedata import east_asian_width

# What stays on one line: a Chinese character with the brackets and stops beside it, or a word; a word may break behind
# an underscore, and does where it is longer than any word of a language.
_CHINESE = r"\u2e80-\u9fff\uff00-\uffef"
_PIECES = re.compile(rf"[（《“]*[{_CHINESE}][，。；：、！？）》”,;:!?)]*|[^\s{_CHINESE}_]{{1,24}}_?|_|\s+")
# Of the size of the letters: how wide half of a Chinese character, and the average of others, is.
LETTER = 0.56


def width_of(text: str) -> int:
    """Return how wide the longest line of a text is, in letters; a Chinese character is as wide as two."""
    return max(
        (sum(2 if east_asian_width(each) in "WF" else 1 for each in line) for line in text.split("\n")), default=0
    )


def wrapped(text: str, width: int) -> str:
    """Return the text in lines of about equal length, none wider than this; lines that it has already are kept."""
    return "\n".join(_evened(line, width) for line in text.split("\n"))


def _evened(text: str, width: int) -> str:
    pieces = [piece if piece.strip() else " " for piece in _PIECES.findall(text)]
    best = _lines(pieces, width)
    for narrower in range(width - 1, width // 2, -1):
        lines = _lines(pieces, narrower)
        if len(lines) > len(best) or max(map(width_of, lines)) > width:
            break
        best = lines
    return "\n".join(best)


def _lines(pieces: list[str], width: int) -> list[str]:
    lines = [""]
    for piece in pieces:
        if lines[-1].strip() and width_of(lines[-1] + piece.rstrip()) > width:
            lines[-1] = lines[-1].rstrip()
            lines.append("")
        lines[-1] += piece if lines[-1] or piece.strip() else ""
    return [line.rstrip() for line in lines]
