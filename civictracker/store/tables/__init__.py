"""Every table of the data file. Storage only: what may go in is decided by ``domain.drafts``.

The file is STRICT SQLite, so types are INTEGER and TEXT: days are ISO dates, instants ISO local
times with offset, counts integers in the metric's smallest unit. The schema itself is made by the
migrations under ``db/``; a test holds the two together.
"""

from __future__ import annotations

from civictracker.store.tables.channels import Channel, ChannelAlias, MetricRow, Observation, Office
from civictracker.store.tables.imports import Collection, CollectionFile, CollectionUnit, Form, ImportBatch
from civictracker.store.tables.log import Log, RowChange, ValueChange
from civictracker.store.tables.posts import Holiday, Post, PostChannel, PostSeries, SendResult, Slide
from civictracker.store.tables.reading import (
    Award,
    Campaign,
    Goal,
    Inquiry,
    OutsideValue,
    SeriesNote,
    Settled,
    WeekNote,
)
from civictracker.store.tables.settings import Setting

# Never journalled as rows: the door's own books, and what was learned from a file, which an undo
# of that file need not forget.
BOOKKEEPING = frozenset(
    {"log", "value_change", "row_change", "observation", "import_batch", "metric", "form",
     "channel_alias", "collection_file"}
)  # fmt: skip

__all__ = [
    "BOOKKEEPING",
    "Award",
    "Campaign",
    "Channel",
    "ChannelAlias",
    "Collection",
    "CollectionFile",
    "CollectionUnit",
    "Form",
    "Goal",
    "Holiday",
    "ImportBatch",
    "Inquiry",
    "Log",
    "MetricRow",
    "Observation",
    "Office",
    "OutsideValue",
    "Post",
    "PostChannel",
    "PostSeries",
    "RowChange",
    "SendResult",
    "SeriesNote",
    "Setting",
    "Settled",
    "Slide",
    "ValueChange",
    "WeekNote",
]
