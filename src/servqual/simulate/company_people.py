"""Answers of the people of each branch and quarter, around the true scores of their branch."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from attrs import frozen

from servqual._arrays import AnyArray, Floats, Ints
from servqual.simulate.company_plan import HIGH, LOW, CompanyPlan
from servqual.simulate.company_wishes import PlannedConstruct


@frozen(eq=False)
class Crowd:
    """People of one source: the cell of each (branch · quarters + quarter), and columns of their answers."""

    cell: Ints
    columns: dict[str, AnyArray]


def item_names(construct: str, items: int) -> tuple[str, ...]:
    """Return the columns of a construct that is asked in items."""
    return tuple(f"{construct}_{place}" for place in range(1, items + 1))


def crowd(plan: CompanyPlan, source: str, scores: Mapping[str, Floats], rng: np.random.Generator) -> Crowd:
    """Return the people of one source and what they answer.

    An answer is ``m + B T + W w + E e``: mean, true score of the branch in the quarter, deviation of the person and of
    the item, with ``W² + E² / k = within²`` and ``W² = alpha · within²`` for ``k`` items. Deviations ``w`` of one
    person on two constructs correlate by `common_method`.
    """
    low, high = dict(plan.sizes)[source]
    cells = plan.branches * plan.quarters
    sizes = rng.integers(low, high, cells, endpoint=True)
    cell = np.repeat(np.arange(cells), sizes)
    constructs = plan.of(source)
    shared = rng.standard_normal(cell.size)
    own = rng.standard_normal((len(constructs), cell.size))
    persons = plan.common_method**0.5 * shared + (1 - plan.common_method) ** 0.5 * own
    columns: dict[str, AnyArray] = {}
    for construct, person in zip(constructs, persons, strict=True):
        true = construct.mean + construct.between * scores[construct.name].ravel()[cell]
        answers = _answers(plan, construct, true, person, rng)
        columns |= zip(item_names(construct.name, plan.items), answers, strict=True)
    return Crowd(cell, columns)


def _answers(
    plan: CompanyPlan, construct: PlannedConstruct, true: Floats, person: Floats, rng: np.random.Generator
) -> AnyArray:
    """Return the answers to the items of one construct, shape (items, people)."""
    alpha = plan.alpha if plan.items > 1 else 1.0
    error = construct.within * ((1 - alpha) * plan.items) ** 0.5
    noise = rng.standard_normal((plan.items, person.size))
    answers: AnyArray = true + construct.within * alpha**0.5 * person + error * noise
    if plan.likert:
        answers = np.clip(np.rint(answers), LOW, HIGH)
    if plan.missing:
        answers[rng.random(answers.shape) < plan.missing] = np.nan
        return answers
    return answers.astype(np.int64) if plan.likert else answers
