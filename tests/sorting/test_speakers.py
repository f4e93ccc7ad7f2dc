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
        ("en", "A spokesman for the army denied a strike.", "spokesman for the army"),
        ("en", "The ministry on Monday denied a strike.", "ministry"),
        ("es", "La empresa de aguas indicó que el canal está limpio.", "empresa de aguas"),
        ("es", "Según el Ministerio del Interior, el paso está abierto.", "Ministerio del Interior"),
        ("es", "La agencia de refugiados calcula que cruzaron mil.", "agencia de refugiados"),
        ("pt", "De acordo com o porta-voz do exército, a ponte caiu.", "porta-voz do exército"),
        ("fr", "La cheffe du parti Sera Holm a exigé une enquête.", "cheffe du parti Sera Holm"),
        ("de", "Der Pass sei wieder frei, sagte Gouverneur Lund.", "Gouverneur Lund"),
        ("pl", "Jak przekazał rzecznik armii, most jest otwarty.", "rzecznik armii"),
        ("ar", "أعلن المحافظ ليندال أن الطريق مفتوح.", "المحافظ ليندال"),
        ("ar", "قال المتحدث باسم الجيش إن الجسر مفتوح.", "المتحدث باسم الجيش"),
        ("fa", "شرکت آب اعلام کرد لوله تعمیر می‌شود.", "شرکت آب"),
        ("ckb", "فەرمانگەی ئاو ڕایگەیاند بۆرییەکە چاک دەکرێتەوە.", "فەرمانگەی ئاو"),
        ("ku", "Sendîkaya mamosteyan bang li dêûbavan kir.", "Sendîkaya mamosteyan"),
        ("hi", "सेना के प्रवक्ता ने कहा कि पुल खुला है।", "सेना के प्रवक्ता"),
        ("ja", "教員組合は、学校が再開すると発表した。", "教員組合"),
        ("ko", "국방부에 따르면 다리는 열려 있다.", "국방부"),
        ("tr", "İçişleri Bakanlığı'na göre yol açık.", "İçişleri Bakanlığı"),
        ("tr", 'Liman müdürü Mira Toll, "Bekleyen gemi yok" dedi.', "Liman müdürü Mira Toll"),
        ("zh", "国防部周一否认其飞机越过边境。", "国防部"),
        ("en", "A spokeswoman for the hospital told us it is full.", "spokeswoman for the hospital"),
        ("de", "Wie eine Sprecherin der Klinik sagte, ist sie voll.", "eine Sprecherin der Klinik"),
        ("es", "Una portavoz de la clínica nos dijo que está llena.", "portavoz de la clínica"),
        ("pl", "W orędziu radiowym opozycja wezwała do strajku.", "opozycja"),
        ("tr", "BMMYK nehri 400 kişinin geçtiğini tahmin ediyor.", "BMMYK"),
        ("it", "Vorremmo ringraziare tutti.", None),
        ("en", "According to the ministry the mill works.", "ministry"),
        ("en", "According to a spokesman for the army the dam holds.", "spokesman for the army"),
        ("en", "According to the ministry 40 people came back.", "ministry"),
        ("en", "According to brigade 40 the mill works.", "brigade 40"),
        ("es", "Según el ministerio de la salud el hospital está lleno.", "ministerio de la salud"),
        ("fr", "Selon la police le pont est ouvert.", "police"),
        ("uk", "Сьогодні вранці поліція попередила про затори.", "поліція"),
    ],
)
def test_a_day_or_another_opening_is_no_speaker(lang: str, sentence: str, speaker: str | None) -> None:
    """Who speaks stands behind the day, between the commas or behind the verb; nobody is made up."""
    lexicon = RULES.lexicon(lang)
    assert judge(scan(sentence, lexicon)).by == speaker
