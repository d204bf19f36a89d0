"""What is asked of a simulated company, read and checked: sizes, links, constructs."""

from __future__ import annotations

from collections.abc import Mapping
from numbers import Integral
from types import MappingProxyType
from typing import Any

from attrs import field, frozen

from servqual.chain.forms import Linear
from servqual.chain.graph import Chain
from servqual.chain.link import Link
from servqual.chain.service_profit import BRAND_LABELS, DRIVER_LABELS
from servqual.simulate.refusals import SHARE, Findings, Rule

SOURCES = ("employees", "customers", "finance")

_KNOWN: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(DRIVER_LABELS, "employees"),
        **dict.fromkeys(BRAND_LABELS, "customers"),
        **dict.fromkeys(("internal_service_quality", "employee_satisfaction", "employee_loyalty"), "employees"),
        **dict.fromkeys(("customer_value", "customer_satisfaction", "customer_loyalty"), "customers"),
        **dict.fromkeys(("employee_productivity", "profit", "growth"), "finance"),
    }
)
# Of the links of the service-profit chain, standardised.
_USUAL = MappingProxyType(
    {
        "internal_service_quality -> employee_satisfaction": 0.6,
        "employee_satisfaction -> employee_loyalty": 0.5,
        "employee_satisfaction -> employee_productivity": 0.4,
        "employee_loyalty -> customer_value": 0.3,
        "employee_productivity -> customer_value": 0.3,
        "customer_value -> customer_satisfaction": 0.6,
        "customer_satisfaction -> customer_loyalty": 0.6,
        "customer_loyalty -> profit": 0.4,
        "customer_loyalty -> growth": 0.3,
    }
)
_USUAL_ICC = MappingProxyType({"employees": 0.15, "customers": 0.05})
# Mean and standard deviation of branches, in the units of the frame.
_MONEY = MappingProxyType({"employee_productivity": (100.0, 12.0), "profit": (200.0, 40.0), "growth": (3.0, 2.0)})
_MEAN_ANSWER, _MEAN_FIGURE = 4.6, (100.0, 15.0)

_SIZE = "it is a whole number of 1 or more, or a pair of them, the least first"
_POSITIVE_SHARE = Rule("it lies above 0 and is at most 1", lambda value: 0 < value <= 1)
_BELOW_ONE = Rule("it is 0 or more and below 1", lambda value: 0 <= value < 1)
_COEFFICIENT = Rule("a standardised coefficient is a finite number", lambda _: True)

Size = tuple[int, int]


@frozen(kw_only=True)
class PlannedConstruct:
    """One construct: who tells it, its mean and its standard deviations over branches and persons.

    ``residual`` is the standard deviation of what the chain does not explain, where the construct itself has 1.
    """

    name: str
    source: str
    mean: float
    between: float
    within: float
    icc: float
    residual: float = 1.0


@frozen(kw_only=True, eq=False)
class CompanyWishes:
    """The keywords of `company` as they were given, but for `rng` and `backend`."""

    branches: Any
    quarters: Any
    employees: Any
    customers: Any
    chain: Any
    coefficients: Any
    sources: Any
    icc: Any
    items: Any
    alpha: Any
    persistence: Any
    common_method: Any
    likert: Any
    missing: Any
    findings: Findings = field(factory=Findings)


def check_numbers(wishes: CompanyWishes) -> None:
    """Note what is wrong with single numbers."""
    findings = wishes.findings
    for name, least in (("branches", 2), ("quarters", 1), ("items", 1)):
        value = getattr(wishes, name)
        if not _is_whole(value) or value < least:
            findings.add(name, repr(value), f"it is a whole number of {least} or more")
    findings.number("alpha", wishes.alpha, _POSITIVE_SHARE)
    findings.number("persistence", wishes.persistence, SHARE)
    findings.number("common_method", wishes.common_method, SHARE)
    findings.number("missing", wishes.missing, _BELOW_ONE)
    if not isinstance(wishes.likert, bool):
        findings.add("likert", repr(wishes.likert), "it is True or False")


def _is_whole(value: object) -> bool:
    return isinstance(value, Integral) and not isinstance(value, bool)


def size_of(name: str, given: Any, findings: Findings) -> Size:
    """Return the least and the greatest number of people in a branch and quarter."""
    pair = given if isinstance(given, tuple | list) else (given, given)
    if len(pair) != 2 or not all(_is_whole(each) for each in pair) or not 1 <= pair[0] <= pair[1]:
        findings.add(name, repr(given), _SIZE, "for 20 to 30 in each branch and quarter pass (20, 30)")
        return 1, 1
    return int(pair[0]), int(pair[1])


