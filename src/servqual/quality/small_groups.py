"""Which groups are large enough to be compared, and what is said of those that are not."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from servqual._arrays import Floats
from servqual.errors import GroupError, Problem
from servqual.labels import Label
from servqual.scoring.estimates import Part
from servqual.scoring.grouping import Labels
from servqual.scoring.suppression import check_min_group, hidden_groups


def large_enough(
    parts: Mapping[Labels, Part], rows: int, min_group: int | None
) -> tuple[dict[Labels, Part], Label | None]:
    """Return the groups of at least so many respondents behind every one of the scores, and a note on the others.

    Parameters
    ----------
    parts
        Sums of the groups: of items, dimensions, and two overall scores.
    rows
        How many scores are compared: the last ones but for the mean of items.
    min_group
        Respondents of a group at least; None takes all groups.

    Raises
    ------
    ArgumentError
        A smallest group of less than one respondent.
    GroupError
        Fewer than two groups that are left.
    """
    check_min_group(min_group)
    if min_group is None:
        return dict(parts), None
    n = np.array([_respondents(part, rows) for part in parts.values()])
    hidden = hidden_groups(n, min_group).tolist()
    kept = {labels: part for (labels, part), gone in zip(parts.items(), hidden, strict=True) if not gone}
    few = int((n < min_group).any(axis=1).sum())
    if len(kept) < 2:
        found = f"fewer than {min_group} respondents in {few} of {len(parts)} groups, which leaves {len(kept)}"
        rule = "a comparison is of two groups at least, and none is told by subtraction"
        raise GroupError(Problem("min_group", found, rule, "put small groups together, or choose a smaller min_group"))
    return kept, note_of_left_out(len(parts), few, sum(hidden) - few, min_group)


def note_of_left_out(groups: int, few: int, more: int, least: int) -> Label:
    """Return the note on groups that took no part: `few` of fewer than `least` respondents, and `more` beside them."""
    if not few:
        return Label(
            f"no group is left out: each has at least {least} respondents",
            f"没有排除任何组：每组至少有{least}名受访者",
        )
    beside = f", and {more} more, so that the total does not give them away" if more else ""
    further = f"；另排除{more}组，以免由总体推算" if more else ""
    return Label(
        f"left out: {few} of {groups} groups, of fewer than {least} respondents each{beside}",
        f"未纳入：{groups}组中的{few}组，各组受访者不足{least}人{further}",
    )


def _respondents(part: Part, rows: int) -> Floats:
    """Return how many respondents stand behind each of the scores; where people differ between levels, the fewer."""
    return np.asarray(np.min([term.n[-1 - rows : -1] for term in part.terms], axis=0))
