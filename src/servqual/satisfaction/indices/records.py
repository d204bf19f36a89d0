"""An index as a JSON-safe dictionary, and back."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from attrs import frozen

from servqual._arrays import AnyArray, Floats
from servqual._records import from_record, to_record
from servqual.errors import Problem, RecordError, ServqualError
from servqual.satisfaction.indices.moments import GroupMeans
from servqual.satisfaction.indices.recipes import IndexRecipe
from servqual.satisfaction.indices.structural import StructuralModel
from servqual.satisfaction.indices.use import RowUse
from servqual.statistics import WeightKind
from servqual.statistics.pls_estimates import PathEstimates

if TYPE_CHECKING:
    from servqual.satisfaction.indices.results import IndexFit

SCHEMA = "servqual.satisfaction.IndexFit/1"
ESTIMATES = ("weights", "cross_loadings", "correlations", "paths", "r2", "change")
COUNTS = ("state", "iterations")
MOMENTS = ("matrix", "means", "sds")


@frozen
class GroupRecord:
    """A group as plain values."""

    name: str
    label: Any
    n: float
    means: list[Any]


@frozen
class IndexRecord:
    """A fit as plain values."""

    schema: str
    model: dict[str, Any]
    recipe: IndexRecipe
    estimates: dict[str, Any]
    matrix: list[Any]
    means: list[Any]
    sds: list[Any]
    ends: list[Any] | None
    rows: RowUse
    weight_kind: str | None
    groups: tuple[GroupRecord, ...] = ()
    backend: str = "pandas"


def fit_record(fit: IndexFit) -> dict[str, Any]:
    """Return the dictionary of a fit."""
    estimates = {name: plain(getattr(fit.estimates, name)) for name in (*ESTIMATES, *COUNTS)}
    groups = tuple(GroupRecord(each.name, each.label, each.n, plain(each.means)) for each in fit.groups)
    record = IndexRecord(
        SCHEMA, fit.model.to_dict(), fit.recipe, estimates, plain(fit.matrix), plain(fit.means), plain(fit.sds),
        None if fit.ends is None else plain(fit.ends), fit.rows,
        None if fit.weight_kind is None else str(fit.weight_kind), groups, fit.backend,
    )  # fmt: skip
    return {name: _listed(value) for name, value in to_record(record).items()}


def fit_fields(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of the fit that a dictionary describes.

    Raises
    ------
    RecordError
        Unknown keys, missing keys, wrong types, another schema, each with its place.
    """
    found = from_record(record, IndexRecord)
    if found.schema != SCHEMA:
        raise RecordError(Problem("$.schema", repr(found.schema), f"it is {SCHEMA!r}"))
    try:
        model = StructuralModel.from_dict(found.model)
        kind = None if found.weight_kind is None else WeightKind(found.weight_kind)
    except ServqualError as error:
        raise RecordError(*error.problems) from error
    groups = (
        GroupMeans(each.name, each.label, each.n, numbers_from(each.means, f"$.groups[{place}].means"))
        for place, each in enumerate(found.groups)
    )
    moments = {name: numbers_from(getattr(found, name), f"$.{name}") for name in MOMENTS}
    ends = None if found.ends is None else numbers_from(found.ends, "$.ends")
    shared = {"rows": found.rows, "weight_kind": kind, "groups": tuple(groups), "backend": found.backend}
    estimates = _estimates(found, model)
    return {"model": model, "recipe": found.recipe, "estimates": estimates, "ends": ends, **moments, **shared}


def _estimates(found: IndexRecord, model: StructuralModel) -> PathEstimates:
    known = (*ESTIMATES, *COUNTS)
    problems = [
        Problem(f"$.estimates.{name}", "missing", "estimates have this key")
        for name in known
        if name not in found.estimates
    ]
    problems += [
        Problem(f"$.estimates.{name}", "unknown", "estimates have no such key")
        for name in found.estimates
        if name not in known
    ]
    if problems:
        raise RecordError(*problems)
    arrays: dict[str, AnyArray] = {
        name: numbers_from(found.estimates[name], f"$.estimates.{name}") for name in ESTIMATES
    }
    arrays |= {name: numbers_from(found.estimates[name], f"$.estimates.{name}").astype(np.int64) for name in COUNTS}
    recipe = found.recipe
    return PathEstimates(plan=model.plan, scheme=recipe.scheme, sign=recipe.sign, **arrays)


def plain(values: Floats) -> Any:
    """Return an array as lists of numbers, None for NaN."""
    if values.ndim == 0:
        value: Any = values.item()
        return None if isinstance(value, float) and math.isnan(value) else value
    return [plain(np.asarray(each)) for each in values]


def numbers_from(values: Any, place: str) -> Floats:
    """Return the array that lists of numbers describe."""
    try:
        return np.array(_numbers(values), dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise RecordError(Problem(place, str(error), "as to_dict writes it")) from error


def _numbers(values: Any) -> Any:
    if isinstance(values, list | tuple):
        return [_numbers(each) for each in values]
    if values is None:
        return math.nan
    if isinstance(values, bool) or not isinstance(values, int | float):
        raise TypeError(f"{values!r:.40} is no number")
    return values


def _listed(value: Any) -> Any:
    """Return plain values with lists in the place of tuples, as JSON has them."""
    if isinstance(value, dict):
        return {name: _listed(each) for name, each in value.items()}
    return [_listed(each) for each in value] if isinstance(value, list | tuple) else value
