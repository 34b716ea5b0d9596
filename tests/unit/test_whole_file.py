"""A file is written whole or not at all."""

import json
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from gdviz.errors import UserError
from gdviz.whole_file import whole_file

OLD = b"what was there before\n" * 100
NEW = b"what is there now\n"


if sys.platform == "win32":
    pytest.skip("signals, links and devices of POSIX", allow_module_level=True)


@pytest.fixture
def target(tmp_path):
    path = tmp_path / "target.csv"
    path.write_bytes(OLD)
    return path


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_new_file_appears_when_it_is_complete(tmp_path):
    path = tmp_path / "new.csv"
    with whole_file(path) as file:
        file.write(NEW)
        file.flush()
        assert not path.exists()
    assert path.read_bytes() == NEW
    assert names(tmp_path) == ["new.csv"]


def test_an_old_file_is_replaced_at_the_end(target):
    with whole_file(target) as file:
        file.write(NEW)
        file.flush()
        assert target.read_bytes() == OLD
    assert target.read_bytes() == NEW
    assert names(target.parent) == ["target.csv"]


@pytest.mark.parametrize("error", [ValueError("no"), KeyboardInterrupt(), SystemExit(3)])
def test_what_goes_wrong_leaves_the_old_file_and_nothing_else(target, error):
    with pytest.raises(type(error)), whole_file(target) as file:  # noqa: PT012
        file.write(NEW)
        raise error
    assert target.read_bytes() == OLD
    assert names(target.parent) == ["target.csv"]


def test_what_goes_wrong_leaves_no_new_file(tmp_path):
    path = tmp_path / "new.csv"
    with pytest.raises(ValueError, match="no"), whole_file(path) as file:  # noqa: PT012
        file.write(NEW)
        raise ValueError("no")
    assert names(tmp_path) == []


def test_a_full_disk_leaves_the_old_file_and_is_told(target):
    # A limit on the size of files fails a write in the middle just as a full disk does.
    script = """
import resource, signal, sys
from pathlib import Path
from gdviz.errors import UserError
from gdviz.whole_file import whole_file
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
try:
    with whole_file(Path(sys.argv[1])) as file:
        for _ in range(100):
            file.write(b"x" * 1000)
except UserError as error:
    print(error)
"""
    done = run_python(script, target)
    assert done.stdout == f"cannot write '{target}': file too large\n"
    assert done.stderr == ""
    assert target.read_bytes() == OLD
    assert names(target.parent) == ["target.csv"]


KILLED = """
import sys
from pathlib import Path
from gdviz.whole_file import whole_file
with whole_file(Path(sys.argv[1])) as file:
    file.write(b"half of it")
    file.flush()
    print("writing", flush=True)
    while True:
        file.write(b"more and more" * 1000)
        file.flush()
"""


def test_a_killed_process_leaves_the_old_file_whole(target):
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", KILLED, str(target)], stdout=subprocess.PIPE, text=True
        )
        for _ in range(10)
    ]
    for process in processes:
        try:
            assert process.stdout.readline() == "writing\n"
            assert target.read_bytes() == OLD
        finally:
            process.kill()
            process.wait()
            process.stdout.close()
        assert process.returncode == -signal.SIGKILL
        assert target.read_bytes() == OLD
    # What it had begun may stay behind, but hidden, and in nobody's way.
    with whole_file(target) as file:
        file.write(NEW)
    assert target.read_bytes() == NEW
    assert all(name == "target.csv" or name.startswith(".") for name in names(target.parent))


OFTEN_KILLED = """
import json, os, random, signal, sys, time
from pathlib import Path
from gdviz.whole_file import whole_file

target, moments = Path(sys.argv[1]), random.Random(7)
contents = [letter * size for letter, size in ((b"a", 300_000), (b"b", 700_000), (b"c", 10))]
found, left = set(), 0

def write_without_end(started):
    while True:
        for content in contents:
            with whole_file(target) as file:
                for at in range(0, len(content), 100_000):
                    file.write(content[at : at + 100_000])
            os.write(started, b".")

for _ in range(40):
    reading, started = os.pipe()
    child = os.fork()
    if not child:
        write_without_end(started)
    os.read(reading, 1)
    time.sleep(moments.uniform(0.0, 0.02))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(reading)
    os.close(started)
    found.add(contents.index(target.read_bytes()))
    left = len(list(target.parent.iterdir())) - 1
print(json.dumps({"found": sorted(found), "left": left}))
"""


def test_forty_kills_among_saves_leave_one_of_the_whole_contents(target):
    done = run_python(OFTEN_KILLED, target)
    assert done.stderr == ""
    told = json.loads(done.stdout)
    # Kills have hit the program at work: in different saves, and within some.
    assert len(told["found"]) > 1
    assert told["left"] > 0
    os.utime(next(path for path in target.parent.iterdir() if path != target), (1e9, 1e9))
    with whole_file(target) as file:
        file.write(NEW)
    assert target.read_bytes() == NEW
    assert len(names(target.parent)) == told["left"]


def test_what_was_left_long_ago_is_swept_away_with_the_next_save(target):
    folder = target.parent
    left = {
        ".target.csv.old1.unfinished": 1e9,
        ".target.csv.new1.unfinished": None,
        ".other.csv.old1.unfinished": 1e9,
        ".target.csv.mine": 1e9,
        "target.csv.unfinished": 1e9,
    }
    for name, when in left.items():
        (folder / name).write_bytes(b"half")
        if when is not None:
            os.utime(folder / name, (when, when))
    (folder / ".target.csv.link.unfinished").symlink_to("target.csv.unfinished")
    with whole_file(target) as file:
        file.write(NEW)
    gone = {*left, ".target.csv.link.unfinished", "target.csv"} - set(names(folder))
    assert gone == {".target.csv.old1.unfinished"}


