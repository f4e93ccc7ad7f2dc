# ruff: noqa: E501  -- an item is one line, as in a drop
"""Hand-made updates and a configuration for the tests of rendering; every sentence is our own."""

from __future__ import annotations

import datetime as dt
from html.parser import HTMLParser

from sitrep.archive.archive import Archive
from sitrep.base.nouns import (
    Certainty,
    Item,
    Passage,
    Revision,
    Role,
    Section,
    Update,
    Withdrawal,
    WithdrawnItem,
)
from sitrep.base.values import replace
from sitrep.config.values import Config, Front, Place, Site
from sitrep.pages.pages import Pages
from sitrep.site import addresses as at

REPORTED, STATEMENT, RUMOR = Certainty.REPORTED, Certainty.STATEMENT, Certainty.RUMOR


def site_config(**changes: object) -> Config:
    """A site of six fronts."""
    fronts = (
        Front(
            id="western", name="Western front", mark="west", hue="blue", code="W",
            scope="From Aleppo through Hama towards Homs.",
            places=(
                Place(name="Homs", at=(34.73, 36.72)), Place(name="Hama", at=(35.13, 36.75)),
                Place(name="Aleppo", at=(36.20, 37.16)), Place(name="Mahardah", at=(35.25, 36.58)),
                Place(name="Salamiyah", at=(35.01, 37.05)),
            ),
        ),
        Front(
            id="eastern", name="Eastern front", mark="east", hue="brown", code="E",
            scope="Along the Euphrates, from Manbij to the Iraqi border.",
            places=(
                Place(name="Raqqa", at=(35.95, 39.01)), Place(name="Deir ez-Zor", at=(35.34, 40.14)),
                Place(name="Albukamal", at=(34.45, 40.92)), Place(name="Manbij", at=(36.53, 37.95)),
            ),
        ),
        Front(
            id="southern", name="Southern fronts", mark="south", hue="green", code="S",
            scope="Quneitra, Daraa, Sweida and the desert road.",
            places=(
                Place(name="Quneitra", at=(33.13, 35.82)), Place(name="Daraa", at=(32.62, 36.10)),
                Place(name="Sweida", at=(32.71, 36.57)), Place(name="Palmyra", at=(34.56, 38.27)),
                Place(name="al-Tanf", at=(33.49, 38.66)),
            ),
        ),
        Front(id="international", name="International", mark="globe", hue="violet", kind="theme"),
        Front(
            id="rumors", name="Rumors", mark="rumor", hue="grey", kind="rumors",
            places=(Place(name="Damascus", at=(33.51, 36.29)),),
        ),
        Front(id="general", name="General", mark="lines", hue="grey", kind="general", code="G"),
    )  # fmt: skip
    site = Site(
        title="Notes from the north-east",
        description="A small collective following the war in Syria from the north-east.",
        base_url="https://notes.example/",
        authority="notes.example,2024",
        timezone="Asia/Damascus",
        about="We read what people on the ground publish and compare it.\n\nWrite to us if we are wrong.",
        care="We are no intelligence service. Some of what is here will prove wrong.",
    )
    return replace(Config(site=site, fronts=fronts, map=("SY",)), **changes)  # type: ignore[arg-type]


class _Numbers:
    """Gives items their line and number in order."""

    def __init__(self, stamp: dt.datetime) -> None:
        self.last = 0
        self.stamp = stamp

    def item(self, front: str, text: str, *places: str, **more: object) -> Item:
        self.last += 1
        return Item(
            text=text, line=self.last + 4, front=front, places=places, number=self.last,
            published=self.stamp, updated=self.stamp, **more,  # type: ignore[arg-type]
        )  # fmt: skip


