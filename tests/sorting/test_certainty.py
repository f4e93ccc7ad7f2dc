"""How sure the author is comes from the author's own words, misspelt ones included, and is never added to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitrep.base.nouns import Certainty, Section
from sitrep.sorting.certainty import judge
from sitrep.sorting.places import scan
from sitrep.sorting.sort_items import read, sort_items
from sitrep.text.summaries import label
from tests.sorting.bench import rules_from, rules_of, section, sort, update_of

SAID, REPORTED, STATEMENT, RUMOR = Certainty

PLAIN = [
    "Regime forces will probably withdraw to Homs.",
    "A new attack is expected in the coming days.",
    "It may come to clashes with the Russian air force.",
    "It is not clear if the road will open again.",
    "The future of the region is still unclear.",
    "No serious incidents are reported tonight.",
    "So far no casualties have been reported.",
    "It seems likely that the city will fall.",
    "Such a scenario is especulation for now.",
    "Turkey went on shelling supposedly safe areas.",
    "The bombing claimed the lives of three children.",
    "There are more than 100 confirmed cases.",
    "The army took the town without a fight.",
    "The leader appeared in a video.",
    "They announced that the road is closed.",
    "Many organizations shared statements of solidarity.",
    "Students are writing and publishing statements.",
    "Videos of the march are shared online.",
    "The operation that was announced last week did not start.",
    "After the army claimed victory, people came to the streets.",
    "HTS is accused of torture.",
    "The news was denied yesterday.",
    "812 cases have been reported since January, 14 of them in the port.",
    "The commission notified one confirmed case.",
    "Seven schools in Homs reported damage.",
    "The court tries two men for alleged theft.",
    "The police opened a desk for reports of missing persons.",
    "Perhaps most important: boil the water.",
    "There may be short power cuts on Tuesday.",
    "Previously reported delays have eased.",
    "Please do not share rumors about the dam.",
    "If you have unconfirmed information, call the desk.",
    "Rumours about a poisoned well near the mill are false.",
    "The rumor mill is busy, the town is quiet.",
    "The council met and opened the road. "
    + "The day was long and the road was full of people. " * 6
    + "The bridge may have been damaged.",
]

HEDGED = [
    "Aparently the soldiers left without fighting.",
    "Apparantly the soldiers left without fighting.",
    "Allegdly an agreement was made.",
    "Allegedly, jets hit a depot.",
    "The convoy was reportedly hit by a drone.",
    "There reports of shooting in the market.",
    "There are reports about looting.",
    "Some sources suggested that the bridge was blown up.",
    "According to local sources four attackers were killed.",
    "Residents said that planes were circling all night.",
    "Activists report that the town is empty.",
    "It is not clear who is behind the attack.",
    "The number of victims is still unclear.",
    "Two dead are reported from the shelling.",
    "The plane seems to have crashed.",
    "Seems there was shooting in the capital.",
    "It appears that they were executed.",
    "The attackers are believed to be foreigners.",
    "We have heard of shooting in the night but cannot confirm it.",
    "The town fell in the evening. The mayor allegedly escaped.",
    "It remains unknown who fired.",
    "The fate of the keeper is unknown.",
    "Nobody knows yet how many are under the roof.",
    "It is believed the pier is gone.",
    "Word is the pass is mined.",
    "TBC: the port without water.",
    "Slow trains were reported by passengers.",
    "Anonymous officials told the radio that the pier was mined.",
    "Several doctors said that the clinic is closed.",
]

STATEMENTS = [
    ("SNA make a radio statement announcing a curfew.", "SNA"),
    ("The SDF wrote a statement about the arrests.", "SDF"),
    ("The self-administration gave an statement about bread.", "self-administration"),
    ("The head of HTS, known as Julani, made a long statement.", "head of HTS"),
    ("ISIS claims to hold the hill.", "ISIS"),
    ("The Russian Ministry of Defence claims to have hit 300 fighters.", "Russian Ministry of Defence"),
    ("Erdogan said that the operation goes on.", "Erdogan"),
    ("In a statement, the SDF denied the news.", "SDF"),
    ("Five people died in the strike, the White Helmets said.", "White Helmets"),
    ("SDF spokesperson Farhad Shami has denied the withdrawal.", "SDF spokesperson Farhad Shami"),
    ("On Tuesday, Mazloum Abdi announced a ceasefire.", "Mazloum Abdi"),
    ("Al-Julani, head of HTS, said that nobody will be harmed.", "Al-Julani"),
    ("According to the SDF, four attackers were killed.", "SDF"),
    ("“The road is open,” said Erdogan on Monday.", "Erdogan"),
    ("SDF denied rumors of a withdrawal.", "SDF"),
    ("WHO confirmed 14 new cases.", "WHO"),
    ("The ministry of health announced 20 deaths.", "ministry of health"),
    ("Effort 2, the coast: The General Staff reports that four boats were sunk.", "General Staff"),
    ("The old and the new republic (OR and NR) claimed that the port opened fire.", "old and new republic"),
    ("Ann Fowler, the minister for the coast, said that aid is coming.", "Ann Fowler"),
    ("15:09 The prime minister said aid is coming.", "prime minister"),
    ("Among those without symptoms, said the clinic in Homs, are two cooks.", "clinic"),
    ("The mayor of Homs warned against rumors.", "mayor of Homs"),
]  # fmt: skip


@pytest.mark.parametrize("text", PLAIN)
def test_forecasts_negations_and_plain_words_hedge_nothing(text: str) -> None:
    """What the author says plainly, expects, or says not to have happened carries no label."""
    assert sort(text).certainty is SAID


@pytest.mark.parametrize("text", HEDGED)
def test_hedges_are_heard_misspelt_ones_too(text: str) -> None:
    """A present claim that the author does not vouch for is labelled as reported."""
    assert sort(text).certainty is REPORTED


@pytest.mark.parametrize(
    "text",
    [
        "There are rumors of a strike.",
        "Rumours about a coup are told again.",
        "Unconfirmed reports speak of a coup.",
        "The day was quiet. There are rumors that the president left.",
    ],
)  # fmt: skip
def test_rumors_are_called_rumors(text: str) -> None:
    """A sentence that opens as a rumor makes the item one."""
    assert sort(text).certainty is RUMOR


def test_a_rumor_in_passing_is_only_reported() -> None:
    """A rumor that a longer report mentions on the way does not turn the report into a rumor."""
    text = "The council counted forty cars. Many people were taken along, with rumors of worse going round."
    assert sort(text).certainty is REPORTED


@pytest.mark.parametrize(("text", "by"), STATEMENTS)
def test_statements_name_the_speaker(text: str, by: str) -> None:
    """What somebody announces, claims or denies is a statement of theirs, named in the author's words."""
    item = sort(text)
    assert (item.certainty, item.by) == (STATEMENT, by)


