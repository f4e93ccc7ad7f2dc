"""Translated updates: tied to their originals item by item, published beside them, never instead of them."""

from __future__ import annotations

import re
from collections import defaultdict
from os.path import normpath
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sitrep.inbox.survey import State
from sitrep.publish.open_site import open_site
from sitrep.report.look import look
from tests.lanes import one_fast, slow
from tests.publishing import Studio, published

ENGLISH = """Update 06-12-2024

## Northern front

- Alder was shelled at night. Two houses burned.
- The bridge at Birch is closed.

## Southern front

- Elm has power again.

## Rumors

- It is said that the mayor of Elm has fled.
"""
ARABIC = """تحديث 06-12-2024

## الجبهة الشمالية

- تعرضت ألدر للقصف ليلا. احترق منزلان.
- الجسر عند بيرش مغلق.

## الجبهة الجنوبية

- عادت الكهرباء إلى إلم.

## أخبار متداولة

- رئيس بلدية إلم غادر المدينة.
"""
ORIGINAL, TRANSLATION = "2024-12-06.md", "2024-12-06.ar.md"
PAGE = "ar/2024-12-06/index.html"


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    made = published(tmp_path / "site", {ORIGINAL: ENGLISH, TRANSLATION: ARABIC})
    made.later(hours=1)
    return made


def page(studio: Studio, place: str = PAGE) -> str:
    return studio.tree()[place].decode()


def state_of(outcome, path: str) -> State:  # type: ignore[no-untyped-def]
    return next(one.state for one in outcome.files if one.path == path)


def is_from_scratch(studio: Studio, root: Path) -> bool:
    """True if a machine with the same texts and ledger makes the same bytes."""
    other = studio.clone(root)
    other.publish()
    return other.tree() == studio.tree()


def test_a_translation_has_the_ids_of_its_original(studio: Studio) -> None:
    """Item by item the same number and address, the id with the language at its end; no second update."""
    tree = studio.tree()
    assert "2024-12-06-2/index.html" not in tree
    ids = re.findall(rb"<id>(tag:[^<]*)</id>", tree["items/feed.xml"])
    theirs = re.findall(rb"<id>(tag:[^<]*)</id>", tree["ar/items/feed.xml"])
    assert theirs == [one + b"-ar" for one in ids]
    assert re.findall('id="i[0-9]+"', page(studio)) == re.findall(
        'id="i[0-9]+"', page(studio, "2024-12-06/index.html")
    )
    assert "https://example.org/ar/2024-12-06/#i1" in tree["ar/items/feed.xml"].decode()


def test_a_translation_keeps_the_hedges_of_its_original(studio: Studio) -> None:
    """A rumor is one in every language, whether or not the translator's words say so; so is its front."""
    assert "شائعة، غير مؤكدة" in page(studio)
    assert "رئيس بلدية إلم غادر المدينة" in studio.tree()["ar/rumors/feed.xml"].decode()


def test_pages_name_each_other_in_both_languages(studio: Studio) -> None:
    """``hreflang`` both ways on updates, home pages and fronts, and a link that readers see."""
    for place, here, there in (
        ("south/index.html", "en", "../ar/south/index.html"),
        ("ar/south/index.html", "ar", "../../south/index.html"),
        ("ar/rumors/index.html", "ar", "../../rumors/index.html"),
        ("2024-12-06/index.html", "en", "../ar/2024-12-06/index.html"),
        (PAGE, "ar", "../../2024-12-06/index.html"),
        ("index.html", "en", "ar/index.html"),
        ("ar/index.html", "ar", "../index.html"),
    ):
        text = page(studio, place)
        assert f'<html lang="{here}"' in text
        assert set(re.findall('rel="alternate" hreflang="([a-z]+)"', text)) == {"en", "ar"}
        assert f'href="{there}"' in text


