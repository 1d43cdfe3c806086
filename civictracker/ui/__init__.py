"""The window: the only place with Qt widgets. It reaches the data through ``services.context``."""
