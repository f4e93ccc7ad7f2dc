"""Chats of channels, rooms and posts, of which the lines tell a name and a clock, but no day."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitrep.reading.markup.channels import without_senders
from tests.reading.dialect import read
from tests.reading.holding import waits

OPEN, WATER = "The bridge at the mill is open again.", "Water comes to the camp twice a day."
LAYOUTS = {
    "Slack": f"Mara Lind  9:41 AM\n{OPEN}\nJo Kern  9:45 AM\n{WATER}\n:eyes: 2\n3 replies",
    "Slack, small": f"Mara Lind\t9:41 AM\n{OPEN}\nJo Kern\t9:45 AM\n@Mara Lind {WATER}",
    "Discord": f"mara — Today at 9:41 AM\n{OPEN}\njo_k — 12/05/2024 9:45 AM\n{WATER}",
    "Discord, plain": f"[9:41 AM] mara: {OPEN}\n[9:45 AM] jo_k: {WATER}",
    "in German": f"Mara Lind, Gestern um 9:41\n{OPEN}\nJo Kern, Heute um 9:45\n{WATER}",
    "in Ukrainian": f"Марта Гай сьогодні о 9:41\n{OPEN}\nЙосип Кіт Сьогодні о 9:45\n{WATER}",
    "Google Chat": f"Mara Lind, 9:41 AM\n{OPEN}\nJo Kern, Yesterday 9:45 AM\n{WATER}",
    "Signal": f"Mara Lind, Thu, Dec 5, 9:41 AM\n{OPEN}\n\nJo Kern, Thu, Dec 5, 9:45 AM\n{WATER}",
    "WeChat": f"Mara Lind  9:41\n\n{OPEN}\n\nJo Kern  9:45\n\n{WATER}\n\nJo Kern  9:46\n\n[图片]",
    "Slack, alone": f"Mara  9:41 AM\n{OPEN}\nJo  9:45 AM\n{WATER}",
    "Meet": f"Mara Lind9:41 AM\n{OPEN}\nJo Kern9:45 AM\n{WATER}",
    "Zoom": f"09:41:22 From Mara Lind to Everyone:\n\t{OPEN}\n09:45:10 From  Jo Kern  to  Everyone : {WATER}",
    "IRC": f"09:41 <mara> {OPEN}\n* lee_x has joined #desk\n09:45 <jo> {WATER}",
    "KakaoTalk": f"[Mara] [오전 9:41] {OPEN}\n[Jo] [오전 9:45] {WATER}",
    "Mattermost": f"@mara 9:41 AM\n{OPEN}\n@jo 9:45 AM\n{WATER} @mara",
    "forwarded": f"Forwarded from Mara Lind\n{OPEN}\n\n[Forwarded from: Jo Kern]\n{WATER}",
    "forwarded in Ukrainian": f"Переслано від Марта Гай\n{OPEN}\n\nПереслано від Йосип\n{WATER}",
    "forwarded in Spanish": f"Reenviado de Mara Lind\n{OPEN}\n\nReenviado de: Jo Kern\n{WATER}",
    "Pidgin": f"(09:41:22) mara: {OPEN}\n(09:43:01) ***jo_k waves\n(09:45:10) jo_k: {WATER}",
    "XMPP": f"(09:41:22) mara: {OPEN}\n(09:45:10) jo: {WATER}\n(09:46:00) jo has left the room.",
    "SimpleX": f"#camp mara> {OPEN}\n#camp jo_k> {WATER}",
    "a clock before": f"[09:41] Ann\n{OPEN}\n\n[09:45] Ann\n{WATER}",
    "a clock below": f"Maria Lind\n09:41\n{OPEN}\n09:43\n{WATER}\nJo Kern\n09:45\nCalm.",
    "a clock in Persian": f"مریم لیند\n۰۹:۴۱\n{OPEN}\n\nمریم لیند\n۰۹:۴۵\n{WATER}",
    "voice": f"Voice message from Mara Lind (0:42)\n{OPEN}\n\nIn reply to Jo Kern: {WATER}",
    "a post": f"Mara Lind\n5 May at 9:41 · Public\n{OPEN}\n\n{WATER}\n\n12 comments\nLike\nComment\nShare",
    "a browser": f"[9:41, 05/12/2024] Mara Lind: {OPEN}\n[9:45, 05/12/2024] +49 151 2345678: {WATER}",
    "one of a browser": f"[09:41, 5.12.2024] Mara Lind: {OPEN} {WATER}",
    "comments": f"Mara Lind\n{OPEN}\n2d\nLike\nReply\nJo Kern\n{WATER}\n1d\nLike\nReply\nView replies (2)",
    "comments in Turkish": f"Mara Lind\n{OPEN}\n2 s\nBeğen\nYanıtla\njo_kern\n{WATER}\n1 s\nYanıtla",
    "comments in Spanish": f"Mara Lind\n{OPEN}\n2 d\nMe gusta\nJo Kern\n{WATER}\n1 d\nMe gusta\nComentar",
    "comments in Russian": f"Марта Гай\n{OPEN}\n2 ч\nНравится\nЙосип Кіт\n{WATER}\n1 ч\nНравится",
    "an account": f"@mara_l\n2 days ago\n{OPEN}\n12\nReply\n@jo\n3 hours ago (edited)\n{WATER}\nReply",
    "messages": f"Mara Lind\n{OPEN}\n\nDec 5, 2024, 9:41 AM\n\nYou sent\n{WATER}\n\nDec 5, 2024, 9:45 AM",
    "a tracker": f"Mara Lind added a comment - 05/Dec/24 9:41 AM\n{OPEN}\njo commented 2 hours ago\n{WATER}",
    "cues": f"WEBVTT\n\n00:03.000 --> 00:07.000\n<v Mara Lind>{OPEN}</v>\n00:41.000 --> 00:44.000\n{WATER}",
    "remarks of Word": f"- {OPEN}[ML1]\n- {WATER}\n\n [ML1]Jo Kern should check this.",
}
OWN_DAYS = "Mara Lind, Wed, Dec 4, 9:41 AM\nWater is back.\n\nJo Kern, Thu, Dec 5, 9:45 AM\nA bridge fell.\n"
NAMES = (
    "webvtt",
    "-->",
    "you sent",
    "49 151",
    "mara",
    "lind",
    "maria",
    "ann",
    "مریم",
    "jo",
    "kern",
    "lee_x",
    "марта",
    "йосип",
    "like",
    "repl",
    "everyone",
    " am",
    "eyes",
    "ml1",
)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_nobody_is_named_because_a_chat_was_copied(layout: str) -> None:
    """Every word that was said is there, and nobody's name and no button."""
    [update] = read(f"Update 05-12-2024\n\n{LAYOUTS[layout]}\n").updates
    said = " ".join(f"{part.heading or ''} {item.text}" for part in update.sections for item in part.items)
    assert OPEN in said
    assert WATER in said
    assert not [name for name in NAMES if name in f"{update.title or ''} {said}".lower()]


