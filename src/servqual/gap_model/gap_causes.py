"""`explain_gaps`: which causes the gaps of units go along with."""

from __future__ import annotations

from collections.abc import Sequence

from servqual._arrays import Floats
from servqual.errors import GapModelError, Problem
from servqual.gap_model.antecedent_scores import Antecedents
from servqual.gap_model.cause_words import Cause
from servqual.gap_model.gap_words import OVERALL, GapName, StationGap
from servqual.gap_model.influence_estimates import Asked
from servqual.gap_model.influence_reading import told_influences
from servqual.gap_model.influence_results import Influences
from servqual.gap_model.unit_gaps import UnitGaps
from servqual.labels import Label

_TITLE = Label("Causes of gaps across units", "各单位差距的成因")
_ERRORS = Label(
    "units count alike; errors of least squares: the larger of those of one variance and of any (HC3)",
    "各单位权重相同；最小二乘的标准误：取同方差与异方差稳健（HC3）中较大者",
)


def explain_gaps(
    gaps: UnitGaps, antecedents: Antecedents, *, dimension: str = OVERALL, confidence: float = 0.95
) -> Influences:
    """Regressions of gaps on their causes across units: which causes go with a smaller or a larger shortfall.

    Each gap is explained by its own causes alone, all at once: ``gap = a + Σ b_j cause_j + e`` over units, by least
    squares with Student's t. Where fewer than ten degrees of freedom would be left, or causes follow from each other,
    coefficients are shrunken (`servqual.statistics.shrunken`), and the test of a cause is that of its correlation with
    the gap. The causes of Gap 4 explain perceived − delivered and, where promises were measured, the promise gap too;
    where a level in between was not measured, the causes of both gaps explain the one that is left. A gap is level
    minus standard, below zero a shortfall: a cause that raises it makes the shortfall smaller.

    Parameters
    ----------
    gaps
        As of `GapModel.by_unit`.
    antecedents
        Scores of causes in the same units, matched by name.
    dimension
        Whose gaps: a dimension, or "overall".
    confidence
        Of intervals; one minus it is the level of verdicts. All tests of all gaps are one family (Holm), so that where
        no cause works at all the chance of any finding is at most that level.

    Returns
    -------
    Influences
        Outcomes are the keys of gaps, influences those of causes.

    Raises
    ------
    GapModelError
        Gaps or antecedents of another kind, no unit in common, or no cause of any gap that is there.
    ArgumentError
        A dimension that is not there, or a confidence outside 0 and 1.

    Notes
    -----
    Units are independent and count alike. Errors of least squares are the larger of those of one variance and of those
    of any variances (HC3): units of few people have gaps and causes that scatter more, which else looks like findings.
    Sampling errors of the scores of causes draw coefficients towards zero: ask enough people in each unit.

    References
    ----------
    Zeithaml, Berry & Parasuraman 1988, Journal of Marketing 52(2):35-48; Parasuraman, Berry & Zeithaml 1990, Marketing
    Science Institute report 90-122 (antecedents regressed on gaps); MacKinnon & White 1985, Journal of
    Econometrics 29(3):305-325 (HC3); Angrist & Pischke 2009, Mostly Harmless Econometrics, Princeton University Press,
    section 8.1 (the larger error); Holm 1979, Scandinavian Journal of Statistics 6(2):65-70.

    Examples
    --------
    >>> import numpy as np
    >>> conflict = np.linspace(1.0, 7.0, 15)
    >>> values = (-0.3 * conflict + 0.1 * np.cos(5 * conflict))[:, None, None]
    >>> gaps = UnitGaps(range(15), [GapName.DELIVERY.gap], ["overall"], values, np.full_like(values, 0.05))
    >>> explain_gaps(gaps, Antecedents.from_arrays(range(15), {"role_conflict": conflict}))["gap_3", "role_conflict"]
    <Influence of role_conflict on gap_3: -0.586 (-0.631 to -0.542), p 4.08e-13; found>
    """
    wrong = [*units_problems(gaps, "gaps"), *antecedents_problems(antecedents)]
    if wrong:
        raise GapModelError(*wrong)
    common = [unit for unit in gaps.units if unit in set(antecedents.units)]
    if not common:
        found = f"{gaps.units[0]!r}, … and {antecedents.units[0]!r}, …"
        raise GapModelError(Problem("units", found, "gaps and causes are matched by the names of units"))
    here = [gaps.units.index(unit) for unit in common]
    scores = antecedents.values[[antecedents.units.index(unit) for unit in common]]
    every = []
    for gap in explained(gaps):
        own = [place for place, cause in enumerate(antecedents.causes) if acts_on(cause, gap)]
        if own:
            y, error = (column[here] for column in (gaps.column(gap.key, dimension), gaps.errors(gap.key, dimension)))
            every.append(_asked(gap, [antecedents.causes[place] for place in own], (y, error), scores[:, own]))
    if not every:
        found = f"causes {', '.join(antecedents.keys)}; gaps {', '.join(each.key for each in gaps.gaps)}"
        raise GapModelError(Problem("antecedents", found, "a cause explains its own gap, and none of these is there"))
    notes = [*antecedents.notes, _ERRORS, *_unmatched(gaps, antecedents, len(common))]
    return told_influences("gap_causes", _TITLE, every, notes, confidence)


def units_problems(given: object, place: str) -> list[Problem]:
    """Return what is wrong with what should be gaps by unit."""
    if isinstance(given, UnitGaps):
        return []
    return [Problem(place, f"a {type(given).__name__}", "gaps by unit are UnitGaps", "model.by_unit(…)")]


def antecedents_problems(given: object) -> list[Problem]:
    """Return what is wrong with what should be scores of causes by unit."""
    if isinstance(given, Antecedents):
        return []
    rule = "scores of causes by unit are Antecedents"
    remedy = "Antecedents.from_survey(survey, by=…) or Antecedents.from_frame(frame, unit=…)"
    return [Problem("antecedents", f"a {type(given).__name__}", rule, remedy)]


def acts_on(cause: Cause, gap: StationGap) -> bool:
    """Return whether a cause explains a gap: its own, one that holds it, and the promise gap if it is of Gap 4."""
    return cause.gap in gap.parts or (gap.name is GapName.PROMISE and cause.gap is GapName.COMMUNICATION)


def explained(gaps: UnitGaps) -> tuple[StationGap, ...]:
    """Return the gaps that are explained: all but Gap 5, where it is the sum of others that were measured."""
    others = tuple(gap for gap in gaps.gaps if gap.name is not GapName.SERVICE)
    chained = any(gap.name is not GapName.PROMISE for gap in others)
    return others if chained else gaps.gaps


def _asked(gap: StationGap, causes: Sequence[Cause], outcome: tuple[Floats, Floats], x: Floats) -> Asked:
    return Asked(
        gap.key,
        gap.label,
        *outcome,
        tuple(cause.key for cause in causes),
        tuple(cause.label for cause in causes),
        tuple(cause.direction for cause in causes),
        x,
    )


def _unmatched(gaps: UnitGaps, antecedents: Antecedents, common: int) -> list[Label]:
    lacking, strange = len(gaps) - common, len(antecedents) - common
    if not lacking and not strange:
        return []
    return [
        Label(
            f"units without scores of causes: {lacking}; units without gaps: {strange}",
            f"没有成因得分的单位：{lacking}；没有差距数据的单位：{strange}",
        )
    ]
