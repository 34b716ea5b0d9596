"""Everything of one window that shows something."""

from __future__ import annotations

from dataclasses import dataclass, field

from gdviz.ui.canvas import Canvas
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
from gdviz.ui.surface_controls import SurfaceControls
from gdviz.ui.update_panel import UpdatePanel
from gdviz.ui.verdict_panel import VerdictPanel
from gdviz.views.contour_view import ContourView
from gdviz.views.curve_view import CurveView
from gdviz.views.data_view import DataView
from gdviz.views.history_view import HistoryView
from gdviz.views.plot_view import PlotView
from gdviz.views.ray_view import RayView
from gdviz.views.surface_view import SurfaceView

__all__ = ["Screen"]


@dataclass(frozen=True)
class Screen:
    """Everything that shows something."""

    window: MainWindow
    contour: ContourView
    contour_canvas: Canvas
    curve: CurveView
    curve_canvas: Canvas
    beside: CurveView
    beside_canvas: Canvas
    ray: RayView
    ray_canvas: Canvas
    history: HistoryView
    history_canvas: Canvas
    history_controls: HistoryControls
    surface: SurfaceView
    surface_canvas: Canvas
    surface_controls: SurfaceControls
    data: DataView
    data_canvas: Canvas
    companions: Companions
    layers: LayersButton
    slice_switch: SliceSwitch
    ray_switch: SliceSwitch
    scaling_box: ScalingBox
    residual_switch: ResidualSwitch
    landscape_panel: LandscapePanel
    mathematics: MathView
    run_list: RunList
    run_panel: RunPanel
    verdict: VerdictPanel
    step_panel: StepPanel
    update: UpdatePanel
    numbers: NumberTable
    playback: PlaybackBar
    caption: Caption
    learn: LearnSlot
    sensitivity: LearnSlot
    swarm: LearnSlot
    later: dict[str, tuple[PlotView, Canvas]] = field(default_factory=dict)
    """Views that are made when they are first wanted, with their cards, by name."""

    @property
    def plots(self) -> tuple[PlotView, ...]:
        """All plots over axes, in use or not."""
        made = tuple(view for view, _ in self.later.values())
        return (self.contour, self.curve, self.beside, self.ray, self.history, self.data, *made)

    @property
    def views(self) -> tuple[PlotView | SurfaceView, ...]:
        """All views, in use or not."""
        return (*self.plots, self.surface)

    @property
    def canvases(self) -> dict[str, tuple[Canvas, ...]]:
        """The cards of the views, by the names by which they are enlarged."""
        return {
            "contour": (self.contour_canvas,),
            "curve": (self.curve_canvas, self.beside_canvas, self.ray_canvas),
            "surface": (self.surface_canvas,),
            "history": (self.history_canvas,),
            "data": (self.data_canvas,),
            **{name: (canvas,) for name, (_, canvas) in self.later.items()},
        }
