"""Options of scores that people report: intervals, confidence, resamples, boxes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from servqual.errors import Problem
from servqual.errors.problems import unknown_word
from servqual.instruments import Scale
from servqual.satisfaction.drawing import draws_asked
from servqual.satisfaction.gathering import Problems, attempt
from servqual.statistics._arguments import check_confidence


def check_interval(
    interval: str, known: Sequence[str], confidence: float, draws: int | None, rng: object, *, beside: bool = True
) -> Problems:
    """Return what is wrong with how an interval is asked for; `beside` the others the bootstrap is told, or alone."""
    problems: Problems = []
    if interval not in known:
        problems.append(unknown_word("interval", interval, known))
    attempt(problems, check_confidence, confidence)
    many = attempt(problems, draws_asked, draws, rng)
    if interval == "bootstrap" and many == 0:
        problems.append(Problem("interval", "'bootstrap', and nothing drawn", "it is made of resamples", "pass rng=1"))
    if many and interval != "bootstrap" and not beside:
        remedy = 'interval="bootstrap", or leave rng= out'
        problems.append(Problem("rng", f"given, with interval {interval!r}", "only resamples use it", remedy))
    return problems


def check_boxes(boxes: Any, scale: Scale) -> tuple[float, ...]:
    """Return the answers that count, sorted.

    Raises
    ------
    LoyaltyError
        Boxes that are none, not on the scale, twice, or all of it.
    """
    from servqual.errors import LoyaltyError

    if scale.step is None:
        raise LoyaltyError(Problem("scale", f"{scale}", "boxes are points of a scale with steps"))
    given = [float(each) for each in ((boxes,) if isinstance(boxes, int | float) else boxes)]
    problems: Problems = [
        Problem("boxes", f"{each:g}", f"boxes are points of the scale {scale}")
        for each in given
        if not scale.contains(each)
    ]
    if not given:
        problems.append(Problem("boxes", "none", "the answers that count are named", "boxes=(4, 5)"))
    if len(set(given)) < len(given):
        problems.append(Problem("boxes", ", ".join(f"{each:g}" for each in given), "each box is named once"))
    if not problems and len(given) == round(scale.span / scale.step) + 1:
        problems.append(Problem("boxes", "all points of the scale", "some answers do not count"))
    if problems:
        raise LoyaltyError(*problems)
    return tuple(sorted(given))
