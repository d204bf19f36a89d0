"""Multiple testing, by the engine's names of its methods.

The engine collects garbage of the whole process at each call, which takes longer than everything else here; so the few
lines are ours, and tests hold them against the engine.
"""

from __future__ import annotations

import numpy as np

from servqual._arrays import Floats


def multiple_tests(p: Floats, method: str) -> Floats:
    """p-values adjusted as by the engine, in the order given; see `servqual.statistics.adjusted`, which checks them.

    Parameters
    ----------
    p
        Shape (m,), between 0 and 1, none missing.
    method
        The engine's name of the method: holm, simes-hochberg, bonferroni, fdr_bh or fdr_by.

    Returns
    -------
    Floats
        Shape (m,), between 0 and 1.
    """
    order = np.argsort(p, kind="stable")
    rank, m = np.arange(1, p.size + 1), p.size
    factors = {
        "holm": m + 1.0 - rank,
        "simes-hochberg": m + 1.0 - rank,
        "bonferroni": np.full(m, float(m)),
        "fdr_bh": m / rank,
        "fdr_by": m / rank * (1 / rank).sum(),
    }[method]
    scaled = p[order] * factors
    step_down = method in {"holm", "bonferroni"}
    held = np.maximum.accumulate(scaled) if step_down else np.minimum.accumulate(scaled[::-1])[::-1]
    found = np.empty(m)
    found[order] = np.minimum(held, 1.0)
    return found
