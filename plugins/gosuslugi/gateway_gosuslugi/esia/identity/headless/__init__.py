"""Signing in at ЕСИА without a browser (protocol notes 2.2): off unless the operator wants it.

Nothing of this is published by the service, and it changes often. Whatever the page may ask that is
not known here ends in «use the browser»; nothing is worked around.
"""
