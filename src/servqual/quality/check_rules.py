"""`CheckRules`: when the answers of a respondent are flagged."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from attrs import frozen

from servqual._arrays import Bools, Floats, Ints
from servqual.errors import Problem
from servqual.instruments import Level
from servqual.labels import Label
from servqual.quality.cleaning import Flags, Measures
from servqual.statistics import ArgumentError

# Two answers that are equal say nothing.
_FEWEST = 3


@frozen
class CheckRules:
    """When the answers of a respondent are flagged.

    Parameters
    ----------
    missing_share
        "missing": more than this share of all answers, over all levels, is missing.
    same_share
        "straight_…", per level: at least this share of the level's answers is on one point (three answers at least).
    longest_run
        "straight_…", too: at least so many neighbouring answers are equal; None does not look at runs.
    crossed
        "crossed": at least so many items whose lower end of the zone lies above the upper one.
    speed
        "speeding": less time than this share of the median.

    Raises
    ------
    ArgumentError
        A rule that nobody or everybody would break by definition; all such rules at once.
    """

    missing_share: float = 0.5
    same_share: float = 1.0
    longest_run: int | None = None
    crossed: int = 1
    speed: float = 0.5

    def __attrs_post_init__(self) -> None:
        problems = list(self._impossible())
        if problems:
            raise ArgumentError(*problems)

    def _impossible(self) -> Iterator[Problem]:
        if not 0 <= self.missing_share < 1:
            yield Problem("missing_share", f"{self.missing_share}", "it is a share: 0 or more, and below 1")
        if not 0 < self.same_share <= 1:
            yield Problem("same_share", f"{self.same_share}", "it is a share: above 0, and at most 1")
        if self.longest_run is not None and self.longest_run < _FEWEST:
            yield Problem(
                "longest_run", f"{self.longest_run}", f"a run has {_FEWEST} answers or more", "None for no rule"
            )
        if self.crossed < 1:
            yield Problem("crossed", f"{self.crossed}", "at least one zone is crossed")
        if not 0 < self.speed < 1:
            yield Problem("speed", f"{self.speed}", "it is a share of the median time: between 0 and 1")


def raised(
    rules: CheckRules, measures: Measures, levels: tuple[Level, ...], copies: Bools, seconds: Floats | None
) -> Flags:
    """Return the flags that these rules raise."""
    flags = [_missing(rules, measures, levels)]
    flags += [_straight(rules, measures, level) for level in levels]
    flags += [("duplicate", copies, Label("all answers equal those of an earlier row", "全部回答与前面某一行相同"))]
    if "crossed" in measures.names:
        label = Label(
            f"the adequate level above the desired one in {rules.crossed} or more items",
            f"至少{rules.crossed}个题项的适当水平高于渴望水平",
        )
        flags.append(("crossed", measures["crossed"] >= rules.crossed, label))
    if seconds is not None:
        flags.append(_speeding(rules, seconds))
    names, marks, labels = zip(*flags, strict=True)
    return Flags(names, np.stack(marks), labels, measures.backend)


def _missing(rules: CheckRules, measures: Measures, levels: tuple[Level, ...]) -> tuple[str, Bools, Label]:
    asked = int(sum((measures[f"answered_{level}"][0] for level in levels), measures["missing"][0]))
    label = Label(
        f"more than {rules.missing_share:.0%} of {asked} answers missing",
        f"{asked}个回答中缺失超过{rules.missing_share:.0%}",
    )
    return "missing", measures["missing"] > rules.missing_share * asked, label


def _straight(rules: CheckRules, measures: Measures, level: Level) -> tuple[str, Bools, Label]:
    answered: Ints = measures[f"answered_{level}"]
    # a hair is taken off, so that 0.6 of 5 answers is 3
    marks = (measures[f"same_{level}"] >= rules.same_share * answered - 1e-9) & (answered >= _FEWEST)
    en = f"{rules.same_share:.0%} of the {level.label.en} answers on one point"
    zh = f"“{level.label.text('zh')}”的回答中{rules.same_share:.0%}为同一选项"
    if rules.longest_run is not None:
        marks |= measures[f"longest_run_{level}"] >= rules.longest_run
        en, zh = f"{en}, or {rules.longest_run} equal in a row", f"{zh}，或连续{rules.longest_run}个相同"
    return f"straight_{level}", marks, Label(en, zh)


def _speeding(rules: CheckRules, seconds: Floats) -> tuple[str, Bools, Label]:
    limit = rules.speed * float(np.nanmedian(seconds))
    label = Label(
        f"less than {limit:.4g} s, {rules.speed:.0%} of the median", f"少于{limit:.4g}秒，即中位数的{rules.speed:.0%}"
    )
    with np.errstate(invalid="ignore"):
        return "speeding", np.asarray(seconds < limit), label
