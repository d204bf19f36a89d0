"""Scales and instruments made by Hypothesis."""

from hypothesis import settings, strategies as st

from servqual.instruments import Anchor, Dimension, Instrument, Item, Level, Scale
from servqual.labels import Label

few = settings(max_examples=40)
texts = st.text(min_size=1, max_size=12).filter(str.strip)
keys = st.text("abcxyz_09", min_size=1, max_size=8)
labels = st.builds(Label, texts, st.text(max_size=8))


@st.composite
def whole_scales(draw: st.DrawFn) -> Scale:
    """Scales of whole numbers, some with words at a point."""
    low, steps, step = draw(st.integers(-100, 100)), draw(st.integers(1, 100)), draw(st.integers(1, 5))
    points = st.integers(0, steps).map(lambda number: low + step * number)
    anchors = draw(st.lists(st.builds(Anchor, points, labels), max_size=3))
    return Scale(low, low + steps * step, step, anchors)


@st.composite
def real_scales(draw: st.DrawFn) -> Scale:
    """Real-valued scales."""
    low = draw(st.floats(-1e3, 1e3))
    return Scale(low, low + draw(st.floats(0.01, 1e3)), step=None)


scales = whole_scales() | real_scales()


@st.composite
def instruments(draw: st.DrawFn) -> Instrument:
    """Instruments of up to four dimensions, whose items all have keys of their own."""
    names = draw(st.lists(keys, min_size=1, max_size=4, unique=True))
    items = [
        [draw(st.builds(Item, st.just(f"{name}{n}"), labels, st.booleans())) for n in range(draw(st.integers(1, 4)))]
        for name in (f"{position}_{name}." for position, name in enumerate(names))
    ]
    dimensions = [Dimension(name, each, draw(labels)) for name, each in zip(names, items, strict=True)]
    levels = draw(st.lists(st.sampled_from(Level), min_size=1, unique=True))
    return Instrument(draw(texts), dimensions, draw(scales), levels, draw(labels), draw(st.text(max_size=20)))
