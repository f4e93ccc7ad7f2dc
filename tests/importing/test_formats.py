"""Web pages, WordPress exports, folders of other generators: what comes in, and what is named as left out."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest

from sitrep.base.errors import SiteError
from sitrep.importing.read import read
from sitrep.importing.report import tell
from sitrep.importing.values import Details, ImportFindings
from sitrep.importing.write import write
from sitrep.verbs.import_texts import found_in
from tests.importing.test_article import CONFIG, DAY

needs_html = pytest.mark.skipif(
    not all(importlib.util.find_spec(name) for name in ("trafilatura", "markdownify")),
    reason="trafilatura or markdownify is not installed",
)

PAGE = """\
<!DOCTYPE html>
<html lang="en"><head><title>The old town | Valley Post</title>
<meta name="author" content="Valley desk"><meta property="og:site_name" content="Valley Post">
<meta property="article:published_time" content="2017-10-17T09:00:00Z">
<link rel="canonical" href="https://valley.example/old-town">
<link rel="license" href="https://creativecommons.org/licenses/by/4.0/"></head>
<body><nav><a href="/">Home</a> <a href="/menu">Select Page</a></nav>
<article><h1>Fighting reaches the old town</h1>
<p>People who live there speak of shots from two sides that went on all through the night.</p>
<p>The <a href="https://bridge.example/">bridge</a> is closed, officials said, nobody knows for how long.</p>
<ul><li>The hospital still takes patients, according to a doctor there.</li>
<li>The mill has flour for a week, its owner said on Monday.</li></ul>
<script>alert("no")</script></article>
<footer>Share on Facebook. All rights reserved.</footer></body></html>
"""


def found(path: Path, **details: object) -> ImportFindings:
    return read(path, Details(**details), CONFIG)  # type: ignore[arg-type]


def report(result: ImportFindings) -> str:
    return "\n".join(tell(result, ""))


@needs_html
def test_a_saved_page_becomes_a_drop(tmp_path: Path) -> None:
    """Title, author, date, words, links, source and licence of a page stay; menu, footer and script go."""
    page = tmp_path / "saved.html"
    page.write_text(PAGE, encoding="utf-8")
    (drop,) = found(page).drops
    assert drop.text.startswith(
        "---\ntitle: Fighting reaches the old town\ndate: 2017-10-17\nauthor: Valley desk\n"
    )
    assert "[bridge](https://bridge.example/)" in drop.text
    assert "- The hospital still takes patients" in drop.text
    assert drop.text.endswith(
        "First published by Valley Post https://valley.example/old-town"
        " (licence: https://creativecommons.org/licenses/by/4.0/)\n"
    )
    assert not any(word in drop.text for word in ("Select Page", "Share on", "alert", "All rights"))
    assert drop.items == 4


WHO = {"from": "Ann Fowler", "from_id": "user77", "type": "message"}
SAID = ["The road to ", {"type": "bold", "text": "Birch"}, " is open.\n", {"type": "mention", "text": "@ann"}]
TELEGRAM = {"name": "Desk", "type": "public_channel", "id": 1, "messages": [
    {"type": "service", "date": "2024-05-18T08:00:00", "actor": "Ann Fowler", "action": "pin"},
    {**WHO, "date": "2024-05-18T09:00:00", "text": SAID},
    {**WHO, "date": "2024-05-18T10:00:00", "photo": "p.jpg", "text": ""},
    {**WHO, "date": "2024-05-19T10:00:00", "text": "Elm has power."},
]}  # fmt: skip


def test_a_chat_of_telegram_comes_in_without_its_senders(tmp_path: Path) -> None:
    """A day is an update, a message an item; names, pictures and what the program says are not taken over."""
    path = tmp_path / "result.json"
    path.write_text(json.dumps(TELEGRAM))
    [drop] = read(path, Details(), CONFIG).drops
    assert drop.text == (
        "Update 2024-05-18\n\n– 09:00 – The road to Birch is open.\n\n"
        "Update 2024-05-19\n\n– 10:00 – Elm has power.\n"
    )
    for other in (b'{"messages": [{"type": "message"}]}', b'{"chats": {}}', b"{"):
        path.write_bytes(other)
        found = read(path, Details(date=DAY), CONFIG)
        assert not found.drops
        assert "machine-readable JSON" in found.left_out[0].remedy


CHAT_PAGE = """<!DOCTYPE html><html><body><div class="page_wrap"><div class="history">
<div class="message service" id="message-1"><div class="body details">18 May 2024</div></div>
<div class="message default clearfix" id="message7">
<div class="pull_left userpic_wrap"><div class="initials">AB</div></div><div class="body">
<div class="pull_right date details" title="18.05.2024 09:00:31 UTC+03:00">09:00</div>
<div class="from_name">Anna Berg </div><div class="reply_to details">In reply to <a href="#go">this</a></div>
<div class="text"><strong>The road</strong> to Birch<br>is open, says
<a href="" onclick="return ShowMentionName()">Carla</a>
<a href="https://t.example/dora">@dora</a> <a href="tel:+49301234567">+49301234567</a></div>
<div class="signature details">Anna Berg</div></div></div>
<div class="message default clearfix joined" id="message8"><div class="body">
<div class="pull_right date details" title="19.05.2024 10:00:00">10:00</div>
<div class="forwarded body"><div class="from_name">Erik
<span class="date details" title="01.05.2024 08:00:00">1 May</span></div>
<div class="text">Elm has power.</div></div>
<div class="media_wrap clearfix"><div class="title bold">Photo</div></div></div></div>
</div></div></body></html>"""


def test_a_page_of_a_chat_comes_in_without_its_senders(tmp_path: Path) -> None:
    """What Telegram exports for looking at is read like its JSON: no names of people."""
    path = tmp_path / "messages.html"
    path.write_text(CHAT_PAGE)
    [drop] = read(path, Details(), CONFIG).drops
    assert drop.text == (
        "Update 2024-05-18\n\n– 09:00 – The road to Birch\n  is open, says\n\n"
        "Update 2024-05-19\n\n– 10:00 – Elm has power.\n"
    )
    path.write_text(CHAT_PAGE.replace('class="text"', 'class="words"'))
    assert not read(path, Details(), CONFIG).drops


@needs_html
def test_a_day_that_a_page_speaks_of_is_not_its_date(tmp_path: Path) -> None:
    """A date is asked for where the page gives none as its own: a title or a text may name any day."""
    text = "The talks of 12 March 2019 failed, and two years later the mill at Elm burned down."
    html = f"<html><head><title>Story 1995</title></head><body><article><p>{text}</p></article></body></html>"
    (tmp_path / "page.html").write_text(html, encoding="utf-8")
    (left,) = read(tmp_path / "page.html", Details(), CONFIG).left_out
    assert left.reason == "no date found"


@needs_html
def test_a_page_without_an_article_is_left_out(tmp_path: Path) -> None:
    """A page that is all menu is named, with what to do instead, and nothing is made of it."""
    page = tmp_path / "menu.html"
    for rest in ("", "<a href=/a>About us</a></nav><footer>All rights reserved. Donate."):
        page.write_text(f"<!doctype html><html><body><nav><a href=/>Home</a>{rest}</body></html>")
        result = found(page)
        assert result.drops == ()
        assert result.left_out[0].reason


# -- WordPress -------------------------------------------------------------------------------------------


def _item(title: str, body: str, **fields: str) -> str:
    fields = {"post_date": "2019-03-04 18:30:00", "status": "publish", "post_type": "post", **fields}
    rest = "".join(f"<wp:{name}>{value}</wp:{name}>" for name, value in fields.items())
    return (
        f"<item><title>{title}</title><dc:creator>ed</dc:creator>"
        f"<content:encoded><![CDATA[{body}]]></content:encoded>{rest}</item>"
    )


def _export(tmp_path: Path, *items: str) -> Path:
    file = tmp_path / "blog.xml"
    file.write_text(
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"><channel>'
        "<wp:author><wp:author_login>ed</wp:author_login>"
        "<wp:author_display_name>Valley desk</wp:author_display_name></wp:author>"
        f"{''.join(items)}</channel></rss>",
        encoding="utf-8",
    )
    return file


BODY = "<!-- wp:p --><p>The <b>road</b> to Alder is open again.</p><ul><li>Flour came to the mill.</li></ul>"


@needs_html
def test_an_export_comes_in(tmp_path: Path) -> None:
    """A post keeps title, author, day and hour; old posts without <p> keep their paragraphs."""
    result = found(_export(tmp_path, _item("Roads", BODY), _item("Old", "One line here.\n\nAnother line.")))
    first, second = result.drops
    assert first.text == (
        "---\ntitle: Roads\ndate: 2019-03-04 18:30\nauthor: Valley desk\n---\n\n"
        "The **road** to Alder is open again.\n\n- Flour came to the mill.\n"
    )
    assert "One line here.\n\nAnother line." in second.text
    assert [drop.name for drop in result.drops] == ["2019-03-04-roads.txt", "2019-03-04-old.txt"]


@needs_html
def test_what_must_not_come_out_does_not(tmp_path: Path) -> None:
    """Private posts and those with a password stay outside; drafts become drafts, scheduled posts wait."""
    result = found(
        _export(
            tmp_path,
            _item("Private", BODY, status="private"),
            _item("Locked", BODY, post_password="x"),
            _item("Gone", BODY, status="trash"),
            _item("About", BODY, post_type="page"),
            _item("Mills", BODY, status="draft"),
            _item("Later", BODY, status="future", post_date="2031-01-01 08:00:00"),
        )
    )
    draft, later = result.drops
    assert draft.draft
    assert draft.name.startswith("drafts/")
    assert "draft: true" in draft.text
    assert "publish: 2031-01-01 08:00" in later.text
    assert [one.reason for one in result.left_out] == [
        "its status is private", "it is protected by a password", "its status is trash",
        "it is no post but of the kind page",
    ]  # fmt: skip


@needs_html
def test_short_codes_are_taken_out_and_counted(tmp_path: Path) -> None:
    """A short code shows readers nothing; it goes, its caption stays, and the report counts it."""
    body = f'{BODY}[gallery ids="1,2"]<p>[caption id="a"]The mill at dawn.[/caption]</p>'
    result = found(_export(tmp_path, _item("Pictures", body)))
    assert "gallery" not in result.drops[0].text
    assert "The mill at dawn." in result.drops[0].text
    assert "1  short code gallery   first in blog.xml: Pictures" in report(result)


@pytest.mark.parametrize("cut", ["<!DOCTYPE rss [<!ENTITY a 'b'>]>", "<broken"])
def test_a_broken_export_is_refused_whole(tmp_path: Path, cut: str) -> None:
    """An export that ends in the middle, or declares entities, is refused with a remedy."""
    file = _export(tmp_path)
    text = file.read_text()
    file.write_text(text.replace("<rss", f"{cut}<rss", 1) if "DOCTYPE" in cut else text[:-40] + cut)
    with pytest.raises(SiteError, match="export it again"):
        found(file)


# -- folders of other generators ----------------------------------------------------------------------------

FRONT = "---\ntitle: Roads\nlayout: post\ntags: [a]\n---\n\n- The road to Alder is open again.\n"


CSTATE = """---
title: Power cut
date: 2019-03-04 09:00:00
resolved: true
resolvedWhen: 2019-03-05 12:00:00
severity: down
affected:
  - Alder
