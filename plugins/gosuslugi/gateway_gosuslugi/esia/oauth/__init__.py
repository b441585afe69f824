"""The protocol of a registered relying party (protocol notes 2.1), free of any network."""
