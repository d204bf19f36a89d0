"""Files to frames: text, Excel, Parquet and SPSS."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from servqual._frames.door import FILES_EXTRA, needed, shared_names
from servqual._frames.spss import TableNotes, read_spss
from servqual._frames.text import ENCODINGS, NO_ANSWER, doubtful, is_encoding, is_utf8, read_text
from servqual.errors import FileFormatError, Problem, ServqualError, SurveyError, SurveyFileError, did_you_mean

TEXT = (".csv", ".tsv", ".txt")
EXCEL: Mapping[str, Literal["openpyxl", "xlrd"]] = {".xlsx": "openpyxl", ".xls": "xlrd"}
SPSS = (".sav", ".zsav", ".por")
KNOWN = (*TEXT, ".parquet", *EXCEL, *SPSS)


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
        frame = read_text(path, encoding)
    elif suffix in EXCEL:
        frame = _read_excel(path, EXCEL[suffix], sheet)
    elif suffix in SPSS:
        frame, notes = read_spss(path, encoding)
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
    if not is_encoding(encoding):
        problems.append(
            Problem("encoding", repr(encoding), "the name of an encoding", f"such as {', '.join(ENCODINGS)}")
        )
    elif not is_utf8(encoding) and suffix not in {*TEXT, ".sav", ".zsav"}:
        rule = f"a {suffix} file says itself how it is encoded"
        problems.append(Problem("encoding", repr(encoding), rule, "leave it out"))
    if problems:
        raise FileFormatError(*problems)


def _read_excel(path: Path, engine: Literal["openpyxl", "xlrd"], sheet: str | int) -> Any:
    from zipfile import BadZipFile

    import pandas as pd

    needed(engine, "pip install xlrd, or save the workbook as .xlsx" if engine == "xlrd" else FILES_EXTRA)
    try:
        with pd.ExcelFile(path, engine=engine) as book:
            known = book.sheet_names
            if isinstance(sheet, str) and sheet not in known and sheet.isdigit():
                sheet = int(sheet)
            if sheet not in known and sheet not in range(len(known)):
                hint = did_you_mean(str(sheet), map(str, known))
                raise FileFormatError(Problem(str(path), f"no sheet {sheet!r}", "the workbook has no such sheet", hint))
            head = pd.read_excel(book, sheet_name=sheet, header=None, nrows=1)
            shared = shared_names([name for row in head.to_numpy().tolist() for name in row if isinstance(name, str)])
            if shared:
                raise SurveyError(*shared)
            body = pd.read_excel(book, sheet_name=sheet, na_values=list(NO_ANSWER), keep_default_na=False)
            return body.rename(columns=str)
    except ServqualError:
        raise
    except (ValueError, KeyError, OSError, BadZipFile) as error:
        raise FileFormatError(doubtful(path, error)) from error


def _read_parquet(path: Path) -> Any:
    parquet = needed("pyarrow.parquet", FILES_EXTRA)
    try:
        return parquet.read_table(path)
    except (ValueError, OSError) as error:
        raise FileFormatError(doubtful(path, error)) from error
