"""The guides: each is one sheet, its commands work, its keys are keys, its texts are published."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sitrep.config.load import config_schema
from sitrep.reading.headers.header import KEYS
from sitrep.verbs.guides import GUIDES, printed, write_printed
from tests.other_machine import ROOT, environment
from tests.publishing import CONFIG, Studio
from tests.test_docs import PAGES, blocks

PROGRAM = os.environ.get("SITEGEN") or f'"{sys.executable}" "{ROOT}/sitegen.py"'
"""What is typed as ``sitegen.py``: SITEGEN names an installed one."""
SHEETS = ("writers", "editors", "operators", "delivery", "servers", "keeping", "newsrooms", "developers")
FOR_USERS = [page for page in PAGES if page.stem not in ("developers", "CONTRIBUTING")]
"""Pages that name keys; the others name modules."""
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
_SPAN = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
_OURS = re.compile(r"(?:\./)?sitegen(?:\.py)? ")
_RUN = re.compile(r"(?:\./)?sitegen(?:\.py)? |ssh-keygen |sha256sum ")
ENDLESS = re.compile(r"sitegen\.py (?:watch|run|serve)\b")
"""What serves or watches until it is told to end: other tests start it."""
_OLD = (
    '<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Old</title><item><title>Bread</title>'
    "<wp:post_date>2024-11-02 10:00:00</wp:post_date><wp:status>publish</wp:status>"
    "<wp:post_type>post</wp:post_type>"
    "<content:encoded><![CDATA[<p>The bakery of Elm opens.</p>]]></content:encoded></item></channel></rss>"
)
_ARTICLE = (
    "<html><head><title>A mill</title><meta name=date content=2024-11-30></head><body><article>"
    "<h1>A mill opens</h1>"
    + "<p>The mill of Alder opens again after years of work by its neighbours, who mended it.</p>" * 4
    + "</article></body></html>"
)
TEXTS = {
    "feeds/2024-12-06.txt": "Update 06-12-2024\n\n– Alder has water.\n– Birch has bread.\n– Elm is quiet.\n"
    "– Reportedly a bridge fell at Dogwood.\n",
    "feeds/2024-12-07.txt": "Update 07-12-2024\n\n– The road to Alder is open.\n– Elm has a market.\n",
    "note.txt": "Update 08-12-2024\n\n– The school of Birch opens again.\n",
    "article.html": _ARTICLE,
    "export.xml": _OLD,
    "../old-blog/2024-11-01-water.md": "---\ntitle: Water\ndate: 2024-11-01\n---\n\nBirch has water again.\n",
}
SHARED = (
    "git init -q --bare ../site.git", "git init -q -b main", "git add feeds config.yaml",
    "git -c user.name=desk -c user.email=desk@example.org commit -qm desk",
    "git remote add origin ../site.git", "git push -q -u origin main",
)  # fmt: skip
CONTACT = "  contact: desk@example.org\n  contact_until: 2099-12-31\nfronts:"
TARGETS = "deploy:\n  - {name: here, folder: ../public}\n  - {name: server, folder: ../server}\n"


def typed(page: Path) -> Iterator[str]:
    """Every line of a page that a person is to type at a terminal, as it stands there."""
    for block in blocks(page, ""):
        yield from (line.split("   #")[0] for line in block.splitlines() if _RUN.match(line))
    text = re.sub(r"^ *```.*?^ *```$", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)
    yield from (span for span in _SPAN.findall(text) if _OURS.search(span))


def guide_page(name: str) -> Path:
    return ROOT / "docs" / f"{name}.md"


@pytest.fixture
def desk(tmp_path: Path) -> Studio:
    """A published site with all that the guides' commands speak of, and the programs on the path."""
    config = CONFIG.replace("example.org,2024", "valley-notes.net,2024").replace("fronts:", CONTACT)
    studio = Studio(tmp_path / "site", config=config + TARGETS)
    for name, text in TEXTS.items():
        file = studio.root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    own = tmp_path / "bin"
    own.mkdir()
    for name, does in {
        "sitegen.py": f'exec {PROGRAM} "$@"',
        "sendmail": "cat > /dev/null",
    }.items():
        (own / name).write_text(f"#!/bin/sh\n{does}\n")
        (own / name).chmod(0o755)
    assert ran(studio, "sitegen.py build && " + " && ".join(SHARED)).returncode == 0
    return studio


def signed(studio: Studio) -> None:
    """Sign the site, and give a copy of it to somebody who knows whose key it is."""
    key = studio.root.parent / "desk-key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
    with studio.folders.config.open("a", encoding="utf-8") as config:
        config.write("trust: {signing_key: ../desk-key}\n")
    assert ran(studio, "sitegen.py build").returncode == 0
    shutil.copytree(studio.folders.output, studio.root / "copy")
    for folder in (studio.root, studio.root / "copy"):
        (folder / "signers").write_text(f"publisher {key.with_suffix('.pub').read_text()}", encoding="utf-8")


def ran(studio: Studio, line: str) -> subprocess.CompletedProcess[str]:
    """A line as a shell does it in the site's folder, or in the copy it checks; Enter to all it asks."""
    where = studio.root / "copy" if line.startswith(("ssh-keygen -Y", "sha256sum")) else studio.root
    own = f"{studio.root.parent / 'bin'}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["sh", "-c", line],
        cwd=where,
        env=environment(PATH=own, HOME=str(studio.root.parent)),
        input="Update 09-12-2024\n\n– Cedar Bridge is open.\n" if line.endswith("add -") else "\n\n",
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        start_new_session=True,
    )


