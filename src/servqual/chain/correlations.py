"""`fit_correlations`: a chain estimated from a published matrix of correlations."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from numbers import Integral, Real
from typing import Any

import numpy as np

from servqual._arrays import Floats
from servqual.chain.correlation_matrix import matrix_of
from servqual.chain.equations import Equation, Role, Term
from servqual.chain.fitted import Fit
from servqual.chain.forms import Linear
from servqual.chain.graph import Chain
from servqual.chain.recipes import Recipe
from servqual.chain.row_accounts import RowAccount
from servqual.errors import FitError, Problem, did_you_mean
from servqual.statistics.models import Covariance, Estimator, Regression

Numbers = Mapping[str, float] | Sequence[float] | None


def fit_correlations(
    chain: Chain,
    R: Any,  # noqa: N803 - the name that a matrix of correlations has everywhere
    n: int,
    *,
    names: Sequence[str] | None = None,
    sds: Numbers = None,
    means: Numbers = None,
) -> Fit:
    """Estimate a chain from a matrix of correlations, such as a paper prints (path analysis): least squares.

    ``b = S_xx⁻¹ s_xy`` with ``S = D R D``; the same numbers as `fit` gives on the rows that the matrix comes from, with
    nonrobust covariance ``σ² / (n − 1) · S_xx⁻¹`` and ``σ² = (n − 1) / (n − k) · s_yy (1 − R²)``.

    Parameters
    ----------
    chain
        With straight links without lags.
    R
        An array, with `names`; a mapping ``{one: {other: r}}`` or ``{(one, other): r}``, of which one triangle is
        enough; or a frame whose columns bear the names. What the chain does not have is left out.
    n
        Rows that the matrix was computed from.
    names
        Names of the rows of an array.
    sds, means
        Construct → standard deviation (divisor ``n − 1``) and mean, or sequences in the order of `names`. Without them
        constructs have mean 0 and standard deviation 1, and coefficients are standardised ones; their standard errors
        then take the standard deviations as known.

    Returns
    -------
    Fit
        As of `fit`; whatever needs rows says that there are none.

    Raises
    ------
    FitError
        Everything that is wrong: links with lags or forms, names, an `n` that does not exceed predictors + 1,
        correlations that are not symmetric, off −1..1, without ones on the diagonal or not positive definite, standard
        deviations that are not above zero.

    References
    ----------
    Wright 1934, Annals of Mathematical Statistics 5(3):161-215; Cohen, Cohen, West & Aiken 2003, Applied Multiple
    Regression/Correlation Analysis for the Behavioral Sciences, 3rd ed., Erlbaum, appendix 2.

    Examples
    --------
    >>> chain = Chain.parse("complaints -> learning -> rating; complaints -> rating")
    >>> r = {("complaints", "learning"): 0.597, ("complaints", "rating"): 0.825, ("learning", "rating"): 0.624}
    >>> fit_correlations(chain, r, 30).slopes().round(2)
    array([0.6, 0.2, 0.7])
    """
    problems = [*_links(chain), *_rows(chain, n)]
    if problems:
        raise FitError(*problems)
    constructs = chain.constructs
    matrix = matrix_of(R, names, constructs)
    spread = _named("sds", sds, names, constructs, 1.0)
    centre = _named("means", means, names, constructs, 0.0)
    products = matrix * np.outer(spread, spread)
    equations = tuple(_equation(chain, target, products, centre, int(n)) for target in chain.endogenous)
    used = tuple((target, int(n)) for target in chain.endogenous)
    return Fit(
        chain=chain,
        recipe=Recipe(from_correlations=True),
        equations=equations,
        constructs=constructs,
        means=centre,
        sds=spread,
        n_units=int(n),
        n_periods=1,
        rows=RowAccount(int(n), int(n), (), used),
    )


def _links(chain: Chain) -> Iterator[Problem]:
    for link in chain.links:
        if link.lag or link.form != Linear():
            rule = "a matrix of correlations knows straight links within one period"
            yield Problem(f"link {link}", link.options.strip(), rule, "fit the chain on rows")


def _rows(chain: Chain, n: object) -> Iterator[Problem]:
    if isinstance(n, bool) or not isinstance(n, Integral):
        yield Problem("n", repr(n), "it is the number of rows that the matrix was computed from")
        return
    for target in chain.endogenous:
        predictors = len(chain.parents(target))
        if int(n) <= predictors + 1:
            rule = "there are more rows than predictors and the intercept"
            yield Problem("n", f"{n} for {predictors} predictors of {target}", rule)


def _named(
    place: str, given: Numbers, names: Sequence[str] | None, constructs: Sequence[str], default: float
) -> Floats:
    """Return one number for each construct, in their order."""
    if given is None:
        return np.full(len(constructs), default)
    if not isinstance(given, Mapping):
        if names is None or len(names) != len(given):
            found = f"{len(given)} numbers"
            rule = "numbers without names are in the order of names="
            raise FitError(Problem(place, found, rule, f"pass {place} as {{construct: number}}"))
        given = dict(zip(map(str, names), given, strict=True))
    problems = [problem for name in constructs for problem in _number(place, given, name)]
    if problems:
        raise FitError(*problems)
    return np.array([float(given[name]) for name in constructs])


def _number(place: str, given: Mapping[str, Any], name: str) -> Iterator[Problem]:
    value = given.get(name)
    if value is None:
        yield Problem(f"{place}[{name}]", "missing", "every construct of the chain has one", did_you_mean(name, given))
    elif isinstance(value, bool) or not isinstance(value, Real) or not math.isfinite(value):
        yield Problem(f"{place}[{name}]", repr(value), "it is a finite number")
    elif place == "sds" and not float(value) > 0:
        yield Problem(f"{place}[{name}]", f"{value:g}", "a standard deviation is above zero")


def _equation(chain: Chain, target: str, products: Floats, means: Floats, n: int) -> Equation:
    links = chain.parents(target)
    constructs = chain.constructs
    places = [constructs.index(link.source) for link in links]
    end = constructs.index(target)
    terms = (Term(None, "intercept", Role.INTERCEPT), *(Term(link, link.source) for link in links))
    regression = least_squares(
        tuple(term.part for term in terms),
        products[np.ix_(places, places)],
        products[places, end],
        float(products[end, end]),
        (means[places], float(means[end])),
        n,
    )
    sds = np.sqrt(products.diagonal())
    of_columns = np.append(1.0, means[places]), np.append(0.0, sds[places])
    return Equation(target, terms, regression, *of_columns, float(means[end]), float(sds[end]))


def least_squares(  # noqa: PLR0917 - the moments of one regression, in the order of the formula
    names: tuple[str, ...], of_x: Floats, with_y: Floats, of_y: float, means: tuple[Floats, float], n: int
) -> Regression:
    """Return the regression that covariances (divisor ``n − 1``) and means of its columns give."""
    slopes = np.linalg.solve(of_x, with_y)
    k, (mean_x, mean_y) = len(names), means
    r2 = float(slopes @ with_y) / of_y
    rest = (n - 1) * of_y * (1 - r2)
    inverse = np.linalg.inv(of_x) / (n - 1)
    turned = inverse @ mean_x
    first = np.append(1 / n + mean_x @ turned, -turned)
    table = np.vstack([first, np.column_stack([-turned, inverse])])
    likelihood = -n / 2 * (math.log(2 * math.pi * rest / n) + 1)
    return Regression(
        names,
        np.append(mean_y - mean_x @ slopes, slopes),
        table * (rest / (n - k)),
        float(n - k),
        float(n - k),
        r2,
        1 - (1 - r2) * (n - 1) / (n - k),
        n,
        rest / (n - k),
        Covariance.NONROBUST,
        Estimator.OLS,
        log_likelihood=likelihood,
        aic=-2 * likelihood + 2 * k,
        bic=-2 * likelihood + k * math.log(n),
    )
