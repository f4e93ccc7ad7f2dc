"""Updates, reports, items and changes -> feed entries, finished but for their format.

An entry links to its own page, its front and the update before it; never to a newer one, so that an
entry that is out stays as it is. ``published`` and ``updated`` are the ledger's.
"""

from __future__ import annotations

import datetime as dt

from sitrep.base.changes import Change
from sitrep.base.languages.direction import direction
from sitrep.base.nouns import OWN_VIEW, Item, Update, WithdrawnItem
from sitrep.base.say import whole_second
from sitrep.config.values import Config
from sitrep.feeds import change_text, entry_text, entry_titles
from sitrep.feeds.entry_text import EntryPage
from sitrep.feeds.model import Entry
from sitrep.site import addresses as at
from sitrep.text import feed_text, summaries
from sitrep.text.interface_words import words_of


class Entries:
    """Makes the entries of one site. Remembers only what the config says."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._fronts = {front.id: feed_text.one_name(front.name) for front in config.fronts}
        self._rumors = frozenset(front.id for front in config.fronts if front.kind == "rumors")
        self._points = {place.name: place.at for front in config.fronts for place in front.places if place.at}
        self._author = feed_text.title(config.site.author) or feed_text.title(config.site.title) or "sitrep"

    # -- what is online -------------------------------------------------------------------------

    def page(self, update: Update) -> EntryPage:
        """An update, ready to make entries of."""
        return EntryPage(update, self._config, self._fronts, self._rumors)

    def update(self, page: EntryPage, older: str | None) -> Entry | None:
        """A whole update; None if the feed of everything leaves all its items out."""
        update, items = page.update, page.update.items
        if not self._config.feeds.opinion:
            items = tuple(item for item in items if not item.opinion)
            if update.items and not items:
                return None
        body = entry_text.whole_text(page, items)
        body += change_text.taken_back(page, update.withdrawn_items)
        body += page.closing(older, None)
        return self._entry(
            page,
            tail=(),
            title=entry_titles.update_title(page, items),
            body=body,
            items=items,
            updated=max(
                [
                    update.updated or _published(update),
                    *(stamp for item in items for stamp in entry_text.stamps_of(item)),
                ]
            ),
            summary=summaries.shortened(feed_text.one_line(summaries.deck(update)), feed_text.SUMMARY),
        )

    def report(self, page: EntryPage, front: str, older: str | None) -> Entry | None:
        """What an update says on one front; None if it says nothing."""
        items = tuple(item for item in page.update.items if item.front == front)
        gone = tuple(item for item in page.update.withdrawn_items if item.front == front)
        return self._part(page, front, items, gone, older) if items else None

    def opinion(self, page: EntryPage, older: str | None) -> Entry | None:
        """The authors' own view in an update; None if it holds none."""
        items = tuple(item for item in page.update.items if item.opinion)
        gone = tuple(item for item in page.update.withdrawn_items if item.opinion)
        return self._part(page, OWN_VIEW, items, gone, older) if items else None

    def _part(
        self,
        page: EntryPage,
        tail: str,
        items: tuple[Item, ...],
        gone: tuple[WithdrawnItem, ...],
        older: str | None,
    ) -> Entry:
        body = entry_text.bounded(page, (page.text(item).block for item in items))
        body += change_text.taken_back(page, gone)
        body += page.closing(older, items[0].front)
        published = _published(page.update)
        return self._entry(
            page,
            tail=(tail,),
            title=entry_titles.item_title(page, items[0], own_feed=True),
            link=page.item_address(items[0].number),
            body=body,
            items=items,
            updated=max(
                published,
                *(stamp for item in items for stamp in entry_text.stamps_of(item)),
                *(withdrawn_item.at for withdrawn_item in gone),
            ),
        )

    def items(self, page: EntryPage) -> tuple[Entry, ...]:
        """Every item of an update by itself, in the author's order."""
        return tuple(self._item(page, item) for item in page.update.items)

    def _item(self, page: EntryPage, item: Item) -> Entry:
        published = item.published or _published(page.update)
        return self._entry(
            page,
            tail=(item.number,),
            title=entry_titles.item_title(page, item),
            body=page.text(item).alone + page.closing(None, item.front, beside=False),
            items=(item,),
            published=published,
            updated=max([published, *entry_text.stamps_of(item)]),
            link=page.item_address(item.number),
            certainty=item.certainty.value,
            by=feed_text.clean(item.by) if item.by else None,
            origin=(item.origin or f"{page.update.key}/{item.number}",),
            lang=feed_text.language(summaries.language_of_item(item, self._config)),
        )

    # -- what was put right or taken back -------------------------------------------------------

    def change(self, change: Change) -> Entry:
        """A correction, withdrawal, return or outcome as news of its own.

        Its link leads to what was changed on the page of corrections: no other entry has that one.
        """
        page = self._bare_page(change.update, change.lang)
        moment = whole_second(change.at)
        return self._entry(
            page,
            tail=(),
            origin=(change.name,),
            title=feed_text.title(change_text.change_title(page, change)),
            body=entry_text.bounded(page, (change_text.change_text(page, change),))
            + page.closing(None, change.front, item=change.item, beside=False),
            published=moment,
            updated=change.updated or moment,
            link=at.absolute(self._config, at.change_link(f"{moment:%Y-%m}", change.name)),
            root=("changes",),
            fronts=(change.front,) if change.front else (),
        )

    def withdrawn(self, update: Update, front: str | None, number: int, since: dt.datetime) -> Entry:
        """What stays of an update, of its report on a front, or of an item: its id and that it is gone."""
        page = self.page(update)
        item = next(
            (withdrawn_item for withdrawn_item in update.withdrawn_items if withdrawn_item.number == number),
            None,
        )
        live = next((item for item in update.items if item.number == number), None)
        known = item or live
        front = front or (known.front if known else None)
        name = "" if front is None else self._fronts.get(front, "" if front == OWN_VIEW else front)
        published = (known and known.published) or _published(update)
        gone = item or _last_of(update, front) or update.withdrawn
        to = (update.withdrawn.to if update.withdrawn and not front else "") or (gone.to if gone else "")
        into = item.into if item else None
        left = () if number or update.withdrawn else update.left
        ended = next((report for report in left if (report.front, report.at) == (front, since)), None)
        kind, body = page.wording.withdrawn, change_text.withdrawn(page, since, gone.reason if gone else None)
        if ended:
            kind, body = page.wording.moved, f"<p>{change_text.now_on(page, ended.to)}</p>"
        elif to or into is not None:
            kind, body = page.wording.moved, f"<p>{change_text.now_elsewhere(page, to, into)}</p>"
        about = ", ".join(filter(None, (name, page.day)))
        return self._entry(
            page,
            tail=(front,) if front and not number else (),
            origin=((item and item.origin) or f"{update.key}/{number}",) if number else (),
            title=feed_text.title(f"{kind}: {about if front else page.dated}"),
            body=body + f"\n<p>{feed_text.link(page.address, page.dated)}</p>",
            link=page.item_address(number) if number else None,
            published=published,
            updated=since,
            fronts=(front,) if front in self._fronts else (),
            withdrawn=True,
        )

    def _bare_page(self, key: str, lang: str | None) -> EntryPage:
        update = Update(date=dt.date.fromisoformat(key[:10]), line=1, sections=(), key=key, lang=lang)
        return self.page(update)

    # -- what all of them have ------------------------------------------------------------------

    def _entry(
        self,
        page: EntryPage,
        *,
        tail: tuple[str | int, ...],
        title: str,
        body: str,
        updated: dt.datetime,
        items: tuple[Item, ...] = (),
        published: dt.datetime | None = None,
        summary: str = "",
        link: str | None = None,
        root: tuple[str, ...] = (),
        fronts: tuple[str, ...] | None = None,
        certainty: str | None = None,
        by: str | None = None,
        withdrawn: bool = False,
        origin: tuple[str | int, ...] = (),
        lang: str | None = None,
    ) -> Entry:
        first = whole_second(published or _published(page.update))
        if fronts is None:
            fronts = tuple(dict.fromkeys([item.front for item in items]))
        title = title or feed_text.title(page.dated)
        author = feed_text.title(page.update.author or "") or self._author
        return Entry(
            id=at.tag(self._config, *root, *(origin or (page.update.origin or page.update.key, *tail))),
            title=title,
            link=link or page.address,
            published=first,
            updated=max(first, whole_second(updated)),
            content=page.wrap(body),
            summary=summary or entry_text.digest(page, items) or title,
            lang=lang or page.lang,
            author=author,
            signed=author != self._author,
            summed_up=len(items) > 1,
            categories=tuple([(front, self._fronts.get(front, front)) for front in fronts]),
            points=self._points_of(items) if self._points else (),
            enclosures=tuple(
                {enclosure.url: enclosure for item in items for enclosure in page.enclosures(item)}.values()
            ),
            certainty=certainty,
            by=by,
            places=tuple(dict.fromkeys([feed_text.clean(place) for item in items for place in item.places])),
            withdrawn=withdrawn,
        )

    def ended(self, front: str, since: dt.datetime) -> Entry:
        """The last entry of a front's feed: that the front has ended, and where the site goes on."""
        lang = feed_text.language(self._config.site.language)
        title = feed_text.title(f"{front}: {words_of(self._config, lang).ended}")
        div = f'<div lang="{lang}" dir="{direction(lang)}">'
        home = feed_text.link(at.absolute(self._config, at.HOME), feed_text.title(self._config.site.title))
        return Entry(
            id=at.tag(self._config, front, "ended"),
            title=title,
            link=at.absolute(self._config, at.front_page(front)),
            published=since,
            updated=since,
            content=f"{div}<p>{feed_text.escaped(title)}. {home}</p></div>",
            summary=title,
            lang=lang,
            author=self._author,
            signed=False,
            summed_up=False,
        )

    def _points_of(self, items: tuple[Item, ...]) -> tuple[tuple[float, float], ...]:
        """Where it happens. Among other items a rumor puts nothing on a map."""
        if not any(item.places for item in items):
            return ()
        firm = [item for item in items if entry_text.is_firm(item)] or items
        places = dict.fromkeys(place for item in firm for place in item.places)
        return tuple(self._points[place] for place in places if place in self._points)


def _last_of(update: Update, front: str | None) -> WithdrawnItem | None:
    """What was taken back last of a front, or of the authors' own view."""
    gone = [
        withdrawn_item
        for withdrawn_item in update.withdrawn_items
        if front in (withdrawn_item.front, OWN_VIEW if withdrawn_item.opinion else None)
    ]
    return max(gone, key=lambda item: item.at, default=None)


def _published(update: Update) -> dt.datetime:
    noon = dt.datetime.combine(update.date, dt.time(12), dt.UTC)
    return update.published or noon