def misnamed(studio: Studio, *languages: str) -> list[str]:
    """Pages that do not name exactly those that there are of them in these languages and the original's.

    No page: what only leads on, what the site has once, and a front of which nothing was ever said.
    """
    pages, named = defaultdict(set), {}
    for place, content in studio.tree().items():
        text = content.decode() if place.endswith(".html") else ""
        own = re.search('rel="canonical" href="([^"]+)"', text)
        if own and 'http-equiv="refresh' not in text and not re.search("404|offline|claims|general", place):
            named[own[1]] = set(re.findall('rel="alternate" hreflang="[a-z]+" href="([^"]+)"', text))
            pages[re.sub("^(ar|fr)/", "", place)].add(own[1])
    left = {f"/{lang}/" for lang in {"ar", "fr"} - {*languages}}
    for twins in pages.values():
        twins -= {page for page in twins if not named[page] and any(lang in page for lang in left)}
    return [
        page
        for twins in pages.values()
        for page in twins
        if named[page] != (twins if len(twins) > 1 else set())
    ]


def test_pages_that_name_another_are_named_by_it(studio: Studio, tmp_path: Path) -> None:
    """Every kind of page, wherever it stands in two languages; also when a third one comes, the second is
    taken back, and a month is over in one of them alone or in all.
    """
    assert misnamed(studio, "ar") == []
    studio.drop(TRANSLATION.replace(".ar.", ".fr."), ARABIC)
    studio.publish()
    assert misnamed(studio, "ar", "fr") == []
    studio.drop("2025-01-02.md", "Update 02-01-2025\n\n- The road to Elm is open.\n")
    studio.take(TRANSLATION)
    studio.publish(confirm=True)
    assert misnamed(studio, "fr") == []
    assert 'http-equiv="refresh' in page(studio, "fr/south/2024-12/index.html")
    studio.drop("2025-01-02.fr.md", "Update 02-01-2025\n\n- La route vers Elm est ouverte.\n")
    studio.publish()
    assert misnamed(studio, "fr") == []
    assert 'hreflang="fr"' in page(studio, "south/2024-12/index.html")
    assert 'hreflang="fr"' in page(studio, "places/elm/index.html")
    assert is_from_scratch(studio, tmp_path / "clone")


def test_every_link_of_an_edition_leads_somewhere(studio: Studio) -> None:
    """Also those to what the site has but once, and to later updates that nobody has translated."""
    studio.drop(
        "2024-12-08.md", "Update 08-12-2024\n\n- Refuted: mayor-elm He spoke on the radio from Elm.\n"
    )
    studio.publish()
    tree = studio.tree()
    for place, content in tree.items():
        if place.startswith("ar/") and place.endswith(".html"):
            folder = Path(place).parent
            text = re.sub("<script.*?</script>", "", content.decode())
            for link in re.findall(r'href="([^"#:]+)[#"]', text):
                target = normpath(folder / link)
                assert target in tree, (place, link)
    assert "لم يُترجم بعد" in page(studio, "ar/index.html")


def test_without_its_original_a_translation_waits(tmp_path: Path) -> None:
    """It gets a receipt and is no update of its own; when the original comes out, so does it."""
    studio = Studio(tmp_path / "site")
    studio.drop(TRANSLATION, ARABIC)
    studio.drop("_" + ORIGINAL, ENGLISH)
    outcome = studio.publish()
    assert state_of(outcome, TRANSLATION) is State.REFUSED
    assert outcome.updates == 0
    assert not any("إلم".encode() in content for content in studio.tree().values())
    studio.take("_" + ORIGINAL)
    studio.drop(ORIGINAL, ENGLISH)
    outcome = studio.publish()
    assert state_of(outcome, TRANSLATION) is State.PUBLISHED
    assert PAGE in studio.tree()


@pytest.mark.parametrize(
    "name", ["uebersetzung.md", "2024/12/06 evening.ar.txt", *slow(["evening.ar.md", "2024-12-06.ar.md"])]
)
def test_a_translation_says_so_in_its_header_or_name(tmp_path: Path, name: str) -> None:
    """By ``translates:`` with the key or day, or as the original with the language before the ending."""
    studio = Studio(tmp_path / "site")
    original = name.replace(".ar", "") if ".ar" in name else "whatever.md"
    studio.drop(original, ENGLISH)
    header = "" if ".ar" in name else "---\nlang: ar\ntranslates: 06-12-2024\n---\n\n"
    studio.drop(name, header + (ARABIC if ".ar" in name else ARABIC.partition("\n")[2]))
    outcome = studio.publish()
    assert outcome.updates == 1
    assert PAGE in studio.tree()


