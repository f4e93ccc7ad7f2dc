"""Names of people who sent what a text brings: asked about, and left out or kept as the writer answers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitrep.base.nouns import Severity
from sitrep.reading.senders import people
from tests.reading.dialect import read

NAMES = st.sampled_from(["Samira", "Omar", "Оксана", "سميرة", "Zeynep", "Umm Khalil", "שרה", "Asha", "李娜"])
WORDS = st.sampled_from(
    ["The bridge is closed since noon.", "Two families came from the camp.", "Міст закритий.", "الجسر مغلق."]
)
LAYOUTS = (
    "{n}: {w}", "- {n}: {w}", "**{n}:** {w}", "{n} (south): {w}", "{n}:\n{w}", "{n}\n{w}", "09:41 {n}: {w}",
    "@{n}: {w}", "{n} >> {w}", "{n} says: {w}", "from {n}: {w}", "Dr {n}: {w}", "{w}\nPhoto from {n}",
    "{w}\n- {n}", "Shared by {n}\n\n{w}", "> {n}: {w}", "[09:41] {n}: {w}",
)  # fmt: skip
OTHER = "\n\n- The council met on Monday.\n- Bread is sold at six places.\n- Schools are open.\n"


def shown(text: str) -> str:
    """All words of a text that readers would see."""
    updates = read(text).updates
    return repr([(u.title, u.author, u.sections, u.passages) for u in updates])


def is_asked(text: str, path: str = "update.txt") -> bool:
    return any("as in a chat" in p.fact for p in read(text, path).problems if p.severity is Severity.ERROR)


@given(layout=st.sampled_from(LAYOUTS), name=NAMES, words=WORDS)
def test_a_name_comes_out_only_when_the_writer_says_so(layout: str, name: str, words: str) -> None:
    """Without an answer nothing is published that shows the name; with "yes" the words are, without it."""
    text = f"Update 05-12-2024\n\n{layout.format(n=name, w=words)}"
    assert name not in shown(text)
    answered = shown(f"chat: yes\n{text}")
    assert words.rstrip(".") in answered
    assert name not in answered


@pytest.mark.parametrize("layout", LAYOUTS[:7])
def test_with_no_all_is_published_as_it_stands(layout: str) -> None:
    """Who speaks of a purpose is named."""
    text = f"chat: no\nUpdate 05-12-2024{OTHER}\n{layout.format(n='Samira', w='The bridge is closed.')}\n"
    assert "Samira" in shown(text)


@pytest.mark.parametrize("layout", LAYOUTS[:4])
def test_one_line_among_news_is_asked_about(layout: str) -> None:
    """A single message pasted among news is as dangerous as a whole chat."""
    assert is_asked(f"Update 05-12-2024{OTHER}\n{layout.format(n='Samira', w='The bridge is closed.')}\n")


@pytest.mark.parametrize("layout", LAYOUTS[:7])
def test_a_first_line_is_asked_about_where_the_name_of_the_file_dates_it(layout: str) -> None:
    """No line is taken for the date where none tells it: nor where the front matter does."""
    text = f"{layout.format(n='Samira', w='The bridge is closed.')}\n"
    assert is_asked(text, "2024-12-05.txt")
    assert is_asked(f"---\ndate: 2024-12-05\n---\n{text}")


@pytest.mark.parametrize(
    "text",
    [
        "Tuncay\n  09:41\nThe bridge is closed.\nHalszka\n  09:45\nIt is open again.",
        "Samira Haddad: The bridge is closed.\n\nDaoud Khalil: It is not.",
        "Samira\nThe bridge is closed.\n\nDaoud\nIt is open.",
        "SAMIRA HADDAD\nThe bridge is closed.\nDAOUD KHALIL\nIt is open again.",
        "The bridge is closed. (Samira)\nTwo families came. (Daoud)",
        "samira: the bridge is closed\ndaoud: two families came",
        "Zozo: The road is open.\nBibi: A bridge was hit.\nZozo: The bakery works.",
        "09:41 Samira Haddad The bridge is closed.\n09:45 Daoud Khalil It is open.",
        "## Samira\n\nThe bridge is closed.\n\n## Daoud\n\nIt is open.",
        "[Samira] The bridge is closed.\n[Daoud] It is open.",
        "Samira | The bridge is closed.\nDaoud | It is open.",
        "Samira (09:41): The bridge is closed.",
        "Update from Samira: the bridge is closed.",
        "+963 944 111 222: The bridge is closed.",
        "The bridge is closed.\n\nPresent: Samira, Daoud",
        "Call with the south, 18:00. On the line: the desk, Samira.\n\n- The bridge is closed.",
        "The bridge is closed.\n\nCollected by Samira, Omar and Halszka. Typed by Ludovic.",
        "Transcript of the voice message from Samira (0:42)\nthe bridge is closed and nobody can pass",
        "- The bridge is closed.\n- **Anwesend:** das Team, Samira Haddad",
        "The bridge is closed.\n\nВідсутні: Остап і Олена",
    ],
)
def test_several_names_are_asked_about(text: str) -> None:
    """Full names, small letters, nicknames that come back, names above and behind the words."""
    assert is_asked(f"Update 05-12-2024\n\n{text}\n")


@pytest.mark.parametrize(
    "line",
    [
        "President Boric: the state of emergency goes on.", "WHO: cholera is spreading.",
        "Weather: rain until Thursday.", "Jableh: two houses were hit.", "Maria Zakharova: “No comment.”",
        "Maria Zakharova: no comment yet.", "Ministry of Health: 14 dead.", "Idlib: a market was hit.",
        "Monday: schools reopen.", "Lina said the road is open.", "Storm Daniel: the dam broke.",
        "Correction: the bridge is at Homs.", "[Maria Kern: a talk](https://example.org/)",
        "Killed: Samira Haddad, Daoud Khalil", "Present: the mayor and two doctors", "Participants: 300",
        "Photos from the camp, and from Homs",
        "Killed:\n- Samira Haddad\n- Daoud Khalil",
        "Killed:\n\nSamira Haddad\nDaoud Khalil\n\nMay they rest.",
    ],
)  # fmt: skip
def test_news_is_not_asked_about(line: str) -> None:
    """Places, bodies, offices, topics, days, quotations and one full name among other news."""
    assert not is_asked(f"Update 05-12-2024{OTHER}\n- {line}\n")


def test_what_the_site_knows_stays_in_a_chat() -> None:
    """Labels of rumors, corrections and days, and places, stay; the note says which lines changed."""
    text = "Samira: The bridge is closed.\n\nRumor: a coup.\n\nMonday: rain.\n\nZozo: fine here."
    reading = read(f"Update 05-12-2024\nchat: yes\n\n{text}\n")
    items = [item.text for update in reading.updates for item in update.items]
    assert items[-2:] == ["Monday: rain.", "Fine here."]
    assert "Rumor" in shown(f"Update 05-12-2024\nchat: yes\n\n{text}\n")
    assert any("lines 4, 10" in problem.fact for problem in reading.problems)


def test_what_holds_a_text_back_is_no_name() -> None:
    """An order to wait is obeyed wherever a sender's name might stand, whatever the answer."""
    for order in (
        "DRAFT: not yet",
        "Samira: DRAFT, do not publish",
        "Embargo: 18:00",
        "Samira\nDo not publish yet",
    ):
        reading = read(f"chat: yes\nUpdate 05-12-2024\n\n{order}\n")
        assert not any(not u.draft and not u.publish_at for u in reading.updates), order


