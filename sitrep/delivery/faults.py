"""Why a delivery did not succeed, in words that hold no secret."""

from __future__ import annotations


class DeliveryError(Exception):
    """A target did not take something, or cannot be reached; trying again later may help.

    ``text`` says why on one line, with nothing in it that must not be read by others.
    """

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class Superseded(Exception):
    """Not a fault: the site was published again while its files were being gathered."""
