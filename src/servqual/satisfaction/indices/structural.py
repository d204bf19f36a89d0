"""`Construct` and `StructuralModel`: what an index is made of, and what leads to what."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from attrs import field, frozen

from servqual._records import parse_json
from servqual.errors import ArgumentError, Problem, RecordError, StructuralError, did_you_mean
from servqual.instruments import Instrument
from servqual.labels import Label, LabelError, as_label
from servqual.satisfaction.indices.structural_faults import construct_faults, label_faults, model_faults, strangers
from servqual.satisfaction.indices.structural_paths import paths_from
from servqual.satisfaction.indices.structural_records import model_parts, model_record
from servqual.statistics.pls_plan import PathPlan
from servqual.statistics.pls_words import OuterMode

Paths = str | Iterable[tuple[str, str]]
Labels = Mapping[str, Label | str] | Iterable[tuple[str, Label | str]]
Indicators = str | Sequence[str]


def _texts_of(given: Indicators) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(given)


def _mode_of(given: OuterMode | str) -> OuterMode | str:
    try:
        return OuterMode(given)
    except ArgumentError:
        return given


def _labels_of(labels: Labels) -> tuple[tuple[str, Label | str], ...]:
    return tuple(
        (name, _label_of(label)) for name, label in (labels.items() if isinstance(labels, Mapping) else labels)
    )


def _label_of(label: Label | str) -> Label | str:
    try:
        return as_label(label)
    except LabelError:
        return label


def _pairs_of(paths: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    given: list[Any] = list(paths)
    # a text is no pair, and is told as it is
    return tuple((path,) if isinstance(path, str) else tuple(path) for path in given)


def _constructs_of(constructs: Iterable[Construct]) -> tuple[Construct, ...]:
    return tuple(constructs)


@frozen
class Construct:
    """What cannot be asked as such, and the indicators by which it is measured.

    Parameters
    ----------
    name
        Of the construct.
    indicators
        Names of items, or of columns of data; one or more.
    mode
        "A" where indicators reflect the construct, "B" where they form it; see `OuterMode`.

    Raises
    ------
    StructuralError
        All problems at once: a name that is none, no indicators, an indicator twice, an unknown mode.

    Examples
    --------
    >>> Construct("loyalty", ["again", "recommend"]).mode.value
    'A'
    """

    name: str
    indicators: tuple[str, ...] = field(converter=_texts_of)
    mode: OuterMode = field(default=OuterMode.A, converter=_mode_of)

    def __attrs_post_init__(self) -> None:
        problems = list(construct_faults(self.name, self.indicators, self.mode))
        if problems:
            raise StructuralError(*problems)


@frozen(repr=False, cache_hash=True)
class StructuralModel:
    """A structural index model: constructs measured by indicators, and paths that lead from construct to construct.

    Parameters
    ----------
    constructs
        In the order of tables; the numbers do not depend on it.
    paths
        Pairs (source, target), without a cycle; they join all constructs to one model.
    labels
        Name of a construct or an indicator → its name in words; where there is none, the name is read as words.

    Raises
    ------
    StructuralError
        All problems at once: a cycle, a model in several pieces, unknown names, an indicator in two constructs.

    Examples
    --------
    >>> service, loyalty = Construct("service", ["q1", "q2"]), Construct("loyalty", ["again", "recommend"])
    >>> StructuralModel([service, loyalty], [("service", "loyalty")])
    <StructuralModel: 2 constructs, 4 indicators, 1 path>
    """

    constructs: tuple[Construct, ...] = field(converter=_constructs_of)
    paths: tuple[tuple[str, str], ...] = field(converter=_pairs_of)
    labels: tuple[tuple[str, Label], ...] = field(default=(), converter=_labels_of)

    def __attrs_post_init__(self) -> None:
        problems = list(strangers(self.constructs, Construct))
        if not problems:
            blocks = {each.name: each.indicators for each in self.constructs}
            names = [each.name for each in self.constructs]
            problems = [
                *model_faults(names, blocks, self.paths),
                *label_faults(self.labels, [*names, *self.indicators]),
            ]
        if problems:
            raise StructuralError(*problems)

    @classmethod
    def define(
        cls,
        constructs: Mapping[str, Indicators],
        paths: Paths,
        *,
        modes: Mapping[str, OuterMode | str] | OuterMode | str = OuterMode.A,
        labels: Labels = (),
    ) -> StructuralModel:
        """Return the model of a mapping construct → indicators and of paths, pairs or a text ``a -> b -> c; a -> c``.

        `modes` is one for all constructs, or a mapping construct → mode in which those left out have "A".

        Raises
        ------
        StructuralError
            All problems at once, those of single constructs too.

        Examples
        --------
        >>> model = StructuralModel.define({"service": ["q1", "q2"], "loyalty": ["again"]}, "service -> loyalty")
        >>> model.paths
        (('service', 'loyalty'),)
        """
        problems: list[Problem | str] = []
        own = dict(modes) if isinstance(modes, Mapping) else dict.fromkeys(constructs, modes)
        strays = [name for name in own if name not in constructs]
        problems += [Problem("modes", repr(name), _NO_SUCH, did_you_mean(str(name), constructs)) for name in strays]
        pairs = paths_from(paths, problems) if isinstance(paths, str) else _pairs_of(paths)
        blocks = {name: _texts_of(indicators) for name, indicators in constructs.items()}
        wanted = {name: (block, _mode_of(own.get(name, OuterMode.A))) for name, block in blocks.items()}
        problems += [each for name, made in wanted.items() for each in construct_faults(name, *made)]
        known = [*blocks, *(each for block in blocks.values() for each in block)]
        problems += [*model_faults(list(blocks), blocks, pairs), *label_faults(_labels_of(labels), known)]
        if problems:
            raise StructuralError(*problems)
        return cls([Construct(name, *made) for name, made in wanted.items()], pairs, labels)

    @classmethod
    def of_instrument(
        cls,
        instrument: Instrument,
        paths: Paths,
        *,
        modes: Mapping[str, OuterMode | str] | OuterMode | str = OuterMode.A,
    ) -> StructuralModel:
        """Return the model in which each dimension of an instrument is a construct, measured by its items.

        Raises
        ------
        StructuralError
            As `define`.
        """
        blocks = {each.key: [item.key for item in each.items] for each in instrument.dimensions}
        labels = {each.key: each.label for each in instrument.items}
        labels |= {each.key: each.label for each in instrument.dimensions}
        return cls.define(blocks, paths, modes=modes, labels=labels)

    @classmethod
    def from_dict(cls, record: Mapping[str, Any]) -> StructuralModel:
        """Return the model that a dictionary describes; see `to_dict`.

        Raises
        ------
        StructuralError
            Unknown keys, missing keys, wrong types and contradictions, each with its place.
        """
        try:
            blocks, modes, paths, labels = model_parts(record)
        except RecordError as error:
            raise StructuralError(*error.problems) from error
        return cls.define(blocks, paths, modes=modes, labels=labels)

    @classmethod
    def from_json(cls, text: str) -> StructuralModel:
        """Return the model that a JSON text describes; see `from_dict`."""
        try:
            return cls.from_dict(parse_json(text))
        except RecordError as error:
            raise StructuralError(*error.problems) from error

    def to_dict(self) -> dict[str, Any]:
        """Return a JSON-safe dictionary from which `from_dict` makes an equal model."""
        return model_record(
            [(each.name, each.indicators, each.mode) for each in self.constructs], self.paths, self.labels
        )

    def to_json(self) -> str:
        """Return the model as JSON text, readable by people."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=2)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the constructs."""
        return tuple(each.name for each in self.constructs)

    @property
    def indicators(self) -> tuple[str, ...]:
        """All indicators, construct by construct."""
        return tuple(name for each in self.constructs for name in each.indicators)

    @property
    def plan(self) -> PathPlan:
        """The model in positions, as `pls_path_model` takes it."""
        return _plan_of(self)

    def label(self, name: str) -> Label:
        """Return the name of a construct or an indicator in words."""
        known = [*self.names, *self.indicators]
        if name not in known:
            raise StructuralError(Problem("name", repr(name), _NOTHING, did_you_mean(str(name), known)))
        return dict(self.labels).get(name) or Label(name.replace("_", " ").strip() or name)

    def place(self, construct: str, role: str = "construct") -> int:
        """Return the position of a construct; `role` is what an error calls it."""
        if construct not in self.names:
            raise StructuralError(Problem(role, repr(construct), _NO_SUCH, did_you_mean(str(construct), self.names)))
        return self.names.index(construct)

    def __repr__(self) -> str:
        paths = f"{len(self.paths)} path" + "s" * (len(self.paths) != 1)
        return f"<StructuralModel: {len(self.constructs)} constructs, {len(self.indicators)} indicators, {paths}>"


_NO_SUCH = "the model has no such construct"
_NOTHING = "the model has no such construct or indicator"


@lru_cache(maxsize=64)
def _plan_of(model: StructuralModel) -> PathPlan:
    place = {name: number for number, name in enumerate(model.indicators)}
    return PathPlan(
        [[place[name] for name in each.indicators] for each in model.constructs],
        [(model.names.index(source), model.names.index(target)) for source, target in model.paths],
        [each.mode for each in model.constructs],
    )