ORDERS = (
    "embargo 18:00",
    "Embargo: 18:00",
    "hold until 6 pm",
    "DRAFT",
    "Sperrfrist 18:00 Uhr",
    "не публиковать до 18:00",
)


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("layout", [layout for layout in LAYOUTS if layout.endswith("{n}: {w}")])
@pytest.mark.parametrize("answer", ["chat: no\n", ""])
def test_who_asks_to_wait_may_be_named(order: str, layout: str, answer: str) -> None:
    """An order behind a name holds the text back above and below the news, also where names are to stay."""
    line = layout.format(n="Samira Haddad", w=order)
    assert read(f"{answer}Update 05-12-2024\n{line}{OTHER}").refused
    assert read(f"{answer}Update 05-12-2024{OTHER}\n{line}\n").refused


def test_an_answer_that_is_none_is_refused() -> None:
    """ "chat: maybe" publishes nothing."""
    assert not read("chat: maybe\nUpdate 05-12-2024\n\nThe bridge is closed.\n").updates


TABLES = (
    "| Time | {head} | What |\n| --- | --- | --- |\n| 09:00 | {n} | {w} |",
    "| {head} | What |\n| :-: | --- |\n| **{n}** | {w} |",
    "{head};place;what\n{n};Homs;{w}",
    "time,place,{head},what\n09:00,Homs,{n},{w}",
)
HOURS = (
    "09:00 | {n} | {w}\n09:40 | {n} | Nothing else is known.",
    "| When | Name | |\n| --- | --- | --- |\n| 2024-12-05 09:00 | {n} | {w} |\n| 10:20 | {n} | - |",
    "- 09:00, {n}, {w}\n- 10:20, {n}, Nothing else is known.",
)


