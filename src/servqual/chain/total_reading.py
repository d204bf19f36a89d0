"""`total_effects`: what each construct of a fitted chain does to each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from servqual._arrays import Floats
from servqual.chain import effect_words as words
from servqual.chain.effect_asking import Options, Question, effect_question
from servqual.chain.effect_notes import chain_notes, method_notes
from servqual.chain.effect_reading import spread_of
from servqual.chain.effect_words import EffectMethod
from servqual.chain.fitted import Direction, Fit
from servqual.chain.total_rows import TotalEffect, TotalEffects
from servqual.chain.total_sums import PairSums, pairs_of
from servqual.chain.units import UnitTable
from servqual.labels import Label
from servqual.statistics.propagation import Propagated
from servqual.statistics.reasoned import columns_of
from servqual.tables import Table
from servqual.telling import Told


def total_effects(
    fit: Fit,
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
) -> TotalEffects:
    """Total effects between all constructs of a chain (path analysis): direct, indirect and total, with intervals.

    ``T = (I − B)⁻¹ − I``, with the slopes of links in ``B``; indirect is what is not direct.

    Parameters
    ----------
    fit
        An estimated chain.
    units, draws, rng, method, confidence, horizon, direction, standardised, cluster, progress, chunk
        As of `effects`.

    Returns
    -------
    TotalEffects
        One row for each pair of constructs that a path joins.

    Raises
    ------
    FitError
        As `effects`.
    ChainError
        A horizon that is none, or none where later periods feed back.

    References
    ----------
    Bollen 1987, Sociological Methodology 17:37-69; Sobel 1982, Sociological Methodology 13:290-312.

    Examples
    --------
    >>> from servqual.chain import Chain, UnitTable, fit
    >>> rows = {"m": [1, 2, 2, 4, 5, 4], "x": [1, 2, 3, 4, 5, 6], "y": [2, 1, 3, 4, 6, 5]}
    >>> found = total_effects(fit(Chain.parse("x -> m -> y; x -> y"), UnitTable.from_arrays(list("ABCDEF"), rows)))
    >>> found, found["x", "m"]
    (<TotalEffects: 3 pairs, delta>, <TotalEffect of x on m: 0.7429 (0.2349 to 1.251)>)
    """
    options = Options(units, draws, rng, method, confidence, direction, standardised, cluster, progress, chunk)
    question, sums = effect_question(options), PairSums.of(fit, horizon, standardised=standardised)
    links = fit.chain.links
    spread, drawn = spread_of(fit, links, question, fit.constructs if standardised else ())
    pairs = pairs_of(sums.counts())
    targets, sources = (list(each) for each in zip(*pairs, strict=True))
    found = spread.of(
        lambda estimates: np.moveaxis(sums.totals(estimates)[..., targets, sources], -1, 0),
        sums.gradient(spread.estimates)[targets, sources],
        confidence,
        _degrees(fit, sums, pairs),
    )
    rows = tuple(_rows(fit, sums, pairs, spread.estimates, found))
    notes = [*chain_notes(fit, links, question), *_horizon(fit, horizon), *method_notes(question, drawn)]
    return TotalEffects(
        rows=rows,
        told=_told(fit, rows, notes, question),
        method=question.method,
        confidence=confidence,
        standardised=standardised,
        draws=question.draws,
        failures=drawn.failures if drawn else 0,
    )


def _degrees(fit: Fit, sums: PairSums, pairs: Sequence[tuple[int, int]]) -> Floats:
    """Return degrees of freedom: those of its regression where the only path is a single link, else infinite."""
    counts, direct = sums.counts(), sums.direct(np.ones(len(sums.places)))
    names = fit.constructs
    return np.array(
        [fit.equation(names[i]).regression.df_test if counts[i, j] == direct[i, j] == 1 else np.inf for i, j in pairs]
    )


def _rows(
    fit: Fit, sums: PairSums, pairs: Sequence[tuple[int, int]], estimates: Floats, found: Propagated
) -> Iterator[TotalEffect]:
    counts, totals, direct = sums.counts(), sums.totals(estimates), sums.direct(estimates[: len(sums.places)])
    if sums.standardised:
        direct = direct * fit.sds[None, :] / fit.sds[:, None]
    for place, (target, source) in enumerate(pairs):
        yield TotalEffect(
            source=fit.constructs[source],
            target=fit.constructs[target],
            paths=round(float(counts[target, source])),
            direct=float(direct[target, source]),
            indirect=float(totals[target, source] - direct[target, source]),
            total=float(totals[target, source]),
            se=found.se.at(place),
            low=found.low.at(place),
            high=found.high.at(place),
            p=found.p.at(place),
        )


def _horizon(fit: Fit, horizon: int | None) -> Iterator[Label]:
    if horizon is not None:
        yield words.lag_note(0, horizon)
    elif fit.chain.max_lag:
        yield words.ALL_PERIODS


def _told(fit: Fit, rows: Sequence[TotalEffect], notes: Sequence[Label], question: Question) -> Told:
    ends = [(fit.chain.label(row.source), fit.chain.label(row.target)) for row in rows]
    labels = [Label(f"{one.en} → {other.en}", f"{one.text('zh')} → {other.text('zh')}") for one, other in ends]
    share = f"{question.confidence:.0%}"
    title = Label(f"Total effects, {share} intervals", f"总效应，{share} 置信区间")
    return Told(Table(columns_of(rows, TotalEffect, {"paths"})), labels, title, tuple(notes))
