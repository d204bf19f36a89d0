"""Responses after service, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from servqual.labels import Label

RESPONSES: Mapping[str, Label] = {
    "give_up": Label("give up", "放弃"),
    "accept": Label("accept", "接受"),
    "experience_again": Label("experience again", "再次体验"),
    "complaint": Label("complaint", "投诉"),
    "criticism": Label("criticism", "批评"),
    "suggestion": Label("suggestion", "建议"),
    "affirmation": Label("affirmation", "肯定"),
    "praise": Label("praise", "表扬"),
}
MOVES_TITLE = Label("Responses after service: moves from one period to the next", "服务后反应：各期之间的转移")
ABSORPTION_TITLE = Label("Expected periods until the end, and where it is", "到达终态的期望期数与终态概率")
FORECAST_TITLE = Label("Forecast of responses", "反应的预测")
STEADY_TITLE = Label("Steady state of responses", "反应的稳态")
GIVEN = "probabilities were given without counts, so that their error is not known"
UNSEEN = "nobody was seen leaving this state or staying in it"


def labels_of(states: Sequence[str]) -> list[Label]:
    """Return what states are called."""
    return [RESPONSES.get(state, Label(state.replace("_", " "))) for state in states]
