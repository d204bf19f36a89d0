"""`Report`: what a survey says, as one page that needs nothing beside it."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence
from errno import ENOENT
from pathlib import Path
from secrets import token_hex
from typing import Any

import numpy.typing as npt
from attrs import frozen

from servqual.errors import MissingFontWarning
from servqual.labels import Language
from servqual.quality import Severity
from servqual.reports.closing_sections import chip, consistent, grouped, judged
from servqual.reports.elements import notes, paragraph, safe
from servqual.reports.material import Material, Section, gathered
from servqual.reports.opening_sections import answered, gaps_told, scored, scores_of, zoned
from servqual.reports.style import STYLE
from servqual.reports.words import CONTENTS, REPORT, TRUST, say
from servqual.scoring import ScoringModel
from servqual.survey import Survey

_SECTIONS = (answered, scored, gaps_told, zoned, consistent, judged, grouped)
_TONGUES = {Language.ENGLISH: "en", Language.CHINESE: "zh-Hans"}


@frozen(eq=False, repr=False)
class Report:
    """What a survey says, for people: one HTML page that holds its pictures and needs no network and no script.

    Attributes
    ----------
    title
        Of the page.
    html
        The whole page. The same survey makes the same text; it holds no answers of single respondents.
    sections
        What it is made of, in reading order, with the numbers behind it.
    language
        In which it speaks.
    """

    title: str
    html: str
    sections: tuple[Section, ...]
    language: Language

    def __repr__(self) -> str:
        told = sum(not section.absent for section in self.sections)
        return (
            f"<Report {self.title!r}: {told} of {len(self.sections)} sections, {len(self.html.encode()) // 1024} KiB>"
        )

    def _repr_html_(self) -> str:
        frame = 'style="width:100%;height:44rem;border:1px solid #d0d7de" sandbox=""'
        return f'<iframe title="{safe(self.title)}" {frame} srcdoc="{safe(self.html)}"></iframe>'

    def save(self, path: str | Path) -> Path:
        """Write the page to a file and return where it is; until it is whole, what was there stays as it was.

        Raises
        ------
        OSError
            A folder that is not there, or cannot be written to.
        """
        target = Path(path)
        if not target.parent.is_dir():
            # in the name of the reader's own folder, not of the file beside it that nobody asked for
            raise FileNotFoundError(ENOENT, "no such folder", str(target.parent))
        aside = target.with_name(f".{target.name}.{token_hex(4)}.part")
        try:
            with aside.open("x", encoding="utf-8", newline="\n") as file:
                file.write(self.html)
            aside.replace(target)
        finally:
            aside.unlink(missing_ok=True)
        return target

    def to_dict(self) -> dict[str, Any]:
        """Return what each section tells as a JSON-safe dictionary: its numbers, or why there are none."""
        told = [
            {
                "key": section.key,
                "heading": section.heading,
                "absent": section.absent or None,
                "readings": dict(section.readings),
            }
            for section in self.sections
        ]
        return {"title": self.title, "language": str(self.language), "sections": told}


def report(
    survey: Survey,
    *,
    by: str | None = None,
    min_group: int | None = None,
    model: ScoringModel | None = None,
    criterion: npt.ArrayLike | str | None = None,
    language: Language | str = Language.ENGLISH,
    title: str | None = None,
    confidence: float = 0.95,
) -> Report:
    """A report on a survey as one HTML page: who answered, scores, gaps, zones, reliability, the critic, groups.

    It computes nothing itself: each section lays out a reading, and where a reading does not exist for this survey, it
    says why. Whether the numbers can be trusted stands on top. Pictures are drawn where matplotlib is installed;
    without it, a line says so.

    Parameters
    ----------
    survey
        The answers.
    by
        A grouping column, for the section on groups.
    min_group
        In that section, groups of fewer respondents are not shown, nor is the smallest other group where the total
        would give them away; notes say so.
    model
        How respondents are scored; by default the gap to the standard that was asked, perceptions where none was.
    criterion
        What `critique` takes: an overall rating by the same people, a number each, or the name of a column of numbers.
    language
        "en" or "zh".
    title
        Of the page; by default the name of the instrument.
    confidence
        Of all intervals.

    Raises
    ------
    SurveyError
        A survey without perceptions or comparisons; a criterion that does not fit the respondents.
    ArgumentError
        Several grouping columns; a `min_group` below 1, or without a grouping column.
    JointAnswersError
        A summary, which holds nobody's answers.
    GroupError, LevelError, ModelError
        A column, a level or a model that the survey does not have answers for; what is no survey.

    Warns
    -----
    MissingFontWarning
        Chinese pictures without a font with Chinese characters; they are in English then, and the page says so.

    Examples
    --------
    >>> from servqual import simulate
    >>> page = report(simulate.example(), by="branch", title="The bank")
    >>> page.title, page.sections[0].heading, page.html[:15]
    ('The bank', 'Who answered', '<!DOCTYPE html>')
    """
    tongue = Language(language)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        material = gathered(
            survey, by=by, min_group=min_group, model=model, criterion=criterion, language=tongue, confidence=confidence
        )
        sections = tuple(make(material) for make in _SECTIONS)
    told = {(warning.category, str(warning.message)): warning.message for warning in caught}
    for message in told.values():
        warnings.warn(message, stacklevel=2)
    remarks = [] if material.draws else [material.say("no pictures")]
    remarks += [material.say("english pictures")] * any(kind is MissingFontWarning for kind, _ in told)
    name = title or f"{REPORT.text(tongue)}{_colon(tongue)}{material.text(survey.instrument.label)}"
    return Report(name, _page(name, material, sections, remarks), sections, tongue)


def _colon(language: Language) -> str:
    return "：" if language is Language.CHINESE else ": "


def _page(title: str, material: Material, sections: Sequence[Section], remarks: Iterable[str]) -> str:
    tongue = material.language
    return f"""<!DOCTYPE html>
