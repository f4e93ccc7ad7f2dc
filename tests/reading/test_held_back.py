"""Whatever looks as if it should hold a text back is obeyed or refused, never published."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sitrep.base.nouns import Reading, Severity
from sitrep.lexicon.waiting.keys import clock_words, meaning_of
from sitrep.lexicon.waiting.lists import by_language
from sitrep.lexicon.waiting.plain import plain
from tests.lanes import one_fast
from tests.reading.dialect import PROSE, config, read

LISTS = by_language("headers")
BODY = "# Western front\n\n– The road to Hama is open.\n"
DATE = "Update 05-12-2024"
FAR = dt.datetime(2029, 1, 1, tzinfo=dt.UTC)


def waits(reading: Reading) -> bool:
    """True if nothing of it can come out before 2029."""
    return reading.refused or all(
        update.draft
        or (update.publish_at is not None and update.publish_at > FAR)
        or update.date > FAR.date()  # A text of a day to come waits for it.
        for update in reading.updates
    )


def every(*names: str) -> list[str]:
    return sorted({word for lists in LISTS.values() for name in names for word in lists[name]})


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
CASE = st.sampled_from([str, str.upper, str.title, str.capitalize])
TRUE = st.sampled_from(
    ["true", "yes", "True", "YES", "ja", "oui", "sí", "evet", "так", "نعم", "1", "“yes”", ""]
)
FALSE = st.sampled_from(["false", "no", "nein", "non", "hayır", "ні", "لا"])
LATER = st.sampled_from(
    [
        *("2030-01-01", "2030-01-01 08:00", "1.1.2030", "2030-01-01 evening", "2030-13-01", "", "?"),
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


@pytest.mark.parametrize(
    "header",
    [
        "permalink: false",
        "build:\n  render: never",
        "eleventyExcludeFromCollections: true",
        "robots: noindex",
        "hide: true",
    ],
)
def test_a_header_that_makes_other_programs_leave_a_text_out_holds(header: str) -> None:
    """What tells another generator to make no page of a text is not published here."""
    assert waits(read(f"---\n{header}\n---\n{DATE}\n\n{BODY}"))


ZONES = ["UTC", "Z", "+03:00", "CET", "New York", "Asia/Damascus", "Europe/Berlin"]
TIMES = {
    "2330": (23, 30),
    "23:30": (23, 30),
    "11:30 pm": (23, 30),
    "noon": (12, 0),
    "at 6am": (6, 0),
    "": (0, 0),
    "18 Uhr": (18, 0),
    "à 6h30": (6, 30),
    "um 06:30 Uhr": (6, 30),
}


@pytest.mark.parametrize("time", TIMES)
def test_a_moment_is_understood_however_the_clock_is_written(time: str) -> None:
    """Hours as people write them are the hours that they mean, in the site's zone."""
    reading = read(f"---\npublish: 2030-01-05 {time}\n---\n{DATE}\n\n{BODY}")
    hour, minute = TIMES[time]
    local = dt.datetime(2030, 1, 5, hour, minute, tzinfo=dt.timezone(dt.timedelta(hours=3)))
    assert [update.publish_at for update in reading.updates] == [local]


@pytest.mark.parametrize(("zone", "hour"), [("UTC", 8), ("New York", 13), ("Europe/Berlin", 7), ("CET", 7)])
def test_a_zone_may_be_a_city(zone: str, hour: int) -> None:
    """A zone is taken by its name, and by its city where only one zone has it."""
    reading = read(f"---\npublish: 2030-01-05 08:00 {zone}\n---\n{DATE}\n\n{BODY}")
    assert [update.publish_at for update in reading.updates] == [dt.datetime(2030, 1, 5, hour, tzinfo=dt.UTC)]


def test_the_end_of_a_day_is_the_start_of_the_next() -> None:
    """24:00 is not a minute early."""
    reading = read(f"---\npublish: 2030-01-05 24:00\n---\n{DATE}\n\n{BODY}")
    assert [update.publish_at for update in reading.updates] == [dt.datetime(2030, 1, 5, 21, tzinfo=dt.UTC)]


LEFT = [
    "evening",
    "25:00",
    "2500",
    "Springfield",
    "or later",
    "UTC+25",
    "XST",
    "24:30",
    "8",
    "?",
    "(Anna decides)",
    "tomorrow",
    "before noon",
    "06:00 Atlantis",
    "and 2031-01-01",
    "18:00 am",
    "morning",
    "06:00 07:00",
]


@given(
    st.sampled_from(LEFT) | st.from_regex(r"[b-df-hj-np-tv-z]{5,9}", fullmatch=True),
    st.sampled_from(["", "08:00 "]),
)
def test_a_moment_with_anything_left_over_is_refused(left: str, time: str) -> None:
    """A word, number or zone that is not understood beside the date is no reason to publish at midnight."""
    reading = read(f"---\npublish: 2024-01-05 {time}{left}\n---\n{DATE}\n\n{BODY}")
    assert reading.refused or not lexicon_leaves(left, reading), left


def lexicon_leaves(left: str, reading: Reading) -> bool:
    """True if a word that was drawn at random is no word of the clock, and so must be refused."""
    return plain(left) not in clock_words() and reading.updates[0].publish_at is not None


@given(
    st.sampled_from(
        ["", "tomorrow", "?", "soon", "later", "2024-02-30", "31.04.2024", "18:00", "Friday", "2030"]
    )
)
def test_a_moment_that_is_none_is_refused(value: str) -> None:
    """Nothing, a day that does not exist, and a time without a day are refused with the line."""
    reading = read(f"---\npublish: {value}\n---\n{DATE}\n\n{BODY}")
    assert reading.refused
    assert [p.line for p in reading.problems if p.severity is Severity.ERROR] == [2]


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


@pytest.mark.parametrize("line", ["when: after the meeting", "ok?: ask Nadia", "state = half", "Go: Monday"])
def test_an_unknown_key_that_says_not_yet_is_asked_about(line: str) -> None:
    """Whatever the key is called, its value tells to wait."""
    assert waits(read(f"{line}\n{DATE}\n\n{BODY}"))
