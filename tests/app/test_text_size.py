"""Letters, lines and marks of any size, everywhere and at once."""

import pytest
from PySide6.QtCore import QPointF, QSettings, Qt
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QLabel,
    QPushButton,
    QToolBar,
    QToolButton,
    QWidget,
)

from gdviz.app.text_size import TEXT_SCALES
from gdviz.ui.canvas import Canvas
from gdviz.ui.export_dialog import ExportDialog

CONTROL_ALT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
USUAL = 13  # pixels


def larger(hand, times=1):
    for _ in range(times):
        hand.key(Qt.Key.Key_Plus, CONTROL_ALT)
    QApplication.processEvents()


def steps_to(scale):
    return TEXT_SCALES.index(scale) - TEXT_SCALES.index(1.0)


@pytest.fixture
def roomy(workbench, hand):
    """Return a hand on a window in which letters of every size have room."""
    workbench.window.resize(2560, 1440)
    QApplication.processEvents()
    hand.wait_still()
    return hand


def test_keys_go_through_all_sizes_and_back_to_the_usual_one(workbench, roomy):
    for scale in (*TEXT_SCALES[TEXT_SCALES.index(1.0) + 1 :], TEXT_SCALES[-1]):
        larger(roomy)
        assert workbench.text_size.scale == scale
        assert QApplication.font().pixelSize() == round(scale * USUAL)
    for scale in (*reversed(TEXT_SCALES[:-1]), TEXT_SCALES[0]):
        roomy.key(Qt.Key.Key_Minus, CONTROL_ALT)
        assert workbench.text_size.scale == scale
    roomy.key(Qt.Key.Key_0, CONTROL_ALT)
    assert workbench.text_size.scale == 1.0
    assert QApplication.font().pixelSize() == USUAL


@pytest.mark.parametrize("scale", [0.8, 1.25, 1.5, 2.0])
def test_everything_with_letters_follows(workbench, roomy, scale):
    screen = roomy.screen
    action = workbench.actions["text_larger" if scale > 1.0 else "text_smaller"]
    for _ in range(abs(steps_to(scale))):
        action.trigger()
    QApplication.processEvents()
    pixels = round(scale * USUAL)
    for widget in (
        workbench.window,
        workbench.window.menuBar(),
        workbench.window.statusBar(),
        screen.landscape_panel.gallery.list,
        screen.run_list.table,
        screen.run_panel,
        screen.verdict,
        screen.numbers.grid,
        screen.mathematics.sheet,
        screen.playback.speed,
        screen.history_controls.quantity,
    ):
        assert widget.font().pixelSize() == pixels, widget
    drawn = pixels / USUAL
    for canvas in (screen.contour_canvas, screen.curve_canvas, screen.history_canvas):
        assert canvas.plot_area.text_scale == drawn
    check_rows(screen, drawn)
    workbench.actions["text_normal"].trigger()
    check_rows(screen, 1.0)
    for _ in range(abs(steps_to(scale))):
        action.trigger()
    QApplication.processEvents()
    bar = workbench.window.findChild(QToolBar)
    assert bar.iconSize().width() == round(drawn * 20)
    icon = workbench.actions["reset"].icon()
    assert icon.availableSizes()[0].width() == round(scale * 20)


def check_rows(screen, scale):
    QApplication.processEvents()
    runs = screen.run_list.table
    assert runs.rowHeight(0) == round(scale * (38 if runs.compact else 26))
    assert screen.numbers.grid.rowHeight(0) == round(scale * 22)
    assert screen.numbers.grid.verticalHeader().defaultSectionSize() == round(scale * 22)


def test_equations_are_typeset_larger(qtbot, workbench, roomy):
    workbench.window.raise_dock("Mathematics")
    sheet = roomy.screen.mathematics.sheet
    qtbot.waitUntil(lambda: not sheet.empty, timeout=20_000)
    (first, *_) = sheet._rows
    before = first.drawn.size
    larger(roomy, steps_to(1.5))
    (first, *_) = sheet._rows
    ratio = first.drawn.size.height() / before.height()
    assert ratio == pytest.approx(20 / 13, rel=0.06)


def test_a_dialog_has_letters_of_the_same_size(workbench, roomy):
    larger(roomy, steps_to(1.5))
    workbench.actions["export"].trigger()
    dialog = workbench.window.findChild(ExportDialog)
    assert dialog.path.font().pixelSize() == 20
    assert dialog.path.sizeHint().height() >= 28
    dialog.reject()


@pytest.mark.parametrize("scale", [1.5, 2.0])
def test_a_click_starts_where_the_pointer_is(workbench, roomy, scale):
    larger(roomy, steps_to(scale))
    roomy.wait_still()
    view, area = roomy.screen.contour, roomy.contour_area
    (left, right), (bottom, top) = view.box.viewRange()
    for x, y in ((-3.0, 2.0), (4.0, -2.5), (0.5, 0.25)):
        pixel = roomy.contour_pixel((x, y))
        roomy.click(area, pixel)
        start = roomy.experiment.current.start
        wide = (right - left) / (view.box.width() * view_scale(roomy))
        high = (top - bottom) / (view.box.height() * view_scale(roomy))
        assert abs(start[0] - x) <= wide
        assert abs(start[1] - y) <= high
        assert start == pytest.approx(roomy.contour_params(pixel), abs=max(wide, high))