<html lang="{_TONGUES[tongue]}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{safe(title)}</title>
<style>{STYLE}</style>
</head>
<body>
{_header(title, material, remarks)}
{_contents(sections, tongue)}
<main>
{_trust(material)}
{_body(sections)}
</main>
<footer>{paragraph(say("made", tongue))}</footer>
</body>
</html>
"""


def _header(title: str, material: Material, remarks: Iterable[str]) -> str:
    tongue, colon = material.language, _colon(material.language)
    count = f"{say('respondents', tongue)}{colon}{len(material.survey)}"
    lead = paragraph(f"{count} · {say('scores', tongue)}{colon}{scores_of(material)}", "lead")
    return f"<header>\n<h1>{safe(title)}</h1>\n{lead}{notes(remarks)}\n</header>"


def _contents(sections: Sequence[Section], language: Language) -> str:
    entries = "".join(f'<li><a href="#{each.key}">{safe(each.heading)}</a></li>' for each in sections)
    return f'<nav aria-label="{safe(CONTENTS.text(language))}"><ol>{entries}</ol></nav>'


def _body(sections: Sequence[Section]) -> str:
    return "\n".join(
        f'<section id="{each.key}" aria-labelledby="{each.key}-title">\n<h2 id="{each.key}-title">{safe(each.heading)}'
        f"</h2>\n{each.body}\n</section>"
        for each in sections
    )


def _trust(material: Material) -> str:
    """Return in a few lines what the critic says, with links to the whole of it."""
    tongue, findings = material.language, material.critique.findings
    head = f'<section class="trust" aria-labelledby="trust"><h2 id="trust">{safe(TRUST.text(tongue))}</h2>'
    if not findings:
        return f"{head}{paragraph(say('nothing found', tongue))}</section>"
    counts = [(each, sum(finding.severity is each for finding in findings)) for each in Severity]
    shown = [say(str(each), tongue, count=count) for each, count in counts if count]
    between = "、" if tongue is Language.CHINESE else ", "
    lines = "".join(
        f'<li>{chip(material, each.severity)}<a href="#finding-{place}">{safe(each.title.text(tongue))}</a></li>'
        for place, each in enumerate(findings, start=1)
    )
    return f"{head}{paragraph(say('found', tongue, counts=between.join(shown)))}<ul>{lines}</ul></section>"
