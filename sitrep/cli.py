"""The command line -> one verb and its folders. Everything a verb needs is imported when it runs."""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Sequence
from pathlib import Path

from sitrep import __version__
from sitrep.base.errors import SitrepError

_DESCRIPTION = """\
Publishes rolling situation updates: drop a text file into feeds/, get a static site and feeds.

exit codes: 0 published, 1 published with problems, 2 nothing published
"""


_FUNCTIONS = {"import": "import_"}
"""Verbs whose function cannot have their name."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns the exit code; prints no traceback unless ``--debug`` is given."""
    calm_collector()
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    common, running = _common(), _running()
    parser = _parser(common, running)
    # Without a verb it is "run"; what is left after that one's options tells.
    bare = argparse.ArgumentParser(add_help=False, parents=[common, *running])
    rest = bare.parse_known_args(arguments)[1]
    if not any(not one.startswith("-") or one in ("-h", "--help", "--version") for one in rest):
        arguments = ["run", *arguments]
    options = parser.parse_args(arguments)
    from sitrep.verbs import commands

    try:
        return int(getattr(commands, _FUNCTIONS.get(options.verb, options.verb))(options))
    except SitrepError as fault:
        if options.debug:
            raise
        for problem in fault.problems:
            print(problem, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 0


def calm_collector() -> None:
    """Have this process look for cycles less often; values hold none, and looking cost a tenth of it all."""
    gc.set_threshold(100_000, 20, 20)


def _common() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
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


def _running() -> tuple[argparse.ArgumentParser, argparse.ArgumentParser]:
    """Options of verbs that go on until they are stopped, and of those that serve."""
    lasting = argparse.ArgumentParser(add_help=False)
    lasting.add_argument("--log", choices=("plain", "json"), default="plain", help="form of the lines")
    web = argparse.ArgumentParser(add_help=False)
    web.add_argument("--host", default="127.0.0.1", help="address to serve at (default: 127.0.0.1)")
    web.add_argument("--port", type=int, help="port (default: the first free one from 8000 on)")
    return lasting, web


def _parser(
    common: argparse.ArgumentParser, running: tuple[argparse.ArgumentParser, argparse.ArgumentParser]
) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="sitegen.py", description=_DESCRIPTION, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--version", action="version", version=f"sitrep {__version__}")
    verbs = parser.add_subparsers(dest="verb", metavar="VERB")

    def verb(name: str, text: str, *more: argparse.ArgumentParser) -> argparse.ArgumentParser:
        return verbs.add_parser(
            name, parents=[common, *more], help=text, description=text[0].upper() + text[1:] + "."
        )

    lasting, web = running
    verb("run", "publish, watch feeds/ and serve the site on this machine (without a verb, too)", *running)
    verb("watch", "publish, then keep publishing what is dropped into feeds/", lasting)
    verb("serve", "serve output/ on this machine, and nothing else", web)
    add = verb("add", "put a text from a file or from standard input (-) into feeds/ and publish it")
    add.add_argument("files", nargs="*", default=["-"], metavar="FILE", help="a file, or - (default)")
    status = verb("status", "say how each file of feeds/ stands, and why")
    status.add_argument(
        "--confirm-deletions", action="store_true", help="withdraw what is gone: it was meant to be deleted"
    )
    verb("build", "publish what is new or changed in feeds/, once")
    check = verb("check", "say what would become of files, without publishing them")
    check.add_argument("files", nargs="+", type=Path, metavar="FILE")
    explain = verb("explain", "show line by line where a file's text would go, and why")
    explain.add_argument("file", type=Path, metavar="FILE")
    forget = verb("forget", "take the words of an update or item from everything, for people in danger")
    forget.add_argument("targets", nargs="+", metavar="UPDATE|UPDATE/ITEM", help="2024-12-06 or 2024-12-06/3")
    forget.add_argument(
        "--confirm", action="store_true", help="so many at once are meant, or all items of an update"
    )
    changes = verb("changes", "list what came out, was corrected, withdrawn or settled, oldest first")
    changes.add_argument("--since", metavar="DATE", help="2024-12-06 (default: the newest)")
    verify = verb("verify", "check the ledger's chain, that output/ is what its inputs give, and signatures")
    verify.add_argument(
        "--allowed-signers", type=Path, metavar="FILE", help="whose signature counts (see ssh-keygen(1))"
    )
    ledger = verb("ledger", "mend a broken ledger, losing nothing; the file as it was stays beside it")
    ledger.add_argument("action", choices=("repair",))
    _init_options(verb("init", "make a new site: fronts with their places, from a country's name"))
    deploy = verb("deploy", "copy the site to its targets now: what they lack, pages before feeds")
    deploy.add_argument("targets", nargs="*", metavar="TARGET", help="names from config.yaml (default: all)")
    deploy.add_argument("--dry-run", action="store_true", help="say what would be sent, and send nothing")
    deploy.add_argument("--all", action="store_true", help="send everything, whatever is known to be there")
    bring = verb("import", "bring in a saved web page, an article, a WordPress export, another site's folder")
    bring.add_argument("paths", nargs="+", type=Path, metavar="FILE|DIR")
    bring.add_argument("--date", metavar="DATE", help="the day it is of: 2024-12-07")
    bring.add_argument("--title", help="its headline, instead of the one found")
    bring.add_argument("--author", help="who wrote it")
    bring.add_argument("--source", metavar="NAME|URL", help="who published it first, or where")
    bring.add_argument("--licence", metavar="TEXT", help="under which licence: CC BY 4.0")
    bring.add_argument("--draft", action="store_true", help="bring it in as a draft, which is not published")
    bring.add_argument("--dry-run", action="store_true", help="say what would come in, and write nothing")
    theme = verb("theme", "list the files of the theme, or copy some into templates/ to change them")
    theme.add_argument("action", nargs="?", choices=("list", "eject"), default="list")
    theme.add_argument("files", nargs="*", metavar="FILE", help="update.html, style.css (with eject)")
    new = verb("new", "write a dated skeleton into feeds/, with the configured fronts as headings")
    new.add_argument("--date", metavar="DATE", help="2024-12-07 (default: today in the site's zone)")
    return parser


def _init_options(init: argparse.ArgumentParser) -> None:
    """What a new site is made from; on a terminal what is not given is asked for."""
    init.add_argument("dir", nargs="?", type=Path, metavar="DIR", help="folder of the site (default: here)")
    init.add_argument("--title", metavar="TEXT", help="name of the site")
    init.add_argument(
        "--country",
        action="append",
        default=[],
        metavar="UA",
        help="code or name; several with commas: GN,LR,SL",
    )
    init.add_argument(
        "--front", action="append", default=[], metavar="NAME=PLACE,...",
        help='a front and its regions, towns or countries: "North=Kyiv, Sumy"; several times',
    )  # fmt: skip
    init.add_argument(
        "--world", metavar="NAME", help="a front for other states and world bodies: International"
    )
    init.add_argument(
        "--parties", action="append", default=[], metavar="RU,UA",
        help="countries or groups that act on every front, so that their name sorts nothing",
    )  # fmt: skip
    init.add_argument(
        "--actor",
        action="append",
        default=[],
        metavar="FRONT=NAME",
        help="who acts on one front; several times",
    )
    init.add_argument(
        "--language",
        action="append",
        default=[],
        metavar="uk,en",
        help="of the texts, the site's first (default: en)",
    )
    init.add_argument(
        "--rumors",
        action=argparse.BooleanOptionalAction,
        help="a front for what is unconfirmed (default: yes)",
    )
    init.add_argument("--yes", action="store_true", help="ask nothing: what is not given has its default")
