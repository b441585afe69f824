"""Signatures and digests as ЕСИА wants them; keys stay where they are."""
