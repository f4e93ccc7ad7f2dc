"""The text of config.yaml becomes a Config, or every fault in it a message with a line and a remedy."""

from __future__ import annotations

import dataclasses
import json
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitrep.base.errors import ConfigError
from sitrep.base.nouns import Severity
from sitrep.config.checks import RESERVED
from sitrep.config.load import (
    config_schema,
    config_text,
    load_config,
    load_lexicon,
    remarks,
    shipped_lexicon,
)
from sitrep.config.values import Config, Front, Place
from sitrep.config.word_lists import Lexicon
from sitrep.site import addresses

ROOT = Path(__file__).parents[2]

SMALL = """\
site:
  title: River valley
fronts:
  - id: upper
    name: Upper valley
"""


def faults(text: str) -> list[tuple[int | None, str, str]]:
    with pytest.raises(ConfigError) as caught:
        load_config(text, "c.yaml")
    for problem in caught.value.problems:
        assert problem.path == "c.yaml"
        assert problem.remedy
    return [(p.line, p.fact, p.remedy) for p in caught.value.problems]


def with_front(lines: str) -> str:
    return SMALL + "".join(f"    {line}\n" for line in lines.splitlines())


def test_the_least_config_is_enough() -> None:
    """A title and one front are a whole configuration; everything else has its default."""
    config = load_config(SMALL)
    assert config.site.title == "River valley"
    assert [front.id for front in config.fronts] == ["upper", "general", "rumors"]
    assert config.limits == Config(site=config.site, fronts=config.fronts).limits
    assert config.languages["en"].rumor


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_config_is_read_as_editors_save_it(encoding: str) -> None:
    """UTF-8 with and without mark, and UTF-16 as the notepads of some systems save it."""
    assert config_text("site: {title: Şehba}".encode(encoding), "config.yaml") == "site: {title: Şehba}"


def test_a_config_in_an_old_encoding_is_refused_with_its_line() -> None:
    """Letters are not guessed in a configuration; the message says what to do."""
    with pytest.raises(ConfigError) as caught:
        config_text("site:\n  title: café".encode("cp1252"), "config.yaml")
    assert str(caught.value).startswith("config.yaml:2: this is not UTF-8")


def test_reading_is_a_function_of_the_text() -> None:
    """The same text gives the same values."""
    assert load_config(SMALL) == load_config(SMALL)


def test_values_have_the_types_the_program_uses() -> None:
    """Numbers, truth values and coordinates typed as text become what they are."""
    text = (
        with_front("places: [{name: Hama, at: [35.13, 36.75]}]")
        + "seo: no\nfeeds: {days: 7}\nwatch:\n  settle: 0.5\n"
    )
    config = load_config(text)
    assert config.front("upper").places == (Place(name="Hama", at=(35.13, 36.75)),)
    assert (config.seo, config.feeds.days, config.watch.settle) == (False, 7, 0.5)


def test_titles_stay_text() -> None:
    """A title that looks like a number, a date or a truth value stays as it was typed."""
    for title in ("2024", "no", "2024-12-06", "12:30"):
        assert load_config(SMALL.replace("River valley", title)).site.title == title


def test_a_front_that_is_missing_is_added() -> None:
    """There is always one front for rumors and one for what no other has; given ones are kept as they are."""
    added = load_config(SMALL)
    assert [f.kind for f in added.fronts] == ["geography", "general", "rumors"]
    given = load_config(SMALL + "  - id: hearsay\n    name: Hearsay\n    kind: rumors\n")
    assert [f.id for f in given.fronts] == ["upper", "hearsay", "general"]


