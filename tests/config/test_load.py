"""The text of config.yaml becomes a Config, as its editors and the schema expect."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from textwrap import indent

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitrep.base.errors import ConfigError
from sitrep.base.nouns import Severity
from sitrep.base.values import decode, encode
from sitrep.config.checks import RESERVED
from sitrep.config.load import (
    config_schema,
    config_text,
    load_config,
    remarks,
    shipped_lexicon,
)
from sitrep.config.values import Config, Place
from sitrep.config.word_lists import Lexicon
from tests.config.samples import SMALL, with_front
from tests.other_machine import shares_work

ROOT = Path(__file__).parents[2]


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


def test_a_configuration_as_read_is_the_one_that_is_kept() -> None:
    """What is read from the text and from the copy in the archive is the same, down to the order of keys."""
    more = """
look: {light: {paper: "#ffffff", ink: "#111111"}, dark: {paper: "#000000", blue: "#a5c8f5"}}
words: {uk: {rumors: Чутки}, en: {rumors: Hearsay, items: {other: "{} entries", one: "{} entry"}}}
translations: {fr: {fronts: {upper: Haut, general: Autres}}, ar: {title: الوادي}}
languages: {uk: {signoffs: [до завтра]}, de: {signoffs: [bis morgen]}}
"""
    config = load_config(SMALL + more)
    assert repr(decode(encode(config), Config)) == repr(config)


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
    """Every word list in the package would be taken as one of a configuration, and none is empty."""
    lists = sorted((ROOT / "sitrep" / "lexicon" / "words").glob("*.yaml"))
    assert len(lists) > 20
    for file in lists:
        words = indent(file.read_text(encoding="utf-8"), "    ")
        assert load_config(f"{SMALL}languages:\n  {file.stem}:\n    replace: true\n{words}")
        assert shipped_lexicon(file.stem) not in (None, Lexicon())
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


@shares_work
def test_pydantic_is_loaded_only_to_read(tmp_path: Path) -> None:
    """Importing the door costs nothing: neither pydantic nor YAML is loaded before a text is read. A build
    from nothing holds neither of them: they were loaded in a process that has ended."""
    code = (
        "import sys, sitrep.config.load\n"
        "def loaded(): return {'pydantic', 'yaml'} & sys.modules.keys()\n"
        "assert not loaded()\n"
        "from tests.publishing import Path, Studio\n"
        "assert Studio(Path(sys.argv[1])).publish().whole\n"
        "assert not loaded()\n"
    )
    subprocess.run([sys.executable, "-c", code, tmp_path], cwd=ROOT, check=True)


def test_a_place_of_two_fronts_is_worth_a_note() -> None:
    """It stops nothing: both lines are told, and an item that names it alone sorts nothing by it."""
    text = SMALL + "    places: [Hama]\n  - name: Lower\n    places: [{name: Hamah, aliases: [Hama]}, Homs]\n"
    [told] = remarks(text)
    assert (told.line, told.severity) == (8, Severity.NOTE)
    assert "the other is on line 6" in told.fact
    load_config(text)
    assert remarks(SMALL + "    places: [Hama]\n  - name: Lower\n    places: [Homs]\n") == ()
