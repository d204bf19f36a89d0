"""Fit indices of a covariance structure, from χ² of the model and of independent items."""

from __future__ import annotations

import math

from attrs import frozen


@frozen
class FitIndices:
    """How well a model reproduces a covariance matrix.

    Attributes
    ----------
    chi_squared, df, p_value
        ``n`` times the minimum discrepancy, its degrees of freedom, and the probability of one as great if the model is
        true; p is NaN without degrees of freedom.
    baseline_chi_squared, baseline_df
        The same for items that do not correlate.
    cfi
        Comparative fit index (Bentler 1990), between 0 and 1.
    tli
        Tucker–Lewis index, or non-normed fit index; may leave 0 to 1; NaN without degrees of freedom.
    rmsea, rmsea_low, rmsea_high
        Root mean square error of approximation and its 90 % interval; NaN without degrees of freedom.
    srmr
        Standardised root mean square residual over the lower triangle, diagonal included.
    log_likelihood, aic, bic
        Of normal items with free means, which are not counted as parameters, as lavaan does not.
    n, parameters
        Respondents, and free parameters of the covariance structure.

    References
    ----------
    Bentler 1990, Psychological Bulletin 107(2):238-246; Tucker & Lewis 1973, Psychometrika 38(1):1-10; Steiger 1990,
    Multivariate Behavioral Research 25(2):173-180; Browne & Cudeck 1992, Sociological Methods & Research
    21(2):230-258; Hu & Bentler 1999, Structural Equation Modeling 6(1):1-55 (SRMR, and cut-offs for all).
    """

    chi_squared: float
    df: int
    p_value: float
    baseline_chi_squared: float
    baseline_df: int
    cfi: float
    tli: float
    rmsea: float
    rmsea_low: float
    rmsea_high: float
    srmr: float
    log_likelihood: float
    aic: float
    bic: float
    n: float
    parameters: int


def fit_indices(
    discrepancy: float,
    baseline: float,
    *,
    items: int,
    parameters: int,
    n: float,
    srmr: float = math.nan,
    log_volume: float = math.nan,
) -> FitIndices:
    """Fit indices from minimum discrepancies.

    ``CFI = 1 − max(χ² − df, 0) / max(χ² − df, χ₀² − df₀, 0)``, ``TLI = (χ₀²/df₀ − χ²/df) / (χ₀²/df₀ − 1)``,
    ``RMSEA = √(max(χ² − df, 0) / (n df))``; its interval holds the noncentralities that leave 5 % on each side.

    Parameters
    ----------
    discrepancy, baseline
        Minima of ``ln|Σ| + tr(SΣ⁻¹) − ln|S| − p`` under the model and under independence.
    items, parameters
        Number of items and of free parameters, which leave no fewer than 0 degrees of freedom.
    n
        Respondents.
    srmr
        Standardised root mean square residual; NaN where it is not known.
    log_volume
        ``ln|S|`` of the covariance matrix with divisor n, from which the likelihood follows; NaN where it is not known.

    Examples
    --------
    >>> found = fit_indices(0.2834, 3.0527, items=9, parameters=21, n=301)
    >>> round(found.cfi, 3), round(found.rmsea, 3), round(found.rmsea_low, 3), round(found.rmsea_high, 3)
    (0.931, 0.092, 0.071, 0.114)
    """
    from scipy.special import chdtrc

    df, df0 = items * (items + 1) // 2 - parameters, items * (items - 1) // 2
    # rounding may leave a perfect fit a little below 0
    chi, chi0 = max(n * discrepancy, 0.0), max(n * baseline, 0.0)
    beyond, beyond0 = max(chi - df, 0.0), max(chi - df, chi0 - df0, 0.0)
    ratio0 = chi0 / df0 if df0 else math.nan
    rmsea, low, high = _rmsea(chi, df, n)
    log_likelihood = -n / 2 * (items * math.log(2 * math.pi) + discrepancy + log_volume + items)
    return FitIndices(
        chi_squared=chi,
        df=df,
        p_value=float(chdtrc(df, chi)) if df > 0 else math.nan,
        baseline_chi_squared=chi0,
        baseline_df=df0,
        cfi=1 - beyond / beyond0 if beyond0 > 0 else 1.0,
        tli=(ratio0 - chi / df) / (ratio0 - 1) if df > 0 and ratio0 != 1 else math.nan,
        rmsea=rmsea,
        rmsea_low=low,
        rmsea_high=high,
        srmr=srmr,
        log_likelihood=log_likelihood,
        aic=2 * parameters - 2 * log_likelihood,
        bic=parameters * math.log(n) - 2 * log_likelihood,
        n=n,
        parameters=parameters,
    )


def _rmsea(chi: float, df: int, n: float) -> tuple[float, float, float]:
    """Return RMSEA and the ends of its 90 % interval."""
    if df <= 0:
        return math.nan, math.nan, math.nan
    ends = (max(chi - df, 0.0), _noncentrality(chi, df, 0.95), _noncentrality(chi, df, 0.05))
    rmsea, low, high = (math.sqrt(each / (n * df)) for each in ends)
    return rmsea, low, high


def _noncentrality(chi: float, df: int, share: float) -> float:
    """Return the noncentrality under which a χ² falls below this one with that probability, 0 at the least."""
    from scipy.optimize import brentq
    from scipy.special import chdtr, chndtr

    if chdtr(df, chi) <= share:
        return 0.0
    return float(brentq(lambda much: chndtr(chi, df, much) - share, 0.0, 2 * chi + 100, xtol=1e-10))
