"""What people hold in their hands: the printable questionnaire and the empty data template of an instrument."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping

from servqual.errors import InstrumentError, LevelError, Problem, did_you_mean
from servqual.instruments.instrument import Instrument
from servqual.instruments.levels import Level
from servqual.labels import Label, Language

PATTERN = "{level}_{key}"
_PLACES = "{key} is the item's key, {n} its position, {level} the level"

_ASKS = {
    Level.PERCEPTION: Label("what you experienced here", "您在这里的实际感受"),
    Level.EXPECTATION: Label("what you expect of an excellent provider", "您对优秀服务者的期望"),
    Level.IDEAL: Label("the best service you can think of", "您心目中的理想服务"),
    Level.NORMATIVE: Label("what a provider owes its customers", "服务者应该做到的"),
    Level.DESIRED: Label("the level you would like to get", "您希望得到的水平"),
    Level.USUAL: Label("what you are used to elsewhere", "您平时在别处得到的水平"),
    Level.PREDICTED: Label("what you think you will get here next time", "您预计下次在这里得到的水平"),
    Level.ACCEPTABLE: Label("what would be acceptable to you", "您可以接受的水平"),
    Level.ADEQUATE: Label("the lowest level that would still do for you", "您认为够用的最低水平"),
    Level.MINIMUM: Label("the lowest level you would put up with", "您还能忍受的最低水平"),
    Level.DISCONFIRMATION: Label("how it was, compared with what you expected", "与您的期望相比"),
}
_ANSWER_ON = Label("Answer every statement on the scale", "请按以下量表回答每一条")


def questionnaire(instrument: Instrument, language: Language | str = Language.ENGLISH) -> str:
    """Return a printable questionnaire in Markdown: one part per level, one line per item, the scale to tick.

    Expectations are asked before perceptions, as in the literature of the instruments, so that what was found does not
    colour what is expected; ``questionnaire(instrument.asking("perception"))`` is one part alone.

    Examples
    --------
    >>> from servqual.instruments import Scale
    >>> short = Instrument.define("short", {"speed": {"wait": "the wait is short"}}, scale=Scale.likert(5),
    ...                           levels=[Level.PERCEPTION])
    >>> print(questionnaire(short).splitlines()[-1])
    | 1 | the wait is short | ☐ 1 ☐ 2 ☐ 3 ☐ 4 ☐ 5 |
    """
    tongue = Language(language)
    title = " ".join(instrument.label.text(tongue).split())
    head = f"# {title}\n\n{_ANSWER_ON.text(tongue)} {_scale_words(instrument, tongue)}"
    asked = sorted(instrument.levels, key=lambda level: not level.is_expectation)
    return "\n".join([head, *(line for level in asked for line in _part(instrument, level, tongue))])


def _scale_words(instrument: Instrument, tongue: Language) -> str:
    scale = instrument.scale
    words = ", ".join(f"{anchor.value:g} = {anchor.label.text(tongue)}" for anchor in scale.anchors)
    return f"{scale}" + (f" ({words})." if words else ".")


def _part(instrument: Instrument, level: Level, tongue: Language) -> Iterator[str]:
    yield f"\n## {_ASKS[level].text(tongue)}\n"
    yield "| | | |\n|---|---|---|"
    scale = instrument.scale
    boxes = "______" if scale.step is None else " ".join(f"☐ {point:g}" for point in scale.points)
    for number, item in enumerate(instrument.items, start=1):
        yield f"| {number} | {_cell(item.label.text(tongue))} | {boxes} |"


def _cell(text: str) -> str:
    # A bar or a line break would end the cell of a Markdown table.
    return " ".join(text.split()).replace("|", "\\|")


def template(instrument: Instrument, patterns: Mapping[Level | str, str] | None = None) -> str:
    """Return the header line of an empty CSV file for this instrument: one column per level and item.

    `patterns` gives a pattern per level, with ``{key}`` for the item's key, ``{n}`` for its 1-based position,
    ``{level}`` for the level. Without any patterns, the names are those that `Survey.from_frame` looks for by itself;
    with some, name every level there.

    Raises
    ------
    LevelError
        A pattern for a level that the instrument does not ask.
    InstrumentError
        A pattern with a placeholder that does not exist, or patterns that give two columns the same name.
    """
    wanted = {str(level): pattern for level, pattern in (patterns or {}).items()}
    unknown = [level for level in wanted if level not in instrument.levels]
    if unknown:
        hints = ((level, did_you_mean(level, instrument.levels)) for level in unknown)
        raise LevelError(*(Problem(instrument.name, repr(level), "not a level it asks", hint) for level, hint in hints))
    columns = [
        _column(wanted.get(level, PATTERN), item.key, number, level)
        for level in instrument.levels
        for number, item in enumerate(instrument.items, start=1)
    ]
    twice = [name for name, count in Counter(columns).items() if count > 1]
    if twice:
        rule = "each column has a name of its own"
        raise InstrumentError(*(Problem("patterns", f"column {name!r} twice", rule, _PLACES) for name in twice))
    line = io.StringIO()
    csv.writer(line).writerow(columns)
    return line.getvalue()


def _column(pattern: str, key: str, number: int, level: Level) -> str:
    try:
        return pattern.format(key=key, n=number, level=level)
    except (LookupError, ValueError) as error:
        rule = "a pattern is a text with places to fill in"
        raise InstrumentError(Problem("patterns", repr(pattern), rule, _PLACES)) from error
