"""Reported speech: verbs and nouns of saying, their subjects, and the clauses they govern."""
