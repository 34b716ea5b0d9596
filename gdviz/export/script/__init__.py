"""Stand-alone scripts that compute an experiment's runs again, with NumPy alone."""

from gdviz.export.script.whole import write_script

__all__ = ["write_script"]
