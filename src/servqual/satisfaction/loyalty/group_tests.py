"""Whether groups of customers have the same shares of loyalty types."""

from __future__ import annotations

from typing import Any

import numpy as np

from servqual._arrays import Bools, Floats, Ints
from servqual.labels import Label
from servqual.satisfaction.loyalty.words import FOUR
from servqual.satisfaction.reported.intake import NO_GROUP, Gathered
from servqual.statistics import Inapplicable
from servqual.statistics.contingency import HomogeneityTest, homogeneity_test, is_rough
from servqual.statistics.point_tallies import effective_size

NO_GROUPS = "no groups were asked for"
CLUSTERED = "the test takes customers as independent, and those of a cluster are not"


def difference_of(found: Gathered, codes: Ints) -> HomogeneityTest | Inapplicable:
    """Return Pearson's test that all groups have the same shares of the four types, or why there is none.

    Counts are those of customers; with sampling weights their shares times Kish's effective number. Customers without a
    group take no part.
    """
    if len(found.groups) < 2:
        return Inapplicable(NO_GROUPS)
    if found.people.clusters is not None:
        return Inapplicable(CLUSTERED)
    named = [rows for name, rows in found.groups[1:] if name != NO_GROUP]
    counts = np.array([_counts(found, codes, rows) for rows in named]).reshape(-1, len(FOUR))
    return homogeneity_test(counts).at()


def _counts(found: Gathered, codes: Ints, rows: Bools) -> Floats:
    tally = found.tally(codes, len(FOUR), rows)
    if not tally.size:
        return np.zeros(len(FOUR))
    return np.asarray(tally.shares * effective_size(tally, np.arange(float(len(FOUR)))))


def difference_note(test: HomogeneityTest | Inapplicable) -> Label | None:
    """Return what the test says; None where no groups were asked for."""
    if isinstance(test, Inapplicable):
        reason = {CLUSTERED: "检验要求顾客相互独立，而同一群内的顾客并非如此"}.get(test.reason, "各组间无可比较")
        return None if test.reason == NO_GROUPS else Label(f"groups are not tested: {test.reason}", f"未检验：{reason}")
    chi, df, p, v = (float(each) for each in (test.statistic, test.df, test.p, test.cramers_v))
    rough = is_rough(float(test.least_expected), float(test.small_cells))
    en, zh = ("; rough, for expected counts are small", "；期望频数偏小，仅供参考") if rough else ("", "")
    told = f"χ² {chi:.2f}, df {df:g}, p {p:.3f}, V {v:.3f}"
    return Label(
        f"shares of the types, the same in all groups (Pearson): {told}{en}",
        f"各组类型比例相同（Pearson 检验）：{told}{zh}",
    )


def difference_record(test: HomogeneityTest | Inapplicable) -> dict[str, Any]:
    """Return the test as a JSON-safe dictionary."""
    if isinstance(test, Inapplicable):
        return {"inapplicable": test.reason}
    numbers = ("statistic", "df", "p", "cramers_v", "least_expected", "small_cells")
    return {"method": test.method, **{name: float(getattr(test, name)) for name in numbers}}