def test_a_hedge_in_the_first_sentence_beats_the_statement() -> None:
    """A statement that the author passes on with doubt is labelled with the doubt."""
    assert sort("SNA allegedly announced a ceasefire.").certainty is REPORTED


def test_only_a_statement_has_a_speaker() -> None:
    """Whatever is said, ``by`` is filled in for statements alone."""
    for text in (*PLAIN, *HEDGED, *(t for t, _ in STATEMENTS)):
        item = sort(text)
        assert (item.by is None) == (item.certainty is not STATEMENT)


def test_under_the_heading_of_rumors_everything_is_one() -> None:
    """The author's heading makes it a rumor, however plainly the item is worded."""
    assert sort("The president has left for Moscow.", "Rumors").certainty is RUMOR


def test_the_authors_view_carries_no_label() -> None:
    """In an evaluation "apparently" is the authors' own way of thinking, not a report."""
    item = sort("Western powers accept this apparently diluted version.", "Early evaluation")
    assert (item.certainty, item.opinion, item.front) == (SAID, True, "general")


@pytest.mark.parametrize(
    ("written", "certainty", "by"),
    [
        ("[said] Allegedly it rained.", SAID, None),
        ("[reported] It rained.", REPORTED, None),
        ("[Rumor] It rained.", RUMOR, None),
        ("[statement: SNA] It rained.", STATEMENT, "SNA"),
        ("[ statement :  the mayor ] It rained.", STATEMENT, "the mayor"),
    ],
)
def test_the_author_can_write_the_label(written: str, certainty: Certainty, by: str | None) -> None:
    """A label in brackets at the start outweighs the words, and leaves the text."""
    item = sort(written)
    assert (item.certainty, item.by) == (certainty, by)
    assert item.text in ("It rained.", "Allegedly it rained.")


