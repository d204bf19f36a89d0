"""`promise_gaps`: over- and underpromising, and the family of tactics that answers."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from attrs import frozen

from servqual.errors import Problem, ServqualError, StandardsError, did_you_mean
from servqual.instruments import Level
from servqual.operations.answer_source import Problems
from servqual.operations.promises.promise_results import Number, PromiseGap, PromiseGaps, PromiseStep
from servqual.operations.promises.promise_sides import FIXED, Side, attributes_of, read_sides
from servqual.operations.promises.promise_words import (
    ANSWERS,
    GAPS_TITLE,
    SIDES,
    STEPS_TITLE,
    PromiseFamily,
    PromiseVerdict,
    family_note,
    sign_note,
    test_note,
)
from servqual.statistics import Inapplicable, MeanTest, adjusted
from servqual.statistics._arguments import check_confidence
from servqual.statistics.reasoned import Reasoned, columns_of
from servqual.survey import Survey
from servqual.tables import Table
from servqual.telling import Told

_NOT_GIVEN = Inapplicable("it was not given")
_APART = Inapplicable("it is not known who was promised what: promises and deliveries are of different people")
_ONE_NUMBER = Inapplicable("what is delivered is one number")
_SAME = Inapplicable("deliveries do not vary, or there is only one")


def promise_gaps(
    promised: Any,
    delivered: Any,
    *,
    expected: Any = None,
    briefed: Any = None,
    perceived: Any = None,
    attributes: Sequence[str] | None = None,
    lower_is_better: Collection[str] = (),
    paired: bool = False,
    confidence: float = 0.95,
) -> PromiseGaps:
    """Promise gaps: delivered less promised per attribute, over- and underpromising, and the tactics that answer.

    Every side is a number, or values of customers. What is missing on the way from expected to perceived is split into
    steps that add up where no answer is missing: ``promised − expected``, ``briefed − promised``,
    ``delivered − briefed``, ``perceived − delivered``; each is answered by one family of tactics. Sides that are not
    given make their steps one.

    Parameters
    ----------
    promised, delivered
        Each a mapping attribute → number or array, a frame with a column for each attribute, a `Survey` (perceptions of
        items or dimensions), or ``(survey, level)``.
    expected, briefed, perceived
        Likewise, where measured: what customers expect (of a survey, its expectations), what the front line was told to
        deliver, what customers perceive.
    attributes
        Which ones; those of `promised` by default.
    lower_is_better
        Attributes in which less is better, such as minutes of waiting; their differences are turned.
    paired
        Whether the rows of all sides are the same customers in the same order. Sides of one survey are paired anyhow.
    confidence
        Of all intervals; verdicts are at the level ``1 − confidence``, p adjusted by Holm over the attributes.

    Returns
    -------
    PromiseGaps
        Below zero is a shortfall in all differences.

    Raises
    ------
    StandardsError
        All problems at once: a promise without delivery data, sides that are no numbers, pairs of unequal length.

    References
    ----------
    Zeithaml, Berry & Parasuraman 1988, Journal of Marketing 52(2):35-48; Welch 1947, Biometrika 34(1-2):28-35; Holm
    1979, Scandinavian Journal of Statistics 6(2):65-70.

    Examples
    --------
    >>> delivered = {"wait": [12.0, 14, 11, 15, 13], "courtesy": [6.0, 7, 7, 6, 6]}
    >>> gaps = promise_gaps({"wait": 10, "courtesy": 6}, delivered, lower_is_better=["wait"])
    >>> gaps["wait"], gaps["wait"].failed
    (<PromiseGap wait: -3.000 (-4.963 to -1.037); overpromised>, 1.0)
    """
    problems: Problems = []
    try:
        check_confidence(confidence)
    except ServqualError as error:
        problems.extend(error.problems)
    names = attributes_of(promised, problems) if attributes is None else tuple(attributes)
    sources = {"expected": expected, "promised": promised, "briefed": briefed, "delivered": delivered}
    sources = {name: each for name, each in (sources | {"perceived": perceived}).items() if each is not None}
    if "delivered" not in sources:
        problems.append(Problem("delivered", "none", "a promise needs what is delivered"))
    problems += _name_problems(names, lower_is_better)
    if not names:
        raise StandardsError(*dict.fromkeys(problems))
    levels = {"expected": Level.EXPECTATION}
    read = {
        place: read_sides(place, each, names, levels.get(place, Level.PERCEPTION), problems)
        for place, each in sources.items()
    }
    sides = {place: each for place, each in read.items() if each is not None}
    pairs = {place: _key(source, paired=paired) for place, source in sources.items()}
    problems += _pair_problems(sides, sources) if paired else []
    if problems:
        raise StandardsError(*dict.fromkeys(problems))
    return _Ledger(names, sides, pairs, tuple(lower_is_better), confidence).result()


def _name_problems(names: Sequence[str], lower: Collection[str]) -> Problems:
    problems: Problems = []
    if not names:
        problems.append(Problem("attributes", "none", "promises are about one attribute or more"))
    if isinstance(lower, str):
        return [*problems, Problem("lower_is_better", repr(lower), "attributes are a list", f"write [{lower!r}]")]
    for name in lower:
        if name not in names:
            rule = "it is one of the attributes"
            problems.append(Problem("lower_is_better", f"no {name!r}", rule, did_you_mean(name, names)))
    return problems


def _key(source: Any, *, paired: bool) -> int | None:
    """Return what sides of the same people have in common; None for people who are nobody else's."""
    if paired:
        return 0
    survey = source[0] if isinstance(source, tuple) else source
    return id(survey) if isinstance(survey, Survey) and survey.paired else None


