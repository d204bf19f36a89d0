"""Why there is nothing in a place of a page: what an error says, in the language of the page."""

from __future__ import annotations

from collections.abc import Mapping

from servqual.errors import Problem, ServqualError
from servqual.labels import Language
from servqual.quality.reasons import filled

# What readings and plots refuse on a survey that could be read: what was found, and the rule.
REFUSALS: Mapping[str, str] = {
    "levels from different people; a row holds the answers of one person": (
        "各层次由不同的人回答，而标记针对同一个人的全部回答；请在合并之前分别查看各调查"
    ),
    "no complete triple; somebody answered {} of the same item": (
        "没有一个题项由同一个人同时给出了容忍区域所需的三个层次的回答"
    ),
    "{} of {} zones crossed ({}); the adequate level does not lie above the desired one": (
        "{1}个区域中有{0}个交叉（{2}），即适当水平高于渴望水平；请更正或删去这些回答，或在读入调查时以inverted_ok=True表示同意"
    ),
    "no counts of {}; counts are kept for {}": "连续量表的回答没有频数",
    "{} points; bars are stacked of at most {} points": "量表有{0}个点，条形图至多叠放{1}个点",
    "neither of these is there; the mean answer is formed from counts per scale point, or from cross-products of "
    "paired answers": "连续量表的回答没有频数，各层次又来自不同的人，因此没有平均回答",
}


def because(error: ServqualError, language: Language) -> str:
    """Return what an error says in a line; what there are no Chinese words for stands in English, and is announced."""
    if language is not Language.CHINESE:
        return " ".join(str(error).split())
    return "；".join(_chinese(problem) for problem in error.problems)


def _chinese(problem: Problem | str) -> str:
    told = f"{problem.found}; {problem.rule}" if isinstance(problem, Problem) else str(problem)
    return filled(told, REFUSALS) or f"（英文原文）{' '.join(str(problem).split())}"
