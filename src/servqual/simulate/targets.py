"""From the mean that answers shall have to the mean of what lies behind them.

An answer is a normal number, rounded to the nearest point of the scale and held within its ends. Both move the mean:
towards the middle of the scale, the more the nearer it lies to an end. The mean behind the answers is therefore solved
for, so that the answers have the mean that was asked for.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from servqual._arrays import Floats
from servqual.instruments import Scale
from servqual.simulate.normals import probability_below, probability_both_below

_HALVINGS = 64
# Ten standard deviations beyond the end of the scale, nobody answers anything but that end.
_FAR = 10.0
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(16)
_MOST_PANELS = 200

Cuts = tuple[Floats, Floats]


def cuts_of(scale: Scale, sd: float) -> Cuts:
    """Return cut points c and weights w such that ``low + Σ w · P(x > c)`` is the mean answer.

    With steps these are the points half-way between answers and the step; on a real-valued scale they are the nodes of
    a quadrature over panels no wider than `sd`.
    """
    if scale.step is not None:
        points = np.asarray(scale.points)
        return (points[:-1] + points[1:]) / 2, np.full(len(points) - 1, scale.step)
    panels = min(max(int(np.ceil(scale.span / sd)), 1), _MOST_PANELS)
    width = scale.span / panels
    starts = scale.low + width * np.arange(panels)
    return (starts[:, None] + width * (_NODES + 1) / 2).ravel(), np.tile(_WEIGHTS * width / 2, panels)


def mean_answer(latent: Floats, sd: float, scale: Scale) -> Floats:
    """Return the mean of answers whose normal numbers have these means and this standard deviation."""
    cuts, weights = cuts_of(scale, sd)
    return scale.low + probability_below((latent[..., None] - cuts) / sd) @ weights


def latent_means(targets: Floats, sd: float, scale: Scale) -> Floats:
    """Return the means of normal numbers whose answers have these means; targets lie on the scale."""
    distinct, where = np.unique(targets, return_inverse=True)
    found = _solved(lambda latent: mean_answer(latent, sd, scale), distinct, sd, scale)
    return found[where].reshape(targets.shape)


def latent_floor_means(
    targets: Floats, ceilings: Floats, deviations: tuple[float, float], correlation: float, scale: Scale
) -> Floats:
    """Return the means of normal numbers whose answers, lowered to another answer where above it, have these means.

    Parameters
    ----------
    targets
        Mean answers after lowering.
    ceilings
        Means of the normal numbers behind the other answers.
    deviations
        Standard deviations of the numbers and of those behind the other answers.
    correlation
        Of the two normal numbers.
    """
    cuts, weights = cuts_of(scale, min(deviations))
    other = (ceilings[:, None] - cuts) / deviations[1]

    def lowered(latent: Floats) -> Floats:
        own = (latent[:, None] - cuts) / deviations[0]
        return scale.low + probability_both_below(own, other, correlation) @ weights

    return _solved(lowered, targets, deviations[0], scale)


def _solved(mean_of: Callable[[Floats], Floats], targets: Floats, sd: float, scale: Scale) -> Floats:
    """Return where a function that never falls reaches each target, by halving."""
    reach = _FAR * sd + (scale.step or 0.0)
    low = np.full(targets.shape, scale.low - reach)
    high = np.full(targets.shape, scale.high + reach)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        short = mean_of(middle) < targets
        low, high = np.where(short, middle, low), np.where(short, high, middle)
    return (low + high) / 2