section: issue
---
*Resolved* - Power is back in Alder. {{< track "2019-03-05 12:00:00" >}}
"""
ZOLA = """+++
title = "Day four"
date = 2019-03-04
updated = 2019-03-09
[taxonomies]
tags = ["water"]
+++
<!-- more -->
{{ youtube(id="abc") }}
{% note(kind="warn") %}
Water is back, see [yesterday](@/blog/day.md).
{% end %}
"""


def _folder(tmp_path: Path, files: dict[str, str]) -> Path:
    for place, text in files.items():
        file = tmp_path / "old" / place
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return tmp_path / "old"


@pytest.mark.parametrize(
    ("name", "files"),
    [
        ("Jekyll", {"_config.yml": "", "_posts/2019-03-04-roads.md": FRONT}),
        ("Jekyll", {"_config.yml": "", "news/_posts/2019-03-04-a.markdown": FRONT}),
        ("Hugo", {"hugo.toml": "", "content/a.md": "+++\ndate = 2019-03-04T10:00:00Z\n+++\n- Tea came.\n"}),
        ("Hugo", {"hugo.toml": "", "content/posts/2019-03-04-roads/index.md": FRONT}),
        ("Hugo", {"hugo.toml": "", "content/a.md": '{"date": "2019-03-04"}\n\n- Flour came.\n'}),
        ("Pelican", {"pelicanconf.py": "", "content/a.md": "Title: Tea\nDate: 2019-03-04\n\n- Tea came.\n"}),
        ("Eleventy", {".eleventy.js": "", "posts/a.md": "---\ndate: 2019-03-04\n---\n- Flour came.\n"}),
        ("cState", {"config.yml": "", "content/issues/power.md": CSTATE}),
        ("Zola", {"config.toml": "", "content/_index.md": "+++\na = 1\n+++\n", "content/a/index.md": ZOLA}),
        ("", {"2019-03-04.rst": "Roads\n=====\n\nThe `road <https://example.org/>`_ is open.\n"}),
        ("", {"a.org": "#+TITLE: Roads\n#+DATE: 2019-03-04\n* West\n- The road is open.\n"}),
        ("", {"x/2019-03-04.txt": "- Flour came.\n"}),
    ],
)  # fmt: skip
def test_a_folder_comes_in(tmp_path: Path, name: str, files: dict[str, str]) -> None:
    """Each generator's dated texts are found where it keeps them, by its own kind of front matter."""
    result = found(_folder(tmp_path, files))
    assert result.kind == (f"{name} folder" if name else "folder")
    assert [str(day) for drop in result.drops for day in drop.dates] == ["2019-03-04"]


