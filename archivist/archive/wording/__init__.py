"""Words and their history: was this ever said, and how was it said through the years."""
