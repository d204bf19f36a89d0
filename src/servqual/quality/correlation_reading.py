"""`correlations`: of items, dimensions and the overall score, from the cross-products of one pass."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from servqual._arrays import Floats, Ints
from servqual.instruments import Instrument, Level
from servqual.labels import Label
from servqual.quality.aspects import Aspect, aspect_named
from servqual.quality.correlation_results import Correlations, JointTable
from servqual.quality.item_moments import ItemMoments, JointMoments, joint_moments
from servqual.scoring import Difference, Summary, score
from servqual.scoring.level_score import LevelScore
from servqual.statistics import CrossProducts, Inapplicable
from servqual.statistics.weights import WeightKind
from servqual.survey import Survey

NEEDS_ANSWERS = Inapplicable(
    "some left out items, and then scores of dimensions need each person's answers: correlations(survey)"
)


def correlations(source: Survey | Summary, level: Level | str = Level.PERCEPTION) -> Correlations:
    """Correlations of items, and of dimensions with the overall score (Pearson's r), with covariances.

    ``r = cov(x, y) / (s_x s_y)``, between −1 and 1. Of items each is over the respondents who answered both. A
    dimension is the mean of its items and the overall score the mean of the dimensions, so that their covariances are
    means of those of the items where everybody who answered one item answered all. Where some were left out, a survey
    gives the correlations of the scores themselves (half of a dimension's items answered), and a summary does not know
    them.

    Parameters
    ----------
    source
        Answers; or a summary with cross-products, which are kept unless it was made with ``products=False``.
    level
        A level that was answered, or gaps of perceptions: "gap", "adequacy", "superiority".

    Returns
    -------
    Correlations
        ``found.scores`` and ``found.items`` have matrices; for the shares of drivers pass on keys, covariance and n:
        ``Covariances(found.scores.keys, found.scores.covariance, found.scores.n)``.

    Raises
    ------
    LevelError
        A level that was not answered.
    JointAnswersError
        A summary of counts, of levels from different people, or without cross-products.
    ArgumentError
        What is neither a survey nor a summary.

    References
    ----------
    Pearson 1896, Philosophical Transactions of the Royal Society A 187:253-318; Little & Rubin 2019, Statistical
    Analysis with Missing Data, 3rd ed., Wiley, section 3.4 (available cases).

    Examples
    --------
    >>> from servqual import Instrument, Scale
    >>> desk = Instrument.define("desk", {"speed": ["wait"], "care": ["smile"]}, scale=Scale.likert(7))
    >>> found = correlations(Survey.from_arrays(desk, perception=[[1, 2], [2, 4], [3, 3], [4, 7]]))
    >>> round(found.scores.between("speed", "care"), 3)
    0.837
    """
    joint = joint_moments(source, "correlations")
    aspect = aspect_named(level, joint.aspects)
    moments = joint.of(aspect)
    items = _table(source.instrument.item_keys, moments.correlation, moments.covariance, moments.pairs, moments.worth)
    scores: JointTable | Inapplicable = NEEDS_ANSWERS
    if _all_answered(joint, aspect):
        scores = _of_means(source.instrument, moments)
    elif isinstance(source, Survey):
        scores = _of_scores(source, aspect, moments.worth)
    return Correlations(source.instrument, aspect, items, scores, tuple(_notes(joint)), joint.backend)


def _all_answered(joint: JointMoments, aspect: Aspect) -> bool:
    """Return whether all who answered one of the items, at the levels that are read, answered all of them."""
    levels = [level for level in (aspect.level, aspect.standard) if level is not None]
    size = len(joint.instrument)
    places: Ints = np.concatenate([joint.levels.index(level) * size + np.arange(size) for level in levels])
    pairs = joint.pairs[np.ix_(places, places)]
    return bool(pairs.min() == pairs.max())


def _of_means(instrument: Instrument, moments: ItemMoments) -> JointTable:
    means = np.zeros((len(instrument.dimensions) + 1, len(instrument)))
    for row, part in zip(means[:-1], instrument.slices, strict=True):
        row[part] = 1 / (part.stop - part.start)
    means[-1] = means[:-1].mean(axis=0)
    covariance = means @ moments.covariance @ means.T
    spread = np.sqrt(covariance.diagonal())
    # what is left of scores that do not vary is rounding
    largest = float(np.fmax.reduce(moments.covariance.diagonal(), initial=0.0))
    spread = np.where(spread > 1e-7 * np.sqrt(largest), spread, np.nan)
    correlation = np.clip(covariance / np.outer(spread, spread), -1.0, 1.0)
    np.fill_diagonal(correlation, np.where(np.isnan(spread), np.nan, 1.0))
    pairs = np.full(covariance.shape, moments.n)
    return _table(_score_keys(instrument), correlation, covariance, pairs, moments.worth)


def _of_scores(survey: Survey, aspect: Aspect, worth: float) -> JointTable:
    model = LevelScore(aspect.level) if aspect.standard is None else Difference(aspect.standard)
    scored = score(survey, model, dtype=np.float64)
    kind = None if survey.weights is None else survey.weight_kind
    products = CrossProducts.of(scored.values.T, survey.weights, kind, scored.origin)
    pairs = products.weight if kind is WeightKind.FREQUENCY else products.n
    return _table(_score_keys(survey.instrument), products.correlation(), products.covariance(), pairs, worth)


def _score_keys(instrument: Instrument) -> tuple[str, ...]:
    return (*instrument.dimension_keys, "overall")


def _table(keys: tuple[str, ...], correlation: Floats, covariance: Floats, pairs: Floats, worth: float) -> JointTable:
    return JointTable(keys, correlation, covariance, pairs, float(pairs.min()) * worth)


def _notes(joint: JointMoments) -> Iterator[Label]:
    if joint.weight_kind is WeightKind.SAMPLING:
        yield Label("sampling weights: weighted correlations; n is effective (Kish)", "抽样权重：相关加权，n为有效数")
    if joint.weight_kind is WeightKind.FREQUENCY:
        yield Label("frequencies: each counts as so many respondents", "频数权重：按相应人数计算")
