"""What perception, expectation and their difference explain of a criterion."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt
from attrs import asdict, frozen

from servqual._arrays import Floats
from servqual.errors import GroupError, Problem, SurveyError, did_you_mean
from servqual.instruments import Level
from servqual.quality.moment_regression import FTest, MomentRegression
from servqual.quality.overall_means import Means
from servqual.statistics import CrossProducts, Inapplicable, WeightKind
from servqual.survey import Survey

# Regressors, in this order: P, E, P², PE, E².
_PERCEPTION, _STANDARD = [1, 0, 0, 0, 0], [0, 1, 0, 0, 0]
_BOTH, _GAP, _SURFACE = [_PERCEPTION, _STANDARD], [[1, -1, 0, 0, 0]], np.eye(5)
_FEWEST = 8

Test = FTest | Inapplicable


@frozen
class Explained:
    """What mean perception P, mean expectation E and the mean gap P − E explain of a criterion y.

    Means are over the items that a respondent answered at both levels; respondents without a criterion, or with fewer
    than half of the items of a dimension, take no part.

    Attributes
    ----------
    standard
        The level that E stands for.
    n, effective_n
        Respondents, and what they are worth under sampling weights; tests use the latter.
    r_perception, r_standard, r_gap
        Correlations with the criterion.
    r_between
        Correlation of P and E.
    r2_both, r2_surface
        Share of the variance of y explained by P and E, and by P, E, P², PE and E².
    slope_perception, slope_standard
        Of y on P and E together, per point of the scale.
    added
        Test that E adds nothing to P.
    constraint
        Test that the slopes are equal and opposite, as a difference has them.
    curvature
        Test that P², PE and E² add nothing to P and E.
    difference
        Test of both together: the difference against the response surface.
    """

    standard: Level
    n: float
    effective_n: float
    r_perception: float
    r_standard: float
    r_gap: float
    r_between: float
    r2_both: float
    r2_surface: float
    slope_perception: float
    slope_standard: float
    added: Test
    constraint: Test
    curvature: Test
    difference: Test

    def to_dict(self) -> dict[str, Any]:
        """Return all numbers as a JSON-safe dictionary; of a test that does not exist, the reason."""
        told: dict[str, Any] = {}
        for name, value in asdict(self, recurse=False).items():
            if isinstance(value, FTest):
                told[name] = {key: None if math.isinf(each) else each for key, each in asdict(value).items()}
            elif isinstance(value, Inapplicable):
                told[name] = {"reason": value.reason}
            else:
                told[name] = None if isinstance(value, float) and math.isnan(value) else value
        return told | {"standard": str(self.standard)}

    @property
    def unique_perception(self) -> float:
        """Share of the variance of y that only P explains, ``R²(P, E) − R²(E)``."""
        return self.r2_both - self.r_standard**2

    @property
    def unique_standard(self) -> float:
        """Share of the variance of y that only E explains, ``R²(P, E) − R²(P)``."""
        return self.r2_both - self.r_perception**2

    @property
    def shared(self) -> float:
        """What either of them explains; below 0 where one makes the other explain more."""
        return self.r2_both - self.unique_perception - self.unique_standard


def criterion_of(survey: Survey, criterion: npt.ArrayLike | str) -> Floats:
    """Return one number for each respondent, NaN for none; a text names a grouping column whose labels are numbers.

    Raises
    ------
    SurveyError
        Another number of values than respondents, or values that are no numbers.
    GroupError
        No such column, or one with labels that are no numbers.
    """
    if isinstance(criterion, str):
        if criterion not in survey.groups:
            rule = "a criterion is a number for each respondent, or a column that was read as a grouping"
            raise GroupError(Problem("criterion", f"no column {criterion!r}", rule, _remedy(survey, criterion)))
        grouping = survey.grouping(criterion)
        strange = [label for label in grouping.labels if isinstance(label, str)]
        if strange:
            rule = "a criterion has a number for each respondent, blank where there is none"
            remedy = "code words as numbers first, and leave blank what was not answered"
            raise GroupError(Problem(f"criterion {criterion!r}", f"label {strange[0]!r}", rule, remedy))
        labels = np.array([np.nan if label is None else float(label) for label in grouping.labels])
        return np.asarray(labels[grouping.codes])
    try:
        values = np.asarray(criterion, dtype=np.float64)
    except (TypeError, ValueError):
        rule, remedy = "it has a number for each respondent, NaN where there is none", "code words as numbers first"
        raise SurveyError(Problem("criterion", "values that are no numbers", rule, remedy)) from None
    if values.shape != (len(survey),) or np.isinf(values).any():
        rule = f"it has one finite number, or NaN, for each of {len(survey)} respondents"
        raise SurveyError(Problem("criterion", f"shape {values.shape}", rule, "for several ratings pass their mean"))
    return values


def _remedy(survey: Survey, criterion: str) -> str:
    near = did_you_mean(criterion, survey.groups)
    return near if near.endswith("?") else f"pass the numbers, or read the survey with groups=[{criterion!r}]"


class CriterionSums:
    """Cross-products of y, P, E, P², PE and E², added block by block."""

    def __init__(self, survey: Survey, values: Floats, standard: Level) -> None:
        """Begin with no respondents.

        Parameters
        ----------
        survey, values
            The answers, and the criterion of each respondent.
        standard
            The level that P is held against.
        """
        self.standard, self._weights = standard, survey.weights
        self._kind = None if survey.weights is None else survey.weight_kind
        self._middle = survey.instrument.scale.midpoint
        there = values[~np.isnan(values)]
        self._values, self._shift = values, float(there.mean()) if there.size else 0.0
        self._products = CrossProducts.zero(6, 0.0, self._kind)
        self._squared_weights = 0.0

    def add(self, block: Means) -> None:
        """Add a block of mean perceptions and mean expectations."""
        p, e = block.values - self._middle
        columns = np.stack([self._values[block.part] - self._shift, p, e, p * p, p * e, e * e])
        columns[:, np.isnan(columns).any(axis=0)] = np.nan
        weights = None if self._weights is None else self._weights[block.part]
        self._products = self._products + CrossProducts.of(columns, weights, self._kind)
        if weights is not None:
            self._squared_weights += float((weights[~np.isnan(columns[0])] ** 2).sum())

    def explained(self) -> Explained | Inapplicable:
        """Return what is explained, or why nothing can be told."""
        products = self._products
        weight, n = float(products.weight[0, 0]), float(products.n[0, 0])
        effective = n
        if self._kind is WeightKind.FREQUENCY:
            n = effective = weight
        elif self._kind is WeightKind.SAMPLING and self._squared_weights > 0:
            effective = weight**2 / self._squared_weights
        if n < _FEWEST:
            return Inapplicable(f"at least {_FEWEST} respondents with a criterion and answers are needed, not {n:g}")
        table = products.covariance()
        still = [
            name for place, name in enumerate(("criterion", "perception", "standard")) if not _varies(table, place)
        ]
        if still:
            return Inapplicable(f"there is no variance of: {', '.join(still)}")
        return _explained(table, self.standard, n, effective)


def _varies(table: Floats, place: int) -> bool:
    return bool(table[place, place] > 1e-12 * max(1.0, float(table.diagonal()[:3].max())))


def _explained(table: Floats, standard: Level, n: float, effective: float) -> Explained:
    model = MomentRegression(table, effective)
    alone, both, gap, surface = (model.on(each) for each in (_PERCEPTION, _BOTH, _GAP, _SURFACE))
    sd = np.sqrt(table.diagonal())
    gap_sd = np.sqrt(max(table[1, 1] + table[2, 2] - 2 * table[1, 2], 0.0))
    with_gap = table[0, 1] - table[0, 2]
    return Explained(
        standard=standard,
        n=n,
        effective_n=effective,
        r_perception=float(table[0, 1] / sd[0] / sd[1]),
        r_standard=float(table[0, 2] / sd[0] / sd[2]),
        r_gap=float(with_gap / sd[0] / gap_sd) if gap_sd > 1e-9 * sd[1] else float("nan"),
        r_between=float(table[1, 2] / sd[1] / sd[2]),
        r2_both=both.r2,
        r2_surface=surface.r2,
        slope_perception=float(both.slopes[0]),
        slope_standard=float(both.slopes[1]),
        added=model.test(both, alone),
        constraint=model.test(both, gap),
        curvature=model.test(surface, both),
        difference=model.test(surface, gap),
    )
