"""`bootstrap_spread`: the slopes of links over resamples of the units that a fit was made of."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from attrs import frozen

from servqual._arrays import Floats
from servqual.chain.drawing import Drawing
from servqual.chain.fitted import Direction, Fit
from servqual.chain.link import Link
from servqual.chain.refitted import refitted
from servqual.chain.resampled_rows import ResampledRows, resampled_rows
from servqual.chain.same_units import SEARCHED, refuse_others
from servqual.chain.slope_spreads import slopes_of
from servqual.errors import FitError, Problem
from servqual.labels import Label
from servqual.statistics.propagation import DrawnSpread, IntervalKind
from servqual.statistics.resampling import (
    Resampled,
    bootstrap_coefficients,
    jackknife_coefficients,
    moment_coefficients,
)
from servqual.statistics.unit_products import UnitProducts


@frozen(eq=False)
class Drawn:
    """Slopes over resamples, then the standard deviations that were asked for.

    Attributes
    ----------
    spread
        Estimates, draws, and for BCa the estimates without each unit in turn.
    failures, unsettled
        Resamples without an estimate, which are left out, and those whose search did not converge, which are kept.
    size, what
        How many units or clusters were resampled, and what they are called.
    """

    spread: DrawnSpread
    failures: int
    unsettled: int
    size: int
    what: Label


def bootstrap_spread(
    fit: Fit, links: Sequence[Link], asked: Drawing, *, direction: Direction, measured: Sequence[str] = ()
) -> Drawn:
    """Slopes of links over bootstrap resamples of units or clusters, each with all its rows.

    Least squares need products of columns only; robust and mixed regressions are fitted again for every resample.

    Parameters
    ----------
    fit, links
        The fit, and the links whose slopes are wanted; only their equations are estimated.
    asked
        What is drawn, and how.
    direction
        Which slope a link has at a corner.
    measured
        Constructs whose standard deviations follow the slopes.

    Raises
    ------
    FitError
        Units that are not those of the fit, fewer than two clusters, or two estimates at most.
    """
    rows = resampled_rows(fit, links, asked.units, direction=direction, cluster=asked.cluster, measured=measured)
    by = refitted if fit.recipe.estimator in SEARCHED else _by_moments
    draws, left = by(fit, rows, asked)
    _refuse_failures(draws)
    centre = np.append(slopes_of(fit, links, direction), [fit.sd_of(each) for each in measured])
    complete = left is not None and not left.failures
    spread = DrawnSpread(
        centre,
        _slopes(rows, draws),
        IntervalKind.BCA if asked.jackknife else IntervalKind.PERCENTILE,
        _slopes(rows, left) if left is not None and complete else None,
    )
    return Drawn(spread, draws.failures, draws.unsettled, rows.size, rows.what)


def _by_moments(fit: Fit, rows: ResampledRows, asked: Drawing) -> tuple[Resampled, Resampled | None]:
    """Return the coefficients needed over resamples and, for BCa, without each unit in turn."""
    products = UnitProducts.of(rows.regressions(), units=rows.size)
    refuse_others(fit, rows.equations, moment_coefficients(products)[: len(rows.equations)])
    # of a construct that is measured, its standard deviation follows its mean
    columns = [*rows.needed, *([1] for _ in rows.measured)]
    spread = bool(rows.measured)
    draws = bootstrap_coefficients(
        products,
        draws=asked.draws,
        rng=asked.rng,
        columns=columns,
        spread=spread,
        chunk=asked.chunk,
        progress=asked.progress,
    )
    if not asked.jackknife:
        return draws, None
    return draws, jackknife_coefficients(products, columns=columns, spread=spread, chunk=asked.chunk)


def _slopes(rows: ResampledRows, drawn: Resampled) -> Floats:
    """Return the slope of each link, then the standard deviations, shape (…, resamples)."""
    places, many = rows.needed, len(rows.equations)
    found = np.zeros((len(rows.vectors) + len(rows.measured), drawn.stacked.shape[1]))
    for link, (equation, vector) in enumerate(rows.vectors):
        for place, coefficient in zip(places[equation], drawn[equation], strict=True):
            found[link] += vector[place] * coefficient
    for place in range(len(rows.measured)):
        found[len(rows.vectors) + place] = drawn[many + place][0]
    return found


def _refuse_failures(drawn: Resampled) -> None:
    if drawn.draws - drawn.failures < 2:
        found = f"{drawn.failures} of {drawn.draws} resamples have no estimate"
        rule, remedy = "an interval needs two or more", "take fewer columns, or the delta method"
        raise FitError(Problem("units", found, rule, remedy))
