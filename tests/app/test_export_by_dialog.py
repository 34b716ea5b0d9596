"""Ctrl+E, a path, Enter: what is on the screen becomes a file, or one line says why not."""

import csv

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QDialogButtonBox
from shiboken6 import isValid

from gdviz.cli.main import main
from gdviz.engine import descend
from gdviz.ui.export_dialog import ExportDialog

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def dialog_of(qtbot, workbench, hand):
    """Call to open the export dialog by its key."""

    def opened():
        hand.hold()
        workbench.window.activateWindow()  # which a window manager does when a dialog closes
        qtbot.waitUntil(workbench.window.isActiveWindow)
        hand.focus_views()
        hand.key(Qt.Key.Key_E, CONTROL)
        (dialog,) = (
            found for found in workbench.window.findChildren(ExportDialog) if found.isVisible()
        )
        qtbot.waitUntil(dialog.isActiveWindow)
        return dialog

    return opened


def type_path(hand, path):
    hand.key(Qt.Key.Key_A, CONTROL)
    hand.keys(str(path))
    assert QApplication.focusWidget().text() == str(path)


def is_gone(dialog):
    return not isValid(dialog) or not dialog.isVisible()


def save(qtbot, hand, dialog, path):
    type_path(hand, path)
    hand.key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: is_gone(dialog))


def test_the_path_has_the_focus_and_its_name_is_selected(dialog_of):
    dialog = dialog_of()
    assert dialog.path.hasFocus()
    assert dialog.path.selectedText() == dialog.path.text()


def test_a_table_by_keys_alone(qtbot, workbench, hand, dialog_of, tmp_path):
    hand.hold()
    hand.click_contour((1.5, -2.0))
    hand.hold()
    path = tmp_path / "descent.csv"
    save(qtbot, hand, dialog_of(), path)
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    run = hand.experiment.runs[0]
    expected = descend(hand.experiment.landscape, run.optimizer, run.start, run.steps)
    last = expected.last_step[0]
    assert len(rows) == last + 1
    for step in (0, 1, last):
        assert int(rows[step]["step"]) == step
        assert float(rows[step]["x"]) == expected.params[step, 0, 0]
        assert float(rows[step]["y"]) == expected.params[step, 0, 1]
        assert float(rows[step]["loss"]) == expected.loss[step, 0]
    assert workbench.window.statusBar().currentMessage() == f"Saved {path}"
    assert list(tmp_path.glob("descent*")) == [path]
    assert [entry for entry in tmp_path.iterdir() if entry.name.startswith(".")] == []


def test_a_picture_is_the_one_that_the_command_line_draws(qtbot, hand, dialog_of, tmp_path):
    hand.hold()
    hand.player.jump(12)
    dialog = dialog_of()
    assert "step 12" in dialog._explanation.text()
    path, drawn = tmp_path / "window.png", tmp_path / "command.png"
    save(qtbot, hand, dialog, path)
    theme = hand.workbench.theming.theme.name
    words = ["render", "valley", "-o", str(drawn), "--view", "all", "--size", "1200x800"]
    assert main([*words, "--scale", "2", "--theme", theme, "--at", "12"]) == 0
    picture = QImage(str(path))
    assert (picture.width(), picture.height()) == (2400, 1600)
    assert picture == QImage(str(drawn))


