"""`power`: how many units it takes to see a path, or an indirect effect."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from servqual._arrays import Floats
from servqual.chain.graph import Chain
from servqual.chain.power_asking import Effects, design_of, effects_of, sizes_of
from servqual.chain.power_model import power_model
from servqual.chain.power_results import PowerCurve, PowerRow, power_table
from servqual.chain.power_sampling import Sampling
from servqual.chain.power_tests import Samples, Sought, sought_in
from servqual.chain.power_words import TITLE, assumptions, power_notes
from servqual.statistics._arguments import check_confidence
from servqual.statistics._progress import Progress
from servqual.statistics.resample_counts import check_draws
from servqual.telling import Told


def power(
    chain: Chain,
    effects: Effects,
    units: int | Sequence[int],
    *,
    source: str | None = None,
    target: str | None = None,
    clusters: int | None = None,
    icc: float = 0.0,
    periods: int = 1,
    stability: float = 0.0,
    correlations: Mapping[tuple[str, str], float] | None = None,
    method: str = "joint",
    horizon: int | None = None,
    simulations: int = 500,
    rng: int | np.random.Generator = 0,
    confidence: float = 0.95,
    progress: bool = False,
) -> PowerCurve:
    """Power by simulation (sample size): how likely a path or an indirect effect is to be seen with so many units.

    Samples are drawn from the normal population that the standardised effects describe, and each is estimated as `fit`
    would do it: one regression a construct, errors clustered by unit where units have several rows, or by `clusters`.

    Parameters
    ----------
    chain
        Straight links, with or without lags.
    effects
        Link → effect in standard deviations (path coefficient), for every link; links as such, as texts or as pairs.
    units
        Number of units (branches), or several.
    source, target
        The effect that is to be seen: all paths between them, and their sums. Without them, every link.
    clusters, icc
        Clusters of units, as equal as can be, and the share of every construct's own variance (what its causes do not
        explain) that units of one cluster have in common.
    periods, stability
        Periods, and the share of every construct's own variance that a unit keeps over them.
    correlations
        Pairs of exogenous constructs → correlation; none by default.
    method
        Of indirect effects along one path: "joint", all links of the path significant, or "delta". Sums of several
        paths are tested by the delta method in either case.
    horizon
        Greatest sum of lags of a path; needed only where later periods feed back.
    simulations
        Samples of each size.
    rng
        Seed or generator; a number of units gets the same samples whatever others are asked for beside it.
    confidence
        ``1 − confidence`` is the level of the tests, two-sided.
    progress
        Whether a bar is shown.

    Returns
    -------
    PowerCurve
        Power with its Monte Carlo standard error, and `PowerCurve.needed`, the units that give a power.

    Raises
    ------
    ChainError
        Effects that are not those of the links, or that explain all of a construct's variance or more; bent links; one
        end without the other; no path.
    ArgumentError
        Numbers outside their range; fewer rows than coefficients; shares that have nothing to work on.

    Notes
    -----
    The delta method treats a product as normal and sees small indirect effects too rarely; joint significance is nearer
    to what resampling sees (Fritz & MacKinnon 2007). Where later periods feed back, what lasts in a construct goes
    along with its causes, and slopes are biased as in a fit without unit effects; power then counts what it sees.

    References
    ----------
    Fritz & MacKinnon 2007, Psychological Science 18(3):233-239; MacKinnon, Lockwood, Hoffman, West & Sheets 2002,
    Psychological Methods 7(1):83-104; Muthén & Muthén 2002, Structural Equation Modeling 9(4):599-620 (simulation).

    Examples
    --------
    >>> chain = Chain.parse("mood -> guests -> profit")
    >>> effects = {"mood -> guests": 0.4, "guests -> profit": 0.3}
    >>> found = power(chain, effects, [50, 100], source="mood", target="profit", simulations=2000)
    >>> [round(row.power, 1) for row in found]
    [0.5, 0.9]
    """
    check_confidence(confidence)
    check_draws(simulations, rng)
    design = design_of(chain, clusters, icc, periods, stability)
    sizes = sizes_of(chain, units, design)
    strengths = effects_of(chain, effects)
    sought = sought_in(chain, source, target, method, horizon)
    sampling = Sampling(chain, power_model(chain, strengths, correlations or {}, design.lasting), design)
    seed = int(np.random.default_rng(rng).integers(2**62))
    with Progress(len(sizes) * simulations, "power", wanted=progress) as bar:
        found = {
            size: _seen(sought, sampling.samples(size, simulations, seed, confidence), bar) / simulations
            for size in sizes
        }
    rows = tuple(
        _row(each, each.size(strengths), size, float(found[size][place]), simulations)
        for place, each in enumerate(sought)
        for size in sizes
    )
    told = Told(power_table(rows), (), TITLE, tuple(power_notes(chain, design, simulations, confidence, sought)))
    return PowerCurve(
        rows=rows, told=told, units=sizes, simulations=simulations, confidence=confidence,
        assumptions=assumptions(design, confidence),
    )  # fmt: skip


def _seen(sought: Sequence[Sought], samples: Iterable[Samples], bar: Progress) -> Floats:
    """Return in how many samples each effect is seen."""
    seen = np.zeros(len(sought))
    for some in samples:
        seen += [each.seen(some).sum() for each in sought]
        bar.done(len(some.slopes))
    return seen


def _row(sought: Sought, size: float, units: int, share: float, simulations: int) -> PowerRow:
    se = math.sqrt(share * (1 - share) / simulations)
    return PowerRow(
        effect=sought.effect, kind=sought.kind, size=size, test=sought.test, units=units, power=share, se=se
    )
