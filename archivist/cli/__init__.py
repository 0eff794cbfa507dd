"""The same archive from a terminal."""
