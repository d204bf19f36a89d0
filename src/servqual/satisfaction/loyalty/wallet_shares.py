"""`share_of_wallet` and `wallet_allocation`: how much of what customers spend on a category goes to one provider."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from attrs import frozen

from servqual._arrays import Floats, freeze
from servqual.errors import LoyaltyError, Problem
from servqual.labels import Label, Language
from servqual.satisfaction.gathering import Problems, attempt
from servqual.satisfaction.reported.intake import Asked, Gathered, gathered, refuse
from servqual.satisfaction.reported.results import Number
from servqual.satisfaction.reported.words import group_label, weight_notes
from servqual.statistics import Inapplicable, WeightKind
from servqual.statistics._arguments import check_confidence
from servqual.statistics.intervals import student_interval
from servqual.statistics.ratios import ratio_estimate
from servqual.statistics.reasoned import columns_of, inapplicable
from servqual.tables import Table
from servqual.telling import Told

_TITLE = Label("Share of wallet", "钱包份额")
_FEW = "fewer than two customers, or clusters"
_NOBODY = "nobody spent anything"


@frozen(kw_only=True, repr=False)
class WalletShare:
    """Share of wallet of one group, two ways.

    Attributes
    ----------
    group, n, missing, empty
        Customers with a wallet, those with a number missing, those who spent nothing at all and so have no share.
    mean_share, mean_share_se, mean_share_low, mean_share_high
        Mean of the customers' own shares: each customer counts alike.
    share_of_sums, share_of_sums_se, share_of_sums_low, share_of_sums_high
        What the provider got over what was spent: each unit of money counts alike.
    """

    group: str
    n: float
    missing: float
    empty: float
    mean_share: Number
    mean_share_se: Number
    mean_share_low: Number
    mean_share_high: Number
    share_of_sums: Number
    share_of_sums_se: Number
    share_of_sums_low: Number
    share_of_sums_high: Number

    def __repr__(self) -> str:
        if isinstance(self.mean_share, Inapplicable):
            return f"<WalletShare of {self.group}: {self.mean_share}>"
        sums = float(self.share_of_sums)
        return f"<WalletShare of {self.group}: mean {self.mean_share:.3f}, of sums {sums:.3f}, n {self.n:g}>"


@frozen(eq=False, repr=False)
class WalletShares:
    """Shares of wallet of everybody and of each group, with ``told``: the same as columns."""

    rows: tuple[WalletShare, ...]
    told: Told
    confidence: float

    @property
    def overall(self) -> WalletShare:
        """That of everybody."""
        return self.rows[0]

    def __repr__(self) -> str:
        return f"<WalletShares: {repr(self.overall)[1:-1]}>"

    def to_table(self, language: Language | str | None = None) -> Table:
        """Return one row for everybody and each group."""
        return self.told.view(list(self.told.table.columns), language=language, named="group")

    def _repr_html_(self) -> str:
        return self.to_table()._repr_html_()

    def to_frame(self, backend: str | None = None) -> Any:
        """Return all numbers, one row for everybody and each group."""
        return self.told.table.to_frame(backend)

    def to_dict(self) -> dict[str, Any]:
        """Return all numbers as a JSON-safe dictionary, with the reason of each that does not exist."""
        reasons = [{"group": row.group, **inapplicable(row)} for row in self.rows]
        return {"reading": "share_of_wallet", "confidence": self.confidence, **self.told.whole().to_dict(),
                "inapplicable": reasons}  # fmt: skip


def share_of_wallet(
    source: Any,
    spent: str = "spent",
    total: str = "total",
    *,
    by: Any = None,
    weights: Any = None,
    weight_kind: WeightKind | str = WeightKind.SAMPLING,
    cluster: Any = None,
    confidence: float = 0.95,
) -> WalletShares:
    """Share of wallet: what customers spend with one provider over what they spend on the category, 0 to 1.

    The mean of the shares is ``Σ w (s / t) / Σ w``, the share of the sums ``Σ w s / Σ w t``; both are ratios with
    linearised errors and Student's t interval. They differ where those who spend much spend it elsewhere.

    Parameters
    ----------
    spent, total
        Columns: spent with the provider, and on the category as a whole.
    source, by, weights, weight_kind, cluster, confidence
        As of `nps`.

    Raises
    ------
    LoyaltyError
        Money below zero, more spent than the whole wallet, columns that are not there.

    References
    ----------
    Keiningham, Perkins-Munn & Evans 2003, Journal of Service Research 6(1):37-50; Cochran 1977, Sampling Techniques,
    3rd ed., Wiley, chapter 6 (ratios).

    Examples
    --------
    >>> share_of_wallet({"spent": [10, 20, 0], "total": [20, 200, 10]}).overall
    <WalletShare of all: mean 0.200, of sums 0.130, n 3>
    """
    given: tuple[tuple[str, object], ...] = (("spent", spent), ("total", total))
    problems: Problems = [
        Problem(place, f"a {type(name).__name__}", "it is the name of one column", "add columns up beforehand")
        for place, name in given
        if not isinstance(name, str)
    ]
    refuse(problems)
    attempt(problems, check_confidence, confidence)
    found = gathered(source, [spent, total], Asked(by, weights, weight_kind, cluster), problems)
    if found is not None:
        problems += _money(found, (spent, total))
    refuse(problems)
    if found is None:
        raise LoyaltyError(*problems)
    rows = [_row(group, found, each, confidence) for group, each in found.groups]
    table = Table(columns_of(rows, WalletShare, ("n", "missing", "empty")), backend=found.backend)
    notes = [Label(f"{confidence:.0%} intervals by Student's t; customers who spent nothing have no share",
                   f"{confidence:.0%} t 区间；没有任何支出的顾客没有份额")]  # fmt: skip
    notes += weight_notes(found.people.kind, clustered=found.people.clusters is not None)
    return WalletShares(tuple(rows), Told(table, [group_label(row.group) for row in rows], _TITLE, notes), confidence)


def wallet_allocation(ranks: npt.ArrayLike, brands: npt.ArrayLike) -> Floats:
    """The wallet allocation rule: share of wallet from the rank of a provider among those that a customer uses.

    ``(1 − rank / (N + 1)) · 2 / N`` with N providers; over ranks 1 to N it sums to one. It is a rule of thumb from
    surveys, without an error of its own.

    Parameters
    ----------
    ranks
        Rank of the provider for each customer, 1 the best; ties are mean ranks, such as 1.5. NaN is missing.
    brands
        How many providers the customer uses, N; one number or one for each customer.

    Returns
    -------
    Floats
        Shares between 0 and 1, of the shape that both make together.

    Raises
    ------
    LoyaltyError
        Numbers of providers that are not whole or below 1, ranks outside 1 to N.

    References
    ----------
    Keiningham, Aksoy, Buoye & Cooil 2011, Harvard Business Review 89(10):29-31.

    Examples
    --------
    >>> wallet_allocation([1, 2, 3], 3).round(3)
    array([0.5  , 0.333, 0.167])
    """
    rank, size = np.asarray(ranks, np.float64), np.asarray(brands, np.float64)
    problems = []
    if not ((size >= 1) & (np.rint(size) == size)).all():
        problems.append(
            Problem("brands", "some not whole, or below 1", "a customer uses a number of providers, 1 or more")
        )
    elif ((rank < 1) | (rank > size)).any():
        wrong = np.broadcast_to(rank, np.broadcast_shapes(rank.shape, size.shape))[(rank < 1) | (rank > size)]
        problems.append(
            Problem("ranks", f"{wrong.flat[0]:g}, {wrong.size} in all", "ranks run from 1 to the number of brands")
        )
    if problems:
        raise LoyaltyError(*problems)
    return freeze(np.asarray((1 - rank / (size + 1)) * 2 / size))


def _money(found: Gathered, names: tuple[str, str]) -> Problems:
    values, places = found.values, found.places
    problems: Problems = []
    for name, column in zip(names, values.T, strict=False):
        if (column < 0).any():
            rows = np.flatnonzero(column < 0)
            problems.append(
                Problem(name, f"{rows.size} below zero, first in row {places[rows[0]]}", "money spent is zero or more")
            )
    over = np.flatnonzero(values[:, 0] > values[:, 1])
    if over.size:
        spent, total = values[over[0], :2].tolist()
        told = f"{over.size} above {names[1]}, first in row {places[over[0]]}: {spent:g} of {total:g}"
        problems.append(Problem(names[0], told, "nobody spends more with one provider than in all", "exchange them?"))
    return problems


def _row(group: str, found: Gathered, rows: Any, confidence: float) -> WalletShare:
    spent, total = found.values[:, 0], found.values[:, 1]
    known = rows & ~np.isnan(spent) & ~np.isnan(total)
    kept = known & (total > 0)
    counts: dict[str, Any] = {
        "n": found.absent(kept),
        "missing": found.absent(rows & ~known),
        "empty": found.absent(known & ~kept),
    }
    if not kept.any():
        parts = [f"{name}{end}" for name in ("mean_share", "share_of_sums") for end in ("", "_se", "_low", "_high")]
        blank: dict[str, Any] = dict.fromkeys(parts, Inapplicable(_NOBODY))
        return WalletShare(group=group, **counts, **blank)
    numbers: dict[str, Any] = {}
    for name, above, below in (
        ("mean_share", spent[kept] / total[kept], np.ones(int(kept.sum()))),
        ("share_of_sums", spent[kept], total[kept]),
    ):
        numbers |= _ratio(name, above, below, found, kept, confidence)
    return WalletShare(group=group, **counts, **numbers)


def _ratio(name: str, above: Floats, below: Floats, found: Gathered, kept: Any, confidence: float) -> dict[str, Number]:  # noqa: PLR0917 - private, and called once
    people = found.people
    weights = None if people.weights is None else people.weights[kept]
    clusters = None if people.clusters is None else people.clusters[kept]
    ratio, se, df = ratio_estimate(above, below, weights, people.kind, clusters)
    if np.isnan(se):
        few = Inapplicable(_FEW)
        return {name: ratio, f"{name}_se": few, f"{name}_low": few, f"{name}_high": few}
    low, high = student_interval(ratio, se, df, confidence)
    return {name: ratio, f"{name}_se": se, f"{name}_low": low, f"{name}_high": high}
