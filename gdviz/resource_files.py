"""Where the files in ``resources/`` are, in a checkout and in an installed wheel alike."""

from __future__ import annotations

from pathlib import Path

__all__ = ["resource_path"]

_PACKAGE = Path(__file__).resolve().parent


def resource_path(*parts: str) -> Path:
    """Return the path of a file or folder in ``resources/``.

    Parameters
    ----------
    *parts : str
        Names below ``resources/``, such as ``"datasets", "galaxies.csv"``.

    Raises
    ------
    FileNotFoundError
        If there is no such file: the installation is damaged.
    """
    for root in (_PACKAGE / "resources", _PACKAGE.parent / "resources"):
        path = root.joinpath(*parts)
        if path.exists():
            return path
    raise FileNotFoundError(f"gdviz is missing its resource {'/'.join(parts)}; reinstall it")
