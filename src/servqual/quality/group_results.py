"""`GroupComparison`: whether groups differ in their scores, and which from which by how much."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Any

from attrs import evolve, frozen

from servqual.errors import Problem, did_you_mean
from servqual.labels import Label, Language
from servqual.quality.bilingual import rows_of
from servqual.statistics import Adjustment, ArgumentError, Inapplicable
from servqual.statistics.reasoned import inapplicable
from servqual.tables import Table
from servqual.telling import Told, chosen

Number = float | Inapplicable

SHOWN = {
    "tests": ("groups", "n", "lowest", "highest", "f", "df", "df_error", "p", "p_adjusted", "eta_squared",
              "omega_squared", "verdict"),
    "pairs": ("group", "versus", "n_group", "n_versus", "mean_group", "mean_versus", "difference", "low", "high", "t",
              "df", "p", "p_adjusted", "g", "design_effect", "verdict"),
}  # fmt: skip
_WORST = {"tests": "p", "pairs": "difference"}


class GroupVerdict(StrEnum):
    """What a test says of groups at its level, after adjustment for the number of tests.

    DIFFER
        Of all groups: not all have the same mean.
    LOWER, HIGHER
        Of one group against another.
    OPEN
        No difference was shown, which is no proof that there is none.
    UNTESTED
        There is no test.
    """

    DIFFER = "differ"
    LOWER = "lower"
    HIGHER = "higher"
    OPEN = "open"
    UNTESTED = "untested"

    @property
    def label(self) -> Label:
        """The verdict in English and Chinese."""
        return _VERDICTS[self]


_VERDICTS = {
    GroupVerdict.DIFFER: Label("groups differ", "各组有差异"),
    GroupVerdict.LOWER: Label("lower", "较低"),
    GroupVerdict.HIGHER: Label("higher", "较高"),
    GroupVerdict.OPEN: Label("no difference shown", "未显示差异"),
    GroupVerdict.UNTESTED: Label("not tested", "无法检验"),
}


@frozen(kw_only=True)
class GroupTest:
    """One score compared between all groups at once; a number that does not exist is an `Inapplicable`.

    Attributes
    ----------
    about, key
        "item", "dimension" or "overall", and which.
    groups, n
        Groups with answers, and their respondents.
    lowest, highest
        The groups of the lowest and of the highest mean; None where no group has answers.
    f, df, df_error, p, p_adjusted
        Welch's test that all groups have one mean, with clusters Hotelling's; p adjusted over the items, or over the
        dimensions with the overall score.
    eta_squared, omega_squared
        Share of the variance between groups: in the sample, and nearly unbiased for the population, where it may come
        out below zero.
    verdict
        What `p_adjusted` says.
    """

    about: str
    key: str
    groups: int
    n: Number
    lowest: Any
    highest: Any
    f: Number
    df: Number
    df_error: Number
    p: Number
    p_adjusted: Number
    eta_squared: Number
    omega_squared: Number
    verdict: GroupVerdict


@frozen(kw_only=True)
class PairTest:
    """One score of one group against another; differences are group minus versus, of periods later minus earlier.

    Attributes
    ----------
    about, key
        "item", "dimension" or "overall", and which.
    group, versus
        The two groups.
    n_group, n_versus, mean_group, mean_versus
        Their respondents and means.
    difference, se, low, high
        The difference of the means, its standard error and confidence interval.
    t, df, p, p_adjusted
        Welch's t test, with clusters the cluster-robust one; two-sided; p adjusted over the pairs of this score.
    g, g_low, g_high
        Hedges' g: the difference in pooled standard deviations, less its small-sample bias, with its interval.
    design_effect
        Variance of the difference with clusters over that without.
    verdict
        What `p_adjusted` says of the group.
    """

    about: str
    key: str
    group: Any
    versus: Any
    n_group: Number
    n_versus: Number
    mean_group: Number
    mean_versus: Number
    difference: Number
    se: Number
    low: Number
    high: Number
    t: Number
    df: Number
    p: Number
    p_adjusted: Number
    g: Number
    g_low: Number
    g_high: Number
    design_effect: Number
    verdict: GroupVerdict


@frozen(eq=False, repr=False)
class GroupComparison:
    """Scores of groups or periods compared: all at once, and one against another.

    Attributes
    ----------
    tests, pairs
        One row per score; one per score and pair of groups.
    told
        "tests" and "pairs" → the same as columns, with title and notes in English and Chinese.
    by, groups
        The grouping column, and its groups in the order in which they were compared.
    confidence, adjust
        As asked.
    """

    tests: tuple[GroupTest, ...]
    pairs: tuple[PairTest, ...]
    told: dict[str, Told]
    by: str
    groups: tuple[Any, ...]
    confidence: float
    adjust: Adjustment

    def __iter__(self) -> Iterator[GroupTest]:
        return iter(self.tests)

    def __len__(self) -> int:
        return len(self.tests)

    def __getitem__(self, key: str) -> GroupTest:
        found = [test for test in self.tests if test.key == key]
        if not found:
            raise _no_such(key, [test.key for test in self.tests])
        return found[-1]

    def between(self, key: str, group: Any, versus: Any) -> PairTest:
        """Return the test of one score of one group against another.

        Raises
        ------
        ArgumentError
            A score or a pair that was not compared; a pair is named in the order of its difference.
        """
        found = [pair for pair in self.pairs if pair.key == key]
        if not found:
            raise _no_such(key, [test.key for test in self.tests])
        pairs = [pair for pair in found if (pair.group, pair.versus) == (group, versus)]
        if not pairs:
            known = (f"{pair.group} against {pair.versus}" for pair in found)
            rule = "pairs were compared later against earlier, as their order is"
            raise ArgumentError(
                Problem(
                    "pair", f"no {group!r} against {versus!r}", rule, did_you_mean(f"{group} against {versus}", known)
                )
            )
        return pairs[-1]

    def __repr__(self) -> str:
        differ = sum(test.verdict is GroupVerdict.DIFFER for test in self.tests)
        return (
            f"<{self.told['tests'].title.en}: {len(self.groups)} groups differ in {differ} of {len(self.tests)} scores>"
        )

    def to_table(
        self,
        what: str = "tests",
        rows: str = "all",
        *,
        worst_first: bool = False,
        language: Language | str | None = None,
    ) -> Table:
        """Return the tests of all groups at once, or of pairs of groups.

        Parameters
        ----------
        what
            "tests" or "pairs".
        rows
            "scores" (dimensions and overall), "items" or "all".
        worst_first
            The least p first, of pairs the largest fall first.
        language
            Adds the names of items and dimensions, and says verdicts and notes in it.
        """
        told = self.told[chosen("what", what, tuple(SHOWN))]
        held = [name for name in SHOWN[what] if any(cell is not None for cell in told.table[name])]
        table = rows_of(told, ("about", "key", *held), rows, language)
        words = [GroupVerdict(str(each)).label.text(language or Language.ENGLISH) for each in table["verdict"]]
        shown = evolve(table, columns={**table.columns, "verdict": words})
        return shown.sorted_by(_WORST[what]) if worst_first and _WORST[what] in held else shown

    def to_frame(self, what: str = "tests", backend: str | None = None) -> Any:
        """Return all numbers: one row per score, or with "pairs" one per score and pair of groups."""
        return self.told[chosen("what", what, tuple(SHOWN))].table.to_frame(backend)

    def to_dict(self) -> dict[str, Any]:
        """Return all numbers as a JSON-safe dictionary, with the reason of each that does not exist."""
        asked = {"by": self.by, "groups": list(self.groups), "confidence": self.confidence, "adjust": str(self.adjust)}
        tables = {what: told.whole().to_dict() for what, told in self.told.items()}
        for what, made in (("tests", self.tests), ("pairs", self.pairs)):
            tables[what]["inapplicable"] = [inapplicable(row) for row in made]
        return {"reading": "compare_groups", **asked, **tables}


def _no_such(key: str, known: Sequence[str]) -> ArgumentError:
    return ArgumentError(
        Problem("key", f"no {key!r}", "it is an item, a dimension or overall", did_you_mean(key, known))
    )
