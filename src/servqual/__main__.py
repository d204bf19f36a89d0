"""The command line: ``python -m servqual report FILE …``; it reads arguments, calls the library and prints."""

from __future__ import annotations

import argparse
import re
import sys
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from attrs import evolve

from servqual import reports
from servqual._arrays import Floats
from servqual.catalogue import by_name
from servqual.engines.file_names import names_many
from servqual.engines.streaming import summarize_batches
from servqual.errors import Problem, ServqualError, SurveyError
from servqual.files import read_survey
from servqual.instruments import Instrument, Level
from servqual.labels import Label, Language
from servqual.quality.criterion_reading import criterion_of
from servqual.reports import brief, usual_model
from servqual.reports.briefs import WORST
from servqual.scoring import ScoringModel, Summary, Weighted
from servqual.simulate import example
from servqual.statistics import WeightKind
from servqual.survey import Survey

_LEVELS = tuple(str(level) for level in Level)
_SIMULATED = Label("these answers are simulated, no file was given", "以下回答为模拟数据，未给出文件")
_OF_FILES = (*_LEVELS, "instrument", "importance", "renormalise", "weights", "cluster", "where", "missing", "sheet",
             "encoding", "weight_kind", "criterion")  # fmt: skip
_OF_PAGES = ("criterion", "title")
_OF_ONE_FILE = ("where", "sheet", "encoding", "html")


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    main = argparse.ArgumentParser(prog="python -m servqual", description="Service quality from answers.")
    commands = main.add_subparsers(dest="command", required=True)
    report = commands.add_parser("report", help="score a file of answers; without a file, a simulated survey")
    report.add_argument(
        "file", nargs="?", type=Path, metavar="FILE", help="CSV, Parquet, Excel, SPSS; or a folder of Parquet"
    )
    _add_columns(report)
    report.add_argument("--where", metavar="COLUMN=VALUE", action="append", default=[], help="only these rows")
    report.add_argument(
        "--missing", metavar="NUMBER", type=float, action="append", default=[], help="means 'no answer'"
    )
    report.add_argument("--encoding", help="of a CSV file; utf-8 unless said")
    report.add_argument("--sheet", metavar="NAME", help="of a workbook, or its position from 0; the first unless said")
    report.add_argument("--confidence", type=float, default=0.95, help="of intervals; 0.95 unless said")
    report.add_argument("--items", metavar="N", type=int, help="how many of the lowest items are shown; 5 unless said")
    report.add_argument("--language", choices=[str(each) for each in Language], default=str(Language.ENGLISH))
    report.add_argument("--title", help="of the page; the name of the instrument unless said")
    form = report.add_mutually_exclusive_group()
    form.add_argument("--format", choices=["text", "json", "csv"], default="text")
    form.add_argument("--html", metavar="OUT", type=Path, help="write a page with pictures and tests to this file")
    return main


