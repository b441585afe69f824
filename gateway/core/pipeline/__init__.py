"""The parts of a call's way to the provider and back, each usable on its own."""
