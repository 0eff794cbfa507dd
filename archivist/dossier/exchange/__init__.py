"""Other forms of a dossier than Word."""
