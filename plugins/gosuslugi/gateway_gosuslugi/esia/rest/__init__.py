"""Persons, contacts, documents and children at ЕСИА (protocol notes 4.1)."""