def test_a_picture_as_chosen_with_the_mouse(qtbot, hand, dialog_of, tmp_path):
    dialog = dialog_of()
    hand.choose(dialog.picture.view, "Contour")
    hand.choose(dialog.picture.scale, "1×")
    hand.choose(dialog.picture.theme, "Dark")
    for box, size in ((dialog.picture.width_box, "400"), (dialog.picture.height_box, "300")):
        hand.click(box.lineEdit())
        hand.key(Qt.Key.Key_A, CONTROL)
        hand.keys(size)
    box = dialog.picture.transparent
    hand.click(box, QPoint(8, box.height() // 2))
    assert box.isChecked()
    path, drawn = tmp_path / "window.png", tmp_path / "command.png"
    hand.click(dialog.path)
    type_path(hand, path)
    hand.click(dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Save))
    qtbot.waitUntil(lambda: is_gone(dialog))
    step = str(hand.trajectory.steps[hand.player.record])
    words = ["render", "valley", "-o", str(drawn), "--view", "contour", "--size", "400x300"]
    assert main([*words, "--theme", "dark", "--transparent", "--at", step]) == 0
    assert QImage(str(path)) == QImage(str(drawn))
    assert QImage(str(path)).pixelColor(2, 2).alpha() == 0


def test_a_vector_picture(qtbot, hand, dialog_of, tmp_path):
    path = tmp_path / "descent.svg"
    save(qtbot, hand, dialog_of(), path)
    text = path.read_text(encoding="utf-8")
    assert text.startswith("<?xml")
    assert "<title>Valley</title>" in text


def test_the_picture_shows_what_is_zoomed_to(qtbot, hand, dialog_of, tmp_path):
    hand.hold()
    hand.key(Qt.Key.Key_Plus, CONTROL)
    path, drawn = tmp_path / "window.png", tmp_path / "command.png"
    save(qtbot, hand, dialog_of(), path)
    (x_low, x_high), (y_low, y_high) = hand.experiment.view.domain
    step = str(hand.trajectory.steps[hand.player.record])
    words = ["render", "valley", "-o", str(drawn), "--view", "all", "--size", "1200x800"]
    words += ["--scale", "2", "--theme", hand.workbench.theming.theme.name, "--at", step]
    assert main([*words, f"--x={x_low!r}:{x_high!r}", f"--y={y_low!r}:{y_high!r}"]) == 0
    assert QImage(str(path)) == QImage(str(drawn))


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("descent.bmpp", "'.bmpp'"),
        ("descent", "without an ending"),
        ("missing/descent.png", "there is no folder"),
        ("", "without an ending"),
    ],
)
def test_a_path_that_will_not_do_is_told_in_one_line_and_can_be_mended(
    qtbot, hand, dialog_of, tmp_path, name, told
):
    dialog = dialog_of()
    if name:
        type_path(hand, tmp_path / name)
    else:
        hand.key(Qt.Key.Key_A, CONTROL)
        hand.key(Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    hand.key(Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert told in dialog.error.text()
    assert "\n" not in dialog.error.text()
    assert dialog.error.isVisible()
    assert list(tmp_path.glob("**/*.png")) == []
    path = tmp_path / "good.csv"
    hand.click(dialog.path)
    save(qtbot, hand, dialog, path)
    assert path.exists()


def test_what_is_wrong_is_no_longer_told_once_it_is_being_mended(hand, dialog_of, tmp_path):
    dialog = dialog_of()
    type_path(hand, tmp_path / "descent.bmpp")
    hand.key(Qt.Key.Key_Return)
    assert dialog.error.text()
    hand.key(Qt.Key.Key_Backspace)
    assert not dialog.error.text()


def test_a_table_has_no_picture_to_choose(hand, dialog_of, tmp_path):
    dialog = dialog_of()
    assert dialog.picture.view.isEnabled()
    type_path(hand, tmp_path / "descent.csv")
    assert not dialog.picture.view.isEnabled()
    assert "table" in dialog._explanation.text()


def test_escape_writes_nothing(qtbot, hand, dialog_of, tmp_path):
    dialog = dialog_of()
    type_path(hand, tmp_path / "descent.png")
    hand.key(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: is_gone(dialog))
    assert not (tmp_path / "descent.png").exists()


def test_keys_typed_into_the_dialog_do_nothing_in_the_window(hand, dialog_of):
    dialog = dialog_of()
    experiment, record = hand.experiment, hand.player.record
    hand.keys("0rsl[] ")
    assert dialog.path.text() == "0rsl[] "
    assert hand.experiment is experiment
    assert hand.player.record == record
    assert not hand.player.playing
    assert hand.player.speed == 1.0


def test_one_parameter_offers_no_contour(qtbot, workbench, hand, dialog_of, tmp_path):
    workbench.opening.pick_preset("regression-w1")
    dialog = dialog_of()
    view = dialog.picture.view
    assert [view.itemText(index) for index in range(view.count())] == [
        "All views",
        "Curve",
        "History",
    ]
    view.setCurrentIndex(view.findData("curve"))
    path, drawn = tmp_path / "window.png", tmp_path / "command.png"
    save(qtbot, hand, dialog, path)
    step = str(hand.trajectory.steps[hand.player.record])
    words = ["render", "regression-w1", "-o", str(drawn), "--view", "curve", "--size", "1200x800"]
    words += ["--scale", "2", "--theme", hand.workbench.theming.theme.name, "--at", step]
    assert main(words) == 0
    assert QImage(str(path)) == QImage(str(drawn))


def test_without_a_run_the_bare_landscape_is_drawn(qtbot, hand, dialog_of, tmp_path):
    hand.hold()
    hand.key(Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    path, table = tmp_path / "bare.png", tmp_path / "bare.csv"
    save(qtbot, hand, dialog_of(), path)
    assert not QImage(str(path)).isNull()
    save(qtbot, hand, dialog_of(), table)
    (line,) = table.read_text(encoding="utf-8").splitlines()
    assert line.startswith("run,optimizer,step,x,y,loss")


def test_a_picture_that_is_too_large_is_refused_in_one_line(hand, dialog_of, tmp_path):
    dialog = dialog_of()
    type_path(hand, tmp_path / "large.png")
    dialog.picture.width_box.setValue(30_000)
    dialog.picture.height_box.setValue(30_000)
    hand.click(dialog.path)
    hand.key(Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert "million pixels" in dialog.error.text()


def test_exporting_while_it_is_still_computing_takes_what_there_is(
    qtbot, workbench, hand, tmp_path
):
    hand.hold()
    hand.type(hand.rate.entry, "1e-9")
    hand.type(hand.steps.entry, "10_000_000")
    qtbot.waitUntil(lambda: len(workbench.conductor.trajectories) > 0)
    hand.focus_views()
    hand.key(Qt.Key.Key_E, CONTROL)
    dialog = workbench.window.findChild(ExportDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    path = tmp_path / "so-far.png"
    type_path(hand, path)
    hand.key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: is_gone(dialog))
    assert workbench.conductor.computing
    assert np.all(np.isfinite(hand.trajectory.params))
    assert not QImage(str(path)).isNull()


def test_what_is_computed_while_the_dialog_is_open_is_exported_too(
    qtbot, workbench, hand, tmp_path
):
    hand.hold()
    hand.type(hand.rate.entry, "1e-9")
    hand.hold()
    hand.type(hand.steps.entry, "80_000")
    hand.focus_views()
    hand.key(Qt.Key.Key_E, CONTROL)
    assert workbench.conductor.computing
    dialog = workbench.window.findChild(ExportDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    hand.wait_computed()
    path = tmp_path / "all.csv"
    save(qtbot, hand, dialog, path)
    assert len(path.read_text(encoding="utf-8").splitlines()) == 1 + 80_001
