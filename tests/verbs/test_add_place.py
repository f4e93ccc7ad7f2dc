"""One command adds a name that texts have to a front, and leaves every other line of the config alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitrep.base.errors import SiteError
from sitrep.config.load import load_config
from sitrep.verbs.add_place import add_places

HEAD = "# mine\nsite: {title: T}  # kept\nfronts:\n"
FORMS = [
    "  - id: a\n    name: Alder side\n    places:\n      - Alder\n"
    "      - name: Birch\n        aliases: [Birke]\n\n  - Beech\n",
    "  - id: a\n    name: Alder side\n    places: [Alder, Birch]\n  - Beech\n",
    "  - name: Alder side\n    id: a\n    short: A\n  - Beech\n",
    "  - id: a\n    name: Alder side\n    places:\n    - {name: Alder, at: [1, 2]}\n  - Beech",
]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("front", ["a", "Alder side", "ALDER SIDE"])
def test_places_are_added_to_any_form_of_list(tmp_path: Path, form: str, front: str) -> None:
    """Lists of lines, lists in brackets and fronts without places take new ones, names with colons too."""
    path = tmp_path / "config.yaml"
    path.write_text(HEAD + form, encoding="utf-8")
    before = load_config(HEAD + form)
    add_places(path, f"{front}=Nut: Tree, حلب")
    text = path.read_text(encoding="utf-8")
    after = load_config(text)
    assert [p.name for p in after.front("a").places[-2:]] == ["Nut: Tree", "حلب"]
    assert after.front("a").places[:-2] == before.front("a").places
    assert [f.name for f in after.fronts] == [f.name for f in before.fronts]
    assert set((HEAD + form).split("\n")) - set(text.split("\n")) <= {"    places: [Alder, Birch]"}


@pytest.mark.parametrize(
    ("asked", "said"), [("Nowhere=x", "there is no front"), ("a", "names no place"), ("a=", "names no place")]
)
def test_what_cannot_be_added_is_told(tmp_path: Path, asked: str, said: str) -> None:
    """An unknown front and a missing name are told with what to type; nothing is written."""
    path = tmp_path / "config.yaml"
    path.write_text(HEAD + FORMS[0], encoding="utf-8")
    with pytest.raises(SiteError, match=said):
        add_places(path, asked)
    assert path.read_text(encoding="utf-8") == HEAD + FORMS[0]


def test_a_name_of_another_front_is_refused(tmp_path: Path) -> None:
    """A place that would stand in two fronts is a fault, and the file stays as it was."""
    path = tmp_path / "config.yaml"
    path.write_text(HEAD + "  - {name: Alder, id: a}\n  - {name: Beech, places: [Nut]}\n", encoding="utf-8")
    before = path.read_text(encoding="utf-8")
    with pytest.raises(SiteError):
        add_places(path, "a=Nut")
    assert path.read_text(encoding="utf-8") == before
