"""`Styles`: respondents who answer in a manner of their own, whatever the question says."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from attrs import asdict, frozen

from servqual._arrays import Bools, Floats, Ints
from servqual.simulate.refusals import SHARE, Findings


@frozen(kw_only=True)
class Styles:
    """Shares of respondents with a response style; the rest, at least 0, answer as they think.

    A respondent has one style and keeps it at every level. A style acts on the answer as it is ticked, before items
    worded against the service are turned, so that those items tell it from an opinion.

    Parameters
    ----------
    acquiescent
        Agree to everything: an answer below the middle of the scale is mirrored to above it.
    extreme
        Know only the ends: an answer goes to the end on its side of the middle.
    midpoint
        Take no side: every answer is the middle of the scale; where that is no point of it, the point beside it on
        the respondent's side.
    straightlining
        Tick one column: every item of a level is answered as its first item is.

    Raises
    ------
    SimulationError
        Shares outside 0..1, or shares that add up to more than 1.

    References
    ----------
    Paulhus 1991, in Robinson, Shaver & Wrightsman (eds.), Measures of Personality and Social Psychological Attitudes,
    17-59; Baumgartner & Steenkamp 2001, Journal of Marketing Research 38(2):143-156.

    Examples
    --------
    >>> Styles(extreme=0.1, straightlining=0.05).plain
    0.85
    """

    acquiescent: float = 0.0
    extreme: float = 0.0
    midpoint: float = 0.0
    straightlining: float = 0.0

    def __attrs_post_init__(self) -> None:
        findings = Findings()
        for name, share in asdict(self).items():
            findings.number(f"styles {name}", share, SHARE)
        if not findings.problems and self.plain < 0:
            total = sum(asdict(self).values())
            findings.add(
                "styles", f"shares adding up to {total:g}", "a respondent has one style, so that shares are at most 1"
            )
        findings.refuse()

    @property
    def plain(self) -> float:
        """The share of respondents without a style."""
        return round(1.0 - sum(asdict(self).values()), 12)

    def draw(self, rng: np.random.Generator, rows: int) -> Ints:
        """Return for each respondent the position of their style in this class; one more stands for none."""
        return np.searchsorted(np.cumsum(list(asdict(self).values())), rng.random(rows), side="right")


def answer_in_style(positions: Floats, styles: Ints, reverse: Bools, top: float, *, whole: bool) -> None:
    """Put the respondents' styles on their positions (items, respondents), which are counted from the low end.

    `top` is the position of the high end; `whole` says that only whole positions are answers.
    """
    manners = _manners(top, whole=whole)
    for number, name in enumerate(asdict(Styles())):
        columns = np.flatnonzero(styles == number)
        if not columns.size:
            continue
        ticked = positions[:, columns]
        ticked[reverse] = top - ticked[reverse]
        ticked = manners[name](ticked)
        ticked[reverse] = top - ticked[reverse]
        positions[:, columns] = ticked


def _manners(top: float, *, whole: bool) -> Mapping[str, Callable[[Floats], Floats]]:
    middle = top / 2
    below, above = (np.floor(middle), np.ceil(middle)) if whole else (middle, middle)
    return {
        "acquiescent": lambda ticked: middle + np.abs(ticked - middle),
        "extreme": lambda ticked: np.where(ticked > middle, top, 0.0),
        "midpoint": lambda ticked: np.where(ticked > middle, above, below),
        "straightlining": lambda ticked: np.broadcast_to(ticked[0], ticked.shape).copy(),
    }
