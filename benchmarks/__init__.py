"""Measures the gateway against plain HTTP clients and third-party clients of the same diaries."""
