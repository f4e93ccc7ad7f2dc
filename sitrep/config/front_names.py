"""A language -> what its fronts are called that bear no name of their own; their ids are the same in all."""

from __future__ import annotations

_IDS = ("rumors", "general", "north", "east", "south", "west", "centre")
_CALLED = {
    "en": ("Rumors", "General", "North", "East", "South", "West", "Centre"),
    "ar": ("شائعات", "عام", "الشمال", "الشرق", "الجنوب", "الغرب", "الوسط"),
    "de": ("Gerüchte", "Allgemeines", "Norden", "Osten", "Süden", "Westen", "Mitte"),
    "es": ("Rumores", "En general", "Norte", "Este", "Sur", "Oeste", "Centro"),
    "fa": ("شایعات", "عمومی", "شمال", "شرق", "جنوب", "غرب", "مرکز"),
    "fr": ("Rumeurs", "En général", "Nord", "Est", "Sud", "Ouest", "Centre"),
    "it": ("Voci", "In generale", "Nord", "Est", "Sud", "Ovest", "Centro"),
    "ku": ("Gotegot", "Giştî", "Bakur", "Rojhilat", "Başûr", "Rojava", "Navend"),
    "pl": ("Pogłoski", "Ogólne", "Północ", "Wschód", "Południe", "Zachód", "Centrum"),
    "pt": ("Rumores", "Em geral", "Norte", "Leste", "Sul", "Oeste", "Centro"),
    "ru": ("Слухи", "Общее", "Север", "Восток", "Юг", "Запад", "Центр"),
    "tr": ("Söylentiler", "Genel", "Kuzey", "Doğu", "Güney", "Batı", "Merkez"),
    "uk": ("Чутки", "Загальне", "Північ", "Схід", "Південь", "Захід", "Центр"),
}


def called_in(lang: str) -> dict[str, str]:
    """What fronts are called in a language, by their ids; empty where nobody has said."""
    return dict(zip(_IDS, _CALLED.get(lang.partition("-")[0], ()), strict=False))