@pytest.mark.parametrize(
    "text",
    [
        "Aleppo, 9:41 AM\nA mill burns.\n\nHama, 9:45 AM\nThe road is open.",
        "09:41 Homs: a mill burns.\n09:45 Hama: calm.",
        "## West 9:41 AM\n\n- A road.\n\n## East 9:50 AM\n\n- A mill.",
        "Situation Report — 06/12/2024 20:31\n\n- a\n\nSituation Report — 05/12/2024 20:31\n\n- b",
        "Update, Today at 9:41\n\n- A mill.\n\nUpdate, Today at 9:50\n\n- A road.",
        "Buses from 9:41 AM\nTrains from 9:45 AM",
        "[09:41] Aleppo\nA mill burns.\n\n[09:45] Hama\nThe road is open.",
        "(09:41) Homs: a mill burns.\n(09:45) Hama: calm.",
        "(09:41:00) Soldiers have left the town.",
    ],
)
def test_news_told_hour_by_hour_is_no_chat(text: str) -> None:
    """Places and datelines with a clock stay where they stand."""
    assert without_senders(text) == text


@given(st.text(alphabet="Ann Bo:09@[]<>—AM·\n", max_size=120))
def test_words_without_names_and_clocks_stay(text: str) -> None:
    """Nothing is added but a bullet, and each line keeps its number."""
    assert without_senders(text).count("\n") == text.count("\n")


@pytest.mark.parametrize(
    "held", ["Embargo", "DRAFT", "Sperrfrist", "Не публиковать", "Do not publish", "مسودة"]
)
@pytest.mark.parametrize(
    "shape",
    [
        "{0}  18:00\nPublish  19:00\n{1}",
        "{1}\n{0}, Today 18:00\nHold, Today 19:00\n",
        "[18:00] {0}: tomorrow\n[18:01] {0}: tomorrow\n{1}",
        "{0}\n{1}\n\nThe mill burns.\n2d\nLike\nReply\n",
        "{1}\n{0}\n\nThe mill burns.\n2d\nLike\nReply\n",
        "{1}\n18:00\n{0}\n18:01\n{0}\n",
        "{1}\n[18:00] {0}\nThe mill burns.\n[18:01] Maria\nThe road is open.\n",
        "{1}\n(18:00:00) {0}: tomorrow\n(18:00:01) Maria: The mill burns.\n",
    ],
)
def test_what_holds_a_text_back_is_nobodys_name(held: str, shape: str) -> None:
    """In the place of a sender, too, an order to wait is seen, and nothing of the text comes out."""
    assert waits(read(shape.format(held, "Update 05-12-2024") + "\n\n- The road is open.\n"))


@pytest.mark.parametrize(
    "text",
    [
        "5 December 2024\n\nThe mill burns.\n12\nLike\nReply\n",
        "Thursday 5 December 2024  20:31\n\n- The mill burns.\n\nWednesday 4 December 2024  20:31\n\n- C\n",
    ],
)
def test_the_day_of_an_update_is_nobodys_name(text: str) -> None:
    """A dateline among buttons or with a clock dates its update."""
    assert str(read(text).updates[0].date) == "2024-12-05"


def test_coordinates_are_no_remarks() -> None:
    """Squares of a map stand in brackets as the remarks of a word processor do: no word below is lost."""
    [update] = read(
        "Update 05-12-2024\n\n- See [A1].\n\n[A1]The mill burns.\n\n- The road is open.\n"
    ).updates
    assert "The mill burns." in update.items[0].text
    assert "The road is open." in update.items[-1].text


def test_messages_that_name_their_days_without_a_year_keep_them() -> None:
    """Where the file tells the year, what was said on another day is of that day."""
    found = {
        str(update.date): [item.text for item in update.items]
        for update in read(OWN_DAYS, "2024-12-05.txt").updates
    }
    assert found == {"2024-12-04": ["Water is back."], "2024-12-05": ["A bridge fell."]}
