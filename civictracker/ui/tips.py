"""Tooltips of text that others wrote. Qt would take ``<img src=…>`` in one for markup and load it."""

from __future__ import annotations

from html import escape


def plain_tip(text: str) -> str:
    """``text`` as a tooltip that shows it letter by letter; empty stays empty."""
    return f"<span>{escape(text)}</span>" if text else ""
