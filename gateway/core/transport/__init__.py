"""How requests travel; the only package that knows an HTTP library. Import its modules."""
