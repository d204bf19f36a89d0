"""`bootstrap_index`: how far the numbers of an index would vary from sample to sample."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from attrs import evolve

from servqual._arrays import Floats
from servqual.errors import Problem, StructuralError
from servqual.errors.problems import unknown_word
from servqual.satisfaction.drawing import USUAL_DRAWS, Rng
from servqual.satisfaction.gathering import Problems, attempt
from servqual.satisfaction.indices.fitting import checked_rows
from servqual.satisfaction.indices.moments import moments_of
from servqual.satisfaction.indices.numbers import index_numbers
from servqual.satisfaction.indices.quantities import Shelf
from servqual.satisfaction.indices.results import IndexFit
from servqual.satisfaction.indices.rows import IndexRows
from servqual.satisfaction.indices.source import Beside, refuse
from servqual.satisfaction.indices.spread import CLUSTERS, RESPONDENTS, IndexBootstrap
from servqual.satisfaction.indices.spread_rows import Replicated
from servqual.satisfaction.indices.use import used_rows
from servqual.statistics import WeightKind
from servqual.statistics._arguments import check_confidence
from servqual.statistics.pls_quality import heterotrait_ratios
from servqual.statistics.pls_resampling import PathReplicates, PathRows, bootstrap_path_models, jackknife_path_models
from servqual.statistics.propagation import IntervalKind
from servqual.statistics.resample_counts import check_draws


def bootstrap_index(
    fit: IndexFit,
    source: Any,
    *,
    draws: int = USUAL_DRAWS,
    rng: Rng = None,
    method: IntervalKind | str = IntervalKind.PERCENTILE,
    confidence: float = 0.95,
    weights: str | npt.ArrayLike | None = None,
    weight_kind: WeightKind | str = WeightKind.SAMPLING,
    cluster: str | npt.ArrayLike | None = None,
    progress: bool = False,
) -> IndexBootstrap:
    """Bootstrap of an index: errors and intervals of paths, effects, weights, loadings, R², indices and HTMT.

    Respondents are drawn with replacement, as many as there are, and the model is estimated anew, weights included. All
    resamples are estimated in one stack.

    Parameters
    ----------
    fit
        What `fit_index` returned; its model and options are those of every resample, its sign rule is applied to each.
    source
        The respondents that it was fitted to.
    draws, rng
        Number of resamples, and a seed or a generator: the same seed gives the same resamples.
    method
        "percentile", or "bca", corrected for bias and acceleration, which fits the model once more without each
        respondent (or cluster) in turn.
    confidence
        Of the intervals.
    weights, weight_kind
        As the index was fitted. Frequencies are resampled as the respondents that they stand for.
    cluster
        A column by name, or a label for each respondent: whole clusters are drawn. A survey has its own.
    progress
        Whether a bar is shown (needs tqdm).

    Returns
    -------
    IndexBootstrap
        With the number of resamples that have no estimate, by the cause; they are left out.

    Raises
    ------
    StructuralError
        All problems at once, as `fit_index`; no seed; other respondents than those of the fit.
    MissingExtraError
        If progress is asked for, and tqdm is not installed.

    References
    ----------
    Efron & Tibshirani 1993, An Introduction to the Bootstrap, Chapman & Hall; Efron 1987, Journal of the American
    Statistical Association 82(397):171-185 (BCa); Chin 1998, in Marcoulides (ed.), Modern Methods for Business
    Research, Erlbaum, 295-336 (of PLS).

    Examples
    --------
    >>> from servqual.satisfaction.indices.fitting import fit_index
    >>> from servqual.satisfaction.indices.structural import StructuralModel
    >>> model = StructuralModel.define({"service": ["quick", "kind"], "loyalty": ["again"]}, "service -> loyalty")
    >>> answers = np.random.default_rng(3).integers(1, 6, (60, 1)) + np.random.default_rng(4).integers(0, 3, (60, 3))
    >>> fit = fit_index(model, answers)
    >>> bootstrap_index(fit, answers, draws=200, rng=1)
    <IndexBootstrap: 200 resamples of 60 respondents, percentile intervals of 95%>
    """
    problems: Problems = []
    check_is_fit(fit)
    kind = asked_method(method, confidence, problems)
    attempt(problems, check_draws, draws, rng)
    rows = same_rows(fit, source, Beside(weights=weights, weight_kind=weight_kind, cluster=cluster), problems)
    people, recipe = path_rows(rows), fit.recipe.path_recipe(fit.model)
    drawn = bootstrap_path_models(people, recipe, draws=draws, rng=rng, progress=progress)
    left = jackknife_path_models(people, recipe) if kind is IntervalKind.BCA else None
    shelf, kept = Shelf(fit.model, scaled=fit.ends is not None), drawn.estimates.fitted
    refuse(_too_few(int(kept.sum()), draws))
    ratios = heterotrait_ratios(fit.correlations, fit.model.plan)
    replicated = Replicated(
        shelf.quantities(), shelf.values(fit.estimates, fit.numbers, ratios),
        resampled_values(shelf, fit, drawn, rows.offset)[kept].T,
        None if left is None else _each_person(resampled_values(shelf, fit, left, rows.offset), rows).T,
        kind, float(confidence),
    )  # fmt: skip
    return IndexBootstrap(
        fit=fit, rows=replicated.rows(), replicates=replicated.replicates, confidence=float(confidence), method=kind,
        draws=int(draws), failures=tuple(drawn.failures.items()), units=people.drawn.units,
        drawn=RESPONDENTS if rows.cluster is None else CLUSTERS,
    )  # fmt: skip


def check_is_fit(fit: object) -> None:
    """Refuse what is no fit."""
    if not isinstance(fit, IndexFit):
        raise StructuralError(Problem("fit", f"{fit!r:.40}", "it is what fit_index returned"))


def asked_method(method: IntervalKind | str, confidence: float, problems: Problems) -> IntervalKind:
    """Return how intervals are read; what is wrong is added to the problems."""
    attempt(problems, check_confidence, confidence)
    known = [each.value for each in IntervalKind]
    if method in known:
        return IntervalKind(method)
    problems.append(unknown_word("method", method, known))
    return IntervalKind.PERCENTILE


def same_rows(fit: IndexFit, source: Any, beside: Beside, problems: Problems) -> IndexRows:
    """Return the respondents that a fit was made of.

    Raises
    ------
    StructuralError
        What is wrong with them, besides the problems found before; other respondents.
    """
    rows, _ = used_rows(checked_rows(fit.model, source, beside, problems), fit.recipe.missing)
    found = moments_of(rows, fit.recipe.metric, fit.recipe.missing) if len(rows) else None
    if found is None or rows.kind is not fit.weight_kind or not np.allclose(found.matrix, fit.matrix, atol=1e-9):
        kind = "no weights" if fit.weight_kind is None else f"{fit.weight_kind} weights"
        said = f"{rows.size():g} respondents, {rows.kind or 'no'} weights"
        rule = f"they are the {fit.rows.n:g} respondents of the fit, with {kind}"
        raise StructuralError(Problem("source", said, rule, "pass what fit_index was given, and weights= again"))
    return evolve(rows, ends=fit.ends)


def path_rows(rows: IndexRows) -> PathRows:
    """Return what is resampled."""
    n = rows.size()
    frequency = rows.kind is WeightKind.FREQUENCY
    return PathRows.of(rows.columns, weights=rows.weights, frequency=frequency, cluster=rows.cluster, share=n / (n - 1))


def resampled_values(shelf: Shelf, fit: IndexFit, drawn: PathReplicates, offset: float) -> Floats:
    """Return all quantities of all resamples, shape (B, quantities); NaN where one has no estimate."""
    numbers = index_numbers(drawn.estimates, fit.recipe.metric, drawn.means + offset, drawn.sds, fit.ends)
    values = shelf.values(drawn.estimates, numbers, drawn.heterotrait)
    return np.where(drawn.estimates.fitted[:, None], values, np.nan)


def _each_person(values: Floats, rows: IndexRows) -> Floats:
    """Return estimates without each person in turn: those of a row as often as it stands for one."""
    if rows.kind is not WeightKind.FREQUENCY or rows.cluster is not None or rows.weights is None:
        return values
    return np.repeat(values, rows.weights.astype(np.int64), axis=0)


def _too_few(fitted: int, draws: int) -> Problems:
    if fitted >= 2:
        return []
    remedy = "simplify the model, or collect more answers"
    return [
        Problem("draws", f"{fitted} of {draws} resamples have an estimate", "an interval needs two or more", remedy)
    ]
