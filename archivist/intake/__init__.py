"""A file becomes a Draft: readers, cleaning, description. No database."""
