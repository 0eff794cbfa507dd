"""What the window shows: panes and lists."""
