"""From the answers of people in units to means and the evidence that they may be taken."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from attrs import frozen

from servqual._arrays import Bools, Floats
from servqual.chain.evidence import Evidence, NullEvidence, Number, UnitScatter
from servqual.chain.people import People, Wanted
from servqual.chain.unit_agreement import NO_SCALE, NO_STEPS, NO_UNITS, UnitAgreement, options_of, over_units, value_of
from servqual.statistics import Inapplicable
from servqual.statistics.agreement_nulls import Null
from servqual.statistics.intraclass import GroupSize, Intraclass, icc, sums_of_squares
from servqual.statistics.within_groups import WithinGroups

NO_PEOPLE = Inapplicable("no unit has a mean")
ENDS = Inapplicable("means lie at or too near an end of the scale")


@frozen(eq=False)
class Measured:
    """One construct: a row of evidence, rows of nulls, and the scatter in each cell."""

    evidence: Evidence
    nulls: tuple[NullEvidence, ...]
    scatter: UnitScatter
    scored: Bools


@frozen(eq=False)
class Scored:
    """One construct of the people who count.

    Attributes
    ----------
    items
        Answers, shape (people, items); NaN is missing, and all are for people who answered too few.
    scores
        Means of answered items, shape (people,); NaN for people who answered too few.
    partial, unanswered
        People who answered some items but too few, and answers missing among the others.
    """

    items: Floats
    scores: Floats
    partial: int
    unanswered: int


def scored(items: Floats, needed: int) -> Scored:
    """Return the mean of answered items where enough of them were answered."""
    answered = ~np.isnan(items)
    count = answered.sum(axis=1)
    enough = count >= needed
    total = np.where(answered, items, 0.0).sum(axis=1)
    scores = np.divide(total, count, out=np.full(count.shape, np.nan), where=enough)
    partial = int(((count > 0) & ~enough).sum())
    kept = items if enough.all() else np.where(enough[:, None], items, np.nan)
    return Scored(kept, scores, partial, int((items.shape[1] - count[enough]).sum()))


def measured(construct: str, columns: Mapping[str, Floats], people: People, wanted: Wanted) -> Measured:
    """Return the means of one construct in each cell, and what speaks for them."""
    items = np.column_stack([people.of(columns[name]) for name in wanted.constructs[construct]])
    person = scored(items, wanted.needed(construct))
    cells = np.arange(people.cells)
    within = WithinGroups.of(person.scores[:, None], people.cell, names=cells)
    n = within.n[:, 0]
    kept = n >= wanted.min_respondents
    whole = _Cells(
        n, np.where(kept, _means(person.scores, people, within), np.nan), within.mean[:, 0], within.variance[:, 0], kept
    )
    apart = within if items.shape[1] == 1 else WithinGroups.of(person.items, people.cell, names=cells)
    scale = wanted.scales.get(construct)
    agreed = UnitAgreement.of(apart, kept, scale, options_of(items, scale))
    found = _evidence(whole, agreed, wanted)
    counts = {"unanswered": person.unanswered, "partial": person.partial, "items": items.shape[1]}
    small = int(((n > 0) & ~kept).sum())
    evidence = Evidence(construct=construct, null=str(Null(wanted.null)), small_units=small, **counts, **found)
    nulls = tuple(agreed.under(construct, null) for null in Null)
    return Measured(evidence, nulls, _scatter(whole, agreed, wanted), ~np.isnan(person.scores))


@frozen(eq=False)
class _Cells:
    """Scores in each cell: people, mean of the unit table, plain mean and variance, and whether the cell counts."""

    n: Floats
    mean: Floats
    plain: Floats
    variance: Floats
    kept: Bools


def _means(scores: Floats, people: People, within: WithinGroups) -> Floats:
    if people.weights is None:
        return within.mean[:, 0]
    there = ~np.isnan(scores)
    cell, weights = people.cell[there], people.weights[there]
    with np.errstate(invalid="ignore"):
        return np.bincount(cell, weights * scores[there], people.cells) / np.bincount(cell, weights, people.cells)


def _evidence(cells: _Cells, agreed: UnitAgreement, wanted: Wanted) -> dict[str, Any]:
    kept, null = cells.kept, Null(wanted.null)
    rwg_found, skewed = agreed.rwg(null), agreed.rwg(Null.SLIGHT_SKEW)
    names = ("mean", "median", "share")
    found: dict[str, Any] = {"null_variance": value_of(agreed.null(null)), **_sizes(cells.n[kept])}
    found |= _correlations(cells, wanted)
    none = NO_SCALE if agreed.scale is None else ENDS if agreed.out.any() else NO_UNITS
    for name, values in (("rwg", rwg_found), ("rwg_skew", skewed)):
        found |= dict(zip((f"{name}_{each}" for each in names), over_units(values), strict=True))
    found |= dict(zip((f"awg_{each}" for each in names), over_units(agreed.awg, none), strict=True))
    found["r_star_mean"], found["r_star_median"], _ = over_units(agreed.r_star(null))
    found["rwg_zero"] = rwg_found if isinstance(rwg_found, Inapplicable) else float(rwg_found[1].sum())
    found["awg_out"] = NO_SCALE if agreed.scale is None else float(agreed.out.sum())
    return found | _deviations(agreed)


def _sizes(n: Floats) -> dict[str, Any]:
    found: dict[str, Any] = {"units": n.size, "respondents": round(n.sum())}
    if not n.size:
        return found | dict.fromkeys(("mean_n", "min_n", "max_n", "harmonic_n"), NO_PEOPLE)
    sizes = {"mean_n": n.mean(), "min_n": n.min(), "max_n": n.max(), "harmonic_n": n.size / (1 / n).sum()}
    return found | {name: float(size) for name, size in sizes.items()}


def _correlations(cells: _Cells, wanted: Wanted) -> dict[str, Number]:
    n, mean, variance = (each[cells.kept] for each in (cells.n, cells.plain, cells.variance))
    sums = n, mean, sums_of_squares(n, variance)
    even = icc(*sums, group_size=GroupSize.MEAN, confidence=wanted.confidence)
    other = icc(*sums, group_size=GroupSize.HARMONIC, confidence=wanted.confidence)
    parts = ("ms_between", "ms_within", "f", "df_between", "df_within")
    own = ("icc1", "icc1_low", "icc1_high", "icc2", "icc2_low", "icc2_high")
    if not (isinstance(even, Intraclass) and isinstance(other, Intraclass)):
        why = even if isinstance(even, Inapplicable) else Inapplicable("")
        return dict.fromkeys((*own, "icc1_harmonic", "icc2_harmonic", *parts, "p"), why)
    found = {name: getattr(even, name) for name in own} | {name: getattr(even.parts, name) for name in parts}
    return found | {"icc1_harmonic": other.icc1, "icc2_harmonic": other.icc2, "p": even.parts.p_value}


def _deviations(agreed: UnitAgreement) -> dict[str, Number]:
    options = agreed.options
    found: dict[str, Number] = {"ad_mean": over_units(agreed.ad)[0], "ad_median": over_units(agreed.ad_median)[0]}
    if options is None:
        why = NO_SCALE if agreed.scale is None else NO_STEPS
        return found | dict.fromkeys(("options", "ad_limit", "ad_share"), why)
    there = agreed.ad[~np.isnan(agreed.ad)]
    share = float((there <= options / 6 + 1e-12).mean()) if there.size else NO_UNITS
    return found | {"options": options, "ad_limit": options / 6, "ad_share": share}


def _scatter(cells: _Cells, agreed: UnitAgreement, wanted: Wanted) -> UnitScatter:
    null = Null(wanted.null)
    nothing = np.full(cells.n.shape, np.nan)
    found, star = agreed.rwg(null), agreed.r_star(null)
    return UnitScatter(
        n=cells.n, mean=cells.mean, sd=np.where(cells.kept, np.sqrt(cells.variance), np.nan),
        rwg=nothing if isinstance(found, Inapplicable) else found[0],
        r_star=nothing if isinstance(star, Inapplicable) else star,
        awg=agreed.awg, ad=agreed.ad, ad_median=agreed.ad_median,
    )  # fmt: skip
