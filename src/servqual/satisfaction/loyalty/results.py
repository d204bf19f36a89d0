"""`LoyaltyTypes`: how many customers are of each type, of everybody and of each group."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import frozen

from servqual.errors import Problem, did_you_mean
from servqual.labels import Language
from servqual.satisfaction.loyalty.cuts import Thresholds
from servqual.satisfaction.loyalty.group_tests import difference_record
from servqual.satisfaction.loyalty.words import LoyaltyType
from servqual.satisfaction.reported.results import Number
from servqual.statistics import ArgumentError, Inapplicable
from servqual.statistics.contingency import HomogeneityTest
from servqual.statistics.reasoned import inapplicable
from servqual.tables import Table
from servqual.telling import Told


@frozen(kw_only=True, repr=False)
class LoyaltyShare:
    """One type of customers in one group.

    Attributes
    ----------
    group, type
        Who.
    n, share
        Customers of the type, and their weighted share of those who gave both answers; apostles are among the
        loyalists, terrorists among the defectors.
    low, high
        Wilson's interval of this share alone.
    joint_low, joint_high
        Goodman's intervals, which hold for all four types together; of the extremes there are none.
    satisfaction, loyalty
        Means within the type.
    """

    group: str
    type: LoyaltyType
    n: float
    share: Number
    low: Number
    high: Number
    joint_low: Number
    joint_high: Number
    satisfaction: Number
    loyalty: Number

    def __repr__(self) -> str:
        if isinstance(self.share, Inapplicable):
            return f"<LoyaltyShare {self.type} of {self.group}: {self.share}>"
        ends = f"{float(self.low):.3f} to {float(self.high):.3f}"
        return f"<LoyaltyShare {self.type} of {self.group}: {self.share:.3f} ({ends})>"


@frozen(eq=False, repr=False)
class LoyaltyTypes:
    """Shares of loyalty types; ``types["hostage"]`` is that of everybody, ``types["hostage", "north"]`` of a group.

    Attributes
    ----------
    rows
        Six for everybody, then six for each group.
    told
        The same as columns, with title and notes in English and Chinese.
    points
        How many gave each pair of answers: columns ``satisfaction``, ``loyalty``, ``n`` and ``share``; None where
        there are more pairs than can be told apart in a picture.
    thresholds, confidence, missing
        Where high begins; of the intervals; customers without both answers.
    difference
        Pearson's test that all groups have the same shares of the four types, or why there is none.
    """

    rows: tuple[LoyaltyShare, ...]
    told: Told
    points: Table | None
    thresholds: Thresholds
    confidence: float
    missing: float
    difference: HomogeneityTest | Inapplicable

    def __iter__(self) -> Iterator[LoyaltyShare]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, key: str | tuple[str, str]) -> LoyaltyShare:
        kind, group = (key, "all") if isinstance(key, str) else key
        found = next((row for row in self.rows if row.type == kind and row.group == str(group)), None)
        if found is None:
            known = [*LoyaltyType, *dict.fromkeys(row.group for row in self.rows)]
            rule = "it is a type, and a group"
            raise ArgumentError(Problem("key", repr(key), rule, did_you_mean(str(kind), list(map(str, known)))))
        return found

    def __repr__(self) -> str:
        said = ", ".join(f"{row.type} {float(row.share):.1%}" for row in self.rows[:4])
        return f"<LoyaltyTypes: {said}; n {sum(row.n for row in self.rows[:4]):g}>"

    def to_table(self, language: Language | str | None = None) -> Table:
        """Return one row for each group and type; a language adds the names of the types."""
        return self.told.view(list(self.told.table.columns), language=language, named="type")

    def _repr_html_(self) -> str:
        return self.to_table()._repr_html_()

    def to_frame(self, backend: str | None = None) -> Any:
        """Return all numbers, one row for each group and type."""
        return self.told.table.to_frame(backend)

    def to_dict(self) -> dict[str, Any]:
        """Return all numbers as a JSON-safe dictionary, with the reason of each that does not exist."""
        cuts = self.thresholds
        asked = {
            "thresholds": {"satisfaction": cuts.satisfaction, "loyalty": cuts.loyalty, "rule": cuts.rule},
            "extremes": {"apostle": list(cuts.apostle), "terrorist": list(cuts.terrorist)},
            "confidence": self.confidence,
            "missing": self.missing,
            "difference": difference_record(self.difference),
        }
        reasons = [{"group": row.group, "type": str(row.type), **inapplicable(row)} for row in self.rows]
        return {"reading": "loyalty_types", **asked, **self.told.whole().to_dict(), "inapplicable": reasons}
