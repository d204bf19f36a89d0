"""`Truth`: what is true of a simulated company, and what a study of it should find."""

from __future__ import annotations

from attrs import frozen

from servqual.chain.graph import Chain
from servqual.chain.link import Link
from servqual.errors import Problem, SimulationError, did_you_mean
from servqual.tables import Cell, Table


@frozen
class TrueLink:
    """One link: its coefficient among standardised true scores of branches, and among those in units of the frames."""

    link: Link
    standardised: float
    raw: float


@frozen
class TrueConstruct:
    """One construct as it truly is.

    Attributes
    ----------
    name, source
        Which construct, told by "employees", "customers" or "finance".
    mean, sd
        Of the true scores of branches in quarters, in units of the frames.
    residual_sd
        Of what the chain does not explain, in the same units.
    icc
        ICC(1) of persons' scores, before they are rounded; 1 where branches are measured without error.
    reliability
        ICC(2): reliability of the mean of a branch in a quarter, at the harmonic mean of how many answer there.
    """

    name: str
    source: str
    mean: float
    sd: float
    residual_sd: float
    icc: float
    reliability: float


@frozen(repr=False)
class Truth:
    """What is true of a simulated company.

    Attributes
    ----------
    chain
        Which construct drives which.
    links, constructs
        The coefficients, and what each construct is like, in the orders of the chain.
    persistence
        Share of the variance that lasts over quarters.
    common_method
        Correlation of what one person's answers to two constructs have beside their branch.
    """

    chain: Chain
    links: tuple[TrueLink, ...]
    constructs: tuple[TrueConstruct, ...]
    persistence: float
    common_method: float

    def __repr__(self) -> str:
        return f"<Truth: {len(self.links)} links among {len(self.constructs)} constructs>"

    def __getitem__(self, construct: str) -> TrueConstruct:
        for each in self.constructs:
            if each.name == construct:
                return each
        known = [each.name for each in self.constructs]
        rule = "the company has no such construct"
        raise SimulationError(Problem("construct", f"no {construct!r}", rule, did_you_mean(str(construct), known)))

    def coefficient(self, source: str, target: str, lag: int = 0, *, standardised: bool = False) -> float:
        """Return the coefficient of one link; 0 where there is none."""
        self[source], self[target]
        found = [each for each in self.links if each.link.ends == (source, target) and each.link.lag == lag]
        return (found[0].standardised if standardised else found[0].raw) if found else 0.0

    def total(self, source: str, target: str, *, standardised: bool = False) -> float:
        """Return the total effect: the sum over all paths of the product of their links, all lags together."""
        self[source], self[target]
        slopes = {each.link: each.standardised if standardised else each.raw for each in self.links}
        effect = dict.fromkeys(self.chain.constructs, 0.0)
        effect[source] = 1.0
        for name in self.chain.constructs:
            if name != source:
                effect[name] = sum(slopes[link] * effect[link.source] for link in self.chain.parents(name))
        return effect[target] if source != target else 0.0

    def indirect(self, source: str, target: str, *, standardised: bool = False) -> float:
        """Return the total effect without that of links from one to the other."""
        slopes = [each for each in self.links if each.link.ends == (source, target)]
        direct = sum(each.standardised if standardised else each.raw for each in slopes)
        return self.total(source, target, standardised=standardised) - direct

    def reliability(self) -> dict[str, float]:
        """Return construct → reliability of the means of branches, as a correction for unreliability takes it."""
        return {each.name: each.reliability for each in self.constructs if each.source != "finance"}

    def to_table(self) -> Table:
        """Return the coefficients, one row per link."""
        columns: dict[str, list[Cell]] = {
            "link": [str(each.link) for each in self.links],
            "standardised": [each.standardised for each in self.links],
            "raw": [each.raw for each in self.links],
        }
        return Table(columns, "True coefficients of a simulated company")
