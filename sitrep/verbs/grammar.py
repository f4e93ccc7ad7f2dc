"""Every verb with its options and an example, in the order of their use: the whole command line.

``--help``, the manual page and the completion of shells are all made from here.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from sitrep import __version__
from sitrep.verbs.guides import GUIDES
from sitrep.verbs.options import PROGRAM, Help, Parser, common_options, lasting_options, web_options

DESCRIPTION = """\
Publishes rolling situation updates: drop a text file into feeds/, get a static site and feeds.

Without a verb it publishes, watches feeds/ and serves the site on this machine (run).

exit codes: 0 published, 1 published with problems, 2 nothing published
"""


class _Verbs:
    """Adds verbs one by one."""

    def __init__(self, parser: argparse.ArgumentParser) -> None:
        self._verbs = parser.add_subparsers(dest="verb", metavar="VERB", parser_class=Parser)
        self._common = common_options()

    def add(self, name: str, text: str, example: str, *more: Parser) -> argparse.ArgumentParser:
        """A verb, what it does in a sentence, and lines that show it (each without the program's name)."""
        lines = "".join(f"  {PROGRAM} {line}\n" for line in example.splitlines())
        return self._verbs.add_parser(
            name,
            parents=[self._common, *more],
            help=text,
            description=text[0].upper() + text[1:] + ".",
            epilog=f"for example:\n{lines}",
            formatter_class=Help,
        )


def build_parser() -> argparse.ArgumentParser:
    """The whole command line."""
    parser = Parser(
        prog=PROGRAM, description=DESCRIPTION, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--version", action="version", version=f"sitegen {__version__}")
    verbs = _Verbs(parser)
    lasting, web = lasting_options(), web_options()
    _init_options(
        verbs.add(
            "init",
            "make a new site: fronts with their places, from a country's name",
            "init mysite --country UA --yes",
        )
    )
    new = verbs.add(
        "new",
        "write a dated skeleton into feeds/, with the configured fronts as headings",
        "new\nnew --date 2024-12-07",
    )
    new.add_argument("--date", metavar="DATE", help="2024-12-07 (default: today in the site's zone)")
    verbs.add(
        "run", "publish, watch feeds/ and serve the site on this machine (without a verb, too)",
        "run\nrun --port 8080", lasting, web,
    )  # fmt: skip
    verbs.add(
        "watch", "publish, then keep publishing what is dropped into feeds/", "watch --log json", lasting
    )
    verbs.add(
        "build", "publish what is new or changed in feeds/, once", "build\nbuild --site /srv/site --json"
    )
    _text_verbs(verbs)
    _state_verbs(verbs)
    verbs.add("serve", "serve output/ on this machine, and nothing else", "serve --port 8080", web)
    _digest_verb(verbs)
    _keeping_verbs(verbs)
    _helping_verbs(verbs)
    return parser


def _helping_verbs(verbs: _Verbs) -> None:
    guide = verbs.add(
        "help", "print a guide, or say which there are", "help\nhelp delivery\nhelp --html guides"
    )
    guide.add_argument(
        "guide", nargs="?", choices=tuple(GUIDES), metavar="GUIDE", help="which (default: a list of them)"
    )
    guide.add_argument("--html", type=Path, metavar="DIR", help="write all of them there, as pages to print")
    theme = verbs.add(
        "theme", "list the files of the theme, or copy some into templates/ to change them",
        "theme list\ntheme eject style.css",
    )  # fmt: skip
    theme.add_argument(
        "action", nargs="?", choices=("list", "eject"), default="list", metavar="list|eject",
        help="say which there are (default), or copy some",
    )  # fmt: skip
    theme.add_argument("files", nargs="*", metavar="FILE", help="update.html, style.css (with eject)")
    completion = verbs.add(
        "completion", "print what makes a shell complete these words",
        "completion bash > ~/.local/share/bash-completion/completions/sitegen",
    )  # fmt: skip
    completion.add_argument(
        "shell", choices=("bash", "zsh", "fish"), metavar="bash|zsh|fish", help="which shell"
    )
    verbs.add("manual", "print the manual page, for man(1)", "manual | man -l -")


def _text_verbs(verbs: _Verbs) -> None:
    add = verbs.add(
        "add", "put a text from a file or from standard input (-) into feeds/ and publish it",
        "add note.txt\nadd - < mail.eml",
    )  # fmt: skip
    add.add_argument("files", nargs="*", default=["-"], metavar="FILE", help="a file, or - (default)")
    bring = verbs.add(
        "import", "bring in a saved web page, an article, an export (WordPress, a chat), a site's folder",
        'import page.html\nimport note.txt --date 2024-12-07 --source "The Post"\nimport ../blog --dry-run',
    )  # fmt: skip
    bring.add_argument("paths", nargs="+", type=Path, metavar="FILE|DIR", help="what to bring in")
    bring.add_argument("--date", metavar="DATE", help="the day it is of: 2024-12-07")
    bring.add_argument("--title", help="its headline, instead of the one found")
    bring.add_argument("--author", help="who wrote it")
    bring.add_argument("--source", metavar="NAME|URL", help="who published it first, or where")
    bring.add_argument("--licence", metavar="TEXT", help="under which licence: CC BY 4.0")
    bring.add_argument("--draft", action="store_true", help="bring it in as a draft, which is not published")
    bring.add_argument("--dry-run", action="store_true", help="say what would come in, and write nothing")
    check = verbs.add(
        "check", "say what would become of files, without publishing them", "check feeds/2024-12-07.txt"
    )
    check.add_argument("files", nargs="+", type=Path, metavar="FILE", help="texts, in feeds/ or elsewhere")
    explain = verbs.add(
        "explain", "show line by line where a file's text would go, and why", "explain feeds/2024-12-07.txt"
    )
    what = explain.add_mutually_exclusive_group(required=True)
    what.add_argument("file", nargs="?", type=Path, metavar="FILE", help="a text, in feeds/ or elsewhere")
    what.add_argument("--unsorted", action="store_true", help="list the names that no front knows")
    what.add_argument("--add", action="append", metavar="FRONT=NAME,...", help="add places to config.yaml")


def _state_verbs(verbs: _Verbs) -> None:
    status = verbs.add("status", "say how each file of feeds/ stands, and why", "status\nstatus --json")
    status.add_argument(
        "--confirm-deletions", action="store_true", help="withdraw what is gone: it was meant to be deleted"
    )
    verbs.add(
        "doctor", "check configuration, folders, archive and ledger, and say what to do",
        "doctor\ndoctor --json",
    )  # fmt: skip
    deploy = verbs.add(
        "deploy", "copy the site to its targets now: what they lack, pages before feeds",
        "deploy --dry-run\ndeploy web",
    )  # fmt: skip
    deploy.add_argument("targets", nargs="*", metavar="TARGET", help="names from config.yaml (default: all)")
    deploy.add_argument("--dry-run", action="store_true", help="say what would be sent, and send nothing")
    deploy.add_argument("--all", action="store_true", help="send everything, whatever is known to be there")


def _digest_verb(verbs: _Verbs) -> None:
    digest = verbs.add(
        "digest",
        "write the news of a day as one mail, for sendmail -t; nothing where there is none",
        "digest --from desk@example.org --to readers@example.org --send\ndigest 2024-12-06",
    )
    digest.add_argument("day", nargs="?", metavar="DATE", help="2024-12-06 (default: yesterday)")
    digest.add_argument(
        "--from", dest="sender", metavar="ADDRESS", help="who sends it (default: site.contact)"
    )
    digest.add_argument(
        "--to", action="append", metavar="ADDRESS", help="a reader or a list (default: the sender)"
    )
    digest.add_argument("--send", action="store_true", help="give it to the sendmail of this machine")


def _keeping_verbs(verbs: _Verbs) -> None:
    changes = verbs.add(
        "changes", "list what came out, was corrected, withdrawn or settled, oldest first",
        "changes --since 2024-12-06",
    )  # fmt: skip
    changes.add_argument("--since", metavar="DATE", help="2024-12-06 (default: the newest)")
    forget = verbs.add(
        "forget", "take the words of an update or item from everything, for people in danger",
        "forget 2024-12-06/3",
    )  # fmt: skip
    forget.add_argument("targets", nargs="+", metavar="UPDATE|UPDATE/ITEM", help="2024-12-06 or 2024-12-06/3")
    forget.add_argument(
        "--confirm", action="store_true", help="so many at once are meant, or all items of an update"
    )
    verify = verbs.add(
        "verify", "check the ledger's chain, that output/ is what its inputs give, and signatures",
        "verify\nverify --allowed-signers signers",
    )  # fmt: skip
    verify.add_argument(
        "--allowed-signers", type=Path, metavar="FILE", help="whose signature counts (see ssh-keygen(1))"
    )
    ledger = verbs.add(
        "ledger", "mend a broken ledger, losing nothing; the file as it was stays beside it",
        "ledger repair\nledger repair --from-archive",
    )  # fmt: skip
    ledger.add_argument("action", choices=("repair",), metavar="repair", help="mend it")
    ledger.add_argument(
        "--from-archive",
        action="store_true",
        help="write back what is online and the ledger does not know: it was lost, or an old copy came back",
    )


_SEVERAL = {"action": "append", "default": []}
_OF_A_SITE: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
    ("--title", "TEXT", "name of the site", {}),
    ("--country", "UA", "code or name; several with commas: GN,LR,SL", _SEVERAL),
    (
        "--front", "NAME=PLACE,...",
        'a front and its regions, towns or countries: "North=Kyiv, Sumy"; several times', _SEVERAL,
    ),
    ("--world", "NAME", "a front for other states and world bodies: International", {}),
    (
        "--parties", "RU,UA",
        "countries or groups that act on every front, so that their name sorts nothing", _SEVERAL,
    ),
    ("--actor", "FRONT=NAME", "who acts on one front; several times", _SEVERAL),
    ("--language", "uk,en", "of the texts, the site's first (default: en)", _SEVERAL),
)  # fmt: skip


def _init_options(init: argparse.ArgumentParser) -> None:
    """What a new site is made from; on a terminal what is not given is asked for."""
    init.add_argument("dir", nargs="?", type=Path, metavar="DIR", help="folder of the site (default: here)")
    for name, metavar, text, more in _OF_A_SITE:
        init.add_argument(name, metavar=metavar, help=text, **more)
    init.add_argument(
        "--rumors", action=argparse.BooleanOptionalAction,
        help="a front for what is unconfirmed (default: yes)",
    )  # fmt: skip
    init.add_argument("--yes", action="store_true", help="ask nothing; --country or --front is needed")
