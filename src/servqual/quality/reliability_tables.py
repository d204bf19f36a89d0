"""The columns and notes of tables of reliability."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from servqual.instruments import Instrument
from servqual.labels import Label, Language
from servqual.quality.reasons import why
from servqual.quality.scale_reliability import ScaleReliability
from servqual.statistics import Inapplicable, ItemTotal, OneFactor
from servqual.statistics.weights import WeightKind
from servqual.telling import cells

Columns = dict[str, list[Any]]


def dimension_columns(
    scales: Sequence[ScaleReliability], instrument: Instrument, language: Language | str | None
) -> Columns:
    """Return every number of every dimension and aspect."""
    labels = {dimension.key: dimension.label for dimension in instrument.dimensions}
    columns: Columns = {"dimension": [scale.dimension for scale in scales]}
    if language is not None:
        columns["label"] = [labels[scale.dimension].text(language) for scale in scales]
    columns["level"] = [_named(scale, language) for scale in scales]
    columns["items"] = [len(scale.items) for scale in scales]
    columns |= {name: [_cell(read(scale), name) for scale in scales] for name, read in _NUMBERS.items()}
    return columns


def item_columns(
    scales: Sequence[ScaleReliability], instrument: Instrument, language: Language | str | None
) -> Columns:
    """Return every number of every item in every aspect."""
    labels = {item.key: item.label for item in instrument.items}
    keys = [key for scale in scales for key in scale.items]
    columns: Columns = {"dimension": [scale.dimension for scale in scales for _ in scale.items]}
    columns["level"] = [_named(scale, language) for scale in scales for _ in scale.items]
    columns["item"] = keys
    if language is not None:
        columns["label"] = [labels[key].text(language) for key in keys]
    columns["mean"] = [cell for scale in scales for cell in cells(scale.means)]
    columns["sd"] = [cell for scale in scales for cell in cells(scale.sds)]
    for name, of in (("item_total", "corrected"), ("item_total_raw", "raw"), ("alpha_if_dropped", "alpha_if_dropped")):
        columns[name] = [cell for scale in scales for cell in cells(_of_items(scale, of))]
    columns["alpha"] = [cell for scale in scales for cell in [_cell(scale.alpha)] * len(scale.items)]
    return columns


def notes_of(
    scales: Sequence[ScaleReliability], instrument: Instrument, confidence: float, kind: WeightKind | None
) -> Iterator[Label]:
    """Yield what a reader must know: conventions, weights, contradictions, and why something is not there."""
    yield Label(
        f"intervals: {confidence:.0%}, Feldt; omega: one factor, maximum likelihood; halves: odd and even items; "
        "difference: Johns, errors independent across levels; n: fewest respondents behind a pair of items",
        f"置信区间：{confidence:.0%}，Feldt法；omega：单因子，极大似然；折半：奇偶题项；"
        "差分信度：Johns公式，假定两个层次的误差相互独立；n：各题项对中最少的应答人数",
    )
    if kind is WeightKind.SAMPLING:
        worth = scales[0].effective_n / scales[0].n if scales[0].n else float("nan")
        yield Label(
            f"sampling weights: intervals take Kish's effective number of respondents, {worth:.3f} n",
            f"抽样权重：区间采用Kish有效样本量，为n的{worth:.3f}倍",
        )
    places = {id(scale): _place(scale, instrument) for scale in scales}
    for scale in scales:
        if scale.least_eigenvalue < _CONTRADICTION:
            least, place = f"{scale.least_eigenvalue:.3g}", places[id(scale)]
            yield Label(
                f"correlations not positive semidefinite, each pair having its own respondents (least eigenvalue of "
                f"{scale.dimension}, {scale.aspect.key}: {least})",
                f"相关矩阵非半正定，因为各题项对的应答者不同（最小特征值，{place.text('zh')}：{least}）",
            )
    yield from _missing_numbers(scales, places)


_CONTRADICTION = -1e-8
_CHINESE = {"alpha": "alpha", "interval": "区间", "omega": "omega", "halves": "折半信度", "difference": "差分信度"}
_REASONS: dict[str, Callable[[ScaleReliability], object]] = {
    "alpha": lambda scale: scale.alpha,
    "interval": lambda scale: scale.feldt,
    "omega": lambda scale: scale.omega_ml,
    "halves": lambda scale: scale.odd_even,
    "difference": lambda scale: None if scale.difference is None else scale.difference.reliability,
}


def _place(scale: ScaleReliability, instrument: Instrument) -> Label:
    """Return what a row is of: its dimension, and in brackets the aspect; by keys in English, as in its columns."""
    name = next(each.label for each in instrument.dimensions if each.key == scale.dimension)
    return Label(f"{scale.dimension} ({scale.aspect.key})", f"{name.text('zh')}（{scale.aspect.label.text('zh')}）")


def _missing_numbers(scales: Sequence[ScaleReliability], places: Mapping[int, Label]) -> Iterator[Label]:
    """Yield one note for each reason, with all that is not there because of it."""
    lacking: dict[Label, dict[tuple[str, ...], list[Label]]] = {}
    for scale in scales:
        absent: dict[Label, list[str]] = {}
        for name, read in _REASONS.items():
            if isinstance(found := read(scale), Inapplicable):
                absent.setdefault(why(found, scale.items), []).append(name)
        for reason, names in absent.items():
            lacking.setdefault(reason, {}).setdefault(tuple(names), []).append(places[id(scale)])
    for reason, lost in lacking.items():
        english = "; ".join(f"{', '.join(names)} of {_listed(where).en}" for names, where in lost.items())
        chinese = "；".join(
            f"{_listed(where).text('zh')}的{'、'.join(_CHINESE[name] for name in names)}"
            for names, where in lost.items()
        )
        yield Label(f"no {english}: {reason.en}", f"没有{chinese}：{reason.text('zh')}")
    unsound = [places[id(scale)] for scale in scales if _sound("omega_ml")(scale) is False]
    if unsound:
        yield Label(
            f"omega to be mistrusted, from an improper solution or one that did not converge: {_listed(unsound).en}",
            f"以下omega不可信，其因子解不当或未收敛：{_listed(unsound).text('zh')}",
        )


def _listed(places: Sequence[Label]) -> Label:
    return Label(", ".join(each.en for each in places), "、".join(each.text("zh") for each in places))


def _named(scale: ScaleReliability, language: Language | str | None) -> str:
    return scale.aspect.key if language is None else scale.aspect.label.text(language)


def _cell(value: object, name: str = "") -> float | int | bool | None:
    number = float(value) if isinstance(value, int | float | Inapplicable | np.floating) else float("nan")
    if isinstance(value, bool) or np.isnan(number):
        return value if isinstance(value, bool) else None
    return round(number) if name in {"n", "splits"} else number


def _of_items(scale: ScaleReliability, name: str) -> Any:
    found = getattr(scale.item_total, name) if isinstance(scale.item_total, ItemTotal) else None
    return np.full(len(scale.items), np.nan) if found is None or isinstance(found, Inapplicable) else found


def _end(name: str, place: int) -> Callable[[ScaleReliability], object]:
    def read(scale: ScaleReliability) -> object:
        interval = getattr(scale, name)
        return interval if isinstance(interval, Inapplicable) else interval[place]

    return read


def _part(of: str, *path: str) -> Callable[[ScaleReliability], object]:
    """Return a reader of an attribute of a part, and of that; None where the part is not there."""

    def read(scale: ScaleReliability) -> object:
        found: object = getattr(scale, of)
        for name in path:
            if found is None or isinstance(found, Inapplicable):
                return found
            found = getattr(found, name)
        return found

    return read


def _sound(of: str) -> Callable[[ScaleReliability], object]:
    def read(scale: ScaleReliability) -> object:
        found = getattr(scale, of)
        return found.converged and not found.improper if isinstance(found, OneFactor) else None

    return read


_NUMBERS: dict[str, Callable[[ScaleReliability], object]] = {
    "n": _part("n"),
    "effective_n": _part("effective_n"),
    "alpha": _part("alpha"),
    "feldt_low": _end("feldt", 0),
    "feldt_high": _end("feldt", 1),
    "bonett_low": _end("bonett", 0),
    "bonett_high": _end("bonett", 1),
    "standardised": _part("standardised_alpha"),
    "omega": _part("omega_ml", "composite"),
    "omega_observed": _part("omega_ml", "observed"),
    "omega_sound": _sound("omega_ml"),
    "omega_minres": _part("omega_minres", "composite"),
    "omega_minres_observed": _part("omega_minres", "observed"),
    "odd_even": _part("odd_even", "correlation"),
    "spearman_brown": _part("odd_even", "spearman_brown"),
    "guttman": _part("odd_even", "guttman"),
    "splits": _part("halves", "splits"),
    **{
        f"halves_{name}_{end}": _part("halves", name, end)
        for name in ("spearman_brown", "guttman")
        for end in ("mean", "low", "high")
    },
    "difference": _part("difference", "reliability"),
    "difference_perception": _part("difference", "perception"),
    "difference_standard": _part("difference", "standard"),
    "difference_correlation": _part("difference", "correlation"),
    "least_eigenvalue": _part("least_eigenvalue"),
}
