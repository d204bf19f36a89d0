"""Matrices of predictors and an outcome: checked, with controls taken out, as correlations."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from attrs import frozen

from servqual._arrays import Floats, freeze
from servqual.errors import Problem
from servqual.statistics._arguments import ArgumentError
from servqual.statistics.subset_variance import FOLLOWS, solvable

Groups = Sequence[Sequence[int]]
_ROUNDING = 1e-8
_LEFT = 1e-14


@frozen(eq=False)
class Relations:
    """Correlations of predictors and outcome, the outcome last, of those matrices that can be solved.

    Attributes
    ----------
    stack
        Shape (solvable matrices, predictors + 1, predictors + 1): given controls, where there are any.
    left
        Share of the variance of the outcome that controls leave, shape (solvable matrices,).
    places
        Where these matrices stand among all that were given.
    shape
        Of the stack that was given.
    groups
        Positions of predictors that come in together, those of one left out.
    """

    stack: Floats
    left: Floats
    places: npt.NDArray[np.intp]
    shape: tuple[int, ...]
    groups: tuple[tuple[int, ...], ...]

    @property
    def predictors(self) -> int:
        """How many predictors there are."""
        return int(self.stack.shape[-1]) - 1

    def shaped(self, shares: Floats) -> Floats:
        """Return shares of what controls leave, shape (solvable, k), as shares of all, NaN where there are none."""
        found = np.full((int(np.prod(self.shape)), shares.shape[1]), np.nan)
        found[self.places] = shares * self.left[:, None]
        return freeze(found.reshape(*self.shape, shares.shape[1]))


def relations_of(matrix: npt.ArrayLike, controls: Sequence[int] = (), groups: Groups = ()) -> Relations:
    """Return the correlations of a stack of covariance or correlation matrices.

    Raises
    ------
    ArgumentError
        With everything that does not fit.
    """
    table = np.asarray(matrix)
    problems = _shape_problems(table, len(controls))
    if problems:
        raise ArgumentError(*problems)
    size = table.shape[-1]
    problems = [*_control_problems(controls, size), *_group_problems(groups, controls, size), *_value_problems(table)]
    if problems:
        raise ArgumentError(*problems)
    kept = [place for place in range(size) if place not in set(controls)]
    stack = _correlations(table.astype(np.float64).reshape(-1, size, size))
    places = np.flatnonzero(solvable(stack[:, [*controls, *kept]][:, :, [*controls, *kept]]))
    turned, left = _given(stack[places], list(controls), kept)
    rank = {place: number for number, place in enumerate(kept)}
    together = tuple(tuple(rank[int(place)] for place in group) for group in groups if len(group) > 1)
    return Relations(turned, left, places, table.shape[:-2], together)


def _correlations(stack: Floats) -> Floats:
    spread = np.sqrt(np.maximum(stack.diagonal(axis1=1, axis2=2), 0.0))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(stack / spread[:, :, None] / spread[:, None, :])


def _given(stack: Floats, controls: list[int], kept: list[int]) -> tuple[Floats, Floats]:
    """Return the correlations that controls leave, and what they leave of the variance of the outcome."""
    part = stack[:, kept][:, :, kept]
    if not controls:
        return part, np.ones(len(stack))
    across = stack[:, controls][:, :, kept]
    part = part - across.transpose(0, 2, 1) @ np.linalg.solve(stack[:, controls][:, :, controls], across)
    left = part[:, -1, -1]
    # nothing is left to explain of an outcome that follows from the controls
    part[:, -1, -1] = np.where(left > FOLLOWS, left, 1.0)
    part[:, -1, :-1] *= (left > FOLLOWS)[:, None]
    part[:, :-1, -1] *= (left > FOLLOWS)[:, None]
    return _correlations(part), np.maximum(left, 0.0)


def _shape_problems(table: npt.NDArray[np.generic], controls: int) -> list[Problem]:
    if table.ndim < 2 or table.shape[-1] != table.shape[-2] or table.dtype.kind not in "iuf":
        found, rule = f"an array of {table.dtype}, shape {table.shape}", "matrices of numbers, shape (…, q, q)"
        return [Problem("matrix", found, rule)]
    if table.shape[-1] - controls < 2:
        found = f"{table.shape[-1]} columns, {controls} of them controls"
        return [Problem("matrix", found, "there is an outcome, last, and one predictor or more before it")]
    return []


def _value_problems(table: npt.NDArray[np.generic]) -> list[Problem]:
    values = table.astype(np.float64)
    problems, turned = [], np.swapaxes(values, -1, -2)
    if np.isinf(values).any():
        problems.append(Problem("matrix", "an infinity", "the values are finite, or NaN where there is none"))
    scale = np.abs(values).max(initial=0.0, where=np.isfinite(values))
    if not np.allclose(values, turned, rtol=_ROUNDING, atol=_ROUNDING * scale, equal_nan=True):
        problems.append(Problem("matrix", "not symmetric", "the entry (i, j) is that of (j, i)"))
    spread = values.diagonal(axis1=-2, axis2=-1)
    if (spread < 0).any():
        problems.append(Problem("matrix", f"{np.nanmin(spread):g} on a diagonal", "variances are zero or more"))
    return problems


def _control_problems(controls: Sequence[int], size: int) -> list[Problem]:
    problems = []
    far = [place for place in controls if not 0 <= place < size - 1]
    if far:
        rule = f"positions of predictors are 0 to {size - 2}, and the outcome is last"
        problems.append(Problem("controls", f"position {far[0]}", rule))
    if len(set(controls)) < len(controls):
        problems.append(Problem("controls", "a position twice", "each is named once"))
    return problems


def _group_problems(groups: Groups, controls: Sequence[int], size: int) -> list[Problem]:
    placed = [place for group in groups for place in group]
    problems = []
    if any(len(group) == 0 for group in groups):
        problems.append(Problem("groups", "one without predictors", "a group has one predictor or more"))
    far = [place for place in placed if not 0 <= place < size - 1]
    if far:
        problems.append(Problem("groups", f"position {far[0]}", f"positions of predictors are 0 to {size - 2}"))
    if len(set(placed)) < len(placed):
        problems.append(Problem("groups", "a predictor in two places", "each stands in one group, once"))
    both = sorted(set(placed) & set(controls))
    if both:
        problems.append(
            Problem("groups", f"position {both[0]}, a control", "controls are in every model, not in groups")
        )
    return problems
