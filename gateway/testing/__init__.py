"""What authors of providers and applications test with."""
