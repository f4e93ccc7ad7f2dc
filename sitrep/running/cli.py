"""The command line -> one verb and its folders. Everything a verb needs is imported when it runs."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from sitrep import __version__
from sitrep.errors import SitrepError

_DESCRIPTION = """\
Publishes rolling situation updates: drop a text file into feeds/, get a static site and feeds.

exit codes: 0 published, 1 published with problems, 2 nothing published
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns the exit code; prints no traceback unless ``--debug`` is given."""
    options = _parser().parse_args(arguments)
    from sitrep.running import commands

    try:
        return int(getattr(commands, options.verb)(options))
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


def _parser() -> argparse.ArgumentParser:
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

    parser = argparse.ArgumentParser(
        prog="sitegen.py", description=_DESCRIPTION, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--version", action="version", version=f"sitrep {__version__}")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")

    def verb(name: str, text: str) -> argparse.ArgumentParser:
        return verbs.add_parser(
            name, parents=[common], help=text, description=text[0].upper() + text[1:] + "."
        )

    verb("build", "publish what is new or changed in feeds/, once")
    check = verb("check", "say what would become of files, without publishing them")
    check.add_argument("files", nargs="+", type=Path, metavar="FILE")
    explain = verb("explain", "show line by line where a file's text would go, and why")
    explain.add_argument("file", type=Path, metavar="FILE")
    new = verb("new", "write a dated skeleton into feeds/, with the configured fronts as headings")
    new.add_argument("--date", metavar="DATE", help="2024-12-07 (default: today in the site's zone)")
    return parser
