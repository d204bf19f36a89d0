"""`PathEstimates`: what PLS makes of a matrix or of a stack of matrices."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from attrs import field, frozen

from servqual._arrays import AnyArray, Bools, Floats, Holder, floats, read_only
from servqual.statistics.pls_inner import path_coefficients
from servqual.statistics.pls_iteration import settle
from servqual.statistics.pls_plan import PathPlan, layout_of
from servqual.statistics.pls_recipe import PathRecipe
from servqual.statistics.pls_words import InnerScheme, PathState, SignRule

# numbers of a stack that are worked on at once
_CHUNK = 1 << 18


def _whole(values: npt.ArrayLike) -> AnyArray:
    return read_only(values)


@frozen(eq=False, getstate_setstate=False, repr=False, kw_only=True)
class PathEstimates(Holder):
    """PLS estimates of one matrix or of a stack of matrices; ``…`` is the shape of the stack, () for one matrix.

    Scores of constructs have unit variance. Where there are no estimates (see `state`), numbers are NaN; where only the
    predecessors of a construct determine each other, paths and R² are.

    Attributes
    ----------
    plan, scheme, sign
        The model, how neighbours count, and which way scores point.
    weights
        Of the indicators as they are in the matrix, shape (…, p): on correlations those of standardised indicators, on
        covariances those of the indicators in their own units.
    cross_loadings
        Correlations of indicators with scores, shape (…, p, m).
    correlations
        Of the scores, shape (…, m, m).
    paths
        Standardised regression weights, shape (…, m, m): ``b[…, i, j]`` is the path from j to i.
    r2
        Share of variance explained by the predecessors, shape (…, m); NaN where there are none.
    state
        Codes of `PathState`, shape (…).
    iterations, change
        How many there were, and the largest change of a weight (on indicators of unit variance) in the last one.
    """

    plan: PathPlan
    scheme: InnerScheme
    sign: SignRule
    weights: Floats = field(converter=floats)
    cross_loadings: Floats = field(converter=floats)
    correlations: Floats = field(converter=floats)
    paths: Floats = field(converter=floats)
    r2: Floats = field(converter=floats)
    state: AnyArray = field(converter=_whole)
    iterations: AnyArray = field(converter=_whole)
    change: Floats = field(converter=floats)

    @property
    def fitted(self) -> Bools:
        """Whether the weights came to rest, shape (…)."""
        return np.asarray(self.state == PathState.FITTED)

    @property
    def loadings(self) -> Floats:
        """Correlations of indicators with the score of their own construct, shape (…, p)."""
        layout = layout_of(self.plan)
        return self.cross_loadings[..., layout.items, layout.owner]

    def __repr__(self) -> str:
        size = f"{self.plan.constructs} constructs, {self.plan.items} indicators, {self.scheme} scheme"
        if self.state.ndim:
            return f"<PathEstimates: {size}; {int(self.fitted.sum())} of {self.state.size} matrices fitted>"
        ended = PathState(int(self.state)).label
        return f"<PathEstimates: {size}; {ended} after {int(self.iterations)} iterations>"


def estimated(stack: Floats, recipe: PathRecipe) -> PathEstimates:
    """Return the estimates of a stack of matrices that fit the plan, shape (…, p, p)."""
    plan = recipe.plan
    flat = stack.reshape(-1, plan.items, plan.items)
    size = max(1, _CHUNK // plan.items**2)
    starts = range(0, max(len(flat), 1), size)
    parts = [_tables(flat[at : at + size], recipe) for at in starts]
    whole = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    shaped = {name: values.reshape((*stack.shape[:-2], *values.shape[1:])) for name, values in whole.items()}
    return PathEstimates(plan=plan, scheme=recipe.scheme, sign=recipe.sign, **shaped)


def _tables(stack: Floats, recipe: PathRecipe) -> dict[str, AnyArray]:
    """Return all estimates of a stack of shape (B, p, p)."""
    layout = layout_of(recipe.plan)
    found = settle(stack, recipe.plan, recipe.scheme, recipe.tolerance, recipe.max_iterations)
    sd = np.sqrt(np.maximum(np.diagonal(stack, axis1=1, axis2=2), 0.0))
    with np.errstate(invalid="ignore", divide="ignore"):
        shared = stack @ (found.weights[..., None] * layout.membership)
        cross = shared / sd[..., None]
        turn = _turn(found.weights * sd, cross, layout.membership, recipe.sign)
        weights, cross = found.weights * turn[:, layout.owner], cross * turn[:, None, :]
        scores = np.swapaxes(shared * turn[:, None, :], 1, 2) @ (weights[..., None] * layout.membership)
        scores = (scores + np.swapaxes(scores, 1, 2)) / 2
    paths, solved = path_coefficients(scores, layout)
    state = np.where((found.state == PathState.FITTED) & ~solved, np.int8(PathState.SINGULAR), found.state)
    lost = (found.state == PathState.NO_VARIANCE) | (found.state == PathState.SINGULAR)
    driven = np.array([parents.size > 0 for parents in layout.parents])
    r2 = np.where(driven, (paths * scores).sum(axis=2), np.nan)
    tables = {"weights": weights, "cross_loadings": cross, "correlations": scores, "paths": paths, "r2": r2}
    for name, table in tables.items() if not solved.all() or lost.any() else ():
        table[lost | ~solved if name in {"paths", "r2"} else lost] = np.nan
    return tables | {"state": state, "iterations": found.iterations, "change": found.change}


def _turn(weights: Floats, cross: Floats, membership: Floats, sign: SignRule) -> Floats:
    """Return 1 or −1 for each construct, shape (B, m), by which its score is turned."""
    if sign is SignRule.NONE:
        return np.ones((len(weights), membership.shape[1]))
    total = weights @ membership if sign is SignRule.WEIGHTS else (cross * membership).sum(axis=1)
    return np.where(total < 0, -1.0, 1.0)
