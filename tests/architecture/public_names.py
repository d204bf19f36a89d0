"""Print every public name of servqual and of its public submodules, one a line.

Run `python tests/architecture/public_names.py > tests/architecture/public_names.txt` after a change that is meant.
"""

from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

import servqual


def submodules() -> list[str]:
    """Names of the modules and packages at the top level that bear no underscore."""
    return sorted(found.name for found in iter_modules(servqual.__path__) if not found.name.startswith("_"))


def public(module: ModuleType) -> list[str]:
    """What the module hands out: its `__all__` where it has one, else what it defines itself."""
    stated = getattr(module, "__all__", None)
    if stated is not None:
        return sorted(stated)
    return [name for name in dir(module) if not name.startswith("_") and _defined_in(module, name)]


def _defined_in(module: ModuleType, name: str) -> bool:
    return getattr(getattr(module, name), "__module__", None) == module.__name__


def names() -> list[str]:
    """Every public name, with its module."""
    rooms = [servqual, *(import_module(f"servqual.{name}") for name in submodules())]
    return [f"{room.__name__}.{name}" for room in rooms for name in public(room)]


if __name__ == "__main__":
    print("\n".join(names()))