@pytest.mark.parametrize("heading", ["Rumors", None])
@pytest.mark.parametrize(
    ("written", "certainty", "by"),
    [
        ("SNA said in a statement that Manbij fell.", RUMOR, "SNA"),
        ("[statement: the mayor] Manbij fell.", RUMOR, "the mayor"),
        ("[reported] Manbij fell.", RUMOR, None),
        ("[said] Manbij fell.", SAID, None),
    ],
)
def test_what_stands_under_rumors_is_a_rumor_whoever_states_it(
    heading: str | None, written: str, certainty: Certainty, by: str | None
) -> None:
    """Who states it is kept, and that it is not confirmed is said first; only ``[said]`` takes it out."""
    item = sort(written if heading else f"[front: rumors] {written}", heading)
    assert (item.front, item.certainty, item.by) == ("rumors", certainty, by)
    named = f" ({by})" if by else ""
    assert label(item, "en") == (f"Rumor, not confirmed{named}" if certainty is RUMOR else "")


def test_a_claim_is_named_without_the_colon_too() -> None:
    """ "[claim coup-damascus]" names a claim; of brackets without a key readers get every word."""
    item = sort("[claim coup-damascus] There are reports of a coup in Damascus.")
    assert (item.claim, item.text) == ("coup-damascus", "There are reports of a coup in Damascus.")
    item = sort("[claim denied] Nothing happened in Homs.")
    assert (item.claim, item.text) == (None, "[claim denied] Nothing happened in Homs.")


def test_labels_can_be_joined() -> None:
    """Front, certainty and claim can stand together in any order, and all leave the text."""
    item = sort("[claim: coup-damascus, Refuted] [front: southern][rumor] Nothing happened in Homs.")
    assert (item.front, item.certainty, item.text) == ("southern", RUMOR, "Nothing happened in Homs.")
    assert (item.claim, item.claim_state) == ("coup-damascus", "refuted")


@pytest.mark.parametrize(
    "text", ["[sic] It rained.", "[here](https://example.org) it rained.", "[] It rained."]
)
def test_other_brackets_stay(text: str) -> None:
    """Brackets that are none of these labels, and links, are the author's text."""
    assert sort(text).text == text


def test_a_front_that_does_not_exist_is_named() -> None:
    """A misspelt front in brackets stays in the text and is reported with its line and a remedy."""
    from sitrep.base.nouns import Source

    text = "Update 06-12-2024\n\n- [front: estern] Clashes in Manbij.\n"
    reading = read(Source(path="a/note.txt", digest="0" * 64, text=text), rules_of())
    [problem] = [p for p in reading.problems if "estern" in p.fact]
    assert (problem.path, problem.line) == ("a/note.txt", 3)
    assert "eastern" in problem.remedy
    assert reading.updates[0].items[0].front == "eastern"


