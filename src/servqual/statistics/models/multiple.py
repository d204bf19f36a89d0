"""Multiple testing, by the engine."""

from __future__ import annotations

import numpy as np

from servqual._arrays import Floats


def multiple_tests(p: Floats, method: str) -> Floats:
    """p-values adjusted by the engine, in the order given; see `servqual.statistics.adjusted`, which checks them.

    Parameters
    ----------
    p
        Shape (m,), between 0 and 1, none missing.
    method
        The engine's name of the method.

    Returns
    -------
    Floats
        Shape (m,), between 0 and 1.
    """
    from statsmodels.stats.multitest import multipletests

    return np.asarray(multipletests(p, method=method)[1])
