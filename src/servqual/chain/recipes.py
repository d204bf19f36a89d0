"""`Recipe`: how the equations of a chain were estimated, so that the same can be done again on other rows."""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen

from servqual.statistics.models import Covariance, Estimator


class FixedEffect(StrEnum):
    """What each equation may have an intercept of its own for.

    UNIT
        Each unit: only what changes within units is explained (the within transformation).
    PERIOD
        Each period: what all units share in a period is taken out (a column of zeros and ones for each but the first).
    """

    UNIT = "unit"
    PERIOD = "period"


class RowRule(StrEnum):
    """Which rows take part.

    COMMON
        Rows that are complete for every equation: all of them describe the same units.
    PER_LINK
        For each equation the rows that are complete for it; equations then describe different units.
    """

    COMMON = "common"
    PER_LINK = "per_link"


UNIT = "unit"


@frozen
class Recipe:
    """All that was asked of a fit: enough to build the same equations again.

    Attributes
    ----------
    estimator, covariance
        How coefficients and their covariance are estimated.
    cluster
        ``"unit"`` or a column of clusters; None where errors are not clustered.
    lags
        Largest lag of the HAC covariance, in rows of a unit; None elsewhere.
    controls
        Columns that enter every equation.
    own_controls
        Target and columns that enter its equation only.
    effects
        Fixed effects.
    weights
        Column of weights.
    reliability
        Construct and reliability, for those that are corrected.
    rows
        Which rows take part.
    from_correlations
        Whether there were no rows, only a matrix of correlations.
    """

    estimator: Estimator = Estimator.OLS
    covariance: Covariance = Covariance.NONROBUST
    cluster: str | None = None
    lags: int | None = None
    controls: tuple[str, ...] = ()
    own_controls: tuple[tuple[str, tuple[str, ...]], ...] = ()
    effects: tuple[FixedEffect, ...] = ()
    weights: str | None = None
    reliability: tuple[tuple[str, float], ...] = ()
    rows: RowRule = RowRule.COMMON
    from_correlations: bool = False

    @property
    def corrects(self) -> bool:
        """Whether some construct is corrected for its unreliability."""
        return any(value < 1 for _, value in self.reliability)

    def controls_of(self, target: str) -> tuple[str, ...]:
        """Return the columns that are held constant in the equation of a construct."""
        return (*self.controls, *(dict(self.own_controls).get(target, ())))

    def reliability_of(self, name: str) -> float:
        """Return the reliability of a column, 1 where it is taken as free of error."""
        return dict(self.reliability).get(name, 1.0)
