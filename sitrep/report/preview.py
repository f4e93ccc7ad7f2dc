"""A draft -> NAME.preview.html beside it: the page it would be, its titles in the feeds, and why.

The file is whole in itself and opens on a phone from the synced folder. It is never part of the site.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from html import escape
from pathlib import Path

from sitrep.archive.archive import Archive
from sitrep.base.nouns import Problem, Update
from sitrep.base.say import printable
from sitrep.base.values import replace
from sitrep.config.values import Config
from sitrep.feeds.entries import Entries
from sitrep.inbox.file_names import PREVIEW
from sitrep.inbox.survey import State
from sitrep.publish.outcome import Outcome
from sitrep.publish.rehearsal import Rehearsal, rehearse
from sitrep.publish.render import Renderer
from sitrep.report.files_beside import MARK, lay, name_beside
from sitrep.site.addresses import update_page
from sitrep.site.artifacts import Artifact, ArtifactKind
from sitrep.text.summaries import certainty_name, references, shortened

MOST = 20
"""Updates of one draft that are shown."""

_POLICY = (
    '<meta http-equiv="Content-Security-Policy" content="'
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:\">"
)
_STYLE = (
    ".pv{font:1rem/1.5 var(--sans,sans-serif);padding:1em 1.125rem;border-block:3px dashed;"
    "background:var(--mark,#fff3c4);color:var(--ink,#222)}.pv h2{font-size:1.1em;margin:1em 0 .3em}"
    ".pv li{margin-block:.5em}.pv code{white-space:pre-wrap}.pv table{display:table}"
    ".pv td:first-child{white-space:nowrap}.pv td{vertical-align:top;border:0;padding:.1em .8em .1em 0}"
    "@media(max-width:34rem){.pv tr{display:block;margin-bottom:.6em}.pv td{display:inline}}"
)


def lay_previews(
    outcome: Outcome, renderer: Renderer, config: Config, feeds: Path, ledger: Path, now: dt.datetime
) -> Iterator[str]:
    """Lay a preview beside each draft of a publish; yields what could not be done, in words."""
    drafts = [file.path for file in outcome.files if file.state is State.DRAFT]
    for path in drafts:
        page = to_preview(path, rehearse(feeds / path, config, ledger, now), renderer, config)
        try:
            if not lay(feeds, name_beside(path, PREVIEW), page):
                yield f"{printable(path)}{PREVIEW} is in the way of a preview: it is not from this program"
        except (OSError, ValueError) as fault:
            yield f"the preview of {printable(path)} could not be written: {fault}"


def to_preview(path: str, rehearsal: Rehearsal, renderer: Renderer, config: Config) -> str:
    """The preview of one draft as one HTML document. Raises TemplateError."""
    updates = [
        replace(update, draft=False, publish_at=None, source=path)
        for update in rehearsal.updates
        if update.key
    ][:MOST]
    box, decided = _box(path, updates, rehearsal.problems), "".join(_decided(u, config) for u in updates)
    pages = [_page(update, renderer) for update in updates]
    if not pages:
        head = f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8">{_POLICY}'
        return f"{head}<title>{escape(path)}</title></head><body>{box}</body></html>\n"
    first, *rest = pages
    mains = "".join(re.findall(r"<main.*?</main>", "".join(rest), re.DOTALL))
    first = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', lambda _: _POLICY, first, count=1)
    first = re.sub(r"<script\b.*?</script>|<link\b[^>]*>", "", first, flags=re.DOTALL)
    first = first.replace("<body>", f"<body>\n{box}", 1).replace("</main>", f"</main>{mains}{decided}", 1)
    # Links to other pages of the site lead nowhere from here; those within the page and to elsewhere stay.
    return re.sub(r'(<a\b[^>]*?) href="(?!#|https?:|mailto:)[^"]*"', r"\1", first)


def _page(update: Update, renderer: Renderer) -> str:
    """The page of an update as if it were the only one."""
    with closing(Archive(None)) as archive:
        archive.put_update(update)
        place = update_page(update.key)
        content = renderer.render(Artifact(place, ArtifactKind.UPDATE, (update.key,)), archive)
    return (content or b"").decode()


def _box(path: str, updates: Sequence[Update], problems: Iterable[Problem]) -> str:
    """What stands above the page: that it is a draft, and what to look at."""
    told = [_problem(problem) for problem in problems]
    name = escape(printable(path))
    parts = [f"<p><b>Preview of {name}. It is a draft and not published.</b>"]
    parts.append(" To publish it, move it out of drafts/ or take the _ from its name.</p>")
    if told:
        parts.append(f"<h2>Please look at this</h2><ul>{''.join(told)}</ul>")
    elif not updates:
        parts.append("<p>There is nothing in it to publish.</p>")
    # A style element of its own: the page's policy allows it here, and nothing has to be fetched.
    return f'<style>{_STYLE}</style>\n<aside class="pv">{"".join(parts)}<p>({MARK}.)</p></aside>\n'


def _decided(update: Update, config: Config) -> str:
    """What stands below the page: the titles an update has in the feeds, where its items go and why."""
    titles = "".join(_row(feed, title) for feed, title in feed_titles(update, config))
    items = "".join(
        _row(code, f"{item.front} · {certainty_name(item)}", item.reason, _short(item.text))
        for code, item in zip(references(update, config), update.items, strict=True)
    )
    return (
        f'<aside class="pv" aria-label="{update.key}"><details open>'
        f"<summary>{update.key}: its titles in the feeds; where its items go, and why</summary>"
        f"<table>{titles}</table><table>{items}</table></details></aside>\n"
    )


def feed_titles(update: Update, config: Config) -> Iterator[tuple[str, str]]:
    """Name of each feed that would carry the update, and the title its entry would have there."""
    entries = Entries(config)
    page = entries.page(update)
    if whole := entries.update(page, None):
        yield "Everything", whole.title
    for front in config.fronts:
        if report := entries.report(page, front.id, None):
            yield front.name, report.title


def _problem(problem: Problem) -> str:
    place = f"Line {problem.line}: " if problem.line else ""
    quote = f"<br><code>{escape(problem.quote)}</code>" if problem.quote else ""
    remedy = problem.remedy[:1].upper() + problem.remedy[1:]
    return f"<li>{place}{escape(problem.fact)}.{quote}<br>{escape(remedy)}.</li>"


def _short(text: str) -> str:
    return shortened(" ".join(text.split()), 140)


def _row(*cells: str) -> str:
    return f"<tr>{''.join(f'<td><bdi>{escape(cell)}</bdi></td>' for cell in cells)}</tr>"
