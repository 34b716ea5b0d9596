"""The whole window, in this process, driven by the events that Qt gets from a mouse and keys."""

import math

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, QSettings, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QScrollArea,
    QSlider,
    QStyle,
    QStyleOptionSlider,
)

from gdviz.app.workbench import Workbench
from gdviz.engine.compiled import Kernels
from gdviz.experiment import open_experiment
from gdviz.numbers import format_number, format_signed
from gdviz.ui.settings import Settings
from gdviz.views.fonts import font

LEFT = Qt.MouseButton.LeftButton
NO_KEYS = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
HURRY = 1e6  # times the usual speed: where nobody looks at a film, its next frame is its last


@pytest.fixture
def open_workbench(qtbot, tmp_path):
    """Call with a source or an experiment to open a window; all are closed in the end."""
    opened = []
    application = QApplication.instance()
    application.setStyle("Fusion")
    application.setFont(font())

    def open_it(source="regression", *, seed=7, begun=True, document=None, keep_in=None):
        store = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
        experiment = open_experiment(source) if isinstance(source, str) else source
        workbench = Workbench(experiment, Settings(store), seed, keep_in=keep_in)
        # NumPy does all: a window's worth of kernels would compile for longer than a test takes.
        workbench.__dict__["kernels"] = Kernels(compiles_from=math.inf)
        opened.append(workbench)
        if document is not None:
            workbench.door.begin(*document)
        with qtbot.waitActive(workbench.window):
            workbench.show()
            workbench.window.activateWindow()
        # From where the last test left the mouse, a move to the same place would be none.
        QTest.mouseMove(workbench.window.windowHandle(), QPoint(1, 1))
        if begun:
            qtbot.waitUntil(lambda: workbench.player.length > 0)
        return workbench

    yield open_it
    for workbench in opened:
        workbench.exporting.jobs.stop()  # else the window would ask
        workbench.door.close_unsaved()
        owners = (workbench.runner, workbench.surveyor, workbench.opener, workbench.racer)
        if workbench.lessons.made:
            owners += (workbench.lessons.files.learning._opener,)
        doors = {
            "sweep": "sweeper",
            "basins": "mapper",
            "sensitivity": "assayer",
            "swarm": "swarmer",
        }
        made = {name: getattr(workbench, name) for name in doors}
        owners += tuple(getattr(made[n].display, doors[n]) for n in doors if made[n].made)
        for owner in owners:
            assert not owner._worker._thread.isRunning(), "a thread outlives the window"
        assert not workbench.door._scribe._thread.isRunning(), "a thread outlives the window"
        workbench.deleteLater()
        workbench.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def workbench(open_workbench):
    """Return a window that has just been opened on the valley."""
    return open_workbench("valley")


@pytest.fixture
def hand(qtbot, workbench):
    """Return a hand on the mouse and the keyboard of `workbench`."""
    return Hand(qtbot, workbench)


@pytest.fixture
def hand_of(qtbot):
    """Call with a workbench to get a hand for it."""
    return lambda workbench: Hand(qtbot, workbench)


