"""`Tallies`: how many answers fell on each point of a scale, and all that follows from it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from attrs import field, frozen

from servqual._arrays import AnyArray, Floats, Ints, floats, freeze, read_only
from servqual.errors import Problem
from servqual.statistics._arguments import ArgumentError, sentinel_of, table_of
from servqual.statistics._counting import count_codes
from servqual.statistics._sums import KIND, ROWS, Sums, adds, agrees
from servqual.statistics.weights import WeightKind, row_weights, variance_base


def _increasing(values: npt.ArrayLike) -> Floats:
    points = floats(values)
    if not (np.isfinite(points).all() and (np.diff(points) > 0).all()):
        raise ArgumentError(Problem("points", f"{points.tolist()}", "points are finite and increase"))
    return points


def _counts(values: AnyArray) -> AnyArray:
    given = np.asarray(values)
    return read_only(values, np.int64 if given.dtype.kind in "iu" or not given.size else np.float64)


@frozen(eq=False, getstate_setstate=False)
class Tallies(Sums):
    """Frequency distributions: answers counted by item and scale point; parts merge with ``+``, exactly.

    Counts are int64, and sums of weights in float64 for sampling weights. A row of weight zero takes no part.

    Attributes
    ----------
    points
        Values of the scale points, increasing, shape (points,).
    counts
        Answers on each point, ``Σw`` for weights, shape (m, points).
    missing
        Missing answers, in the same currency, shape (m,).
    n
        Rows answered, each counted once whatever its weight, shape (m,), int64.
    kind
        What the weights mean; None without weights.
    rows
        Rows seen, answered or not.

    Examples
    --------
    >>> import numpy as np
    >>> answers = np.array([[1, 3, 3, 2, -128]], dtype=np.int8)
    >>> tallies = Tallies.of(answers, points=[1, 2, 3])
    >>> tallies.counts, tallies.missing
    (array([[1, 1, 2]]), array([1]))
    >>> tallies.mean, tallies.quantile(0.5), tallies.share(low=3)
    (array([2.25]), array([2.]), array([0.5]))
    """

    points: Floats = field(converter=_increasing, metadata=agrees("point"))
    counts: AnyArray = field(converter=_counts, metadata=adds("item", "point"))
    missing: AnyArray = field(converter=_counts, metadata=adds("item"))
    n: Ints = field(converter=_counts, metadata=adds("item"))
    kind: WeightKind | None = field(default=None, metadata=KIND)
    rows: int = field(default=0, metadata=ROWS)

    def __attrs_post_init__(self) -> None:
        """Check shapes, and that counts are whole unless they are sums of sampling weights."""
        self._lengths()
        for name in ("counts", "missing"):
            values = getattr(self, name)
            if self.kind is WeightKind.SAMPLING:
                object.__setattr__(self, name, read_only(values, np.float64))
            elif values.dtype.kind == "f":
                raise ArgumentError(Problem(name, "real numbers", "counts are whole but for sampling weights"))

    @classmethod
    def zero(cls, m: int, points: npt.ArrayLike, kind: WeightKind | None = None) -> Tallies:
        """Tallies of no rows, with which every merge begins.

        Parameters
        ----------
        m
            Number of items.
        points
            Values of the scale points, increasing.
        kind
            What the weights of later parts will mean; None if they will have none.
        """
        nothing = np.zeros(m, dtype=np.int64)
        return cls(_increasing(points), np.zeros((m, np.size(points)), dtype=np.int64), nothing, nothing, kind)

    @classmethod
    def of(
        cls,
        codes: npt.ArrayLike,
        points: npt.ArrayLike,
        weights: npt.ArrayLike | None = None,
        kind: WeightKind | None = None,
        *,
        coded: npt.ArrayLike | None = None,
        missing: int | None = None,
    ) -> Tallies:
        """Tallies of integer codes.

        Parameters
        ----------
        codes
            Integers, item-major: shape (m, rows).
        points
            Values of the scale points, increasing.
        weights
            Weights of the rows, shape (rows,).
        kind
            What the weights mean; given if and only if weights are.
        coded
            The integer that stands for each point in ``codes``; by default the points themselves.
        missing
            The integer that stands for a missing answer; by default the least of the type, −128 in int8, and none
            where integers have no sign.

        Raises
        ------
        ArgumentError
            If a code is neither a point nor missing, if codes are not integers of two axes, if points do not increase.
        WeightError
            If the weights are not valid, not one per row, or without their kind.
        """
        table = table_of(codes, "codes", "(m, rows), item by item")
        if table.dtype.kind == "f":
            raise ArgumentError(Problem("codes", f"an array of {table.dtype}", "codes are integers"))
        values = _increasing(points)
        wanted, sentinel = _integers_of(values, coded), sentinel_of(table.dtype, missing)
        if sentinel in wanted:
            rule = "a missing answer has an integer of its own"
            raise ArgumentError(Problem("missing", f"{sentinel} is also a point", rule, "pass another as missing="))
        checked = row_weights(weights, kind, table.shape[1])
        takes_part = None if checked is None or checked.all() else (checked > 0).astype(np.float64)
        seen = count_codes(table, wanted, sentinel, takes_part).astype(np.int64)
        if seen[:, -1].any():
            raise ArgumentError(*_strays(table, wanted, sentinel, seen[:, -1]))
        sums = seen if checked is None else count_codes(table, wanted, sentinel, checked)
        sums = sums.astype(np.int64) if kind is WeightKind.FREQUENCY else sums
        return cls(values, sums[:, :-2], sums[:, -2], seen[:, :-2].sum(axis=1), kind, table.shape[1])

    @property
    def weight(self) -> AnyArray:
        """Sum of the counts of each item, ``Σw``, shape (m,): the number of answers where there are no weights."""
        return freeze(self.counts.sum(axis=1))

    @property
    def mean(self) -> Floats:
        """Mean of each item, shape (m,), in the units of the points; NaN without answers."""
        with np.errstate(invalid="ignore"):
            return freeze(self.counts @ self.points / self.weight)

    @property
    def variance(self) -> Floats:
        """Variance of each item, shape (m,); NaN for fewer than two respondents.

        Divided by ``n − 1``, for frequencies ``Σw − 1``, for sampling weights ``Σw · (n − 1) / n``: as in `Moments`.
        """
        squares = (self.points - self.mean[:, None]) ** 2
        around = np.einsum("mp,mp->m", self.counts, squares)
        return freeze(around / variance_base(self.kind, self.n, self.weight))

    @property
    def sd(self) -> Floats:
        """Standard deviation of each item, shape (m,): the root of the variance."""
        return freeze(np.sqrt(self.variance))

    def quantile(self, q: npt.ArrayLike) -> Floats:
        """Quantiles by the inverse of the empirical distribution function: always a point that somebody chose.

        The least point at or below which at least a share ``q`` of the answers lies (type 1 of Hyndman & Fan,
        "inverted_cdf" in numpy); nothing is interpolated.

        Parameters
        ----------
        q
            Shares between 0 and 1.

        Returns
        -------
        Floats
            Shape of ``q`` followed by (m,); NaN without answers.

        Raises
        ------
        ArgumentError
            If a share does not lie between 0 and 1.

        References
        ----------
        Hyndman & Fan 1996, The American Statistician 50(4):361-365.
        """
        shares = np.asarray(q, dtype=np.float64)
        if not ((shares >= 0) & (shares <= 1)).all():
            raise ArgumentError(Problem("q", f"{shares.tolist()}", "shares lie between 0 and 1"))
        reached = np.cumsum(self.counts, axis=1)
        total = reached[:, -1] if reached.size else np.zeros(len(self.n))
        # 0.07 · 100 is a little more than 7; a share that is met but for rounding is met
        target = shares[..., None] * total * (1 - 1e-12)
        below = (reached < target[..., None]) | (reached <= 0)
        place = np.minimum(below.sum(axis=-1), len(self.points) - 1)
        return freeze(np.where(total > 0, self.points[place], np.nan))

    def share(self, low: float = -np.inf, high: float = np.inf) -> Floats:
        """Share of the answers of each item that lie from ``low`` to ``high``, both included, shape (m,).

        Between 0 and 1; missing answers do not count; NaN without answers.
        """
        within = (self.points >= low) & (self.points <= high)
        with np.errstate(invalid="ignore"):
            return freeze(self.counts[:, within].sum(axis=1) / self.weight)

    def __repr__(self) -> str:
        kind = f", {self.kind} weights" if self.kind else ""
        return f"<Tallies of {self.n.size} items on {self.points.size} points over {self.rows} rows{kind}>"


def _integers_of(points: Floats, coded: npt.ArrayLike | None) -> Ints:
    given = np.asarray(points if coded is None else coded)
    whole = given.dtype.kind in "iuf" and bool((np.rint(given) == given).all())
    if given.shape != points.shape or not given.size or not whole or np.unique(given).size != given.size:
        remedy = "pass coded= with the integer that stands for each point" if coded is None else ""
        rule = f"each of {points.size} points (one at least) has an integer of its own"
        raise ArgumentError(Problem("points" if coded is None else "coded", f"{given.tolist()}", rule, remedy))
    return given.astype(np.int64)


def _strays(codes: Ints, coded: Ints, sentinel: int | None, counts: Ints) -> list[Problem]:
    problems = []
    known = [*coded.tolist(), *([] if sentinel is None else [sentinel])]
    for item in np.flatnonzero(counts):
        row = int(np.flatnonzero(~np.isin(codes[item], known))[0])
        found = f"{counts[item]} codes off the scale, first {codes[item, row]} in row {row}"
        rule = f"codes are {', '.join(str(each) for each in coded[:12])}{', …' if len(coded) > 12 else ''}"
        remedy = f"a missing answer is {sentinel}, or what is passed as missing="
        problems.append(Problem(f"item {item}", found, rule, remedy if sentinel is not None else "pass missing="))
    return problems
