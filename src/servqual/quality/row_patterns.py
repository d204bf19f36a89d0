"""What the answers of single respondents look like: gaps, runs of one answer, crossed ends, and whole copies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from attrs import frozen

from servqual._arrays import AnyArray, Bools, Ints
from servqual.answers import LevelAnswers
from servqual.instruments import Level
from servqual.survey import Survey

BLOCK = 16_384
LOW = (Level.ADEQUATE, Level.MINIMUM, Level.ACCEPTABLE)
HIGH = (Level.DESIRED, Level.IDEAL, Level.NORMATIVE, Level.EXPECTATION)
_DECIMALS = 9
_ODD, _SHIFT = np.uint64(0x9E3779B97F4A7C15), np.uint64(29)


@frozen(eq=False)
class RowPatterns:
    """Whole numbers for each respondent, and a fingerprint of all answers.

    Attributes
    ----------
    names
        ``missing`` (answers left out, at all levels), for each level ``answered_…``, ``longest_run_…`` (neighbouring
        answers that are equal) and ``same_…`` (answers on the point most chosen), and ``crossed`` where both ends of a
        zone of tolerance were asked.
    counts
        Shape (names, respondents).
    fingerprints
        Equal for equal answers, shape (respondents,).
    """

    names: tuple[str, ...]
    counts: Ints
    fingerprints: AnyArray


def row_patterns(survey: Survey) -> RowPatterns:
    """Return what every respondent's answers look like, in one pass over blocks of respondents."""
    ends = crossing_levels(survey)
    names = ("missing", *(f"{what}_{level}" for level in survey.levels for what in ("answered", "longest_run", "same")))
    names += ("crossed",) if ends else ()
    counts = np.zeros((len(names), len(survey)), np.int16)
    fingerprints = np.zeros(len(survey), np.uint64)
    reverse = np.array([item.reverse for item in survey.instrument.items])
    for start in range(0, len(survey), BLOCK):
        part = slice(start, start + BLOCK)
        for place, given in enumerate(survey.answers.values()):
            _add_level(counts[:, part], 1 + 3 * place, given, part, reverse)
            _add_fingerprint(fingerprints[part], given.codes[:, part])
        if ends:
            counts[-1, part] = _crossed(survey, ends, part)
    return RowPatterns(names, counts, fingerprints)


def crossing_levels(survey: Survey) -> tuple[tuple[Level, ...], tuple[Level, ...]] | None:
    """Return the levels that lie at the lower and at the upper end of a zone; None where one end was not asked."""
    low, high = (tuple(level for level in known if level in survey.levels) for known in (LOW, HIGH))
    return (low, high) if low and high else None


def _add_level(counts: Ints, place: int, given: LevelAnswers, part: slice, reverse: Bools) -> None:
    codes = given.codes[:, part]
    absent = absent_in(given, codes)
    answered = len(codes) - absent.sum(axis=0, dtype=np.int16)
    counts[0] += len(codes) - answered
    counts[place] = answered
    counts[place + 1] = _longest_run(_as_given(given, codes, absent, reverse), absent)
    # sorted, equal answers are neighbours; what is missing stands at one end, and is passed over
    ranked = np.sort(_as_given(given, codes, absent, reverse), axis=0)
    counts[place + 2] = _longest_run(ranked, absent_in(given, ranked))


def absent_in(given: LevelAnswers, codes: AnyArray) -> Bools:
    """Return where codes of a level are missing."""
    return np.asarray(codes == given.book.missing if given.book.is_integer else np.isnan(codes))


def _as_given(given: LevelAnswers, codes: AnyArray, absent: Bools, reverse: Bools) -> AnyArray:
    """Return codes with reversed items turned back: a person who ticks one column ticks it there too."""
    if not reverse.any():
        return codes
    book = given.book
    ends = book.low + book.high if book.is_integer else book.scale.low + book.scale.high
    turned = codes.copy()
    turned[reverse] = np.where(absent[reverse], codes[reverse], ends - codes[reverse].astype(np.float64))
    # what was turned to and fro may differ in the last digit from what never was
    return turned if book.is_integer else turned.round(_DECIMALS)


