"""`charm_curve`: how satisfaction follows fulfilment, from what people answered."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from servqual._arrays import Floats, freeze
from servqual.errors import KanoError, Problem
from servqual.satisfaction.delight.words import Category

_CURVES = (Category.ATTRACTIVE, Category.ONE_DIMENSIONAL, Category.MUST_BE)


def charm_curve(category: Category | str, better: float, worse: float, fulfilment: npt.ArrayLike) -> Floats:
    """Charm curve of a feature (S-CR): satisfaction at a fulfilment from 0 to 1, from `worse` to `better`.

    One-dimensional: straight, ``(B − W) x + W``. Attractive: slow at first, ``(B − W)(eˣ − 1) / (e − 1) + W``. Must-be:
    fast at first, ``e (B − W)(1 − e⁻ˣ) / (e − 1) + W``. The ends come from answers; the bend between them is assumed.

    Parameters
    ----------
    category
        Attractive, one-dimensional or must-be; the others have no curve.
    better, worse
        The coefficients of a feature: 0 to 1, and −1 to 0.
    fulfilment
        Shares from 0 to 1, any shape.

    Returns
    -------
    Floats
        Shape of `fulfilment`, between `worse` and `better`.

    Raises
    ------
    KanoError
        A category without a curve, coefficients or fulfilments out of range, all at once.

    References
    ----------
    Wang & Ji 2010, International Journal of Quality & Reliability Management 27(2):173-184.

    Examples
    --------
    >>> charm_curve("attractive", 0.8, -0.2, [0.0, 0.5, 1.0]).round(3)
    array([-0.2  ,  0.178,  0.8  ])
    """
    kind, at = Category(category), np.asarray(fulfilment, dtype=np.float64)
    problems = []
    if kind not in _CURVES:
        rule = f"curves are of features that are {', '.join(_CURVES)}"
        problems.append(Problem("category", str(kind), rule))
    for name, value, low, high in (("better", better, 0.0, 1.0), ("worse", worse, -1.0, 0.0)):
        if not low <= value <= high:
            problems.append(Problem(name, f"{value:g}", f"it lies between {low:g} and {high:g}"))
    if not ((at >= 0) & (at <= 1)).all():
        problems.append(Problem("fulfilment", f"{at[~((at >= 0) & (at <= 1))][0]:g}", "it lies between 0 and 1"))
    if problems:
        raise KanoError(*problems)
    done = {
        Category.ONE_DIMENSIONAL: at,
        Category.ATTRACTIVE: np.expm1(at) / (math.e - 1),
        Category.MUST_BE: -np.expm1(-at) * math.e / (math.e - 1),
    }[kind]
    return freeze(np.asarray((better - worse) * done + worse))