def sixth() -> Update:
    """Sections that each name a front, every certainty, opinion, a correction, passages all round."""
    stamp = dt.datetime(2024, 12, 6, 20, 40, tzinfo=dt.UTC)
    new = _Numbers(stamp)
    western = Section(heading="Western front", line=11, items=(
        new.item("western", "The advance has reached the edge of Homs. With Hama taken, HTS kept going south. Footage of its home-built attack drones hitting army posts is already going round.", "Hama", "Homs"),
        new.item("western", "Towns on both flanks are changing hands by agreement, not only by force. In Mahardah, west of Hama, the Christian community negotiated the soldiers’ departure. In Salamiyah, to the east, the Ismaili community reached a deal.", "Mahardah", "Salamiyah"),
        new.item("western", "The advance is entering desert where ISIS cells have kept up their insurgency. Whether the cells will fight it or welcome it is not known.", certainty=REPORTED),
    ))  # fmt: skip
    eastern = Section(heading="Eastern front", line=17, items=(
        new.item("eastern", "The army has pulled out of positions outside Raqqa. SDF is taking them over to keep ISIS from using the gap.", "Raqqa"),
        new.item("eastern", "Much the same in Deir ez-Zor city. The soldiers seem to have coordinated the handover with SDF before they left.", "Deir ez-Zor", certainty=REPORTED),
        new.item("eastern", "At least one town about 50 km south of Deir ez-Zor, Al-Quriyah, looks to be in the hands of ISIS, which came in as the army went.", certainty=REPORTED,
                 revisions=(Revision(at=dt.datetime(2024, 12, 7, 7, 15, tzinfo=dt.UTC), before="At least one town about 50 km south of Deir ez-Zor, Al-Quraya, looks to be in the hands of ISIS, which came in as the army went.", after="At least one town about 50 km south of Deir ez-Zor, Al-Quriyah, looks to be in the hands of ISIS, which came in as the army went.", correction=True, reason="The name of the town was wrong."),)),
        new.item("eastern", "SDF controls the Albukamal crossing into Iraq. It has been a main route for supplies and coordination between Iran-backed forces.", "Albukamal"),
        new.item("eastern", "SNA has announced an operation against SDF in Manbij and tells civilians to stay away from military areas.", "Manbij", certainty=STATEMENT, by="SNA"),
    ))  # fmt: skip
    southern = Section(heading="Southern fronts", line=26, items=(
        new.item("southern", "A new front has opened in the south. Groups in Quneitra, Daraa and Sweida have begun operations against the army. They are said to share an operations room.", "Quneitra", "Daraa", "Sweida"),
        new.item("southern", "Checkpoints, police stations and barracks are being stormed. In some places the army answers with bombardment, and there are clashes on and off."),
        new.item("southern", "Videos are spreading of soldiers who defect in public and join local defence groups, above all among the Druze of Sweida.", "Sweida"),
        new.item("southern", "The al-Tanf battalion has left its zone for the first time and is fighting the army in Palmyra. Maghawir al-Thawra began in the FSA, turned against ISIS with U.S. training and weapons, and in recent years raided captagon smugglers and blocked Iranian arms convoys.", "al-Tanf", "Palmyra"),
    ))  # fmt: skip
    abroad = Section(heading="Notes on forces from abroad", line=34, items=(
        new.item("international", "Israel is said to be bombing chemical research sites so that they do not fall to the rebels.", certainty=REPORTED),
        new.item("international", "Russia is said to be withdrawing part of the air force it keeps in Syria.", certainty=REPORTED),
    ))  # fmt: skip
    rumors = Section(heading="Rumors", line=40, items=(
        new.item("rumors", "A coup against the government is under way in Damascus, some reports suggest.", "Damascus", certainty=RUMOR),
        new.item("rumors", "Assad has left the country, perhaps for Iran. The reports are attributed to Israeli intelligence.", certainty=RUMOR),
    ))  # fmt: skip
    view = Section(heading="Early evaluation", line=44, items=(
        new.item("general", "Nobody seems to believe in this government any more, and we are confident enough to say that it is over. For very many Syrians, after almost thirteen years of war, poverty and exile, today is a day to celebrate. It is for us too.", opinion=True),
        new.item("general", "It will hardly be the end of the violence. The operation announced against Manbij may be the start of another war of occupation, like Afrin in 2018. How Damascus will be ruled is open.", "Manbij", opinion=True),
        new.item("general", "Outside powers, we expect, will settle for what they are offered, and Manbij will be easy to overlook.", opinion=True),
    ))  # fmt: skip
    return Update(
        date=dt.date(2024, 12, 6), line=3, key="2024-12-06", source="Update 06-12-2024.txt",
        title="The army is coming apart on every front",
        published=stamp, updated=dt.datetime(2024, 12, 7, 7, 15, tzinfo=dt.UTC), exact=True,
        sections=(western, eastern, southern, abroad, rumors, view),
        passages=(
            Passage(role=Role.LEDE, line=9, text="Soldiers are leaving their posts from Homs to the Euphrates, some changing sides in public. A new front has opened in the south."),
            Passage(role=Role.DISCLAIMER, line=7, text="We are no intelligence service, just people following this from the north-east. Some of what is here will prove wrong."),
            Passage(role=Role.OUTRO, line=54, text="This is long already. If you have read this far you will have a view of your own."),
            Passage(role=Role.SIGNOFF, line=56, text="With greetings from the north-east!"),
        ),
    )  # fmt: skip


