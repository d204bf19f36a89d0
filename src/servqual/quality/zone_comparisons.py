"""`compare_zones`: what moves the zone of tolerance, between groups of people or between kinds of items."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from attrs import define, evolve, field, frozen

from servqual._arrays import Floats
from servqual.errors import GroupError, JointAnswersError, Problem, did_you_mean
from servqual.instruments import Level
from servqual.labels import Label, Language
from servqual.quality.bilingual import OVERALL, Row, rows_of, score_rows
from servqual.quality.door import check_is_source, refuse_absent, refuse_unpaired, summary_of, sums_by
from servqual.quality.item_sets import sets_of
from servqual.quality.zone_measures import zone_models
from servqual.quality.zone_shifts import Columns, shift_between, shift_within
from servqual.scoring import Summary
from servqual.scoring.suppression import MARK, Suppression, check_min_group
from servqual.statistics import ArgumentError
from servqual.statistics._arguments import check_confidence
from servqual.survey import Survey
from servqual.tables import Table
from servqual.telling import Told, cells

_WHAT = "comparison of zones"
_COUNTS = ("n_group", "n_reference")
_SHOWN = ("n_group", "n_reference", "mean_group", "mean_reference", "difference", "low", "high", "p", "effect",
          "effect_low", "effect_high")  # fmt: skip


@frozen(eq=False, repr=False)
class ZoneComparison:
    """What moves the zone of tolerance: differences of its ends and its width, group minus reference.

    Attributes
    ----------
    told
        All numbers, with their words.
    between
        What was compared: a grouping column, "importance" or "sets of items".
    reference
        The group that others are held against.
    confidence
        Of all intervals.
    """

    told: Told
    between: str
    reference: Any
    confidence: float

    def __repr__(self) -> str:
        pairs = len(dict.fromkeys(self.told.table["group"]))
        return f"<ZoneComparison of {self.told.title.en!r}: {pairs} against {self.reference!r} by {self.between}>"

    def to_table(self, rows: str = "scores", language: Language | str | None = None) -> Table:
        """Return means, differences with intervals and effect sizes of scores, items or all.

        A language adds the names of items and dimensions, and says the rest in it.
        """
        mark = [MARK] if MARK in self.told.table.columns else []
        return rows_of(self.told, ("group", "reference", "measure", "key", *_SHOWN, *mark), rows, language)

    def to_frame(self, backend: str | None = None) -> Any:
        """Return all numbers, one row per group, measure and item, dimension or overall score."""
        return self.told.table.to_frame(backend)

    def to_dict(self) -> dict[str, Any]:
        """Return all numbers as a JSON-safe dictionary."""
        asked = {"between": self.between, "reference": self.reference, "confidence": self.confidence}
        return {"reading": "compare_zones", **asked, **self.told.whole().to_dict()}


def compare_zones(
    source: Survey | Summary,
    by: str | None = None,
    *,
    between: Mapping[str, Sequence[str]] | str | None = None,
    reference: Any = None,
    confidence: float = 0.95,
    adequate: Level | str = Level.ADEQUATE,
    desired: Level | str = Level.DESIRED,
    min_group: int | None = None,
) -> ZoneComparison:
    """Shifts of the zone of tolerance: adequate level, desired level and width, compared between groups or conditions.

    Every difference is group minus reference, in scale points: above zero, the group asks for more or has more room.
    The width's shift is the desired level's less the adequate level's. Means are over items of which both ends were
    answered; crossed zones are among them.

    What the theory leads one to expect, to be tested here: **importance** — what matters more has higher levels and a
    narrower zone; **recovery** against first-time service — higher levels, narrower zone; **outcome** against process —
    higher levels, narrower zone; and wherever a zone moves, the adequate level moves more than the desired one.

    Parameters
    ----------
    source
        A survey; for `by` also a summary made with ``summarize(batch, *zone_models(), by=…)``.
    by
        A grouping column: different people (first-time or recovery). Differences are Welch's, on the errors that
        weights ask for; with clusters they are cluster-robust, also where a cluster is in both groups. The effect is
        Hedges' g: Cohen's d in pooled standard deviations, times ``1 − 3 / (4 df − 1)``, with a noncentral t interval
        on the respondents that each mean is worth, ``s² / e²``.
    between
        Kinds of items, judged by the same people: two names with the dimensions or items of each,
        ``{"outcome": ["reliability"], "process": ["empathy", "tangibles"]}``, the second being the reference; or
        ``"importance"``: of each respondent the items that weigh more than that one's mean, against those that weigh
        less. A respondent needs half of the items of each kind. Differences are paired; the effect is ``d_av`` (root of
        the mean variance) with Hedges' factor, its interval by Bonett.
    reference
        The group that others are compared with; by default the first one.
    confidence
        Of all intervals.
    adequate, desired
        The ends of the zone.
    min_group
        For `by`: comparisons with a group of fewer respondents are not told, nor those with the smallest other group
        where the total would give them away; a column ``suppressed`` and a note say so.

    Raises
    ------
    ArgumentError
        Neither or both of `by` and `between`; sets that are not two, share an item, or name what the instrument lacks;
        a `min_group` below 1, or beside `between`.
    GroupError
        An unknown column or reference, or one group only.
    LevelError
        A level that was not asked; importance that was not asked.
    JointAnswersError
        `between` asked of a summary; levels from different people.
    ModelError
        A summary made without `zone_models`.

    References
    ----------
    Zeithaml, Berry & Parasuraman 1993, Journal of the Academy of Marketing Science 21(1):1-12; Parasuraman, Berry &
    Zeithaml 1991, Sloan Management Review 32(3):39-48; Hedges 1981, Journal of Educational Statistics 6(2):107-128;
    Bonett 2008, Psychological Methods 13(2):99-109.
    """
    check_confidence(confidence)
    check_is_source(source)
    if (by is None) == (between is None):
        found = "neither" if by is None else "both"
        rule = "zones are compared between groups of people (by=) or between kinds of items (between=)"
        raise ArgumentError(Problem("by, between", found, rule, "compare_zones(survey, by='visit')"))
    ends = (Level(adequate), Level(desired))
    refuse_absent(source, dict(zip(("adequate", "desired"), ends, strict=True)), _WHAT)
    check_min_group(min_group)
    if between is None:
        return _between_groups(source, str(by), ends, reference, (confidence, min_group))
    if min_group is not None:
        rule = "kinds of items are compared within everybody, and there are no groups"
        raise ArgumentError(Problem("min_group", repr(min_group), rule, "leave it out"))
    if reference is not None:
        rule, remedy = "of two kinds of items the second is the reference", "name them in the other order"
        raise ArgumentError(Problem("reference", repr(reference), rule, remedy))
    return _between_kinds(source, between, ends, confidence)


def _between_groups(
    source: Survey | Summary, by: str, ends: tuple[Level, Level], reference: Any, asked: tuple[float, int | None]
) -> ZoneComparison:
    confidence, min_group = asked
    models = zone_models(*ends)
    usual = ends == (Level.ADEQUATE, Level.DESIRED)
    line = "*zone_models()" if usual else f"*zone_models({str(ends[0])!r}, {str(ends[1])!r})"
    summary = summary_of(source, models, by, what=_WHAT, line=line)
    places = [summary.models.index(model) for model in models]
    groups = {
        labels[0]: [sums.parts[place].terms[0] for place in places] for labels, sums in sums_by(summary, by).items()
    }
    against = _reference(by, list(groups), reference)
    told = _Telling(ends, score_rows(summary.instrument))
    for label in (label for label in groups if label != against):
        for measure, (first, second) in enumerate(zip(groups[label], groups[against], strict=True)):
            told.add((label, against), measure, shift_between(first, second, confidence))
    done = told.done(summary, confidence)
    if min_group is not None:
        done = _shown(done, [terms[0].n[:-1] for terms in groups.values()], list(groups).index(against), min_group)
    return ZoneComparison(done, by, against, confidence)


def _shown(told: Told, n: Sequence[Floats], against: int, least: int) -> Told:
    """Return what was told without comparisons of which a side is suppressed; the measures are of the same people."""
    found = Suppression.of(n, least)
    few, hidden = (
        np.repeat(np.delete(cells, against, 0) | cells[against], 3, axis=0) for cells in (found.few, found.hidden)
    )
    kept = {"group", "reference", "measure", "about", "key"}
    shown = Suppression(least, few, hidden).columns(told.table.columns, kept)
    return evolve(told, table=Table(shown, backend=told.table.backend), notes=(*told.notes, found.note))


def _between_kinds(
    source: Survey | Summary, between: Mapping[str, Sequence[str]] | str, ends: tuple[Level, Level], confidence: float
) -> ZoneComparison:
    if isinstance(source, Summary):
        rule = "kinds of items are compared within each person, whose answers a summary does not hold"
        raise JointAnswersError(Problem("summary", f"no {_WHAT} between kinds of items", rule, "pass the survey"))
    if not source.paired:
        refuse_unpaired(zone_models(*ends), _WHAT)
    kinds = sets_of(source, between)
    term = kinds.compared(source, ends)
    told = _Telling(ends, (OVERALL,))
    for measure in range(3):
        told.add(kinds.names, measure, shift_within(term, measure, confidence))
    what = "importance" if isinstance(between, str) else "kinds of items"
    return ZoneComparison(told.done(source, confidence), what, kinds.names[1], confidence)


def _reference(by: str, groups: list[Any], reference: Any) -> Any:
    if len(groups) < 2:
        rule = "zones are compared between groups, two at least"
        raise GroupError(Problem(f"groups {by!r}", f"{groups[0]!r} alone", rule))
    if reference is None:
        return groups[0]
    if reference not in groups:
        remedy = did_you_mean(str(reference), map(str, groups))
        raise GroupError(Problem("reference", f"no {reference!r}", f"the reference is a group of {by!r}", remedy))
    return reference


@define
class _Telling:
    """Columns as they grow, comparison by comparison."""

    ends: tuple[Level, Level]
    rows: tuple[Row, ...]
    columns: dict[str, list[Any]] = field(factory=dict)

    def add(self, pair: tuple[Any, Any], measure: int, found: Columns) -> None:
        """Add the rows of one measure of one pair of groups, group and reference."""
        size = len(self.rows)
        name = (*map(str, self.ends), "width")[measure]
        told = {"group": [pair[0]] * size, "reference": [pair[1]] * size, "measure": [name] * size}
        told |= {"about": [row.about for row in self.rows], "key": [row.key for row in self.rows]}
        told |= {name: cells(values, whole=name in _COUNTS) for name, values in found.items()}
        for name, values in told.items():
            self.columns.setdefault(name, []).extend(values)

    def done(self, source: Survey | Summary, confidence: float) -> Told:
        """Return what was told, with its title and notes."""
        labels = [row.label for row in self.rows] * (len(self.columns["key"]) // len(self.rows))
        title = source.instrument.label
        title = Label(f"{title.en}: what moves the zone of tolerance", f"{title.text('zh')}：容忍区域的移动")
        return Told(Table(self.columns, backend=source.backend), tuple(labels), title, tuple(_notes(confidence)))


def _notes(confidence: float) -> Iterator[Label]:
    yield Label(
        f"difference: group minus reference, {confidence:.0%} interval; p is not adjusted for many comparisons",
        f"差异：该组减去参照组，置信度{confidence:.0%}；p值未按比较次数校正",
    )
    yield Label(
        "effect: standardised difference with Hedges' factor; crossed zones are among the answers",
        "效应量：标准化差异，经Hedges校正；交叉区域包括在内",
    )
