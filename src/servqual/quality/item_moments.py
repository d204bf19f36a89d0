"""`JointMoments`: covariances of all items at all levels, from the cross-products of one pass."""

from __future__ import annotations

import numpy as np
from attrs import evolve, frozen

from servqual._arrays import Floats
from servqual.errors import JointAnswersError, Problem
from servqual.instruments import Instrument, Level
from servqual.quality.aspects import Aspect, aspects_of
from servqual.quality.door import check_is_source
from servqual.scoring import Summary, summarize
from servqual.statistics import CrossProducts, WeightKind, kish_effective_size
from servqual.survey import Survey

# Below this the least eigenvalue of correlations is more than rounding.
_ROUNDING = -1e-8


@frozen(eq=False)
class ItemMoments:
    """Moments of all items in one aspect, each pair over the respondents who answered both.

    Attributes
    ----------
    aspect
        Whether these are answers or gaps.
    means
        Shape (items,).
    covariance, correlation
        Shape (items, items); NaN where fewer than two answered both.
    pairs
        Respondents who answered both, shape (items, items): frequencies by their sum, sampling weights as one each.
    worth
        Effective respondents per respondent: 1 but for sampling weights; NaN where it is not known.
    """

    aspect: Aspect
    means: Floats
    covariance: Floats
    correlation: Floats
    pairs: Floats
    worth: float

    def of(self, part: slice) -> ItemMoments:
        """Return the moments of some items."""
        tables = {name: getattr(self, name)[part, part] for name in ("covariance", "correlation", "pairs")}
        return evolve(self, means=self.means[part], **tables)

    @property
    def n(self) -> float:
        """The smallest number of respondents behind a pair of items."""
        return float(self.pairs.min())

    @property
    def effective_n(self) -> float:
        """`n` times what a respondent is worth under sampling weights (Kish)."""
        return self.n * self.worth

    @property
    def least_eigenvalue(self) -> float:
        """Of the correlations; NaN where one is missing."""
        known = not np.isnan(self.correlation).any()
        return float(np.linalg.eigvalsh(self.correlation)[0]) if known else float("nan")

    @property
    def definite(self) -> bool:
        """Whether the correlations could be those of complete answers; False also where one is missing."""
        return self.least_eigenvalue >= _ROUNDING


@frozen(eq=False)
class JointMoments:
    """Moments of all items at all levels, level by level; between levels NaN where different people answered them.

    Gaps take their covariances from the joint cross-products, ``cov(P_i, P_j) + cov(E_i, E_j) − cov(P_i, E_j) −
    cov(E_i, P_j)``, each over the respondents who answered that pair, and their variances from those who answered both.
    """

    instrument: Instrument
    levels: tuple[Level, ...]
    means: Floats
    covariance: Floats
    correlation: Floats
    pairs: Floats
    gap_means: dict[Level, Floats]
    gap_variances: dict[Level, Floats]
    worth: float
    weight_kind: WeightKind | None = None
    backend: str = "pandas"
    aspects: tuple[Aspect, ...] = ()

    def of(self, aspect: Aspect) -> ItemMoments:
        """Return the moments of all items in one aspect."""
        p = self._place(aspect.level)
        if aspect.standard is None:
            return ItemMoments(
                aspect, self.means[p], self.covariance[p, p], self.correlation[p, p], self.pairs[p, p], self.worth
            )
        e = self._place(aspect.standard)
        table = self.covariance[p, p] + self.covariance[e, e] - self.covariance[p, e] - self.covariance[e, p]
        np.fill_diagonal(table, self.gap_variances[aspect.standard])
        pairs = np.minimum.reduce([self.pairs[one, other] for one in (p, e) for other in (p, e)])
        return ItemMoments(aspect, self.gap_means[aspect.standard], table, _correlations(table), pairs, self.worth)

    def between(self, one: Level, other: Level, part: slice) -> Floats:
        """Return covariances of some items at one level with the same items at another."""
        return self.covariance[self._place(one), self._place(other)][part, part]

    def _place(self, level: Level) -> slice:
        start = self.levels.index(level) * len(self.instrument)
        return slice(start, start + len(self.instrument))


