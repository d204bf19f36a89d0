"""The last sections of a page: reliability and validity, the critic's findings, groups."""

from __future__ import annotations

import re
from itertools import islice
from math import comb
from typing import Any

from attrs import evolve

from servqual.errors import GroupError, ServqualError
from servqual.instruments import Level
from servqual.plots import gaps, reliability as alphas
from servqual.quality import Finding, Severity, compare_groups, reliability, validity
from servqual.quality.aspects import Aspect
from servqual.reports.elements import framed, interval, notes, number, paragraph, safe, table
from servqual.reports.material import Material, Section
from servqual.reports.table_notes import told
from servqual.tables import Table

_ALPHAS = ("label", "level", "alpha", "interval", "omega", "johns", "items", "n")
_VALIDITY = ("label", "items", "ave", "composite_reliability", "greatest_correlation", "correlation_with", "margin",
             "greatest_htmt", "htmt_with")  # fmt: skip
_ALL_GROUPS = ("label", "groups", "n", "lowest", "highest", "f", "p_adjusted", "omega_squared", "verdict")
_PAIRS = ("label", "group", "versus", "pair_difference", "interval", "p_adjusted", "g", "verdict")
_MOST_PAIRS, _MOST_BARS = 10, 7
_ROW, _AROUND, _BAR = 0.42, 1.5, 0.22


def consistent(material: Material) -> Section:
    """Reliability of every dimension and level, and validity."""
    survey, language = material.survey, material.language
    found = reliability(survey, confidence=material.confidence)
    shown = found.to_table(language)
    ends = ("feldt_low", "feldt_high")
    picture = material.picture(
        "alphas",
        lambda ax: alphas(evolve(shown, title=""), by="level", interval=ends, language=language, ax=ax),
        _AROUND + _rows(material) * max(_ROW, _BAR * len(set(shown["level"]))),
    )
    renamed = _with(shown, "difference", "johns")
    whole = table(renamed, _ALPHAS, material.say("alphas"), language, ends=ends)
    valid, readings = _validity(material)
    return material.section("reliability", picture, whole, valid, reliability=found.to_dict(), **readings)


def _rows(material: Material) -> int:
    return len(material.survey.instrument.dimensions)


def _with(given: Table, name: str, other: str) -> Table:
    """Return a table in which one column is called otherwise, also where a note begins with it."""
    columns = {other if each == name else each: values for each, values in given.columns.items()}
    led = re.compile(rf"^{name}(?=: |：)")
    return evolve(given, columns=columns, notes=[led.sub(other, note) for note in given.notes])


def _validity(material: Material) -> tuple[str, dict[str, object]]:
    level = next(iter(material.survey.levels))
    level = Level.PERCEPTION if Level.PERCEPTION in material.survey.levels else level
    try:
        found = validity(material.survey, level)
    except ServqualError as error:
        return paragraph(material.refused("refused", error), "absent"), {}
    names = {each.key: material.text(each.label) for each in material.survey.instrument.dimensions}
    shown = found.to_table(material.language)
    partners = {
        name: [None if key is None else names[str(key)] for key in shown[name]]
        for name in ("correlation_with", "htmt_with")
    }
    caption = material.say("validities", level=material.text(level.label))
    named = evolve(shown, columns={**shown.columns, **partners})
    return table(named, _VALIDITY, caption, material.language), {"validity": found.to_dict()}


def judged(material: Material) -> Section:
    """What the critic found, worst first."""
    found = material.critique
    findings = [_finding(material, number, each) for number, each in enumerate(found.findings, start=1)]
    nothing = "" if findings else paragraph(material.say("nothing found"))
    return material.section(
        "critic", *findings, nothing, _explained(material), notes(found.notes(material.language)),
        critique=found.to_dict(),
    )  # fmt: skip