def test_what_was_not_understood_is_reported(tmp_path: Path) -> None:
    """Templates, other markup, undated texts and constructs are each named with how many and where first."""
    result = found(
        _folder(
            tmp_path,
            {
                "_config.yml": "",
                "_posts/2019-03-04-roads.md": FRONT
                + "\n{% include map.html %} {{ site.url }} {{< figure x >}}\n",
                "_drafts/soon.md": "---\ntitle: Soon\n---\n\n- Nothing yet.\n",
                "_posts/2019-03-05-secret.md": FRONT.replace("layout: post", "published: false"),
                "about.md": "# About\n\nWho we are, in a few words.\n",
                "notes.njk": "Notes\n=====\n",
                "_site/2019-03-04-roads.html": "<html>",
                "_layouts/post.html": "<html>",
            },
        )
    )
    told = report(result)
    assert "would import 1 text, 2 drafts of a Jekyll folder" in told
    odd = ("Liquid tag include", "template expression site.url", "Hugo short code figure")
    assert all(line in told for line in (*odd, "no date found", "a template (Nunjucks)"))
    (roads,) = [drop for drop in result.drops if not drop.draft]
    assert "{" not in roads.text
    assert [out.origin for out in result.left_out] == ["_config.yml", "about.md", "notes.njk"]