@pytest.mark.parametrize(("mark", "told"), [("eastren", 1), ("Westrn front", 1), ("video", 0), ("east", 0)])
def test_a_slip_in_the_name_of_a_front_is_told(mark: str, told: int) -> None:
    """What readers would see in brackets because a letter is wrong is told; words for readers are not."""
    from sitrep.base.nouns import Source

    text = f"Update 06-12-2024\n\n- [{mark}] Clashes in Manbij.\n"
    reading = read(Source(path="note.txt", digest="0" * 64, text=text), rules_of())
    found = [p for p in reading.problems if "did you mean" in p.remedy]
    assert len(found) == told


def test_everything_else_of_an_item_is_kept() -> None:
    """Sorting fills in its own fields and touches no other."""
    from sitrep.base.nouns import Picture
    from sitrep.base.values import replace

    plain = section(None, "Clashes in Manbij.").items[0]
    before = replace(plain, depth=2, number=7, pictures=(Picture(file="a.jpg", alt="A road"),))
    after = sort_items(update_of(Section(heading=None, line=3, items=(before,))), rules_of()).items[0]
    ours = {"front", "certainty", "by", "places", "reason", "opinion", "claim", "claim_state", "text"}
    for name in before.__struct_fields__:
        if name not in ours:
            assert getattr(after, name) == getattr(before, name)


@pytest.mark.parametrize(
    ("lang", "nobody", "somebody"),
    [
        ("en", "A witness said she saw tanks.", "A spokesman said the road is open."),
        ("en", "One resident of the old town said he heard shots.", "A UN official said the road is open."),
        ("de", "Ein Zeuge sagte, die Station sei voll.", "Eine Sprecherin der Klinik sagte, sie sei voll."),
        ("fr", "Un témoin a dit avoir vu des chars.", "Un porte-parole a dit que la route est ouverte."),
        ("es", "Una enfermera dijo que la sala está llena.", "Un portavoz dijo que la vía está abierta."),
    ],
)
def test_one_without_a_name_or_an_office_states_nothing(lang: str, nobody: str, somebody: str) -> None:
    """What "a witness" says is reported; a spokesman makes a statement."""
    assert sort(nobody, lang=lang).certainty is REPORTED
    assert sort(somebody, lang=lang).certainty is STATEMENT


@given(st.sampled_from(HEDGED), st.sampled_from([str.upper, str.lower]))
def test_case_does_not_hide_a_hedge(text: str, change: object) -> None:
    """A hedge is heard in capitals and in small letters."""
    assert sort(change(text)).certainty in (REPORTED, RUMOR)  # type: ignore[operator]


@pytest.mark.parametrize(
    ("lang", "text", "certainty"),
    [
        ("es", "Según fuentes locales, el puente fue destruido.", REPORTED),
        ("es", "Corren rumores de un golpe en la capital.", RUMOR),
        ("es", "El puente fue destruido.", SAID),
        ("fr", "Il semble que le pont soit détruit.", REPORTED),
        ("fr", "Des rumeurs parlent d'un retrait.", RUMOR),
        ("fr", "Le pont est détruit.", SAID),
        ("de", "Die Brücke wurde offenbar zerstört.", REPORTED),
        ("de", "Es gibt Gerüchte über einen Rückzug.", RUMOR),
        ("de", "Die Brücke ist zerstört.", SAID),
        ("tr", "İddiaya göre köprü yıkıldı.", REPORTED),
        ("tr", "Darbe söylentileri yayılıyor.", RUMOR),
        ("tr", "Köprü yıkıldı.", SAID),
        ("uk", "За попередніми даними, міст зруйновано.", REPORTED),
        ("uk", "Ходять чутки про відставку.", RUMOR),
        ("uk", "Міст зруйновано.", SAID),
        ("ar", "أفادت مصادر محلية بأن الجسر دمر.", REPORTED),
        ("ar", "هناك شائعات عن انقلاب.", RUMOR),
        ("ar", "دمر الجسر.", SAID),
        ("ar", "فتح الجسر بين حمص وحماة أمام السيارات.", SAID),
    ],
)
def test_other_languages_have_words_of_their_own(lang: str, text: str, certainty: Certainty) -> None:
    """An update in a language with a shipped list is understood by that list."""
    from sitrep.base.values import replace
    from sitrep.config.load import shipped_lexicon
    from sitrep.sorting.front_rules import compile_rules

    lexicon = shipped_lexicon(lang)
    assert lexicon is not None
    config = rules_of().config
    rules = compile_rules(replace(config, languages={**config.languages, lang: lexicon}))
    assert sort(text, rules=rules, lang=lang).certainty is certainty


