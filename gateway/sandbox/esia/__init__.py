"""A stand-in for Gosuslugi (ЕСИА): who signs in, by pages or headless, for any emulator."""
