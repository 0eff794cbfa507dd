"""The desk: the window on an archive. Qt, and only here."""
