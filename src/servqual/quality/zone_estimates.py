"""From sums to what is told of a zone of tolerance: means, position and shares of one group."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from attrs import frozen

from servqual._arrays import Floats
from servqual.instruments import Instrument
from servqual.quality.share_intervals import share_intervals
from servqual.scoring.estimates import Term
from servqual.scoring.zone_scores import ZoneMeasure
from servqual.statistics import fieller_interval, student_interval

_M = ZoneMeasure
_STANDINGS = (_M.BELOW, _M.WITHIN, _M.ABOVE)
# Means are exact to about this share of the scale's size.
_ROUNDING = 1e-12
_GAPS = {"msa": _M.ADEQUACY, "mss": _M.SUPERIORITY, "width": _M.WIDTH}


class Mean(NamedTuple):
    """Means of some scores: their squared errors and degrees of freedom."""

    mean: Floats
    squared: Floats
    freedom: Floats


@frozen(eq=False)
class ZoneEstimates:
    """Estimates of one group: rows are items, dimensions and the overall score.

    Parameters
    ----------
    instrument
        What was asked.
    terms
        Measure → sums over the group's respondents.
    confidence
        Of all intervals.
    """

    instrument: Instrument
    terms: dict[ZoneMeasure, Term]
    confidence: float

    def columns(self) -> dict[str, Floats]:
        """Return everything, column by column."""
        counted = self.counts()
        return {**counted, **self.levels(), **self.gaps(), **self.position(), **self.shares(counted["answers"])}

    def counts(self) -> dict[str, Floats]:
        """Return how many respondents have a gap, and how many answers are sound, crossed and incomplete triples."""
        sound, complete = (self._pooled(self._term(each).n) for each in (_M.WITHIN, _M.WIDTH))
        asked = self._pooled(np.full(len(self.instrument), float(self._term(_M.WIDTH).respondents)))
        respondents = self._told(self._term(_M.WIDTH).n)
        return {"n": respondents, "answers": sound, "crossed": complete - sound, "incomplete": asked - complete}

    def levels(self) -> dict[str, Floats]:
        """Return the mean levels of complete triples."""
        seen, depth, height = (self._mean(each).mean for each in (_M.PERCEPTION, _M.ADEQUACY, _M.SUPERIORITY))
        return {"adequate": seen - depth, "desired": seen - height, "perception": seen}

    def gaps(self) -> dict[str, Floats]:
        """Return MSA, MSS and width of complete triples, with Student's intervals."""
        found: dict[str, Floats] = {}
        for name, measure in _GAPS.items():
            mean, squared, freedom = self._mean(measure)
            low, high = student_interval(mean, np.sqrt(squared), freedom, self.confidence)
            found |= {name: mean, f"{name}_low": np.asarray(low), f"{name}_high": np.asarray(high)}
        return found

    def position(self) -> dict[str, Floats]:
        """Return the position of sound triples, a ratio of means, with Fieller's interval."""
        depth, height, width = (self._mean(each) for each in (_M.SOUND_ADEQUACY, _M.SOUND_SUPERIORITY, _M.SOUND_WIDTH))
        # the three measures are of the same triples, so that the error of their difference holds the covariance
        covariance = (depth.squared + width.squared - height.squared) / 2
        squared = depth.squared, width.squared
        ends = fieller_interval(depth.mean, width.mean, squared, covariance, width.freedom, self.confidence)
        low, high = (np.where(width.mean > 0, each, np.nan) for each in ends)
        position = np.divide(depth.mean, width.mean, out=np.full_like(depth.mean, np.nan), where=width.mean > 0)
        return {"position": position, "position_low": low, "position_high": high}

    def standing(self) -> list[str | None]:
        """Return where the mean perception of sound triples stands: below their mean adequate level, and so on.

        A mean that rounding alone keeps from an end of the zone is at that end, and within.
        """
        depth, height = (self._mean(each).mean for each in (_M.SOUND_ADEQUACY, _M.SOUND_SUPERIORITY))
        edge = _ROUNDING * max(abs(self.instrument.scale.low), abs(self.instrument.scale.high))
        sides = zip(depth < -edge, height > edge, np.isnan(depth), strict=True)
        words = {(True, False): "below", (False, True): "above", (False, False): "within"}
        return [None if unknown else words[bool(low), bool(high)] for low, high, unknown in sides]

    def shares(self, answers: Floats) -> dict[str, Floats]:
        """Return the shares of sound triples below, within and above, with Wilson's intervals."""
        size = len(self.instrument)
        columns = np.arange(len(answers))
        columns[-1] += 1  # the overall share counts items alike, as the mean of all items does
        found: dict[str, Floats] = {}
        for measure in _STANDINGS:
            moments = self._term(measure).moments
            hits, weight = (
                self._pooled(each[:size]) for each in (_zero(moments.mean) * moments.weight, moments.weight)
            )
            share = np.divide(hits, weight, out=np.full_like(hits, np.nan), where=weight > 0)
            told = share_intervals(share, answers, self._term(measure), columns, self.confidence)
            found |= {str(measure): share, f"{measure}_low": told.low, f"{measure}_high": told.high}
            found |= {f"{measure}_effective_n": told.worth}
        return found

    def _term(self, measure: ZoneMeasure) -> Term:
        return self.terms[measure]

    def _told(self, values: Floats) -> Floats:
        """Leave out the mean of items, the last of the columns that sums are kept for."""
        return np.asarray(values[:-1], dtype=np.float64)

    def _mean(self, measure: ZoneMeasure) -> Mean:
        mean, _, squared, freedom = self._term(measure).at(slice(0, -1))
        return Mean(mean, squared, freedom)

    def _pooled(self, values: Floats) -> Floats:
        """Return values of items, their sums by dimension, and the sum of all."""
        items = np.asarray(values[: len(self.instrument)], dtype=np.float64)
        sums = [items[part].sum() for part in self.instrument.slices]
        return np.concatenate([items, sums, [items.sum()]])


def _zero(values: Floats) -> Floats:
    """Write 0 where there is no mean, so that it counts for nothing in a sum."""
    return np.where(np.isnan(values), 0.0, values)
