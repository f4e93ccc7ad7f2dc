"""What was compiled of a language serves the next start, and only for the same configuration."""

from __future__ import annotations

from pathlib import Path

from sitrep.archive.archive import Archive
from sitrep.archive.notes import Note
from sitrep.base.values import replace
from sitrep.config.load import load_config
from sitrep.publish import lexicon_cache
from sitrep.sorting.front_rules import compile_rules
from tests.publishing import Studio

TEXT = "Update 31-05-2025\n\n# Northern front\n\n- Allegedly a bakery opened in Birch.\n"


def test_the_next_start_finds_it(tmp_path: Path) -> None:
    """After one publish the archive holds the lexicon, equal to a compiled one but for the words they met."""
    studio = Studio(tmp_path)
    studio.drop("may.txt", TEXT)
    studio.publish()
    archive = Archive(studio.folders.archive, read_only=True)
    kept = archive.meta(Note.LEXICON)
    assert kept is not None
    config = load_config(studio.config)
    rules = compile_rules(config)
    assert lexicon_cache.take_up(rules, archive, kept[:32])
    archive.close()
    found, made = rules.lexicons.pop(config.site.language), compile_rules(config).lexicon(None)
    assert replace(found, rulings={}) == replace(made, rulings={})
    assert not rules.lexicons


def test_another_configuration_compiles_its_own(tmp_path: Path) -> None:
    """A lexicon is not taken up for other makings, nor one that is damaged."""
    config = load_config(Studio(tmp_path).config)
    rules = compile_rules(config)
    archive = Archive(None)
    assert not lexicon_cache.keep(rules, archive, b"a" * 32)
    rules.lexicon(None)
    assert lexicon_cache.keep(rules, archive, b"a" * 32)
    fresh = compile_rules(config)
    assert not lexicon_cache.take_up(fresh, archive, b"b" * 32)
    archive.set_meta(Note.LEXICON, b"a" * 32 + b"{")
    assert not lexicon_cache.take_up(fresh, archive, b"a" * 32)
    assert fresh.lexicons == {}
