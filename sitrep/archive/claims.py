"""The claims of the archive: their steps by update and by claim, and each claim as it is known now."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Literal

from sitrep.base.claim import Claim, Step, parted
from sitrep.base.values import Struct, decoder, encode

Standing = Literal["open", "settled", "gone"]
"""Of a claim: not settled, settled, or told by nobody any more."""

NEAR = 3
"""Claims before and after another that its page names."""

Run = Callable[..., sqlite3.Cursor]
RunMany = Callable[[str, Iterable[tuple[object, ...]]], None]

_step = decoder(Step)
_claim = decoder(Claim)


class ClaimStep(Struct, frozen=True, kw_only=True):
    """One item's part in one claim, or in none that is known (``claim`` empty)."""

    claim: str
    named: str
    """How its author names the claim: a key, or an item (``2024-12-06/R1``)."""
    step: Step

    @property
    def waits_for(self) -> str:
        """What may come to make the claim known: its key, or the day of the item it is named by."""
        return self.named[:10] if "/" in self.named else self.named


def standing_of(claim: Claim) -> Standing:
    """Where a claim belongs on the board."""
    if not claim.steps:
        return "gone"
    return "settled" if claim.state.closes else "open"


class ClaimIndex:
    """Queries about claims, each bounded by a claim, an update or a limit. Part of the archive."""

    def __init__(self, run: Run, run_many: RunMany) -> None:
        self._run, self._run_many = run, run_many

    # -- steps ----------------------------------------------------------------------------------

    def steps(self, claim: str) -> tuple[Step, ...]:
        """Every item that is or was part of a claim."""
        # The index is only of claim_steps that have a claim; without the first condition it is not used.
        rows = self._run("SELECT body FROM claim_steps WHERE claim > '' AND claim = ?", (claim,))
        return tuple(_step(body) for (body,) in rows)

    def of_update(self, key: str) -> frozenset[str]:
        """Keys of the claims that items of an update are or were part of."""
        rows = self._run("SELECT DISTINCT claim FROM claim_steps WHERE key = ? AND claim > ''", (key,))
        return frozenset(claim for (claim,) in rows)

    def told_by(self, key: str) -> tuple[ClaimStep, ...]:
        """The steps that items of an update are or were; ``named`` as far as it is kept: a key or a day."""
        rows = self._run("SELECT claim, named, body FROM claim_steps WHERE key = ?", (key,))
        return tuple(ClaimStep(claim=claim, named=named, step=_step(body)) for claim, named, body in rows)

    def waiting(self, name: str) -> frozenset[str]:
        """Keys of updates with items that name a claim nobody knows: by its key, or by an item of a day."""
        rows = self._run("SELECT key FROM claim_steps WHERE claim = '' AND named = ?", (name,))
        return frozenset(key for (key,) in rows)

    def waits_any(self) -> bool:
        """True if any item names a claim that nobody knows."""
        return bool(self._run("SELECT 1 FROM claim_steps WHERE claim = '' LIMIT 1").fetchone())

    def put_steps_of(self, claim_steps: Mapping[str, Iterable[ClaimStep]]) -> None:
        """Record what the items of updates tell, by key, in place of what they told before."""
        self._run_many("DELETE FROM claim_steps WHERE key = ?", ((key,) for key in claim_steps))
        self._run_many(
            "INSERT OR REPLACE INTO claim_steps VALUES (?, ?, ?, ?, ?)",
            (
                (
                    claim_step.claim,
                    claim_step.waits_for,
                    key,
                    claim_step.step.there.item,
                    encode(claim_step.step),
                )
                for key, told in claim_steps.items()
                for claim_step in told
            ),
        )

    # -- claims ---------------------------------------------------------------------------------

    def claim(self, key: str) -> Claim | None:
        """The claim of that key."""
        row = self._run("SELECT body FROM claims WHERE key = ?", (key,)).fetchone()
        return _claim(row[0]) if row else None

    def newest(self, standing: Standing, limit: int) -> tuple[Claim, ...]:
        """Claims of one kind, those last heard of first."""
        rows = self._run(
            "SELECT body FROM claims WHERE standing = ? ORDER BY latest DESC, key LIMIT ?", (standing, limit)
        )
        return tuple(_claim(body) for (body,) in rows)

    def near(self, claim: Claim) -> tuple[Claim, ...]:
        """The claims first told just before and after this one, oldest first; none of one that is gone."""
        if not claim.steps:
            return ()
        here = (_place(claim.steps[0]), claim.key, NEAR)
        rows = self._run(
            "SELECT * FROM (SELECT began, key, body FROM claims WHERE began > '' AND (began, key) < (?, ?)"
            " ORDER BY began DESC, key DESC LIMIT ?) UNION ALL"
            " SELECT * FROM (SELECT began, key, body FROM claims WHERE (began, key) > (?, ?)"
            " ORDER BY began, key LIMIT ?) ORDER BY began, key",
            (*here, *here),
        )
        return tuple(_claim(body) for _, _, body in rows)

    def pages_near(self, keys: Iterable[str]) -> frozenset[str]:
        """Keys of the claims whose pages name one of these."""
        known = filter(None, map(self.claim, keys))
        return frozenset(near.key for claim in known for near in self.near(claim) if near.has_page)

    def count(self, standing: Standing) -> int:
        """How many claims there are of one kind."""
        row = self._run("SELECT claims FROM standings WHERE standing = ?", (standing,)).fetchone()
        found: int = row[0]
        return found

    def with_page(self) -> tuple[str, ...]:
        """Keys of all claims that have a page, in alphabetical order."""
        return tuple(key for (key,) in self._run("SELECT key FROM claims WHERE has_page ORDER BY key"))

    def highest(self, words: str) -> int:
        """The highest ordinal of the claims named by these words; 0 if there is none."""
        found: int | None = self._run("SELECT max(ordinal) FROM claims WHERE words = ?", (words,)).fetchone()[
            0
        ]
        return found or 0

    def put_claims(self, claims: Collection[Claim]) -> None:
        """Record claims as they are known now."""
        self.drop_claims(claim.key for claim in claims)
        self._run_many("INSERT INTO claims VALUES (?, ?, ?, ?, ?, ?, ?, ?)", map(_row, claims))

    def drop_claims(self, keys: Iterable[str]) -> None:
        """Forget claims of which nothing is left."""
        self._run_many("DELETE FROM claims WHERE key = ?", ((key,) for key in keys))


def _row(claim: Claim) -> tuple[object, ...]:
    words, ordinal = parted(claim.key)
    began, latest = (_place(claim.steps[at]) if claim.steps else "" for at in (0, -1))
    return claim.key, words, ordinal, standing_of(claim), began, latest, claim.has_page, encode(claim)


def _place(step: Step) -> str:
    key = step.there.update
    return f"{key[:10]}-{int(key[11:] or 1):04d}-{step.there.item:05d}"
