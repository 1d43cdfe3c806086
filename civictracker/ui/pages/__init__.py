"""The rooms, one module each; they share the state and never know each other."""
