"""Offline reading of payloads that were captured elsewhere, by the providers' own adapters."""
