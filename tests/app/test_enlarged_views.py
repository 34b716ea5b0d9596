"""One view with all the room, and all of them again as they were."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gdviz.ui.stage import Stage

KEYS = {
    "contour": Qt.Key.Key_1,
    "curve": Qt.Key.Key_2,
    "surface": Qt.Key.Key_3,
    "history": Qt.Key.Key_4,
    "data": Qt.Key.Key_5,
}


@pytest.fixture
def workbench(open_workbench):
    return open_workbench("regression")


def visible(hand):
    canvases = hand.screen.canvases.items()
    return {name for name, together in canvases if any(one.isVisible() for one in together)}


def geometry(hand):
    QApplication.processEvents()
    return {name: hand.screen.canvases[name][0].geometry() for name in visible(hand)}


@pytest.mark.parametrize("name", KEYS)
def test_a_key_gives_a_view_all_the_room_and_takes_it_back(workbench, hand, name):
    hand.wait_still()
    hand.focus_views()
    workbench.window.set_split_sizes([[300, 250], [200, 350]])
    QApplication.processEvents()
    before, sizes, shown = geometry(hand), workbench.window.split_sizes(), visible(hand)
    canvas, center = hand.screen.canvases[name][0], workbench.window.centralWidget()
    for back in (KEYS[name], Qt.Key.Key_QuoteLeft, Qt.Key.Key_Escape):
        hand.key(KEYS[name])
        QApplication.processEvents()
        assert visible(hand) == {name}
        assert canvas.width() == center.width()
        assert canvas.height() > 0.7 * center.height()
        assert workbench.actions[f"enlarge_{name}"].isChecked()
        hand.key(back)
        assert visible(hand) == shown
        assert workbench.window.split_sizes() == sizes
        assert geometry(hand) == before
        assert not workbench.actions[f"enlarge_{name}"].isChecked()


def test_from_one_view_to_another_and_back(workbench, hand):
    hand.wait_still()
    hand.focus_views()
    before, shown = geometry(hand), visible(hand)
    for name in ("contour", "data", "surface", "history", "curve"):
        hand.key(KEYS[name])
        assert visible(hand) == {name}
    hand.key(Qt.Key.Key_QuoteLeft)
    assert visible(hand) == shown
    assert geometry(hand) == before


def test_the_button_and_a_double_click_on_the_title_do_the_same(workbench, hand):
    hand.wait_still()
    canvas, stage = hand.screen.curve_canvas, workbench.lectern.staging.stage
    assert canvas.enlarge_button.accessibleName() == "Enlarge"
    hand.click(canvas.enlarge_button)
    assert stage.enlarged == "curve"
    assert canvas.enlarge_button.accessibleName() == "All views"
    assert canvas._hint.text() == "2 or ` shows all views"
    hand.click(canvas.enlarge_button)
    assert stage.enlarged is None
    assert canvas._hint.text() == "click to start · drag the point"
    for expected in ("curve", None):
        QTest.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(30, 12))
        assert stage.enlarged == expected


def test_a_view_that_the_landscape_lacks_cannot_be_enlarged(workbench, hand, open_workbench):
    assert workbench.actions["enlarge_data"].isEnabled()
    hand.choose_landscape("valley")
    assert not workbench.actions["enlarge_data"].isEnabled()
    assert workbench.actions["enlarge_contour"].isEnabled()


def test_another_landscape_keeps_the_view_that_it_has_too(workbench, hand):
    hand.wait_still()
    hand.focus_views()
    hand.key(KEYS["curve"])
    hand.choose_landscape("valley")
    assert visible(hand) == {"curve"}
    hand.key(KEYS["curve"])
    assert visible(hand) == {"contour", "curve", "history"}


def test_another_landscape_without_the_view_enlarges_what_takes_its_place(workbench, hand):
    hand.wait_still()
    hand.focus_views()
    hand.key(KEYS["data"])
    hand.choose_landscape("valley")
    assert visible(hand) == {"history"}
    hand.key(Qt.Key.Key_QuoteLeft)
    assert visible(hand) == {"contour", "curve", "history"}


def test_a_landscape_of_one_parameter_has_no_contour_to_enlarge(workbench, hand, qtbot):
    hand.wait_still()
    hand.focus_views()
    hand.key(KEYS["contour"])
    workbench.opening.pick_preset("parabola")
    qtbot.waitUntil(lambda: hand.experiment.landscape.dimension == 1)
    assert workbench.lectern.staging.stage.enlarged is None
    assert visible(hand) == {"curve", workbench.screen.companions.page}
    assert not workbench.actions["enlarge_contour"].isEnabled()


def test_turning_to_the_other_page_enlarges_that_one(workbench, hand):
    hand.wait_still()
    hand.focus_views()
    hand.key(KEYS["history"])
    hand.click(hand.screen.companions.button("data"))
    assert visible(hand) == {"data"}
    assert workbench.actions["enlarge_data"].isChecked()
    hand.key(Qt.Key.Key_QuoteLeft)
    assert visible(hand) == {"contour", "curve", "data"}


def test_an_enlarged_contour_is_sampled_as_finely_as_it_is_shown(qtbot, workbench, hand):
    hand.wait_still()
    hand.focus_views()
    shown = hand.screen.contour._field
    qtbot.waitUntil(lambda: shown._map is not None)
    rows, columns = shown._map.field.loss.shape
    hand.key(KEYS["contour"])
    qtbot.waitUntil(lambda: shown._map.field.loss.shape[0] > rows)
    assert shown._map.field.loss.shape[1] == columns


def test_only_views_on_the_stage_can_be_enlarged(workbench):
    with pytest.raises(
        ValueError, match="a view is one of contour, curve, surface, history, data; got"
    ):
        workbench.lectern.staging.stage.enlarge("score")
    assert isinstance(workbench.lectern.staging.stage, Stage)


@pytest.mark.parametrize(("cut", "shown"), [("both", (1, 1, 0)), ("ray", (0, 0, 1))])
def test_curves_that_stand_side_by_side_are_enlarged_together(workbench, hand, cut, shown):
    hand.wait_still()
    hand.focus_views()
    hand.click(hand.screen.slice_switch.button(cut))
    hand.focus_views()
    together = hand.screen.canvases["curve"]
    hand.key(Qt.Key.Key_2)
    assert visible(hand) == {"curve"}
    assert tuple(canvas.isVisible() for canvas in together) == shown
    hand.key(Qt.Key.Key_S)  # another cut in the same room
    assert visible(hand) == {"curve"}
    hand.key(Qt.Key.Key_2)
    assert "contour" in visible(hand)


def test_the_page_that_is_enlarged_is_the_one_whose_button_is_down(workbench, hand):
    hand.wait_still()
    hand.focus_views()
    companions = hand.screen.companions
    assert companions.page == "data"
    hand.key(Qt.Key.Key_3)
    assert companions._rows["surface"].current == "surface"
    hand.key(Qt.Key.Key_3)
    assert companions._rows["data"].current == "data"
