"""`Cause`: why a gap inside the company arises, and what answers it."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import field, frozen

from servqual.errors import GapModelError, Problem
from servqual.gap_model.gap_words import LINKS, GapName
from servqual.gap_model.influence_words import Direction
from servqual.labels import Label, as_label
from servqual.telling import chosen


def _labels(given: Iterable[Label | str]) -> tuple[Label, ...]:
    return tuple(as_label(each) for each in ([given] if isinstance(given, str | Label) else given))


def _direction(given: Direction | str) -> Direction:
    return Direction(chosen("direction", given, [str(each) for each in Direction]))


def _gap(given: GapName | str) -> GapName:
    return GapName.of(given)


@frozen
class Cause:
    """A cause of one of the gaps 1 to 4: what is measured, which way it works, and the remedies that answer it.

    Parameters
    ----------
    key
        Its name in data: the dimension of the instrument, the column of a table.
    gap
        The gap that it acts on.
    direction
        Whether more of it raises the gap, which makes a shortfall smaller, or lowers it.
    label
        In English and Chinese; by default the key.
    remedies
        What to do where it is at fault, the first thing first.

    Raises
    ------
    GapModelError
        A key that is empty, or a gap that is not one of the four that the company makes.
    ArgumentError
        A gap or a direction that there is not.

    Examples
    --------
    >>> queue = Cause("queueing", "gap_3", "lowers", remedies=["open a second counter at noon"])
    >>> queue.gap.label.en, queue.direction.sign
    ('gap 3, delivery', -1)
    """

    key: str = field()
    gap: GapName = field(converter=_gap)
    direction: Direction = field(converter=_direction)
    label: Label = field(converter=as_label)
    remedies: tuple[Label, ...] = field(default=(), converter=_labels)

    @label.default
    def _key_in_words(self) -> Label:
        return Label(str(self.key).replace("_", " ").strip() or "cause")

    def __attrs_post_init__(self) -> None:
        problems = []
        if not _named(self.key):
            problems.append(Problem("key", repr(self.key), "a cause is named by a text that is not empty"))
        if self.gap not in LINKS:
            rule = "causes belong to gap_1, gap_2, gap_3 or gap_4; gap 5 is their sum"
            problems.append(Problem(f"cause {self.key}", f"of {self.gap}", rule))
        if problems:
            raise GapModelError(*problems)


def _named(key: object) -> bool:
    return isinstance(key, str) and bool(key.strip())
