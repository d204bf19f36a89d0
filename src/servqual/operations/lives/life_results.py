"""`LifeCourse`: how the failure rate runs over life, under the model that the lives prefer."""

from __future__ import annotations

from typing import Any, ClassVar

from attrs import field, frozen

from servqual.labels import Language
from servqual.operations.lives.life_words import MODELS, NOT_APART, LifeShape
from servqual.operations.picked_rows import PickedRows
from servqual.statistics import Inapplicable
from servqual.statistics.hazard_fits import HazardFit
from servqual.statistics.life_tables import LifeTable
from servqual.tables import Table

Number = float | Inapplicable


@frozen(kw_only=True)
class LifeMeasure:
    """One number read from the model of lives, with its interval.

    Attributes
    ----------
    measure
        "a", "b" (and "c", "d" of two parts), "mean_life", "tenth_failed", "half_failed", "minimum_time",
        "minimum_rate".
    estimate, low, high
        In the unit of time that was given, or one over it.
    """

    measure: str
    estimate: Number
    low: Number
    high: Number


@frozen(eq=False, repr=False)
class LifeCourse(PickedRows[LifeMeasure]):
    """The failure rate over life; ``course["minimum_time"]`` picks a measure of the preferred model.

    Attributes
    ----------
    single, additive
        One Weibull, and two added (the bathtub curve), fitted to the same lives.
    observed
        Failure rates as they were observed, in stretches of life.
    shape
        How the rate runs.
    longest
        The longest life that was watched.
    """

    reading: ClassVar[str] = "life_course"
    named: ClassVar[str] = "measure"
    digits: ClassVar[int] = 5

    single: HazardFit = field(kw_only=True)
    additive: HazardFit = field(kw_only=True)
    observed: LifeTable = field(kw_only=True)
    shape: LifeShape = field(kw_only=True)
    longest: float = field(kw_only=True)

    @property
    def preferred(self) -> HazardFit:
        """The fit with the smaller BIC; one Weibull where two parts cannot be told apart."""
        return self.additive if self.shape in {LifeShape.BATHTUB, LifeShape.TWO_PARTS} else self.single

    def comparison(self, language: Language | str | None = None) -> Table:
        """Return both models side by side: parameters, log-likelihood, AIC and BIC, less is better."""
        tongue = Language(language or "en")
        fits = {"weibull": self.single, "additive": self.additive}
        columns: dict[str, list[Any]] = {
            "model": [MODELS[name].text(tongue) for name in fits],
            "parameters": [fit.covariance.shape[0] for fit in fits.values()],
            "log_likelihood": [fit.log_likelihood for fit in fits.values()],
            "aic": [fit.aic for fit in fits.values()],
            "bic": [fit.bic for fit in fits.values()],
            "preferred": [fit is self.preferred for fit in fits.values()],
        }
        notes = [NOT_APART.text(tongue)] if self.additive.problem else []
        return Table(columns, title=self.told.title.text(tongue), notes=notes)

    def to_dict(self) -> dict[str, Any]:
        """Return all numbers as a JSON-safe dictionary, with both models and what was observed."""
        seen = {name: getattr(self.observed, name).tolist() for name in ("edges", "failures", "exposure")}
        return {**super().to_dict(), "shape": str(self.shape), "models": self.comparison().to_dict(), "observed": seen}

    def __repr__(self) -> str:
        fit = self.single
        return f"<LifeCourse: {fit.failures} failures of {fit.n} lives; {self.shape.label}>"
