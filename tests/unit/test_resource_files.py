"""Resources are found in a checkout and in an installed package alike."""

import importlib.util
import shutil

import pytest

from gdviz import resource_files
from gdviz.resource_files import resource_path


@pytest.fixture
def installed(tmp_path):
    """Return a function that loads the locator from a package laid out in `tmp_path`."""
    package = tmp_path / "site" / "gdviz"
    package.mkdir(parents=True)
    copy = shutil.copy(resource_files.__file__, package)

    def load():
        spec = importlib.util.spec_from_file_location("locator_elsewhere", copy)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module.resource_path

    return load


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_a_dataset_is_found_and_is_the_table():
    path = resource_path("datasets", "galaxies.csv")
    assert path.is_absolute()
    assert path.read_text(encoding="utf-8").startswith("distance,velocity\n0.032,170\n")


def test_a_folder_is_found():
    assert resource_path("datasets").is_dir()
    assert resource_path("datasets", "galaxies.csv").parent == resource_path("datasets")


def test_the_working_directory_does_not_matter(tmp_path, monkeypatch):
    here = resource_path("datasets", "galaxies.csv")
    write(tmp_path / "resources" / "datasets" / "galaxies.csv", "another")
    monkeypatch.chdir(tmp_path)
    assert resource_path("datasets", "galaxies.csv") == here


@pytest.mark.parametrize("parts", [("datasets", "no-such.csv"), ("nowhere",), ("a", "b", "c")])
def test_a_missing_resource_is_named_with_what_to_do(parts):
    with pytest.raises(FileNotFoundError) as caught:
        resource_path(*parts)
    message = str(caught.value)
    assert "/".join(parts) in message
    assert "reinstall" in message
    assert len(message.splitlines()) == 1


def test_an_installed_package_finds_what_lies_inside_it(tmp_path, installed):
    inside = tmp_path / "site" / "gdviz" / "resources" / "datasets" / "table.csv"
    write(inside, "inside")
    write(tmp_path / "site" / "resources" / "datasets" / "table.csv", "another project's")
    assert installed()("datasets", "table.csv") == inside.resolve()


def test_a_checkout_finds_what_lies_beside_the_package(tmp_path, installed):
    beside = tmp_path / "site" / "resources" / "datasets" / "table.csv"
    write(beside, "beside")
    assert installed()("datasets", "table.csv") == beside.resolve()


def test_a_damaged_installation_is_reported(installed):
    with pytest.raises(FileNotFoundError, match=r"datasets/table\.csv"):
        installed()("datasets", "table.csv")
