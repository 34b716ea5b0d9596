"""The first minute: something is there to be clicked, one hint says so, and then it is gone."""

import pytest
from PySide6.QtCore import QPoint, QRect, QSettings, Qt
from PySide6.QtTest import QTest

from gdviz.app.workbench import Workbench
from gdviz.experiment import open_experiment
from gdviz.landscapes.presets import FIRST
from gdviz.ui.settings import Settings
from gdviz.views.theme import DARK

UPHILL = (8.0, 2.0)


@pytest.fixture
def launch(qtbot, tmp_path, open_workbench):
    """Call to start gdviz as without a source; what it remembers is the same each time."""
    opened = []

    def start(source=None):
        store = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
        experiment = open_experiment(source or FIRST)
        workbench = Workbench(experiment, Settings(store), 7, welcome=source is None)
        opened.append(workbench)
        with qtbot.waitActive(workbench.window):
            workbench.show()
            workbench.window.activateWindow()
        QTest.mouseMove(workbench.window.windowHandle(), QPoint(1, 1))
        qtbot.waitUntil(lambda: workbench.player.length > 0)
        return workbench

    yield start
    for workbench in opened:
        workbench.door.close_unsaved()
        workbench.deleteLater()
        workbench.window.deleteLater()


@pytest.fixture
def first(qtbot, launch):
    workbench = launch()
    qtbot.waitUntil(workbench.guidance.welcome.callout.isVisible)
    return workbench


def test_a_convex_valley_is_descended_slowly_enough_to_be_seen(first, hand_of):
    assert hand_of(first).experiment.landscape.name == "valley"
    assert first.player.playing
    assert first.player.speed == 0.25
    assert first.screen.playback.speed.currentText() == "×¼"


def test_the_hint_covers_neither_the_path_nor_the_minimum(first, hand_of):
    hand = hand_of(first)
    card = first.guidance.welcome.callout.geometry()
    assert hand.contour_area.rect().contains(card)
    for point in [*hand.trajectory.params[:, 0].tolist(), (2.0, 0.0)]:
        assert not card.contains(hand.contour_pixel(point)), point


def test_a_click_on_the_landscape_ends_it_for_ever(first, launch, hand_of):
    hand = hand_of(first)
    hand.click_contour(UPHILL)
    assert not first.guidance.welcome.callout.isVisible()
    assert hand.experiment.runs[0].start == pytest.approx(UPHILL, abs=0.1)
    first.door.close_unsaved()
    second = launch()
    assert second.guidance.welcome is None
    assert second.player.speed == 1.0


def test_a_click_on_the_card_itself_goes_to_the_landscape_beneath(qtbot, first, hand_of):
    hand, card = hand_of(first), first.guidance.welcome.callout
    hand.wait_computed()
    at = card.geometry().center() + QPoint(0, 4)
    expected = hand.contour_params(at)
    hand.click(hand.contour_area, at)
    assert hand.experiment.runs[0].start == pytest.approx(expected, abs=0.1)
    assert not card.isVisible()


def test_closing_it_starts_nothing_and_is_remembered(first, launch, hand_of):
    hand = hand_of(first)
    before = hand.experiment
    hand.click(first.guidance.welcome.callout.button)
    assert not first.guidance.welcome.callout.isVisible()
    assert hand.experiment is before
    first.door.close_unsaved()
    assert launch().guidance.welcome is None


def test_until_then_it_comes_back(first, launch, qtbot):
    first.door.close_unsaved()
    second = launch()
    qtbot.waitUntil(second.guidance.welcome.callout.isVisible)


def test_whoever_names_a_source_is_no_newcomer(launch):
    workbench = launch("himmelblau")
    assert workbench.guidance.welcome is None
    assert workbench.player.speed == 1.0


def test_the_link_leads_on(qtbot, first, hand_of):
    link = first.guidance.welcome.callout.link
    link.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(link, Qt.Key.Key_Tab)
    hand_of(first).click(link, QPoint(20, link.height() // 2))
    assert not first.guidance.welcome.callout.isVisible()
    if "learn" not in first.actions:
        assert first.guidance.helping.window.isVisible()
        assert first.guidance.helping.window.topic == "first-steps"


def test_it_wears_the_theme(first, hand_of):
    first.actions["theme_dark"].trigger()
    card = first.guidance.welcome.callout
    picture = card.grab().toImage()
    ratio = picture.devicePixelRatio()
    inside = picture.pixelColor(round(8 * ratio), round((card.height() // 2) * ratio))
    assert inside.name() == DARK.panel


def test_it_stays_in_view_when_the_window_changes_its_size(qtbot, first):
    first.window.resize(2560, 1440)
    first.window.resize(1280, 800)
    qtbot.waitUntil(lambda: first.window.width() == 1280)
    area = first.screen.contour_canvas.plot_area.viewport()
    qtbot.waitUntil(lambda: area.rect().contains(first.guidance.welcome.callout.geometry()))


def test_it_stays_in_view_when_letters_grow(qtbot, first):
    first.window.resize(2560, 1440)
    first.actions["text_larger"].trigger()
    first.actions["text_larger"].trigger()
    area = first.screen.contour_canvas.plot_area.viewport()
    card = first.guidance.welcome.callout
    qtbot.waitUntil(lambda: card.width() > 324)
    qtbot.waitUntil(lambda: area.rect().contains(card.geometry()))


def test_where_there_is_no_room_for_it_the_landscape_comes_first(qtbot, first):
    card = first.guidance.welcome.callout
    area = first.screen.contour_canvas.plot_area
    card.place(QRect(0, 0, 300, 120), [])
    assert not card.isVisible()
    card.place(area.viewport().rect(), [])
    assert card.isVisible()
