"""`ComplaintFunnel`: problem → voiced or silent → unresolved, resolved, resolved quickly → repurchase."""

from __future__ import annotations

from numbers import Real
from typing import Any, Self

import attrs
import numpy as np
from attrs import field, frozen

from servqual._arrays import Floats
from servqual.encounters.complaints.words import Branch, CountedShare, Distribution, Parameter, middle
from servqual.errors import ComplaintError, Problem, did_you_mean

# Repurchase in percent of customers with a large problem (a loss above 100 dollars) and a small one (1 to 5 dollars).
PUBLISHED = {
    "major": (0.09, 0.19, 0.54, 0.82),
    "minor": (0.37, 0.46, 0.70, 0.95),
}
SHARES = (
    "problem", "voiced", "resolved", "quick", "repurchase_silent", "repurchase_unresolved", "repurchase_resolved",
    "repurchase_quick", "repurchase_no_problem", "lost_per_hearer", "won_per_hearer",
)  # fmt: skip
_AGAIN = tuple(f"repurchase_{branch}" for branch in Branch)
AMOUNTS = ("customers", "value", "told_satisfied", "told_dissatisfied")


@frozen(kw_only=True, repr=False)
class ComplaintFunnel:
    """What becomes of customers with a problem, and how many buy again; every number may be a distribution.

    Of N customers a share has a problem; of those a share voices it, the others are silent; of those who voice it a
    share is resolved, and of the resolved a share quickly. The four branches add up to one, each with its share of
    customers who buy again. Customers who talk lose or win others: ``hearers · share lost per hearer``.

    Attributes
    ----------
    customers
        N, 0 or above.
    problem, voiced, resolved, quick
        Share of customers with a problem; of those, who complain; of those, resolved; of those, quickly.
    repurchase_silent, repurchase_unresolved, repurchase_resolved, repurchase_quick
        Share of each branch who buy again.
    repurchase_no_problem
        Share of customers without a problem who buy again: what nobody loses to complaints.
    value
        Of one customer kept, in money; 1 counts customers.
    told_satisfied, told_dissatisfied
        People told by one customer whose problem was solved, and by one whose was not or who kept silent.
    lost_per_hearer, won_per_hearer
        Share of people told badly who are lost as customers, told well who are won; 0 leaves word of mouth out.

    Raises
    ------
    ComplaintError
        Shares outside 0 to 1, amounts below zero or without end, what is neither a number nor a distribution.

    References
    ----------
    Technical Assistance Research Programs 1979, 1986, Consumer Complaint Handling in America, U.S. Office of Consumer
    Affairs; Goodman 1999, Quality Progress 32(6):29-36 (market damage).

    Examples
    --------
    >>> funnel = ComplaintFunnel.tarp("major", customers=10_000, problem=0.1, voiced=0.3, resolved=0.5, quick=0.4)
    >>> {branch.value: round(share, 2) for branch, share in funnel.shares.items()}
    {'silent': 0.7, 'unresolved': 0.15, 'resolved': 0.09, 'quick': 0.06}
    """

    customers: Parameter
    problem: Parameter
    voiced: Parameter
    resolved: Parameter
    quick: Parameter
    repurchase_silent: Parameter
    repurchase_unresolved: Parameter
    repurchase_resolved: Parameter
    repurchase_quick: Parameter
    repurchase_no_problem: Parameter = 1.0
    value: Parameter = 1.0
    told_satisfied: Parameter = 6.0
    told_dissatisfied: Parameter = 15.0
    lost_per_hearer: Parameter = 0.0
    won_per_hearer: Parameter = 0.0
    published: str = field(default="")

    def __attrs_post_init__(self) -> None:
        problems = []
        for name in (*SHARES, *AMOUNTS):
            given = getattr(self, name)
            if not _is_number(given):
                problems.append(Problem(name, repr(given), "it is a number, or a distribution with mean and rvs"))
            elif name in AMOUNTS and not 0 <= middle(given) < np.inf:
                problems.append(Problem(name, f"{middle(given):g}", "it is 0 or above, and finite"))
            elif name in SHARES and not 0 <= (share := middle(given)) <= 1:
                remedy = f"pass {share / 100:g}" if 1 < share <= 100 else ""
                problems.append(Problem(name, f"{share:g}", "it is a share, 0 to 1", remedy))
        if problems:
            raise ComplaintError(*problems)

    @classmethod
    def tarp(cls, size: str = "major", **numbers: Any) -> Self:
        """Return a funnel with published rates of repurchase; all other numbers are your own.

        Of customers with a "major" problem (a loss above 100 dollars) 9, 19, 54 and 82 % bought again, of those with a
        "minor" one (1 to 5 dollars) 37, 46, 70 and 95 %. They are of American consumers around 1980: an illustration to
        be replaced by rates of your own (`complaint_rates`). Every table says that they are published ones.

        Raises
        ------
        ComplaintError
            A size that is not one of these.
        """
        if size not in PUBLISHED:
            raise ComplaintError(Problem("size", repr(size), "major or minor", did_you_mean(size, PUBLISHED)))
        rates = dict(zip(_AGAIN, PUBLISHED[size], strict=True))
        said = "" if numbers.keys() >= rates.keys() else f"TARP 1979/1986, {size} problems"
        return cls(**{**rates, "published": said, **numbers})

    @classmethod
    def from_shares(cls, *, silent: float, unresolved: float, resolved: float, quick: float, **numbers: Any) -> Self:
        """Return a funnel from the shares of the four branches themselves, which add up to one.

        Raises
        ------
        ComplaintError
            Shares that are below zero or do not add up to one.
        """
        given = {"silent": silent, "unresolved": unresolved, "resolved": resolved, "quick": quick}
        problems = [Problem(name, f"{share:g}", "it is 0 or above") for name, share in given.items() if not share >= 0]
        total = sum(given.values())
        if abs(total - 1) > 1e-9:
            remedy = f"pass shares of {total:g}: divide each by it" if total > 0 else ""
            problems.append(
                Problem("shares", f"a sum of {total:g}", "silent, unresolved, resolved, quick add up to 1", remedy)
            )
        if problems:
            raise ComplaintError(*problems)
        voiced, solved = 1 - silent, resolved + quick
        rates = {"resolved": solved / voiced if voiced > 0 else 0.0, "quick": quick / solved if solved > 0 else 0.0}
        return cls(**{"voiced": voiced, **rates, **numbers})

    @property
    def numbers(self) -> dict[str, float]:
        """Every number as it is estimated."""
        return {name: middle(getattr(self, name)) for name in (*AMOUNTS, *SHARES)}

    @property
    def uncertain(self) -> tuple[str, ...]:
        """Names of the numbers that are distributions."""
        return tuple(name for name in (*AMOUNTS, *SHARES) if not isinstance(getattr(self, name), Real))

    @property
    def shares(self) -> dict[Branch, float]:
        """Shares of the branches among customers with a problem; they add up to one."""
        return dict(zip(Branch, branch_shares(self.numbers).tolist(), strict=True))

    def drawn(self, draws: int, rng: int | np.random.Generator) -> dict[str, Floats]:
        """Return every number as often as there are draws, each distribution drawn by itself.

        Raises
        ------
        ComplaintError
            A distribution that leaves what its number may be: shares outside 0 to 1, amounts below zero.
        """
        generator = np.random.default_rng(rng)
        found, problems = {}, []
        for name in (*AMOUNTS, *SHARES):
            given = getattr(self, name)
            if isinstance(given, Real):
                found[name] = np.full(draws, float(given))
                continue
            found[name] = values = np.asarray(given.rvs(size=draws, random_state=generator), np.float64)
            most = 1.0 if name in SHARES else np.inf
            if not ((values >= 0) & (values <= most)).all():
                outside = f"draws from {values.min():g} to {values.max():g}"
                rule = "a share stays within 0 to 1" if name in SHARES else "an amount stays 0 or above"
                problems.append(Problem(name, outside, rule, "take a distribution that ends there, such as a beta"))
        if problems:
            raise ComplaintError(*problems)
        return found

    def __repr__(self) -> str:
        told = ", ".join(f"{share:.1%} {branch}" for branch, share in self.shares.items())
        sure = f"; {len(self.uncertain)} numbers uncertain" if self.uncertain else ""
        return f"<ComplaintFunnel: {self.numbers['problem']:.1%} of customers have a problem: {told}{sure}>"

    def with_rate(self, **changed: float | CountedShare) -> Self:
        """Return the funnel with some numbers changed; with all four rates of repurchase it is no published one."""
        said = "" if changed.keys() >= set(_AGAIN) else self.published
        return attrs.evolve(self, published=said, **changed)


def _is_number(given: object) -> bool:
    return isinstance(given, Real | Distribution)


def branch_shares(at: dict[str, Any]) -> Floats:
    """Return the shares of the branches, shape (4, …), at numbers of any shape."""
    voiced, resolved, quick = (np.asarray(at[name], np.float64) for name in ("voiced", "resolved", "quick"))
    return np.stack([1 - voiced, voiced * (1 - resolved), voiced * resolved * (1 - quick), voiced * resolved * quick])
