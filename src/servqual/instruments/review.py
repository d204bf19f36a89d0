"""What a careful colleague would ask about an instrument before it goes out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from servqual.errors import Problem
from servqual.instruments.instrument import Instrument


def lint(instrument: Instrument) -> tuple[Problem, ...]:
    """Return what is doubtful in an instrument, although not wrong: an empty tuple when nothing is.

    Looked for are dimensions of one item (their reliability cannot be estimated), dimensions all of whose items are
    worded against the service while others are not (wording and content cannot be told apart), and items that say
    the same words.

    Examples
    --------
    >>> from servqual.instruments import Scale
    >>> for doubt in lint(Instrument.define("short", {"speed": ["wait"]}, scale=Scale.likert(5))):
    ...     print(doubt)
    dimension speed: one item; the reliability of one item cannot be estimated. Hint: ask at least three
    """
    return (*_single_items(instrument), *_unbalanced_keys(instrument), *_same_words(instrument))


def _single_items(instrument: Instrument) -> Iterator[Problem]:
    for dimension in instrument.dimensions:
        if len(dimension) == 1:
            rule = "the reliability of one item cannot be estimated"
            yield Problem(f"dimension {dimension.key}", "one item", rule, "ask at least three")


def _unbalanced_keys(instrument: Instrument) -> Iterator[Problem]:
    shares = {each.key: sum(item.reverse for item in each.items) / len(each) for each in instrument.dimensions}
    if len(set(shares.values())) == 1:
        return
    for key, share in shares.items():
        if share == 1:
            rule = "in other dimensions agreement is praise, so that wording and content cannot be told apart here"
            yield Problem(
                f"dimension {key}", "every item reversed", rule, "mix the wordings, or turn all to the positive"
            )


def _same_words(instrument: Instrument) -> Iterator[Problem]:
    homes: defaultdict[str, list[str]] = defaultdict(list)
    for item in instrument.items:
        homes[" ".join(item.label.en.casefold().split())].append(item.key)
    for words, keys in homes.items():
        if len(keys) > 1:
            yield Problem(f"items {', '.join(keys)}", repr(words), "items that say the same count one answer twice")
