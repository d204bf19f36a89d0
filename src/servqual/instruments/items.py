"""`Item` and `Dimension`: what an instrument is made of."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from attrs import evolve, field, frozen

from servqual.errors import InstrumentError, Problem
from servqual.labels import Label, as_label


def named(key: str) -> str:
    """Return a key or a name as it is, refusing what is not a text with something in it."""
    if not (_is_text(key) and key.strip()):
        raise InstrumentError(Problem("key", repr(key), "keys and names are texts that are not empty", _as_text(key)))
    return key


def in_words(key: str) -> Label:
    """Return a key as words: underscores are spaces."""
    return Label(named(key).replace("_", " ").strip() or key)


def _as_text(key: object) -> str:
    return f"write {str(key)!r}" if isinstance(key, int) else ""


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _items_of(items: Iterable[Item]) -> tuple[Item, ...]:
    return tuple(items)


@frozen
class Item:
    """One statement or question: its key, its label, and whether agreement with it speaks against the service."""

    key: str = field(converter=named)
    label: Label = field(converter=as_label)
    reverse: bool = False

    @label.default
    def _key_as_label(self) -> Label:
        return Label(self.key)


@frozen
class Dimension:
    """A named group of items whose mean is one score."""

    key: str = field(converter=named)
    items: tuple[Item, ...] = field(converter=_items_of)
    label: Label = field(converter=as_label)

    @items.validator
    def _hold_items(self, _: object, items: tuple[object, ...]) -> None:
        strange = [each for each in items if not isinstance(each, Item)]
        if strange:
            raise InstrumentError(*(Problem(f"dimension {self.key}", repr(each), _ONLY_ITEMS) for each in strange))

    @label.default
    def _key_as_label(self) -> Label:
        return in_words(self.key)

    def __len__(self) -> int:
        return len(self.items)


_ONLY_ITEMS = "a dimension holds Items; Instrument.define makes them of keys"
AnItem = str | Label | Item
Items = Sequence[AnItem] | Mapping[str, Label | str]


def items_from(dimension: str, items: Items, reverse: Collection[str]) -> Iterator[Item]:
    """Yield the items of one dimension, however they were given; a label alone gets the key ``dimension_position``."""
    if isinstance(items, str):
        raise InstrumentError(
            Problem(f"dimension {dimension}", repr(items), "items are a list, not one text", f"write [{items!r}]")
        )
    pairs: Iterable[tuple[str, AnItem]]
    if isinstance(items, Mapping):
        pairs = ((key, as_label(label)) for key, label in items.items())
    else:
        pairs = ((f"{dimension}_{number}", each) for number, each in enumerate(items, start=1))
    for key, each in pairs:
        if isinstance(each, Item):
            yield evolve(each, reverse=each.reverse or each.key in reverse)
        elif isinstance(each, Label):
            yield Item(key, each, key in reverse)
        else:
            yield Item(named(each), reverse=each in reverse)
