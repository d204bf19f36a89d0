"""Files that are whole or not there, however long they take to write."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex

from servqual.errors import OutputError, Problem, ServqualError


@contextmanager
def written_aside(path: Path, *, overwrite: bool) -> Iterator[Path]:
    """Give the name of a file in the same folder to write to; it is renamed to `path` when all went well.

    Until then nothing bears the name `path`, or what bore it before still does. Where writing fails, nothing is left
    behind; a kill leaves a file whose name begins with a dot and ends with ``.part``, which no reader of folders takes.

    Raises
    ------
    OutputError
        A file that is there already, without ``overwrite=True``; no such folder; whatever hinders writing.
    """
    _check(path, overwrite=overwrite)
    name = path.with_name(f".{path.name}.{token_hex(4)}.part")
    try:
        yield name
        with name.open("rb+") as file:
            os.fsync(file.fileno())
        _check(path, overwrite=overwrite)
        name.replace(path)
    except ServqualError:
        raise
    except OSError as error:
        # libraries that write say what is wrong in a sentence, the system by a number and its words
        said = error.strerror or next(iter(str(error).splitlines()), type(error).__name__)
        remedy = "free some space, or name a file elsewhere; nothing was left behind"
        raise OutputError(Problem(str(path), said, "the file can be written to its end", remedy)) from error
    finally:
        name.unlink(missing_ok=True)


def _check(path: Path, *, overwrite: bool) -> None:
    if not path.parent.is_dir():
        remedy = "make the folder first"
        raise OutputError(Problem(str(path), f"no folder {path.parent}", "a file is written to a folder", remedy))
    if path.is_dir():
        raise OutputError(Problem(str(path), "a folder", "what is written is a file", "name a file in it"))
    if path.exists() and not overwrite:
        remedy = "pass overwrite=True, or name another"
        raise OutputError(Problem(str(path), "there already", "a file is not overwritten without consent", remedy))
