"""`IndexRecipe`: how an index was fitted."""

from __future__ import annotations

from collections.abc import Callable
from numbers import Integral, Real
from typing import Any

from attrs import frozen

from servqual.errors import ArgumentError, Problem
from servqual.satisfaction.indices.structural import StructuralModel
from servqual.statistics.pair_matrices import Metric, MissingRule
from servqual.statistics.pls_recipe import PathRecipe
from servqual.statistics.pls_words import InnerScheme, SignRule


@frozen(kw_only=True)
class IndexRecipe:
    """How an index was fitted.

    Attributes
    ----------
    metric
        Correlations or covariances of the indicators.
    scheme
        How neighbours count in the inner estimate.
    missing
        The rule for missing answers.
    sign
        Which way scores point.
    tolerance, max_iterations
        When the weights count as at rest, and after how many steps they are given up.
    """

    metric: Metric = Metric.CORRELATIONS
    scheme: InnerScheme = InnerScheme.PATH
    missing: MissingRule = MissingRule.PAIRWISE
    sign: SignRule = SignRule.WEIGHTS
    tolerance: float = 1e-7
    max_iterations: int = 300

    def path_recipe(self, model: StructuralModel) -> PathRecipe:
        """Return the same for the arithmetic."""
        return PathRecipe(
            plan=model.plan,
            metric=self.metric,
            missing=self.missing,
            scheme=self.scheme,
            sign=self.sign,
            tolerance=self.tolerance,
            max_iterations=self.max_iterations,
        )


def recipe_of(problems: list[Problem | str], **asked: Any) -> IndexRecipe:
    """Return the recipe of some options; what is wrong with them is added to the problems."""
    kinds: dict[str, Callable[[Any], Any]] = {
        "metric": Metric, "scheme": InnerScheme, "missing": MissingRule, "sign": SignRule
    }  # fmt: skip
    good: dict[str, Any] = {}
    for name, kind in kinds.items():
        try:
            good[name] = kind(asked[name])
        except ArgumentError as error:
            problems.extend(error.problems)
    tolerance, most = asked["tolerance"], asked["max_iterations"]
    if _is(Real, tolerance) and 0 < tolerance < 1:
        good["tolerance"] = float(tolerance)
    else:
        rule = "it lies strictly between 0 and 1"
        problems.append(Problem("tolerance", repr(tolerance), rule, "tolerance=1e-7"))
    if _is(Integral, most) and most >= 1:
        good["max_iterations"] = int(most)
    else:
        problems.append(Problem("max_iterations", repr(most), "it is a whole number, 1 or more"))
    return IndexRecipe(**good)


def _is(kind: type, value: object) -> bool:
    return isinstance(value, kind) and not isinstance(value, bool)
