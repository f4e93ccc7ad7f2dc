"""Titles made for lists of entries: how sure, where, and one whole thought."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sitrep.base.nouns import Certainty, Hearsay
from sitrep.base.values import replace
from sitrep.text.clause_words import ClauseWords
from sitrep.text.clauses import Clauses
from tests.feeds import samples
from tests.feeds.parsed import ROOT, only
from tests.feeds.samples import ONE
from tests.publishing import Studio


def title(text: str, front: str = "western", **more: object) -> str:
    """Title of the entry of one item."""
    return only(samples.update("2024-12-06", [samples.item(1, text, front, **more)]), "items").title


def test_a_title_says_the_front_and_the_first_sentence() -> None:
    """Front, colon, first sentence without its full stop."""
    assert title("The bridge holds. Drivers wait.") == "Western front: The bridge holds"


@pytest.mark.parametrize(
    ("more", "opening"),
    [
        ({"certainty": Certainty.REPORTED}, "Reported, Western front: "),
        ({"certainty": Certainty.STATEMENT, "by": "The council"}, "Statement: The council, Western front: "),
        ({"certainty": Certainty.RUMOR}, "Rumor, not confirmed, Western front: "),
        ({"certainty": Certainty.RUMOR, "front": "rumors"}, "Rumor, not confirmed: "),
    ],
)
def test_a_hedged_title_opens_with_its_label(more: dict[str, str], opening: str) -> None:
    """A title that is read alone still says how sure it is."""
    assert title("The bridge holds.", **more) == f"{opening}The bridge holds"


def test_a_rumor_is_called_by_the_sentence_that_tells_it() -> None:
    """An opening that only says that rumors follow is no title."""
    text = "We also pass on what we cannot check. A coup is said to be under way."
    gist = Hearsay(gist="A coup is said to be under way.", slug="coup")
    rumor = {"certainty": Certainty.RUMOR, "hearsay": gist}
    assert title(text, "rumors", **rumor) == "Rumor, not confirmed: A coup is said to be under way"


def test_a_long_title_ends_at_a_word() -> None:
    """Titles are bounded, at a word, with an ellipsis; text without blanks is cut all the same."""
    long = title("wordword " * 60)
    assert len(long) <= 80
    assert long.endswith("wordword…")
    unbroken = title("w" * 10_000)
    assert 60 < len(unbroken) <= 80


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "The council opened two shelters in the old school, and a third one follows as soon as it can",
            "The council opened two shelters in the old school",
        ),
        (
            "Trucks with flour reached the northern quarters in the night; bakers had waited for a week",
            "Trucks with flour reached the northern quarters in the night",
        ),
    ],
)
def test_a_long_title_ends_at_a_clause(text: str, said: str) -> None:
    """A list shows a whole thought where there is one, without an ellipsis."""
    assert title(text) == f"Western front: {said}"


def test_a_title_in_the_feed_of_its_front_does_not_name_the_front() -> None:
    """Every entry there is of it; what hedges is still said, and the entry leads to its first item."""
    update = samples.update(
        "2024-12-06", [samples.item(3, "The bridge holds.", certainty=Certainty.REPORTED)]
    )
    entry = only(update, "western")
    assert entry.title == "Reported: The bridge holds"
    assert entry.link == "https://example.org/2024-12-06/#i3"


def test_who_says_it_is_said_once() -> None:
    """A speaker whom the sentence names is not in the label as well."""
    said = title("The council says the bridge holds.", certainty=Certainty.STATEMENT, by="The council")
    assert said == "Statement, Western front: The council says the bridge holds"


def test_a_table_is_no_title() -> None:
    """An entry that is a table is called by its heading, or where that names the front alone by its day."""
    assert title("| Town | Dead |\n| --- | --- |\n| Homs | 3 |") == "Western front: 6 December 2024"


@pytest.mark.parametrize("text", ["A *b* [c](https://e.org) `d`", "A <b>b</b> &lt;c&gt; x -> y"])
def test_a_title_carries_no_markup(text: str) -> None:
    """Neither Markdown nor angle brackets, which readers take for HTML, stand in a title."""
    assert not set("<>*`[") & set(title(text))


def test_a_title_is_never_empty() -> None:
    """An item of signs alone is called by its front and day."""
    assert title("\u202e\u200f") == "Western front: 6 December 2024"


def test_an_update_is_called_by_its_title_or_by_what_it_says() -> None:
    """The author's title, else its day and what it says; the second of a day says so."""
    assert only(replace(ONE, title="The *bridge* holds"), "updates").title == "The bridge holds"
    assert only(ONE, "updates").title == "6 Dec: The road to Homs is open again"
    assert (
        only(samples.ordinary("2024-12-06-2"), "updates").title == "6 Dec (2): The road to Homs is open again"
    )
    headed = replace(ONE, sections=(replace(ONE.sections[0], heading="Homs is cut off"), *ONE.sections[1:]))
    town = replace(ONE, sections=(replace(ONE.sections[0], heading="Around Homs"), *ONE.sections[1:]))
    assert only(town, "updates").title == only(ONE, "updates").title
    assert only(headed, "updates").title == "6 Dec: Homs is cut off"
    assert only(replace(ONE, key_points=("Homs holds.",)), "updates").title == "6 Dec: Homs holds"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "The crew repaired the pump of the lower village while engineers waited for parts from town",
            "Western front: The crew repaired the pump of the lower village",
        ),
        (
            "Farmers cleared the long road to the mill and the first lorries with grain went by at night",
            "Western front: Farmers cleared the long road to the mill",
        ),
        (
            "Power, water and telephones failed in the three villages between the river and the pass",
            "Power, water and telephones failed in the three villages between the river and the pass",
        ),
        (
            "Engineers have put new cables under the market square of the lower town in one single night",
            "Engineers have put new cables under the market square of the lower town",
        ),
        (
            "Nobody came to harm by the stones that rolled down onto the village road in one single night",
            "Nobody came to harm by the stones that rolled down onto the village road in one single night",
        ),
        (
            "The river office (a branch of the ministry in the capital with nine people) closed its gates",
            "Western front: The river office closed its gates",
        ),
    ],
)
def test_a_title_without_a_comma_ends_where_the_sense_stays(text: str, said: str) -> None:
    """Before a word that opens a clause, or a place; where that could turn the sense, at an ellipsis."""
    assert title(text) == said


