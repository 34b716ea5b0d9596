"""Choosing a file format."""

from __future__ import annotations

from gdviz.export.formats import FORMATS, Format
from gdviz.ui.choice_box import ChoiceBox

__all__ = ["FormatBox", "note_on"]

_KINDS = {
    "figure": "Pictures",
    "film": "Films",
    "data": "Numbers",
    "script": "Program",
    "experiment": "To open again",
}
_NOTES = {
    "png": "Pixels, for slides and the web.",
    "svg": "Sharp at every size, for the web.",
    "pdf": "Sharp at every size, for papers.",
    "gif": "Plays everywhere, in 256 colors.",
    "mp4": "Small, for slides and players.",
    "webp": "Small and in all colors, for web pages.",
    "apng": "In all colors without loss, for web pages.",
    "csv": "For spreadsheets, exact to the last bit.",
    "json": "For any language, exact to the last bit.",
    "npz": "For NumPy, exact to the last bit.",
    "h5": "For large collections, exact to the last bit.",
    "py": "A program in NumPy that computes the same.",
    "gdviz": "All that is in the window, to go on later.",
}


class FormatBox(ChoiceBox):
    """Chooses a format, by kind."""

    def __init__(self) -> None:
        super().__init__("Format", "What kind of file is written; the file's ending follows.")
        for kind, heading in _KINDS.items():
            known = [one for one in FORMATS.values() if one.kind == kind]
            if known:
                self.add_heading(heading)
            for one in known:
                self.add_choice(f"{one.title} (.{one.ending})", one.ending, note_on(one))
        self.setMinimumContentsLength(24)
        self.setMaxVisibleItems(self.count())

    @property
    def format(self) -> Format:
        """The format that is chosen."""
        return FORMATS[self.currentData()]


def note_on(known: Format) -> str:
    """Return in one sentence what a format is good for."""
    return _NOTES.get(known.ending, f"A file of the kind: {known.title}.")
