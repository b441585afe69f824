"""Wire types → plain data for the diary model; pure functions."""
