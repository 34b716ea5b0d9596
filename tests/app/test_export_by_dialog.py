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
from gdviz.ui.export_memory import remembered

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


def set_number(hand, box, text):
    hand.click(box.lineEdit())
    hand.key(Qt.Key.Key_A, CONTROL)
    hand.keys(text)


def set_size(hand, dialog, width, height, letters="100"):
    size = dialog.form.picture.size
    set_number(hand, size.width, str(width))
    set_number(hand, size.height, str(height))
    set_number(hand, size.zoom, letters)
    hand.click(dialog.path)


def as_the_command_draws(hand, path, *words):
    """Tell whether a picture is what the command line draws of the same step."""
    drawn = path.with_name(f"drawn-{path.name}")
    theme = hand.workbench.theming.theme.name
    source = words[0] if words and not words[0].startswith("-") else "valley"
    step = str(hand.trajectory.steps[hand.player.record])
    given = ["render", source, "-o", str(drawn), *words[words[:1] == (source,) :]]
    given += [] if "--theme" in words else ["--theme", theme]
    assert main([*given, "--at", step]) == 0
    return QImage(str(path)) == QImage(str(drawn))


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


def test_enter_alone_saves_a_good_picture_of_the_step_that_is_seen(
    qtbot, hand, dialog_of, tmp_path
):
    hand.hold()
    hand.player.jump(12)
    dialog = dialog_of()
    qtbot.waitUntil(lambda: "step 12" in dialog.facts.text())
    path = tmp_path / "window.png"
    save(qtbot, hand, dialog, path)
    picture = QImage(str(path))
    assert (picture.width(), picture.height()) == (1920, 1080)
    assert as_the_command_draws(hand, path, "--preset", "slide")


def test_a_picture_as_chosen_with_the_mouse(qtbot, hand, dialog_of, tmp_path):
    dialog = dialog_of()
    picture = dialog.form.picture
    for button in (picture.views.buttons["history"], picture.views.buttons["contour"]):
        hand.click(button)
    assert picture.views.views == ("history",)
    hand.click(picture.theme.button("dark"))
    box = picture.transparent
    hand.click(box, QPoint(8, box.height() // 2))
    assert box.isChecked()
    set_size(hand, dialog, 400, 300)
    path = tmp_path / "window.png"
    type_path(hand, path)
    hand.click(dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Save))
    qtbot.waitUntil(lambda: is_gone(dialog))
    words = ["--view", "history", "--size", "400x300", "--theme", "dark", "--transparent"]
    assert as_the_command_draws(hand, path, *words)
    assert QImage(str(path)).pixelColor(2, 2).alpha() == 0


def test_the_last_choices_are_there_again_but_for_words_on_another_landscape(
    qtbot, workbench, hand, dialog_of, tmp_path
):
    dialog = dialog_of()
    hand.click(dialog.form.picture.views.buttons["surface"])
    hand.choose(dialog.form.picture.size.preset, "Square post  (1080 × 1080 px)")
    hand.click(dialog.form.picture.heading)
    hand.keys("A valley")
    hand.click(dialog.path)
    save(qtbot, hand, dialog, tmp_path / "one.svg")
    assert remembered(workbench._settings.export).ending == "svg"
    again = dialog_of()
    assert again.chosen.ending == "svg"
    assert again.spec.figure.views == ("contour", "surface")
    assert again.spec.figure.pixels == (1080, 1080)
    assert again.spec.figure.title == "A valley"
    hand.key(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: is_gone(again))
    workbench.opening.pick_preset("regression-w1")
    third = dialog_of()
    assert third.spec.figure.views == ("curve",)
    assert third.spec.figure.title == ""
    assert third.spec.figure.pixels == (1080, 1080)


def test_what_the_preview_shows_is_what_comes_out(qtbot, hand, dialog_of, tmp_path):
    dialog = dialog_of()
    hand.click(dialog.form.picture.views.buttons["all"])
    qtbot.waitUntil(lambda: dialog.preview.image is not None and not dialog.maker.waiting)
    shown = dialog.preview.image
    path = tmp_path / "window.png"
    save(qtbot, hand, dialog, path)
    written = QImage(str(path)).scaled(
        shown.size(), mode=Qt.TransformationMode.SmoothTransformation
    )
    assert shown.width() < 1920
    assert np.abs(levels(shown) - levels(written)).mean() < 3.0


def levels(image):
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    raw = np.frombuffer(image.constBits(), np.uint8)
    rows = raw.reshape(image.height(), image.bytesPerLine())[:, : 4 * image.width()]
    return rows.reshape(image.height(), image.width(), 4)[..., :3].astype(float)


def test_the_preview_of_a_table_is_how_the_file_begins(qtbot, hand, dialog_of, tmp_path):
    dialog = dialog_of()
    path = tmp_path / "a.csv"
    type_path(hand, path)
    qtbot.waitUntil(lambda: dialog.preview.text.startswith("run,optimizer,step,x,y,loss"))
    lines = dialog.preview.text.splitlines()
    assert len(lines) > 20
    save(qtbot, hand, dialog, path)
    assert path.read_text(encoding="utf-8").splitlines()[:20] == lines[:20]


def test_the_name_that_is_offered_is_free_and_a_file_is_replaced_only_when_asked_twice(
    qtbot, hand, dialog_of, tmp_path
):
    path = tmp_path / "valley.png"
    path.write_text("mine")
    dialog = dialog_of()
    assert dialog.path.text().endswith("valley.png")
    type_path(hand, path)
    hand.key(Qt.Key.Key_Return)
    assert "is there already" in dialog.error.text()
    assert path.read_text() == "mine"
    hand.key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: is_gone(dialog))
    assert path.read_bytes().startswith(b"\x89PNG")
    assert dialog_of().path.text() == str(tmp_path / "valley-2.png")


def test_a_vector_picture(qtbot, hand, dialog_of, tmp_path):
    path = tmp_path / "descent.svg"
    save(qtbot, hand, dialog_of(), path)
    text = path.read_text(encoding="utf-8")
    assert text.startswith("<?xml")
    assert "<title>Valley</title>" in text


def test_the_picture_shows_what_is_zoomed_to(qtbot, hand, dialog_of, tmp_path):
    hand.hold()
    hand.key(Qt.Key.Key_Plus, CONTROL)
    path = tmp_path / "window.png"
    save(qtbot, hand, dialog_of(), path)
    (x_low, x_high), (y_low, y_high) = hand.experiment.view.domain
    box = [f"--x={x_low!r}:{x_high!r}", f"--y={y_low!r}:{y_high!r}"]
    assert as_the_command_draws(hand, path, "--preset", "slide", *box)


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
    assert list(dialog.form.picture.views.buttons) == [
        "all",
        "curve",
        "history",
        "data",
        "basins",
        "sweep",
    ]
    assert dialog.spec.figure.views == ("curve",)
    set_size(hand, dialog, 600, 400)
    path = tmp_path / "window.png"
    save(qtbot, hand, dialog, path)
    assert as_the_command_draws(hand, path, "regression-w1", "--view", "curve", "--size", "600x400")


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
    set_size(hand, dialog, 30_000, 30_000)
    assert "million pixels" in dialog.error.text()
    type_path(hand, tmp_path / "large.png")
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
