"""Who said what: quotations, reported speech and turns of transcripts, with their speakers."""
