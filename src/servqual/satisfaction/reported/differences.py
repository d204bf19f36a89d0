"""`compare_reported`: is a score that people report another one than before, or elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from attrs import frozen

from servqual.errors import LoyaltyError, Problem
from servqual.labels import Label, Language
from servqual.satisfaction.reported.results import Number, ReportedScore, ReportedScores
from servqual.satisfaction.reported.words import group_label
from servqual.statistics import Adjustment, Inapplicable, adjusted
from servqual.statistics.net_scores import recovered_difference, z_difference
from servqual.statistics.reasoned import columns_of, inapplicable
from servqual.tables import Table
from servqual.telling import Told

_TITLE = Label("Differences of reported scores", "得分之差")


@frozen(kw_only=True, repr=False)
class ScoreDifference:
    """A score less another one of the same kind, of other people.

    Attributes
    ----------
    group
        What is compared.
    before, after, difference, se
        Both scores, the second less the first, and the error of that.
    low, high
        Recovered from the interval of each score (MOVER).
    wald_low, wald_high, z, p
        The Wald interval, and the z test of no difference that goes with it, two-sided.
    p_adjusted
        Adjusted over all rows.
    """

    group: str
    before: Number
    after: Number
    difference: Number
    se: Number
    low: Number
    high: Number
    wald_low: Number
    wald_high: Number
    z: Number
    p: Number
    p_adjusted: Number

    def __repr__(self) -> str:
        if isinstance(self.difference, Inapplicable):
            return f"<ScoreDifference of {self.group}: {self.difference}>"
        ends = f"{float(self.low):.2f} to {float(self.high):.2f}"
        return f"<ScoreDifference of {self.group}: {self.difference:.2f} ({ends}), p {float(self.p):.3g}>"


@frozen(eq=False, repr=False)
class ScoreDifferences:
    """Differences of reported scores, row by row; ``told`` holds them as columns."""

    rows: tuple[ScoreDifference, ...]
    told: Told
    adjust: Adjustment

    def __len__(self) -> int:
        return len(self.rows)

    def __repr__(self) -> str:
        return f"<ScoreDifferences: {', '.join(repr(row)[1:-1] for row in self.rows)}>"

    def to_table(self, language: Language | str | None = None) -> Table:
        """Return one row for each difference."""
        return self.told.view(list(self.told.table.columns), language=language, named="group")

    def _repr_html_(self) -> str:
        return self.to_table()._repr_html_()

    def to_frame(self, backend: str | None = None) -> Any:
        """Return all numbers, one row for each difference."""
        return self.told.table.to_frame(backend)

    def to_dict(self) -> dict[str, Any]:
        """Return all numbers as a JSON-safe dictionary, with the reason of each that does not exist."""
        reasons = [{"group": row.group, **inapplicable(row)} for row in self.rows]
        return {"reading": "score_differences", "adjust": str(self.adjust), **self.told.whole().to_dict(),
                "inapplicable": reasons}  # fmt: skip


def compare_reported(
    before: ReportedScores[Any], after: ReportedScores[Any] | None = None, *, adjust: Adjustment | str = Adjustment.HOLM
) -> ScoreDifferences:
    """Scores of two periods, group by group; or of one period, every group against every other.

    ``z = (b − a) / √(se_a² + se_b²)``; the interval is recovered from those of both scores (MOVER).

    Parameters
    ----------
    before, after
        Two scores of the same kind, asked in the same way of different people; without the second, the groups of the
        first are compared.
    adjust
        Of p over all rows, see `Adjustment`.

    Returns
    -------
    ScoreDifferences
        The second less the first.

    Raises
    ------
    LoyaltyError
        Scores of two kinds, or that were asked in two ways; groups that one period lacks; no groups to compare.

    References
    ----------
    Newcombe 1998, Statistics in Medicine 17(8):873-890; Zou & Donner 2008, Statistics in Medicine 27(10):1693-1702.

    Examples
    --------
    >>> from servqual.satisfaction.reported.promoters import nps_from_counts
    >>> first = nps_from_counts({"promoters": 180, "passives": 130, "detractors": 90})
    >>> second = nps_from_counts({"promoters": 230, "passives": 110, "detractors": 60})
    >>> compare_reported(first, second)
    <ScoreDifferences: ScoreDifference of all: 20.00 (9.34 to 30.47), p 0.000216>
    """
    pairs = _groups(before) if after is None else _periods(before, after)
    kind = Adjustment(adjust)
    found = [_difference(name, first, second, before.confidence) for name, first, second in pairs]
    p = adjusted([float(row["p"]) for row in found], kind)
    rows = tuple(
        ScoreDifference(**row, p_adjusted=row["p"] if isinstance(row["p"], Inapplicable) else float(each))
        for row, each in zip(found, p, strict=True)
    )
    level = f"{before.confidence:.0%}"
    said = f"second less first; {level} intervals recovered from both scores (MOVER); p adjusted: {kind}"
    notes = [Label(said, f"后者减前者；{level} 区间由两个得分的区间恢复（MOVER）；p 值校正：{kind}")]
    table = Table(columns_of(rows, ScoreDifference), backend=before.told.table.backend)
    return ScoreDifferences(rows, Told(table, [group_label(row.group) for row in rows], _TITLE, notes), kind)


Pairs = Sequence[tuple[str, ReportedScore, ReportedScore]]


def _groups(scores: ReportedScores[Any]) -> Pairs:
    groups = scores.rows[1:]
    if len(groups) < 2:
        raise LoyaltyError(
            Problem("groups", str(len(groups)), "two groups or more are compared", "score them with by=…")
        )
    return [(f"{b.group} − {a.group}", a, b) for place, a in enumerate(groups) for b in groups[place + 1 :]]


def _periods(before: ReportedScores[Any], after: ReportedScores[Any]) -> Pairs:
    problems = []
    if before.kind != after.kind:
        problems.append(Problem("scores", f"{before.kind} and {after.kind}", "both are of one kind"))
    asked = [{**each.asked, "confidence": each.confidence, "interval": each.interval} for each in (before, after)]
    names = [name for name in asked[0] if name != "draws"] if before.kind == after.kind else []
    problems += [
        Problem(name, f"{asked[0][name]} and {asked[1][name]}", "both were asked in the same way")
        for name in names
        if asked[0][name] != asked[1][name]
    ]
    known = [[row.group for row in each] for each in (before, after)]
    lacking = sorted(set(known[0]) ^ set(known[1]))
    if lacking:
        rule = "each group is there in both periods"
        problems.append(
            Problem("groups", ", ".join(lacking[:4]), rule, "score everybody without by=, or leave them out")
        )
    if problems:
        raise LoyaltyError(*problems)
    return [(row.group, row, after[row.group]) for row in before]


def _difference(name: str, before: ReportedScore, after: ReportedScore, confidence: float) -> dict[str, Any]:
    a, b = before.score, after.score
    test = z_difference((float(a), float(b)), (float(before.se), float(after.se)))
    why = str(test.reason)
    none = Inapplicable(why) if why else None
    low, high = test.interval(confidence)
    ends = recovered_difference(
        (float(a), float(before.low), float(before.high)), (float(b), float(after.low), float(after.high))
    )
    known = not (isinstance(a, Inapplicable) or isinstance(b, Inapplicable))
    absent = Inapplicable("one of the scores does not exist")
    return {
        "group": name, "before": a, "after": b, "difference": float(b) - float(a) if known else absent,
        "se": none or float(test.se), "low": ends[0] if known else absent, "high": ends[1] if known else absent,
        "wald_low": none or float(low), "wald_high": none or float(high), "z": none or float(test.statistic),
        "p": none or float(test.p),
    }  # fmt: skip