def test_short_names_and_codes_are_filled_in() -> None:
    """Short name and code come from name and id; no two codes are equal and R stays with the rumors."""
    text = SMALL + "".join(
        f"  - id: {i}\n    name: {n}\n" for i, n in [("uplands", "The uplands"), ("river", "River")]
    )
    fronts = {front.id: front for front in load_config(text).fronts}
    assert {i: f.code for i, f in fronts.items()} == {
        "upper": "U", "uplands": "UP", "river": "RI", "general": "G", "rumors": "R",
    }  # fmt: skip
    assert fronts["uplands"].short == "The"
    assert list(fronts) == ["upper", "uplands", "river", "general", "rumors"]


@given(
    st.lists(
        st.from_regex(r"[a-z]{1,4}(-[a-z0-9]{1,3})?", fullmatch=True), min_size=1, max_size=9, unique=True
    )
)
def test_codes_never_collide(ids: list[str]) -> None:
    """Whatever the ids, a code names one front only."""
    ids = [i for i in ids if i not in RESERVED and i not in ("rumors", "general")] or ["west"]
    text = "site: {title: x}\nfronts:\n" + "".join(f'  - {{id: "{i}", name: "name {i}"}}\n' for i in ids)
    codes = [front.code for front in load_config(text).fronts]
    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize("written", ["Hama, Homs", "[Hama, Homs]", "[{name: Hama}, Homs]"])
def test_places_may_be_written_short(written: str) -> None:
    """A place may be its bare name, and a list may stand on one line with commas."""
    assert [p.name for p in load_config(with_front(f"places: {written}")).front("upper").places] == [
        "Hama",
        "Homs",
    ]


def test_one_text_serves_where_a_list_is_wanted() -> None:
    """A single text is a list of one; a comma parts names but not headings."""
    front = load_config(
        with_front("headings: Hills, rivers\nactors: A, B\nplaces:\n  - name: Hama\n    at: 35, 36")
    )
    assert front.front("upper").headings == ("Hills, rivers",)
    assert front.front("upper").actors == ("A", "B")
    assert front.front("upper").places[0].at == (35.0, 36.0)


def test_a_phrase_with_a_colon_is_a_phrase() -> None:
    """In a list of texts ``- share this:`` is text, though YAML reads a key."""
    config = load_config(
        SMALL + "languages:\n  en:\n    boilerplate:\n      - pass it on:\n      - seen at: the gate\n"
    )
    assert {"pass it on:", "seen at: the gate"} <= set(config.languages["en"].boilerplate)


def test_the_address_gets_its_final_slash() -> None:
    """base_url ends with a slash, typed or not."""
    for typed in ("https://example.org", "https://example.org/"):
        assert load_config(
            f"site: {{title: x, base_url: '{typed}'}}\nfronts: [{{id: a, name: A}}]"
        ).site.base_url == ("https://example.org/")


def test_texts_are_composed() -> None:
    """Decomposed accents are composed, as in the texts they are compared with."""
    assert load_config(SMALL.replace("River", "Rive\u0301r")).site.title == "Riv\u00e9r valley"


def test_words_are_added_to_the_shipped_lists() -> None:
    """A list in config.yaml adds to the shipped one; with ``replace`` it takes its place, the others stay."""
    shipped = shipped_lexicon("en")
    assert shipped is not None
    added = load_config(SMALL + "languages: {en: {rumor: [scuttlebutt]}}").languages["en"]
    assert added.rumor == (*shipped.rumor, "scuttlebutt")
    only = load_config(SMALL + "languages: {en: {replace: true, rumor: [scuttlebutt]}}").languages["en"]
    assert only.rumor == ("scuttlebutt",)
    assert only.reported == shipped.reported


def test_languages_are_there_unasked() -> None:
    """The site's language and English always have an entry, and so has every language named."""
    text = (
        SMALL.replace("  title", "  language: ckb\n  title") + "languages:\n  de:\n  fr:\n    rumor: bruit\n"
    )
    config = load_config(text)
    assert set(config.languages) == {"ckb", "en", "de", "fr"}
    assert config.languages["fr"].rumor[-1] == "bruit"


