"""What people answer to a pair of Kano questions, and what a feature is to them: `KanoAnswer`, `Category`."""

from __future__ import annotations

from enum import StrEnum

from servqual.errors import KanoError
from servqual.errors.problems import unknown_word
from servqual.instruments import Instrument, Scale
from servqual.instruments.items import Items
from servqual.instruments.scale import Anchor
from servqual.labels import Label


class KanoAnswer(StrEnum):
    """The five answers to "how do you feel if the feature is there", and to "if it is not there", in their order.

    They are kinds of feeling rather than points on a line: "must be" is not half as good as "like".

    References
    ----------
    Kano, Seraku, Takahashi & Tsuji 1984, Journal of the Japanese Society for Quality Control 14(2):39-48.
    """

    LIKE = "like"
    MUST_BE = "must_be"
    NEUTRAL = "neutral"
    LIVE_WITH = "live_with"
    DISLIKE = "dislike"

    @classmethod
    def _missing_(cls, value: object) -> KanoAnswer:
        rule = f"it is one of the five Kano answers: {', '.join(cls)}"
        raise KanoError(unknown_word("answer", value, cls, rule))

    @property
    def label(self) -> Label:
        """The answer in English and Chinese."""
        return _ANSWERS[self]


_ANSWERS = {
    KanoAnswer.LIKE: Label("I like it that way", "我很喜欢"),
    KanoAnswer.MUST_BE: Label("it must be that way", "理应如此"),
    KanoAnswer.NEUTRAL: Label("I am neutral", "无所谓"),
    KanoAnswer.LIVE_WITH: Label("I can live with it", "勉强接受"),
    KanoAnswer.DISLIKE: Label("I dislike it that way", "我很不喜欢"),
}

KANO_SCALE = Scale(1, 5, anchors=[Anchor(place, each.label) for place, each in enumerate(KanoAnswer, start=1)])


_KANO = Label("Kano study", "Kano 研究")


def kano_instrument(features: Items, *, name: str = "kano", label: Label | str = _KANO) -> Instrument:
    """The instrument of one half of a Kano questionnaire: one item for each feature, the five answers as 1 to 5.

    Both halves ask the same items, once as if the feature were there and once as if it were not, so that there are two
    surveys of this one instrument: `KanoStudy.from_surveys` puts them together.

    Parameters
    ----------
    features
        Keys of the features, or a mapping of key → label.
    name, label
        As of `Instrument.define`.

    Raises
    ------
    InstrumentError
        A feature named twice, or none at all.

    Examples
    --------
    >>> kano_instrument({"wait": "the wait is short", "gloves": "usable with gloves"}).item_keys
    ('wait', 'gloves')
    """
    return Instrument.define(name, {"features": features}, scale=KANO_SCALE, levels=("perception",), label=label)


class Category(StrEnum):
    """What a feature is to people, by their answers to both questions; the value is a word, the letter an initial.

    ATTRACTIVE
        It delights where it is there, and nobody minds where it is not.
    ONE_DIMENSIONAL
        The more the better: liked where it is there, disliked where it is not.
    MUST_BE
        It goes without saying; its absence annoys.
    INDIFFERENT
        Nobody cares either way.
    REVERSE
        People would rather not have it.
    QUESTIONABLE
        Both answers contradict each other: the question was not understood, or not read.

    References
    ----------
    Kano, Seraku, Takahashi & Tsuji 1984, Journal of the Japanese Society for Quality Control 14(2):39-48; Berger et al.
    1993, Center for Quality of Management Journal 2(4):3-36.

    Examples
    --------
    >>> Category("M"), Category.ATTRACTIVE.label.zh
    (<Category.MUST_BE: 'must_be'>, '魅力')
    """

    ATTRACTIVE = "attractive"
    ONE_DIMENSIONAL = "one_dimensional"
    MUST_BE = "must_be"
    INDIFFERENT = "indifferent"
    REVERSE = "reverse"
    QUESTIONABLE = "questionable"

    @classmethod
    def _missing_(cls, value: object) -> Category:
        for each in cls:
            if value == each.letter:
                return each
        rule = f"a category is one of {', '.join(cls)}, or its letter, one of {''.join(each.letter for each in cls)}"
        raise KanoError(unknown_word("category", value, cls, rule))

    @property
    def letter(self) -> str:
        """The initial: A, O, M, I, R or Q."""
        return self.value[0].upper()

    @property
    def label(self) -> Label:
        """The name in English and Chinese."""
        return _CATEGORIES[self]


_CATEGORIES = {
    Category.ATTRACTIVE: Label("attractive", "魅力"),
    Category.ONE_DIMENSIONAL: Label("one-dimensional", "一元"),
    Category.MUST_BE: Label("must-be", "必备"),
    Category.INDIFFERENT: Label("indifferent", "无差异"),
    Category.REVERSE: Label("reverse", "反向"),
    Category.QUESTIONABLE: Label("questionable", "可疑"),
}

CATEGORIES = tuple(Category)
