"""Who is meant: names, offices, pronouns, and who writes a document."""
