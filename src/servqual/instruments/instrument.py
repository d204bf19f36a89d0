"""`Instrument`: what may be asked."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

from attrs import evolve, field, frozen

from servqual._records import from_record, located, parse_json, to_record
from servqual.errors import FileFormatError, InstrumentError, Problem, RecordError, SurveyFileError, did_you_mean
from servqual.instruments.documents import SCHEMA, expanded
from servqual.instruments.items import Dimension, Item, Items, in_words, items_from, named
from servqual.instruments.levels import Level, as_levels
from servqual.instruments.scale import Scale
from servqual.labels import Label, as_label


def _dimensions_of(dimensions: Iterable[Dimension]) -> tuple[Dimension, ...]:
    return tuple(dimensions)


@frozen(repr=False)
class Instrument:
    """What may be asked: dimensions of items, the scale of the answers, and the levels asked of each item.

    Parameters
    ----------
    name
        A short name.
    dimensions
        Each item belongs to one dimension; the order of items is the order of the dimensions.
    scale
        The answers that every item admits.
    levels
        What is asked of each item: perception, and the standards it is held against.
    label, citation, status
        Title in words; where the instrument comes from; what of it was verified in a source and what is recalled.

    Raises
    ------
    InstrumentError
        All contradictions at once: an item in two dimensions, an empty dimension, a key used twice, no levels.

    Examples
    --------
    >>> kiosk = Instrument.define("kiosk", {"speed": ["wait", "service"], "screen": ["clear"]}, scale=Scale.likert(7))
    >>> kiosk.dimension_keys, len(kiosk.items)
    (('speed', 'screen'), 3)
    """

    name: str = field(converter=named)
    dimensions: tuple[Dimension, ...] = field(converter=_dimensions_of)
    scale: Scale
    levels: tuple[Level, ...] = field(default=(Level.PERCEPTION, Level.EXPECTATION), converter=as_levels)
    label: Label = field(converter=as_label)
    citation: str = ""
    status: str = ""

    @label.default
    def _name_as_label(self) -> Label:
        return Label(self.name)

    def __attrs_post_init__(self) -> None:
        problems = list(_strangers(self)) or list(_contradictions(self))
        if problems:
            raise InstrumentError(*problems)

    @classmethod
    def define(
        cls,
        name: str,
        dimensions: Mapping[str, Items],
        *,
        scale: Scale,
        levels: Iterable[Level | str] = (Level.PERCEPTION, Level.EXPECTATION),
        label: Label | str | None = None,
        labels: Mapping[str, Label | str] | None = None,
        reverse: Collection[str] = (),
        citation: str = "",
        status: str = "",
    ) -> Instrument:
        """Return an instrument from dimension → items; items are keys, labels, items or a mapping key → label.

        An item given as a `Label` gets the key ``dimension_position``. `labels` names the dimensions in words;
        `reverse` lists the keys of items that are worded against the service.
        """
        if isinstance(reverse, str):
            raise InstrumentError(Problem("reverse", repr(reverse), "item keys are a list", f"write [{reverse!r}]"))
        wanted = dict(labels or {})
        made = [
            Dimension(key, items_from(key, items, reverse), wanted.pop(key, in_words(key)))
            for key, items in dimensions.items()
        ]
        known = dict.fromkeys(item.key for dimension in made for item in dimension.items)
        strays = [key for key in reverse if key not in known]
        problems = [
            *(Problem("labels", repr(key), "labels name dimensions", did_you_mean(key, dimensions)) for key in wanted),
            *(Problem("reverse", repr(key), "reversed keys name items", did_you_mean(key, known)) for key in strays),
        ]
        if problems:
            raise InstrumentError(*problems)
        return cls(name, made, scale, levels, name if label is None else label, citation, status)

    @classmethod
    def from_dict(cls, record: Mapping[str, Any]) -> Instrument:
        """Return the instrument that a dictionary describes, in the full form of `to_dict` or in a short one.

        In the short form ``dimensions`` is a mapping of dimension to item keys (or to a mapping item key → label), an
        item is its key alone, and every label is a plain string.

        Raises
        ------
        InstrumentError
            Unknown keys, missing keys, wrong types and contradictions, each with its place.
        """
        try:
            return from_record(expanded(record), cls)
        except RecordError as error:
            raise InstrumentError(*error.problems) from error

    @classmethod
    def from_json(cls, text: str) -> Instrument:
        """Return the instrument that a JSON text describes; see `from_dict`."""
        try:
            return cls.from_dict(parse_json(text))
        except RecordError as error:
            raise InstrumentError(*error.problems) from error

    @classmethod
    def load(cls, path: str | Path) -> Instrument:
        """Return the instrument that a JSON file (UTF-8, with or without a byte-order mark) describes.

        Raises
        ------
        SurveyFileError, FileFormatError
            No such file; a file in another encoding.
        InstrumentError
            As `from_json`, each with the name of the file.
        """
        try:
            text = Path(path).read_text(encoding="utf-8-sig")
        except FileNotFoundError as error:
            raise SurveyFileError(Problem(str(path), "no such file", "an instrument file is JSON")) from error
        except UnicodeDecodeError as error:
            found = f"byte {error.object[error.start]:#04x} at {error.start}"
            raise FileFormatError(
                Problem(str(path), found, "instrument files are UTF-8", "save it as UTF-8")
            ) from error
        try:
            return cls.from_json(text)
        except InstrumentError as error:
            raise InstrumentError(*located(str(path), error)) from error

    def to_dict(self) -> dict[str, Any]:
        """Return a JSON-safe dictionary from which `from_dict` makes an equal instrument."""
        return {"schema": SCHEMA, **to_record(self)}

    def to_json(self) -> str:
        """Return the instrument as JSON text, readable by people."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=2)

    @property
    def items(self) -> tuple[Item, ...]:
        """All items, dimension by dimension."""
        return tuple(item for dimension in self.dimensions for item in dimension.items)

    @property
    def item_keys(self) -> tuple[str, ...]:
        """The keys of all items, in order."""
        return tuple(item.key for item in self.items)

    @property
    def dimension_keys(self) -> tuple[str, ...]:
        """The keys of all dimensions, in order."""
        return tuple(dimension.key for dimension in self.dimensions)

    @property
    def slices(self) -> tuple[slice, ...]:
        """Where each dimension's items stand among all items."""
        ends = list(accumulate((len(dimension) for dimension in self.dimensions), initial=0))
        return tuple(slice(start, stop) for start, stop in pairwise(ends))

    def only(self, *dimensions: str) -> Instrument:
        """Return the instrument with these dimensions alone, in its own order."""
        unknown = [key for key in dimensions if key not in self.dimension_keys]
        if unknown:
            hints = (did_you_mean(key, self.dimension_keys) for key in unknown)
            found = zip(unknown, hints, strict=True)
            raise InstrumentError(*(Problem(self.name, repr(key), "not a dimension", hint) for key, hint in found))
        return evolve(self, dimensions=[each for each in self.dimensions if each.key in dimensions])

    def asking(self, *levels: Level | str) -> Instrument:
        """Return the instrument with other levels asked of each item."""
        return evolve(self, levels=levels)

    def __len__(self) -> int:
        return sum(len(dimension) for dimension in self.dimensions)

    def __repr__(self) -> str:
        asked = ", ".join(self.levels)
        return (
            f"<Instrument {self.name!r}: {len(self)} items, {len(self.dimensions)} dimensions, {self.scale}; {asked}>"
        )


