"""`value_to_customer`: what customers get for what they give, per customer, segment and provider."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Any

import numpy as np
from attrs import evolve

from servqual._arrays import AnyArray, Bools, Floats
from servqual._frames.named import Columns, named_columns
from servqual.errors import Problem, WorthError
from servqual.errors.problems import unknown_word
from servqual.statistics import Inapplicable
from servqual.statistics._arguments import check_confidence
from servqual.statistics.intervals import student_interval
from servqual.statistics.ratios import ratio_estimate
from servqual.value.row_faults import rows_against
from servqual.value.worth_results import ValueRow, ValueToCustomer

_FEW = "fewer than two customers"
_NOTHING = "the others are worth nothing"
_WORTHLESS = "it is worth nothing, and so has no logarithm"
_POINTS = "benefits are not in money: what they cost cannot be taken off"


class BenefitUnit(StrEnum):
    """What results and process quality are measured in: points of a scale, or money."""

    POINTS = "points"
    MONEY = "money"


def value_to_customer(
    source: Any,
    *,
    results: str = "results",
    process: str = "process",
    price: str = "price",
    access: str = "access",
    unit: BenefitUnit | str = BenefitUnit.POINTS,
    segment: str | None = None,
    provider: str | None = None,
    confidence: float = 0.95,
) -> ValueToCustomer:
    """Customer value: (results + process quality) / (price + cost of obtaining the service).

    Of each customer the ratio; of each group the ratio of the means, ``Σ (results + process) / Σ (price + access)``,
    with its linearised error and Student's t; where benefits are in money also the mean of the difference. The ratio
    does not change when all are measured in another unit of the same kind. Against competitors, a provider's ratio is
    divided by the ratio of all the others in the same segment, with an interval on logarithms: Student's t with
    Satterthwaite's degrees of freedom over the providers' variances.

    Parameters
    ----------
    source
        A frame, or a mapping name → values, one row a customer.
    results, process, price, access
        Columns: what the service achieved and how it was delivered, in one unit; what it costs, and what it costs to
        obtain (way, time, effort) in money.
    unit
        Of the benefits: "points" or "money".
    segment, provider
        Columns of labels; without them there is one group.
    confidence
        Of intervals.

    Raises
    ------
    WorthError
        Missing or infinite numbers, benefits, prices or costs below zero, price and cost of obtaining not above zero
        together: row and value are named. A segment or provider called "all", which is everybody.

    References
    ----------
    Heskett, Sasser & Schlesinger 1997, The Service Profit Chain, Free Press, chapter 3; Gale 1994, Managing Customer
    Value, Free Press (against competitors); Cochran 1977, Sampling Techniques, 3rd ed., Wiley, section 6.4 (the ratio);
    Satterthwaite 1946, Biometrics Bulletin 2(6):110-114.

    Examples
    --------
    >>> seen = {"results": [8, 6, 7, 9], "process": [6, 6, 5, 7], "price": [10, 9, 10, 12], "access": [2, 3, 2, 2]}
    >>> value_to_customer(seen)
    <ValueToCustomer: 1.080 points for a unit of money (0.939 to 1.221), 4 customers>
    """
    check_confidence(confidence)
    kind = _kind(unit)
    names = (results, process, price, access)
    columns = named_columns(source, names, [each for each in (segment, provider) if each is not None], WorthError)
    values = columns.numbers
    _check(names, values, columns)
    benefit, cost = values[0] + values[1], values[2] + values[3]
    rows = [
        _row(place, benefit[mask], cost[mask], kind, confidence) for place, mask in _groups(columns, segment, provider)
    ]
    rows = [_against(row, rows, confidence) for row in rows] if provider is not None else rows
    ratio = benefit / cost
    return ValueToCustomer(tuple(rows), ratio, benefit - cost if kind is BenefitUnit.MONEY else None, confidence)


def _kind(unit: BenefitUnit | str) -> BenefitUnit:
    known = [str(each) for each in BenefitUnit]
    if unit not in known:
        raise WorthError(unknown_word("unit", unit, known, "benefits are points or money"))
    return BenefitUnit(unit)


def _check(names: tuple[str, ...], values: Floats, columns: Columns) -> None:
    """Refuse rows that are no customer: what is missing, below zero, or free."""
    problems = []
    if not values.shape[1]:
        problems.append(Problem("source", "no rows", "there is a customer at least"))
    for name, column in zip(names, values, strict=True):
        problems += rows_against(f"column {name!r}", column, ~np.isfinite(column), "each customer has a finite number")
        problems += rows_against(f"column {name!r}", column, column < 0, "it is 0 or above")
    for name, (_, labels) in columns.labels.items():
        if "all" in labels:
            problems.append(Problem(f"column {name!r}", "'all'", "it stands for everybody", "rename that group"))
    total = values[2] + values[3]
    place = f"columns {names[2]!r} and {names[3]!r}"
    problems += rows_against(place, total, total == 0, "price and cost of obtaining are above zero together")
    if problems:
        raise WorthError(*problems)


def _groups(columns: Columns, segment: str | None, provider: str | None) -> Iterator[tuple[tuple[str, str], AnyArray]]:
    """Return (segment, provider) and the rows of each group; "all" stands for what is not told apart."""
    everybody = np.ones(columns.numbers.shape[1], bool)
    segments = [("all", everybody), *_labelled(columns, segment)]
    for name, here in segments:
        for of, there in [("all", everybody), *_labelled(columns, provider)]:
            mask = here & there
            if mask.any():
                yield (name, of), mask


def _labelled(columns: Columns, name: str | None) -> Iterator[tuple[str, Bools]]:
    if name is not None:
        codes, labels = columns.labels[name]
        for code, label in enumerate(labels):
            yield "missing" if label is None else str(label), np.asarray(codes == code)


def _row(place: tuple[str, str], benefit: Floats, cost: Floats, unit: BenefitUnit, confidence: float) -> ValueRow:
    ratio, error, df = ratio_estimate(benefit, cost)
    low, high = student_interval(ratio, error, df, confidence)
    money = unit is BenefitUnit.MONEY
    apart, spread, free = ratio_estimate(benefit - cost, np.ones(cost.size))
    ends = student_interval(apart, spread, free, confidence)
    sure = cost.size > 1
    return ValueRow(
        segment=place[0],
        provider=place[1],
        n=cost.size,
        benefit=float(benefit.mean()),
        cost=float(cost.mean()),
        ratio=ratio,
        ratio_se=error if sure else Inapplicable(_FEW),
        ratio_low=low if sure else Inapplicable(_FEW),
        ratio_high=high if sure else Inapplicable(_FEW),
        difference=apart if money else Inapplicable(_POINTS),
        difference_low=ends[0] if money and sure else Inapplicable(_FEW if money else _POINTS),
        difference_high=ends[1] if money and sure else Inapplicable(_FEW if money else _POINTS),
    )


def _against(row: ValueRow, rows: list[ValueRow], confidence: float) -> ValueRow:
    """Return a row with its ratio over that of all other providers in the segment."""
    others = [each for each in rows if each.segment == row.segment and each.provider not in {"all", row.provider}]
    if row.provider == "all" or not others:
        return row
    size, costs, errors = np.array([[each.n, each.cost, float(each.ratio_se)] for each in others]).T
    paid = size @ costs
    ratio = float(size @ [each.benefit for each in others] / paid)
    if not row.ratio > 0 or not ratio > 0:
        reason = Inapplicable(_WORTHLESS if ratio > 0 else _NOTHING)
        return evolve(row, relative=0.0 if ratio > 0 else reason, relative_low=reason, relative_high=reason)
    # variances of the logarithms: of this provider, and of each other's part in the ratio of the others
    variances = np.array([float(row.ratio_se) / row.ratio, *(size * costs * errors / paid / ratio)]) ** 2
    relative, variance = row.ratio / ratio, float(variances.sum())
    if np.isnan(variance):
        return evolve(row, relative=relative, relative_low=Inapplicable(_FEW), relative_high=Inapplicable(_FEW))
    uncertain = float((variances**2 / np.array([row.n - 1, *(size - 1)])).sum())
    df = variance**2 / uncertain if uncertain > 0 else np.inf
    low, high = student_interval(float(np.log(relative)), float(np.sqrt(variance)), df, confidence)
    return evolve(row, relative=relative, relative_low=float(np.exp(low)), relative_high=float(np.exp(high)))
