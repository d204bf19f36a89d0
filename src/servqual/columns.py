"""Which column of a data frame holds which answer."""

from __future__ import annotations

import re
import string
from collections.abc import Collection, Iterator, Mapping, Sequence

from attrs import define, field

from servqual.errors import Problem, SurveyError, did_you_mean
from servqual.instruments import Instrument, Level
from servqual.instruments.forms import PATTERN

Columns = str | Sequence[str] | Mapping[str, str]
"""A pattern with ``{key}`` or ``{n}``, the column names in item order, or a mapping item key → column name."""

SHOWN = 3
_NOUNS = {"key": "item", "dimension": "dimension"}


@define
class ColumnMap:
    """The columns that an instrument's answers are found in; what cannot be found is gathered in `problems`.

    Patterns by ``{n}`` that stop before the numbered columns of the data do are noted in `overlooked`.
    """

    present: Sequence[str]
    problems: list[Problem] = field(factory=list)
    overlooked: list[Problem] = field(factory=list)

    def resolve(self, place: str, columns: Columns, keys: Sequence[str], kind: str = "key") -> list[str]:
        """Return the column name for each key; `place` says what they are for, in messages."""
        remedy = ""
        if isinstance(columns, str):
            names = self._from_pattern(place, columns, keys, kind)
            remedy = self._mended(place, columns, keys, names)
            self._look_beyond(place, columns, len(names), kind)
        elif isinstance(columns, Mapping):
            names = self._from_mapping(place, columns, keys, _NOUNS[kind])
        else:
            names = self._from_sequence(place, list(columns), keys, _NOUNS[kind])
        self.check_present(place, names, f"every {_NOUNS[kind]} needs a column of the data", remedy)
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

    def _mended(self, place: str, pattern: str, keys: Sequence[str], names: Sequence[str]) -> str:
        """Return the pattern that was probably meant, as a remedy; empty where none is plain."""
        known = set(self.present)
        absent = [name for name in names if name not in known]
        if not absent or not known:
            return ""
        for number in ("{n}", "{n:02d}", "{n:03d}") if "{n" in pattern else ():
            padded = re.sub(r"\{n[^}]*\}", number, pattern)
            if all(padded.format(n=place, key="", dimension="", level="") in known for place in _positions(keys)):
                return f"try {place}={padded!r}"
        if len(absent) < len(names) or place not in set(Level):
            return ""
        likely = likely_pattern(place, keys, self.present)
        if likely:
            return f"try {place}={likely!r}"
        return _default_remedy(place, self.present) if pattern == PATTERN else ""

    def _look_beyond(self, place: str, pattern: str, count: int, kind: str) -> None:
        if not count or f"{{{kind}" in pattern:
            return
        further = (pattern.format(n=number, level=place) for number in range(count + 1, count + len(self.present) + 1))
        known = set(self.present)
        found = [name for name in further if name in known]
        if found:
            shown = ", ".join(found[:SHOWN]) + (", …" if len(found) > SHOWN else "")
            rule = f"{{n}} counts the {count} {_NOUNS[kind]}s of this instrument, whatever number they had in another"
            remedy = f"name columns by {{{kind}}}; if the positions are right, pass the names as a list"
            self.overlooked.append(Problem(place, f"pattern {pattern!r} stops before {shown}", rule, remedy))

    def check_present(self, place: str, names: Sequence[str], rule: str, remedy: str = "") -> None:
        """Add a problem for every column that the data do not have, one for all where a remedy mends all of them."""
        absent = [name for name in names if name not in self.present]
        if len(absent) > SHOWN or (absent and remedy):
            shown = ", ".join(repr(name) for name in absent[:SHOWN])
            more = f", … ({len(absent)} in all)" if len(absent) > SHOWN else ""
            noun = "columns" if len(absent) > 1 else "column"
            hint = remedy or did_you_mean(absent[0], self.present)
            self.problems.append(Problem(place, f"no {noun} {shown}{more}", rule, hint))
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


def likely_pattern(level: str, keys: Sequence[str], present: Sequence[str]) -> str:
    """Return the pattern by which the data seem to name the columns of a level; empty where none is plain.

    Columns that hold the items' keys come before numbered ones, of which there must be as many as items.

    Examples
    --------
    >>> likely_pattern("expectation", ["wait", "tone"], ["id", "P_wait", "P_tone", "E_wait", "E_tone"])
    'E_{key}'
    >>> likely_pattern("perception", ["wait", "tone"], ["P01", "P02", "E01", "E02"])
    'P{n:02d}'
    """
    known = set(present)
    found = [
        pattern
        for pattern in (*_by_key(keys[0], present), *_by_number(present))
        if known.issuperset(pattern.format(key=key, n=n) for n, key in zip(_positions(keys), keys, strict=True))
        and pattern.format(key="", n=len(keys) + 1) not in known
    ]
    own = [pattern for pattern in found if pattern.lstrip("_").casefold().startswith(level[0])]
    if own or len(found) != 1 or level != Level.PERCEPTION:
        return next(iter(own), "")
    others = {each[0] for each in Level}
    return "" if found[0][0].casefold() in others else found[0]


def _by_key(key: str, present: Sequence[str]) -> Iterator[str]:
    for name in present:
        before, held, after = name.partition(key)
        if held and not {"{", "}"} & {*before, *after}:
            yield f"{before}{{key}}{after}"


def _by_number(present: Sequence[str]) -> Iterator[str]:
    for name in present:
        match = re.fullmatch(r"([^\d{}]*)(0*)1([^\d{}]*)", name)
        if match:
            yield f"{match[1]}{{n:0{len(match[2]) + 1}d}}{match[3]}" if match[2] else f"{match[1]}{{n}}{match[3]}"


def _positions(keys: Sequence[str]) -> range:
    return range(1, len(keys) + 1)


def _default_remedy(level: str, present: Sequence[str]) -> str:
    letter = level[0].upper()
    shown = ", ".join(present[:SHOWN]) + (", …" if len(present) > SHOWN else "")
    return f"say which they are, as in {level}='{letter}{{key}}' or {level}='{letter}{{n:02d}}'; the data have {shown}"


def asked_levels(
    instrument: Instrument,
    given: Mapping[str, Columns | None],
    problems: list[Problem],
    options: Collection[str] = (),
) -> dict[Level, Columns]:
    """Return the columns of each level that was named, in the instrument's order, or default patterns when none was.

    A level that does not exist, or that the instrument does not ask, is added to `problems`; `options` are the names of
    other arguments, one of which may have been meant.
    """
    check_is_instrument(instrument)
    named = {level: columns for level, columns in given.items() if columns is not None}
    if not named:
        return dict.fromkeys(instrument.levels, PATTERN)
    problems += _level_problems(instrument, named, options)
    return {level: named[level] for level in instrument.levels if level in named}


def _level_problems(
    instrument: Instrument, named: Mapping[str, Columns], options: Collection[str]
) -> Iterator[Problem]:
    for level in named:
        if level not in set(Level):
            hint = did_you_mean(level, [*Level, *(f"{option}=" for option in options)])
            yield Problem("levels", repr(level), "not a level that an answer can stand for", hint)
        elif level not in instrument.levels:
            asked = ", ".join(instrument.levels)
            wider = ", ".join(repr(str(each)) for each in (*instrument.levels, level))
            remedy = f"instrument.asking({wider})"
            yield Problem(f"instrument {instrument.name}", f"{level} answers", f"it asks {asked}", remedy)