def _pair_problems(sides: dict[str, dict[str, Side]], sources: dict[str, Any]) -> Problems:
    problems: Problems = []
    rows = {
        f"{place} {name}": side.values.size
        for place, each in sides.items()
        for name, side in each.items()
        if side.values is not None
    }
    if len(set(rows.values())) > 1:
        told = ", ".join(f"{name} {count}" for name, count in list(rows.items())[:4])
        problems.append(Problem("paired", told, "sides of the same customers have as many rows"))
    plain = [each[0] if isinstance(each, tuple) else each for each in sources.values()]
    surveys = {id(each): each for each in plain if isinstance(each, Survey)}
    if len(surveys) > 1 or any(not each.paired for each in surveys.values()):
        rule = "the same customers are in one survey"
        problems.append(Problem("paired", f"{len(surveys)} surveys", rule, "leave paired out: one survey is paired"))
    return problems


@frozen(eq=False)
class _Ledger:
    names: tuple[str, ...]
    sides: dict[str, dict[str, Side]]
    pairs: dict[str, int | None]
    lower: tuple[str, ...]
    confidence: float

    def result(self) -> PromiseGaps:
        tests = {name: self._difference(name, "promised", "delivered") for name in self.names}
        holm = adjusted(np.array([float(test.p) for test in tests.values()]))
        steps = tuple(step for name in self.names for step in self._steps(name))
        rows = tuple(
            self._row(name, test, float(p), steps) for (name, test), p in zip(tests.items(), holm, strict=True)
        )
        order = tuple(place for place in SIDES if place in self.sides)
        notes = (sign_note(self.lower), test_note(self.confidence), family_note(order))
        labels = [self.sides["delivered"][name].label(name) for name in self.names]
        told = Told(Table(columns_of(rows, PromiseGap, {"n"})), labels, GAPS_TITLE, notes)
        words = [label for label in labels for _ in range(len(order) - 1)]
        steps_told = Told(Table(columns_of(steps, PromiseStep)), words, STEPS_TITLE, (notes[0],))
        asked = {"sides": list(order), "lower_is_better": list(self.lower), "confidence": self.confidence}
        return PromiseGaps(rows=rows, told=told, steps=steps, told_steps=steps_told, asked=asked)

    def _difference(self, name: str, early: str, late: str) -> MeanTest:
        sign = -1 if name in self.lower else 1
        paired = self.pairs[early] is not None and self.pairs[early] == self.pairs[late]
        return self.sides[late][name].less(self.sides[early][name], sign, paired=paired)

    def _steps(self, name: str) -> list[PromiseStep]:
        places = [place for place in SIDES if place in self.sides]
        made = []
        for early, late in pairwise(places):
            numbers = self._numbers(self._difference(name, early, late))
            made.append(
                PromiseStep(
                    attribute=name, early=early, late=late, difference=numbers["gap"], low=numbers["low"],
                    high=numbers["high"], p=numbers["p"], family=ANSWERS[late],
                )
            )  # fmt: skip
        return made

    def _numbers(self, test: MeanTest) -> dict[str, Number]:
        low, high = test.interval(self.confidence)
        why = str(test.reason)
        told: dict[str, Number] = {"gap": float(test.estimate)}
        for name, value in (("low", low), ("high", high), ("p", test.p)):
            told[name] = Reasoned.of(value, (bool(why), why)).at(0)
        return told

    def _row(self, name: str, test: MeanTest, holm: float, steps: tuple[PromiseStep, ...]) -> PromiseGap:
        numbers = self._numbers(test)
        delivered = self.sides["delivered"][name]
        means = {place: self.sides[place][name].mean if place in self.sides else _NOT_GIVEN for place in SIDES}
        sd: Number = delivered.sd if delivered.sd > 0 else _ONE_NUMBER if delivered.values is None else _SAME
        return PromiseGap(
            attribute=name,
            n=delivered.n,
            **means,
            **numbers,
            sd=sd,
            standardised=sd if isinstance(sd, Inapplicable) else float(numbers["gap"]) / sd,
            p_holm=Reasoned.of(holm, (np.isnan(holm), str(test.reason))).at(0),
            **self._failed(name),
            verdict=self._verdict(holm, float(test.estimate)),
            family=_family([step for step in steps if step.attribute == name]),
        )

    def _verdict(self, p: float, gap: float) -> PromiseVerdict:
        if np.isnan(p):
            return PromiseVerdict.UNTESTED
        if p > 1 - self.confidence:
            return PromiseVerdict.OPEN
        return PromiseVerdict.OVERPROMISED if gap < 0 else PromiseVerdict.UNDERPROMISED

    def _failed(self, name: str) -> dict[str, Number]:
        keys = ("failed", "failed_low", "failed_high")
        delivered, promised = self.sides["delivered"][name], self.sides["promised"][name]
        if delivered.values is None or delivered.people is None:
            return dict.fromkeys(keys, _ONE_NUMBER)
        together = self.pairs["delivered"] is not None and self.pairs["delivered"] == self.pairs["promised"]
        if promised.values is not None and not together:
            return dict.fromkeys(keys, _APART)
        held = promised.mean if promised.values is None else promised.values
        apart = (delivered.values - held) * (-1 if name in self.lower else 1)
        found = delivered.people.share(apart < 0, ~np.isnan(apart), self.confidence)
        return dict(zip(keys, Reasoned.of(found).values.tolist(), strict=True))


def _family(steps: list[PromiseStep]) -> PromiseFamily | None:
    """Return what answers the largest shortfall among those that are clear; fixed numbers differ for certain."""
    clear = [step for step in steps if _end(step) < 0]
    return min(clear, key=lambda step: float(step.difference)).family if clear else None


def _end(step: PromiseStep) -> float:
    if not isinstance(step.high, Inapplicable):
        return step.high
    return float(step.difference) if step.high.reason == FIXED else 0.0
