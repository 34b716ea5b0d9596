"""The command that writes the same file once more."""

from __future__ import annotations

import shlex
from dataclasses import replace
from pathlib import Path

from gdviz.errors import UserError
from gdviz.experiment import Document, Experiment
from gdviz.experiment.camera import CAMERAS, Camera
from gdviz.experiment.experiment import ViewSettings
from gdviz.experiment.look import Look
from gdviz.experiment.overlays import PICTURED
from gdviz.experiment.whole_plane import WholePlane
from gdviz.experiment.words import number_words
from gdviz.export.command_plane import Said, words_of_plane
from gdviz.export.command_runs import words_of_runs
from gdviz.export.command_source import name_of, usual_run, words_of_source
from gdviz.export.figure_sizes import PRESETS, UNITS, sizing
from gdviz.export.figure_spec import INCH, FigureSpec, default_view
from gdviz.export.film_spec import FilmSpec
from gdviz.export.formats import Format, format_of
from gdviz.export.material import DataSpec, ExportSpec
from gdviz.export.order.fitting import fits, holds_field, is_sampled, seen_views
from gdviz.export.order.options import FLAGS
from gdviz.export.order.spec import NOTHING

__all__ = ["command_words", "copyable_command"]

_SAVED = ".gdviz"


def copyable_command(document: Document, spec: ExportSpec, out: str) -> str:
    """Return the line of a shell that writes the same file from what the document came from.

    Parameters
    ----------
    document : Document
    spec : ExportSpec
    out : str
        The file; its ending chooses the format.

    Raises
    ------
    UserError
        If what it came from can't be named; the experiment has to be saved then.
    """
    source = name_of(document.experiment)
    return shlex.join(["gdviz", *command_words(source, document, spec, out)])


def command_words(source: str, document: Document, spec: ExportSpec, out: str) -> list[str]:
    """Return the words after ``gdviz`` that export a document.

    Only what is not as usual is said, and only what says something about such a file.

    Parameters
    ----------
    source : str
        What the document's landscape is opened by; or a saved experiment, ``….gdviz``, that
        holds the document, of which nothing needs to be said then.
    document : Document
    spec : ExportSpec
    out : str
        The file; its ending chooses the format.

    Raises
    ------
    UserError
        If there is no such format, or a recorded run has no file.
    """
    chosen = format_of(Path(out).suffix)
    experiment = document.experiment
    words = ["render", source]
    base = document
    if not source.lower().endswith(_SAVED):
        words += words_of_source(experiment, source)
        words += words_of_runs(experiment, usual_run(experiment))
        words += _tracks(experiment)
        base = Document(
            replace(
                experiment,
                view=ViewSettings(experiment.landscape.domain),
                selection=(0,),
                plane=WholePlane(),
            )
        )
    said = _view(experiment, base.experiment)
    said += words_of_plane(experiment, base.experiment, spec.figure.look, chosen)
    if chosen.kind == "experiment":
        said += _look(document.look, base.look) + _step(document.step, base.step)
    else:
        said += _look(spec.figure.look, base.look) + _step(spec.figure.step, base.step)
        said += _figure(spec.figure, experiment) + _film(spec.film) + _data(spec.data, chosen)
    views = seen_views(spec.figure)
    return [*words, *_worded(said, chosen, views, spec.data.content), "-o", out]


def _tracks(experiment: Experiment) -> list[str]:
    words = []
    for track in experiment.tracks:
        if track.path is None or not track.path.is_file():
            raise UserError(
                f"the recorded run '{track.name}' has no file: save the experiment, and render "
                "the saved file"
            )
        words += [FLAGS["tracks"], str(track.path.absolute())]
    return words


def _view(experiment: Experiment, base: Experiment) -> Said:
    view, usual = experiment.view, base.view
    said: Said = []
    for name, interval, before in zip("xy", view.domain, usual.domain, strict=False):
        if interval != before:
            said.append((name, ":".join(map(number_words, interval))))
    if (view.cut, view.slice_axis) != (usual.cut, usual.slice_axis) and (
        view.cut == "one" or view.cut != usual.cut
    ):
        names = experiment.landscape.parameters
        said.append(("slice", names[view.slice_axis] if view.cut == "one" else view.cut))
    if view.scaling != usual.scaling:
        said.append(("colors", view.scaling))
    if view.residuals is not usual.residuals:
        said.append(("residuals", view.residuals))
    if experiment.selection and experiment.selection != base.selection:
        said.append(("select", ",".join(str(row + 1) for row in experiment.selection)))
    if view.solo is not usual.solo:
        said.append(("solo", view.solo))
    return said


