"""Errors of reading, each with one line that says what is wrong and how to mend it."""

from __future__ import annotations


class UnreadableSourceError(ValueError):
    """The source can't be turned into a document; the message is meant for the user.

    ``code`` names the kind of trouble and ``values`` what it is about, for
    callers that word it themselves.
    """

    def __init__(self, message: str, code: str = "unreadable", **values: str) -> None:
        super().__init__(message)
        self.code = code
        self.values = values
