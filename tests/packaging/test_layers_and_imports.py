"""Importing gdviz is light, and all below the session works where there is no Qt."""

import pkgutil
import subprocess
import sys
import textwrap

import pytest

HEAVY = (
    *("PySide6", "shiboken6", "pyqtgraph"),
    *("scipy", "sympy", "matplotlib", "torch", "yaml", "numba", "llvmlite"),
)
WITHOUT_QT = (
    "gdviz.errors",
    "gdviz.numbers",
    "gdviz.resource_files",
    "gdviz.landscapes",
    "gdviz.optimizers",
    "gdviz.engine",
    "gdviz.experiment",
    "gdviz.help",
    "gdviz.lessons",
)

BLOCK_QT = """
    import sys

    class NoQt:
        def find_spec(self, name, path=None, target=None):
            if name.partition(".")[0] in {"PySide6", "shiboken6", "pyqtgraph"}:
                raise ModuleNotFoundError(f"{name} is blocked", name=name)

    sys.meta_path.insert(0, NoQt())
"""


def run(*scripts):
    script = "\n".join(textwrap.dedent(script) for script in scripts)
    result = subprocess.run(
        [sys.executable, "-W", "error", "-c", script],
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert result.returncode == 0, result.stderr
    return result.stdout


def modules_of(name):
    yield name
    package = __import__(name, fromlist=["__name__"])
    for module in pkgutil.walk_packages(getattr(package, "__path__", ()), name + "."):
        yield module.name


def test_importing_gdviz_imports_nothing_heavy():
    imported = set(run("import gdviz, sys; print(*sys.modules)").split())
    assert not {name for name in HEAVY if name in imported}


def test_the_python_interface_needs_no_qt():
    assert run(
        BLOCK_QT,
        """
        import gdviz

        valley = gdviz.landscape("valley")
        trajectory = gdviz.descend(
            valley, gdviz.optimizer("gd", learning_rate=0.1), start=(-3.0, 4.0), steps=5
        )
        print(trajectory.params.shape)
        """,
    ).split("\n")[0] == str((6, 1, 2))


@pytest.mark.parametrize("package", WITHOUT_QT)
def test_every_module_below_the_session_needs_no_qt(package):
    names = list(modules_of(package))
    run(BLOCK_QT, "import importlib", f"for name in {names}: importlib.import_module(name)")


def test_asking_for_the_version_imports_nothing_heavy():
    imported = set(
        run(
            """
            import contextlib, io, sys
            from gdviz.cli.main import main

            with contextlib.suppress(SystemExit), contextlib.redirect_stdout(io.StringIO()):
                main(["--version"])
            print(*sys.modules)
            """
        ).split()
    )
    assert not {name for name in HEAVY if name in imported}
