"""Papers: one document model (``model``), what goes on it (``weekly``), and its renderers."""
