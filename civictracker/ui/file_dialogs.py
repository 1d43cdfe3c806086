"""The system's file dialogs: they open in 문서 at first, then where the same kind of file last was."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from civictracker import paths
from civictracker.errors import TooSlowError
from civictracker.services.jobs import bounded

BACKUPS = "채널일지 백업 (*.civictracker *.db);;모든 파일 (*)"
_NAME = "folders.json"
_LOOK_S = 0.5  # a share that is gone must not hold the dialog up


def open_file(parent: QWidget, title: str, purpose: str, kinds: str) -> Path | None:
    name, _ = QFileDialog.getOpenFileName(parent, title, str(folder_for(purpose)), kinds)
    return _chosen(purpose, name)


def open_files(parent: QWidget, title: str, purpose: str, kinds: str) -> list[Path]:
    names, _ = QFileDialog.getOpenFileNames(parent, title, str(folder_for(purpose)), kinds)
    _chosen(purpose, names[0] if names else "")
    return [Path(name) for name in names]


def save_file(parent: QWidget, title: str, purpose: str, name: str, kinds: str) -> Path | None:
    target, _ = QFileDialog.getSaveFileName(parent, title, str(folder_for(purpose) / name), kinds)
    return _chosen(purpose, target)


def pick_folder(parent: QWidget, title: str, purpose: str) -> Path | None:
    name = QFileDialog.getExistingDirectory(parent, title, str(folder_for(purpose)))
    if name:
        _remember(purpose, Path(name))
    return Path(name) if name else None


def folder_for(purpose: str) -> Path:
    """Where ``purpose`` last chose, while that place answers; else the user's documents."""
    told = _remembered().get(purpose)
    if told:
        with suppress(OSError, TooSlowError):
            if bounded(Path(told).is_dir, _LOOK_S):
                return Path(told)
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(documents) if documents else Path.home()


def _chosen(purpose: str, name: str) -> Path | None:
    if not name:
        return None
    _remember(purpose, Path(name).parent)
    return Path(name)


def _remembered() -> dict[str, str]:
    with suppress(OSError, ValueError):
        told = json.loads((paths.data_home() / _NAME).read_text(encoding="utf-8"))
        if isinstance(told, dict):
            return {str(key): str(value) for key, value in told.items()}
    return {}


def _remember(purpose: str, folder: Path) -> None:
    told = _remembered() | {purpose: str(folder)}
    with suppress(OSError):  # then it is asked from 문서 again
        paths.data_home().mkdir(parents=True, exist_ok=True)
        (paths.data_home() / _NAME).write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
