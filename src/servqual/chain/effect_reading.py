"""`effects`: what one construct does to another along the links of a fitted chain."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from servqual._arrays import Floats
from servqual.chain import effect_words as words
from servqual.chain.effect_asking import Options, Question, effect_question
from servqual.chain.effect_notes import chain_notes, method_notes
from servqual.chain.effect_paths import Ways, path_key, path_label
from servqual.chain.effect_rows import Effects
from servqual.chain.effect_sums import PathSums
from servqual.chain.effect_values import Effect
from servqual.chain.effect_words import EffectKind, EffectMethod
from servqual.chain.fitted import Direction, Fit
from servqual.chain.link import Link
from servqual.chain.resampled import Drawn, bootstrap_spread
from servqual.chain.slope_spreads import covariance_of, degrees_of, delta_spread, monte_carlo_spread, slopes_of
from servqual.chain.units import UnitTable
from servqual.labels import Label
from servqual.statistics.comparison import t_test
from servqual.statistics.propagation import Spread
from servqual.statistics.reasoned import columns_of
from servqual.tables import Table
from servqual.telling import Told


def effects(
    fit: Fit,
    source: str,
    target: str,
    *,
    units: UnitTable | None = None,
    draws: int | None = None,
    rng: int | np.random.Generator | None = None,
    method: EffectMethod | str | None = None,
    confidence: float = 0.95,
    horizon: int | None = None,
    direction: Direction = "gain",
    standardised: bool = False,
    cluster: str | None = None,
    progress: bool = False,
    chunk: int | None = None,
) -> Effects:
    """Effects of one construct on another (mediation, path analysis): direct, by each path, total indirect, total.

    The effect of a path is the product of the slopes of its links, the total effect the sum over all paths. Controls
    are part of the regressions, and so of the slopes.

    Parameters
    ----------
    fit
        An estimated chain.
    source, target
        Two of its constructs.
    units
        The table of units that the fit was made of: asks for the bootstrap. All rows of a unit move together, and so do
        all units of a cluster.
    draws
        Resamples (by default 5000), or draws of Monte Carlo (20 000).
    rng
        A seed or a generator, for whatever is drawn. The same seed gives the same answer, whatever the `chunk`.
    method
        Without `units`, "delta" (the default) or "monte_carlo"; with them, "percentile" (the default) or "bca". The
        percentile interval is the default because bias-corrected ones find effects that are not there too often in
        samples of moderate size, BCa among them.
    confidence
        Of all intervals.
    horizon
        The periods that paths may take in all; needed where later periods feed back.
    direction
        "gain" or "loss": which slope of links that are not straight; they are taken at the means of the fit.
    standardised
        In standard deviations of target per standard deviation of source. The bootstrap estimates these anew in each
        resample; the delta method and Monte Carlo take them as known.
    cluster
        A column of clusters that move together when resampled; by default that of the fit, and else units.
    progress
        Whether a bar is shown while resamples are drawn (needs tqdm).
    chunk
        Resamples solved at once: memory against time.

    Returns
    -------
    Effects
        With joint significance and the errors of Sobel, Aroian and Goodman for paths of two links, the share mediated,
        and contrasts of paths on request.

    Raises
    ------
    FitError
        All problems at once: no path, resampling without `units`, options that a method does not use, no seed, units
        that do not give the coefficients of the fit, fewer than two clusters.
    ChainError
        An unknown construct; paths without end, and no horizon.

    Notes
    -----
    Robust and mixed regressions are fitted again in every resample, which takes long; a unit that is drawn twice counts
    as two. All others need products of columns only.

    References
    ----------
    Sobel 1982, Sociological Methodology 13:290-312; Bollen 1987, Sociological Methodology 17:37-69; MacKinnon, Lockwood
    & Williams 2004, Multivariate Behavioral Research 39(1):99-128; Fritz, Taylor & MacKinnon 2012, Multivariate
    Behavioral Research 47(1):61-87 (bias correction and false findings); Hayes & Scharkow 2013, Psychological Science
    24(10):1918-1927.

    Examples
    --------
    >>> from servqual.chain import Chain, UnitTable, fit
    >>> rows = {"m": [1, 2, 2, 4, 5, 4], "x": [1, 2, 3, 4, 5, 6], "y": [2, 1, 3, 4, 6, 5]}
    >>> found = effects(fit(Chain.parse("x -> m -> y; x -> y"), UnitTable.from_arrays(list("ABCDEF"), rows)), "x", "y")
    >>> found["x -> m -> y"], round(found["total"].estimate, 3)
    (<Effect x -> m -> y: 0.4711 (-0.4802 to 1.422)>, 0.886)
    """
    options = Options(units, draws, rng, method, confidence, direction, standardised, cluster, progress, chunk)
    question, ways = effect_question(options), Ways.of(fit.chain, source, target, horizon)
    spread, drawn = spread_of(fit, ways.links, question, (source, target) if standardised else ())
    sums = _sums(fit, ways, spread, question)
    kinds, keys, weights = _rows(ways)
    found = sums.of(kinds, keys, weights)
    notes = [*chain_notes(fit, ways.links, question), *_notes(ways, horizon), *method_notes(question, drawn)]
    return Effects(
        source=source,
        target=target,
        rows=found,
        share_mediated=sums.share(found[-1]),
        told=_told(fit, ways, found, notes, question),
        method=question.method,
        confidence=confidence,
        standardised=standardised,
        draws=question.draws,
        failures=drawn.failures if drawn else 0,
        weights=weights,
        sums=sums,
    )


def spread_of(
    fit: Fit, links: Sequence[Link], question: Question, measured: Sequence[str] = ()
) -> tuple[Spread, Drawn | None]:
    """Return the slopes of links, then the standard deviations of some constructs, with how they would vary."""
    if question.drawing is not None:
        drawn = bootstrap_spread(fit, links, question.drawing, direction=question.direction, measured=measured)
        return drawn.spread, drawn
    sds = np.array([fit.sd_of(each) for each in measured])
    if question.method is EffectMethod.DELTA:
        return delta_spread(fit, links, question.direction, sds), None
    return monte_carlo_spread(fit, links, question.direction, sds, draws=question.draws, rng=question.rng), None


def _sums(fit: Fit, ways: Ways, spread: Spread, question: Question) -> PathSums:
    slopes = slopes_of(fit, ways.links, question.direction)
    errors = np.sqrt(covariance_of(fit, ways.links, question.direction).diagonal())
    df = degrees_of(fit, ways.links)
    return PathSums(
        ways=ways,
        spread=spread,
        slopes=slopes,
        errors=errors,
        df=df,
        p=t_test(slopes, errors, df).p,
        confidence=question.confidence,
        standardised=question.standardised,
    )


def _rows(ways: Ways) -> tuple[list[EffectKind], list[str], Floats]:
    """Return what each row is, its key and its weights of the paths: paths first, then sums."""
    direct = np.array(ways.direct)
    kinds = [EffectKind.DIRECT if each else EffectKind.SPECIFIC for each in direct.tolist()]
    sums = {EffectKind.TOTAL_DIRECT: direct} if direct.sum() > 1 else {}
    sums |= {EffectKind.TOTAL_INDIRECT: ~direct} if not direct.all() else {}
    sums |= {EffectKind.TOTAL: np.ones_like(direct)}
    keys = [path_key(path) for path in ways.paths] + [str(kind).replace("_", " ") for kind in sums]
    return [*kinds, *sums], keys, np.vstack([np.eye(direct.size), *sums.values()]).astype(np.float64)


def _told(fit: Fit, ways: Ways, found: Sequence[Effect], notes: Sequence[Label], question: Question) -> Told:
    columns = {"effect" if name == "key" else name: cells for name, cells in columns_of(found, Effect).items()}
    labels = [path_label(fit.chain, path) for path in ways.paths]
    labels += [row.kind.label for row in found[len(labels) :]]
    source, target = fit.chain.label(ways.source), fit.chain.label(ways.target)
    share = f"{question.confidence:.0%}"
    title = Label(
        f"Effects of {source.en} on {target.en}, {share} intervals",
        f"{source.text('zh')}对{target.text('zh')}的效应，{share} 置信区间",
    )
    return Told(Table(columns), labels, title, tuple(notes))


def _notes(ways: Ways, horizon: int | None) -> Iterator[Label]:
    if any(ways.lags) or horizon is not None:
        yield words.lag_note(max(ways.lags), horizon)
    yield words.JOINT
