"""What a net promoter score is asked of: thresholds on the scale, classes of answers, published counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from servqual._arrays import Floats, Ints
from servqual.errors import Problem, did_you_mean
from servqual.errors.problems import unknown_word
from servqual.instruments import Scale
from servqual.satisfaction.gathering import Problems
from servqual.satisfaction.reported.checks import check_interval
from servqual.satisfaction.reported.intake import ALL

if TYPE_CHECKING:
    from servqual.satisfaction.reported.promoter_rows import PromoterAsk

CLASSES = ("detractors", "passives", "promoters")
_METHODS = ("adjusted_wald", "wald", "bootstrap")
_DIVISORS = ("n", "n-1")


def check_asked(ask: PromoterAsk) -> Problems:
    """Return what is wrong with thresholds and options."""
    problems = check_interval(ask.interval, _METHODS, ask.confidence, ask.draws, ask.rng)
    if ask.divisor not in _DIVISORS:
        rule = "the divisor of the variance is 'n' or 'n-1'"
        problems.append(unknown_word("divisor", ask.divisor, _DIVISORS, rule))
    scale = ask.scale
    for place, value in (("promoters", ask.promoters), ("detractors", ask.detractors)):
        if not scale.contains(value):
            problems.append(Problem(place, f"{value:g}", f"the threshold is on the scale {scale}"))
    if ask.promoters <= ask.detractors:
        found = f"promoters from {ask.promoters:g}, detractors up to {ask.detractors:g}"
        problems.append(Problem("thresholds", found, "promoters begin above the detractors"))
    return problems


def remedy_of(found: Scale, wanted: Scale) -> Problems:
    """Return that a survey's scale is not the one that the score is made for."""
    asked = f"scale=Scale({found.low:g}, {found.high:g})"
    remedy = f"say so: {asked}, with promoters= and detractors= on it, or rescale the answers beforehand"
    return [Problem("scale", f"the survey's answers are on {found}", f"this score is of answers on {wanted}", remedy)]


def classes_of(values: Floats, promoters: float, detractors: float) -> Ints:
    """Return 0 for detractors, 1 for passives, 2 for promoters, −1 where there is no answer."""
    classes = np.where(values >= promoters, 2, np.where(values <= detractors, 0, 1))
    return np.where(np.isnan(values), -1, classes)


def counted(counts: Any, ask: PromoterAsk, problems: Problems) -> dict[str, Floats]:
    """Return the counts of the three classes, of everybody and of each group."""
    if not (isinstance(counts, Mapping) and counts and all(map(_is_group, counts.values()))):
        found = _three("counts", counts, ask, problems)
        return {} if found is None else {ALL: found}
    made = {str(group): _three(f"counts of {group}", each, ask, problems) for group, each in counts.items()}
    whole = {group: each for group, each in made.items() if each is not None}
    if ALL in whole:
        problems.append(Problem("counts", "a group named 'all'", "the sum of the groups has this name", "leave it out"))
    return {ALL: np.sum(list(whole.values()), axis=0), **whole} if whole else {}


def _is_group(counts: Any) -> bool:
    return isinstance(counts, Mapping) or bool(np.ndim(counts))


def _three(place: str, counts: Any, ask: PromoterAsk, problems: Problems) -> Floats | None:
    before = len(problems)
    if isinstance(counts, Mapping):
        names = any(isinstance(key, str) for key in counts)
        known: tuple[Any, ...] = CLASSES if names else ask.scale.points
        for key in counts:
            if key not in known:
                rule = "counts are of promoters, passives and detractors, or of points of the scale"
                problems.append(Problem(place, repr(key), rule, did_you_mean(str(key), CLASSES)))
        values = [counts.get(key, 0) for key in known]
    else:
        names, known, values = False, ask.scale.points, list(np.asarray(counts).tolist())
        if len(values) != len(known):
            rule = f"a list has a count for each point of the scale {ask.scale}, {len(known)} of them"
            remedy = "name the three classes: {'promoters': …, 'passives': …, 'detractors': …}"
            problems.append(Problem(place, f"{len(values)} counts", rule, remedy))
    _check_counts(place, values, problems)
    if len(problems) > before:
        return None
    numbers = np.array(values, np.float64)
    if names:
        return numbers
    classes = classes_of(np.array(known), ask.promoters, ask.detractors)
    return np.asarray(np.bincount(classes, numbers, len(CLASSES)), np.float64)


def _check_counts(place: str, values: list[Any], problems: Problems) -> None:
    try:
        numbers = np.array(values, np.float64)
    except (TypeError, ValueError):
        problems.append(Problem(place, "some are no numbers", "counts are whole numbers, zero or more"))
        return
    if not (np.isfinite(numbers) & (numbers >= 0) & (np.rint(numbers) == numbers)).all():
        wrong = ", ".join(f"{each:g}" for each in numbers.tolist() if not (each >= 0 and float(each).is_integer()))
        remedy = "shares are multiplied by the number of respondents first"
        problems.append(Problem(place, wrong, "counts are whole numbers, zero or more", remedy))
    elif not numbers.any():
        problems.append(Problem(place, "all zero", "somebody answered"))
