"""`diagnose`: which gap to start with, why it arises, and what answers that."""

from __future__ import annotations

import math
from collections.abc import Iterator

from servqual.errors import GapModelError, Problem
from servqual.gap_model.antecedent_scores import Antecedents
from servqual.gap_model.cause_words import Cause
from servqual.gap_model.diagnosed_gap import DiagnosedGap
from servqual.gap_model.diagnosis_results import Diagnosis
from servqual.gap_model.gap_causes import antecedents_problems, explain_gaps, units_problems
from servqual.gap_model.gap_results import Gaps
from servqual.gap_model.gap_rows import GapEstimate, GapFinding, Number
from servqual.gap_model.gap_words import OVERALL, GapName, StationGap
from servqual.gap_model.influence_results import Influences
from servqual.gap_model.lookups import name_problem, refused
from servqual.gap_model.model import GapModel
from servqual.gap_model.unit_gaps import UnitGaps
from servqual.labels import Label
from servqual.statistics.inapplicable import Inapplicable

_NO_RANK = Inapplicable("it is the sum of the others, or stands beside the chain")
_NOT_FIRST = Inapplicable("it is told of the first shortfall only")
_ALONE = Inapplicable("there is no other gap in the chain")
# Points by which two dimensions differ at least for one to be the deepest.
_ALIKE = 1e-9
_UNITS = Label(
    "a cause is found by comparing units: it tells why the gap is larger in some units than in others",
    "成因由单位间的比较得出：它说明差距为何在有的单位更大",
)


def diagnose(
    model: GapModel,
    antecedents: Antecedents | None = None,
    *,
    units: UnitGaps | None = None,
    dimension: str = OVERALL,
    confidence: float = 0.95,
) -> Diagnosis:
    """Diagnosis of a gap model: gaps by size and certainty, their causes by strength and evidence, remedies.

    Gaps of the chain are ranked: those that were shown to fall short (Holm over the gaps) come first, the largest
    ahead. Whether the first is the largest is told by the differences to all others, which share sources with it: it
    is, where even the one that is hardest to tell from it differs. Causes are those of `explain_gaps`, all tested as
    one family, over units. The diagnosis begins with the first gap, and with the strongest of the causes found to work
    as they should; a cause is named only of a gap that falls short.

    Parameters
    ----------
    model
        The gaps.
    antecedents
        Scores of causes by unit. Without them the diagnosis says that no causes are known.
    units
        The gaps of the same units; by default ``model.by_unit(antecedents.unit)``, for which the sources of the model
        hold that column. Units that lack a source are left out and noted.
    dimension
        Whose gaps: a dimension, or "overall".
    confidence
        Of intervals; one minus it is the level of findings.

    Returns
    -------
    Diagnosis
        With its bottom line in words.

    Raises
    ------
    GapModelError
        No `GapModel`, antecedents of another kind, units without antecedents; what `GapModel.by_unit` and
        `explain_gaps` raise.
    ArgumentError
        A dimension that is not there, or a confidence outside 0 and 1.

    Notes
    -----
    Where the company has no gap, the chance that any is named is at most one minus the confidence; so is the chance
    that any cause is named where none works.

    References
    ----------
    Zeithaml, Berry & Parasuraman 1988, Journal of Marketing 52(2):35-48; Holm 1979, Scandinavian Journal of Statistics
    6(2):65-70; Gutmann & Maymin 1987, Annals of Statistics 15(1):456-461 (is the selected the best).

    Examples
    --------
    >>> from servqual import Scale
    >>> from servqual.gap_model import Source
    >>> said = {"expected": 6.2, "understood": 6.0, "specified": 5.8, "delivered": 4.9, "perceived": 4.7}
    >>> sources = {name: Source.from_means({"speed": x}, se=0.1, n=50, scale=Scale(1, 7)) for name, x in said.items()}
    >>> diagnose(GapModel(**sources)).bottom_line()[:60]
    'Start with gap 3, delivery: −0.90 points (95% −1.18 to −0.62'
    """
    _refuse(model, antecedents, units, dimension)
    gaps = model.gaps(confidence=confidence)
    influences, notes = None, (*gaps.notes,)
    if antecedents is not None:
        compared = model.by_unit(antecedents.unit, incomplete_ok=True) if units is None else units
        influences = explain_gaps(compared, antecedents, dimension=dimension, confidence=confidence)
        notes = (*notes, *compared.notes, *influences.told.notes, _UNITS)
    words = {} if antecedents is None else {each.key: each for each in antecedents.causes}
    rows = tuple(_diagnosed(model, gaps, dimension, influences, words))
    return Diagnosis(gaps=rows, influences=influences, dimension=dimension, confidence=confidence, notes=notes)