def _is(value: object, kind: type) -> bool:
    return isinstance(value, kind)


def _strangers(instrument: Instrument) -> Iterator[Problem]:
    if not _is(instrument.scale, Scale):
        yield Problem("scale", repr(instrument.scale), "the scale is a Scale", "for example Scale.likert(7)")
    for each in instrument.dimensions:
        if not _is(each, Dimension):
            yield Problem("dimensions", repr(each), "dimensions are Dimensions", "Instrument.define makes them of keys")


def _contradictions(instrument: Instrument) -> Iterator[Problem]:
    place = f"instrument {instrument.name}"
    if not instrument.dimensions:
        yield Problem(place, "no dimensions", "an instrument has at least one dimension")
    if not instrument.levels:
        yield Problem(place, "no levels", "an instrument asks at least one level of each item")
    for what, keys in (("level", instrument.levels), ("dimension", instrument.dimension_keys)):
        for key in (key for key, count in Counter(keys).items() if count > 1):
            yield Problem(place, f"{what} {key!s} twice", f"each {what} is named once")
    for key in {"overall", "overall_items"}.intersection(instrument.dimension_keys):
        rule = "overall scores go by that name"
        yield Problem(f"dimension {key}", "a name that scores have", rule, "name it otherwise")
    for dimension in instrument.dimensions:
        if not dimension.items:
            yield Problem(f"dimension {dimension.key}", "no items", "a dimension has at least one item")
    for key in (key for key, count in Counter(instrument.item_keys).items() if count > 1):
        homes = [each.key for each in instrument.dimensions for item in each.items if item.key == key]
        yield Problem(f"item {key}", f"in {' and '.join(homes)}", "an item belongs to one dimension and is named once")
