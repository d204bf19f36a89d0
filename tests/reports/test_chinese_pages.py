"""Chinese pages speak Chinese: also where something cannot be told, and also below tables."""

import html
import re
import warnings
from functools import cache
from unittest import mock

import pytest

from servqual.errors import ArgumentError, Problem
from servqual.labels import Language
from servqual.quality.gap_results import SHOWN as GAP_COLUMNS
from servqual.quality.group_results import SHOWN as GROUP_COLUMNS
from servqual.reports import Report, report
from servqual.reports.column_words import COLUMNS
from servqual.reports.refusals import REFUSALS, because
from servqual.reports.table_notes import told
from servqual.tables import Table
from tests.reports.odd_surveys import ODD

# Two words of English in a row: names of people, methods and functions stand alone.
ENGLISH = re.compile(r"[A-Za-z]{2,} [a-z]{2,}")
CHINESE = re.compile("[\u4e00-\u9fff]")
WORDS = re.compile(r"[a-z_]+(?!\()")
KEYS = {name for name in (*COLUMNS, *GAP_COLUMNS, *GROUP_COLUMNS["tests"], *GROUP_COLUMNS["pairs"]) if "_" in name}


@cache
def page(name: str, language: str) -> Report:
    """A page whose pictures are drawn, and not written: that would take most of the time."""
    survey, options = ODD[name]()
    with warnings.catch_warnings(), mock.patch("matplotlib.figure.Figure.savefig"):
        warnings.simplefilter("ignore")
        return report(survey, language=language, **options)


def lines(made: Report) -> list[str]:
    """What a reader sees, also in the place of pictures, without the literature."""
    body = re.sub(r'<img[^>]*alt="([^"]*)"[^>]*>', r"<p>\1</p>", made.html.partition("<body>")[2])
    texts = re.sub(r"</(?:p|li|td|th|h\d|caption|figcaption|small|a|span)>", "\n", body)
    seen = (html.unescape(re.sub(r"<[^>]*>", "", text)).strip() for text in texts.split("\n"))
    return [text for text in seen if text and not text.startswith(("参考文献", "To read"))]


@pytest.mark.parametrize("name", ODD)
def test_what_cannot_be_told_is_told_in_words(name: str) -> None:
    """No sentence of a Chinese page is English, no column is called by its key; both leave out the same sections."""
    english, chinese = page(name, "en"), page(name, "zh")
    assert [line for line in lines(chinese) if ENGLISH.search(line)] == []
    assert [line for made in (english, chinese) for line in lines(made) if KEYS & set(WORDS.findall(line))] == []
    assert [bool(each.absent) for each in english.sections] == [bool(each.absent) for each in chinese.sections]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("different people", "没有受访者标记：各层次由不同的人回答，而标记针对同一个人的全部回答"),
        ("no triple", "此处没有结果：没有一个题项由同一个人同时给出了容忍区域所需的三个层次的回答"),
        ("real-valued", "此处没有图：连续量表的回答没有频数"),
        ("many points", "此处没有图：量表有61个点，条形图至多叠放"),
        ("different people, real-valued", "此处没有图：连续量表的回答没有频数，各层次又来自不同的人，因此没有平均回答"),
        ("one item", "速度无AVE：至少需要2个题项，而这里只有1个"),
        ("a dimension without answers", "不适用，F、调整后p值、omega²（环境、总体）：有回答的组不足两个"),
    ],
)
def test_why_something_is_not_there(name: str, said: str) -> None:
    assert any(line.startswith(said) for line in lines(page(name, "zh")))


def test_crossed_zones_are_counted_in_chinese() -> None:
    survey, _ = ODD["crossed zones, refused"]()
    count = int((survey.level("adequate").codes > survey.level("desired").codes).sum())  # type: ignore[arg-type]
    (line,) = (line for line in lines(page("crossed zones, refused", "zh")) if line.startswith("此处没有图"))
    assert line.startswith(f"此处没有图：240个区域中有{count}个交叉（{count / 240:.1%}），即适当水平高于渴望水平")


def test_a_refusal_without_chinese_words_is_announced() -> None:
    error = ArgumentError(Problem("here", "this", "that", "so"), "nothing more")
    assert because(error, Language.CHINESE) == "（英文原文）here: this; that. Hint: so；（英文原文）nothing more"
    assert because(error, Language.ENGLISH).startswith("2 problems 1. here: this; that. Hint: so")


def test_refusals_are_chinese() -> None:
    assert all(CHINESE.search(chinese) and not ENGLISH.search(chinese) for chinese in REFUSALS.values())


def test_comparisons_stated_beside_perceptions_are_the_gaps() -> None:
    made = page("perceptions and comparisons", "en")
    gaps = next(section for section in made.sections if section.key == "gaps")
    assert not gaps.absent
    survey, _ = ODD["perceptions and comparisons"]()
    means = survey.level("disconfirmation").numbers().mean(axis=1) - 4  # type: ignore[arg-type]
    assert gaps.readings["gap_tests"]["columns"]["difference"][:6] == pytest.approx(means)


class TestNotes:
    TABLE = Table(
        {"key": ["speed", "overall"], "label": ["Speed", "Overall"], "p_holm": [0.1, None], "low": [1.0, None],
         "high": [2.0, None], "eta_squared": [0.1, 0.2], "n_standard": [4, 5]},
        notes=[
            "not applicable, low, high, p_holm, df (overall): fewer than two pairs",
            "not applicable, df, t: fewer than two pairs",
            "not applicable, dz: the differences do not vary",
            "eta_squared, omega_squared: shares",
            "n perceived, n_standard stated the standard; see design_effect and sample_size_mean()",
            "interval: 95%, Student t",
            "weights: frequency",
        ],
    )  # fmt: skip
    SHOWN = ("label", "interval", "p_holm", "dz", "eta_squared", "omega_squared", "n_standard")

    def test_columns_and_rows_are_called_as_on_the_page(self) -> None:
        assert told(self.TABLE, self.SHOWN, Language.ENGLISH) == [
            "not applicable, Interval, p (Holm) (Overall): fewer than two pairs",
            "not applicable, dz: the differences do not vary",
            "eta²: shares",
            "n perceived, n of the standard stated the standard; see the design effect and sample_size_mean()",
            "Interval: 95%, Student t",
            "weights: frequency",
        ]

    def test_in_chinese_too(self) -> None:
        notes = [
            "不适用，low, high, p_holm（overall）：不足两对回答",
            "eta_squared、omega_squared：比例",
            "置信区间：95%",
        ]
        table = Table(self.TABLE.columns, notes=notes)
        assert told(table, self.SHOWN, Language.CHINESE) == [
            "不适用，置信区间、p值（霍尔姆）（Overall）：不足两对回答",
            "eta²：比例",
            "置信区间：95%",
        ]