def test_shipped_lexicons_are_sound() -> None:
    """Every word list in the package is read without a fault and is not empty."""
    for file in sorted((ROOT / "sitrep" / "lexicon").glob("*.yaml")):
        assert load_lexicon(file.read_text(encoding="utf-8"), file.name) != Lexicon()
    assert shipped_lexicon("en-GB") == shipped_lexicon("en")
    assert shipped_lexicon("../config") is None


def test_the_config_in_the_readme_is_sound() -> None:
    """What README.md shows of a configuration is sound, and the shipped config.yaml is one."""
    shown = re.search(r"```yaml\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert shown
    assert load_config(f"{shown[1]}fronts: [North]\n").deploy
    assert load_config((ROOT / "config.yaml").read_text(encoding="utf-8")).fronts


def test_the_schema_for_editors_is_up_to_date() -> None:
    """docs/config.schema.json is what the program would write today (``make schema`` writes it)."""
    written = json.loads((ROOT / "docs" / "config.schema.json").read_text(encoding="utf-8"))
    assert written == config_schema()


def test_the_schema_accepts_what_the_program_accepts() -> None:
    """An editor finds no fault in shorthands, and finds an unknown key."""
    jsonschema.Draft202012Validator.check_schema(config_schema())
    good = {
        "site": {"title": "x"},
        "fronts": [{"id": "a", "name": "A", "places": ["Hama", {"name": "Homs"}], "words": "x"}],
    }
    jsonschema.validate(good, config_schema())
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**good, "frnots": []}, config_schema())


def test_the_schema_describes_its_keys() -> None:
    """What stands under a field of sitrep.config is what an editor shows."""
    site = config_schema()["$defs"]["Site"]["properties"]
    assert site["timezone"]["description"] == "IANA name, for example Asia/Damascus."


def test_pydantic_is_loaded_only_to_read() -> None:
    """Importing the door costs nothing: neither pydantic nor YAML is loaded before a text is read."""
    code = "import sys, sitrep.config.load; sys.exit('pydantic' in sys.modules or 'yaml' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=ROOT).returncode == 0


def test_a_place_of_two_fronts_is_worth_a_note() -> None:
    """It stops nothing: both lines are told, and an item that names it alone sorts nothing by it."""
    text = SMALL + "    places: [Hama]\n  - name: Lower\n    places: [{name: Hamah, aliases: [Hama]}, Homs]\n"
    [told] = remarks(text)
    assert (told.line, told.severity) == (8, Severity.NOTE)
    assert "the other is on line 6" in told.fact
    load_config(text)
    assert remarks(SMALL + "    places: [Hama]\n  - name: Lower\n    places: [Homs]\n") == ()