def test_the_folder_is_synced_once_the_new_file_has_its_name(target, monkeypatch):
    synced = []
    really = os.fsync

    def noted(handle):
        kind = "folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file"
        synced.append((kind, target.read_bytes()))
        really(handle)

    monkeypatch.setattr(os, "fsync", noted)
    with whole_file(target) as file:
        file.write(NEW)
    assert synced == [("file", OLD), ("folder", NEW)]


def test_a_writer_can_tell_the_folder(target):
    with whole_file(target) as file:
        assert Path(file.name).parent == target.parent


@pytest.mark.parametrize("mode", [0o644, 0o600, 0o664, 0o755])
def test_permissions_are_kept(target, mode):
    target.chmod(mode)
    with whole_file(target) as file:
        file.write(NEW)
    assert stat.S_IMODE(target.stat().st_mode) == mode


@pytest.mark.parametrize("mask", [0o022, 0o077, 0o002])
def test_a_new_file_has_the_usual_permissions(tmp_path, mask):
    before = os.umask(mask)
    try:
        with whole_file(tmp_path / "new.csv") as file:
            file.write(NEW)
        assert os.umask(mask) == mask  # nobody else's files are created otherwise
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "new.csv").stat().st_mode) == 0o666 & ~mask


def test_a_link_goes_on_pointing_to_the_file(target):
    link = target.with_name("link.csv")
    link.symlink_to(target.name)
    with whole_file(link) as file:
        file.write(NEW)
    assert link.is_symlink()
    assert target.read_bytes() == NEW


def test_a_dangling_link_gets_its_file(tmp_path):
    link = tmp_path / "link.csv"
    link.symlink_to("later.csv")
    with whole_file(link) as file:
        file.write(NEW)
    assert (tmp_path / "later.csv").read_bytes() == NEW


@pytest.mark.parametrize(
    "name", ["ä ö.csv", "日本語.png", "a" * 200 + ".csv", "-o.csv", "x\ny.csv"]
)
def test_any_name_will_do(tmp_path, name):
    with whole_file(tmp_path / name) as file:
        file.write(NEW)
    assert (tmp_path / name).read_bytes() == NEW


def test_a_relative_path_is_relative_to_the_current_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with whole_file(Path("new.csv")) as file:
        file.write(NEW)
    assert (tmp_path / "new.csv").read_bytes() == NEW


def refusal(path):
    with pytest.raises(UserError) as told, whole_file(path):
        pytest.fail("it was opened")
    return str(told.value)


def test_a_folder_is_refused(tmp_path):
    assert refusal(tmp_path) == f"cannot write '{tmp_path}': it is a folder"


def test_a_missing_folder_is_named(tmp_path):
    path = tmp_path / "nowhere" / "new.csv"
    assert refusal(path) == f"cannot write '{path}': there is no folder '{path.parent}'"
    assert names(tmp_path) == []


def test_a_file_is_no_folder(target):
    path = target / "new.csv"
    assert refusal(path) == f"cannot write '{path}': not a directory"


def test_too_long_a_name_is_refused(tmp_path):
    path = tmp_path / ("a" * 300 + ".csv")
    assert refusal(path) == f"cannot write '{path}': file name too long"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everything")
def test_what_may_not_be_written_is_refused(target):
    target.chmod(0o444)
    assert refusal(target) == f"cannot write '{target}': permission denied"
    target.chmod(0o644)
    target.parent.chmod(0o555)
    try:
        assert refusal(target) == f"cannot write '{target}': permission denied"
    finally:
        target.parent.chmod(0o755)
    assert target.read_bytes() == OLD


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_what_may_not_be_written_is_refused_for_others_than_root(target):
    script = """
import os, sys
from pathlib import Path
from gdviz.errors import UserError
from gdviz.whole_file import whole_file
os.setuid(65534)
try:
    with whole_file(Path(sys.argv[1])) as file:
        print("it was opened")
except UserError as error:
    print(error)
"""
    for folder in [target.parent, *target.parent.parents][:3]:
        folder.chmod(0o755)
    target.chmod(0o444)
    assert run_python(script, target).stdout == f"cannot write '{target}': permission denied\n"
    target.chmod(0o666)  # the file could be written, but not replaced in this folder
    assert run_python(script, target).stdout == f"cannot write '{target}': permission denied\n"
    assert target.read_bytes() == OLD
    assert names(target.parent) == ["target.csv"]


def test_a_device_is_written_to_directly():
    with whole_file(Path(os.devnull)) as file:
        file.write(NEW)
    assert not Path(os.devnull).is_file()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_a_full_device_is_told():
    said = r"^cannot write '/dev/full': no space left on device$"
    with pytest.raises(UserError, match=said), whole_file(Path("/dev/full")) as file:
        file.write(NEW)


def test_a_pipe_is_written_to_directly(tmp_path):
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    reader = subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE)
    with whole_file(pipe) as file:
        file.write(NEW)
    assert reader.communicate(timeout=10)[0] == NEW


def run_python(script, *arguments):
    return subprocess.run(
        [sys.executable, "-c", script, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
