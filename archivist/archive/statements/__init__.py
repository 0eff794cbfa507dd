"""Who said what: texts are read for it, people decide on it, queries find it."""
