"""Public names come and go on purpose only, and type checkers see the same names as the interpreter."""

import ast
from importlib import import_module
from pathlib import Path

import pytest

from tests.architecture.public_names import names
from tests.conftest import REPOSITORY

SNAPSHOT = Path(__file__).with_name("public_names.txt")
REMEDY = "if this is meant: python tests/architecture/public_names.py > tests/architecture/public_names.txt"
SOURCE = REPOSITORY / "src"
LAZY = [path for path in sorted(SOURCE.rglob("__init__.py")) if "attach(" in path.read_text(encoding="utf-8")]


def package(path: Path) -> str:
    return ".".join(path.parent.relative_to(SOURCE).parts)


def promised(path: Path) -> set[tuple[str, str]]:
    """The pairs (module, name) that the TYPE_CHECKING block of a map imports."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    guarded = [node for node in tree.body if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"]
    imports = [node for block in guarded for node in block.body if isinstance(node, ast.ImportFrom)]
    return {(node.module or "", alias.name) for node in imports for alias in node.names}


def handed_out(path: Path) -> set[tuple[str, str]]:
    """The pairs (module, name) of the tables that the map gives to `attach`."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    (call,) = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func) == "attach"]
    exports, submodules = (*(ast.literal_eval(table) for table in call.args[1:]), ())[:2]
    own = package(path)
    pairs = {(f"{own}.{module}", name) for module, listed in exports.items() for name in listed}
    return pairs | {(own, name) for name in submodules}


def test_the_public_names_are_those_of_the_snapshot() -> None:
    known, found = set(SNAPSHOT.read_text(encoding="utf-8").split()), set(names())
    assert known == found, f"new: {sorted(found - known)}, gone: {sorted(known - found)}; {REMEDY}"


@pytest.mark.parametrize("room", sorted({name.rpartition(".")[0] for name in names()}))
def test_every_public_name_resolves(room: str) -> None:
    module = import_module(room)
    for name in names():
        if name.rpartition(".")[0] == room:
            assert getattr(module, name.rpartition(".")[2]) is not None


@pytest.mark.parametrize("path", LAZY, ids=package)
def test_type_checkers_see_what_is_handed_out(path: Path) -> None:
    assert promised(path) == handed_out(path)


def test_there_is_a_lazy_top_level() -> None:
    assert SOURCE / "servqual" / "__init__.py" in LAZY
