"""Effect sizes of paths by leaving each path out and estimating the rest anew."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from attrs import evolve

from servqual._arrays import Floats, freeze
from servqual.statistics.pls_estimates import estimated
from servqual.statistics.pls_plan import PathPlan
from servqual.statistics.pls_recipe import PathRecipe


def refitted_effect_sizes(matrix: npt.ArrayLike, recipe: PathRecipe) -> Floats:
    """Effect size f² of each path with the model estimated anew without it: ``(R² − R²_without) / (1 − R²)``.

    `path_effect_sizes` keeps the scores as they are; here, weights may change when a path goes, and a construct that is
    left without a neighbour goes too. Some programs print the one, some the other.

    Parameters
    ----------
    matrix
        Correlations or covariances of the indicators, shape (p, p).
    recipe
        The model and how it is estimated.

    Returns
    -------
    Floats
        ``f[i, j]``, of j on i, shape (m, m); NaN where j does not lead to i. It may be below 0.

    References
    ----------
    Cohen 1988, Statistical Power Analysis for the Behavioral Sciences, 2nd ed., Erlbaum, section 9.2.
    """
    table = np.asarray(matrix, dtype=np.float64)
    whole = estimated(table, recipe).r2
    found = np.full((recipe.plan.constructs, recipe.plan.constructs), np.nan)
    for source, target in recipe.plan.paths:
        without = _r2_without(table, recipe, (source, target))
        found[target, source] = (whole[target] - without) / (1 - whole[target])
    return freeze(found)


def _r2_without(table: Floats, recipe: PathRecipe, path: tuple[int, int]) -> float:
    """Return the R² of the path's target where the path is left out."""
    plan = recipe.plan
    paths = [each for each in plan.paths if each != path]
    if path[1] not in {target for _, target in paths}:
        return 0.0
    kept = sorted({end for each in paths for end in each})
    items = [item for construct in kept for item in plan.blocks[construct]]
    place = {item: number for number, item in enumerate(items)}
    smaller = PathPlan(
        [[place[item] for item in plan.blocks[construct]] for construct in kept],
        [(kept.index(source), kept.index(target)) for source, target in paths],
        [plan.modes[construct] for construct in kept],
    )
    found = estimated(table[np.ix_(items, items)], evolve(recipe, plan=smaller))
    return float(found.r2[kept.index(path[1])])
