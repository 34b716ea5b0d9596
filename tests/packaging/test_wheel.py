"""What is built from the repository works where the repository is not."""

import email
import os
import re
import struct
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

import gdviz

ROOT = Path(__file__).resolve().parents[2]
IN_CI = os.environ.get("CI", "") not in {"", "0", "false"}
DESKTOP = {
    "applications/gdviz.desktop": "gdviz.desktop",
    "mime/packages/gdviz.xml": "gdviz.xml",
    "icons/hicolor/scalable/apps/gdviz.svg": "gdviz.svg",
    "icons/hicolor/scalable/mimetypes/application-x-gdviz+json.svg": "gdviz-experiment.svg",
}
LEFT_OUT = {
    *("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"),
    *("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV"),
}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Build the sdist from the repository and the wheel from the sdist."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    return folder


@pytest.fixture(scope="module")
def wheel(built):
    (path,) = built.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def sdist(built):
    (path,) = built.glob("*.tar.gz")
    return path


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """Install the wheel in an environment of its own; return the folder of its commands.

    Its dependencies are borrowed from the environment of the tests, by a path that does
    not lead to the checkout: ``.pth`` files count only in an environment's own folders.
    """
    folder = tmp_path_factory.mktemp("installed")
    commands, site_packages = make_environment(folder)
    run(commands / "python", "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", wheel)
    borrowed = sorted({sysconfig.get_path("purelib"), sysconfig.get_path("platlib")})
    (site_packages / "borrowed.pth").write_text("\n".join(borrowed), encoding="utf-8")
    return commands


def make_environment(folder):
    venv.create(folder, with_pip=True, symlinks=os.name != "nt")
    places = {"base": str(folder), "platbase": str(folder)}
    paths = sysconfig.get_paths("venv", vars=places)
    return Path(paths["scripts"]), Path(paths["purelib"])


def run(*command, cwd=None):
    kept = {name: value for name, value in os.environ.items() if name not in LEFT_OUT}
    result = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=kept,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def render_valley(commands, folder):
    run(
        commands / "gdviz",
        *("render", "valley", "--start", "-3,4", "--learning-rate", "0.1", "--steps", "50"),
        *("--size", "640x480", "-o", "valley.png"),
        cwd=folder,
    )
    return folder / "valley.png"


def png_size(path):
    head = path.read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    assert head[12:16] == b"IHDR"
    return struct.unpack(">II", head[16:])


def test_the_wheel_carries_resources_and_types(wheel):
    assert wheel.name == f"gdviz-{gdviz.__version__}-py3-none-any.whl"
    names = set(zipfile.ZipFile(wheel).namelist())
    assert "gdviz/py.typed" in names
    resources = {
        "gdviz/" + path.relative_to(ROOT).as_posix()
        for path in (ROOT / "resources").rglob("*")
        if path.is_file()
    }
    assert resources
    assert resources <= names
    assert not [name for name in names if not name.startswith(("gdviz/", "gdviz-"))]


def test_the_wheel_tells_the_desktop_of_gdviz_and_its_files(installed):
    share = installed.parent / "share"
    for place, name in DESKTOP.items():
        shared = share / place
        assert shared.read_bytes() == (ROOT / "resources" / "desktop" / name).read_bytes()


def test_numba_is_an_extra_and_nothing_that_everybody_needs(wheel):
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [n for n in archive.namelist() if n.endswith(".dist-info/METADATA")]
        told = email.message_from_bytes(archive.read(name))
    assert "fast" in told.get_all("Provides-Extra")
    (numba,) = [need for need in told.get_all("Requires-Dist") if need.startswith("numba")]
    assert re.search(r";\s*extra == ['\"]fast['\"]$", numba), numba


def test_the_sdist_carries_resources_and_tests(sdist):
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert "tests/packaging/test_wheel.py" in names
    assert "Makefile" in names
    assert any(name.startswith("resources/") for name in names)
    assert not [name for name in names if name.startswith((".venv", "dist/"))]


def test_the_package_runs_from_the_wheel_alone(installed, tmp_path):
    script = "import gdviz; print(gdviz.__file__)"
    where = Path(run(installed / "python", "-c", script, cwd=tmp_path).strip())
    assert ROOT not in where.parents
    assert gdviz.__version__ in run(installed / "gdviz", "--version", cwd=tmp_path)


def test_every_resource_is_found_in_the_wheel(installed, tmp_path):
    names = [path.name for path in (ROOT / "resources").iterdir()]
    script = f"import gdviz.resource_files as r; [print(r.resource_path(n)) for n in {names}]"
    found = run(installed / "python", "-c", script, cwd=tmp_path).split("\n")
    assert all(ROOT not in Path(path).parents for path in found if path)


def test_it_finds_and_reads_its_lessons(installed, tmp_path):
    told = run(installed / "gdviz", "list", "lessons", cwd=tmp_path)
    assert told.split()[0] == "gradient-descent"


def test_it_draws_a_picture_of_the_size_asked_for(installed, tmp_path):
    assert png_size(render_valley(installed, tmp_path)) == (640, 480)


@pytest.mark.skipif(not IN_CI, reason="downloads Qt; the test with borrowed dependencies is quick")
def test_the_wheel_asks_for_all_it_needs(wheel, tmp_path):
    commands, _ = make_environment(tmp_path / "environment")
    run(commands / "python", "-m", "pip", "install", "--quiet", wheel)
    assert png_size(render_valley(commands, tmp_path)) == (640, 480)
