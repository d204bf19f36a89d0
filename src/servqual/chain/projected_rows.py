"""The rows of a projection."""

from __future__ import annotations

from servqual._arrays import Floats
from servqual.chain.carrying import downstream
from servqual.chain.fitted import Fit
from servqual.chain.projection import Movement, Number, Projected
from servqual.chain.projection_errors import ChangeErrors
from servqual.chain.scenario import Scenario
from servqual.statistics import Inapplicable

_STILL = "the construct does not vary between the rows of the fit"
# what a level may be beyond the end of its scale by rounding, as a share of the scale
_ROUNDING = 1e-9


def projected_rows(fit: Fit, scenario: Scenario, change: Floats, errors: ChangeErrors) -> tuple[Projected, ...]:
    """Return a row for each construct that is changed or follows, in causal order, and each period."""
    reached = downstream(fit, scenario.constructs)
    periods, size = change.shape
    return tuple(
        _row(
            fit,
            scenario,
            name,
            period=period,
            change=float(change[period, place]),
            errors=errors,
            place=period * size + place,
        )
        for place, name in enumerate(fit.constructs)
        if name in reached
        for period in range(periods)
    )


def _row(
    fit: Fit, scenario: Scenario, name: str, *, period: int, change: float, errors: ChangeErrors, place: int
) -> Projected:
    start, sd = fit.mean_of(name), fit.sd_of(name)
    se, low, high = (each.at(place) for each in errors)
    after = start + change
    return Projected(
        construct=name,
        period=period,
        start=start,
        change=change,
        se=se,
        low=low,
        high=high,
        in_sds=change / sd if sd > 0 else Inapplicable(_STILL),
        after=after,
        after_low=_plus(start, low),
        after_high=_plus(start, high),
        off_scale=_outside(fit, name, after),
        movement=_movement(low, high, given=name in scenario.constructs and float(se) == 0),
    )


def _plus(start: float, change: Number) -> Number:
    return change if isinstance(change, Inapplicable) else start + change


def _outside(fit: Fit, name: str, level: float) -> bool:
    scales = dict(fit.scales)
    if name not in scales:
        return False
    low, high = scales[name]
    slack = _ROUNDING * (high - low)
    return not low - slack <= level <= high + slack


def _movement(low: Number, high: Number, *, given: bool) -> Movement:
    if given:
        return Movement.GIVEN
    if isinstance(low, Inapplicable) or isinstance(high, Inapplicable):
        return Movement.UNTOLD
    return Movement.UP if low > 0 else Movement.DOWN if high < 0 else Movement.OPEN
