"""Chats as programs export and copy them: one update a day, and never a word about who sent what."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reading.dialect import read

# Each with two messages of one day, the second without words; WHO and SAYS are put in.
_SHAPES = (
    "06.12.2024, 14:30 - WHO: SAYS\n06.12.2024, 14:31 - WHO: <Media omitted>\n",
    "06/12/24, 14:30 - WHO: SAYS\n06/12/24, 14:31 - WHO: immagine omessa\n",
    "06/12/2024 14:30 - WHO: SAYS\n06/12/2024 14:31 - WHO: Mensagem apagada\n",
    "2024/12/6 下午2:30 - WHO: SAYS\n2024/12/6 下午2:31 - WHO: 此消息已删除\n",
    "2024/12/06 14:30 - WHO: SAYS\n2024/12/06 14:31 - WHO: このメッセージは削除されました\n",
    "2024. 12. 6. 오후 2:30, WHO : SAYS\n2024. 12. 6. 오후 2:31, WHO : 삭제된 메시지입니다.\n",
    "[۲۰۲۴/۱۲/۶،\u200f ۱۴:۳۰] WHO: SAYS\n[۲۰۲۴/۱۲/۶،\u200f ۱۴:۳۱] WHO: تصویر حذف شد\n",
    "6.12.2024, 14:30 - WHO: SAYS\n6.12.2024, 14:31 - WHO: ההודעה נמחקה\n",
    "06/12/24, 2:30 pm - WHO: SAYS\n06/12/24, 2:31 pm - WHO: यह मैसेज डिलीट कर दिया गया\n",
    "[2024-12-06, 14:30:10] WHO: SAYS\n[2024-12-06, 14:31:00] WHO: ![pic](./media/pic.jpg)\n",
    "WHO\n06.12.2024, 14:30\nSAYS\n\nWHO\n06.12.2024, 14:31\n[ Photo ]\n",
    "WHO, [6 Dec 2024 14:30:10]\nSAYS\n\nWHO, [6 Dec 2024 14:31:00]:\n[ Photo ]\n",
    "WHO, [6 декабря 2024 г., 14:30]\nSAYS\n\nWHO, [6 декабря 2024 г., 14:31]:\n[ Фотография ]\n",
    "[2024-12-06 14:30] WHO\nSAYS\n\n[2024-12-06 14:31] WHO\n[ Photo ]\n",
    "٦/١٢/٢٠٢٤، ٢:٣٠ م - WHO: SAYS\n٦/١٢/٢٠٢٤، ٢:٣١ م - WHO: تم حذف هذه الرسالة\n",
    "Dec 06, 2024  2:30:10 PM\nWHO\nSAYS\n\nDec 06, 2024  2:31:10 PM (Read by you)\nWHO\n\ufffc\n",
    "WHO, ven. 6 déc. 2024 à 14:30\nSAYS\n\nWHO, ven. 6 déc. 2024 à 14:31\n[ Photo ]\n",
    "WHO · Fri, 6 Dec 2024, 14:30\nSAYS\n\nWHO · Fri, 6 Dec 2024, 14:31\n[ Photo ]\n",
    "WHO، الجمعة، 6 ديسمبر 2024، 2:30 م\nSAYS\n\nWHO، الجمعة، 6 ديسمبر 2024، 2:31 م\n[ Photo ]\n",
    "WHO, [۱۶.۰۹.۱۴۰۳ ۱۴:۳۰]\nSAYS\n\nWHO, [۱۶.۰۹.۱۴۰۳ ۱۴:۳۱]\n[ عکس ]\n",
    "[ 6 December 2024 14:30 ] \u2068WHO\u2069: SAYS\n[ 6 December 2024 14:31 ] \u2068WHO\u2069: [photo]\n",
    "[ 6 грудня 2024 р. 14:30 ] WHO: SAYS\n[ 6 грудня 2024 р. 14:31 ] WHO: [Стікер]\n",
    "WHO, [2024. 12. 6. 오후 2:30]\nSAYS\n\nWHO, [2024. 12. 6. 오후 2:31]\n[ 사진 ]\n",
    "06/12/2024, 14:30 - WHO: SAYS\n(diedit)\n06/12/2024, 14:31 - WHO: [Foto]\n",
    "2024/12/06(金)\n14:30\tWHO\tSAYS\n14:31\tWHO\t[写真]\n",
)
LONG = "Ann Fowler " * 20 + "who writes for all of them"
_NAMES = st.one_of(
    st.sampled_from([LONG, "Ann Fowler", "Анна", "آنا", "安娜", "안나", "Zoë"]),
    st.from_regex(r"\+[1-9]\d \d{3} \d{7}", fullmatch=True),
)


@given(who=_NAMES)
def test_who_is_spoken_to_in_a_chat_is_not_named(who: str) -> None:
    """A mention, which programs write as a number or between signs of direction, is no part of the words."""
    number = "".join(c for c in who if c.isdecimal()) or "249912345678"
    text = (
        f"06/12/2024, 14:30 - A: @{number} The bridge is open.\nAsk @\u2068{who}\u2069 and go.\n"
        f"06/12/2024, 14:31 - B: @{number}\n"
    )
    items = [item.text for update in read(text, "chat.txt").updates for item in update.items]
    assert items == ["14:30 – The bridge is open. Ask and go."]


@pytest.mark.parametrize("shape", _SHAPES)
@settings(max_examples=settings().max_examples // 5)
@given(who=_NAMES)
def test_a_chat_is_one_update_a_day_without_its_senders(shape: str, who: str) -> None:
    """Whatever program and language: the words come out with their time, names and numbers never do."""
    reading = read(shape.replace("WHO", who).replace("SAYS", "The bridge is open again."), "chat.txt")
    assert [str(update.date) for update in reading.updates] == ["2024-12-06"]
    update = reading.updates[0]
    assert [item.text for item in update.items] == ["14:30 – The bridge is open again."]
    told = [item.text for item in update.items] + [passage.text for passage in update.passages]
    assert not [text for text in [*told, update.title or "", update.author or ""] if who in text]


@pytest.mark.parametrize(
    ("days", "half", "read_as"),
    [
        (("12/6/2024", "12/7/2024"), "PM", ["2024-12-06", "2024-12-07"]),
        (("12/6/2024", "13/6/2024"), "PM", ["2024-06-12", "2024-06-13"]),
        (("06/12/2024", "07/12/2024"), "PM", ["2024-12-06", "2024-12-07"]),
        (("6/12/2024", "7/12/2024"), "pm", ["2024-12-06", "2024-12-07"]),
    ],
)
def test_hours_tell_where_months_come_first(days: tuple[str, str], half: str, read_as: list[str]) -> None:
    """Days of one digit before a capital PM are of the United States, unless another line shows otherwise."""
    text = "".join(f"{day}, 2:3{n}:05 {half} - Anna: The road is open.\n" for n, day in enumerate(days))
    assert [update.date.isoformat() for update in read(text).updates] == read_as


def test_names_behind_the_time_are_not_published() -> None:
    """A chat of Teams: time in brackets and a name on a line, the words on the next."""
    text = "[12/18/2024 8:05 AM] Keel, Ann\nThe ferry stops.\n"
    text += "[12/18/2024 8:09 AM] Tom Aske (Guest)\nTwo hours.\n"
    update = read(text).updates[0]
    assert [i.text for s in update.sections for i in s.items] == [
        "08:05 – The ferry stops.",
        "08:09 – Two hours.",
    ]


def test_a_name_and_its_time_above_the_words_are_not_published() -> None:
    """As a phone copies messages, each below a line with who wrote it, and when; updates may be headed so."""
    told = "{0}, 6 Dec 2024 at 14:30:\nThe ferry stops.\n\n{0}, 6 Dec 2024 at 14:40:\nTwo hours.\n"
    [chat] = read(told.format("Ann Fowler")).updates
    assert [item.text for item in chat.items] == ["14:30 – The ferry stops.", "14:40 – Two hours."]
    below = told.replace(", 6 Dec", "\nFri, 6 Dec").replace(":\n", "\n")
    assert [item.text for u in read(below.format("Ann Fowler")).updates for item in u.items] == [
        "14:30 – The ferry stops.",
        "14:40 – Two hours.",
    ]
    assert len(read(told.format("Update")).updates) == 2


def test_words_below_a_picture_are_a_message() -> None:
    """What stands below a file that was left out is said by the same person, and no heading."""
    text = (
        "10/12/2024, 08:15 - Ann: IMG-1.jpg (file attached)\nQueue at the ferry\n"
        "10/12/2024, 08:20 - Tom: The road is open.\n"
    )
    update = read(text).updates[0]
    assert [i.text for s in update.sections for i in s.items] == [
        "08:15 – Queue at the ferry",
        "08:20 – The road is open.",
    ]


ENVELOPE = (
    "Envelope from: “WHO” +491701234567 (device: 1)\nTimestamp: 1733491800000 (2024-12-06T14:30:00.000Z)\n"
)


@given(who=_NAMES)
def test_what_signal_prints_names_nobody(who: str) -> None:
    """Of its envelopes and receipts only the words come out, and what a person adds still holds back."""
    text = ENVELOPE + "Body: The bridge is open.\nAnd the road.\nWith profile key\n\n"
    text += ENVELOPE + "Received a receipt message\n  When: 1733491800000\n"
    update = read(text.replace("WHO", who), "dump.txt").updates[0]
    assert [item.text for item in update.items] == ["14:30 – The bridge is open. And the road."]
    assert update.passages == ()
    assert read(f"{text}\nDRAFT\n").refused


def test_a_comment_in_a_chat_stays_hidden() -> None:
    """What is hidden elsewhere is hidden below a message too."""
    said = "06/12/2024, 14:30 - A: The bridge is open.\n"
    text = f"{said}<!-- ask Bea -->\n{said.replace('bridge', 'road')}"
    assert "Bea" not in repr(read(text, "chat.txt").updates)


def test_names_below_their_stamps_stay_out_and_headlines_in() -> None:
    """One person or number tells that the others are names too."""
    said = "6 December 2024 at 14:30\n{}\nIt is safe.\n\n6 December 2024 at 15:30\n{}\nThe road is too.\n"
    assert "Zozo" not in repr(read(said.format("Zozo", "+963 944 111 222")).updates)
    assert "Headline" in repr(read(said.format("Bridge Headline", "Road Headline")).updates)
