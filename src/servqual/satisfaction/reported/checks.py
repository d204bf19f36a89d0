"""Options of scores that people report: intervals, confidence, resamples, boxes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from servqual.errors import Problem, did_you_mean
from servqual.instruments import Scale
from servqual.satisfaction.answer_columns import Problems, attempt
from servqual.statistics._arguments import check_confidence
from servqual.statistics.resample_counts import check_draws


def check_interval(interval: str, known: Sequence[str], confidence: float, draws: int | None, rng: object) -> Problems:
    """Return what is wrong with how an interval is asked for."""
    problems: Problems = []
    if interval not in known:
        rule = f"it is one of {', '.join(known)}"
        problems.append(Problem("interval", repr(interval), rule, did_you_mean(str(interval), known)))
    attempt(problems, check_confidence, confidence)
    if draws is not None:
        attempt(problems, check_draws, draws, rng)
    elif rng is not None:
        problems.append(Problem("rng", "given, without draws", "only resamples use it", "pass draws=2000"))
    elif interval == "bootstrap":
        remedy = "pass draws=2000 and rng=1"
        problems.append(Problem("interval", "'bootstrap' without draws", "it is made of resamples", remedy))
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
