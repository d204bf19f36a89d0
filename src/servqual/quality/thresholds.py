"""`Thresholds`: from where on the critic speaks."""

from __future__ import annotations

import attrs
from attrs import frozen

from servqual.errors import Problem
from servqual.statistics import ArgumentError

_SHARES = frozenset({"ceiling", "careless", "missing", "added_r2", "lost_r2", "significance"})


@frozen
class Thresholds:
    """From where on the critic speaks of something; conventions of the literature, none of them a law.

    Parameters
    ----------
    alpha, alpha_serious
        Least alpha of a dimension (Nunnally & Bernstein 1994), and what is serious.
    difference, difference_serious
        The same for the reliability of a gap (Peter, Churchill & Brown 1993).
    htmt, htmt_serious
        Greatest ratio of dimensions that still differ, and what is serious (Henseler, Ringle & Sarstedt 2015).
    ceiling, ceiling_serious
        Share of a dimension's answers on the highest point.
    added_r2, lost_r2
        Least share of a criterion's variance that is worth telling: what expectation explains beyond perception, what
        a model gains; and what is serious if a difference loses it.
    significance
        Level of all tests.
    careless, careless_serious
        Share of respondents who give one answer throughout (Curran 2016 finds a tenth usual).
    design_effect, design_effect_serious
        1.5 makes naive errors a fifth too small; 2 is a rule of Muthén & Satorra (1995).
    units
        Groups from which on a column counts as units that were sampled, rather than segments to be compared.
    group_size, group_size_serious
        Respondents that a group's mean should rest on.
    missing, missing_shift
        Share of an item's answers that are missing, and by how many standard deviations those who left it out answer
        other items differently (Cohen 1988: .2 is small).

    Raises
    ------
    ArgumentError
        Thresholds that cannot be; all of them at once.

    References
    ----------
    Nunnally & Bernstein 1994, Psychometric Theory, 3rd ed., McGraw-Hill; Peter, Churchill & Brown 1993, Journal of
    Consumer Research 19(4):655-662; Henseler, Ringle & Sarstedt 2015, Journal of the Academy of Marketing Science
    43(1):115-135; Curran 2016, Journal of Experimental Social Psychology 66:4-19; Muthén & Satorra 1995, Sociological
    Methodology 25:267-316; Cohen 1988, Statistical Power Analysis for the Behavioral Sciences, 2nd ed., Erlbaum.

    Examples
    --------
    >>> Thresholds(alpha=0.8).alpha
    0.8
    """

    alpha: float = 0.70
    alpha_serious: float = 0.50
    difference: float = 0.70
    difference_serious: float = 0.50
    htmt: float = 0.85
    htmt_serious: float = 0.90
    ceiling: float = 0.50
    ceiling_serious: float = 0.75
    added_r2: float = 0.01
    lost_r2: float = 0.05
    significance: float = 0.05
    careless: float = 0.05
    careless_serious: float = 0.15
    design_effect: float = 1.5
    design_effect_serious: float = 2.0
    units: int = 10
    group_size: int = 30
    group_size_serious: int = 10
    missing: float = 0.05
    missing_shift: float = 0.2

    def __attrs_post_init__(self) -> None:
        problems = []
        for name, value in attrs.asdict(self).items():
            share = name.removesuffix("_serious") in _SHARES
            if not value > 0 or (share and value >= 1):
                rule = "it is a share between 0 and 1" if share else "it is above 0"
                problems.append(Problem(name, f"{value}", rule))
        for name, better in {"alpha": 1, "difference": 1, "group_size": 1, "htmt": -1, "ceiling": -1, "careless": -1,
                             "design_effect": -1}.items():  # fmt: skip
            usual, serious = getattr(self, name), getattr(self, f"{name}_serious")
            if (usual - serious) * better < 0:
                found, rule = f"{serious} against {usual}", f"what is serious lies beyond {name}"
                problems.append(Problem(f"{name}_serious", found, rule))
        if problems:
            raise ArgumentError(*problems)
