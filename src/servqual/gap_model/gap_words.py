"""The words of the gap model: what is measured along the chain, and the gaps between."""

from __future__ import annotations

from enum import StrEnum

from attrs import field, frozen

from servqual.errors import ArgumentError, GapModelError, Problem
from servqual.errors.problems import unknown_word
from servqual.labels import Label

OVERALL = "overall"


class Station(StrEnum):
    """What one source says of the level of service, in the order of the chain; the promise stands beside it.

    EXPECTED
        What customers expect.
    UNDERSTOOD
        What management believes that customers expect.
    SPECIFIED
        What standards and designs lay down.
    DELIVERED
        What is done, as operations record it.
    PERCEIVED
        What customers experience.
    PROMISED
        What advertising, sales and contracts promise.
    """

    EXPECTED = "expected"
    UNDERSTOOD = "understood"
    SPECIFIED = "specified"
    DELIVERED = "delivered"
    PERCEIVED = "perceived"
    PROMISED = "promised"

    @property
    def label(self) -> Label:
        """The name in English and Chinese."""
        return _STATIONS[self]


_STATIONS = {
    Station.EXPECTED: Label("expected by customers", "顾客的期望"),
    Station.UNDERSTOOD: Label("understood by management", "管理者对期望的认识"),
    Station.SPECIFIED: Label("specified in standards", "服务标准"),
    Station.DELIVERED: Label("delivered", "实际提供的服务"),
    Station.PERCEIVED: Label("perceived by customers", "顾客的感知"),
    Station.PROMISED: Label("promised", "对外的承诺"),
}

CHAIN = (Station.EXPECTED, Station.UNDERSTOOD, Station.SPECIFIED, Station.DELIVERED, Station.PERCEIVED)


class GapName(StrEnum):
    """The five gaps and the promise gap; each is a level minus the one before it, below zero a shortfall.

    KNOWLEDGE
        Gap 1: understood − expected.
    STANDARDS
        Gap 2: specified − understood.
    DELIVERY
        Gap 3: delivered − specified.
    COMMUNICATION
        Gap 4: perceived − delivered.
    SERVICE
        Gap 5: perceived − expected, which is the sum of the four.
    PROMISE
        The promise gap: delivered − promised, a reading beside the chain and no part of the sum.
    """

    KNOWLEDGE = "gap_1"
    STANDARDS = "gap_2"
    DELIVERY = "gap_3"
    COMMUNICATION = "gap_4"
    SERVICE = "gap_5"
    PROMISE = "promise_gap"

    @property
    def gap(self) -> StationGap:
        """What it is the difference of."""
        return StationGap(*_ENDS[self])

    @property
    def label(self) -> Label:
        """The name in English and Chinese."""
        return _GAPS[self]

    @classmethod
    def of(cls, given: GapName | str) -> GapName:
        """Return the gap of this name.

        Raises
        ------
        ArgumentError
            No such gap; those that there are stand in the message.
        """
        known = [str(each) for each in cls]
        if given not in known:
            rule = f"a gap is one of {', '.join(known)}"
            raise ArgumentError(unknown_word("gap", given, known, rule))
        return cls(given)


_GAPS = {
    GapName.KNOWLEDGE: Label("gap 1, knowledge", "差距1：认识差距"),
    GapName.STANDARDS: Label("gap 2, standards", "差距2：标准差距"),
    GapName.DELIVERY: Label("gap 3, delivery", "差距3：传递差距"),
    GapName.COMMUNICATION: Label("gap 4, communication", "差距4：沟通差距"),
    GapName.SERVICE: Label("gap 5, service", "差距5：服务质量差距"),
    GapName.PROMISE: Label("promise gap", "承诺差距"),
}

_ENDS = {
    GapName.KNOWLEDGE: (Station.UNDERSTOOD, Station.EXPECTED),
    GapName.STANDARDS: (Station.SPECIFIED, Station.UNDERSTOOD),
    GapName.DELIVERY: (Station.DELIVERED, Station.SPECIFIED),
    GapName.COMMUNICATION: (Station.PERCEIVED, Station.DELIVERED),
    GapName.SERVICE: (Station.PERCEIVED, Station.EXPECTED),
    GapName.PROMISE: (Station.DELIVERED, Station.PROMISED),
}

# The four gaps of the chain, which sum to Gap 5.
LINKS = (GapName.KNOWLEDGE, GapName.STANDARDS, GapName.DELIVERY, GapName.COMMUNICATION)


@frozen
class StationGap:
    """One gap: a level minus the standard that it is held against, below zero a shortfall.

    Where a level in between was not measured, neighbouring gaps are one: ``specified − expected`` is Gap 1 + Gap 2.

    Parameters
    ----------
    level, standard
        Two of the chain, the later first; or delivered and promised.

    Raises
    ------
    GapModelError
        Two levels between which there is no gap of the model.

    Examples
    --------
    >>> merged = StationGap(Station.SPECIFIED, Station.EXPECTED)
    >>> merged.key, merged.label.en, merged.formula.en
    ('gap_1_2', 'gaps 1 + 2', 'specified − expected')
    """

    level: Station = field(converter=Station)
    standard: Station = field(converter=Station)

    def __attrs_post_init__(self) -> None:
        ends = (self.level, self.standard)
        if ends != _ENDS[GapName.PROMISE] and not (
            set(ends) <= set(CHAIN) and CHAIN.index(self.level) > CHAIN.index(self.standard)
        ):
            rule = "a gap is a level minus one that lies before it in the chain, or delivered minus promised"
            raise GapModelError(Problem("gap", f"{self.level} − {self.standard}", rule))

    @property
    def name(self) -> GapName | None:
        """Its name, None where it is several gaps in one."""
        return next((name for name, ends in _ENDS.items() if ends == (self.level, self.standard)), None)

    @property
    def parts(self) -> tuple[GapName, ...]:
        """The gaps of the chain that it is the sum of; the promise gap has none but itself."""
        if self.name is GapName.PROMISE:
            return (GapName.PROMISE,)
        return LINKS[CHAIN.index(self.standard) : CHAIN.index(self.level)]

    @property
    def key(self) -> str:
        """A name for columns: ``gap_3``, ``gap_1_2``, ``promise_gap``."""
        return str(self.name or "gap_" + "_".join(part[-1] for part in self.parts))

    @property
    def label(self) -> Label:
        """The name in English and Chinese."""
        if self.name is not None:
            return self.name.label
        numbers = [part[-1] for part in self.parts]
        return Label(f"gaps {' + '.join(numbers)}", f"差距{'＋'.join(numbers)}")

    @property
    def formula(self) -> Label:
        """The difference that it is."""
        return Label(f"{self.level} − {self.standard}", f"{self.level.label.zh} − {self.standard.label.zh}")

    def __str__(self) -> str:
        return self.key
