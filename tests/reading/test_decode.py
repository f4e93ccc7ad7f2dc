"""Bytes become a text, or a message that says why not."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitrep.base.nouns import Problem, Severity
from sitrep.reading.decoding.decode import Decoded, decode
from tests.lexicon.sentences import sentences

LIMIT = 10_000


def text_of(content: bytes) -> str:
    decoded = decode("notes/one.txt", content, limit=LIMIT)
    assert isinstance(decoded, Decoded), decoded
    return decoded.source.text


def refusal(content: bytes, limit: int = LIMIT) -> Problem:
    decoded = decode("notes/one.txt", content, limit=limit)
    assert isinstance(decoded, Problem)
    assert decoded.severity is Severity.ERROR
    assert decoded.path == "notes/one.txt"
    assert decoded.fact
    assert decoded.remedy
    return decoded


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_with_its_mark_is_read(encoding: str) -> None:
    """UTF-8 with or without mark, and UTF-16 and UTF-32 with one, give the same text."""
    assert text_of("Şehba – حلب\n".encode(encoding)) == "Şehba – حلب\n"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_both_orders_of_utf16_are_read(encoding: str) -> None:
    """The mark tells the order of bytes."""
    assert text_of("\ufeffHoms".encode(encoding)) == "Homs"


@given(
    order=st.sampled_from(["utf-16-le", "utf-16-be"]),
    line=st.sampled_from(
        ["The mill is open.", "Обстріл тривав усю ніч", "انسحبت القوات ليلا", "桥梁已经关闭。"]
    ),
    count=st.integers(2, 9),
)
def test_utf16_is_known_without_its_mark(order: str, line: str, count: int) -> None:
    """What a program saved with two bytes a letter and no mark is the same text, in any script."""
    text = f"Update 06-12-2024\n\n{f'– {line}' + chr(10)}" * count
    assert text_of(text.encode(order)) == text


@pytest.mark.parametrize(
    ("encoding", "text", "name"),
    [
        ("cp1252", "The café is closed – naïve “hopes”, Zürich says", "Western"),
        ("cp1256", "انسحبت القوات من المدينة ليلا", "Arabic"),
        ("cp1251", "Обстріл тривав усю ніч, двоє поранених", "Cyrillic"),
        ("cp1251", "Дорога закрыта, двое раненых, мост разрушен", "Cyrillic"),
        ("cp1254", "Li Şehba şer didome; artêşa li dora Minbicê ye", "Turkish"),
        ("cp1254", "Köprü kapalı; yağış sürüyor, iki kişi yaralı", "Turkish"),
        ("cp1250", "Most jest zamknięty, dwie osoby są ranne", "Central European"),
        ("cp1250", "Silnice je uzavřena, dva lidé byli zraněni", "Central European"),
        ("cp1253", "Ο δρόμος είναι κλειστός, δύο τραυματίες", "Greek"),
        ("cp1255", "הכביש סגור ושני אנשים נפצעו בנמל", "Hebrew"),
        ("cp1256", "راه بسته است و دو نفر زخمي شدند", "Arabic"),
        ("cp1252", "Þeir komu í gær og vegurinn er lokaður", "Western"),
        ("koi8-r", "Дорога закрыта, двое раненых, мост разрушен", "KOI8"),
        ("koi8-u", "Обстріл тривав усю ніч, двоє поранених", "KOI8"),
        ("cp874", "ถนนถูกปิดและมีผู้บาดเจ็บสองคนในตลาด", "Thai"),
        ("gb18030", "道路已经封闭，两人受伤，桥在夜里倒了", "simplified Chinese"),
        ("big5", "道路已經封閉，兩人受傷，橋在夜裡倒了", "traditional Chinese"),
        ("cp932", "道路は閉鎖され、二人がけがをした", "Shift JIS"),
        ("euc_jp", "道路は閉鎖され、二人がけがをした", "EUC-JP"),
        ("euc_kr", "도로가 막혔고 두 사람이 다쳤다", "EUC-KR"),
    ],
)
def test_old_encodings_are_guessed_and_told(encoding: str, text: str, name: str) -> None:
    """A text in an old Windows encoding is read, with a warning that names the guess."""
    decoded = decode("one.txt", text.encode(encoding), limit=LIMIT)
    assert isinstance(decoded, Decoded)
    assert decoded.source.text == text
    (problem,) = decoded.problems
    assert problem.severity is Severity.WARNING
    assert name in problem.fact


_PAGES = {
    "ar": ("cp1256",), "de": ("cp1252",), "es": ("cp1252",), "fr": ("cp1252",), "he": ("cp1255",),
    "it": ("cp1252",), "ja": ("cp932", "euc_jp"), "ko": ("cp949",), "pl": ("cp1250",), "pt": ("cp1252",),
    "ru": ("cp1251", "koi8-r"), "tr": ("cp1254",), "uk": ("cp1251", "koi8-u"), "zh": ("gb18030",),
}  # fmt: skip


@given(st.sampled_from([(lang, page) for lang, pages in _PAGES.items() for page in pages]), st.data())
def test_no_text_of_some_lines_is_read_in_a_wrong_page(case: tuple[str, str], data: st.DataObject) -> None:
    """Six lines in any language and any page that its programs wrote come out as they were."""
    lang, page = case
    lines = [line for kind in sentences(lang).values() for line in kind]
    first = data.draw(st.integers(0, len(lines) - 6))
    content = "\n".join(lines[first : first + 6]).encode(page, "ignore")
    assert text_of(content) == unicodedata.normalize("NFC", content.decode(page))


def test_a_guess_from_few_letters_says_so() -> None:
    """A short text has too few letters to be sure of: the warning says that as well."""
    decoded = decode("one.txt", "Київ: тихо".encode("cp1251"), limit=LIMIT)
    assert isinstance(decoded, Decoded)
    assert decoded.problems[0].fact.endswith("a guess from few letters")


def test_a_broken_character_costs_only_itself() -> None:
    """UTF-8 with a broken byte stays UTF-8; the line is named."""
    content = "Şehba, Şengal, Efrîn\nحلب ".encode() + b"\xd8\nHoms"
    decoded = decode("one.txt", content, limit=LIMIT)
    assert isinstance(decoded, Decoded)
    assert decoded.source.text == "Şehba, Şengal, Efrîn\nحلب \ufffd\nHoms"
    assert decoded.problems[0].line == 2


@given(st.lists(st.sampled_from([
    "Şehba ist ruhig – noch.".encode(), "– It’s quiet at Homs.".encode("cp1252"), b"plain words",
    "çok güzel, şehir sakin".encode(), "“a café”".encode("cp1252"),
]), min_size=1, max_size=6))  # fmt: skip
def test_each_line_is_read_by_itself(lines: list[bytes]) -> None:
    """Where two programs wrote one file, no line of the one spoils a line of the other."""
    whole = text_of(b"\n".join(lines)).split("\n")
    assert whole == [text_of(line) for line in lines]


def test_mixed_lines_are_told_with_their_place() -> None:
    """The first line of another encoding is named, and which one it was taken for."""
    decoded = decode("one.txt", "– Şehba.\n".encode() + b"\x96 It\x92s quiet.", limit=LIMIT)
    assert isinstance(decoded, Decoded)
    assert decoded.source.text == "– Şehba.\n– It’s quiet."
    (problem,) = decoded.problems
    assert (problem.line, problem.severity) == (2, Severity.WARNING)
    assert "Western" in problem.fact


def test_controls_become_the_letters_they_were() -> None:
    """Quotes and dashes of Windows that were stored as C1 controls come back, with a note."""
    decoded = decode("one.txt", "\x96 The \x93road\x94 is open\x85 It\x92s quiet.".encode(), limit=LIMIT)
    assert isinstance(decoded, Decoded)
    assert decoded.source.text == "– The “road” is open… It’s quiet."
    (problem,) = decoded.problems
    assert problem.severity is Severity.NOTE


@given(st.text(st.characters(codec="utf-8"), min_size=1))
def test_no_control_character_is_left(text: str) -> None:
    """Whatever was typed, nothing but tabs and line ends is left of what is no character."""
    decoded = decode("one.txt", f"– {text}".encode(), limit=LIMIT)
    if isinstance(decoded, Decoded):
        assert not [c for c in decoded.source.text if unicodedata.category(c) == "Cc" and c not in "\t\n"]


def test_all_line_ends_become_one() -> None:
    """CRLF, CR, NEL, vertical tab, form feed and the Unicode separators end lines like LF."""
    text = "a\r\nb\rc\u0085d\u2028e\u2029f\ng\x0bh\x0ci"
    assert text_of(text.encode()) == "a\nb\nc\nd\ne\nf\ng\nh\ni"


def test_letters_are_composed() -> None:
    """A letter typed as base and accent is the same as the composed one."""
    assert text_of("S\u0327ehba".encode()) == "Şehba"


def test_characters_that_xml_forbids_are_replaced() -> None:
    """Control characters and non-characters become U+FFFD; tab and line feed stay."""
    assert text_of("a\x01b\x7fc\x1fd\ufffe\tf\n".encode()) == "a\ufffdb\ufffdc\ufffdd\ufffd\tf\n"


def test_reordering_characters_are_taken_out() -> None:
    """Overrides, embeddings and isolates are removed; the plain direction marks stay."""
    assert text_of("a\u202egnp\u202c.b\u2066c\u2069\u200fd\u200e".encode()) == "agnp.bc\u200fd\u200e"


def test_marks_inside_are_taken_out() -> None:
    """A byte order mark in the middle (files put together) does not hide a marker."""
    assert text_of("a\n\ufeff– b".encode()) == "a\n– b"


def test_lines_that_look_blank_are_blank() -> None:
    """A line with nothing but invisible characters parts paragraphs like a blank one."""
    assert text_of("a\n\u200b \u200e\nb".encode()) == "a\n\nb"


@pytest.mark.parametrize("content", [b"", b" \n\t\n", "\ufeff".encode(), "\u200b\n".encode()])
def test_an_empty_file_is_refused(content: bytes) -> None:
    """A file without any visible character is empty."""
    assert "empty" in refusal(content).fact


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"a\0b", "binary"),
        (b"plain text, one \0 in it" * 9, "binary"),
        (b"%PDF-1.7\n", "PDF"),
        (b"PK\x03\x04rest", ".docx"),
        (b"{\\rtf1 a}", "RTF"),
        (b"\x89PNG\r\n", "PNG"),
        (b'<?xml version="1.0"?>\n<en-export version="10"/>', "Evernote"),
    ],
)
def test_what_is_no_text_is_refused_by_name(content: bytes, name: str) -> None:
    """Binary files are refused, and named where the writer may take them for texts."""
    assert name in refusal(content).fact


def test_a_file_over_the_limit_is_refused() -> None:
    """One byte over the limit is too many; at the limit it is read."""
    assert "11" in refusal(b"12345678901", limit=10).fact
    assert isinstance(decode("a", b"1234567890", limit=10), Decoded)


def test_the_digest_is_of_the_bytes() -> None:
    """The same words in another encoding are another file."""
    one, two = (decode("a", "ab".encode(e), limit=LIMIT) for e in ("utf-8", "utf-8-sig"))
    assert isinstance(one, Decoded)
    assert isinstance(two, Decoded)
    assert one.source.text == two.source.text
    assert one.source.digest != two.source.digest
    assert one.source.digest == "fb8e20fc2e4c3f248c60c39bd652f3c1347298bb977b8b4d5903b85055620603"
