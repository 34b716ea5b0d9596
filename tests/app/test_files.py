"""Opening tables, surfaces and recorded runs."""

import h5py
import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from gdviz.engine import Outcome


@pytest.fixture
def table(tmp_path):
    rng = np.random.default_rng(2)
    size = rng.uniform(20, 100, 60)
    price = 3.0 * size + 40 + rng.normal(0, 15, 60)
    sold = np.where(price + rng.normal(0, 40, 60) < 220, "yes", "no")
    rows = [
        f"{a:.2f};{b:.2f};{c}".replace(".", ",") for a, b, c in zip(size, price, sold, strict=True)
    ]
    rows[4] = rows[4].replace(rows[4].split(";")[0], "NA")
    path = tmp_path / "flats.csv"
    path.write_text("size;price;sold\n" + "\n".join(rows), "utf-8")
    return path


@pytest.fixture
def surface(tmp_path):
    axis = np.linspace(-1.0, 1.0, 11)
    with h5py.File(tmp_path / "s.h5", "w") as file:
        file["xcoordinates"] = file["ycoordinates"] = axis
        file["train_loss"] = axis[:, None] ** 2 + 2 * axis**2 + 0.1
        file["test_loss"] = axis[:, None] ** 2 + axis**2 + 0.3
    return tmp_path / "s.h5"


@pytest.fixture
def track(tmp_path):
    path = tmp_path / "track.csv"
    path.write_text("step,x,y\n0,-2,3\n1,-1,2\n2,1,0.5\n", "utf-8")
    return path


def drop(hand, path):
    window = hand.workbench.window
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    copy, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    left = Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(QPointF(300, 300).toPoint(), copy, mime, left, none)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPointF(300, 300), copy, mime, left, none))


def open_and_wait(qtbot, hand, path, title):
    hand.hold()
    drop(hand, path)
    qtbot.waitUntil(lambda: hand.experiment.title == title, timeout=10_000)
    hand.hold()


def test_a_table_is_dropped_and_its_points_are_seen(qtbot, hand, table):
    open_and_wait(qtbot, hand, table, "flats.csv")
    panel = hand.screen.landscape_panel
    assert panel.pages.current == "data"
    assert panel.data.table.isVisible()
    assert hand.screen.data_canvas.isVisible()
    landscape = hand.experiment.landscape
    assert landscape.choice.label == "sold"
    assert landscape.choice.model == "logistic"
    assert "1 of 60 rows" in panel.data.table._report.text()
    assert "row 6" in panel.data.table._report.text()
    hand.step_shown_everywhere()


def test_another_label_makes_another_regression_and_undo_brings_the_first_back(qtbot, hand, table):
    open_and_wait(qtbot, hand, table, "flats.csv")
    boxes = hand.screen.landscape_panel.data.table.boxes
    hand.choose(boxes["label"], "price")
    qtbot.waitUntil(lambda: "needs a label" in hand.screen.landscape_panel.data.table.error)
    assert hand.experiment.landscape.choice.label == "sold"  # the last good one stays
    hand.choose(boxes["model"], "Linear")
    qtbot.waitUntil(lambda: hand.experiment.landscape.choice.label == "price", timeout=10_000)
    hand.hold()
    assert hand.experiment.landscape.choice.loss == "mse"
    hand.choose(boxes["loss"], "Mean absolute error")
    qtbot.waitUntil(lambda: hand.experiment.landscape.choice.loss == "mae", timeout=10_000)
    hand.focus_views()
    hand.undo()
    assert boxes["loss"].currentData() == "mse"


def test_weight_only_and_coefficients_in_both_units(qtbot, open_workbench, hand_of):
    hand = hand_of(open_workbench("cars"))
    hand.hold()
    landscape = hand.experiment.landscape
    known = landscape.coefficients(hand.trajectory.params[-1, 0])
    assert known.weight == pytest.approx(3.932409, rel=1e-4)
    assert known.bias == pytest.approx(-17.579095, rel=1e-4)


