"""Two weeks of updates in which rumors open, come back, come true and fall apart: pages, feeds, clean builds.

Each day is one publish. In the slow lane the site is compared with what a clone builds at the end.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from sitrep.base.claim import ClaimState
from sitrep.site.addresses import FEED_FORMATS
from tests.feeds.parsed import Read, read
from tests.lanes import one_fast
from tests.publishing import Studio, once, tree

FILES = {"atom": "feed.xml", "rss": "rss.xml", "json": "feed.json"}
TAG = "tag:example.org,2024:"


def day(number: int, *parts: str) -> str:
    """The update of a day of June 2025."""
    return "\n\n".join((f"Update {number:02d}-06-2025", *parts)) + "\n"


def rumors(*items: str) -> str:
    """A section of rumors."""
    return "# Rumors\n\n" + "\n".join(f"- {item}" for item in items)


def north(*items: str) -> str:
    """A section of the Northern front."""
    return "# Northern front\n\n" + "\n".join(f"- {item}" for item in items)


class Story:
    """A newsroom that publishes once a day, in the afternoon."""

    def __init__(self, root: Path, studio: Studio) -> None:
        self.root, self.studio = root, studio

    def publish(self, number: int, *parts: str) -> None:
        """Publish the update of a day on that day."""
        self.studio.now = dt.datetime(2025, 6, number, 12, 0, tzinfo=dt.UTC)
        self.studio.drop(f"{number:02d}.txt", day(number, *parts))
        self.again()

    def change(self, name: str, text: str) -> None:
        """An hour later, overwrite a file and publish."""
        self.studio.later(hours=1)
        self.studio.drop(name, text)
        self.again()

    def again(self) -> None:
        """Publish what has changed."""
        self.studio.publish(confirm=True)

    def compare(self) -> None:
        """Hold the site against a clone's."""
        clone = self.studio.clone(self.root / "clone")
        clone.publish(confirm=True)
        assert tree(clone.folders.output) == self.studio.tree()
        assert tree(clone.folders.ledger) == tree(self.studio.folders.ledger)

    def page(self, place: str) -> str:
        """A page without its style, as text with its tags."""
        return re.sub(
            r"<style>.*?</style>", "", self.studio.tree()[f"{place}index.html"].decode(), flags=re.S
        )

    def words(self, place: str) -> str:
        """A page's words on one line."""
        return " ".join(re.sub(r"<[^<>]*>", " ", self.page(place)).split())

    def feed(self, folder: str) -> dict[str, Read]:
        """Entries of a feed by the tail of their ids; the three formats must say the same."""
        found = [
            {
                entry.id.removeprefix(TAG): entry
                for entry in read(self.studio.tree()[f"{folder}{FILES[form]}"], form)
            }
            for form in FEED_FORMATS
        ]
        for other in found[1:]:
            assert other.keys() == found[0].keys()
            for name, entry in other.items():
                assert (entry.title, entry.updated) == (found[0][name].title, found[0][name].updated)
                assert " ".join(entry.text.split()) == " ".join(found[0][name].text.split())
        return found[0]

    def state(self, key: str) -> str:
        """What the board says of a claim, and its own page too if it has one."""
        stat = r'<p class="stat"><i[^>]*></i>([^<]*)<'
        board = re.search(rf'id="c-{key}">{stat}', self.page("rumors/"))
        assert board is not None
        if self.has_page(key):
            own = re.search(stat, self.page(f"claims/{key}/"))
            assert own is not None
            assert own[1].split()[0].strip(",") in board[1]
        return board[1].strip(" ·")

    def has_page(self, key: str) -> bool:
        """True if the claim has a page of its own."""
        return f"claims/{key}/index.html" in self.studio.tree()


@pytest.fixture(params=one_fast("told", "compared"))
def story(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Story]:
    """The first three days: two rumors and a plain item."""
    story = Story(tmp_path, once(tmp_path / "site", three_days))
    yield story
    if request.param == "compared":
        story.compare()


def three_days(root: Path) -> Studio:
    """They are published."""
    story = Story(root.parent, Studio(root))
    story.publish(1, north("The mill at Alder is quiet."), rumors("There are rumors of a coup in Birch."))
    story.publish(2, rumors("People speak of a raid on Elm. Nobody has seen it."))
    story.publish(3, north("The ferry at Alder has sunk."))
    return story.studio


def test_a_rumor_opens_a_claim_with_a_short_name(story: Story) -> None:
    """It stands on the board with its age, and leads to its item; a second report gives it a page."""
    assert "Open for 2 days" in story.words("rumors/")
    assert "There are rumors of a coup in Birch." in story.words("rumors/")
    assert 'href="../2025-06-01/index.html#i2"' in story.page("rumors/")
    assert story.state("coup-birch") == "Open for 2 days"
    assert not story.has_page("coup-birch")
    assert "claims/" not in story.page("2025-06-01/")
    story.publish(4, rumors("[claim: coup-birch] The coup in Birch is spoken of again."))
    assert "open for 3 days" in story.words("rumors/"), "ages count to the newest update"
    assert story.has_page("coup-birch")
    for key in ("2025-06-01", "2025-06-04"):
        assert 'href="../claims/coup-birch/index.html"' in story.page(f"{key}/")
    story.studio.take("04.txt")
    story.again()
    assert story.has_page("coup-birch"), "what was online stays"


