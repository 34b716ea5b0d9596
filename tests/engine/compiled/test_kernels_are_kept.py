"""The cache of kernels: what is taken from it, and what isn't."""

import os
import stat
import sys

import numpy as np
import pytest

from gdviz.engine.compiled import KernelCache, Kernels
from gdviz.engine.compiled.cache import kernels_folder
from gdviz.engine.compiled.loading import load
from gdviz.engine.compiled.plan import Plan
from gdviz.engine.compiled.source import kernel_source
from tests.engine.compiled.conftest import descent_of, ended, same_ends

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights")


@pytest.fixture
def text():
    return kernel_source(Plan(descent_of()).programs)


def test_what_is_kept_is_loaded_and_not_compiled_again(filled, text):
    kernel = load(filled.find(text))
    for function in (kernel.take, kernel.run):
        assert function.stats.cache_hits
        assert not function.stats.cache_misses


def test_wherever_numba_is_told_to_keep_its_files_a_kernels_stay_with_it(
    cache, text, monkeypatch, tmp_path
):
    from numba.core import config

    monkeypatch.setattr(config, "CACHE_DIR", str(tmp_path / "told"))
    kernel = load(cache.find(text))
    assert kernel.take.stats.cache_hits
    assert not kernel.take.stats.cache_misses
    assert cache.find(text) is not None
    assert not (tmp_path / "told").exists()
    assert str(tmp_path / "told") == config.CACHE_DIR


def test_the_folder_is_in_the_users_cache(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert kernels_folder() == tmp_path / "gdviz" / "kernels"


@posix
def test_the_folder_is_private(filled):
    assert stat.S_IMODE(filled.folder.stat().st_mode) == 0o700


@pytest.mark.parametrize("ending", ["nbi", "nbc", "py", "json"])
@pytest.mark.parametrize("harm", ["cut", "changed", "gone"])
def test_a_kernel_whose_files_are_damaged_is_not_taken(cache, text, ending, harm):
    place = cache.find(text)
    file = min(place.rglob(f"*.{ending}"))
    content = file.read_bytes()
    if harm == "gone":
        file.unlink()
    else:
        file.write_bytes(content[: len(content) // 2] + (b"" if harm == "cut" else b"!" * 40))
    assert cache.find(text) is None


@posix
@pytest.mark.parametrize("rights", [0o664, 0o646])
def test_a_file_that_others_may_write_to_is_not_taken(cache, text, rights):
    file = min(cache.find(text).rglob("*.nbc"))
    file.chmod(rights)
    assert cache.find(text) is None


@posix
def test_what_belongs_to_someone_else_is_neither_taken_nor_written_to(cache, text, monkeypatch):
    monkeypatch.setattr(os, "getuid", lambda: cache.folder.stat().st_uid + 1)
    assert cache.find(text) is None
    with pytest.raises(PermissionError):
        cache.begin(text)


@posix
def test_a_link_is_not_followed(cache, text, tmp_path):
    place = cache.find(text)
    place.rename(tmp_path / "elsewhere")
    place.symlink_to(tmp_path / "elsewhere")
    assert cache.find(text) is None


def test_the_longest_unused_kernels_are_dropped(tmp_path):
    cache = KernelCache(tmp_path / "kernels", most=2)
    for number in range(4):
        part = cache.begin(f"# {number}")
        (part / "kernel.nbi").write_bytes(b"")
        place = cache.finish(part, f"# {number}")
        assert place is not None
        os.utime(place, (number, number))
    assert [cache.find(f"# {number}") is not None for number in range(4)] == [
        *(False, False, True, True)
    ]


def test_what_was_never_finished_is_dropped_later(tmp_path):
    cache = KernelCache(tmp_path / "kernels")
    old = cache.begin("# old")
    os.utime(old, (0, 0))
    part = cache.begin("# new")
    (part / "kernel.nbi").write_bytes(b"")
    assert cache.finish(part, "# new") is not None
    assert not old.exists()


@pytest.mark.usefixtures("no_child")
def test_where_no_folder_can_be_made_numpy_serves(tmp_path):
    (tmp_path / "file").write_text("")
    descent = descent_of(rows=20)
    with Kernels(KernelCache(tmp_path / "file" / "kernels")) as kernels:
        assert not kernels.prepare(descent).wait(60)
        same_ends(ended(descent, kernels=kernels), ended(descent))


@pytest.mark.usefixtures("no_child")
def test_a_kernel_that_cannot_be_loaded_is_dropped(tmp_path, text):
    cache = KernelCache(tmp_path / "kernels")
    part = cache.begin(text)
    (part / "__pycache__").mkdir()
    (part / "kernel.nbi").write_bytes(b"")
    place = cache.finish(part, text)
    index = next(place.rglob("*.nbi"))
    assert index.exists()

    def broken(_folder):
        raise ValueError("broken")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("gdviz.engine.compiled.workshop.load", broken)
        with Kernels(cache, loads_from=0.0, compiles_from=np.inf) as kernels:
            assert not kernels.awaited(descent_of()).wait(60)
    assert not place.exists()
