"""`Quantity`: the single numbers of an index, by which resamples and groups are compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum

import numpy as np
from attrs import frozen

from servqual._arrays import Floats, Ints
from servqual.errors import ArgumentError, Problem, StructuralError, did_you_mean
from servqual.errors.problems import unknown_word
from servqual.labels import Label
from servqual.satisfaction.indices.numbers import IndexNumbers, all_effects
from servqual.satisfaction.indices.structural import StructuralModel
from servqual.statistics.pls_estimates import PathEstimates


class QuantityKind(StrEnum):
    """What a number of an index is.

    PATH
        A path coefficient, in standard deviations.
    TOTAL_EFFECT
        The effect over all routes, in standard deviations.
    IMPORTANCE
        The unstandardised total effect: points of the target's index per point of the source's.
    WEIGHT, LOADING
        Of an indicator.
    R2
        Share of variance of a construct that its predecessors explain.
    INDEX
        Of a construct, from 0 to 100.
    HTMT
        Heterotrait–monotrait ratio of two constructs.
    """

    PATH = "path"
    TOTAL_EFFECT = "total_effect"
    IMPORTANCE = "importance"
    WEIGHT = "weight"
    LOADING = "loading"
    R2 = "r2"
    INDEX = "index"
    HTMT = "htmt"

    @property
    def label(self) -> Label:
        """The name in English and Chinese."""
        return _KINDS[self]

    @property
    def is_effect(self) -> bool:
        """Whether zero means that there is none."""
        return self in {QuantityKind.PATH, QuantityKind.TOTAL_EFFECT, QuantityKind.IMPORTANCE}

    @classmethod
    def _missing_(cls, value: object) -> QuantityKind:
        raise ArgumentError(unknown_word("kind", value, cls))


_KINDS = {
    QuantityKind.PATH: Label("path coefficients", "路径系数"),
    QuantityKind.TOTAL_EFFECT: Label("total effects", "总效应"),
    QuantityKind.IMPORTANCE: Label("unstandardised total effects (importance)", "非标准化总效应（重要性）"),
    QuantityKind.WEIGHT: Label("outer weights", "外部权重"),
    QuantityKind.LOADING: Label("loadings", "载荷"),
    QuantityKind.R2: Label("R²", "R²"),
    QuantityKind.INDEX: Label("indices from 0 to 100", "0–100 指数"),
    QuantityKind.HTMT: Label("heterotrait–monotrait ratios (HTMT)", "异质–单质比率（HTMT）"),
}


@frozen
class Quantity:
    """One number of an index: its kind, what it is of, and for those of two names, where it leads.

    `source` is a construct or an indicator; `target` the construct that is led to, that an indicator measures, or that
    is compared with; empty for what is of one construct.
    """

    kind: QuantityKind
    source: str
    target: str = ""

    def label(self, model: StructuralModel) -> Label:
        """Return the name in English and Chinese."""
        first = model.label(self.source)
        if not self.target or self.kind in {QuantityKind.WEIGHT, QuantityKind.LOADING}:
            return first
        second, sign = model.label(self.target), ", " if self.kind is QuantityKind.HTMT else " → "
        return Label(f"{first.en}{sign}{second.en}", f"{first.text('zh')}{sign}{second.text('zh')}")


def no_such_quantity(wanted: Quantity, alike: Iterable[Quantity]) -> StructuralError:
    """Return the error that a number is not among those of its kind."""
    said, *known = (f"{each.source} {each.target}".strip() for each in (wanted, *alike))
    rule = "the model has no such number"
    return StructuralError(Problem(str(wanted.kind), said, rule, did_you_mean(said, known)))


@frozen(eq=False)
class Shelf:
    """All quantities of a model in order, and where the arrays of estimates hold them."""

    model: StructuralModel
    scaled: bool

    def quantities(self) -> tuple[Quantity, ...]:
        """Return every number that the model has."""
        return tuple(self._each())

    def values(self, estimates: PathEstimates, numbers: IndexNumbers, heterotrait: Floats) -> Floats:
        """Return the numbers of one estimate or a stack, shape (…, quantities)."""
        total = all_effects(estimates)
        total = np.where(np.isnan(estimates.paths).any(axis=(-1, -2), keepdims=True), np.nan, total)
        ends, pairs, blocks = self._path_places(), self._effect_places(), self._pair_places()
        parts = [
            estimates.paths[..., ends[1], ends[0]],
            total[..., pairs[1], pairs[0]],
            (total * numbers.ratios)[..., pairs[1], pairs[0]],
            estimates.weights,
            estimates.loadings,
            estimates.r2[..., self._driven()],
            *([numbers.indices] if self.scaled else []),
            heterotrait[..., blocks[0], blocks[1]],
        ]
        return np.concatenate(parts, axis=-1)

    def _each(self) -> Iterator[Quantity]:
        names, model = self.model.names, self.model
        yield from (Quantity(QuantityKind.PATH, *path) for path in model.paths)
        for kind in (QuantityKind.TOTAL_EFFECT, QuantityKind.IMPORTANCE):
            yield from (Quantity(kind, names[one], names[two]) for one, two in self._effect_places().T.tolist())
        for kind in (QuantityKind.WEIGHT, QuantityKind.LOADING):
            yield from (Quantity(kind, name, each.name) for each in model.constructs for name in each.indicators)
        yield from (Quantity(QuantityKind.R2, names[place]) for place in self._driven())
        if self.scaled:
            yield from (Quantity(QuantityKind.INDEX, name) for name in names)
        for one, two in self._pair_places().T.tolist():
            yield Quantity(QuantityKind.HTMT, names[one], names[two])

    def _path_places(self) -> Ints:
        """Return positions of sources and targets, shape (2, paths)."""
        return np.array(self.model.plan.paths).T

    def _effect_places(self) -> Ints:
        """Return positions of what a route joins, shape (2, pairs), source by source."""
        size = len(self.model.names)
        reach = np.zeros((size, size), np.bool_)
        for source, target in self.model.plan.paths:
            reach[source, target] = True
        for _ in range(size):
            reach |= (reach.astype(np.int64) @ reach) > 0
        return np.array(np.nonzero(reach))

    def _driven(self) -> list[int]:
        targets = {target for _, target in self.model.plan.paths}
        return [place for place in range(len(self.model.names)) if place in targets]

    def _pair_places(self) -> Ints:
        """Return positions of pairs of constructs that both have several indicators, shape (2, pairs)."""
        several = [place for place, each in enumerate(self.model.constructs) if len(each.indicators) > 1]
        one, two = np.triu_indices(len(several), 1)
        return np.array(several, dtype=np.intp)[np.array([one, two], dtype=np.intp)].reshape(2, -1)
