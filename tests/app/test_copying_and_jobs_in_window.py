"""Pictures and commands on the clipboard; exports in the background while the window is used."""

import shlex

import pytest
from PySide6.QtCore import QProcess, Qt, QTimer
from PySide6.QtGui import QImage, QImageReader
from PySide6.QtWidgets import QApplication, QMessageBox

from gdviz.app import export_work
from gdviz.cli.main import main
from gdviz.ui.export_dialog import ExportDialog
from gdviz.ui.job_strip import JobStrip

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
PATIENCE = 30_000
POSTER = "Poster, A2  (594 × 420 mm)"


@pytest.fixture
def strip(workbench):
    return workbench.window.findChild(JobStrip)


@pytest.fixture
def begin(qtbot, workbench, hand, strip, monkeypatch):
    """Call with a path to have a picture of it made in the background."""
    monkeypatch.setattr(export_work, "_MOST_PIXELS", 1000)

    def begun(path):
        hand.hold()
        hand.focus_views()
        hand.key(Qt.Key.Key_E, CONTROL)
        dialog = workbench.window.findChild(ExportDialog)
        qtbot.waitUntil(dialog.isActiveWindow)
        hand.key(Qt.Key.Key_A, CONTROL)
        hand.keys(str(path))
        hand.key(Qt.Key.Key_Return)
        qtbot.waitUntil(strip.isVisible)
        workbench.window.activateWindow()
        qtbot.waitUntil(workbench.window.isActiveWindow)

    return begun


def processes(workbench):
    return [one for one in workbench.findChildren(QProcess) if one.processId()]


