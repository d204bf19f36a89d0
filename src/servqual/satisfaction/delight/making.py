"""From numbers of all segments and features to the rows and tables of a Kano reading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from servqual._arrays import Floats
from servqual.labels import Label
from servqual.satisfaction.delight.asked_pairs import KanoAsk
from servqual.satisfaction.delight.classes import Classes, categories_at, category_at, classes
from servqual.satisfaction.delight.coefficients import NO_PAIRS, Columns
from servqual.satisfaction.delight.notes import difference_notes
from servqual.satisfaction.delight.positions import placed
from servqual.satisfaction.delight.rows import CategoryShare, KanoFeature, SegmentDifference, table_columns
from servqual.satisfaction.delight.study import KanoStudy
from servqual.satisfaction.delight.sums import PairSums
from servqual.satisfaction.delight.words import CATEGORIES
from servqual.statistics import Inapplicable, wilson_interval
from servqual.statistics.reasoned import Reasoned
from servqual.tables import Table
from servqual.telling import Told

Rows = tuple[tuple[KanoFeature, ...], tuple[CategoryShare, ...], tuple[SegmentDifference, ...]]
# A share that falls short of a cut by no more has reached it.
_EQUAL = 1e-12
_WHOLE = {"n", "missing", "importance_n", "count", *map(str, CATEGORIES)}


def feature_rows(study: KanoStudy, sums: PairSums, columns: Columns, ask: KanoAsk) -> tuple[KanoFeature, ...]:
    """Return a row for each segment and feature, everybody first."""
    found = classes(sums.shares, sums.worth, ask.rules, ask.confidence)
    every = {**columns, **_counts(sums), **_strengths(found)}
    position = placed(columns["functional"].values, columns["dysfunctional"].values, ask.rules.position)
    many, shares = len(study.features), sums.shares.reshape(sums.missing.size, -1)
    flat = Classes._make(each.reshape(sums.missing.size, *each.shape[2:]) for each in found)
    return tuple(
        KanoFeature(
            segment=sums.segments[place // many].label,
            feature=study.features[place % many],
            **{name: column.at(place) for name, column in every.items()},  # type: ignore[arg-type]
            **_of_classes(flat, shares[place], place, ask),
            position=category_at(int(position[place])),
        )
        for place in range(sums.missing.size)
    )


def _counts(sums: PairSums) -> Columns:
    whole = {"n": sums.n.sum(axis=-1), "missing": sums.missing, "worth": sums.worth}
    each = {str(kind): sums.n[..., place] for place, kind in enumerate(CATEGORIES)}
    return {name: Reasoned.of(values.ravel()) for name, values in (whole | each).items()}


def _strengths(found: Classes) -> Columns:
    numbers = {
        "category_strength": found.strength,
        "total_strength": found.total,
        "total_strength_low": found.total_low,
        "total_strength_high": found.total_high,
        "fong_difference": found.difference,
        "fong_bound": found.bound,
        "fong_p": found.p,
    }
    return {name: Reasoned.of(each.ravel(), (np.isnan(each.ravel()), NO_PAIRS)) for name, each in numbers.items()}


def _of_classes(found: Classes, shares: Floats, place: int, ask: KanoAsk) -> dict[str, Any]:
    known = not np.isnan(found.difference[place])
    return {
        "mode": category_at(int(found.mode[place])),
        "tied": categories_at(found.tied[place], shares) if found.tied[place].sum() > 1 else (),
        "majority": category_at(int(found.majority[place])),
        "leading": categories_at(found.leading[place], shares),
        "clear": bool(found.difference[place] >= found.bound[place] - _EQUAL) if known else None,
        "matters": bool(found.total[place] >= ask.rules.total - _EQUAL) if known else None,
    }


def share_rows(study: KanoStudy, sums: PairSums, confidence: float) -> tuple[CategoryShare, ...]:
    """Return a row for each segment, feature and category, with Wilson's interval on the effective number."""
    shares, worth = sums.shares, sums.worth[..., None]
    low, high = wilson_interval(np.clip(np.nan_to_num(shares), 0, 1) * worth, worth, confidence)
    ends = [np.broadcast_to(np.asarray(each), shares.shape) for each in (low, high)]
    found = []
    for segment, feature, category in np.ndindex(shares.shape):
        at = segment, feature, category
        numbers = {
            name: _number(each[at]) for name, each in zip(("share", "low", "high"), (shares, *ends), strict=True)
        }
        found.append(
            CategoryShare(
                segment=sums.segments[segment].label, feature=study.features[feature], category=CATEGORIES[category],
                count=float(sums.n[at]), **numbers,
            )
        )  # fmt: skip
    return tuple(found)


def _number(value: float | Floats) -> float | Inapplicable:
    return Inapplicable(NO_PAIRS) if np.isnan(value) else float(value)


def told_of(study: KanoStudy, rows: Rows, ask: KanoAsk, topics: Mapping[str, Label], unnamed: int) -> dict[str, Told]:
    """Return the rows as columns, with titles and notes in English and Chinese."""
    features, shares, tests = rows
    notes = tuple(topics.values())
    title = study.instrument.label
    made = {
        "features": _told(study, features, KanoFeature, Label(title.en, title.text("zh")), notes),
        "shares": _told(study, shares, CategoryShare, _titled(title, "shares of categories", "各类别比例"), notes),
    }
    if tests:
        named = list(dict.fromkeys(row.segment for row in features if row.segment is not None))
        about = _titled(title, f"differences by {ask.by}", f"按 {ask.by} 的差异")
        told = tuple(difference_notes(ask, named, unnamed, tests))
        made["differences"] = _told(study, tests, SegmentDifference, about, told)
    return made


def _titled(label: Label, en: str, zh: str) -> Label:
    return Label(f"{label.en}: {en}", f"{label.text('zh')}：{zh}")


def _told(study: KanoStudy, rows: Sequence[Any], kind: type, title: Label, notes: tuple[Label, ...]) -> Told:
    table = Table(table_columns(rows, kind, _WHOLE), backend=study.backend)
    labels = {item.key: item.label for item in study.instrument.items}
    return Told(table, tuple(labels[row.feature] for row in rows), title, notes)
