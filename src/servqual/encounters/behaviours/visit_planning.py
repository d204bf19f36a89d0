"""`mystery_visits`: how many visits of mystery shoppers a share needs, in how many places."""

from __future__ import annotations

import math

from attrs import frozen

from servqual.errors import EncounterError, Problem, ServqualError
from servqual.statistics._numbers import AT_LEAST_ONE, INSIDE, Range, single
from servqual.statistics.design_effects import expected_design_effect
from servqual.statistics.planning import sample_size_share
from servqual.statistics.plans import Plan, up

_PLACES = Range(lambda x: (x >= 1) & (x < math.inf), "there is one place at least, None for many")
_CORRELATION = Range(lambda x: (x >= 0) & (x < 1), "it lies from 0 to below 1")


@frozen(kw_only=True)
class VisitPlan:
    """How many visits of mystery shoppers are needed.

    Attributes
    ----------
    visits, sites
        Visits in all, and places to visit.
    each
        Visits of each place.
    plan
        What the number rests on.
    to_see_one
        Visits of different places needed to meet with the confidence at least one of such failures as happen in
        ``1 − share`` of encounters.
    """

    visits: int
    sites: int
    each: int
    plan: Plan
    to_see_one: int

    def __str__(self) -> str:
        return f"{self.visits} visits: {self.sites} places, {self.each} each ({'; '.join(self.plan.assumptions)})"


def mystery_visits(
    margin: float,
    *,
    share: float = 0.5,
    each: int = 1,
    icc: float = 0.0,
    places: int | None = None,
    confidence: float = 0.95,
) -> VisitPlan:
    """Sample size of mystery shopping: visits and places that tell the share of encounters done right to a margin.

    ``n = deff z² p (1 − p) / margin²`` with ``deff = 1 + (each − 1) icc``, for visits of one place resemble each other;
    ``⌈n / each⌉`` places. With few places in all, their number takes the finite-population correction. One failure of
    probability ``1 − p`` is met with the confidence in ``⌈ln(1 − confidence) / ln p⌉`` visits.

    Parameters
    ----------
    margin
        Half the width of the interval, strictly between 0 and 1.
    share
        The share to be expected, strictly between 0 and 1.
    each
        Visits of each place, one or more.
    icc
        Intraclass correlation of visits of one place, from 0 to below 1.
    places
        How many places there are in all; None for many.
    confidence
        Between 0 and 1.

    Returns
    -------
    VisitPlan
        Visits, places, and the assumptions.

    Raises
    ------
    EncounterError
        If numbers are outside their ranges.

    References
    ----------
    Cochran 1977, Sampling Techniques, 3rd ed., Wiley, section 4.4; Kish 1965, Survey Sampling, Wiley, section 5.4.

    Examples
    --------
    >>> plan = mystery_visits(0.1, share=0.8, each=3, icc=0.2)
    >>> plan.visits, plan.sites, plan.to_see_one
    (87, 29, 14)
    """
    try:
        known = {} if places is None else {"places": (places, _PLACES)}
        size, alike, part, *_ = single(
            each=(each, AT_LEAST_ONE), icc=(icc, _CORRELATION), share=(share, INSIDE), **known
        )
        effect = float(expected_design_effect(size, alike))
        plan = sample_size_share(margin, part, confidence, design_effect=effect)
    except ServqualError as error:
        raise EncounterError(*error.problems) from error
    counts = (("each", size, "visits"), ("places", places or 1, "places"))
    rule = "are whole numbers"
    problems = [Problem(name, f"{of:g}", f"{what} {rule}") for name, of, what in counts if of != round(of)]
    if problems:
        raise EncounterError(*problems)
    exact = plan.exact / size
    # places are drawn without repetition: m = m0 / (1 + (m0 − 1) / M)
    sites = up(exact if places is None else exact / (1 + max(exact - 1, 0.0) / places))
    seen = math.ceil(math.log(1 - confidence) / math.log(part))
    return VisitPlan(visits=sites * round(size), sites=sites, each=round(size), plan=plan, to_see_one=seen)
