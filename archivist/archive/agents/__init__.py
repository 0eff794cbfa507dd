"""Agents (ISAAR(CPF)): persons, corporate bodies and families of names, and whom names mean."""