def joint_moments(source: Survey | Summary, what: str, summary: Summary | None = None) -> JointMoments:
    """Return the moments of a survey, taken in one pass or from a summary of it that there is already, or of a summary.

    Of an unpaired survey each level is taken by itself, and there are no gaps.

    Raises
    ------
    JointAnswersError
        A summary of counts, or one whose levels come from different people.
    ArgumentError
        What is neither a survey nor a summary.
    """
    check_is_source(source)
    if isinstance(source, Survey):
        kind = None if source.weights is None else source.weight_kind
        worth = _worth_of(source)
        if not source.paired:
            return _unpaired(source, kind, worth)
        return _joint(source, (summary or summarize(source)).products, kind, worth)
    if source.total.products is None:
        rule = (
            "it needs the answers of one person side by side, which counts, levels from different people and sums made "
        )
        rule += "with products=False lack"
        remedy = "summarize(survey) of answers keeps cross-products; an unpaired Survey can be read level by level"
        raise JointAnswersError(Problem("summary", f"no {what}", rule, remedy))
    return _joint(source, source.products, source.weight_kind, _worth_in(source))


def _joint(source: Survey | Summary, products: CrossProducts, kind: WeightKind | None, worth: float) -> JointMoments:
    k, aspects = len(source.instrument), tuple(aspects_of(source.levels))
    items, gaps = np.arange(k), {}
    for standard in (aspect.standard for aspect in aspects if aspect.standard is not None):
        first = source.levels.index(Level.PERCEPTION) * k
        gaps[standard] = products.difference(items + first, items + source.levels.index(standard) * k)
    return JointMoments(
        source.instrument,
        source.levels,
        products.means(),
        products.covariance(),
        products.correlation(),
        products.weight if kind is WeightKind.FREQUENCY else products.n,
        {standard: gap.mean for standard, gap in gaps.items()},
        {standard: gap.variance for standard, gap in gaps.items()},
        worth,
        kind,
        source.backend,
        aspects,
    )


def _unpaired(survey: Survey, kind: WeightKind | None, worth: float) -> JointMoments:
    k, size = len(survey.instrument), len(survey.instrument) * len(survey.levels)
    whole = {name: np.full((size, size), np.nan) for name in ("covariance", "correlation")}
    means, pairs = np.empty(size), np.zeros((size, size))
    for place, (level, given) in enumerate(survey.answers.items()):
        single = evolve(survey, answers={level: given}, paired=True)
        alone = _joint(single, summarize(single).products, kind, worth)
        part = slice(place * k, (place + 1) * k)
        means[part], pairs[part, part] = alone.means, alone.pairs
        for name, table in whole.items():
            table[part, part] = getattr(alone, name)
    aspects = tuple(map(Aspect.answers, survey.levels))
    return JointMoments(
        survey.instrument, survey.levels, means, **whole, pairs=pairs, gap_means={}, gap_variances={}, worth=worth,
        weight_kind=kind, backend=survey.backend, aspects=aspects,
    )  # fmt: skip


def _correlations(covariance: Floats) -> Floats:
    sd = np.sqrt(covariance.diagonal())
    with np.errstate(divide="ignore", invalid="ignore"):
        table = covariance / np.outer(sd, sd)
    # pairs of their own respondents can contradict each other
    table[np.abs(table) > 1 + 1e-9] = np.nan
    np.fill_diagonal(table, np.where(sd > 0, 1.0, np.nan))
    return np.clip(table, -1.0, 1.0)


def _worth_of(survey: Survey) -> float:
    if survey.weights is None or survey.weight_kind is WeightKind.FREQUENCY:
        return 1.0
    return kish_effective_size(survey.weights) / int(np.count_nonzero(survey.weights))


def _worth_in(summary: Summary) -> float:
    if summary.weight_kind is not WeightKind.SAMPLING:
        return 1.0
    if not summary.models:
        return float("nan")
    moments = summary.total.parts[0].terms[0].moments
    most = int(np.argmax(moments.n))
    return float(moments.effective_n[most] / moments.n[most]) if moments.n[most] else float("nan")
