"""What the user wants of basin maps, as changes of the experiment."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Slot

from gdviz.app.editor import Editor
from gdviz.app.plane_editor import PlaneEditor
from gdviz.errors import UserError
from gdviz.experiment.basin_tasks import other_optimizer
from gdviz.experiment.whole_plane import BasinSpec
from gdviz.optimizers import optimizer, with_hyperparameters
from gdviz.session.session import Session

__all__ = ["BasinEditor"]


class BasinEditor(PlaneEditor):
    """Turns intents of the maps' controls into undoable edits.

    Parameters
    ----------
    session : Session
    editor : Editor
    """

    def __init__(self, session: Session, editor: Editor, parent: QObject | None = None) -> None:
        super().__init__("basins", session, editor, parent)

    @Slot(str)
    def pick_mode(self, mode: str) -> None:
        """Show one map, two, or their difference."""
        changed: Any = {"mode": mode}
        if mode != "one":
            # From now on the second map's optimizer is this one, whatever becomes of the run.
            changed["other"], changed["other_schedule"] = other_optimizer(self._session.experiment)
        self.edit("Change basin maps", replace(self._spec, **changed))

    @Slot(str)
    def pick_other(self, key: str) -> None:
        """Compare with another optimizer, with the learning rate that the second map has."""
        known = other_optimizer(self._session.experiment)[0]
        rate = getattr(known, "learning_rate", None)
        made = optimizer(key)
        if rate is not None and made.has_learning_rate():
            made = with_hyperparameters(made, learning_rate=float(rate))
        self.edit("Change second optimizer", replace(self._spec, other=made))

    @Slot(str, object)
    def edit_other(self, name: str, value: float) -> None:
        """Give the second map's optimizer another hyperparameter."""
        known = other_optimizer(self._session.experiment)[0]
        try:
            made = with_hyperparameters(known, **{name: value})
        except UserError as error:
            self.refused.emit(str(error))
            return
        what = name.replace("_", " ")
        self.edit(f"Change second {what}", replace(self._spec, other=made), merge=True)

    @Slot(int)
    def pick_steps(self, steps: int) -> None:
        """Give each start so many steps."""
        self.edit("Change steps of the maps", replace(self._spec, steps=steps), merge=True)

    @Slot(bool)
    def pick_shade(self, shade: bool) -> None:
        """Shade by steps, or don't."""
        self.edit("Change shades", replace(self._spec, shade=shade))

    @property
    def _spec(self) -> BasinSpec:
        return self._session.experiment.plane.basins
