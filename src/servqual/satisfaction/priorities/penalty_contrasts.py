"""Penalties and rewards from one matrix and from those of resamples, and what is made of them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from attrs import frozen

from servqual._arrays import Bools, Floats
from servqual.satisfaction.answer_columns import AnswerColumns
from servqual.satisfaction.driving.estimates import interval
from servqual.satisfaction.priorities.penalty_cuts import LowHigh
from servqual.satisfaction.priorities.penalty_words import ImpactClass
from servqual.statistics import CrossProducts
from servqual.statistics.importance import explained_variance
from servqual.statistics.reasoned import Reasoned
from servqual.statistics.relations import relations_of
from servqual.statistics.resampled_sums import drawn_moments

# upper ends of frustrators, dissatisfiers, hybrids and satisfiers; the first two do not have theirs
ENDS = (-0.7, -0.2, 0.2, 0.7)
# what rounding does to a quotient that lies on an end
_ON = 1e-12


@frozen(eq=False)
class Contrasts:
    """Penalties and rewards, shape (draws, items), NaN where nobody is there to tell; R² of each draw."""

    penalty: Floats
    reward: Floats
    r2: Floats

    def taken(self, draws: int) -> Contrasts:
        """Return the first so many draws."""
        return Contrasts(self.penalty[:draws], self.reward[:draws], self.r2[:draws])

    @property
    def potentials(self) -> tuple[Floats, Floats]:
        """Reward and size of the penalty, those of an unexpected sign as none."""
        return np.maximum(self.reward, 0.0), np.maximum(-self.penalty, 0.0)

    @property
    def numbers(self) -> dict[str, Floats]:
        """All numbers of items by name, shape (draws, items)."""
        up, down = self.potentials
        range_ = up + down
        with np.errstate(divide="ignore", invalid="ignore"):
            sgp, dgp = up / range_, down / range_
        whole = {"penalty": self.penalty, "reward": self.reward, "balance": self.penalty + self.reward}
        return whole | {"riocs": range_, "sgp": sgp, "dgp": dgp, "asymmetry": sgp - dgp}


@frozen(eq=False)
class Design:
    """Dummies of low and high answers beside the outcome, those without anybody left out.

    Attributes
    ----------
    table
        Shape (rows, dummies + 1), the outcome last.
    lows, highs
        For each item, the place of its dummy, −1 where there is none.
    between
        Whether somebody is neither low nor high.
    n_low, n_high
        Respondents, shape (items,).
    """

    table: Floats
    lows: tuple[int, ...]
    highs: tuple[int, ...]
    between: Bools
    n_low: Floats
    n_high: Floats

    @classmethod
    def of(cls, columns: AnswerColumns, items: tuple[str, ...], cuts: LowHigh) -> Design:
        """Return the design of complete rows, the outcome in the last column."""
        values, people = columns.columns(items), columns.people
        low, high = cuts.is_low(values), cuts.is_high(values)
        between = np.asarray((~low & ~high).any(axis=0))
        dummies: list[Bools] = []
        places: list[tuple[int, ...]] = []
        for side, some in ((low, between & low.any(axis=0)), (high, high.any(axis=0) & ~high.all(axis=0))):
            wanted = np.asarray(some)
            places.append(_places(wanted, len(dummies)))
            dummies += [side[:, item] for item in np.flatnonzero(wanted)]
        table = np.column_stack([*dummies, columns.values[:, -1]]).astype(np.float64)
        times = people.weights if people.repeated and people.weights is not None else np.ones(len(values))
        return cls(table, places[0], places[1], between, times @ low, times @ high)

    def contrasts(self, stack: Floats) -> Contrasts:
        """Return penalties and rewards of covariance matrices, those without a solution left out."""
        good = relations_of(stack).places
        slopes = np.linalg.solve(stack[good, :-1, :-1], stack[good, :-1, -1:])[..., 0]
        padded = np.concatenate([slopes, np.full((len(good), 1), np.nan)], axis=1)
        penalty, reward = padded[:, list(self.lows)], padded[:, list(self.highs)]
        reward[:, ~self.between] = np.nan
        return Contrasts(penalty, reward, explained_variance(stack[good]))

    def point(self, columns: AnswerColumns) -> Contrasts:
        """Return the contrasts of the answers themselves."""
        people = columns.people
        centre = self.table.mean(axis=0)
        matrix = CrossProducts.of(self.table.T, people.weights, people.kind, centre).covariance()
        return self.contrasts(matrix[None])

    def drawn(
        self, columns: AnswerColumns, draws: int, rng: int | np.random.Generator | None, *, progress: bool
    ) -> Contrasts:
        """Return the contrasts of resamples."""
        moments = drawn_moments(self.table, columns.people, draws=draws, rng=rng, progress=progress)
        return self.contrasts(moments.covariances)


def _places(wanted: Bools, start: int) -> tuple[int, ...]:
    found = np.where(wanted, start + np.cumsum(wanted) - 1, -1)
    return tuple(found.tolist())


def class_places(asymmetry: Floats) -> Floats:
    """Return the place of the class of each asymmetry among `ImpactClass`, −1 for none."""
    low, below, above, high = ENDS
    place = (
        (asymmetry >= low - _ON).astype(int)
        + (asymmetry >= below - _ON)
        + (asymmetry > above + _ON)
        + (asymmetry > high + _ON)
    )
    return np.where(np.isnan(asymmetry), -1, place)


def class_of(asymmetry: float) -> ImpactClass | None:
    """Return the class of an asymmetry; None where there is none."""
    place = int(class_places(np.array([asymmetry]))[0])
    return None if place < 0 else list(ImpactClass)[place]


def ends_of(numbers: Mapping[str, Floats], confidence: float, draws: int) -> dict[str, Reasoned]:
    """Return the ends of intervals of each column, from the resamples in which it exists."""
    made = {}
    for name, values in numbers.items():
        parts = []
        for column in values.T:
            there = column[np.isfinite(column)]
            parts.append(interval(there[:, None], confidence, draws))
        for place, end in enumerate(("low", "high")):
            made[f"{name}_{end}"] = Reasoned.stacked([part[place] for part in parts])
    return made
