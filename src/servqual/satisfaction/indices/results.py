"""`IndexFit`: an estimated index as numbers only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

import numpy as np
from attrs import field, frozen
from attrs.converters import optional

from servqual._arrays import Floats, Holder, floats, freeze
from servqual.errors import Problem, StructuralError, did_you_mean
from servqual.labels import Language
from servqual.satisfaction.indices import quality_tables as quality, tables
from servqual.satisfaction.indices.moments import GroupMeans
from servqual.satisfaction.indices.numbers import IndexNumbers, all_effects, index_numbers, mean_indices
from servqual.satisfaction.indices.recipes import IndexRecipe
from servqual.satisfaction.indices.records import fit_fields, fit_record
from servqual.satisfaction.indices.structural import StructuralModel
from servqual.satisfaction.indices.use import RowUse
from servqual.statistics import Inapplicable, WeightKind
from servqual.statistics.pair_matrices import Metric
from servqual.statistics.pls_estimates import PathEstimates
from servqual.statistics.pls_quality import path_effect_sizes
from servqual.statistics.pls_refitting import refitted_effect_sizes
from servqual.tables import Table

NO_SCALE = "no scale of the answers was named"
NO_WEIGHT = "the weights of its indicators do not add up to more than 0"


@frozen(eq=False, getstate_setstate=False, repr=False, kw_only=True)
class IndexFit(Holder):
    """An estimated index: weights, paths and moments, and no answer of any respondent.

    Attributes
    ----------
    model, recipe
        What was fitted, and how.
    estimates
        Weights, loadings, correlations of constructs, paths and R², as arrays in the order of the model.
    matrix
        Correlations or covariances of the indicators, shape (p, p), as the recipe says.
    means, sds
        Of the indicators, shape (p,); divisor ``n − 1``.
    ends
        Lowest and highest answer of each indicator, shape (2, p); None where no scale was named.
    rows
        Respondents given and used.
    weight_kind
        What weights meant; None where all counted alike.
    groups
        Means of the indicators in groups.
    backend
        The data-frame library that the answers came from.
    """

    model: StructuralModel
    recipe: IndexRecipe
    estimates: PathEstimates
    matrix: Floats = field(converter=floats)
    means: Floats = field(converter=floats)
    sds: Floats = field(converter=floats)
    ends: Floats | None = field(default=None, converter=optional(floats))
    rows: RowUse
    weight_kind: WeightKind | None = None
    groups: tuple[GroupMeans, ...] = ()
    backend: str = "pandas"

    @property
    def numbers(self) -> IndexNumbers:
        """Weights, indices and spreads in units of the answers, as arrays in the order of the model."""
        return index_numbers(self.estimates, self.recipe.metric, self.means, self.sds, self.ends)

    @property
    def correlations(self) -> Floats:
        """Correlations of the indicators, shape (p, p)."""
        if self.recipe.metric is Metric.CORRELATIONS:
            return self.matrix
        return freeze(self.matrix / np.outer(self.sds, self.sds))

    def path(self, source: str, target: str) -> float:
        """Return a path coefficient: in standard deviations of the target per standard deviation of the source."""
        if (source, target) not in self.model.paths:
            self._places(source, target)
            known = [" -> ".join(path) for path in self.model.paths]
            wanted = f"{source} -> {target}"
            raise StructuralError(Problem("path", wanted, "the model has no such path", did_you_mean(wanted, known)))
        column, row = self._places(source, target)
        return float(self.estimates.paths[row, column])

    def total_effect(self, source: str, target: str, *, unstandardised: bool = False) -> float:
        """Return the effect over all routes, 0 where none leads.

        In standard deviations of both, or in points of the target's index per point of the source's.
        """
        column, row = self._places(source, target)
        effect = float(all_effects(self.estimates)[row, column])
        return effect * float(self.numbers.ratios[row, column]) if unstandardised else effect

    def index(self, construct: str, group: tuple[str, Any] | None = None) -> float | Inapplicable:
        """Return the index of a construct from 0 to 100, of all respondents or of a group, as ("branch", "north").

        It is made of the means of the indicators. Where answers are missing pair by pair, the mean of the respondents'
        own indices, which `index_scores` gives, differs a little.
        """
        place = self.model.place(construct)
        if self.ends is None:
            return Inapplicable(NO_SCALE)
        numbers = self.numbers
        means = self.means if group is None else self._group(group).means
        found = mean_indices(numbers.raw, means, self.ends, self.estimates)
        if np.isnan(numbers.spreads[place]):
            return Inapplicable(NO_WEIGHT)
        value = float(found[place])
        return Inapplicable("nobody of the group answered an indicator") if np.isnan(value) else value

    def effect_sizes(self, *, refit: bool = False) -> Floats:
        """Return f² of each path, shape (m, m): of column j on row i, NaN where no path leads.

        With the scores as they are; or with the whole model estimated anew without each path, as some programs do.
        """
        if refit:
            return refitted_effect_sizes(self.matrix, self.recipe.path_recipe(self.model))
        return path_effect_sizes(self.estimates)

    def _places(self, source: str, target: str) -> tuple[int, int]:
        return self.model.place(source, "source"), self.model.place(target, "target")

    def _group(self, wanted: tuple[str, Any]) -> GroupMeans:
        for each in self.groups:
            if (each.name, each.label) == tuple(wanted):
                return each
        known = [f"{each.name} = {each.label!r}" for each in self.groups]
        found = " = ".join((str(wanted[0]), repr(wanted[1])))
        rule = "a group that the index was fitted with (groups=…)"
        raise StructuralError(Problem("group", found, rule, did_you_mean(found, known)))

    def to_table(self, language: Language | str | None = None) -> Table:
        """Return the paths: coefficient, effect size f², variance inflation, total effect; notes say how it was fitted.

        The other tables are `constructs`, `indicators`, `cross_loadings`, `effects`, `routes`, `discriminant`,
        `indices` and `importance_performance`.

        Parameters
        ----------
        language
            Adds the names of constructs, and says title and notes in it.
        """
        return tables.viewed(tables.told_paths(self), language, "target")

    def constructs(self, language: Language | str | None = None) -> Table:
        """Return one row for each construct: what is explained of it, how well it is measured, and its index.

        R² and adjusted R², communality (AVE), redundancy, standardised alpha, rho_A, rho_C; the index from 0 to 100 and
        its standard deviation over respondents.
        """
        return tables.viewed(quality.told_constructs(self), language, "construct")

    def indicators(self, language: Language | str | None = None) -> Table:
        """Return one row for each indicator: weight, loading, share of the index, mean, variance inflation."""
        return tables.viewed(quality.told_indicators(self), language, "indicator")

    def cross_loadings(self, language: Language | str | None = None) -> Table:
        """Return correlations of each indicator with every construct."""
        return tables.viewed(quality.told_cross_loadings(self), language, "indicator")

    def effects(self, language: Language | str | None = None) -> Table:
        """Return direct, indirect and total effects between constructs that a route joins.

        In standard deviations; ``unstandardised`` is the total effect in points of the index.
        """
        return tables.viewed(tables.told_effects(self), language, "target")

    def routes(self, source: str, target: str, language: Language | str | None = None) -> Table:
        """Return the specific effects of one construct on another, route by route; their sum is the total effect."""
        return tables.viewed(tables.told_routes(self, *self._places(source, target)), language, "route")

    def discriminant(self, language: Language | str | None = None) -> Table:
        """Return whether constructs differ, pair by pair: correlation, HTMT, margin of Fornell and Larcker."""
        return tables.viewed(quality.told_pairs(self), language, "other")

    def indices(self, language: Language | str | None = None) -> Table:
        """Return the index of each construct, of all respondents and of each group."""
        return tables.viewed(tables.told_indices(self), language, "construct")

    def importance_performance(
        self, target: str, language: Language | str | None = None, *, indicators: bool = False
    ) -> Table:
        """Return importance for a target, and performance, of every construct from which a route leads to it (IPMA).

        Importance is the unstandardised total effect: by how many points the target's index rises with a point of the
        construct's. Performance is the construct's index. Of indicators, importance is that of their construct times
        their share of its index, performance their own mean from 0 to 100.

        References
        ----------
        Ringle & Sarstedt 2016, Industrial Management & Data Systems 116(9):1865-1886.
        """
        place, named = self.model.place(target, "target"), "indicator" if indicators else "construct"
        return tables.viewed(tables.told_priorities(self, place, indicators=indicators), language, named)

    def to_frame(self, backend: str | None = None) -> Any:
        """Return the paths as a data frame; other tables have frames of their own."""
        return self.to_table().to_frame(backend)

    def to_dict(self) -> dict[str, Any]:
        """Return a JSON-safe dictionary from which `from_dict` makes the same fit."""
        return fit_record(self)

    @classmethod
    def from_dict(cls, record: Mapping[str, Any]) -> Self:
        """Return the fit that a dictionary from `to_dict` describes.

        Raises
        ------
        RecordError
            Unknown keys, missing keys, wrong types, another schema, each with its place.
        """
        return cls(**fit_fields(record))

    def __repr__(self) -> str:
        return f"<IndexFit: {tables.sentence(self)}>"

    def _repr_html_(self) -> str:
        return self.to_table()._repr_html_()
