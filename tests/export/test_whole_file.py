"""A file appears whole or not at all."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from gdviz.errors import UserError
from gdviz.export.whole_file import whole_file


def test_a_new_file_has_the_permissions_of_any_other(tmp_path):
    (tmp_path / "other").touch()
    with whole_file(tmp_path / "new") as file:
        file.write(b"all of it")
    assert (tmp_path / "new").read_bytes() == b"all of it"
    assert (tmp_path / "new").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_a_replaced_file_keeps_its_permissions(tmp_path):
    path = tmp_path / "old"
    path.write_bytes(b"old")
    path.chmod(0o640)
    with whole_file(path) as file:
        file.write(b"new")
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o640


def test_what_a_link_points_to_is_replaced_and_the_link_stays(tmp_path):
    (tmp_path / "target").write_bytes(b"old")
    (tmp_path / "link").symlink_to(tmp_path / "target")
    with whole_file(tmp_path / "link") as file:
        file.write(b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "target").read_bytes() == b"new"


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt])
def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path, error):
    path = tmp_path / "old"
    path.write_bytes(b"old")
    with pytest.raises(error), whole_file(path) as file:  # noqa: PT012
        file.write(b"half of")
        raise error
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("name", "told"), [("missing/file", "no folder"), (".", "folder"), ("a" * 300, "long")]
)
def test_what_cannot_be_written_is_told(tmp_path, name, told):
    with pytest.raises(UserError, match=told), whole_file(tmp_path / name):
        pytest.fail("the file was opened")


@pytest.mark.skipif(sys.platform == "win32", reason="there is no /dev/full")
def test_a_full_disk_is_told():
    with pytest.raises(UserError, match="space"), whole_file(Path("/dev/full")) as file:
        file.write(b"x" * 100_000)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no /dev/null")
def test_a_device_is_written_to_and_stays_one():
    with whole_file(Path("/dev/null")) as file:
        file.write(b"gone")
    assert Path("/dev/null").is_char_device()


_WRITE_SLOWLY = """
import sys
from pathlib import Path
from gdviz.export.whole_file import whole_file
with whole_file(Path(sys.argv[1])) as file:
    for number in range(10**9):
        file.write(b"new" * 1000)
        if number == int(sys.argv[2]):
            print("writing", flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
@pytest.mark.parametrize("after", [0, 1, 10, 300])
def test_a_process_killed_while_it_writes_leaves_the_old_file_whole(tmp_path, after):
    path = tmp_path / "old.csv"
    path.write_bytes(b"old")
    writing = subprocess.Popen(
        [sys.executable, "-c", _WRITE_SLOWLY, str(path), str(after)], stdout=subprocess.PIPE
    )
    assert writing.stdout is not None
    assert writing.stdout.readline().strip() == b"writing"
    os.kill(writing.pid, signal.SIGKILL)
    writing.communicate(timeout=30)
    assert path.read_bytes() == b"old"
