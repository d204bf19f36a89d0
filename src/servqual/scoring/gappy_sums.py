"""Sums of whole-number answers with gaps: of items in bytes, of dimensions and overall scores in float64."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from attrs import evolve

from servqual._arrays import AnyArray, Bools
from servqual.answers import LevelAnswers
from servqual.coding import CodeBook
from servqual.instruments import Instrument, Level
from servqual.scoring import byte_sums
from servqual.scoring.byte_sums import combine, counts_of, ends_of, total_of, wrapped
from servqual.scoring.estimates import Part, Term, term_of
from servqual.scoring.group_sums import GroupSums
from servqual.scoring.integer_kernel import IntegerKernel
from servqual.scoring.protocol import ScoringModel, coefficients_of
from servqual.scoring.rules import Rules, finish
from servqual.scoring.whole_sums import products_of, tallies_from, whole_sums
from servqual.statistics.moments import Moments
from servqual.statistics.weights import WeightKind

# So many rows of seven scores stay near a second-level cache.
_SHORT = 32_768
_ADDED = ("n", "weight", "weight2", "sum1", "sum2", "wsum1", "wsum2")


def sums_of_codes(
    answers: Mapping[Level, LevelAnswers],
    instrument: Instrument,
    models: Sequence[ScoringModel],
    rules: Rules,
    *,
    products: bool = True,
) -> GroupSums:
    """Return the sums of respondents who count alike, from their codes; `whole_sums.serves` must hold.

    Parameters
    ----------
    answers
        Level → codes, and which items have gaps.
    instrument, models, rules
        What was asked and how it is scored.
    products
        Whether cross-products of all items are kept.
    """
    rows = {level: list(given.codes) for level, given in answers.items()}
    if not any(given.has_missing.any() for given in answers.values()):
        return whole_sums(rows, instrument, models, rules, products=products)
    book, size = CodeBook.of(instrument.scale), len(next(iter(answers.values())))
    tallies = {
        level: tallies_from(book, *counts_of(rows[level], book, given.has_missing.tolist()), size)
        for level, given in answers.items()
    }
    parts = tuple(_part(answers, instrument, model, rules, book) for model in models)
    return GroupSums(size, tallies, products_of(rows, book) if products else None, parts)


def _part(
    answers: Mapping[Level, LevelAnswers], instrument: Instrument, model: ScoringModel, rules: Rules, book: CodeBook
) -> Part:
    coefficients = {level: int(factor) for level, factor in (coefficients_of(model) or {}).items()}
    given = [(answers[level], factor) for level, factor in coefficients.items()]
    low, high = ends_of(coefficients, book)
    middle = (low + high) // 2
    shift = sum(coefficients.values()) * book.offset
    items = _items(given, middle, high - middle, book)
    moved = evolve(items, origin=items.origin + shift)
    return Part((_beside(moved, _scores(given, instrument, rules, float(middle + shift))),))


def _items(given: Sequence[tuple[LevelAnswers, int]], middle: int, farthest: int, book: CodeBook) -> Moments:
    """Return the moments of item scores, each over those who answered all that it needs."""
    size, items = len(given[0][0]), len(given[0][0].codes)
    sums = np.zeros((3, items), np.int64)
    room = np.empty((4, min(byte_sums.BLOCK, size)), np.int8)
    most, lowest = max(farthest, 1), wrapped(middle)
    gappy = [[level for level, _ in given if level.has_missing[item]] for item in range(items)]
    for item, start in np.ndindex(items, -(-size // byte_sums.BLOCK)):
        part = slice(start * byte_sums.BLOCK, min((start + 1) * byte_sums.BLOCK, size))
        value, scratch, square, whole = room[:, : part.stop - part.start]
        combine([(level.codes[item, part], factor) for level, factor in given if factor], lowest, value, scratch)
        answered = _answered([level.codes[item, part] for level in gappy[item]], book, whole)
        if answered is not None:
            np.multiply(value, answered, out=value)
        np.multiply(value, value, out=square)
        n = len(value) if answered is None else total_of(answered, 1)
        sums[:, item] += n, total_of(value, most), total_of(square.view(np.uint8), most**2)
    return _about(sums, middle, size)


def _answered(rows: Sequence[AnyArray], book: CodeBook, out: AnyArray) -> AnyArray | None:
    """Return 1 where no row is missing, else 0; None where there are no rows."""
    if not rows:
        return None
    found: Bools = out.view(np.bool_)
    np.not_equal(rows[0], np.int8(book.missing), out=found)
    for row in rows[1:]:
        np.logical_and(found, row != np.int8(book.missing), out=found)
    return out


def _about(sums: AnyArray, middle: int, size: int) -> Moments:
    """Return moments about whole numbers near the means, from whole sums about the middle."""
    n, first, second = sums
    near = np.rint(first / np.maximum(n, 1)).astype(np.int64)
    sum1, sum2 = first - near * n, second - 2 * near * first + near**2 * n
    return Moments(near + float(middle), n, n, n, sum1, sum2, sum1, sum2, None, size)


def _scores(given: Sequence[tuple[LevelAnswers, int]], instrument: Instrument, rules: Rules, middle: float) -> Term:
    """Return the sums of dimension and overall scores."""
    kernel = IntegerKernel(list(given), instrument.slices, np.dtype(np.float64))
    dimensions, needed = len(instrument.dimensions), rules.needed(instrument)
    room = np.empty((len(rules.columns(instrument)), _SHORT))
    terms: list[Term] = []
    for start in range(0, len(given[0][0]), _SHORT):
        stop = min(start + _SHORT, len(given[0][0]))
        out = room[:, : stop - start]
        with np.errstate(invalid="ignore", divide="ignore"):
            finish(kernel.sums(start, stop, out[:dimensions]), out, needed, None)
        terms.append(term_of(out.T, None, WeightKind.SAMPLING, None, middle, before=terms[-1] if terms else None))
    return sum(terms[1:], terms[0])


def _beside(items: Moments, scores: Term) -> Term:
    """Return the sums of items and of scores as one."""
    rest = scores.moments
    joined = {name: np.concatenate([getattr(items, name), getattr(rest, name)]) for name in ("origin", *_ADDED)}
    return evolve(scores, moments=Moments(**joined, kind=None, rows=rest.rows))
