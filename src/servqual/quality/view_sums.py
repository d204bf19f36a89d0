"""Sums over encounters that two people rated: both ratings, their difference, and who rated higher."""

from __future__ import annotations

import numpy as np
from attrs import frozen

from servqual._arrays import Bools, Floats, Ints
from servqual.answers import Answers, LevelAnswers
from servqual.instruments import Instrument, Level, Scale
from servqual.scoring import score
from servqual.scoring.estimates import Term, term_of
from servqual.survey import Survey

BLOCK = 32_768
# Ratings closer than this are equal; scores are means of few answers.
_EQUAL = 1e-9


@frozen
class Rating:
    """The answers of one level as they are; zero as on the scale."""

    level: Level

    @property
    def reads(self) -> frozenset[Level]:
        """That level."""
        return frozenset({self.level})

    @property
    def coefficients(self) -> dict[Level, int]:
        """The level counts once."""
        return {self.level: 1}

    def item_scores(self, answers: Answers, /) -> Floats:
        """Return the answers, (rows, items)."""
        return answers[self.level]

    def bounds(self, scale: Scale, /) -> tuple[float, float]:
        """Return the ends of the scale."""
        return scale.low, scale.high


PROVIDER, CUSTOMER, BIAS, HIGHER, LOWER, EQUAL, NEAR = range(7)


@frozen(eq=False)
class ViewSums:
    """Sums of two views of the same encounters, in columns of items, dimensions and overall score.

    Blocks of columns: the provider's rating, the customer's, provider minus customer, and 0/1 for whether the provider
    rates higher, lower, both are equal, and they are near. All are of encounters with both ratings.
    """

    term: Term

    @property
    def width(self) -> int:
        """How many columns a block has."""
        return self.term.moments.n.size // (NEAR + 1)

    def block(self, number: int) -> slice:
        """Return the columns of one block."""
        return slice(number * self.width, (number + 1) * self.width)

    def columns(self, number: int) -> Ints:
        """Return their positions."""
        return np.arange(number * self.width, (number + 1) * self.width)


def view_sums(provider: Survey, customer: Survey, level: Level, near: float, rows: Ints) -> ViewSums:
    """Return the sums over some encounters; weights and clusters are the customer survey's.

    An item that one of the two did not rate is left out of both their scores, so that scores are of the same items.
    """
    terms = []
    for start in range(0, len(rows), BLOCK):
        part = rows[start : start + BLOCK]
        given = [survey.level(level).take(part) for survey in (provider, customer)]
        absent = _absent(given[0]) | _absent(given[1])
        ours, theirs = (_ratings(customer.instrument, level, _without(each, absent)) for each in given)
        weights = None if customer.weights is None else customer.weights[part]
        cluster = None if customer.cluster is None else customer.cluster.take(part)
        terms.append(term_of(_compared(ours, theirs, near), weights, customer.weight_kind, cluster, 0.0))
    return ViewSums(sum(terms[1:], terms[0]))


def _absent(given: LevelAnswers) -> Bools:
    return np.asarray(given.codes == given.book.missing if given.book.is_integer else np.isnan(given.codes))


def _without(given: LevelAnswers, absent: Bools) -> LevelAnswers:
    codes = given.codes.copy()
    codes[absent] = given.book.missing
    return LevelAnswers(codes, np.asarray(absent.any(axis=1)), given.book)


def _ratings(instrument: Instrument, level: Level, given: LevelAnswers) -> Floats:
    """Return ratings of items, dimensions and overall, (rows, items + dimensions + 1)."""
    scores = score(Survey(instrument, {level: given}), Rating(level), dtype=np.float64)
    return np.hstack([given.numbers().T, scores.values])


def _compared(ours: Floats, theirs: Floats, near: float) -> Floats:
    bias = ours - theirs
    absent = np.isnan(bias)
    with np.errstate(invalid="ignore"):
        found = [bias > _EQUAL, bias < -_EQUAL, np.abs(bias) <= _EQUAL, np.abs(bias) <= near + _EQUAL]
    blocks = [ours, theirs, bias, *(np.asarray(each, dtype=np.float64) for each in found)]
    for block in blocks:
        block[absent] = np.nan
    return np.asfortranarray(np.hstack(blocks))
