"""Periods below the Axes, at equal distances: side by side where there is room, else aslant."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from servqual.plots.board import Board
from servqual.plots.canvas import GUIDE, INK
from servqual.plots.wording import LETTER, width_of, wrapped

# So many names of periods are written at most; of more, every second, third … is.
_MOST = 40


def write_periods(board: Board, periods: Sequence[str]) -> None:
    """Write the periods below the Axes, aslant where they are too long to stand side by side."""
    every = -(-len(periods) // _MOST)
    shown = list(periods)[::every]
    width = int(board.room / len(shown) / (LETTER * board.size)) - 1
    words = [wrapped(period, max(6, width)) for period in shown]
    aslant = max(map(width_of, words)) > width
    font: dict[str, Any] = {"fontfamily": board.voice.fonts, "fontsize": board.size, "color": INK}
    if aslant:
        font |= {"rotation": 40, "ha": "right", "rotation_mode": "anchor"}
    board.ax.set_xticks(range(0, len(periods), every), shown if aslant else words, **font)
    board.ax.set_xlim(-0.5, len(periods) - 0.5)
    board.ax.spines["bottom"].set(visible=True, color=GUIDE)
