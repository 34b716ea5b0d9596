"""Making everything of one window that shows something, and putting it in its place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gdviz.app.screen import Screen
from gdviz.landscapes import PRESETS
from gdviz.ui.actions import Actions
from gdviz.ui.canvas import Canvas, card
from gdviz.ui.caption import Caption
from gdviz.ui.companions import Companions
from gdviz.ui.history_controls import HistoryControls
from gdviz.ui.landscape_panel import LandscapePanel
from gdviz.ui.layers_button import LayersButton
from gdviz.ui.learn_slot import LearnSlot
from gdviz.ui.main_window import MainWindow
from gdviz.ui.math_view import MathView
from gdviz.ui.number_table import NumberTable
from gdviz.ui.playback_bar import PlaybackBar
from gdviz.ui.residual_switch import ResidualSwitch
from gdviz.ui.run_list import RunList
from gdviz.ui.run_panel import RunPanel
from gdviz.ui.scaling_box import ScalingBox
from gdviz.ui.slice_switch import SliceSwitch
from gdviz.ui.step_panel import StepPanel
from gdviz.ui.surface_actions import SURFACE_MENU
from gdviz.ui.surface_controls import SurfaceControls
from gdviz.ui.update_panel import UpdatePanel
from gdviz.ui.verdict_panel import VerdictPanel
from gdviz.views.contour_view import ContourView
from gdviz.views.curve_view import CurveView
from gdviz.views.data_view import DataView
from gdviz.views.history_view import HistoryView
from gdviz.views.ray_view import RayView
from gdviz.views.surface_view import SurfaceView

__all__ = ["lay_out", "make_screen"]

_SIDE, _RUNS = 272, 272
_GAP = 8
_PATIENCE = 8.0
_LAYERS = (
    ("arrows", "downhill_arrows", "equal_arrows"),
    ("level_line", "partials", "tangent_plane", "quadratic"),
    ("eigen_directions", "ball", "trust_region", "components"),
)
_PLANES = (None, "slice_plane", "tangent_plane")
_RUN_ACTIONS = (
    *("many_starts", "duplicate", "remove", "rename"),
    *("hide", "solo", "move_up", "move_down"),
)
_SURFACE_HINT = "drag to turn · wheel to zoom · Shift+drag to move · click to start"


def make_screen(window: MainWindow, actions: Actions) -> Screen:
    """Return the views and panels of a window."""
    contour, curve, data, history = ContourView(), CurveView(), DataView(), HistoryView()
    beside, ray = CurveView(), RayView()
    switch, scaling, residuals = SliceSwitch(), ScalingBox(), ResidualSwitch()
    ray_switch = SliceSwitch()
    layers = LayersButton([[actions[key] for key in keys] for keys in _LAYERS])
    controls = HistoryControls()
    hint = "click to start · Shift+click adds one · drag a ring · wheel to zoom"
    history_canvas = Canvas(history, "", *controls.parts)
    history_canvas.set_title("History")
    data_canvas = Canvas(data, "", residuals)
    surface = SurfaceView()
    looks = [actions[key] if key else None for key in (*SURFACE_MENU[2:], *_PLANES)]
    surface_controls = SurfaceControls(looks)
    surface_canvas = Canvas(surface, _SURFACE_HINT, surface_controls)
    pages = {"history": history_canvas, "surface": surface_canvas, "data": data_canvas}
    return Screen(
        window=window,
        contour=contour,
        contour_canvas=Canvas(contour, hint, layers, scaling),
        curve=curve,
        curve_canvas=Canvas(curve, "click to start · drag the point", switch),
        beside=beside,
        beside_canvas=Canvas(beside, "click to start · drag the point"),
        ray=ray,
        ray_canvas=Canvas(ray, "drag the rate", ray_switch),
        history=history,
        history_canvas=history_canvas,
        history_controls=controls,
        data=data,
        data_canvas=data_canvas,
        surface=surface,
        surface_canvas=surface_canvas,
        surface_controls=surface_controls,
        companions=Companions(pages, ("basins", "sweep")),
        layers=layers,
        slice_switch=switch,
        ray_switch=ray_switch,
        scaling_box=scaling,
        residual_switch=residuals,
        landscape_panel=LandscapePanel(PRESETS),
        mathematics=MathView(),
        run_list=RunList({key: actions[key] for key in _RUN_ACTIONS}),
        run_panel=RunPanel(),
        verdict=VerdictPanel(),
        step_panel=StepPanel(),
        update=UpdatePanel(),
        numbers=NumberTable(),
        playback=PlaybackBar(actions),
        caption=Caption(),
        learn=LearnSlot(),
        sensitivity=LearnSlot(),
        swarm=LearnSlot(),
    )


def _side_by_side(canvases: Sequence[Canvas]) -> QWidget:
    """Return a row of cards that is one thing to whatever holds it."""
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(_GAP)
    for canvas in canvases:
        layout.addWidget(canvas, 1)
    return row


def lay_out(window: MainWindow, screen: Screen) -> None:
    """Put the parts of a screen into its window."""
    left, right = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea
    curves = (screen.curve_canvas, screen.beside_canvas, screen.ray_canvas)
    for canvas in curves[1:]:
        canvas.hide()
    beneath = (_side_by_side(curves), screen.companions)
    window.fill(screen.contour_canvas, beneath, screen.playback, screen.caption)
    window.add_dock("Landscape", screen.landscape_panel, left, _SIDE)
    # A column of its own, so that a lesson has the window's whole height.
    window.add_dock("Learn", screen.learn, left, _SIDE, right_of="Landscape", hidden=True)
    window.add_dock("This step", screen.step_panel, left, _SIDE, below="Landscape")
    window.add_dock("Mathematics", card(screen.mathematics), left, _SIDE, beside="This step")
    window.add_dock("Update", screen.update, left, _SIDE, beside="This step")
    window.add_dock("Runs", screen.run_list, right, _RUNS)
    window.add_dock("Settings", screen.run_panel, right, _RUNS)
    window.add_dock("Verdict", screen.verdict, right, _RUNS, beside="Settings")
    window.add_dock("Swarm", screen.swarm, right, _RUNS, beside="Settings", hidden=True)
    window.share_height(("Runs", "Settings"), (1, 2))
    window.add_dock("Sensitivity", screen.sensitivity, right, _RUNS, "Settings", hidden=True)
    bottom = Qt.DockWidgetArea.BottomDockWidgetArea
    window.add_dock("Numbers", screen.numbers, bottom, _SIDE, hidden=True)
    typeset = (screen.mathematics, screen.run_panel.rule.equations, screen.update.equations)
    for equations in typeset:
        equations.patience = _PATIENCE
