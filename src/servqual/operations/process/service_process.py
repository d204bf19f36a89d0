"""`ServiceProcess`: the steps of a service, who sees them, and who hands over to whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import Any

from attrs import field, frozen

from servqual._records import from_record, to_record
from servqual.errors import Problem, ProcessError, RecordError, ServqualError, did_you_mean
from servqual.labels import Label, as_label
from servqual.operations.process.example_steps import (
    HOTEL,
    HOTEL_ARROWS,
    HOTEL_LABEL,
    RESTAURANT,
    RESTAURANT_ARROWS,
    RESTAURANT_LABEL,
    Lanes,
)
from servqual.operations.process.steps import HandOver, Lane, Step, arrows_from

Problems = list[Problem | str]


def _steps_of(given: Iterable[Step]) -> tuple[Step, ...]:
    return tuple(given)


def _hand_overs_of(given: Iterable[HandOver]) -> tuple[HandOver, ...]:
    return tuple(given)


@frozen(repr=False)
class ServiceProcess:
    """A service as a directed graph of steps (a service blueprint): the next step is the customer of this one.

    Parameters
    ----------
    label
        What the process is called.
    steps
        Its steps; the order is that in which they are told.
    hand_overs
        Who hands over to whom; they make no circle.

    Raises
    ------
    ProcessError
        All problems at once: steps that share a key, hand-overs of unknown steps, to oneself or named twice, a circle,
        a step that neither receives nor hands over.

    References
    ----------
    Shostack 1984, Harvard Business Review 62(1):133-139; Bitner, Ostrom & Morgan 2008, California Management Review
    50(3):66-94 (blueprints); Ishikawa 1985, What Is Total Quality Control?, Prentice-Hall (the next process is the
    customer).

    Examples
    --------
    >>> lanes = {"customer": ["order", "eat"], "onstage": ["waiter"], "backstage": ["kitchen"]}
    >>> meal = ServiceProcess.define("a meal", lanes, "order -> waiter -> eat; waiter -> kitchen -> eat")
    >>> [str(each) for each in meal.received("eat")]
    ['waiter -> eat', 'kitchen -> eat']
    >>> meal.starts, meal.ends
    (('order',), ('eat',))
    """

    label: Label = field(converter=as_label)
    steps: tuple[Step, ...] = field(converter=_steps_of)
    hand_overs: tuple[HandOver, ...] = field(converter=_hand_overs_of)

    def __attrs_post_init__(self) -> None:
        """Check that the process can be."""
        problems = [*_step_faults(self.steps), *_arrow_faults(self.steps, self.hand_overs)]
        problems = problems or list(_shape_faults(self.steps, self.hand_overs))
        if problems:
            raise ProcessError(*problems)

    @classmethod
    def define(cls, label: Label | str, lanes: Lanes, *arrows: str) -> ServiceProcess:
        """Return the process of steps in lanes, and of hand-overs as arrows.

        Parameters
        ----------
        label
            What the process is called.
        lanes
            Lane ("customer", "onstage", "backstage", "support") → keys of steps, or key → label.
        *arrows
            Rows such as ``order -> waiter -> kitchen; kitchen -> waiter``.

        Raises
        ------
        ProcessError
            As of the class; a lane that there is not, a row of arrows that names fewer than two steps.
        """
        problems: Problems = []
        steps: list[Step] = []
        for lane, within in lanes.items():
            named = within.items() if isinstance(within, Mapping) else ((key, None) for key in within)
            for key, name in named:
                _keep(problems, steps, key, lane, name)
        try:
            found, wrong = arrows_from(arrows)
        except ProcessError as error:
            found, wrong = [], list(error.problems)
        if problems or wrong:
            raise ProcessError(*dict.fromkeys([*problems, *wrong]))
        return cls(label, steps, found)

    @classmethod
    def hotel_stay(cls) -> ServiceProcess:
        """Return the blueprint of a night in a hotel, in two languages.

        After Bitner, Ostrom & Morgan 2008, California Management Review 50(3):66-94, with steps of one's own.

        Examples
        --------
        >>> stay = ServiceProcess.hotel_stay()
        >>> len(stay.steps), stay.step("check_in").label.zh
        (14, '办理入住')
        """
        return cls.define(HOTEL_LABEL, HOTEL, *HOTEL_ARROWS)

    @classmethod
    def restaurant_meal(cls) -> ServiceProcess:
        """Return the blueprint of a meal in a restaurant, in two languages."""
        return cls.define(RESTAURANT_LABEL, RESTAURANT, *RESTAURANT_ARROWS)

    @classmethod
    def from_dict(cls, record: Mapping[str, Any]) -> ServiceProcess:
        """Return the process that a dictionary describes; see `to_dict`.

        Raises
        ------
        ProcessError
            Unknown keys, missing keys, wrong types and contradictions, each with its place.
        """
        try:
            return from_record(record, cls)
        except RecordError as error:
            raise ProcessError(*error.problems) from error

    def to_dict(self) -> dict[str, Any]:
        """Return a JSON-safe dictionary from which `from_dict` makes an equal process."""
        return to_record(self)

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys of the steps, in the order given."""
        return tuple(step.key for step in self.steps)

    @property
    def order(self) -> tuple[str, ...]:
        """Keys of the steps, each after those that hand over to it."""
        return _order(self.steps, self.hand_overs)

    @property
    def starts(self) -> tuple[str, ...]:
        """Steps that receive from nobody."""
        return tuple(key for key in self.keys if not self.received(key))

    @property
    def ends(self) -> tuple[str, ...]:
        """Steps that hand over to nobody."""
        return tuple(key for key in self.keys if not self.given(key))

    @property
    def last(self) -> tuple[HandOver, ...]:
        """What the customer of the company receives: hand-overs to steps of the customer, or to the ends."""
        customers = [step.key for step in self.steps if step.lane is Lane.CUSTOMER and self.received(step.key)]
        return tuple(each for each in self.hand_overs if each.target in (customers or self.ends))

    def step(self, key: str) -> Step:
        """Return a step by its key.

        Raises
        ------
        ProcessError
            A step that there is not.
        """
        found = [step for step in self.steps if step.key == key]
        if not found:
            raise ProcessError(Problem("step", repr(key), "no step of this process", did_you_mean(key, self.keys)))
        return found[0]

    def received(self, key: str) -> tuple[HandOver, ...]:
        """Return the hand-overs to a step, which rates them."""
        return tuple(each for each in self.hand_overs if each.target == self.step(key).key)

    def given(self, key: str) -> tuple[HandOver, ...]:
        """Return the hand-overs by a step."""
        return tuple(each for each in self.hand_overs if each.source == self.step(key).key)

    def name(self, hand_over: HandOver) -> Label:
        """Return a hand-over in words."""
        source, target = self.step(hand_over.source).label, self.step(hand_over.target).label
        return Label(f"{source.en} → {target.en}", f"{source.text('zh')} → {target.text('zh')}")

    def __repr__(self) -> str:
        behind = sum(not step.lane.visible for step in self.steps)
        count = f"{len(self.steps)} steps, {behind} unseen, {len(self.hand_overs)} hand-overs"
        return f"<ServiceProcess {self.label}: {count}>"