def view_scale(hand):
    return hand.screen.contour_canvas.plot_area.text_scale


@pytest.mark.parametrize("scale", [1.5, 2.0])
def test_hovering_and_dragging_are_as_precise(workbench, roomy, scale):
    larger(roomy, steps_to(scale))
    roomy.wait_still()
    pixel = roomy.contour_pixel((4.0, 1.0))
    roomy.move(roomy.contour_area, pixel)
    x, y = roomy.contour_params(pixel)
    told = dict(part.split(" = ") for part in roomy.workbench.window._probe.text.split("  ")[:2])
    assert float(told["x"].replace("\N{MINUS SIGN}", "-")) == pytest.approx(x, abs=2e-3)
    assert float(told["y"].replace("\N{MINUS SIGN}", "-")) == pytest.approx(y, abs=2e-3)
    start = roomy.experiment.current.start
    begin = roomy.contour_pixel(start)
    end = roomy.contour_pixel((1.0, 2.0))
    middle = (begin + end) / 2
    roomy.drag(roomy.contour_area, begin, middle, end)
    assert roomy.experiment.current.start == pytest.approx(roomy.contour_params(end), abs=0.05)
    assert len(roomy.experiment.runs) == 1


def test_plots_fill_their_areas_at_every_size(workbench, roomy):
    for _ in range(steps_to(2.0)):
        larger(roomy)
        for canvas in workbench.window.findChildren(Canvas):
            area = canvas.plot_area
            if area.isVisible():
                corner = area.mapFromScene(area.sceneRect().bottomRight())
                assert abs(corner.x() - area.width()) <= 1
                assert abs(corner.y() - area.height()) <= 1
                assert area.mapToScene(0, 0) == QPointF(0.0, 0.0)


def test_a_plot_with_little_room_keeps_letters_that_leave_it_some(workbench, hand):
    hand.wait_still()
    larger(hand, steps_to(2.0))
    for canvas in (hand.screen.curve_canvas, hand.screen.history_canvas):
        area = canvas.plot_area
        assert 1.0 <= area.text_scale < 2.0
    curve = hand.screen.curve.box
    assert curve.width() >= 100
    assert curve.height() >= 40
    hand.key(Qt.Key.Key_2)
    QApplication.processEvents()
    assert hand.screen.curve_canvas.plot_area.text_scale == 2.0


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_no_words_are_cut_off(workbench, roomy, scale):
    larger(roomy, steps_to(scale))
    QApplication.processEvents()
    check_words(workbench.window)


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_no_words_are_cut_off_at_1280_by_800(workbench, hand, scale):
    hand.wait_still()
    larger(hand, steps_to(scale))
    QApplication.processEvents()
    window = workbench.window
    assert window.minimumSizeHint().width() <= 1280
    assert window.minimumSizeHint().height() <= 800
    check_words(window)


def check_words(window):
    checked = 0
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or not isinstance(
            widget, (QLabel, QToolButton, QPushButton, QCheckBox)
        ):
            continue
        if not words_of(widget) or elides(widget):
            continue
        checked += 1
        place = [type(one).__name__ for one in up(widget)][:4]
        needed = widget.minimumSizeHint()
        assert widget.width() >= needed.width(), (words_of(widget), place)
        if isinstance(widget, QLabel) and widget.wordWrap():
            assert widget.height() >= widget.heightForWidth(widget.width()), words_of(widget)
        else:
            assert widget.height() >= needed.height(), (words_of(widget), place)
    assert checked > 12


def words_of(widget):
    return widget.text()


def elides(widget):
    """Tell whether a widget cuts its words short on purpose, or shows none where they don't fit."""
    ignored = widget.sizePolicy().horizontalPolicy() == widget.sizePolicy().Policy.Ignored
    return ignored or type(widget).__name__ in ("_Title", "QDockWidgetTitleButton")


def up(widget):
    while widget is not None:
        yield widget
        widget = widget.parentWidget()


def test_the_size_is_remembered(open_workbench, hand_of):
    first = open_workbench("valley")
    first.actions["text_larger"].trigger()
    first.actions["text_larger"].trigger()
    first.door.close_unsaved()
    second = open_workbench("valley")
    assert second.text_size.scale == 1.25
    assert second.window.font().pixelSize() == 16
    assert second.screen.contour_canvas.plot_area.text_scale == 16 / 13


def test_on_a_high_screen_presenting_letters_grow_with_it(workbench):
    size = workbench.text_size
    for height, expected in ((800, 1.5), (900, 1.5), (1080, 1.8), (1440, 2.4)):
        size.present(True, height)
        assert size.scale == pytest.approx(expected)
        assert QApplication.font().pixelSize() == round(expected * USUAL)
    size.present(False)
    assert size.scale == 1.0


def test_a_size_that_is_none_is_the_usual_one(open_workbench, tmp_path):
    store = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    store.setValue("text_scale", "huge")
    store.setValue("presenting_scale", "nan")
    store.sync()
    workbench = open_workbench("valley")
    assert workbench.text_size.scale == 1.0
    workbench.text_size.present(True)
    assert workbench.text_size.scale == 1.5
