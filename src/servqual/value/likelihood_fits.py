"""`LikelihoodFit`: a model of customers fitted by maximum likelihood, with how sure its parameters are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

import attrs
import numpy as np
import numpy.typing as npt
from attrs import field, frozen

from servqual._arrays import Floats, Holder, floats, freeze
from servqual.errors import Problem, WorthError
from servqual.labels import Label, Language
from servqual.statistics._arguments import check_confidence
from servqual.statistics._likelihood import Peak
from servqual.statistics.intervals import student_interval
from servqual.tables import Table
from servqual.telling import Told, cells

Rates = TypeVar("Rates")
_STEP = 1e-5
_NOT_CONVERGED = Label(
    "The search did not reach a maximum of the likelihood: neither the parameters nor what follows from them should be "
    "used. Customers who all behave alike, or too few repeat purchases, leave parameters undetermined.",
    "搜索没有到达似然函数的最大值：参数及由它们得出的结果都不可用。顾客行为过于相同，或重复购买太少，参数就无法确定。",
)


@frozen(eq=False, getstate_setstate=False, repr=False)
class LikelihoodFit(Holder, Generic[Rates]):
    """The most likely parameters of a model, and what they are worth.

    Attributes
    ----------
    name
        Of the model, in both languages.
    rates
        The model with its parameters: `servqual.statistics.BuyingRates`, `SpendingRates` or `DepartureRates`. Its
        methods give expectations and probabilities.
    covariance
        Of the logarithms of the parameters, from the observed information, shape (parameters, parameters); NaN where
        the likelihood does not bend downwards in every direction.
    log_likelihood, gradient, steps, converged
        The maximum, the largest slope of the mean log-likelihood there, the steps taken, and whether it is a maximum.
    customers, distinct
        How many customers it was fitted on, and how many distinct histories they have.
    confidence
        Of all intervals in tables.
    """

    name: Label
    rates: Rates
    covariance: Floats = field(converter=floats)
    log_likelihood: float
    gradient: float
    steps: int
    converged: bool
    customers: float
    distinct: int
    confidence: float = 0.95

    @classmethod
    def of(
        cls, name: Label, kind: Callable[..., Rates], peak: Peak, size: tuple[float, int], confidence: float
    ) -> LikelihoodFit[Rates]:
        """Return the model at a maximum that was searched for."""
        ended = (peak.log_likelihood, peak.gradient, peak.steps, peak.converged)
        return cls(name, kind(*peak.parameters.tolist()), peak.covariance, *ended, *size, confidence)

    @property
    def parameters(self) -> dict[str, float]:
        """Name → value of each parameter."""
        return attrs.asdict(self.rates)  # type: ignore[arg-type]

    @property
    def standard_errors(self) -> Floats:
        """Of the parameters, by the delta method: the parameter times the error of its logarithm."""
        return freeze(np.array(list(self.parameters.values())) * np.sqrt(self.covariance.diagonal()))

    def interval(self, quantity: Callable[[Rates], npt.ArrayLike], confidence: float | None = None) -> Floats:
        """Return estimate, low and high of any quantity of the model, shape (3, …), by the delta method.

        Normal intervals from a numerical gradient by the logarithms of the parameters.

        Parameters
        ----------
        quantity
            From the model to numbers, such as ``lambda rates: rates.expected(52)``.
        confidence
            As of the fit where it is not given.

        Raises
        ------
        WorthError
            The fit did not converge.
        """
        if not self.converged:
            rule = "only the maximum of the likelihood has intervals"
            raise WorthError(Problem("interval", "a search that did not converge", rule, "see the notes of the fit"))
        degree = self.confidence if confidence is None else confidence
        check_confidence(degree)
        logs = np.log(np.array(list(self.parameters.values())))
        middle = np.asarray(quantity(self.rates), np.float64)
        sides = [
            [np.asarray(quantity(self._at(logs + sign * step)), np.float64) for sign in (1, -1)]
            for step in np.eye(logs.size) * _STEP
        ]
        slopes = np.stack([(up - down) / (2 * _STEP) for up, down in sides])
        error = np.sqrt(np.einsum("i...,ij,j...->...", slopes, self.covariance, slopes))
        return freeze(np.stack([middle, *student_interval(middle, error, np.inf, degree)]))

    def _at(self, logs: Floats) -> Rates:
        return type(self.rates)(*np.exp(logs).tolist())

    def __repr__(self) -> str:
        told = ", ".join(f"{name} {value:.4g}" for name, value in self.parameters.items())
        state = "" if self.converged else ", NOT CONVERGED"
        return f"<{self.name.en}: {told}; {self.customers:.0f} customers{state}>"

    def _told(self) -> Told:
        estimate = np.array(list(self.parameters.values()))
        spread = np.sqrt(self.covariance.diagonal())
        low, high = student_interval(np.log(estimate), spread, np.inf, self.confidence)
        numbers = {"estimate": estimate, "se": self.standard_errors, "low": np.exp(low), "high": np.exp(high)}
        columns = {"parameter": list(self.parameters)} | {name: cells(each) for name, each in numbers.items()}
        return Told(columns, [Label(name, name) for name in self.parameters], self.name, self._notes())

    def _notes(self) -> list[Label]:
        found = f"{self.customers:.0f}", f"{self.distinct}", f"{self.log_likelihood:.4f}"
        notes = [
            Label(
                f"{found[0]} customers with {found[1]} distinct histories; log-likelihood {found[2]}",
                f"{found[0]} 位顾客，{found[1]} 种不同的历史；对数似然 {found[2]}",
            ),
            Label(
                f"{self.confidence:.0%} intervals on logarithms, from the observed information",
                f"{self.confidence:.0%} 区间由观测信息在对数尺度上求得",
            ),
        ]
        return notes if self.converged else [_NOT_CONVERGED, *notes]

    def to_table(self, language: Language | str | None = None) -> Table:
        """Return one row a parameter: estimate, standard error, interval."""
        told = self._told()
        return told.view(list(told.table.columns), language=language, named="none")

    def _repr_html_(self) -> str:
        return self.to_table()._repr_html_()

    def to_frame(self, backend: str | None = None) -> Any:
        """Return one row a parameter."""
        return self._told().table.to_frame(backend)

    def to_dict(self) -> dict[str, Any]:
        """Return all numbers as a JSON-safe dictionary."""
        search = {name: getattr(self, name) for name in ("log_likelihood", "gradient", "steps", "converged")}
        size = {"customers": self.customers, "distinct": self.distinct, "confidence": self.confidence}
        return {"reading": "likelihood_fit", "model": self.name.en, **self._told().whole().to_dict(), **search, **size}
