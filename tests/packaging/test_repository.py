"""Small promises about the source: modules stay small and say what they are for."""

import ast
from pathlib import Path
from statistics import median

import pytest

import gdviz

PACKAGE = Path(gdviz.__file__).parent
MODULES = sorted(
    path for path in PACKAGE.rglob("*.py") if "resources" not in path.relative_to(PACKAGE).parts
)
LONGEST = 400
TYPICAL = 150


def length(path):
    return len(path.read_text(encoding="utf-8").splitlines())


def name(path):
    return path.relative_to(PACKAGE).as_posix()


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_module_is_small_and_has_a_docstring(path):
    assert length(path) <= LONGEST
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


def test_the_typical_module_is_short():
    assert median(map(length, MODULES)) < TYPICAL


def test_every_folder_of_modules_is_a_package():
    folders = {path.parent for path in MODULES}
    assert all((folder / "__init__.py").exists() for folder in folders)


def test_the_package_says_it_is_typed():
    assert (PACKAGE / "py.typed").exists()
