"""When something happened, and to whom and where it was said."""
