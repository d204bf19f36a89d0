"""Laws about what scores do not depend on: other respondents, and order."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from servqual._arrays import Ints
from servqual.answers import Answers
from servqual.scoring.protocol import ScoringModel
from servqual.testing.laws.trials import everything, must_agree, of_items, of_rows, rounding, scored

# Swapping the first two and moving everything on by one generate all orders: what leaves a model's scores alone on
# every block in these two leaves them alone in any.


def nobody_depends_on_the_others(model: ScoringModel, answers: Answers) -> None:
    """A respondent gets the same scores and weights alone, in any part of a block, and in all of it."""
    whole, within = everything(model, answers), rounding(answers)
    for rows in _parts(answers.rows):
        part = everything(model, of_rows(answers, rows))
        who = "alone" if len(rows) == 1 else f"in rows {rows[0]} to {rows[-1]}"
        for name, values in whole.items():
            must_agree(f"{name} of row {rows[0]} {who}", part[name], values[rows], "in the whole block", within=within)


def _parts(rows: int) -> Iterator[Ints]:
    everybody = np.arange(rows)
    yield from np.split(everybody, rows)
    for middle in range(2, rows):
        yield everybody[:middle]
        yield everybody[middle - 1 :]


def order_of_respondents_is_irrelevant(model: ScoringModel, answers: Answers) -> None:
    """Respondents in another order keep their scores."""
    scores = scored(model, answers)
    for order in _orders(answers.rows):
        found = scored(model, of_rows(answers, order))
        when = "in the first order of respondents"
        must_agree("a score", found, scores[order], when, within=rounding(answers))


def order_of_items_is_irrelevant(model: ScoringModel, answers: Answers) -> None:
    """Items in another order within their dimensions, and dimensions in another order, keep their scores."""
    scores = scored(model, answers)
    for items, dimensions in _orders_of_items(answers):
        found = scored(model, of_items(answers, items, dimensions))
        must_agree("a score", found, scores[:, items], "in the first order of items", within=rounding(answers))


def _orders_of_items(answers: Answers) -> Iterator[tuple[Ints, list[int]]]:
    parts = [np.arange(part.start, part.stop) for part in answers.slices]
    unmoved = list(range(len(parts)))
    for which in range(2):
        yield np.concatenate([part[_orders(len(part))[which]] for part in parts]), unmoved
    for order in _orders(len(parts)):
        yield np.concatenate([parts[each] for each in order]), order.tolist()


def _orders(count: int) -> tuple[Ints, Ints]:
    swapped = np.arange(count)
    swapped[:2] = swapped[:2][::-1].copy()
    return swapped, np.roll(np.arange(count), 1)