def test_all_faults_are_told_at_once_with_their_lines() -> None:
    """Faults of every kind, in every part, come together and in order."""
    text = """\
site:
  titel: x
  timezone: Asia/Damascsu
  base_url: example.org
  authority: Example 2024
  language: English
fronts:
  - id: Upper Valley
    name: Upper valley
    hue: purple
    places: [Hama]
  - id: lower
    name: Lower valley
    places:
      - name: Hamah
        aliases: hama
limits:
  source_bytes: many
dates:
  order: ymd
"""
    told = faults(text)
    assert [line for line, _, _ in told] == [1, 2, 3, 4, 5, 6, 8, 10, 18, 20]
    remedies = {line: remedy for line, _, remedy in told}
    assert remedies[2] == "did you mean title?"
    assert remedies[3].startswith("did you mean Asia/Damascus?")
    assert "https://example.org/" in remedies[4]
    assert "upper-valley" in remedies[8]
    assert "blue, brown" in remedies[10]
    assert "512000" in remedies[18]
    assert "dmy, mdy" in remedies[20]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "nothing is configured"),
        ("# only a comment", 1, "nothing is configured"),
        ("- a", 1, "not a list of keys"),
        ("site: {title: x}", 1, "fronts is missing"),
        ("site: {title: x}\nfronts: []", 2, "fronts is empty"),
        ("site: x\nfronts: [{id: a, name: A}]", 1, "has keys of its own"),
        (SMALL + "site:\n  title: y\n", 6, "stands twice: on line 1 and on line 6"),
        (SMALL + "timezone: UTC\n", 6, 'no key "timezone"'),
        (
            SMALL + "  - id: upper\n    name: Other\n",
            6,
            'two fronts have the id "upper"; the other is on line 4',
        ),
        (
            SMALL + "  - id: other\n    name: upper VALLEY\n",
            7,
            "headings of two fronts; the other is on line 5",
        ),
        (SMALL + "  - id: archive\n    name: Old\n", 6, "a folder the site has already"),
        (SMALL + "  - id: 2024-12\n    name: Old\n", 6, "looks like a date"),
        (SMALL + "  - id: 2024\n    name: Old\n", 6, "looks like a date"),
        (SMALL + "  - id: ../x\n    name: Old\n", 6, "cannot be a folder"),
        (SMALL + "  - {id: new, name: Old, formerly: upper}\n", 6, "that of a front here"),
        (SMALL + "  - {id: new, name: Old, formerly: [old, old]}\n", 6, "stands twice"),
        (SMALL + "  - {id: new, name: Old, formerly: rumors}\n", 6, "that of a front here"),
        (SMALL + "  - {id: new, name: Old, formerly: 2024}\n", 6, "no front can have had"),
        (SMALL + "ended: [upper]\n", 6, "that of a front here"),
        (SMALL + "  - id: rumors\n    name: Talk\n", 6, "is not of kind rumors"),
        (
            SMALL + "  - {id: a, name: A, kind: rumors}\n  - {id: b, name: B, kind: rumors}\n",
            7,
            "a second front",
        ),
        (SMALL + "  - {id: a, name: A, code: W1}\n", 6, "one to three letters"),
        (SMALL + "  - {id: a, name: A, code: W}\n  - {id: b, name: B, code: W}\n", 7, 'the code "W"'),
        (SMALL + "  - [upper]\n", 6, "fronts.entry 2"),
        (with_front("places:\n  - name: Hama\n    at: [1]"), 8, "at.entry 2 is missing"),
        (with_front("places:\n  - name: Hama\n    at: [1, 2, 3]"), 8, "not a latitude"),
        (with_front("places:\n  - name: Hama\n    at: [100, 2]"), 8, "too much"),
        (with_front("places:\n  - name: Hama\n    at: [nan, 2]"), 8, "at.entry 1"),
        (with_front("places:\n  - aliases: x"), 7, "name is missing"),
        (with_front("words:\n  - x\n  -\n"), 8, "an empty entry in fronts.upper.words"),
        (with_front("words:\n  - [x]\n"), 7, "not a text"),
        (with_front("words: {a: b}"), 6, "not a list"),
        (with_front("kind: rumor"), 6, "fronts.upper.kind cannot be"),
        (SMALL + "feeds:\n  bytes: 1.5\n", 7, "not a whole number"),
        (SMALL + "feeds:\n  bytes: 5\n", 7, "too little"),
        (SMALL + "feeds:\n  hubs: ftp://x\n", 7, "not an address"),
        (SMALL + "feeds:\n  opinion: maybe\n", 7, "neither true nor false"),
        (SMALL + "watch:\n  settle: inf\n", 7, "not a number of seconds"),
        (SMALL + "languages:\n  en_GB:\n", 7, "no language code"),
        (SMALL + "languages:\n  en: {rumour: [x]}\n", 7, 'no key "languages.en.rumour"'),
        (SMALL + "languages: [en]\n", 6, "languages is a list"),
        ("site: {title: x, license: CC BY-SA}\nfronts: [{id: a, name: A}]", 1, "not an address"),
        ("site: {title: x, base_url: 'https://e.org/?a'}\nfronts: [{id: a, name: A}]", 1, "? or #"),
        (
            "site: {title: x, base_url: 'https://user@e.org/'}\nfronts: [{id: a, name: A}]",
            1,
            "not an address",
        ),
        ("site: {title: ''}\nfronts: [{id: a, name: A}]", 1, "site.title is empty"),
        ("site: {title: ' '}\nfronts: [{id: a, name: A}]", 1, "site.title is empty"),
        ("site: {title: x}\nfronts: [{id: a, name: ' '}]", 2, "fronts.a.name is empty"),
        ("site: {title: [x]}\nfronts: [{id: a, name: A}]", 1, "site.title is a list"),
        ("site: {title: x, timezone: ../../etc/passwd}\nfronts: [{id: a, name: A}]", 1, "no time zone"),
        ("site: {title: Hama: x}", 1, "bracket"),
    ],
)
def test_each_fault_has_a_line_and_plain_words(text: str, line: int, words: str) -> None:
    """Each thing that can be wrong is named where it stands, in words that need no manual."""
    told = faults(text)
    assert any(at == line and words in fact for at, fact, _ in told), told


