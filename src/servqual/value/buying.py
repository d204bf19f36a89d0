"""`bg_nbd` and `gamma_gamma`: repeat buying and spending, fitted to histories of customers."""

from __future__ import annotations

import numpy as np

from servqual._arrays import Floats, freeze
from servqual.errors import Problem, WorthError
from servqual.labels import Label
from servqual.statistics._arguments import check_confidence
from servqual.statistics.buying_likelihood import HistoryGroups, most_likely_buying
from servqual.statistics.repeat_buying import BuyingRates
from servqual.statistics.spending import SpendingRates, most_likely_spending
from servqual.value.counting import count_problems
from servqual.value.histories import PurchaseHistories
from servqual.value.likelihood_fits import LikelihoodFit

_BUYING = Label("Repeat buying (BG/NBD)", "重复购买（BG/NBD 模型）")
_SPENDING = Label("Spending a purchase (gamma-gamma)", "每次消费额（gamma-gamma 模型）")
_LEAST = 2


def bg_nbd(histories: PurchaseHistories, *, confidence: float = 0.95) -> LikelihoodFit[BuyingRates]:
    """Fit the BG/NBD model of repeat buying: who is still a customer where nobody cancels a contract.

    Maximises ``Σ ln L(r, α, a, b | x, t_x, T)`` over the logarithms of the parameters, by distinct histories: a million
    customers cost what their distinct histories cost. Standard errors come from the observed information.

    Parameters
    ----------
    histories
        Of the customers.
    confidence
        Of intervals.

    Returns
    -------
    LikelihoodFit
        With `servqual.statistics.BuyingRates` as ``rates``. Whether the search converged stands in it and its table.

    Raises
    ------
    WorthError
        Fewer than two customers who bought again.

    References
    ----------
    Fader, Hardie & Lee 2005, Marketing Science 24(2):275-284.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> bought = rng.poisson(rng.gamma(1, 2, 300))
    >>> seen = PurchaseHistories(bought, np.where(bought > 0, 40 * bought / (bought + 1), 0), np.full(300, 40.0))
    >>> fit = bg_nbd(seen)
    >>> bool(fit.rates.expected(52) > fit.rates.expected(26))
    True
    """
    check_confidence(confidence)
    _enough(histories)
    rows, count = histories.distinct()
    peak = most_likely_buying(HistoryGroups.of(rows[:, 0], rows[:, 1], rows[:, 2], count))
    return LikelihoodFit.of(_BUYING, BuyingRates, peak, (float(len(histories)), len(rows)), confidence)


def gamma_gamma(histories: PurchaseHistories, *, confidence: float = 0.95) -> LikelihoodFit[SpendingRates]:
    """Fit the gamma-gamma model of what customers spend at a purchase, on those who bought again.

    It takes spending to be independent of how often a customer buys: see whether `np.corrcoef` of the two is small.

    Parameters
    ----------
    histories
        With money.
    confidence
        Of intervals.

    Returns
    -------
    LikelihoodFit
        With `servqual.statistics.SpendingRates` as ``rates``.

    Raises
    ------
    WorthError
        Histories without money, or fewer than two customers who bought again.

    References
    ----------
    Fader, Hardie & Lee 2005, Journal of Marketing Research 42(4):415-430.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> spent = rng.gamma(6, 30 / rng.gamma(8, 1, 300))
    >>> seen = PurchaseHistories(np.ones(300), np.full(300, 20.0), np.full(300, 40.0), spent)
    >>> rates = gamma_gamma(seen).rates
    >>> bool(rates.expected(1, 60.0) > rates.expected(1, 20.0))
    True
    """
    check_confidence(confidence)
    money = _money(histories)
    _enough(histories)
    again = histories.again
    rows = np.stack([histories.frequency[again], money[again]], axis=1)
    distinct, count = np.unique(rows, axis=0, return_counts=True)
    peak = most_likely_spending(distinct[:, 0], distinct[:, 1], count.astype(np.float64))
    return LikelihoodFit.of(_SPENDING, SpendingRates, peak, (float(again.sum()), len(distinct)), confidence)


def future_values(
    buying: LikelihoodFit[BuyingRates],
    spending: LikelihoodFit[SpendingRates],
    histories: PurchaseHistories,
    *,
    periods: int,
    discount: float,
    margin: float = 1.0,
) -> Floats:
    """Value of each customer over the next periods: purchases expected, at the money expected, discounted.

    ``Σ_{t = 1…periods} (E[Y(t)] − E[Y(t − 1)]) · E[M] · margin / (1 + discount)^t``.

    Parameters
    ----------
    buying, spending
        Fits on the same or other customers.
    histories
        Of the customers asked about, with money, in the unit of time that ``buying`` was fitted in.
    periods
        How many units of time ahead.
    discount
        Rate a period: of a year's rate i and weeks, ``(1 + i) ** (7 / 365.25) - 1``.
    margin
        Share of the money that is earned.

    Returns
    -------
    Floats
        Shape (customers,), in money; NaN where spending has no mean.

    Raises
    ------
    WorthError
        Histories without money, no period, a discount of −1 or below.

    References
    ----------
    Fader, Hardie & Lee 2005, Journal of Marketing Research 42(4):415-430.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> bought, spent = rng.poisson(rng.gamma(1, 2, 300)), rng.gamma(6, 30 / rng.gamma(8, 1, 300))
    >>> seen = PurchaseHistories(bought, 40 * bought / (bought + 1), np.full(300, 40.0), np.where(bought > 0, spent, 0))
    >>> worth = future_values(bg_nbd(seen), gamma_gamma(seen), seen, periods=52, discount=0.002, margin=0.3)
    >>> worth.shape, bool((worth > 0).all())
    ((300,), True)
    """
    money = _money(histories)
    problems = count_problems(periods=periods)
    if not -1 < discount < np.inf:
        problems.append(Problem("discount", f"{discount:g}", "a rate of discount is above -1"))
    if problems:
        raise WorthError(*problems)
    total: Floats = np.zeros(len(histories))
    before: Floats = np.zeros(len(histories))
    for period in range(1, periods + 1):
        upto = buying.rates.future(period, histories.frequency, histories.recency, histories.age)
        total += (upto - before) / (1 + discount) ** period
        before = upto
    return freeze(total * spending.rates.expected(histories.frequency, money) * margin)


def _money(histories: PurchaseHistories) -> Floats:
    if histories.monetary is None:
        rule = "money of repeat purchases is known"
        raise WorthError(Problem("histories", "no money", rule, "pass monetary= (or amount=, of purchases)"))
    return histories.monetary


def _enough(histories: PurchaseHistories) -> None:
    again = int(histories.again.sum())
    if again < _LEAST:
        raise WorthError(Problem("histories", f"{again} customers who bought again", f"there are {_LEAST} at least"))
