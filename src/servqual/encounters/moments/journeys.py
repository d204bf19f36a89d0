"""`Journeys`: the encounters of customers, in the order in which they happened."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

import numpy as np
from attrs import field, frozen
from attrs.converters import optional

from servqual._arrays import Floats, Holder, Ints, floats, freeze, read_only
from servqual.encounters.moments.journey_intake import JourneyColumns, read_journeys
from servqual.encounters.moments.moment_words import Moment
from servqual.errors import EncounterError, Problem, did_you_mean
from servqual.intake import Grouping
from servqual.labels import Label, as_label


def _ints(values: Any) -> Ints:
    return read_only(values, np.int64)


def _labels_of(names: Mapping[str, Label | str]) -> dict[str, Label]:
    return {str(key): as_label(each) for key, each in names.items()}


@frozen(eq=False, getstate_setstate=False, repr=False, kw_only=True)
class Journeys(Holder):
    """Encounters of many journeys, journey by journey in the order of their time; made by `Journeys.from_frame`.

    Attributes
    ----------
    score
        How each encounter went, −3 to +3, shape (encounters,).
    start
        Where each journey begins, and at last where the last one ends, shape (journeys + 1,).
    customer, journey
        Whose each journey is, and which: `Grouping` of the journeys.
    marks
        ``"step"``, ``"moment"`` and ``"employee"`` of the encounters, as far as they are known.
    outcome
        What became of each journey: 1 kept, 0 lost, or a satisfaction; NaN where not known. None without.
    names
        Names of steps in two languages.
    backend
        The data-frame library that it came from.
    """

    score: Floats = field(converter=floats)
    start: Ints = field(converter=_ints)
    customer: Grouping
    journey: Grouping
    marks: Mapping[str, Grouping] = field(factory=dict)
    outcome: Floats | None = field(default=None, converter=optional(floats))
    names: Mapping[str, Label] = field(factory=dict, converter=_labels_of)
    backend: str = "pandas"

    @classmethod
    def from_frame(
        cls,
        source: Any,
        *,
        score: str = "score",
        customer: str = "customer",
        journey: str | None = None,
        order: str | None = None,
        step: str | None = None,
        moment: str | None = None,
        employee: str | None = None,
        outcome: str | None = None,
        names: Mapping[str, Label | str] | None = None,
    ) -> Self:
        """Return the journeys of a long frame, or of a mapping name → values, one row an encounter.

        Parameters
        ----------
        source
            A frame of pandas, polars or pyarrow, or a mapping. Customers may come in any order; the rows of one journey
            stand in the order of its time.
        score
            Column of scores on the encounter card, whole numbers −3 to +3.
        customer, journey
            Whose encounter, and on which of his or her journeys; without `journey`, each customer has one.
        order
            A number or a date that says when, rising within each journey; text only as 2024-01-31 or 2024-01-31 09:30.
            Without it, rows are taken as they stand.
        step, moment, employee
            Where in the procedure, what kind of moment (see `Moment`), and with whom.
        outcome
            What became of the journey, the same in all its rows: 1 kept and 0 lost, or a number such as satisfaction;
            missing where it is not known.
        names
            Step → its name in English and Chinese; only of steps that occur.

        Raises
        ------
        EncounterError
            All problems at once: columns that are not there, an encounter without a customer, a step or a score, scores
            off the card, times out of order, moments that are not known, two outcomes of one journey, names of no step.

        Examples
        --------
        >>> log = {"customer": ["a", "b", "a", "b"], "score": [1, -2, 3, 0], "step": ["ask", "ask", "pay", "pay"]}
        >>> Journeys.from_frame(log, step="step")
        <Journeys: 4 encounters of 2 customers in 2 journeys>
        """
        asked = JourneyColumns(
            score=score, customer=customer, journey=journey, order=order, step=step, moment=moment,
            employee=employee, outcome=outcome,
        )  # fmt: skip
        return cls(**read_journeys(source, asked, names or ()), names=names or {})

    def __len__(self) -> int:
        return self.start.size - 1

    def __repr__(self) -> str:
        people = len(self.customer.labels)
        return f"<Journeys: {self.score.size} encounters of {people} customers in {len(self)} journeys>"

    @property
    def sizes(self) -> Ints:
        """Encounters of each journey, shape (journeys,)."""
        return freeze(np.diff(self.start))

    @property
    def of(self) -> Ints:
        """The journey of each encounter, shape (encounters,)."""
        return freeze(np.repeat(np.arange(len(self)), self.sizes))

    def mark(self, name: str) -> Grouping:
        """Return the step, moment or employee of each encounter.

        Raises
        ------
        EncounterError
            If it was not read.
        """
        if name not in self.marks:
            rule = f"journeys were read with {', '.join(self.marks) or 'scores only'}"
            raise EncounterError(Problem("by", f"no {name!r}", rule, f"read them with {name}="))
        return self.marks[name]

    def label(self, mark: str, key: Any) -> Label:
        """Return the name of a step, moment or employee in both languages."""
        if mark == "moment":
            return Moment(key).label
        return self.names.get(str(key), Label(str(key))) if mark == "step" else Label(str(key))

    def only(self, customer: Any, journey: Any = None) -> Self:
        """Return one journey; `journey` may be left out where the customer has one.

        Raises
        ------
        EncounterError
            If there is no such customer or journey, or the customer has several.
        """
        mine = np.array([label == customer for label in self.customer.labels])[self.customer.codes]
        if not mine.any():
            known = [str(each) for each in self.customer.labels]
            raise EncounterError(
                Problem(
                    "customer",
                    f"no {customer!r}",
                    "journeys are of known customers",
                    did_you_mean(str(customer), known),
                )
            )
        if journey is not None:
            mine &= np.array([label == journey for label in self.journey.labels])[self.journey.codes]
        found = np.flatnonzero(mine)
        if found.size != 1:
            rule = "one journey is told at a time"
            raise EncounterError(Problem("journey", f"{found.size} journeys of {customer!r}", rule, "say which"))
        return self._one(int(found[0]))

    def _one(self, place: int) -> Self:
        rows = np.arange(self.start[place], self.start[place + 1])
        return type(self)(
            score=self.score[rows], start=[0, rows.size], customer=self.customer.take(np.array([place])),
            journey=self.journey.take(np.array([place])),
            marks={name: each.take(rows) for name, each in self.marks.items()},
            outcome=None if self.outcome is None else self.outcome[place : place + 1], names=self.names,
            backend=self.backend,
        )  # fmt: skip
