"""보도자료: the figures of a text, checked."""

from __future__ import annotations

import sys
from pathlib import Path

from civictracker.cli.call import Call
from civictracker.errors import DiskError, InputError
from civictracker.services import press
from civictracker.store import guard

_LARGEST = 2_000_000  # bytes: a press text has a few thousand


def verify(call: Call) -> int:
    """Without a data file the text is held against its own numbers alone."""
    text = read_text(call.words.file)
    if guard.look(call.data) is guard.State.NEW:
        claims = press.verify_alone(text, today=call.clock().date())
    else:
        with call.reading() as context:
            claims = context.read(press.verify_text, text=text, today=call.clock().date())
    if call.words.json:
        call.tell([press.described(claim) for claim in claims])
    else:
        call.say(press.in_words(claims))
    return 0


def read_text(name: str) -> str:
    """A file's, or standard input's for ``-``. Raises DiskError, InputError."""
    try:
        raw = sys.stdin.buffer.read(_LARGEST + 1) if name == "-" else Path(name).read_bytes()[: _LARGEST + 1]
    except OSError as error:
        raise DiskError(f"‘{name}’을(를) 읽지 못했습니다.", "파일이 있는지 확인해 주세요.") from error
    if len(raw) > _LARGEST:
        raise InputError("보도자료로 보기에는 너무 큰 파일입니다.")
    return press.decoded(raw)
