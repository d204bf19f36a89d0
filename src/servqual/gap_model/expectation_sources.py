"""`explain_expectations`: what desired, predicted and adequate service come from, and the zone between."""

from __future__ import annotations

from typing import Any

import numpy as np

from servqual._arrays import Floats
from servqual.errors import GapModelError, Problem, did_you_mean
from servqual.gap_model.determinant_words import ExpectationPart
from servqual.gap_model.gap_words import OVERALL
from servqual.gap_model.influence_estimates import Asked
from servqual.gap_model.influence_reading import told_influences
from servqual.gap_model.influence_results import Influences
from servqual.gap_model.lookups import name_problem, refused
from servqual.instruments import Level
from servqual.labels import Label
from servqual.scoring import PerformanceOnly, score
from servqual.scoring.level_score import LevelScore
from servqual.statistics.models import Covariance
from servqual.statistics.weights import WeightKind
from servqual.survey import Survey

_TITLE = Label("Where expectations come from", "期望从何而来")
_LEVELS = (Level.DESIRED, Level.PREDICTED, Level.ADEQUATE)
_ERRORS = {
    Covariance.HC3: Label(
        "errors: the larger of those of one variance and of any (HC3)", "标准误：取同方差与异方差稳健（HC3）中较大者"
    ),
    Covariance.CLUSTER: Label("errors by clusters of the survey", "标准误：按调查的聚类"),
}


def explain_expectations(
    expectations: Survey, determinants: Survey, *, dimension: str = OVERALL, confidence: float = 0.95
) -> Influences:
    """Regressions of expectations on their determinants, with the signs that the model of 1993 gives them.

    Desired service goes up with lasting reasons to expect much, personal needs, promises, word of mouth, experience and
    company image; predicted service with the last five; adequate service with reasons of the moment, alternatives, the
    customer's own part and predicted service, and down with circumstances; the zone of tolerance, desired − adequate,
    narrows with reasons of the moment, alternatives and predicted service, and widens with circumstances. Each is
    explained by its own determinants, all at once by least squares over respondents. A verdict says whether a
    determinant works as it should, the other way, or whether that is open.

    Parameters
    ----------
    expectations
        Answers at one or more of the levels desired, predicted and adequate. Its sampling weights count, and its
        clusters.
    determinants
        Answers of the same people in the same order to `servqual.catalogue.zone_determinants`,
        `expectation_determinants`, or an instrument of some of their dimensions.
    dimension
        Whose expectations: a dimension, or "overall".
    confidence
        Of intervals; one minus it is the level of verdicts. All tests are one family (Holm).

    Returns
    -------
    Influences
        Outcomes are "desired", "predicted", "adequate" and "width"; influences are determinants, and "predicted".

    Raises
    ------
    GapModelError
        Something else than surveys, those of different sizes or of different people, none of the levels, no
        determinant among the dimensions or one that is not known, weights that are frequencies, weights or clusters of
        the determinants.
    ArgumentError
        A dimension that is not there, or a confidence outside 0 and 1.

    References
    ----------
    Zeithaml, Berry & Parasuraman 1993, Journal of the Academy of Marketing Science 21(1):1-12; MacKinnon & White 1985,
    Journal of Econometrics 29(3):305-325 (HC3).

    Examples
    --------
    >>> import numpy as np
    >>> from servqual import Instrument, Scale
    >>> rng, scale = np.random.default_rng(1), Scale(1, 7)
    >>> needs = rng.integers(1, 8, (60, 1))
    >>> wish = np.clip(needs // 2 + rng.integers(2, 5, (60, 1)), 1, 7)
    >>> sheet = Instrument.define("sheet", {"needs": ["a"]}, scale=scale, levels=["perception"])
    >>> desk = Instrument.define("desk", {"speed": ["wait"]}, scale=scale, levels=["desired"])
    >>> answers = Survey.from_arrays(desk, desired=wish), Survey.from_arrays(sheet, perception=needs)
    >>> explain_expectations(*answers)["desired", "needs"].verdict.label.en
    'found'
    """
    _refuse_others(expectations=expectations, determinants=determinants)
    _refuse(expectations, determinants, dimension)
    outcomes = _outcomes(expectations, dimension)
    scores = score(determinants, PerformanceOnly(), dtype=np.float64).dimensions
    columns = dict(zip(determinants.instrument.dimension_keys, scores.T, strict=True))
    labels = {each.key: each.label for each in determinants.instrument.dimensions}
    if ExpectationPart.PREDICTED in outcomes:
        columns["predicted"] = outcomes[ExpectationPart.PREDICTED]
        labels["predicted"] = ExpectationPart.PREDICTED.label
    covariance, options = _errors(expectations)
    every = []
    for part, y in outcomes.items():
        own = [key for key in part.determinants if key in columns]
        if own:
            x = np.stack([columns[key] for key in own], axis=1)
            signs = tuple(part.determinants[key] for key in own)
            names = tuple(labels[key] for key in own)
            asked = (str(part), part.label, y, None, tuple(own), names, signs, x, covariance, options, False)
            every.append(Asked(*asked))
    if not every:
        found = f"levels {', '.join(outcomes)}; determinants {', '.join(columns)}"
        raise GapModelError(Problem("determinants", found, "a determinant explains its own levels, none is there"))
    return told_influences("expectations", _TITLE, every, [_ERRORS[covariance]], confidence)


