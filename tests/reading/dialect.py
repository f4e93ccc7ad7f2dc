"""A small site's configuration, and strategies for texts shaped like those that writers type."""

from __future__ import annotations

from hypothesis import strategies as st

from sitrep.base.nouns import Reading, Source
from sitrep.config.load import shipped_lexicon
from sitrep.config.values import Config, Dates, Front, Site
from sitrep.config.word_lists import Lexicon
from sitrep.reading.parse import parse

ENGLISH = shipped_lexicon("en") or Lexicon()
FRONTS = (
    Front(id="western", name="Western front"),
    Front(id="eastern", name="Eastern front", headings=("Kharkiv axis",)),
    Front(id="rumors", name="Rumors", kind="rumors"),
    Front(id="general", name="General", kind="general"),
)


def config(order: str = "dmy", undated: str = "refuse", language: str = "en") -> Config:
    """A config with two fronts, those that every site has, and the shipped English words."""
    return Config(
        site=Site(title="Field notes", language=language, timezone="Asia/Damascus"),
        fronts=FRONTS,
        dates=Dates(order=order, undated=undated),  # type: ignore[arg-type]
        languages={"en": ENGLISH},
    )


CONFIG = config()


def read(text: str, path: str = "update.txt", conf: Config = CONFIG) -> Reading:
    """The reading of a text that was dropped under that name."""
    return parse(Source(path=path, digest="0" * 64, text=text), conf)


_WORDS = """
    the army town 12 checkpoint near river Homs Idlib east withdrew captured convoy reports of hospital
    NES SDF “rebels” (two) don’t and 5,000 people road dawn shelling again Şehba Kharkiv بعد
"""
WORDS = st.sampled_from(_WORDS.split())
_EMPTY = {"the", "don’t", "and", "of", "near", "again"}
"""Words of which alone no sentence is made."""
SENTENCE = (
    st.lists(WORDS, min_size=3, max_size=14)
    .filter(lambda words: not _EMPTY.issuperset(words))
    .map(lambda words: " ".join(words).capitalize())
)
STOP = st.sampled_from([".", ".", ".", "!", "?", "", "…", ":", " (sources).", " 🖤"])
PROSE = st.lists(st.tuples(SENTENCE, STOP).map("".join), min_size=1, max_size=4).map(" ".join)
MARKER = st.sampled_from(
    [
        "– ", "— ", "- ", "* ", "+ ", "• ", "•\u00a0", "–\u00a0", "–", "▪️ ", "🔹 ", "📌 ", "1. ", "2) ", "◦ ",
        "o\t",
    ]
)  # fmt: skip
INDENT = st.sampled_from(["", "", "", "", "  ", "    ", "\t", "\u00a0"])
BULLET = st.tuples(INDENT, MARKER, PROSE).map("".join)
TWO = st.tuples(st.sampled_from(["– ", "• "]), PROSE, PROSE).map(lambda t: f"{t[0]}{t[1]} {t[0]}{t[2]}")
TITLE = st.lists(WORDS, min_size=1, max_size=5).map(lambda ws: " ".join(ws).title())
HEADING = st.one_of(
    TITLE.map("# {}".format),
    TITLE.map("## {} ##".format),
    TITLE.map("**{}**".format),
    TITLE,
    TITLE.map("{}:".format),
    TITLE.map(str.upper),
    TITLE.map("{}\n-----".format),
    st.sampled_from(["# Western front", "Rumors", "Kharkiv axis:", "#", "# Evaluation"]),
)
OTHER = st.sampled_from(
    [
        "***", "———", "---", "Revolutionary greetings! 🖤", "Anyway, it is late.", "Stay safe", "⚠️ Careful.",
        "Disclaimer: things change.", "Correction: Homs, not Hama.", "! Hama has fallen", "Select Page",
        "<!-- a note -->", "```\ncode – here\n```", "| a | b |\n|---|---|\n| 1 | 2 |", "By The Editors", "•",
        "> said the mayor\n> today", "![Smoke](smoke.jpg)", "smoke.jpg: Smoke over Homs", "14:30", "…",
        "https://example.org/x", "[^1]: A footnote.", "A claim.[^1]", "#Homs #Idlib", "🔴🔴🔴",
        "Source: the council", "Update on the north", "Anyway", "Dear friends,", "\u200b",
    ]
)  # fmt: skip
PART = st.one_of(BULLET, BULLET, BULLET, PROSE, HEADING, OTHER, TWO)
GAP = st.sampled_from(["\n", "\n\n", "\n\n", "\n\n\n", "\n \n"])
BODY = st.lists(st.tuples(PART, GAP).map("".join), min_size=0, max_size=14).map("".join)
DATELINE = st.sampled_from(
    [
        "Update 06-12-24", "Updates 06-12-2024", "Update 05/12/24", "04-12-2024 Situation update",
        "2024-12-02", "# Update 03-12-2024", "**Update 01-12-2024**", "Friday 6 December 2024",
        "UPDATE 2028 GMT",
        "Update 06-12-2024 (2)", "Update 06-12-2024: Hama has fallen", "09.06.25 – 15.06.25",
        "Sitrep no. 4 – 28 April 2023", "Homs, 6 December 2024", "Published: 7 December 2024", "Update 1 May",
    ]
)  # fmt: skip
UPDATE = st.tuples(DATELINE, GAP, BODY).map("".join)
FRONT_MATTER = st.sampled_from(
    ["", "", "", "---\ntitle: Day six\ndate: 2024-12-06\n---\n", "Title: Day six\nDate: 2024-12-06\n\n"]
)
TEXT = st.tuples(FRONT_MATTER, BODY, st.lists(UPDATE, max_size=4).map("".join)).map("".join)