class Hand:
    """What a user does to a window and reads off it."""

    def __init__(self, qtbot, workbench):
        self.qtbot = qtbot
        self.workbench = workbench
        self.screen = workbench.screen
        self.contour_area = self.screen.contour_canvas.plot_area.viewport()
        self.curve_area = self.screen.curve_canvas.plot_area.viewport()

    # --- what is there ---

    @property
    def experiment(self):
        return self.workbench.session.experiment

    @property
    def trajectory(self):
        (trajectory,) = self.workbench.conductor.trajectories
        return trajectory

    @property
    def player(self):
        return self.workbench.player

    @property
    def rate(self):
        return self.screen.run_panel.fields["learning_rate"]

    @property
    def steps(self):
        return self.screen.run_panel.fields["steps"]

    def field(self, name):
        return self.screen.run_panel.fields[name]

    @property
    def outcome(self):
        return self.screen.run_panel._outcome.text()

    @property
    def probe(self):
        return self.workbench.window._probe.text

    @property
    def undo_texts(self):
        stack = self.workbench.session.undo_stack
        return [edit.text for edit in stack._edits]

    # --- mouse ---

    def contour_pixel(self, params):
        """Return where parameters are on the contour's viewport, to the nearest pixel."""
        return self._pixel(self.screen.contour, self.screen.contour_canvas, QPointF(*params))

    def curve_pixel(self, value, loss):
        return self._pixel(self.screen.curve, self.screen.curve_canvas, QPointF(value, loss))

    @staticmethod
    def _pixel(view, canvas, point):
        return canvas.plot_area.mapFromScene(view.box.mapViewToScene(point))

    def contour_params(self, pixel):
        at = self.screen.contour.box.mapSceneToView(
            self.screen.contour_canvas.plot_area.mapToScene(pixel)
        )
        return at.x(), at.y()

    def curve_value(self, pixel):
        at = self.screen.curve.box.mapSceneToView(
            self.screen.curve_canvas.plot_area.mapToScene(pixel)
        )
        return at.x()

    def click(self, widget, at=None):
        """Click a widget, by way of its window."""
        self.scroll_to(widget)
        QApplication.processEvents()  # nobody clicks what is not laid out yet
        at = widget.rect().center() if at is None else at
        handle, pixel = _in_window(widget, at)
        QTest.mouseMove(handle, pixel)
        QTest.mouseClick(handle, LEFT, NO_KEYS, pixel)

    @staticmethod
    def scroll_to(widget):
        """Scroll a control into view, as one does before clicking it."""
        above = widget.parentWidget()
        while above is not None:
            if isinstance(above, QScrollArea):
                QApplication.processEvents()
                above.ensureWidgetVisible(widget)
            above = above.parentWidget()

    def choose_landscape(self, name):
        """Click a landscape's picture in the gallery."""
        gallery = self.screen.landscape_panel.gallery
        self.screen.landscape_panel.show_page("gallery")
        item = gallery.item(name)
        gallery.list.scrollToItem(item)
        self.click(gallery.list.viewport(), gallery.list.visualItemRect(item).center())

    def click_contour(self, params):
        self.click(self.contour_area, self.contour_pixel(params))

    def click_curve(self, value):
        box = self.screen.curve.box
        (_, _), (low, high) = box.viewRange()
        self.click(self.curve_area, self.curve_pixel(value, 0.5 * (low + high)))

    def move(self, widget, at):
        handle, pixel = _in_window(widget, at)
        QTest.mouseMove(handle, pixel)

    def press(self, widget, at):
        handle, pixel = _in_window(widget, at)
        QTest.mousePress(handle, LEFT, NO_KEYS, pixel)

    def release(self, widget, at):
        handle, pixel = _in_window(widget, at)
        QTest.mouseRelease(handle, LEFT, NO_KEYS, pixel)

    def drag(self, widget, *places):
        """Press at the first place, move through the others, let go at the last."""
        self.move(widget, places[0])
        self.press(widget, places[0])
        for place in places[1:]:
            self.move(widget, place)
        self.release(widget, places[-1])

    def wheel(self, widget, at, notches):
        handle, pixel = _in_window(widget, at)
        QTest.mouseMove(handle, pixel)
        QTest.wheelEvent(handle, QPointF(pixel), QPoint(0, 120 * notches))

    def handle_of(self, slider: QSlider):
        """Return the middle of a slider's handle."""
        option = QStyleOptionSlider()
        slider.initStyleOption(option)
        return (
            slider.style()
            .subControlRect(
                QStyle.ComplexControl.CC_Slider, option, QStyle.SubControl.SC_SliderHandle, slider
            )
            .center()
        )

    def drag_slider(self, slider, *shares):
        """Drag a slider's handle through shares of its length."""
        self.scroll_to(slider)
        QApplication.processEvents()
        start = self.handle_of(slider)
        places = [QPoint(round(share * (slider.width() - 1)), start.y()) for share in shares]
        self.drag(slider, start, *places)

    def choose(self, box: QComboBox, text):
        """Choose an entry of a combo box by keys, as one does after Tab."""
        self.qtbot.waitUntil(lambda: QApplication.focusWindow() is box.window().windowHandle())
        box.setFocus(Qt.FocusReason.TabFocusReason)
        self.key(Qt.Key.Key_Space)
        self.qtbot.waitUntil(box.view().isVisible)
        assert box.findText(text) >= 0, f"there is no '{text}'"
        popup = box.view()
        QTest.keyClick(popup, Qt.Key.Key_Home)
        while popup.currentIndex().data() != text:
            before = popup.currentIndex()
            QTest.keyClick(popup, Qt.Key.Key_Down)
            assert popup.currentIndex() != before, f"'{text}' can't be reached by keys"
        QTest.keyClick(popup, Qt.Key.Key_Return)
        self.qtbot.waitUntil(lambda: not popup.isVisible())

    # --- keys ---

    def key(self, key, modifiers=NO_KEYS):
        """Press and let go a key, to whatever window and control has the focus."""
        assert QApplication.focusWindow() is not None
        QTest.keyClick(QApplication.focusWindow(), key, modifiers)

    def keys(self, text):
        """Type a text; one that is on no keyboard is pasted."""
        if not text.isascii():
            QApplication.clipboard().setText(text)
            self.key(Qt.Key.Key_V, CONTROL)
            return
        for letter in text:
            QTest.keyClick(QApplication.focusWindow(), letter)

    def type(self, entry, text, *, enter=True):
        """Click a field, replace what is in it, and press Enter."""
        self.click(entry)
        if not entry.hasFocus():  # a moment's outcome has moved it away from under the mouse
            self.click(entry)
        assert entry.hasFocus()
        self.key(Qt.Key.Key_A, CONTROL)
        if text:
            self.keys(text)
        else:
            self.key(Qt.Key.Key_Delete)
        if enter:
            self.key(Qt.Key.Key_Return)

    def undo(self):
        self.key(Qt.Key.Key_Z, CONTROL)

    def focus_views(self):
        """Give the keys back to the window, as a user does who clicks beside a field."""
        self.screen.contour_canvas.plot_area.setFocus()

    @staticmethod
    def number(entry):
        """Return what is written in a field, as a number."""
        return float(entry.text().replace("\N{MINUS SIGN}", "-").replace(",", "."))

    # --- waiting ---

    def wait_computed(self):
        """Wait until the current runs are complete."""
        self.qtbot.waitUntil(lambda: not self.workbench.conductor.computing, timeout=20_000)

    def wait_still(self, speed=HURRY):
        """Wait until the runs are complete and the playhead stands; it is hurried there."""
        self.wait_computed()
        before, self.player.speed = self.player.speed, speed
        self.qtbot.waitUntil(lambda: not self.player.playing, timeout=20_000)
        self.player.speed = before

    def hold(self):
        """Wait for the run and hold the playhead."""
        self.wait_computed()
        if self.player.playing:
            self.workbench.actions["play"].trigger()
        assert not self.player.playing

    # --- reading ---

    @property
    def counter(self):
        """Return what the step counter says: the step and the last one."""
        step, total = self.screen.playback.counter.removeprefix("step ").split(" / ")
        return int(step.replace(",", "")), int(total.replace(",", ""))

    def step_shown_everywhere(self):
        """Return the step on the screen; fails unless everything shows the same one."""
        step, _total = self.counter
        record = self.trajectory.record_at(step)
        assert self.trajectory.steps[record] == step
        assert self.screen.playback.slider.value() == record == self.player.record
        contour, curve = self.screen.contour, self.screen.curve
        data = self.screen.data
        shown = {contour._marks._step, contour._paths._step, curve._item._step, data._model._step}
        assert shown == {step}
        assert np.array_equal(curve.point, self.trajectory.params[record, 0])
        assert self.numbers() == self.expected_numbers(record)
        return step

    def numbers(self):
        """Return all that the step panel shows, by row and column."""
        return {place: cell.text() for place, cell in self.screen.step_panel._cells.items()}

    def expected_numbers(self, record):
        """Return what the step panel is to show at a record, from the trajectory alone."""
        trajectory = self.trajectory
        params, gradient = trajectory.params[record, 0], trajectory.gradient[record, 0]
        expected = {}
        for axis, name in enumerate(self.experiment.landscape.parameters):
            expected["value", name] = format_number(params[axis])
            expected["slope", name] = format_number(gradient[axis])
            expected["last step", name] = ""
        expected["loss", ""] = format_number(trajectory.loss[record, 0])
        expected["|∇f|", ""] = format_number(trajectory.gradient_norm[record, 0])
        expected["|step|", ""] = ""
        if record and trajectory.steps[record] - trajectory.steps[record - 1] == 1:
            taken = params - trajectory.params[record - 1, 0]
            for axis, name in enumerate(self.experiment.landscape.parameters):
                expected["last step", name] = format_signed(taken[axis])
            expected["|step|", ""] = format_number(math.hypot(*taken))
        return expected

    def color_at(self, area, pixel):
        """Return what is painted at a pixel of a viewport, as ``#rrggbb``."""
        picture = area.grab().toImage()
        ratio = picture.devicePixelRatio()
        return QColor(picture.pixel(round(pixel.x() * ratio), round(pixel.y() * ratio))).name()


def _in_window(widget, at):
    window = widget.window()
    return window.windowHandle(), widget.mapTo(window, at)
