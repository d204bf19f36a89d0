"""`Aspect`: what of the items is read: their answers at one level, or their gaps to a standard."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import frozen

from servqual.errors import LevelError, Problem, did_you_mean
from servqual.instruments import Level
from servqual.labels import Label

_GAPS = {
    Level.EXPECTATION: ("gap", Label("gap", "差距")),
    Level.ADEQUATE: ("adequacy", Label("adequacy gap", "充分性差距")),
    Level.DESIRED: ("superiority", Label("superiority gap", "优越性差距")),
}


@frozen
class Aspect:
    """The answers at one level, or, with a standard, the gaps ``level − standard``; a negative gap is a shortfall."""

    key: str
    label: Label
    level: Level
    standard: Level | None = None

    @classmethod
    def answers(cls, level: Level) -> Aspect:
        """Return the answers at a level."""
        return cls(str(level), level.label, level)

    @classmethod
    def gap(cls, standard: Level) -> Aspect:
        """Return the gaps of perceptions to a standard: "gap", "adequacy", "superiority"; "gap_to_ideal" and so on."""
        other = (
            f"gap_to_{standard}",
            Label(f"gap to what is {standard.label.en}", f"与“{standard.label.text('zh')}”的差距"),
        )
        key, label = _GAPS.get(standard, other)
        return cls(key, label, Level.PERCEPTION, standard)


def aspects_of(levels: Sequence[Level]) -> Iterator[Aspect]:
    """Yield the answers at each level, then the gaps of perceptions to each standard that was asked."""
    yield from map(Aspect.answers, levels)
    if Level.PERCEPTION in levels:
        yield from (Aspect.gap(level) for level in levels if level.is_expectation)


def aspect_named(name: Level | str, aspects: Sequence[Aspect]) -> Aspect:
    """Return one of these aspects by its key.

    Raises
    ------
    LevelError
        A name that is none of them.
    """
    known = {aspect.key: aspect for aspect in aspects}
    if str(name) not in known:
        found = f"{name!s} was not answered" if str(name) in set(Level) else repr(str(name))
        remedy = did_you_mean(str(name), known)
        raise LevelError(Problem("level", found, "a reading is of answers at a level, or of gaps", remedy))
    return known[str(name)]