def _refuse(model: object, antecedents: object, units: object, dimension: str) -> None:
    if not isinstance(model, GapModel):
        raise GapModelError(Problem("model", f"a {type(model).__name__}", "what is diagnosed is a GapModel"))
    problems = [] if antecedents is None else antecedents_problems(antecedents)
    problems += [] if units is None else units_problems(units, "units")
    if isinstance(units, UnitGaps) and antecedents is None:
        rule = "units are what causes are compared over"
        problems.append(Problem("units", "given without antecedents", rule, "give antecedents as well"))
    if problems:
        raise GapModelError(*problems)
    refused(name_problem("dimension", dimension, [*model.dimensions, OVERALL]))


def _diagnosed(
    model: GapModel, gaps: Gaps, dimension: str, influences: Influences | None, words: dict[str, Cause]
) -> Iterator[DiagnosedGap]:
    """Yield the gaps of the chain in order of rank, then those that have none."""
    chain = _chain(gaps)
    beside = [gap for gap in gaps.gaps if gap not in chain]
    order = sorted(chain, key=lambda gap: _place(gaps[gap.key, dimension]))
    for rank, gap in enumerate([*order, *beside], start=1):
        found = gaps[gap.key, dimension]
        first = rank == 1 and found.finding is GapFinding.SHORTFALL
        p, rival = _rivalry(model, gap, order[1:], dimension, gaps.confidence) if first else (_NOT_FIRST, None)
        worst, label = _worst(gaps, gap, dimension)
        causes = () if influences is None else influences.of(gap.key)
        sizes = [] if influences is None else [each.n for each in influences.equations if each.outcome == gap.key]
        yield DiagnosedGap(
            rank=_NO_RANK if gap in beside else rank,
            gap=gap,
            estimate=found,
            p_largest=p,
            largest=not isinstance(p, Inapplicable) and p <= 1 - gaps.confidence,
            rival=rival,
            worst=worst,
            label=label,
            causes=causes,
            words=tuple(words[each.key] for each in causes),
            units=sum(sizes),
        )


def _chain(gaps: Gaps) -> list[StationGap]:
    """Return the gaps that are ranked: neighbours in the chain; Gap 5 where it is the only one."""
    names = (GapName.SERVICE, GapName.PROMISE)
    links = [gap for gap in gaps.gaps if gap.name not in names]
    return links or [gap for gap in gaps.gaps if gap.name is GapName.SERVICE]


def _place(row: GapEstimate) -> tuple[bool, float]:
    return row.finding is not GapFinding.SHORTFALL, float(row.estimate)


def _rivalry(
    model: GapModel, gap: StationGap, others: list[StationGap], dimension: str, confidence: float
) -> tuple[Number, StationGap | None]:
    """Return the largest p of the differences to other gaps, and the gap it is of."""
    if not others:
        return _ALONE, None
    tests = [
        (model.difference(gap.key, other.key, dimension=dimension, confidence=confidence), other) for other in others
    ]
    told = [(each.p, other) for each, other in tests if not isinstance(each.p, Inapplicable)]
    if len(told) < len(tests):
        return Inapplicable("some differences have no error"), None
    p, rival = max(told, key=lambda pair: pair[0])
    return p, rival


def _worst(gaps: Gaps, gap: StationGap, dimension: str) -> tuple[GapEstimate | None, Label | None]:
    """Return the dimension in which a gap is deepest, if it falls short there and is not as deep in another."""
    if dimension != OVERALL or len(gaps.dimensions) < 3:
        return None, None
    rows = [(gaps[gap.key, key], label) for key, label in zip(gaps.dimensions[:-1], gaps.labels[:-1], strict=True)]
    first, second = sorted(rows, key=lambda pair: float(pair[0].estimate))[:2]
    alike = math.isclose(float(first[0].estimate), float(second[0].estimate), abs_tol=_ALIKE)
    return (None, None) if alike or first[0].finding is not GapFinding.SHORTFALL else first
