"""`competition_stage`: what customers choose by: that there is any, the product, its price, or the service."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from math import comb
from typing import ClassVar

import numpy as np
from attrs import field, frozen

from servqual.errors import Problem, StandardsError, did_you_mean
from servqual.labels import Label
from servqual.statistics import wilson_interval
from servqual.statistics._arguments import check_confidence
from servqual.statistics.reasoned import columns_of
from servqual.tables import Table
from servqual.telling import Reading, Told


class CompetitionStage(StrEnum):
    """What competition in a market is about, in the order in which markets grow up.

    SCARCITY
        Customers take what there is.
    PRODUCT
        They choose the better product.
    PRICE
        Products are alike, and they choose the cheaper one.
    SERVICE
        Products and prices are alike, and they choose the better service.
    """

    SCARCITY = "scarcity"
    PRODUCT = "product"
    PRICE = "price"
    SERVICE = "service"

    @property
    def label(self) -> Label:
        """The stage in English and Chinese."""
        return _LABELS[self]


_LABELS = {
    CompetitionStage.SCARCITY: Label("scarcity", "短缺"),
    CompetitionStage.PRODUCT: Label("product competition", "产品竞争"),
    CompetitionStage.PRICE: Label("price competition", "价格竞争"),
    CompetitionStage.SERVICE: Label("service competition", "服务竞争"),
}


@frozen(kw_only=True)
class ReasonShare:
    """The share of customers who chose by one reason, with Wilson's interval.

    Attributes
    ----------
    stage
        What the reason stands for.
    n
        Customers who named it.
    share, low, high
        Their share among all who named a reason.
    """

    stage: CompetitionStage
    n: int
    share: float
    low: float
    high: float


@frozen(eq=False, repr=False)
class CompetitionReading(Reading[ReasonShare]):
    """What customers choose by, and the stage that it stands for.

    Attributes
    ----------
    stage
        That of the reason named most; None where two are named equally often.
    p
        Two-sided p of the exact test that the two reasons named most are named equally often.
    """

    reading: ClassVar[str] = "competition_stage"
    named: ClassVar[str] = "stage"
    stage: CompetitionStage | None = field(kw_only=True)
    p: float = field(kw_only=True)

    def __repr__(self) -> str:
        name = "two stages at once" if self.stage is None else self.stage.label.en
        return f"<CompetitionReading: {name}, p {self.p:.3g} against the next>"


def competition_stage(reasons: Mapping[str, int], *, confidence: float = 0.95) -> CompetitionReading:
    """Stage of competition of a market: scarcity, product, price or service, from why customers chose.

    The stage is that of the reason which most customers name. With ``a`` and ``b`` naming the two first reasons, ``p``
    is that of ``a`` out of ``a + b`` by the binomial distribution with one half (McNemar's exact test).

    Parameters
    ----------
    reasons
        "scarcity", "product", "price", "service" → how many customers chose because of it; what is left out is 0.
    confidence
        Of the intervals.

    Returns
    -------
    CompetitionReading
        A row for each stage, in their order.

    Raises
    ------
    StandardsError
        Reasons that are none of the four, counts that are not whole or below zero, nobody at all.
    ArgumentError
        A confidence that does not lie between 0 and 1.

    References
    ----------
    McNemar 1947, Psychometrika 12(2):153-157; Wilson 1927, Journal of the American Statistical Association
    22(158):209-212.

    Examples
    --------
    >>> competition_stage({"product": 35, "price": 80, "service": 60})
    <CompetitionReading: price competition, p 0.108 against the next>
    """
    check_confidence(confidence)
    _check(reasons)
    counts = np.array([int(reasons.get(stage, 0)) for stage in CompetitionStage])
    low, high = wilson_interval(counts, counts.sum(), confidence)
    shares = zip(counts.tolist(), (counts / counts.sum()).tolist(), low.tolist(), high.tolist(), strict=True)
    rows = tuple(
        ReasonShare(stage=stage, n=n, share=share, low=first, high=last)
        for stage, (n, share, first, last) in zip(CompetitionStage, shares, strict=True)
    )
    order = np.argsort(-counts, kind="stable")
    first, second = counts[order[:2]].tolist()
    table = Table(columns_of(rows, ReasonShare, {"n"}))
    title = Label("Stage of competition", "竞争所处阶段")
    p = _p(first, second)
    note = Label(f"the two reasons named most differ with p {p:.3g}", f"居前两位的理由之差：p = {p:.3g}")
    told = Told(table, [stage.label for stage in CompetitionStage], title, [note])
    leading = list(CompetitionStage)[int(order[0])] if first > second else None
    return CompetitionReading(rows, told, asked={"confidence": confidence}, stage=leading, p=p)


def _check(reasons: Mapping[str, int]) -> None:
    known = list(CompetitionStage)
    problems = [
        Problem("reasons", f"no {name!r}", f"reasons are {', '.join(known)}", did_you_mean(str(name), known))
        for name in reasons
        if name not in set(CompetitionStage)
    ]
    bad = [name for name, n in reasons.items() if isinstance(n, bool) or not (n >= 0 and float(n).is_integer())]
    problems += [Problem(f"reason {name}", f"{reasons[name]!r}", "counts are 0, 1, 2, …") for name in bad]
    if not problems and not sum(reasons.values()):
        problems.append(Problem("reasons", "nobody", "some customers named one"))
    if problems:
        raise StandardsError(*problems)


def _p(first: int, second: int) -> float:
    """Return twice the upper tail of the larger count under one half, at most 1."""
    n = first + second
    return min(1.0, 2 * sum(comb(n, k) for k in range(first, n + 1)) / 2**n)
