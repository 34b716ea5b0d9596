"""How much memory this process has taken; imports almost nothing, since it counts itself."""

from __future__ import annotations

import sys

__all__ = ["peak_megabytes"]


def peak_megabytes() -> float:
    """Return the most memory that this process has had resident, in megabytes."""
    try:
        with open("/proc/self/status", encoding="ascii") as status:  # noqa: PTH123 -- see above
            for line in status:
                if line.startswith("VmHWM:"):
                    return int(line.split()[1]) * 1024 / 1e6
    except OSError:
        pass
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6
