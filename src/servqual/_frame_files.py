"""Files to frames: CSV, Excel, Parquet and SPSS, with what an SPSS file says about its codes."""

from __future__ import annotations

import codecs
import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import islice
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from attrs import frozen

from servqual._frames import needed, shared_names
from servqual.errors import FileFormatError, Problem, ServqualError, SurveyError, SurveyFileError, did_you_mean

TEXT = (".csv", ".tsv", ".txt")
EXCEL = {".xlsx": "openpyxl", ".xls": "xlrd"}
SPSS = (".sav", ".zsav", ".por")
KNOWN = (*TEXT, ".parquet", *EXCEL, *SPSS)
ENCODINGS = ("utf-8-sig", "utf-16", "gbk", "gb18030", "cp1252", "latin-1")
# What programs write for an empty cell. "None" is not among them: people answer that.
NO_ANSWER = ("", "NA", "NaN", "nan", "N/A", "n/a", "#N/A", "NULL", "null")
EXTRA = "pip install 'servqual[files]'"

Code = float | str


@frozen(eq=False)
class TableNotes:
    """What a file says about its columns: codes that mean "no answer", as (lowest, highest), and the words of codes."""

    missing: Mapping[str, tuple[tuple[Code, Code], ...]] = {}
    value_labels: Mapping[str, Mapping[Code, str]] = {}


def read_table(path: Path, *, encoding: str = "utf-8", sheet: str | int = 0) -> tuple[Any, TableNotes]:
    """Return the table in a file as a frame, and what the file says about its columns.

    Text (.csv, .tsv, .txt; separated by comma, semicolon or tab), Excel and SPSS files become pandas frames, Parquet
    files pyarrow tables. SPSS files say themselves how they are encoded; an `encoding` other than UTF-8 overrules that.

    Raises
    ------
    SurveyFileError
        There is no such file.
    FileFormatError
        A type that is not read, text in another encoding, a damaged or empty file, or an option that the type has not.
    SurveyError
        Columns that share a name.
    MissingExtraError
        The package that reads this type is not installed.
    """
    suffix = path.suffix.lower()
    _check(path, suffix, encoding, sheet)
    notes = TableNotes()
    if suffix in TEXT:
        frame = _read_text(path, encoding)
    elif suffix in EXCEL:
        frame = _read_excel(path, EXCEL[suffix], sheet)
    elif suffix in SPSS:
        frame, notes = _read_spss(path, encoding)
    else:
        frame = _read_parquet(path)
    if not len(frame):
        raise FileFormatError(Problem(str(path), "no rows", "a survey has at least one respondent"))
    return frame, notes


def _check(path: Path, suffix: str, encoding: str, sheet: str | int) -> None:
    if not path.is_file():
        siblings = sorted(each.name for each in path.parent.glob("*") if each.suffix.lower() in KNOWN)
        hint = did_you_mean(path.name, siblings) if path.parent.is_dir() else f"there is no folder {path.parent}"
        raise SurveyFileError(Problem(str(path), "no such file", "a survey is read from a file that exists", hint))
    if suffix not in KNOWN:
        remedy = "save it as one of them, or read it yourself and use Survey.from_frame"
        raise FileFormatError(
            Problem(str(path), f"type {suffix!r}", f"files that are read: {', '.join(KNOWN)}", remedy)
        )
    problems = []
    if suffix not in EXCEL and sheet != 0:
        problems.append(Problem("sheet", repr(sheet), f"only workbooks have sheets, {suffix} has none", "leave it out"))
    if not _is_encoding(encoding):
        problems.append(
            Problem("encoding", repr(encoding), "the name of an encoding", f"such as {', '.join(ENCODINGS)}")
        )
    elif not _is_utf8(encoding) and suffix not in {*TEXT, ".sav", ".zsav"}:
        rule = f"a {suffix} file says itself how it is encoded"
        problems.append(Problem("encoding", repr(encoding), rule, "leave it out"))
    if problems:
        raise FileFormatError(*problems)


def _is_encoding(encoding: str) -> bool:
    try:
        codecs.lookup(encoding)
    except LookupError:
        return False
    return True


def _is_utf8(encoding: str) -> bool:
    return codecs.lookup(encoding).name in {"utf-8", "utf-8-sig"}


