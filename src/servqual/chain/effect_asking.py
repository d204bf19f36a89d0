"""`effect_question`: what was asked of effects, checked before anything is computed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

import numpy as np
from attrs import frozen

from servqual.chain.drawing import Drawing
from servqual.chain.effect_words import EffectMethod
from servqual.chain.fitted import Direction
from servqual.chain.units import UnitTable
from servqual.errors import ArgumentError, FitError, Problem
from servqual.errors.problems import unknown_word
from servqual.statistics._arguments import check_confidence
from servqual.statistics.resample_counts import check_draws

NO_UNITS = "resampling needs the rows again, and a fit holds none"


@frozen(eq=False)
class Options:
    """The options of `effects` as they were given."""

    units: UnitTable | None
    draws: int | None
    rng: int | np.random.Generator | None
    method: EffectMethod | str | None
    confidence: float
    direction: Direction
    standardised: bool
    cluster: str | None
    progress: bool
    chunk: int | None


@frozen(eq=False, kw_only=True)
class Question:
    """What was asked of effects, settled.

    Attributes
    ----------
    method, confidence, direction, standardised
        As asked, or by default.
    draws, rng
        Of Monte Carlo; of the bootstrap they are in `drawing`, too.
    drawing
        What is resampled; None where nothing is.
    """

    method: EffectMethod
    confidence: float
    direction: Direction
    standardised: bool
    draws: int
    rng: int | np.random.Generator | None
    drawing: Drawing | None


def effect_question(options: Options) -> Question:
    """Return what was asked of effects.

    Raises
    ------
    FitError
        All problems at once: an unknown method; units without resampling or resampling without units; options that the
        method does not use; draws without a seed; a confidence that is no share.
    """
    problems = list(_problems(options))
    if problems:
        raise FitError(*problems)
    method = _method(options)
    draws = method.draws if options.draws is None else int(options.draws)
    drawing = None
    if options.units is not None:
        drawing = Drawing(
            options.units,
            options.cluster,
            draws,
            options.rng,
            method is EffectMethod.BCA,
            options.chunk,
            options.progress,
        )
    return Question(
        method=method,
        confidence=options.confidence,
        direction=options.direction,
        standardised=options.standardised,
        draws=draws,
        rng=options.rng,
        drawing=drawing,
    )


def _method(options: Options) -> EffectMethod:
    if options.method is None:
        return EffectMethod.DELTA if options.units is None else EffectMethod.PERCENTILE
    return EffectMethod(options.method)


def _problems(options: Options) -> Iterator[Problem | str]:
    known = [each.value for each in EffectMethod]
    if options.method is not None and options.method not in known:
        yield unknown_word("method", options.method, known)
    else:
        yield from _mismatches(options, _method(options))
    if options.direction not in get_args(Direction):
        yield unknown_word("direction", options.direction, get_args(Direction))
    try:
        check_confidence(options.confidence)
    except ArgumentError as error:
        yield from error.problems


def _mismatches(options: Options, method: EffectMethod) -> Iterator[Problem | str]:
    """Yield what does not go together with the method."""
    if options.method is None and options.units is None and (options.draws is not None or options.rng is not None):
        remedy = "pass units=, the table that was fitted; or method='monte_carlo', which needs none"
        yield Problem("units", "none, and draws or a seed", NO_UNITS, remedy)
        return
    if method.resamples and options.units is None:
        remedy = "pass units=, the table that was fitted; or method='delta' or 'monte_carlo', which need none"
        yield Problem("units", f"none, with method {method.value!r}", NO_UNITS, remedy)
    if not method.resamples and options.units is not None:
        rule = "it takes the numbers of the fit alone"
        yield Problem("units", f"given, with method {method.value!r}", rule, "leave units out, or method='percentile'")
    yield from _unused(options, method)
    if method.resamples and options.chunk is not None and (options.chunk != int(options.chunk) or options.chunk < 1):
        yield Problem("chunk", repr(options.chunk), "a chunk has at least one resample")
    if method is not EffectMethod.DELTA:
        try:
            check_draws(method.draws if options.draws is None else options.draws, options.rng)
        except ArgumentError as error:
            yield from error.problems


def _unused(options: Options, method: EffectMethod) -> Iterator[Problem]:
    """Yield the options that a method has no use for."""
    given: dict[str, Any] = {"cluster": options.cluster, "chunk": options.chunk, "progress": options.progress or None}
    if method is EffectMethod.DELTA:
        given |= {"draws": options.draws, "rng": options.rng}
    if method.resamples:
        return
    for name, value in given.items():
        if value is not None:
            rule = (
                f"the method {method.value!r} does not resample"
                if name in {"cluster", "chunk", "progress"}
                else ("the delta method draws nothing")
            )
            yield Problem(name, repr(value), rule, f"leave {name} out, or pass units=")
