"""The command line -> one verb and its folders. Everything a verb needs is imported when it runs."""

from __future__ import annotations

import atexit
import gc
import io
import sys
from collections.abc import Sequence

from sitrep.base.errors import SitrepError
from sitrep.verbs.grammar import build_parser
from sitrep.verbs.options import as_typed, unknown_options, unknown_verb, verb_first, verbs_of

_FUNCTIONS = {"import": "import_", "help": "help_"}
"""Verbs whose function cannot have their name."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns the exit code; prints no traceback unless ``--debug`` is given."""
    calm_collector()
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # signs that a terminal lacks are written out
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    parser = build_parser()
    arguments = verb_first(arguments)
    if complaint := unknown_verb(parser, arguments):
        print(complaint, file=sys.stderr)
        return 2
    options, unknown = parser.parse_known_args(arguments)
    if unknown:
        unknown_options(verbs_of(parser)[options.verb], unknown)
    if options.debug:
        import logging

        logging.basicConfig(level=logging.DEBUG, format="%(message)s")
    from sitrep.verbs import commands, publishing, questions

    try:
        name = _FUNCTIONS.get(options.verb, options.verb)
        verb = next(v for room in (questions, publishing, commands) if (v := getattr(room, name, None)))
        return int(verb(options))
    except SitrepError as fault:
        if options.debug:
            raise
        for problem in fault.problems:
            print(as_typed(str(problem)), file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 0


def calm_collector() -> None:
    """Have this process look for cycles less often, and not at its end; values hold none, and looking cost a
    tenth of it all."""
    gc.set_threshold(200_000, 20, 20)
    atexit.register(gc.freeze)