def open_export(qtbot, workbench, hand, path):
    """Open the Export dialog by its key, type a path, and return it."""
    hand.hold()
    hand.focus_views()
    hand.key(Qt.Key.Key_E, CONTROL)
    dialog = workbench.window.findChild(ExportDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    hand.key(Qt.Key.Key_A, CONTROL)
    hand.keys(str(path))
    return dialog


def test_the_window_is_used_while_a_picture_is_made(qtbot, workbench, hand, strip, begin, tmp_path):
    hand.hold()
    hand.player.jump(12)
    step = str(hand.trajectory.steps[hand.player.record])
    path = tmp_path / "large.png"
    height = hand.screen.contour_canvas.height()
    with qtbot.waitSignal(workbench.exporting.jobs.done, timeout=PATIENCE):
        begin(path)
        assert strip.name.text() == "large.png"
        assert strip.cancel.isVisible()
        assert hand.screen.contour_canvas.height() == height  # nothing has moved
        assert workbench.window.statusBar().currentMessage() == f"Making {path}"
        hand.click_contour((1.5, -2.0))
        hand.hold()
        assert hand.experiment.runs[0].start == pytest.approx((1.5, -2.0), abs=0.05)
        assert not path.exists()
    drawn = tmp_path / "drawn.png"
    theme = workbench.theming.theme.name
    words = ["render", "valley", "-o", str(drawn), "--preset", "slide", "--at", step]
    assert main([*words, "--theme", theme]) == 0
    assert QImage(str(path)) == QImage(str(drawn))
    assert strip.name.text() == "large.png"
    assert strip.folder.isVisible()
    assert not strip.bar.isVisible()
    assert workbench.window.statusBar().currentMessage() == f"Saved {path}"
    hand.click(strip.close_button)
    assert not strip.isVisible()
    assert processes(workbench) == []


def test_a_film_is_made_beside_the_window(qtbot, workbench, hand, tmp_path):
    dialog = open_export(qtbot, workbench, hand, tmp_path / "short.gif")
    film, size = dialog.form.film, dialog.form.picture.size
    for box, value in (
        *((film.seconds, 0.2), (film.hold, 0.0), (film.fps, 20.0), (film.last, 40.0)),
        *((size.width, 320.0), (size.height, 240.0), (size.zoom, 100.0)),
    ):
        box.setValue(value)
    with qtbot.waitSignal(workbench.exporting.jobs.done, timeout=PATIENCE):
        hand.click(dialog.path)
        hand.key(Qt.Key.Key_Return)
    film = QImageReader(str(tmp_path / "short.gif"))
    assert film.imageCount() == 4
    assert (film.size().width(), film.size().height()) == (320, 240)


def test_canceling_by_the_button_leaves_nothing(qtbot, workbench, hand, strip, begin, tmp_path):
    begin(tmp_path / "large.png")
    with qtbot.waitSignal(workbench.exporting.jobs.canceled):
        hand.click(strip.cancel)
    assert not strip.isVisible()
    assert list(tmp_path.glob("*large*")) == []
    assert "nothing of it is left" in workbench.window.statusBar().currentMessage()
    assert processes(workbench) == []


def test_why_a_file_could_not_be_made_is_told_in_one_line(
    qtbot, workbench, hand, strip, begin, tmp_path
):
    place = tmp_path / "place"
    place.mkdir()
    with qtbot.waitSignal(workbench.exporting.jobs.failed, timeout=PATIENCE):
        begin(place / "large.png")
        place.rmdir()
    told = workbench.window.statusBar().currentMessage()
    assert told.startswith("large.png could not be made: cannot write")
    assert "\n" not in told
    assert not strip.isVisible()


def test_a_window_asks_before_it_closes_on_what_is_being_made(
    qtbot, workbench, hand, strip, begin, tmp_path
):
    begin(tmp_path / "large.png")

    def answer(words):
        box = QApplication.activeModalWidget()
        if not box.isActiveWindow():
            QTimer.singleShot(20, lambda: answer(words))
            return
        assert isinstance(box, QMessageBox)
        assert "large.png" in box.text()
        if words:
            (button,) = (one for one in box.buttons() if one.text() == words)
            hand.click(button)
        else:
            hand.key(Qt.Key.Key_Escape)

    for words in ("", "Close"):
        QTimer.singleShot(20, lambda chosen=words: answer(chosen))
        workbench.window.close()
        assert workbench.window.isVisible() is (not words)
        assert workbench.exporting.jobs.current == (None if words else tmp_path / "large.png")
    assert processes(workbench) == []
    assert list(tmp_path.glob("*large*")) == []


def test_a_run_that_was_stopped_is_exported_as_far_as_it_came(qtbot, workbench, hand):
    hand.hold()
    hand.type(hand.rate.entry, "1e-9")
    hand.type(hand.steps.entry, "10_000_000")

    def begun():
        made = workbench.conductor.trajectories
        return len(made) == 1 and made[0].last_step[0] > 1000

    qtbot.waitUntil(begun, timeout=PATIENCE)
    hand.focus_views()
    hand.key(Qt.Key.Key_Escape)
    hand.wait_computed()
    reached = hand.trajectory.last_step[0]
    document = export_work._as_far_as_computed(workbench.exporting.material())
    assert document.experiment.runs[0].steps == reached < 10_000_000


def test_picture_and_command_on_the_clipboard_are_what_would_be_exported(
    workbench, hand, tmp_path, monkeypatch
):
    hand.hold()
    hand.click_contour((1.5, -2.0))
    hand.hold()
    hand.player.jump(7)
    monkeypatch.chdir(tmp_path)
    workbench.actions["copy_command"].trigger()
    program, *words = shlex.split(QApplication.clipboard().text())
    assert program == "gdviz"
    assert main(words) == 0
    hand.focus_views()
    hand.key(Qt.Key.Key_C, CONTROL | SHIFT)
    copied = QApplication.clipboard().image()
    assert (copied.width(), copied.height()) == (1920, 1080)
    assert "1,920 × 1,080" in workbench.window.statusBar().currentMessage()
    drawn = QImage(str(tmp_path / "descent.png"))
    one_format = QImage.Format.Format_ARGB32
    assert drawn.convertToFormat(one_format) == copied.convertToFormat(one_format)


def test_the_dialog_copies_what_it_shows(qtbot, workbench, hand, tmp_path):
    dialog = open_export(qtbot, workbench, hand, tmp_path / "seen.svg")
    hand.click(dialog.form.picture.views.buttons["history"])
    hand.choose(dialog.form.picture.size.preset, POSTER)
    hand.click(dialog.command)
    line = QApplication.clipboard().text()
    assert line.startswith("gdviz render valley ")
    assert "--view contour,history --preset poster" in line
    assert line.endswith(f"-o {tmp_path / 'seen.svg'}")
    assert "Copied" in dialog.note.text()
    hand.click(dialog.copy)
    copied = QApplication.clipboard().image()
    wide, high = dialog.spec.figure.pixels
    assert wide * high > 15_000_000  # which is more than whoever pastes it can use
    assert copied.width() * copied.height() <= 4_010_000
    assert copied.width() / copied.height() == pytest.approx(wide / high, rel=0.001)
    hand.key(Qt.Key.Key_Escape)
