"""`project`: what becomes of a chain when constructs are changed."""

from __future__ import annotations

import warnings
from collections.abc import Sequence

import numpy as np

from servqual._arrays import Floats
from servqual.chain.carrying import Limits, carried, horizon_of
from servqual.chain.coefficient_draws import estimates
from servqual.chain.fitted import Fit
from servqual.chain.forms import Linear
from servqual.chain.projected_rows import projected_rows
from servqual.chain.projection import Projected, Projection
from servqual.chain.projection_errors import change_errors
from servqual.chain.projection_notes import off_scale, projection_notes, projection_title
from servqual.chain.scenario import Scenario
from servqual.chain.scenario_changes import changes_of
from servqual.chain.units import UnitTable
from servqual.errors import OffScaleWarning, Problem, ScenarioError
from servqual.statistics._arguments import check_confidence
from servqual.statistics.reasoned import columns_of
from servqual.statistics.resample_counts import check_draws
from servqual.tables import Table
from servqual.telling import Told

_DRAWS = 5000


def project(
    fit: Fit,
    scenario: Scenario,
    *,
    units: UnitTable | None = None,
    draws: int | None = None,
    rng: int | np.random.Generator = 0,
    clip: bool = False,
    off_scale_ok: bool = False,
    confidence: float = 0.95,
    horizon: int | None = None,
) -> Projection:
    """What-if projection of a chain: a change of some constructs, and what it brings to all that follow.

    A change is added to a construct in period 0 and kept up. Its own causes are untouched, and so is what leads to it:
    where one changed construct drives another, the other moves by both. Each link adds ``f(m + Δ) − f(m)``, with ``m``
    the mean of its source over the rows of the fit and ``f`` its form with the estimated coefficients, so that bent
    links are followed exactly. With straight links the change is the total effect times what was put in.

    Parameters
    ----------
    fit
        The fitted chain.
    scenario
        What is changed.
    units
        The table that was fitted; for percentiles, and only for them.
    draws
        Draws of the coefficients for Monte Carlo intervals. By default the delta method where all links are straight
        and nothing is cut off, else 5,000 draws.
    rng
        Seed or generator of the draws.
    clip
        Whether constructs that would leave their scale are held at its end, and pass on no more than that.
    off_scale_ok
        Consent to levels beyond the scale: no warning, but a note.
    confidence
        Of the intervals, between 0 and 1.
    horizon
        The last period; by default the one in which the change has arrived everywhere.

    Returns
    -------
    Projection
        Start, change with interval, and level after, of every construct that is changed or that follows.

    Raises
    ------
    ScenarioError
        A construct that is not in the chain; percentiles without units; a share of a mean that is not above zero; a
        level that a logarithm does not have; feedback over time without a horizon; ``clip`` where no scale is known.
    ArgumentError
        A confidence outside 0 and 1, draws that are none.

    Warns
    -----
    OffScaleWarning
        A level beyond the scale of its construct.

    Notes
    -----
    The interval is that of the change at the means, from the uncertainty of the coefficients alone; single units vary
    more. A negative number lowers; a bent link then takes its slope for losses by itself.

    References
    ----------
    Bollen 1987, Sociological Methodology 17:37-69 (total effects); Preacher & Selig 2012, Communication Methods and
    Measures 6(2):77-98 (Monte Carlo intervals); Rust, Zahorik & Keiningham 1995, Journal of Marketing 59(2):58-70.

    Examples
    --------
    >>> from servqual.chain.fitting import fit
    >>> from servqual.chain.graph import Chain
    >>> rows = {"service": [1, 2, 3, 4, 5], "satisfaction": [2, 2, 4, 4, 5], "profit": [1, 3, 3, 6, 5]}
    >>> found = fit(Chain.parse("service -> satisfaction -> profit"), UnitTable.from_arrays(list("ABCDE"), rows))
    >>> project(found, Scenario({"service": 0.5}))["profit"]
    <Projected profit, period 0: 3.600 +0.433 (−0.038 to +0.905); no change shown>
    """
    check_confidence(confidence)
    moved = changes_of(fit, scenario, units)
    last = horizon_of(fit, scenario.constructs, horizon)
    limits = _limits(fit) if clip else None
    times = _draws(fit, draws, rng, clip=clip)
    change = carried(fit, moved, estimates(fit), last, limits)[0]
    _refuse_levels(fit, change)
    errors = change_errors(fit, moved, change, draws=times, rng=rng, limits=limits, confidence=confidence)
    rows = projected_rows(fit, scenario, change, errors)
    _warn(fit, rows, consent=off_scale_ok)
    held = [] if limits is None else _held(fit, change, limits)
    notes = projection_notes(fit, scenario, rows, draws=times, confidence=confidence, cut=held)
    table = Table(columns_of(rows, Projected, {"period"}))
    told = Told(table, [fit.chain.label(row.construct) for row in rows], projection_title(scenario), notes)
    method = "Monte Carlo" if times else "delta"
    return Projection(
        scenario=scenario, rows=rows, told=told, method=method, draws=times, confidence=confidence, horizon=last
    )


def _draws(fit: Fit, draws: int | None, rng: int | np.random.Generator, *, clip: bool) -> int:
    """Return how often coefficients are drawn, 0 for the delta method."""
    straight = all(link.form == Linear() for link in fit.chain.links)
    if draws is None and straight and not clip:
        return 0
    times = _DRAWS if draws is None else draws
    check_draws(times, rng)
    return times


def _limits(fit: Fit) -> Limits:
    """Return how far each construct can fall and rise on its scale, infinite where none is known."""
    scales = dict(fit.scales)
    if not scales:
        rule = "levels are held at the end of a scale, and none is known"
        raise ScenarioError(Problem("clip", "True", rule, "name scales= when the table of units is made"))
    ends = np.array([scales.get(name, (-np.inf, np.inf)) for name in fit.constructs])
    return ends[:, 0] - fit.means, ends[:, 1] - fit.means


def _held(fit: Fit, change: Floats, limits: Limits) -> list[str]:
    """Return the constructs that are held at the end of their scale in some period."""
    held = np.asarray(((change <= limits[0]) | (change >= limits[1])).any(axis=0))
    return [name for name, each in zip(fit.constructs, held, strict=True) if each]


def _refuse_levels(fit: Fit, change: Floats) -> None:
    """Refuse levels that the form of a link cannot take."""
    problems = []
    for link in fit.chain.links:
        place = fit.constructs.index(link.source)
        levels = fit.means[place] + change[:, place]
        if not link.form.admits(levels).all():
            rule = f"the form of {link} has no such level"
            found = f"a level of {levels[~link.form.admits(levels)][0]:.4g}"
            problems.append(Problem(link.source, found, rule, "make the change smaller"))
    if problems:
        raise ScenarioError(*problems)


def _warn(fit: Fit, rows: Sequence[Projected], *, consent: bool) -> None:
    outside = off_scale(fit, rows)
    if outside and not consent:
        message = (
            f"{'; '.join(outside)}: a straight line does not know where a scale ends. Make the change smaller, pass "
            "clip=True, or consent with off_scale_ok=True"
        )
        warnings.warn(message, OffScaleWarning, stacklevel=3)
