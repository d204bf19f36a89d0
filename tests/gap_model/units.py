"""Units whose gaps and causes are drawn from normal distributions, with causes that work or do not."""

from collections.abc import Mapping, Sequence

import numpy as np

from servqual.gap_model.antecedent_scores import Antecedents
from servqual.gap_model.cause_data import known_causes
from servqual.gap_model.gap_words import LINKS, StationGap
from servqual.gap_model.unit_gaps import UnitGaps

CHAINED = tuple(name.gap for name in LINKS)
ALL = tuple(cause.key for cause in known_causes())


def drawn(
    seed: int,
    n: int,
    works: Mapping[tuple[str, str], float] | None = None,
    *,
    causes: Sequence[str] = ALL,
    gaps: Sequence[StationGap] = CHAINED,
    errors: float = 0.1,
) -> tuple[UnitGaps, Antecedents]:
    """Return gaps of units around −0.3 and scores of causes around 4, with slopes by (gap, cause)."""
    rng = np.random.default_rng(seed)
    scores = {cause: rng.normal(4, 1, n) for cause in causes}
    values = rng.normal(-0.3, 0.5, (n, len(gaps), 1))
    for (gap, cause), slope in (works or {}).items():
        values[:, [each.key for each in gaps].index(gap), 0] += slope * (scores[cause] - 4)
    units = [f"u{place}" for place in range(n)]
    made = UnitGaps(units, gaps, ["overall"], values, np.full_like(values, errors))
    return made, Antecedents.from_arrays(units, scores)
