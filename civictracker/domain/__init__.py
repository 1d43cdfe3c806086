"""Values and rules: pure, no I/O, no clock, no Qt, no SQL."""
