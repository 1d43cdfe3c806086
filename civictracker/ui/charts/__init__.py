"""Charts: sparklines of our own and trends by pyqtgraph."""
