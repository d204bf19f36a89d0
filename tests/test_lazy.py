"""The lazy top level, on packages that the tests write themselves."""

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from servqual._lazy import attach

MAP = """
from servqual._lazy import attach
__getattr__, __dir__, __all__ = attach(
    __name__, {"words": ("Scale", "Item"), "numbers.weights": ("Kind",)}, ("numbers", "words")
)
"""
FILES = {
    "__init__.py": MAP,
    "words.py": "class Scale: ...\nclass Item: ...\n",
    "numbers/__init__.py": "",
    "numbers/weights.py": "class Kind: ...\n",
}


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    for name, text in FILES.items():
        path = tmp_path / "house" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    yield import_module("house")
    for name in [name for name in sys.modules if name.partition(".")[0] == "house"]:
        del sys.modules[name]


def test_nothing_is_imported_before_it_is_asked_for(house: ModuleType) -> None:
    assert dir(house)
    assert [name for name in sys.modules if name.startswith("house.")] == []


def test_a_name_comes_from_its_module_and_is_kept(house: ModuleType) -> None:
    assert "Scale" not in vars(house)
    scale = house.Scale
    assert scale is import_module("house.words").Scale
    assert vars(house)["Scale"] is scale


def test_a_name_may_live_deeper(house: ModuleType) -> None:
    assert house.Kind.__module__ == "house.numbers.weights"


def test_submodules_are_handed_out_as_modules(house: ModuleType) -> None:
    assert house.words is sys.modules["house.words"]


def test_dir_lists_every_name_sorted_and_all_keeps_the_order_of_the_table(house: ModuleType) -> None:
    assert house.__all__ == ["Scale", "Item", "Kind", "numbers", "words"]
    assert set(house.__all__) <= set(dir(house))
    assert dir(house) == sorted(dir(house))


def test_an_unknown_name_is_refused_with_a_suggestion(house: ModuleType) -> None:
    with pytest.raises(AttributeError, match=r"'house' has no attribute 'Scales'; did you mean 'Scale'\?$") as caught:
        _ = house.Scales
    assert caught.value.name == "Scales"
    assert caught.value.obj is house


def test_an_unknown_name_like_no_other_is_refused_without_one(house: ModuleType) -> None:
    with pytest.raises(AttributeError, match=r"has no attribute 'zzz'$"):
        _ = house.zzz


@pytest.mark.usefixtures("house")
def test_a_missing_name_in_the_module_is_an_error_of_the_map() -> None:
    lookup, _, _ = attach("house", {"words": ("Absent",)})
    with pytest.raises(AttributeError, match=r"module 'house\.words' has no attribute 'Absent'"):
        lookup("Absent")


@pytest.mark.parametrize(
    ("exports", "submodules", "message"),
    [
        ({"words": ("Scale",), "other": ("Scale",)}, (), "exports 'Scale' twice"),
        ({"score": ("score",)}, (), "'score', which is also the name of a module"),
        ({"words": ("effects",)}, ("effects",), "'effects', which is also the name of a module"),
        ({"report.table": ("report",)}, (), "'report', which is also the name of a module"),
    ],
)
def test_a_name_that_would_be_shadowed_is_refused(
    exports: dict[str, tuple[str, ...]], submodules: tuple[str, ...], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        attach("house", exports, submodules)
