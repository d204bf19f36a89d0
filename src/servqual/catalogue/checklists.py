"""How checklists of behaviour are made: done or not, or graded; what must not happen is scored against."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from servqual.instruments import Anchor, Instrument, Level, Scale
from servqual.labels import Label

Steps = Mapping[str, tuple[Label, Sequence[Label]]]

_GRADES = (
    Anchor(0, Label("not done", "没有做到")),
    Anchor(1, Label("partly done", "部分做到")),
    Anchor(2, Label("fully done", "完全做到")),
)


def checklist(
    name: str, label: Label, steps: Steps, source: str, recalled: str, *, graded: bool, against: Collection[str] = ()
) -> Instrument:
    """Return a checklist: step → its name and its criteria; all items of the steps in `against` are reversed."""
    reverse = [f"{step}_{place}" for step in against for place in range(1, len(steps[step][1]) + 1)]
    return Instrument.define(
        name,
        {step: criteria for step, (_, criteria) in steps.items()},
        scale=Scale(0, 2, anchors=_GRADES) if graded else Scale.yes_no(),
        levels=(Level.PERCEPTION,),
        label=label,
        labels={step: words for step, (words, _) in steps.items()},
        reverse=reverse,
        citation=source,
        status=f"Nothing is verified in a source. Recalled: {recalled} (sure). Items, their number and their words are "
        "our own; there are no norms.",
    )
