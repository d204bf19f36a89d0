"""Kappas of raters, by the engine: Cohen's of two, Fleiss' of several."""

from __future__ import annotations

from typing import Any

from servqual._arrays import Floats


def cohen(table: Floats) -> float:
    """Cohen's kappa of a square table of counts, NaN where both raters use one and the same category only.

    References
    ----------
    Cohen 1960, Educational and Psychological Measurement 20(1):37-46.
    """
    from statsmodels.stats.inter_rater import cohens_kappa

    if ((table.sum(axis=0) + table.sum(axis=1)) > 0).sum() < 2:
        return float("nan")
    found: Any = cohens_kappa(table, return_results=False)
    return float(found)


def fleiss(counts: Floats) -> float:
    """Fleiss' kappa of counts (units, categories), each unit rated as often; NaN where one category is used only.

    References
    ----------
    Fleiss 1971, Psychological Bulletin 76(5):378-382.
    """
    from statsmodels.stats.inter_rater import fleiss_kappa

    if (counts.sum(axis=0) > 0).sum() < 2:
        return float("nan")
    return float(fleiss_kappa(counts))