def check_chain(chain: Chain, wishes: CompanyWishes) -> None:
    """Note links that cannot be simulated."""
    place = {name: rank for rank, name in enumerate(chain.constructs)}
    for link in chain.links:
        if link.form != Linear():
            wishes.findings.add(f"link {link}", f"form {link.form}", "simulated links are straight")
        if place[link.source] >= place[link.target]:
            rule = "no construct acts back on its causes, not even later"
            wishes.findings.add(f"link {link}", "a feedback", rule, "leave the link out")
        if _is_whole(wishes.quarters) and link.lag >= max(wishes.quarters, 1):
            rule = f"the company has {wishes.quarters} quarters"
            wishes.findings.add(f"link {link}", f"lag {link.lag}", rule, "ask for more quarters than the longest lag")


def coefficients_of(chain: Chain, wishes: CompanyWishes) -> tuple[float, ...]:
    """Return the standardised coefficient of each link: as asked, as usual, or 0.5 over the root of the parents."""
    given, findings = wishes.coefficients, wishes.findings
    if given is None:
        given = {}
    if not isinstance(given, Mapping):
        value = findings.number("coefficients", given, _COEFFICIENT)
        return tuple(value for _ in chain.links)
    keys = {key: link for link in chain.links for key in _keys(chain, link)}
    asked = {_spaced(key): value for key, value in given.items()}
    findings.known("coefficients", asked, keys, "the chain has no such link")
    found = []
    for link in chain.links:
        values = [(key, asked[key]) for key in _keys(chain, link) if key in asked]
        if len(values) > 1:
            findings.add(f"coefficients {values[1][0]}", "the same link twice", "each link has one coefficient")
        usual = _USUAL.get(str(link), 0.5 / len(chain.parents(link.target)) ** 0.5)
        found.append(findings.number(f"coefficients {values[0][0]}", values[0][1], _COEFFICIENT) if values else usual)
    return tuple(found)


def _keys(chain: Chain, link: Link) -> tuple[str, ...]:
    """Return what names a link: as it is written, and without its lag where no other has the same ends."""
    alone = sum(each.ends == link.ends for each in chain.links) == 1
    return tuple(dict.fromkeys([str(link), f"{link.source} -> {link.target}"])) if alone else (str(link),)


def _spaced(key: object) -> str:
    return " -> ".join(part.strip() for part in str(key).replace("→", "->").split("->"))


def constructs_of(chain: Chain, wishes: CompanyWishes) -> tuple[PlannedConstruct, ...]:
    """Return the constructs of the chain, each with its source and its scale."""
    findings = wishes.findings
    sources = dict(_KNOWN)
    if isinstance(wishes.sources, Mapping):
        findings.known("sources", wishes.sources, chain.constructs, "the chain has no such construct")
        sources |= wishes.sources
    elif wishes.sources is not None:
        findings.add("sources", repr(wishes.sources), "sources are a mapping construct → source")
    correlations = _correlations(chain, wishes)
    made = []
    for name in chain.constructs:
        source = sources.get(name)
        if source not in SOURCES:
            rule = f"each construct is told by one of {', '.join(SOURCES)}"
            remedy = f"sources={{{name!r}: 'customers'}}"
            findings.add(f"construct {name}", "unknown source" if source is None else repr(source), rule, remedy)
        if source == "finance" and name in correlations:
            findings.add(f"icc {name}", f"{correlations[name]:g}", "figures of finance are measured without error")
        made.append(_construct(name, str(source), correlations))
    return tuple(made)


def _construct(name: str, source: str, correlations: Mapping[str, float]) -> PlannedConstruct:
    if source == "finance":
        mean, sd = _MONEY.get(name, _MEAN_FIGURE)
        return PlannedConstruct(name=name, source=source, mean=mean, between=sd, within=0.0, icc=1.0)
    icc = correlations.get(name, correlations.get(source, 0.1))
    return PlannedConstruct(
        name=name, source=source, mean=_MEAN_ANSWER, between=icc**0.5, within=max(1 - icc, 0.0) ** 0.5, icc=icc
    )


def _correlations(chain: Chain, wishes: CompanyWishes) -> dict[str, float]:
    """Return the ICC(1) of each source, and of each construct for which one was asked."""
    given, findings = wishes.icc, wishes.findings
    if given is None:
        return dict(_USUAL_ICC)
    if not isinstance(given, Mapping):
        value = findings.number("icc", given, _POSITIVE_SHARE)
        return dict.fromkeys(_USUAL_ICC, value)
    findings.known("icc", given, (*SOURCES[:2], *chain.constructs), "there is no such construct or source")
    asked = {name: findings.number(f"icc {name}", each, _POSITIVE_SHARE) for name, each in given.items()}
    return {**_USUAL_ICC, **asked}
