"""The size at which a power is reached, read off between sizes whose power was simulated."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from servqual.errors import Problem
from servqual.statistics._arguments import ArgumentError
from servqual.statistics._numbers import AT_LEAST_ONE, INSIDE, POSITIVE, SHARE, arrays, single
from servqual.statistics.inapplicable import Inapplicable
from servqual.statistics.monotone import monotone_curve


def size_for_power(
    sizes: npt.ArrayLike, powers: npt.ArrayLike, wanted: float, *, simulations: float, unit: str = "units"
) -> float | Inapplicable:
    """Size that gives a power, between sizes whose power was simulated.

    Power is made to rise with size (isotonic regression); in between, its normal quantile is straight over ``√n``, as
    it is for a normal test, whose power is ``Φ(δ √n − z)``.

    Parameters
    ----------
    sizes, powers
        Shape (m,): sizes, ascending, and the shares of samples that were significant.
    wanted
        The power wanted, strictly between 0 and 1.
    simulations
        Samples behind each share: shares of 0 and 1 are taken as half a sample off.
    unit
        What is counted.

    Returns
    -------
    float or Inapplicable
        The size, not rounded; inapplicable where the sizes do not enclose it.

    Raises
    ------
    ArgumentError
        If a number is outside its range, shapes do not fit, or sizes do not ascend.

    References
    ----------
    Cohen 1988, Statistical Power Analysis for the Behavioral Sciences, 2nd ed., Erlbaum; Barlow, Bartholomew, Bremner &
    Brunk 1972, Statistical Inference under Order Restrictions, Wiley.

    Examples
    --------
    >>> round(size_for_power([50, 100], [0.5, 0.9], 0.8, simulations=1000), 1)
    80.9
    """
    from scipy.special import ndtri

    share, samples = single(wanted=(wanted, INSIDE), simulations=(simulations, AT_LEAST_ONE))
    size, found = arrays(sizes=(sizes, POSITIVE), powers=(powers, SHARE))
    if size.ndim != 1 or not size.size or not (np.diff(size) > 0).all():
        rule = "sizes are given in one row, each once, ascending"
        raise ArgumentError(Problem("sizes", np.array2string(size, threshold=6), rule))
    risen = found if size.size == 1 else monotone_curve(size, found).at(size)
    if risen[0] >= share:
        return Inapplicable(f"{size[0]:g} {unit} have power {risen[0]:.2f} already: simulate fewer")
    if risen[-1] < share:
        return Inapplicable(f"{size[-1]:g} {unit} have power {risen[-1]:.2f} only: simulate more")
    after = int(np.argmax(risen >= share))
    low, high = ndtri(np.clip(risen[[after - 1, after]], 0.5 / samples, 1 - 0.5 / samples)).tolist()
    first, last = np.sqrt(size[[after - 1, after]]).tolist()
    return float((first + (float(ndtri(share)) - low) / (high - low) * (last - first)) ** 2)
