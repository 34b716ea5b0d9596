"""Files without a window: what ``gdviz render`` and `gdviz.render` do."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO, Unpack

from gdviz.errors import UserError, did_you_mean
from gdviz.export.formats import Format, write
from gdviz.export.material import Material, Told
from gdviz.export.order.document import Source
from gdviz.export.order.options import FLAGS, Options
from gdviz.export.order.order import Order, chosen_format, computed, ordered
from gdviz.export.phases import Phase, phases_of
from gdviz.whole_file import check_writable, whole_file

__all__ = ["carry_out", "render"]


def render(
    source: Source,
    out: str | os.PathLike[str] | BinaryIO,
    *,
    format: str | None = None,  # noqa: A002 -- as the command line calls it
    progress: Told | None = None,
    **options: Unpack[Options],
) -> None:
    """Write a figure, a film, numbers or an experiment, as ``gdviz render`` does.

    No display is needed. A file is written whole or not at all.

    Parameters
    ----------
    source : str, path, Landscape, Experiment or Document
        A preset's name such as ``"valley"``, a formula, or a path to a saved experiment, a
        table or a measured surface; or a landscape that you have.
    out : str, path or binary file
        Its ending chooses the format.
    format : str, optional
        Such as ``"png"``; needed where `out` is an open file.
    progress : callable, optional
        Is told the share that is done, from 0 to 1; what it raises ends it, and nothing is
        written.
    **options
        As follows; what is left out, or None, is as usual, or as a saved experiment has it.

    Other Parameters
    ----------------
    kind : str
        What the source is, ``"preset"``, ``"formula"``, ``"table"`` or ``"surface"``, where that
        can't be told.
    knobs : mapping of str to float
        Values of a formula's parameters, ``{"a": 3}``.
    x_column, y_column, model, loss : str
        Of a table: the feature, the label; ``"linear"`` or ``"logistic"``; ``"mse"``, ``"mae"``,
        ``"huber"`` or ``"log"``.
    bias, standardize : bool
        Whether the model has a bias; whether the feature is standardized.
    delimiter, decimal, encoding, header, skip
        How a table is written, where that is told wrongly.
    metric : str
        Which values of a measured surface.
    start : tuple of float, str, or a sequence of them
        ``(-3, 4)``, ``"grid:4x3"``, ``"ring:8"``, ``"random:20"``, an array of shape (n, d).
    optimizer : Optimizer, str, or a sequence of them
        Each runs from each start; ``"momentum:momentum=0.8"`` works as well.
    learning_rate : float
        For those optimizers that are named without one.
    steps : int
    schedule : Schedule or str
    noise : float, GradientNoise or MiniBatch
    batch_size : int
    seed : int
        Of random starts, noise and mini-batches.
    runs : sequence of Run or str
        Whole runs, instead of starts and optimizers; none for a bare landscape.
    tracks : sequence of path or ndarray of shape (k, d)
        Runs that were recorded elsewhere.
    select : int or sequence of int
        The selected runs, counted from 1.
    solo : bool
        Whether only those are shown.
    view : str or sequence of str
        ``"contour"``, ``"curve"``, ``"surface"``, ``"history"``, ``"data"``, ``"sweep"`` or
        ``"all"``.
    x, y : (float, float)
        What is shown of the first and of the second parameter.
    slice : str
        How the loss curve is cut: a parameter's name, ``"both"`` or ``"ray"``.
    show : str or sequence of str
        What is drawn over the views, such as ``"arrows"``.
    colors, quantity, heights : str
        How losses become colors, what the history draws, how losses become heights.
    log_x, linear, residuals : bool
        Of the history's axes; whether a regression's residuals are drawn.
    camera : str or Camera
        Of the surface: a name, or ``"-40,50"``.
    at : int or "last"
        The step that is shown.
    companion : str
        What stands beside the loss curve, such as ``"history"``; with ``"sweep"`` and
        ``"basins"``, all views have these as well.
    swarm : str or SwarmSpec
        Very many starts that descend at once: ``"grid:100000"``, ``"random:100000;seed=3"``.
    swarm_drawn : str
        ``"points"``, ``"density"``, or ``"auto"`` for points while there are few.
    against : Optimizer or str
        The second one of two basin maps.
    against_schedule : Schedule or str
    basins : str
        ``"one"`` map, two ``"side"`` by side, or their ``"difference"``.
    basin_steps : int
        How many each start of a basin map has.
    shade : bool
        Whether basins are shaded by how many steps it takes.
    sweep : mapping of str to (float, float), str, or a sequence of str
        One or two hyperparameters: ``{"learning_rate": (1e-3, 1)}``,
        ``"learning_rate=1e-3:1"``, or ``"learning_rate"`` over a range that suits.
    measure : str
        What a sweep tells of each run: ``"loss"`` or ``"steps"``.
    sweep_steps : int
        How many each run of a sweep takes.
    radius : float
        Of the ball in which the loss is looked at, as a share of the width.
    sensitivity : bool
        Whether an experiment's window tells how sharp the current point is.
    size : (float, float) or str
        In pixels, or with a unit: ``"170x120mm"``.
    preset : str
        ``"slide"``, ``"column"``, ``"page"``, ``"square"`` or ``"poster"``, instead of a size.
    dpi, zoom, scale : float
        Pixels per inch; how large lines and letters are; pixels per pixel.
    theme : str
    transparent : bool
    title, caption : str
    legend, colorbar, labels : bool
    letters, field : str
        Of vector pictures: ``"text"`` or ``"outlines"``; ``"image"`` or ``"contours"``.
    fps, seconds, speed, hold : float
        Of a film.
    easing : str
    loop : bool
    first, last : int
        The steps with which a film begins and ends.
    data : str
        ``"runs"``, ``"field"`` for the loss on a grid, ``"swarm"``, ``"basins"``, ``"sweep"``
        or ``"sensitivity"``.
    samples : int or (int, int)
        Of a field, of basins, of a sweep.

    Raises
    ------
    UserError
        If something is wrong with source, options or file, in one line.
    TypeError
        If there is no such option.

    Examples
    --------
    >>> import gdviz
    >>> adam = gdviz.optimizer("adam", learning_rate=0.5)
    >>> gdviz.render("valley", "valley.png", start=(-3, 4), optimizer=adam)  # doctest: +SKIP
    """
    for name in options:
        if name not in FLAGS:
            raise TypeError(f"render() has no option '{name}'{did_you_mean(name, FLAGS)}")
    said: Any = {name: value for name, value in options.items() if value is not None}
    phase = phases_of(progress or (lambda _share: None))
    if isinstance(out, (str, os.PathLike)):
        path = Path(out)
        chosen = chosen_format(path.suffix, format, str(path))
        carry_out(source, path, chosen, said, phase)
    else:
        if format is None:
            raise UserError("an open file needs a format, such as format='png'")
        carry_out(source, out, chosen_format("", format, ""), said, phase)


def carry_out(
    source: Source,
    out: Path | BinaryIO,
    chosen: Format,
    options: Options,
    phase: Phase,
    named: Callable[[str], str] = str,
) -> None:
    """Read a source, compute its runs and write a file.

    Parameters
    ----------
    source : Source
    out : Path or binary file
    chosen : Format
    options : Options
    phase : Phase
    named : callable
        Returns what the user calls an option.

    Raises
    ------
    UserError
        If something is wrong; nothing is written then.
    """
    with phase("reading") as told:
        order = ordered(source, chosen, options, told=told, named=named)
    order.document.experiment.batches()  # whose refusal comes before anything is computed
    if isinstance(out, Path):
        check_writable(out)
    if chosen.picture:
        _prepare_qt()
    with phase("computing") as told:
        needed = order.needs_runs
        material = computed(order.document, told) if needed else Material(order.document, ())
    if isinstance(out, Path):
        with whole_file(out) as file, phase("writing") as told:
            _write(order, material, file, told)
        return
    buffer = io.BytesIO()
    with phase("writing") as told:
        _write(order, material, buffer, told)
    out.write(buffer.getvalue())


def _write(order: Order, material: Material, file: BinaryIO, told: Told) -> None:
    write(order.format, material, order.spec, file, told)
    told(1.0)  # raises where it is not wanted any more


_APPLICATIONS: list[object] = []


def _prepare_qt() -> None:
    """Make an application that needs no display; one line if Qt itself can't be loaded."""
    from gdviz.app.preflight import problem_with_qt

    problem = problem_with_qt()
    if problem:
        raise UserError(problem.removeprefix("gdviz "))
    from PySide6.QtWidgets import QApplication

    from gdviz.views.lean_pyqtgraph import import_pyqtgraph

    import_pyqtgraph()
    if QApplication.instance() is not None:
        return
    before = os.environ.get("QT_QPA_PLATFORM")
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    try:
        _APPLICATIONS.append(QApplication(["gdviz"]))
    finally:
        if before is None:
            del os.environ["QT_QPA_PLATFORM"]
        else:
            os.environ["QT_QPA_PLATFORM"] = before
