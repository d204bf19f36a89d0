"""Pieces of a page: texts made safe, tables with headings that people read, pictures that say what they show."""

from __future__ import annotations

import html
import math
import re
from collections.abc import Iterable, Sequence

from servqual.labels import Language
from servqual.reports.column_words import heading_of
from servqual.reports.table_notes import told
from servqual.tables import Cell, Table

_INTERVAL = "interval"
_P = re.compile(r"^(rank_)?p(_|$)")
_SHARES = {"share", "below", "within", "above", "missing_share", "floor", "ceiling"}
_LEAST = 0.001
# In letters: texts that stay on one line.
_SHORT = 20


def safe(text: object) -> str:
    """Return a text in which nothing is markup."""
    return html.escape(str(text), quote=True)


def paragraph(text: object, kind: str = "") -> str:
    """Return a paragraph, of a kind that the style knows."""
    return f"<p{_of(kind)}>{safe(text)}</p>"


def notes(texts: Iterable[str]) -> str:
    """Return what a reader must know, as a list; nothing where there is nothing."""
    items = "".join(f"<li>{safe(text)}</li>" for text in texts)
    return f'<ul class="notes">{items}</ul>' if items else ""


def figure(address: str, title: str, alt: str) -> str:
    """Return a picture with its title, and with what it shows in words."""
    return f'<figure><figcaption>{safe(title)}</figcaption><img src="{address}" alt="{safe(alt)}"></figure>'


def number(value: Cell, name: str = "", digits: int = 2) -> str:
    """Return a cell as people read it: a p below 0.001 as such, shares in percent, what is not there as a dash."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return "–"
    if isinstance(value, bool) or not isinstance(value, float):
        return str(value)
    if _P.match(name):
        return f"< {_LEAST}" if value < _LEAST else f"{value:.3f}"
    text = f"{value:.0%}" if name in _SHARES else f"{value:.{digits}f}"
    return re.sub(r"^-(0(?:\.0*)?%?)$", r"\1", text).replace("-", "−")


def interval(low: Cell, high: Cell, language: Language) -> str:
    """Return both ends of an interval."""
    if low is None or high is None:
        return "–"
    return f"{number(low)} {'至' if language is Language.CHINESE else 'to'} {number(high)}"


def table(
    given: Table,
    shown: Sequence[str],
    caption: str,
    language: Language,
    *,
    ends: tuple[str, str] = ("low", "high"),
    first: str = "",
    whole: str = "",
    noted: bool = True,
) -> str:
    """Return some columns of a table, the first as heads of its rows, in a frame that scrolls, with its notes.

    `ends` are the columns that "interval" shows together; `first` is what the first column is called, where not by its
    name; `whole` begins the keys of rows that stand for all others; notes are left out where they stand elsewhere.
    """
    names = [name for name in shown if name in given.columns or (name == _INTERVAL and ends[0] in given.columns)]
    cells = [_column(given, name, ends, language) for name in names]
    kinds = ["nowrap" if name == _INTERVAL else _kind(given, name) for name in names]
    keys = next((given[name] for name in ("key", "score", "item") if name in given.columns), ())
    marked = [bool(whole) and str(key).startswith(whole) for key in keys] or [False] * len(given)
    heads = [heading_of(name, language) for name in (first or names[0], *names[1:])]
    return framed(caption, heads, zip(*cells, strict=True), kinds, marked) + (
        notes(told(given, shown, language)) if noted else ""
    )


def framed(
    caption: str,
    heads: Sequence[str],
    rows: Iterable[Sequence[str]],
    kinds: Sequence[str],
    marked: Sequence[bool] = (),
) -> str:
    """Return a table of cells that are markup already, the first of each row its head."""
    first = "".join(f'<th scope="col"{_of(kind)}>{safe(head)}</th>' for head, kind in zip(heads, kinds, strict=True))
    body = []
    for place, (head, *rest) in enumerate(rows):
        cells = "".join(f"<td{_of(kind)}>{cell}</td>" for cell, kind in zip(rest, kinds[1:], strict=True))
        row = _of("whole" if marked and marked[place] else "")
        body.append(f'<tr{row}><th scope="row">{head}</th>{cells}</tr>')
    title = safe(caption)
    return (
        f'<div class="scroll" role="region" aria-label="{title}" tabindex="0"><table><caption>{title}</caption>'
        f"<thead><tr>{first}</tr></thead><tbody>{''.join(body)}</tbody></table></div>"
    )


def _column(given: Table, name: str, ends: tuple[str, str], language: Language) -> list[str]:
    if name == _INTERVAL:
        return [safe(interval(low, high, language)) for low, high in zip(given[ends[0]], given[ends[1]], strict=True)]
    return [safe(number(value, name)) for value in given[name]]


def _kind(given: Table, name: str) -> str:
    values = [value for value in given[name] if value is not None]
    if values and all(isinstance(value, int | float) for value in values):
        return "number"
    return "nowrap" if all(len(str(value)) <= _SHORT for value in values) else "long"


def _of(kind: str) -> str:
    return f' class="{kind}"' if kind else ""
