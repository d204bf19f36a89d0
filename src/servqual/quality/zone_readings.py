"""`tolerance`: where perceptions stand in the zone of tolerance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from attrs import evolve, frozen

from servqual.errors import Problem, SurveyError
from servqual.instruments import Level
from servqual.labels import Label, Language
from servqual.quality.bilingual import rows_of, score_rows
from servqual.quality.door import By, check_groups, check_is_source, refuse_absent, summary_of, sums_by
from servqual.quality.zone_estimates import ZoneEstimates
from servqual.quality.zone_measures import tolerance_models
from servqual.scoring import Summary
from servqual.scoring.grouping import Labels
from servqual.scoring.suppression import Suppression, check_min_group, mark_beside, suppressed_rows
from servqual.scoring.zone_scores import ZoneScore
from servqual.statistics._arguments import check_confidence
from servqual.statistics.weights import WeightKind
from servqual.survey import Survey
from servqual.tables import Table
from servqual.telling import Told, cells, chosen
from servqual.zones import Standing

_COUNTS = ("n", "answers", "crossed", "incomplete")
_ENDS = ("_low", "_high")
_GAPS = [name + end for name in ("msa", "mss", "width") for end in ("", *_ENDS)]
_SHARES = [name + end for name in ("below", "within", "above") for end in ("", *_ENDS)]
_VIEWS: Mapping[str, tuple[str, ...]] = {
    "summary": ("n", "adequate", "desired", "perception", "msa", "mss", "width", "position", "standing",
                "below", "within", "above", "crossed", "incomplete"),
    "gaps": ("n", *_GAPS, "position", "position_low", "position_high"),
    "shares": (*_COUNTS[1:], *_SHARES),
}  # fmt: skip


@frozen(eq=False, repr=False)
class ToleranceReading:
    """The zone of tolerance read: MSA, MSS, width, position and shares of each item, dimension and group.

    Attributes
    ----------
    told
        All numbers, with their words.
    by
        The grouping columns.
    levels
        The levels of the adequate end, the desired end and the perception.
    confidence
        Of all intervals.
    """

    told: Told
    by: tuple[str, ...]
    levels: tuple[Level, Level, Level]
    confidence: float

    def __repr__(self) -> str:
        whole = [row for row, about in enumerate(self.told.table["about"]) if about == "overall"]
        groups = f"{len(whole)} groups by {', '.join(self.by)}; " if self.by else ""
        counts = [sum(int(self.told.table[name][row] or 0) for row in whole) for name in _COUNTS[1:]]
        triples = f"{counts[0]} answers, {counts[1]} crossed, {counts[2]} incomplete"
        gone = suppressed_rows(self.told.table, self.by, whole)
        return f"<ToleranceReading of {self.told.title.en!r}: {groups}{triples}{gone}>"

    def to_table(self, what: str = "summary", rows: str = "scores", language: Language | str | None = None) -> Table:
        """Return a view of the reading.

        Parameters
        ----------
        what
            "summary" (levels, gaps, position, shares), "gaps" (MSA, MSS, width and position with intervals) or
            "shares" (below, within and above with intervals, and what they are of).
        rows
            "scores" (dimensions and overall), "items" or "all".
        language
            Adds the names of items and dimensions in this language, and says the rest in it.
        """
        chosen("what", what, tuple(_VIEWS))
        mark = [mark_beside(self.by)] if mark_beside(self.by) in self.told.table.columns else []
        table = rows_of(self.told, (*self.by, "key", *_VIEWS[what], *mark), rows, language)
        if "standing" not in table.columns:
            return table
        tongue = Language.ENGLISH if language is None else Language(language)
        words = [None if name is None else Standing[str(name).upper()].label.text(tongue) for name in table["standing"]]
        return evolve(table, columns={**table.columns, "standing": words})

    def to_frame(self, backend: str | None = None) -> Any:
        """Return all numbers, one row per group and item, dimension or overall score (see ``about``)."""
        return self.told.table.to_frame(backend)

    def to_dict(self) -> dict[str, Any]:
        """Return all numbers as a JSON-safe dictionary."""
        ends = dict(zip(("adequate", "desired", "perception"), map(str, self.levels), strict=True))
        return {"reading": "tolerance", "levels": ends, "confidence": self.confidence, **self.told.whole().to_dict()}


def tolerance(
    source: Survey | Summary,
    by: By = None,
    confidence: float = 0.95,
    *,
    adequate: Level | str = Level.ADEQUATE,
    desired: Level | str = Level.DESIRED,
    perception: Level | str = Level.PERCEPTION,
    min_group: int | None = None,
) -> ToleranceReading:
    """The zone of tolerance read (MSA, MSS, LibQUAL): gaps, width, position and shares below, within and above.

    MSA is ``P − A``, MSS is ``P − D``, the width ``D − A``: means over triples, that is items of which one person
    answered adequate, desired and perceived level; MSA − MSS is the width in every row. A negative gap is a shortfall.
    The position is ``mean (P − A) / mean (D − A)`` with Fieller's interval: 0 at the adequate level, 1 at the desired.
    Shares count answers with ``P < A``, ``A ≤ P ≤ D`` and ``P > D``, with Wilson's interval on the number of
    independent answers that they are worth (`share_intervals`).

    Crossed zones (A > D) are counted, left out of position and shares, and never turned round; they stay in means of
    gaps and widths. Incomplete triples are counted and left out of everything, so that MSA may differ from the table of
    `Adequacy`, which needs no desired level. Dimensions and the overall score are means of respondents' scores, under
    the rule of `summarize` for missing items; their shares are of all sound answers to their items.

    Parameters
    ----------
    source
        A survey, or a summary made with `tolerance_models`; a summary keeps the ``min_answered`` it was made with.
    by
        Grouping columns.
    confidence
        Of all intervals: Student's t for gaps and widths, with the errors that weights and clusters ask for.
    adequate, desired, perception
        The levels that bound the zone, and what is held against them.
    min_group
        Numbers that fewer respondents stand behind are not told, nor is the smallest other group where the total would
        give them away; a column ``suppressed`` and a note say so.

    Raises
    ------
    ArgumentError
        A confidence outside 0 and 1; a smallest group of less than one respondent.
    LevelError
        A level that was not asked, or levels that bound no zone.
    SurveyError
        Not one complete triple.
    JointAnswersError
        Levels from different people, or a summary of counts.
    ModelError, GroupError
        A summary made without these models or groups.

    References
    ----------
    Zeithaml, Berry & Parasuraman 1993, Journal of the Academy of Marketing Science 21(1):1-12; Parasuraman, Zeithaml &
    Berry 1994, Journal of Retailing 70(3):201-230; Fieller 1954, Journal of the Royal Statistical Society B
    16(2):175-185; Wilson 1927, Journal of the American Statistical Association 22(158):209-212.

    Examples
    --------
    >>> from servqual import Instrument, Scale
    >>> asked = (Level.ADEQUATE, Level.DESIRED, Level.PERCEPTION)
    >>> desk = Instrument.define("desk", {"speed": ["wait", "service"]}, scale=Scale.likert(9), levels=asked)
    >>> low, high, seen = [[5, 4], [6, 5], [5, 9]], [[8, 7], [8, 8], [8, 7]], [[6, 8], [5, 6], [7, 5]]
    >>> tolerance(Survey.from_arrays(desk, adequate=low, desired=high, perception=seen))
    <ToleranceReading of 'desk: zone of tolerance': 5 answers, 1 crossed, 0 incomplete>
    """
    check_confidence(confidence)
    check_min_group(min_group)
    models = tolerance_models(adequate, desired, perception)
    levels = (models[0].adequate, models[0].desired, models[0].perception)
    check_is_source(source)
    refuse_absent(source, dict(zip(("adequate", "desired", "perception"), levels, strict=True)), "zone of tolerance")
    summary = summary_of(source, models, by, what="zone of tolerance", line=_line(models[0]))
    names = check_groups(summary, by)
    groups = {
        labels: _columns(summary, models, sums.parts, confidence) for labels, sums in sums_by(summary, by).items()
    }
    if not any(columns["answers"][-1] + columns["crossed"][-1] for columns in groups.values()):
        rule = f"somebody answered {', '.join(map(str, levels))} of the same item"
        raise SurveyError(Problem("zone of tolerance", "no complete triple", rule, "answers_table() counts each level"))
    told = _told(summary, names, groups, tuple(_notes(summary, groups, confidence)))
    if min_group is not None:
        told = Suppression.of([each["n"] for each in groups.values()], min_group).told(told, {*names, "about", "key"})
    return ToleranceReading(told, names, levels, confidence)


def _line(model: ZoneScore) -> str:
    """Return how the models are written."""
    usual = ZoneScore(model.measure)
    names = [name for name in ("adequate", "desired", "perception") if getattr(model, name) != getattr(usual, name)]
    return f"*tolerance_models({', '.join(f'{name}={str(getattr(model, name))!r}' for name in names)})"


def _columns(summary: Summary, models: tuple[ZoneScore, ...], parts: Any, confidence: float) -> dict[str, Any]:
    terms = {model.measure: parts[summary.models.index(model)].terms[0] for model in models}
    estimates = ZoneEstimates(summary.instrument, terms, confidence)
    return {**estimates.columns(), "standing": estimates.standing()}


def _told(
    summary: Summary, by: tuple[str, ...], groups: Mapping[Labels, dict[str, Any]], notes: tuple[Label, ...]
) -> Told:
    shown = score_rows(summary.instrument)
    columns: dict[str, list[Any]] = {name: [] for name in (*by, "about", "key")}
    for labels, found in groups.items():
        for name, label in zip(by, labels, strict=True):
            columns[name] += [label] * len(shown)
        columns["about"] += [row.about for row in shown]
        columns["key"] += [row.key for row in shown]
        for name, values in found.items():
            given = values if name == "standing" else cells(values, whole=name in _COUNTS)
            columns.setdefault(name, []).extend(given)
    title = summary.instrument.label
    title = Label(f"{title.en}: zone of tolerance", f"{title.text('zh')}：容忍区域")
    table = Table(columns, backend=summary.backend)
    return Told(table, tuple(row.label for _ in groups for row in shown), title, notes)


def _notes(summary: Summary, groups: Mapping[Labels, dict[str, Any]], confidence: float) -> Iterator[Label]:
    level = f"{confidence:.0%}"
    yield Label(
        f"intervals: {level}, Student t for gaps and widths, Fieller for positions, Wilson on effective n for shares",
        f"置信区间：{level}；差距与宽度用t分布，位置用Fieller法，比例用有效样本量的Wilson法",
    )
    yield Label(
        "a negative gap is a shortfall; crossed zones (adequate above desired) are left out of position and shares, "
        "incomplete triples out of everything",
        "差距为负表示不足；交叉区域（适当高于渴望）不计入位置与比例，不完整的三项回答一律不计入",
    )
    if summary.weight_kind is WeightKind.SAMPLING:
        yield Label(
            "sampling weights: means and shares are weighted, counts are not", "抽样权重：均值与比例加权，计数不加权"
        )
    some = next(iter(summary.groups.values())).parts[0].terms[0]
    if some.clusters is not None:
        yield Label("errors: cluster-robust, G − 1 degrees of freedom", "标准误：聚类稳健，自由度为G−1")
    yield from _gaps_in_the_reading(groups)


def _gaps_in_the_reading(groups: Mapping[Labels, dict[str, Any]]) -> Iterator[Label]:
    empty = [labels for labels, found in groups.items() if not found["answers"][-1] + found["crossed"][-1]]
    if empty:
        named = ", ".join("/".join(map(str, labels)) for labels in empty)
        yield Label(f"no complete triple in: {named}", f"没有完整三项回答的组：{named}")
    open_sets = sum(
        int(np.count_nonzero(~np.isnan(found["position"]) & np.isnan(found["position_low"])))
        for found in groups.values()
    )
    if open_sets:
        yield Label(
            f"positions without an interval: {open_sets}; their mean width is not clearly above zero, or has no error",
            f"没有区间的位置：{open_sets}个；其平均宽度并不明显大于零，或没有标准误",
        )
