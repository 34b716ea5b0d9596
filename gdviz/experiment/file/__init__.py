"""The experiment's file: written, and read as what a stranger may have written."""

from gdviz.experiment.file.contents import FORMAT, LARGEST_FILE, looks_like_document
from gdviz.experiment.file.documents import document_bytes, document_from, read_document
from gdviz.experiment.file.migrations import VERSION

__all__ = [
    "FORMAT",
    "LARGEST_FILE",
    "VERSION",
    "document_bytes",
    "document_from",
    "looks_like_document",
    "read_document",
]
