"""`rater_agreement`: whether those who fill in audit sheets of the same encounters agree."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np
from attrs import frozen

from servqual._arrays import Floats, Ints
from servqual.encounters.behaviours.step_reading import fulfilled
from servqual.encounters.row_readings import RowReading
from servqual.errors import EncounterError, Problem
from servqual.labels import Label
from servqual.statistics import Inapplicable
from servqual.statistics._arguments import check_confidence
from servqual.statistics.bootstrap_intervals import percentile_interval
from servqual.statistics.rater_kappas import (
    Metric,
    cohen_kappa,
    fleiss_kappa,
    krippendorff_alpha,
    resampled_alphas,
)
from servqual.statistics.reasoned import columns_of
from servqual.survey import Survey
from servqual.tables import Table
from servqual.telling import Number, Told

_TITLE = Label("Agreement of raters", "评价者一致性")
_NOT_TWO = Inapplicable("Cohen's kappa is of two raters")
_TOO_FEW = Inapplicable("fewer than two encounters were judged twice")


@frozen(kw_only=True, repr=False)
class RaterAgreement:
    """How far raters agree on one step, or on all criteria.

    Attributes
    ----------
    key
        The step, or "all".
    units, ratings
        Criteria of encounters that were judged twice or more, and the judgements of them.
    alike
        Share of pairs of judgements of the same unit that are the same.
    alpha, low, high
        Krippendorff's alpha, with the percentile interval over resampled encounters.
    cohen
        Cohen's kappa; of two raters only.
    fleiss
        Fleiss' kappa; where units were judged equally often.
    """

    key: str
    units: int
    ratings: int
    alike: Number
    alpha: Number
    low: Number
    high: Number
    cohen: Number
    fleiss: Number

    def __repr__(self) -> str:
        return f"<RaterAgreement {self.key}: alpha {float(self.alpha):.3f}>"


@frozen(eq=False, repr=False, kw_only=True)
class RaterAgreements(RowReading[RaterAgreement]):
    """How far raters agree, step by step and over all criteria.

    Attributes
    ----------
    rows
        All criteria first, then each step; ``found["act"]`` picks one.
    told
        The same as columns, with title and notes in English and Chinese.
    """

    reading: ClassVar[str] = "rater_agreement"

    def __repr__(self) -> str:
        return f"<RaterAgreements of {len(self) - 1} steps: alpha {float(self.rows[0].alpha):.3f} over all>"


def rater_agreement(
    survey: Survey,
    *,
    encounter: str = "encounter",
    rater: str = "rater",
    rng: int | np.random.Generator,
    draws: int = 2000,
    confidence: float = 0.95,
) -> RaterAgreements:
    """Agreement of raters on audit sheets: Krippendorff's alpha with its interval, Cohen's and Fleiss' kappa.

    A unit is one criterion of one encounter; the criteria of a step are pooled. Alpha is nominal on a checklist of 0
    and 1, ordinal on a graded one. Its interval resamples whole encounters, whose criteria are judged together;
    resamples in which all judgements are the same have no alpha and do not count.

    Parameters
    ----------
    survey
        Filled-in sheets, one row for each encounter and rater, read with ``groups=["encounter", "rater"]``.
    encounter, rater
        The groups that say which encounter and whose judgement.
    rng
        A seed or a generator.
    draws
        Resamples of encounters.
    confidence
        Of the intervals.

    Returns
    -------
    RaterAgreements
        All criteria, then each step.

    Raises
    ------
    EncounterError
        What is no survey; a rater who judged an encounter twice; sheets without an encounter or a rater; one rater.
    GroupError
        A survey that was read without these groups.

    References
    ----------
    Krippendorff 1970, Educational and Psychological Measurement 30(1):61-70; Cohen 1960, Educational and Psychological
    Measurement 20(1):37-46; Fleiss 1971, Psychological Bulletin 76(5):378-382.

    Examples
    --------
    >>> from servqual import Survey
    >>> from servqual.catalogue.difficult_moments import doubts
    >>> sheets = [[1, 1, 0, 1, 0, 0], [1, 1, 0, 1, 0, 1], [0, 1, 1, 0, 1, 0], [0, 1, 1, 0, 1, 0]]
    >>> groups = {"encounter": [1, 1, 2, 2], "rater": ["Li", "Wu", "Li", "Wu"]}
    >>> rater_agreement(Survey.from_arrays(doubts(), perception=sheets, groups=groups), rng=1, draws=200)
    <RaterAgreements of 2 steps: alpha 0.839 over all>
    """
    check_confidence(confidence)
    blocks = _blocks(survey, encounter, rater)
    metric = Metric.NOMINAL if len(survey.instrument.scale.points) == 2 else Metric.ORDINAL
    parts = {"all": slice(None), **dict(zip(survey.instrument.dimension_keys, survey.instrument.slices, strict=True))}
    asked = _Asked(metric, draws, rng, confidence)
    rows = tuple(_row(key, blocks[part], asked) for key, part in parts.items())
    labels = [Label("all criteria", "全部标准"), *(each.label for each in survey.instrument.dimensions)]
    note = Label(
        f"alpha is {metric}; {confidence:.0%} percentile intervals over {draws} resamples of encounters",
        f"alpha（{_METRICS[metric]}）；{confidence:.0%} 百分位区间，对服务接触重抽样 {draws} 次",
    )
    table = Table(columns_of(rows, RaterAgreement, {"units", "ratings"}), backend=survey.backend)
    told = Told(table, labels, _TITLE, (note,))
    words = {"encounter": encounter, "rater": rater, "draws": draws, "confidence": confidence}
    return RaterAgreements(rows=rows, told=told, asked=words)


_METRICS = {Metric.NOMINAL: "名义", Metric.ORDINAL: "顺序", Metric.INTERVAL: "等距"}


def _blocks(survey: Survey, encounter: str, rater: str) -> Floats:
    """Return judgements of shape (criteria, encounters, raters), NaN where there is none."""
    values = fulfilled(survey)
    groups = survey.grouping(encounter), survey.grouping(rater)
    problems = [
        Problem(f"group {each.name!r}", "missing in some sheets", "every sheet has one")
        for each in groups
        if each.labels[-1] is None
    ]
    sizes = [len(each.labels) for each in groups]
    if sizes[1] < 2:
        problems.append(Problem(f"group {rater!r}", "one rater", "agreement is of two raters or more"))
    places = groups[0].codes.astype(np.int64) * sizes[1] + groups[1].codes
    known, times = np.unique(places, return_counts=True)
    if (times > 1).any():
        first = int(known[times > 1][0])
        who, what = groups[1].labels[first % sizes[1]], groups[0].labels[first // sizes[1]]
        rule = "a rater judges an encounter once"
        problems.append(Problem("survey", f"{who!r} judged {what!r} {times.max()} times", rule))
    if problems:
        raise EncounterError(*problems)
    block = np.full((len(values), sizes[0] * sizes[1]), np.nan)
    block[:, places] = values
    return block.reshape(len(values), *sizes)


@frozen(eq=False)
class _Asked:
    metric: Metric
    draws: int
    rng: int | np.random.Generator
    confidence: float


def _row(key: str, block: Floats, asked: _Asked) -> RaterAgreement:
    ratings = block.reshape(-1, block.shape[2])
    clusters: Ints = np.tile(np.arange(block.shape[1]), len(block))
    given = (~np.isnan(ratings)).sum(axis=1)
    twice, used = ratings[given >= 2], clusters[given >= 2]
    seen: dict[str, Any] = {"key": key, "units": len(twice), "ratings": int(given[given >= 2].sum())}
    if not len(twice):
        none = Inapplicable("nothing was judged twice")
        return RaterAgreement(**seen, alike=none, alpha=none, low=none, high=none, cohen=none, fleiss=none)
    alpha = krippendorff_alpha(twice, asked.metric)
    low, high = _ends(twice, used, alpha, asked)
    two = cohen_kappa(*twice.T) if twice.shape[1] == 2 else _NOT_TWO
    return RaterAgreement(
        **seen, alike=_alike(twice), alpha=alpha, low=low, high=high, cohen=two, fleiss=fleiss_kappa(_packed(twice))
    )


def _ends(ratings: Floats, clusters: Ints, alpha: Number, asked: _Asked) -> tuple[Number, Number]:
    if isinstance(alpha, Inapplicable):
        return alpha, alpha
    codes = np.unique(clusters, return_inverse=True)[1]
    if codes.max() < 1:
        return _TOO_FEW, _TOO_FEW
    drawn = resampled_alphas(ratings, asked.metric, asked.draws, asked.rng, codes)
    # resamples in which all judgements are the same have no alpha
    there = drawn[~np.isnan(drawn)]
    if there.size < 2:
        return _TOO_FEW, _TOO_FEW
    low, high = percentile_interval(there, asked.confidence)
    return float(low), float(high)


def _alike(ratings: Floats) -> float:
    same = ratings[:, :, None] == ratings[:, None, :]
    both = ~np.isnan(ratings[:, :, None] + ratings[:, None, :])
    apart = ~np.eye(ratings.shape[1], dtype=np.bool_)
    return float((same & apart).sum() / (both & apart).sum())


def _packed(ratings: Floats) -> Floats:
    """Return the same ratings without the columns that are empty after moving gaps to the end."""
    turned = np.sort(ratings, axis=1)
    return turned[:, ~np.isnan(turned).all(axis=0)]
