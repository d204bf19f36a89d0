"""Words: what may be asked, of which level, on which scale."""

from servqual.instruments.forms import questionnaire, template
from servqual.instruments.instrument import Instrument
from servqual.instruments.items import Dimension, Item
from servqual.instruments.levels import Level, as_standard
from servqual.instruments.review import lint
from servqual.instruments.scale import Anchor, Scale

__all__ = [
    "Anchor",
    "Dimension",
    "Instrument",
    "Item",
    "Level",
    "Scale",
    "as_standard",
    "lint",
    "questionnaire",
    "template",
]
