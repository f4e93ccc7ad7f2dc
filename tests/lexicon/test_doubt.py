"""Words that make doubt together, whatever stands between them and however they end."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitrep.base.doubt_stems import Stem
from sitrep.base.errors import ConfigError
from sitrep.base.nouns import Certainty
from sitrep.config.load import load_config, shipped_lexicon
from sitrep.lexicon.doubt import Stems, together
from sitrep.sorting.certainty import judge
from sitrep.sorting.front_rules import compile_rules
from sitrep.sorting.places import scan
from tests.lexicon.sentences import LANGUAGES

RULES = compile_rules(load_config("site: {title: X, language: en}\nfronts: [North]\n"))
STEMS = Stems(["not no", "check confirm~", "may terá", "done ~ado", "spread spread~", "talk rumor~"])


class Word(NamedTuple):
    stems: tuple[Stem, ...]
    stop: int = 0


def marks(text: str) -> list[tuple[Certainty | None, int, int]]:
    """What the words of a text make together; a comma is a word of its own."""
    words = [Word(STEMS.of(w), stop=int(w == ",")) for w in text.split()]
    at = [i for i, word in enumerate(words) if word.stems]
    return [(rule.effect, first, last) for rule, first, last in together(words, at)]


def certainty(text: str, lang: str) -> Certainty:
    lexicon = RULES.lexicon(lang)
    return judge(scan(text, lexicon)).certainty


def listed(lang: str, kind: Stem) -> list[str]:
    """The words of that kind that a shipped language lists as they stand."""
    lines = [line.split() for line in getattr(shipped_lexicon(lang), "doubt", ())]
    return [word for first, *words in lines for word in words if first == kind and "~" not in word]


@given(st.integers(0, 9), st.text("dfhjl", max_size=6))
def test_words_between_make_no_difference_until_they_are_many(between: int, ending: str) -> None:
    """Up to five others may stand between "no" and a form of "confirm"; a comma parts them."""
    others = " ".join(["xyz"] * between)
    expected = [(Certainty.REPORTED, 0, between + 2)] if between <= 5 else []
    assert marks(f"no {others} confirm{ending}") == expected
    assert not marks(f"no {others} , confirm{ending}")
    assert not marks(f"confirm{ending} {others} no")


def test_an_ending_is_looked_for_at_the_end() -> None:
    """ "~ado" is any word that ends so, and "confirm~" none that has it inside."""
    assert marks("terá cortado") == [(Certainty.REPORTED, 0, 2)]
    assert not marks("terá cortados")
    assert not marks("no reconfirmed")


def test_a_plea_not_to_spread_rumors_is_no_rumor() -> None:
    """What takes a mark back covers the one it takes back."""
    assert marks("no spreading rumors") == [(Certainty.RUMOR, 1, 3), (None, 0, 3)]
    assert certainty("Please do not spread rumors about the school.", "en") is Certainty.SAID


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("tr", "Okul hakkında söylenti yaymayın."),
        ("fa", "درباره مدرسه شایعه پخش نکنید."),
        ("ja", "学校についてのうわさを広めないでください。"),
        ("sw", "Msisambaze uvumi kuhusu shule."),
        ("hi", "स्कूल के बारे में अफ़वाह न फैलाएँ।"),
        ("ckb", "دەنگۆ لەبارەی قوتابخانە بڵاو نەکەنەوە."),
        ("he", "אנא אל תפיצו שמועות על בית הספר."),
    ],
)
def test_a_plea_in_one_word_takes_a_rumor_back(lang: str, sentence: str) -> None:
    """Where "do not spread" is one word, or one with the negation behind it, no rumor is told either."""
    assert certainty(sentence, lang) is Certainty.SAID


@given(st.integers(0, 40))
def test_what_opens_with_an_if_is_no_hearsay(between: int) -> None:
    """However far the conditional stands from the "if" that opens its sentence; an "if" inside is none."""
    words = [Word((Stem.GIVEN,)), *[Word(())] * between, Word((Stem.TOLD,))]
    at = [0, len(words) - 1]
    assert [rule.effect for rule, _, _ in together(words, at)] == [Certainty.REPORTED, None]
    inside = [Word(()), Word(()), *words]
    assert [rule.effect for rule, _, _ in together(inside, [2, len(inside) - 1])] == [Certainty.REPORTED]


@given(st.data())
def test_shipped_words_do_what_their_kind_says(data: st.DataObject) -> None:
    """In every language a negation with any word of verification after it is no plain sentence."""
    lang = data.draw(st.sampled_from([c for c in LANGUAGES if listed(c, Stem.NOT) and listed(c, Stem.CHECK)]))
    no, check = (data.draw(st.sampled_from(listed(lang, kind))) for kind in (Stem.NOT, Stem.CHECK))
    blank = "" if lang in ("zh", "ja") else " "
    assert certainty(f"{no}{blank}{check}", lang) is not Certainty.SAID


def test_a_kind_that_is_none_is_refused_with_its_line() -> None:
    """A line under ``doubt:`` begins with a kind of word; the remedy names the nearest."""
    text = "site: {title: X}\nfronts: [North]\nlanguages:\n  en:\n    doubt:\n      - nott nowhere\n"
    with pytest.raises(ConfigError) as caught:
        load_config(text)
    [told] = caught.value.problems
    assert (told.line, told.fact) == (6, '"nott" is no kind of word that makes doubt')
    assert "did you mean not?" in told.remedy


@pytest.mark.parametrize(
    ("lang", "doubted", "plain"),
    [
        ("en", "Whether the gate was open that night is disputed.", "The disputed area is closed."),
        ("en", "The crew must have left before dawn.", "The crew must have a permit."),
        ("en", "If the reports hold, the mill is lost.", "If it rains, the mill is closed."),
        ("de", "Die Mühle sei verloren.", "Die Mühle steht, es sei denn, es regnet."),
        ("ru", "Мельницу могли поджечь.", "Мельницу не могли открыть."),
        ("pl", "Młyn mógł spłonąć.", "Młyn nie mógł pracować."),
        ("tr", "Değirmen yanmış.", "Değirmende on vaka bildirildi."),
        ("fr", "Le moulin aurait brûlé.", "Si le vent avait tourné, le moulin aurait brûlé."),
        ("es", "El molino se habría quemado.", "El molino se habría quemado si hubiera girado el viento."),
        ("it", "Il mulino sarebbe bruciato.", "Senza i vicini il mulino sarebbe bruciato."),
        ("pt", "O grupo teria se rendido.", "Se o vento virasse, o moinho teria queimado."),
        ("es", "Serían doce los heridos.", "Sería útil una segunda bomba."),
        ("es", "Sin embargo, el molino se habría quemado.", "Sin los vecinos el molino se habría quemado."),
        ("fr", "Le moulin aurait été vendu.", "Tout le monde aurait aimé rester."),
        ("it", "Il mulino potrebbe essere bruciato.", "Il mulino dovrebbe riaprire sabato."),
        ("en", "According to a driver the mill burned.", "According to the timetable the mill opens at six."),
        ("ko", "운전사들은 방앗간이 탔다고 말했다.", "운전사들은 방앗간에 모였다."),
        ("en", "A driver told us that the mill burned.", "Two cases were reported at the mill."),
        ("ru", "Крестьяне говорят, что мельница сгорела.", "Крестьянам сказали беречь мельницу."),
        ("ko", "방앗간이 불탔다고 한다.", "방앗간은 문을 닫아야 한다."),
        ("ar", "قيل إن الطاحونة احترقت.", "كان من المفترض أن تفتح الطاحونة في الربيع."),
    ],
)
def test_moods_and_endings_of_verbs_tell_of_doubt(lang: str, doubted: str, plain: str) -> None:
    """What verbs say by their mood, tense or ending is heard, and its plain neighbour stays plain."""
    assert certainty(doubted, lang) is Certainty.REPORTED
    assert certainty(plain, lang) is Certainty.SAID


def test_one_who_is_named_before_an_office_speaks() -> None:
    """Where the verb comes first, a name without capitals is told by the office behind its comma."""
    lexicon = RULES.lexicon("ar")
    judged = judge(scan("قالت منى سالم، مديرة المدرسة، إن الدروس تعود.", lexicon))
    assert (judged.certainty, judged.by) == (Certainty.STATEMENT, "منى سالم")
