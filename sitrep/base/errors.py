"""The error tree. Everything the program raises on purpose is a SitrepError with its problems.

::

    SitrepError                 something a person can put right; printed without a traceback
    ├── ConfigError             config.yaml: every fault at once, each with its line
    ├── TemplateError           a page template: file, line, fact
    │   └── EndlessTemplateError   one that goes on and on, whatever the text
    ├── LedgerError             ledger/: a broken or conflicting record
    ├── ArchiveError            the SQLite archive cannot be used; rebuilding it is the answer
    └── SiteError               the site's folders: missing, locked, unwritable, full
"""

from __future__ import annotations

from sitrep.base.nouns import Problem


class SitrepError(Exception):
    """One or more problems, each with place, fact and remedy."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(str(p) for p in problems))
        self.problems = problems

    @property
    def on_one_line(self) -> str:
        """The first problem with its place and remedy, for a log."""
        problem = self.problems[0]
        place = problem.path if problem.line is None else f"{problem.path}:{problem.line}"
        return f"{place}: {problem.fact}; {problem.remedy}"

    def __reduce__(self) -> tuple[type[SitrepError], tuple[Problem, ...]]:
        """Problems and all, it passes from one process to another."""
        return type(self), self.problems


class ConfigError(SitrepError):
    """The configuration cannot be used; ``problems`` holds every fault found."""


class TemplateError(SitrepError):
    """A page template does not compile or render."""


class EndlessTemplateError(TemplateError):
    """A page template was broken off in a loop of its own: no text is at fault, another try costs as much."""


class LedgerError(SitrepError):
    """The ledger holds a record that cannot be trusted; nothing was changed."""


class ArchiveError(SitrepError):
    """The archive is damaged, foreign or from another version; it can be rebuilt from its sources."""


class SiteError(SitrepError):
    """A folder of the site cannot be read, written or locked."""