def test_residuals_are_shown_on_demand(qtbot, open_workbench, hand_of):
    hand = hand_of(open_workbench("regression"))
    hand.hold()
    hand.click(hand.screen.residual_switch)
    assert hand.experiment.view.residuals
    assert hand.screen.data._model._residuals
    hand.undo()
    assert not hand.screen.residual_switch.isChecked()


def test_a_surface_and_its_metrics(qtbot, hand, surface):
    open_and_wait(qtbot, hand, surface, "s.h5")
    panel = hand.screen.landscape_panel.data.surface
    assert panel.isVisible()
    assert "spline" in hand.screen.landscape_panel._about.text()
    hand.choose(panel.metrics, "test_loss")
    qtbot.waitUntil(lambda: hand.experiment.landscape.metric == "test_loss", timeout=10_000)
    hand.hold()
    assert hand.experiment.landscape.loss([[0.0, 0.0]])[0] == pytest.approx(0.3)
    hand.step_shown_everywhere()


def test_a_recorded_run_is_laid_over_any_landscape(qtbot, hand, track):
    hand.hold()
    drop(hand, track)
    qtbot.waitUntil(lambda: len(hand.workbench.conductor.trajectories) == 2)
    recorded = hand.workbench.conductor.trajectories[1]
    assert recorded.outcome == (Outcome.RECORDED,)
    assert recorded.params[:, 0].tolist() == [[-2, 3], [-1, 2], [1, 0.5]]
    assert recorded.loss[0, 0] == hand.experiment.landscape.loss([[-2, 3]])[0]
    assert hand.experiment.landscape.name == "valley"
    assert hand.undo_texts == ["Open recorded run"]
    hand.focus_views()
    hand.undo()
    assert len(hand.workbench.conductor.trajectories) == 1


def test_any_table_of_two_columns_can_be_a_recorded_run(qtbot, hand, tmp_path):
    hand.hold()
    (tmp_path / "any.csv").write_text("a,b\n1,2\n2,1\n3,0\n", "utf-8")
    hand.workbench.opening.open_track(tmp_path / "any.csv")
    qtbot.waitUntil(lambda: len(hand.workbench.conductor.trajectories) == 2)
    recorded = hand.workbench.conductor.trajectories[1]
    assert recorded.params[:, 0].tolist() == [[1, 2], [2, 1], [3, 0]]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.pkl", b"\x80\x04.", "pickle"),
        ("a.csv", b"", "empty"),
        ("a.csv", b"x,y\n1,2\n", "single row"),
        ("a.h5", b"\x89HDF\r\n\x1a\nrest", "HDF5"),
        ("a.bin", bytes(range(256)), "no text"),
        ("a.csv", b"a,b\nx,y\nz,w\n", "two columns"),
    ],
)
def test_a_file_that_cannot_be_opened_is_told_and_the_landscape_stays(
    qtbot, hand, tmp_path, name, content, words
):
    hand.hold()
    (tmp_path / name).write_bytes(content)
    before = hand.experiment
    drop(hand, tmp_path / name)
    qtbot.waitUntil(lambda: words in hand.screen.landscape_panel.data.error, timeout=10_000)
    assert hand.experiment == before
    assert hand.screen.landscape_panel.pages.current == "data"


def test_the_search_leaves_what_was_looked_for(hand):
    gallery = hand.screen.landscape_panel.gallery
    hand.hold()
    hand.type(gallery.search, "camel", enter=False)
    assert gallery.names() == ["three-hump-camel", "six-hump-camel"]
    hand.type(gallery.search, "no such thing", enter=False)
    assert gallery.names() == []
    assert gallery._nothing.isVisible()
    hand.type(gallery.search, "", enter=False)
    assert len(gallery.names()) > 30


def test_a_formula_of_the_gallery_opens_with_its_sliders(qtbot, hand):
    hand.hold()
    hand.choose_landscape("ravine")
    qtbot.waitUntil(lambda: hand.experiment.landscape.name == "ravine", timeout=10_000)
    hand.hold()
    assert list(hand.screen.landscape_panel.formula.knobs) == ["k"]
    hand.step_shown_everywhere()