def test_the_words_that_decided_are_told() -> None:
    """The reason says which words, as typed, made an item what it is, so that a writer can overrule it."""
    assert sort("The convoy was Reportedly hit.").reason.endswith('; reported: "Reportedly"')
    assert sort("ISIS claims to hold the hill.").reason.endswith('; statement: "claims"')
    assert '"' not in sort("[said] The convoy was reportedly hit.").reason


def test_a_word_may_be_told_to_hedge_nothing() -> None:
    """One line in the configuration overrules a word of doubt."""
    rules = rules_from("fronts: [{id: a, name: A}]\nlanguages: {en: {not_hedges: [reportedly hit]}}\n")
    assert sort("The convoy was reportedly hit.", rules=rules).certainty is Certainty.SAID


@pytest.mark.parametrize(
    ("heading", "opinion"),
    [
        ("Assessment", True), ("Our assessment", True), ("Comments", True), ("Evaluation of the week", True),
        ("Needs assessment", False), ("Damage assessment", False), ("Public comment period", False),
        ("Key takeaways", False),
    ],
)  # fmt: skip
def test_a_heading_is_opinion_only_where_it_says_so(heading: str, opinion: bool) -> None:
    """A word that others use for work ("assessment") is the authors' view only where it is the heading."""
    assert sort("The dam holds.", heading).opinion is opinion


def test_a_court_is_no_rumor() -> None:
    """A word for a body is no slip of the pen of a word for doubt that differs from it by one letter."""
    lexicon = rules_of().lexicon("de")
    judged = judge(scan("Zwei Männer stehen wegen Diebstahls vor Gericht.", lexicon))
    assert judged.certainty is Certainty.SAID


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("**Mill company announced:** The hall is shown to visitors.", None),
        (
            "**The new hall:** Ann Fowler [announced](https://example.org/a) its day.",
            "Ann Fowler",
        ),
        ("[Announcing Valley Post 2.0](https://example.org/a)", None),
        ("Support added for slow lines.", None),
        ("A growing number of people in the Valley Council say that it rains.", None),
        ("Identified - The hosting company announced a cable cut.", "hosting company"),
        ("Resolved: the vendor announced that all disks are new.", None),
        ("Ann Fowler added support for slow lines.", None),
        ("Ann Fowler added that the hall is full.", "Ann Fowler"),
        ("Ben: I’ve announced the day in the hall.", None),
        ("The API says that the disk is full.", None),
    ],
)
def test_a_title_and_a_participle_name_nobody(text: str, by: str | None) -> None:
    """A bold title up to its colon, a verb that opens a line and one without subject have no speaker; links
    are read as their words."""
    assert sort(text).by == by


@pytest.mark.parametrize("verb", ["added", "snorted", "wants you to know"])
@pytest.mark.parametrize("marks", ['""', "“”", "«»", "„“"])
@pytest.mark.parametrize(
    "text", ["{}The water is safe,{} the mayor {verb}.", "{}The water is safe{}, the mayor {verb}."]
)
def test_words_in_quotation_marks_are_whoevers_stands_behind_them(text: str, marks: str, verb: str) -> None:
    """Whatever verb, whatever marks: a quotation that goes on with a comma is a statement, a title none."""
    item = sort(text.format(*marks, verb=verb))
    assert item.certainty == "statement"
    assert item.by == "mayor" or verb != "added"
    assert sort("{}The water is safe{} is a song about the mayor.".format(*marks)).certainty == "said"
