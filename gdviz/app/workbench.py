"""The composition root: the only place where objects are wired together."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from gdviz.app.basin_making import make_basins
from gdviz.app.conductor import Conductor
from gdviz.app.cuts import Cuts
from gdviz.app.display import Display
from gdviz.app.document_door import DocumentDoor
from gdviz.app.editor import Editor
from gdviz.app.exporting import Exporting
from gdviz.app.guidance import Guidance
from gdviz.app.lectern import Lectern
from gdviz.app.lesson_door import LessonDoor
from gdviz.app.lesson_making import make_lessons
from gdviz.app.opening import Opening
from gdviz.app.opening_display import OpeningDisplay
from gdviz.app.overlays import Overlays
from gdviz.app.page_door import PageDoor
from gdviz.app.playback_control import PlaybackControl
from gdviz.app.run_display import RunDisplay
from gdviz.app.run_editor import RunEditor
from gdviz.app.sensitivity_door import SensitivityDoor
from gdviz.app.sensitivity_making import make_sensitivity
from gdviz.app.spreading import Spreading
from gdviz.app.surface_display import SurfaceDisplay
from gdviz.app.swarm_door import SwarmDoor
from gdviz.app.sweep_making import make_sweep
from gdviz.app.text_size import TextSize
from gdviz.app.theming import Theming
from gdviz.app.window_parts import lay_out, make_screen
from gdviz.experiment import Experiment
from gdviz.formulas import warm_up
from gdviz.session.courtesy import Courtesy
from gdviz.session.opener import Opener
from gdviz.session.player import Player
from gdviz.session.run_book import RunBook
from gdviz.session.runner import Runner
from gdviz.session.session import Session
from gdviz.session.surveyor import Surveyor
from gdviz.ui.actions import Actions
from gdviz.ui.key_courtesy import KeyCourtesy
from gdviz.ui.main_window import MainWindow
from gdviz.ui.palette import style_sheet
from gdviz.ui.settings import Settings
from gdviz.ui.typeset import load
from gdviz.views.theme import Theme

if TYPE_CHECKING:
    from gdviz.engine.compiled import Kernels

__all__ = ["Workbench"]

_WARM_UP_AFTER = 500


class Workbench(QObject):
    """Makes and connects everything that one window needs.

    Parameters
    ----------
    experiment : Experiment
    settings : Settings
    seed : int or None
        Of random starts; None for another one at each launch.
    welcome : bool
        Whether nobody has named what to open, so that a newcomer is told where to click.
    keep_in : Path or None
        Where unsaved edits are kept while the window lives; None for nowhere.
    """

    def __init__(
        self,
        experiment: Experiment,
        settings: Settings,
        seed: int | None = None,
        *,
        welcome: bool = False,
        keep_in: Path | None = None,
    ) -> None:
        super().__init__()
        self._settings = settings
        self.session = Session(experiment, self)
        self.player = Player(self)
        self._courtesy = courtesy = _courtesy(self.player, self)
        self.runner = Runner(courtesy, self)
        self.book = RunBook(self.runner, self)
        self.surveyor = Surveyor(courtesy, self)
        self.conductor = Conductor(self.book, self.player, self)
        self.editor = Editor(self.session, self.conductor, self.player, seed, self)
        self.opener = Opener(courtesy, self)
        self.opening = Opening(self.session, self.editor, self.opener, self)
        self.racer = Opener(courtesy, self)
        self.run_editor = RunEditor(self.session, self.editor, self.racer, self)
        self.theming = Theming(settings, self)
        self.theming.apply()  # the palette first: what a style sheet has styled keeps its own
        self.text_size = TextSize(settings, self)
        self.text_size.apply()
        self.window = MainWindow()
        look = (self.theming.theme, self.text_size.scale)
        self.window.setStyleSheet(style_sheet(*look))  # before there is much to style
        self.exporting = Exporting(
            *(self.window, self.session, self.conductor, self.player, self.theming),
            *(settings, self),
        )
        self.spreading = Spreading(self.window, self.session, self.run_editor, self)
        self.actions = Actions(self.window, self._callbacks())
        self.actions.set_theme(*look)  # buttons are made as wide as their icons
        self.screen = make_screen(self.window, self.actions)
        lay_out(self.window, self.screen)
        self.window.add_actions(self.actions)
        runs = RunDisplay(self.screen, self.session, self.conductor, self.player, self)
        cuts = Cuts(
            *(self.screen, self.session, self.conductor, self.player),
            *(self.editor, self.run_editor, self),
        )
        self.display = Display(self.screen, self.session, runs, self.surveyor, cuts, self)
        self.lectern = Lectern(
            *(self.screen, self.actions, self.session, self.conductor, self.display, runs),
            *(self.theming, self.text_size, self),
        )
        self.overlays = Overlays(self.screen, self.actions, runs, self)
        self._surface = SurfaceDisplay(
            *(self.screen, self.actions, self.session, self.conductor, self.player),
            *(self.surveyor, self),
        )
        self.exporting.look = lambda: self._surface.dressed(self.overlays.look)
        self.door = DocumentDoor(self, settings, courtesy, self.exporting.look, keep_in, self)
        self.lessons = LessonDoor(
            *(self.window, self.screen.learn, self.actions["learn"], self.opening),
            *(lambda: make_lessons(self, runs, self.overlays, settings, courtesy), self),
        )
        self._make_doors(runs, courtesy)
        self.guidance = Guidance(
            self.screen, self.session, self.conductor, self.actions, self.theming, self
        )
        self._playback = PlaybackControl(
            self.screen, self.actions, self.player, self.conductor, self.theming.theme, self
        )
        if welcome:
            self.guidance.greet(settings, self._playback)
        self._opening_display = OpeningDisplay(
            self.screen.landscape_panel, self.opening, self.opener, self
        )
        self._connect()
        self.theming.apply()
        settings.restore_layout(self.window)
        self.sensitivity.begin(experiment)
        self.display.on_experiment_changed(None, experiment)
        self.screen.contour_canvas.plot_area.setFocus()

    @cached_property
    def kernels(self) -> Kernels:
        """Compiled kernels for all that computes the whole plane, made when first asked for."""
        from gdviz.engine.compiled import Kernels

        return Kernels()

    def _make_doors(self, runs: RunDisplay, courtesy: Courtesy) -> None:
        """Lead to what computes the whole plane; it is made when it is first wanted."""
        self.sweep = PageDoor(
            *("sweep", self.screen, self.actions["enlarge_sweep"], self.lectern),
            *(self.theming, lambda: make_sweep(self, courtesy), self),
        )
        self.basins = PageDoor(
            *("basins", self.screen, self.actions["enlarge_basins"], self.lectern),
            *(self.theming, lambda: make_basins(self, courtesy), self),
        )
        self.sensitivity = SensitivityDoor(
            *(self.screen, self.actions["sensitivity"], self.overlays, self.session, self.theming),
            *(lambda: make_sensitivity(self, runs, self.overlays, courtesy), self),
        )
        self.swarm = SwarmDoor(self, runs, courtesy, self)

    def show(self) -> None:
        """Open the window and begin the first descent."""
        self._courtesy.watch(self.window)
        self.window.show()
        if self.session.experiment.landscape.dimension > 1:
            # The first picture goes first; the descent begins on it.
            self.surveyor.map_ready.connect(self._begin)
            self.surveyor.failed.connect(self._begin)
            self.display.survey()
        else:
            self._begin()
        self.window.show_message("Click the landscape to choose a start. F1 explains what you see.")

    @Slot()
    def _begin(self) -> None:
        if not self.conductor.started:
            self.conductor.start(self.session.experiment)
            self.door.recovery.look()
            QTimer.singleShot(_WARM_UP_AFTER, self, self._warm_up)

    @Slot()
    def _warm_up(self) -> None:
        """Load what equations and formulas need, while nobody waits for it."""
        if not self.opener.busy:
            self.opener.request(_load_slow_libraries, "warm up")

    @Slot()
    def close(self) -> None:
        """End everything that runs; the window is about to close."""
        self._settings.save_layout(self.lectern.presentation.layout)
        self.door.stop()
        self.player.pause()
        self.runner.stop()
        self.surveyor.stop()
        self.opener.stop()
        self.racer.stop()
        self.lessons.stop()
        for door in (self.sweep, self.basins, self.sensitivity, self.swarm):
            door.stop()
        if "kernels" in self.__dict__:
            self.kernels.close()

    def _connect(self) -> None:
        screen, editor, stack = self.screen, self.editor, self.session.undo_stack
        self.session.experiment_changed.connect(self.conductor.on_experiment_changed)
        self.session.experiment_changed.connect(self._on_experiment_changed)
        screen.contour.start_picked.connect(editor.pick_start)
        screen.contour.start_added.connect(self.run_editor.add_start)
        screen.contour.start_dragged.connect(editor.drag_start)
        screen.contour.point_dragged.connect(editor.drag_point)
        screen.contour.start_dropped.connect(editor.settle)
        screen.contour.domain_picked.connect(editor.pick_domain)
        screen.surface.start_picked.connect(editor.pick_start)
        screen.surface.start_added.connect(self.run_editor.add_start)
        screen.scaling_box.scaling_picked.connect(editor.scale_colors)
        screen.residual_switch.toggled_by_user.connect(editor.show_residuals)
        self._connect_opening()
        screen.run_panel.run_edited.connect(editor.edit_run)
        screen.run_panel.settled.connect(editor.settle)
        self._connect_runs()
        for key, can in (("undo", stack.canUndoChanged), ("redo", stack.canRedoChanged)):
            self.actions[key].setEnabled(False)
            can.connect(self.actions[key].setEnabled)
        stack.undoTextChanged.connect(lambda text: self._name("undo", "&Undo", text))
        stack.redoTextChanged.connect(lambda text: self._name("redo", "&Redo", text))
        self.theming.theme_changed.connect(self._on_theme_changed)
        self.text_size.scale_changed.connect(self._on_text_scaled)
        self.window.closing.connect(self.close)
        keys, application = KeyCourtesy(self), QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(keys.follow)

    def _connect_runs(self) -> None:
        screen, runs = self.screen, self.run_editor
        screen.run_list.selection_picked.connect(runs.select)
        screen.run_list.shown_picked.connect(runs.show)
        screen.run_list.renamed.connect(runs.rename)
        screen.run_list.moved.connect(runs.move)
        screen.run_list.solo_picked.connect(runs.solo)
        screen.run_list.race.race_wanted.connect(runs.race)
        screen.run_list.race.set_keys(self._settings.racers or screen.run_list.race.keys)
        screen.run_list.race.keys_picked.connect(self._keep_racers)
        runs.refused.connect(self.window.show_message)
        self.conductor.failed.connect(self.window.show_message)
        screen.verdict.remedy_picked.connect(runs.apply)
        for key, act in (
            ("race", screen.run_list.race.click),
            ("rename", screen.run_list.edit_name),
            ("hide", screen.run_list.toggle_shown),
        ):
            self.actions[key].triggered.connect(act)

    def _connect_opening(self) -> None:
        opening, editor = self.opening, self.editor
        panel = self.screen.landscape_panel
        panel.gallery.preset_picked.connect(opening.pick_preset)
        panel.formula.formula_edited.connect(opening.type_formula)
        panel.formula.knob_moved.connect(opening.move_knob)
        panel.formula.settled.connect(editor.settle)
        panel.formula.settled.connect(opening.end_typing)
        panel.data.cancel_wanted.connect(opening.cancel)
        panel.data.table.choice_picked.connect(opening.choose_fit)
        panel.data.table.dialect_picked.connect(opening.choose_dialect)
        panel.data.surface.metric_picked.connect(opening.choose_metric)

    def _callbacks(self) -> dict[str, Callable[..., object]]:
        editor, player = self.editor, self.player
        return {
            "formula": self.type_formula,
            "export": self.exporting.open_dialog,
            "copy_picture": self.exporting.copying.copy_picture,
            "copy_command": self.exporting.copying.copy_command,
            "quit": self.window.close,
            "undo": self.session.undo_stack.undo,
            "redo": self.session.undo_stack.redo,
            "start_zero": editor.start_at_zero,
            "start_random": editor.start_at_random,
            "clear": editor.clear,
            "many_starts": self.spreading.open_dialog,
            "duplicate": self.run_editor.duplicate,
            "move_up": lambda: self.run_editor.move(-1),
            "move_down": lambda: self.run_editor.move(1),
            "next_run": lambda: self.run_editor.select_next(1),
            "previous_run": lambda: self.run_editor.select_next(-1),
            "remove": self.run_editor.remove,
            "reset": editor.reset,
            "play": player.toggle,
            "forward": lambda: player.step(1),
            "back": lambda: player.step(-1),
            "first": lambda: player.jump(0),
            "last": player.jump_to_end,
            "loop": self._set_loop,
            "faster": lambda: self._playback.change_speed(1),
            "slower": lambda: self._playback.change_speed(-1),
            "zoom_in": editor.zoom_in,
            "zoom_out": editor.zoom_out,
            "zoom_reset": self._show_whole,
            "slice": editor.slice_along_next,
            "numbers": lambda: self.window.toggle_dock("Numbers"),
            "theme_system": lambda _on: self.theming.choose("system"),
            "theme_light": lambda _on: self.theming.choose("light"),
            "theme_dark": lambda _on: self.theming.choose("dark"),
            "theme_toggle": self.theming.toggle,
        }

    def type_formula(self) -> None:
        """Let a formula be typed."""
        self.window.raise_dock("Landscape")
        self.screen.landscape_panel.type_formula()

    @Slot(object)
    def _keep_racers(self, keys: tuple[str, ...]) -> None:
        self._settings.racers = keys

    @Slot(object, object)
    def _on_experiment_changed(self, _before: Experiment, after: Experiment) -> None:
        self.actions["clear"].setEnabled(bool(after.runs or after.tracks))

    def _set_loop(self, on: bool) -> None:
        self.player.loop = on

    def _show_whole(self) -> None:
        self.editor.show_whole()
        for curve in (self.screen.curve, self.screen.beside, self.screen.ray):
            curve.reset()

    def _name(self, key: str, verb: str, text: str) -> None:
        self.actions[key].setText(f"{verb} {text.lower()}" if text else verb)

    @Slot(float)
    def _on_text_scaled(self, _scale: float) -> None:
        self._on_theme_changed(self.theming.theme)
        self.window.fit_docks()

    def _on_theme_changed(self, theme: Theme) -> None:
        scale = self.text_size.scale
        if self.window.styleSheet() != style_sheet(theme, scale):
            self.window.setStyleSheet(style_sheet(theme, scale))
        self.actions.set_theme(theme, scale)
        self._playback.set_theme(theme, scale)
        for choice in ("system", "light", "dark"):
            self.actions[f"theme_{choice}"].setChecked(self.theming.choice == choice)
        screen = self.screen
        for view in screen.views:
            view.set_theme(theme)
        for canvas in chain.from_iterable(screen.canvases.values()):
            canvas.set_theme(theme)
        for part in (
            self.lessons,
            self.sensitivity,
            screen.mathematics,
            screen.run_list,
            screen.run_panel,
            screen.verdict,
            screen.update,
            screen.numbers,
        ):
            part.set_theme(theme)


def _load_slow_libraries(_told: object) -> None:
    load()
    warm_up()


def _courtesy(player: Player, parent: QObject) -> Courtesy:
    """Return a gate that closes as soon as another record is to be drawn."""
    made = Courtesy(parent)
    player.record_changed.connect(made.busy)
    return made
