"""Whole-plane work compiled by Numba, where it is installed; NumPy does it until then."""
