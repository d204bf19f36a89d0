"""Chains drawn at random for properties."""

from hypothesis import strategies as st

from servqual.chain.forms import Form, Linear, Log, Piecewise
from servqual.chain.graph import Chain
from servqual.chain.link import Link

NUMBERS = st.floats(-50, 50).map(lambda number: round(number, 3) + 0.0)


def knots() -> st.SearchStrategy[tuple[float, ...]]:
    return st.lists(NUMBERS, max_size=4, unique=True).map(lambda found: tuple(sorted(found)))


def forms() -> st.SearchStrategy[Form]:
    return st.one_of(st.just(Linear()), st.just(Log()), knots().map(Piecewise))


@st.composite
def chains(draw: st.DrawFn, *, lagged: bool = True, size: int = 6) -> Chain:
    """A chain of up to six constructs: forward links with any lag, backward ones with one or two periods."""
    names = draw(st.permutations("abcdef"[:size]))
    place, wait = st.integers(0, size - 1), st.integers(0, 2 if lagged else 0)
    links = []
    for first, second, lag in draw(st.lists(st.tuples(place, place, wait), min_size=1, max_size=9, unique=True)):
        if first < second or lag:
            links.append(Link(names[first], names[second], lag, draw(forms())))
    return Chain(links or [Link(names[0], names[1])])
