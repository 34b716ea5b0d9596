"""What items have in common that draw a landscape's local model."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg

from gdviz.engine.local_model import LocalModel, local_model
from gdviz.landscapes import Landscape
from gdviz.views.run_item import RunItem

__all__ = ["ModelRunItem"]


class ModelRunItem(RunItem):
    """Makes the model about the selected run's current point."""

    def __init__(self, box: pg.ViewBox) -> None:
        super().__init__(box, z=2.0)
        self._landscape: Landscape | None = None
        self._curved: bool | None = None

    @property
    def moves(self) -> bool:
        return self._curved is not None

    def set_landscape(self, landscape: Landscape) -> None:
        """Model another landscape."""
        self._landscape = landscape
        self.update()

    def set_curved(self, curved: bool | None) -> None:
        """Draw the quadratic model, the tangent plane, or nothing: True, False, None."""
        if curved is not self._curved:
            self._curved = curved
            self.update()

    def set_step(self, step: int) -> None:
        if self._curved is None:
            self._step = step
        else:
            super().set_step(step)

    @property
    def model(self) -> LocalModel | None:
        """What is drawn; None for nothing."""
        if self._curved is None or self._landscape is None or not self._traces:
            return None
        trace = self._traces[self._selected]
        point = np.asarray(trace.params[trace.record_at(self._step)])
        if point.size != self._landscape.dimension:
            return None
        return local_model(self._landscape, point, curved=self._curved)