def test_what_is_missing_or_outdated_is_marked_and_listed(studio: Studio, tmp_path: Path) -> None:
    """For readers on the item, for the writer beside the file and in ``status``."""
    changed = ENGLISH.replace("Two houses burned", "Three houses and a barn burned down")
    studio.drop(ORIGINAL, changed.replace("- Elm has", "- A school has opened again in Elm.\n- Elm has"))
    outcome = studio.publish()
    said = " ".join(one.fact for one in outcome.problems if one.path == TRANSLATION)
    assert "1 of 5 items" in said
    assert "changed after it had been translated" in said
    text = page(studio)
    assert "لم يُترجم بعد" in text
    assert '<div lang="en" dir="ltr"><p>A school has opened again in Elm.</p>' in text
    assert "تغيّر النص الأصلي" in text
    status, _ = look(studio.folders, studio.now)
    (gap,) = status.translations
    assert (gap.update, gap.lang, gap.missing, gap.outdated) == ("2024-12-06", "ar", 1, 1)
    studio.later(hours=1)
    mended = ARABIC.replace("منزلان", "ثلاثة منازل").replace("- عادت", "- فتحت مدرسة أبوابها.\n- عادت")
    studio.drop(TRANSLATION, mended)
    studio.publish()
    assert "لم يُترجم بعد" not in page(studio)
    assert "تغيّر النص الأصلي" not in page(studio)
    assert is_from_scratch(studio, tmp_path / "again")


def test_what_cannot_be_matched_is_not_published(studio: Studio) -> None:
    """Another structure is told to its writer; the last good version stays."""
    studio.drop(
        TRANSLATION, "تحديث 06-12-2024\n\n" + "\n".join(f"- خبر رقم {n} من المدينة." for n in range(9))
    )
    outcome = studio.publish()
    assert state_of(outcome, TRANSLATION) is State.REFUSED
    assert "رقم" not in page(studio)


def test_a_caution_that_only_one_language_shows_is_no_obstacle(studio: Studio) -> None:
    """A section too many, above the others, leaves it clear which of them is which."""
    top, _, rest = ARABIC.partition("\n\n")
    more = f"{top}\n\n## كلمة أولى\n\n- هذا الخبر قديم.\n- وهذا أيضا.\n- وكذلك هذا.\n\n{rest}"
    studio.drop(TRANSLATION, more.replace("منزلان", "ثلاثة منازل"))
    studio.publish()
    assert "ثلاثة منازل" in page(studio)
    assert "قديم" not in page(studio)
    assert "N6-1" in page(studio)


def test_with_its_original_a_translation_is_taken_back(studio: Studio) -> None:
    """Its page says so and holds none of its words; alone it goes as well, and the original stays."""
    words = "احترق منزلان".encode()
    studio.drop(ORIGINAL, f"---\nwithdraw: wrong town\n---\n{ENGLISH}")
    studio.publish()
    assert PAGE in studio.tree()
    assert not any(words in content for content in studio.tree().values())
    studio.drop(ORIGINAL, ENGLISH)
    studio.publish()
    assert words in studio.tree()[PAGE]
    studio.take(TRANSLATION)
    studio.publish()
    assert not any(words in content for content in studio.tree().values())
    assert b"Two houses burned" in studio.tree()["2024-12-06/index.html"]


@pytest.mark.parametrize("item", one_fast(1, None))
def test_forgetting_the_original_forgets_its_translation(studio: Studio, item: int | None) -> None:
    """No byte of the translated words stays in feeds/, ledger, archive, output/ or caches."""
    from sitrep.archive.archive import Archive
    from sitrep.forgetting.forget import ForgetContext, ForgetTarget, forget
    from sitrep.publish.spine import publish

    site = open_site(studio.folders, processes=1)
    context = ForgetContext(
        folders=studio.folders, config=site.config, archive=site.archive, now=studio.now,
        publish=lambda: publish(site, now=studio.now), show_status=lambda: None,
    )  # fmt: skip
    done = forget([ForgetTarget("2024-12-06", item)], context)
    site.close()
    assert done.left == ()
    assert isinstance(site.archive, Archive)
    for path in studio.root.rglob("*"):
        if path.is_file():
            assert "احترق منزلان".encode() not in path.read_bytes(), path
    if item:
        assert "الجسر عند بيرش مغلق" in page(studio)


