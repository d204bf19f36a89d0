"""Into which category a feature falls: by mode, by A+O+M, and whether a category leads at all."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from servqual._arrays import AnyArray, Bools, Floats, Ints
from servqual.satisfaction.delight.rules import KanoRules, Leader
from servqual.satisfaction.delight.words import CATEGORIES, Category
from servqual.statistics import t_test, wilson_interval

# Of two categories that are equally frequent, the one that does more harm where it is overlooked: M > O > A > I.
PRIORITY = tuple(
    CATEGORIES.index(each)
    for each in (
        Category.MUST_BE,
        Category.ONE_DIMENSIONAL,
        Category.ATTRACTIVE,
        Category.INDIFFERENT,
        Category.REVERSE,
        Category.QUESTIONABLE,
    )
)
_MATTERS = np.array([each in {Category.ATTRACTIVE, Category.ONE_DIMENSIONAL, Category.MUST_BE} for each in CATEGORIES])
# Shares that differ by no more are equal but for rounding.
_EQUAL = 1e-12
NONE = -1


class Classes(NamedTuple):
    """What shares say of categories; arrays (…), `tied` and `leading` (…, 6); −1 is no category.

    Attributes
    ----------
    mode, tied
        The most frequent category, and all that are as frequent.
    majority
        The category by the rule of A+O+M.
    leading
        The category that leads, or those that are combined.
    strength, total, total_low, total_high
        Category strength, and total strength with its interval.
    difference, bound, p
        Fong's test of the two largest counts.
    """

    mode: Ints
    tied: Bools
    majority: Ints
    leading: Bools
    strength: Floats
    total: Floats
    total_low: Floats
    total_high: Floats
    difference: Floats
    bound: Floats
    p: Floats


def classes(shares: Floats, worth: Floats, rules: KanoRules, confidence: float) -> Classes:
    """Return the classes of shares of the six categories, (…, 6), that are worth so many respondents, (…).

    With ``a ≥ b`` the two largest counts of ``n``, Fong's bound is ``z √((a + b)(2n − a − b) / 2n)``; category strength
    is ``(a − b) / n``, total strength ``(A + O + M) / n``.
    """
    there = worth > 0
    given = np.where(there[..., None], shares, 0.0)
    mode, tied = most_frequent(given)
    ordered = np.sort(given, axis=-1)
    largest, second = ordered[..., -1], ordered[..., -2]
    total = given[..., _MATTERS].sum(axis=-1)
    low, high = wilson_interval(np.clip(total, 0, 1) * worth, worth, confidence)
    bound = rules.fong * _fong_error(largest * worth, second * worth, worth)
    test = t_test(worth * (largest - second), _fong_error(largest * worth, second * worth, worth), np.inf)
    blank = ~there
    numbers = (largest - second, total, low, high, worth * (largest - second), bound, test.p)
    return Classes(
        np.where(blank, NONE, mode),
        tied & there[..., None],
        np.where(blank, NONE, _by_majority(given)),
        _leading(given, worth, mode, rules) & there[..., None],
        *(np.where(blank, np.nan, each) for each in numbers),
    )


def most_frequent(shares: Floats) -> tuple[Ints, Bools]:
    """Return the most frequent category by M > O > A > I > R > Q, and which are as frequent as it, (…) and (…, 6)."""
    most = shares.max(axis=-1, keepdims=True)
    tied = shares >= most * (1 - _EQUAL)
    order = np.array(PRIORITY)
    return order[np.argmax(tied[..., order], axis=-1)], tied & (most > 0)


def _by_majority(shares: Floats) -> Ints:
    """Return the largest of A, O and M where these are more than half together, else the largest of I, R and Q."""
    matter = shares[..., _MATTERS].sum(axis=-1)
    others = shares[..., ~_MATTERS].sum(axis=-1)
    more = matter > others * (1 + _EQUAL)
    held = np.where(more[..., None] == _MATTERS, shares, -1.0)
    return most_frequent_of(held)


def most_frequent_of(shares: Floats) -> Ints:
    """Return the most frequent category where some shares are −1, as they may not be chosen."""
    order = np.array(PRIORITY)
    most = shares.max(axis=-1, keepdims=True)
    return order[np.argmax(shares[..., order] >= most - _EQUAL, axis=-1)]


def _fong_error(first: Floats, second: Floats, n: Floats) -> Floats:
    both = first + second
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.sqrt(np.maximum(both * (2 * n - both) / (2 * n), 0.0)))


def _leading(shares: Floats, worth: Floats, mode: Ints, rules: KanoRules) -> Bools:
    """Return the category that leads, or all that are combined since none does."""
    largest = shares.max(axis=-1, keepdims=True)
    behind = largest - shares
    if rules.leader is Leader.STRENGTH:
        near = behind < rules.strength - _EQUAL
    else:
        n = worth[..., None]
        near = n * behind < rules.fong * _fong_error(n * largest, n * shares, n) - _EQUAL
    own = np.arange(len(CATEGORIES)) == mode[..., None]
    return np.asarray((near & (shares > 0)) | own)


def category_at(code: int) -> Category | None:
    """Return the category of a code, or None."""
    return None if code == NONE else CATEGORIES[code]


def categories_at(chosen: AnyArray, shares: Floats) -> tuple[Category, ...]:
    """Return the categories of a mask, the most frequent first, equally frequent ones in their order of priority."""
    held = [place for place in PRIORITY if chosen[place]]
    return tuple(CATEGORIES[place] for place in sorted(held, key=lambda place: -round(float(shares[place]), 12)))
