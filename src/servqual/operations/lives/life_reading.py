"""`life_course`: does what a service stands on fail early, by wear, or both."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from servqual._arrays import Floats
from servqual.errors import ArgumentError, ProcessError, ServqualError
from servqual.labels import Label
from servqual.operations.given_columns import GivenColumns
from servqual.operations.lives import life_words as words
from servqual.operations.lives.life_results import LifeCourse, LifeMeasure
from servqual.operations.lives.life_words import LifeShape
from servqual.statistics import Inapplicable
from servqual.statistics.hazard_fits import HazardFit, additive_weibull_fit, weibull_fit
from servqual.statistics.life_tables import life_table
from servqual.statistics.propagation import Propagated
from servqual.statistics.reasoned import columns_of
from servqual.tables import Table
from servqual.telling import Told

_MOST = 10
_FAILURES = 8


def life_course(source: Any, time: str = "time", failed: Any = None, *, confidence: float = 0.95) -> LifeCourse:
    """Failure rate over life (bathtub curve): early failures, useful life and wear, fitted to lives, some cut off.

    One Weibull and two added (Xie and Lai) are fitted by maximum likelihood to the same lives; the smaller BIC decides
    which is read. A life that had not failed when it was last seen is cut off at the right (censored), not left out.

    Parameters
    ----------
    source
        A data frame, a mapping name → values, or an array of times: how long each machine, contract, employee or
        customer lasted, or was watched.
    time
        The column of times.
    failed
        The column, or an array, that says whether a time ended in a failure (1) or was cut off (0); without it all did.
    confidence
        Of all intervals.

    Returns
    -------
    LifeCourse
        Parameters, mean life, quantiles and the minimum of the rate, with intervals; both models compared.

    Raises
    ------
    ProcessError
        All problems at once: unknown columns, times that are not above zero or missing, marks that are neither 0 nor
        1, failures at fewer than five different times.

    References
    ----------
    Xie & Lai 1995, Reliability Engineering & System Safety 52(1):87-93; Schwarz 1978, Annals of Statistics
    6(2):461-464; Volinsky & Raftery 2000, Biometrics 56(1):256-262 (BIC with censored lives); Akaike 1974, IEEE
    Transactions on Automatic Control 19(6):716-723.

    Examples
    --------
    >>> from servqual.statistics import Weibull
    >>> course = life_course(Weibull(0.01, 2.0).quantile([(k + 0.5) / 40 for k in range(40)]))
    >>> course
    <LifeCourse: 40 failures of 40 lives; rising: wear>
    """
    times, marks = _lives(source, time, failed)
    try:
        single, additive = weibull_fit(times, marks), additive_weibull_fit(times, marks)
        observed = life_table(times, marks, _edges(times, marks), confidence)
    except ArgumentError as error:
        raise ProcessError(*error.problems) from error
    shape = _shape(single, additive, confidence)
    two = shape in {LifeShape.BATHTUB, LifeShape.TWO_PARTS}
    rows = tuple(_measures(additive if two else single, confidence))
    names = words.MEASURES if two else words.MEASURES | words.ONE
    title = Label(f"{words.TITLE.en}: {shape.label.en}", f"{words.TITLE.zh}：{shape.label.zh}")
    notes = _notes(additive, confidence)
    told = Told(Table(columns_of(rows, LifeMeasure)), [names[row.measure] for row in rows], title, notes)
    fits: dict[str, Any] = {"single": single, "additive": additive, "observed": observed, "shape": shape}
    return LifeCourse(rows, told, asked={"confidence": confidence}, **fits, longest=float(times.max()))


def _lives(source: Any, time: str, failed: Any) -> tuple[Floats, Floats]:
    try:
        given = GivenColumns.of(source, time)
        times = given.numbers(time, time)
        marks = None if failed is None else given.numbers("failed", failed)
    except ServqualError as error:
        raise ProcessError(*error.problems) from error
    if given.problems:
        raise ProcessError(*given.problems)
    assert times is not None  # noqa: S101 - what is missing was refused
    return times, np.ones(times.shape) if marks is None else marks


def _edges(times: Floats, marks: Floats) -> Floats:
    """Return stretches of life that hold about as many failures each."""
    ended = times[marks > 0]
    count = int(np.clip(ended.size // _FAILURES, 1, _MOST))
    inner = np.quantile(ended, np.arange(1, count) / count)
    return np.unique([0.0, *inner.tolist(), float(times.max())])


def _shape(single: HazardFit, additive: HazardFit, confidence: float) -> LifeShape:
    if not additive.problem and additive.bic < single.bic:
        tub = not np.isnan(additive.minimum(confidence).estimate.values[0])
        return LifeShape.BATHTUB if tub else LifeShape.TWO_PARTS
    found = single.parameters(confidence)
    if found.low.values[1] > 1:
        return LifeShape.RISING
    return LifeShape.FALLING if found.high.values[1] < 1 else LifeShape.OPEN


def _measures(fit: HazardFit, confidence: float) -> Iterator[LifeMeasure]:
    found = fit.parameters(confidence)
    yield from _rows("abcd"[: found.estimate.values.size], found)
    yield from _rows(["mean_life"], fit.mean_life(confidence))
    yield from _rows(["tenth_failed", "half_failed"], fit.quantile([0.1, 0.5], confidence))
    bottom = fit.minimum(confidence)
    if not isinstance(bottom.estimate.at(0), Inapplicable):
        yield from _rows(["minimum_time", "minimum_rate"], bottom)


def _rows(names: Any, found: Propagated) -> Iterator[LifeMeasure]:
    for place, name in enumerate(names):
        numbers = {each: getattr(found, each).at(place) for each in ("estimate", "low", "high")}
        yield LifeMeasure(measure=name, **numbers)


def _notes(additive: HazardFit, confidence: float) -> list[Label]:
    apart = [words.NOT_APART] if additive.problem else []
    return [words.interval_note(confidence), words.BIC, words.BEYOND, *apart]
