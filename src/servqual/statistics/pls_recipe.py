"""`PathRecipe`: how a path model is estimated."""

from __future__ import annotations

from attrs import frozen

from servqual.statistics.pair_matrices import Metric, MissingRule
from servqual.statistics.pls_plan import PathPlan
from servqual.statistics.pls_words import InnerScheme, SignRule


@frozen(kw_only=True)
class PathRecipe:
    """How a path model is estimated from rows: the plan and every option.

    Attributes
    ----------
    plan
        Which indicator measures which construct, and which construct leads to which.
    metric, missing
        What is made of rows: correlations or covariances, by which rule for missing answers.
    scheme, sign, tolerance, max_iterations
        As for `pls_path_model`.
    """

    plan: PathPlan
    metric: Metric = Metric.CORRELATIONS
    missing: MissingRule = MissingRule.PAIRWISE
    scheme: InnerScheme = InnerScheme.PATH
    sign: SignRule = SignRule.WEIGHTS
    tolerance: float = 1e-7
    max_iterations: int = 300
