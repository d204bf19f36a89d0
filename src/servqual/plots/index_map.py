"""`index_model`: the constructs of an index as boxes, its paths as arrows with their coefficients."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from servqual.chain.graph import Chain
from servqual.chain.link import Link
from servqual.errors import PlotError, Problem
from servqual.labels import Label, Language
from servqual.plots.arrow_lines import kinds_of
from servqual.plots.arrows import Arrow
from servqual.plots.board import Board
from servqual.plots.chain_map import ABOVE, BESIDE, PathPicture
from servqual.plots.chain_words import Words
from servqual.plots.fonts import voiced
from servqual.plots.wording import wrapped
from servqual.satisfaction.indices.quantities import QuantityKind
from servqual.satisfaction.indices.results import IndexFit
from servqual.satisfaction.indices.spread import IndexBootstrap
from servqual.statistics import Inapplicable

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# In letters: how wide the label of a construct may be before it breaks.
_WIDEST = 13


def index_model(
    source: IndexFit | IndexBootstrap, *, ax: Axes | None = None, language: Language | str = Language.ENGLISH
) -> Axes:
    """A path diagram of a satisfaction index: constructs as boxes with R² and index, paths as arrows.

    Each arrow bears its standardised coefficient. Its colour shows the sign; it is the wider the larger the coefficient
    is, and of a bootstrap dashed where the interval covers zero. The numbers are those of ``fit.to_table()`` and
    ``fit.constructs()``.

    Parameters
    ----------
    source
        What `fit_index` returned, or `bootstrap_index`.
    ax
        Where to draw; without it, a new figure, as large as the model needs.
    language
        Of the labels: "en" or "zh".

    Returns
    -------
    matplotlib.axes.Axes
        To be changed further; nothing outside it is, and nothing is shown.

    Raises
    ------
    PlotError
        A source that is neither.
    MissingExtraError
        When matplotlib is not installed.

    Warns
    -----
    MissingFontWarning
        When a text is Chinese and no font with Chinese characters is installed; labels are then in English.

    References
    ----------
    Tenenhaus, Esposito Vinzi, Chatelin & Lauro 2005, Computational Statistics & Data Analysis 48(1):159-205.
    """
    if not isinstance(source, IndexFit | IndexBootstrap):
        rule, remedy = "it is drawn from an IndexFit or an IndexBootstrap", "pass what fit_index(…) returned"
        raise PlotError(Problem("source", f"a {type(source).__name__}", rule, remedy))
    fit = source if isinstance(source, IndexFit) else source.fit
    keys = {name: f"c{place}" for place, name in enumerate(fit.model.names)}
    # names of constructs may hold signs that those of a chain may not
    drawn = Chain([Link(keys[one], keys[two]) for one, two in fit.model.paths])
    arrows = [_arrow(source, link, path) for link, path in zip(drawn.links, fit.model.paths, strict=True)]
    words, voice = voiced(language, lambda tongue: _words(source, fit, keys, arrows, tongue))
    picture = PathPicture.of(drawn, arrows, words)
    board = Board.of(ax, voice, (picture.size[0] + BESIDE, picture.size[1] + ABOVE))
    picture.draw(board)
    return board.ax


def _arrow(source: IndexFit | IndexBootstrap, link: Link, path: tuple[str, str]) -> Arrow:
    if isinstance(source, IndexFit):
        slope, clear = source.path(*path), True
    else:
        spread = source.of(QuantityKind.PATH, *path)
        slope, clear = float(spread.estimate), spread.clear is not False
    return Arrow(link, (slope,), slope, clear)


def _words(
    source: IndexFit | IndexBootstrap, fit: IndexFit, keys: dict[str, str], arrows: Sequence[Arrow], language: Language
) -> Words:
    """Return all words on an index model in one language, by the keys of its constructs."""
    boxes = {key: "\n".join(_lines(fit, name, language)) for name, key in keys.items()}
    confidence = 0.95 if isinstance(source, IndexFit) else source.confidence
    kinds = {kind: label.text(language) for kind, label in kinds_of(arrows, confidence).items()}
    written = tuple(arrow.words(language, decimals=True) for arrow in arrows)
    return Words(boxes, written, kinds, _note(source, fit).text(language))


def _lines(fit: IndexFit, name: str, language: Language) -> list[str]:
    """Return what stands in a box: the name, the index, and R² where something leads to it."""
    place, index = fit.model.place(name), fit.index(name)
    lines = [wrapped(fit.model.label(name).text(language), _WIDEST)]
    lines += [] if isinstance(index, Inapplicable) else [f"{index:.1f}"]
    square = float(fit.estimates.r2[place])
    return lines if np.isnan(square) else [*lines, f"R² {square:.2f}"]


def _note(source: IndexFit | IndexBootstrap, fit: IndexFit) -> Label:
    """Return what stands below the model."""
    shown = [Label("standardised path coefficients", "标准化路径系数")]
    shown += [Label("indices from 0 to 100", "0–100 指数")] if fit.ends is not None else []
    english, chinese = ", ".join(each.en for each in shown), "、".join(each.zh for each in shown)
    rows = [Label(f"{fit.rows.n:g} respondents", f"{fit.rows.n:g}名受访者")]
    rows += (
        [Label(f"{source.draws} resamples", f"重抽样{source.draws}次")] if isinstance(source, IndexBootstrap) else []
    )
    return Label(
        f"{english}, R²; {'; '.join(each.en for each in rows)}", f"{chinese}、R²；{'；'.join(each.zh for each in rows)}"
    )
