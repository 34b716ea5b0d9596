"""Scripts by which bash, zsh and fish complete the words of the command line."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from gdviz.cli.completion import Completed, CompletedCommand, completed_commands

__all__ = ["SCRIPTS", "script"]


def script(shell: str) -> str:
    """Return the script for one of `SCRIPTS`."""
    return SCRIPTS[shell](completed_commands())


_BASH = """\
# How bash completes the words of gdviz.
_gdviz() {{
  local cur="${{COMP_WORDS[COMP_CWORD]}}" option="${{COMP_WORDS[COMP_CWORD-1]}}"
  local words="" files="" listed="" before="" line
  COMPREPLY=()
  if [[ $cur == "=" ]]; then  # bash takes --view=contour for three words
    cur=""
  elif [[ $option == "=" ]]; then
    option="${{COMP_WORDS[COMP_CWORD-2]}}"
  fi
  case "$option" in
{valued}
    *)
      if [[ $cur == -* ]]; then
        case "${{COMP_WORDS[1]}}" in
{options}
        esac
      elif (( COMP_CWORD == 1 )); then
        words="{commands} {presets}" files=yes
      else
        case "${{COMP_WORDS[1]}}" in
{places}
        esac
      fi
      ;;
  esac
  if [[ $listed && $cur == *,* ]]; then
    before="${{cur%,*}},"
    cur="${{cur##*,}}"
  fi
  while IFS= read -r line; do
    COMPREPLY+=("$before$line")
  done < <(compgen -W "$words" -- "$cur"; [[ $files ]] && compgen -f -- "$cur")
  [[ $files ]] && compopt -o filenames 2>/dev/null
  return 0
}}
complete -F _gdviz gdviz
"""


def _bash(commands: Sequence[CompletedCommand]) -> str:
    window, *named = commands
    valued: dict[str, str] = {}
    for command in commands:
        for option in command.options:
            if option.valued:
                said = f'words="{" ".join(option.words)}"'
                said += " files=yes" * option.files + " listed=yes" * option.listed
                valued["|".join(option.flags)] = said
    return _BASH.format(
        valued="\n".join(f"    {flags}) {said} ;;" for flags, said in valued.items()),
        options="\n".join(
            f'          {command.name or "*"}) words="{" ".join(_flags(command))}" ;;'
            for command in (*named, window)
        ),
        commands=" ".join(command.name for command in named),
        presets=" ".join(window.place.words),
        places="\n".join(
            f'          {command.name}) words="{" ".join(command.place.words)}"'
            f"{' files=yes' * command.place.files} ;;"
            for command in named
        ),
    )


_ZSH = """\
#compdef gdviz
# How zsh completes the words of gdviz.

_gdviz_source() {{
  _alternative 'landscapes:landscape:({presets})' 'files:file:_files'
}}

_gdviz_first() {{
  local -a commands=({commands})
  _alternative "commands:command:(($commands))" 'landscapes:landscape:({presets})' \\
    'files:file:_files'
}}

_gdviz() {{
  local command=${{words[2]}}
  if (( CURRENT > 2 )) && [[ $command == ({names}) ]]; then
    shift words
    (( CURRENT-- ))
    case $command in
{cases}
    esac
  else
{window}
  fi
}}

if [[ ${{zsh_eval_context[-1]}} == loadautofunc ]]; then
  _gdviz "$@"
else
  compdef _gdviz gdviz
fi
"""


def _zsh(commands: Sequence[CompletedCommand]) -> str:
    window, *named = commands
    return _ZSH.format(
        presets=" ".join(window.place.words),
        commands=" ".join(
            _quoted(f"{command.name}\\:{_quoted_twice(command.summary)}") for command in named
        ),
        names="|".join(command.name for command in named),
        cases="\n".join(
            f"      {command.name})\n{_zsh_arguments(command, '        ')}\n        ;;"
            for command in named
        ),
        window=_zsh_arguments(window, "    "),
    )


def _zsh_arguments(command: CompletedCommand, indent: str) -> str:
    specs = [_zsh_option(option) for option in command.options]
    place = command.place
    if not command.name:
        specs.append(_quoted("1:source:_gdviz_first"))
    elif place.files:
        specs.append(_quoted("1:source:_gdviz_source"))
    else:
        specs.append(_quoted(f"1:{place.metavar.lower()}:({' '.join(place.words)})"))
    return f"{indent}_arguments -S : \\\n" + " \\\n".join(f"{indent}  {spec}" for spec in specs)


def _zsh_option(option: Completed) -> str:
    told = re.sub(r"([\\\[\]:])", r"\\\1", option.help)
    value = ""
    if option.valued:
        metavar = re.sub(r"([\\:])", r"\\\1", option.metavar)
        value = f":{metavar}:"
        words = " ".join(word.replace(":", "\\:") for word in option.words)
        if option.listed:
            value += f"_values -s , view {words}"
        elif option.files:
            value += "_files"
        elif words:
            value += f"({words})"
    if option.repeatable:
        return _quoted(f"*{option.flags[0]}[{told}]{value}")
    if len(option.flags) == 1:
        return _quoted(f"{option.flags[0]}[{told}]{value}")
    flags = " ".join(option.flags)
    return f"{_quoted(f'({flags})')}{{{','.join(option.flags)}}}{_quoted(f'[{told}]{value}')}"


_FISH = """\
# How fish completes the words of gdviz.

function __gdviz_list --description 'Words, after those before the last comma'
    set -l before (commandline -ct | string replace -r '^--[a-z-]+=' '' | string match -r '.*,')
    for word in $argv
        echo "$before$word"
    end
end

complete -c gdviz -f
{lines}
"""


def _fish(commands: Sequence[CompletedCommand]) -> str:
    named = commands[1:]
    names = " ".join(one.name for one in named)
    lines = []
    for command in commands:
        seen = f"__fish_seen_subcommand_from {command.name or names}"
        start = f"complete -c gdviz -n '{seen if command.name else f'not {seen}'}'"
        lines.append(f"\n# {command.name or 'the window'}")
        if not command.name:
            lines += [f"{start} -a {one.name} -d {_fish_quoted(one.summary)}" for one in named]
        lines.append(f"{start} -a {_fish_quoted(' '.join(command.place.words))}")
        if command.place.files:
            lines.append(f"{start} -F")
        lines += [start + _fish_option(option) for option in command.options]
    return _FISH.format(lines="\n".join(lines))


def _fish_option(option: Completed) -> str:
    said = "".join(
        f" -l {flag[2:]}" if flag.startswith("--") else f" -s {flag[1:]}" for flag in option.flags
    )
    if option.files:
        said += " -r -F"
    elif option.valued:
        said += " -x"
        words = " ".join(option.words)
        if option.listed:
            words = f"(__gdviz_list {words})"
        if words:
            said += f" -a {_fish_quoted(words)}"
    return f"{said} -d {_fish_quoted(option.help)}"


def _flags(command: CompletedCommand) -> list[str]:
    return [flag for option in command.options for flag in option.flags]


def _quoted(text: str) -> str:
    """Return a text in single quotes, as bash and zsh have them."""
    return "'" + text.replace("'", "'\\''") + "'"


def _quoted_twice(text: str) -> str:
    """Return a text within a text that zsh cuts into words."""
    return re.sub(r"([\s\\:'\"()])", r"\\\1", text)


def _fish_quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


SCRIPTS: dict[str, Callable[[Sequence[CompletedCommand]], str]] = {
    "bash": _bash,
    "zsh": _zsh,
    "fish": _fish,
}
