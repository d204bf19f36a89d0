"""Small rooms: short files, short functions, telling names, maps without logic."""

import ast
import io
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

LONGEST_FILE = 300
LONGEST_BODY = 25
NAMELESS = {"utils", "util", "helpers", "helper", "common", "base", "manager", "core", "misc"}

FILES = sorted(path for folder in ("src", "tests", "benchmarks") for path in (REPOSITORY / folder).rglob("*.py"))
SOURCE = [path for path in FILES if path.is_relative_to(REPOSITORY / "src")]
MAPS = [path for path in SOURCE if path.name == "__init__.py"]

Function = ast.FunctionDef | ast.AsyncFunctionDef


def place(path: Path) -> str:
    return path.relative_to(REPOSITORY).as_posix()


def code_lines(text: str) -> set[int]:
    """Numbers of the lines that hold more than space or a comment."""
    empty = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return {line for token in tokens if token.type not in empty for line in range(token.start[0], token.end[0] + 1)}


def bodies(text: str) -> Iterator[tuple[str, int]]:
    """Each function with the number of code lines in its body, its docstring not counted."""
    lines = code_lines(text)
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, Function):
            body = node.body[1:] if ast.get_docstring(node) is not None else node.body
            first, last = (body[0].lineno, body[-1].end_lineno or 0) if body else (1, 0)
            yield node.name, len(lines & set(range(first, last + 1)))


def logic(text: str) -> list[str]:
    """Statements of a map that are not a docstring, an import, or one of the assignments a map may have."""
    tree = ast.parse(text)
    body = tree.body[1:] if ast.get_docstring(tree) is not None else tree.body
    return [ast.unparse(node).splitlines()[0] for node in body if not _belongs_in_a_map(node)]


def _belongs_in_a_map(node: ast.stmt) -> bool:
    if isinstance(node, ast.If):
        guarded = isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        return guarded and all(map(_belongs_in_a_map, [*node.body, *node.orelse]))
    if isinstance(node, ast.Assign):
        targets = {name.id for target in node.targets for name in ast.walk(target) if isinstance(name, ast.Name)}
        called = {ast.unparse(call.func) for call in ast.walk(node.value) if isinstance(call, ast.Call)}
        return targets <= {"__all__", "__version__", "__getattr__", "__dir__"} and called <= {"attach"}
    return isinstance(node, ast.Import | ast.ImportFrom)


@pytest.mark.parametrize("path", FILES, ids=place)
def test_a_file_is_short(path: Path) -> None:
    length = len(path.read_text(encoding="utf-8").splitlines())
    assert length <= LONGEST_FILE, f"{place(path)} has {length} lines; a room ends at {LONGEST_FILE}: divide it"


@pytest.mark.parametrize("path", FILES, ids=place)
def test_a_file_says_what_lives_in_it(path: Path) -> None:
    assert not NAMELESS & {part.strip("_") for part in path.relative_to(REPOSITORY).with_suffix("").parts}


@pytest.mark.parametrize("path", SOURCE, ids=place)
def test_a_function_is_short(path: Path) -> None:
    long = [f"{name}: {length}" for name, length in bodies(path.read_text(encoding="utf-8")) if length > LONGEST_BODY]
    assert not long, f"more than {LONGEST_BODY} lines of code in {place(path)}: {long}"


@pytest.mark.parametrize("path", MAPS, ids=place)
def test_a_map_has_no_logic(path: Path) -> None:
    assert logic(path.read_text(encoding="utf-8")) == []


def test_lines_of_a_body_are_counted_without_docstring_blanks_and_comments() -> None:
    text = 'def f(a,\n      b):\n    """One\n    two."""\n\n    # why\n    c = (a +\n         b)\n    return c\n'
    assert list(bodies(text)) == [("f", 3)]
    assert list(bodies('def g():\n    """Only words."""\n')) == [("g", 0)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('"""Map."""\nfrom a import b\n__all__ = ["b"]\n', []),
        ("if TYPE_CHECKING:\n    import a\nelse:\n    __getattr__, __dir__, __all__ = attach(__name__, {}, ())\n", []),
        ("x = 1\n", ["x = 1"]),
        ("__all__ = sorted(['b'])\n", ["__all__ = sorted(['b'])"]),
        ("def f(): ...\n", ["def f():"]),
        ("if True:\n    import a\n", ["if True:"]),
    ],
)
def test_logic_in_a_map_is_found(text: str, found: list[str]) -> None:
    assert [line.removesuffix(" ...").rstrip() for line in logic(text)] == found