def test_one_front_may_name_a_place_twice() -> None:
    """An alias repeated within one front sorts nothing wrongly and is no fault."""
    load_config(with_front("places:\n  - {name: Hama, aliases: [HAMA]}\n  - Hama\n"))


def test_no_fault_speaks_the_language_of_the_machine() -> None:
    """No message shows a Python type, a class name or the wording of a library."""
    told = " ".join(
        fact + remedy
        for _, fact, remedy in faults("site: []\nfronts: {a: b}\nfeeds: {hubs: [[x]]}\nmap: {}\n")
    )
    assert not any(word in told for word in ("dict", "Input", "tuple", "Lexicon", "str ", "NoneType"))


keys = st.sampled_from(
    [
        "site",
        "fronts",
        "title",
        "places",
        "name",
        "at",
        "languages",
        "en",
        "rumor",
        "feeds",
        "hubs",
        "watch",
        "id",
        "kind",
    ]
)
values = st.recursive(
    st.none() | st.sampled_from(["", "x", "1", "rumors", "2024", "a, b", "https://x/"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(keys, values, max_size=6))
def test_any_values_are_a_config_or_faults(value: dict[str, object]) -> None:
    """Whatever stands in the file, the answer is a Config or a list of faults, each with a line."""
    try:
        config = load_config(json.dumps(value))
    except ConfigError as error:
        if not error.problems or not all(p.line for p in error.problems):
            raise
    else:
        assert dataclasses.is_dataclass(config)
        assert all(isinstance(front, Front) for front in config.fronts)


@pytest.mark.parametrize(
    "front_id",
    ["updates", "items", "changes", "opinion", "claims", "since", "media", "api", "2024", "7", "2024-12-06"],
)
def test_a_front_cannot_take_the_place_of_something_else(front_id: str) -> None:
    """The name of a feed or folder of the site, and whatever could be a date or a year, is refused."""
    ((line, fact, remedy),) = faults(SMALL.replace("id: upper", f'id: "{front_id}"'))
    assert line == 4
    assert front_id in fact
    assert front_id in remedy


def test_every_folder_of_the_site_is_reserved() -> None:
    """No page, feed or list stands in a folder that a front could be called by."""
    places = [place for place in vars(addresses).values() if isinstance(place, str) and "." in place]
    places += [feed.place("atom") for feed in addresses.feeds_of(load_config(SMALL))]
    places += [addresses.update_api("2024-12-06"), addresses.claim_page("a"), addresses.media("a.jpg")]
    folders = {place.partition("/")[0] for place in places if re.match("[a-z-]+/", place)}
    assert {"about", "api", "claims", "items", "upper"} <= folders
    assert folders - {"upper", "rumors", "general"} <= RESERVED
