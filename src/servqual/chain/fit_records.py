"""A fit as a JSON-safe dictionary, and back."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import attrs
import numpy as np
from attrs import frozen

from servqual._arrays import Floats
from servqual._records import from_record, to_record
from servqual.chain.equations import Equation, Role, Term
from servqual.chain.graph import Chain
from servqual.chain.recipes import Recipe
from servqual.chain.row_accounts import RowAccount
from servqual.errors import ChainError, Problem, RecordError, ServqualError, did_you_mean
from servqual.statistics.models import Covariance, Estimator, Regression

if TYPE_CHECKING:
    from servqual.chain.fitted import Fit

SCHEMA = "servqual.chain.Fit/1"
INFINITE = "inf"


@frozen
class TermRecord:
    """A term whose link is told by its position in the chain."""

    part: str
    role: Role
    link: int | None = None


@frozen
class EquationRecord:
    """An equation as plain values."""

    target: str
    terms: tuple[TermRecord, ...]
    regression: dict[str, Any]
    means: list[Any]
    sds: list[Any]
    mean: float
    sd: float


@frozen
class FitRecord:
    """A fit as plain values."""

    schema: str
    chain: dict[str, Any]
    recipe: Recipe
    equations: tuple[EquationRecord, ...]
    constructs: tuple[str, ...]
    means: list[Any]
    sds: list[Any]
    n_units: int
    n_periods: int
    rows: RowAccount
    scales: tuple[tuple[str, tuple[float, float]], ...] = ()
    respondents: tuple[tuple[str, str], ...] = ()


def fit_record(fit: Fit) -> dict[str, Any]:
    """Return the dictionary of a fit."""
    places = {link: place for place, link in enumerate(fit.chain.links)}
    record = FitRecord(
        SCHEMA,
        fit.chain.to_dict(),
        fit.recipe,
        tuple(_equation_record(each, places) for each in fit.equations),
        fit.constructs,
        _plain(fit.means),
        _plain(fit.sds),
        fit.n_units,
        fit.n_periods,
        fit.rows,
        fit.scales,
        fit.respondents,
    )
    return {name: _listed(value) for name, value in to_record(record).items()}


def _listed(value: Any) -> Any:
    """Return plain values with lists in the place of tuples, as JSON has them."""
    if isinstance(value, dict):
        return {name: _listed(each) for name, each in value.items()}
    return [_listed(each) for each in value] if isinstance(value, list | tuple) else value


def fit_fields(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of the fit that a dictionary describes.

    Raises
    ------
    RecordError
        Unknown keys, missing keys, wrong types, another schema, each with its place.
    """
    found = from_record(record, FitRecord)
    if found.schema != SCHEMA:
        raise RecordError(Problem("$.schema", repr(found.schema), f"it is {SCHEMA!r}"))
    try:
        chain = Chain.from_dict(found.chain)
    except ChainError as error:
        raise RecordError(*error.problems) from error
    fields = {each.name: getattr(found, each.name) for each in attrs.fields(FitRecord) if each.name != "schema"}
    equations = tuple(_equation(each, chain, f"$.equations[{place}]") for place, each in enumerate(found.equations))
    numbers = {name: _numbers(getattr(found, name), f"$.{name}") for name in ("means", "sds")}
    return fields | numbers | {"chain": chain, "equations": equations}


def _equation_record(equation: Equation, places: Mapping[Any, int]) -> EquationRecord:
    terms = [
        TermRecord(term.part, term.role, None if term.link is None else places[term.link]) for term in equation.terms
    ]
    regression = {each.name: _plain_value(getattr(equation.regression, each.name)) for each in attrs.fields(Regression)}
    means, sds = _plain(equation.means), _plain(equation.sds)
    return EquationRecord(equation.target, tuple(terms), regression, means, sds, equation.mean, equation.sd)


def _plain(values: Floats) -> Any:
    return [_plain(each) if each.ndim else _plain_value(float(each)) for each in values]


def _plain_value(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return _plain(value)
    if isinstance(value, float):
        return None if math.isnan(value) else INFINITE if math.isinf(value) else value
    return (
        list(value) if isinstance(value, tuple) else str(value) if isinstance(value, Covariance | Estimator) else value
    )


def _equation(record: EquationRecord, chain: Chain, place: str) -> Equation:
    outside = [term.link for term in record.terms if term.link is not None and not 0 <= term.link < len(chain.links)]
    if outside:
        rule = f"links are counted from 0 to {len(chain.links) - 1}"
        raise RecordError(Problem(f"{place}.terms", f"link {outside[0]}", rule))
    terms = tuple(
        Term(None if term.link is None else chain.links[term.link], term.part, term.role) for term in record.terms
    )
    means, sds = (
        _numbers(values, f"{place}.{name}") for name, values in (("means", record.means), ("sds", record.sds))
    )
    regression = _regression(record.regression, f"{place}.regression")
    try:
        return Equation(record.target, terms, regression, means, sds, record.mean, record.sd)
    except ServqualError as error:
        raise RecordError(*error.problems) from error


def _regression(record: Mapping[str, Any], place: str) -> Regression:
    known = [each.name for each in attrs.fields(Regression)]
    problems = [
        Problem(f"{place}.{name}", "missing", "a regression has this key") for name in known if name not in record
    ]
    rule = "a regression has no such key"
    problems += [
        Problem(f"{place}.{name}", "unknown", rule, did_you_mean(name, known)) for name in record if name not in known
    ]
    if problems:
        raise RecordError(*problems)
    found: dict[str, Any] = {}
    readers = _readers()
    for name in known:
        read = readers.get(name) or _number
        try:
            found[name] = read(record[name])
        except (TypeError, ValueError) as error:
            problems.append(Problem(f"{place}.{name}", str(error), "as to_dict writes it"))
    if problems:
        raise RecordError(*problems)
    return Regression(**found)


def _numbers(values: Any, place: str) -> Floats:
    try:
        return _array(values)
    except (TypeError, ValueError) as error:
        raise RecordError(Problem(place, str(error), "as to_dict writes it")) from error


def _array(values: Any) -> Floats:
    if not isinstance(values, list | tuple):
        raise TypeError(f"{values!r:.40} is no list of numbers")
    return np.array([_array(each) if isinstance(each, list | tuple) else _number(each) for each in values])


def _number(value: Any) -> float:
    if value is None:
        return math.nan
    if value == INFINITE:
        return math.inf
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"{value!r:.40} is no number")
    return float(value)


def _of(kind: type) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise TypeError(f"{value!r:.40} is not of the type {kind.__name__}")
        return value

    return read


def _texts(values: Any) -> tuple[str, ...]:
    if not isinstance(values, list | tuple) or not all(isinstance(each, str) for each in values):
        raise TypeError(f"{values!r:.40} is no list of texts")
    return tuple(values)


def _maybe(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: None if value is None else read(value)


def _readers() -> dict[str, Callable[[Any], Any]]:
    """Return how each field of a regression is read that is not a number."""
    return {
        "names": _texts,
        "coefficients": _array,
        "covariance": _array,
        "n": _of(int),
        "estimator": Covariance,
        "kind": Estimator,
        "groups": _maybe(_of(int)),
        "lags": _maybe(_of(int)),
        "group_variance": _maybe(_number),
        "converged": _of(bool),
        "on_boundary": _of(bool),
    }