def _keep(problems: Problems, steps: list[Step], key: str, lane: Any, name: Label | str | None) -> None:
    try:
        steps.append(Step(key, lane) if name is None else Step(key, lane, name))
    except ServqualError as error:
        problems.extend(error.problems)


def _order(steps: Iterable[Step], hand_overs: Iterable[HandOver]) -> tuple[str, ...]:
    sorter = TopologicalSorter({step.key: [] for step in steps})
    for each in hand_overs:
        sorter.add(each.target, each.source)
    return tuple(sorter.static_order())


def _step_faults(steps: tuple[Step, ...]) -> Iterator[Problem]:
    keys = [step.key for step in steps]
    for key in dict.fromkeys(keys):
        if keys.count(key) > 1:
            yield Problem(f"step {key}", f"{keys.count(key)} steps of this key", "each step has a key of its own")


def _arrow_faults(steps: tuple[Step, ...], hand_overs: tuple[HandOver, ...]) -> Iterator[Problem]:
    known = [step.key for step in steps]
    for each in dict.fromkeys(hand_overs):
        for end in dict.fromkeys((each.source, each.target)):
            if end not in known:
                yield Problem(f"hand-over {each}", f"{end!r}", "no step of this process", did_you_mean(end, known))
        if hand_overs.count(each) > 1:
            yield Problem(f"hand-over {each}", "named twice", "a process names each hand-over once")
        if each.source == each.target:
            yield Problem(f"hand-over {each}", "to itself", "a step hands over to another")


def _shape_faults(steps: tuple[Step, ...], hand_overs: tuple[HandOver, ...]) -> Iterator[Problem]:
    if not hand_overs:
        yield Problem("hand_overs", "none", "a process has a hand-over", "write order -> cook -> serve")
        return
    ends = {end for each in hand_overs for end in (each.source, each.target)}
    for step in steps:
        if step.key not in ends:
            rule = "a step receives or hands over"
            yield Problem(f"step {step.key}", "no hand-over", rule, "draw an arrow, or leave it out")
    try:
        _order(steps, hand_overs)
    except CycleError as error:
        # found from the last step back
        circle = " -> ".join(error.args[1])
        rule, remedy = "no step hands over to an earlier one", "name the second visit a step of its own"
        yield Problem("hand_overs", f"the circle {circle}", rule, remedy)
