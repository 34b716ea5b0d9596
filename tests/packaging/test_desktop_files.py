"""The desktop finds gdviz, and opens its files with it."""

import configparser
import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from gdviz.experiment import open_experiment
from gdviz.experiment.document import Document
from gdviz.experiment.file import FORMAT, document_bytes
from gdviz.resource_files import resource_path

ROOT = Path(__file__).resolve().parents[2]
NAMESPACE = {"m": "http://www.freedesktop.org/standards/shared-mime-info"}
MIME = "application/x-gdviz+json"
ENTRY, TYPES = resource_path("desktop", "gdviz.desktop"), resource_path("desktop", "gdviz.xml")


@pytest.fixture(scope="module")
def entry():
    parser = configparser.ConfigParser(interpolation=None, strict=True)
    parser.optionxform = str
    parser.read_string(ENTRY.read_text("utf-8"))
    return parser["Desktop Entry"]


@pytest.fixture(scope="module")
def kind():
    (kind,) = ET.parse(TYPES).getroot().findall("m:mime-type", NAMESPACE)
    return kind


def test_the_desktop_entry_says_how_gdviz_is_started(entry):
    assert entry["Type"] == "Application"
    assert entry["Exec"] == "gdviz %f"
    assert entry["Icon"] == "gdviz"
    assert entry["Terminal"] == "false"
    assert entry["StartupWMClass"] == "gdviz"
    assert entry["MimeType"] == f"{MIME};"
    for key in ("Categories", "Keywords", "MimeType"):
        assert entry[key].endswith(";")
    assert "Education" in entry["Categories"].split(";")


def test_the_type_of_its_files_is_told_by_name_and_by_content(kind):
    assert kind.get("type") == MIME
    assert [glob.get("pattern") for glob in kind.findall("m:glob", NAMESPACE)] == ["*.gdviz"]
    assert kind.find("m:sub-class-of", NAMESPACE).get("type") == "application/json"
    assert kind.find("m:comment", NAMESPACE).text == "gdviz experiment"


def test_the_magic_matches_what_gdviz_writes(kind):
    written = document_bytes(Document(open_experiment("valley")))
    found, matches = [], kind.findall("m:magic", NAMESPACE)
    while matches:
        (match,) = [one for parent in matches for one in parent.findall("m:match", NAMESPACE)]
        first, _, last = match.get("offset").partition(":")
        value = match.get("value").encode()
        found.append(value)
        assert value in written[int(first) : int(last or first) + len(value)], value
        matches = [match] if match.findall("m:match", NAMESPACE) else []
    assert found[-1] == f'"{FORMAT}"'.encode()


def test_icons_are_drawings_of_one_size():
    for name in ("gdviz.svg", "gdviz-experiment.svg"):
        root = ET.parse(resource_path("desktop", name)).getroot()
        assert root.tag.endswith("svg")
        assert root.get("viewBox") == "0 0 128 128"


def test_the_wheel_puts_them_where_desktops_look():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    shared = project["tool"]["hatch"]["build"]["targets"]["wheel"]["shared-data"]
    assert all((ROOT / source).is_file() for source in shared)
    assert shared == {
        "resources/desktop/gdviz.desktop": "share/applications/gdviz.desktop",
        "resources/desktop/gdviz.xml": "share/mime/packages/gdviz.xml",
        "resources/desktop/gdviz.svg": "share/icons/hicolor/scalable/apps/gdviz.svg",
        "resources/desktop/gdviz-experiment.svg": (
            "share/icons/hicolor/scalable/mimetypes/application-x-gdviz+json.svg"
        ),
    }


@pytest.mark.skipif(shutil.which("desktop-file-validate") is None, reason="not installed")
def test_the_validator_has_nothing_to_say():
    done = subprocess.run(
        ["desktop-file-validate", str(ENTRY)], check=False, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.skipif(shutil.which("update-mime-database") is None, reason="not installed")
def test_the_mime_database_takes_it(tmp_path):
    packages = tmp_path / "packages"
    packages.mkdir()
    shutil.copy(TYPES, packages)
    done = subprocess.run(
        ["update-mime-database", str(tmp_path)], check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    globs = (tmp_path / "globs2").read_text("utf-8")
    assert re.search(rf"^\d+:{re.escape(MIME)}:\*\.gdviz$", globs, re.MULTILINE)
    assert b"gdviz-experiment" in (tmp_path / "magic").read_bytes()