def _read_text(path: Path, encoding: str) -> Any:
    import pandas as pd

    # Spreadsheets begin UTF-8 files with a mark, which would become part of the first name.
    codec = "utf-8-sig" if _is_utf8(encoding) else encoding
    try:
        return pd.read_csv(
            path,
            sep=_separator(path, codec),
            encoding=codec,
            na_values=list(NO_ANSWER),
            keep_default_na=False,
            index_col=False,
            low_memory=False,
        )
    except UnicodeError:
        raise FileFormatError(_undecodable(path, codec)) from None
    except (pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise FileFormatError(_damaged(path, error)) from error


def _separator(path: Path, codec: str) -> str:
    """Return what separates the columns; the head of the file is checked on the way."""
    with path.open("rb") as file:
        head = codecs.getincrementaldecoder(codec)().decode(file.read(1 << 16))
    candidates = "\t" if path.suffix.lower() == ".tsv" else ",;\t"
    separator = max(candidates, key=lambda each: len(_first_rows(head, each)[0]))
    names, row = _first_rows(head, separator)
    shared = shared_names([name for name in names if name])
    if shared:
        raise SurveyError(*shared)
    if len(row) > len(names):
        rule = f"the header names {len(names)} columns"
        remedy = "name every column, and quote what contains the separator"
        raise FileFormatError(Problem(f"{path}, first row", f"{len(row)} fields", rule, remedy))
    return separator


def _first_rows(head: str, separator: str) -> tuple[list[str], list[str]]:
    rows = (row for row in csv.reader(io.StringIO(head, newline=None), delimiter=separator) if row)
    names, row = islice([*islice(rows, 2), [], []], 2)
    return names, row


def _undecodable(path: Path, codec: str) -> Problem:
    data, position, found = path.read_bytes(), 0, f"not {codec} text"
    try:
        data.decode(codec)
    except UnicodeDecodeError as error:
        position = error.start
        found = f"byte {data[position]:#04x} at position {position} is not {codec}"
    # Wide encodings admit nearly anything, so the words around the place are shown: people see which are words.
    excerpts: defaultdict[str, list[str]] = defaultdict(list)
    for each in ENCODINGS:
        if _decodes(data, each):
            start = data.rfind(b"\n", 0, position) + 1
            line = codecs.getincrementaldecoder(each)().decode(data[start : position + 40]).partition("\n")[0]
            excerpts[line[-40:].strip()].append(each)
    readings = "; ".join(f"{' or '.join(names)} reads {text!r}" for text, names in excerpts.items())
    return Problem(
        str(path), found, "text is in the encoding named", f"pass encoding=…: {readings}" if readings else ""
    )


def _decodes(data: bytes, codec: str) -> bool:
    if codec == "utf-16" and not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return False
    try:
        data.decode(codec)
    except UnicodeError:
        return False
    return True


def _read_excel(path: Path, engine: str, sheet: str | int) -> Any:
    import pandas as pd

    needed(engine, "pip install xlrd, or save the workbook as .xlsx" if engine == "xlrd" else EXTRA)
    try:
        with pd.ExcelFile(path, engine=engine) as book:
            known = book.sheet_names
            if sheet not in known and sheet not in range(len(known)):
                hint = did_you_mean(str(sheet), map(str, known))
                raise FileFormatError(Problem(str(path), f"no sheet {sheet!r}", "a sheet of the workbook", hint))
            head = pd.read_excel(book, sheet_name=sheet, header=None, nrows=1)
            shared = shared_names([name for row in head.to_numpy().tolist() for name in row if isinstance(name, str)])
            if shared:
                raise SurveyError(*shared)
            return pd.read_excel(book, sheet_name=sheet, na_values=list(NO_ANSWER), keep_default_na=False)
    except ServqualError:
        raise
    except (ValueError, KeyError, OSError, BadZipFile) as error:
        raise FileFormatError(_damaged(path, error)) from error


def _read_parquet(path: Path) -> Any:
    parquet = needed("pyarrow.parquet", EXTRA)
    try:
        return parquet.read_table(path)
    except (ValueError, OSError) as error:
        raise FileFormatError(_damaged(path, error)) from error


def _read_spss(path: Path, encoding: str) -> tuple[Any, TableNotes]:
    pyreadstat = needed("pyreadstat", EXTRA)
    try:
        if path.suffix.lower() == ".por":
            frame, meta = pyreadstat.read_por(path)
        else:
            frame, meta = pyreadstat.read_sav(
                path, user_missing=True, encoding=None if _is_utf8(encoding) else encoding
            )
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, UnicodeError) as error:
        raise FileFormatError(_damaged(path, error)) from error
    missing = {
        column: tuple((each["lo"], each["hi"]) for each in ranges) for column, ranges in meta.missing_ranges.items()
    }
    return frame, TableNotes(missing, dict(meta.variable_value_labels))


def _damaged(path: Path, error: Exception) -> Problem:
    text = str(error).rpartition("C error: ")[2].strip()
    return Problem(str(path), text, f"a {path.suffix.lower()} file that can be read")


def without_user_missing(frame: Any, notes: TableNotes) -> Any:
    """Return the frame of an SPSS file with the codes that mean "no answer" made missing, column by column."""
    masked = {}
    for column, ranges in notes.missing.items():
        values = frame[column]
        for low, high in ranges:
            values = values.mask(values.between(low, high))
        masked[column] = values
    return frame.assign(**masked) if masked else frame


def with_labels(frame: Any, notes: TableNotes, columns: Iterable[str]) -> Any:
    """Return the frame of an SPSS file with words in place of codes in these columns; a code without words stays."""
    named = {}
    for column in columns:
        if column in notes.value_labels:
            words = frame[column].map(notes.value_labels[column]).astype(object)
            named[column] = words.where(words.notna(), frame[column])
    return frame.assign(**named) if named else frame


def coded(where: Mapping[str, object], notes: TableNotes) -> dict[str, object]:
    """Return the same conditions with codes for words, where the file says what its codes mean."""
    codes = {column: {words: code for code, words in labels.items()} for column, labels in notes.value_labels.items()}
    return {
        column: codes.get(column, {}).get(value, value) if isinstance(value, str) else value
        for column, value in where.items()
    }
