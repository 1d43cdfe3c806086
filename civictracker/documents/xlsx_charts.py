"""Native charts of a workbook, and the sheet that holds their figures."""

from __future__ import annotations

from typing import Any

from civictracker.documents.charts import axis_scale
from civictracker.documents.model import LineChart, Marker
from civictracker.documents.xlsx_looks import FONT, Looks, number_format

DATA_SHEET = "추이 자료"
_MARKERS = {Marker.DOT: "circle", Marker.SQUARE: "square", Marker.TRIANGLE: "triangle", Marker.CROSS: "x"}
_DASHES = {Marker.DOT: "solid", Marker.SQUARE: "dash", Marker.TRIANGLE: "round_dot", Marker.CROSS: "dash_dot"}


class ChartData:
    """``sheet`` is made when the first chart comes; below each chart's figures stand the next one's."""

    def __init__(self, book: Any, looks: Looks) -> None:
        self.sheet: Any = None
        self._book, self._looks = book, looks
        self._row = 0

    def chart(self, chart: LineChart) -> Any:
        top = self._figures(chart)
        made = self._book.add_chart({"type": "line"})
        font = {"name": FONT, "size": 8}
        count = len(chart.ticks)
        for i, series in enumerate(chart.series, 1):
            known = [k for k, value in enumerate(series.values) if value is not None]
            labels = [{"delete": True} if k != known[-1] else None for k in range(count)]
            made.add_series({
                "name": [DATA_SHEET, top, i],
                "categories": [DATA_SHEET, top + 1, 0, top + count, 0],
                "values": [DATA_SHEET, top + 1, i, top + count, i],
                "line": {"color": "black", "width": 1.25, "dash_type": _DASHES[series.marker]},
                "marker": {"type": _MARKERS[series.marker], "size": 5, "border": {"color": "black"},
                           "fill": {"color": "black" if series.marker is Marker.DOT else "white"}},
                "data_labels": {"value": True, "custom": labels, "position": "right", "font": font},
            })  # fmt: skip
        scale = axis_scale(chart)
        number = "#,##0" if scale.step >= 1 else "0.0"
        made.set_title({"name": chart.title, "name_font": {"name": FONT, "size": 10, "bold": False}})
        made.set_x_axis({"num_font": font, "interval_unit": max(1, count // 6)})
        made.set_y_axis({"min": scale.low, "max": scale.high, "num_font": font, "num_format": number,
                         "major_gridlines": {"visible": True, "line": {"color": "#C8C8C8"}}})  # fmt: skip
        made.set_legend({"none": True} if len(chart.series) == 1 else {"position": "bottom", "font": font})
        made.show_blanks_as("gap")
        return made

    def _figures(self, chart: LineChart) -> int:
        """Write the chart's figures below the ones before; the row of their heads."""
        if self.sheet is None:
            self.sheet = self._book.add_worksheet(DATA_SHEET)
            self.sheet.set_column(0, 0, 12, self._looks())
            self.sheet.set_column(1, 8, 18, self._looks())
        top = self._row + 1
        self.sheet.write_string(self._row, 0, chart.title, self._looks(bold=True))
        head = self._looks(bold=True, border=1, align="center", bg_color="#E8E8E8")
        for i, name in enumerate((chart.axis, *(series.name for series in chart.series))):
            self.sheet.write_string(top, i, name, head)
        month = ""
        for k, tick in enumerate(chart.ticks):
            month = chart.months[k] or month
            self.sheet.write_string(top + 1 + k, 0, f"{month} {tick}".strip(), self._looks(border=1))
            for i, series in enumerate(chart.series, 1):
                value = series.values[k]
                style = self._looks(border=1, num_format=number_format(chart.decimals, ""))
                if value is None:
                    self.sheet.write_blank(top + 1 + k, i, None, style)
                else:
                    self.sheet.write_number(top + 1 + k, i, value, style)
        self._row = top + len(chart.ticks) + 2
        return top
