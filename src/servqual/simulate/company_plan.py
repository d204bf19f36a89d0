"""`CompanyPlan`: what is asked of a simulated company, checked and turned into numbers."""

from __future__ import annotations

from attrs import evolve, frozen

from servqual.chain.graph import Chain
from servqual.simulate.company_scores import loadings
from servqual.simulate.company_wishes import (
    SOURCES,
    CompanyWishes,
    PlannedConstruct,
    Size,
    check_chain,
    check_numbers,
    coefficients_of,
    constructs_of,
    size_of,
)
from servqual.simulate.refusals import Findings

# Ends of rounded answers.
LOW, HIGH = 1.0, 7.0


@frozen(kw_only=True)
class CompanyPlan:
    """Everything that is needed to draw a company."""

    branches: int
    quarters: int
    sizes: tuple[tuple[str, Size], ...]
    chain: Chain
    coefficients: tuple[float, ...]
    constructs: tuple[PlannedConstruct, ...]
    items: int
    alpha: float
    persistence: float
    common_method: float
    likert: bool
    missing: float

    def of(self, source: str) -> tuple[PlannedConstruct, ...]:
        """Return the constructs that one source tells."""
        return tuple(each for each in self.constructs if each.source == source)


def planned(wishes: CompanyWishes) -> CompanyPlan:
    """Return the plan of a company, or raise everything that is wrong with what was asked."""
    findings = wishes.findings
    chain = Chain.service_profit() if wishes.chain is None else wishes.chain
    if not isinstance(chain, Chain):
        findings.add("chain", repr(chain), "it is a Chain", "for example Chain.service_profit()")
        findings.refuse()
    check_numbers(wishes)
    sizes = tuple((name, size_of(name, getattr(wishes, name), findings)) for name in SOURCES[:2])
    check_chain(chain, wishes)
    coefficients = coefficients_of(chain, wishes)
    constructs = constructs_of(chain, wishes)
    findings.refuse()
    plan = CompanyPlan(
        branches=int(wishes.branches), quarters=int(wishes.quarters), sizes=sizes, chain=chain,
        coefficients=coefficients, constructs=constructs, items=int(wishes.items), alpha=float(wishes.alpha),
        persistence=float(wishes.persistence), common_method=float(wishes.common_method), likert=wishes.likert,
        missing=float(wishes.missing),
    )  # fmt: skip
    return _with_residuals(plan, findings)


def _with_residuals(plan: CompanyPlan, findings: Findings) -> CompanyPlan:
    """Return the plan with what the chain leaves of each construct, whose variance is 1 in all."""
    _, residuals = loadings(plan.chain, plan.coefficients, plan.persistence)
    made = []
    for each in plan.constructs:
        left = residuals[each.name]
        if left <= 0:
            rule = "what drives a construct explains less than all of its variance"
            found = f"{1 - left:.3g} of its variance explained"
            findings.add(f"construct {each.name}", found, rule, "make the coefficients of its links smaller")
        made.append(evolve(each, residual=max(left, 0.0) ** 0.5))
    findings.refuse()
    return evolve(plan, constructs=tuple(made))
