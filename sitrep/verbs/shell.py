"""The command line -> its manual page, and what makes shells complete it. Both from the parser itself."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator

from sitrep import __version__
from sitrep.verbs.grammar import DESCRIPTION
from sitrep.verbs.options import SHARED, verbs_of


def manual(parser: argparse.ArgumentParser) -> str:
    """The manual page in the language of man(7): every verb, its options and its examples."""
    return "".join(f"{line}\n" for line in _manual(parser))


def _manual(parser: argparse.ArgumentParser) -> Iterator[str]:
    yield f'.TH SITEGEN 1 "" "sitegen {__version__}"'
    yield from (".SH NAME", r"sitegen \- publishes rolling situation updates", ".SH SYNOPSIS")
    yield from (".B sitegen", "[VERB] [OPTIONS]", ".SH DESCRIPTION")
    yield from (_roff(line) or ".PP" for line in DESCRIPTION.strip().split("\n"))
    yield ".SH VERBS"
    for name, verb in verbs_of(parser).items():
        yield from (".SS", f".B {_roff(name)}", f"{_roff(verb.description or '')}")
        for option in _own(verb):
            yield from (".TP", f".B {_roff(_shown(option))}", _roff(_help(option)))
        yield from (".PP", ".nf", *(_roff(line) for line in (verb.epilog or "").strip().split("\n")), ".fi")
    yield ".SH OPTIONS OF EVERY VERB"
    first = next(iter(verbs_of(parser).values()))
    for option in first._actions:
        if option not in _own(first) and option.option_strings:
            yield from (".TP", f".B {_roff(_shown(option))}", _roff(_help(option)))


def _own(verb: argparse.ArgumentParser) -> list[argparse.Action]:
    """What belongs to this verb and not to all of them."""
    return [action for action in verb._actions if action.dest not in SHARED]


def _shown(option: argparse.Action) -> str:
    value = option.metavar if isinstance(option.metavar, str) else ""
    if option.choices and not option.metavar:
        value = "|".join(map(str, option.choices))
    if not option.option_strings:
        return value or option.dest
    takes = option.nargs != 0 and not isinstance(option, argparse.BooleanOptionalAction)
    names = ", ".join(option.option_strings)
    return f"{names} {value or option.dest.upper()}" if takes else names


def _help(option: argparse.Action) -> str:
    return (option.help or "").replace("%%", "%")


def _roff(text: str) -> str:
    """The text as troff shows it: no line of it is taken for a command."""
    return re.sub(r"^([.\'])", r"\\&\1", text.replace("\\", r"\e").replace("-", r"\-"))


# -- completion -----------------------------------------------------------------------------------------


def completion(parser: argparse.ArgumentParser, shell: str) -> str:
    """A script that makes a shell complete verbs, options, words to choose from, and file names."""
    words = {name: list(_words(verb)) for name, verb in verbs_of(parser).items()}
    texts = {name: (verb.description or "").rstrip(".") for name, verb in verbs_of(parser).items()}
    return {"bash": _bash, "zsh": _zsh, "fish": _fish}[shell](words, texts)


def _words(verb: argparse.ArgumentParser) -> Iterator[str]:
    """Its options, and the words that may stand after it without one."""
    for action in verb._actions:
        yield from action.option_strings or map(str, action.choices or ())


def _plain(words: list[str]) -> str:
    return " ".join(word for word in words if word[0] != "-")


def _bash(words: dict[str, list[str]], texts: dict[str, str]) -> str:
    cases = "".join(
        f"    {name}) words='{' '.join(known)}' plain='{_plain(known)}' ;;\n" for name, known in words.items()
    )
    return f"""\
_sitegen() {{
  local word=${{COMP_WORDS[COMP_CWORD]}} words='{" ".join(words)}' plain= verb=${{COMP_WORDS[1]-}}
  if ((COMP_CWORD > 1)); then
    case $verb in
{cases}    *) words= ;;
    esac
    [[ $word == -* ]] || words=$plain
  fi
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
  ((${{#COMPREPLY[@]}})) || mapfile -t COMPREPLY < <(compgen -f -- "$word")
}}
complete -o filenames -F _sitegen sitegen sitegen.py
"""


def _zsh(words: dict[str, list[str]], texts: dict[str, str]) -> str:
    described = "\n".join(f"    '{name}:{_quoted(texts[name])}'" for name in words)
    cases = "".join(f"    {name}) compadd -- {' '.join(known)} ;;\n" for name, known in words.items())
    plain = "".join(
        f"    {name}) compadd -- {_plain(known)} ;;\n" for name, known in words.items() if _plain(known)
    )
    return f"""\
#compdef sitegen sitegen.py
local -a verbs=(
{described}
)
if ((CURRENT == 2)); then
  _describe verb verbs
elif [[ $PREFIX == -* ]]; then
  case $words[2] in
{cases}  esac
else
  case $words[2] in
{plain}    *) _files ;;
  esac
fi
"""


def _fish(words: dict[str, list[str]], texts: dict[str, str]) -> str:
    lines = [
        f"complete -c $name -n __fish_use_subcommand -a {name} -d '{_quoted(texts[name])}'" for name in words
    ]
    lines += [
        f"complete -c $name -n '__fish_seen_subcommand_from {name}' "
        + (f"-l {word[2:]}" if word[0] == "-" else f"-a {word}")
        for name, known in words.items()
        for word in known
        if word[:2] == "--" or word[0] != "-"
    ]
    return "for name in sitegen sitegen.py\n" + "".join(f"  {line}\n" for line in lines) + "end\n"


def _quoted(text: str) -> str:
    return text.replace("'", "’").replace(":", " -")
