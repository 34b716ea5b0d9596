"""Bringing a kernel's text to life: by compiling it, or from what Numba has kept of it."""

from __future__ import annotations

import hashlib
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import CodeType, ModuleType

from gdviz.engine.compiled.cache import KERNEL_FILE

__all__ = ["load"]

_PLACES = ("CACHE_DIR", "CACHE_LOCATOR_CLASSES")
_placing = threading.Lock()


class _TextLoader(SourceFileLoader):
    """Always reads the text itself, never a byte code that lies beside it."""

    def get_code(self, fullname: str) -> CodeType:
        path = self.get_filename(fullname)
        return self.source_to_code(self.get_data(path), path)


def load(folder: Path) -> ModuleType:
    """Return a kernel's module; what Numba hasn't kept in its folder is compiled, and kept.

    Raises
    ------
    Exception
        Whatever Numba raises, ImportError where it is missing.
    """
    path = folder / KERNEL_FILE
    # Numba makes its symbols from the module's name: kernels that differ must not share one,
    # and one that has been kept must have it again.
    name = f"_gdviz_kernel_{hashlib.sha256(path.read_bytes()).hexdigest()[:32]}"
    spec = spec_from_file_location(name, path, loader=_TextLoader(name, str(path)))
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules[name] = module  # where Numba finds it again
    try:
        with _kept_beside_the_text():
            spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise
    own = [one for one in vars(module).values() if getattr(one, "__module__", None) == name]
    if not all(hasattr(one, "signatures") for one in own):
        raise ImportError("Numba is told to compile nothing")
    return module


@contextmanager
def _kept_beside_the_text() -> Iterator[None]:
    """Have Numba keep what it compiles in the kernel's folder, wherever it is told to else.

    ``NUMBA_CACHE_DIR`` speaks of the user's own programs; a kernel is whole in its own folder.
    """
    from numba.core import config

    with _placing:
        told = {name: getattr(config, name) for name in _PLACES if hasattr(config, name)}
        for name in told:
            setattr(config, name, "")
        try:
            yield
        finally:
            for name, value in told.items():
                setattr(config, name, value)
