"""Pictures for a page: drawn on figures that belong to nobody, and handed on as text."""

from __future__ import annotations

import warnings
from base64 import b64encode
from collections.abc import Callable
from io import BytesIO
from typing import Any

from servqual._frames.door import needed
from servqual.errors import MissingExtraError
from servqual.plots.fonts import EXTRA

# Draws on the Axes that it is given, as all plots do.
Drawing = Callable[[Any], object]

WIDTH = 5.9
# The same survey makes the same bytes: names inside a picture follow from what it shows, and it bears no date.
_ALWAYS_ALIKE: Any = {"svg.hashsalt": "servqual", "svg.fonttype": "path"}
_UNDATED = {"Date": None, "Creator": None}


def can_draw() -> bool:
    """Return whether matplotlib is installed."""
    try:
        needed("matplotlib", EXTRA)
    except MissingExtraError:
        return False
    return True


def drawn(draw: Drawing, height: float) -> str:
    """Return what is drawn on Axes of this height, in inches, as the address of an image that holds itself (SVG)."""
    needed("matplotlib", EXTRA)
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH, height), layout="constrained")
    axes = figure.add_subplot()
    draw(axes)
    axes.set_title("", loc="left")  # the page has titles of its own
    picture = BytesIO()
    with rc_context(_ALWAYS_ALIKE), warnings.catch_warnings():
        # pictures of many rows are as tight as they are; nobody can act on the engine's complaint
        warnings.filterwarnings("ignore", message="constrained_layout not applied", category=UserWarning)
        figure.savefig(picture, format="svg", metadata=_UNDATED)
    return f"data:image/svg+xml;base64,{b64encode(picture.getvalue()).decode('ascii')}"
