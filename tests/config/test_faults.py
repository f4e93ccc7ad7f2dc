"""Every fault of config.yaml is a message with a line and a remedy."""

from __future__ import annotations

import dataclasses
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitrep.base.errors import ConfigError
from sitrep.config.checks import RESERVED
from sitrep.config.load import (
    load_config,
)
from sitrep.config.values import Front
from sitrep.site import addresses
from tests.config.samples import SMALL, faults, with_front

ROOT = Path(__file__).parents[2]


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
        (
            "site: {title: x, onion: 'https://e.org/'}\nfronts: [{id: a, name: A}]",
            1,
            "no onion service",
        ),
        ("site: {title: ''}\nfronts: [{id: a, name: A}]", 1, "site.title is empty"),
        ("site: {title: ' '}\nfronts: [{id: a, name: A}]", 1, "site.title is empty"),
        ("site: {title: x}\nfronts: [{id: a, name: ' '}]", 2, "fronts.a.name is empty"),
        ("site: {title: [x]}\nfronts: [{id: a, name: A}]", 1, "site.title is a list"),
        ("site: {title: x, timezone: ../../etc/passwd}\nfronts: [{id: a, name: A}]", 1, "no time zone"),
        ("site: {title: x, timezone: localtime}\nfronts: [{id: a, name: A}]", 1, "no time zone"),
        ("site: {title: Hama: x}", 1, "bracket"),
    ],
)
def test_each_fault_has_a_line_and_plain_words(text: str, line: int, words: str) -> None:
    """Each thing that can be wrong is named where it stands, in words that need no manual."""
    told = faults(text)
    assert any(at == line and words in fact for at, fact, _ in told), told


def test_an_address_in_other_letters_is_offered_as_machines_take_it() -> None:
    """What the remedy says to write for a host or a path in any script is taken."""
    text = "site: {title: x, base_url: 'https://BASE/'}\nfronts: [{id: a, name: A}]"
    for base in ("münchen.example/stadt-süd", "отчёт.example", "例え.example/日"):
        ((_, _, remedy),) = faults(text.replace("BASE", base))
        offered = remedy.rpartition(" ")[2]
        assert load_config(text.replace("https://BASE/", offered)).site.base_url == offered


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
        "site", "fronts", "title", "places", "name", "at", "languages", "en", "rumor", "feeds", "hubs",
        "watch", "id", "kind",
    ]
)  # fmt: skip
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
