"""Why a statistic is not there, with the names of what is to blame."""

from __future__ import annotations

from collections.abc import Sequence

from servqual.statistics import Inapplicable

UNKNOWN_WORTH = Inapplicable(
    "sampling weights were summarised without a model, so that their effective number of respondents is not known"
)


def why(reason: Inapplicable, names: Sequence[str]) -> str:
    """Return a reason with the names that its positions stand for."""
    named = ", ".join(names[place] for place in reason.positions if place < len(names))
    return f"{reason.reason} ({named})" if named else reason.reason
