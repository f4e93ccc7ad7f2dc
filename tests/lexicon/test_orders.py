"""Lines that order to wait are told from news by how they are built, in every language with words for it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitrep.base.signs import PAUSES, STOPS
from sitrep.lexicon.waiting.lists import SHORTEST_STEM, by_language
from sitrep.lexicon.waiting.orders import order_to_wait
from sitrep.lexicon.waiting.plain import plain
from sitrep.lexicon.waiting.unfinished import is_waiting_folder, speaks_of_work, tells_unfinished

LISTS = by_language("orders")
SPOKEN = sorted(lang for lang, words in LISTS.items() if {"not", "publish", "wait"} <= words.keys())
SPOKEN_TO = ["Sam", "@nadia", "Ольга", "हिबा"]
WHO = ["The army will", "Die Behörden wollen", "Le ministère veut", "El alcalde va a", "Власти могут"]


def words(lang: str, *kinds: str) -> st.SearchStrategy[str]:
    """A phrase of one of these kinds."""
    return st.sampled_from(sorted({phrase for kind in kinds for phrase in LISTS[lang].get(kind, ())}))


def test_every_stem_can_be_found() -> None:
    """A star stands at the end of a phrase, behind as many letters as stems are looked up by."""
    phrases = [phrase for kinds in LISTS.values() for found in kinds.values() for phrase in found]
    assert [phrase for phrase in phrases if "*" in phrase[:-1]] == []
    stems = [phrase[:-1] for phrase in phrases if phrase.endswith("*") and " " not in phrase]
    assert [stem for stem in stems if len(plain(stem)) < SHORTEST_STEM] == []


@given(data=st.data(), lang=st.sampled_from(SPOKEN), mark=st.sampled_from(["", "!", "!!!", "."]))
def test_a_refusal_to_publish_is_an_order(data: st.DataObject, lang: str, mark: str) -> None:
    """Whatever word of refusing stands before whatever word of publishing, also with a please before it."""
    please = (
        data.draw(words(lang, "courtesy")) if "courtesy" in LISTS[lang] and data.draw(st.booleans()) else ""
    )
    line = f"{please} {data.draw(words(lang, 'not'))} {data.draw(words(lang, 'publish', 'send'))}{mark}"
    assert order_to_wait(line)
    assert order_to_wait(line.upper())


@given(data=st.data(), lang=st.sampled_from(SPOKEN), name=st.sampled_from(SPOKEN_TO))
def test_a_refusal_told_to_somebody_is_an_order(data: st.DataObject, lang: str, name: str) -> None:
    """A name and a colon before an order make no news of it."""
    assert order_to_wait(f"{name}: {data.draw(words(lang, 'not'))} {data.draw(words(lang, 'publish'))}")


@given(data=st.data(), lang=st.sampled_from(SPOKEN), name=st.sampled_from(["Anna", "Omar", "Ле"]))
def test_to_wait_for_leave_is_an_order(data: st.DataObject, lang: str, name: str) -> None:
    """A word of waiting with one of leave, or of publishing, after it."""
    assert order_to_wait(
        f"{data.draw(words(lang, 'wait'))} {name} {data.draw(words(lang, 'leave', 'publish'))}"
    )


HOLDING = sorted(
    {phrase for kinds in LISTS.values() for kind in ("forbid", "draft") for phrase in kinds.get(kind, ())}
)
NEWS = [
    "The road is open",
    "दिल्ली में शांति है",
    "လားရှိုးတွင် မီးပြတ်သည်",
    "በአዲስ አበባ ሰላም ነው",
    "الطريق مفتوح",
    "道路已开放",
]


@given(
    order=st.sampled_from(HOLDING),
    stop=st.sampled_from([sign for sign in STOPS + PAUSES if sign not in ".!…"]),
    news=st.sampled_from(NEWS),
    after=st.booleans(),
)
def test_an_order_beside_news_is_parted_by_the_stops_of_every_script(
    order: str, stop: str, news: str, *, after: bool
) -> None:
    """The danda of Hindi and the stop of Burmese part sentences as a full stop does."""
    first, second = (news, order.rstrip("*")) if after else (order.rstrip("*"), news)
    assert bool(order_to_wait(f"{first}{stop} {second}")) == bool(order_to_wait(f"{first}. {second}"))


@pytest.mark.parametrize("lang", ["am", "bn", "hi", "my"])
def test_an_order_beside_news_is_seen_where_vowels_are_signs(lang: str) -> None:
    """A word is one word however many signs hang on its letters, so a line is not too long for an order."""
    orders = [said.rstrip("*") for kind in ("forbid", "draft") for said in LISTS[lang].get(kind, ())]
    assert [said for said in orders for news in NEWS if not order_to_wait(f"{news}. {said}")] == []


@pytest.mark.parametrize(
    "line",
    [
        "सेना ने आंकड़े जारी नहीं किए", "अब सूची प्रकाशित", "अस्पताल में दवा का इंतजार कर रहे लोग",
        "সেনাবাহিনী কোনো তথ্য প্রকাশ করেনি", "নৌকা চলাচল স্থগিত", "হাসপাতালে রোগীরা অপেক্ষা করছেন",
        "လျှို့ဝှက်စာရွက်စာတမ်းများ ပေါက်ကြားသည်", "အစိုးရက စာရင်းမထုတ်ပြန်သေးပါ",
        "መንግሥት መረጃ አላወጣም", "لوگ امداد کا انتظار کر رہے ہیں", "ร่างกฎหมายเข้าสภา", "เอกสารลับรั่วไหล",
    ],
)  # fmt: skip
def test_news_of_publishing_and_waiting_is_news_in_other_scripts_too(line: str) -> None:
    """Who did not publish, what waits and what is secret is told there in a sentence."""
    assert order_to_wait(line) is None


AWAITED = sorted(lang for lang, words in LISTS.items() if "await" in words)


@given(
    data=st.data(),
    lang=st.sampled_from(AWAITED),
    name=st.sampled_from(["Omar", "Ναντια", "Лена", "ليلى"]),
    last=st.booleans(),
)
def test_to_wait_for_somebody_is_an_order(data: st.DataObject, lang: str, name: str, *, last: bool) -> None:
    """A word by which a writer waits and a name are enough, also below the news."""
    assert order_to_wait(f"{data.draw(words(lang, 'await'))} {name}", last=last)


FORBIDDING = sorted(
    (phrase, kinds["draft"][0])
    for kinds in LISTS.values()
    if kinds.keys() == {"forbid", "draft", "report"}
    for phrase in (*kinds["forbid"], *kinds["draft"])
)


@given(
    said=st.sampled_from(FORBIDDING),
    layout=st.sampled_from(["{0}", "{1} - {0}", "({0})", "{0}!", "{1}: {0}"]),
)
def test_what_a_language_only_forbids_with_holds(said: tuple[str, str], layout: str) -> None:
    """Where a language has but its words for a draft and phrases of forbidding, each of them is enough."""
    line = layout.format(*said)
    assert order_to_wait(line)
    assert order_to_wait(line.upper())


PAIRED = [lang for lang in SPOKEN if {"when", "draft"} <= LISTS[lang].keys()]


@given(data=st.data(), lang=st.sampled_from(PAIRED), swapped=st.booleans())
def test_a_line_of_nothing_else_is_an_order(data: st.DataObject, lang: str, *, swapped: bool) -> None:
    """Publishing and when, in whatever order, with no word of anything that could have happened."""
    said = [data.draw(words(lang, "publish")), data.draw(words(lang, "when"))]
    assert order_to_wait(" ".join(said[::-1] if swapped else said))
    assert order_to_wait(data.draw(words(lang, "draft")))


@given(data=st.data(), lang=st.sampled_from(PAIRED))
def test_one_word_of_something_else_after_a_no_is_news(data: st.DataObject, lang: str) -> None:
    """Who asks not to do something that is not publishing gives advice."""
    no = data.draw(words(lang, "not").filter(lambda phrase: phrase not in LISTS[lang].get("strong", ())))
    # "Pending" waits by itself.
    when = data.draw(words(lang, "when").filter(lambda phrase: phrase not in LISTS[lang].get("await", ())))
    assert not order_to_wait(f"{no} zqxy vwkz {when}")


@given(data=st.data(), lang=st.sampled_from(SPOKEN), who=st.sampled_from(WHO))
def test_who_does_what_is_news(data: st.DataObject, lang: str, who: str) -> None:
    """A line that opens with somebody who does something is no order, whatever words are in it."""
    refusing, publishing = data.draw(words(lang, "not")), data.draw(words(lang, "publish", "send"))
    assert not order_to_wait(f"{who} {refusing} {publishing} numbers of the wounded before Monday")


@pytest.mark.parametrize(
    "line",
    [
        "Wait for Anna before publishing!",
        "للنشر بعد الساعة الثامنة مساء",
        "晚上八点后发布",
        "20時以降に公開",
        "20시 이후 공개",
        "Sperrfrist! Erst Montag 8 Uhr senden.",
        "STOP - still needs a second source",
        "only to be published when the convoy has arrived",
        "bitte erst nach Rücksprache mit Jan online stellen",
        "esperar a Lucía antes de publicar",
        "aspettare l'ok di Sara",
        "concept, nog niet plaatsen",
        "чекаємо на підтвердження, не викладати",
        "まだ公開しないでください",
        "yayınlamadan önce Ayşe'yi bekle",
        "TEST TEST TEST",
        "Publishing stopped, ask Nadia first.",
        "Wait until they are across the border",
        "Parked.",
        "Not before the families know!",
        "nobody should see this yet",
        "Sam: don't send this round yet, two names are wrong",
        "Bitte noch liegen lassen, Rückruf von Omar fehlt.",
        "Garder pour nous jusqu'à nouvel ordre",
        "Przed publikacją zapytaj Anię",
        "До понедельника никому не показывать",
        "انتظروا اتصالي قبل النشر",
        "确认之前请勿发布",
        "Embargoed — see the mail from Nadia",
        "Goes out Friday.",
        "Strictly between us till the hearing is over",
        "Anna has to read this first.",
        "Texto en revisión",
        "на вычитке у Лены",
        "Публикация запрещена до 10 утра",
        "henüz yayına girmesin",
        "Release: after the press conference (ask Omar)",
        "Leila first!",
        "@farid can you check the numbers?",
        "after Bilal is home",
        "Not yet, I'm still on the phone with her.",
        "send: later",
        "This one is for Sunday.",
        "Сначала покажите Лене",
        "Don't.",
        "go: Monday",
        "Samira to check names",
        "Joseph hasn't answered yet",
        "Je vous dis quand on peut",
        "Bitte erst Karim drüberlesen lassen.",
        "[Two names are real, change them before it goes up]",
        "Do we have the family's OK for this?",
        "Маша ещё не ответила",
        "Nope, not yet",
        "REVIEW",
    ],
)
def test_what_tired_people_type_is_an_order(line: str) -> None:
    """Lines without a key, a fence or a word that is on any list as a whole."""
    assert order_to_wait(line)


@pytest.mark.parametrize(
    "line",
    [
        "The council asked to hold the vote.",
        "Do not post photos of the checkpoints",
        "The army asks people not to publish pictures of strikes.",
        "Wait times at the crossing rose to six hours.",
        "Only after 18:00 the road was opened.",
        "Share before Monday what you need.",
        "Release of the hostages is not confirmed yet.",
        "Die Zeitung wurde nicht veröffentlicht.",
        "Vérifier l'eau avant de boire.",
        "Todavía no hay luz en Homs.",
        "Власти просят не публиковать фото обстрелов.",
        "انتظر الأهالي القافلة حتى المساء.",
        "Warten auf Bestätigung aus Damaskus.",
        "Not before Friday will the crossing open, officials say.",
        "Wait until Monday for new ration cards, the office says.",
        "This bridge is closed until Sunday",
        "It remains unclear who gave the order.",
        "Keep children away from the river.",
        "Ne sortez pas après vingt heures.",
        "En attente : deux cents camions au poste frontière.",
        "Erst am Abend kam der Strom zurück.",
        "草案已提交议会。",
        "Nie pijcie wody do odwołania",
        "يرجى عدم الخروج حتى إشعار آخر",
        "Списки загиблих поки не оприлюднено",
        "Lawyers have not seen the file yet",
        "After upgrading to this version, you may have trouble connecting",
        "[Final message]",
        "Hallo zusammen, der Bericht von heute",
        "Voici le texte de ce soir",
        "We will publish the list when we have it",
        "Les noms des morts pas encore publiés",
        "Names withheld for safety",
        "Waiting for rain",
        "Two boats wait for the tide.",
        "Ждём снега и ветра, говорят синоптики.",
        "في انتظار المطر",
        "None of the shops opened",
        "We could not check the numbers from Homs.",
        "Do you find writing documentation difficult?",
        "*No quote was selected this week.*",
        "(Photos below, from Homs)",
        "Families without word from the mine",
        "Cannot reach Homs this evening",
        "Bruce Lee",
        "By Anna Lee",
        "Maria Lea",
    ],
)
def test_news_with_the_same_words_is_none(line: str) -> None:
    """Advice, sentences and headlines go out."""
    assert not order_to_wait(line)


@pytest.mark.parametrize(
    "line",
    ["No public questions", "See you tomorrow, after the vote", "Please do give it a spin", "Keep rocking"],
)
def test_a_farewell_is_no_order(line: str) -> None:
    """The last line of a text orders only if it speaks of publishing."""
    assert not order_to_wait(line, last=True)
    assert order_to_wait(f"Do not publish. {line}", last=True)


UNFINISHED = by_language("unfinished")


@given(data=st.data(), lang=st.sampled_from(sorted(UNFINISHED)), name=st.sampled_from(["Anna", "Оля", "هدى"]))
def test_a_part_of_the_text_that_is_to_come_holds_it_back(data: st.DataObject, lang: str, name: str) -> None:
    """Whatever part, and whatever word for being still away; by whom may be told. What lacks a part of
    something else is news."""
    drawn = {
        kind: data.draw(st.sampled_from(UNFINISHED[lang][kind]))
        for kind in ("portion", "piece", "lack", "mine")
    }
    assert tells_unfinished(f"{name} {drawn['lack']} {drawn['portion']}")
    assert tells_unfinished(f"{drawn['lack']}: {drawn['piece']}", last=True)
    assert tells_unfinished(f"{drawn['mine']} {drawn['portion']}")
    assert not tells_unfinished(f"{drawn['portion']} vlukto drimzen {drawn['lack']}")
    assert not tells_unfinished(f"{drawn['lack']} vlukto")


@pytest.mark.parametrize(
    ("line", "waits"),
    [
        ("Missing: the hospital numbers", True),
        ("Tariq's part comes at six", True),
        ("жду звонка от Оли", True),
        ("Aún falta la foto y el visto bueno", True),
        ("Missing: four fishermen", False),
        ("Names of the missing", False),
        ("Half of the aid follows on Monday", False),
        ("Der Rest kommt nach Hause", False),
    ],
)
def test_what_is_missing_from_a_text_is_told_from_what_is_missing_elsewhere(line: str, waits: bool) -> None:
    """A text has halves, photos and numbers; a sea has fishermen."""
    assert (order_to_wait(line) is not None) is waits


@pytest.mark.parametrize("line", ["XXX", "? ? ?", "TK TK", "X X X"])
def test_what_stands_in_the_place_of_words_holds_a_text_back(line: str) -> None:
    """Nobody publishes a row of X."""
    assert order_to_wait(line)


def test_work_on_a_text_is_spoken_of_with_two_words_of_it() -> None:
    """Below the news one word of work may be said to readers."""
    assert speaks_of_work("still need to hear back from the hospital")
    assert not speaks_of_work("more tomorrow")


def test_folders_are_named_after_what_is_to_be_done_with_their_texts() -> None:
    """A folder of texts that wait is no folder of texts about waiting."""
    assert all(map(is_waiting_folder, ["pending", "À valider", "drafts-anna", "in_progress"]))
    assert not any(map(is_waiting_folder, ["waiting for rain", "draft law", "north", "2024"]))
