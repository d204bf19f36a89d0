"""`ToleranceZone`: what lies between the adequate and the desired level, and where perceptions stand in it."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from enum import IntEnum
from numbers import Real
from typing import overload

import numpy as np
import numpy.typing as npt
from attrs import field, frozen

from servqual._arrays import Bools, Floats, Holder
from servqual.errors import CrossedZonesError, CrossedZonesWarning, Problem, ScaleMismatchError
from servqual.instruments import Level, Scale
from servqual.labels import Label, Language
from servqual.ratings import Expectation, Gap, Perception
from servqual.ratings.checks import check_meeting, first_positions
from servqual.ratings.rating import PLAIN, Axis
from servqual.tables import Table

UNDEFINED_THERE = "mend or leave out these answers; until then their positions and standings are undefined"

_ADEQUATE = (Level.ADEQUATE, Level.MINIMUM, Level.ACCEPTABLE)
_DESIRED = (Level.DESIRED, Level.IDEAL, Level.NORMATIVE, Level.EXPECTATION)


class Standing(IntEnum):
    """Where a perception stands: below, within or above the zone of tolerance, or nowhere that can be said."""

    BELOW = -1
    WITHIN = 0
    ABOVE = 1
    UNDEFINED = -128

    @property
    def label(self) -> Label:
        """The standing's name in English and Chinese."""
        return _LABELS[self]


_LABELS = {
    Standing.BELOW: Label("below the zone", "低于容忍区域"),
    Standing.WITHIN: Label("within the zone", "在容忍区域内"),
    Standing.ABOVE: Label("above the zone", "高于容忍区域"),
    Standing.UNDEFINED: Label("undefined", "无法判断"),
}


@frozen
class StandingCounts:
    """How many perceptions stand below, within and above their zones, and of how many it cannot be said.

    Examples
    --------
    >>> print(StandingCounts(below=1, within=2, above=1, undefined=1).to_table())
    Standing in the zone of tolerance
    standing        count  share
    below the zone      1  0.250
    within the zone     2  0.500
    above the zone      1  0.250
    undefined           1      –
    Shares are of the 4 with a standing.
    It is undefined where an answer is missing or the zone is crossed.
    """

    below: int
    within: int
    above: int
    undefined: int = 0

    @property
    def defined(self) -> int:
        """How many have a standing."""
        return self.below + self.within + self.above

    def share(self, standing: Standing) -> float:
        """Return the share of one standing among those that have one; NaN for the undefined, and where none has one."""
        if standing is Standing.UNDEFINED or not self.defined:
            return float("nan")
        return self._count(standing) / self.defined

    def _count(self, standing: Standing) -> int:
        counts = (self.below, self.within, self.above, self.undefined)
        return dict(zip(Standing, counts, strict=True))[standing]

    def to_table(self, language: Language | str = Language.ENGLISH) -> Table:
        """Return one row for each standing, with its count and its share."""
        columns = {
            "standing": tuple(each.label.text(language) for each in Standing),
            "count": tuple(self._count(each) for each in Standing),
            "share": tuple(self.share(each) for each in Standing),
        }
        notes = [
            Label(f"Shares are of the {self.defined} with a standing.", f"比例以有结论的{self.defined}个为基数。"),
            Label(
                "It is undefined where an answer is missing or the zone is crossed.",
                "回答缺失或区域交叉时无法判断。",
            ),
        ]
        title = Label("Standing in the zone of tolerance", "在容忍区域中的位置")
        return Table(columns, title.text(language), [note.text(language) for note in notes])


