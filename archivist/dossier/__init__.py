"""Records become a report: an outline (pure), then Word, tables and citations."""
