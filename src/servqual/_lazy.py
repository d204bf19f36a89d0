"""The lazy top level: a package hands out its names on first use."""

import sys
from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from importlib import import_module

Attached = tuple[Callable[[str], object], Callable[[], list[str]], list[str]]


def attach(package: str, exports: Mapping[str, Sequence[str]], submodules: Sequence[str] = ()) -> Attached:
    """Build the ``__getattr__``, ``__dir__`` and ``__all__`` of a package that imports nothing until asked.

    Parameters
    ----------
    package
        Name of the package, that is ``__name__`` in its ``__init__``.
    exports
        Module, relative to the package → the public names it defines.
    submodules
        Modules or packages that are public themselves.

    Returns
    -------
    tuple
        ``__getattr__``, ``__dir__``, ``__all__``, in this order; ``__all__`` keeps the order of the tables.

    Raises
    ------
    ValueError
        If a name is listed twice, or if a name is also the name of a module beside it: importing that module
        would put it in the place of the name.
    """
    homes = _homes(package, exports, submodules)

    def resolve(name: str) -> object:
        if name not in homes:
            raise AttributeError(_unknown(package, name, homes), name=name, obj=sys.modules.get(package))
        home = homes[name]
        found = import_module(f"{package}.{name}") if home is None else getattr(import_module(home), name)
        vars(sys.modules[package])[name] = found
        return found

    def listing() -> list[str]:
        return sorted({*vars(sys.modules[package]), *homes})

    return resolve, listing, list(homes)


def _homes(package: str, exports: Mapping[str, Sequence[str]], submodules: Sequence[str]) -> dict[str, str | None]:
    """Where each public name is defined; None marks a submodule."""
    modules = {module.partition(".")[0] for module in exports} | set(submodules)
    homes: dict[str, str | None] = {}
    for module, names in exports.items():
        for name in names:
            if name in homes:
                raise ValueError(f"{package} exports {name!r} twice")
            if name in modules:
                raise ValueError(f"{package} exports {name!r}, which is also the name of a module; rename the module")
            homes[name] = f"{package}.{module}"
    return homes | dict.fromkeys(submodules)


def _unknown(package: str, name: str, known: Mapping[str, object]) -> str:
    near = get_close_matches(name, known, n=1)
    hint = f"; did you mean {near[0]!r}?" if near else ""
    return f"module {package!r} has no attribute {name!r}{hint}"