def test_five_hundred_unknown_files_are_a_short_report(tmp_path: Path) -> None:
    """However many files are left out, the report groups them by reason."""
    result = found(_folder(tmp_path, {f"{n % 7}/{n}.md": f"some words {n}\n" for n in range(500)}))
    told = report(result)
    assert "500  no date found" in told
    assert len(told.splitlines()) < 10


# -- writing -----------------------------------------------------------------------------------------


def test_files_that_are_no_texts_are_named_by_their_endings(tmp_path: Path) -> None:
    """A folder in which nothing can be read says so, instead of nothing at all."""
    for number in range(30):
        (tmp_path / f"f{number}.{'dat' if number % 3 else 'bin'}").write_bytes(bytes(range(50)))
    found = read(tmp_path, Details(), CONFIG)
    told = "\n".join(tell(found, ""))
    assert not found.drops
    assert "left out: 30" in told
    assert "20  it is no text (.dat)" in told


def test_all_is_written_or_nothing(tmp_path: Path) -> None:
    """Several texts appear together in a folder of their own; where that is there, nothing is written."""
    folder = _folder(tmp_path, {f"2019-03-0{n}.md": f"- Flour came, day {n}.\n" for n in range(1, 6)})
    result, feeds = found(folder), tmp_path / "feeds"
    written = write(result.drops, feeds, "imported-old")
    assert len(written) == 5
    assert {path.parent for path in written} == {feeds / "imported-old"}
    before = sorted(path.name for path in feeds.rglob("*"))
    with pytest.raises(SiteError, match="there already"):
        write(result.drops, feeds, "imported-old")
    assert sorted(path.name for path in feeds.rglob("*")) == before


def test_no_link_is_written_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even of a name that was guessed: whoever shares the drop folder has no file written elsewhere."""
    folder = _folder(tmp_path, {f"2019-03-0{n}.md": f"- Flour came, day {n}.\n" for n in range(1, 3)})
    result, feeds, victim = found(folder), tmp_path / "feeds", tmp_path / "victim"
    feeds.mkdir()
    victim.mkdir()
    monkeypatch.setattr("secrets.token_hex", lambda *_: "known")
    (feeds / ".importing-known").symlink_to(victim)
    with pytest.raises(SiteError, match="nothing was imported"):
        write(result.drops, feeds, "imported-old")
    assert not [*victim.iterdir()]


def test_a_person_is_asked_for_the_date(tmp_path: Path) -> None:
    """At a terminal a text without a date is asked about until the answer is a date, or empty."""
    file = tmp_path / "page.txt"
    file.write_text("The road to Alder is open again, people there say.\n")
    answers = iter(["yesterday", "2019-03-04"])
    asked = found_in(file, Details(), CONFIG, lambda _: next(answers))
    assert [str(day) for drop in asked.drops for day in drop.dates] == ["2019-03-04"]
    assert found_in(file, Details(), CONFIG, lambda _: "").drops == ()
    assert found_in(file, Details(date=DAY), CONFIG, None).drops[0].dates == (DAY,)
