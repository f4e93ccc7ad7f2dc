"""In which language a source is read: as it says, as its name says, as its words tell."""

from __future__ import annotations

import pytest

from sitrep.base.nouns import Certainty, Reading, Severity, Source
from sitrep.sorting.front_rules import compile_rules
from sitrep.sorting.sort_items import read
from tests.reading.dialect import CONFIG

RULES = compile_rules(CONFIG)
DUTCH = "2024-12-08\n\n- De brug is gisteren niet open en het water staat in de stad.\n"


def reading(text: str, path: str = "note.txt") -> Reading:
    return read(Source(path=path, digest="", text=text), RULES)


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Actualización 08-12-2024\n\n– Al parecer el puente cedió anoche en la ciudad.", "es"),
        ("تحديث ٧ كانون الأول ٢٠٢٤\n\n– أنباء عن انهيار الجسر.", "ar"),
        ("Зведення 07.12.2024\n\n– Нібито міст обвалився.", "uk"),
        ("07.12.2024\n\n– Angeblich ist die Brücke nicht mehr offen.", "de"),
    ],
)
def test_doubt_is_heard_in_a_language_nobody_told(text: str, lang: str) -> None:
    """On an English site a text of another language is read in it: its doubt is never said plainly."""
    (update,) = reading(text).updates
    assert update.lang == lang
    assert [item.certainty for item in update.items] == [Certainty.REPORTED]


def test_a_passage_in_another_script_keeps_its_doubt() -> None:
    """An Arabic item of an English update is hedged by its own words."""
    (update,) = reading("Update 07-12-2024\n\n- The bridge is closed.\n- أنباء عن انهيار الجسر.").updates
    assert update.lang is None
    assert [item.certainty for item in update.items] == [Certainty.SAID, Certainty.REPORTED]


def test_what_is_written_wins() -> None:
    """``lang:`` beats the file name, which beats the words; the site's own language is not repeated."""
    spanish = "Actualización 08-12-2024\n\n– El puente de la ciudad está cerrado y no hay agua."
    assert reading(f"---\nlang: pt\n---\n{spanish}", "note.fr.md").updates[0].lang == "pt"
    assert reading(spanish, "note.fr.md").updates[0].lang == "fr"
    assert reading(spanish).updates[0].lang == "es"
    assert reading("Update 08-12-2024\n\n- The bridge is closed.").updates[0].lang is None
    assert reading("Update 08-12-2024\n\n- The bridge is closed.", "note.v2.md").updates[0].lang is None


def test_doubt_about_the_language_is_told() -> None:
    """A text that only may be in another language is read in it, with a note."""
    found = reading("2024-12-08\n\n- Hay fuego en Sandhaven.")
    notes = [p.fact for p in found.problems if p.severity is Severity.NOTE]
    assert "this reads like Spanish, and was read so" in notes


def test_a_language_without_words_of_doubt_is_told() -> None:
    """Where nothing can be marked as reported the writer is told so, with what to do."""
    found = reading(DUTCH)
    assert found.updates[0].lang == "nl"
    assert "no words of doubt are known for nl: nothing is marked as reported" in [
        p.fact for p in found.problems
    ]


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("Informe de situación n.º 12, 7 de diciembre de 2024", "– El puente de la ciudad está cerrado."),
        ("Mise à jour du samedi 7 décembre 2024 à 18h30", "– Le pont de la ville est fermé."),
        ("Lagebericht vom 7. Dezember 2024", "– Die Brücke ist gesperrt und es gibt kein Wasser."),
        ("7 Aralık 2024 Cumartesi", "– Köprü kapalı ve şehirde su yok."),
        ("Станом на 18:00 7 грудня 2024 року", "– Міст закрито, у місті немає води."),
        ("Сводка за 7 декабря 2024 года", "– Мост закрыт, в городе нет воды."),
        ("تقرير يوم السبت 7 ديسمبر 2024", "– الجسر مغلق ولا ماء في المدينة."),
        ("گزارش روز شنبه ۱۷ آذر ۱۴۰۳", "– پل بسته است و در شهر آب نیست."),
        ("7'ê Berfanbarê 2024", "– Pir girtî ye û li bajar av nîne."),
        ("شەممە 7/12/2024", "– پردەکە داخراوە و لە شار ئاو نییە."),
        ("2024年12月7日局势更新", "– 桥断了，城里停水。"),
        ("2024年12月7日（土）最新情報", "– 橋は通行止め。水が出ない。"),
        ("2024년 12월 7일 상황 보고", "– 다리가 막혔고 물이 없다."),
        ("Atualização do dia 7 de dezembro de 2024", "– A ponte da cidade está fechada e não há água."),
        ("Sabato 7 dicembre 2024, ore 18:30", "– Il ponte è chiuso e in città non c'è acqua."),
        ("Raport z 7 grudnia 2024 r.", "– Most jest zamknięty i w mieście nie ma wody."),
        ("דוח מצב ליום 7.12.2024", "– הגשר סגור ואין מים בעיר."),
        ("7 दिसंबर 2024 की स्थिति रिपोर्ट", "– पुल बंद है और शहर में पानी नहीं है।"),
        ("শনিবার, ৭ ডিসেম্বর ২০২৪", "– সেতু বন্ধ এবং শহরে পানি নেই।"),
        ("Laporan situasi 7 Desember 2024", "– Jembatan ditutup dan tidak ada air di kota."),
        ("Jumamosi, 7 Desemba 2024", "– Daraja limefungwa na hakuna maji katika mji."),
        ("ኅዳር 28 ቀን 2017 ዓ.ም. ሪፖርት", "– ድልድዩ ተዘግቷል።"),
        ("၂၀၂၄ ဒီဇင်ဘာ ၇ အခြေအနေ", "– တံတား ပိတ်ထားသည်။"),
    ],
)
def test_an_english_site_dates_every_language(head: str, body: str) -> None:
    """The usual first line of a bulletin dates it in every shipped language, though the site is English."""
    (update,) = reading(f"{head}\n\n{body}\n").updates
    assert update.date.isoformat() == "2024-12-07"
    assert len(update.items) == 1


@pytest.mark.parametrize(
    "text",
    [
        "---\ndate: 7 décembre 2024\nlang: fr\n---\n\n– Le pont est fermé.",
        "---\nlang: fr\ndate: 7 décembre 2024\n---\n\n– Le pont est fermé.",
        "---\ndate: 7 декабря 2024\n---\n\n– Мост закрыт, в городе нет воды.",
        "---\ndate: 2024年12月7日\n---\n\n– 桥断了。",
    ],
)
def test_front_matter_dates_a_text_in_its_own_language(text: str) -> None:
    """``date:`` may be written as the language of the text writes dates, whatever the site's."""
    (update,) = reading(text).updates
    assert update.date.isoformat() == "2024-12-07"
