"""The experiment's file: written, and read as what a stranger may have written."""

from gdviz.experiment.file.documents import (
    FORMAT,
    LARGEST_FILE,
    document_bytes,
    document_from,
    looks_like_document,
    read_document,
)
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
