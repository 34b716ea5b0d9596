"""Run every check of the repository, one after the other.

``python scripts/check.py`` works wherever the test dependencies are installed; it is
what ``make test`` runs. Names of checks as arguments run only those.
"""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
SCRIPTS = Path(sysconfig.get_path("scripts"))

CHECKS = {
    "lint": [PYTHON, "-m", "ruff", "check", "."],
    "format": [PYTHON, "-m", "ruff", "format", "--check", "."],
    "types": [PYTHON, "-m", "mypy"],
    "layers": [str(SCRIPTS / "lint-imports")],
    "tests": [PYTHON, "-m", "pytest", "--numprocesses=auto", "--dist=worksteal"],
}


def main(names: list[str]) -> int:
    """Run the checks of the given names, or all; return how the process is to exit."""
    unknown = sorted(set(names) - set(CHECKS))
    if unknown:
        print(f"there is no check '{unknown[0]}'; there are: {', '.join(CHECKS)}", file=sys.stderr)
        return 2
    failed = [name for name in names or CHECKS if not _passes(name)]
    print(f"\nfailed: {', '.join(failed)}" if failed else "\nevery check passed")
    return 1 if failed else 0


def _passes(name: str) -> bool:
    command = CHECKS[name]
    shown = " ".join([Path(command[0]).stem, *command[1:]])
    print(f"\n=== {name}: {shown}", flush=True)
    if name == "tests" and (problem := _problem_with_qt()):
        print(problem, flush=True)
        return False
    started = time.perf_counter()
    passed = subprocess.run(command, cwd=ROOT, check=False).returncode == 0
    print(f"--- {name} {'passed' if passed else 'FAILED'} in {time.perf_counter() - started:.1f} s")
    return passed


def _problem_with_qt() -> str | None:
    """Return why the tests cannot use Qt: one line, where pytest would print hundreds."""
    from gdviz.app.preflight import problem_with_qt

    return problem_with_qt()


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
