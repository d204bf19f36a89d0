"""Matrices as sources of drivers: covariances with names, and those that a summary holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt
from attrs import field, frozen

from servqual._arrays import Floats, Holder, read_only
from servqual.errors import DriverError, Problem, ServqualError, did_you_mean
from servqual.instruments import Instrument, Level
from servqual.labels import Label, as_label
from servqual.scoring import Summary
from servqual.statistics import CrossProducts, WeightKind
from servqual.statistics._matrices import covariance_of


def _texts(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(str(name) for name in names)


def _matrix(values: npt.ArrayLike) -> Floats:
    return read_only(values, np.float64)


@frozen(eq=False, getstate_setstate=False, repr=False)
class Covariances(Holder):
    """Covariances, or correlations, of an outcome and its drivers: what is needed where nobody's answers are at hand.

    Attributes
    ----------
    names
        Of rows and columns.
    matrix
        Shape (names, names), symmetric.
    n
        Respondents; an effective number where they were weighted. None where it is not known: there are no intervals
        then.
    labels
        Name → label, where there is one.
    absent
        Name → why there is no such column, for messages.

    Raises
    ------
    DriverError
        A matrix that is not symmetric or has negative variances; names that are twice, or not one for each column.

    Examples
    --------
    >>> Covariances(["satisfaction", "speed"], [[1.0, 0.5], [0.5, 1.0]], n=120)
    <Covariances of satisfaction, speed: n 120>
    """

    names: tuple[str, ...] = field(converter=_texts)
    matrix: Floats = field(converter=_matrix)
    n: float | None = None
    labels: Mapping[str, Label | str] = field(factory=dict)
    absent: Mapping[str, str] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        problems: list[Problem | str] = []
        try:
            covariance_of(self.matrix, "matrix")
        except ServqualError as error:
            problems += error.problems
        if self.matrix.shape[:1] != (len(self.names),):
            found = f"{len(self.names)} names for an array of shape {self.matrix.shape}"
            problems.append(Problem("names", found, "every column has a name"))
        if len(set(self.names)) < len(self.names):
            problems.append(Problem("names", "a name twice", "every column has a name of its own"))
        if self.n is not None and not 1 < self.n < np.inf:
            problems.append(Problem("n", f"{self.n:g}", "respondents are two or more"))
        if problems:
            raise DriverError(*problems)

    def __repr__(self) -> str:
        size = "n unknown" if self.n is None else f"n {self.n:g}"
        shown = ", ".join(self.names[:6]) + (", …" if len(self.names) > 6 else "")
        return f"<Covariances of {shown}: {size}>"

    def label(self, name: str) -> Label:
        """Return what a column is called."""
        return as_label(self.labels.get(name, name))

    def of(self, names: Sequence[str]) -> Floats:
        """Return the covariances of some columns.

        Raises
        ------
        DriverError
            Names that there are not.
        """
        unknown = [name for name in names if name not in self.names]
        if unknown:
            raise DriverError(*map(self._no_such, unknown))
        places = [self.names.index(name) for name in names]
        return np.asarray(self.matrix[np.ix_(places, places)])

    def _no_such(self, name: str) -> Problem:
        if name in self.absent:
            return Problem("columns", f"no {name!r}", self.absent[name], "name items, or pass the survey")
        return Problem("columns", f"no {name!r}", "the matrix has no such column", did_you_mean(name, self.names))


def covariances_of(summary: Summary) -> Covariances:
    """Return the covariances of the perceptions that a summary holds: of items, and of dimensions.

    Dimensions, means of their items, are there only where nobody left an item out.

    Raises
    ------
    LevelError, JointAnswersError
        A summary without perceptions, or without cross-products.
    """
    products, instrument = summary.products, summary.instrument
    if Level.PERCEPTION not in summary.levels:
        rule = f"it holds {', '.join(summary.levels)}"
        raise DriverError(Problem("summary", "no perception answers", rule))
    start = summary.levels.index(Level.PERCEPTION) * len(instrument)
    part = slice(start, start + len(instrument))
    names, means = list(instrument.item_keys), np.eye(len(instrument))
    if products.complete:
        names, means = [*instrument.dimension_keys, *names], np.vstack([_means(instrument), means])
    matrix = means @ products.covariance()[part, part] @ means.T
    labels = {each.key: each.label for each in instrument.items}
    labels |= {each.key: each.label for each in instrument.dimensions}
    kept = [place for place, name in enumerate(names) if name not in names[:place]]
    rule = "some left out items, and scores of dimensions then need each person's answers, which sums do not hold"
    absent = {} if products.complete else dict.fromkeys(instrument.dimension_keys, rule)
    named = [names[place] for place in kept]
    return Covariances(named, matrix[np.ix_(kept, kept)], _size(summary, products), labels, absent)


def _means(instrument: Instrument) -> Floats:
    rows = np.zeros((len(instrument.dimensions), len(instrument)))
    for row, items in zip(rows, instrument.slices, strict=True):
        row[items] = 1 / (items.stop - items.start)
    return rows


def _size(summary: Summary, products: CrossProducts) -> float | None:
    """Return the least number of respondents of any pair, effective ones with sampling weights, if they are known."""
    if summary.weight_kind is not WeightKind.SAMPLING:
        return float(products.weight.min())
    terms = [term for part in summary.total.parts for term in part.terms]
    return float(min(term.moments.effective_n.min() for term in terms)) if terms else None
