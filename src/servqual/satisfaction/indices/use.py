"""Which respondents take part, and whether a model can be estimated from them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from attrs import frozen

from servqual.errors import Problem
from servqual.satisfaction.indices.moments import IndexMoments
from servqual.satisfaction.indices.rows import IndexRows
from servqual.satisfaction.indices.structural import StructuralModel
from servqual.statistics.pair_matrices import MissingRule
from servqual.statistics.pls_estimates import PathEstimates
from servqual.statistics.pls_inner import predecessor_inflation
from servqual.statistics.pls_plan import layout_of
from servqual.statistics.pls_words import OuterMode, PathState
from servqual.statistics.stacked_inverses import inverse_stack


@frozen
class RowUse:
    """Which respondents take part.

    Attributes
    ----------
    given
        Respondents in the source.
    used
        Those that take part: not of weight zero, and not left out by the rule for missing answers.
    n
        What they count as: frequencies by their sum, else `used`.
    incomplete
        Of those used, how many lack an answer.
    missing
        Of those used, how many lack each indicator.
    """

    given: int
    used: int
    n: float
    incomplete: int
    missing: tuple[int, ...]


def used_rows(rows: IndexRows, missing: MissingRule) -> tuple[IndexRows, RowUse]:
    """Return the respondents that a rule for missing answers leaves, and an account of them."""
    kept, counts = rows.ruled(missing)
    items = len(rows.columns)
    incomplete = int((counts < items).sum())
    lacking = (int(kept.absent_of(item).sum()) if incomplete else 0 for item in range(items))
    return kept, RowUse(rows.given, len(kept), kept.size(), incomplete, tuple(lacking))


def data_faults(model: StructuralModel, rows: IndexRows, found: IndexMoments) -> Iterator[Problem]:
    """Yield why a model cannot be estimated from these respondents."""
    items = len(model.indicators)
    if found.n < items:
        rule = f"there are at least as many as indicators, {items}"
        yield Problem("respondents", f"{found.n:g} take part", rule, "ask more people, or fewer things")
        if found.n < 2:
            return
    still = ~(found.sds > 0)
    for item in np.flatnonzero(still).tolist():
        answers = len(rows) - int(rows.absent_of(item).sum())
        said = f"all {answers} answers are {found.means[item]:g}" if answers else "nobody answered it"
        yield Problem(f"indicator {model.indicators[item]}", said, "an indicator varies", "leave it out of the model")
    lacking = np.argwhere(np.triu(np.isnan(found.matrix)) & ~still[:, None] & ~still).tolist()
    for one, other in lacking[:5]:
        pair = f"{model.indicators[one]} and {model.indicators[other]}"
        rule = "each pair of indicators has answers of the same people that vary"
        yield Problem(f"indicators {pair}", "too few answered both", rule, "leave one of them out")


def estimate_faults(model: StructuralModel, found: IndexMoments, estimates: PathEstimates) -> Iterator[Problem]:
    """Yield why an estimation did not come to its end."""
    state = PathState(int(estimates.state))
    if state is PathState.UNSETTLED:
        change, steps = float(estimates.change), int(estimates.iterations)
        place, said = "weights", f"after {steps} iterations one still changed by {change:.3g}"
        rule = "they come to rest"
        remedy = "raise max_iterations=, try another scheme=, or see whether each construct correlates with a neighbour"
        yield Problem(place, said, rule, remedy)
        yield from _driven(model, estimates)
    if state is PathState.SINGULAR:
        named = [*_formed(model, found), *_driven(model, estimates)]
        rule = "scores of constructs vary and do not determine each other"
        yield from named or [Problem("constructs", "a score without variance", rule, "try metric='correlations'")]
    if state is PathState.NO_VARIANCE:
        yield Problem("indicators", "a correlation is missing", "each pair of indicators has one")


def _formed(model: StructuralModel, found: IndexMoments) -> Iterator[Problem]:
    for construct, block in zip(model.constructs, model.plan.blocks, strict=True):
        _, good = inverse_stack(found.matrix[np.ix_(block, block)][None])
        if construct.mode is OuterMode.B and not good[0]:
            rule = "indicators of mode B do not determine each other"
            remedy = "leave out one that follows from the others, or take mode 'A'"
            yield Problem(f"construct {construct.name}", f"{', '.join(construct.indicators)}", rule, remedy)


def _driven(model: StructuralModel, estimates: PathEstimates) -> Iterator[Problem]:
    """Yield constructs whose predecessors determine each other, as far as their correlations are known."""
    table = estimates.correlations
    if not np.isfinite(table).all():
        return
    layout = layout_of(model.plan)
    inflation = predecessor_inflation(table[None], layout)[0]
    for target, parents in enumerate(layout.parents):
        if parents.size and np.isnan(inflation[target, parents]).any():
            names = ", ".join(model.names[parent] for parent in parents)
            rule = "the predecessors of a construct do not determine each other"
            yield Problem(f"construct {model.names[target]}", names, rule, "drop a path")
