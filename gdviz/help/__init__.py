"""What gdviz explains: topics in Markdown, to be read, searched and linked to."""

from __future__ import annotations

from gdviz.help.library import Library, load_library
from gdviz.help.search import Hit
from gdviz.help.topic import Topic

__all__ = ["Hit", "Library", "Topic", "load_library"]