@given(
    layout=st.sampled_from((*TABLES, *HOURS)),
    name=NAMES,
    words=WORDS,
    head=st.sampled_from(["Reporter", "sent by", "Quelle", "Источник", "المراسل", "来源"]),
)
def test_a_column_of_those_who_sent_the_rows_is_asked_about(
    layout: str, name: str, words: str, head: str
) -> None:
    """By its head, or because its names stand beside hours; what else stands in the rows comes out."""
    text = f"Update 05-12-2024\n\n{layout.format(n=name, w=words, head=head)}\n"
    assert is_asked(text)
    answered = shown(f"chat: yes\n{text}")
    assert words.rstrip(".") in answered
    assert name not in answered
    assert name in shown(f"chat: no\n{text}")


def test_a_number_beside_the_name_goes_with_it() -> None:
    """It is nobody's name, and leads to a person all the same."""
    rows = "time,observer,phone,what\n09:00,Samira,+963 944 111 222,The bridge is closed.\n"
    answered = shown(f"chat: yes\nUpdate 05-12-2024\n\n{rows}")
    assert "bridge" in answered
    assert "944" not in answered


@pytest.mark.parametrize(
    "rows",
    [
        "| Name | Age | From |\n| --- | --- | --- |\n| Samira | 34 | Homs |\n| Omar | 21 | Rastan |",
        "| Hospital | Contact |\n| --- | --- |\n| Homs | closed |\n| Rastan | open |",
        "| Source | Dead |\n| --- | --- |\n| SANA | 3 |\n| The ministry | 4 |",
        "09:00 | Homs | Shelling\n09:40 | Rastan | Calm",
        "killed,Samira,Homs\nkilled,Omar,Rastan",
    ],
)
def test_a_table_of_news_is_not_asked_about(rows: str) -> None:
    """Those who were killed are named on purpose; places, bodies and numbers sent nothing."""
    assert not is_asked(f"Update 05-12-2024\n\n{rows}\n")


def test_a_large_table_is_not_asked_of_each_name_whether_it_is_an_order(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What tells a name from an order to wait costs a thousand times what a cell does."""
    asked = []
    monkeypatch.setattr(people, "names_sender", lambda name: bool(asked.append(name)) or True)
    rows = "\n".join("09:00," + "Samira,Wood," * 20 for _ in range(50))
    assert is_asked(f"Update 05-12-2024\n\n{rows}\n")
    assert len(asked) < 50
