"""`survey`: simulated answers whose truth is known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from servqual.instruments import Instrument
from servqual.intake import Grouping
from servqual.ratings import Importance
from servqual.simulate.drawing import drawn
from servqual.simulate.population import Population, population
from servqual.simulate.refusals import Findings, Rule
from servqual.simulate.sheet import Sheet
from servqual.simulate.styles import Styles
from servqual.simulate.wishes import Groups, Means, PerLevel, Seed, Wishes
from servqual.survey import Survey

_COUNT = Rule("the number of respondents is a whole number above 0", lambda count: count >= 1 and count.is_integer())


def survey(
    instrument: Instrument,
    n: int,
    *,
    means: Means | None = None,
    sd: PerLevel | None = None,
    correlation: npt.ArrayLike = 0.5,
    level_correlation: npt.ArrayLike = 0.3,
    item_correlation: float = 0.5,
    groups: Groups | None = None,
    clusters: int | None = None,
    icc: float = 0.0,
    styles: Styles | None = None,
    missing: PerLevel = 0.0,
    importance: bool | Mapping[str, float] = False,
    weight_cv: float = 0.0,
    rng: Seed = None,
) -> Survey:
    """Simulated answers of n respondents to an instrument, with means, correlations and groups that are known.

    Behind every answer stands a normal number on the scale,

    ``x = m + sd · (√icc · C + √(1 − icc) · (√ρ · F + √(1 − ρ) · E))``,

    with E of the respondent, item and level, F of the respondent, dimension and level, ρ the item correlation, and C
    of the cluster, built of an F and an E of its own. The answer is x rounded to the nearest point of the scale and
    held within its ends; on a real-valued scale it is only held. Rounding and ends would move the means; therefore m is
    solved for so that the mean *answer* is the one asked for, exactly in the population. Standard deviations and
    correlations are those of x: those of the answers are somewhat smaller, the more so the coarser the scale is and the
    nearer the mean lies to an end.

    Parameters
    ----------
    instrument, n
        What is asked, and of how many.
    means
        Level → dimension → mean answer of each item, on the scale; or level → one mean for all dimensions. High is good
        also for items worded against the service: their answers are turned, as in every survey. Levels and dimensions
        left out have usual means (perceptions at 65 % of the scale's length, expectations at 80 %).
    sd
        Standard deviation of x in points of the scale, one for all or level → number; a fifth of the scale's length
        where it is left out.
    correlation
        Of the dimensions' F at one level: one number for all pairs or a matrix in the instrument's order. Means of k
        items then correlate by it times √(r r'), where r = kρ / (1 + (k − 1)ρ) is the reliability of a mean.
    level_correlation
        Of the x of one item at two levels, such as perception and expectation: one number, or a matrix in the order of
        ``instrument.levels``. Two answers correlate by the product of what their items and their levels have.
    item_correlation
        ρ, of two items of a dimension at one level, 0..1.
    groups
        Column → labels, or column → label → shift of the mean perceptions, in points of the scale, one for all
        dimensions or dimension → number. Respondents fall into groups at random, each equally likely; shifts of several
        columns add up. Means of answers are exact within every group.
    clusters, icc
        Into how many clusters respondents are dealt, in turn, and which share of the variance lies between them: the
        same for x of each item and for every sum and difference of them.
    styles
        Shares of respondents with a response style. The means above are those of all others.
    missing
        Share of answers that are missing completely at random, 0 or more and below 1, one for all or level → share.
    importance
        True, or dimension → mean points: each respondent divides 100 points over the dimensions, in whole points, by a
        multinomial with shares from a Dirichlet distribution.
    weight_cv
        Coefficient of variation of sampling weights, which have mean 1, a gamma distribution and nothing to do with the
        answers; 0 for no weights.
    rng
        Seed or numpy Generator. The same seed gives the same survey, and the first respondents of a larger survey are
        those of a smaller one. Respondents are drawn in whole blocks of 4096, whatever `n` is; a Generator moves on by
        that much.

    Returns
    -------
    Survey
        The clusters, where there are any, are its `cluster`, with labels 1, 2, …

    Raises
    ------
    SimulationError
        Everything that is wrong with the request, at once.

    Notes
    -----
    Where both ADEQUATE and DESIRED are asked, nobody's zone of tolerance is crossed: an adequate answer above the
    desired one is lowered to it. Both means are exact after that; answers about the adequate level are then less
    spread, and closer to the desired ones, than `sd` and `level_correlation` say.

    References
    ----------
    Olsson 1979, Psychometrika 44(4):443-460 (normal numbers behind answers in steps); Bollen & Barb 1981, American
    Sociological Review 46(2):232-239 (how much smaller the correlations of few-point answers are).

    Examples
    --------
    >>> from servqual.instruments import Scale
    >>> kiosk = Instrument.define("kiosk", {"speed": ["wait", "steps"], "screen": ["clear"]}, scale=Scale.likert(7))
    >>> branches = {"north": 0.3, "south": -0.4}
    >>> survey(kiosk, 300, means={"perception": {"speed": 4.5}}, groups={"branch": branches}, rng=1)
    <Survey of 'kiosk': 300 respondents × 3 items; perception, expectation>
    """
    findings = Findings()
    _check(instrument, n, findings)
    generator = _generator(rng, findings)
    wishes = Wishes(
        means=means, sd=sd, correlation=correlation, level_correlation=level_correlation,
        item_correlation=item_correlation, groups=groups, clusters=clusters, icc=icc, styles=styles, missing=missing,
        importance=importance, weight_cv=weight_cv,
    )  # fmt: skip
    asked = population(instrument, wishes, findings)
    return _as_survey(asked, drawn(asked, int(n), generator))


def _check(instrument: object, n: int, findings: Findings) -> None:
    if not isinstance(instrument, Instrument):
        rule = "answers are given to an Instrument"
        findings.add("instrument", repr(instrument), rule, "for example catalogue.servqual()")
        findings.refuse()
    findings.number("n", n, _COUNT)


def _generator(rng: Any, findings: Findings) -> np.random.Generator:
    try:
        return np.random.default_rng(rng)
    except (TypeError, ValueError):
        findings.add("rng", repr(rng), "it is a seed, a whole number of 0 or more, or a numpy Generator")
        return np.random.default_rng(0)


def _as_survey(population: Population, sheet: Sheet) -> Survey:
    cells, rows = population.cells, np.arange(sheet.codes.shape[2], dtype=np.int32)
    named = zip(cells.names, sheet.groups, cells.labels, strict=True)
    cluster = None
    if population.clusters:
        used = min(population.clusters, len(rows))
        cluster = Grouping("cluster", rows % population.clusters, range(1, used + 1))
    return Survey(
        population.instrument,
        sheet.answers(population),
        weights=sheet.weights,
        groups={name: _met(Grouping(name, codes, labels)) for name, codes, labels in named},
        cluster=cluster,
        importance=None if sheet.points is None else Importance.points(sheet.points),
    )


def _met(grouping: Grouping) -> Grouping:
    """Return the grouping without labels that nobody has, as it would come from a file."""
    counts = np.bincount(grouping.codes, minlength=len(grouping.labels))
    return grouping if counts.all() else grouping.take(np.arange(len(grouping)))
