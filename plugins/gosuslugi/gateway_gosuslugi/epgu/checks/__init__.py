"""Mistakes that people make in an application, one kind a module; all of it is pure."""