@pytest.mark.parametrize(
    ("lang", "text", "said"),
    [
        ("es", "Los vecinos limpiaron el canal del molino mientras la alcaldía buscaba bombas en la sierra",
         "Los vecinos limpiaron el canal del molino"),
        ("de", "Die Feuerwehr hat den Keller der Schule ausgepumpt, während nebenan das Wasser noch stieg",
         "Die Feuerwehr hat den Keller der Schule ausgepumpt"),
        ("ru", "Жители посёлка очистили старый канал у мельницы пока рабочие искали насосы в соседних сёлах",
         "Жители посёлка очистили старый канал у мельницы"),
        ("ar", "فتح الأهالي الطريق القديم المؤدي إلى الطاحونة بينما كانت فرق الصيانة تبحث عن مضخات في القرى",
         "فتح الأهالي الطريق القديم المؤدي إلى الطاحونة"),
        ("zh", "居民们清理了磨坊旁边的旧水渠和通往学校的道路以及桥梁附近的沟渠和田地，"
               "工程队还在附近的村庄里寻找水泵和柴油以及其他零件，预计明天上午才能恢复整个地区的供水供电和电话以及互联网服务",
         "居民们清理了磨坊旁边的旧水渠和通往学校的道路以及桥梁附近的沟渠和田地，"
         "工程队还在附近的村庄里寻找水泵和柴油以及其他零件"),
        ("hi", "गाँव के लोगों ने पुरानी नहर साफ़ कर दी है। मरम्मत करने वाले अब पंप खोज रहे हैं और कल पानी आएगा",
         "गाँव के लोगों ने पुरानी नहर साफ़ कर दी है।"),
    ],
)  # fmt: skip
def test_clauses_end_in_every_language(lang: str, text: str, said: str) -> None:
    """Punctuation of all scripts, and the words of the language's own list."""
    update = samples.update("2024-12-06", [samples.item(1, text)], lang=lang)
    assert only(update, "western").title == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "The offensive that began in the hills a week ago, led by the river brigade, has come to a halt"
            " before the town, and nobody there has slept since",
            "The offensive that began in the hills a week ago has come to a halt before the town",
        ),
        (
            "Posts, roadblocks and barracks on the road to the mill are taken one after the other by crews",
            "Posts, roadblocks and barracks on the road to the mill are taken one after the other by crews",
        ),
        (
            "With the lower town under water and the bridge gone, the council of the valley sat in the mill",
            "With the lower town under water and the bridge gone, the council of the valley sat in the mill",
        ),
        (
            "The council of the valley will hardly accept this hurried and largely copied version of a plan",
            "The council of the valley will hardly accept this hurried and largely copied version of a plan",
        ),
        (
            "Crews from the coast, the plain and the three upper villages (all of them without any pay) have"
            " mended the weir, and they stay until the water falls",
            "Crews from the coast, the plain and the three upper villages have mended the weir",
        ),
    ],
)
def test_a_title_is_no_subject_without_its_verb(text: str, said: str) -> None:
    """It ends where something has been said."""
    assert title(text) == said


