"""What an archive is about: frozen dataclasses and pure functions, no I/O, no Qt, no engine."""
