"""Thin table models over frozen rows; none of them knows a query."""