@pytest.mark.slow
@pytest.mark.skipif(importlib.util.find_spec("trafilatura") is None, reason="trafilatura is not installed")
@pytest.mark.parametrize("name", [name for name in SHEETS if name not in ("servers", "developers")])
def test_a_guide_can_be_followed(desk: Studio, name: str) -> None:
    """Whoever types every command of a guide, in its order, is never told that one is wrong."""
    lines = [line for line in typed(guide_page(name)) if not ENDLESS.search(line)]
    assert len(lines) > 2
    if shutil.which("ssh-keygen") is None and any("ssh-keygen" in line for line in lines):
        pytest.skip("ssh-keygen is not installed")
    if name == "newsrooms":
        signed(desk)
    for line in lines:
        run = ran(desk, line)
        assert run.returncode == 0, f"{line}\n{run.stdout}{run.stderr}"


@pytest.mark.parametrize("page", FOR_USERS, ids=lambda page: page.name)
def test_every_key_in_a_sentence_is_one(page: Path) -> None:
    """What a page names as a key of config.yaml or of the lines above a text is one."""
    for span in _SPAN.findall(page.read_text(encoding="utf-8")):
        assert _is_no_key(span) or _is_key(span), span


def test_keys_are_looked_for() -> None:
    """The search for keys finds those that the guides are known to name, and knows a wrong one."""
    found = {span for name in SHEETS for span in _SPAN.findall(guide_page(name).read_text(encoding="utf-8"))}
    keys = {span for span in found if not _is_no_key(span)}
    assert {
        "site.title",
        "publish:",
        "draft: true",
        "formerly: [western]",
        "watch.settle",
        "feeds.hubs",
    } <= keys
    for wrong in ("site.tittle", "publsh:", "draught: true", "watch.settle_time", "watch: {receits: errors}"):
        assert not _is_no_key(wrong)
        assert not _is_key(wrong)


_SCHEMA = config_schema()
_DEFS = _SCHEMA["$defs"]
_TOP = _SCHEMA["properties"]
_LEAVES = {*_TOP, *KEYS, *(key for part in _DEFS.values() for key in part.get("properties", {}))}


def _is_no_key(span: str) -> bool:
    """True for what cannot be meant as a key: neither ``name: value`` nor a dotted name below a key."""
    dotted = re.fullmatch(r"([a-z]+)(?:\.[a-z_]+)+", span)
    if dotted:
        return dotted[1] not in _TOP or span.endswith(
            (".txt", ".xml", ".yaml", ".py", ".json", ".md", ".html")
        )
    return re.match(r"[a-z_.]+:(?: |$)", span) is None or span in ("tag:",)


def _is_key(span: str) -> bool:
    name, _, value = span.partition(":")
    inner = re.findall(r"[{,] *(\w+):", value)
    *_, leaf = name.split(".")
    return leaf in _LEAVES and all(key in _LEAVES for key in inner) and _reaches(name.split("."))


def _reaches(names: list[str]) -> bool:
    """True if a dotted name leads through the schema; a name alone may stand anywhere in it."""
    if len(names) == 1:
        return True
    text = str(_TOP[names[0]])
    classes = re.findall(r"#/\$defs/(\w+)", text)
    return any(names[1] in _DEFS[one].get("properties", {}) for one in classes)


@pytest.mark.slow
def test_the_texts_of_the_writers_guide_are_published(tmp_path: Path) -> None:
    """The examples of an update, of lines above it and of what became of a rumor go out as they stand."""
    update, claims, header, *_ = blocks(guide_page("writers"), "")
    studio = Studio(tmp_path)
    studio.drop("a.txt", update)
    studio.drop("b.txt", f"{header}\nUpdate 08-12-2024\n\n– Alder is quiet.\n")
    studio.drop(
        "c.txt", "Update 05-12-2024\n\n# Rumors\n\n– There is talk of a coup. [claim: coup-damascus]\n"
    )
    studio.publish()
    studio.drop("d.txt", f"Update 09-12-2024\n\n{claims}")
    outcome = studio.publish()
    assert "2024-12-09" in outcome.published
    pages = studio.tree()
    assert {"2024-12-07/index.html", "2024-12-08/index.html"} <= pages.keys()
    assert "The road is open again" in pages["2024-12-08/index.html"].decode()
    assert "The minister spoke live" in pages["rumors/index.html"].decode()


def test_guides_link_to_each_other(tmp_path: Path) -> None:
    """As pages to print the guides lead to each other, and to nothing that is not there."""
    list(write_printed(tmp_path))
    files = {file.name for file in tmp_path.iterdir()}
    assert files == {f"{name}.html" for name in GUIDES if name != "service"}
    for file in tmp_path.iterdir():
        text = file.read_text(encoding="utf-8")
        for target in re.findall(r'<a href="([^":]+)"', text):
            name, _, anchor = target.partition("#")
            assert name in files
            assert not anchor or f'id="{anchor}"' in (tmp_path / name).read_text(encoding="utf-8")


def test_no_guide_grows_beyond_its_sheet() -> None:
    """Where no browser prints it: a guide has at most as many letters as have been seen to fit."""
    assert [name for name in SHEETS if len(guide_page(name).read_text(encoding="utf-8")) > 4_420] == []


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")
def test_a_guide_is_one_sheet(tmp_path: Path) -> None:
    """Printed on A4 at 9.5 points each guide is one page, also in the wide letters of a bare machine."""
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()
        for name in SHEETS:
            page.set_content(printed(name))
            sheet = page.pdf(prefer_css_page_size=True)
            assert len(re.findall(rb"/Type\s*/Page\b", sheet)) == 1, name
            assert page.evaluate("document.body.scrollWidth <= document.body.clientWidth"), name
        browser.close()
