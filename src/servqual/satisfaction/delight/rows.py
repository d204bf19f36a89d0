"""What a Kano reading says, row by row: of features, of categories, and of differences between segments."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import attrs
from attrs import frozen

from servqual.satisfaction.delight.words import Category
from servqual.statistics import Inapplicable
from servqual.statistics.reasoned import columns_of
from servqual.tables import Cell

Number = float | Inapplicable


@frozen(kw_only=True, repr=False)
class KanoFeature:
    """One feature to everybody or to one segment; a number that does not exist is an `Inapplicable` that says why.

    Attributes
    ----------
    segment, feature
        The label of the segment, None for everybody; the key of the feature.
    n, missing, worth
        Respondents with both answers and without; how many of equal weight those with both are worth (Kish).
    attractive, one_dimensional, must_be, indifferent, reverse, questionable
        How many respondents fall into each category; frequencies by their sum, other weights do not count here.
    mode, tied
        The most frequent category (by weight), of equally frequent ones by M > O > A > I > R > Q, and those others.
    majority
        By the rule of A + O + M: the largest of these three where they outnumber I, R and Q, else the largest of those.
    leading
        The category that leads, alone; or several, that is a combination, where none does (`KanoRules`).
    category_strength
        Share of the largest category minus that of the second, 0 to 1.
    total_strength, total_strength_low, total_strength_high
        Share of attractive, one-dimensional and must-be together, 0 to 1, with Wilson's interval.
    stability
        Share of the resamples in which the mode is the same.
    fong_difference, fong_bound, fong_p, clear
        Fong's test: the difference of the two largest counts, what it has to reach, its two-sided p, and whether it
        reaches it.
    matters
        Whether total strength reaches its cut.
    better, better_se, better_low, better_high
        ``(A + O) / (A + O + M + I)``, 0 to 1, with the delta method's error and interval.
    better_score_low, better_score_high, better_boot_low, better_boot_high
        Its score interval (Wilson) and its percentile bootstrap interval.
    worse, …
        ``−(O + M) / (A + O + M + I)``, −1 to 0, likewise.
    functional, dysfunctional, …
        Mean scores of both answers, −2 to 4, with errors and intervals.
    position
        The category in whose quadrant both means lie.
    importance_n, importance, …
        How many rated its importance, and their mean with error and interval.
    """

    segment: Any
    feature: str
    n: Number
    missing: Number
    worth: Number
    attractive: Number
    one_dimensional: Number
    must_be: Number
    indifferent: Number
    reverse: Number
    questionable: Number
    mode: Category | None
    tied: tuple[Category, ...]
    majority: Category | None
    leading: tuple[Category, ...]
    category_strength: Number
    total_strength: Number
    total_strength_low: Number
    total_strength_high: Number
    matters: bool | None
    stability: Number
    fong_difference: Number
    fong_bound: Number
    fong_p: Number
    clear: bool | None
    better: Number
    better_se: Number
    better_low: Number
    better_high: Number
    better_score_low: Number
    better_score_high: Number
    better_boot_low: Number
    better_boot_high: Number
    worse: Number
    worse_se: Number
    worse_low: Number
    worse_high: Number
    worse_score_low: Number
    worse_score_high: Number
    worse_boot_low: Number
    worse_boot_high: Number
    functional: Number
    functional_se: Number
    functional_low: Number
    functional_high: Number
    dysfunctional: Number
    dysfunctional_se: Number
    dysfunctional_low: Number
    dysfunctional_high: Number
    position: Category | None
    importance_n: Number
    importance: Number
    importance_se: Number
    importance_low: Number
    importance_high: Number

    @property
    def combined(self) -> bool:
        """Whether no category leads, so that several make a combination class."""
        return len(self.leading) > 1

    def __repr__(self) -> str:
        whom = "" if self.segment is None else f" to {self.segment}"
        if self.mode is None:
            return f"<KanoFeature {self.feature}{whom}: no pair of answers>"
        named = " + ".join(each.label.en for each in self.leading)
        return f"<KanoFeature {self.feature}{whom}: {named}; better {_shown(self.better)}, worse {_shown(self.worse)}>"


@frozen(kw_only=True)
class CategoryShare:
    """One category of one feature: how many fall into it, to everybody or in one segment.

    Attributes
    ----------
    segment, feature, category
        Whose, of which feature, and which.
    count
        Respondents, frequencies by their sum.
    share, low, high
        Their share by weight, 0 to 1, with Wilson's interval on the effective number.
    """

    segment: Any
    feature: str
    category: Category
    count: Number
    share: Number
    low: Number
    high: Number


@frozen(kw_only=True)
class SegmentDifference:
    """The test of one feature between segments: whether they see it alike.

    Attributes
    ----------
    feature
        The key of the feature.
    segments
        How many segments have answers.
    chi_squared, df, p, p_adjusted
        Pearson's test that all segments fall into the categories in the same shares; p adjusted over the features.
    p_simulated
        The same p from tables with the same margins drawn at random, which holds where expected counts are small too;
        where there is one, `p_adjusted` is of it.
    cramers_v
        Its effect size, 0 to 1.
    least_expected, small_cells
        The smallest expected count, and the share of cells where it is below 5.
    rough
        Whether these are too small for the test to be trusted (Cochran's rule); None without a test.
    differs
        Whether `p_adjusted` is at or below the level; None without a test.
    """

    feature: str
    segments: int
    chi_squared: Number
    df: Number
    p: Number
    p_simulated: Number
    p_adjusted: Number
    cramers_v: Number
    least_expected: Number
    small_cells: Number
    rough: bool | None
    differs: bool | None


def table_columns(rows: Sequence[Any], kind: type, whole: Collection[str] = ()) -> dict[str, list[Cell]]:
    """Return rows as columns of cells; several categories as one text."""
    lists = {each.name for each in attrs.fields(kind) if each.name in {"tied", "leading"}}
    columns = columns_of(rows, kind, whole)
    return {
        name: ["+".join(each) or None for each in values] if name in lists else values  # type: ignore[arg-type]
        for name, values in columns.items()
    }


def _shown(number: Number) -> str:
    return "–" if isinstance(number, Inapplicable) else f"{number:.2f}"
