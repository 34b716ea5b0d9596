"""What the shells complete."""

import shutil
import subprocess

import pytest

from gdviz.cli.completion import completed_commands
from gdviz.cli.main import main
from gdviz.cli.parser import COMMANDS, parse
from gdviz.cli.shells import SCRIPTS, script
from gdviz.cli.words import SHELLS
from gdviz.export.figure_spec import VIEWS
from gdviz.landscapes import PRESETS
from gdviz.optimizers import OPTIMIZERS

LANDSCAPES = [preset.name for preset in PRESETS]
ASKED = {
    "gdviz ": [*COMMANDS, *LANDSCAPES, "folder", "my file.csv"],
    "gdviz ren": ["render"],
    "gdviz my": ["my file.csv"],
    "gdviz render rosen": ["rosenbrock"],
    "gdviz render my": ["my file.csv"],
    "gdviz render valley --the": ["--theme"],
    "gdviz render valley --theme ": ["light", "dark"],
    "gdviz render valley --theme = d": ["dark"],
    "gdviz render valley --theme =": ["light", "dark"],
    "gdviz render valley --view ": list(VIEWS),
    "gdviz render valley --view contour,h": ["contour,history"],
    "gdviz render valley --view contour,history,su": ["contour,history,surface"],
    "gdviz render valley --optimizer ada": [name for name in OPTIMIZERS if name[:3] == "ada"],
    "gdviz render valley --steps ": [],
    "gdviz render valley -o fo": ["folder"],
    "gdviz render valley --track my": ["my file.csv"],
    "gdviz render valley --no-le": ["--no-legend"],
    "gdviz list f": ["formats"],
    "gdviz list --": ["--help", "--json"],
    "gdviz completion ": list(SHELLS),
    "gdviz valley --no-b": ["--no-bias"],
}
_ASK = """
ask() {
  COMP_WORDS=("$@")
  COMP_CWORD=$(( ${#COMP_WORDS[@]} - 1 ))
  _gdviz
  printf '%s|' "${COMPREPLY[@]}"
  echo
}
"""


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
def test_bash_completes(tmp_path):
    (tmp_path / "my file.csv").touch()
    (tmp_path / "folder").mkdir()
    asked = "\n".join("ask " + " ".join(f"'{word}'" for word in line.split(" ")) for line in ASKED)
    done = subprocess.run(
        ["bash", "--norc", "-c", f"{script('bash')}{_ASK}{asked}"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    for (line, wanted), told in zip(ASKED.items(), done.stdout.splitlines(), strict=True):
        assert sorted(told.rstrip("|").split("|") if told != "|" else []) == sorted(wanted), line


@pytest.mark.parametrize("shell", SHELLS)
def test_a_shell_can_read_its_script(shell, tmp_path, capsys):
    assert main(["completion", shell]) == 0
    told = capsys.readouterr().out
    assert all(f" {command}" in told or f"{command})" in told for command in COMMANDS)
    if shutil.which(shell) is None:
        pytest.skip(f"there is no {shell} to read it")
    path = tmp_path / "script"
    path.write_text(told, "utf-8")
    done = subprocess.run([shell, "-n", path], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("shell", SCRIPTS)
def test_every_option_and_word_is_in_every_script(shell):
    told = script(shell)
    for command in completed_commands():
        for option in command.options:
            for flag in option.flags:
                assert (f"-l {flag[2:]}" if shell == "fish" and flag[:2] == "--" else flag) in told
            assert all(word.replace(":", "\\:") in told or word in told for word in option.words)


def test_every_word_that_is_offered_is_understood():
    render = next(command for command in completed_commands() if command.name == "render")
    tried = 0
    for option in render.options:
        for word in option.words:
            if word.endswith(":"):
                continue  # a number follows
            parse(["render", "valley", "-o", "a.png", f"{option.flags[-1]}={word}"])
            tried += 1
    assert tried > 100


def test_an_unknown_shell_is_refused(capsys):
    assert main(["completion", "dos"]) == 2
    assert "bash" in capsys.readouterr().err
