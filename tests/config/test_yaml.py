"""YAML text becomes plain values with lines, and every fault is told with line, fact and remedy."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitrep.config.yaml import MAX_DEPTH, YamlError, load
from tests.lanes import one_fast


def faults(text: str, first_line: int = 1) -> list[tuple[int | None, str]]:
    with pytest.raises(YamlError) as caught:
        load(text, "f.yaml", first_line)
    for problem in caught.value.problems:
        assert problem.path == "f.yaml"
        assert problem.remedy
    return [(p.line, p.fact) for p in caught.value.problems]


@pytest.mark.parametrize(
    "word", ["no", "yes", "on", "0777", "12:30", "2024-12-06", "1e3", "true", "0x1F", "1_000"]
)
def test_nothing_is_guessed(word: str) -> None:
    """A plain word stays the text that was typed, whatever YAML 1.1 would make of it."""
    assert load(f"a: {word}", "f").value == {"a": word}


@pytest.mark.parametrize("word", ["", "~", "null"])
def test_nothing_written_is_none(word: str) -> None:
    """An empty value, ``~`` and ``null`` are None; the same in quotes is text."""
    assert load(f"a: {word}", "f").value == {"a": None}
    assert load(f"a: '{word}'", "f").value == {"a": word}


def test_an_empty_document_is_none() -> None:
    """Nothing, or nothing but comments, is the value None."""
    assert load("", "f").value is None
    assert load("# nothing\n", "f").value is None


def test_every_key_knows_its_line() -> None:
    """Keys and list entries answer with their own line, an unknown key with its parent's."""
    document = load("title: x\nfronts:\n  - id: a\n    places:\n      - Hama\n  -\n    id: b\n", "f", 10)
    assert document.line("title") == 10
    assert document.line("fronts") == 11
    assert document.line("fronts", 0, "id") == 12
    assert document.line("fronts", 0, "places", 0) == 14
    assert document.line("fronts", 1, "id") == 16
    assert document.line("fronts", 0, "nmae") == 12
    assert document.line("nothing") == 10


def test_line_endings_and_byte_order_marks_do_not_count() -> None:
    """CRLF, CR, a byte order mark and Unicode line separators shift no line."""
    document = load("\ufeffa: x\u2028y\r\nb: 1\rc: 2\n", "f")
    assert document.value == {"a": "x y", "b": "1", "c": "2"}
    assert document.line("c") == 3


def test_duplicate_keys_are_all_named_with_both_lines() -> None:
    """Each repeated key is a fault of its own, with the first and the second line."""
    assert faults("a: 1\nb: 2\na: 3\nc:\n  d: 1\n  d: 2\n", 5) == [
        (7, 'the key "a" stands twice: on line 5 and on line 7'),
        (10, 'the key "d" stands twice: on line 9 and on line 10'),
    ]


def test_an_alias_repeats_its_value() -> None:
    """An anchored value can be used again, and its key keeps its own line."""
    document = load("x: &p [Hama, Homs]\ny: *p\n", "f")
    assert document.value == {"x": ["Hama", "Homs"], "y": ["Hama", "Homs"]}
    assert document.line("y") == 2


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("title: Hama: day two", 1, "second colon"),
        ('a: b\ntitle: "open\nfoo: x', 2, "never closed"),
        ('title: "He said" yes', 1, "does not fit"),
        ("title: [draft] foo", 1, "does not fit"),
        ("a:\n\tb: c", 2, "tab"),
        ("title: @foo", 1, "cannot begin"),
        ("title: `foo`", 1, "cannot begin"),
        ("title: *bold*", 1, "* or &"),
        ("title: *bold", 1, "not named anywhere"),
        ("a: &x [*x]", 1, "not named anywhere"),
        ("a: !!python/object/apply:os.system [id]", 1, "python/object/apply:os.system"),
        ("a: !wow", 1, "!wow"),
        ("{{ title }}: x", 1, "no plain text"),
        ("? [a]\n: b", 1, "no plain text"),
        ("a: b\nfoo bar\nc: d", 2, "without a colon"),
        ("a: b\nc: [1,2\nd: e", 2, "bracket"),
        ("a: |x\n y", 1, "next line"),
        ('a: "\\q"', 1, "backslash"),
        ("a: b\n---\nc: d", 2, "second document"),
        ("<<: {a: b}", 1, "merge keys"),
        ("a: - b", 1, "dash"),
        ("a: b\nc: \x07", 2, "U+0007"),
        ("a: \ud800", 1, "U+D800"),
    ],
)
def test_each_fault_has_a_line_and_plain_words(text: str, line: int, words: str) -> None:
    """What a tired writer gets wrong is named where it stands, in words that need no manual."""
    found = faults(text)
    assert (line, True) in [(at, words in fact) for at, fact in found], found


