"""Values survive the way to bytes and back."""

from __future__ import annotations

import datetime as dt

import pytest

from sitrep.base.nouns import Certainty, Item, Revision, Section, Update
from sitrep.base.values import decode, decoder, encode
from sitrep.config.values import Config, Front, Place, Site
from sitrep.config.word_lists import Lexicon

NOW = dt.datetime(2024, 12, 6, 20, 40, 11, tzinfo=dt.UTC)


def sample() -> Update:
    item = Item(
        text="Straße “closed” \u2028 😅",
        line=4,
        front="northern",
        certainty=Certainty.STATEMENT,
        places=("Aleppo",),
        number=3,
        published=NOW,
        revisions=(Revision(at=NOW, before="a", after="b", correction=True),),
    )
    return Update(
        date=dt.date(2024, 12, 6),
        time=dt.time(20, 40),
        line=1,
        sections=(Section(heading=None, line=4, items=(item,)),),
        published=NOW,
    )


def test_update_survives() -> None:
    """An update with items, instants and revisions comes back equal, enums and zones included."""
    back = decode(encode(sample()), Update)
    assert back == sample()
    assert back.items[0].certainty is Certainty.STATEMENT
    assert back.published is not None
    assert back.published.utcoffset() == dt.timedelta(0)


def test_config_survives() -> None:
    """A whole configuration comes back equal, so a program start can skip YAML and pydantic."""
    config = Config(
        site=Site(title="x"),
        fronts=(Front(id="n", name="North", places=(Place(name="Aleppo", at=(36.2, 37.1)),)),),
        languages={"en": Lexicon(rumor=("rumor",)), "ar": Lexicon()},
    )
    assert decode(encode(config), Config) == config


def test_order_of_a_dict_does_not_show() -> None:
    """Equal values give equal bytes, whatever order a dict was filled in."""
    assert encode({"b": 1, "a": 2}) == encode({"a": 2, "b": 1})


@pytest.mark.parametrize(
    "damaged", [b"", b"{", b'{"date":"2024-12-06"}', b"\xff\xfe", b"[" * 100_000, b"SQLite format 3\0"]
)
def test_damage_is_a_value_error(damaged: bytes) -> None:
    """Truncated, foreign or absurdly nested bytes raise ValueError and nothing else."""
    with pytest.raises(ValueError):  # noqa: PT011  # the kinds msgspec raises are its own
        decoder(Update)(damaged)
