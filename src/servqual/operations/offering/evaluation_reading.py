"""`evaluation_places`: how hard a service is to evaluate, from what people say about when they can judge it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from servqual._arrays import Floats
from servqual.errors import BarrierError, Problem, ServqualError, did_you_mean
from servqual.labels import Label
from servqual.operations.offering.evaluation_results import EvaluationPlace, EvaluationPlaces
from servqual.operations.offering.evaluation_words import Evaluation, Judgeable, nearest_offering
from servqual.statistics import wilson_interval
from servqual.statistics._arguments import check_confidence
from servqual.statistics.net_scores import adjusted_net_interval
from servqual.statistics.reasoned import columns_of
from servqual.tables import Table
from servqual.telling import Told

_TITLE = Label("How hard the service is to evaluate", "服务的评价难度")
_OVERALL = Label("overall", "总体")
_RULE = "an attribute has three counts: search, experience, credence"


def evaluation_places(
    counts: Mapping[str, Sequence[float] | Mapping[str, float]], *, confidence: float = 0.95
) -> EvaluationPlaces:
    """Search, experience and credence qualities: where attributes lie between easy and hard to evaluate.

    People say of each attribute whether they could judge it before buying (search), only by using it (experience), or
    not even then (credence). ``position = (1 + credence − search) / 2``; its interval is that of the net share, widened
    to the position itself where very few judged. The whole is the mean of the attributes, its interval that of as many
    people as judged them on average.

    Parameters
    ----------
    counts
        Attribute → how many said search, experience, credence, in this order or by name; whole numbers.
    confidence
        Of all intervals.

    Returns
    -------
    EvaluationPlaces
        Positions, the known offering that is about as hard, when and whom to ask, and which attributes customers can
        judge.

    Raises
    ------
    BarrierError
        All problems at once: counts that are negative, not whole, not three, or all zero.

    References
    ----------
    Nelson 1970, Journal of Political Economy 78(2):311-329; Darby & Karni 1973, Journal of Law and Economics
    16(1):67-88; Zeithaml 1981, in Donnelly & George (eds.), Marketing of Services, American Marketing Association,
    186-190; Rocks 2016, The American Statistician 70(4):365-372 (interval of a net share).

    Examples
    --------
    >>> found = evaluation_places({"menu": [30, 8, 2], "taste": [2, 36, 2], "hygiene": [1, 9, 30]})
    >>> found, found.askable
    (<EvaluationPlaces: 0.504, about as hard as haircuts; experience>, ('menu', 'taste'))
    """
    problems: list[Problem | str] = []
    try:
        check_confidence(confidence)
    except ServqualError as error:
        problems.extend(error.problems)
    _check_attributes(counts, problems)
    given = {str(name): _counted(str(name), each, problems) for name, each in counts.items()}
    if problems:
        raise BarrierError(*problems)
    shares = {name: each / each.sum() for name, each in given.items()}
    sizes = [float(each.sum()) for each in given.values()]
    rows = [_place(name, share, n, confidence) for (name, share), n in zip(shares.items(), sizes, strict=True)]
    mean = np.mean(list(shares.values()), axis=0)
    whole = _place("overall", mean, float(np.mean(sizes)), confidence)
    rows.append(whole)
    nearest = nearest_offering(whole.position)
    labels = [*(Label(name.replace("_", " ")) for name in shares), _OVERALL]
    notes = _notes(whole, nearest.label, confidence)
    table = Table(columns_of(rows, EvaluationPlace, {"n"}))
    return EvaluationPlaces(
        rows=tuple(rows), told=Told(table, labels, _TITLE, notes), nearest=nearest, asked={"confidence": confidence}
    )


def _check_attributes(counts: Any, problems: list[Problem | str]) -> None:
    if not isinstance(counts, Mapping) or not counts:
        rule = "it is a mapping attribute → counts, one or more"
        raise BarrierError(*problems, Problem("counts", f"{counts!r:.40}", rule))
    if "overall" in counts:
        problems.append(Problem("counts", "an attribute 'overall'", "the mean of all is called so", "rename it"))


def _counted(name: str, given: Any, problems: list[Problem | str]) -> Floats:
    known = [str(each) for each in Evaluation]
    if isinstance(given, Mapping):
        strays = [key for key in given if key not in known]
        problems += [Problem(f"counts {name}", f"no {key!r}", _RULE, did_you_mean(str(key), known)) for key in strays]
        given = [given.get(key, 0) for key in known]
    try:
        made = np.asarray(given, np.float64)
    except (TypeError, ValueError):
        made = np.zeros(0)
    if made.shape != (3,):
        problems.append(Problem(f"counts {name}", f"{given!r:.40}", _RULE))
    elif not np.isfinite(made).all() or (made < 0).any() or (made != np.rint(made)).any() or not made.sum():
        rule = "counts are whole numbers, zero or more, not all zero"
        problems.append(Problem(f"counts {name}", f"{made.tolist()}", rule))
    return made


def _place(name: str, shares: npt.NDArray[np.floating[Any]], n: float, confidence: float) -> EvaluationPlace:
    search, experience, credence = shares.tolist()
    position = (1 + credence - search) / 2
    ends = [(1 + end) / 2 for end in adjusted_net_interval(shares, n, confidence)]
    low, high = min(ends[0], position), max(ends[1], position)
    able = min(search + experience, 1.0)
    able_low, able_high = wilson_interval(able * n, n, confidence)
    verdict = Judgeable.YES if able_low > 0.5 else Judgeable.NO if able_high < 0.5 else Judgeable.UNCLEAR
    found = nearest_offering(position)
    kinds = {nearest_offering(end).evaluation for end in (low, high)}
    return EvaluationPlace(
        attribute=name, n=n, search=search, experience=experience, credence=credence, position=position, low=low,
        high=high, evaluation=found.evaluation, sure=kinds == {found.evaluation}, nearest=found.key, able=able,
        able_low=able_low, able_high=able_high, judgeable=verdict,
    )  # fmt: skip


def _notes(whole: EvaluationPlace, nearest: Label, confidence: float) -> list[Label]:
    kind = whole.evaluation
    return [
        Label(
            f"about as hard to evaluate as {nearest.en}: {kind.label.en} prevail",
            f"评价难度约与{nearest.zh}相当：以{kind.label.zh}为主",
        ),
        Label(f"ask {kind.when.en}", f"何时问：{kind.when.zh}"),
        Label(f"ask {kind.whom.en}", f"问谁：{kind.whom.zh}"),
        Label(
            f"{confidence:.0%} intervals; known offerings are evenly spaced by convention",
            f"{confidence:.0%} 区间；参照服务按等距排列，属约定",
        ),
    ]
