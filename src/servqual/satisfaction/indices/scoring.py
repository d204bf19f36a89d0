"""`index_scores`: the constructs of every single respondent, by the weights of a fit."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from servqual._arrays import Floats
from servqual.errors import Problem, StructuralError
from servqual.satisfaction.gathering import Problems
from servqual.satisfaction.indices.fitting import checked_rows
from servqual.satisfaction.indices.results import IndexFit
from servqual.satisfaction.indices.rows import IndexRows
from servqual.satisfaction.indices.score_results import IndexScores
from servqual.satisfaction.indices.scorers import Scorer
from servqual.satisfaction.indices.source import Beside, GroupColumns
from servqual.statistics import WeightKind
from servqual.statistics.pair_matrices import MissingRule

# respondents taken at a time: products of so few stay on one thread, and threads wait for each other
_BLOCK = 2048
_LEAST = 0.5


def index_scores(
    fit: IndexFit,
    source: Any,
    *,
    weights: str | npt.ArrayLike | None = None,
    weight_kind: WeightKind | str = WeightKind.SAMPLING,
    groups: GroupColumns = None,
    cluster: str | npt.ArrayLike | None = None,
    min_answered: float | None = None,
) -> IndexScores:
    """Scores of constructs and indices from 0 to 100 for every respondent, by the weights of a fit.

    A score is ``Σ u_i (x_i − x̄_i)`` with the unstandardised weights ``u`` and the means of the fit, of unit variance
    among the respondents of the fit; the index is ``100 Σ u_i (x_i − low_i) / Σ u_i (high_i − low_i)``. Respondents may
    be those of the fit or others.

    Parameters
    ----------
    fit
        What `fit_index` returned.
    source
        A survey, a frame, a mapping or an array, as for `fit_index`.
    weights, weight_kind, groups, cluster
        For means of scores and their errors: columns by name, or values for each respondent. A survey has its own
        weights and clusters.
    min_answered
        Of fits with the rule "pairwise": which share of the indicators of a construct a respondent must have answered,
        .5 by default; the weights of those answered are scaled up to all of them. With "listwise", all indicators of
        the model are needed; with "mean", the means of the fit stand for missing answers of all who answered anything.

    Returns
    -------
    IndexScores
        In the order of respondents; NaN where there is no score.

    Raises
    ------
    StructuralError
        All problems at once, as `fit_index`; a share outside 0 to 1, or one beside another rule than "pairwise".

    References
    ----------
    Fornell, Johnson, Anderson, Cha & Bryant 1996, Journal of Marketing 60(4):7-18.

    Examples
    --------
    >>> from servqual import Scale
    >>> from servqual.satisfaction.indices.fitting import fit_index
    >>> from servqual.satisfaction.indices.structural import StructuralModel
    >>> model = StructuralModel.define({"service": ["quick", "kind"], "loyalty": ["again"]}, "service -> loyalty")
    >>> answers = [[4, 5, 4], [2, 3, 1], [5, 5, 5], [3, 4, 4], [1, 2, 2]]
    >>> fit = fit_index(model, answers, scale=Scale(1, 5))
    >>> index_scores(fit, [[5, 5, 5], [1, 1, 3]]).indices.tolist()
    [[100.0, 100.0], [0.0, 50.0]]
    """
    if not isinstance(fit, IndexFit):
        raise StructuralError(Problem("fit", f"{fit!r:.40}", "it is what fit_index returned"))
    problems: Problems = []
    least = _least(fit, min_answered, problems)
    beside = Beside(weights=weights, weight_kind=weight_kind, groups=groups, cluster=cluster)
    rows = checked_rows(fit.model, source, beside, problems, everybody=True)
    scores, indices = _scores(fit, rows, least)
    return IndexScores(
        model=fit.model, scores=scores, indices=indices, weights=rows.weights, weight_kind=rows.kind,
        groups=tuple(rows.groups.values()), cluster=rows.cluster, missing=fit.recipe.missing, min_answered=least,
        backend=rows.backend,
    )  # fmt: skip


def _least(fit: IndexFit, given: float | None, problems: Problems) -> float:
    rule = fit.recipe.missing
    if given is None:
        return _LEAST if rule is MissingRule.PAIRWISE else 1.0
    if rule is not MissingRule.PAIRWISE:
        place, found = "min_answered", f"{given!r} for a fit with the rule {str(rule)!r}"
        problems.append(Problem(place, found, "it belongs to the rule 'pairwise'", "leave it out"))
    elif not 0 < given <= 1:
        problems.append(Problem("min_answered", repr(given), "it is a share above 0 and up to 1"))
    return float(given)


def _scores(fit: IndexFit, rows: IndexRows, least: float) -> tuple[Floats, Floats | None]:
    """Return scores and indices, shape (rows, m)."""
    scorer = Scorer.of(fit, least)
    found = np.empty((2, len(rows), len(fit.model.names)))
    for start in range(0, len(rows), _BLOCK):
        part = slice(start, min(start + _BLOCK, len(rows)))
        found[:, part] = scorer.scored(rows.answers(part).T)
    return found[0], None if fit.ends is None else found[1]