def test_a_rumor_refuted_by_its_code(story: Story) -> None:
    """The old item says so above its text, on pages and in every feed; nobody's words are changed."""
    before = story.feed("rumors/")["2025-06-01/rumors"]
    story.publish(5, north("Refuted: R1 of 1 June. The barracks are open to visitors."))
    old = story.words("2025-06-01/")
    assert "Refuted, 5 Jun . The barracks are open to visitors." in old
    assert old.index("Refuted, 5 Jun") < old.rindex("There are rumors of a coup in Birch.")
    assert story.state("coup-birch") == "Refuted, after 4 days"
    after = story.feed("rumors/")["2025-06-01/rumors"]
    assert (after.published, after.updated) == (before.published, story.studio.now)
    assert "There are rumors of a coup in Birch." in after.text
    for folder in ("changes/", "rumors/"):
        (name,) = [name for name in story.feed(folder) if name.startswith("changes/2025-06-05/1/")]
        news = story.feed(folder)[name]
        assert news.title.startswith("Refuted: ")
        assert "There are rumors of a coup in Birch." in news.text
        assert news.link == "https://example.org/corrections/2025-06/#c2025-06-05-1-20250605T120000Z"
    assert story.feed("items/")["2025-06-01/2"].updated == story.studio.now
    assert story.feed("")["2025-06-01"].updated == story.studio.now
    assert story.feed("items/")["2025-06-01/1"].updated < story.studio.now, "its neighbour stays as it was"
    assert "Rumor, not confirmed" not in story.feed("items/")["2025-06-05/1"].title
    assert "The barracks are open" in story.words("corrections/")


@pytest.mark.parametrize(
    ("line", "state"),
    one_fast(
        ("Not borne out: raid-elm. Nobody was there.", ClaimState.NOT_BORNE_OUT),
        ("Confirmed: raid-elm. Two shops are burnt.", ClaimState.CONFIRMED),
        ("raid-elm: denied by all sides.", ClaimState.REFUTED),
        ("[claim: raid-elm, superseded] It was a fair.", ClaimState.SUPERSEDED),
        ("It was a fair. [claim: raid-elm, not borne out]", ClaimState.NOT_BORNE_OUT),
        ("Denied: 2025-06-02/1", ClaimState.REFUTED),
    ),
)
def test_every_way_to_settle_one(story: Story, line: str, state: ClaimState) -> None:
    """By its name, in brackets at either end, or by the number of the item."""
    story.publish(6, rumors(line))
    assert story.state("raid-elm").lower().startswith(state.value)
    assert f"{state.value.capitalize()}, 6 Jun" in story.words("2025-06-02/")
    assert f"{state.value.capitalize()}, 6 June 2025" in story.studio.tree()["2025-06-02.txt"].decode()


def test_a_settled_rumor_may_come_back(story: Story) -> None:
    """Not borne out on the 6th, heard again on the 9th, confirmed on the 12th: each step on every page."""
    story.publish(6, rumors("Not borne out: coup-birch. Nobody has seen an officer."))
    story.publish(9, rumors("[claim: coup-birch] Again there is talk of a coup."))
    assert story.state("coup-birch").startswith("Heard again")
    old = story.words("2025-06-01/")
    assert "Not borne out, 6 Jun" in old
    assert "Heard again, 9 Jun" in old
    assert "Heard again, 9 Jun" in story.words("2025-06-06/")
    assert "Heard again, open for 8 days" in story.words("rumors/")
    assert any(entry.title.startswith("Heard again: ") for entry in story.feed("changes/").values())
    story.publish(12, rumors("Confirmed: coup-birch. The council has resigned."))
    assert story.state("coup-birch") == "Confirmed, after 11 days"
    assert "Confirmed, 12 Jun . The council has resigned." in story.words("2025-06-01/")
    assert "Not borne out, 6 Jun" not in story.words("2025-06-01/"), "only the last word stands above it"
    history = story.words("claims/coup-birch/")
    for step in ("1 Jun", "6 Jun Not borne out.", "9 Jun Heard again.", "12 Jun Confirmed."):
        assert step in history
    assert len([name for name in story.feed("changes/") if name.startswith("changes/")]) == 3


