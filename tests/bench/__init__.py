"""Benches: scripts that print figures. None of them is a test, and no test asserts a time."""
