"""Scales and instruments, drawn at random."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from hypothesis import strategies as st

from servqual.instruments import Dimension, Instrument, Item, Level, Scale

T = TypeVar("T")

COMMON = (
    Scale.likert(7),
    Scale.likert(5),
    Scale.likert(9),
    Scale.zero_to_ten(),
    Scale.encounter(),
    Scale.yes_no(),
)
_NAMES = "abcdefgh"


def scales(*, whole: bool = False) -> st.SearchStrategy[Scale]:
    """Scales: the common ones, whole-number ones from −200 to some hundreds, finer steps, and real-valued ones.

    Parameters
    ----------
    whole
        Whether to leave out those whose answers are not whole numbers.

    Returns
    -------
    SearchStrategy
        Shrinks to 1..7.

    Examples
    --------
    >>> from hypothesis import find
    >>> print(find(scales(), lambda scale: scale.span > 1))
    1..7
    """
    kinds = [st.sampled_from(COMMON), _whole_scales()]
    return st.one_of(kinds if whole else [*kinds, _fine_scales(), _real_scales()])


@st.composite
def _whole_scales(draw: st.DrawFn) -> Scale:
    low, step = draw(st.integers(-200, 200)), draw(st.integers(1, 3))
    return Scale(low, low + step * draw(st.integers(1, 200)), step)


@st.composite
def _fine_scales(draw: st.DrawFn) -> Scale:
    low, step = draw(st.integers(-5, 5)), draw(st.sampled_from([0.5, 0.25, 0.1]))
    return Scale(low, low + step * draw(st.integers(1, 20)), step)


@st.composite
def _real_scales(draw: st.DrawFn) -> Scale:
    low = draw(st.integers(-100, 100)) / 8
    return Scale(low, low + draw(st.integers(1, 800)) / 8, step=None)


@st.composite
def instruments(
    draw: st.DrawFn,
    scale: Scale | st.SearchStrategy[Scale] | None = None,
    levels: Iterable[Level | str] | None = None,
    *,
    max_dimensions: int = 4,
    max_items: int = 4,
    reverse: bool = True,
) -> Instrument:
    """Instruments of a few dimensions, named a, b, c …, with items a1, a2, b1 ….

    Parameters
    ----------
    scale
        Their scale, or where it is drawn from; any of `scales` without it.
    levels
        What they ask of each item; without it, one to four levels.
    max_dimensions, max_items
        At most so many dimensions (eight or fewer), of at most so many items each.
    reverse
        Whether some items may be worded against the service.

    Returns
    -------
    SearchStrategy
        Shrinks to one dimension of one item.
    """
    turned = st.booleans() if reverse else st.just(value=False)
    # one list for each dimension, which also says its length, so that whole dimensions and items can be dropped
    items = st.lists(turned, min_size=1, max_size=max_items)
    drawn = draw(st.lists(items, min_size=1, max_size=min(max_dimensions, len(_NAMES))))
    dimensions = [
        Dimension(name, [Item(f"{name}{number}", reverse=each) for number, each in enumerate(flags, start=1)])
        for name, flags in zip(_NAMES, drawn, strict=False)
    ]
    asked = draw(_some_levels()) if levels is None else levels
    return Instrument("drawn", dimensions, given_or_drawn(draw, scale, scales()), asked)


def _some_levels() -> st.SearchStrategy[list[Level]]:
    return st.lists(st.sampled_from(Level), min_size=1, max_size=4, unique=True)


def given_or_drawn(draw: st.DrawFn, given: T | st.SearchStrategy[T] | None, default: st.SearchStrategy[T]) -> T:
    """Return what was given, or what a strategy draws: the given one, or the default where nothing was given."""
    if given is None:
        return draw(default)
    return draw(given) if isinstance(given, st.SearchStrategy) else given
