"""Every layout is read with row = y and column = x."""

import numpy as np
import pytest

from gdviz.errors import UserError
from gdviz.landscapes.sampled import SampledLandscape
from gdviz.surfaces import (
    SurfaceFile,
    looks_like_surface,
    looks_like_track,
    read_surface,
    read_track,
)
from tests.surfaces.conftest import LOSS, X, Y, write_h5, write_npz, write_table


def test_each_layout_has_its_orientation_right(surface_path):
    surface = read_surface(surface_path)
    np.testing.assert_array_equal(surface.x, X)
    np.testing.assert_array_equal(surface.y, Y)
    landscape = SampledLandscape.of(surface)
    np.testing.assert_array_equal(surface.metrics[landscape.metric], LOSS)
    # Along x the loss grows by 1, along y by 10: at samples, between them, and as a slope.
    points = np.array([[-1.0, 0.0], [0.5, 1.0], [-0.2, 0.6]])
    np.testing.assert_allclose(landscape.loss(points), 5.0 + points @ [1.0, 10.0], atol=1e-12)
    np.testing.assert_allclose(landscape.gradient(points), [[1.0, 10.0]] * 3, atol=1e-9)


def test_each_layout_is_known_by_its_content(surface_path):
    assert looks_like_surface(surface_path)
    assert not looks_like_track(surface_path)


def test_a_cell_of_minus_one_was_never_measured(tmp_path):
    loss = LOSS.copy()
    loss[0, 1] = -1.0  # exactly
    surface = read_surface(write_h5(tmp_path / "a.h5", loss=loss))
    assert np.isnan(surface.metrics["train_loss"][0, 1])
    assert np.isnan(surface.metrics["train_loss"]).sum() == (loss == -1.0).sum()
    assert "never measured" in surface.notes[0]


def test_a_negative_loss_is_real(tmp_path):
    surface = read_surface(write_h5(tmp_path / "a.h5", loss=LOSS - 2000.5))
    assert np.nanmax(surface.metrics["train_loss"]) < -1900.0
    assert not np.isnan(surface.metrics["train_loss"]).any()


def test_a_curve_has_one_parameter(tmp_path):
    surface = read_surface(write_h5(tmp_path / "a.h5", y=None, loss=X**2))
    landscape = SampledLandscape.of(surface)
    assert landscape.parameters == ("x",)
    np.testing.assert_allclose(landscape.loss([[0.25]]), 0.0625)
    np.testing.assert_allclose(landscape.gradient([[0.25]]), [[0.5]])


def test_cells_that_a_table_lacks_are_gaps(tmp_path):
    path = write_table(tmp_path / "a.csv", header=True)
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join(lines[:-2]), "utf-8")
    surface = read_surface(path)
    assert np.isnan(surface.metrics["loss"]).sum() == 2
    assert "2 of 12 cells" in surface.notes[0]


def test_random_plane_arrays_have_their_first_direction_along_axis_0(tmp_path):
    np.save(tmp_path / "a.npy", np.add.outer(np.arange(4.0), 10.0 * np.arange(4.0)))
    landscape = SampledLandscape.of(read_surface(tmp_path / "a.npy"))
    np.testing.assert_allclose(landscape.gradient([[1.5, 1.5]]), [[1.0, 10.0]], atol=1e-9)


def test_arrays_with_loss_accuracy_and_coordinates(tmp_path):
    x, y = np.meshgrid(X, X, indexing="ij")
    np.save(tmp_path / "a.npy", np.stack([x + 10 * y, x, x, y])[:, np.newaxis])
    landscape = SampledLandscape.of(read_surface(tmp_path / "a.npy"))
    np.testing.assert_allclose(landscape.gradient([[0.1, 0.2]]), [[1.0, 10.0]], atol=1e-9)


@pytest.mark.parametrize("rows", ["height,weight\n1,2\n3,4\n", "a,b,c\n1,2,3\n4,5,6\n7,8,9\n"])
def test_a_plain_table_is_no_surface(tmp_path, rows):
    (tmp_path / "t.csv").write_text(rows, "utf-8")
    assert not looks_like_surface(tmp_path / "t.csv")


def test_a_recorded_run_is_read_from_each_layout(tmp_path):
    import h5py

    points = np.array([[0.0, 1.0], [0.5, 0.5], [1.0, 0.25]])
    with h5py.File(tmp_path / "w_proj_cos.h5", "w") as file:
        file["proj_xcoord"], file["proj_ycoord"] = points.T
    (tmp_path / "track.csv").write_text(
        "step,x,y\n" + "".join(f"{k},{x},{y}\n" for k, (x, y) in enumerate(points)), "utf-8"
    )
    (tmp_path / "path.csv").write_text("".join(f"{x} {y}\n" for x, y in points), "utf-8")
    np.save(tmp_path / "points.npy", points)
    for name in ("w_proj_cos.h5", "track.csv", "path.csv", "points.npy"):
        path = tmp_path / name
        assert looks_like_track(path), name
        np.testing.assert_array_equal(read_track(path).points, points)


@pytest.mark.parametrize("name", ["a.h5", "a.npz", "a.csv", "a.json"])
def test_a_file_that_is_not_there_is_told(tmp_path, name):
    with pytest.raises(UserError, match="can't be read"):
        read_surface(tmp_path / name)


def test_an_unknown_metric_is_told_with_those_there_are(tmp_path):
    surface = read_surface(write_h5(tmp_path / "a.h5"))
    with pytest.raises(UserError, match="did you mean 'train_loss'"):
        SampledLandscape.of(surface, "trainloss")
    assert SampledLandscape.of(surface, "train_acc").metric == "train_acc"


def test_shapes_that_do_not_fit_are_told(tmp_path):
    with pytest.raises(UserError, match=r"shape \(5, 5\).*\(3, 4\)"):
        SurfaceFile.of(tmp_path / "a", X, Y, {"loss": np.zeros((5, 5))})
    with pytest.raises(UserError, match="more than once"):
        read_surface(write_npz(tmp_path / "a.npz", x=[0.0, 0.0, 1.0], y=Y, loss=np.zeros((3, 3))))
    with pytest.raises(UserError, match="not finite"):
        read_surface(write_npz(tmp_path / "b.npz", x=[0.0, np.nan], y=Y, loss=np.zeros((3, 2))))
