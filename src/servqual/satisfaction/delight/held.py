"""What a Kano study holds, feature by feature."""

from __future__ import annotations

from typing import Any

from servqual._arrays import AnyArray
from servqual.instruments import Instrument
from servqual.labels import Language
from servqual.satisfaction.delight.intake import NO_ANSWER, NO_DYSFUNCTIONAL, NO_FUNCTIONAL

_ABSENT = {"no_functional": NO_FUNCTIONAL, "no_dysfunctional": NO_DYSFUNCTIONAL, "no_answer": NO_ANSWER}


def held_columns(
    instrument: Instrument, pairs: AnyArray | None, counts: AnyArray | None, language: Language | str | None
) -> dict[str, Any]:
    """Return how many pairs of answers to each feature are whole, and what is missing of the others."""
    columns: dict[str, Any] = {"feature": instrument.item_keys}
    if language is not None:
        columns["label"] = [item.label.text(language) for item in instrument.items]
    if pairs is None:
        return columns | {"answers": [] if counts is None else counts.sum(axis=1).tolist()}
    columns["pairs"] = (pairs >= 0).sum(axis=1).tolist()
    return columns | {name: (pairs == code).sum(axis=1).tolist() for name, code in _ABSENT.items()}