def test_an_edition_bears_the_names_that_config_gives(studio: Studio) -> None:
    """Title, description and names of fronts under ``translations:``; their ids and codes stay.

    A place is called by the plainest of its names in the letters of the language.
    """
    elm = "{name: Elm, aliases: [Alm, مدينة إلم, إلم]}"
    studio.config = studio.config.replace("Elm]", f"{elm}]")
    more = "translations:\n  ar: {title: رسائل الوادي, fronts: {north: الجبهة الشمالية للوادي}}\n"
    studio.folders.config.write_text(studio.config + more, encoding="utf-8")
    studio.publish()
    assert "رسائل الوادي" in page(studio)
    assert "الجبهة الشمالية للوادي" in page(studio, "ar/north/index.html")
    assert "N6-1" in page(studio)
    assert "<span>إلم</span>" in page(studio)
    assert ">إلم</a>" in page(studio, "ar/places/index.html")
    assert "<span>Elm</span>" in page(studio, "2024-12-06/index.html")


def test_a_heading_comes_with_the_words_below_it(studio: Studio) -> None:
    """Also where a section is not translated yet; that one keeps the original's."""
    studio.drop(TRANSLATION, ARABIC.partition("## أخبار")[0])
    studio.publish()
    headings = re.findall(r"<h2 id=\"h-s\d\"[^>]*>(?:<a[^>]*>)?([^<]*)", page(studio))
    assert headings == ["الجبهة الشمالية", "الجبهة الجنوبية", "Rumors"]


def test_headings_stay_in_order_where_the_same_is_said_below_each(studio: Studio) -> None:
    """A translation that says "no news today" below every heading keeps each heading in its place."""
    heads, names = ("Northern front", "Southern front", "Border"), ("الشمال", "الجنوب", "الحدود")
    english = "".join(f"# {head}\n\n- Nothing new at {head}.\n\n" for head in heads)
    arabic = "".join(f"# {name}\n\n- لا أخبار اليوم.\n\n" for name in names)
    studio.drop("2024-12-05.md", f"Update 05-12-2024\n\n{english}")
    studio.drop("2024-12-05.ar.md", f"تحديث 05-12-2024\n\n{arabic}")
    studio.publish()
    shown = page(studio, "ar/2024-12-05/index.html")
    headings = re.findall(r"<h2 id=\"h-s\d\"[^>]*>(?:<a[^>]*>)?([^<]*)", shown)
    assert headings == list(names)


_ENGLISH = [ENGLISH, ENGLISH.replace("- The bridge at Birch is closed.\n", ""),
            ENGLISH.replace("is closed", "has been closed by the river since noon"),
            ENGLISH + "- People say that Dogwood is empty.\n", "", f"---\nwithdraw: no\n---\n{ENGLISH}"
]  # fmt: skip
_ARABIC = [ARABIC, ARABIC.replace("- الجسر عند بيرش مغلق.\n", ""), ARABIC.replace("مغلق", "مفتوح"),
           ARABIC + "- يقول الناس إن دوغوود خالية.\n", ""]  # fmt: skip


@pytest.mark.slow
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(range(6)), st.sampled_from(range(5))), min_size=2, max_size=4))
def test_after_any_changes_the_site_is_that_of_a_clean_build(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[int, int]]
) -> None:
    """Whatever comes, changes and goes of an original and its translation, in whatever order."""
    root = tmp_path_factory.mktemp("translations")
    studio = Studio(root / "site")
    studio.drop("2024-12-05.md", "Update 05-12-2024\n\n- Cedar Bridge is quiet.\n- Elm has no water.\n")
    studio.drop("2024-12-05.ar.md", "تحديث 05-12-2024\n\n- الهدوء في جسر سيدار.\n- لا ماء في إلم.\n")
    studio.drop("2024-12-04.md", "Update 04-12-2024\n\n- Alder waits.\n")
    for english, arabic in steps:
        for name, text in ((ORIGINAL, _ENGLISH[english]), (TRANSLATION, _ARABIC[arabic])):
            path = studio.folders.feeds / name
            if text:
                studio.drop(name, text)
            elif path.exists():
                studio.take(name)
        studio.publish()
        studio.later(hours=1)
    assert is_from_scratch(studio, root / "again")
