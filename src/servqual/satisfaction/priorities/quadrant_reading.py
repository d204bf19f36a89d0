"""`importance_performance`: where to act, told from how much items matter and how well they do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from attrs import frozen

from servqual._arrays import Bools, Floats
from servqual.instruments import Scale
from servqual.labels import Label
from servqual.satisfaction.answer_columns import Beside
from servqual.satisfaction.drawing import NOT_DRAWN_NOTE, Rng
from servqual.satisfaction.driving import words as driver_words
from servqual.satisfaction.driving.asking import USUAL_ORDERINGS
from servqual.satisfaction.driving.estimates import interval
from servqual.satisfaction.gathering import Problems
from servqual.satisfaction.priorities import quadrant_words as words
from servqual.satisfaction.priorities.item_asking import ItemAsk, asked_drawing, settled, weighable
from servqual.satisfaction.priorities.item_evidence import Evidence, Weighing
from servqual.satisfaction.priorities.quadrant_cuts import AxisCut, axis_cuts
from servqual.satisfaction.priorities.quadrant_results import ImportancePerformance, ItemPlace
from servqual.satisfaction.priorities.quadrant_words import Quadrant, QuadrantCut
from servqual.statistics import WeightKind
from servqual.statistics.importance import ImportanceMethod
from servqual.statistics.reasoned import Reasoned, columns_of
from servqual.tables import Table
from servqual.telling import Told

Cut = QuadrantCut | str | float
_NOBODY = "nobody answered"


def importance_performance(
    source: Any,
    items: Sequence[str] | None = None,
    *,
    performance: Any = None,
    importance: str = "stated",
    stated: Any = None,
    outcome: str | npt.ArrayLike | None = None,
    method: ImportanceMethod | str = ImportanceMethod.LMG,
    cut: Cut | tuple[Cut, Cut] = QuadrantCut.SCALE,
    scale: Scale | None = None,
    importance_scale: Scale | None = None,
    weights: str | npt.ArrayLike | None = None,
    weight_kind: WeightKind | str = WeightKind.SAMPLING,
    cluster: str | npt.ArrayLike | None = None,
    labels: Mapping[str, Label | str] | None = None,
    draws: int | None = None,
    rng: Rng = None,
    confidence: float = 0.95,
    progress: bool = False,
) -> ImportancePerformance:
    """Importance–performance analysis (IPA): each item in its quadrant, and how often it stands there in resamples.

    An item is high on an axis where it lies at the cut or above. Cuts at the mean or the median are found anew in each
    resample, for they move with the items.

    Parameters
    ----------
    source
        A data frame, a mapping name → values, an array (rows, items), or a `Survey` (perceptions are performance).
    items
        Keys; of a survey items or dimensions, by default what importance was asked over, else all items.
    performance
        Where ratings are: a pattern as ``"P{n:02d}"`` or ``"sat_{key}"``, names, a mapping item → name, or an array;
        by default columns that are called like the items.
    importance
        "stated": the mean of what respondents said; "derived": shares in the variance of the outcome.
    stated
        Where stated importance is, as for `performance`; a survey may bring its own.
    outcome, method
        What importance is derived from (a column, or numbers), and how: see `ImportanceMethod`. LMG of more than 20
        items is sampled, as in `drivers`, and needs ``rng=``.
    cut
        "scale" (the middle), "mean", "median" or a number; or a pair, for performance and for importance.
    scale, importance_scale
        Of performance, and of stated importance; a survey knows its own scale, and importance in a frame has, by
        default, that of performance.
    weights, weight_kind, cluster, labels, draws, rng, confidence, progress
        As of `drivers`.

    Returns
    -------
    ImportancePerformance
        Items in their order.

    Raises
    ------
    DriverError
        All problems at once: unknown columns, answers beyond the scale, no scale with a middle, an option that does not
        belong to the kind of importance, and what `drivers` refuses where importance is derived.

    Notes
    -----
    Means are over those who rated an item; importance is derived from those who answered everything. Stated and derived
    importance are different things and often disagree: see `compare_importance`.

    References
    ----------
    Martilla & James 1977, Journal of Marketing 41(1):77-79; Oh 2001, Tourism Management 22(6):617-627 (cuts).

    Examples
    --------
    >>> rows = {"wait": [2, 3, 2, 3], "tone": [6, 7, 6, 5], "i_wait": [7, 6, 7, 7], "i_tone": [3, 2, 3, 2]}
    >>> found = importance_performance(rows, ["wait", "tone"], stated="i_{key}", scale=Scale.likert(7), rng=1)
    >>> found["wait"]
    <ItemPlace of wait: concentrate here in 100% of resamples>
    """
    problems: Problems = []
    ask = ItemAsk(items, performance, importance, stated, None, outcome, method, scale, importance_scale, rng)
    many = asked_drawing(draws, rng, confidence, problems)
    asked = weighable(source, ask, Beside(weights, weight_kind, cluster, labels), problems)
    cuts = axis_cuts(cut, (asked.scale, asked.importance_scale), problems)
    weighing = settled(asked, problems)
    point = weighing.point()
    drawn = point.taken(np.zeros(1, np.bool_))
    if many:
        drawn = weighing.drawn(many, rng, progress=progress).good()
    return _told(_Map(weighing, cuts, point, drawn, many, confidence))


@frozen(eq=False)
class _Map:
    weighing: Weighing
    cuts: tuple[AxisCut, ...]
    point: Evidence
    drawn: Evidence
    draws: int
    confidence: float

    def high(self, evidence: Evidence) -> tuple[Bools, Bools]:
        """Return which items perform high, and which are important, in each draw."""
        across, upwards = self.cuts
        performing = evidence.performance >= across.at(evidence.performance)
        return performing, evidence.importance >= upwards.at(evidence.importance)

    @property
    def name(self) -> Label:
        """What importance is."""
        method = self.weighing.method
        return words.STATED if method is None else words.derived(method.label)


def _told(found: _Map) -> ImportancePerformance:
    items = found.weighing.items
    rows = _rows(found)
    whole = Table(columns_of(rows, ItemPlace, {"n", "n_importance"}), backend=items.columns.backend)
    at = [float(cut.at(values)[0, 0]) for cut, values in zip(found.cuts, _axes(found.point), strict=True)]
    title = Label(f"Performance and {found.name.en}", f"表现与{found.name.text('zh')}")
    return ImportancePerformance(
        rows=rows,
        told=Told(whole, items.labels, title, tuple(_notes(found, at))),
        cut_performance=at[0],
        cut_importance=at[1],
        importance=found.name,
        draws=found.draws,
        failures=found.draws - len(found.drawn.performance) if found.draws else 0,
        confidence=found.confidence,
    )


def _axes(evidence: Evidence) -> tuple[Floats, Floats]:
    return evidence.performance, evidence.importance


def _rows(found: _Map) -> tuple[ItemPlace, ...]:
    columns: dict[str, Reasoned] = {}
    for name, one, many in zip(("performance", "importance"), _axes(found.point), _axes(found.drawn), strict=True):
        columns[name] = Reasoned.of(one[0], (np.isnan(one[0]), _NOBODY))
        columns[f"{name}_low"], columns[f"{name}_high"] = interval(many, found.confidence, found.draws)
    performing, important = found.high(found.drawn)
    why = str(columns["performance_low"].reason[0])
    for quadrant in Quadrant:
        inside = _inside(quadrant, performing, important)
        share = inside.mean(axis=0) if len(inside) else np.full(inside.shape[1], np.nan)
        columns[str(quadrant)] = Reasoned.of(share, (why != "", why))
    counts = found.weighing.counts
    return tuple(_row(found, place, columns, counts) for place in range(len(found.weighing.items.items)))


def _inside(quadrant: Quadrant, performing: Bools, important: Bools) -> Bools:
    wanted = {
        Quadrant.CONCENTRATE: ~performing & important,
        Quadrant.KEEP_UP: performing & important,
        Quadrant.LOW_PRIORITY: ~performing & ~important,
        Quadrant.OVERKILL: performing & ~important,
    }
    return np.asarray(wanted[quadrant])


def _row(found: _Map, place: int, columns: dict[str, Reasoned], counts: tuple[Floats, Floats]) -> ItemPlace:
    numbers: dict[str, Any] = {name: column.at(place) for name, column in columns.items()}
    performing, important = (bool(each[0, place]) for each in found.high(found.point))
    known = not np.isnan([each[0, place] for each in _axes(found.point)]).any()
    quadrant = Quadrant.of(important=important, performing=performing) if known else None
    share = None if quadrant is None else numbers[str(quadrant)]
    sure = bool(share >= found.confidence) if isinstance(share, float) else None
    item = found.weighing.items.items[place]
    return ItemPlace(
        item=item, n=float(counts[0][place]), n_importance=float(counts[1][place]), quadrant=quadrant, sure=sure,
        **numbers,
    )  # fmt: skip


def _notes(found: _Map, at: list[float]) -> Iterator[Label]:
    across, upwards = found.cuts
    yield Label(
        f"cut, high from there on: performance at {at[0]:.4g} ({across.label.en}), "
        f"importance at {at[1]:.4g} ({upwards.label.en})",
        f"分界（达到即为高）：表现 {at[0]:.4g}（{across.label.text('zh')}），"
        f"重要性 {at[1]:.4g}（{upwards.label.text('zh')}）",
    )
    yield Label(f"importance: {found.name.en}", f"重要性：{found.name.text('zh')}")
    yield from sampling_note(found.point)
    yield from draw_notes(found.weighing, found.draws, len(found.drawn.performance), found.confidence)
    if found.draws:
        yield Label(
            f"four last shares: of the resamples, in each quadrant; sure: its own has {found.confidence:.0%} or more",
            f"后四项为落在各象限的重抽样比例；sure：本象限达到 {found.confidence:.0%} 以上",
        )


def sampling_note(point: Evidence) -> Iterator[Label]:
    """Yield how exact importance is, where it comes of orderings drawn at random."""
    if point.error:
        yield driver_words.sampled_note(USUAL_ORDERINGS, point.error)


def draw_notes(weighing: Weighing, draws: int, kept: int, confidence: float) -> Iterator[Label]:
    """Yield how intervals were made, and who took part."""
    people = weighing.items.columns.people
    if draws:
        clusters = people.clusters is not None
        what = Label("clusters", "聚类") if clusters else Label("respondents", "受访者")
        yield driver_words.resample_note(draws, draws - kept, confidence, what)
    else:
        yield NOT_DRAWN_NOTE
    if people.kind is not None:
        named = {"sampling": "抽样权重", "frequency": "频数权重"}[str(people.kind)]
        yield Label(f"{people.kind} weights", named)
