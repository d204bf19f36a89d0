"""Checks of the shape of residuals: whether they could be normal."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from attrs import field, frozen

from servqual._arrays import Floats, floats
from servqual.statistics._labels import coded_labels
from servqual.statistics.models.added import EXACT, chi2_result, without, zero_sums
from servqual.statistics.models.rows import FittedRows
from servqual.statistics.outcomes import TestResult

NULL = "the errors are normal"
METHOD = "Jarque-Bera test; D'Agostino and Pearson's omnibus test"
FEW_JARQUE, FEW_OMNIBUS, FEW_GROUPS = 8, 20, 4


@frozen(eq=False, kw_only=True, getstate_setstate=False, repr=False)
class ShapeTest(TestResult):
    """Outcome of the tests of normality, shape (2,): Jarque-Bera, then the omnibus test; and the shape that they test.

    Attributes
    ----------
    skewness, kurtosis
        Of the residuals, by moments, in both places: 0 and 3 where they are normal.
    """

    skewness: Floats = field(converter=floats)
    kurtosis: Floats = field(converter=floats)


def normality(rows: FittedRows, *, groups: npt.ArrayLike | None = None) -> ShapeTest:
    """Tests of normal errors: Jarque-Bera, and the omnibus test of D'Agostino and Pearson.

    Jarque-Bera is ``n / 6 (g² + (b − 3)² / 4)``, where ``g`` is the skewness of the residuals and ``b`` their kurtosis;
    both statistics are χ² on 2. Jarque-Bera is right in large samples only; the omnibus test turns ``g`` and ``b`` into
    normal numbers first, and holds from 20 rows on. Estimates need no normal errors where there are many rows;
    intervals of few rows do.

    Parameters
    ----------
    rows
        Of the regression.
    groups
        Group of each row, where errors within groups are alike: then ``z³ − 3z`` and ``z⁴ − 6z² + 3`` of the
        standardised residuals, whose sums Jarque-Bera tests, are added up within groups, and tested by Hotelling's F.

    Returns
    -------
    ShapeTest
        Of shape (2,); inapplicable below 8 rows (Jarque-Bera) and 20 (omnibus), and where nothing is left of y; with
        groups below 4 of them (Jarque-Bera), and always (omnibus).

    References
    ----------
    Jarque & Bera 1980, Economics Letters 6(3):255-259; D'Agostino & Pearson 1973, Biometrika 60(3):613-622; Anscombe &
    Glynn 1983, Biometrika 70(1):227-234; D'Agostino 1970, Biometrika 57(3):679-681; Bai & Ng 2005, Journal of Business
    & Economic Statistics 23(1):49-60 (moments of errors that are not independent).

    Examples
    --------
    >>> x = np.arange(1.0, 41.0)
    >>> normality(FittedRows.of(x + np.exp(np.tile([0, 1, 2, 0, 3], 8)), x[:, None], ["visits"])).p.round(3)
    array([0.012, 0.015])
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        left = rows.residuals - rows.residuals.mean()
        z = np.full(rows.n, np.nan) if rows.exact else left / np.sqrt(np.mean(left**2))
    g, b = float(np.mean(z**3)), float(np.mean(z**4))
    tests = _alone(rows.n, g, b, exact=rows.exact) if groups is None else _grouped(rows, z, groups)
    first, second = tests
    columns = {name: [getattr(first, name), getattr(second, name)] for name in ("statistic", "df", "p", "reason")}
    errors = [np.nan if each.df_error is None else each.df_error for each in tests]
    df_error = None if groups is None else np.array(errors)
    pair = np.full(2, g), np.full(2, b)
    return ShapeTest(**columns, df_error=df_error, null=NULL, method=METHOD, skewness=pair[0], kurtosis=pair[1])


def _alone(n: int, g: float, b: float, *, exact: bool) -> tuple[TestResult, TestResult]:
    """Return both tests of independent errors."""
    found = []
    for least, statistic in ((FEW_JARQUE, _jarque), (FEW_OMNIBUS, _omnibus)):
        why = EXACT if exact else f"fewer than {least} rows" if n < least else ""
        words = {"null": NULL, "method": METHOD}
        found.append(without(why, **words) if why else chi2_result(statistic(n, g, b), 2, **words))
    return found[0], found[1]


def _grouped(rows: FittedRows, z: Floats, groups: npt.ArrayLike) -> tuple[TestResult, TestResult]:
    """Return Jarque-Bera by sums within groups, and that there is no omnibus test."""
    labels, codes = coded_labels(groups, None, rows.n)
    words = {"null": NULL, "method": METHOD}
    none = without(EXACT if rows.exact else "it takes the errors of rows as independent", **words)
    if rows.exact or labels.size < FEW_GROUPS:
        return without(EXACT if rows.exact else f"fewer than {FEW_GROUPS} groups", **words), none
    products = np.stack([z**3 - 3 * z, z**4 - 6 * z**2 + 3], axis=1)
    return zero_sums(products, codes, 2, labels.size, **words), none


def _jarque(n: int, g: float, b: float) -> float:
    return n / 6 * (g**2 + (b - 3) ** 2 / 4)


def _omnibus(n: int, g: float, b: float) -> float:
    return float(_normal_skewness(n, g) ** 2 + _normal_kurtosis(n, b) ** 2)


def _normal_skewness(n: int, g: float) -> float:
    """Return the skewness turned normal, by Johnson's S_U curve (D'Agostino 1970)."""
    y = g * np.sqrt((n + 1) * (n + 3) / (6 * (n - 2)))
    beta = 3 * (n**2 + 27 * n - 70) * (n + 1) * (n + 3) / ((n - 2) * (n + 5) * (n + 7) * (n + 9))
    w2 = np.sqrt(2 * (beta - 1)) - 1
    return float(np.arcsinh(y / np.sqrt(2 / (w2 - 1))) / np.sqrt(np.log(w2) / 2))


def _normal_kurtosis(n: int, b: float) -> float:
    """Return the kurtosis turned normal, by a cube root (Anscombe and Glynn 1983)."""
    mean = 3 * (n - 1) / (n + 1)
    variance = 24 * n * (n - 2) * (n - 3) / ((n + 1) ** 2 * (n + 3) * (n + 5))
    x = (b - mean) / np.sqrt(variance)
    ratio = 6 * (n + 3) * (n + 5) / (n * (n - 2) * (n - 3))
    beta = 6 * (n**2 - 5 * n + 2) / ((n + 7) * (n + 9)) * np.sqrt(ratio)
    a = 6 + 8 / beta * (2 / beta + np.sqrt(1 + 4 / beta**2))
    inner = (1 - 2 / a) / (1 + x * np.sqrt(2 / (a - 4)))
    return float((1 - 2 / (9 * a) - np.cbrt(inner)) / np.sqrt(2 / (9 * a)))
