"""The composition root: the only place where objects are wired together."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox

from gdviz import __version__
from gdviz.app.conductor import Conductor
from gdviz.app.display import Display, Screen
from gdviz.app.editor import Editor
from gdviz.app.opening import Opening
from gdviz.app.opening_display import OpeningDisplay
from gdviz.app.theming import Theming
from gdviz.errors import UserError
from gdviz.experiment import Experiment
from gdviz.export.figure_spec import FigureSpec
from gdviz.export.formats import export
from gdviz.formulas import warm_up
from gdviz.landscapes import PRESETS, Interval
from gdviz.session.courtesy import Courtesy
from gdviz.session.opener import Opener
from gdviz.session.player import Player
from gdviz.session.runner import Runner
from gdviz.session.session import Session
from gdviz.session.surveyor import Surveyor
from gdviz.ui.actions import Actions
from gdviz.ui.canvas import Canvas, card
from gdviz.ui.export_dialog import ExportDialog
from gdviz.ui.icons import icon
from gdviz.ui.key_courtesy import KeyCourtesy
from gdviz.ui.keys_dialog import KeysDialog
from gdviz.ui.landscape_panel import LandscapePanel
from gdviz.ui.main_window import MainWindow
from gdviz.ui.math_view import MathView
from gdviz.ui.palette import style_sheet
from gdviz.ui.playback_bar import SPEEDS, PlaybackBar
from gdviz.ui.residual_switch import ResidualSwitch
from gdviz.ui.run_panel import RunPanel
from gdviz.ui.scaling_box import ScalingBox
from gdviz.ui.settings import Settings
from gdviz.ui.slice_switch import SliceSwitch
from gdviz.ui.step_panel import StepPanel
from gdviz.views.contour_view import ContourView
from gdviz.views.curve_view import CurveView
from gdviz.views.data_view import DataView
from gdviz.views.theme import Theme

__all__ = ["Workbench"]

_WARM_UP_AFTER = 1500
_TRACK_FILTERS = "Recorded runs (*.h5 *.hdf5 *.csv *.tsv *.txt *.npy);;All files (*)"
_FILTERS = (
    "All that can be opened (*.csv *.tsv *.txt *.h5 *.hdf5 *.npz *.npy *.json);;"
    "Tables (*.csv *.tsv *.txt);;Measured surfaces and recorded runs "
    "(*.h5 *.hdf5 *.npz *.npy *.csv *.json);;All files (*)"
)


class Workbench(QObject):
    """Makes and connects everything that one window needs.

    Parameters
    ----------
    experiment : Experiment
    settings : Settings
    seed : int or None
        Of random starts; None for another one at each launch.
    """

    def __init__(self, experiment: Experiment, settings: Settings, seed: int | None = None) -> None:
        super().__init__()
        self._settings = settings
        self.session = Session(experiment, self)
        courtesy = Courtesy(self)
        self.runner = Runner(courtesy, self)
        self.surveyor = Surveyor(courtesy, self)
        self.player = Player(self)
        self.conductor = Conductor(self.runner, self.player, self)
        self.editor = Editor(self.session, self.conductor, self.player, seed, self)
        self.opener = Opener(courtesy, self)
        self.opening = Opening(self.session, self.editor, self.opener, self)
        self.theming = Theming(settings, self)
        self.window = MainWindow()
        self.actions = Actions(self.window, self._callbacks())
        self.screen = self._make_screen()
        self._lay_out()
        self.display = Display(
            self.screen, self.session, self.conductor, self.player, self.surveyor, self
        )
        self._opening_display = OpeningDisplay(
            self.screen.landscape_panel, self.opening, self.opener, self
        )
        self._connect()
        self._keys = KeyCourtesy(self)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._keys.follow)
        self.theming.apply()
        settings.restore_layout(self.window)
        self.display.on_experiment_changed(None, experiment)
        self.screen.contour_canvas.plot_area.setFocus()

    def show(self) -> None:
        """Open the window and begin the first descent."""
        self.window.show()
        if self.session.experiment.landscape.dimension > 1:
            # The first picture goes first; the descent begins on it.
            self.surveyor.map_ready.connect(self._begin)
            self.surveyor.failed.connect(self._begin)
            self.display.survey()
        else:
            self._begin()
        self.window.show_message("Click the landscape to choose a start.")

    @Slot()
    def _begin(self) -> None:
        if not self.conductor.started:
            self.conductor.start(self.session.experiment)
            QTimer.singleShot(_WARM_UP_AFTER, self, self._warm_up)

    @Slot()
    def _warm_up(self) -> None:
        """Load what formulas need, while nobody waits for it."""
        if not self.opener.busy:
            self.opener.request(warm_up, "warm up")

    @Slot()
    def close(self) -> None:
        """End everything that runs; the window is about to close."""
        self._settings.save_layout(self.window)
        self.player.pause()
        self.runner.stop()
        self.surveyor.stop()
        self.opener.stop()

    def _make_screen(self) -> Screen:
        contour, curve, data = ContourView(), CurveView(), DataView()
        switch, scaling, residuals = SliceSwitch(), ScalingBox(), ResidualSwitch()
        hint = "click to start · drag the ring · wheel to zoom"
        return Screen(
            window=self.window,
            contour=contour,
            contour_canvas=Canvas(contour, hint, scaling),
            curve=curve,
            curve_canvas=Canvas(curve, "click to start", switch),
            data=data,
            data_canvas=Canvas(data, "", residuals),
            slice_switch=switch,
            scaling_box=scaling,
            residual_switch=residuals,
            landscape_panel=LandscapePanel(PRESETS),
            mathematics=MathView(),
            run_panel=RunPanel(),
            step_panel=StepPanel(),
            playback=PlaybackBar(self.actions),
        )

    def _lay_out(self) -> None:
        screen, left = self.screen, Qt.DockWidgetArea.LeftDockWidgetArea
        beneath = (screen.curve_canvas, screen.data_canvas)
        self.window.fill(screen.contour_canvas, beneath, screen.playback)
        self.window.add_dock("Landscape", screen.landscape_panel, left, 248)
        self.window.add_dock("This step", screen.step_panel, left, 248)
        mathematics = card(screen.mathematics)
        self.window.add_dock("Mathematics", mathematics, left, 248, beside="This step")
        right = Qt.DockWidgetArea.RightDockWidgetArea
        self.window.add_dock("Run", screen.run_panel, right, 248)
        self.window.add_actions(self.actions)

    def _connect(self) -> None:
        screen, editor, stack = self.screen, self.editor, self.session.undo_stack
        self.session.experiment_changed.connect(self.conductor.on_experiment_changed)
        screen.contour.start_picked.connect(editor.pick_start)
        screen.contour.start_dragged.connect(editor.drag_start)
        screen.contour.start_dropped.connect(editor.settle)
        screen.contour.domain_picked.connect(editor.pick_domain)
        screen.curve.value_picked.connect(editor.pick_value)
        screen.curve.interval_picked.connect(self._pick_interval)
        screen.slice_switch.axis_picked.connect(editor.slice_along)
        screen.scaling_box.scaling_picked.connect(editor.scale_colors)
        screen.residual_switch.toggled_by_user.connect(editor.show_residuals)
        self._connect_opening()
        screen.run_panel.run_edited.connect(editor.edit_run)
        screen.run_panel.settled.connect(editor.settle)
        screen.playback.record_picked.connect(self.player.jump)
        screen.playback.speed_picked.connect(self._set_speed)
        self.player.playing_changed.connect(self._show_playing)
        self.player.length_changed.connect(self._enable_playback)
        for key, can in (("undo", stack.canUndoChanged), ("redo", stack.canRedoChanged)):
            self.actions[key].setEnabled(False)
            can.connect(self.actions[key].setEnabled)
        stack.undoTextChanged.connect(lambda text: self._name("undo", "&Undo", text))
        stack.redoTextChanged.connect(lambda text: self._name("redo", "&Redo", text))
        self.theming.theme_changed.connect(self._on_theme_changed)
        self.window.closing.connect(self.close)

    def _connect_opening(self) -> None:
        opening, editor = self.opening, self.editor
        panel = self.screen.landscape_panel
        panel.gallery.preset_picked.connect(opening.pick_preset)
        panel.formula.formula_edited.connect(opening.type_formula)
        panel.formula.knob_moved.connect(opening.move_knob)
        panel.formula.settled.connect(editor.settle)
        panel.formula.settled.connect(opening.end_typing)
        panel.data.open_wanted.connect(self.choose_file)
        panel.data.cancel_wanted.connect(opening.cancel)
        panel.data.table.choice_picked.connect(opening.choose_fit)
        panel.data.table.dialect_picked.connect(opening.choose_dialect)
        panel.data.surface.metric_picked.connect(opening.choose_metric)
        self.window.file_dropped.connect(self.open_path)

    def choose_file(self) -> None:
        """Ask which file to open, and open it."""
        folder = self._settings.folder
        chosen, _filter = QFileDialog.getOpenFileName(self.window, "Open", folder, _FILTERS)
        if chosen:
            self.open_path(chosen)

    def choose_track(self) -> None:
        """Ask which recorded run to lay over the landscape, and do it."""
        folder = self._settings.folder
        chosen, _filter = QFileDialog.getOpenFileName(
            self.window, "Open recorded run", folder, _TRACK_FILTERS
        )
        if chosen:
            self._settings.folder = str(Path(chosen).parent)
            self.opening.open_track(Path(chosen))

    @Slot(str)
    def open_path(self, path: str) -> None:
        """Open a file as what it holds."""
        self._settings.folder = str(Path(path).parent)
        self.screen.landscape_panel.show_page("data")
        self.opening.open_path(Path(path))

    def _callbacks(self) -> dict[str, Callable[..., object]]:
        editor, player = self.editor, self.player
        return {
            "open": self.choose_file,
            "open_track": self.choose_track,
            "formula": self.type_formula,
            "export": self.open_export,
            "quit": self.window.close,
            "undo": self.session.undo_stack.undo,
            "redo": self.session.undo_stack.redo,
            "start_zero": editor.start_at_zero,
            "start_random": editor.start_at_random,
            "clear": editor.clear,
            "reset": editor.reset,
            "play": player.toggle,
            "forward": lambda: player.step(1),
            "back": lambda: player.step(-1),
            "first": lambda: player.jump(0),
            "last": player.jump_to_end,
            "loop": self._set_loop,
            "stop": self.conductor.cancel,
            "faster": lambda: self._change_speed(1),
            "slower": lambda: self._change_speed(-1),
            "zoom_in": editor.zoom_in,
            "zoom_out": editor.zoom_out,
            "zoom_reset": self._show_whole,
            "slice": editor.slice_along_next,
            "theme_system": lambda _on: self.theming.choose("system"),
            "theme_light": lambda _on: self.theming.choose("light"),
            "theme_dark": lambda _on: self.theming.choose("dark"),
            "theme_toggle": self.theming.toggle,
            "keys": lambda: KeysDialog(self.window).exec(),
            "about": self._about,
        }

    def type_formula(self) -> None:
        """Let a formula be typed."""
        self.window.raise_dock("Landscape")
        self.screen.landscape_panel.type_formula()

    def open_export(self) -> None:
        """Ask what to export, and do it."""
        self.player.pause()
        experiment = self.session.experiment
        trajectories = self.conductor.trajectories
        step = 0
        if trajectories and self.player.length:
            step = int(trajectories[0].steps[min(self.player.record, trajectories[0].records - 1)])
        dialog = ExportDialog(
            self.window,
            dimension=experiment.landscape.dimension,
            theme=self.theming.theme.name,
            step=step,
        )

        def save(path: Path, spec: FigureSpec) -> None:
            try:
                # Those of now: more may have been computed since the dialog opened.
                export(path, experiment, self.conductor.trajectories, spec)
            except UserError as error:
                dialog.show_error(str(error))
                return
            dialog.accept()
            part = ": what had been computed so far" if self.conductor.computing else ""
            self.window.show_message(f"Saved {path}{part}")

        dialog.export_requested.connect(save)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    @Slot(object)
    def _pick_interval(self, interval: Interval) -> None:
        experiment = self.session.experiment
        flat = experiment.landscape.dimension > 1
        shown = self.screen.contour.domain if flat else experiment.view.domain
        self.editor.pick_interval(interval, shown)

    def _set_speed(self, speed: float) -> None:
        self.player.speed = speed
        self.screen.playback.show_speed(speed)

    def _change_speed(self, by: int) -> None:
        place = SPEEDS.index(self.player.speed) + by
        self._set_speed(SPEEDS[min(max(place, 0), len(SPEEDS) - 1)])

    def _set_loop(self, on: bool) -> None:
        self.player.loop = on

    def _show_whole(self) -> None:
        self.editor.show_whole()
        self.screen.curve.reset()

    def _show_playing(self, playing: bool) -> None:
        self.actions["play"].setText("&Pause" if playing else "&Play")
        self._show_play_icon()

    def _enable_playback(self, records: int) -> None:
        for key in ("play", "forward", "back", "first", "last", "clear"):
            self.actions[key].setEnabled(records > 0)

    def _show_play_icon(self) -> None:
        name = "pause" if self.player.playing else "play"
        self.actions["play"].setIcon(icon(name, self.theming.theme))

    def _name(self, key: str, verb: str, text: str) -> None:
        self.actions[key].setText(f"{verb} {text.lower()}" if text else verb)

    def _on_theme_changed(self, theme: Theme) -> None:
        self.window.setStyleSheet(style_sheet(theme))
        self.actions.set_theme(theme)
        self._show_play_icon()
        for choice in ("system", "light", "dark"):
            self.actions[f"theme_{choice}"].setChecked(self.theming.choice == choice)
        screen = self.screen
        for part in (
            screen.contour,
            screen.contour_canvas,
            screen.curve,
            screen.curve_canvas,
            screen.data,
            screen.data_canvas,
            screen.mathematics,
        ):
            part.set_theme(theme)

    def _about(self) -> None:
        QMessageBox.about(
            self.window,
            "About gdviz",
            f"<b>gdviz {__version__}</b><p>Explore loss landscapes and the optimizers that "
            "descend them.</p><p>MIT license. Font: Inter (OFL). Icons: Lucide (ISC).</p>",
        )
