"""Bad input: each kind is refused by name, with line and remedy, and harms nothing beside it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sitrep.base.errors import ConfigError, TemplateError
from sitrep.base.nouns import Problem, Severity
from sitrep.inbox.survey import State
from sitrep.publish.outcome import FileOutcome, Outcome
from tests.inspecting import site_in
from tests.lanes import one_fast
from tests.publish.samples import BRIDGE, CONVOY, SCHOOL, seen, update
from tests.publishing import CONFIG, Studio

GOOD = update("2025-06-01", BRIDGE)
OLDER = update("2025-05-31", CONVOY)


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    return Studio(tmp_path / "site")


@pytest.fixture(autouse=True)
def _whole(studio: Studio) -> Iterator[None]:
    """Whatever was dropped, the site is whole afterwards."""
    yield
    site_in(studio.folders.output).check()


def of(outcome: Outcome, path: str) -> FileOutcome:
    """What became of one file."""
    return next(one for one in (*outcome.files, *outcome.standing) if one.path == path)


def is_helpful(problem: Problem) -> bool:
    """True if a message has place, fact and remedy, and nothing of the machine."""
    return bool(problem.path and problem.fact and problem.remedy) and "/tmp" not in str(problem)


def _raw(content: bytes) -> Callable[[Studio, str], None]:
    def put(studio: Studio, name: str) -> None:
        (studio.folders.feeds / name).write_bytes(content)

    return put


def _link(studio: Studio, name: str) -> None:
    outside = studio.root.parent / "secret.txt"
    outside.write_text(update("2025-05-01", SCHOOL))
    (studio.folders.feeds / name).symlink_to(outside)


def _pipe(studio: Studio, name: str) -> None:
    os.mkfifo(studio.folders.feeds / name)


BAD: dict[str, tuple[Callable[[Studio, str], None], str]] = {
    "undecodable": (_raw(bytes(range(1, 256)) * 40), "no date"),
    "empty": (_raw(b""), "empty"),
    "blank": (_raw(b" \n\n\t\n"), "empty|nothing"),
    "binary": (_raw(b"\x7fELF\x00\x01\x02" + bytes(range(256)) * 8), "text"),
    "picture": (_raw(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(200)), "text|picture|image"),
    "huge": (_raw(b"Update 2025-05-30\n\n- " + b"more " * 200_000), "larger"),
    "impossible date": (_raw(b"Update 31-02-2025\n\n- The road is open.\n"), "31-02-2025|no such|calendar"),
    "no date": (_raw(b"The road to Alder is open.\n\nThat is all.\n"), "no date"),
    "broken YAML": (_raw(b"---\ntitle: [a, b\ndate: 2025-05-30\n---\n- The road is open.\n"), "bracket"),
    "a link": (_link, "link"),
    "a pipe": (_pipe, "ordinary"),
}  # fmt: skip


@pytest.mark.parametrize("kind", one_fast(*BAD))
def test_one_bad_file_harms_no_other(studio: Studio, kind: str) -> None:
    """It is named with fact and remedy, the good file beside it is out, and the exit code says so."""
    put, fact = BAD[kind]
    put(studio, "bad.txt")
    studio.drop("good.txt", GOOD)
    outcome = studio.publish()
    bad = of(outcome, "bad.txt")
    assert bad.state is State.REFUSED
    assert re.search(fact, "\n".join(problem.fact for problem in bad.problems)), bad.problems
    assert all(is_helpful(problem) for problem in bad.problems)
    assert of(outcome, "good.txt").state is State.PUBLISHED
    assert outcome.exit_code == 1
    assert seen(studio).ids() == ["2025-06-01"]
    assert not seen(studio).holding(SCHOOL)


@pytest.mark.parametrize(
    "kind", one_fast("no date", "undecodable", "empty", "binary", "huge", "impossible date", "broken YAML")
)
def test_the_last_good_version_stays_online(studio: Studio, kind: str) -> None:
    """A file that becomes unreadable leaves its update as it was; put right, it is an edit like any other."""
    studio.drop("good.txt", GOOD)
    studio.drop("old.txt", OLDER)
    studio.publish()
    before = studio.tree()
    studio.later(hours=1)
    BAD[kind][0](studio, "good.txt")
    outcome = studio.publish()
    assert of(outcome, "good.txt").state is State.REFUSED
    assert (outcome.withdrawn, outcome.kept_back) == ((), ())
    assert studio.tree() == before
    standing = studio.publish()
    assert [one.path for one in standing.standing] == ["good.txt"]
    assert standing.exit_code == 1
    studio.drop("good.txt", update("2025-06-01", BRIDGE, SCHOOL))
    assert studio.publish().published == ("2025-06-01",)
    assert seen(studio).entry("2025-06-01")["date_published"] == "2025-06-01T09:00:00+00:00"


def test_nothing_published_is_told_by_the_exit_code(studio: Studio) -> None:
    """Where every file is refused and nothing is online, the exit code is 2."""
    studio.drop("bad.txt", "no date here\n")
    assert studio.publish().exit_code == 2


def test_another_encoding_is_read_and_named(studio: Studio) -> None:
    """Bytes that are no UTF-8 are read as what they look like, and the writer is asked to look."""
    studio.folders.feeds.joinpath("old.txt").write_bytes(
        b"Update 2025-06-01\n\n- The caf\xe9 in Alder is open.\n"
    )
    outcome = studio.publish()
    file = of(outcome, "old.txt")
    assert (file.state, outcome.exit_code) == (State.PUBLISHED, 0)
    assert "Windows-1252" in file.problems[0].fact
    assert is_helpful(file.problems[0])
    assert seen(studio).holding("The café in Alder")


def test_an_unknown_key_is_only_a_warning(studio: Studio) -> None:
    """A mistyped key in the front matter is named with its line; the text is published."""
    studio.drop(
        "note.md", "---\ndate: 2025-06-01\nauhtor: Somebody\n---\n\n# Northern front\n\n- " + BRIDGE + "\n"
    )
    outcome = studio.publish()
    file = of(outcome, "note.md")
    assert file.state is State.PUBLISHED
    (warning,) = [problem for problem in file.problems if "auhtor" in str(problem)]
    assert (warning.severity, warning.line) == (Severity.WARNING, 3)
    assert outcome.exit_code == 0


def test_a_date_far_ahead_is_named(studio: Studio) -> None:
    """A year mistyped is held, with line and remedy, and blocks nothing."""
    studio.drop("typo.txt", update("2052-06-01", SCHOOL))
    studio.drop("good.txt", GOOD)
    outcome = studio.publish()
    typo = of(outcome, "typo.txt")
    assert typo.state is State.HELD
    assert any("01-06-2052" in problem.fact and problem.line == 1 for problem in typo.problems)
    assert not seen(studio).holding(SCHOOL)


def test_every_fault_of_the_config_is_told_at_once(studio: Studio) -> None:
    """Duplicate and unknown keys, a wrong type and a wrong value come in one answer, each with its line."""
    studio.publish()
    before = studio.tree()
    studio.folders.config.write_text(
        CONFIG.replace("  timezone: Asia/Damascus\n", "  timezone: Asia/Nowhere\n  tittle: x\n")
        + "feeds:\n  days: many\n"
    )
    with pytest.raises(ConfigError) as caught:
        studio.publish()
    told = "\n".join(map(str, caught.value.problems))
    assert len(caught.value.problems) >= 3
    assert all(word in told for word in ("Asia/Nowhere", "tittle", "days"))
    assert all(problem.line for problem in caught.value.problems)
    assert all(is_helpful(problem) for problem in caught.value.problems)
    assert studio.tree() == before


def test_a_key_that_stands_twice_in_the_config_is_told(studio: Studio) -> None:
    """The second of two equal keys would win silently; instead it is named with its line."""
    studio.publish()
    studio.folders.config.write_text(CONFIG + "site:\n  title: Another\n")
    with pytest.raises(ConfigError) as caught:
        studio.publish()
    assert "site" in str(caught.value)
    assert caught.value.problems[0].line


@pytest.mark.parametrize(
    ("template", "line"), [("{% block main %}\n{{ u.title }\n", 2), ("{{ nothing.here }}\n", 1)]
)
def test_a_bad_template_is_named_and_the_site_stands(studio: Studio, template: str, line: int) -> None:
    """File, line, fact; not one byte online changes, and the texts come out once it is put right."""
    studio.drop("old.txt", OLDER)
    studio.publish()
    before = studio.tree()
    studio.folders.templates.mkdir()
    (studio.folders.templates / "update.html").write_text(template)
    studio.drop("good.txt", GOOD)
    for _ in range(2):
        with pytest.raises(TemplateError) as caught:
            studio.publish()
        (problem,) = caught.value.problems
        assert (problem.path, problem.line) == ("templates/update.html", line)
        assert is_helpful(problem)
        assert studio.tree() == before
    (studio.folders.templates / "update.html").unlink()
    studio.publish()
    assert seen(studio).ids() == ["2025-06-01", "2025-05-31"]
