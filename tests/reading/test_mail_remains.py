"""What mail and chat programs leave in a text is never published."""

from __future__ import annotations

from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reading.dialect import read

HEADS = [
    ("From", "To", "Subject"), ("Von", "An", "Betreff"), ("De", "À", "Objet"), ("De", "Para", "Asunto"),
    ("Kimden", "Kime", "Konu"), ("Від", "Кому", "Тема"), ("От", "Кому", "Тема"), ("من", "إلى", "الموضوع"),
    ("Ji", "Bo", "Mijar"), ("发件人", "收件人", "主题"), ("فرستنده", "گیرنده", "موضوع"),
    ("Od", "Do", "Temat"),
]  # fmt: skip
PASSED_ON = [
    "", "-------- Original Message --------\n", "---------- پیام بازارسال‌شده ----------\n",
    "---------- Mensagem encaminhada ---------\n", "-------- 転送メッセージ --------\n",
]  # fmt: skip
DEVICES = [
    "Sent from my iPhone", "Von meinem iPhone gesendet", "Envoyé de mon iPhone", "Enviado desde mi iPhone",
    "iPhone’umdan gönderildi", "Надіслано з iPhone", "Отправлено с iPhone", "Get Outlook for Android",
    "Gesendet mit der Mail-App", "أرسلت من هاتفي", "ส่งจาก iPhone ของฉัน", "נשלח מה-Galaxy שלי",
    "Dikirim dari Yahoo Mail untuk Android", "Wysłane z telefonu Samsung Galaxy", "나의 iPhone에서 보냄",
    "Στάλθηκε από το iPhone μου", "Được gửi từ iPhone của tôi", "iPhoneから送信", "از iPhone من ارسال شد",
]  # fmt: skip
SECRETS = ("ann@example.org", "+49 170 1234567", "Ann Fowler")


def published(text: str) -> str:
    """Everything of a text that a reader could see."""
    return "\n".join(
        f"{u.title} {u.author} {[i.text for i in u.items]} {[s.heading for s in u.sections]} {u.passages}"
        for u in read(text).updates
    )


@pytest.mark.parametrize("keys", HEADS, ids=lambda keys: keys[0])
@pytest.mark.parametrize("passed_on", PASSED_ON)
def test_heads_of_mails_are_not_published(keys: tuple[str, str, str], passed_on: str) -> None:
    """Sender and receiver stay out at the top and in a mail passed on; the subject dates the text."""
    sender, receiver, subject = keys
    head = f"{sender}: Ann Fowler <ann@example.org>\n{receiver}: desk@example.org\nX-Mailer: ann@example.org"
    text = (
        f"{passed_on}{head}\n{subject}: Update 2024-12-08\n\n– The road is open.\n– All is calm.\n\n{head}\n"
    )
    shown = published(text)
    assert "The road is open." in shown
    assert not [
        secret for secret in (*SECRETS, "desk@example.org", passed_on[11:20] or "@") if secret in shown
    ]


@given(
    st.lists(st.sampled_from(["Ann Fowler", "+49 170 1234567", "ann@example.org", "Tel. +49 170 1234567"]),
             min_size=1, max_size=4, unique=True),
    st.sampled_from(["--", "-- "]),
    st.sampled_from(["", *DEVICES]),
)  # fmt: skip
def test_signatures_are_not_published(lines: list[str], dashes: str, device: str) -> None:
    """Nothing below the line of two dashes, and no name of a device, whatever stands there."""
    text = f"Update 2024-12-08\n\n– The road is open.\n– All is calm.\n\n{dashes}\n" + "\n".join(lines)
    shown = published(f"{text}\n\n{device}\n")
    assert "All is calm." in shown
    assert not [secret for secret in SECRETS if secret in shown]
    assert not device or device not in shown


def test_a_last_block_with_a_number_is_a_signature() -> None:
    """Name, telephone and address below the text stay out, and the writer is told; a bullet is published."""
    text = "Update 2024-12-08\n\n– The road is open.\n– Hotline: +49 170 7654321\n\n"
    reading = read(text + "Best regards\nAnn Fowler\nTel. +49 170 1234567\nann@example.org\n")
    assert [item.text for item in reading.updates[0].items] == [
        "The road is open.",
        "Hotline: +49 170 7654321",
    ]
    assert [(p.line, "mail" in p.fact) for p in reading.problems] == [(6, True)]