@pytest.mark.parametrize(
    ("lang", "text", "said"),
    [
        ("de", "Zwei Hirten, die seit Sonntag gesucht wurden, kamen am Abend unverletzt zur Mühle zurück",
         "Zwei Hirten kamen am Abend unverletzt zur Mühle zurück"),
        ("de", "Die Hilfsdienste warnen, dass die Vorräte an Mehl und Öl in den oberen Dörfern der drei Täler"
               " nur noch bis zum Wochenende reichen",
         ""),
        ("de", "Die Schule am Wehr soll am Montag wieder öffnen, sofern der Keller bis dahin trocken ist und"
               " die Heizung wieder läuft, sagt die Gemeinde",
         ""),
        ("es", "La alcaldía avisa de que las reservas de harina de los pueblos altos solo alcanzan para tres"
               " días con esta nieve en el puerto",
         ""),
        ("es", "En el mercado los precios de la harina, el aceite y el azúcar se doblaron en días",
         ""),
        ("fr", "Si la route du col n'est pas dégagée avant samedi, les moulins des trois vallées hautes"
               " manqueront bientôt de grain",
         ""),
        ("ru", "Спасатели предупреждают, что запасов муки в верхних деревнях долины хватит лишь на несколько"
               " дней такой погоды",
         ""),
        ("uk", "Двоє пастухів, зниклих у неділю, неушкодженими повернулися до млина, коли рятувальники вже"
               " спали в наметах",
         "Двоє пастухів, зниклих у неділю, неушкодженими повернулися до млина"),
        ("ar", "قال المجلس إن الجسر سيبقى مغلقاً أمام الشاحنات بشرط أن ينخفض منسوب المياه في الوادي قبل نهاية"
               " الأسبوع المقبل",
         ""),
    ],
)  # fmt: skip
def test_a_title_leaves_no_clause_half_said(lang: str, text: str, said: str) -> None:
    """Not before what is told, wanted or listed, nor before the verb; it is said whole where nothing ends."""
    update = samples.update("2024-12-06", [samples.item(1, text)], lang=lang)
    assert only(update, "western").title == (said or text)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "The gate of the upper weir broke in the night and the mill is under water, a miller told us"),
        (
            "en",
            "The gate of the upper weir broke in the night, and the mill stands empty, according to a paper",
        ),
        (
            "de",
            "Das Tor am oberen Wehr ist in der Nacht gebrochen und die Mühle steht leer, erzählte ein Müller",
        ),
        ("fr", "La vanne du barrage a cédé dans la nuit et le moulin est sous l'eau, a raconté un meunier"),
        (
            "es",
            "La compuerta de la presa cedió anoche y el molino está vacío, según contó un molinero del valle",
        ),
        (
            "ru",
            "Затвор верхней плотины ночью сломался, и мельница стоит пустая, рассказал нам старый мельник",
        ),
        ("uk", "Затвор верхньої греблі вночі зламався, і млин стоїть порожній, розповів нам старий мельник"),
        ("ar", "انكسرت بوابة السد الأعلى في الليل وبقيت المطحنة تحت الماء كلها، كما روى لنا أحد الطحانين"),
    ],
)
def test_a_title_never_leaves_out_who_says_so(lang: str, text: str) -> None:
    """Where no label says that somebody else tells it, a title ends with who the sentence ends with."""
    update = samples.update("2024-12-06", [samples.item(1, f"{text}. More tomorrow.")], lang=lang)
    said, source = (re.split("[,،] ", text)[place] for place in (0, -1))
    told = only(update, "western").title
    assert told.startswith(said[:40])
    assert told.endswith(source)


@pytest.mark.parametrize(
    ("lang", "text", "said"),
    [
        (
            "en",
            "The mills of the valley, which no road has reached since the flood, grind again for the"
            " three villages above the weir",
            "The mills of the valley grind again for the three villages above the weir",
        ),
        (
            "ru",
            "Мельницы долины, которые с начала наводнения стояли без воды, снова мелют для трёх"
            " деревень выше плотины",
            "Мельницы долины снова мелют для трёх деревень выше плотины",
        ),
        (
            "uk",
            "Усі млини долини, які з початку повені стояли без води, знову мелють для трьох сіл угорі",
            None,
        ),
        (
            "de",
            "Alle Mühlen des Tals, die seit der Flut ohne Wasser waren, wurden für drei Dörfer oben geöffnet",
            None,
        ),
        (
            "en",
            "The mills below the town in the lower valley have flour left for no more than two more days",
            None,
        ),
        (
            "en",
            "The men of the hill brigade took the mill of the lower town and raised their flag above"
            " the gate at night",
            "The men of the hill brigade took the mill of the lower town",
        ),
        (
            "ru",
            "Мельника нижней деревни могут сменить, заявили двое рабочих, которые видели приказ на"
            " стене у ворот",
            "Мельника нижней деревни могут сменить, заявили двое рабочих",
        ),
        (
            "en",
            "In the lower town millers mind the weir at night and are fed by the women of the three villages"
            " in the old school",
            "In the lower town millers mind the weir at night",
        ),
        (
            "ru",
            "Мельники нашли обломки лодки у плотины, разбитой в воскресенье, говорится в заявлении"
            " общины всей"
            " долины",
            None,
        ),
        (
            "es",
            "No está claro si el molinero, que dejó el valle el jueves con su mula, piensa volver antes de la"
            " cosecha",
            None,
        ),
        (
            "de",
            "Ob die Müller der drei oberen Dörfer das Wehr bis zum Winter reparieren, ließ der Rat"
            " am Abend offen",
            None,
        ),
    ],
)
def test_a_title_leaves_out_only_what_limits_nothing(lang: str, text: str, said: str | None) -> None:
    """What stands between commas may go, but not of all or of none, nor what says how much or who says so."""
    update = samples.update("2024-12-06", [samples.item(1, text)], lang=lang)
    assert only(update, "western").title == (said or text)


