"""Whatever looks as if it should hold a text back is obeyed or refused, never published."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sitrep.base.nouns import Severity
from tests.reading.dialect import PROSE, config, read
from tests.reading.holding import BODY, CASE, DATE, LISTS, every, waits

DASHES = "-‐‑‒–—―−⸺─=_~*+"
FENCE = st.one_of(
    st.tuples(st.sampled_from(DASHES), st.integers(2, 9)).map(lambda made: made[0] * made[1]),
    st.lists(st.sampled_from(DASHES), min_size=2, max_size=6).map("".join),
    st.sampled_from(["---", " ---", "\ufeff---", "— —", "- - -", "--- ", "\t---", "> ---", "```yaml", "—"]),
)
COLON = st.sampled_from([": ", ":", " : ", "：", " ： ", ":\t", " :", " = ", "︓"])
AROUND = st.sampled_from(
    ["", "", "", '"', "'", "“", "”", "„", "«", "*", "**", "_", "`", " ", "\u200e", "\ufeff", "> ", "⚠️ "]
)
TRUE = st.sampled_from(
    ["true", "yes", "True", "YES", "ja", "oui", "sí", "evet", "так", "نعم", "1", "“yes”", ""]
)
FALSE = st.sampled_from(["false", "no", "nein", "non", "hayır", "ні", "لا"])
LATER = st.sampled_from(
    [
        *("2030-01-01", "2030-01-01 08:00", "1.1.2030", "2030-01-01 evening", "2030-13-01", "", "?", "-1"),
        *("1.1.2030 spät abends", "01/01/2030 in the evening", "2030-01-01, пізно"),
    ]
)


@st.composite
def slips(draw: st.DrawFn, words: st.SearchStrategy[str]) -> str:
    """A word, at times with one letter left out, doubled, changed or swapped with its neighbour."""
    word = draw(words)
    place = draw(st.integers(1, max(1, len(word) - 2)))
    if len(word) < 7 or " " in word[place - 1 : place + 2]:
        return word
    return draw(
        st.sampled_from(
            [
                word,
                word[:place] + word[place + 1 :],
                word[:place] + word[place] + word[place:],
                word[:place] + "x" + word[place + 1 :],
                word[:place] + word[place + 1] + word[place] + word[place + 2 :],
            ]
        )
    )


KEYS = st.one_of(
    st.tuples(slips(st.sampled_from(every("draft", "hold"))), TRUE),
    st.tuples(slips(st.sampled_from(every("embargo", "publish"))), LATER),
    st.tuples(slips(st.sampled_from(every("publish"))), FALSE),
    st.tuples(
        st.sampled_from(["status", "Status", "post_status", "Zustand", "statut"]),
        st.sampled_from(
            ["draft", "Entwurf", "private", "pending", "on hold", "unpublished", "not published"]
        ),
    ),
    st.tuples(
        st.sampled_from(
            [
                "drafts",
                "is_draft",
                "isDraft",
                "draft-mode",
                "publsh",
                "Publish at",
                "embargo_until",
                "publishAt",
                "publish_after",
                "not before",
                "scheduled",
                "hold",
                "private",
            ]
        ),
        LATER,
    ),
)


@st.composite
def held_texts(draw: st.DrawFn) -> str:
    """A text with a line that should hold it back, in any place and shape in which people write one."""
    key, value = draw(KEYS)
    around = draw(AROUND)
    line = f"{around}{draw(CASE)(key)}{around}{draw(COLON)}{value}"
    others = draw(
        st.lists(st.sampled_from(["title: Day six", "author: The desk", "tags: [a, b]"]), max_size=2)
    )
    head = [*others, line] if draw(st.booleans()) else [line, *others]
    fence, closing = draw(FENCE), draw(FENCE)
    return draw(
        st.sampled_from(
            [
                "\n".join([fence, *head, fence, DATE, "", BODY]),
                "\n".join(["", fence, *head, closing, "", DATE, "", BODY]),
                "\n".join([fence, *head, DATE, "", BODY]),
                "\n".join([*head, fence, DATE, "", BODY]),
                "\n".join([line, DATE, "", BODY]),
                "\n".join([DATE, line, "", BODY]),
                "\n".join([DATE, "", line, "", BODY]),
                "\n".join([DATE, fence, line, fence, BODY]),
                "\n".join(["---", "title: Day six", "---", fence, line, closing, DATE, "", BODY]),
                "\n".join([DATE, "", BODY, "Update 04-12-2024", line, "", BODY]),
            ]
        )
    )


@given(held_texts())
@example("---\npublish:\n---\n" + DATE + "\n\n" + BODY)
@example(DATE + "\npublsh: tomorrow\n\n" + BODY)
@example(DATE + "\nscheduled: 2030-01-01 evening\n\n" + BODY)
def test_a_line_that_should_hold_a_text_back_does(text: str) -> None:
    """Whatever fence, sign, case, place, language or slip of the pen: nothing of it comes out."""
    assert waits(read(text)), text


@pytest.mark.parametrize(
    "header",
    [
        "permalink: false",
        "build:\n  render: never",
        "eleventyExcludeFromCollections: true",
        "hide: true",
    ],
)
def test_a_header_that_makes_other_programs_leave_a_text_out_holds(header: str) -> None:
    """What tells another generator to make no page of a text is not published here."""
    assert waits(read(f"---\n{header}\n---\n{DATE}\n\n{BODY}"))


def test_what_search_engines_may_do_holds_nothing_back() -> None:
    """Editors of pads write robots: noindex into every text: it is published all the same."""
    assert not waits(read(f"---\nrobots: noindex, nofollow\n---\n{DATE}\n\n{BODY}"))


@pytest.mark.parametrize("name", sorted(LISTS))
def test_every_language_says_what_is_needed(name: str) -> None:
    """Each language has words for a draft, for holding back, for an embargo, for yes and for no."""
    assert all(LISTS[name][part] for part in ("draft", "hold", "embargo", "publish", "withdraw", "yes", "no"))


def test_a_conflict_of_versions_is_refused_with_its_line() -> None:
    """Marks of versions that were not merged are no text of anybody."""
    text = f"{DATE}\n\n<<<<<<< ours\n– one\n=======\n– two\n>>>>>>> theirs\n"
    reading = read(text)
    assert reading.refused
    assert [p.line for p in reading.problems if p.severity is Severity.ERROR] == [3]


def test_a_second_header_is_refused_with_its_line() -> None:
    """Two blocks of front matter: neither is news."""
    reading = read(f"---\ntitle: one\n---\n\n---\ntitle: two\nlang: en\n---\n{DATE}\n\n{BODY}", conf=config())
    assert [p.line for p in reading.problems if p.severity is Severity.ERROR] == [5]


@pytest.mark.parametrize("entry", ['status: "resolved"', "status: monitoring", "release: [28, 2]"])
def test_the_state_of_an_outage_and_the_number_of_a_program_hold_nothing(entry: str) -> None:
    """What a page of incidents or of releases says of its matter is no order to wait; a day still is one."""
    assert not waits(read(f"---\ndate: 2024-12-07\n{entry}\n---\n\n{PROSE}\n"))
    assert waits(read(f"---\ndate: 2024-12-07\nrelease: [2099, 12, 7]\n---\n\n{PROSE}\n"))


@pytest.mark.parametrize(
    ("key", "opens"), [("draft", "false"), ("release", "true"), ("published", "true"), ("hidden", "false")]
)
@pytest.mark.parametrize(
    "header",
    ["---\ndate: 2025-06-01\nextra:\n  {}: {}\n---\n", "+++\ndate = 2025-06-01\n[extra]\n{} = {}\n+++\n"],
)
def test_an_entry_below_another_key_holds_or_lets_go(header: str, key: str, opens: str) -> None:
    """What another program's header says in a part of its own lets a text go out, or the text is refused."""
    holds = {"true": "false", "false": "true"}[opens]
    assert not read(f"{header.format(key, opens)}\n- Water at Alder.\n").refused
    assert read(f"{header.format(key, holds)}\n- Water at Alder.\n").refused


@pytest.mark.parametrize("line", ["when: after the meeting", "ok?: ask Nadia", "state = half", "Go: Monday"])
def test_an_unknown_key_that_says_not_yet_is_asked_about(line: str) -> None:
    """Whatever the key is called, its value tells to wait."""
    assert waits(read(f"{line}\n{DATE}\n\n{BODY}"))


@pytest.mark.parametrize("opening", ["{", "---js\n{", "---json\n{"])
def test_what_should_wait_in_braces_does(opening: str) -> None:
    """A header of JSON or JavaScript holds back what one of YAML does; a key near to it refuses the file."""
    end = "\n}\n" + ("---\n" if opening[0] == "-" else "")
    [update] = read(f'{opening}\n "date": "2024-12-05",\n "draft": true{end}\n- One item.\n').updates
    assert update.draft
    assert not read(f'{opening}\n "date": "2024-12-05",\n "darft": true{end}\n- One item.\n').updates
