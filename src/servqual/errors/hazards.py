"""What to beware of: one warning a hazard, its docstring telling when it occurs and how to consent."""

from __future__ import annotations


class ServqualWarning(UserWarning):
    """The root of every warning; each hazard has a class of its own, so that each can be silenced alone."""


class ColumnPositionWarning(ServqualWarning):
    """A pattern that counts items by ``{n}`` stops before the numbered columns of the data do.

    Occurs when columns are named by their position, as in ``perception="P{n:02d}"``, the instrument has 22 items, and
    the data have a column ``P23`` too. Where items were dropped or regrouped, ``{n}`` counts those that are left, and
    reads the columns of other items. Name the columns by the items' keys, as in ``"P{key}"``. Consent to the positions
    by passing the names as a list in the order of the items.
    """


class CrossedZonesWarning(ServqualWarning):
    """Some zones of tolerance are crossed: adequate above desired.

    Occurs when crossed zones are admitted by consent (``inverted_ok=True``). Mend the answers, or leave those
    respondents out. The positions and standings of crossed zones are undefined and come back as missing.
    """


class OffScaleWarning(ServqualWarning):
    """A scenario carries a construct beyond its scale.

    Occurs when the projected mean of a construct lies outside the scale that its units were measured on; a straight
    line does not know where a scale ends. Make the change smaller, choose a form that saturates, or clip on purpose
    with ``clip=True``. Consent with ``off_scale_ok=True``.
    """


class MissingFontWarning(ServqualWarning):
    """A plot has Chinese text, and no font with Chinese characters is installed.

    Labels of the library are then drawn in English, Chinese names of groups as placeholders. Install such a font (Noto
    Sans CJK SC is free) or register a font file with ``matplotlib.font_manager.fontManager.addfont``; consent to
    English labels with ``language="en"``.
    """
