"""What happens while the program runs -> lines on a stream: plain for people, or JSON for machines."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Literal, TextIO
from zoneinfo import ZoneInfo

from sitrep.base.nouns import Problem
from sitrep.base.progress import show
from sitrep.base.say import printable
from sitrep.base.values import asdict
from sitrep.config.values import Config
from sitrep.publish.outcome import Outcome
from sitrep.report.terminal import tell_outcome

Form = Literal["plain", "json"]


class Log:
    """Writes lines, and never fails for it: a closed terminal or a full disk stops no publishing."""

    def __init__(
        self, stream: TextIO, form: Form = "plain", zone: str = "UTC", *, typed: Callable[[str], str] = str
    ) -> None:
        """``zone``: IANA name of the zone in which plain lines tell the time.

        ``typed`` gives the commands in a plain line as a person here types them.
        """
        self._stream, self._form, self.zone, self._typed = stream, form, zone, typed

    def outcome(
        self,
        outcome: Outcome,
        config: Config,
        details: Mapping[str, Sequence[str]],
        seconds: float,
        *,
        standing: bool,
    ) -> None:
        """Tell what a publish came to."""
        if self._form == "plain":
            self._write(tell_outcome(outcome, config, details, seconds=seconds, standing=standing))
            return
        for file in outcome.files:
            self._write_json("file", asdict(file) | {"seconds": round(seconds, 3)})
        counts = (
            "published",
            "withdrawn",
            "unfinished",
            "kept_back",
            "updates",
            "written",
            "removed",
            "bytes",
            "notes",
        )
        fields = {name: getattr(outcome, name) for name in counts}
        self._write_json("publish", fields | {"seconds": round(seconds, 3)})

    def notice(self, text: str) -> None:
        """Tell something about the running itself."""
        if self._form == "plain":
            self._write([f"  {self._clock()}  {printable(text)}"])
        else:
            self._write_json("notice", {"text": text})

    def problems(self, problems: Iterable[Problem]) -> None:
        """Tell what a person has to put right."""
        for problem in problems:
            if self._form == "plain":
                first, *rest = str(problem).splitlines()
                self._write([f"  {self._clock()}  {first}", *(f"{'':12}{line}" for line in rest)])
            else:
                self._write_json("problem", asdict(problem))

    def plain(self, *lines: str) -> None:
        """Lines that only a person at a terminal needs."""
        if self._form == "plain":
            self._write(lines)

    def _clock(self) -> str:
        return f"{dt.datetime.now(ZoneInfo(self.zone)):%H:%M:%S}"

    def _write_json(self, event: str, fields: Mapping[str, Any]) -> None:
        time = dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds")
        self._write([json.dumps({"time": time, "event": event, **fields}, ensure_ascii=False, default=str)])

    def _write(self, lines: Iterable[str]) -> None:
        with contextlib.suppress(OSError, ValueError):
            if self._form == "plain":
                show(map(self._typed, lines), self._stream)
                return
            for line in lines:
                self._stream.write(f"{line}\n")
            self._stream.flush()
