"""`Cohorts`, `cohort_retention` and `shifted_beta_geometric`: contract customers counted at each renewal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from attrs import field, frozen

from servqual import _frames
from servqual._arrays import Floats, Holder, floats
from servqual.errors import Problem, WorthError
from servqual.labels import Label
from servqual.statistics._arguments import check_confidence
from servqual.statistics.departures import DepartureRates, most_likely_departures
from servqual.value.cohort_results import CohortRetention
from servqual.value.likelihood_fits import LikelihoodFit

_DEPARTING = Label("Departures (shifted beta-geometric)", "顾客流失（移位贝塔几何模型）")


def _rows(left: npt.ArrayLike | Sequence[Sequence[float]]) -> Floats:
    """Return counts as a table; rows of lists that end earlier end in NaN."""
    rows: Any = left
    if isinstance(rows, Sequence) and rows and all(isinstance(row, Sequence) for row in rows):
        longest = max(map(len, rows))
        rows = [[*row, *[np.nan] * (longest - len(row))] for row in rows]
    return floats(np.atleast_2d(np.asarray(rows, np.float64)))


def _names(names: Sequence[Any]) -> tuple[str, ...]:
    return tuple(str(each) for each in names)


@frozen(eq=False, getstate_setstate=False, repr=False)
class Cohorts(Holder):
    """Customers of each cohort who are left after 0, 1, 2, … renewals.

    Attributes
    ----------
    left
        Shape (cohorts, periods + 1), the first column being all who began; NaN after the last renewal seen. Of lists,
        those of younger cohorts may be shorter.
    names
        Of the cohorts.

    Raises
    ------
    WorthError
        Counts below zero or not whole, a cohort that grows, a gap in the middle, fewer than one renewal, names that do
        not fit.

    Examples
    --------
    >>> Cohorts([[1000, 631, 468], [500, 320]], names=["2023", "2024"])
    <Cohorts: 2 cohorts, 1500 customers, 2 renewals>
    """

    left: Floats = field(converter=_rows)
    names: tuple[str, ...] = field(default=(), converter=_names)

    def __attrs_post_init__(self) -> None:
        if not self.names:
            object.__setattr__(self, "names", tuple(f"cohort {row + 1}" for row in range(len(self.left))))
        problems = self._problems()
        if problems:
            raise WorthError(*problems)

    @classmethod
    def from_frame(cls, frame: Any, *, cohort: str, period: str, left: str) -> Cohorts:
        """Return the cohorts of a frame with one row a cohort and period, the period counting renewals from 0.

        Raises
        ------
        WorthError
            Periods that are not whole or below zero, a cohort and period twice, and what `Cohorts` raises.
        """
        opened = _frames.opened(frame)
        which, names = _frames.factorised(opened, cohort)
        when = np.asarray(_frames.numbers(opened, period), np.float64)
        if not ((when >= 0) & (np.rint(when) == when)).all():
            raise WorthError(Problem(f"column {period!r}", "some not whole, or below 0", "renewals are counted from 0"))
        table = np.full((len(names), int(when.max()) + 1), np.nan)
        place = (np.asarray(which), when.astype(int))
        if len(set(zip(*(each.tolist() for each in place), strict=True))) < when.size:
            raise WorthError(Problem("frame", "a cohort and period twice", "there is one row for each"))
        table[place] = _frames.numbers(opened, left)
        return cls(table, names)

    @property
    def lost(self) -> Floats:
        """Customers lost at each renewal, shape (cohorts, periods); NaN where nobody looked."""
        return floats(-np.diff(self.left, axis=1))

    def __repr__(self) -> str:
        size = f"{len(self.left)} cohorts, {self.left[:, 0].sum():.0f} customers"
        return f"<Cohorts: {size}, {self.left.shape[1] - 1} renewals>"

    def _problems(self) -> list[Problem]:
        counts = self.left
        if counts.ndim != 2 or counts.shape[1] < 2:
            return [Problem("left", f"an array of shape {counts.shape}", "a cohort has a beginning and a renewal")]
        problems = []
        if len(self.names) != len(counts):
            problems.append(Problem("names", f"{len(self.names)} for {len(counts)} cohorts", "each cohort has a name"))
        seen = ~np.isnan(counts)
        rules = {
            "a cohort begins with somebody": ~(counts[:, :1] > 0),
            "counts are 0 or more": counts < 0,
            "counts are whole numbers": seen & (np.rint(counts) != counts),
            "a cohort does not grow": np.diff(counts, axis=1) > 0,
            "after the last renewal seen there is none": seen[:, 1:] & ~seen[:, :-1],
            "a cohort is seen at its first renewal": ~seen[:, 1:2],
        }
        for rule, wrong in rules.items():
            where = np.flatnonzero(wrong.any(axis=1))
            if where.size and where[0] < len(self.names):
                named = ", ".join(self.names[row] for row in where[:5])
                problems.append(Problem(f"cohort {named}", str(counts[where[0]].tolist()), rule))
        return problems


def cohort_retention(cohorts: Cohorts, *, confidence: float = 0.95) -> CohortRetention:
    """Retention at each renewal over all cohorts that were seen there, and the share left since the beginning.

    ``r_t = Σ left_t / Σ left_{t−1}``, with Wilson's interval; survival is the product of the rates so far (Kaplan and
    Meier), with Greenwood's error on ``ln(−ln S)``.

    Parameters
    ----------
    cohorts
        Counted at each renewal.
    confidence
        Of intervals.

    Raises
    ------
    ArgumentError
        A confidence outside 0 and 1.

    References
    ----------
    Kaplan & Meier 1958, Journal of the American Statistical Association 53:457-481; Kalbfleisch & Prentice 2002, The
    Statistical Analysis of Failure Time Data, 2nd ed., Wiley, section 1.4; Wilson 1927, Journal of the American
    Statistical Association 22(158):209-212.

    Examples
    --------
    >>> cohort_retention(Cohorts([[1000, 631, 468], [500, 320]]))
    <CohortRetention: 2 cohorts; from 63.4% to 74.2% in 2 renewals>
    """
    check_confidence(confidence)
    pairs = ~np.isnan(cohorts.left[:, 1:])
    before = np.where(pairs, cohorts.left[:, :-1], 0).sum(axis=0)
    after = np.where(pairs, cohorts.left[:, 1:], 0).sum(axis=0)
    return CohortRetention.of(before, after, cohorts.names, confidence)


def shifted_beta_geometric(cohorts: Cohorts, *, confidence: float = 0.95) -> LikelihoodFit[DepartureRates]:
    """Fit the shifted beta-geometric model to cohorts, all of which share its parameters.

    Maximises ``Σ lost_t ln P(T = t) + Σ kept ln S(t)``, with ``P(T = t) = B(α + 1, β + t − 1) / B(α, β)``, over
    renewals and cohorts; customers who are left when a cohort was last seen are censored there.

    Parameters
    ----------
    cohorts
        Counted at each renewal.
    confidence
        Of intervals.

    Raises
    ------
    WorthError
        Nobody left, or everybody at one renewal, in any cohort: nothing can be estimated.

    References
    ----------
    Fader & Hardie 2007, Journal of Interactive Marketing 21(1):76-90.

    Examples
    --------
    >>> fit = shifted_beta_geometric(Cohorts([[1000, 869, 743, 653, 593, 551, 517, 491]]))
    >>> fit
    <Departures (shifted beta-geometric): alpha 0.6681, beta 3.806; 1000 customers>
    """
    check_confidence(confidence)
    lost = np.nansum(cohorts.lost, axis=0)
    if np.count_nonzero(lost) < 2:
        rule = "customers leave at two renewals at least"
        raise WorthError(Problem("cohorts", f"{lost.sum():.0f} lost, at {np.count_nonzero(lost)} renewals", rule))
    last = (~np.isnan(cohorts.left)).sum(axis=1) - 1
    kept = np.bincount(last - 1, cohorts.left[np.arange(len(last)), last], lost.size).astype(np.float64)
    peak = most_likely_departures(lost, kept)
    size = (float(cohorts.left[:, 0].sum()), int((~np.isnan(cohorts.lost)).sum()))
    return LikelihoodFit.of(_DEPARTING, DepartureRates, peak, size, confidence)
