"""The command line -> one verb and its folders. Everything a verb needs is imported when it runs."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence

from sitrep.base.errors import SitrepError
from sitrep.verbs.options import (
    PROGRAM,
    Parser,
    as_typed,
    build_parser,
    common_options,
    lasting_options,
    unknown_verb,
    web_options,
)

_FUNCTIONS = {"import": "import_"}
"""Verbs whose function cannot have their name."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns the exit code; prints no traceback unless ``--debug`` is given."""
    calm_collector()
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    parser = build_parser()
    if complaint := unknown_verb(parser, arguments):
        print(complaint, file=sys.stderr)
        return 2
    # Without a verb it is "run"; what is left after that one's options tells.
    bare = Parser(add_help=False, prog=PROGRAM, parents=[common_options(), lasting_options(), web_options()])
    rest = bare.parse_known_args(arguments)[1]
    if not any(not one.startswith("-") or one in ("-h", "--help", "--version") for one in rest):
        arguments = ["run", *arguments]
    options = parser.parse_args(arguments)
    if options.debug:
        import logging

        logging.basicConfig(level=logging.DEBUG, format="%(message)s")
    from sitrep.verbs import commands, questions

    try:
        name = _FUNCTIONS.get(options.verb, options.verb)
        verb = getattr(questions, name, None) or getattr(commands, name)
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
    """Have this process look for cycles less often; values hold none, and looking cost a tenth of it all."""
    gc.set_threshold(100_000, 20, 20)
