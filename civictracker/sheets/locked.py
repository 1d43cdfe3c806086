"""Workbooks with a password: opened in memory, never written to the disk."""

from __future__ import annotations

import io
import zipfile
from typing import Any, BinaryIO

from civictracker.errors import LockedError, SheetError

_DEFAULT = "VelvetSweatshop"  # Excel's own, on workbooks that are only protected against changing


def unlocked(file: BinaryIO, name: str, password: str) -> BinaryIO:
    """The workbook inside. Raises LockedError without the right password, SheetError where none helps."""
    import msoffcrypto  # noqa: PLC0415 (only for locked workbooks)

    try:
        office = msoffcrypto.OfficeFile(file)
    except Exception as error:  # it raises what a broken file happens to lead to
        raise _unknown(name) from error
    if not _can_open(office):
        raise _unknown(name)
    for each in dict.fromkeys((password, _DEFAULT)):
        if each and (inner := _opened(office, each, name)) is not None:
            return inner
    if password:
        raise LockedError(f"‘{name}’의 암호가 맞지 않습니다.", "대소문자와 한/영 상태를 확인해 주세요.")
    raise LockedError(f"‘{name}’은(는) 암호가 걸린 파일입니다.", "암호를 알려 주시면 그대로 읽습니다.")


def _can_open(office: Any) -> bool:
    """Whether the library knows how the file is locked: it takes any other hash for SHA-1 and any other
    length of key for its own, and would then call every password wrong (MS-OFFCRYPTO 2.3.4.10)."""
    told = getattr(office, "info", None)
    if getattr(office, "type", "") != "agile" or not isinstance(told, dict):
        return True
    hashes = {told["passwordHashAlgorithm"], told["keyDataHashAlgorithm"]}
    return hashes <= {"SHA1", "SHA256", "SHA384", "SHA512"} and told["passwordKeyBits"] in {128, 256}


def _opened(office: Any, password: str, name: str) -> BinaryIO | None:
    """What ``password`` opens; None when it is a wrong one.

    An xls checks its password. For an xlsx the library's own check refuses every one of Excel 2010's
    (it compares a 20-byte hash with its padded form), so what comes out is looked at instead.
    """
    from msoffcrypto.exceptions import DecryptionError, InvalidKeyError  # noqa: PLC0415

    out = io.BytesIO()
    try:
        office.load_key(password=password)
        office.decrypt(out)
    except (InvalidKeyError, DecryptionError):
        return None
    except Exception as error:  # a damaged key, a cipher it does not know
        raise _unknown(name) from error
    out.seek(0)
    return out if office.format != "ooxml" or zipfile.is_zipfile(out) else None


def _unknown(name: str) -> SheetError:
    return SheetError(
        f"‘{name}’은(는) 알 수 없는 방식으로 잠겨 있거나 깨져 있습니다.",
        "엑셀에서 암호를 풀고 저장한 뒤 골라 주세요.",
    )
