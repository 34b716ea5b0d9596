"""Processes that edit and write until they are killed.

Run as a program, it reads one line for each child: a folder to autosave in and a file to save to,
as JSON. It answers with the child's process id. An empty line has it clear the last one away.
"""

import json
import os
import sys

import numpy as np
from PySide6.QtCore import QCoreApplication, QTimer

from gdviz.app.autosaving import Autosaver
from gdviz.app.documents import Documents
from gdviz.experiment import open_experiment
from gdviz.session.scribe import Scribe
from gdviz.session.session import Session
from gdviz.surfaces import Track

_ROWS = 10_000  # so that a file takes a while to be written


def state(number):
    """Return the experiment after so many edits."""
    track = Track("long", np.linspace(number, number + 1.0, 2 * _ROWS).reshape(_ROWS, 2))
    return open_experiment("valley").started((number / 8, 1.0)).recorded(track)


def number_of(experiment):
    return round(8 * experiment.runs[0].start[0])


def live(folder, path):
    """Edit, autosave and save, as quickly as it goes."""
    application = QCoreApplication([])
    session, scribe = Session(state(0)), Scribe()
    documents = Documents(session, scribe)
    autosaver = Autosaver(documents, session, scribe, folder)
    made = [0]

    def edit():
        made[0] += 1
        session.edit("Move start", state(made[0]))
        autosaver.keep_now()
        if made[0] % 3 == 0 and not documents.saving:
            documents.save(path)

    timer = QTimer()
    timer.timeout.connect(edit)
    timer.start(1)
    application.exec()


def main():
    from pathlib import Path

    last = 0
    for line in sys.stdin:
        if line.strip():
            folder, path = map(Path, json.loads(line))
            last = os.fork()
            if not last:
                live(folder, path)
        else:
            os.waitpid(last, 0)
        sys.stdout.write(f"{last}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
