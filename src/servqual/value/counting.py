"""Numbers of periods, years and draws: whole, and one at least."""

from __future__ import annotations

from servqual.errors import Problem


def count_problems(**counts: int) -> list[Problem]:
    """Return what is wrong with numbers of periods, years or draws, each by its name."""
    return [
        Problem(name, f"{count}", "it is a whole number, one at least")
        for name, count in counts.items()
        if not (count >= 1 and count % 1 == 0)
    ]
