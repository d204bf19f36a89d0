"""`Effect` and `ShareMediated`: single findings, as numbers."""

from __future__ import annotations

from attrs import frozen

from servqual.chain.effect_words import EffectKind
from servqual.labels import Label
from servqual.statistics import Inapplicable

Number = float | Inapplicable


@frozen(kw_only=True, repr=False)
class Effect:
    """One effect with its uncertainty; a number that does not exist is an `Inapplicable` that says why.

    Attributes
    ----------
    kind
        What it is: direct, specific indirect, total indirect, total, …
    key
        The path as it is written, ``x -> m -> y``; of sums the kind, of contrasts both keys.
    lag
        After how many periods it arrives; of sums over paths of different lags, there is none.
    estimate, se, low, high
        In units of the target per unit of the source (standardised: in standard deviations), its standard error and
        confidence interval.
    p
        Two-sided p-value of no effect, in keeping with the interval.
    joint_p
        Of a single path: the largest p of its links. An effect is there if every link is.
    sobel_se, aroian_se, goodman_se
        Of a path of two links: the standard errors of normal theory by these names, from the fit.
    """

    kind: EffectKind
    key: str
    lag: int | None
    estimate: Number
    se: Number
    low: Number
    high: Number
    p: Number
    joint_p: Number
    sobel_se: Number
    aroian_se: Number
    goodman_se: Number

    def __repr__(self) -> str:
        if isinstance(self.low, Inapplicable):
            return f"<Effect {self.key}: {float(self.estimate):.4g}; no interval, {self.low}>"
        return f"<Effect {self.key}: {float(self.estimate):.4g} ({float(self.low):.4g} to {float(self.high):.4g})>"


@frozen(kw_only=True, repr=False)
class ShareMediated:
    """Share of a total effect that goes by way of other constructs: total indirect by total.

    Attributes
    ----------
    estimate, low, high
        The share with its interval; a share only between 0 and 1.
    warnings
        Why it should not be told as a share; empty where nothing speaks against it.

    References
    ----------
    MacKinnon, Warsi & Dwyer 1995, Multivariate Behavioral Research 30(1):41-62 (shares are unstable in small samples).
    """

    estimate: Number
    low: Number
    high: Number
    warnings: tuple[Label, ...] = ()

    def __repr__(self) -> str:
        said = "".join(f"; {warning}" for warning in self.warnings)
        if isinstance(self.estimate, Inapplicable):
            return f"<ShareMediated: none, {self.estimate}>"
        ends = f" ({float(self.low):.3f} to {float(self.high):.3f})" if not isinstance(self.low, Inapplicable) else ""
        return f"<ShareMediated: {self.estimate:.3f}{ends}{said}>"