def _look(look: Look, usual: Look) -> Said:
    said: Said = []
    drawn, before = (
        tuple(name for name in one.overlays if name in PICTURED) for one in (look, usual)
    )
    if drawn != before:
        said += [("show", name) for name in drawn or (NOTHING,)]
    if look.camera != usual.camera:
        said.append(("camera", _camera(look.camera)))
    if look.heights != usual.heights:
        said.append(("heights", look.heights))
    if look.companion != usual.companion:
        said.append(("companion", look.companion))
    if look.quantity != usual.quantity:
        said.append(("quantity", look.quantity))
    if look.log[0] is not usual.log[0]:
        said.append(("log_x", look.log[0]))
    if look.log[1] is not usual.log[1]:
        said.append(("linear", not look.log[1]))
    return said


def _step(step: int | None, usual: int | None) -> Said:
    if step == usual:
        return []
    return [("at", "last" if step is None else str(step))]


def _figure(figure: FigureSpec, experiment: Experiment) -> Said:
    usual = FigureSpec()
    said: Said = []
    if figure.views != (default_view(experiment.landscape),):
        said.append(("view", ",".join(figure.views)))
    said += _size(figure)
    for name in ("theme", "title", "caption", "letters", "field"):
        if getattr(figure, name) != getattr(usual, name):
            said.append((name, getattr(figure, name)))
    for name in ("transparent", "legend", "colorbar", "labels"):
        if getattr(figure, name) is not getattr(usual, name):
            said.append((name, getattr(figure, name)))
    return said


def _size(figure: FigureSpec) -> Said:
    """Return how a size is said: by its name, in round numbers, or to the last digit."""
    usual = FigureSpec()
    wanted = (figure.size, figure.scale, figure.dpi)
    if figure.dpi is None:
        said: Said = []
        if figure.size != usual.size:
            said.append(("size", "x".join(map(number_words, figure.size))))
        if figure.scale != usual.scale:
            said.append(("scale", number_words(figure.scale)))
        return said
    for name, known in PRESETS.items():
        if known.sizing() == wanted:
            return [("preset", name)]
    zoom = round(figure.scale * INCH / figure.dpi, 12)
    wide, high = (side * zoom for side in figure.size)
    ways = [_sized(wide, high, "px", zoom, figure.dpi)]
    for unit, inches in UNITS.items():
        wide, high = (round(side * zoom / INCH / inches, 9) for side in figure.size)
        if sizing(wide, high, unit, dpi=figure.dpi, zoom=zoom) == wanted:
            ways.append(_sized(wide, high, unit, zoom, figure.dpi))
    return min(ways, key=lambda said: sum(len(str(value)) for _, value in said))


def _sized(wide: float, high: float, unit: str, zoom: float, dpi: float) -> Said:
    said: Said = [("size", f"{number_words(wide)}x{number_words(high)}{unit}")]
    if zoom != 1.0:
        said.append(("zoom", number_words(zoom)))
    if dpi != sizing(wide, high, unit).dpi:
        said.append(("dpi", number_words(dpi)))
    return said


def _film(film: FilmSpec) -> Said:
    usual = FilmSpec()
    said: Said = [
        (name, number_words(getattr(film, name)))
        for name in ("fps", "seconds", "speed", "hold", "first", "last")
        if getattr(film, name) != getattr(usual, name)
        and not (name == "speed" and film.seconds is not None)
    ]
    if film.easing != usual.easing:
        said.append(("easing", film.easing))
    if film.loop is not usual.loop:
        said.append(("loop", film.loop))
    return said


def _data(data: DataSpec, chosen: Format) -> Said:
    usual = DataSpec()
    said: Said = []
    if data.content != usual.content and not holds_field(None, chosen):
        said.append(("data", data.content))
    if data.samples != usual.samples and is_sampled(data.content, chosen):
        said.append(("samples", "x".join(map(str, data.samples))))
    return said


def _camera(camera: Camera) -> str:
    for name, known in CAMERAS.items():
        if known == camera:
            return name
    usual = Camera()
    numbers = [camera.azimuth, camera.elevation, camera.zoom, *camera.pan, camera.perspective]
    if camera.perspective == usual.perspective:
        numbers.pop()
        if camera.pan == usual.pan:
            numbers = numbers[: 2 if camera.zoom == usual.zoom else 3]
    return ",".join(map(number_words, numbers))


def _worded(said: Said, chosen: Format, views: tuple[str, ...], content: str) -> list[str]:
    """Return the words of those options that say something about such a file."""
    words = []
    for name, value in said:
        if not fits(name, chosen, views, content):
            continue
        if isinstance(value, bool):
            words.append(FLAGS[name] if value else "--no-" + FLAGS[name].removeprefix("--"))
        else:
            words += [FLAGS[name], value]
    return words
