"""The page of a report: whole in itself, well formed, in order, in both languages, honest about what is not there."""

import html
import json
import re
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest

from servqual import __main__ as command
from servqual.errors import GroupError, LabelError, LevelError, SurveyError
from servqual.instruments import Dimension, Instrument, Item, Level, Scale
from servqual.labels import Label
from servqual.plots import inline
from servqual.reports import Report, report
from servqual.scoring import Adequacy, Difference, PerformanceOnly, score
from servqual.survey import Survey
from tests.quality.kiosk_study import kiosk

pytestmark = pytest.mark.filterwarnings("ignore::servqual.errors.MissingFontWarning")

ORDER = ["answered", "scored", "gaps", "zones", "reliability", "critic", "groups"]
HEADINGS = ["谁回答了", "得分如何", "差距及其检验", "容忍区域", "信度与效度", "评审意见", "分组比较"]
VOID = {"meta", "img", "br", "hr", "link", "input"}
ASKED = (Level.PERCEPTION, Level.EXPECTATION)
DESK = Instrument.define("desk", {"speed": ["wait", "serve", "end"], "room": ["light", "seats"]}, scale=Scale.likert(7))
ROWS = 60


def answers(rows: int = ROWS, items: int = 5, low: int = 1, high: int = 7) -> np.ndarray:
    rng = np.random.default_rng(rows + items + low)
    return np.clip(np.rint(rng.normal((low + high) / 2, 0.8, (rows, 1)) + rng.normal(0, 1, (rows, items))), low, high)


def desk(**more: object) -> Survey:
    levels = {"perception": answers(), "expectation": answers(low=3)}
    return Survey.from_arrays(DESK, **{**levels, "groups": {"branch": ["north", "south", "west"] * 20}, **more})  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def english() -> Report:
    return report(desk(), by="branch", criterion=answers()[:, 0])


@pytest.fixture(scope="module")
def chinese() -> Report:
    return report(desk(), by="branch", language="zh")


@pytest.fixture(params=["english", "chinese"])
def made(request: pytest.FixtureRequest) -> Report:
    found: Report = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def without_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)


