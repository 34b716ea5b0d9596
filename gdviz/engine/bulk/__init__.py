"""Very many runs at once, of which only the ends are kept."""

from gdviz.engine.bulk.arrivals import CODES, Arrivals, code_of
from gdviz.engine.bulk.block import Block
from gdviz.engine.bulk.bulk import Bulk, arrivals
from gdviz.engine.bulk.judge import CHUNK

__all__ = ["CHUNK", "CODES", "Arrivals", "Block", "Bulk", "arrivals", "code_of"]