@pytest.mark.parametrize("written", ["! 'Issue #4'", '! "Issue #4"', "'Issue #4'"])
def test_an_exclamation_mark_alone_is_harmless(written: str) -> None:
    """Importers of blogs wrote ``title: ! '...'``: it is the text behind it."""
    assert load(f"title: {written}", "a.yaml").value == {"title": "Issue #4"}


def test_a_tag_runs_nothing() -> None:
    """A tag that would make other loaders call Python is refused, not obeyed."""
    assert len(faults("a: !!python/object/apply:os.mkdir [/nowhere]")) == 1


BOMBS = {
    "brackets": "[" * 200_000,
    "braces": "{a: " * 100_000,
    "laughs": "a: &a [x,x,x,x,x,x,x,x,x]\n"
    + "".join(
        f"{b}: &{b} [{','.join(['*' + a] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    ),
    "entries": "- a\n" * 128_000,
    "indents": "\n".join(" " * i + "a:" for i in range(1000)),
    "duplicates": "a: b\n" * 60_000,
}


@pytest.mark.parametrize("name", one_fast(*BOMBS))
def test_bombs_are_refused_at_once(name: str) -> None:
    """Depth, repetition and sheer number are refused before they cost a second."""
    start = time.process_time()
    assert len(faults(BOMBS[name])) <= 20
    assert time.process_time() - start < 1


def test_the_depth_limit_is_exact() -> None:
    """What the limit allows is read."""
    text = "[" * MAX_DEPTH + "]" * MAX_DEPTH
    assert load(text, "f").value is not None
    faults("[" + text + "]")


@given(st.text(alphabet=st.sampled_from(list("ab:-[]{}&*!|>'\"%@`#? \n\t~<,\\é")), max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    """No text makes it fail in another way, and every fault lies within the text."""
    try:
        load(text, "f", 1)
    except YamlError as error:
        for problem in error.problems:
            assert problem.line is not None
            assert 1 <= problem.line <= text.count("\n") + 1


plain = st.recursive(
    st.none()
    | st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp")), max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text("abcdef", min_size=1, max_size=4), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(plain)
def test_what_is_written_is_read(value: object) -> None:
    """Values written as JSON, which is YAML, come back as they were."""
    assert load(json.dumps(value, ensure_ascii=False), "f").value == value


def test_both_parsers_say_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where libyaml is missing, values, lines and refusals are the same."""
    import yaml

    good = "title: no\nfronts:\n  - id: a\n    at: [1, 2]\nx: &a |\n  text\ny: *a\n"
    bad = ["title: Hama: x", 'a: "open', "a:\n\tb: c", "a: [1", "a: b\nfoo bar\nc: d"]
    fast, said = load(good, "f"), [faults(text) for text in bad]
    monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    slow = load(good, "f")
    assert slow.value == fast.value
    assert slow.line("fronts", 0, "at", 1) == fast.line("fronts", 0, "at", 1)
    assert [faults(text) for text in bad] == said
