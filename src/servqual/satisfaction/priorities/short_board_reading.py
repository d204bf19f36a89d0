"""`short_board`: items ranked by how far they fall short, times how much they matter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from attrs import frozen

from servqual._arrays import Floats
from servqual.errors import Problem, did_you_mean
from servqual.instruments import Level, Scale
from servqual.labels import Label
from servqual.satisfaction.answer_columns import Beside, is_finite
from servqual.satisfaction.drawing import Rng
from servqual.satisfaction.driving import words as driver_words
from servqual.satisfaction.driving.estimates import interval, rank_interval, ranks_of
from servqual.satisfaction.gathering import Problems
from servqual.satisfaction.priorities import quadrant_words as words
from servqual.satisfaction.priorities.item_asking import ItemAsk, asked_drawing, settled, weighable
from servqual.satisfaction.priorities.item_evidence import Evidence, Weighing
from servqual.satisfaction.priorities.quadrant_reading import draw_notes, sampling_note
from servqual.satisfaction.priorities.short_board_results import ShortBoard, Stave
from servqual.statistics import WeightKind
from servqual.statistics.importance import ImportanceMethod
from servqual.statistics.reasoned import Reasoned, columns_of
from servqual.survey import Survey
from servqual.tables import Table
from servqual.telling import Told

_NAMES = {
    "top": Label("the top of the scale", "量表最高分"),
    "mean": Label("the mean of the items", "各题项均值"),
}
_WHOLE = ("n", "rank_low", "rank_high")
_NOBODY = "nobody answered"
_NO_SHORTFALL = "no item falls short"


def short_board(
    source: Any,
    items: Sequence[str] | None = None,
    *,
    against: Any = "top",
    performance: Any = None,
    importance: str = "stated",
    stated: Any = None,
    outcome: str | npt.ArrayLike | None = None,
    method: ImportanceMethod | str = ImportanceMethod.LMG,
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
) -> ShortBoard:
    """The short-board list: items by ``weight × (performance − standard)``, the largest weighted shortfall first.

    The weight of an item is its part of all importance, ``importance_j / Σ importance``; the gap is performance minus
    standard, below zero a shortfall. The list tells where a point of improvement is missing most, not what it costs.

    Parameters
    ----------
    source, items, performance, importance, stated, outcome, method, scale, importance_scale
        As of `importance_performance`.
    against
        The standard: "top" (of the scale), "mean" (of the items' performance), a number on the scale; a level such as
        "expectation" of a survey; or where the standard of each item was asked: a pattern, names, a mapping, an array.
    weights, weight_kind, cluster, labels, draws, rng, confidence, progress
        As of `drivers`.

    Returns
    -------
    ShortBoard
        With intervals of gaps and weighted gaps, and the probability of being first.

    Raises
    ------
    DriverError
        As `importance_performance`; also a standard that is beyond the scale, or "top" where no scale is known.

    Notes
    -----
    Standards that were asked are held against performance within the same people: those who answered both.

    References
    ----------
    Slack 1994, International Journal of Operations & Production Management 14(5):59-75 (importance and performance
    gaps together); Deng 2007, Tourism Management 28(5):1274-1284 (derived weights).

    Examples
    --------
    >>> rows = {"wait": [2, 3, 2, 3], "tone": [6, 7, 6, 5], "i_wait": [7, 6, 7, 7], "i_tone": [3, 2, 3, 2]}
    >>> short_board(rows, ["wait", "tone"], stated="i_{key}", scale=Scale.likert(7), rng=1)["wait"]
    <Stave wait: rank 1, gap -4.500 × weight 0.730>
    """
    problems: Problems = []
    many = asked_drawing(draws, rng, confidence, problems)
    asked_columns = _asked_columns(source, against)
    ask = ItemAsk(
        items, performance, importance, stated, asked_columns, outcome, method, scale, importance_scale, rng
    )  # fmt: skip
    asked = weighable(source, ask, Beside(weights, weight_kind, cluster, labels), problems)
    standard = None if asked_columns is not None else _standard(against, asked.scale, problems)
    weighing = settled(asked, problems)
    point = weighing.point()
    drawn = weighing.drawn(many, rng, progress=progress).good() if many else point.taken(np.zeros(1, np.bool_))
    return _told(_Board(weighing, standard, _name(against), point, drawn, many, confidence))


@frozen
class _Standard:
    """What all items are held against: a number, or the mean of their performance where it is None."""

    number: float | None


@frozen(eq=False)
class _Board:
    weighing: Weighing
    standard: _Standard | None
    against: Label
    point: Evidence
    drawn: Evidence
    draws: int
    confidence: float

    def standards(self, evidence: Evidence) -> Floats:
        """Return what items are held against, shape (draws, items)."""
        if evidence.standard is not None:
            return evidence.standard
        if self.standard is None or self.standard.number is None:
            means = np.nanmean(evidence.performance, axis=1, keepdims=True)
            return np.broadcast_to(means, evidence.performance.shape)
        return np.full_like(evidence.performance, self.standard.number)

    def gaps(self, evidence: Evidence) -> Floats:
        """Return performance minus standard, shape (draws, items)."""
        return np.asarray(evidence.performance - self.standards(evidence))

    def weights(self, evidence: Evidence) -> Floats:
        """Return each item's part of all importance, shape (draws, items)."""
        total = np.nansum(evidence.importance, axis=1, keepdims=True)
        return evidence.importance / np.where(total > 0, total, np.nan)


def _asked_columns(source: Any, against: Any) -> Any:
    """Return where the standards of items were asked; None where all are held against one number."""
    if isinstance(against, int | float) or (isinstance(against, str) and against in _NAMES):
        return None
    is_pattern = isinstance(against, str) and "{" in against
    is_level = isinstance(source, Survey) and isinstance(against, str) and against in set(Level)
    return against if is_pattern or is_level or not isinstance(against, str) else None


def _standard(against: Any, scale: Scale | None, problems: Problems) -> _Standard:
    if against == "mean":
        return _Standard(None)
    if against == "top":
        if scale is None:
            rule, remedy = "the top is that of a scale", "scale=Scale.likert(7), or against=6.5"
            problems.append(Problem("against", "'top', and no scale is known", rule, remedy))
        return _Standard(0.0 if scale is None else scale.high)
    if not is_finite(against):
        known = [*_NAMES, *map(str, Level)]
        rule = "a standard is top, mean, a number, a level of a survey, or columns"
        problems.append(Problem("against", repr(against), rule, did_you_mean(str(against), known)))
        return _Standard(0.0)
    if scale is not None and not scale.low <= against <= scale.high:
        rule = f"a standard lies on the scale {scale.low:g}..{scale.high:g}"
        problems.append(Problem("against", f"{against:g}", rule))
    return _Standard(float(against))


def _name(against: Any) -> Label:
    known = {str(level): level.label for level in Level} | _NAMES
    if isinstance(against, str) and against in known:
        return known[against]
    if isinstance(against, int | float):
        return Label(f"{against:g}")
    return Label("what was asked for each item", "各题项自身的标准")


def _told(board: _Board) -> ShortBoard:
    items = board.weighing.items
    columns = _columns(board)
    order = np.argsort(np.nan_to_num(columns["weighted"].values, nan=np.inf), kind="stable").tolist()
    counts = board.weighing.counts[0]
    rows = tuple(_row(items.items[at], place + 1, at, columns, counts) for place, at in enumerate(order))
    rule = Label(
        f"weight × (performance − {board.against.en})", f"权重 ×（表现 − {board.against.text('zh')}）"
    )  # fmt: skip
    table = Table(columns_of(rows, Stave, _WHOLE), backend=items.columns.backend)
    title = Label("Short-board list", "短板清单")
    return ShortBoard(
        rows=rows,
        told=Told(table, [items.labels[at] for at in order], title, tuple(_notes(board, rule))),
        rule=rule,
        draws=board.draws,
        failures=board.draws - len(board.drawn.performance) if board.draws else 0,
        confidence=board.confidence,
    )


def _columns(board: _Board) -> dict[str, Reasoned]:
    point, drawn = board.point, board.drawn
    absent = np.isnan(point.performance[0]) | np.isnan(point.importance[0])
    gap, weight = board.gaps(point)[0], board.weights(point)[0]
    short = np.minimum(np.nan_to_num(weight * gap), 0.0)
    of = {
        "performance": point.performance[0],
        "standard": board.standards(point)[0],
        "gap": gap,
        "weight": weight,
        "weighted": weight * gap,
    }
    columns = {name: Reasoned.of(values, (absent, _NOBODY)) for name, values in of.items()}
    parts = short / short.sum() if short.any() else np.full(short.size, np.nan)
    columns["part"] = Reasoned.of(parts, (absent, _NOBODY), (np.isnan(parts), _NO_SHORTFALL))
    gaps, weighted = board.gaps(drawn), board.gaps(drawn) * board.weights(drawn)
    ranks = ranks_of(-weighted)
    for name, many in (("gap", gaps), ("weighted", weighted)):
        columns[f"{name}_low"], columns[f"{name}_high"] = interval(many, board.confidence, board.draws)
    columns["rank_low"], columns["rank_high"] = rank_interval(ranks, board.confidence, board.draws)
    why = str(columns["gap_low"].reason[0])
    for name, most in (("first", 1), ("among_three", 3)):
        often = (ranks <= most).mean(axis=0) if len(ranks) else np.full(short.size, np.nan)
        columns[name] = Reasoned.of(often, (why != "", why))
    return columns


def _row(item: str, rank: int, at: int, columns: dict[str, Reasoned], counts: Floats) -> Stave:
    numbers: dict[str, Any] = {name: column.at(at) for name, column in columns.items()}
    ranked = not np.isnan(columns["weighted"].values[at])
    return Stave(item=item, rank=rank if ranked else None, n=float(counts[at]), **numbers)


def _notes(board: _Board, rule: Label) -> Iterator[Label]:
    method = board.weighing.method
    name = words.STATED if method is None else words.derived(method.label)
    yield Label(f"ranked by {rule.en}; below zero a shortfall", f"按 {rule.text('zh')} 排序；负值为不足")
    yield Label(f"weight: each item's part of {name.en}", f"weight：各题项在{name.text('zh')}中所占的份额")
    yield from sampling_note(board.point)
    yield from draw_notes(board.weighing, board.draws, len(board.drawn.performance), board.confidence)
    if board.draws:
        yield driver_words.RANKS
