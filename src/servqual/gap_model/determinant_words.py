"""What desired, adequate and predicted service, and the zone between, come from; and which way each works."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from servqual.gap_model.influence_words import Direction
from servqual.instruments import Level
from servqual.labels import Label


class ExpectationPart(StrEnum):
    """What of expectations is explained.

    DESIRED
        What customers wish for.
    PREDICTED
        What they think will happen.
    ADEQUATE
        What they will put up with.
    WIDTH
        The zone of tolerance: desired − adequate.
    """

    DESIRED = "desired"
    PREDICTED = "predicted"
    ADEQUATE = "adequate"
    WIDTH = "width"

    @property
    def label(self) -> Label:
        """The name in English and Chinese."""
        return _WIDTH if self is ExpectationPart.WIDTH else Level(self.value).label

    @property
    def determinants(self) -> Mapping[str, Direction]:
        """Determinant → which way it works on this part; keys of both instruments of the catalogue."""
        return _SIGNS[self]


_WIDTH = Label("width of the zone", "容忍区域的宽度")
_UP, _DOWN = Direction.RAISES, Direction.LOWERS
_SHARED = dict.fromkeys(
    (
        "explicit_promises",
        "implicit_promises",
        "promises",
        "word_of_mouth",
        "past_experience",
        "experience",
        "image",
    ),
    _UP,
)
# Predicted service, a level itself, is a determinant of what is adequate.
_SIGNS: Mapping[ExpectationPart, Mapping[str, Direction]] = {
    ExpectationPart.DESIRED: {"enduring": _UP, "needs": _UP, **_SHARED},
    ExpectationPart.PREDICTED: _SHARED,
    ExpectationPart.ADEQUATE: {
        "transitory": _UP,
        "alternatives": _UP,
        "role": _UP,
        "situation": _DOWN,
        "predicted": _UP,
    },
    ExpectationPart.WIDTH: {"transitory": _DOWN, "alternatives": _DOWN, "situation": _UP, "predicted": _DOWN},
}
