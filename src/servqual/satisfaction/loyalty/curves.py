"""`loyalty_curve`: how loyalty follows satisfaction, and how steeply at the top."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np
from attrs import frozen

from servqual._arrays import Floats
from servqual.errors import LoyaltyError, Problem
from servqual.errors.problems import unknown_word
from servqual.labels import Label, Language
from servqual.satisfaction.drawing import NOT_DRAWN_NOTE, Rng, draws_asked
from servqual.satisfaction.gathering import Problems, attempt
from servqual.satisfaction.reported.intake import Asked, Gathered, gathered, refuse
from servqual.statistics import Covariance, Inapplicable, MonotoneCurve, PiecewiseCurve, Steepness, WeightKind
from servqual.statistics.monotone import monotone_curve
from servqual.statistics.piecewise import piecewise_curve
from servqual.tables import Table
from servqual.telling import Told, cells

_SHAPES = ("monotone", "piecewise")
_TITLE = Label("Loyalty over satisfaction", "忠诚随满意的变化")
_MOST = 41


@frozen(eq=False, repr=False)
class LoyaltyCurve:
    """Loyalty over satisfaction.

    Attributes
    ----------
    curve
        The curve itself: `at`, `interval`, `steepness` for another top.
    steepness
        The slope above `top` against the mean slope, with its interval: above 1 where competition is strong.
    told
        Values at the points of satisfaction, with intervals where there are any.
    n, missing
        Customers with both answers, and the others.
    """

    curve: MonotoneCurve | PiecewiseCurve
    steepness: Steepness
    told: Told
    n: float
    missing: float

    def __repr__(self) -> str:
        steep, ratio = self.steepness, self.steepness.ratio
        told = str(ratio) if isinstance(ratio, Inapplicable) else f"{ratio:.3f} of the mean slope"
        if not isinstance(steep.ratio_low, Inapplicable):
            told += f" ({steep.ratio_low:.3f} to {float(steep.ratio_high):.3f})"
        return f"<LoyaltyCurve of {self.n:g} customers: steepness above {steep.top:g} {told}>"

    def to_table(self, language: Language | str | None = None) -> Table:
        """Return the curve at the points of satisfaction."""
        return self.told.view(list(self.told.table.columns), language=language, named="")

    def _repr_html_(self) -> str:
        return self.to_table()._repr_html_()

    def to_frame(self, backend: str | None = None) -> Any:
        """Return the curve at the points of satisfaction."""
        return self.told.table.to_frame(backend)

    def to_dict(self) -> dict[str, Any]:
        """Return all numbers as a JSON-safe dictionary."""
        parts = {"curve": self.curve.to_dict(), "steepness": self.steepness.to_dict()}
        return {
            "reading": "loyalty_curve",
            "n": self.n,
            "missing": self.missing,
            **parts,
            **self.told.whole().to_dict(),
        }


def loyalty_curve(
    source: Any,
    satisfaction: str = "satisfaction",
    loyalty: str = "loyalty",
    *,
    top: float,
    shape: str = "monotone",
    knots: Mapping[str, float] | Sequence[float] | None = None,
    weights: Any = None,
    weight_kind: WeightKind | str = WeightKind.SAMPLING,
    cluster: Any = None,
    missing: Collection[float] = (),
    draws: int | None = None,
    rng: Rng = None,
    confidence: float = 0.95,
) -> LoyaltyCurve:
    """Loyalty over satisfaction, and how steep it is at the top: a sign of how free customers are to leave.

    Where competition is strong loyalty falls fast below complete satisfaction, and the slope above `top` exceeds the
    mean slope; customers who cannot leave are loyal until they are quite dissatisfied.

    Parameters
    ----------
    source, weights, weight_kind, cluster, missing
        As of `nps`.
    satisfaction, loyalty
        Which columns, items or dimensions.
    top
        Where the top begins, such as 8 on 1 to 10.
    shape
        "monotone", the best curve that never falls; or "piecewise", straight between `knots`.
    knots
        For "piecewise" and only for it; ``[top]`` by default.
    draws, rng
        Resamples of customers, or whole clusters (1000 unless said), and a seed or a generator, for the intervals of
        the monotone curve; nothing is drawn without a seed. The piecewise one has intervals by the delta method: with
        sampling weights robust (HC1), with clusters those of clusters.
    confidence
        Of all intervals.

    Raises
    ------
    LoyaltyError
        An unknown shape, knots or a seed for the other shape, resamples without a seed, columns that are not there,
        fewer than two customers.
    ArgumentError
        As `monotone_curve` and `piecewise_curve`.

    References
    ----------
    Jones & Sasser 1995, Harvard Business Review 73(6):88-99; Anderson & Mittal 2000, Journal of Service Research
    3(2):107-120.

    Examples
    --------
    >>> answers = {"satisfaction": [1, 2, 3, 4, 5] * 4, "loyalty": [1, 1, 2, 3, 5] * 4}
    >>> loyalty_curve(answers, top=4).steepness.ratio
    2.0
    """
    problems: Problems = []
    many = _options(shape, knots, draws, rng, problems)
    found = gathered(source, [satisfaction, loyalty], Asked(None, weights, weight_kind, cluster, missing), problems)
    refuse(problems)
    if found is None:
        raise LoyaltyError(*problems)
    whole = np.asarray(~np.isnan(found.values).any(axis=1))
    if whole.sum() < 2:
        raise LoyaltyError(Problem("answers", f"{whole.sum()} customers gave both", "a curve needs two or more"))
    curve = _curve(found, whole, shape, [top] if knots is None else knots, many, rng)
    steep = curve.steepness(top, confidence)
    told = _told(curve, steep, found.values[whole, 0], many, found.backend)
    return LoyaltyCurve(curve, steep, told, found.absent(whole), found.absent(~whole))


def _options(shape: str, knots: Any, draws: int | None, rng: Rng, problems: Problems) -> int:
    """Return how many resamples are drawn; what is wrong with options is added to the problems."""
    if shape not in _SHAPES:
        problems.append(unknown_word("shape", shape, _SHAPES))
    if knots is not None and shape == "monotone":
        problems.append(Problem("knots", f"{knots}", "a monotone curve has none", 'shape="piecewise"'))
    many = attempt(problems, draws_asked, draws, rng) or 0
    if many and shape == "piecewise":
        rule = "the piecewise curve has its intervals by the delta method"
        problems.append(Problem("rng", "given", rule, "leave draws= and rng= out"))
    return many


def _curve(  # noqa: PLR0917 - private, and called once
    found: Gathered, whole: Any, shape: str, knots: Any, many: int, rng: Rng
) -> MonotoneCurve | PiecewiseCurve:
    people = found.people
    x, y = found.values[whole, 0], found.values[whole, 1]
    weights = None if people.weights is None else people.weights[whole]
    groups = None if people.clusters is None else people.clusters[whole]
    if weights is not None and people.kind is WeightKind.FREQUENCY:
        times = weights.astype(np.int64)
        x, y, weights = np.repeat(x, times), np.repeat(y, times), None
        groups = None if groups is None else np.repeat(groups, times)
    problems: Problems = []
    if shape == "monotone":
        made: Any = attempt(
            problems, monotone_curve, x, y, weights=weights, draws=many or None, rng=rng if many else None,
            groups=groups if many else None,
        )  # fmt: skip
    else:
        robust = Covariance.NONROBUST if weights is None else Covariance.HC1
        kind = robust if groups is None else Covariance.CLUSTER
        made = attempt(problems, piecewise_curve, x, y, knots=knots, weights=weights, covariance=kind, groups=groups)
    refuse(problems)
    return made


def _told(curve: MonotoneCurve | PiecewiseCurve, steep: Steepness, x: Floats, many: int, backend: str) -> Told:
    points = np.unique(x)
    if points.size > _MOST:
        points = np.linspace(points[0], points[-1], _MOST)
    columns = {"satisfaction": cells(points), "loyalty": cells(curve.at(points))}
    if many or isinstance(curve, PiecewiseCurve):
        low, high = curve.interval(points, steep.confidence)
        columns |= {"low": cells(low), "high": cells(high)}
    notes = [_shape_note(curve), _interval_note(curve, many, steep.confidence), _steep_note(steep)]
    return Told(Table(columns, backend=backend), [Label(f"{each:g}") for each in points.tolist()], _TITLE, notes)


def _shape_note(curve: MonotoneCurve | PiecewiseCurve) -> Label:
    rows = curve if isinstance(curve, MonotoneCurve) else curve.regression
    about = f"n {rows.n}, R² {rows.r2:.3f}"
    if isinstance(curve, MonotoneCurve):
        return Label(
            f"the best curve that never falls, straight between its corners: {about}", f"单调不减的最佳曲线：{about}"
        )
    at = ", ".join(f"{value:g}" for _, value in curve.knots)
    return Label(f"straight between knots at {at}: {about}", f"在节点 {at} 之间为直线：{about}")


def _interval_note(curve: MonotoneCurve | PiecewiseCurve, many: int, confidence: float) -> Label:
    share = f"{confidence:.0%}"
    if isinstance(curve, PiecewiseCurve):
        return Label(f"{share} intervals by the delta method", f"{share} 区间：delta 法")
    if not many:
        return NOT_DRAWN_NOTE
    return Label(
        f"{share} percentile intervals from {many} resamples of customers, each point alone",
        f"{share} 百分位区间，对顾客重抽样 {many} 次，各点单独成立",
    )


def _steep_note(steep: Steepness) -> Label:
    if isinstance(steep.ratio, Inapplicable):
        return Label(f"steepness above {steep.top:g}: {steep.ratio}", f"{steep.top:g} 以上的陡度不存在")
    ratio, en, zh = f"{steep.ratio:.3f}", "", ""
    if not isinstance(steep.ratio_low, Inapplicable):
        low, high = f"{steep.ratio_low:.3f}", f"{float(steep.ratio_high):.3f}"
        en, zh = f" ({low} to {high})", f"（{low} 至 {high}）"
    return Label(
        f"steepness above {steep.top:g}: {ratio}{en} of the mean slope; above 1 where customers are free to leave",
        f"{steep.top:g} 以上的陡度：平均斜率的 {ratio} 倍{zh}；顾客可以自由离开时大于 1",
    )
