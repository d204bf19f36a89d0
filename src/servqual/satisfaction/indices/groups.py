"""`compare_index_groups`: whether an index model differs between groups, by permutation."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from attrs import evolve, frozen

from servqual._arrays import Floats
from servqual.errors import Problem, StructuralError
from servqual.errors.problems import unknown_word
from servqual.satisfaction.drawing import USUAL_DRAWS, Rng
from servqual.satisfaction.gathering import Problems, attempt
from servqual.satisfaction.indices.fitting import fitted
from servqual.satisfaction.indices.group_results import IndexGroupComparison
from servqual.satisfaction.indices.group_rows import Permuted, invariances
from servqual.satisfaction.indices.quantities import Shelf
from servqual.satisfaction.indices.resampling import check_is_fit, path_rows, resampled_values, same_rows
from servqual.satisfaction.indices.results import IndexFit
from servqual.satisfaction.indices.rows import Groups, IndexRows
from servqual.satisfaction.indices.source import Beside
from servqual.satisfaction.indices.spread import CLUSTERS, RESPONDENTS
from servqual.statistics import Adjustment, WeightKind
from servqual.statistics.pls_quality import heterotrait_ratios
from servqual.statistics.pls_resampling import PathReplicates, permuted_path_models
from servqual.statistics.pls_words import PathState
from servqual.statistics.resample_counts import check_draws


@frozen(eq=False)
class _Dealt:
    """What was dealt out: labels to respondents, how many times, how many units; and how p-values are adjusted."""

    groups: Groups
    rows: IndexRows
    draws: int
    units: int
    adjust: Adjustment


def compare_index_groups(
    fit: IndexFit,
    source: Any,
    by: str | npt.ArrayLike,
    *,
    draws: int = USUAL_DRAWS,
    rng: Rng = None,
    adjust: Adjustment | str = Adjustment.HOLM,
    weights: str | npt.ArrayLike | None = None,
    weight_kind: WeightKind | str = WeightKind.SAMPLING,
    cluster: str | npt.ArrayLike | None = None,
    progress: bool = False,
) -> IndexGroupComparison:
    """Comparison of an index model between groups by permutation (multi-group analysis): paths, effects, indices.

    Each group is fitted by itself. Labels are then dealt out at random, as many to each group as it has, and all groups
    fitted again: p is the share of differences at least as large, ``(1 + #{|d*| ≥ |d|}) / (1 + permutations)``. No
    distribution is assumed; under the null, the groups are alike in every respect.

    Parameters
    ----------
    fit
        What `fit_index` made of all respondents; its model and options are those of every group.
    source
        The respondents that it was fitted to.
    by
        A column of groups by name, or a label for each respondent. Those without a label are left out.
    draws, rng
        Number of permutations, and a seed or a generator: the same seed gives the same permutations.
    adjust
        How p-values are adjusted for their number, within each kind of quantity.
    weights, weight_kind
        As the index was fitted.
    cluster
        Whole clusters are dealt out, of which each lies in one group. A survey has its own.
    progress
        Whether a bar is shown (needs tqdm).

    Returns
    -------
    IndexGroupComparison
        Differences of all quantities for every pair of groups, and whether the groups' weights make the same scores
        (compositional invariance), without which differences of paths are hard to read.

    Raises
    ------
    StructuralError
        All problems at once: fewer than two groups, a group that the model cannot be fitted to, a cluster in two
        groups, no seed, other respondents than those of the fit.
    MissingExtraError
        If progress is asked for, and tqdm is not installed.

    References
    ----------
    Chin & Dibbern 2010, in Esposito Vinzi, Chin, Henseler & Wang (eds), Handbook of Partial Least Squares, Springer,
    171-193; Henseler, Ringle & Sarstedt 2016, International Marketing Review 33(3):405-431 (invariance).

    Examples
    --------
    >>> from servqual.satisfaction.indices.fitting import fit_index
    >>> from servqual.satisfaction.indices.structural import StructuralModel
    >>> model = StructuralModel.define({"service": ["quick", "kind"], "loyalty": ["again"]}, "service -> loyalty")
    >>> answers = np.random.default_rng(3).integers(1, 6, (60, 1)) + np.random.default_rng(4).integers(0, 3, (60, 3))
    >>> found = compare_index_groups(fit_index(model, answers), answers, ["a", "b"] * 30, draws=99, rng=1)
    >>> found, found.of("path", "service", "loyalty").p
    (<IndexGroupComparison: a, b; 99 permutations of 60 respondents>, 0.86)
    """
    problems: Problems = []
    check_is_fit(fit)
    attempt(problems, check_draws, draws, rng, 1)
    adjustment = _adjustment(adjust, problems)
    name = by if isinstance(by, str) else "group"
    beside = Beside(weights=weights, weight_kind=weight_kind, cluster=cluster, groups={name: by})
    rows, groups = _labelled(same_rows(fit, source, beside, problems), name)
    fits = _fits(fit, rows, groups)
    people = path_rows(rows)
    permuted = permuted_path_models(
        people, fit.recipe.path_recipe(fit.model), groups.codes, draws=draws, rng=rng, progress=progress
    )
    return _comparison(fit, fits, permuted, _Dealt(groups, rows, int(draws), people.drawn.units, adjustment))


def _adjustment(adjust: Adjustment | str, problems: Problems) -> Adjustment:
    known = [each.value for each in Adjustment]
    if adjust in known:
        return Adjustment(adjust)
    problems.append(unknown_word("adjust", adjust, known))
    return Adjustment.HOLM


def _labelled(rows: IndexRows, name: str) -> tuple[IndexRows, Groups]:
    """Return the respondents with a label, and their groups, of which each has somebody.

    Raises
    ------
    StructuralError
        Fewer than two groups, or a cluster in several.
    """
    groups = rows.groups[name]
    if None in groups.labels:
        rows = rows.taken(groups.codes != groups.labels.index(None))
    known, codes = np.unique(rows.groups[name].codes, return_inverse=True)
    found = Groups(name, codes, tuple(groups.labels[code] for code in known.tolist()))
    if len(found.labels) < 2:
        said = f"{len(found.labels)} group" + f", {found.labels[0]!r}" * len(found.labels)
        raise StructuralError(Problem("by", said, "groups that are compared are two or more"))
    if rows.cluster is not None:
        pairs = np.unique(np.stack([rows.cluster, codes]), axis=1)[0]
        several = len(pairs) - len(np.unique(pairs))
        if several:
            rule = "all respondents of a cluster are in one group, for clusters are dealt out whole"
            raise StructuralError(Problem("cluster", f"{several} clusters in several groups", rule))
    return rows, found


def _fits(fit: IndexFit, rows: IndexRows, groups: Groups) -> list[IndexFit]:
    """Return the model fitted to each group.

    Raises
    ------
    StructuralError
        All groups that it cannot be fitted to, with what is wrong there.
    """
    found: list[IndexFit] = []
    problems: Problems = []
    for code, label in enumerate(groups.labels):
        there = groups.codes == code
        part = evolve(rows.taken(there), groups={}, given=int(there.sum()))
        try:
            found.append(fitted(fit.model, part, fit.recipe))
        except StructuralError as error:
            problems += [_placed(f"group {label}", each) for each in error.problems]
    if problems:
        raise StructuralError(*problems)
    return found


def _placed(place: str, problem: Problem | str) -> Problem | str:
    return problem if isinstance(problem, str) else evolve(problem, place=f"{place}, {problem.place}")


def _comparison(
    fit: IndexFit, fits: list[IndexFit], permuted: tuple[PathReplicates, ...], dealt: _Dealt
) -> IndexGroupComparison:
    shelf, rows, labels = Shelf(fit.model, scaled=fit.ends is not None), dealt.rows, dealt.groups.labels
    drawn = np.array([resampled_values(shelf, fit, each, rows.offset) for each in permuted])
    own = np.array([_values(shelf, each) for each in fits])
    found = Permuted(shelf.quantities(), labels, own, drawn, dealt.adjust)
    return IndexGroupComparison(
        model=fit.model, by=dealt.groups.name, labels=labels, fits=tuple(fits), rows=found.rows(),
        overall=found.overall([each.rows.n for each in fits]),
        invariance=tuple(invariances(fit, fits, permuted, labels)), draws=dealt.draws,
        failures=_failures(permuted), adjust=dealt.adjust, units=dealt.units,
        drawn=RESPONDENTS if rows.cluster is None else CLUSTERS, unlabelled=fit.rows.used - len(rows),
        backend=fit.backend,
    )  # fmt: skip


def _values(shelf: Shelf, fit: IndexFit) -> Floats:
    return shelf.values(fit.estimates, fit.numbers, heterotrait_ratios(fit.correlations, fit.model.plan))


def _failures(permuted: tuple[PathReplicates, ...]) -> tuple[tuple[PathState, int], ...]:
    """Return how many permutations have no estimate in some group, by the first cause."""
    states = np.array([each.estimates.state for each in permuted])
    first = np.where(states != PathState.FITTED, states, np.int8(99)).min(axis=0)
    counts = {state: int((first == state).sum()) for state in PathState if state is not PathState.FITTED}
    return tuple((state, count) for state, count in counts.items() if count)
