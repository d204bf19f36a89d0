"""`GapTests`: what tests say of gaps, row by row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import evolve, frozen

from servqual.errors import Problem, did_you_mean
from servqual.labels import Language
from servqual.quality.bilingual import rows_of
from servqual.quality.gap_words import GapVerdict
from servqual.statistics import Adjustment, ArgumentError, Inapplicable
from servqual.statistics.reasoned import inapplicable
from servqual.tables import Table
from servqual.telling import Told

Number = float | Inapplicable

# What a table shows; frames have everything.
SHOWN = (
    "n", "n_standard", "perceived", "standard", "difference", "low", "high", "t", "df", "p", "p_holm", "p_bh",
    "p_adjusted", "rank_p", "dz", "dav", "drm", "ds", "g", "superiority", "design_effect", "equivalence_p",
    "equivalent", "verdict",
)  # fmt: skip


@frozen(kw_only=True, repr=False)
class GapTest:
    """One gap with its tests and effect sizes; a number that does not exist is an `Inapplicable` that says why.

    Attributes
    ----------
    about, key
        "item", "dimension" or "overall", and which.
    n, n_standard
        Respondents: those with both answers; where different people answered, those who perceived, and the others.
    perceived, standard
        Means of both levels over the answers that the gap is made of.
    difference, se, low, high
        Perceived minus standard, below zero a shortfall; its standard error and confidence interval.
    t, df, p
        The t test of a mean gap of zero, two-sided.
    p_holm, p_bh, p_adjusted
        The same p adjusted within its family: by Holm, by Benjamini and Hochberg, and as was asked for.
    rank, rank_p, rank_p_adjusted, rank_effect
        Wilcoxon's signed-rank test (``V``), between different people the rank-sum test (``U``), two-sided; its p
        adjusted as was asked for; the rank-biserial correlation, −1 to 1.
    dz, dz_low, dz_high
        Mean difference in standard deviations of the differences, with its interval.
    dav
        Mean difference in the mean standard deviation of both levels (Cumming).
    drm
        ``dz √(2 (1 − r))``, corrected for the correlation of both levels.
    ds, ds_low, ds_high, g
        Between different people: mean difference in pooled standard deviations, with its interval, and Hedges' g.
    superiority, superiority_low, superiority_high
        Probability that a perception exceeds its standard, ties by half, with its interval.
    design_effect
        Variance of the mean with clusters over that without.
    equivalence_p, equivalent
        Two one-sided tests that the gap lies within the margin: the larger p, and whether it is at or below the level.
    verdict
        What `p_adjusted` says at the level ``1 − confidence``.
    """

    about: str
    key: str
    n: Number
    n_standard: Number
    perceived: Number
    standard: Number
    difference: Number
    se: Number
    low: Number
    high: Number
    t: Number
    df: Number
    p: Number
    p_holm: Number
    p_bh: Number
    p_adjusted: Number
    rank: Number
    rank_p: Number
    rank_p_adjusted: Number
    rank_effect: Number
    dz: Number
    dz_low: Number
    dz_high: Number
    dav: Number
    drm: Number
    ds: Number
    ds_low: Number
    ds_high: Number
    g: Number
    superiority: Number
    superiority_low: Number
    superiority_high: Number
    design_effect: Number
    equivalence_p: Number
    equivalent: bool | None
    verdict: GapVerdict

    def __repr__(self) -> str:
        if isinstance(self.p, Inapplicable):
            return f"<GapTest of {self.key}: not tested, {self.p}>"
        ends = f"{float(self.low):.3f} to {float(self.high):.3f}"
        return f"<GapTest of {self.key}: {float(self.difference):.3f} ({ends}), p {self.p:.3g}; {self.verdict.label}>"


@frozen(eq=False, repr=False)
class GapTests:
    """Tests of the gaps of items, dimensions and the overall score; a gap is perceived minus standard.

    Attributes
    ----------
    rows
        One `GapTest` each, in the instrument's order; ``tests["reliability"]`` picks one.
    told
        The same as columns, with title and notes in English and Chinese.
    confidence, adjust, margin
        As asked.
    """

    rows: tuple[GapTest, ...]
    told: Told
    confidence: float
    adjust: Adjustment
    margin: float | tuple[float, float] | None = None

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[GapTest]:
        return iter(self.rows)

    def __getitem__(self, key: str) -> GapTest:
        found = [row for row in self.rows if row.key == key]
        if not found:
            known = [row.key for row in self.rows]
            rule = "it is an item, a dimension or overall"
            raise ArgumentError(Problem("key", f"no {key!r}", rule, did_you_mean(key, known)))
        return found[-1]

    def __repr__(self) -> str:
        against = sum(row.verdict is GapVerdict.BELOW for row in self.rows)
        return f"<{self.told.title.en}: {len(self)} gaps, {against} below their standard>"

    def to_table(
        self, rows: str = "all", *, worst_first: bool = False, language: Language | str | None = None
    ) -> Table:
        """Return gaps with intervals, p-values and effect sizes; columns that hold nothing are left out, notes say why.

        Parameters
        ----------
        rows
            "scores" (dimensions and overall), "items" or "all".
        worst_first
            The largest shortfall first instead of the instrument's order.
        language
            Adds the names of items and dimensions, and says verdicts and notes in it.
        """
        whole = self.told.table
        told_twice = {"n_standard": ["n"], "p_adjusted": ["p_holm", "p_bh"]}
        held = [name for name in SHOWN if any(cell is not None for cell in whole[name])]
        held = [name for name in held if all(whole[name] != whole[other] for other in told_twice.get(name, ()))]
        table = rows_of(self.told, ("about", "key", *held), rows, language)
        words = [GapVerdict(str(each)).label.text(language or Language.ENGLISH) for each in table["verdict"]]
        shown = evolve(table, columns={**table.columns, "verdict": words})
        return shown.sorted_by("difference") if worst_first else shown

    def to_frame(self, backend: str | None = None) -> Any:
        """Return all numbers, one row per item, dimension and the overall score."""
        return self.told.table.to_frame(backend)

    def to_dict(self) -> dict[str, Any]:
        """Return all numbers as a JSON-safe dictionary, with the reason of each that does not exist."""
        margin = list(self.margin) if isinstance(self.margin, tuple | list) else self.margin
        asked = {"confidence": self.confidence, "adjust": str(self.adjust), "margin": margin}
        reasons = [{"about": row.about, "key": row.key, **inapplicable(row)} for row in self.rows]
        return {"reading": "gap_tests", **asked, **self.told.whole().to_dict(), "inapplicable": reasons}
