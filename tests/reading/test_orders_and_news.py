"""Lines outside of a header that ask to wait, and news that sounds like them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitrep.lexicon.waiting.keys import meaning_of
from sitrep.lexicon.waiting.lists import by_language
from tests.lanes import one_fast
from tests.reading.dialect import PROSE, read
from tests.reading.holding import BODY, CASE, DATE, LISTS, every, waits

BARE = st.sampled_from(
    [*every("draft"), *(phrase for phrase in every("hold") if " " in phrase), "Embargoed until Friday"]
)
SHAPE = st.sampled_from(
    ["{}", "{}!", "[{}]", "({})", "*** {} ***", "⚠️ {} ⚠️", "“{}”", "== {} ==", "<!-- {} -->"]
)


@given(
    BARE,
    SHAPE,
    CASE,
    st.sampled_from(["{0}\n{1}\n\n", "{1}\n{0}\n\n", "{1} – {0}\n\n", "[{0}] {1}\n\n", "{1} ({0})\n\n"]),
)
def test_a_line_that_says_draft_or_do_not_publish_holds(
    phrase: str, shape: str, case: type[str], place: str
) -> None:
    """A bare line, or a part of the date line, that says draft or do not publish keeps the text back."""
    text = place.format(shape.format(case(phrase)), DATE) + BODY
    assert waits(read(text)), text


FORBIDDEN = st.sampled_from(
    [
        *sorted({word for lists in by_language("orders").values() for word in lists.get("forbid", ())}),
        *sorted({lists["draft"][0] for name, lists in by_language("orders").items() if name not in LISTS}),
        *(
            "please do not publish yet",
            "embargo until 1 January",
            "Bitte noch nicht online stellen",
            "darft: yes",
        ),
        *("Jangan dipublikasikan dulu", "Henüz yayınlamayın", "Пока не публикуйте", "for internal use only"),
        *(
            "publish when ready",
            "hold back until Friday",
            "to be published on 1 January",
            "not for the public",
        ),
        *(
            "draft: [x]",
            "Publishing status: Draft",
            "Embargoed until further notice",
            "Для служебного пользования",
        ),
    ]
)


@given(FORBIDDEN, CASE, st.sampled_from(["# {}\n\n", "– {}\n", "- **{}**\n"]))
def test_a_heading_or_item_that_only_forbids_to_publish_holds(
    phrase: str, case: type[str], shape: str
) -> None:
    """In the place of the first news, too, what says nothing but not to publish keeps the text back."""
    assert waits(read(f"{DATE}\n\n{shape.format(case(phrase))}{BODY}"))


@pytest.mark.parametrize(
    "line",
    ["Postponed until Friday", "Embargo lifted", "Arms embargo extended", "Suspended until further notice",
     "Released on Friday", "Preview: the talks of Monday", "Share only verified news",
     "Die Liste erscheint am Montag"],
)  # fmt: skip
def test_news_of_waiting_and_embargoes_is_news(line: str) -> None:
    """What is postponed, lifted or shared in the world holds no text back."""
    assert not read(f"{DATE}\n\n# {line}\n\n– {line}\n{BODY}").refused


@pytest.mark.parametrize("line", ["Withdrawn", "WIDERRUFEN", "отозвано", "مسحوب"])
def test_a_line_that_only_says_withdrawn_is_asked_about(line: str) -> None:
    """Nobody but the writer knows whether the text is to go, or tells of what was withdrawn."""
    assert read(f"{line}\n{DATE}\n\n{BODY}").refused
    assert not read(f"{DATE}\n\n# {line}\n\n– Two brigades left Hama.\n").refused


FLAT = st.sampled_from(
    [*(lists["draft"][0] for lists in LISTS.values()), "do not publish", "nicht veröffentlichen",
     "ne pas publier", "no publicar", "не для печати", "не для друку",
     "ليست للنشر", "请勿发布", "NOT FOR RELEASE", "לא לפרסום"]
)  # fmt: skip
AMONG = st.sampled_from(
    [
        "{} – v3",
        "{}, for the desk",
        "Homs: {}",
        "{} (second reading)",
        "{}. Needs sources.",
        "[x] {}",
        "*{}*",
        "🚧 {} 🚧",
    ]
)


@given(FLAT, AMONG, CASE, st.sampled_from(["{0}\n{1}\n\n{2}", "{1}\n\n{0}\n\n{2}", "{1}\n{0}\n{2}"]))
def test_a_part_of_a_short_line_that_says_draft_holds(
    phrase: str, line: str, case: type[str], place: str
) -> None:
    """A word for a draft, or that a text is not for publication, holds it back among other words too."""
    text = place.format(line.format(case(phrase)), DATE, BODY)
    assert waits(read(text)), text


@given(
    st.sampled_from(
        ["embargo", "Embargo", "EMBARGO", "embrago", "Sperrfrist", "ambargo", "эмбарго", "الحظر"]
    ),
    st.sampled_from(["{}", "strict {}", "under {}", "STRICTLY {}"]),
    st.sampled_from(
        ["until Monday 8am", "0800 1 JAN 2030", "till noon", "1.1.2030, 8 Uhr", "حتى الساعة 18:00"]
    ),
    st.booleans(),
)
def test_an_embargo_with_nothing_but_a_moment_holds(word: str, strict: str, moment: str, above: bool) -> None:
    """A word for an embargo beside which only a moment stands is no news of an embargo."""
    line = f"{strict.format(word)} {moment}"
    text = f"{line}\n{DATE}\n\n{BODY}" if above else f"{DATE}\n{line}\n\n{BODY}"
    assert waits(read(text)), text


@pytest.mark.parametrize("below", ["", "\n– Nadia\n"])
@pytest.mark.parametrize(
    "line",
    [
        *("DO NOT PUBLISH", "(draft)", "Nicht veröffentlichen!", "BROUILLON", "(draft - Sam checks names)"),
        *(
            "Do not release until the convoy has arrived.",
            "Nog niet plaatsen",
            "确认之前请勿发布",
            "#donotpublish",
        ),
    ],
)
def test_a_last_line_that_asks_to_wait_holds(line: str, below: str) -> None:
    """Who notes at the end of a text that it is to wait is heard as well, also above a sign-off."""
    assert waits(read(f"{DATE}\n\n{BODY}\n{line}\n{below}"))


@pytest.mark.parametrize(
    "line",
    ["status - with the lawyers", "Status: Lena has it", "Status – beim Anwalt", "withhold: yes",
     "release: when Hala says so", "‹publish› – ‹2032-01-01›"],
)  # fmt: skip
@pytest.mark.parametrize("place", ["{0}\n{1}\n\n{2}", "{1}\n\n{0}\n\n{2}"])
def test_a_status_by_which_somebody_has_the_text_holds(line: str, place: str) -> None:
    """Who says where a text lies, or when it may go, need not use a word for a draft."""
    assert waits(read(place.format(line, DATE, BODY)))


@pytest.mark.parametrize("line", ["*Pending*", "[retired]: https://example.org/2016", "(thanks, all)"])
def test_a_last_line_about_something_else_comes_out(line: str) -> None:
    """A word on the news, a note of where a word leads, thanks: none of them asks to wait."""
    assert not waits(read(f"{DATE}\n\n{BODY}\n{line}\n"))


@pytest.mark.parametrize(
    "line",
    ["In Arbeit: die Brücke bei Sarmin, bis Mai", "Embargo: fuel tankers turned back at the crossing."],
)
def test_a_word_of_holding_with_a_sentence_behind_it_is_news(line: str) -> None:
    """Below a date a colon after it is no header where more than a few words follow."""
    assert not read(f"{DATE}\n\n{line}\n\n{BODY}").refused
    assert waits(read(f"{DATE}\n\n{line.partition(':')[0]}: {BODY[2:9]}, not yet\n\n{BODY}"))


@given(PROSE, PROSE)
def test_prose_is_not_held_back(first: str, second: str) -> None:
    """Paragraphs of news below a date are never taken for a header."""
    reading = read(f"{DATE}\n\n{first}\n\n{second}\n")
    assert not any("hold the text back" in problem.fact for problem in reading.problems)


NEWS = [
    "Status of the bridge: open",
    "Release of prisoners: five came home",
    "Embargo on wheat ends, ministry says.",
    "Draft law: parliament votes on Friday",
    "Homs: two dead",
    "Gold: the price rises",
    "Public opinion: divided",
    "Private cars: not allowed on the bridge",
    "Later: the road opened again",
    "Water: none at all",
    "Holding the line: a report",
    "State of the roads: bad",
    "Published in the official gazette",
    "Hidden weapons were found.",
    "The draft of the agreement was published.",
    "Scheduled: a meeting of the council",
    "Access: only on foot",
    "Drafted men return home",
    "Hospitals: not ready for winter",
    "What to do",
    "Press blocked at the border",
    "Pending confirmation: a strike near Hama",
    "Not yet confirmed: a strike near Hama",
    "Not verified: a strike near Hama",
    "Noch nicht bestätigt: ein Angriff bei Hama",
    "Pas encore confirmé : une frappe près de Hama",
    "En attente : 300 familles à la frontière",
    "Ещё не подтверждено: удар под Хамой",
    "Under review: the ceasefire terms",
    "Not before seen: queues of two kilometres",
    "Visible from 10 km: the fire at the refinery",
    "Released: 12 detainees, at 18:00",
    "Withdrawn: the second brigade from Hama",
    "Offline: the internet, cut since 05:00",
    "Blocked: M5 since 08:00",
    "Do not share locations of checkpoints.",
    "Airport closed until Monday",
    "Draft agreement, published today, names Hama",
    "Status: the hospital is open",
]


@pytest.mark.parametrize("line", NEWS)
@pytest.mark.parametrize("shape", one_fast("– {}", "# {}", "- **{}**", "{}\n\n– One more."))
def test_news_about_drafts_and_embargoes_comes_out(line: str, shape: str) -> None:
    """Items, headings and titles may speak of drafts, embargoes and releases."""
    meaning = meaning_of(line.partition(":")[0]) if shape.startswith("{}") and ":" in line else None
    if meaning and meaning.kind in ("draft", "embargo"):
        pytest.skip(f"a line right below the date that begins with {meaning.word}: is asked about")
    reading = read(f"{DATE}\n\n– The road is open.\n\n{shape.format(line)}\n")
    assert not reading.refused
    top = read(f"{DATE}\n\n{shape.format(line)}\n\n– The road is open.\n")
    assert not top.refused, [str(problem) for problem in top.problems]


@pytest.mark.parametrize("mark", ["–", "#"])
def test_advice_on_what_to_share_comes_out(mark: str) -> None:
    """An item or heading that forbids to publish something else than the text, or waits for it, is news."""
    advice = [
        "Please do not post pictures of the funeral before Friday.",
        "Veröffentlichung der Zahlen verschoben",
        *("Check before you share", "No difundir rumores", "Nicht bestätigt"),
        *("لا تنشر صور الضحايا", "禁止发布灾区视频", "Exams postponed until further notice"),
    ]
    assert not [line for line in advice if read(f"{DATE}\n\n{mark} {line}\n\n– One more.\n").refused]


LOWER = st.lists(st.sampled_from(["cooking", "nearly", "zqxy", "of", "love"]), min_size=1, max_size=8)


@given(
    words=LOWER,
    signs=st.sampled_from(["{}", "({})", "*{}*", "{}...", "[{}]"]),
    place=st.sampled_from(
        ["{note}\n\n{date}\n\n{body}", "{date}\n{note}\n\n{body}", "{note}\n{date}\n\n{body}"]
    ),
    small=st.booleans(),
)
def test_a_note_in_small_letters_is_asked_about(
    words: list[str], signs: str, place: str, *, small: bool
) -> None:
    """A short line without a capital, alone above the news, is asked about where all else has one."""
    body = "# Western front\n\n- The road is open.\n- Two shops burn.\n"
    body = body.lower() if small else body
    text = place.format(note=signs.format(" ".join(words)), date=DATE, body=body)
    assert waits(read(text)) is not small


@pytest.mark.parametrize(
    "line",
    ["by Leila in Homs", "desk@example.org", "https://example.org", "lang: en", "#syria", "seen today:"],
)
def test_a_line_of_another_kind_in_small_letters_goes_out(line: str) -> None:
    """Bylines, addresses, keys, hashtags and what leads on to the news are no notes."""
    body = "# Western front\n\n- The road is open.\n- Two shops burn.\n"
    assert not waits(read(f"{DATE}\n\n{line}\n\n{body}"))
