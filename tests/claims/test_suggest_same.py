"""Which rumors may be one is suggested with reasons, and only where something speaks for it."""

from __future__ import annotations

import io
import re
from contextlib import redirect_stdout
from pathlib import Path

import pytest

from sitrep.cli import main
from tests.publishing import Studio

ROOT = Path(__file__).parents[2]
SEED = ROOT.parent / "shared" / "seeds" / "004_10e97d663d89f50e.txt"


def hints(site: Path, *files: Path) -> list[str]:
    """The lines of ``check`` that begin with ``claim:``."""
    said = io.StringIO()
    with redirect_stdout(said):
        main(["check", "--site", str(site), *map(str, files)])
    return [line for line in said.getvalue().splitlines() if line.startswith("claim:")]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """An empty site with the shipped configuration."""
    (tmp_path / "config.yaml").write_bytes((ROOT / "config.yaml").read_bytes())
    return tmp_path


def test_the_demo_has_one_coup(site: Path) -> None:
    """Of 1, 2 and 6 December, and nothing else is suggested."""
    files = sorted(path for path in (ROOT / "feeds").iterdir() if path.suffix in (".txt", ".md"))
    found = hints(site, *files)
    assert len(found) == 2
    assert all("coup-damascus" in line and "both name coup, Damascus" in line for line in found)
    assert any("item 8 of 2 Dec may settle" in line for line in found)
    assert any("coup-damascus-2 (6 Dec) may be the same" in line for line in found)


@pytest.mark.slow
@pytest.mark.skipif(not SEED.exists(), reason="the model text is not beside the repository")
def test_the_model_text_has_one_coup(site: Path) -> None:
    """In one file, three days apart."""
    found = hints(site, SEED)
    assert len(found) == 2
    assert all("coup-damascus" in line for line in found)


def test_a_claim_that_is_out_is_compared_with(tmp_path: Path) -> None:
    """A new text is held against what the archive knows, and the receipt says the same as check."""
    studio = Studio(tmp_path / "site")
    studio.drop("may.txt", "Update 30-05-2025\n\n# Rumors\n\n- There are rumors of a mutiny in Birch.\n")
    studio.publish()
    late = tmp_path / "june.txt"
    text = (
        "Update 01-06-2025\n\n# Northern front\n\n- The mutiny in Birch is over, its leaders were arrested.\n"
    )
    late.write_text(text + "- The road to Alder is open.\n- A bakery opened in Birch.\n", encoding="utf-8")
    (found,) = hints(studio.root, late)
    assert "item 1 of 1 Jun may settle the rumor mutiny-birch" in found
    studio.drop("june.txt", late.read_text(encoding="utf-8"))
    outcome = studio.publish()
    assert any("may settle the rumor mutiny-birch" in problem.fact for problem in outcome.problems)


def test_what_is_settled_by_its_author_is_not_suggested(tmp_path: Path) -> None:
    """An item that names the claim has said what it has to say."""
    studio = Studio(tmp_path / "site")
    studio.drop("may.txt", "Update 30-05-2025\n\n# Rumors\n\n- There are rumors of a mutiny in Birch.\n")
    studio.publish()
    late = tmp_path / "june.txt"
    late.write_text("Update 01-06-2025\n\n- Confirmed: mutiny-birch. The mutiny in Birch is over.\n")
    assert hints(studio.root, late) == []


def test_nothing_is_closed_by_itself(tmp_path: Path) -> None:
    """Whatever is suggested, the claim stays open until a writer says so."""
    studio = Studio(tmp_path / "site")
    studio.drop("may.txt", "Update 30-05-2025\n\n# Rumors\n\n- There are rumors of a mutiny in Birch.\n")
    studio.drop("june.txt", "Update 01-06-2025\n\n- The mutiny in Birch did not take place.\n")
    studio.publish()
    board = studio.tree()["rumors/index.html"].decode()
    assert re.search(r'id="c-mutiny-birch"><p class="stat"><i[^>]*></i>Open', board)
