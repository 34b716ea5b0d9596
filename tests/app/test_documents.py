"""Saving, opening and leaving documents, by mouse and keys."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolBar

from gdviz.cli.main import main
from gdviz.engine import descend
from gdviz.experiment import Experiment, open_document, open_experiment
from gdviz.experiment.camera import Camera
from gdviz.experiment.document import Document
from gdviz.experiment.file import document_bytes, read_document
from gdviz.experiment.look import Look
from gdviz.experiment.whole_plane import SensitivitySpec, Stroke, SwarmSpec
from gdviz.landscapes import preset
from gdviz.optimizers import optimizer
from tests.app.conftest import CONTROL
from tests.app.document_hand import DocumentHand

LOOK = Look(
    overlays=("arrows", "level_line"),
    camera=Camera(azimuth=20.0, elevation=55.0, zoom=1.5),
    heights="colors",
    quantity="distance",
    log=(True, False),
    companion="surface",
)


@pytest.fixture
def hand(qtbot, open_workbench):
    """Return a hand on a window that has just been opened."""
    hand = DocumentHand(qtbot, open_workbench("valley"))
    hand.hold()
    return hand


@pytest.fixture
def race(tmp_path):
    """Return the file of a prepared lecture: two runs, a look and a step."""
    experiment = open_experiment("rosenbrock")
    first = experiment.runs[0]
    second = replace(first, optimizer=optimizer("adam", learning_rate=0.05), name="mine", color=1)
    experiment = replace(experiment, runs=(first, second), selection=(1,)).scaled("log")
    path = tmp_path / "race.gdviz"
    path.write_bytes(document_bytes(Document(experiment, LOOK, 37)))
    return path


def test_saving_for_the_first_time_asks_for_a_file_and_names_the_window(hand, tmp_path):
    assert hand.title == "Valley — gdviz"
    hand.move_start()
    assert hand.title == "Valley* — gdviz"
    hand.save()
    hand.fill_dialog(tmp_path / "lecture")
    hand.wait_saved()
    assert hand.title == "lecture.gdviz — gdviz"
    assert "lecture.gdviz" in hand.message
    assert read_document(tmp_path / "lecture.gdviz").experiment == hand.experiment


def test_undoing_to_what_was_saved_takes_the_mark_away_and_saving_again_asks_nothing(
    hand, tmp_path
):
    path = tmp_path / "a.gdviz"
    hand.move_start()
    hand.save_as(path)
    hand.wait_saved()
    hand.move_start((0.0, 1.0))
    assert hand.title == "a.gdviz* — gdviz"
    hand.undo()
    assert hand.title == "a.gdviz — gdviz"
    hand.undo()
    assert hand.title == "a.gdviz* — gdviz"
    hand.save()
    hand.wait_saved()
    assert hand.title == "a.gdviz — gdviz"
    assert read_document(path).experiment == hand.experiment
    hand.redo()
    assert hand.title == "a.gdviz* — gdviz"
    bar = hand.window.findChild(QToolBar)
    hand.click(bar.widgetForAction(hand.workbench.actions["save"]))
    hand.wait_saved()
    assert hand.title == "a.gdviz — gdviz"
    assert read_document(path).experiment == hand.experiment


def test_where_the_playhead_stands_is_saved_but_is_no_change(hand, tmp_path):
    path = tmp_path / "a.gdviz"
    hand.save_as(path)
    hand.wait_saved()
    hand.activate()
    hand.focus_views()
    hand.key(Qt.Key.Key_Home)
    for _ in range(3):
        hand.key(Qt.Key.Key_Right)
    assert hand.title == "a.gdviz — gdviz"
    hand.save()
    hand.wait_saved()
    assert read_document(path).step == 3
    (tmp_path / "a.v2.gdviz").write_text("mine", "utf-8")
    hand.save_as(tmp_path / "a.v2")  # another name than the one that the dialog asks about
    assert "is there already" in hand.box().detail.text()
    hand.answer("close")
    assert (tmp_path / "a.v2.gdviz").read_text("utf-8") == "mine"
    assert hand.title == "a.gdviz — gdviz"


def test_what_cannot_be_written_is_told_and_can_be_saved_elsewhere(hand, tmp_path):
    folder = tmp_path / "gone"
    folder.mkdir()
    hand.move_start()
    hand.save_as(folder / "a.gdviz")
    hand.wait_saved()
    (folder / "a.gdviz").unlink()
    folder.rmdir()
    hand.move_start((0.0, 1.0))
    hand.save()
    box = hand.box()
    assert "there is no folder" in box.detail.text().lower()
    hand.answer("close")
    assert hand.title == "a.gdviz* — gdviz"
    hand.activate()
    hand.window.close()
    hand.answer("save")
    hand.box()
    assert hand.window.isVisible()
    hand.answer("save_as")
    hand.fill_dialog(tmp_path / "b.gdviz")
    hand.wait_saved()
    assert hand.title == "b.gdviz — gdviz"


def test_what_another_window_has_saved_is_not_replaced_unasked(hand, race, tmp_path):
    hand.drop(race)
    hand.wait_title("race.gdviz — gdviz")
    hand.move_start()
    other = document_bytes(Document(open_experiment("himmelblau")))
    race.write_bytes(other)
    hand.save()
    assert "race.gdviz" in hand.box().question.text()
    hand.answer("cancel")
    assert race.read_bytes() == other
    assert hand.title == "race.gdviz* — gdviz"
    hand.save()
    hand.answer("replace")
    hand.wait_saved()
    assert read_document(race).experiment == hand.experiment
    hand.move_start((0.5, 0.5))
    hand.save()
    hand.wait_saved()
    assert hand.title == "race.gdviz — gdviz"
    assert not hand.boxes


def test_a_document_comes_back_as_it_was_saved(hand, race, tmp_path):
    hand.drop(race)
    hand.wait_title("race.gdviz — gdviz")
    hand.wait_computed()
    assert hand.experiment == read_document(race).experiment
    assert not hand.player.playing
    assert hand.counter[0] == 37
    assert hand.workbench.exporting.look() == LOOK
    assert hand.screen.companions.page == "surface"
    assert hand.screen.surface_controls.heights.currentData() == "colors"
    assert hand.workbench.actions["level_line"].isChecked()
    assert hand.undo_texts == []
    assert not hand.workbench.actions["undo"].isEnabled()
    check_trajectories(hand, race)
    hand.save_as(tmp_path / "copy.gdviz")
    hand.wait_saved()
    assert (tmp_path / "copy.gdviz").read_bytes() == race.read_bytes()
    # A landscape of the gallery is an edit like any other.
    hand.choose_landscape("himmelblau")
    hand.wait_title("copy.gdviz* — gdviz")
    assert not hand.boxes
    hand.activate()
    hand.focus_views()
    hand.undo()
    assert hand.title == "copy.gdviz — gdviz"


def check_trajectories(hand, path):
    """Compare what is shown, bit for bit, with what the engine computes of a file."""
    experiment = open_document(str(path)).experiment
    assert len(hand.of_runs) == len(experiment.runs) == 2
    for run, shown in zip(experiment.runs, hand.of_runs, strict=True):
        alone = descend(experiment.landscape, run.optimizer, run.start, run.steps)
        for name in ("params", "loss", "gradient", "steps"):
            found, expected = getattr(shown, name), getattr(alone, name)
            assert np.array_equal(found, expected[: found.shape[0]]), name
        assert shown.outcome == alone.outcome


def test_a_window_opens_on_a_document_at_its_step(qtbot, open_workbench, race):
    document = read_document(race)
    hand = DocumentHand(qtbot, open_workbench(document.experiment, document=(document, race)))
    hand.wait_computed()
    assert hand.counter[0] == 37
    assert not hand.player.playing
    assert hand.title == "race.gdviz — gdviz"
    assert hand.workbench.exporting.look() == LOOK
    assert hand.documents.snapshot() == document


def test_a_step_of_a_long_run_is_waited_for_and_left_alone_once_it_is_moved(qtbot, hand, tmp_path):
    experiment = open_experiment("valley")
    slow = replace(experiment.runs[0], optimizer=optimizer("gd", learning_rate=1e-9), steps=400_000)
    path = tmp_path / "long.gdviz"
    document = Document(replace(experiment, runs=(slow,)), step=4_000)
    path.write_bytes(document_bytes(document))
    hand.drop(path)
    hand.wait_title("long.gdviz — gdviz")
    qtbot.waitUntil(lambda: hand.counter[0] == 4_000, timeout=20_000)
    hand.activate()
    hand.key(Qt.Key.Key_Home)
    length = hand.player.length
    qtbot.waitUntil(
        lambda: hand.player.length > length or not hand.workbench.conductor.computing,
        timeout=20_000,
    )
    assert hand.counter[0] == 0


def test_another_document_asks_what_becomes_of_the_changes(hand, race):
    hand.move_start()
    before = hand.experiment
    hand.drop(race)
    assert "Valley" in hand.box().question.text()
    hand.answer("cancel")
    assert hand.experiment == before
    assert hand.title == "Valley* — gdviz"
    hand.drop(race)
    hand.answer("discard")
    hand.wait_title("race.gdviz — gdviz")


def test_new_begins_with_a_history_of_its_own(hand, race):
    hand.drop(race)
    hand.wait_title("race.gdviz — gdviz")
    hand.wait_computed()
    hand.activate()
    hand.key(Qt.Key.Key_N, CONTROL)
    hand.wait_title("Valley — gdviz")
    assert hand.experiment == Experiment.of(preset("valley"))
    assert hand.documents.path is None
    assert not hand.workbench.actions["undo"].isEnabled()
    hand.qtbot.waitUntil(lambda: hand.player.playing or hand.player.record > 0)


def test_closing_asks_and_goes_when_that_is_discarded(hand):
    hand.move_start()
    hand.window.close()
    assert hand.window.isVisible()
    assert hand.box().buttons["save"].hasFocus()
    hand.key(Qt.Key.Key_Escape)
    hand.qtbot.waitUntil(lambda: not hand.boxes)
    assert hand.window.isVisible()
    assert hand.title == "Valley* — gdviz"
    hand.window.close()
    hand.answer("discard")
    hand.qtbot.waitUntil(lambda: not hand.window.isVisible())


def test_closing_saves_first_and_then_goes(hand, tmp_path):
    path = tmp_path / "a.gdviz"
    hand.save_as(path)
    hand.wait_saved()
    hand.move_start()
    hand.key(Qt.Key.Key_Q, CONTROL)
    hand.box()
    hand.key(Qt.Key.Key_Return)
    hand.qtbot.waitUntil(lambda: not hand.window.isVisible())
    assert read_document(path).experiment == hand.experiment


def test_closing_what_was_never_saved_asks_for_a_file(hand, tmp_path):
    hand.move_start()
    hand.window.close()
    hand.answer("save")
    hand.fill_dialog(tmp_path / "a.gdviz")
    hand.qtbot.waitUntil(lambda: not hand.window.isVisible())
    assert read_document(tmp_path / "a.gdviz").experiment == hand.experiment


def test_a_window_that_was_only_looked_at_closes_without_a_question(hand):
    hand.choose_landscape("himmelblau")
    hand.hold()
    hand.activate()
    hand.focus_views()
    hand.key(Qt.Key.Key_Plus, CONTROL)
    assert hand.window.isWindowModified()
    hand.window.close()
    assert not hand.window.isVisible()


def test_a_swarm_that_was_only_shown_is_not_asked_about_but_a_brushed_one_is(hand):
    stroke = Stroke((0.0, 0.0), (1.0, 1.0), 20)
    session = hand.workbench.session
    before = session.experiment
    for swarm, asks in (
        (SwarmSpec(shown=True), False),
        (SwarmSpec(shown=True, kind="brush", strokes=(stroke,)), True),
    ):
        plane = replace(before.plane, swarm=swarm, sensitivity=SensitivitySpec(shown=True))
        session.edit("Change swarm", replace(before, plane=plane))
        assert hand.documents.worth_asking == asks


def test_recent_files_are_listed_the_newest_first_and_lead_back(hand, race, tmp_path):
    table = tmp_path / "points.csv"
    table.write_text("a,b\n1,2\n2,3.5\n3,5\n4,6.5\n", "utf-8")
    hand.save_as(tmp_path / "first & last.gdviz")
    hand.wait_saved()
    hand.drop(table)
    hand.wait_title("first & last.gdviz* — gdviz")
    hand.activate()
    hand.focus_views()
    hand.undo()
    hand.drop(race)
    hand.wait_title("race.gdviz — gdviz")
    table.unlink()
    menu = hand.window.submenu("Open re&cent")
    menu.aboutToShow.emit()
    entries = [(action.text(), action.isEnabled()) for action in menu.actions()]
    assert entries == [
        ("&1  race.gdviz", True),
        ("&2  points.csv (not found)", False),
        ("&3  first && last.gdviz", True),
        ("", True),
        ("&Clear list", True),
    ]
    menu.actions()[2].trigger()
    hand.wait_title("first & last.gdviz — gdviz")
    menu.aboutToShow.emit()
    assert menu.actions()[0].text() == "&1  first && last.gdviz"
    hand.workbench.actions["clear_recent"].trigger()
    menu.aboutToShow.emit()
    assert [action.text() for action in menu.actions()] == ["No files yet", "", "&Clear list"]
    assert not hand.workbench.actions["clear_recent"].isEnabled()


@pytest.mark.parametrize(
    "content", [b'{"format": "gdviz-experiment", "version": 999}', b'{"format": "gdviz-experiment"']
)
def test_a_broken_document_is_told_in_one_line_and_nothing_changes(qtbot, hand, tmp_path, content):
    hand.move_start()
    before = hand.experiment
    path = tmp_path / "broken.gdviz"
    path.write_bytes(content)
    hand.drop(path)
    panel = hand.screen.landscape_panel.data
    qtbot.waitUntil(lambda: "broken.gdviz" in panel.error, timeout=10_000)
    assert "\n" not in panel.error
    assert hand.experiment == before
    assert not hand.boxes
    assert hand.title == "Valley* — gdviz"


def test_a_broken_document_opens_no_window_and_exits_with_2(tmp_path, capsys):
    path = tmp_path / "broken.gdviz"
    path.write_bytes(b'{"format": "gdviz-experiment", "version": 1, "landscape": 3}')
    assert main([str(path)]) == 2
    told = capsys.readouterr().err
    assert told.startswith("gdviz: broken.gdviz")
    assert told.count("\n") == 1
