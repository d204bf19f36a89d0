"""What the arrows of a chain say: drawn as thought, or with the numbers of a fit."""

from __future__ import annotations

from typing import Self

import numpy as np
from attrs import frozen

from servqual._arrays import Floats
from servqual.chain.fitted import Fit
from servqual.chain.forms import Linear, Log, Piecewise
from servqual.chain.graph import Chain
from servqual.chain.link import Link
from servqual.errors import PlotError, Problem
from servqual.labels import Label, Language
from servqual.statistics.comparison import t_test

_ASYMMETRIC = Label("asymmetric", "不对称")
_PIECEWISE = Label("piecewise", "分段")
_LOG = Label("log", "对数")


@frozen(eq=False)
class Arrow:
    """One arrow.

    Attributes
    ----------
    link
        What it stands for.
    slopes
        What is written on it: one number, or one for each segment of the form; none where nothing was fitted.
    strength
        The slope that is largest, in standard deviations of both ends, with its sign; NaN where there is none.
    clear
        Whether the interval of at least one slope does not cover zero.
    """

    link: Link
    slopes: tuple[float, ...] = ()
    strength: float = np.nan
    clear: bool = True

    @classmethod
    def of(cls, fit: Fit, link: Link, *, standardised: bool, confidence: float) -> Self:
        """Return the arrow of a link that was fitted."""
        position, vectors = _vectors(fit, link)
        regression = fit.equations[position].regression
        estimates = vectors @ regression.coefficients
        errors = np.sqrt(np.einsum("ij,jk,ik->i", vectors, regression.covariance, vectors))
        low, high = t_test(estimates, errors, regression.df_test).interval(confidence)
        scaled = estimates * fit.sd_of(link.source) / fit.sd_of(link.target)
        known = scaled[np.isfinite(scaled)]
        strength = float(known[np.argmax(np.abs(known))]) if known.size else np.nan
        shown = scaled if standardised else estimates
        return cls(link, tuple(shown.tolist()), strength, bool(np.any((low > 0) | (high < 0))))

    def words(self, language: Language, *, decimals: bool) -> str:
        """Return what is written on the arrow: its numbers, below them lag and form; empty where there is nothing."""
        numbers = " | ".join(_number(each, decimals=decimals) for each in self.slopes)
        return "\n".join(line for line in (numbers, _options(self.link, language)) if line)


def arrows_of(source: Chain | Fit, *, standardised: bool, confidence: float) -> list[Arrow]:
    """Return the arrows of a chain or of a fit, in the order of its links.

    Raises
    ------
    PlotError
        What is neither.
    """
    if isinstance(source, Chain):
        return [Arrow(link) for link in source.links]
    if not isinstance(source, Fit):
        rule, remedy = "it is drawn from a Chain, or from a Fit of one", "pass the chain, or what fit(…) returned"
        raise PlotError(Problem("source", f"a {type(source).__name__}", rule, remedy))
    return [Arrow.of(source, link, standardised=standardised, confidence=confidence) for link in source.chain.links]


def _vectors(fit: Fit, link: Link) -> tuple[int, Floats]:
    """Return the equation of a link, and what makes its slopes of the coefficients: (slopes, coefficients)."""
    position, slope = fit.gradient(link)
    if not isinstance(link.form, Piecewise):
        return position, slope[np.newaxis]
    equation = fit.equations[position]
    return position, np.eye(len(equation.terms))[equation.places(link)]


def _number(value: float, *, decimals: bool) -> str:
    if not np.isfinite(value):
        return "–"
    return (f"{value:.2f}" if decimals else f"{value:.3g}").replace("-", "−")


def _options(link: Link, language: Language) -> str:
    said = [Label(f"lag {link.lag}", f"滞后{link.lag}期")] if link.lag else []
    if isinstance(link.form, Log):
        said.append(_LOG)
    elif isinstance(link.form, Piecewise):
        said.append(_ASYMMETRIC if len(link.form.knots) < 2 else _PIECEWISE)
    elif not isinstance(link.form, Linear):
        said.append(Label(str(link.form)))
    return Label(", ", "，").text(language).join(each.text(language) for each in said)
