"""`PenaltyReward`: what an item costs where it is bad, and what it brings where it is good."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import evolve, frozen

from servqual.errors import DriverError, Problem, did_you_mean
from servqual.labels import Label, Language
from servqual.satisfaction.priorities.penalty_words import UNEXPECTED, Factor, ImpactClass
from servqual.statistics import Inapplicable
from servqual.statistics.reasoned import inapplicable
from servqual.tables import Table
from servqual.telling import Told, chosen

Number = float | Inapplicable

_SHOWN = (
    "item", "low_cut", "high_cut", "n_low", "n_high", "penalty", "penalty_low", "penalty_high", "reward", "reward_low",
    "reward_high", "factor", "riocs", "asymmetry", "asymmetry_low", "asymmetry_high", "impact_class", "class_share",
    "unexpected",
)  # fmt: skip
_CLASSES = tuple(str(each) for each in ImpactClass)


@frozen(kw_only=True, repr=False)
class ItemImpact:
    """Penalty and reward of one item; a number that does not exist is an `Inapplicable` that says why.

    Attributes
    ----------
    item
        Its key.
    low_cut, high_cut
        Answers at the first or below are low, at the second or above high.
    n_low, n_high
        How many of those who take part answered low, and high.
    penalty, penalty_low, penalty_high
        By how much the outcome differs where the item is low, from where it is between: expected at zero or below.
    reward, reward_low, reward_high
        The same where it is high: expected at zero or above.
    factor
        What both intervals say.
    balance, balance_low, balance_high
        Reward plus penalty: above zero, it pleases more than it annoys.
    riocs, riocs_low, riocs_high
        Reward plus the size of the penalty: the range of impact on overall satisfaction.
    sgp, dgp
        Reward, and size of the penalty, over `riocs`: potentials to generate satisfaction and dissatisfaction.
    asymmetry, asymmetry_low, asymmetry_high
        ``sgp − dgp``, −1 to 1.
    impact_class, class_share
        The class of the asymmetry, and the share of the resamples in it.
    frustrator, dissatisfier, hybrid, satisfier, delighter
        Share of the resamples in each class.
    unexpected
        "penalty" where it is above zero, "reward" where it is below, "both"; None where signs are as expected.
    """

    item: str
    low_cut: float
    high_cut: float
    n_low: float
    n_high: float
    penalty: Number
    penalty_low: Number
    penalty_high: Number
    reward: Number
    reward_low: Number
    reward_high: Number
    factor: Factor
    balance: Number
    balance_low: Number
    balance_high: Number
    riocs: Number
    riocs_low: Number
    riocs_high: Number
    sgp: Number
    dgp: Number
    asymmetry: Number
    asymmetry_low: Number
    asymmetry_high: Number
    impact_class: ImpactClass | None
    class_share: Number
    frustrator: Number
    dissatisfier: Number
    hybrid: Number
    satisfier: Number
    delighter: Number
    unexpected: str | None

    def __repr__(self) -> str:
        if self.impact_class is None:
            return f"<ItemImpact of {self.item}: no asymmetry, {self.asymmetry}>"
        numbers = f"penalty {float(self.penalty):.3f}, reward {float(self.reward):.3f}"
        return f"<ItemImpact of {self.item}: {numbers}; {self.impact_class.label}>"


@frozen(eq=False, repr=False, kw_only=True)
class PenaltyReward:
    """Penalty–reward contrasts of items, and the asymmetry of their impact.

    Attributes
    ----------
    outcome
        What is explained.
    rows
        One `ItemImpact` each, in the order of the items; ``found["wait"]`` picks one.
    views
        "items", and "classes": the share of the resamples in each class.
    cuts
        The rule of low and high, in words.
    r2, r2_linear
        What the contrasts explain of the outcome, and what the items explain as straight lines.
    n, draws, failures, confidence
        Respondents who answered everything; resamples, those of them without a solution; of all intervals.
    """

    outcome: str
    rows: tuple[ItemImpact, ...]
    views: dict[str, Told]
    cuts: Label
    r2: float
    r2_linear: Number
    n: float
    draws: int
    failures: int
    confidence: float

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[ItemImpact]:
        return iter(self.rows)

    def __getitem__(self, item: str) -> ItemImpact:
        found = [row for row in self.rows if row.item == item]
        if not found:
            known = [row.item for row in self.rows]
            raise DriverError(Problem("item", f"no {item!r}", "it is not among the items", did_you_mean(item, known)))
        return found[0]

    def __repr__(self) -> str:
        return f"<PenaltyReward of {self.outcome}: {len(self)} items, R² {self.r2:.3f}; by {self.cuts}>"

    def _repr_html_(self) -> str:
        return self.to_table()._repr_html_()

    @property
    def told(self) -> Told:
        """The main table, complete."""
        return self.views["items"]

    def to_table(self, view: str = "items", language: Language | str | None = None) -> Table:
        """Return penalties, rewards and asymmetries with intervals, or "classes" with the share of resamples in each.

        A language adds the labels of items, and says classes, title and notes in it.

        Raises
        ------
        ArgumentError
            A view that there is not.
        """
        told = self.views[chosen("view", view, list(self.views))]
        names = ("item", "impact_class", *_CLASSES) if view == "classes" else _SHOWN
        held = [name for name in names if any(cell is not None for cell in told.table[name])]
        table, tongue = told.view(held, None, language, named="item"), language or Language.ENGLISH
        words: dict[str, list[str | None]] = {
            "factor": [row.factor.label.text(tongue) for row in self.rows],
            "unexpected": [row.unexpected and UNEXPECTED[row.unexpected].text(tongue) for row in self.rows],
            "impact_class": [row.impact_class and row.impact_class.label.text(tongue) for row in self.rows],
        }
        return evolve(table, columns={name: words.get(name, table[name]) for name in table.columns})

    def to_frame(self, backend: str | None = None) -> Any:
        """Return all numbers, one row for each item."""
        return self.told.table.to_frame(backend)

    def to_dict(self) -> dict[str, Any]:
        """Return all numbers as a JSON-safe dictionary, with the reason of each that does not exist."""
        linear = None if isinstance(self.r2_linear, Inapplicable) else self.r2_linear
        asked = {"outcome": self.outcome, "cuts": self.cuts.en, "r2": self.r2, "r2_linear": linear, "n": self.n}
        sizes = {"draws": self.draws, "failures": self.failures, "confidence": self.confidence}
        reasons = [{"item": row.item, **inapplicable(row)} for row in self.rows]
        return {"reading": "penalty_reward", **asked, **sizes, **self.told.whole().to_dict(), "inapplicable": reasons}
