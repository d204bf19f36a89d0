"""From what was computed of drivers to what is told: rows, tables and notes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from servqual._arrays import Floats
from servqual.labels import Label
from servqual.satisfaction.answer_columns import AnswerColumns
from servqual.satisfaction.drawing import NOT_DRAWN_NOTE
from servqual.satisfaction.driving import words
from servqual.satisfaction.driving.estimates import (
    condition,
    correlations,
    inflations,
    interval,
    number,
    rank_interval,
    ranks_of,
)
from servqual.satisfaction.driving.results import Driver, Drivers
from servqual.satisfaction.driving.views import Found, other_views
from servqual.satisfaction.driving.words import DriverVerdict
from servqual.statistics import Inapplicable
from servqual.statistics.importance import ImportanceMethod, explained_variance
from servqual.statistics.reasoned import Reasoned, columns_of
from servqual.tables import Table
from servqual.telling import Told

_INFLATED = 10.0
_CONDITION = 30.0
_NO_SUM = "the shares sum to nothing, so that there are no parts of them"


def told_drivers(found: Found, rows: AnswerColumns | None, n: float | None) -> Drivers:
    """Return the result."""
    ask, point = found.ask, found.point
    columns = _columns(found)
    made = tuple(_row(found, place, columns) for place in found.order)
    low, high = interval(found.drawn.r2[:, None], ask.confidence, ask.draws)
    size = float("nan") if n is None else n
    size = size if rows is None else rows.respondents
    r2 = float(point.r2[0])
    adjusted = _adjusted(r2, size, len(ask.names) - 1, len(ask.controls))
    notes = tuple(_notes(found, columns, rows, (r2, low.at(0), high.at(0), adjusted)))
    table = Table(columns_of(made, Driver, {"rank", "rank_low", "rank_high"}), backend=found.backend)
    told = Told(table, [found.label(row.driver) for row in made], _title(found), notes)
    return Drivers(
        outcome=ask.outcome,
        rows=made,
        views={"drivers": told, **other_views(found)},
        method=ask.method,
        r2=r2,
        r2_low=low.at(0),
        r2_high=high.at(0),
        adjusted_r2=adjusted,
        n=size,
        draws=ask.draws,
        failures=ask.draws - len(found.drawn),
        confidence=ask.confidence,
    )


def _columns(found: Found) -> dict[str, Reasoned]:
    """Return all numbers of drivers, in the order in which they were named."""
    ask, point, drawn = found.ask, found.point, found.drawn
    share, start = point.shares[0], len(ask.controls)
    made: dict[str, Reasoned] = {"share": Reasoned.of(share), "coefficient": Reasoned.of(point.slopes[0])}
    parts = drawn.shares / _whole(drawn.shares)
    made["percent"] = Reasoned.of(share / _whole(share[None])[0], (np.isnan(_whole(share[None])[0]), _NO_SUM))
    ranks = ranks_of(drawn.shares)
    every = {"share": drawn.shares, "percent": parts[np.isfinite(parts).all(axis=1)], "coefficient": drawn.slopes}
    made["rank_low"], made["rank_high"] = rank_interval(ranks, ask.confidence, ask.draws)
    for name, replicates in every.items():
        made[f"{name}_low"], made[f"{name}_high"] = interval(replicates, ask.confidence, ask.draws)
    empty = made["share_low"]
    for name, most in (("first", 1), ("among_three", 3)):
        within = np.full(share.size, np.nan) if not len(ranks) else (ranks <= most).mean(axis=0)
        made[name] = Reasoned.of(within, (empty.reason != "", str(empty.reason[0])))
    sd = np.sqrt(found.matrix.diagonal())
    made["beta"] = Reasoned.of(point.slopes[0] * sd[start:-1] / sd[-1])
    made["r"] = Reasoned.of(correlations(found.matrix, ask))
    made["vif"] = Reasoned.of(inflations(found.matrix)[start:])
    return made


def _whole(shares: Floats) -> Floats:
    """Return the sum of the shares of each matrix, shape (matrices, 1); NaN where it is not above zero."""
    total = shares.sum(axis=1, keepdims=True)
    return np.where(total > 0, total, np.nan)


def _row(found: Found, place: int, columns: dict[str, Reasoned]) -> Driver:
    name = found.ask.drivers[place]
    numbers: dict[str, Any] = {key: column.at(place) for key, column in columns.items()}
    low, high = numbers["coefficient_low"], numbers["coefficient_high"]
    return Driver(
        driver=name,
        group=found.ask.group_of(name),
        rank=found.order.index(place) + 1,
        verdict=_verdict(low, high),
        **numbers,
    )


def _verdict(low: float | Inapplicable, high: float | Inapplicable) -> DriverVerdict:
    if isinstance(low, Inapplicable) or isinstance(high, Inapplicable):
        return DriverVerdict.UNTOLD
    if low > 0:
        return DriverVerdict.RAISES
    return DriverVerdict.LOWERS if high < 0 else DriverVerdict.OPEN


def _adjusted(r2: float, n: float, columns: int, controls: int) -> float | Inapplicable:
    if controls:
        return Inapplicable("with controls, R² is a part of a larger one")
    if not n > columns + 1:
        return Inapplicable("the number of respondents is not known")
    return number(1 - (1 - r2) * (n - 1) / (n - columns - 1))


def _title(found: Found) -> Label:
    outcome, share = found.label(found.ask.outcome), f"{found.ask.confidence:.0%}"
    en, zh = (f", {share} intervals", f"，{share} 置信区间") if found.ask.draws else ("", "")
    return Label(f"Drivers of {outcome.en}{en}", f"{outcome.text('zh')}的驱动因素{zh}")


def _notes(
    found: Found, columns: dict[str, Reasoned], rows: AnswerColumns | None, r2: tuple[Any, Any, Any, Any]
) -> Iterator[Label]:
    ask = found.ask
    value, low, high, adjusted = r2
    ends = "" if isinstance(low, Inapplicable) else f" ({low:.3f} to {high:.3f})"
    corrected = "–" if isinstance(adjusted, Inapplicable) else f"{adjusted:.3f}"
    yield words.explained_note(f"{value:.3f}{ends}", corrected, ask.method.label)
    if rows is not None:
        kind = rows.people.kind
        yield words.size_note(rows.respondents, rows.rows, None if kind is None else str(kind))
    yield from _drawn_notes(found, rows)
    if ask.controls:
        total = float(explained_variance(found.matrix))
        yield words.control_note(", ".join(found.label(name).en for name in ask.controls), total - value)
    if found.point.errors is not None and ask.orderings is not None:
        yield words.sampled_note(ask.orderings, float(found.point.errors.max()))
    if ask.groups:
        yield words.OWEN
    if not ask.method.sums:
        yield words.NOT_SUMMING
    if ask.method is ImportanceMethod.PRATT:
        yield words.PRATT
    yield from _relation_notes(found, columns)
    yield words.ASSOCIATION


def _drawn_notes(found: Found, rows: AnswerColumns | None) -> Iterator[Label]:
    ask = found.ask
    if not ask.draws:
        yield NOT_DRAWN_NOTE
        return
    if rows is None:
        yield words.NORMAL
    else:
        clusters = rows.people.clusters is not None
        what = Label("clusters", "聚类") if clusters else Label("respondents", "受访者")
        yield words.resample_note(ask.draws, ask.draws - len(found.drawn), ask.confidence, what)
    yield words.RANKS
    if ask.method is not ImportanceMethod.PRATT:
        yield words.NEVER_BELOW


def _relation_notes(found: Found, columns: dict[str, Reasoned]) -> Iterator[Label]:
    names, vif = found.ask.drivers, columns["vif"].values
    number_of = condition(found.matrix)
    inflated = [found.label(name).en for name, each in zip(names, vif, strict=True) if each > _INFLATED]
    if inflated or number_of > _CONDITION:
        yield words.collinearity_note(", ".join(inflated) or "–", float(vif.max()), number_of)
    turned = columns["beta"].values * columns["r"].values < 0
    if turned.any():
        listed = [found.label(name).en for name, each in zip(names, turned, strict=True) if each]
        yield words.sign_note(", ".join(listed))