def _longest_run(codes: AnyArray, absent: Bools) -> Ints:
    """Return the longest run of equal answers of each respondent; what is missing neither makes nor breaks one."""
    last, run = codes[0].copy(), np.where(absent[0], 0, 1).astype(np.int16)
    longest = run.copy()
    for row, gaps in zip(codes[1:], absent[1:], strict=True):
        same = (row == last) & (run > 0)
        grown = np.where(same, run + 1, 1)
        run = np.where(gaps, run, grown).astype(np.int16)
        last = np.where(gaps, last, row)
        np.maximum(longest, run, out=longest)
    return longest


def _crossed(survey: Survey, ends: tuple[tuple[Level, ...], tuple[Level, ...]], part: slice) -> Ints:
    crossed = np.zeros((len(survey.instrument), len(range(*part.indices(len(survey))))), np.bool_)
    for low in ends[0]:
        for high in ends[1]:
            below, above = (survey.answers[level] for level in (low, high))
            one, other = below.codes[:, part], above.codes[:, part]
            crossed |= (one > other) & ~absent_in(below, one) & ~absent_in(above, other)
    return crossed.sum(axis=0, dtype=np.int16)


def _add_fingerprint(fingerprints: AnyArray, codes: AnyArray) -> None:
    for row in codes:
        # whole numbers as they are; real ones by their bits, with one zero and one NaN
        whole = (
            row.astype(np.int64) if row.dtype.kind == "i" else np.where(np.isnan(row), np.nan, row + 0.0).view(np.int64)
        )
        fingerprints *= _ODD
        fingerprints += whole.view(np.uint64)
        fingerprints ^= fingerprints >> _SHIFT


def first_copies(survey: Survey, fingerprints: AnyArray) -> Ints:
    """Return for each respondent the first one with the same answers at all levels: itself, where there is no earlier.

    Fingerprints find those who may be equal, and answers decide.
    """
    order = np.argsort(fingerprints, kind="stable")
    ranked = fingerprints[order]
    alike = np.flatnonzero(ranked[1:] == ranked[:-1]) + 1
    first = np.arange(len(survey))
    if not len(alike):
        return first
    begins = np.ones(len(order), np.bool_)
    begins[alike] = False
    confirmed = np.concatenate([_equal(survey, order[some], order[some - 1]) for some in _pieces(alike)])
    if confirmed.all():
        heads = order[np.flatnonzero(begins)]
        first[order] = heads[np.cumsum(begins) - 1]
        return first
    for run in np.split(order, np.flatnonzero(begins)[1:]):
        if len(run) > 1:
            first[run] = _first_in(survey, run)
    return first


def _pieces(places: Ints) -> Iterator[Ints]:
    return (places[start : start + BLOCK] for start in range(0, len(places), BLOCK))


def _equal(survey: Survey, rows: Ints, others: Ints) -> Bools:
    equal = np.ones(len(rows), np.bool_)
    for given in survey.answers.values():
        one, other = given.codes[:, rows], given.codes[:, others]
        equal &= ((one == other) | (absent_in(given, one) & absent_in(given, other))).all(axis=0)
    return equal


def _first_in(survey: Survey, rows: Ints) -> Ints:
    """Return the first equal of each of a few respondents who share a fingerprint."""
    first: Sequence[int] = list(rows)
    found = np.array(first)
    for place in range(len(rows)):
        if found[place] == rows[place]:
            later = rows[place + 1 :]
            same = _equal(survey, later, np.full(len(later), rows[place]))
            found[place + 1 :] = np.where(same & (found[place + 1 :] == later), rows[place], found[place + 1 :])
    return found
