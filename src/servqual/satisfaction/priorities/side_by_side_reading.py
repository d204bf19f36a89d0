"""`compare_importance`: what several ways to ask for importance say of the same items, and where they disagree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from attrs import frozen

from servqual.errors import Problem, did_you_mean
from servqual.errors.problems import unknown_word
from servqual.labels import Label, as_label
from servqual.satisfaction.answer_columns import is_finite, refuse
from servqual.satisfaction.delight.words import Category
from servqual.satisfaction.gathering import Problems
from servqual.satisfaction.priorities.penalty_words import ImpactClass
from servqual.satisfaction.priorities.side_by_side_results import ImportanceComparison, ItemComparison
from servqual.satisfaction.priorities.side_by_side_sources import Impact, categories, impacts, numbers
from servqual.satisfaction.priorities.side_by_side_words import COUNTERPARTS, MATTERING, Disagreement
from servqual.tables import Table
from servqual.telling import Told

_RULES = {
    "mean": Label("the mean of the items", "各题项均值"),
    "median": Label("the median of the items", "各题项中位数"),
}
_GIVEN = Label("a number that was given", "给定的数值")
_COLUMNS = (
    "item", "kano", "impact_class", "class_share", "asymmetry", "impact", "stated", "stated_high", "derived",
    "derived_high", "agree",
)  # fmt: skip


def compare_importance(
    *,
    kano: Any = None,
    impact: Any = None,
    stated: Any = None,
    derived: Any = None,
    cut: str | float = "mean",
    derived_cut: str | float = "mean",
    labels: Mapping[str, Label | str] | None = None,
) -> ImportanceComparison:
    """Kano, penalty–reward, stated and derived importance side by side on each item, with what does not agree.

    Must-be answers to dissatisfier and frustrator, one-dimensional to hybrid, attractive to satisfier and delighter.
    Numbers are compared as high and low. Disagreements are shown and not averaged: each way asks something else.

    Parameters
    ----------
    kano
        A mapping item → category (a word, or a letter M, O, A, I, R, Q), or a `KanoReading`, of
        which the most frequent category is taken.
    impact
        A `PenaltyReward`, or a mapping item → class of impact or asymmetry.
    stated
        An `ImportancePerformance`, or a mapping item → mean stated importance.
    derived
        `Drivers`, an `ImportancePerformance` of derived importance, or a mapping item → number. Without it, ranges of
        impact are taken, where they are known.
    cut, derived_cut
        Where stated, and derived, importance is high: at the "mean" or "median" of the items, or a number, or above.
    labels
        Item → label.

    Returns
    -------
    ImportanceComparison
        Items in the order in which they are first named.

    Raises
    ------
    DriverError
        All problems at once: fewer than two ways, no item in two of them, words that are no category or class, a rule
        that there is not.

    References
    ----------
    Mikulić & Prebežac 2011, Managing Service Quality 21(1):46-66 (ways to classify attributes); Matzler, Bailom,
    Hinterhuber, Renzl & Pichler 2004, Industrial Marketing Management 33(4):271-277.

    Examples
    --------
    >>> found = compare_importance(kano={"wait": "M", "gift": "A"}, impact={"wait": "dissatisfier", "gift": "hybrid"})
    >>> found["wait"], found["gift"]
    (<ItemComparison of wait: agree>, <ItemComparison of gift: Kano and impact are of different kinds>)
    """
    problems: Problems = []
    ways = _Ways(
        categories(kano, problems),
        impacts(impact, problems) if impact is not None else {},
        numbers("stated", stated, problems),
        numbers("derived", derived, problems),
    )
    problems += [*ways.problems(), *_cut_problems("cut", cut), *_cut_problems("derived_cut", derived_cut)]
    problems += [
        Problem("labels", f"no {name!r}", "labels are those of items", did_you_mean(name, ways.items))
        for name in labels or {}
        if name not in ways.items
    ]
    refuse(problems)
    shown = ways.derived or {item: each.impact for item, each in ways.impact.items() if each.impact is not None}
    heights = _height(ways.stated, cut), _height(shown, derived_cut)
    rows = tuple(_row(item, ways, shown, heights) for item in ways.items)
    named = [as_label((labels or {}).get(item, item)) for item in ways.items]
    columns = {name: [_cell(getattr(row, name)) for row in rows] for name in _COLUMNS}
    table = Table(columns | {"verdict": [row.verdict.en for row in rows]})
    title = Label("Ways to ask for importance, side by side", "各种重要性衡量方式的对照")
    notes = tuple(_notes(ways, heights, (cut, derived_cut)))
    return ImportanceComparison(rows=rows, told=Told(table, named, title, notes))


@frozen(eq=False)
class _Ways:
    kano: dict[str, Category]
    impact: dict[str, Impact]
    stated: dict[str, float]
    derived: dict[str, float]

    @property
    def items(self) -> list[str]:
        """All items, in the order in which they are first named."""
        return list(dict.fromkeys([*self.kano, *self.impact, *self.stated, *self.derived]))

    def problems(self) -> Problems:
        """Return what is wrong with all ways together."""
        known = [each for each in (self.kano, self.impact, self.stated, self.derived) if each]
        if len(known) < 2:
            rule, remedy = "two ways or more are compared", "kano=…, impact=…, stated=…, derived=…"
            return [Problem("ways", f"{len(known)} with items", rule, remedy)]
        if not any(sum(item in each for each in known) > 1 for item in self.items):
            return [Problem("ways", "no item in two of them", "the same items go by the same keys in all ways")]
        return []


def _cut_problems(place: str, cut: str | float) -> Problems:
    if isinstance(cut, str) and cut not in _RULES:
        return [unknown_word(place, cut, _RULES, "it is mean, median or a number")]
    if not isinstance(cut, str) and not is_finite(cut):
        return [Problem(place, repr(cut), "it is mean, median or a number")]
    return []


def _height(values: Mapping[str, float], cut: str | float) -> float:
    """Return where numbers begin to be high; NaN where there are none."""
    if not values:
        return float("nan")
    if not isinstance(cut, str):
        return float(cut)
    known = list(values.values())
    return float(np.mean(known) if cut == "mean" else np.median(known))


def _row(item: str, ways: _Ways, shown: Mapping[str, float], heights: tuple[float, float]) -> ItemComparison:
    impact = ways.impact.get(item, Impact(None))
    stated, derived = ways.stated.get(item), shown.get(item)
    said, shows = (
        None if value is None else bool(value >= height)
        for value, height in zip((stated, derived), heights, strict=True)
    )
    kano = ways.kano.get(item)
    compared, against = _compared(kano, impact.impact_class, said=said, shows=shows)
    return ItemComparison(
        item=item,
        kano=kano,
        impact_class=impact.impact_class,
        asymmetry=impact.asymmetry,
        impact=impact.impact,
        class_share=impact.share,
        stated=stated,
        stated_high=said,
        derived=derived,
        derived_high=shows,
        agree=None if not compared else not against,
        disagreements=tuple(against),
    )


def _compared(
    kano: Category | None, impact: ImpactClass | None, *, said: bool | None, shows: bool | None
) -> tuple[bool, list[Disagreement]]:
    """Return whether anything could be compared, and what disagrees."""
    found: list[tuple[Disagreement, bool]] = []
    if kano in COUNTERPARTS and impact is not None:
        found.append((Disagreement.KIND, impact not in COUNTERPARTS[kano]))
    if said is not None and shows is not None:
        found += [(Disagreement.ONLY_SAID, said and not shows), (Disagreement.HIDDEN, shows and not said)]
    if kano in MATTERING and said is not None:
        found.append((Disagreement.MISSED, not said))
    if kano is Category.INDIFFERENT:
        found += [(Disagreement.SAID_INDIFFERENT, said)] if said is not None else []
        found += [(Disagreement.SHOWN_INDIFFERENT, shows)] if shows is not None else []
    return bool(found), [each for each, holds in found if holds]


def _cell(value: Any) -> Any:
    return str(value) if isinstance(value, Category) or hasattr(value, "label") else value


def _notes(ways: _Ways, heights: tuple[float, float], cuts: tuple[str | float, str | float]) -> Iterator[Label]:
    yield Label(
        "counterparts: must-be and dissatisfier or frustrator, one-dimensional and hybrid, attractive and satisfier or "
        "delighter",
        "对应关系：必备与不满因素或纯挫败因素，一元与双向因素，魅力与满意因素或纯愉悦因素",
    )
    for name, height, cut in zip(("stated", "derived"), heights, cuts, strict=True):
        if not np.isnan(height):
            rule = _RULES[cut] if isinstance(cut, str) else _GIVEN
            zh = rule.text("zh")
            yield Label(f"{name}: high at {height:.4g} or above, {rule.en}", f"{name}：达到 {height:.4g} 为高，{zh}")
    if not ways.derived and any(each.impact is not None for each in ways.impact.values()):
        yield Label("derived: ranges of impact (riocs)", "derived：影响幅度（riocs）")
    lacking = {
        name: [item for item in ways.items if item not in each]
        for name, each in (("kano", ways.kano), ("impact", ways.impact), ("stated", ways.stated))
        if each
    }
    for name, items in lacking.items():
        if items:
            yield Label(f"{name} does not know: {', '.join(items)}", f"{name} 中没有：{'、'.join(items)}")
