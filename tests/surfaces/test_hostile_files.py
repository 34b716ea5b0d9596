"""No file runs code, follows links, hangs or fills the memory."""

import contextlib
import json
import pickle
import struct
import zipfile

import h5py
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gdviz.errors import UserError
from gdviz.landscapes.sampled import SampledLandscape
from gdviz.surfaces import looks_like_surface, looks_like_track, read_surface, read_track
from tests.surfaces.conftest import LAYOUTS, write_h5


class Bomb:
    """Would write a file if it were unpickled."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return open, (str(self.path), "w")


@pytest.mark.parametrize("name", ["a.p", "a.pkl", "a.pt", "a.npy", "a.npz", "a.h5", "a.csv"])
def test_a_pickle_is_refused_unopened(tmp_path, name):
    fired = tmp_path / "fired"
    path = tmp_path / name
    if name.endswith(".npy"):
        np.save(path, np.array([Bomb(fired)], dtype=object), allow_pickle=True)
    elif name.endswith(".npz"):
        np.savez(path, x=np.arange(3), loss=np.array([Bomb(fired)], dtype=object))
    else:
        path.write_bytes(pickle.dumps(Bomb(fired)))
    for read in (read_surface, read_track):
        with pytest.raises(UserError, match=r"pickle|Python objects|no recorded run|\.npz"):
            read(path)
    assert not fired.exists()


def test_an_archive_of_a_pickle_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "model.pt", "w") as archive:
        archive.writestr("model/data.pkl", pickle.dumps(1))
    with pytest.raises(UserError, match="savez"):
        read_surface(tmp_path / "model.pt")


def test_an_array_that_declares_too_much_is_refused_before_it_is_read(tmp_path):
    header = b"{'descr': '<f8', 'fortran_order': False, 'shape': (1000000, 1000000), }"
    header += b" " * (118 - len(header)) + b"\n"
    start = b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header
    (tmp_path / "a.npy").write_bytes(start)
    with pytest.raises(UserError, match="1,000,000,000,000"):
        read_surface(tmp_path / "a.npy")
    with zipfile.ZipFile(tmp_path / "a.npz", "w") as archive:
        archive.writestr("loss.npy", start)
    with pytest.raises(UserError, match="declares"):
        read_surface(tmp_path / "a.npz")


def test_a_giant_dataset_is_refused(tmp_path):
    with h5py.File(tmp_path / "a.h5", "w") as file:
        file.create_dataset("xcoordinates", shape=(10**9,), chunks=(1000,), dtype="f8")
    with pytest.raises(UserError, match="1,000,000,000 values"):
        read_surface(tmp_path / "a.h5")


def test_links_to_other_files_are_not_followed(tmp_path):
    write_h5(tmp_path / "secret.h5")
    with h5py.File(tmp_path / "a.h5", "w") as file:
        file["xcoordinates"] = h5py.ExternalLink("secret.h5", "/xcoordinates")
    with pytest.raises(UserError, match="not followed"):
        read_surface(tmp_path / "a.h5")
    layout = h5py.VirtualLayout((4,), "f8")
    layout[:] = h5py.VirtualSource(str(tmp_path / "secret.h5"), "xcoordinates", (4,))
    with h5py.File(tmp_path / "b.h5", "w") as file:
        file.create_virtual_dataset("xcoordinates", layout)
    with pytest.raises(UserError, match="not followed"):
        read_surface(tmp_path / "b.h5")


@pytest.mark.parametrize(
    "content",
    ["[" * 100_000, "{", "[]", '{"loss": 3}', '{"loss": [[1, 2]]}', '{"x": [1], "loss": [1]}',
     '{"x": [1, 2], "loss": ["a", "b"]}', '{"loss": [[{"x": 0, "y": 0}]]}', '{"x": [[1], 2]}',
     '{"x": [0, 1], "y": [0, 1], "loss": [[1, 2], [3]]}', "\N{NULL}",
     '{"x": [0, 1e999], "l": [1, 2]}'],
)  # fmt: skip
def test_json_that_is_no_surface_is_told(tmp_path, content):
    (tmp_path / "a.json").write_text(content, "utf-8")
    with pytest.raises(UserError) as caught:
        read_surface(tmp_path / "a.json")
    assert len(str(caught.value).splitlines()) == 1


@pytest.mark.parametrize("layout", ["h5", "npz", "csv", "json-cells", "json-arrays"])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(data=st.data())
def test_a_damaged_file_is_read_or_refused(tmp_path, layout, data):
    path = LAYOUTS[layout](tmp_path)
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(content)) | st.just(len(content)))
    damaged = tmp_path / f"damaged{path.suffix}"
    damaged.write_bytes(bytes(content[:cut]))
    with contextlib.suppress(UserError):
        looks_like_track(damaged)
        looks_like_surface(damaged)
    with contextlib.suppress(UserError):
        landscape = SampledLandscape.of(read_surface(damaged))
        landscape.loss([landscape.domain.center])
    with contextlib.suppress(UserError):
        read_track(damaged)


def test_a_surface_with_nothing_whole_is_told(tmp_path):
    path = tmp_path / "a.json"
    loss = [[None, 1.0], [2.0, 3.0]]
    path.write_text(json.dumps({"x": [0, 1], "y": [0, 1], "loss": loss}), "utf-8")
    with pytest.raises(UserError, match="no cell whose corners"):
        SampledLandscape.of(read_surface(path))