def test_an_outcome_taken_back_leaves_the_rumor_open(story: Story) -> None:
    """The line is cut out, the update withdrawn, its file deleted: each time the rumor is as it was."""
    bridge, refuted = north("The bridge is whole."), rumors("Refuted: raid-elm. Nothing happened.")
    story.publish(6, bridge, refuted)
    assert story.state("raid-elm").startswith("Refuted")
    story.change("06.txt", day(6, bridge))
    assert story.state("raid-elm").startswith("Open")
    assert "Refuted" not in story.words("2025-06-02/")
    assert story.feed("items/")["2025-06-02/1"].updated == story.studio.now, "what stood there is gone"
    story.change("06.txt", day(6, bridge, refuted))
    assert story.state("raid-elm").startswith("Refuted")
    story.change("06.txt", f"---\nwithdraw: Told by one person only\n---\n{day(6, bridge, refuted)}")
    assert story.state("raid-elm").startswith("Open")
    assert "Told by one person only" in story.words("2025-06-06/")
    story.studio.take("06.txt")
    story.again()
    assert story.state("raid-elm").startswith("Open")


def test_a_rumor_taken_back_leaves_its_page(story: Story) -> None:
    """The claim's address says that it was withdrawn, without a word of it; the board shows nothing of it."""
    story.publish(4, rumors("[claim: raid-elm] The raid on Elm is spoken of again."))
    story.studio.take("02.txt")
    story.studio.take("04.txt")
    story.again()
    assert "taken back" in story.words("claims/raid-elm/")
    assert "raid on Elm" not in story.words("claims/raid-elm/")
    assert "raid on Elm" not in story.words("rumors/")
    assert 'id="i1"' in story.page("2025-06-02/")
    gone = story.feed("items/")["2025-06-02/1"]
    assert gone.title.startswith("Withdrawn: ")
    story.change("02.txt", day(2, rumors("People speak of a raid on Elm. Nobody has seen it.")))
    assert "raid on Elm" in story.words("rumors/"), "dropped again, it is back under its old id"
    assert story.state("raid-elm").startswith("Open")


def test_two_rumors_become_one(story: Story) -> None:
    """An author who says that a second rumor is the first: its own page leads on, and both items tell."""
    story.publish(7, rumors("There are reports of a coup in Birch."))
    assert story.state("coup-birch-2") == "Open"
    story.publish(8, rumors("[claim: coup-birch-2] The coup in Birch is spoken of again."))
    assert story.has_page("coup-birch-2")
    story.change("07.txt", day(7, rumors("[claim: coup-birch] There are reports of a coup in Birch.")))
    story.change("08.txt", day(8, rumors("[claim: coup-birch] The coup in Birch is spoken of again.")))
    assert 'href="../coup-birch/index.html"' in story.page("claims/coup-birch-2/")
    assert story.state("coup-birch").startswith("Heard again")
    assert "7 Jun" in story.words("claims/coup-birch/")


def test_a_rumor_that_was_no_page_yet_leads_nowhere(story: Story) -> None:
    """A claim that only one item ever told, and that is another now, has no page; the other one has."""
    story.publish(7, rumors("There are reports of a coup in Birch."))
    story.change("07.txt", day(7, rumors("[claim: betrayal] There are reports of a coup in Birch.")))
    assert not story.has_page("coup-birch-2")
    assert story.has_page("betrayal")


def test_an_outcome_reworded_is_told_anew(story: Story) -> None:
    """The closing words are part of the old item's page and entry: they follow, and updated moves."""
    story.publish(6, rumors("Refuted: raid-elm. Nothing hapened there."))
    story.change("06.txt", day(6, rumors("Refuted: raid-elm. Nothing happened, two witnesses say.")))
    assert "two witnesses say" in story.words("2025-06-02/")
    assert story.feed("items/")["2025-06-02/1"].updated == story.studio.now
    (news,) = [entry for name, entry in story.feed("changes/").items() if entry.title.startswith("Refuted: ")]
    assert news.updated == story.studio.now
    assert news.published < news.updated


@pytest.mark.slow
def test_a_late_update_settles_and_is_settled(story: Story) -> None:
    """Texts that arrive out of order come to the same history: the outcome first, then the rumor."""
    story.publish(9, north("Denied: R1 of 8 June. The depot is full."))
    assert "claims" not in " ".join(place for place in story.studio.tree() if "depot" in place)
    story.change("08.txt", day(8, rumors("There are rumors of a fire in the depot of Elm.")))
    assert story.state("fire-elm") == "Refuted, after 1 day"
    assert "Refuted, 9 Jun" in story.words("2025-06-08/")


def test_a_plain_item_may_turn_out_false(story: Story) -> None:
    """What was said plainly becomes a claim when somebody settles it, and carries its outcome."""
    story.publish(6, north("Refuted: N1 of 3 June. The ferry lies in harbour."))
    assert "Refuted, 6 Jun . The ferry lies in harbour." in story.words("2025-06-03/")
    assert any(place.startswith("claims/ferry") for place in story.studio.tree())


def test_an_edit_of_a_rumor_keeps_its_claim(story: Story) -> None:
    """A name once given stays, whatever the words come to."""
    story.change(
        "01.txt",
        day(
            1,
            north("The mill at Alder is quiet."),
            rumors("There are rumors of an uprising of officers in Birch."),
        ),
    )
    assert "uprising of officers" in story.words("rumors/")
    assert 'id="c-coup-birch"' in story.page("rumors/")
    assert "c-uprising" not in story.page("rumors/")
