"""The adapter's operations, by part of school life."""
