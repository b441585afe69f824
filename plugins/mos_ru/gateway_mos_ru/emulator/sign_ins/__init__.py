"""What sign-ins keep while an emulator runs; nothing here knows of HTTP."""
