"""Very many runs at once, of which only the ends are kept."""

from gdviz.engine.bulk.arrivals import Arrivals
from gdviz.engine.bulk.block import Block
from gdviz.engine.bulk.bulk import Bulk, arrivals, cores
from gdviz.engine.bulk.judge import CHUNK
from gdviz.engine.bulk.pilot import Pilot
from gdviz.engine.bulk.snapshot import Snapshot
from gdviz.engine.outcome import CODES, code_of

__all__ = [
    "CHUNK",
    "CODES",
    "Arrivals",
    "Block",
    "Bulk",
    "Pilot",
    "Snapshot",
    "arrivals",
    "code_of",
    "cores",
]
