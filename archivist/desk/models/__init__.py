"""What lists show: lazy models over the archive."""
