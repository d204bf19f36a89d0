"""`fit_index`: a structural index model, estimated by PLS."""

from __future__ import annotations

from typing import Any

import numpy.typing as npt

from servqual.errors import Problem, StructuralError
from servqual.satisfaction.gathering import Problems
from servqual.satisfaction.indices.moments import group_means, moments_of
from servqual.satisfaction.indices.recipes import IndexRecipe, recipe_of
from servqual.satisfaction.indices.results import IndexFit
from servqual.satisfaction.indices.rows import IndexRows
from servqual.satisfaction.indices.source import Beside, GroupColumns, Scales, read_rows, refuse
from servqual.satisfaction.indices.structural import StructuralModel
from servqual.satisfaction.indices.use import data_faults, estimate_faults, used_rows
from servqual.statistics import WeightKind
from servqual.statistics.pair_matrices import Metric, MissingRule
from servqual.statistics.pls_estimates import estimated
from servqual.statistics.pls_words import InnerScheme, SignRule


def fit_index(
    model: StructuralModel,
    source: Any,
    *,
    metric: Metric | str = Metric.CORRELATIONS,
    scheme: InnerScheme | str = InnerScheme.PATH,
    weights: str | npt.ArrayLike | None = None,
    weight_kind: WeightKind | str = WeightKind.SAMPLING,
    missing: MissingRule | str = MissingRule.PAIRWISE,
    groups: GroupColumns = None,
    scale: Scales = None,
    sign: SignRule | str = SignRule.WEIGHTS,
    tolerance: float = 1e-7,
    max_iterations: int = 300,
) -> IndexFit:
    """A satisfaction index (ECSI, ACSI, or one's own), estimated by PLS path modelling from answers.

    The index of a construct is the mean of its indicators, each carried to 0 to 100 and weighted by its unstandardised
    weight: ``100 Σ w_i (x̄_i − low_i) / Σ w_i (high_i − low_i)``. It is 0 where everybody gives the lowest answers and
    100 where everybody gives the highest; the scale of the weights is of no consequence.

    Parameters
    ----------
    model
        Which items measure which construct, and which construct leads to which: `ecsi`, `acsi`, or a
        `StructuralModel`.
    source
        A `Survey`, whose perceptions of items (or means of dimensions) are the indicators; a frame with a column for
        each; a mapping name → values; or an array (respondents, indicators) in the order of ``model.indicators``.
    metric
        "correlations": indicators standardised, as most programs have it; or "covariances": in their own units, which
        needs one scale for all. Both are in use, and their numbers differ.
    scheme
        "path", "centroid" or "factorial"; see `InnerScheme`.
    weights, weight_kind
        Sampling weights or frequencies: a column by name, or a number for each respondent. A survey has its own.
    missing
        "pairwise", "listwise" or "mean"; see `MissingRule`. Respondents without any answer are left out by all.
    groups
        Columns by name, or a mapping name → labels, for whose groups indices are wanted. All groups have the weights of
        the one model; `compare_index_groups` fits each by itself.
    scale
        Of the answers, or a mapping indicator → `Scale`; without it there is no index from 0 to 100, and all else is
        there. A survey has its own.
    sign, tolerance, max_iterations
        As for `pls_path_model`.

    Returns
    -------
    IndexFit
        Weights, loadings, paths, what they are worth, total effects, and indices of all respondents and of groups.

    Raises
    ------
    StructuralError
        All problems at once: unknown columns or options, answers off their scale, indicators that do not vary, fewer
        respondents than indicators; then, if the weights do not come to rest, by how much they still moved.

    References
    ----------
    Fornell, Johnson, Anderson, Cha & Bryant 1996, Journal of Marketing 60(4):7-18 (the index); Tenenhaus, Esposito
    Vinzi, Chatelin & Lauro 2005, Computational Statistics & Data Analysis 48(1):159-205 (its estimation).

    Examples
    --------
    >>> from servqual import Scale
    >>> model = StructuralModel.define({"service": ["quick", "kind"], "loyalty": ["again"]}, "service -> loyalty")
    >>> answers = [[4, 5, 4], [2, 3, 1], [5, 5, 5], [3, 4, 4], [1, 2, 2]]
    >>> fit = fit_index(model, answers, scale=Scale(1, 5))
    >>> round(fit.path("service", "loyalty"), 3), round(fit.index("service"), 1)
    (0.86, 60.8)
    """
    problems: Problems = []
    recipe = recipe_of(
        problems, metric=metric, scheme=scheme, missing=missing, sign=sign, tolerance=tolerance,
        max_iterations=max_iterations,
    )  # fmt: skip
    beside = Beside(weights=weights, weight_kind=weight_kind, groups=groups, scale=scale)
    rows = checked_rows(model, source, beside, problems)
    return fitted(model, rows, recipe)


def checked_rows(
    model: StructuralModel, source: Any, beside: Beside, problems: Problems, *, everybody: bool = False
) -> IndexRows:
    """Return the rows of a source for a model.

    Raises
    ------
    StructuralError
        What is wrong with either, besides the problems found before.
    """
    rows = None
    if isinstance(model, StructuralModel):
        rows = read_rows(model, source, beside, problems, everybody=everybody)
    else:
        remedy = "ecsi(), acsi(), or StructuralModel.define(…)"
        problems.append(Problem("model", f"{model!r:.40}", "it is a StructuralModel", remedy))
    if rows is None or problems:
        raise StructuralError(*dict.fromkeys(problems))
    return rows


def fitted(model: StructuralModel, rows: IndexRows, recipe: IndexRecipe) -> IndexFit:
    """Return the index of these respondents.

    Raises
    ------
    StructuralError
        All problems of the data at once; then those of the estimation.
    """
    kept, use = used_rows(rows, recipe.missing)
    if not use.used:
        rule = "somebody answered what the rule for missing answers asks for"
        refuse([Problem("respondents", f"none of {use.given} takes part", rule, "missing='pairwise'")])
    found = moments_of(kept, recipe.metric, recipe.missing)
    refuse(list(data_faults(model, kept, found)))
    estimates = estimated(found.matrix, recipe.path_recipe(model))
    refuse(list(estimate_faults(model, found, estimates)))
    groups = [each for one in kept.groups.values() for each in group_means(kept, one, recipe.missing, found.means)]
    return IndexFit(
        model=model, recipe=recipe, estimates=estimates, matrix=found.matrix, means=found.means, sds=found.sds,
        ends=kept.ends, rows=use, weight_kind=kept.kind, groups=tuple(groups), backend=kept.backend,
    )  # fmt: skip
