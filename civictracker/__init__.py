"""CivicTracker (채널일지): weekly figures and posts of a local office's channels."""

__version__ = "0.1.0"
