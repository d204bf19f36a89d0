"""How journeys are read from a long frame, and everything that can be wrong with one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt
from attrs import frozen

from servqual._arrays import Bools, Floats, Ints
from servqual._frames.named import Columns, named_columns
from servqual.encounters.moments.moment_words import Moment
from servqual.errors import EncounterError, Problem
from servqual.errors.problems import unknown_word
from servqual.instruments import Scale
from servqual.intake import Grouping

_CARD = Scale.encounter()
# written so, the order of texts is that of time
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?)?")


@frozen(kw_only=True)
class JourneyColumns:
    """Which columns of a long frame say what."""

    score: str
    customer: str
    journey: str | None
    order: str | None
    step: str | None
    moment: str | None
    employee: str | None
    outcome: str | None

    def labels(self) -> dict[str, str]:
        """Return what is known of encounters → the column of labels that says it."""
        known = ("customer", "journey", "order", "step", "moment", "employee")
        return {name: getattr(self, name) for name in known if getattr(self, name) is not None}


def read_journeys(source: Any, asked: JourneyColumns, names: Iterable[Any] = ()) -> dict[str, Any]:
    """Return the fields of `Journeys`, or raise everything that is wrong at once."""
    numbers = [asked.score, *([asked.outcome] if asked.outcome else [])]
    read = named_columns(source, numbers, list(dict.fromkeys(asked.labels().values())), EncounterError)
    if not read.numbers.shape[1]:
        raise EncounterError(Problem("source", "no rows", "there is one encounter at least"))
    problems = [*_off_card(read.numbers[0], asked.score), *_unmarked(read, asked), *_strange(read, asked)]
    problems += _nameless(read, asked, names)
    rows = _Rows.of(read, asked)
    problems += rows.out_of_order(read, asked)
    problems += rows.outcome_faults(read, asked)
    if problems:
        raise EncounterError(*problems)
    return rows.fields(read, asked)


def _shown(rows: npt.NDArray[np.intp]) -> str:
    more = f" and {rows.size - 3} more" if rows.size > 3 else ""
    return f"row{'s' if rows.size > 1 else ''} {', '.join(map(str, rows[:3].tolist()))}{more}"


def _off_card(scores: Floats, column: str) -> list[Problem]:
    absent, off = np.flatnonzero(np.isnan(scores)), np.flatnonzero(~np.isnan(scores) & ~_CARD.contains(scores))
    found = []
    if absent.size:
        rule = "every encounter has a score"
        found.append(Problem(f"column {column!r}", f"{_shown(absent)}: missing", rule, "leave such encounters out"))
    if off.size:
        values = ", ".join(f"{each:g}" for each in scores[off[:3]])
        rule = "a score is a point of the encounter card, a whole number from −3 to 3"
        found.append(Problem(f"column {column!r}", f"{_shown(off)}: {values}", rule))
    return found


def _unmarked(read: Columns, asked: JourneyColumns) -> list[Problem]:
    """Return encounters that lack a label: a customer first of all."""
    found = []
    for name, column in asked.labels().items():
        codes, labels = read.labels[column]
        missing = [place for place, label in enumerate(labels) if _blank(label)]
        if missing:
            rows = np.flatnonzero(np.isin(codes, missing))
            rule = f"every encounter has a {name}" if name != "order" else "every encounter has a time"
            found.append(Problem(f"column {column!r}", f"{_shown(rows)}: missing", rule))
    return found


def _strange(read: Columns, asked: JourneyColumns) -> list[Problem]:
    """Return moments that are none of the known ones."""
    if asked.moment is None:
        return []
    known = [str(each) for each in Moment]
    rule = f"a moment is one of {', '.join(known)}"
    return [
        unknown_word(f"column {asked.moment!r}", label, known, rule)
        for label in read.labels[asked.moment][1]
        if not _blank(label) and label not in known
    ]


def _blank(label: Any) -> bool:
    return label is None or (isinstance(label, str) and not label.strip())


def _nameless(read: Columns, asked: JourneyColumns, names: Iterable[Any]) -> list[Problem]:
    """Return names of steps that do not occur."""
    given = [str(each) for each in names]
    if asked.step is None:
        found, rule = ", ".join(map(repr, given[:3])), "names are those of steps"
        return [Problem("names", found, rule, "read the steps with step=")] if given else []
    known = [str(each) for each in read.labels[asked.step][1] if each is not None]
    return [unknown_word("names", each, known) for each in given if each not in known]


def _timeless(labels: Iterable[Any]) -> str | None:
    """Return a text whose place in time is not known from how it sorts."""
    texts = [each for each in labels if isinstance(each, str) and not _blank(each)]
    forms = {(len(each), each[10:11]) for each in texts}
    return next((each for each in texts if len(forms) > 1 or not _DATE.fullmatch(each)), None)


@frozen(eq=False)
class _Rows:
    """Rows in the order of journeys: which row stands where, its journey, and where journeys begin."""

    rows: npt.NDArray[np.intp]
    start: Ints
    customer: Ints
    journey: Ints
    journeys: tuple[Any, ...]

    @classmethod
    def of(cls, read: Columns, asked: JourneyColumns) -> _Rows:
        customer = read.labels[asked.customer][0].astype(np.int64)
        journey: Ints = np.zeros(customer.size, np.int64)
        labels: tuple[Any, ...] = (1,)
        if asked.journey is not None:
            codes, labels = read.labels[asked.journey]
            journey = codes.astype(np.int64)
        key = customer * len(labels) + journey
        rows = np.argsort(key, kind="stable")
        begins = np.flatnonzero(np.diff(key[rows], prepend=-1))
        return cls(rows, np.append(begins, rows.size), customer[rows[begins]], journey[rows[begins]], labels)

    @property
    def follows(self) -> Bools:
        """Whether a row follows another one of its journey, in the order of journeys."""
        follows = np.ones(self.rows.size, np.bool_)
        follows[self.start[:-1]] = False
        return follows

    def out_of_order(self, read: Columns, asked: JourneyColumns) -> list[Problem]:
        if asked.order is None:
            return []
        codes, labels = read.labels[asked.order]
        if (text := _timeless(labels)) is not None:
            rule = "a time is a number or a date"
            remedy = "as text a date is 2024-01-31 or 2024-01-31 09:30, in all rows alike"
            return [Problem(f"column {asked.order!r}", f"text such as {text!r}", rule, remedy)]
        times = codes[self.rows]
        late = np.flatnonzero((np.diff(times, prepend=-1) <= 0) & self.follows)
        if not late.size:
            return []
        first = late[0]
        who = read.labels[asked.customer][1][read.labels[asked.customer][0][self.rows[first]]]
        what = f"{labels[times[first]]!r} after {labels[times[first - 1]]!r} for customer {who!r}"
        more = f", and {late.size - 1} more" if late.size > 1 else ""
        rule = "within a journey each encounter comes later than the one before"
        remedy = "sort the rows by time; name the column of journeys if a customer has several"
        return [Problem(f"column {asked.order!r}", f"row {self.rows[first]}: {what}{more}", rule, remedy)]

    def outcome_faults(self, read: Columns, asked: JourneyColumns) -> list[Problem]:
        if asked.outcome is None:
            return []
        values = read.numbers[1][self.rows]
        before = np.roll(values, 1)
        same = (values == before) | (np.isnan(values) & np.isnan(before))
        found = []
        if np.isinf(values).any():
            found.append(Problem(f"column {asked.outcome!r}", "an infinite value", "outcomes are finite"))
        if (apart := self.rows[~same & self.follows]).size:
            rule = "a journey has one outcome, the same in all its rows"
            found.append(Problem(f"column {asked.outcome!r}", f"{_shown(apart)}: another one", rule))
        return found

    def fields(self, read: Columns, asked: JourneyColumns) -> dict[str, Any]:
        marks = {
            name: Grouping(name, read.labels[column][0][self.rows].astype(np.int32), read.labels[column][1])
            for name, column in asked.labels().items()
            if name in {"step", "moment", "employee"}
        }
        people = read.labels[asked.customer][1]
        return {
            "score": read.numbers[0][self.rows],
            "start": self.start,
            "customer": Grouping("customer", self.customer.astype(np.int32), people),
            "journey": Grouping("journey", self.journey.astype(np.int32), self.journeys),
            "marks": marks,
            "outcome": None if asked.outcome is None else read.numbers[1][self.rows[self.start[:-1]]],
            "backend": read.backend,
        }
