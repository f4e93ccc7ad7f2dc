"""A language code -> the words of the pages themselves: names of links, captions, labels, counts.

English stands here; another language is a file of ``interface/`` that may leave anything out. One with
``_review`` has not been read over yet by somebody who speaks it. What an author wrote is never translated.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from sitrep.base.languages import plural_category

_FOLDER = Path(__file__).with_name("interface")


class Wording:
    """The words of one language. ``{}`` stands for what is filled in; counts are one, two, few, many.

    Never changed once made. No dataclass: with so many fields that would cost 5 ms of every start.
    """

    lang: str = "en"
    # labels of certainty: real text, so that a copied rumor keeps its warning
    reported: str = "Reported"
    statement: str = "Statement: {}"
    statement_plain: str = "Statement"
    rumor: str = "Rumor, not confirmed"
    unconfirmed: str = "Unconfirmed: {}"
    opinion: str = "Our view"
    opinion_caption: str = "Our view, not a report"
    # furniture
    skip: str = "Skip to the text"
    site_nav: str = "Site"
    latest: str = "Latest"
    map: str = "Map"
    archive: str = "Archive"
    follow: str = "Follow"
    search: str = "Search"
    rumors: str = "Rumors"
    corrections: str = "Corrections"
    about: str = "About and how we check"
    all_feeds: str = "All feeds (OPML)"
    onion: str = "Onion address"
    license: str = "Licence"
    promise: str = (
        "No trackers, no cookies, no fonts or pictures loaded from elsewhere;"
        " everything works without JavaScript."
    )
    this_page: str = "Link to this page"
    plain_text: str = "Plain text"
    banner: str = "There is something new. Show"
    # an update
    update: str = "Update"
    update_of: str = "Update of {}"
    update_numbered: str = "Update {} of {}"
    published: str = "Published {}"
    corrected: str = "corrected {}"
    what_changed: str = "what changed"
    how_we_check: str = "How we check"
    key_points: str = "Key points"
    in_this_update: str = "In this update"
    items: tuple[str, ...] = ("{} item", "{} items")
    minutes: tuple[str, ...] = ("{} min", "{} min")
    not_confirmed: str = "not confirmed"
    earlier: str = "Earlier: {}"
    later: str = "Later: {}"
    newer: str = "There is a newer update: {}."
    other_updates: str = "Other updates"
    fixes: str = "Corrections to this update"
    corrected_on: str = "Corrected {}."
    first_said: str = "first said:"
    now_says: str = "now says:"
    withdrawn_on: str = "Withdrawn on {}"
    withdrawn_why: str = "Why: {}"
    withdrawn_note: str = "The authors have taken this back. Its text is no longer shown here."
    withdrawn_part: str = "A part of this update was withdrawn on {}."
    all_corrections: str = "All corrections"
    aside: str = "Around this update"
    fronts: str = "Fronts"
    # home
    read_whole: str = "Read the whole update"
    all_days: str = "{}, all days"
    more_items: tuple[str, ...] = ("One more, and all days", "{} more, and all days")
    rumors_panel: str = "Rumors, not confirmed"
    rumors_note: str = "Kept apart from the fronts until someone stands behind them."
    heard_on: str = "Heard on {}"
    first_heard: str = "First heard"
    all_rumors: str = "All rumors"
    earlier_updates: str = "Earlier updates"
    all_updates: str = "All days, and a search"
    follow_free: str = "Follow without an account"
    everything: str = "Everything"
    how_to_subscribe: str = "How to subscribe"
    copy_address: str = "copy an address into any feed reader."
    key_title: str = "How to read the marks"
    key_said: tuple[str, str] = ("Said plainly.", "We consider it established.")
    key_reported: tuple[str, str] = ("Reported.", "The writers hedge: said to be, seems, not known.")
    key_statement: tuple[str, str] = ("Statement.", "One side says so; we pass it on as theirs.")
    key_rumor: tuple[str, str] = ("Rumor.", "Relevant, but nobody has confirmed it.")
    empty_title: str = "Nothing published yet"
    empty_how: str = (
        "Write an update as plain text, with its date on the first line, and save it in the folder"
        " feeds. This page and the feeds follow by themselves."
    )
    # fronts and lists
    front: str = "Front"
    theme: str = "Theme"
    all_fronts: str = "All fronts"
    newest: str = "newest {}"
    no_news_since: str = "no news since {}"
    counted_lately: str = "Last 30 days: {} on {}"
    on_days: tuple[str, ...] = ("{} day", "{} days")
    day_by_day: str = "Day by day"
    to_top: str = "To the top"
    whole_update: str = "Whole update"
    only_plain: str = "Only what is said plainly"
    front_month: str = "{}: {}"
    months: str = "Months"
    older_month: str = "Older: {}"
    newer_month: str = "Newer: {}"
    newest_here: str = "{}, newest"
    nothing_yet: str = "Nothing here yet."
    shortened: str = "Shortened to first sentences; each leads to the whole item."
    board: str = "Board"
    board_deck: str = (
        "Rumors are written down because they shape what people do, and because some come true."
        " They stay here, marked, until someone stands behind them or they fall apart."
    )
    board_rules: str = "House rules for rumors"
    board_rule: tuple[str, ...] = (
        "A rumor never appears among the key points without the word “unconfirmed”.",
        "It is not put on the map as an event, only as a dashed ring.",
        "It always carries its label, here, in feeds and in plain text.",
        "When it ends, the old page says so at the top of the item.",
        "Nothing is deleted from this board.",
    )
    board_title: str = "{}, and how each one ended"
    board_open: str = "Open"
    board_confirmed: str = "Later confirmed"
    board_ended: str = "Refuted, or not borne out"
    board_count_open: tuple[str, ...] = ("{} open", "{} open")
    board_count_settled: tuple[str, ...] = ("{} settled", "{} settled")
    open_days: tuple[str, ...] = ("Open for {} day", "Open for {} days")
    again_days: tuple[str, ...] = ("Heard again, open for {} day", "Heard again, open for {} days")
    after_days: tuple[str, ...] = ("after {} day", "after {} days")
    claim: str = "Rumor"
    claim_steps: tuple[str, ...] = ("{} report", "{} reports")
    claim_between: tuple[str, ...] = ("{} report in between", "{} reports in between")
    claim_history: str = "What was said of it, day by day"
    claim_here: str = "History of this rumor"
    claim_gone: str = "A rumor that was taken back"
    claim_into: str = "It is followed under another name now:"
    claim_key: str = "Its name, for citing: {}"
    archive_deck: str = "Every update, by year and month."
    archive_latest: str = "The newest updates"
    updates: tuple[str, ...] = ("{} update", "{} updates")
    year: str = "Year"
    month: str = "Month"
    # follow
    feed_what: str = (
        "A feed is a list of what is new that your own program fetches. Nobody learns that you read"
        " it but our web server, there is no account, and you can stop at any time."
    )
    feed_how: str = (
        "Install a feed reader, choose “add feed” and paste one of the addresses below."
        " Atom, RSS and JSON hold the same; if you have no reason to choose, take Atom."
    )
    feed_all_list: str = "One file with all of them, for “import OPML”:"
    feed_api: str = "For programs, every item as JSON, with its front, certainty and places:"
    feed_keep: str = "Keep a copy"
    feed_keep_how: str = (
        "Every page is complete in itself: save it, mail it or carry it on a stick."
        " Each update also has a plain-text twin."
    )
    feed_onion: str = "Over Tor"
    # about
    about_title: str = "About, and how we check"
    about_reader: str = "What this site knows about you"
    about_reader_text: str = (
        "The pages set no cookies, store nothing on your device and load nothing from elsewhere."
        " What the web server writes down is up to whoever runs it."
    )
    contact: str = "Contact"
    # what became of a rumor
    state_open: str = "Open"
    state_again: str = "Heard again"
    state_confirmed: str = "Confirmed"
    state_refuted: str = "Refuted"
    state_not_borne_out: str = "Not borne out"
    state_superseded: str = "Superseded"
    state_withdrawn: str = "Withdrawn"
    first_told: str = "first told {}"
    # feeds
    feed_this: str = "This page is a feed."
    feed_copy: str = "Copy its address into a feed reader and new updates come to you, without an account."
    feed_on_site: str = "Read on the site"
    feed_elsewhere: str = (
        "This page is a feed. Copy its address into a feed reader. For the texts themselves open feed.xml"
        " beside it, or the site."
    )
    feed_items: str = "Every item by itself"
    feed_changes: str = "Corrections and outcomes"
    feed_opinion: str = "Opinion"
    picture: str = "Picture"
    kilobytes: str = "{} KB"
    moved: str = "Moved"
    now_under: str = "Now under {}."
    now_part_of: str = "Now part of {}."
    # translations
    untranslated: str = "Not translated yet"
    outdated: str = "The original was changed on {}; this translates its earlier wording."
    other_languages: str = "In other languages"
    newer_original: str = "Newer, and not translated yet: {}"
    original: str = "The original"
    # what is new since
    since: str = "New since your last visit"
    since_deck: str = "The last 14 days: what came out, was put right, taken back or settled."
    since_new: str = "New update"
    # corrections, search, not found
    corrections_deck: str = "What was put right or taken back after it had been published, newest first."
    corrections_none: str = "Nothing has been corrected so far."
    withdrawn: str = "Withdrawn"
    published_again: str = "Published again"
    again_on: str = "Published again on {}"
    correction: str = "Correction"
    outcome: str = "Outcome"
    search_title: str = "Search"
    search_none: str = "Without a script there is no search here. The archive lists every update by month."
    search_field: str = "Words to look for"
    search_go: str = "Search"
    search_more: str = "Look further back"
    search_nothing: str = "Nothing found."
    not_found: str = "There is no such page"
    not_found_why: str = "The address may be mistyped, or what stood here was never published."
    # map
    map_title: str = "Places named: {}"
    map_caption: str = (
        "Places named on {}, each with the sign of its front; a dotted ring means rumor only."
        " The map does not show who holds what."
    )

    def __init__(self, **own: Any) -> None:
        """English, but for the words given."""
        self.__dict__.update(own)

    def __setattr__(self, name: str, said: object) -> None:
        """Raises AttributeError: everyone shares these words."""
        raise AttributeError(f"{name} cannot be changed")

    def count(self, forms: tuple[str, ...] | Mapping[str, str], n: int) -> str:
        """The form for ``n`` things, filled in.

        Two forms are one, many; four are one, two, few, many; by name they are those of CLDR's plural rules.
        """
        if isinstance(forms, Mapping):
            form = forms.get(plural_category(n, self.lang), forms["other"])
        elif len(forms) == 4:
            form = forms[0] if n == 1 else forms[1] if n == 2 else forms[2 if 3 <= n % 100 <= 10 else 3]
        else:
            form = forms[0] if n == 1 else forms[-1]
        return form.format(n)


ENGLISH = Wording()


@cache
def wording(lang: str) -> Wording:
    """The words of a language, or of the language without its region, or English."""
    for code in (lang.lower(), lang.lower().partition("-")[0]):
        if code == "en":
            return ENGLISH
        if code.replace("-", "").isalnum() and (_FOLDER / f"{code}.json").is_file():
            return _from_json((_FOLDER / f"{code}.json").read_text(encoding="utf-8"), code)
    return ENGLISH


def _from_json(text: str, lang: str) -> Wording:
    own = {
        name: tuple(said) if isinstance(said, list) else said
        for name, said in json.loads(text).items()
        if name in Wording.__annotations__
    }
    return Wording(**own, lang=lang)
