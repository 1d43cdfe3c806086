"""기관 상징: the picture beside a paper's title, kept with the data."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QImage, QImageReader, QPixmap
from PySide6.QtWidgets import QWidget

from civictracker.errors import InputError
from civictracker.services.report_head import Emblem, load_emblem, save_emblem
from civictracker.ui.file_dialogs import open_file
from civictracker.ui.state import State
from civictracker.ui.theme import theme
from civictracker.ui.widgets.basics import button, label, row

_LARGEST = 400  # pixels of the longer side: twice what paper shows at 300 dpi
_TOO_LARGE_MB = 200  # unpacked: what a reader may use


class EmblemRow(QWidget):
    """The picture as it is, 고르기 and 빼기."""

    def __init__(self, state: State, attempt: Callable[[Callable[[], object]], bool]) -> None:
        super().__init__()
        self._state, self._attempt = state, attempt
        self.picture = label("없음", "subtle")
        self.picture.setAccessibleName("기관 상징")
        self._drop = button("빼기", self._take_off, kind="text small")
        choose = button("고르기", self._choose, kind="small", tip="보고서 제목 옆에 놓을 그림")
        self.setLayout(row(self.picture, choose, self._drop, None))

    def show_now(self) -> None:
        emblem = self._state.context.read(load_emblem)
        self._drop.setVisible(emblem is not None)
        if emblem is None:
            self.picture.clear()
            self.picture.setText("없음")
            return
        image = QImage.fromData(emblem[0]).scaledToHeight(
            theme.px(32), Qt.TransformationMode.SmoothTransformation
        )
        self.picture.setPixmap(QPixmap.fromImage(image))

    def _choose(self) -> None:
        path = open_file(self, "기관 상징", "emblem", "그림 (*.png *.jpg *.jpeg *.bmp *.webp)")
        if path is not None:
            self.take(str(path))

    def take(self, path: str) -> bool:
        """Keep the picture at ``path``; what is none is refused with a sentence."""
        return self._attempt(lambda: self._state.context.write(save_emblem, emblem=emblem_from(path)))

    def _take_off(self) -> None:
        self._state.context.write(save_emblem, emblem=None)


def emblem_from(path: str) -> Emblem:
    """The picture, made small enough, as a PNG of 8 bits. Raises InputError."""
    reader = QImageReader(path)
    reader.setAutoTransform(True)
    reader.setAllocationLimit(_TOO_LARGE_MB)
    image = reader.read()
    if image.isNull():
        raise InputError("그림을 읽을 수 없습니다.", "PNG나 JPG 그림을 골라 주세요.")
    if max(image.width(), image.height()) > _LARGEST:
        image = image.scaled(
            _LARGEST, _LARGEST, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
    image = image.convertToFormat(QImage.Format.Format_ARGB32)
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(content.data()), image.width(), image.height()
