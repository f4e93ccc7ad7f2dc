"""What was compiled of a language serves the next start, and only for the same configuration."""

from __future__ import annotations

from pathlib import Path

from sitrep.configfile import load_config
from sitrep.keeping.archive import Archive
from sitrep.reading.scheme import compile_scheme
from sitrep.running import tongues
from tests.publishing import Studio

TEXT = "Update 31-05-2025\n\n# Northern front\n\n- Allegedly a bakery opened in Birch.\n"


def test_the_next_start_finds_it(tmp_path: Path) -> None:
    """After one publish the archive holds the tongue, equal to a compiled one that has met no word yet."""
    studio = Studio(tmp_path)
    studio.drop("may.txt", TEXT)
    studio.publish()
    archive = Archive(studio.folders.archive, read_only=True)
    kept = archive.meta(tongues.TONGUE)
    assert kept is not None
    config = load_config(studio.config)
    scheme = compile_scheme(config)
    assert tongues.take_up(scheme, archive, kept[:32])
    archive.close()
    assert scheme.tongues == {config.site.language: compile_scheme(config).tongue(None)}


def test_another_configuration_compiles_its_own(tmp_path: Path) -> None:
    """A tongue is not taken up for other makings, nor one that is damaged."""
    config = load_config(Studio(tmp_path).config)
    scheme = compile_scheme(config)
    archive = Archive(None)
    assert not tongues.keep(scheme, archive, b"a" * 32)
    scheme.tongue(None)
    assert tongues.keep(scheme, archive, b"a" * 32)
    fresh = compile_scheme(config)
    assert not tongues.take_up(fresh, archive, b"b" * 32)
    archive.set_meta(tongues.TONGUE, b"a" * 32 + b"{")
    assert not tongues.take_up(fresh, archive, b"a" * 32)
    assert fresh.tongues == {}
