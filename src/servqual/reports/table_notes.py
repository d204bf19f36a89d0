"""Notes below a table, in the words of the page: columns and rows are called there as they are in its heads."""

from __future__ import annotations

import re
from collections.abc import Sequence

from servqual.labels import Language
from servqual.reports.column_words import COLUMNS, heading_of
from servqual.tables import Table

# "not applicable, low, high (speed, overall): …", "omega_squared: …", and the same in Chinese
_LEADING = re.compile(
    r"^(?P<absent>not applicable, |不适用，)?(?P<names>[a-z_]+(?:(?:, |、)[a-z_]+)*)"
    r"(?: ?[(（](?P<rows>[^()（）]*)[)）])?(?P<colon>: |：)"
)
_UNDERSCORED = re.compile(r"(?<![A-Za-z_])[a-z]+(?:_[a-z]+)+(?![A-Za-z_(])")
_ENDS = ("low", "high")
_KEYS = ("key", "score", "item", "dimension")
_BETWEEN = {Language.ENGLISH: ", ", Language.CHINESE: "、"}


def told(given: Table, shown: Sequence[str], language: Language) -> list[str]:
    """Return the notes of a table, columns called as on the page; what is said of others than these is left out.

    A column that holds nothing may not be in the table: a note then says why.
    """
    kept = (_in_words(note, given, shown, language) for note in given.notes)
    return [note for note in kept if note]


def _in_words(note: str, given: Table, shown: Sequence[str], language: Language) -> str:
    found = _LEADING.match(note)
    names = re.split(", |、", found["names"]) if found else []
    if found is None or not (found["absent"] or {*names} <= {*given.columns, *COLUMNS}):
        return _without_underscores(note, language)
    ends = dict.fromkeys(_ENDS, "interval") if "interval" in shown else {}
    there = [name for name in (ends.get(name, name) for name in names) if name in shown]
    if not found["absent"]:
        there = [name for name in there if name in {*given.columns, "interval"}]
    if not there:
        return ""
    heads = _BETWEEN[language].join(dict.fromkeys(heading_of(name, language) for name in there))
    rest = _without_underscores(note[found.end() :], language)
    return f"{found['absent'] or ''}{heads}{_rows(found['rows'], given, language)}{found['colon']}{rest}"


def _rows(keys: str | None, given: Table, language: Language) -> str:
    """Return in brackets what rows a note is about, by their names."""
    if not keys:
        return ""
    columns = next(([given[key], given["label"]] for key in _KEYS if {key, "label"} <= set(given.columns)), [(), ()])
    names = dict(zip(*columns, strict=True))
    named = _BETWEEN[language].join(str(names.get(key, key)) for key in keys.split(", "))
    return f"（{named}）" if language is Language.CHINESE else f" ({named})"


def _without_underscores(note: str, language: Language) -> str:
    return _UNDERSCORED.sub(lambda found: heading_of(found[0], language) if found[0] in COLUMNS else found[0], note)