def _add_columns(report: argparse.ArgumentParser) -> None:
    """Add what says which columns of the file hold what."""
    report.add_argument("--instrument", metavar="NAME_OR_JSON", help="a name of the catalogue, or an instrument file")
    for level in _LEVELS:
        example = f"{level[0].upper()}{{key}}"
        report.add_argument(f"--{level}", metavar="PATTERN", help=f"columns of {level}, such as '{example}'")
    report.add_argument("--importance", metavar="PATTERN", help="weigh by 'W{dimension}' (100 points) or 'W{key}'")
    report.add_argument("--renormalise", action="store_true", help="rescale points that do not add up to 100")
    report.add_argument("--by", metavar="COLUMN", help="scores by the groups in this column")
    report.add_argument("--min-group", metavar="N", type=int, help="suppress groups of fewer than N respondents")
    report.add_argument("--cluster", metavar="COLUMN", help="within which respondents are alike: robust errors")
    report.add_argument("--criterion", metavar="COLUMN", help="an overall rating, for the critic of the page")
    report.add_argument("--weights", metavar="COLUMN", help="weights of respondents")
    report.add_argument("--weight-kind", choices=[str(kind) for kind in WeightKind], help="sampling unless said")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code: 0, or 2 with one message on standard error."""
    options = parser().parse_args(arguments)
    try:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            print(_report(options), end="")
    except ServqualError as error:
        print(f"servqual: {_in_options(error, options)}", file=sys.stderr)
        return 2
    for warning in caught:
        text, hint, remedy = str(warning.message).partition(" Hint: ")
        print(f"servqual: {text}{hint}{_spoken(remedy)}", file=sys.stderr)
    return 0


def _report(options: argparse.Namespace) -> str:
    simulated = options.file is None
    _refuse_without_page(options)
    if not simulated and names_many(options.file):
        return _told(_from_many(options), None, options, [])
    survey = _simulated(options) if simulated else _from_file(options)
    if options.html is not None:
        return f"{_page(survey, options)}\n"
    return _told(survey, _model(survey, options), options, [_SIMULATED.text(options.language)] if simulated else [])


def _told(
    answers: Survey | Summary, model: ScoringModel | None, options: argparse.Namespace, notes: Sequence[str]
) -> str:
    made = brief(
        answers, answers.models[0] if isinstance(answers, Summary) else model, by=options.by,
        min_group=options.min_group,
        confidence=options.confidence, language=options.language, notes=notes,
        items=WORST if options.items is None else options.items,
    )  # fmt: skip
    if options.format == "json":
        return made.to_json() + "\n"
    return made.to_csv() if options.format == "csv" else f"{made}\n"


def _page(survey: Survey, options: argparse.Namespace) -> Path:
    if options.items is not None:
        rule = "the page tells of all items that need it"
        raise SurveyError(Problem("--items", str(options.items), rule, "leave it out with --html"))
    tongue = Language(options.language)
    title = options.title
    criterion, survey = _criterion(survey, options)
    if options.file is None:
        colon = "：" if tongue is Language.CHINESE else ": "
        title = f"{title or survey.instrument.label.text(tongue)}{colon}{_SIMULATED.text(tongue)}"
    made = reports.report(
        survey, by=options.by, min_group=options.min_group, model=_model(survey, options), criterion=criterion,
        language=tongue, title=title, confidence=options.confidence,
    )  # fmt: skip
    try:
        return made.save(options.html)
    except OSError as error:
        rule = f"it cannot be written: {error.strerror}"
        raise SurveyError(Problem("--html", str(options.html), rule, "name a file in a folder that is there")) from None


def _refuse_without_page(options: argparse.Namespace) -> None:
    """Raise where something was said that only a page has a place for."""
    given = [name for name in _OF_PAGES if getattr(options, name) is not None]
    if given and options.html is None:
        rule = "only a page has a place for it"
        places = [(f"--{name}", str(getattr(options, name))) for name in given]
        raise SurveyError(*(Problem(place, found, rule, "add --html page.html") for place, found in places))


def _criterion(survey: Survey, options: argparse.Namespace) -> tuple[Floats | None, Survey]:
    """Return the criterion without its codes for no answer, and the survey without it among the groups."""
    name = options.criterion
    if name is None:
        return None, survey
    given = criterion_of(survey, name)
    others = {column: groups for column, groups in survey.groups.items() if column == options.by}
    return np.where(np.isin(given, options.missing), np.nan, given), evolve(survey, groups=others)


def _model(survey: Survey, options: argparse.Namespace) -> Weighted | None:
    return Weighted(usual_model(survey)) if options.importance else None


def _simulated(options: argparse.Namespace) -> Survey:
    given = [name for name in _OF_FILES if getattr(options, name)]
    if given:
        names = ", ".join(f"--{name.replace('_', '-')}" for name in given)
        raise SurveyError(Problem("arguments", names, "they say how a file is read", "name the FILE after 'report'"))
    return example()


def _from_file(options: argparse.Namespace) -> Survey:
    levels = {level: pattern for level in _LEVELS if (pattern := getattr(options, level)) is not None}
    return read_survey(
        options.file, _instrument(options.instrument or "servqual", levels), encoding=options.encoding or "utf-8",
        where=_conditions(options.where), groups=_groups(options),
        weights=options.weights, weight_kind=options.weight_kind or WeightKind.SAMPLING, missing=options.missing,
        importance=options.importance, renormalise=options.renormalise, cluster=options.cluster,
        sheet=0 if options.sheet is None else options.sheet, **levels,
    )  # fmt: skip


def _from_many(options: argparse.Namespace) -> Summary:
    """Return the summary of the files in a folder, or of those that match a pattern, batch by batch."""
    given = [name for name in _OF_ONE_FILE if getattr(options, name)]
    if given:
        rule, remedy = "the files of a folder or a pattern are summed batch by batch", "leave it out, or name one file"
        places = [(f"--{name}", str(getattr(options, name))) for name in given]
        raise SurveyError(*(Problem(place, found, rule, remedy) for place, found in places))
    levels = {level: pattern for level in _LEVELS if (pattern := getattr(options, level)) is not None}
    instrument = _instrument(options.instrument or "servqual", levels)
    usual = usual_model(instrument.asking(*levels) if levels else instrument)
    return summarize_batches(
        options.file, instrument, Weighted(usual) if options.importance else usual, by=options.by, products=False,
        weights=options.weights, weight_kind=options.weight_kind or WeightKind.SAMPLING, missing=options.missing,
        importance=options.importance, renormalise=options.renormalise, cluster=options.cluster, **levels,
    )  # fmt: skip


def _groups(options: argparse.Namespace) -> list[str]:
    return list(dict.fromkeys(name for name in (options.by, options.criterion) if name))


def _instrument(name: str, levels: dict[str, str]) -> Instrument:
    path = Path(name)
    instrument = Instrument.load(path) if path.suffix == ".json" or path.is_file() else by_name(name)
    return instrument.asking(*dict.fromkeys((*instrument.levels, *levels)))


def _conditions(texts: Sequence[str]) -> dict[str, str]:
    pairs = [_condition(text) for text in texts]
    for column in {column for column, _ in pairs}:
        values = [value for name, value in pairs if name == column]
        if len(values) > 1:
            found = f"{column} = {' and '.join(values)}"
            raise SurveyError(Problem("--where", found, "a column has one value in a row", "name each column once"))
    return dict(pairs)


def _condition(text: str) -> tuple[str, str]:
    column, equals, value = text.partition("=")
    if not equals:
        raise SurveyError(Problem("--where", repr(text), "a condition is COLUMN=VALUE", "for example --where kept=1"))
    return column, value


def _in_options(error: ServqualError, options: argparse.Namespace) -> ServqualError:
    """Return what is wrong, with places and remedies that name options of the command line."""
    problems = (
        evolve(each, place=_option_of(each, options), remedy=_spoken(each.remedy))
        if isinstance(each, Problem)
        else each
        for each in error.problems
    )
    told = ServqualError(*problems)
    told.remark = _spoken(error.remark)
    return told


def _option_of(problem: Problem, options: argparse.Namespace) -> str:
    """Return where something is wrong: columns of groups were named by one of two options."""
    if problem.place == "min_group":
        return "--min-group"
    named = (name for name in ("by", "criterion") if problem.found.endswith(repr(getattr(options, name))))
    return f"--{next(named, 'by')}" if problem.place == "groups" else problem.place


def _spoken(remedy: str) -> str:
    """Return a remedy in the language of the command line: ``--missing 9`` for ``missing=(9,)``."""
    for pattern, words in _SPOKEN:
        remedy = re.sub(pattern, words, remedy)
    return remedy


def _codes(match: re.Match[str]) -> str:
    return " ".join(f"--missing {code.strip()}" for code in match[1].split(",") if code.strip())


def _encodings(match: re.Match[str]) -> str:
    return f"--encoding {match[0].removeprefix('encoding=').replace(chr(39), '')}"


_SPOKEN: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    (r"missing=\(([^)]+)\)", _codes),
    (r"encoding='[^']+'(?: or '[^']+')*", _encodings),
    (rf"\b({'|'.join(_LEVELS)}|importance)='", r"--\1 '"),
    (r"\bcall them WeightKind\.SAMPLING\b", "say --weight-kind sampling"),
    (r"\brenormalise=True\b", "--renormalise"),
    (r"\bmin_group=(\d+)", r"--min-group \1"),
    (r"^name their column: by='branch'$", "name their column: --by branch"),
    (r"\bin a data frame say what .*; else make numbers of them", "make numbers of them, or read them in Python"),
    (r"(\d+ rows were summarised before: error\.summary\. )?Such batches are left out .*set_aside_ok=True\.", ""),
    (r"\bpass the names as a list\b", "take this for no more than a warning"),
    (r"\b(missing|encoding|importance|weights|cluster|where|criterion)=", r"--\1"),
)


if __name__ == "__main__":
    sys.exit(main())
