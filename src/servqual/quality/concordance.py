"""Agreement of two ratings of the same things, from their means, variances and the variance of their difference."""

from __future__ import annotations

import numpy as np

from servqual._arrays import Floats
from servqual.statistics import student_interval


def concordance(means: tuple[Floats, Floats], variances: tuple[Floats, Floats], covariance: Floats) -> Floats:
    """Lin's concordance correlation coefficient (CCC): how closely pairs lie to the line of equal ratings.

    ``2 s_xy / (s_x² + s_y² + (x̄ − ȳ)²)``, all with divisor ``n``; −1 to 1, 1 where all pairs are equal. On a scale of
    equally spaced points it is the same number as Cohen's kappa with quadratic weights.

    Returns
    -------
    Floats
        NaN where neither rating varies and both are equal.

    References
    ----------
    Lin 1989, Biometrics 45(1):255-268; Fleiss & Cohen 1973, Educational and Psychological Measurement 33(3):613-619
    (quadratic weights).
    """
    whole = variances[0] + variances[1] + (means[0] - means[1]) ** 2
    return 2 * covariance / np.where(whole > 0, whole, np.nan)


def concordance_interval(
    ccc: Floats, means: tuple[Floats, Floats], variances: tuple[Floats, Floats], n: Floats, confidence: float
) -> tuple[Floats, Floats]:
    """Lin's interval of the concordance correlation, through Fisher's z, for independent pairs.

    With the bias correction ``C = 2 s_x s_y / (s_x² + s_y² + (x̄ − ȳ)²)``, the shift ``u² = (x̄ − ȳ)² / (s_x s_y)`` and
    Pearson's ``r = ccc / C``, the variance of ``artanh ccc`` is

    ``[ (1 − r²) C² / (1 − ccc²) + 2 C ccc² (1 − ccc) u² / (1 − ccc²)² − C² ccc² u⁴ / (2 (1 − ccc²)²) ] / (n − 2)``.

    Returns
    -------
    low, high
        Between −1 and 1; both 1 where all pairs are equal; NaN for fewer than three pairs and where a rating does not
        vary.

    References
    ----------
    Lin 1989, Biometrics 45(1):255-268, as corrected in Biometrics 56(1):324-325 (2000).
    """
    spread = np.sqrt(variances[0] * variances[1])
    shift = (means[0] - means[1]) ** 2
    with np.errstate(divide="ignore", invalid="ignore"):
        bias = 2 * spread / (variances[0] + variances[1] + shift)
        u2, rest = shift / spread, 1 - ccc**2
        r2 = np.minimum((ccc / bias) ** 2, 1.0)
        terms = (1 - r2) * bias**2 / rest + (2 * bias * ccc**2 * (1 - ccc) * u2 - (bias * ccc * u2) ** 2 / 2) / rest**2
        error = np.sqrt(np.maximum(terms, 0.0) / np.where(n > 2, n - 2, np.nan))
        low, high = student_interval(np.arctanh(ccc), error, np.full_like(ccc, np.inf), confidence)
    exact = (ccc >= 1 - 1e-12) & (n > 2)
    return np.where(exact, 1.0, np.tanh(low)), np.where(exact, 1.0, np.tanh(high))
