"""Which column of a data frame holds which answer."""

from __future__ import annotations

import string
from collections.abc import Iterator, Mapping, Sequence

from attrs import define, field

from servqual.errors import Problem, SurveyError, did_you_mean
from servqual.instruments import Instrument, Level

Columns = str | Sequence[str] | Mapping[str, str]
"""A pattern with ``{key}`` or ``{n}``, the column names in item order, or a mapping item key → column name."""

DEFAULT_PATTERN = "{level}_{key}"
SHOWN = 3
_NOUNS = {"key": "item", "dimension": "dimension"}


@define
class ColumnMap:
    """The columns that an instrument's answers are found in; what cannot be found is gathered in `problems`."""

    present: Sequence[str]
    problems: list[Problem] = field(factory=list)

    def resolve(self, place: str, columns: Columns, keys: Sequence[str], kind: str = "key") -> list[str]:
        """Return the column name for each key; `place` says what they are for, in messages."""
        if isinstance(columns, str):
            names = self._from_pattern(place, columns, keys, kind)
        elif isinstance(columns, Mapping):
            names = self._from_mapping(place, columns, keys, _NOUNS[kind])
        else:
            names = self._from_sequence(place, list(columns), keys, _NOUNS[kind])
        self.check_present(place, names, f"every {_NOUNS[kind]} needs a column of the data")
        return names

    def _from_pattern(self, place: str, pattern: str, keys: Sequence[str], kind: str) -> list[str]:
        wrong = ""
        try:
            fields = {name for _, name, _, _ in string.Formatter().parse(pattern) if name is not None}
            if fields & {kind, "n"} and fields <= {kind, "n", "level"}:
                numbered = enumerate(keys, start=1)
                return [pattern.format(**{kind: key, "n": number, "level": place}) for number, key in numbered]
        except ValueError as error:
            wrong = f" ({error})"
        rule = f"a pattern names the {_NOUNS[kind]} by {{{kind}}} or by its 1-based position {{n}}"
        remedy = f"for example 'P{{{kind}}}' or 'P{{n:02d}}'"
        if place == "importance":
            remedy = "for example 'imp_{dimension}' for points over dimensions, 'imp_{key}' for ratings of items"
        self.problems.append(Problem(place, f"pattern {pattern!r}{wrong}", rule, remedy))
        return []

    def _from_mapping(self, place: str, columns: Mapping[str, str], keys: Sequence[str], noun: str) -> list[str]:
        absent = [key for key in keys if key not in columns]
        foreign = [key for key in columns if key not in keys]
        for key in absent:
            self.problems.append(
                Problem(place, f"no column for {key!r}", f"every {noun} needs a column", did_you_mean(key, foreign))
            )
        for key in foreign:
            self.problems.append(
                Problem(place, f"a column for {key!r}", f"the instrument has no such {noun}", did_you_mean(key, keys))
            )
        return [] if absent or foreign else [columns[key] for key in keys]

    def _from_sequence(self, place: str, columns: list[str], keys: Sequence[str], noun: str) -> list[str]:
        if len(columns) != len(keys):
            found, rule = f"{len(columns)} names", f"there are {len(keys)} {noun}s, and one column for each"
            self.problems.append(Problem(place, found, rule, f"name them in the order of the {noun}s"))
            return []
        return columns

    def check_present(self, place: str, names: Sequence[str], rule: str) -> None:
        """Add a problem for every column that the data do not have."""
        absent = [name for name in names if name not in self.present]
        if len(absent) > SHOWN:
            shown = ", ".join(repr(name) for name in absent[:SHOWN])
            remedy = did_you_mean(absent[0], self.present)
            self.problems.append(Problem(place, f"no columns {shown}, … ({len(absent)} in all)", rule, remedy))
            return
        for name in absent:
            self.problems.append(Problem(place, f"no column {name!r}", rule, did_you_mean(name, self.present)))

    def check_used_once(self, used: Mapping[str, Sequence[str]]) -> None:
        """Add a problem for every column that was to serve two levels or two items."""
        homes: dict[str, list[str]] = {}
        for place, names in used.items():
            for name in names:
                homes.setdefault(name, []).append(place)
        twice = {name: places for name, places in homes.items() if len(places) > 1}
        if twice:
            shown = ", ".join(list(twice)[:SHOWN]) + (", …" if len(twice) > SHOWN else "")
            found = f"used for {' and '.join(dict.fromkeys(place for places in twice.values() for place in places))}"
            found += "" if any(len(set(places)) > 1 for places in twice.values()) else " more than once"
            self.problems.append(Problem(f"column {shown}", found, "a column holds one answer of one level"))


def check_is_instrument(instrument: object) -> None:
    """Raise where something else was given as the instrument."""
    if not isinstance(instrument, Instrument):
        remedy = "sq.catalogue.servqual(), sq.catalogue.by_name('…'), or Instrument.load(path)"
        raise SurveyError(Problem("instrument", f"{instrument!r:.40}", "it is an Instrument", remedy))


def asked_levels(
    instrument: Instrument, given: Mapping[str, Columns | None], problems: list[Problem]
) -> dict[Level, Columns]:
    """Return the columns of each level that was named, in the instrument's order, or default patterns when none was.

    A level that does not exist, or that the instrument does not ask, is added to `problems`.
    """
    check_is_instrument(instrument)
    named = {level: columns for level, columns in given.items() if columns is not None}
    if not named:
        return dict.fromkeys(instrument.levels, DEFAULT_PATTERN)
    problems += _level_problems(instrument, named)
    return {level: named[level] for level in instrument.levels if level in named}


def _level_problems(instrument: Instrument, named: Mapping[str, Columns]) -> Iterator[Problem]:
    for level in named:
        if level not in set(Level):
            yield Problem("levels", repr(level), "not a level that an answer can stand for", did_you_mean(level, Level))
        elif level not in instrument.levels:
            asked = ", ".join(instrument.levels)
            wider = ", ".join(repr(str(each)) for each in (*instrument.levels, level))
            remedy = f"instrument.asking({wider})"
            yield Problem(f"instrument {instrument.name}", f"{level} answers", f"it asks {asked}", remedy)
