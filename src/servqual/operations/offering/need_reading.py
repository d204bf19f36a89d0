"""`climb_needs`: the rung of a ladder of needs that each customer, and the population, has reached."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from attrs import frozen

from servqual._arrays import Bools
from servqual.errors import BarrierError, Problem, ServqualError
from servqual.labels import Label
from servqual.operations.answer_source import NamedAnswers, Problems, named_answers
from servqual.operations.offering.need_results import NeedRung, NeedsLadder
from servqual.operations.rung_counting import UNKNOWN, Rungs, climbed, reproducibility
from servqual.operations.wanted import is_number, marks_of
from servqual.statistics._arguments import check_confidence
from servqual.statistics.reasoned import Reasoned, columns_of
from servqual.survey import Survey
from servqual.tables import Table
from servqual.telling import Told

# below this the order of the rungs is not that of the customers (Guttman's rule)
_ORDERED = 0.9
_NOBODY = "nobody could be placed"
_NOBODY_HERE = "nobody has all rungs below"
_TITLE = Label("Ladder of needs", "需要阶梯")


def climb_needs(
    source: Any,
    rungs: Sequence[str] | None = None,
    *,
    satisfied: float | Mapping[str, float],
    majority: float = 0.5,
    confidence: float = 0.95,
) -> NeedsLadder:
    """Ladder of needs: the highest rung with all rungs below satisfied, per customer and population.

    A customer is stuck at the first rung, from the most basic, whose score lies below the mark; what is satisfied above
    it does not count. A missing answer matters only where it stands below the first rung that fails.

    Parameters
    ----------
    source
        A survey, such as of `catalogue.airline_needs`, a mapping name → numbers, or a frame; one row for each customer.
    rungs
        Dimensions, items or columns, the most basic first; by default the dimensions of a survey.
    satisfied
        From which score on a need is satisfied: one mark, or one for each rung. There is no default.
    majority
        Share of customers who must stand on a rung for the population to have reached it, from 0 and below 1.
    confidence
        Of all intervals.

    Returns
    -------
    NeedsLadder
        The rung of each customer; shares standing and stuck at each rung with intervals.

    Raises
    ------
    BarrierError
        All problems at once: rungs that are not there or named twice, marks beyond the scale.

    References
    ----------
    Maslow 1943, Psychological Review 50(4):370-396; Guttman 1944, American Sociological Review 9(2):139-150; Wilson
    1927, Journal of the American Statistical Association 22(158):209-212.

    Examples
    --------
    >>> asked = {"safe": [7, 7, 6, 7], "on_time": [6, 2, 6, 3], "wishes": [3, 7, 6, 5]}
    >>> ladder = climb_needs(asked, ["safe", "on_time", "wishes"], satisfied=5)
    >>> ladder.customers.tolist(), ladder.stuck_at, float(ladder["on_time"].stuck)
    ([2, 1, 3, 1], 'on_time', 0.5)
    """
    problems: Problems = []
    try:
        check_confidence(confidence)
    except ServqualError as error:
        problems.extend(error.problems)
    names = _names(source, rungs, problems)
    answers = named_answers(source, names, problems) if names else None
    scale = None if answers is None else answers.scale
    marks = marks_of("satisfied", "rung", names, satisfied, scale=scale, problems=problems)
    if not (is_number(majority) and 0 <= majority < 1):
        problems.append(Problem("majority", repr(majority), "it is a share from 0 and below 1"))
    if problems or answers is None:
        raise BarrierError(*dict.fromkeys(problems))
    climb = climbed(answers.values, np.array(list(marks.values())))
    return _Climb(answers, climb, marks, majority, confidence).result()


def _names(source: Any, rungs: Sequence[str] | None, problems: Problems) -> tuple[str, ...]:
    if rungs is None and isinstance(source, Survey):
        return source.instrument.dimension_keys
    if rungs is None or isinstance(rungs, str) or len(rungs) < 2:
        rule = "a ladder has two rungs or more, the most basic first"
        problems.append(Problem("rungs", repr(rungs), rule, 'rungs=["safe", "on_time", …]'))
        return ()
    twice = [name for name in dict.fromkeys(rungs) if list(rungs).count(name) > 1]
    problems += [Problem("rungs", f"{name!r} twice", "each rung stands on the ladder once") for name in twice]
    return tuple(rungs)


@frozen(eq=False)
class _Climb:
    answers: NamedAnswers
    climb: Rungs
    marks: dict[str, float]
    majority: float
    confidence: float

    @property
    def placed(self) -> Bools:
        return np.asarray(self.climb.held != UNKNOWN)

    def result(self) -> NeedsLadder:
        rows = tuple(self._row(place, name) for place, name in enumerate(self.answers.names))
        ends = [float(row.standing_low) for row in rows]
        standing = [row.rung for row, low in zip(rows, ends, strict=True) if low > self.majority]
        most = max(rows, key=lambda row: -1.0 if np.isnan(float(row.stuck)) else float(row.stuck))
        tally = self.answers.tally(self.climb.held, len(rows) + 1, self.placed)
        mean = float(tally.shares @ np.arange(len(rows) + 1)) if tally.size else float("nan")
        order = reproducibility(self.climb)
        reached = standing[-1] if standing else None
        stuck = most.rung if most.n > 0 else None
        table = Table(columns_of(rows, NeedRung, {"n", "place"}), backend=self.answers.backend)
        told = Told(table, self.answers.labels, _TITLE, self._notes(reached, stuck, order))
        asked = {"satisfied": self.marks, "majority": self.majority, "confidence": self.confidence}
        return NeedsLadder(
            rows=rows, told=told, customers=self.climb.held, reached=reached, stuck_at=stuck, mean_reached=mean,
            order_holds=order, asked=asked,
        )  # fmt: skip

    def _row(self, place: int, name: str) -> NeedRung:
        held, placed, known = self.climb.held, self.placed, self.climb.known[:, place]
        came = np.asarray(placed & (held >= place))
        stuck = np.asarray(held == place)
        alone = self.answers.share(self.climb.holds[:, place], known, self.confidence)[0]
        nobody = (not placed.any(), _NOBODY)
        standing, low, high = (
            Reasoned.of(each, nobody).at(0) for each in self.answers.share(held > place, placed, self.confidence)
        )
        share, share_low, share_high = (
            Reasoned.of(each, nobody).at(0) for each in self.answers.share(stuck, placed, self.confidence)
        )
        of_reached = self.answers.share(stuck, came, self.confidence)[0]
        return NeedRung(
            rung=name,
            place=place + 1,
            satisfied=Reasoned.of(alone, (not known.any(), "nobody answered")).at(0),
            standing=standing,
            standing_low=low,
            standing_high=high,
            n=self.answers.tally(held, len(self.marks) + 1, stuck).size if stuck.any() else 0.0,
            stuck=share,
            stuck_low=share_low,
            stuck_high=share_high,
            of_reached=Reasoned.of(of_reached, nobody, (not came.any(), _NOBODY_HERE)).at(0),
        )

    def _notes(self, reached: str | None, stuck: str | None, order: float) -> list[Label]:
        names = dict(zip(self.answers.names, self.answers.labels, strict=True))
        none = Label("none", "无")
        on, at = names.get(reached or "", none), names.get(stuck or "", none)
        notes = [
            Label(
                f"reached by more than {self.majority:.0%}: {on.en}; most are stuck at: {at.en}",
                f"超过 {self.majority:.0%} 的顾客已达到：{on.zh or on.en}；停留最多的一级：{at.zh or at.en}",
            ),
            Label(f"{self.confidence:.0%} intervals by Wilson", f"{self.confidence:.0%} Wilson 区间"),
        ]
        if order < _ORDERED:
            notes.append(
                Label(
                    f"the order of the rungs is doubtful: reproducibility {order:.2f}, less than {_ORDERED:g}",
                    f"阶梯的次序可疑：再现系数 {order:.2f}，低于 {_ORDERED:g}",
                )
            )
        if open_ := int((~self.placed).sum()):
            notes.append(Label(f"left open by missing answers: {open_}", f"因缺答无法判定：{open_}"))
        return notes
