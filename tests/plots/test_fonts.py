"""Chinese labels: drawn where a font has them, and one warning where none has."""

import subprocess
import sys
import warnings

import matplotlib as mpl
import pytest

from servqual import simulate
from servqual.catalogue import servqual
from servqual.errors import LabelError, MissingFontWarning, ServqualWarning
from servqual.instruments import Instrument
from servqual.labels import Language
from servqual.plots import fonts, gaps
from servqual.scoring import Difference, Scores, score
from tests.plots.drawn import legend, tick_labels

SCORES = score(simulate.example(), Difference())
HINT = "no font with Chinese characters was found.*labels are in English.*install Noto Sans CJK SC"


@pytest.fixture
def no_font(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "chinese_font", lambda: None)
    monkeypatch.setattr(fonts, "is_drawn_by", lambda _: False)


@pytest.fixture
def a_font(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "chinese_font", lambda: fonts.LAST_RESORT)
    monkeypatch.setattr(fonts, "is_drawn_by", lambda _: False)


def chinese_branches() -> Scores:
    branches = {"branch": ["北区", "南区"]}
    return score(simulate.survey(servqual(), 60, groups=branches, rng=1), Difference())


@pytest.mark.usefixtures("a_font")
def test_labels_are_chinese_where_a_font_has_them() -> None:
    ax = gaps(SCORES, language="zh")
    assert tick_labels(ax) == ["有形性", "可靠性", "响应性", "保证性", "移情性", "总体\n（各维度均值）"]
    assert ax.get_title(loc="left") == "服务质量量表(SERVQUAL)"
    assert ax.get_xlabel() == "实际感知到的 − 期望的: 均值与95%置信区间"
    assert ax.get_yticklabels()[0].get_fontfamily() == [*mpl.rcParams["font.family"], fonts.LAST_RESORT]
    ax.figure.canvas.draw()


@pytest.mark.usefixtures("no_font")
def test_without_a_font_there_is_one_warning_and_english_labels() -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        ax = gaps(SCORES, by="branch", language=Language.CHINESE)
        ax.figure.canvas.draw()
    assert [each.category for each in caught] == [MissingFontWarning]
    assert caught[0].filename == __file__
    assert tick_labels(ax)[0] == "tangibles"
    assert ax.get_title(loc="left") == "Service quality (SERVQUAL)"


@pytest.mark.usefixtures("no_font")
def test_the_warning_says_what_to_do() -> None:
    with pytest.warns(MissingFontWarning, match=HINT):
        gaps(SCORES, language="zh")
    assert issubclass(MissingFontWarning, ServqualWarning)


@pytest.mark.usefixtures("no_font")
def test_chinese_names_of_groups_are_placeholders_without_a_flood() -> None:
    with pytest.warns(MissingFontWarning):
        ax = gaps(chinese_branches(), by="branch")
    assert legend(ax) == ["北区", "南区"] or legend(ax) == ["南区", "北区"]
    ax.figure.canvas.draw()


@pytest.mark.usefixtures("no_font")
def test_english_labels_need_no_font() -> None:
    ax = gaps(SCORES, by="branch", language="en")
    assert ax.get_yticklabels()[0].get_fontfamily() == list(mpl.rcParams["font.family"])


def test_the_readers_own_font_is_asked_first() -> None:
    assert not fonts.is_drawn_by(["DejaVu Sans"])
    assert fonts.is_drawn_by([fonts.LAST_RESORT])


def test_an_instrument_in_english_only_stays_so_in_chinese() -> None:
    instrument = Instrument.define("plain", {"speed": ["wait"]}, scale=servqual().scale)
    scores = score(simulate.survey(instrument, 30, rng=1), Difference())
    chinese = scores.table(language="zh")["label"]
    assert chinese[0] == "speed"


def test_another_language_is_refused() -> None:
    with pytest.raises(LabelError, match="language: 'de'"):
        gaps(SCORES, language="de")


def test_importing_plots_does_not_import_matplotlib() -> None:
    code = "import sys, servqual; servqual.plots.gaps; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
