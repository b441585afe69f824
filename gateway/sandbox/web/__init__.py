"""What every provider's emulator needs to answer over HTTP, free of any provider's habits."""
