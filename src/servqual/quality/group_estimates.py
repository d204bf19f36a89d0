"""What is known of each of several groups, and what stands in the way of comparing them, from sums that merge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Self

import numpy as np
from attrs import frozen

from servqual._arrays import Bools, Floats
from servqual.quality.cluster_scatter import Scatter, scatter_of
from servqual.quality.gap_estimates import NESTED, SAMPLED
from servqual.quality.spreads import spread_of
from servqual.scoring.estimates import Part
from servqual.scoring.grouping import Labels
from servqual.statistics import WeightKind, welch_degrees_of_freedom
from servqual.statistics.reasoned import Case

NO_ANSWERS = "groups without answers"
ONE_ANSWER = "groups of one answer"
ONE_CLUSTER = "groups of one cluster"
STILL = "groups without variation"


@frozen(eq=False)
class Groups:
    """What is known of each group: arrays of shape (groups, m), one column per item, dimension and the overall score.

    Attributes
    ----------
    labels
        What groups are called.
    parts
        Their sums.
    n, mean, sd, se, df
        Respondents, means, standard deviations (NaN where levels come from different people), errors of means by
        themselves, and their degrees of freedom.
    naive
        Errors as they were without clusters.
    few
        Respondents of the smaller sample: as `n`, but where levels come from different people.
    scatter
        Of clusters; None without.
    """

    labels: tuple[Any, ...]
    parts: tuple[Part, ...]
    n: Floats
    mean: Floats
    sd: Floats
    se: Floats
    df: Floats
    naive: Floats
    few: Floats
    scatter: Scatter | None

    @classmethod
    def of(cls, parts: Mapping[Labels, Part]) -> Self:
        """Return the groups of some sums, told apart by one grouping column."""
        rows = [_numbers(part) for part in parts.values()]
        columns = {name: np.stack([row[name] for row in rows]) for name in rows[0]}
        held = tuple(parts.values())
        clustered = held[0].terms[0].clusters is not None
        return cls(tuple(label for (label,) in parts), held, **columns, scatter=scatter_of(held) if clustered else None)

    @property
    def independent(self) -> str:
        """Why respondents do not count as independent and alike; empty where they do."""
        if self.scatter is not None:
            return NESTED
        return SAMPLED if self.parts[0].terms[0].moments.kind is WeightKind.SAMPLING else ""

    def obstacles(self, places: Sequence[int]) -> list[Case]:
        """Return for each row which of some groups stand in the way of a test, by name."""
        clusters = np.full(self.n.shape, 2)
        if self.scatter is not None:
            clusters = np.einsum("ggm->gm", self.scatter.shared)[:, :-1]
        found = [
            (self.few == 0, NO_ANSWERS),
            (self.few == 1, ONE_ANSWER),
            ((self.few > 1) & (clusters == 1), ONE_CLUSTER),
        ]
        return [case for holds, why in found for case in self._named(holds, why, places)]

    def still(self, places: Sequence[int]) -> list[Case]:
        """Return for each row which of some groups do not vary, by name."""
        return self._named((self.few > 1) & (self.se == 0), STILL, places)

    def _named(self, holds: Bools, why: str, places: Sequence[int]) -> list[Case]:
        """Return one case for each set of groups that something holds of."""
        chosen = holds[list(places)]
        cases: list[Case] = []
        for which in np.unique(chosen, axis=1).T:
            names = ", ".join(str(self.labels[place]) for place, there in zip(places, which, strict=True) if there)
            if names:
                cases.append((np.asarray((chosen == which[:, None]).all(axis=0)), f"{why}: {names}"))
        return cases


def _numbers(part: Part) -> dict[str, Floats]:
    """Return what is known of one group's scores."""
    terms = [term.at(slice(0, -1)) for term in part.terms]
    sizes = np.stack([term.n[:-1] for term in part.terms])
    spreads = np.stack([spread_of(term) for term in part.terms])
    squares = np.stack([t.coefficient**2 * of[2] for t, of in zip(part.terms, terms, strict=True)])
    naive = np.sum([(t.coefficient * t.moments.standard_error[:-1]) ** 2 for t in part.terms], axis=0)
    still = (spreads == 0).all(axis=0)
    freedoms = np.stack([of[3] for of in terms])
    # Welch's formula has no value where nothing varies
    freedom = np.where(squares.sum(axis=0) > 0, welch_degrees_of_freedom(squares, freedoms), freedoms.sum(axis=0))
    return {
        "n": sizes.sum(axis=0),
        "few": sizes.min(axis=0),
        "mean": np.sum([t.coefficient * of[0] for t, of in zip(part.terms, terms, strict=True)], axis=0),
        "sd": spreads[0] if part.paired else np.full(sizes.shape[1], np.nan),
        "se": np.where(still, 0.0, np.sqrt(squares.sum(axis=0))),
        "naive": np.sqrt(naive),
        "df": freedoms[0] if part.paired else freedom,
    }