class Nesting(HTMLParser):
    """Follows tags: each is closed by its own end, ids are met once, links lead somewhere."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.seen if name == tag]

    def attributes(self) -> Iterator[tuple[str, str]]:
        return ((name, value or "") for _, attributes in self.seen for name, value in attributes.items())


def words(part: str) -> str:
    """What a reader sees of a part of a page."""
    return html.unescape(re.sub(r"<[^>]*>", " ", part))


def test_a_page_is_well_formed(made: Report) -> None:
    page = Nesting(made.html)
    assert page.open == []
    ids = [value for name, value in page.attributes() if name == "id"]
    assert len(set(ids)) == len(ids)
    assert {value.removeprefix("#") for name, value in page.attributes() if name == "href"} <= set(ids)


def test_a_page_needs_nothing_beside_it(made: Report) -> None:
    page = Nesting(made.html)
    assert not {tag for tag, _ in page.seen} & {"script", "link", "iframe", "object", "form", "base"}
    sources = [value for name, value in page.attributes() if name in {"src", "srcset", "data", "action", "poster"}]
    assert {source.partition(",")[0] for source in sources} == {"data:image/svg+xml;base64"}
    assert all(value.startswith("#") for name, value in page.attributes() if name == "href")
    assert not re.search(r"https?:|@import|url\(|\bon[a-z]+=", made.html)


def test_a_page_can_be_read_by_all(english: Report) -> None:
    page = Nesting(english.html)
    assert page.all("html") == [{"lang": "en"}]
    assert {"name": "viewport", "content": "width=device-width, initial-scale=1"} in page.all("meta")
    assert all(len(image["alt"] or "") > 20 for image in page.all("img"))
    assert {head.get("scope") for head in page.all("th")} == {"col", "row"}
    tables = len(page.all("table"))
    assert tables == len(page.all("caption")) == sum(each.get("role") == "region" for each in page.all("div"))
    assert [tag for tag, _ in page.seen if tag in {"h1", "h2"}] == ["h1"] + ["h2"] * 8


def test_sections_stand_in_reading_order(made: Report) -> None:
    assert [attributes.get("id") for attributes in Nesting(made.html).all("section")] == [None, *ORDER]
    assert [section.key for section in made.sections] == ORDER
    assert [section.key for section in made.sections if section.absent] == ["zones"]


def test_the_critic_is_summed_up_on_top(english: Report) -> None:
    findings = english.to_dict()["sections"][5]["readings"]["critique"]["findings"]
    top, _, rest = english.html.partition('<section id="answered"')
    shown = re.findall(r'<a href="#finding-(\d+)">([^<]+)</a>', top)
    assert [int(place) for place, _ in shown] == list(range(1, len(findings) + 1)) != []
    assert [title for _, title in shown] == [finding["title"]["en"] for finding in findings]
    assert [finding["meaning"]["en"] in words(rest) for finding in findings] == [True] * len(findings)


def test_it_speaks_chinese(chinese: Report) -> None:
    assert Nesting(chinese.html).all("html") == [{"lang": "zh-Hans"}]
    assert [section.heading for section in chinese.sections] == HEADINGS
    assert "这些数字可信吗？" in words(chinese.html)
    heads = re.findall(r'<th scope="col"[^>]*>([^<]+)</th>', chinese.html)
    assert "置信区间" in heads
    assert not {"Interval", "Mean", "Verdict", "Dimension"} & set(heads)


def test_numbers_are_those_of_the_readings_and_json(english: Report) -> None:
    mean = float(score(desk(), Difference()).overall.mean(dtype=np.float64))
    told = [section["readings"] for section in json.loads(json.dumps(english.to_dict(), allow_nan=False))["sections"]]
    scores = told[1]["scores"]["columns"]
    assert scores["mean"][scores["score"].index("overall")] == pytest.approx(mean, abs=1e-6)
    assert f"{mean:.2f}".replace("-", "−") in words(english.html)
    assert told[2]["gap_tests"]["columns"]["difference"][-1] == pytest.approx(mean, abs=1e-6)


def test_zones_where_both_levels_were_asked() -> None:
    asking, high = DESK.asking(Level.ADEQUATE, Level.DESIRED, Level.PERCEPTION), answers(low=5)
    survey = Survey.from_arrays(asking, adequate=answers(high=3), desired=high, perception=answers())
    zones = report(survey).sections[3]
    assert "within the zone" in zones.body
    assert zones.readings["tolerance"]["levels"]["desired"] == "desired"


@pytest.mark.usefixtures("without_pictures")
class TestText:
    def test_without_matplotlib_it_says_so_in_a_line(self) -> None:
        made = report(desk(), by="branch")
        assert not Nesting(made.html).all("img")
        assert "Without pictures: matplotlib is not installed" in words(made.html)
        assert [section.key for section in made.sections if section.absent] == ["zones"]

    @pytest.mark.parametrize("language", ["en", "zh"])
    def test_a_section_without_its_reading_says_why(self, language: str) -> None:
        made = report(Survey.from_arrays(DESK, perception=answers()), language=language)
        absent = {section.key: section.absent for section in made.sections if section.absent}
        assert list(absent) == ["gaps", "zones", "groups"]
        assert all(sentence in words(made.html) for sentence in absent.values())

    def test_levels_from_different_people(self) -> None:
        sides = {"perception": answers(), "expectation": answers(low=3)}
        alone = {name: Survey.from_arrays(DESK, **{name: side}) for name, side in sides.items()}  # type: ignore[arg-type]
        made = report(Survey.unpaired(**alone))
        assert "No flags of single respondents" in words(made.sections[0].body)
        assert not made.sections[2].absent

    def test_perceptions_alone_are_scored_and_gaps_tested_all_the_same(self) -> None:
        made = report(desk(), model=PerformanceOnly())
        assert made.sections[1].readings["scores"]["columns"]["mean"][0] > 1
        assert made.sections[2].readings["gap_tests"]["columns"]["difference"][0] < 0

    @pytest.mark.parametrize(("groups", "says"), [(1, "there is only one in branch"), (6, "there are 15")])
    def test_one_group_is_not_compared_and_many_are_not_paired(self, groups: int, says: str) -> None:
        made = report(desk(groups={"branch": np.arange(ROWS) % groups}), by="branch")
        assert says in words(made.sections[6].body)

    def test_weights_and_clusters_are_told(self) -> None:
        survey = desk(weights=np.linspace(0.5, 1.5, ROWS), cluster=np.arange(ROWS) // 6)
        body = words(report(survey).sections[0].body)
        assert re.search(r"as good as 55 equally weighted respondents.*10 clusters", body)

    def test_labels_cannot_be_markup(self) -> None:
        nasty = "<b>&\"'</script><!--"
        items = [Item("wait", Label(f"wait {nasty}")), Item("serve", Label("serve"))]
        named = Instrument("x", (Dimension("speed", tuple(items), Label(f"speed {nasty}")),), Scale.likert(7), ASKED)
        seen, held, groups = answers(items=2), answers(items=2, low=3), {"b<i>": [f"n{nasty}", "s"] * 30}
        survey = Survey.from_arrays(named, perception=seen, expectation=held, groups=groups)
        made = report(survey, by="b<i>", title=f"title {nasty}")
        page = Nesting(made.html)
        assert not page.open + [tag for tag, _ in page.seen if tag in {"b", "i", "script"}]
        assert all(f"{name} {nasty}" in " ".join(page.text) for name in ("wait", "speed", "title"))
        assert nasty not in made.html + made._repr_html_()

    def test_no_answers_of_respondents_are_inside(self) -> None:
        given = np.random.default_rng(8).uniform(1, 99, (ROWS, 5))
        share = Instrument.define("share", {"a": ["v", "w"], "b": ["x", "y", "z"]}, scale=Scale.percent(), levels=ASKED)
        names = [f"visitor-{row}" for row in range(ROWS)]
        survey = Survey.from_arrays(share, perception=given, expectation=given[::-1] ** 0.9, groups={"who": names})
        told = (made := report(survey)).html + json.dumps(made.to_dict())
        assert "visitor-" not in told
        assert not [value for value in given.ravel() if f"{value:.5f}"[:-1] in told]

    def test_a_notebook_gets_a_frame_of_its_own(self) -> None:
        made = report(desk())
        frame = Nesting(made._repr_html_())
        assert [tag for tag, _ in frame.seen] == ["iframe"]
        assert frame.all("iframe")[0]["srcdoc"] == made.html
        assert re.fullmatch(r"<Report 'Service quality report: desk': 5 of 7 sections, \d+ KiB>", repr(made))

    def test_what_is_asked_wrongly_is_refused(self) -> None:
        with pytest.raises(GroupError, match="no 'brnch'"):
            report(desk(), by="brnch")
        with pytest.raises(LabelError, match=r"English \(en\) and Chinese"):
            report(desk(), language="fr")
        with pytest.raises(LevelError, match="adequate"):
            report(desk(), model=Adequacy())
        with pytest.raises(SurveyError, match=f"each of {ROWS} respondents"):
            report(desk(), criterion=[1.0])

    def test_saving_replaces_whole_files(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        made, target = report(desk(), title="标题"), tmp_path / "page.html"
        target.write_text("old", encoding="utf-8")
        assert made.save(str(target)) == target
        assert target.read_bytes().decode("utf-8") == made.html

        def refuse(*_: object) -> None:
            raise OSError(28, "No space left")

        monkeypatch.setattr(Path, "replace", refuse)
        with pytest.raises(OSError, match="No space left"):
            report(desk(), title="another").save(target)
        assert target.read_text(encoding="utf-8") == made.html
        assert list(tmp_path.iterdir()) == [target]

    def test_the_command_line_writes_it(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(command, "example", desk)
        target = tmp_path / "page.html"
        assert command.main(["report", "--html", str(target), "--language", "zh", "--by", "branch"]) == 0
        assert capsys.readouterr().out == f"{target}\n"
        text = target.read_text(encoding="utf-8")
        assert [part for part in ('<html lang="zh-Hans">', "以下回答为模拟数据", "north") if part not in text] == []
        assert command.main(["report", "--html", str(tmp_path / "nowhere" / "page.html")]) == 2
        assert "--html" in capsys.readouterr().err
        with pytest.raises(SystemExit):
            command.main(["report", "--html", str(target), "--format", "json"])


def test_the_same_survey_makes_the_same_page(english: Report) -> None:
    assert report(desk(), by="branch", criterion=answers()[:, 0]).html == english.html


def test_pictures_leave_no_state() -> None:
    from matplotlib import pyplot as plt, rcParams

    before = dict(rcParams)
    assert inline.drawn(lambda ax: ax.plot([1, 2]), 2.0).startswith("data:image/svg+xml;base64,")
    assert dict(rcParams) == before
    assert not plt.get_fignums()


def test_a_picture_that_cannot_be_drawn_says_why() -> None:
    share = Instrument.define("share", {"a": ["v", "w"]}, scale=Scale.percent(), levels=[Level.PERCEPTION])
    assert "No picture here: " in words(report(Survey.from_arrays(share, perception=answers(items=2))).html)


@pytest.mark.usefixtures("without_pictures")
def test_the_kiosk_study(shared: Path) -> None:
    """Mean gaps of the six dimensions as the study's own table has them, to two decimals."""
    survey, total = kiosk(shared, "dimension6")
    made = report(survey, criterion=total, language="zh")
    gaps = ["0.00", "−0.67", "−1.28", "−1.46", "−1.56", "−1.81"]
    assert [gap for gap in gaps if gap not in words(made.sections[2].body)] == []
    assert "感知比差距更能解释效标" in words(made.html.partition('<section id="answered"')[0])