@pytest.mark.parametrize(
    "greeting", ["Best regards,", "Saygılarımla,", "Bi silavan,", "با احترام،", "Cordialement,"]
)
@pytest.mark.parametrize(
    "sender", ["Ann Fowler <ann@example.org>", '"Fowler, Ann" <ann@example.org>', "ann@example.org"]
)
def test_who_signs_a_mail_is_not_published(sender: str, greeting: str) -> None:
    """Below a greeting no name comes out of a mail, nor that of the head, in whatever language its keys are;
    in a text that is no mail the writers sign as they like."""
    body = f"– The road is open.\n– All is calm.\n\n{greeting}\nAnn Fowler\n"
    shown = published(f"Absender: {sender}\nDate: 2024-12-08\nSubject: Update 2024-12-08\n\n{body}")
    assert "All is calm." in shown
    assert not [secret for secret in SECRETS if secret in shown]
    assert "Ann Fowler" in published(f"Update 2024-12-08\n\n{body}")
    phoned = published(f"Update 2024-12-08\n\n{body}{DEVICES[0]}\n")
    assert not [left for left in ("Ann Fowler", greeting) if left in phoned]


def test_a_word_above_the_name_of_the_sender_is_a_greeting() -> None:
    """In a language without a list of greetings, too, it goes with the name."""
    head = "From: Ann Fowler <ann@example.org>\nSubject: Update 2024-12-08"
    shown = published(f"{head}\n\n– The road is open.\n– All is calm.\n\nTerveisin\nAnn\n")
    assert "All is calm." in shown
    assert "Terveisin" not in shown


@pytest.mark.parametrize(
    ("key", "whom", "held"),
    [("To", "Editors", False), ("Кому", "Редакція", False), ("To", "editors only, do not publish", True)],
)
def test_who_gets_a_mail_is_no_order_to_wait(key: str, whom: str, held: bool) -> None:
    """To the editors a mail is sent to be published, unless more is said."""
    head = f"From: Ann Fowler\n{key}: {whom}\nSubject: Update 2024-12-08"
    assert read(f"{head}\n\n– The road is open.\n").refused is held


def test_a_mail_that_is_quoted_whole_is_read() -> None:
    """What was passed on by answering stands behind marks, and nothing else does."""
    text = (
        "On Fri, 6 Dec 2024 at 18:30, Ann Fowler <ann@example.org> wrote:\n\n"
        "> Update 2024-12-08\n>\n> - The road is open.\n>\n> Ann\n"
    )
    [update] = read(text).updates
    assert (str(update.date), [item.text for item in update.items]) == ("2024-12-08", ["The road is open."])
    assert not [secret for secret in (*SECRETS, "Ann") if secret in published(text)]


@pytest.mark.parametrize(
    "line",
    [
        "On Fri, 6 Dec 2024 at 18:30, Ann Fowler <ann@example.org> wrote:",
        "Am 06.12.2024 um 18:30 schrieb Ann Fowler <ann@example.org>:",
        "Le 6 déc. 2024 à 18:30, Ann Fowler <ann@example.org> a écrit :",
    ],
)
def test_who_wrote_when_is_not_published(line: str) -> None:
    """The line above a quotation names a person and an address."""
    shown = published(f"Update 2024-12-08\n\n– The road is open.\n\n{line}\n")
    assert not [secret for secret in SECRETS if secret in shown]


STAMPS = [
    "05.12.24, {} - {}: ", "[05.12.24, {}:17] {}: ", "5/12/2024, {} م - {}: ", "‏5/12/2024, {} - {}: ",
    "5.12.2024 {} - {}: ",
]  # fmt: skip
PLACEHOLDERS = [
    "<Medien ausgeschlossen>", "IMG-20241205-WA0001.jpg (Datei angehängt)", "Diese Nachricht wurde gelöscht.",
    "Ce message a été supprimé", "Este mensaje fue eliminado.", "Bu mesaj silindi", "تم حذف هذه الرسالة",
    "imagen omitida", "image absente", "görüntü dahil edilmedi", "Це повідомлення було видалено",
]  # fmt: skip


