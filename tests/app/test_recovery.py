"""What is unsaved is kept while a window lives, and offered when it did not close."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint

from gdviz.app.unsaved_file import UnsavedFile, found_in
from gdviz.experiment import open_experiment
from gdviz.experiment.document import Document
from gdviz.experiment.file import document_bytes, read_document
from gdviz.ui.main_window import MainWindow
from tests.app.document_hand import DocumentHand

ROOT = Path(__file__).resolve().parents[2]

WINDOW = """
import sys
from pathlib import Path
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from gdviz.app.workbench import Workbench
from gdviz.experiment.file import read_document
from gdviz.ui.settings import Settings

folder, path = map(Path, sys.argv[1:])
application = QApplication([])
document = read_document(path)
store = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
workbench = Workbench(document.experiment, Settings(store), keep_in=folder)
workbench.door.begin(document, path)
workbench.show()
workbench.door.autosaver.rest = 0
workbench.door.autosaver.kept.connect(lambda: print("kept", flush=True))
workbench.editor.start_at_zero()
application.exec()
"""


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "unsaved"


@pytest.fixture
def open_hand(qtbot, open_workbench, folder):
    """Call to open a window that keeps what is unsaved, at once after each edit."""

    def opened(source="valley", **more):
        workbench = open_workbench(source, keep_in=folder, **more)
        workbench.door.autosaver.rest = 0
        hand = DocumentHand(qtbot, workbench)
        hand.hold()
        return hand

    return opened


@pytest.fixture
def messages(monkeypatch):
    """Return all that is said in the status bar, which forgets it when the mouse moves over it."""
    said = []
    show = MainWindow.show_message

    def show_and_note(window, text):
        said.append(text)
        show(window, text)

    monkeypatch.setattr(MainWindow, "show_message", show_and_note)
    return said


def kept_in(folder):
    return sorted(folder.glob("*.gdviz"))


def left_behind(folder, source="himmelblau", path=None):
    """Leave an unsaved document behind, as a window that was killed does."""
    file = UnsavedFile.new(folder)
    experiment = open_experiment(source).started((1.0, 1.5))
    file.keep(Document(experiment, step=5), path)
    file.release()
    return experiment


def wait_kept(hand, folder):
    hand.qtbot.waitUntil(lambda: len(kept_in(folder)) == 1)


def test_edits_are_kept_and_no_longer_once_they_are_undone_or_saved(open_hand, folder, tmp_path):
    hand = open_hand()
    assert not folder.exists()
    hand.move_start()
    wait_kept(hand, folder)
    hand.qtbot.waitUntil(
        lambda: (
            bool(kept_in(folder))
            and read_document(kept_in(folder)[0]).experiment == hand.experiment
        )
    )
    hand.undo()
    hand.qtbot.waitUntil(lambda: not kept_in(folder))
    hand.redo()
    wait_kept(hand, folder)
    path = tmp_path / "a.gdviz"
    hand.save_as(path)
    hand.wait_saved()
    hand.qtbot.waitUntil(lambda: not kept_in(folder))
    saved = path.read_bytes()
    hand.move_start((0.0, 1.0))
    wait_kept(hand, folder)
    assert path.read_bytes() == saved
    hand.window.close()
    hand.answer("discard")
    hand.qtbot.waitUntil(lambda: not hand.window.isVisible())
    assert not list(folder.iterdir())


def test_nothing_is_written_while_the_mouse_is_held(open_hand, folder):
    hand = open_hand()
    kept = []
    hand.workbench.door.autosaver.kept.connect(lambda: kept.append(1))
    begin = hand.contour_pixel(hand.starts[0])
    hand.press(hand.contour_area, begin)
    for offset in range(1, 20):
        hand.move(hand.contour_area, begin + QPoint(3 * offset, 0))
    for _ in range(2):  # it comes due while the mouse is held, and waits
        with hand.qtbot.waitSignal(hand.workbench.door.autosaver._timer.timeout):
            pass
    assert hand.documents.modified
    assert not kept
    hand.release(hand.contour_area, begin + QPoint(57, 0))
    wait_kept(hand, folder)


def test_the_state_of_a_killed_window_is_offered_and_restored(open_hand, folder, tmp_path):
    folder.mkdir()
    path = tmp_path / "lecture.gdviz"
    saved = document_bytes(Document(open_experiment("himmelblau"), step=3))
    path.write_bytes(saved)
    with subprocess.Popen(
        [sys.executable, "-c", WINDOW, str(folder), str(path)],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdout.readline() == "kept\n"
        child.send_signal(signal.SIGKILL)
    hand = open_hand()
    box = hand.box()
    assert "lecture.gdviz" in box.question.text()
    assert "today at" in box.detail.text()
    hand.answer("restore")
    assert hand.title == "lecture.gdviz* — gdviz"
    assert hand.experiment.landscape.name == "himmelblau"
    assert hand.starts == [(0.0, 0.0)]
    assert hand.documents.path == path
    assert path.read_bytes() == saved
    # What was restored is this window's to keep now.
    hand.qtbot.waitUntil(
        lambda: kept_in(folder) == [hand.workbench.door.autosaver.file.path], timeout=10_000
    )
    hand.save()
    hand.wait_saved()
    assert hand.title == "lecture.gdviz — gdviz"
    assert read_document(path).experiment.runs[0].start == (0.0, 0.0)
    hand.qtbot.waitUntil(lambda: not kept_in(folder))


def test_one_of_several_is_chosen_and_the_others_wait_for_the_next_start(open_hand, folder):
    first = left_behind(folder)
    os.utime(kept_in(folder)[0], (1_700_000_000, 1_700_000_000))
    left_behind(folder, "rosenbrock", Path("/somewhere/lecture.gdviz"))
    hand = open_hand()
    box = hand.box()
    assert box.list.count() == 2
    assert box.list.item(0).text().startswith("lecture.gdviz, today at")
    assert "November 2023" in box.list.item(1).text()
    box.list.setCurrentRow(1)
    hand.answer("restore")
    assert hand.experiment == first
    assert hand.documents.path is None
    assert hand.title == "Himmelblau* — gdviz"
    hand.qtbot.waitUntil(lambda: len(kept_in(folder)) == 2)
    (left,) = found_in(folder)
    assert left.origin == (Path("/somewhere/lecture.gdviz"), "Rosenbrock")
    left.release()


def test_what_was_restored_and_then_not_wanted_is_not_offered_again(open_hand, folder):
    left_behind(folder)
    hand = open_hand()
    hand.answer("restore")
    hand.activate()
    hand.window.close()
    hand.answer("discard")
    hand.qtbot.waitUntil(lambda: not hand.window.isVisible())
    assert not list(folder.iterdir())


def test_what_is_discarded_is_gone_and_later_leaves_it(open_hand, folder):
    left_behind(folder)
    hand = open_hand()
    hand.answer("later")
    assert len(kept_in(folder)) == 1
    hand.workbench.door.close_unsaved()
    second = open_hand()
    second.answer("discard")
    assert not kept_in(folder)
    assert second.title == "Valley — gdviz"


def test_a_window_is_not_offered_what_another_living_one_keeps(open_hand, folder):
    first = open_hand()
    first.move_start()
    wait_kept(first, folder)
    second = open_hand()
    second.move_start()
    second.qtbot.waitUntil(lambda: len(kept_in(folder)) == 2)
    assert not second.boxes
    assert list(found_in(folder)) == []


def test_what_cannot_be_read_is_moved_aside_and_told_and_the_rest_is_offered(
    open_hand, folder, messages
):
    left_behind(folder)
    kept_in(folder)[0].write_bytes(b'{"format": "gdviz-experiment", "version": 1, "runs')
    left_behind(folder, "rosenbrock")
    hand = open_hand()
    assert "Rosenbrock" in hand.box().question.text()
    (told,) = (message for message in messages if "can't be restored" in message)
    assert "\n" not in told
    (aside,) = folder.glob("*.unreadable")
    assert str(aside) in told
    hand.answer("discard")
    assert not kept_in(folder)
    assert aside.exists()


def test_a_folder_that_cannot_be_written_is_told_once(open_hand, folder):
    folder.write_text("no folder", "utf-8")
    hand = open_hand()
    told = []
    hand.workbench.door.autosaver.failed.connect(told.append)
    hand.move_start()
    hand.qtbot.waitUntil(lambda: len(told) == 1)
    hand.move_start((0.0, 1.0))
    hand.workbench.door.autosaver.keep_now()
    assert len(told) == 1
    assert hand.title == "Valley* — gdviz"