def test_what_opens_with_a_word_may_end_right_before_the_limit() -> None:
    """The word that follows need not fit as well."""
    said = "Neither the river brigade nor the town council spoke of the millers in the night"
    assert title(f"{said} while the men of the hill brigade led them all away on Sunday") == said


def test_nothing_ends_between_two_things() -> None:
    """Neither half of what stands between them."""
    text = "Crews block the road between the flour mill at the weir in the town and the market since Monday"
    assert title(text) == text.removesuffix(" since Monday")


def test_a_hedge_is_said_once() -> None:
    """What the label says is left out at the head of the sentence; what says more than that stays."""
    reported = {"certainty": Certainty.REPORTED}
    assert title("Allegedly, the bridge holds.", **reported) == "Reported, Western front: The bridge holds"
    assert title("There are reports that the bridge holds.", **reported).endswith("front: The bridge holds")
    assert "denies reports" in title("The council denies reports that the bridge holds.", **reported)
    assert "unlikely" in title("It seems unlikely that the bridge holds.", **reported)


def test_a_speaker_is_left_out_only_where_the_title_names_him() -> None:
    """A name that stands behind the end of the title stays in the label."""
    text = "In the old school by the river two rooms are open again at night for families, the council says"
    said = title(text, certainty=Certainty.STATEMENT, by="the council")
    assert said.startswith("Statement: the council")


@given(
    text=st.text(st.sampled_from("ab ,;:.()–、，。 and which"), max_size=200),
    limit=st.integers(20, 90),
    least=st.integers(5, 30),
)
@example(text="a" * 300, limit=20, least=5)
def test_a_clause_is_within_its_limit_and_adds_nothing(text: str, limit: int, least: int) -> None:
    """It is the beginning of the text, but for what stands in brackets, and opens no bracket."""
    said = Clauses(text, ClauseWords(("which",), ("and",))).within(limit, least)
    if said is None:
        return
    assert len(said) <= limit
    bare = re.sub(r"\s*\([^()]*\)", "", text)
    assert text.startswith(said) or bare.startswith(said)


@given(
    st.lists(
        st.sampled_from(["Tuesday", "March 19", "2024", "🎉", "which", "and", "-"]), min_size=1, max_size=6
    ),
    st.integers(0, 4),
)
@example(["March 19", "2024"], 3)
def test_numbers_and_signs_between_commas_make_a_title(after: list[str], more: int) -> None:
    """What follows a comma need not have a letter."""
    opening = f"The {'new ' * more}council of the valley towns is meeting on Tuesday"
    assert title(", ".join([opening, *after]) + ". Everybody is welcome there, and so are their friends.")


def test_titles_of_the_demo_are_made_for_lists(tmp_path: Path) -> None:
    """Most have 50 to 80 characters, a few are longer; none is cut."""
    config = (ROOT / "config.yaml").read_text(encoding="utf-8")
    studio = Studio(tmp_path / "site", config=config)
    for source in (ROOT / "feeds").iterdir():
        studio.drop(source.name, source.read_text(encoding="utf-8"))
    studio.publish()
    tree = studio.tree()
    titles = [one["title"] for one in json.loads(tree["items/feed.json"])["items"]]
    assert len(titles) > 60
    assert max(map(len, titles)) <= 120
    assert sum(len(said) <= 80 for said in titles) >= 0.8 * len(titles)
    assert sum(len(said) >= 50 for said in titles) >= 0.85 * len(titles)
    assert not any("…" in said for said in titles)
    own = [one["title"] for one in json.loads(tree["western/feed.json"])["items"]]
    assert not any("Western" in said for said in own)