@given(
    st.sampled_from(STAMPS),
    st.lists(st.sampled_from(["The road is open", "The mill burns", *PLACEHOLDERS]), min_size=2, max_size=6),
)
def test_chats_are_read_without_their_senders(stamp: str, said: list[str]) -> None:
    """One update a day, no sender's name, no placeholder, in the languages of the programs."""
    lines = [
        stamp.format(f"10:{n:02}", "Ann Fowler") + words for n, words in enumerate(["All is calm", *said])
    ]
    reading = read("\n".join(lines))
    assert len(reading.updates) == 1
    texts = [item.text.partition(" – ")[2] for item in reading.updates[0].items]
    assert texts == ["All is calm", *(words for words in said if words not in PLACEHOLDERS)]


def test_messages_copied_out_of_telegram_are_one_update_a_day() -> None:
    """Channel, forwarder and placeholder stay out."""
    text = (
        "News, [05.12.2024 22:21]\nThe road is open\n\nNews, [05.12.2024 22:22]\n"
        "[Forwarded from Ann Fowler]\nThe mill burns\nAll night.\n\nNews, [05.12.2024 22:23]\n[ Photo ]\n\n"
        "News, [06.12.2024 01:00]\nCalm.\n"
    )
    updates = read(text).updates
    assert [u.date.day for u in updates] == [5, 6]
    assert [i.text for u in updates for i in u.items] == [
        "22:21 – The road is open", "22:22 – The mill burns All night.", "01:00 – Calm.",
    ]  # fmt: skip


def test_what_signing_puts_around_a_text_is_not_published() -> None:
    """Marks, hash and signature of OpenPGP stay out, doubled dashes are single again, and no word is lost."""
    text = (
        "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\nUpdate 2024-12-08\n\n- - The road is open.\n"
        "- - All is calm.\n\nWater runs.\n-----BEGIN PGP SIGNATURE-----\n\niQIzBAEBCgAdFiEE\n=AbCd\n"
        "-----END PGP SIGNATURE-----\n\nThe bridge stands.\n"
    )
    (update,) = read(text).updates
    assert [item.text for item in update.items][:2] == ["The road is open.", "All is calm."]
    shown = published(text)
    assert "Water runs." in shown
    assert "The bridge stands." in shown
    assert not [left for left in ("PGP", "SHA512", "iQIz", "AbCd") if left in shown]


@pytest.mark.parametrize("last", ["2024-12-13", "13.12.2024", "13/12/24"])
def test_a_day_at_the_end_is_no_number_to_call(last: str) -> None:
    """A date that stands alone below a heading is news of the text, not a telephone."""
    reading = read(f"Update 2024-12-06\n\n# Roads\n\n- The pass is open.\n\n# Next meeting\n\n{last}\n")
    assert not [p for p in reading.problems if "mails" in p.fact]


NOTICES = [
    "This e-mail is confidential and meant for the addressee only. If it reached you in error, delete it.",
    "Please consider the environment before printing this email.",
    "Diese Nachricht ist vertraulich und nur für den Empfänger bestimmt.",
    "Ce courriel est confidentiel et réservé à son destinataire.",
    "Este correo es confidencial y va dirigido a su destinatario.",
    "Questo messaggio è riservato al destinatario; se ricevuto per errore, va cancellato.",
    "Цей лист є конфіденційним і призначений лише для адресата.",
    "Это письмо конфиденциально и предназначено только для адресата.",
    "هذه الرسالة سرية ومخصصة للمرسل إليه فقط، وصلتك عن طريق الخطأ.",
    "Bu e-posta gizlidir ve yalnızca alıcısı içindir.",
    "You received this message because you are subscribed. To unsubscribe, write to l@example.org.",
    "Unsubscribe | View in your browser",
    "Virus-free. www.example.org",
]
ATTRIBUTIONS = [
    "On Fri, 6 Dec 2024 at 18:30, Ann Fowler <ann@example.org> wrote:",
    "Am Fr., 6. Dez. 2024 um 18:30 Uhr schrieb Ann Fowler <ann@example.org>:",
    "Le ven. 6 déc. 2024 à 18:30, Ann Fowler <ann@example.org> a écrit :",
    "пт, 6 дек. 2024 г. в 18:30, Ann Fowler <ann@example.org>:",
    "في الجمعة، 6 ديسمبر 2024 في 6:30 م كتب <ann@example.org>:",
    "pt., 6 gru 2024 o 18:30 Ann Fowler\n<ann@example.org> napisał(a):",
]


