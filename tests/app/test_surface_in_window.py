"""The surface in the window: found, looked at, and at the same step as everything else."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage

from gdviz.cli.main import main
from gdviz.engine import cropped
from gdviz.experiment.camera import CAMERAS
from gdviz.ui.export_dialog import ExportDialog

KEY = Qt.Key
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def surface(hand):
    """Return a hand that has brought the surface into view by its button."""
    return shown(hand)


def shown(hand):
    hand.hold()
    hand.click(hand.screen.companions.button("surface"))
    assert hand.screen.surface_canvas.isVisible()
    hand.qtbot.waitUntil(lambda: hand.screen.surface.sight is not None)
    return hand


def area(hand):
    return hand.screen.surface_canvas.plot_area.viewport()


def pixel(hand, *params):
    view = hand.screen.surface
    pixels, seen = view.sight.place(np.array([params], dtype=np.float64))
    assert seen[0]
    scene = view.box.mapToScene(QPointF(*pixels[0, :2].tolist()))
    return hand.screen.surface_canvas.plot_area.mapFromScene(scene)


def test_while_it_is_hidden_nothing_is_handed_to_it(hand):
    hand.hold()
    view = hand.screen.surface
    hand.key(KEY.Key_Home)
    hand.key(KEY.Key_Right)
    assert view.sight is None
    assert view._traces == ()
    assert view._step == 0
    shown(hand)
    assert len(view._traces) == 1
    assert view._step == hand.step_shown_everywhere() == 1


def test_it_shows_the_same_step_of_the_same_runs(surface):
    hand, view = surface, surface.screen.surface
    hand.key(KEY.Key_Home)
    for step in (1, 2, 3):
        hand.key(KEY.Key_Right)
        assert view._step == hand.step_shown_everywhere() == step
    np.testing.assert_array_equal(view._traces[0].params, hand.trajectory.params[:, 0])
    hand.click_contour((6.0, 3.0))
    hand.wait_still()
    assert tuple(view._traces[0].params[0]) == hand.experiment.current.start
    assert view._step == hand.step_shown_everywhere()


def test_a_click_on_it_starts_a_run_and_is_undone(surface):
    hand = surface
    hand.click(area(hand), pixel(hand, 5.0, 3.0))
    assert hand.experiment.current.start == pytest.approx((5.0, 3.0), abs=0.4)
    hand.undo()
    assert hand.experiment.current.start == (-3.0, 4.0)


def test_it_is_turned_zoomed_and_reset(surface):
    hand, view = surface, surface.screen.surface
    hand.drag(area(hand), *(QPoint(100 + 10 * step, 100) for step in range(5)))
    assert view.camera.azimuth != CAMERAS["corner"].azimuth
    hand.wheel(area(hand), area(hand).rect().center(), 2)
    assert view.camera.zoom > 1.2
    hand.key(KEY.Key_1, CONTROL)
    assert view.camera == CAMERAS["corner"]
    assert hand.experiment.current.start == (-3.0, 4.0)


def test_cameras_are_chosen_by_keys(surface):
    hand, view = surface, surface.screen.surface
    for key, name in (
        (KEY.Key_2, "x"),
        (KEY.Key_3, "y"),
        (KEY.Key_4, "above"),
        (KEY.Key_1, "corner"),
    ):
        hand.key(key, CONTROL)
        assert view.camera == CAMERAS[name]
    hand.key(KEY.Key_Right, CONTROL | ALT)
    hand.key(KEY.Key_Up, CONTROL | ALT)
    turned = CAMERAS["corner"].orbited(15.0, 15.0)
    assert view.camera == turned
    hand.key(KEY.Key_Left, CONTROL | ALT)
    hand.key(KEY.Key_Down, CONTROL | ALT)
    assert view.camera == CAMERAS["corner"]


def test_a_camera_brings_the_surface_into_view_and_a_key_changes_back(hand):
    hand.hold()
    hand.key(KEY.Key_4, CONTROL)
    assert hand.screen.surface_canvas.isVisible()
    hand.key(KEY.Key_V)
    assert hand.screen.history_canvas.isVisible()
    hand.key(KEY.Key_V)
    assert hand.screen.surface_canvas.isVisible()
    assert hand.screen.surface.camera == CAMERAS["above"]


def test_heights_are_chosen_by_keys(surface):
    hand, view = surface, surface.screen.surface
    hand.choose(hand.screen.surface_controls.heights, "As colors")
    assert view.heights == "colors"
    assert view.sight.mesh.heights.shades is not None


def test_planes_follow_the_playhead_and_the_slice(surface):
    hand, planes = surface, surface.screen.surface._planes
    hand.key(KEY.Key_Home)
    hand.key(KEY.Key_S, Qt.KeyboardModifier.ShiftModifier)
    assert tuple(planes._point) == (-3.0, 4.0)
    assert [axis for _, axis in planes._directions] == [0]
    hand.key(KEY.Key_Right)
    np.testing.assert_array_equal(planes._point, hand.trajectory.params[1, 0])
    hand.key(KEY.Key_S)
    assert [axis for _, axis in planes._directions] == [1]
    hand.key(KEY.Key_S, Qt.KeyboardModifier.ShiftModifier)
    assert planes._point is None
    hand.key(KEY.Key_T)
    np.testing.assert_array_equal(planes._tangent[0], hand.trajectory.params[1, 0])
    hand.key(KEY.Key_Right)
    np.testing.assert_array_equal(planes._tangent[2], hand.trajectory.gradient[2, 0])
    hand.key(KEY.Key_T)
    assert planes._tangent is None


def test_a_hovered_record_is_marked_in_every_view(surface):
    hand, screen = surface, surface.screen
    hand.key(KEY.Key_End)
    hand.move(area(hand), pixel(hand, *hand.trajectory.params[1, 0]))
    assert screen.surface._marks._ghost == screen.contour._marks._ghost == (0, 1)
    assert hand.probe.startswith("x = ")
    hand.move(hand.contour_area, hand.contour_pixel((7.0, -4.0)))
    assert screen.surface._marks._ghost is None
    np.testing.assert_allclose(screen.surface._marks._probe[0], (7.0, -4.0), atol=0.1)


def test_it_shows_the_domain_of_the_experiment(surface):
    hand, view = surface, surface.screen.surface
    hand.qtbot.waitUntil(lambda: hand.workbench._surface._map is not None)
    mesh = view.sight.mesh
    (x_low, x_high), (y_low, y_high) = hand.experiment.view.domain
    assert mesh.x[[0, -1]] == pytest.approx((x_low, x_high), abs=0.15)
    assert mesh.y[[0, -1]] == pytest.approx((y_low, y_high), abs=0.15)
    part = cropped(hand.workbench._surface._map, hand.experiment.view.domain)
    np.testing.assert_array_equal(mesh.x, part.field.x[np.isin(part.field.x, mesh.x)])


def test_only_landscapes_of_two_parameters_have_it(surface):
    hand, companions = surface, surface.screen.companions
    hand.choose_landscape("regression-w1")
    assert hand.experiment.landscape.dimension == 1
    assert hand.screen.history_canvas.isVisible()
    assert not companions.button("surface").isVisible()
    assert not hand.workbench.actions["surface"].isEnabled()
    hand.choose_landscape("rosenbrock")
    hand.qtbot.waitUntil(hand.screen.surface_canvas.isVisible, timeout=20_000)
    hand.qtbot.waitUntil(lambda: "cut off" in hand.screen.surface.note)
    assert hand.workbench.actions["surface"].isEnabled()


def test_the_theme_reaches_it(surface):
    hand = surface
    before = hand.color_at(area(hand), QPoint(4, 60))
    hand.key(KEY.Key_T, CONTROL)
    assert hand.color_at(area(hand), QPoint(4, 60)) != before
    hand.key(KEY.Key_T, CONTROL)
    assert hand.color_at(area(hand), QPoint(4, 60)) == before


def test_it_is_exported_as_it_is_looked_at(surface, tmp_path):
    hand, window = surface, surface.workbench.window
    hand.key(KEY.Key_2, CONTROL)
    hand.choose(hand.screen.surface_controls.heights, "As colors")
    hand.key(KEY.Key_S, Qt.KeyboardModifier.ShiftModifier)
    hand.key(KEY.Key_E, CONTROL)
    (dialog,) = window.findChildren(ExportDialog)
    hand.qtbot.waitUntil(dialog.isActiveWindow)
    views = dialog.form.picture.views.buttons
    hand.click(views["surface"])
    hand.click(views["contour"])
    hand.choose(dialog.form.picture.size.preset, "Column of an A4 page  (88 × 66 mm)")
    path, drawn = tmp_path / "window.png", tmp_path / "command.png"
    hand.type(dialog.path, str(path))
    hand.qtbot.waitUntil(path.exists)
    step = str(hand.trajectory.steps[hand.player.record])
    words = ["render", "valley", "--view", "surface", "--preset", "column", "--at", step]
    words += ["--camera", "x", "--heights", "colors", "--show", "slice_plane"]
    theme = hand.workbench.theming.theme.name
    assert main([*words, "--theme", theme, "-o", str(drawn)]) == 0
    assert QImage(str(path)) == QImage(str(drawn))


def test_the_menu_beside_it_holds_what_the_menu_bar_holds(surface):
    look = surface.screen.surface_controls.look
    actions = surface.workbench.actions
    assert look.menu().actions()[0] is actions["camera_corner"]
    bar = {action.text(): action.menu() for action in surface.workbench.window.menuBar().actions()}
    for action in look.menu().actions():
        if not action.isSeparator():
            assert action in bar["&Surface"].actions() + bar["&Overlays"].actions()
