"""From sums to what is told of two views: bias, agreement, limits of agreement, and who rates higher."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from attrs import frozen

from servqual._arrays import Floats
from servqual.instruments import Instrument
from servqual.quality.concordance import concordance, concordance_interval
from servqual.quality.share_intervals import share_intervals
from servqual.quality.view_sums import BIAS, CUSTOMER, EQUAL, HIGHER, LOWER, NEAR, PROVIDER, ViewSums
from servqual.statistics import student_interval
from servqual.statistics.sum_tests import mean_test

SHARES = {"higher": HIGHER, "equal": EQUAL, "lower": LOWER, "near": NEAR}


@frozen(eq=False)
class ViewEstimates:
    """Estimates of one group of encounters: rows are items, dimensions and the overall score.

    Parameters
    ----------
    instrument
        What was rated.
    sums
        Sums over the group's encounters.
    confidence, limits
        Of intervals; the share of encounters between the limits of agreement.
    """

    instrument: Instrument
    sums: ViewSums
    confidence: float
    limits: float

    def columns(self) -> dict[str, Floats]:
        """Return everything, column by column."""
        return {"n": self._n, **self.means(), **self.bias(), **self.agreement(), **self.shares()}

    def means(self) -> dict[str, Floats]:
        """Return mean and standard deviation of both views."""
        moments, told = self.sums.term.moments, dict[str, Floats]()
        for name, block in (("provider", PROVIDER), ("customer", CUSTOMER)):
            columns = self.sums.block(block)
            told |= {f"{name}_mean": moments.mean[columns], f"{name}_sd": moments.sd[columns]}
        return told

    def bias(self) -> dict[str, Floats]:
        """Return provider minus customer with its paired t test, and Bland and Altman's limits of agreement."""
        term, columns = self.sums.term, self.sums.block(BIAS)
        test = mean_test(term.moments, term.clusters)
        low, high = test.interval(self.confidence)
        told = {"bias": test.estimate, "bias_se": test.se, "df": test.df, "t": test.statistic, "p": test.p}
        # where nothing varies there is no test, and the interval is the difference itself
        told |= {
            name: np.where(test.se == 0, test.estimate, end) for name, end in (("bias_low", low), ("bias_high", high))
        }
        ends = student_interval(term.moments.mean, term.moments.sd, np.full_like(test.df, np.inf), self.limits)
        told |= dict(zip(("limit_low", "limit_high"), map(np.asarray, ends), strict=True))
        return {name: values[columns] for name, values in told.items()}

    def agreement(self) -> dict[str, Floats]:
        """Return concordance with its interval, Pearson's r, and kappa with quadratic weights for items with points."""
        moments, n = self.sums.term.moments, self._n
        views = [self.sums.block(each) for each in (PROVIDER, CUSTOMER, BIAS)]
        means = (moments.mean[views[0]], moments.mean[views[1]])
        one, other, apart = (_of_all(moments.variance[view], n) for view in views)
        covariance = (one + other - apart) / 2
        ccc = concordance(means, (one, other), covariance)
        independent = self.sums.term.clusters is None
        worth = moments.effective_n[views[2]] if independent else np.full_like(n, np.nan)
        low, high = concordance_interval(ccc, means, (one, other), worth, self.confidence)
        spread = np.sqrt(one * other)
        r = np.clip(covariance / np.where(spread > 0, spread, np.nan), -1, 1)
        return {"ccc": ccc, "ccc_low": low, "ccc_high": high, "r": r, "kappa": self._kappa(ccc)}

    def shares(self) -> dict[str, Floats]:
        """Return the shares of encounters in which the provider rates higher, equal, lower, and near."""
        told: dict[str, Floats] = {}
        for name, block in SHARES.items():
            share = self.sums.term.moments.mean[self.sums.block(block)]
            found = share_intervals(share, self._n, self.sums.term, self.sums.columns(block), self.confidence)
            told |= {name: found.share, f"{name}_low": found.low, f"{name}_high": found.high}
        return told

    def judgements(self) -> Sequence[str | None]:
        """Return where the interval of the bias leaves out zero: "overrated" or "underrated" by the provider."""
        told = self.bias()
        pairs = zip(told["bias_low"] > 0, told["bias_high"] < 0, strict=True)
        return ["overrated" if over else "underrated" if under else None for over, under in pairs]

    @property
    def _n(self) -> Floats:
        return np.asarray(self.sums.term.n[self.sums.block(BIAS)], dtype=np.float64)

    def _kappa(self, ccc: Floats) -> Floats:
        counted = np.arange(len(ccc)) < len(self.instrument)
        return np.where(counted & (self.instrument.scale.step is not None), ccc, np.nan)


def _of_all(variance: Floats, n: Floats) -> Floats:
    """Return variances with divisor n instead of n − 1; one encounter does not vary."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(n > 1, variance * (n - 1) / n, np.where(n == 1, 0.0, np.nan))