@pytest.mark.parametrize("notice", NOTICES)
@pytest.mark.parametrize("below", [True, False])
def test_what_lawyers_and_services_add_is_not_published(notice: str, below: bool) -> None:
    """Footers on secrets, printing and lists stay out, above the date and below the words."""
    body = "Update 2024-12-08\n\n– The road is open.\n– All is calm."
    shown = published(f"{body}\n\n{notice}\n" if below else f"{notice}\n\n{body}\n")
    assert "All is calm." in shown
    assert notice[:20] not in shown


@pytest.mark.parametrize("attribution", ATTRIBUTIONS)
def test_a_mail_that_is_quoted_is_not_published(attribution: str) -> None:
    """Neither who wrote it nor what: above and below the words, and over blank lines."""
    body = "Update 2024-12-08\n\n– The road is open.\n– All is calm."
    quoted = f"{attribution}\n> Hear Selma, she hid them.\n>\n\n> > Where?\n"
    for text in (f"{body}\n\n{quoted}", f"{quoted}\n{body}\n", f"{body}\n\n> {quoted}"):
        shown = published(text)
        assert "All is calm." in shown
        assert not [said for said in (*SECRETS, "Selma", "Where?") if said in shown]


@pytest.mark.parametrize("keys", HEADS, ids=lambda keys: keys[0])
def test_a_mail_that_was_answered_is_not_published(keys: tuple[str, str, str]) -> None:
    """What stands below its head, under a dated text, is somebody else's; a mail passed on is the news."""
    sender, receiver, subject = keys
    head = f"{sender}: Ann Fowler\n{receiver}: Tom Baker\n{subject}: "
    answer = (
        f"Update 2024-12-08\n\n– The road is open.\n– All is calm.\n\n{head}who was it\n\nSelma says so.\n"
    )
    shown = published(answer)
    assert "All is calm." in shown
    assert not [said for said in ("Ann Fowler", "Tom Baker", "Selma", "who was it") if said in shown]
    assert "All is calm." in published(
        f"{head}Fwd: Update 2024-12-08\n\n– The road is open.\n– All is calm.\n"
    )
    assert "All is calm." in published(f"Update 2024-12-08\n\n{head}the north\n\n– All is calm.\n")


@pytest.mark.parametrize(
    "news",
    [
        "The minister said that the letter was confidential and had reached the press by mistake.",
        "On 6 December the council wrote:\n> We shall mend the weir before winter.",
        "The program behind the mailing lists is replaced. Until noon they are down.",
        "Bags are scanned by soldiers at every gate of the old town.",
    ],
)
def test_news_of_letters_is_published(news: str) -> None:
    """A report on a secret letter is no footer, what a council wrote is no mail, and news may be of lists."""
    assert news[-30:] in published(f"Update 2024-12-08\n\n– The road is open.\n\n{news}\n")


def test_a_signature_above_a_mail_that_is_passed_on_is_hidden() -> None:
    """Name, office and number above the mark of the original mail are nobody's business."""
    text = (
        "Update 12 December 2024\n\n- The bridge is open.\n\nKind regards,\nAnn Keel\n"
        "Duty officer\nM: +49 151 2345678\n\n"
        "-----Original Message-----\nFrom: Tom\nSent: Wednesday, December 11, 2024\nSubject: Update\n\n"
        "More.\n"
    )
    said = [i.text for u in read(text).updates for s in u.sections for i in s.items]
    assert not any("Ann" in text or "151" in text or "officer" in text for text in said), said


@pytest.mark.parametrize("parts", [True, False])
@pytest.mark.parametrize("code", ["quoted-printable", "base64"])
def test_a_mail_as_its_program_keeps_it(code: str, parts: bool) -> None:
    """Words in a code are read, of parts the plain one; its sender stays out, an order to wait counts."""
    mail = EmailMessage()
    mail["From"], mail["To"] = "Samira Haddad <samira@example.org>", "desk@example.org"
    mail["Subject"] = "Lage 6. Dezember 2024"
    mail.set_content("- Die Brücke ist offen.\n- Zwei Häuser brannten.\n\n-- \nSamira\n", cte=code)
    if parts:
        mail.add_alternative("<p>Die Brücke</p>", subtype="html")
    (update,) = read(mail.as_string()).updates
    assert [item.text for item in update.items] == ["Die Brücke ist offen.", "Zwei Häuser brannten."]
    assert "Samira" not in repr((update.passages, update.title))
    mail["Draft"] = "true"
    assert not any(not update.draft for update in read(mail.as_string()).updates)
