"""A peer that needs packages of its own: run in its own interpreter, asked line by line."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


@contextmanager
def asked(interpreter: str, script: str, *arguments: str) -> Iterator[Callable[..., Any]]:
    """Yield a way to ask a script beside this file: words by name go in as a line of JSON, and one comes back."""
    command = [interpreter, str(Path(__file__).with_name(script)), *arguments]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - the reader's own interpreter
        assert process.stdin is not None
        assert process.stdout is not None
        talk = process.stdin, process.stdout

        def ask(**request: Any) -> Any:
            print(json.dumps(request), file=talk[0], flush=True)
            line = talk[1].readline()
            assert line, f"{script} did not answer"
            return json.loads(line)

        yield ask
        talk[0].close()
