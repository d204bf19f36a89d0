"""`two_views`: the provider's rating and the customer's of the same encounters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from attrs import evolve, frozen

from servqual.errors import Problem, SurveyError
from servqual.instruments import Level
from servqual.labels import Label, Language
from servqual.quality.bilingual import rows_of, score_rows
from servqual.quality.door import By
from servqual.quality.view_alignment import check_alignment
from servqual.quality.view_estimates import SHARES, ViewEstimates
from servqual.quality.view_sums import view_sums
from servqual.scoring.grouping import Labels, combined
from servqual.scoring.suppression import Suppression, check_min_group, mark_beside, suppressed_rows
from servqual.statistics import ArgumentError
from servqual.statistics._arguments import check_confidence
from servqual.statistics.weights import WeightKind
from servqual.survey import Survey
from servqual.tables import Table
from servqual.telling import Told, cells, chosen

_VIEWS: Mapping[str, tuple[str, ...]] = {
    "bias": ("n", "provider_mean", "customer_mean", "bias", "bias_low", "bias_high", "t", "df", "p", "judgement"),
    "agreement": ("n", "ccc", "ccc_low", "ccc_high", "r", "kappa", "equal", "near", "limit_low", "limit_high"),
    "shares": ("n", *(name + end for name in SHARES for end in ("", "_low", "_high"))),
}
_JUDGEMENTS = {
    "overrated": Label("overrated by the provider", "提供者高估"),
    "underrated": Label("underrated by the provider", "提供者低估"),
}


@frozen(eq=False, repr=False)
class TwoViews:
    """Two views of one service: bias, agreement and who rates higher, by item, dimension and group of encounters.

    Attributes
    ----------
    told
        All numbers, with their words.
    by
        The grouping columns.
    confidence, limits
        Of intervals, and the share of encounters that the limits of agreement are to hold.
    near
        How far apart ratings may be to count as near.
    """

    told: Told
    by: tuple[str, ...]
    confidence: float
    limits: float
    near: float

    def __repr__(self) -> str:
        whole = [row for row, about in enumerate(self.told.table["about"]) if about == "overall"]
        n = sum(int(self.told.table["n"][row] or 0) for row in whole)
        groups = f"; {len(whole)} groups by {', '.join(self.by)}" if self.by else ""
        gone = suppressed_rows(self.told.table, self.by, whole)
        return f"<TwoViews of {self.told.title.en!r}: {n} encounters with both overall scores{groups}{gone}>"

    def to_table(self, what: str = "bias", rows: str = "scores", language: Language | str | None = None) -> Table:
        """Return a view of the reading.

        Parameters
        ----------
        what
            "bias" (means, difference, test), "agreement" (concordance, r, kappa, limits) or "shares" (who rates
            higher).
        rows
            "scores" (dimensions and overall), "items" or "all".
        language
            Adds the names of items and dimensions in this language, and says the rest in it.
        """
        chosen("what", what, tuple(_VIEWS))
        mark = [mark_beside(self.by)] if mark_beside(self.by) in self.told.table.columns else []
        table = rows_of(self.told, (*self.by, "key", *_VIEWS[what], *mark), rows, language)
        if "judgement" not in table.columns:
            return table
        tongue = Language.ENGLISH if language is None else Language(language)
        words = [None if each is None else _JUDGEMENTS[str(each)].text(tongue) for each in table["judgement"]]
        return evolve(table, columns={**table.columns, "judgement": words})

    def to_frame(self, backend: str | None = None) -> Any:
        """Return all numbers, one row per group and item, dimension or overall score (see ``about``)."""
        return self.told.table.to_frame(backend)

    def to_dict(self) -> dict[str, Any]:
        """Return all numbers as a JSON-safe dictionary."""
        asked = {"confidence": self.confidence, "limits": self.limits, "near": self.near}
        return {"reading": "two_views", **asked, **self.told.whole().to_dict()}


def two_views(
    provider: Survey,
    customer: Survey,
    *,
    by: By = None,
    level: Level | str = Level.PERCEPTION,
    confidence: float = 0.95,
    limits: float = 0.95,
    near: float | None = None,
    min_group: int | None = None,
) -> TwoViews:
    """Two views of the same encounters, the provider's own rating and the customer's: bias, agreement, misjudgement.

    Row by row both surveys are of the same encounters. The **bias** is provider minus customer: above zero the provider
    thinks better of the service than the customer does; its test is the paired t. **Agreement**: Lin's concordance
    correlation (CCC) with its interval, Pearson's r, kappa with quadratic weights (of items on a scale with points,
    where it is the CCC), the shares that are equal and near, and Bland and Altman's limits of agreement, bias ± z sd.
    **Who misjudges where**: the shares of encounters in which the provider rates higher, equal and lower, with Wilson's
    intervals; a row is judged over- or underrated where the interval of its bias leaves out zero.

    Everything is of what both rated: an item that one left out counts for neither. Dimensions and overall are scores
    under the usual rule, half of a dimension's items answered.

    Parameters
    ----------
    provider, customer
        Surveys of the same items on the same scale, of equal length. Weights and clusters are those of the customers'
        survey; groups that both have must agree, which finds rows out of order.
    by
        Grouping columns of either survey.
    level
        The level that both answered.
    confidence
        Of all intervals; with clusters that of the CCC does not exist, its error being of independent encounters.
    limits
        The share of encounters that the limits of agreement are to hold, if differences are normal.
    near
        How far apart ratings may be to count as near; by default one step of the scale, 1 without steps.
    min_group
        Numbers that fewer encounters stand behind are not told, nor is the smallest other group where the total would
        give them away; a column ``suppressed`` and a note say so.

    Raises
    ------
    ArgumentError
        A share outside 0 and 1, a distance below zero, a smallest group of less than one.
    SurveyError
        Surveys that are not two views of the same encounters (all reasons at once), or no encounter rated by both.
    LevelError, GroupError
        A level or a grouping column that is not there.
    JointAnswersError
        A summary in the place of a survey.

    References
    ----------
    Lin 1989, Biometrics 45(1):255-268, corrected 2000, Biometrics 56(1):324-325; Bland & Altman 1986, Lancet
    327(8476):307-310; Fleiss & Cohen 1973, Educational and Psychological Measurement 33(3):613-619.

    Examples
    --------
    >>> from servqual import Instrument, Scale
    >>> desk = Instrument.define("desk", {"speed": ["wait", "service"]}, scale=Scale.likert(7))
    >>> ours = Survey.from_arrays(desk, perception=[[6, 6], [7, 5], [6, 7], [5, 6]])
    >>> theirs = Survey.from_arrays(desk, perception=[[5, 6], [5, 4], [6, 5], [4, 5]])
    >>> two_views(ours, theirs).to_table("shares")["higher"]
    (1.0, 1.0)
    """
    check_confidence(confidence)
    check_confidence(limits)
    check_min_group(min_group)
    check_alignment(provider, customer)
    for survey in (provider, customer):
        survey.level(Level(level))
    reach = _reach((customer.instrument.scale.step or 1.0) if near is None else near)
    names = (by,) if isinstance(by, str) else tuple(by or ())
    told: dict[Labels, dict[str, Any]] = {}
    for labels, rows in combined({**provider.groups, **customer.groups}, names, len(customer)):
        sums = view_sums(provider, customer, Level(level), reach, np.arange(len(customer)) if rows is None else rows)
        estimates = ViewEstimates(customer.instrument, sums, confidence, limits)
        told[labels] = {**estimates.columns(), "judgement": estimates.judgements()}
    if not any(found["n"].any() for found in told.values()):
        rule = f"some encounters have a {level!s} answer of both to the same item"
        raise SurveyError(Problem("encounters", "none was rated by both", rule))
    made = _told(customer, names, told, (confidence, limits, reach))
    if min_group is not None:
        made = Suppression.of([each["n"] for each in told.values()], min_group).told(made, {*names, "about", "key"})
    return TwoViews(made, names, confidence, limits, reach)


def _reach(near: float) -> float:
    if not near >= 0:
        raise ArgumentError(Problem("near", f"{near}", "it is a distance on the scale, zero or more"))
    return float(near)


def _told(
    customer: Survey, by: tuple[str, ...], groups: Mapping[Labels, dict[str, Any]], asked: tuple[float, float, float]
) -> Told:
    shown = score_rows(customer.instrument)
    columns: dict[str, list[Any]] = {name: [] for name in (*by, "about", "key")}
    for labels, found in groups.items():
        for name, label in zip(by, labels, strict=True):
            columns[name] += [label] * len(shown)
        columns["about"] += [row.about for row in shown]
        columns["key"] += [row.key for row in shown]
        for name, values in found.items():
            columns.setdefault(name, []).extend(values if name == "judgement" else cells(values, whole=name == "n"))
    title = customer.instrument.label
    title = Label(f"{title.en}: two views", f"{title.text('zh')}：双方评价")
    labels_of_rows = tuple(row.label for _ in groups for row in shown)
    return Told(Table(columns, backend=customer.backend), labels_of_rows, title, tuple(_notes(customer, asked)))


def _notes(customer: Survey, asked: tuple[float, float, float]) -> Iterator[Label]:
    confidence, limits, near = asked
    yield Label(
        f"bias: provider minus customer, above zero the provider overrates; {confidence:.0%} intervals",
        f"偏差：提供者减去顾客，为正表示提供者高估；置信度{confidence:.0%}",
    )
    yield Label(
        f"near: at most {near:g} apart; limits of agreement: bias ± z sd, for {limits:.0%} of encounters",
        f"接近：相差不超过{near:g}；一致性界限：偏差±z×标准差，涵盖{limits:.0%}的接触",
    )
    if customer.weights is not None and customer.weight_kind is WeightKind.SAMPLING:
        yield Label("sampling weights: n counts encounters, the rest is weighted", "抽样权重：n为接触数，其余加权")
    if customer.cluster is not None:
        yield Label(
            "errors: cluster-robust, G − 1 degrees of freedom; no interval of the CCC",
            "标准误：聚类稳健，自由度为G−1；不给出CCC的区间",
        )