def _outcomes(survey: Survey, dimension: str) -> dict[ExpectationPart, Floats]:
    """Return what is explained, shape (respondents,) each; NaN of respondents who have no weight."""
    found: dict[ExpectationPart, Floats] = {}
    for level in _LEVELS:
        if level in survey.levels:
            values = score(survey, LevelScore(level), dtype=np.float64).values
            found[ExpectationPart(level.value)] = _counted(survey, values[:, _columns(survey).index(dimension)])
    if {ExpectationPart.DESIRED, ExpectationPart.ADEQUATE} <= set(found):
        found[ExpectationPart.WIDTH] = found[ExpectationPart.DESIRED] - found[ExpectationPart.ADEQUATE]
    return found


def _columns(survey: Survey) -> list[str]:
    return [*survey.instrument.dimension_keys, OVERALL]


def _counted(survey: Survey, values: Floats) -> Floats:
    return values if survey.weights is None else np.where(survey.weights > 0, values, np.nan)


def _errors(survey: Survey) -> tuple[Covariance, dict[str, Any]]:
    """Return the covariance of coefficients that the survey calls for, and the weights and groups of its rows."""
    options: dict[str, Any] = {} if survey.weights is None else {"weights": survey.weights}
    if survey.cluster is None:
        return Covariance.HC3, options
    return Covariance.CLUSTER, {**options, "groups": survey.cluster.codes}


def _refuse_others(**given: object) -> None:
    others = {name: each for name, each in given.items() if not isinstance(each, Survey)}
    rule, remedy = "it is a Survey", "Survey.from_frame(…) or Survey.from_arrays(…)"
    if others:
        raise GapModelError(*(Problem(name, f"a {type(each).__name__}", rule, remedy) for name, each in others.items()))


def _refuse(expectations: Survey, determinants: Survey, dimension: str) -> None:
    problems = []
    if not any(level in expectations.levels for level in _LEVELS):
        rule = "desired, predicted or adequate service is explained"
        problems.append(Problem("expectations", f"levels {', '.join(expectations.levels)}", rule))
    for name, survey in (("expectations", expectations), ("determinants", determinants)):
        if not survey.paired:
            problems.append(Problem(name, "an unpaired survey", "the same people answered everything"))
    if len(expectations) != len(determinants):
        found = f"{len(determinants)} respondents, and {len(expectations)} of expectations"
        problems.append(Problem("determinants", found, "the same people answered both, in the same order"))
    if expectations.weights is not None and expectations.weight_kind is WeightKind.FREQUENCY:
        rule = "regressions take sampling weights"
        problems.append(Problem("expectations", "weights that are frequencies", rule, "repeat the rows instead"))
    if determinants.weights is not None or determinants.cluster is not None:
        rule = "weights and clusters are those of the survey of expectations"
        problems.append(Problem("determinants", "weights or clusters", rule, "read them with the expectations"))
    problems += _strangers(determinants)
    if problems:
        raise GapModelError(*problems)
    refused(name_problem("dimension", dimension, _columns(expectations)))


def _strangers(determinants: Survey) -> list[Problem]:
    known = dict.fromkeys(key for part in ExpectationPart for key in part.determinants if key != "predicted")
    rule = "dimensions are determinants of expectations"
    unknown = [key for key in determinants.instrument.dimension_keys if key not in known]
    return [Problem("determinants", f"dimension {key!r}", rule, did_you_mean(key, known)) for key in unknown]
