"""What can be expected to go wrong, in sentences for the person at the window.

Two families, told apart by who can do something about it: :class:`UserError` carries one plain
Korean sentence and what to do next; anything else that escapes is our own fault and goes to the
log with its traceback.
"""

from __future__ import annotations


class UserError(Exception):
    """An expected failure: ``str()`` is the sentence to show, ``hint`` what to do next."""

    def __init__(self, sentence: str, hint: str = "") -> None:
        super().__init__(sentence)
        self.hint = hint

    @property
    def text(self) -> str:
        return f"{self} {self.hint}".strip()


class DataFileError(UserError):
    """The data file cannot be used as it is: foreign, newer, damaged, or in an unsafe place."""


class DataFileDamagedError(DataFileError):
    """The integrity check failed; restoring a backup is the cure."""


class DataFileMissingError(DataFileError):
    """There is no data file, but there are backups of one: a person says which to go on with."""


class DataFileBusyError(DataFileError):
    """Another window or command holds the data file."""


class DiskError(UserError):
    """The disk is full, read-only or failing; what was being saved was not saved."""


class TooSlowError(UserError):
    """A drive or a share did not answer in time; what was asked of it may or may not happen yet."""


class SheetError(UserError):
    """A file cannot be read as a sheet."""


class LockedError(SheetError):
    """The file opens with a password: none was given, or it was a wrong one."""


class InputError(UserError):
    """A value that a person gave cannot be accepted."""


class CancelledError(Exception):
    """A job was cancelled on request; nothing it did remains."""
