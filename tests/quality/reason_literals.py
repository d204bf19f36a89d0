"""Every reason for which a statistic does not exist, found in the source of what readings are made of."""

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import servqual.quality
import servqual.statistics

# What the braces of a reason may hold, for a try.
SAMPLE = "7"
_NO_CONDITION = ast.Constant | ast.Name | ast.List
# What makes a module one that gives reasons in columns or in cases, besides a plain `Inapplicable`.
MANNERS = {"Reasoned", "reasons", "RankTest", "t_test", "Case"}


def modules_of(room: ModuleType) -> list[str]:
    """The names of all modules of a room, also those of rooms within it."""
    folder = Path(str(room.__file__)).parent
    paths = [path.relative_to(folder).with_suffix("") for path in sorted(folder.rglob("*.py"))]
    return [".".join((room.__name__, *(part for part in path.parts if part != "__init__"))) for path in paths]


def source_of(name: str) -> ast.Module:
    return ast.parse(Path(str(import_module(name).__file__)).read_text(encoding="utf-8"))


def imports_of(name: str) -> Iterator[tuple[str, str]]:
    """The pairs (module, name) that a module imports from the package."""
    nodes = (node for node in ast.walk(source_of(name)) if isinstance(node, ast.ImportFrom))
    own = (node for node in nodes if (node.module or "").startswith("servqual"))
    return ((node.module or "", alias.name) for node in own for alias in node.names)


def home(module: str, name: str) -> str:
    """The module that a name comes from, whatever map hands it out."""
    given = import_module(module)
    found = getattr(given, name, None)
    return found.__name__ if isinstance(found, ModuleType) else getattr(found, "__module__", None) or module


def reachable() -> list[str]:
    """The modules of the readings, and those of the statistics floor that these use, directly or through others."""
    floor = set(modules_of(servqual.statistics))
    waiting, seen = modules_of(servqual.quality), set[str]()
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            # a map hands out much that nobody asks for
            is_map = Path(str(import_module(name).__file__)).name == "__init__.py"
            waiting += [] if is_map else [each for pair in imports_of(name) if (each := home(*pair)) in floor]
    return sorted(seen)


def reasons_in(name: str) -> set[str]:
    """The reasons that a module gives, with a sample in their braces."""
    module, tree = import_module(name), source_of(name)
    nodes = list(ast.walk(tree))
    places = [place for node in nodes for place in _plain(node)]
    if MANNERS & {each.id for each in nodes if isinstance(each, ast.Name)}:
        places += [place for node in nodes for place in _in_cases(node)]
        places += [place for node in tree.body if isinstance(node, ast.Assign) for place in _constants(node)]
    return {text for place in places for text in _texts(place, module) if any(map(str.isalpha, text))}


def _plain(node: ast.AST) -> Iterator[ast.expr]:
    if isinstance(node, ast.Call) and ast.unparse(node.func) in {"Inapplicable", "Reasoned.none"} and node.args:
        yield node.args[0]


def _in_cases(node: ast.AST) -> Iterator[ast.expr]:
    """Where reasons stand in modules that give them by cases: beside a condition, or as an option."""
    if isinstance(node, ast.Tuple) and len(node.elts) == 2 and not isinstance(node.elts[0], _NO_CONDITION):
        yield node.elts[1]
    elif isinstance(node, ast.Call):
        yield from (each.value for each in node.keywords if each.arg == "few")
        yield from (node.args[-1:] if ast.unparse(node.func) == "Words" else [])
    elif isinstance(node, ast.FunctionDef):
        both = (*zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True),)
        yield from (default for each, default in both if each.arg == "few" and default is not None)
    elif isinstance(node, ast.Assign):
        yield from (value for name, value in _assigned(node) if name == "few")


def _constants(node: ast.Assign) -> Iterator[ast.expr]:
    return (value for name, value in _assigned(node) if name.isupper())


def _assigned(node: ast.Assign) -> Iterator[tuple[str, ast.expr]]:
    """The names that a statement gives values to, each with its own."""
    for target in node.targets:
        if isinstance(target, ast.Name):
            yield target.id, node.value
        elif isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
            yield from zip(map(ast.unparse, target.elts), node.value.elts, strict=True)


def _texts(node: ast.expr, module: ModuleType) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.Name) and isinstance(value := getattr(module, node.id, None), str):
        yield value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(next(_part(each, module)) for each in node.values)
    elif isinstance(node, ast.IfExp):
        yield from (*_texts(node.body, module), *_texts(node.orelse, module))


def _part(node: ast.expr, module: ModuleType) -> Iterator[str]:
    """A piece of a text: as it stands, a constant that it names, or a sample."""
    yield from _texts(node.value if isinstance(node, ast.FormattedValue) else node, module)
    yield SAMPLE
