"""The rows of a comparison of forms, and the verdicts on links."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from servqual.chain.forms import Linear
from servqual.chain.link import Link
from servqual.chain.shape_fits import FormFit, asymmetry, gain_of, reference_of
from servqual.chain.shape_results import FormRow, LinkShape, Number
from servqual.chain.shape_words import NO_CRITERIA, NO_ERROR, NOT_ASKED, AsymmetryVerdict, ShapeVerdict
from servqual.statistics import Inapplicable

Found = Mapping[str, FormFit | Inapplicable]

_NUMBERS = ("coefficients", "aic", "bic", "delta_aic", "delta_bic", "rmse", "gain", "gain_se")
_SLOPES = ("reference", "below", "above", "difference", "se", "low", "high", "p")


def form_rows(link: Link, found: Found) -> list[FormRow]:
    """Return a row for each form of a link, the straight line first."""
    straight = found[str(Linear())]
    return [_row(link, name, each, straight) for name, each in found.items()]


def link_shape(link: Link, found: Found, rows: Sequence[FormRow], confidence: float) -> LinkShape:
    """Return what the rows of a link say together."""
    verdict, best = _verdict(rows)
    first = next((name for name in found if name.startswith("asymmetric")), None)
    fitted = Inapplicable(NOT_ASKED) if first is None else found[first]
    if isinstance(fitted, Inapplicable):
        numbers: dict[str, Number] = dict.fromkeys(_SLOPES, fitted)
        return LinkShape(link=str(link), verdict=verdict, best=best, asymmetry=AsymmetryVerdict.UNTOLD, **numbers)
    slopes, test = asymmetry(fitted, link)
    below, above = slopes.tolist()
    ends = [float(end) for end in test.interval(confidence)]
    why = Inapplicable(str(test.reason))
    tested = [why] * 3 if str(test.reason) else [*ends, float(test.p)]
    values = (reference_of(fitted), below, above, above - below, float(test.se), *tested)
    numbers = dict(zip(_SLOPES, values, strict=True))
    asymmetric = _asymmetry(below, above, numbers["p"], 1 - confidence)
    return LinkShape(link=str(link), verdict=verdict, best=best, asymmetry=asymmetric, **numbers)


def _row(link: Link, name: str, fitted: FormFit | Inapplicable, straight: FormFit | Inapplicable) -> FormRow:
    if isinstance(fitted, Inapplicable) or isinstance(straight, Inapplicable):
        why = next(each for each in (fitted, straight) if isinstance(each, Inapplicable))
        return FormRow(link=str(link), form=name, **dict.fromkeys(_NUMBERS, why))
    found, base = fitted.regression, straight.regression
    gain, se = gain_of(fitted, straight)
    held = {"rmse": math.sqrt(fitted.mse) if fitted.mse >= 0 else math.nan, "gain": gain, "gain_se": se}
    told = {"aic": found.aic, "bic": found.bic, "delta_aic": found.aic - base.aic, "delta_bic": found.bic - base.bic}
    errors = fitted.errors if isinstance(fitted.errors, Inapplicable) else straight.errors
    lost = errors if isinstance(errors, Inapplicable) else Inapplicable(NO_ERROR)
    numbers: dict[str, Number] = {name: _or(value, Inapplicable(NO_CRITERIA)) for name, value in told.items()}
    numbers |= {name: _or(value, lost) for name, value in held.items()}
    return FormRow(link=str(link), form=str(fitted.form), coefficients=len(fitted.terms), **numbers)


def _or(value: float, reason: Inapplicable) -> Number:
    return reason if math.isnan(value) else value


def _verdict(rows: Sequence[FormRow]) -> tuple[ShapeVerdict, str]:
    """Return the verdict on the bent rows against the straight one, and the bent form that it is for."""
    votes = {row.form: _votes(row) for row in rows[1:]}
    votes = {form: each for form, each in votes.items() if each}
    if not votes:
        return ShapeVerdict.UNTOLD, ""
    bent = [row for row in rows[1:] if all(votes.get(row.form, [False]))]
    if bent:
        return ShapeVerdict.BENT, min(bent, key=_order).form
    return (ShapeVerdict.OPEN if any(map(any, votes.values())) else ShapeVerdict.STRAIGHT), ""


def _votes(row: FormRow) -> list[bool]:
    """Return of each criterion that there is whether it finds the form better than the straight line."""
    criteria = [each < 0 for each in (row.delta_aic, row.delta_bic) if not isinstance(each, Inapplicable)]
    if isinstance(row.gain, Inapplicable) or isinstance(row.gain_se, Inapplicable):
        return criteria
    return [*criteria, row.gain > row.gain_se]


def _order(row: FormRow) -> tuple[float, float]:
    """Return what the best of several bent forms has least of: BIC, or held-out error where there is none."""
    return tuple(math.inf if isinstance(each, Inapplicable) else each for each in (row.bic, row.rmse))  # type: ignore[return-value]


def _asymmetry(below: float, above: float, p: Number, level: float) -> AsymmetryVerdict:
    if isinstance(p, Inapplicable):
        return AsymmetryVerdict.UNTOLD
    if p > level:
        return AsymmetryVerdict.OPEN
    return AsymmetryVerdict.LOSSES if abs(below) > abs(above) else AsymmetryVerdict.GAINS
