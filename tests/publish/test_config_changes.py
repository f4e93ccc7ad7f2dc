"""Changes around the texts: configuration, fronts and templates."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sitrep.feeds.documents import FeedDocuments
from tests.inspecting import site_in
from tests.publish.samples import BRIDGE, CONVOY, DAYS, SCHOOL, seen, six_days, update
from tests.publishing import CONFIG, Studio

pytestmark = pytest.mark.usefixtures("whole")


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    """A site with six updates, published."""
    return six_days(tmp_path / "site")


def test_a_new_address_moves_every_absolute_link(studio: Studio) -> None:
    """base_url changed: feeds and machine files name the new address, ids and stamps stay."""
    before = seen(studio)
    studio.configure("https://example.org/", "https://mirror.example.net/notes/")
    studio.publish()
    after = site_in(studio.folders.output, "https://mirror.example.net/notes/")
    assert not after.holding("https://example.org/")
    stamps = ("id", "date_published", "date_modified")
    for one, other in zip(before.items("items/feed.json"), after.items("items/feed.json"), strict=True):
        assert [one[name] for name in stamps] == [other[name] for name in stamps]


def test_a_changed_front_sorts_again(studio: Studio) -> None:
    """A place moved to another front, and a renamed front, show everywhere; no id or stamp moves."""
    before = seen(studio).items("items/feed.json")
    studio.configure("places: [Alder, Birch,", "headings: [Other front]\n    places: [Birch,")
    studio.folders.config.write_text(
        studio.folders.config.read_text().replace("name: Northern front", "name: Upper valley"),
        encoding="utf-8",
    )
    outcome = studio.publish()
    assert outcome.exit_code == 0
    after = seen(studio).items("items/feed.json")
    assert [(i["id"], i["date_published"]) for i in before] == [(i["id"], i["date_published"]) for i in after]
    assert "Upper valley" in seen(studio).pages["north/index.html"]


def test_a_front_that_is_given_up_leaves_its_addresses_behind(studio: Studio) -> None:
    """The page of a front that is given up says so and leads home, its items stand elsewhere."""
    studio.drop("south.txt", update("2025-06-01", SCHOOL, heading="Southern front"))
    studio.publish()
    start, end = CONFIG.index("  - id: south"), CONFIG.index("  - {id: rumors")
    studio.configure(CONFIG[start:], CONFIG[end:] + "ended: [south]\n")
    studio.publish()
    left = {place for place in studio.tree() if place.startswith("south/")}
    names = ("2025-06/index.html", "index.html", "feed.xml", "rss.xml", "feed.json")
    assert left == {f"south/{name}" for name in names}
    assert SCHOOL.encode() not in studio.tree()["south/feed.json"]
    stub = studio.tree()["south/index.html"].decode()
    assert "south: Ended. <a href=" in stub
    assert "Moved" not in stub
    assert "refresh" not in stub
    assert seen(studio).ids("items/feed.json")[0] == "2025-06-01/1"


def test_a_changed_configuration_rebuilds_once(studio: Studio) -> None:
    """The change is told and acted on once; the next publish writes nothing."""
    studio.configure("Notes from the valley", "Voices from the valley")
    outcome = studio.publish()
    assert any("configuration" in note for note in outcome.notes)
    assert outcome.written
    again = studio.publish()
    assert (again.written, again.notes) == (0, ())


def retouch(studio: Studio) -> None:
    """Give the site a template of its own."""
    studio.folders.templates.mkdir()
    theme = Path(__file__).parents[2] / "templates" / "update.html"
    (studio.folders.templates / "update.html").write_text(
        theme.read_text(encoding="utf-8").replace("</article>", "<p>Our own line.</p></article>"),
        encoding="utf-8",
    )


def test_a_change_of_the_theme_makes_no_feed_again(
    studio: Studio, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What no template bears on is not even made; with a text that came meanwhile, it is."""
    studio.publish()  # which looks at every file, if the site was copied here
    retouch(studio)
    made: list[object] = []
    current = FeedDocuments.current
    monkeypatch.setattr(FeedDocuments, "current", lambda *asked: made.append(asked) or current(*asked))
    studio.publish()
    assert not made
    shutil.rmtree(studio.folders.templates)
    studio.drop("2025-06-01.txt", update("2025-06-01", SCHOOL))
    studio.publish()
    assert made
    clone = studio.clone(tmp_path / "again")
    clone.publish()
    assert clone.tree() == studio.tree()


def test_an_own_template_is_used_and_given_up_again(studio: Studio) -> None:
    """A page of the theme can be replaced in templates/; without it the old bytes come back."""
    before = studio.tree()
    retouch(studio)
    outcome = studio.publish()
    assert any("template" in note for note in outcome.notes)
    assert len(seen(studio).holding("Our own line.")) == len(DAYS)
    shutil.rmtree(studio.folders.templates)
    studio.publish()
    assert studio.tree() == before


def test_an_item_withdrawn_from_a_front_that_is_no_more(studio: Studio) -> None:
    """What was taken back on a front that was then removed does not trouble later edits."""
    text = "Update 01-06-2025\n\n# Northern front\n\n– " + BRIDGE + "\n\n"
    studio.drop("both.txt", text + "# Southern front\n\n– " + SCHOOL + "\n")
    studio.publish()
    studio.later(hours=1)
    studio.drop("both.txt", text)
    studio.publish()
    start, end = CONFIG.index("  - id: south"), CONFIG.index("  - {id: rumors")
    studio.configure(CONFIG[start:], CONFIG[end:] + "ended: [south]\n")
    studio.publish()
    studio.later(hours=1)
    studio.drop("both.txt", text + "– " + CONVOY + "\n")
    assert studio.publish().published == ("2025-06-01",)
    studio.take("both.txt")
    assert studio.publish().withdrawn == ("2025-06-01",)
