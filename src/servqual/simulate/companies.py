"""`company`: employees, customers and finance of many branches over quarters, whose truth is known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from attrs import frozen

from servqual import _frames
from servqual._arrays import AnyArray, Floats
from servqual.chain.graph import Chain
from servqual.chain.units import UnitTable
from servqual.simulate.company_people import Crowd, crowd, item_names
from servqual.simulate.company_plan import HIGH, LOW, CompanyPlan, planned
from servqual.simulate.company_scores import true_scores
from servqual.simulate.company_truth import TrueConstruct, TrueLink, Truth
from servqual.simulate.company_wishes import SOURCES, CompanyWishes
from servqual.simulate.refusals import Findings
from servqual.simulate.wishes import Seed
from servqual.statistics.intraclass import spearman_brown

BY, PERIOD = "branch", "quarter"


@frozen(eq=False, repr=False)
class Company:
    """A simulated company.

    Attributes
    ----------
    employees, customers
        Frames with ``branch``, ``quarter`` and the answers, one row per person and quarter; other persons every
        quarter. None where nothing is asked of them.
    finance
        A frame with ``branch``, ``quarter`` and figures that are measured without error; None without any.
    units
        The true scores of branches in quarters, which no study sees.
    truth
        Coefficients, ICCs and reliabilities.
    constructs
        Source → construct → columns of its items, as `servqual.chain.aggregate` takes them.
    scale
        Ends of the scale of answers that are rounded; None where they are not.
    """

    employees: Any
    customers: Any
    finance: Any
    units: UnitTable
    truth: Truth
    constructs: Mapping[str, Mapping[str, tuple[str, ...]]]
    scale: tuple[float, float] | None

    @property
    def chain(self) -> Chain:
        """Which construct drives which."""
        return self.truth.chain

    def __repr__(self) -> str:
        return f"<Company: {self.units.n_units} branches over {self.units.n_periods} quarters; {self.truth!r}>"


def company(
    branches: int = 60,
    quarters: int = 8,
    employees: int | tuple[int, int] = 25,
    customers: int | tuple[int, int] = 60,
    *,
    chain: Chain | None = None,
    coefficients: Mapping[str, float] | float | None = None,
    sources: Mapping[str, str] | None = None,
    icc: float | Mapping[str, float] | None = None,
    items: int = 3,
    alpha: float = 0.85,
    persistence: float = 0.6,
    common_method: float = 0.0,
    likert: bool = False,
    missing: float = 0.0,
    rng: Seed = None,
    backend: str = "pandas",
) -> Company:
    """A simulated company: answers of employees and customers and the figures of many branches, by a known chain.

    True scores of branches follow the chain exactly. With all of them standardised,

    ``y(t) = Σ β x(t − lag) + s (√p a + √(1 − p) b(t))``,

    with ``a`` of the branch, ``b`` of the branch and quarter, ``p`` the persistence, and ``s`` such that y has variance
    1. A person's score scatters around the branch so that ICC(1) is as asked; it is the mean of some items.

    Parameters
    ----------
    branches, quarters
        How many, two or more and one or more.
    employees, customers
        Persons who answer in each branch and quarter; a pair (least, most) draws their number, each alike.
    chain
        The service-profit chain where none is given. Links are straight and do not feed back; lags are quarters.
    coefficients
        Link, as ``"customer_value -> customer_satisfaction"``, → standardised coefficient; or one for all links. Links
        left out have usual ones.
    sources
        Construct → "employees", "customers" or "finance", for constructs whose name does not say it.
    icc
        Share of the variance of persons' scores that lies between branches in quarters, above 0 and at most 1: one for
        all, or construct or source → share; .15 for employees and .05 for customers where it is left out.
    items, alpha
        Items per construct, and their consistency (Cronbach's alpha) within branches.
    persistence
        Share of the variance of true scores that lasts, 0 to 1.
    common_method
        Correlation of a person's deviations from the branch on two constructs, 0 to 1: moods and styles of answering.
        Scores of persons then correlate within branches by it times alpha.
    likert
        Answers rounded to 1..7. Otherwise they are real numbers without ends, so that coefficients and ICCs are exactly
        those of `truth`; rounding and ends move them a little.
    missing
        Share of answers to items that are missing completely at random, 0 or more and below 1.
    rng
        Seed or numpy Generator. The same seed gives the same company.
    backend
        "pandas", "polars" or "pyarrow".

    Returns
    -------
    Company
        Persons' scores have a standard deviation of 1 around a mean of 4.6.

    Raises
    ------
    SimulationError
        Everything that is wrong with the request, at once; also coefficients that explain all of a construct or more.
    BackendError, MissingExtraError
        A library that is not known, or not installed.

    References
    ----------
    Heskett, Jones, Loveman, Sasser & Schlesinger 1994, Harvard Business Review 72(2):164-174 (the chain); Podsakoff,
    MacKenzie, Lee & Podsakoff 2003, Journal of Applied Psychology 88(5):879-903 (common method).

    Examples
    --------
    >>> made = company(20, 4, rng=1)
    >>> made
    <Company: 20 branches over 4 quarters; <Truth: 9 links among 9 constructs>>
    >>> made.constructs["employees"]["employee_loyalty"], len(made.employees)
    (('employee_loyalty_1', 'employee_loyalty_2', 'employee_loyalty_3'), 2000)
    >>> round(made.truth.total("employee_satisfaction", "customer_loyalty", standardised=True), 4)
    0.0972
    """
    wishes = CompanyWishes(
        branches=branches, quarters=quarters, employees=employees, customers=customers, chain=chain,
        coefficients=coefficients, sources=sources, icc=icc, items=items, alpha=alpha, persistence=persistence,
        common_method=common_method, likert=likert, missing=missing,
    )  # fmt: skip
    streams = _streams(rng, wishes.findings)
    plan = planned(wishes)
    residuals = {each.name: each.residual for each in plan.constructs}
    shape, lasting = (plan.branches, plan.quarters), plan.persistence
    scores = true_scores(plan.chain, plan.coefficients, residuals, persistence=lasting, shape=shape, rng=streams[0])
    people = {
        source: crowd(plan, source, scores, stream)
        for source, stream in zip(SOURCES, streams[1:], strict=False)
        if plan.of(source)
    }
    return _company(plan, scores, people, backend)


def _streams(rng: Any, findings: Findings) -> list[np.random.Generator]:
    """Return generators for branches, employees and customers, so that none depends on how many the others drew."""
    try:
        generator = np.random.default_rng(rng)
    except (TypeError, ValueError):
        findings.add("rng", repr(rng), "it is a seed, a whole number of 0 or more, or a numpy Generator")
        generator = np.random.default_rng(0)
    return [np.random.default_rng(seed) for seed in generator.integers(1 << 63, size=3).tolist()]


def _company(plan: CompanyPlan, scores: dict[str, Floats], people: dict[str, Crowd], backend: str) -> Company:
    width = len(str(plan.branches))
    names = [f"branch {number:0{width}d}" for number in range(1, plan.branches + 1)]
    cells = _keys(names, plan.quarters, np.arange(plan.branches * plan.quarters))
    true = {each.name: each.mean + each.between * scores[each.name].ravel() for each in plan.constructs}
    figures = {each.name: true[each.name] for each in plan.of("finance")}
    frames = {
        source: _frames.build({**_keys(names, plan.quarters, each.cell), **each.columns}, backend)
        for source, each in people.items()
    }
    return Company(
        frames.get("employees"),
        frames.get("customers"),
        _frames.build({**cells, **figures}, backend) if figures else None,
        UnitTable.from_arrays(
            cells[BY], true, period=cells[PERIOD], unit_column=BY, period_column=PERIOD, backend=backend
        ),
        _truth(plan, people),
        {source: {c.name: item_names(c.name, plan.items) for c in plan.of(source)} for source in people},
        (LOW, HIGH) if plan.likert else None,
    )


def _keys(names: list[str], quarters: int, cell: AnyArray) -> dict[str, AnyArray]:
    return {BY: np.array(names)[cell // quarters], PERIOD: cell % quarters + 1}


def _truth(plan: CompanyPlan, people: dict[str, Crowd]) -> Truth:
    sd = {each.name: each.between for each in plan.constructs}
    links = tuple(
        TrueLink(link, beta, beta * sd[link.target] / sd[link.source])
        for link, beta in zip(plan.chain.links, plan.coefficients, strict=True)
    )
    sizes = {source: np.bincount(each.cell) for source, each in people.items()}
    harmonic = {source: float(n.size / (1 / n).sum()) for source, n in sizes.items()} | {"finance": 1.0}
    constructs = tuple(
        TrueConstruct(
            each.name, each.source, each.mean, each.between, each.residual * each.between, each.icc,
            spearman_brown(each.icc, harmonic[each.source]),
        )
        for each in plan.constructs
    )  # fmt: skip
    return Truth(plan.chain, links, constructs, plan.persistence, plan.common_method)
