"""The first sections of a page: who answered, what they scored, gaps, zones."""

from __future__ import annotations

from collections.abc import Iterator

from servqual.errors import LevelError, ModelError, ServqualError
from servqual.instruments import Level
from servqual.plots import distribution, gaps, levels, zones
from servqual.quality import GapTests, data_quality, gap_tests, tolerance
from servqual.reports.elements import framed, paragraph, safe, table
from servqual.reports.material import Material, Section
from servqual.reports.words import MODELS
from servqual.scoring import Disconfirmation
from servqual.scoring.protocol import name_of
from servqual.statistics import WeightKind
from servqual.statistics.weights import kish_effective_size

_SCORES = ("label", "mean", "interval", "sd", "n", "missing")
_TESTS = (
    "label", "difference", "interval", "p_holm", "verdict", "perceived", "standard", "dz", "g", "n", "n_standard",
)  # fmt: skip
_ZONES = (
    "label", "standing", "position", "adequate", "desired", "perception", "msa", "mss", "below", "within", "above", "n",
    "crossed", "incomplete",
)  # fmt: skip
_ROW, _AROUND = 0.42, 1.25


def answered(material: Material) -> Section:
    """Who answered: how many, what is missing, groups, weights, clusters, and flags of respondents."""
    rows = [(safe(what), safe(value)) for what, value in _facts(material)]
    heads = (material.say("what"), material.say("value"))
    sample = framed(material.say("sample"), heads, rows, ("", "long"))
    try:
        quality = data_quality(material.survey)
    except ServqualError as error:
        lines = paragraph(material.refused("no flags", error), "absent")
        return material.section("answered", sample, lines, facts=dict(_facts(material)))
    shown = ("rule", "respondents", "share")
    flags = table(quality.flags.to_table(material.language), shown, material.say("flags"), material.language)
    found = quality.flags.to_dict()
    return material.section("answered", sample, flags, facts=dict(_facts(material)), flags=found)


def _facts(material: Material) -> Iterator[tuple[str, str]]:
    survey, say = material.survey, material.say
    instrument = survey.instrument
    yield say("respondents"), str(len(survey))
    size = {"items": len(instrument), "dimensions": len(instrument.dimensions)}
    ends = {"low": instrument.scale.low, "high": instrument.scale.high}
    yield say("instrument"), say("size", label=material.text(instrument.label), **size, **ends)
    for level, (absent, asked) in material.brief.missing.items():
        share = absent / asked if asked else 0.0
        what = say("missing", level=material.text(Level(level).label))
        yield what, say("missing of", absent=absent, asked=asked, share=share)
    if not survey.paired:
        yield say("pairing"), say("unpaired")
    for name, grouping in survey.groups.items():
        named = [label for label in grouping.labels if label is not None]
        absent = sum(grouping.labels[code] is None for code in grouping.codes.tolist())
        counted = say("ungrouped", count=len(named), absent=absent) if absent else say("groups", count=len(named))
        yield say("grouping", name=name), counted
    yield say("weights"), _weights(material)
    cluster = survey.cluster
    known = None if cluster is None else say("cluster", count=len(cluster.labels), name=cluster.name)
    yield say("clusters"), known or say("unclustered")
    if survey.importance is not None:
        yield say("importance"), say("importance asked")


def _weights(material: Material) -> str:
    survey = material.survey
    if survey.weights is None:
        return material.say("unweighted")
    if survey.weight_kind is WeightKind.FREQUENCY:
        return material.say("frequency")
    return material.say("sampling", worth=kish_effective_size(survey.weights))


def scored(material: Material) -> Section:
    """What they scored: means with intervals, the lowest items, and how the answers lie on the scale."""
    brief, language, survey = material.brief, material.language, material.survey
    scores = material.scores()
    means = table(scores, _SCORES, material.say("means"), language, whole="overall")
    lowest = table(brief.items, _SCORES, material.say("lowest"), language, first="item_label")
    bars = _dimensions(material) + 2
    parts = [
        paragraph(scores_of(material), "lead"),
        material.picture(
            "gaps",
            lambda ax: gaps(material.summary, confidence=material.confidence, language=language, ax=ax),
            _AROUND + _ROW * bars,
        ),
        means,
        lowest,
    ]
    if Level.PERCEPTION in survey.levels:
        height = _AROUND + 0.6 + _ROW * (len(survey.instrument) + 0.8 * _dimensions(material))
        draw = material.picture("answers", lambda ax: distribution(survey, language=language, ax=ax), height)
        parts.append(draw)
    return material.section("scored", *parts, scores=scores.to_dict(), items=brief.items.to_dict())


def scores_of(material: Material) -> str:
    """Return what the scores are: the model's name, and what it means where that can be said in a line."""
    name = name_of(material.model)
    return material.say("meaning", name=name, meaning=material.text(MODELS[name])) if name in MODELS else name


def _dimensions(material: Material) -> int:
    return len(material.survey.instrument.dimensions)


def gaps_told(material: Material) -> Section:
    """Gaps with tests: dimensions and overall, then items, worst first."""
    standards = [level for level in material.survey.levels if level.is_expectation or level is Level.DISCONFIRMATION]
    if not standards:
        return material.absent("gaps", "no standard")
    try:
        tests = _tests(material)
    except ServqualError as error:
        return material.silent("gaps", material.refused("refused", error))
    language = material.language
    whole = table(tests.to_table("scores", language=language), _TESTS, material.say("tests"), language, whole="overall")
    items = tests.to_table("items", worst_first=True, language=language)
    single = table(items, _TESTS, material.say("item tests"), language, first="item_label", noted=False)
    return material.section("gaps", _levels(material), whole, single, gap_tests=tests.to_dict())


def _tests(material: Material) -> GapTests:
    try:
        return gap_tests(material.survey, model=material.model, confidence=material.confidence)
    except (LevelError, ModelError):
        # scores without a zero, such as those of performance only, beside a standard that was asked all the same
        expected = any(level.is_expectation for level in material.survey.levels)
        stated = None if expected else Disconfirmation()
        return gap_tests(material.survey, model=stated, confidence=material.confidence)


def _levels(material: Material) -> str:
    survey, language = material.survey, material.language
    if Level.PERCEPTION not in survey.levels or not any(level.is_expectation for level in survey.levels):
        return ""
    return material.picture(
        "levels",
        lambda ax: levels(survey, over="dimensions", language=language, ax=ax),
        _AROUND + 0.3 + _ROW * _dimensions(material),
    )


def zoned(material: Material) -> Section:
    """Zones of tolerance, where an adequate and a desired level were asked."""
    survey, language = material.survey, material.language
    if not {Level.ADEQUATE, Level.DESIRED, Level.PERCEPTION} <= set(survey.levels):
        between = "、" if language == "zh" else ", "
        return material.absent(
            "zones", "no zone", levels=between.join(material.text(level.label) for level in survey.levels)
        )
    if not survey.paired:
        return material.absent("zones", "unpaired zone")
    try:
        reading = tolerance(survey, confidence=material.confidence)
    except ServqualError as error:
        return material.silent("zones", material.refused("refused", error))
    picture = material.picture(
        "zones",
        lambda ax: zones(survey, language=language, ax=ax),
        _AROUND + 0.3 + _ROW * _dimensions(material),
    )
    told = reading.to_table(language=language)
    caption = material.say("dimension zones")
    return material.section(
        "zones", picture, table(told, _ZONES, caption, language, whole="overall"), tolerance=reading.to_dict()
    )
