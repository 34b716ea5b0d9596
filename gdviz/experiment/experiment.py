"""The document: one landscape, its runs, and how they are looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Self

from gdviz.engine import Trajectory, recorded
from gdviz.experiment.batching import Batch, batches
from gdviz.experiment.run import Run
from gdviz.experiment.suggest import suggested_run
from gdviz.experiment.whole_plane import WholePlane
from gdviz.landscapes import Domain, Landscape, Preset
from gdviz.optimizers import optimizer
from gdviz.surfaces import Track
from gdviz.tables import Table

__all__ = ["CUTS", "Experiment", "Suggestion", "ViewSettings", "cuts_of"]

CUTS = ("one", "both", "ray")
"""How loss curves cut a landscape: along one parameter, along each, along −∇f."""


@dataclass(frozen=True)
class ViewSettings:
    """What the views show.

    Attributes
    ----------
    domain : Domain
        The box of parameters in view.
    slice_axis : int
        The parameter along which the loss curve is cut.
    cut : str
        One of `CUTS`: whether that is the one curve, or there is one along each parameter, or
        one along −∇f.
    scaling : str
        How losses map to colors, one of `gdviz.engine.SCALES`.
    residuals : bool
        Whether the data view shows what the model misses of each point.
    solo : bool
        Whether only the selected runs are shown.
    """

    domain: Domain
    slice_axis: int = 0
    cut: str = "one"
    scaling: str = "auto"
    residuals: bool = False
    solo: bool = False


@dataclass(frozen=True)
class Suggestion:
    """What a landscape begins with, and what a reset goes back to.

    Attributes
    ----------
    landscape : Landscape
        With its sliders where they were at first.
    run : Run
    """

    landscape: Landscape
    run: Run


@dataclass(frozen=True)
class Experiment:
    """One landscape, its runs and the view settings; a frozen value.

    Attributes
    ----------
    title : str
    landscape : Landscape
    draft : Run
        What the next start is run with.
    runs : tuple of Run
    view : ViewSettings
    suggestion : Suggestion
    table : Table or None
        What the landscape was made from, if it is a regression.
    tracks : tuple of Track
        Runs that were recorded elsewhere, laid over the landscape.
    selection : tuple of int
        Places of the selected runs; the first one's numbers are shown.
    plane : WholePlane
        What is computed from everywhere at once.
    """

    title: str
    landscape: Landscape
    draft: Run
    runs: tuple[Run, ...]
    view: ViewSettings
    suggestion: Suggestion
    table: Table | None = field(default=None, repr=False)
    tracks: tuple[Track, ...] = ()
    selection: tuple[int, ...] = (0,)
    plane: WholePlane = WholePlane()

    @classmethod
    def on(
        cls,
        landscape: Landscape,
        title: str,
        run: Run | None = None,
        *,
        table: Table | None = None,
    ) -> Self:
        """Return a landscape with one run: the one given, or one that is suggested."""
        first = run or suggested_run(landscape)
        view = ViewSettings(landscape.domain)
        suggestion = Suggestion(landscape, first)
        return cls(title, landscape, first, (first,), view, suggestion, table)

    @classmethod
    def of(cls, preset: Preset) -> Self:
        """Return a preset's landscape with one run from its suggested start."""
        run = Run(optimizer("gd", learning_rate=preset.learning_rate), preset.start)
        return cls.on(preset.build(), preset.title, run)

    @property
    def current(self) -> Run:
        """The selected run; the draft where there is none."""
        row = self.current_row
        return self.draft if row is None else self.runs[row]

    @property
    def current_row(self) -> int | None:
        """The place of the selected run; None where there is none."""
        if not self.runs:
            return None
        return min(self.selection[0], len(self.runs) - 1) if self.selection else 0

    @property
    def cut_axes(self) -> tuple[int, ...]:
        """The parameters along which there are loss curves; none where it is cut along −∇f."""
        if self.landscape.dimension == 1:
            return (0,)
        axes = {"one": (self.view.slice_axis,), "both": (0, 1), "ray": ()}
        return axes[self.view.cut]

    @property
    def curve_axis(self) -> int:
        """The parameter of the first loss curve; where it is cut along −∇f, of the last one."""
        return self.cut_axes[0] if self.cut_axes else self.view.slice_axis

    def is_shown(self, row: int) -> bool:
        """Tell whether views show a run of the list."""
        return row in self.selection if self.view.solo else not self.runs[row].hidden

    def batches(self) -> tuple[Batch, ...]:
        """Return what the engine computes.

        Raises
        ------
        UserError
            If a start or a number of steps is out of range.
        """
        return batches(self.landscape, self.runs)

    def recordings(self) -> tuple[Trajectory, ...]:
        """Return the recorded runs as trajectories on this landscape."""
        return tuple(recorded(self.landscape, track.points) for track in self.tracks)

    def fresh(self) -> Self:
        """Return the experiment as its landscape began."""
        known = self.suggestion
        return type(self).on(known.landscape, self.title, known.run, table=self.table)

    def shaped(self, landscape: Landscape) -> Self:
        """Return the experiment on another landscape of the same parameters."""
        return replace(self, landscape=landscape)

    def recorded(self, track: Track) -> Self:
        """Return the experiment with one more recorded run.

        Raises
        ------
        UserError
            If it has another number of parameters.
        """
        recorded(self.landscape, track.points)
        return replace(self, tracks=(*self.tracks, track))

    def started(self, start: tuple[float, ...]) -> Self:
        """Return the experiment with a single run, from another start."""
        draft = replace(self.draft, start=start)
        return replace(self, draft=draft, runs=(draft,), selection=(0,))

    def cleared(self) -> Self:
        """Return the experiment without runs, computed or recorded."""
        return replace(self, runs=(), tracks=(), selection=())

    def showing(self, domain: Domain) -> Self:
        """Return the experiment with another box in view."""
        return replace(self, view=replace(self.view, domain=domain))

    def sliced(self, axis: int) -> Self:
        """Return the experiment with one loss curve, cut along a parameter."""
        return replace(self, view=replace(self.view, slice_axis=axis, cut="one"))

    def with_cut(self, cut: str) -> Self:
        """Return the experiment with its loss curves cut in another of the `CUTS`."""
        return replace(self, view=replace(self.view, cut=cut))

    def scaled(self, scaling: str) -> Self:
        """Return the experiment with losses mapped to colors in another way."""
        return replace(self, view=replace(self.view, scaling=scaling))

    def with_residuals(self, shown: bool) -> Self:  # noqa: FBT001 -- as the switch says it
        """Return the experiment with residuals shown or not."""
        return replace(self, view=replace(self.view, residuals=shown))


def cuts_of(parameters: Sequence[str]) -> tuple[str, ...]:
    """Return the names of the cuts of a landscape: its parameters, then ``both`` and ``ray``."""
    return (*parameters, *CUTS[1:]) if len(parameters) > 1 else tuple(parameters)
