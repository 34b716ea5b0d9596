"""What the user wants of a sweep, as changes of the experiment."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Slot

from gdviz.app.editor import Editor
from gdviz.app.plane_editor import PlaneEditor
from gdviz.errors import UserError
from gdviz.experiment.sweeping import swept_names, swept_ranges, usual_sweep_range
from gdviz.experiment.whole_plane import SweepRange, SweepSpec
from gdviz.optimizers import with_hyperparameters
from gdviz.session.session import Session

__all__ = ["SweepEditor"]

_RATE = "learning_rate"


class SweepEditor(PlaneEditor):
    """Turns intents of the map and of its controls into undoable edits.

    Parameters
    ----------
    session : Session
    editor : Editor
    """

    def __init__(self, session: Session, editor: Editor, parent: QObject | None = None) -> None:
        super().__init__("sweep", session, editor, parent)

    @Slot(object)
    def pick_values(self, values: dict[str, float]) -> None:
        """Give the selected runs other hyperparameters, by name."""
        experiment = self._session.experiment
        if experiment.current_row is None:
            return
        run = experiment.current
        try:
            optimizer = with_hyperparameters(run.optimizer, **values)
        except UserError as error:
            self.refused.emit(str(error))
            return
        names = " and ".join(name.replace("_", " ") for name in values)
        self._editor.edit_run(f"Change {names}", replace(run, optimizer=optimizer))

    @Slot(str, str)
    def pick_axes(self, across: str, upward: str) -> None:
        """Sweep one hyperparameter, or two."""
        if (across, upward) == (_RATE, ""):
            self.edit("Change what is swept", replace(self._spec, ranges=()))
            return
        experiment = self._session.experiment
        known = {one.name: one for one in experiment.plane.sweep.ranges}
        ranges = tuple(
            known.get(name) or usual_sweep_range(experiment, name)
            for name in (across, upward)
            if name
        )
        self.edit("Change what is swept", replace(self._spec, ranges=ranges))

    @Slot(str)
    def pick_measure(self, measure: str) -> None:
        """Tell losses, or steps to converge."""
        changed: Any = {"measure": measure}
        self.edit("Change what is measured", replace(self._spec, **changed))

    @Slot(int)
    def pick_steps(self, steps: int) -> None:
        """Let each run take so many steps."""
        self.edit("Change steps of the sweep", replace(self._spec, steps=steps), merge=True)

    @Slot(object)
    def pick_range(self, wanted: SweepRange) -> None:
        """Sweep other values of a hyperparameter."""
        ranges = tuple(
            wanted if one.name == wanted.name else one
            for one in swept_ranges(self._session.experiment)
        )
        self.edit("Change range", replace(self._spec, ranges=ranges))

    @Slot()
    def reset(self) -> None:
        """Sweep the values that suit."""
        experiment = self._session.experiment
        names = swept_names(experiment)
        ranges = tuple(usual_sweep_range(experiment, name) for name in names)
        self.edit("Reset range", replace(self._spec, ranges=() if names == (_RATE,) else ranges))

    @property
    def _spec(self) -> SweepSpec:
        return self._session.experiment.plane.sweep
