"""Quotations and turns: what stands within marks or after a label, and whose words it is."""