def fifth() -> Update:
    """Headings that name places, one of them over several fronts; an item taken back."""
    stamp = dt.datetime(2024, 12, 5, 9, tzinfo=dt.UTC)
    new = _Numbers(stamp)
    hama = Section(heading="Hama and what follows", line=3, items=(
        new.item("western", "The army has withdrawn from Hama. HTS first surrounded the city, then stormed it. Its leader, in a video, tells fighters not to take revenge. Police are told to stay at work, and the central prison has been opened.", "Hama"),
        new.item("western", "HTS is reported to have shot staff of the military hospital in Aleppo on the spot. There are videos of other atrocities against soldiers outside Hama.", "Aleppo", "Hama", certainty=REPORTED),
        new.item("western", "An army convoy on its way from Hama to Homs was ambushed. Vehicles were damaged and the surviving soldiers captured.", "Hama", "Homs"),
        new.item("western", "Loyalists are leaving Homs for Damascus in large numbers. On the way to the coast, smugglers charge thousands of dollars for a passage.", "Homs"),
    ))  # fmt: skip
    north = Section(heading="Manbij, Shehba and Turkish moves", line=12, items=(
        new.item("eastern", "SDF repelled more attacks near Manbij and is apparently pushing towards Hafsa. Tanks and heavy weapons are being brought up against it.", "Manbij", certainty=REPORTED),
        new.item("western", "Families from Shehba are still trying to reach safety, but their convoys are stopped on the way. SDF accuses SNA of taking away more than 120 vehicles.", certainty=STATEMENT, by="SDF"),
        new.item("international", "Ankara speaks openly of its aims in Syria. A security council met today; more meetings are to follow."),
    ))  # fmt: skip
    border = Section(heading="Semalka border", line=20, items=(
        new.item("general", "The self-administration says that the Semalka crossing is open for journalists.", certainty=STATEMENT, by="self-administration"),
    ))  # fmt: skip
    gone = WithdrawnItem(
        number=9, front="western", published=stamp, at=dt.datetime(2024, 12, 6, 10, tzinfo=dt.UTC),
        reason="It named a person.",
    )  # fmt: skip
    return Update(
        date=dt.date(2024, 12, 5), line=1, key="2024-12-05", published=stamp, updated=stamp,
        title="The army gives up Hama; a convoy from Shehba is taken",
        sections=(hama, north, border), withdrawn_items=(gone,),
    )  # fmt: skip


def third() -> Update:
    """No headings, no title: mixed fronts in the author's order, with some markup and a nested item."""
    stamp = dt.datetime(2024, 12, 3, 9, tzinfo=dt.UTC)
    new = _Numbers(stamp)
    items = (
        new.item("western", "Aleppo is firmly in the hands of HTS. The fight is now at the gates of Hama, where the army has started to push back.", "Aleppo", "Hama"),
        new.item("general", "FPV attack drones, rare in Syria until now, are everywhere. HTS leans on them most; SNA and the army fly them *too*. See <https://drones.example/report> for more."),
        new.item("western", "The Kurdish quarters of Aleppo, Sheikh Maqsoud and Ashrafiya, are under siege and short of food, water and power.", "Aleppo"),
        new.item("western", "There were light clashes; nobody was hurt.", depth=1),
        new.item("eastern", "A ground attack near Manbij was thrown back by the local council. **More is expected at any moment.**", "Manbij"),
        new.item("international", "The UN security council will meet. As always, everybody is “deeply concerned”."),
    )  # fmt: skip
    return Update(
        date=dt.date(2024, 12, 3), line=1, key="2024-12-03", published=stamp, updated=stamp,
        sections=(Section(heading=None, line=2, items=items),),
        passages=(Passage(role=Role.SIGNOFF, line=20, text="Greetings! 🖤"),),
    )  # fmt: skip


def withdrawn() -> Update:
    """An update taken back as a whole."""
    secret = _Numbers(dt.datetime(2024, 12, 2, 9, tzinfo=dt.UTC)).item(
        "western", "Words nobody may read again."
    )
    return Update(
        date=dt.date(2024, 12, 2), line=1, key="2024-12-02", title="A headline nobody may read again",
        published=secret.published, updated=dt.datetime(2024, 12, 4, 9, tzinfo=dt.UTC),
        sections=(Section(heading=None, line=2, items=(secret,)),),
        withdrawn=Withdrawal(at=dt.datetime(2024, 12, 4, 9, tzinfo=dt.UTC), reason="It put people at risk."),
    )  # fmt: skip


