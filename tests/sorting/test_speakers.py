"""Who speaks is a person, body or office, however the sentence opens."""

from __future__ import annotations

import pytest

from sitrep.config.load import load_config
from sitrep.sorting.certainty import judge
from sitrep.sorting.front_rules import compile_rules
from sitrep.sorting.places import scan

RULES = compile_rules(load_config("site: {title: X, language: en}\nfronts: [North]\n"))


@pytest.mark.parametrize(
    ("lang", "sentence", "speaker"),
    [
        ("en", "On Tuesday the interior ministry announced a curfew.", "interior ministry"),
        ("en", "This morning the harbour police denied a strike.", "harbour police"),
        ("en", "The ministry's spokeswoman, Mira Toll, told reporters that talks go on.", "Mira Toll"),
        ("en", "One of the captains, Lise Moe, told Radio Delta the signal failed.", "Lise Moe"),
        ("en", "The governor, who arrived late, said the dam is safe.", "governor"),
        ("de", "Am Dienstag kündigte das Innenministerium eine Sperre an.", "Innenministerium"),
        ("de", "Am 3. Juni ordnete das Gericht die Freilassung an.", "Gericht"),
        ("de", "Laut einem Sprecher der Bahn fahren wieder Züge.", "einem Sprecher der Bahn"),
        ("de", "Am Grenzübergang erzählen Wachleute, er sei zu.", None),
        ("uk", "Сьогодні вранці поліція попередила про затори.", "поліція"),
    ],
)
def test_a_day_or_another_opening_is_no_speaker(lang: str, sentence: str, speaker: str | None) -> None:
    """Who speaks stands behind the day, between the commas or behind the verb; nobody is made up."""
    lexicon = RULES.lexicon(lang)
    assert judge(scan(sentence, lexicon), lexicon).by == speaker
