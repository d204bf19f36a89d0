"""What a summary keeps of one group of respondents: sums and counts, and nobody's answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import frozen

from servqual.errors import MergeError, Problem
from servqual.instruments import Level
from servqual.scoring.estimates import Part, Term
from servqual.scoring.origins import joined_products
from servqual.scoring.record_keys import check_keys
from servqual.statistics.clusters import ClusterSums
from servqual.statistics.crossproducts import CrossProducts
from servqual.statistics.moments import Moments
from servqual.statistics.replicates import Replicates
from servqual.statistics.tallies import Tallies


@frozen(eq=False)
class GroupSums:
    """The sums of one group: of the answers (counts per scale point, cross-products) and of each model's scores.

    Attributes
    ----------
    rows
        Respondents seen.
    tallies
        Level → counts per item and scale point; empty for real-valued scales.
    products
        Cross-products of all items at all levels, level by level; None where only counts are known, or where levels
        come from different people.
    parts
        One per model: moments of items, dimensions and overall scores.
    replicates
        Bootstrap sums of dimension and overall scores: models side by side, and the terms of each; None without.
    """

    rows: int
    tallies: Mapping[Level, Tallies]
    products: CrossProducts | None
    parts: tuple[Part, ...]
    replicates: Replicates | None = None

    def __add__(self, other: Self) -> Self:
        if set(self.tallies) != set(other.tallies) or (self.products is None) != (other.products is None):
            found = "answers of the same people side by side on one side, not on the other"
            rule = "a survey, an unpaired survey and published counts do not mix"
            raise MergeError(Problem("summary", found, rule))
        tallies = {level: counts + other.tallies[level] for level, counts in self.tallies.items()}
        products = None
        if self.products is not None and other.products is not None:
            products = joined_products(self.products, other.products)
        parts = tuple(a + b for a, b in zip(self.parts, other.parts, strict=True))
        replicates = None
        if self.replicates is not None and other.replicates is not None:
            replicates = self.replicates + other.replicates
        return type(self)(self.rows + other.rows, tallies, products, parts, replicates)

    def to_dict(self) -> dict[str, Any]:
        """Return a JSON-safe dictionary."""
        return {
            "rows": self.rows,
            "tallies": {str(level): counts.to_dict() for level, counts in self.tallies.items()},
            "products": None if self.products is None else self.products.to_dict(),
            "parts": [[_term_record(term) for term in part.terms] for part in self.parts],
            "replicates": None if self.replicates is None else self.replicates.to_dict(),
        }

    @classmethod
    def from_dict(cls, record: Mapping[str, Any]) -> Self:
        """Return the sums that a dictionary describes.

        Raises
        ------
        RecordError
            Missing or unknown keys, or sums that are not what their key promises.
        """
        check_keys("groups", record, ("rows", "tallies", "products", "parts", "replicates"))
        tallies = {Level(level): Tallies.from_dict(counts) for level, counts in record["tallies"].items()}
        products = None if record["products"] is None else CrossProducts.from_dict(record["products"])
        parts = tuple(Part(tuple(_term(each) for each in terms)) for terms in record["parts"])
        replicates = None if record["replicates"] is None else Replicates.from_dict(record["replicates"])
        return cls(int(record["rows"]), tallies, products, parts, replicates)


def _term_record(term: Term) -> dict[str, Any]:
    clusters = None if term.clusters is None else term.clusters.to_dict()
    sums = {"moments": term.moments.to_dict(), "clusters": clusters}
    return {"coefficient": term.coefficient, **sums, "respondents": term.respondents}


def _term(record: Mapping[str, Any]) -> Term:
    check_keys("parts", record, ("coefficient", "moments", "clusters", "respondents"))
    clusters = None if record["clusters"] is None else ClusterSums.from_dict(record["clusters"])
    moments = Moments.from_dict(record["moments"])
    return Term(int(record["coefficient"]), moments, clusters, int(record["respondents"]))
