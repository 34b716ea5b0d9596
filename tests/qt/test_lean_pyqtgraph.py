"""pyqtgraph imported without copying Qt works as it does otherwise."""

import subprocess
import sys

TOLD = """
import sys
from gdviz.views.lean_pyqtgraph import import_pyqtgraph
if sys.argv[1] == "lean":
    import_pyqtgraph()
import PySide6.QtCore, PySide6.QtGui, PySide6.QtWidgets
import pyqtgraph
made = len(vars(pyqtgraph.QtWidgets))
for name in ("QtCore", "QtGui", "QtWidgets"):
    copy, original = getattr(pyqtgraph.Qt, name), getattr(PySide6, name)
    names = dir(original)
    assert len(names) > 100
    assert all(getattr(copy, one) is getattr(original, one) for one in names if one[0] == "Q")
    assert not hasattr(copy, "QNothing")
print(made)
"""


def test_all_names_of_qt_are_there_and_few_were_made():
    made = {}
    for how in ("lean", "usual"):
        done = subprocess.run(
            [sys.executable, "-c", TOLD, how], capture_output=True, text=True, check=True
        )
        assert done.stderr == ""
        made[how] = int(done.stdout)
    assert made["lean"] < 0.5 * made["usual"]
