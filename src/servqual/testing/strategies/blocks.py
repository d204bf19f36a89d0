"""Blocks of answers as a scoring model sees them, drawn at random."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise

from hypothesis import strategies as st

from servqual._arrays import Floats, Ints, freeze
from servqual.answers import Answers
from servqual.instruments import Level, Scale
from servqual.ratings import Over
from servqual.scoring.protocol import ScoringModel, reads_importance
from servqual.testing.strategies.bits import chunks, points, ratings, stacked
from servqual.testing.strategies.words import given_or_drawn, scales

_LENGTHS = st.lists(st.integers(1, 3), min_size=1, max_size=3)


@st.composite
def answers(
    draw: st.DrawFn,
    model: ScoringModel | None = None,
    *,
    levels: Iterable[Level | str] | None = None,
    scale: Scale | st.SearchStrategy[Scale] | None = None,
    dimensions: Sequence[int] | st.SearchStrategy[Sequence[int]] | None = None,
    importance: Over | str | None = None,
    missing: bool = True,
    max_rows: int = 6,
) -> Answers:
    """Blocks of `Answers` that suit a model: the levels it reads, and importance where it needs it.

    Parameters
    ----------
    model
        The model; without it, name the levels.
    levels
        Which levels there are, in place of those that the model reads.
    scale
        Their scale, or where it is drawn from; any of `scales` without it.
    dimensions
        How many items each dimension has, or where that is drawn from.
    importance
        What importance is spread over; without it, either where the model reads importance, else there is none.
    missing
        Whether there may be gaps: then half of the blocks have some, about one answer in eight.
    max_rows
        At most so many respondents.

    Returns
    -------
    SearchStrategy
        Read-only blocks, laid out as the engine hands them to models; they shrink to one respondent without gaps at
        the low end of the scale.

    Examples
    --------
    >>> from hypothesis import find
    >>> block = find(answers(levels=["perception"], scale=Scale.likert(5)), lambda block: block.rows > 1)
    >>> block[Level.PERCEPTION].tolist()
    [[1.0], [1.0]]
    """
    asked = sorted(model.reads) if levels is None and model is not None else [Level(each) for each in levels or ()]
    on = given_or_drawn(draw, scale, scales())
    slices = slices_of(given_or_drawn(draw, dimensions, _LENGTHS))
    over = _over(draw, model, importance)
    items = slices[-1].stop
    width = {None: 0, Over.ITEMS: items, Over.DIMENSIONS: len(slices)}[over]
    cells = items * len(asked) + width
    raw = stacked(draw(st.lists(chunks(cells), min_size=1, max_size=max_rows)), cells)
    gaps = missing and draw(st.booleans())
    parts = {level: raw[:, number * items : (number + 1) * items] for number, level in enumerate(asked)}
    matrices = {level: laid_out(ratings(part, on, gaps=gaps)) for level, part in parts.items()}
    return Answers(matrices, on, slices, _importance(raw[:, items * len(asked) :], over, gaps=gaps), over)


def slices_of(lengths: Sequence[int]) -> tuple[slice, ...]:
    """Return where the items of each dimension stand, from how many items each has."""
    return tuple(slice(start, stop) for start, stop in pairwise(accumulate(lengths, initial=0)))


def laid_out(values: Floats) -> Floats:
    """Return a read-only copy (rows, items) in which the answers to one item lie side by side, as in storage."""
    return freeze(values.T.copy()).T


def _over(draw: st.DrawFn, model: ScoringModel | None, importance: Over | str | None) -> Over | None:
    if importance is not None:
        return Over(importance)
    return draw(st.sampled_from(Over)) if model is not None and reads_importance(model) else None


def _importance(raw: Ints, over: Over | None, *, gaps: bool) -> Floats | None:
    if over is None:
        return None
    return freeze(points(raw, gaps=gaps) if over is Over.DIMENSIONS else ratings(raw, _RATED, gaps=gaps))


_RATED = Scale.zero_to_ten()
