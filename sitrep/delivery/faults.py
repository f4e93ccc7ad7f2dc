"""Why a delivery did not succeed, in words that hold no secret."""

from __future__ import annotations


class DeliveryError(Exception):
    """A target did not take something, or cannot be reached; trying again later may help.

    ``text`` says why on one line, with nothing in it that must not be read by others.
    """

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


_REASONS = (
    (("no space left", "quota exceeded"), "there is no room left there"),
    (("connection refused", "tcp connect error"), "nothing answers there (connection refused)"),
    (("could not resolve", "name or service not known", "dns error", "failed to lookup", "name resolution",
      "failed to resolve"), "there is no machine of that name"),
    (("certificate",), "its certificate is not one that this machine trusts"),
    (("timed out", "timeout"), "it does not answer"),
)  # fmt: skip


def reason(said: str) -> str | None:
    """What a program or library that failed to reach a machine means, in plain words; None: no such fault."""
    folded = said.lower()
    return next((text for marks, text in _REASONS if any(mark in folded for mark in marks)), None)


class Superseded(Exception):
    """Not a fault: the site was published again while its files were being gathered."""
