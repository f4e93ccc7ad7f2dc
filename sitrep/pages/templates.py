"""Template files of the theme -> functions that lay a page out; the one door to Jinja and MarkupSafe.

A site's own folder is searched first, the packaged theme last. Values are escaped unless they are
Markup, and a name that a template gets wrong is an error, never a gap in a page.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from sitrep.base.deadline import TooLongError, within
from sitrep.base.disk import read_own, reason_of
from sitrep.base.errors import EndlessTemplateError, TemplateError
from sitrep.base.nouns import Problem
from sitrep.base.values import replace

if TYPE_CHECKING:
    from jinja2 import BaseLoader, Environment, Template

__all__ = ["Markup", "Templates", "escape", "minified"]

REMEDY = "compare it with the template of the same name that came with the program, or delete yours"
SECONDS = 20.0
"""Of processor time for one page. The largest of the theme that came with the program need half a second."""
_LONGEST_RANGE = 100_000
"""A list of a thousand million numbers would take all memory before any timer is heard."""
_OF_A_TEMPLATE = (
    AttributeError,
    KeyError,
    LookupError,
    TypeError,
    ValueError,
    ArithmeticError,
    MemoryError,
    RecursionError,
    TooLongError,
)
"""What a name, a number or a loop in a template comes to."""


def _environment(folders: Sequence[Path], cache: Path | None) -> Environment:
    from jinja2 import Environment, FileSystemBytecodeCache, StrictUndefined

    class Stacked(Environment):
        """A template that extends one of its own name extends the one of the next folder."""

        def join_path(self, template: str, parent: str) -> str:
            level, _, name = parent.rpartition(":")
            return f"{int(level or 0) + 1}:{template}" if name == template else template

    class Kept(FileSystemBytecodeCache):
        """What cannot be kept, on a full disk, is compiled again by the next process."""

        def dump_bytecode(self, bucket: Any) -> None:
            with suppress(OSError):
                super().dump_bytecode(bucket)

    return Stacked(
        loader=_loader(folders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
        auto_reload=False,
        cache_size=-1,
        bytecode_cache=Kept(str(cache)) if cache else None,
    )


def _loader(folders: Sequence[Path]) -> BaseLoader:
    from jinja2 import ChoiceLoader, FileSystemLoader, PrefixLoader

    class Readable(FileSystemLoader):
        """A template that may not be read is told of as the fault of nobody but whoever laid it."""

        def get_source(self, environment: Any, template: str) -> Any:
            try:
                return super().get_source(environment, template)
            except PermissionError as fault:
                raise _unreadable(template, fault) from None

    loaders = [Readable(str(folder)) for folder in folders]
    below = {str(n): ChoiceLoader(loaders[n:]) for n in range(1, len(loaders))}
    return ChoiceLoader([*loaders, PrefixLoader(below, delimiter=":")])


class Templates:
    """The compiled templates of one site. Raises TemplateError with file, line and fact."""

    def __init__(self, folders: Sequence[Path], cache: Path | None = None) -> None:
        """``folders``: searched in order. A template is compiled when it is first used.

        ``cache``: an existing folder for compiled templates, known by name and content, which saves a
        new process most of its first page's time.
        """
        self._folders = tuple(folders)
        self._env = _environment(self._folders, cache)
        self._env.globals["range"] = _range
        self._known: dict[str, Template] = {}

    def render(self, name: str, /, **values: Any) -> str:
        """The text a template makes of these values. Raises EndlessTemplateError for a loop without end."""
        from jinja2 import TemplateError as JinjaError

        try:
            with within(SECONDS):
                return self._template(name).render(values)
        except (JinjaError, *_OF_A_TEMPLATE) as fault:
            raise self._error(name, fault) from fault

    def source(self, name: str) -> str:
        """The text of a file of the theme that is no template: a style sheet, a script."""
        try:
            return self.content(name).decode()
        except UnicodeDecodeError as fault:
            problem = Problem(
                path=f"templates/{name}", fact=f"it is no UTF-8: {_plain(fault)}", remedy=REMEDY
            )
            raise TemplateError(problem) from fault

    def content(self, name: str) -> bytes:
        """The bytes of a file of the theme that is no template: an image."""
        for folder in self._folders:
            try:
                return read_own(folder / name)
            except FileNotFoundError:
                continue
            except OSError as fault:
                raise _unreadable(name, fault) from fault
        raise TemplateError(
            Problem(
                path=f"templates/{name}",
                fact="there is no such file",
                remedy="the program is not whole: install it again",
            )
        )

    def has(self, name: str) -> bool:
        """True if a folder has a file of that name."""
        return any((folder / name).is_file() for folder in self._folders)

    def compile_all(self) -> None:
        """Make the template of every page ready now; a fault in one is no matter before its page is made."""
        from jinja2 import TemplateError as JinjaError

        for path in sorted(self._folders[-1].glob("*.html")):
            with suppress(JinjaError, TemplateError):
                self._template(path.name)

    def _template(self, name: str) -> Template:
        template = self._known.get(name)
        if template is None:
            template = self._known[name] = self._env.get_template(name)
        return template

    def _error(self, name: str, fault: Exception) -> TemplateError:
        file, line = self._place(fault)
        problem = Problem(path=f"templates/{file or name}", line=line, fact=_plain(fault), remedy=REMEDY)
        if not isinstance(fault, TooLongError):
            return TemplateError(problem)
        problem = replace(problem, fact=f"a page takes more than {SECONDS:g} s: a loop may have no end")
        last = traceback.extract_tb(fault.__traceback__)[-2].filename  # the last frame is the timer's
        own = any(last.startswith(str(folder)) for folder in self._folders)
        return (EndlessTemplateError if own else TemplateError)(problem)

    def _place(self, fault: Exception) -> tuple[str | None, int | None]:
        """The template and line at fault: a syntax error names them, else the innermost template frame."""
        filename, line = getattr(fault, "filename", None), getattr(fault, "lineno", None)
        if not filename:
            frames = traceback.extract_tb(fault.__traceback__)
            inside = [f for f in frames if any(f.filename.startswith(str(d)) for d in self._folders)]
            if not inside:
                return getattr(fault, "name", None), None
            filename, line = inside[-1].filename, inside[-1].lineno
        for folder in self._folders:
            if filename.startswith(str(folder)):
                return Path(filename).relative_to(folder).as_posix(), line
        return None, line


def _unreadable(name: str, fault: OSError) -> TemplateError:
    fact = f"it cannot be read: {reason_of(fault)}"
    remedy = "let it be an ordinary file that the program may read, or delete it: the program has its own"
    return TemplateError(Problem(path=f"templates/{name}", fact=fact, remedy=remedy))


def _range(*ends: int) -> range:
    """Python's, of at most so many numbers."""
    numbers = range(*ends)
    if numbers and (abs(numbers[-1] - numbers[0]) // abs(numbers.step)) >= _LONGEST_RANGE:
        raise ValueError(f"{numbers} is longer than {_LONGEST_RANGE:,}")
    return numbers


def _plain(fault: Exception) -> str:
    """The library's words on one line, without a path of this machine."""
    text = " ".join(str(fault).split()) or type(fault).__name__
    if hasattr(fault, "templates"):
        text = f'there is no template "{text}"'
    return re.sub(r"(?:/[^\s':]+)+/", "", text)[:300]


def minified(css: str) -> str:
    """A style sheet without comments, indents and the spaces that mean nothing."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    css = re.sub(r"\s+", " ", css)
    return re.sub(r"\s*([{};])\s*", r"\1", css).replace(";}", "}").replace(", ", ",").strip()
