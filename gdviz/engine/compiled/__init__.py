"""Whole-plane work compiled by Numba, where it is installed; NumPy does it until then."""

from gdviz.engine.compiled.cache import KernelCache
from gdviz.engine.compiled.kernels import Awaited, Kernels

__all__ = ["Awaited", "KernelCache", "Kernels"]
