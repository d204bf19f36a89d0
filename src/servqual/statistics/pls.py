"""PLS path modelling on a matrix of correlations or covariances, or on a stack of them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from servqual._arrays import Floats
from servqual.errors import Problem
from servqual.statistics._arguments import ArgumentError
from servqual.statistics.pls_estimates import PathEstimates, estimated
from servqual.statistics.pls_plan import PathPlan
from servqual.statistics.pls_recipe import PathRecipe
from servqual.statistics.pls_words import InnerScheme, SignRule


def pls_path_model(
    matrices: npt.ArrayLike,
    plan: PathPlan,
    *,
    scheme: InnerScheme | str = InnerScheme.PATH,
    sign: SignRule | str = SignRule.WEIGHTS,
    tolerance: float = 1e-7,
    max_iterations: int = 300,
) -> PathEstimates:
    """PLS path modelling (PLS-PM): weights, loadings and paths of constructs measured by weighted sums of indicators.

    By turns, the inner estimate of a construct is the sum of its neighbours' scores, each counted as the scheme says,
    and its outer weights are the covariances of its indicators with that (mode A) or regression weights (mode B). All
    constructs change at once, so their order is of no consequence. Nothing but the matrix is needed.

    Parameters
    ----------
    matrices
        Correlations, or covariances, of the indicators, shape (p, p) or (…, p, p). On correlations every indicator has
        the same say; on covariances one that varies more has more, which makes sense where all have one scale.
    plan
        Which indicator measures which construct, and which construct leads to which.
    scheme, sign
        See `InnerScheme` and `SignRule`.
    tolerance
        The largest change of a weight, on indicators of unit variance, that counts as rest.
    max_iterations
        Where weights still move after so many, the state says so, and `change` how much they moved.

    Returns
    -------
    PathEstimates
        One matrix without an estimate does not keep the others of a stack from theirs.

    Raises
    ------
    ArgumentError
        All at once: matrices that do not fit the plan or are not symmetric, a tolerance or a number of iterations that
        is none, an unknown scheme or rule.

    References
    ----------
    Wold 1982, in Jöreskog & Wold (eds), Systems under Indirect Observation II, North-Holland, 1-54; Lohmöller 1989,
    Latent Variable Path Modeling with Partial Least Squares, Physica, chapter 2; Tenenhaus, Esposito Vinzi, Chatelin &
    Lauro 2005, Computational Statistics & Data Analysis 48(1):159-205.

    Examples
    --------
    >>> table = np.array([[1, 0.6, 0.3, 0.3], [0.6, 1, 0.3, 0.3], [0.3, 0.3, 1, 0.6], [0.3, 0.3, 0.6, 1]])
    >>> found = pls_path_model(table, PathPlan([[0, 1], [2, 3]], [(0, 1)]))
    >>> found.paths[1, 0].round(4), found.weights.round(4).tolist()
    (np.float64(0.375), [0.559, 0.559, 0.559, 0.559])
    """
    stack = _stack_of(matrices, plan, tolerance, max_iterations)
    recipe = PathRecipe(
        plan=plan,
        scheme=InnerScheme(scheme),
        sign=SignRule(sign),
        tolerance=float(tolerance),
        max_iterations=int(max_iterations),
    )
    return estimated(stack, recipe)


def _stack_of(matrices: npt.ArrayLike, plan: PathPlan, tolerance: float, most: int) -> Floats:
    """Return the matrices as float64, and refuse what cannot be worked on."""
    given, problems = np.asarray(matrices), []
    if given.dtype.kind not in "biuf" or given.ndim < 2 or given.shape[-2:] != (plan.items, plan.items):
        found = f"an array of {given.dtype}, shape {given.shape}"
        problems.append(Problem("matrices", found, f"the shape is (…, {plan.items}, {plan.items})"))
    elif not np.allclose(given, np.swapaxes(given, -1, -2), rtol=1e-8, atol=1e-10, equal_nan=True):
        problems.append(Problem("matrices", "not symmetric", "the entry (i, j) is that of (j, i)"))
    if not 0 < tolerance < 1:
        problems.append(Problem("tolerance", repr(tolerance), "it lies strictly between 0 and 1", "tolerance=1e-7"))
    if most != int(most) or most < 1:
        problems.append(Problem("max_iterations", repr(most), "it is a whole number, 1 or more"))
    if problems:
        raise ArgumentError(*problems)
    return given.astype(np.float64, copy=False)
