"""Reads and writes, by the part of school life."""
