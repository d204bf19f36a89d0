"""`drivers`: what an outcome goes along with, and how much of it each of several related drivers explains."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from attrs import evolve, frozen

from servqual._arrays import Floats
from servqual.errors import DriverError, Problem, did_you_mean
from servqual.labels import Label, as_label
from servqual.satisfaction.answer_columns import AnswerColumns, Beside, open_source, read_columns, refuse
from servqual.satisfaction.covariance_source import Covariances, covariances_of
from servqual.satisfaction.drawing import Rng
from servqual.satisfaction.driving.asking import Ask, asked, seeds
from servqual.satisfaction.driving.checks import matrix_problems, row_problems, size_problems
from servqual.satisfaction.driving.estimates import Estimates
from servqual.satisfaction.driving.results import Drivers
from servqual.satisfaction.driving.telling import told_drivers
from servqual.satisfaction.driving.views import Found
from servqual.satisfaction.gathering import Problems, attempt
from servqual.satisfaction.opened_sources import Opened
from servqual.scoring import Summary
from servqual.statistics import CrossProducts, WeightKind
from servqual.statistics.importance import ImportanceMethod
from servqual.statistics.resampled_sums import drawn_moments
from servqual.statistics.wishart_draws import drawn_covariances

OUTCOME = "outcome"


@frozen(eq=False)
class _Taken:
    """The matrix of controls, drivers and outcome, where it comes from, and what is known of respondents."""

    matrix: Floats
    labels: Mapping[str, Label]
    n: float | None
    rows: AnswerColumns | None = None


def drivers(
    source: Any,
    outcome: str | npt.ArrayLike,
    drivers: Sequence[str] | None = None,
    *,
    method: ImportanceMethod | str = ImportanceMethod.LMG,
    weights: str | npt.ArrayLike | None = None,
    weight_kind: WeightKind | str = WeightKind.SAMPLING,
    cluster: str | npt.ArrayLike | None = None,
    groups: Mapping[str, Sequence[str]] | None = None,
    controls: Sequence[str] = (),
    labels: Mapping[str, Label | str] | None = None,
    orderings: int | None = None,
    draws: int | None = None,
    rng: Rng = None,
    confidence: float = 0.95,
    progress: bool = False,
) -> Drivers:
    """Drivers of satisfaction (key drivers): the share of each in R², with its interval and how sure its rank is.

    The variance of the outcome that related drivers explain together is divided among them, by default in equal parts
    over all orderings in which they may come in (LMG, the Shapley value of R²). All resamples are solved in one stack,
    from products of the columns alone.

    Parameters
    ----------
    source
        A data frame; a mapping name → values; an array (rows, drivers); a `Survey`, of which items, dimensions and
        groups that are numbers can be named; a `Summary` or `Covariances`, where nobody's answers are at hand.
    outcome
        A column, or one number for each respondent (then it is called "outcome").
    drivers
        Names of columns; of an array, what its columns are called. By default the dimensions of a survey or a summary.
    method
        How R² is divided: "lmg", "relative_weights", or for reference "first", "last", "pratt", "betasq", "car".
    weights, weight_kind
        A column or an array, and whether these are sampling weights or frequencies; a survey brings its own.
    cluster
        A column or an array: clusters are resampled whole; a survey brings its own.
    groups
        Group → drivers that come in together, with LMG. Its drivers then have their Owen values.
    controls
        Columns that are in every model: R² beyond theirs is divided.
    labels
        Name → label of columns, where the source knows none.
    orderings
        How many orderings are drawn at random, in the place of all subsets: an even number. By default 500 where there
        are more than 20 drivers or groups, else none.
    draws, rng
        Resamples of respondents (1000 unless said), and a seed or a generator; nothing is drawn without a seed, and
        with ``draws=0``.
    confidence
        Of all intervals.
    progress
        Whether bars are shown (needs tqdm).

    Returns
    -------
    Drivers
        The largest share first.

    Raises
    ------
    DriverError
        All problems at once: unknown columns, columns that are no numbers or constant, a driver that is the outcome,
        names twice, drivers that follow from others, no more respondents than drivers, weights that are negative or
        beside a survey, resamples without a seed; an option that a source or a method cannot honour.

    Notes
    -----
    Those who left out any of the columns take no part, and the notes count them. A matrix has no rows to resample: its
    intervals are those of normal answers. Shares describe associations in these data, not effects.

    References
    ----------
    Lindeman, Merenda & Gold 1980, Introduction to Bivariate and Multivariate Analysis, Scott Foresman; Grömping 2006,
    Journal of Statistical Software 17(1):1-27; Grömping 2007, The American Statistician 61(2):139-147; Johnson 2000,
    Multivariate Behavioral Research 35(1):1-19; Efron 1979, Annals of Statistics 7(1):1-26.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> speed, care = rng.normal(size=(2, 400))
    >>> rows = {"satisfied": speed + 0.5 * care + rng.normal(size=400), "speed": speed, "care": care}
    >>> found = drivers(rows, "satisfied", ["speed", "care"], draws=200, rng=1)
    >>> found["speed"].rank, found["speed"].verdict.label.en
    (1, 'goes with more')
    """
    problems: Problems = []
    beside = Beside(weights, weight_kind, cluster, labels)
    known, names = _opened(source, drivers)
    given = isinstance(outcome, str)
    options: dict[str, Any] = {
        "groups": groups,
        "orderings": orderings,
        "draws": draws,
        "rng": rng,
        "confidence": confidence,
    }
    called = str(outcome) if given else OUTCOME
    ask = asked(called, names, controls, problems, method=method, progress=progress, **options)
    wanted = dict.fromkeys((*controls, *names)) | {called: None if given else outcome}
    taken = _taken(known, wanted, beside, problems)
    refuse(problems)
    assert ask is not None  # noqa: S101 - what is missing was refused
    assert taken is not None  # noqa: S101 - as above
    refuse(
        [
            *matrix_problems(ask.names, taken.matrix),
            *([] if taken.rows else size_problems(ask, len(ask.names), taken.n)),
        ]
    )
    return _found(ask, taken, rng)


def _opened(source: Any, drivers: Sequence[str] | None) -> tuple[Opened | Covariances, tuple[str, ...]]:
    """Return the source, opened, and the names of drivers."""
    if isinstance(source, Summary):
        problems: Problems = []
        known = attempt(problems, covariances_of, source)
        if known is None:
            raise DriverError(*problems)
        return known, _names(drivers, source.instrument.dimension_keys)
    if isinstance(source, Covariances):
        return source, _names(drivers, ())
    names = _names(drivers, ())
    opened = open_source(source, names)
    return opened, names if opened.survey is None else _names(drivers, opened.survey.instrument.dimension_keys)


def _names(drivers: Sequence[str] | None, default: Sequence[str]) -> tuple[str, ...]:
    if isinstance(drivers, str):
        rule = "drivers are a list of names"
        raise DriverError(Problem("drivers", repr(drivers), rule, f"drivers=[{drivers!r}]"))
    return tuple(default if drivers is None else drivers)


def _taken(
    source: Opened | Covariances, wanted: Mapping[str, Any], beside: Beside, problems: Problems
) -> _Taken | None:
    """Return the matrix of columns, the outcome last; what is wrong is added to the problems, and None returned."""
    if isinstance(source, Covariances):
        return _of_matrix(source, wanted, beside, problems)
    columns = read_columns(source, wanted, beside, problems)
    if columns is None:
        return None
    whole = columns.complete()
    found = row_problems(whole, len(wanted) - 1, columns.rows)
    problems += found
    if found:
        return None
    people = whole.people
    products = CrossProducts.of(whole.values.T, people.weights, people.kind, whole.values.mean(axis=0))
    known = dict(zip(whole.names, whole.labels, strict=True))
    return _Taken(products.covariance(), known, None, evolve(whole, rows=columns.rows))


def _of_matrix(source: Covariances, wanted: Mapping[str, Any], beside: Beside, problems: Problems) -> _Taken | None:
    before, values = len(problems), list(wanted.values())[-1]
    for place, given in (("weights", beside.weights), ("cluster", beside.cluster), ("outcome", values)):
        if given is not None:
            found, rule = "given beside a matrix", "a matrix has no rows that these could belong to"
            problems.append(Problem(place, found, rule, "pass the answers themselves"))
    matrix = attempt(problems, source.of, list(wanted))
    strange = [name for name in beside.labels or {} if name not in wanted]
    rule = "labels are those of columns that are read"
    problems += [Problem("labels", f"no {name!r}", rule, did_you_mean(name, wanted)) for name in strange]
    if len(problems) > before or matrix is None:
        return None
    given_labels = {name: as_label(label) for name, label in (beside.labels or {}).items()}
    return _Taken(matrix, {name: source.label(name) for name in wanted} | given_labels, source.n)


def _found(ask: Ask, taken: _Taken, rng: Rng) -> Drivers:
    first, second = seeds(rng)
    point = Estimates.of(taken.matrix[None], ask, first)
    stack = _drawn(ask, taken, second)
    drawn = Estimates.of(stack, ask, first, progress=ask.progress).good()
    backend = "pandas" if taken.rows is None else taken.rows.backend
    found = Found(ask, taken.matrix, point, drawn, taken.labels, backend)
    return told_drivers(found, taken.rows, taken.n)


def _drawn(ask: Ask, taken: _Taken, seed: int | None) -> Floats:
    """Return the matrices of resamples."""
    if not ask.draws:
        return np.empty((0, *taken.matrix.shape))
    if taken.rows is None:
        return drawn_covariances(taken.matrix, float(taken.n or 0), draws=ask.draws, rng=seed)
    people = taken.rows.people
    return drawn_moments(taken.rows.values, people, draws=ask.draws, rng=seed, progress=ask.progress).covariances
