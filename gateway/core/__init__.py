"""The core: diary model, adapter contract, login machine, sessions and the call pipeline.

Nothing here knows a provider by name.
"""