def _finding(material: Material, place: int, finding: Finding) -> str:
    language, severity = material.language, finding.severity
    colon = "：" if language == "zh" else ": "
    lines = {"evidence": finding.evidence_text(language), "remedy": finding.remedy.text(language)}
    told_of = "".join(
        f"<p><strong>{safe(material.say(key))}</strong>{colon}{safe(line)}</p>" for key, line in lines.items() if line
    )
    reading = f"{material.say('reference')}{colon}{finding.reference}"
    return (
        f'<article class="finding {severity}" id="finding-{place}"><h3>{chip(material, severity)}'
        f"{safe(finding.title.text(language))}</h3>{paragraph(finding.meaning.text(language))}{told_of}"
        f"{paragraph(reading, 'reference') if finding.reference else ''}</article>"
    )


def chip(material: Material, severity: Severity) -> str:
    """Return how much a finding weighs, in its colour."""
    return f'<span class="chip {severity}">{safe(material.text(severity.label))}</span>'


def _explained(material: Material) -> str:
    explained = material.critique.explained
    if explained is None:
        return ""
    levels = (Level.PERCEPTION.label, explained.standard.label, Aspect.gap(explained.standard).label)
    columns: dict[str, list[Any]] = {
        "level": [material.text(label) for label in levels],
        "correlation": [explained.r_perception, explained.r_standard, explained.r_gap],
        "n": [round(explained.n)] * len(levels),
    }
    return table(Table(columns), tuple(columns), material.say("explained"), material.language)


def grouped(material: Material) -> Section:
    """Scores by group, whether the groups differ, and which from which."""
    by, language = material.by, material.language
    if by is None:
        return material.absent("groups", "no group")
    scores = material.scores(by)
    means, told_scores = _means(material, by, scores), scores.to_dict()
    try:
        found = compare_groups(
            material.survey, by, model=material.model, confidence=material.confidence, min_group=material.min_group
        )
    except GroupError:
        few = "one group" if material.min_group is None else "few groups"
        alone = paragraph(material.say(few, by=by), "absent")
        return material.section("groups", means, alone, scores=told_scores)
    tests = found.to_table(rows="scores", language=language)
    whole = table(tests, _ALL_GROUPS, material.say("all groups"), language, whole="overall")
    pairs = comb(len(found.groups), 2)
    told_pairs = paragraph(material.say("many pairs", count=pairs), "quiet")
    if pairs <= _MOST_PAIRS:
        shown = _with(found.to_table("pairs", "scores", language=language), "difference", "pair_difference")
        told_pairs = table(shown, _PAIRS, material.say("pairs"), language, whole="overall")
    return material.section(
        "groups", _bars(material, by, len(found.groups)), means, whole, told_pairs,
        scores=told_scores, compare_groups=found.to_dict(),
    )  # fmt: skip


def _bars(material: Material, by: str, groups: int) -> str:
    if groups > _MOST_BARS:
        return ""
    return material.picture(
        "groups",
        lambda ax: gaps(
            material.summary,
            by=by,
            confidence=material.confidence,
            language=material.language,
            ax=ax,
            min_group=material.min_group,
        ),
        _AROUND + (_rows(material) + 2) * max(_ROW, _BAR * groups + 0.1),
    )


def _means(material: Material, by: str, scores: Table) -> str:
    """Return scores by group as a table of groups and scores: the mean, and below it its interval."""
    count = len(dict.fromkeys(scores["score"]))
    heads = [by, "n", *(str(label) for label in scores["label"][:count])]
    columns = ("n", "mean", "low", "high")
    lines = zip(scores[by], *(scores[name] for name in columns), strict=True)
    rows = []
    while line := list(islice(lines, count)):
        cells = [
            f"{number(mean)}<small>{interval(low, high, material.language)}</small>" for *_, mean, low, high in line
        ]
        people = max((n for _, n, *_ in line if n is not None), default=None)
        rows.append([safe(number(line[0][0])), safe(number(people)), *cells])
    kinds = ["", "number", *["number"] * count]
    caption = material.say("group means", by=by)
    return framed(caption, heads, rows, kinds) + notes(told(scores, ("mean",), material.language))