@frozen(eq=False, repr=False, getstate_setstate=False)
class ToleranceZone(Holder):
    """The zone of tolerance: service between the adequate and the desired level, which customers accept.

    Parameters
    ----------
    adequate
        The least that is accepted: an `Expectation` at the level adequate, minimum or acceptable.
    desired
        What is hoped for: an `Expectation` at the level desired, ideal, normative or expectation; on the same scale,
        of a shape that broadcasts.
    inverted_ok
        Consent to crossed zones (adequate above desired): a warning, and positions and standings undefined there.

    Raises
    ------
    ScaleMismatchError
        Different scales, or levels that do not bound a zone.
    RatingError
        Shapes that do not broadcast.
    CrossedZonesError
        Crossed zones without consent: how many, what share, which first.

    References
    ----------
    Zeithaml, Berry & Parasuraman 1993, Journal of the Academy of Marketing Science 21(1):1-12.
    Parasuraman, Zeithaml & Berry 1994, Journal of Marketing 58(1):111-124.
    Parasuraman, Zeithaml & Berry 1994, Journal of Retailing 70(3):201-230.

    Examples
    --------
    >>> from servqual.instruments import Scale
    >>> nine = Scale.likert(9)
    >>> zone = ToleranceZone(Expectation(5, nine, Level.ADEQUATE), Expectation(8, nine, Level.DESIRED))
    >>> seen = Perception(6.0, nine)
    >>> zone.adequacy(seen), zone.superiority(seen), zone.standing(seen).name
    (<Gap: 1 on 1..9 against adequate>, <Gap: -2 on 1..9 against desired>, 'WITHIN')
    """

    adequate: Expectation
    desired: Expectation
    inverted_ok: bool = field(default=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        problems = [*_no_bound("adequate", self.adequate, _ADEQUATE), *_no_bound("desired", self.desired, _DESIRED)]
        if problems:
            raise ScaleMismatchError(*problems)
        low, high = ((each.values, each.scale) for each in (self.adequate, self.desired))
        check_meeting("adequate and desired", low, high)
        if self.crossed.any():
            if not self.inverted_ok:
                raise CrossedZonesError(
                    _crossings(self, "mend or leave out these answers, or consent with inverted_ok=True")
                )
            warnings.warn(CrossedZonesWarning(str(_crossings(self, UNDEFINED_THERE))), stacklevel=3)

    @property
    def crossed(self) -> Bools:
        """Where the adequate level lies above the desired one; a zone with a missing end is not known to be crossed."""
        return np.asarray(self.adequate.values > self.desired.values)

    @property
    def width(self) -> Floats:
        """Desired minus adequate, D − A, in scale points: negative where crossed, NaN where an end is missing."""
        return np.asarray(self.desired.values - self.adequate.values)

    def adequacy(self, perception: Perception) -> Gap:
        """MSA, the measure of service adequacy: perception minus the adequate level, P − A; negative is a shortfall."""
        _refuse_plain(perception, self.adequate.scale)
        return perception - self.adequate

    def superiority(self, perception: Perception) -> Gap:
        """MSS, the measure of service superiority: perception minus the desired level, P − D; negative is a shortfall.

        Adequacy minus superiority is the width of the zone.
        """
        _refuse_plain(perception, self.desired.scale)
        return perception - self.desired

    def position(self, perception: Perception) -> Floats:
        """Position in the zone, (P − A) / (D − A): 0 at the adequate level, 1 at the desired one, unbounded outside.

        NaN where an answer is missing, the zone is crossed, or it has no width; a population's position is therefore
        a ratio of means, `mean_position`.
        """
        adequacy, _, width = self._distances(perception)
        return np.divide(adequacy, width, out=np.full(width.shape, np.nan), where=width > 0)

    @overload
    def mean_position(self, perception: Perception, axis: None = None) -> float: ...
    @overload
    def mean_position(self, perception: Perception, axis: Axis) -> Floats: ...
    def mean_position(self, perception: Perception, axis: Axis | None = None) -> float | Floats:
        """Position of a population: mean (P − A) over mean (D − A), along an axis or over all.

        Both means are over those whose three answers are there and whose zone is not crossed, zones without width
        included: over as many as `shares` calls defined. NaN where their mean width is 0 or there are none.
        """
        adequacy, _, width = self._distances(perception)
        used = ~np.isnan(adequacy) & (width >= 0)
        depth, room = (np.asarray(each.sum(axis=axis, where=used)) for each in (adequacy, width))
        positions = np.divide(depth, room, out=np.full(room.shape, np.nan), where=room > 0)
        return float(positions) if axis is None else positions

    def standing(self, perception: Perception) -> Standing | npt.NDArray[np.int8]:
        """Return where perceptions stand: a `Standing` for one number, its int8 codes for an array.

        −1 below, 0 within (A ≤ P ≤ D, both ends included), +1 above, −128 where an answer is missing or the zone is
        crossed.
        """
        adequacy, superiority, width = self._distances(perception)
        side = (superiority > 0).astype(np.int8) - (adequacy < 0).astype(np.int8)
        defined = ~np.isnan(adequacy) & (width >= 0)
        standings = np.where(defined, side, np.int8(Standing.UNDEFINED))
        return standings if standings.ndim else Standing(int(standings))

    def shares(self, perception: Perception) -> StandingCounts:
        """Return how many perceptions stand below, within and above their zones, and of how many it is undefined."""
        standings = np.asarray(self.standing(perception))
        return StandingCounts(*(int(np.count_nonzero(standings == each)) for each in Standing))

    def _distances(self, perception: Perception) -> tuple[Floats, Floats, Floats]:
        gaps = (self.adequacy(perception).values, self.superiority(perception).values)
        adequacy, superiority, width = np.broadcast_arrays(*gaps, self.width)
        return adequacy, superiority, width

    def __repr__(self) -> str:
        shape = np.broadcast_shapes(self.adequate.values.shape, self.desired.values.shape)
        return f"<ToleranceZone: {shape} on {self.adequate.scale}, {self.adequate.level} to {self.desired.level}>"


def _refuse_plain(given: object, scale: Scale) -> None:
    if isinstance(given, PLAIN):
        name = f"{given}" if isinstance(given, Real) else "values"
        found, rule = "plain numbers without a scale", f"perceptions stand in a zone on its scale, {scale}"
        raise ScaleMismatchError(Problem("perception", found, rule, f"pass Perception({name}, scale)"))


def _no_bound(name: str, bound: object, levels: tuple[Level, ...]) -> Iterator[Problem]:
    rule = f"the {name} end of a zone is an Expectation at the level {', '.join(levels[:-1])} or {levels[-1]}"
    hint = f"say what was asked: Expectation(values, scale, Level.{levels[0].name})"
    if not isinstance(bound, Expectation):
        yield Problem(name, f"a {type(bound).__name__}", rule, hint)
    elif bound.level not in levels:
        yield Problem(name, f"level {bound.level}", rule, hint)


def _crossings(zone: ToleranceZone, remedy: str) -> Problem:
    crossed = zone.crossed
    low, high = np.broadcast_arrays(zone.adequate.values, zone.desired.values)
    count = int(np.count_nonzero(crossed))
    # a single zone has no position
    places = {place: f"{list(place)} " if place else "" for place in first_positions(crossed)}
    shown = [f"{named}{low[place]:.12g} > {high[place]:.12g}" for place, named in places.items()]
    more = ", …" if count > len(shown) else ""
    found = f"{count} of {crossed.size} zones crossed ({count / crossed.size:.1%}): {', '.join(shown)}{more}"
    rule = "the adequate level does not lie above the desired one"
    return Problem("zones", found, rule, remedy)