def arabic() -> Update:
    """An update written from right to left."""
    stamp = dt.datetime(2024, 11, 30, 9, tzinfo=dt.UTC)
    new = _Numbers(stamp)
    west = Section(heading="الجبهة الغربية", line=3, items=(
        new.item("western", "بلغ التقدم أطراف حلب. تنتشر مقاطع مصورة من المدينة.", "Aleppo"),
        new.item("western", "لا يُعرف ما سيحدث غداً.", certainty=REPORTED),
    ))  # fmt: skip
    return Update(
        date=dt.date(2024, 11, 30), line=1, key="2024-11-30", lang="ar", title="يوم طويل في الشمال",
        published=stamp, updated=stamp, sections=(west,),
    )  # fmt: skip


def long_words() -> Update:
    """Words of 300 letters, a speaker of 60, an address that never ends."""
    stamp = dt.datetime(2023, 12, 1, 9, tzinfo=dt.UTC)
    new = _Numbers(stamp)
    speaker = "Spokeswoman of the regional council for northern harbours and islands"
    items = (
        new.item("eastern", "The town of Raqqa is open.", "Raqqa", certainty=STATEMENT, by=speaker),
        new.item("eastern", "D" + "onaudampfschiff" * 20 + " is held up."),
        new.item("rumors", "There are rumors that " + "verylongword" * 25 + " fled.", certainty=RUMOR),
        new.item("western", "Hama is calm. https://example.org/" + "path/" * 60),
    )
    return Update(
        date=stamp.date(), line=1, key="2023-12-01", title="Unbreakable" * 27, published=stamp, updated=stamp,
        sections=(Section(heading="H" * 300, line=3, items=items),),
    )  # fmt: skip


def sample_archive() -> Archive:
    """All of them, in memory."""
    archive = Archive(None)
    for update in (sixth(), fifth(), third(), withdrawn(), arabic()):
        archive.put_update(update)
    return archive


def whole_site(pages: Pages, archive: Archive, config: Config) -> dict[str, bytes]:
    """Every page of a site by its place, as a clean build would make them."""
    made: dict[str, bytes | None] = {
        at.HOME: pages.home(archive), at.ARCHIVE: pages.archive_index(archive), at.FOLLOW: pages.follow(archive),
        at.ABOUT: pages.about(archive), at.SEARCH: pages.search(archive), at.NOT_FOUND: pages.not_found(archive),
        at.CORRECTIONS: pages.corrections(archive),
        at.SINCE: pages.since(archive),
        at.PLACES: pages.places(archive),
    }  # fmt: skip
    for name, place in at.place_pages(config).items():
        made[place] = pages.place(archive, name)
    for key in archive.update_keys():
        made[at.update_page(key)] = pages.update(archive, key)
    for front in config.fronts:
        made[at.front_page(front.id)] = pages.front(archive, front.id)
    for year in archive.years():
        made[at.year_page(year)] = pages.year(archive, year)
        for month, _ in archive.months(year):
            made[at.month_page(month)] = pages.month(archive, month)
            for front in config.fronts:
                made[at.front_month_page(front.id, month)] = pages.front_month(archive, front.id, month)
    for month in archive.change_months():
        made[at.corrections_month_page(month)] = pages.corrections_month(archive, month)
    for month in archive.news_months():
        made[at.since_page(month)] = pages.since_month(archive, month)
    return {place: page for place, page in made.items() if page is not None}


class Element:
    """One element of a page."""

    def __init__(self, tag: str, attributes: dict[str, str]) -> None:
        self.tag, self.attributes, self.text = tag, attributes, ""


class Parsed(HTMLParser):
    """A page as its elements; raises where a tag is left open or closed twice."""

    VOID = frozenset(("meta", "link", "br", "hr", "wbr", "input", "path", "circle", "use"))

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.feed(page.decode())
        self.close()
        assert not self._open, f"left open: {[e.tag for e in self._open]}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        if tag not in self.VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self._open, f"{tag} closed but never opened"
        assert self._open[-1].tag == tag, f"{tag} closed inside {self._open[-1].tag}"
        self._open.pop()

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text += data

    def all(self, tag: str, **wanted: str) -> list[Element]:
        """Elements of a tag with these attributes (``class_`` for class: one of its words)."""
        kind = wanted.pop("class_", "")
        return [
            e for e in self.elements
            if e.tag == tag
            and all(e.attributes.get(name) == value for name, value in wanted.items())
            and (not kind or kind in e.attributes.get("class", "").split())
        ]  # fmt: skip

    @property
    def ids(self) -> list[str]:
        """Every id, in order."""
        return [e.attributes["id"] for e in self.elements if "id" in e.attributes]

    @property
    def text(self) -> str:
        """The words of the page's body."""
        return self.all("body")[0].text
